from __future__ import annotations

from django.db import models
from django.db.models import Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantModel

from ..types import KEEP_DAYS, OTHER_LENGTH
from ..types import Need as Needed


class ParticipantNeed(TenantModel):
    """What somebody has said that they need at a run: said freely, with consent, and gone some days after it.

    The participant's municipality owns it, so that no neighbour has it in sight; the person alone reads the row.
    """

    region = models.ForeignKey("organisation.Region", models.PROTECT, related_name="+")
    run_id = models.BigIntegerField()  # runs stand above: an id and no key
    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    need = models.CharField(max_length=16)
    other = models.CharField(max_length=OTHER_LENGTH, blank=True)
    consent = models.PositiveSmallIntegerField()  # the number of the text that was said yes to
    told_at = models.DateTimeField()
    run_ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(need__in=list(Needed)), name="need_of_participant_is_known"),
            # A person says a thing once for a run.
            models.UniqueConstraint(fields=["tenant", "run_id", "person", "need"], name="need_of_participant_is_once"),
            # Own words belong to what the list does not have.
            models.CheckConstraint(
                condition=Q(need=Needed.OTHER) & ~Q(other="") | ~Q(need=Needed.OTHER) & Q(other=""),
                name="need_in_own_words_has_words",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"need": Kind.HEALTH, "other": Kind.HEALTH}
        purpose = "To serve food that people can eat and ready a room that they can use, at this run alone."
        keep = Keep(after="the run", days=KEEP_DAYS, when="run_ends_on")
