"""Cases on their way between regions: what was sent, and what has come."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.domains.governance.types.sending import IncomingStatus
from kompetanse.foundation.privacy import Keep, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .fields import choices
from .meetings import Case


class Forwarding(TenantModel):
    """A decided case was sent to another region, with all that it came from. What was sent stands as it was."""

    case = TenantForeignKey(Case)
    to_region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    content = models.JSONField()  # what the other region is given: reference, title, decision, chain
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A case is sent to a region once.
            models.UniqueConstraint(fields=["tenant", "case", "to_region"], name="case_is_forwarded_once_to_a_region"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        append_only = True
        purpose = "To take a case to a body that decides for more than the region."
        keep = Keep(after="the case was closed: archive, never erased")


class Incoming(TenantModel):
    """A case from another region: it waits, was taken up by a body as a case of its own, or was declined."""

    from_region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    forwarding_number = models.BigIntegerField()  # the sender's forwarding, so that it comes in once
    content = models.JSONField()
    note = models.TextField(blank=True)
    came_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=choices(IncomingStatus), default=IncomingStatus.WAITING)
    case = TenantForeignKey(Case, null=True)
    declined_why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "from_region", "forwarding_number"], name="case_comes_in_once"),
            models.CheckConstraint(condition=Q(status__in=list(IncomingStatus)), name="incoming_status_is_known"),
            # Taken up is: as a case. Declined is: with a reason. Waiting is neither.
            models.CheckConstraint(
                condition=Q(status=IncomingStatus.WAITING, case=None, declined_why="")
                | Q(status=IncomingStatus.TAKEN_UP, case__isnull=False, declined_why="")
                | Q(status=IncomingStatus.DECLINED, case=None) & ~Q(declined_why=""),
                name="incoming_says_what_became_of_it",
            ),
        ]
        indexes = [
            # From where did this case come?
            models.Index(fields=["tenant", "case"], name="incoming_by_case"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To take a case to a body that decides for more than the region."
        keep = Keep(after="the case was closed: archive, never erased")
