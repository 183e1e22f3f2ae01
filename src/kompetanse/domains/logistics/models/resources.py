from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kompetanse.foundation.privacy import Keep, Kind, Tenancy
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel

from ..types import NAME_LENGTH, NOTE_LENGTH, Access, Feature, OutsideHours, ResourceKind


class Resource(TenantModel):
    """Something that can be had by one at a time: a room, a person, a thing. One table, so that one rule serves all.

    It is the region's row also where a municipality owns it: the neighbours must see that it is there.
    """

    kind = models.CharField(max_length=12)
    municipality = models.ForeignKey("organisation.Municipality", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)
    series = models.CharField(max_length=NAME_LENGTH, blank=True)  # what pieces that are alike are called together
    place = models.CharField(max_length=60, blank=True)
    prepare_minutes = models.PositiveSmallIntegerField(default=0)
    clear_minutes = models.PositiveSmallIntegerField(default=0)
    outside_hours = models.CharField(max_length=8, default=OutsideHours.REFUSED)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    retired_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(ResourceKind)), name="resource_kind_is_known"),
            models.CheckConstraint(condition=Q(outside_hours__in=list(OutsideHours)), name="resource_rule_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="resource_has_a_name"),
            # Minutes kept free around are less than a day.
            models.CheckConstraint(
                condition=Q(prepare_minutes__lte=1440, clear_minutes__lte=1440), name="resource_buffers_are_short"
            ),
            # Only somebody who trains is a person.
            models.CheckConstraint(
                condition=Q(person=None) | Q(kind=ResourceKind.TRAINER), name="resource_is_a_person"
            ),
            # Which is the one called this, here? One answer among those in use.
            models.UniqueConstraint(
                fields=["tenant", "kind", "place", "name"], condition=Q(retired_on=None),
                name="resource_name_is_its_own",
            ),
            # A person is one resource, or they could be in two places.
            models.UniqueConstraint(
                fields=["tenant", "person"], condition=Q(retired_on=None, person__isnull=False),
                name="resource_is_one_for_a_person",
            ),
        ]  # fmt: skip
        indexes = [
            # What is there, of a kind, in a place?
            models.Index(fields=["tenant", "kind", "place", "name"], name="resource_by_place"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "person_id"
        personal = {"name": Kind.NAME}
        purpose = "To know what rooms, trainers and things there are, and to book them."
        keep = Keep(after="it was taken out of use", years=2, when="retired_on")


class Room(TenantModel):
    """What is said of a room besides."""

    resource = TenantForeignKey(Resource, models.CASCADE)
    address = models.CharField(max_length=200)
    capacity = models.PositiveSmallIntegerField()
    features = ArrayField(models.CharField(max_length=24), default=list)
    access = ArrayField(models.CharField(max_length=24), default=list)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    contact = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            # A room is told of once.
            models.UniqueConstraint(fields=["tenant", "resource"], name="room_is_told_once"),
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=5000), name="room_has_a_capacity"),
            models.CheckConstraint(condition=Q(features__contained_by=list(Feature)), name="room_features_are_known"),
            models.CheckConstraint(condition=Q(access__contained_by=list(Access)), name="room_access_is_known"),
            # A point has both its numbers.
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                name="room_point_is_whole",
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = (
            "To find a room that is big enough, near, and that everybody can use. The contact is a desk or a role."
        )
        keep = Keep(after="it was taken out of use", years=2)


class Trainer(TenantModel):
    """What is said of a trainer besides. How an outsider is reached is kept for the courses alone, by agreement."""

    resource = TenantForeignKey(Resource, models.CASCADE)
    is_external = models.BooleanField(default=False)
    is_course_leader = models.BooleanField(default=False)  # in the region's own register of course leaders
    firm = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=160, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    agreed_on = models.DateField(null=True)
    skills = ArrayField(models.CharField(max_length=80), default=list)

    class Meta:
        constraints = [
            # A trainer is told of once.
            models.UniqueConstraint(fields=["tenant", "resource"], name="trainer_is_told_once"),
            # An outsider has said yes to being written down.
            models.CheckConstraint(
                condition=Q(is_external=False) | Q(agreed_on__isnull=False), name="trainer_outsider_has_agreed"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "resource__person_id"
        personal = {"firm": Kind.EMPLOYMENT, "email": Kind.CONTACT, "phone": Kind.CONTACT, "skills": Kind.COMPETENCE}
        purpose = "To find and reach trainers for the region's courses, and for nothing else."
        keep = Keep(after="it was taken out of use", years=2)


class OpeningHours(TenantModel):
    """When a room is open on a weekday, by the clock on the wall. None at all: it can be had at any time."""

    resource = TenantForeignKey(Resource, models.CASCADE)
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()  # 00:00 is midnight at the day's end

    class Meta:
        constraints = [
            # When is it open on this weekday? One answer.
            models.UniqueConstraint(fields=["tenant", "resource", "weekday"], name="hours_are_once_a_weekday"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday_is_one_of_seven"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) | Q(closes="00:00"), name="hours_close_after_opening"
            ),
        ]

    class Data:
        tenancy = Tenancy.OWN
        purpose = "To know when a room is open."
        keep = Keep(after="it was taken out of use", years=2)


class Availability(TenantModel):
    """Days when a trainer has said that they can. None at all: they are asked each time."""

    resource = TenantForeignKey(Resource, models.CASCADE)
    first_on = models.DateField()
    last_on = models.DateField()  # the last day

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="availability_ends_after_start"),
        ]
        indexes = [
            # When can this trainer?
            models.Index(fields=["tenant", "resource", "first_on"], name="availability_by_trainer"),
        ]

    class Data:
        tenancy = Tenancy.OWN
        subject = "resource__person_id"
        personal = {"first_on": Kind.EMPLOYMENT, "last_on": Kind.EMPLOYMENT}
        purpose = "To ask trainers on days when they can."
        keep = Keep(after="the days are past", years=1, when="last_on")
