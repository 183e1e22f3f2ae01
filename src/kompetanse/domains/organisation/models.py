from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import Ends, Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from .types import BodyKind, Level, Role, SeatKind, WrittenForm


def choices(enum: type[Level | WrittenForm | Role | BodyKind | SeatKind]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class Region(models.Model):
    """Municipalities that work together; also the interregional and national levels above."""

    tenant = models.OneToOneField("foundation.Tenant", models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=120, unique=True)
    level = models.CharField(max_length=20, choices=choices(Level))
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            # The level is one of the report's.
            models.CheckConstraint(condition=Q(level__in=list(Level)), name="region_level_is_known"),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To know which municipalities work together."
        keep = Keep(after="the region is dissolved")


class Municipality(models.Model):
    """A municipality with its public facts. The number can change at a merger; the tenant never does."""

    tenant = models.OneToOneField("foundation.Tenant", models.PROTECT, primary_key=True, related_name="+")
    number = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=80)
    county = models.CharField(max_length=40, blank=True)
    population = models.PositiveIntegerField(null=True)
    centre = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    written_form = models.CharField(max_length=8, choices=choices(WrittenForm), default=WrittenForm.NEUTRAL)
    written_form_verified = models.CharField(max_length=1, default="U")

    class Meta:
        constraints = [
            # The official number is four digits.
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{4}$"), name="municipality_number_has_four_digits"
            ),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "Public facts about municipalities."
        keep = Keep(after="the municipality is dissolved")


class Membership(models.Model):
    """A municipality is in a region from a day, and to a day: they join, leave, merge and split."""

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            # Nobody leaves before they came.
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_start",
            ),
            # One standing membership per municipality and region.
            models.UniqueConstraint(
                fields=["region", "municipality"], condition=Q(valid_to=None), name="membership_stands_once"
            ),
        ]

    class Data:
        tenancy = Tenancy.REFERENCE
        purpose = "To know who is in the region, and when."
        keep = Keep(after="the region is dissolved")


class Unit(TenantModel):
    """A node in a municipality's tree. `path` holds the ids from the root to the unit itself."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    parent = TenantForeignKey("self", null=True)
    path = ArrayField(models.BigIntegerField(), default=list)
    sector = models.CharField(max_length=80, blank=True)
    written_form = models.CharField(max_length=8, blank=True)
    leader_number = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    left_register_on = models.DateField(null=True)  # gone from the org file; closes when its last post has left

    class Meta:
        constraints = [
            # A code names one standing unit.
            models.UniqueConstraint(
                fields=["tenant", "code"], condition=Q(valid_to=None), name="unit_code_names_one_unit"
            ),
        ]
        indexes = [
            # Everything below this unit?
            GinIndex(fields=["path"], name="unit_path"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To place people, needs and results."
        keep = Keep(after="the unit is closed", years=10)


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
        }
        purpose = "To know who works in the municipality and how to reach them."
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


class Body(TenantModel):
    """A body of the region or of a municipality: committee, forum, network, office."""

    name_nb = models.CharField(max_length=120)
    name_nn = models.CharField(max_length=120)
    kind = models.CharField(max_length=32, choices=choices(BodyKind))
    quorum = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(BodyKind)), name="body_kind_is_known"),
            models.UniqueConstraint(fields=["tenant", "name_nb"], name="body_has_its_own_name"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know who decides together."
        keep = Keep(after="the body is dissolved", years=10)


class Seat(TenantModel):
    """A person sits in a body for a municipality or a union, from a day and to a day."""

    body = TenantForeignKey(Body)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=16, choices=choices(SeatKind))
    represents = models.CharField(max_length=120, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    weight = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(SeatKind)), name="seat_kind_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="seat_ends_after_start"
            ),
            # A person holds one seat in a body at a time.
            models.UniqueConstraint(
                fields=["tenant", "body", "person"], condition=Q(valid_to=None), name="seat_is_taken_once"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"name": Kind.NAME}
        purpose = "To know who sat where when something was decided. Seats are public."
        keep = Keep(after="the seat was left", years=10, when="valid_to")


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **values: object) -> Account:
        account = self.model(username=username, **values)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way in for a person. What they may do follows from posts, roles and seats, never from here."""

    id = models.BigAutoField(primary_key=True)
    username = models.CharField(max_length=160, unique=True)
    email = models.CharField(max_length=160, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    display_name = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=2, blank=True)
    is_active = models.BooleanField(default=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Data:
        tenancy = Tenancy.TECHNICAL
        subject = "person_id"
        personal = {"username": Kind.IDENTIFIER, "email": Kind.CONTACT, "display_name": Kind.NAME}
        purpose = "To let a person in."
        keep = Keep(after="the last employment ended", years=1)


class Persona(models.Model):
    """Somebody in the demo whose shoes anybody may step into. The table is empty everywhere else."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=40, unique=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Data:
        tenancy = Tenancy.TECHNICAL
        purpose = "To show the product to a newcomer."
        keep = Keep(after="the demo is reset")
