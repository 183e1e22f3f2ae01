"""What a case is read with: its documents, and the cases before it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel
from kompetanse.foundation.uploads import DocumentKind

from .fields import choices
from .meetings import Case


class CaseDocument(TenantModel):
    """A paper of a case; without content it is announced and sent later (*ettersendes*)."""

    case = TenantForeignKey(Case)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=4, choices=choices(DocumentKind), blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True)
    legal_ground = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            # Which is enclosure three of this case? One answer.
            models.UniqueConstraint(fields=["tenant", "case", "number"], name="enclosure_number_is_held_once"),
            # It has come, with its kind and its size, or it has not.
            models.CheckConstraint(
                condition=Q(content=None, size=0, kind="")
                | Q(content__isnull=False, size__gt=0, kind__in=list(DocumentKind)),
                name="enclosure_has_come_or_not",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "added_by_id"
        personal = {"name": Kind.FREE_TEXT, "content": Kind.FREE_TEXT}
        purpose = "To give a body the papers it decides by."
        keep = Keep(after="the case was closed: archive, never erased")


class EarlierTreatment(TenantModel):
    """A case has been treated before, as another case."""

    case = TenantForeignKey(Case)
    earlier = TenantForeignKey(Case)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "case", "earlier"], name="earlier_treatment_is_named_once"),
            # A case is not its own past.
            models.CheckConstraint(condition=~Q(case=models.F("earlier")), name="case_is_not_before_itself"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To find what was decided before in the same matter."
        keep = Keep(after="the case was closed: archive, never erased")
