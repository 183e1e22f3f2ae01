"""What shows an evidence: the paper somebody brought, the certificate we write. And who has looked."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kompetanse.domains.competence.types.documents import DocumentKind
from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .ledger import Evidence


class Document(TenantModel):
    """A paper for an evidence, as it was judged and kept. Never altered: another in its place names it."""

    employee = TenantForeignKey("organisation.Employee")
    evidence = TenantForeignKey(Evidence)
    replaces = TenantForeignKey("self", null=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=[(one.value, one.value) for one in DocumentKind])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)  # of the bytes that are kept
    content = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(DocumentKind)), name="document_kind_is_known"),
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),
            # The same paper lies on an evidence once, however many send it at the same time.
            models.UniqueConstraint(fields=["tenant", "evidence", "sha256"], name="document_lies_there_once"),
            # One stands in the place of another: who comes second replaces the newest.
            models.UniqueConstraint(
                fields=["tenant", "replaces"], condition=Q(replaces__isnull=False), name="document_replaced_once"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"name": Kind.FREE_TEXT, "content": Kind.FREE_TEXT, "added_by": Kind.NAME}
        append_only = True
        purpose = "To show the paper that an evidence rests on."
        keep = Keep(after="the last employment ended", years=5)


class Certificate(TenantModel):
    """What we certify of one version of an evidence. How it stands is told by the ledger, never by the row."""

    employee = TenantForeignKey("organisation.Employee")
    evidence = TenantForeignKey(Evidence)
    code = models.CharField(max_length=60)
    content = models.JSONField()  # what stands on it: types.CertificateText
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            # Each version, and so each cycle, has its own certificate, and one.
            models.UniqueConstraint(fields=["tenant", "evidence"], name="certificate_of_version_once"),
            # Which certificate has this code?
            models.UniqueConstraint(fields=["tenant", "code"], name="certificate_code_is_its_own"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"content": Kind.COMPETENCE, "code": Kind.IDENTIFIER, "made_by": Kind.NAME}
        append_only = True
        purpose = "To give people a certificate of what they have shown, and to let others see whether it stands."
        keep = Keep(after="the last employment ended", years=5)


class Sighting(TenantModel):
    """Somebody has opened what is known about another: one row for each viewer, person and day."""

    employee = TenantForeignKey("organisation.Employee")
    viewer_id = models.BigIntegerField()
    viewer_name = models.CharField(max_length=160)
    role = models.CharField(max_length=40)
    what = ArrayField(models.CharField(max_length=12))
    day = models.DateField()

    class Meta:
        constraints = [
            # Has this viewer opened anything about this person today?
            models.UniqueConstraint(fields=["tenant", "employee", "viewer_id", "day"], name="sighting_once_a_day"),
        ]
        indexes = [
            # What is older than a year?
            models.Index(fields=["tenant", "day"], name="sighting_by_day"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"viewer_name": Kind.NAME, "viewer_id": Kind.IDENTIFIER}
        purpose = "To let people see who has opened what is known about their competence."
        keep = Keep(after="the day", years=1, when="day")
