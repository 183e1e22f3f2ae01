"""Persons, what a municipality knows of them, their posts and what they may do."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.privacy import Ends, Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .fields import TextKey, choices
from .places import Unit


class Person(models.Model):
    """That somebody in one municipality and somebody in another are the same person, and nothing more."""

    id = models.BigAutoField(primary_key=True)
    identity_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - unknown is not equal

    class Data:
        tenancy = Tenancy.TECHNICAL
        subject = "id"
        personal = {"identity_hash": Kind.IDENTIFIER}
        purpose = "To give a person with posts in several municipalities one record of their own."
        keep = Keep(after="the last employment ended", years=5)


class Affiliation(models.Model):
    """A person has something to do with a tenant: what a login may have in sight. Kept by the operations."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    tenant = models.ForeignKey("foundation.Tenant", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            # Which tenants may this person have in sight?
            models.UniqueConstraint(fields=["person", "tenant"], name="affiliation_is_told_once"),
        ]

    class Data:
        tenancy = Tenancy.TECHNICAL
        subject = "person_id"
        purpose = "To know which municipalities a login concerns."
        keep = Keep(after="the last employment ended", years=1)


class Employee(TenantModel):
    """A person as one municipality knows them."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    email = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            # A municipality knows a person once, however many posts.
            models.UniqueConstraint(fields=["tenant", "person"], name="employee_is_known_once"),
        ]

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {
            "given_name": Kind.NAME,
            "family_name": Kind.NAME,
            "email": Kind.CONTACT,
            "phone": Kind.CONTACT,
            "birth_year": Kind.IDENTIFIER,
        }
        purpose = "To know who works in the municipality, how to reach them, and who may soon retire."
        keep = Keep(after="the last employment ended", years=5)
        # The last day in the post as the register told it, or the day it was gone from the register.
        ends = Ends(after="the last employment ended", model="organisation.Post", by="employee",
                    dates=("valid_to", "ended_on"))  # fmt: skip


class Post(TenantModel):
    """A post a person holds in a unit, as the HR register tells it. Ended, never deleted."""

    employee = TenantForeignKey(Employee)
    unit = TenantForeignKey(Unit)
    employee_number = models.CharField(max_length=40)
    position_code = models.CharField(max_length=20, blank=True)
    position_title = models.CharField(max_length=120)
    title_key = TextKey(of="position_title")
    is_main = models.BooleanField(default=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day in the post
    leave_from = models.DateField(null=True)
    leave_to = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # the day the post was gone from the register

    class Meta:
        constraints = [
            # A post cannot end before it began.
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="post_ends_after_start"
            ),
            # A share of a full post.
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=0, percent__lte=100),
                name="post_percent_is_a_share",
            ),
            # What a title is compared by is told with it: rules of the database ask for it.
            models.CheckConstraint(condition=~Q(title_key=""), name="post_title_is_read"),
            # A leave has both its days, in order.
            models.CheckConstraint(
                condition=Q(leave_from=None, leave_to=None)
                | Q(leave_from__isnull=False) & (Q(leave_to=None) | Q(leave_to__gte=F("leave_from"))),
                name="post_leave_is_in_order",
            ),
        ]
        indexes = [
            # Who works in this unit?
            models.Index(fields=["tenant", "unit"], name="post_by_unit"),
            # Which posts does this person hold?
            models.Index(fields=["tenant", "employee"], name="post_by_employee"),
            # Whose is this employee number?
            models.Index(fields=["tenant", "employee_number"], name="post_by_number"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"employee_number": Kind.IDENTIFIER, "position_title": Kind.EMPLOYMENT}
        purpose = "To know what is required of whom, and who leads whom."
        keep = Keep(after="the employment ended", years=5)


class PostHistory(TenantModel):
    """What was known of a post, from a moment and to another. Kept by the database at every change of a post."""

    post_id = models.BigIntegerField()
    employee = TenantForeignKey(Employee, models.DO_NOTHING, derived=True)
    unit = TenantForeignKey(Unit, models.DO_NOTHING, derived=True)
    title_key = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    leave_from = models.DateField(null=True)
    leave_to = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What was known of this person's posts?
            models.Index(fields=["tenant", "employee"], name="post_history_by_employee"),
            # Which row is the newest of this post?
            models.Index(fields=["tenant", "post_id"], condition=Q(known_to=None), name="post_history_newest"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        personal = {"title_key": Kind.EMPLOYMENT}
        derived = True
        purpose = "To tell later what was known on a day of who worked where."
        keep = Keep(after="the employment ended", years=5)


class Leadership(TenantModel):
    """Who leads a unit, from a day and to a day; acting while the leader is away."""

    unit = TenantForeignKey(Unit)
    employee = TenantForeignKey(Employee)
    is_acting = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            # One ordinary leader at a time.
            models.UniqueConstraint(
                fields=["tenant", "unit"],
                condition=Q(valid_to=None, is_acting=False),
                name="unit_has_one_leader",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="leadership_ends_after_start",
            ),
        ]
        indexes = [
            # What does this person lead?
            models.Index(fields=["tenant", "employee"], name="leadership_by_employee"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "employee__person_id"
        purpose = "To know who decides for a unit."
        keep = Keep(after="the leadership ended", years=5, when="valid_to")


class RoleAssignment(TenantModel):
    """A role given to a person in a tenant, or in one unit and below. Additive: it never takes from another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=32, choices=choices(Role))
    unit = TenantForeignKey(Unit, null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=list(Role)), name="role_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="role_ends_after_start"
            ),
            # The same role in the same place is given once.
            models.UniqueConstraint(
                fields=["tenant", "person", "role", "unit"],
                condition=Q(valid_to=None),
                nulls_distinct=False,
                name="role_is_given_once",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        purpose = "To know who may do what."
        keep = Keep(after="the role ended", years=5, when="valid_to")
