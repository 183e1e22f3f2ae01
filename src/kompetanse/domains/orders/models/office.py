from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.domains.orders.types.office import MOST_WEEKLY
from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantModel


class StaffMember(TenantModel):
    """Somebody in the office, and how much of their week goes to orders."""

    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    weekly_minutes = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            # A person stands once among the staff.
            models.UniqueConstraint(fields=["tenant", "person"], name="staff_member_is_one"),
            models.CheckConstraint(condition=Q(weekly_minutes__lte=MOST_WEEKLY), name="staff_week_makes_sense"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="staff_ends_after_it_begins"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"name": Kind.NAME, "weekly_minutes": Kind.EMPLOYMENT}
        purpose = "To plan the office's time and tell when an order can begin."
        keep = Keep(after="delivery", years=10)
