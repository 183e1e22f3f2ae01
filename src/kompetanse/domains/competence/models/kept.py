"""What is kept ready, so that a page need not reckon it. Written by the database's own functions alone, in the
transaction of the change; see `status_statements` and ADR 11. The web role may read it and nothing else."""

from __future__ import annotations

from django.db import models

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import DerivedModel, TenantForeignKey

from .register import Requirement

PURPOSE = "To answer at once who has the competence that is required. Derived from posts, register and ledger."


class Status(DerivedModel):
    """How one requirement stands for one person in one unit, as reckoned for the day of the person's `Clock`.

    `state` and `beneath` are the numbers of `rules.status.NUMBERS`; `ends` the last day of the best evidence.
    """

    pk = models.CompositePrimaryKey("tenant_id", "employee_id", "unit_id", "requirement_id")
    employee = TenantForeignKey("organisation.Employee", models.DO_NOTHING, derived=True)
    unit = TenantForeignKey("organisation.Unit", models.DO_NOTHING, derived=True)
    requirement = models.ForeignKey(
        Requirement, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    state = models.SmallIntegerField()
    beneath = models.SmallIntegerField()
    ends = models.DateField(null=True)
    evidence_id = models.BigIntegerField(null=True)
    target_id = models.BigIntegerField(null=True)
    since = models.DateField()

    class Meta:
        indexes = [
            # How do the people of this unit stand?
            models.Index(fields=["tenant", "unit"], name="status_by_unit"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"state": Kind.COMPETENCE, "ends": Kind.COMPETENCE}
        derived = True
        purpose = PURPOSE
        keep = Keep(after="the post ended")


class Clock(DerivedModel):
    """For which day a person's statuses were reckoned, and the next day on which one of them may be another."""

    pk = models.CompositePrimaryKey("tenant_id", "employee_id")
    employee = TenantForeignKey("organisation.Employee", models.DO_NOTHING, derived=True)
    reckoned_for = models.DateField()
    turns_on = models.DateField()

    class Meta:
        indexes = [
            # Whose statuses must be reckoned anew by this day?
            models.Index(fields=["tenant", "turns_on"], name="clock_by_turn"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        derived = True
        purpose = PURPOSE
        keep = Keep(after="the post ended")


class Cell(DerivedModel):
    """How many people of a unit stand how to a requirement: the sums over `Status`."""

    pk = models.CompositePrimaryKey("tenant_id", "unit_id", "requirement_id")
    unit = TenantForeignKey("organisation.Unit", models.DO_NOTHING, derived=True)
    requirement = models.ForeignKey(
        Requirement, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    held = models.IntegerField()
    expiring = models.IntegerField()
    expired = models.IntegerField()
    missing = models.IntegerField()
    on_leave = models.IntegerField()
    dispensed = models.IntegerField()

    class Data:
        tenancy = Tenancy.OWN
        derived = True
        purpose = PURPOSE
        keep = Keep(after="the unit is closed")


class Keeping(DerivedModel):
    """Which revision of the register a municipality's kept rows follow. Behind: they are not used."""

    tenant = models.OneToOneField(
        "foundation.Tenant", models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    revision = models.BigIntegerField()
    latest = models.DateField()  # no row was reckoned for a later day

    class Data:
        tenancy = Tenancy.OWN
        derived = True
        purpose = PURPOSE
        keep = Keep(after="the municipality has left")
