"""Bookings and the calendar: enums, rows and refusals. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

from .resources import AvailableRow, EquipmentRow, OpenHours, ResourceKind, ResourceRow, RoomRow, TrainerRow

TITLE_LENGTH = 160  # characters
LONGEST_DAYS = 400  # a booking is shorter


class BookingKind(StrEnum):
    SESSION = "session"  # for a gathering of a run
    BLOCKED = "blocked"  # closed, ill, lent out: nobody may have it
    OTHER = "other"  # the owner's own use


class BookingStatus(StrEnum):
    BOOKED = "booked"
    FREED = "freed"


class Caution(StrEnum):
    """What a booking was made in spite of, because the owner lets it."""

    OUTSIDE_HOURS = "outside_hours"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True, slots=True)
class BookingMade:
    id: int
    warnings: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking. `title` is empty for those who may only know that it is taken; `from_at`–`to_at` is with what is kept
    free around."""

    id: int
    resource_id: int
    resource_name: str
    kind: ResourceKind
    purpose: BookingKind
    title: str
    starts_at: datetime
    ends_at: datetime
    from_at: datetime
    to_at: datetime
    run_id: int | None
    session_id: int | None
    status: BookingStatus


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking on one day of the calendar."""

    id: int
    starts_at: datetime
    ends_at: datetime
    title: str  # empty: taken, by whom is not told
    purpose: BookingKind
    run_id: int | None


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A resource with what it is booked for, day by day as the calendar's days are."""

    resource: ResourceRow
    days: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    days: tuple[date, ...]
    rows: tuple[CalendarRow, ...]
    places: tuple[str, ...]
    number: int  # of the page, from 1
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class ResourcePage:
    """One thing with all that the reader may know and do. Exactly one of room, trainer, equipment is there."""

    resource: ResourceRow
    room: RoomRow | None
    trainer: TrainerRow | None
    hours: tuple[OpenHours, ...]
    available: tuple[AvailableRow, ...]
    coming: tuple[BookingRow, ...]
    may_manage: bool
    may_book: bool
    owners: tuple[tuple[int, str], ...]
    drives: tuple[DriveRow, ...]  # to a room, from each municipality of the region


@dataclass(frozen=True, slots=True)
class DriveRow:
    """How far it is from a municipality's centre; an estimate where not each leg of the road is checked."""

    municipality: str
    minutes: int
    is_checked: bool


@dataclass(frozen=True, slots=True)
class RoomsPage:
    rooms: tuple[RoomRow, ...]
    places: tuple[str, ...]
    owners: tuple[tuple[int | None, str], ...]  # whose rooms the reader may write down; empty: nobody's
    region_id: int | None


@dataclass(frozen=True, slots=True)
class EquipmentPage:
    equipment: tuple[EquipmentRow, ...]
    owners: tuple[tuple[int | None, str], ...]
    region_id: int | None


@dataclass(frozen=True, slots=True)
class TrainersPage:
    trainers: tuple[TrainerRow, ...]
    owners: tuple[tuple[int | None, str], ...]
    region_id: int | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A room that is free, big enough and can be used by those who come. `minutes` is the mean drive; None unknown."""

    room: RoomRow
    minutes: int | None
    is_checked: bool  # every leg of the road is checked, none estimated


@dataclass(frozen=True, slots=True)
class Free:
    """What can be booked for a time. Rooms the nearest first; trainers and things by place and name."""

    rooms: tuple[Suggestion, ...] = ()
    trainers: tuple[ResourceRow, ...] = ()
    equipment: tuple[ResourceRow, ...] = ()


class TimesAreBackwards(DomainError):
    code = "times_are_backwards"
    field = "ends_at"
    sentence = N_("Bookingen må slutte etter at den begynner, og vare høyst %(days)s dager. Rett tidspunktene.")


class ResourceIsTaken(DomainError):
    code = "resource_is_taken"
    sentence = N_("%(name)s er opptatt %(when)s. Første ledige tid er %(next)s. Ingenting er endret.")


class ResourceIsTakenBy(ResourceIsTaken):
    """Said to those who may know who has it."""

    code = "resource_is_taken_by"
    sentence = N_("%(name)s er opptatt %(when)s av «%(title)s». Første ledige tid er %(next)s. Ingenting er endret.")


class OutsideOpeningHours(DomainError):
    code = "outside_opening_hours"
    sentence = N_("%(name)s er ikke åpent %(when)s. Første ledige tid er %(next)s. Ingenting er endret.")


class TrainerIsNotAvailable(DomainError):
    code = "trainer_is_not_available"
    sentence = N_("%(name)s har ikke sagt seg ledig %(when)s. Velg en annen dag eller en annen kursleder.")


class TooFewPieces(DomainError):
    code = "too_few_pieces"
    field = "count"
    sentence = N_("Det er %(free)s ledige av %(name)s %(when)s, og du ba om %(count)s. Ingenting er booket.")


class BookingIsFreed(DomainError):
    code = "booking_is_freed"
    sentence = N_("Bookingen er allerede frigitt.")


class BookingIsOver(DomainError):
    code = "booking_is_over"
    sentence = N_("Tidspunktet er passert. Velg et tidspunkt som kommer.")


class WhyIsMissing(DomainError):
    code = "why_is_missing"
    field = "title"
    sentence = N_("Skriv kort hva det gjelder.")
