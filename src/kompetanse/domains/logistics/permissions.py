"""Who may see, book and change rooms, trainers and things, and who is told what participants need."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Holds, InSight, Owns, Policy
from kompetanse.kernel.text_marker import N_

from .models import Booking, Catering, ParticipantNeed, Resource, Trainer


class Right(StrEnum):
    RESOURCE_READ = "resource:read"
    RESOURCE_MANAGE = "resource:manage"
    TRAINER_READ = "trainer:read"
    TRAINER_REACH = "trainer:reach"
    BOOKING_READ = "booking:read"
    BOOKING_MANAGE = "booking:manage"
    CATERING_READ = "catering:read"
    CATERING_MANAGE = "catering:manage"
    PARTICIPANT_NEED_OWN = "participant_need:own"


OFFICE = Holds(Role.COURSE_ADMINISTRATOR)


def of_municipality(path: str) -> tuple[Holds, ...]:
    """Those who keep a municipality's own rooms, people and things."""
    return Holds(Role.CONTACT_PERSON, tenant=path), Holds(Role.HR, tenant=path)


class ResourcePolicy(Policy):
    model = Resource
    grants = {
        # Rooms and things are no secret in the region; who trains is for those who plan.
        Right.RESOURCE_READ: (
            InSight("kind", among=("room", "equipment")), OFFICE, *of_municipality("municipality_id"),
            Owns("person_id"),
        ),
        Right.RESOURCE_MANAGE: (OFFICE, *of_municipality("municipality_id")),
    }  # fmt: skip
    refusal = N_(
        "Rom og utstyr føres av dem som eier det: kommunens kontaktperson eller HR for kommunens eget, "
        "kurskontoret for regionens. Spør dem."
    )


class TrainerPolicy(Policy):
    model = Trainer
    grants = {
        Right.TRAINER_READ: (OFFICE, *of_municipality("resource.municipality_id"), Owns("resource.person_id")),
        # Purpose limitation: how somebody is reached is for those who book them.
        Right.TRAINER_REACH: (OFFICE, Owns("resource.person_id")),
    }
    refusal = N_("Registeret over kursledere er for dem som planlegger kurs. Spør kurskontoret.")


class BookingPolicy(Policy):
    model = Booking
    grants = {
        # Everybody may know that it is taken; for what, those who own it and those who plan.
        Right.BOOKING_READ: (OFFICE, *of_municipality("resource.municipality_id"), Owns("resource.person_id")),
        Right.BOOKING_MANAGE: (OFFICE, *of_municipality("resource.municipality_id")),
    }
    refusal = N_("Bookingen hører til noen andre. Spør dem som eier rommet, eller kurskontoret.")


class CateringPolicy(Policy):
    model = Catering
    grants = {Right.CATERING_READ: (OFFICE,), Right.CATERING_MANAGE: (OFFICE,)}
    refusal = N_("Bevertning bestilles av kurskontoret. Spør dem.")


class ParticipantNeedPolicy(Policy):
    model = ParticipantNeed
    grants = {Right.PARTICIPANT_NEED_OWN: (Owns("person_id"),)}
    refusal = N_("Bare du selv kan se og endre hva du trenger.")
