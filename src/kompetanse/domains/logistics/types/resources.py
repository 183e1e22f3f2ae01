"""Rooms, trainers and equipment: enums, inputs, rows and refusals. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

NAME_LENGTH = 120  # characters
NOTE_LENGTH = 1000
MOST_PIECES = 200  # of one kind of equipment, written down at once
LONGEST_BUFFER = 24 * 60  # minutes


class ResourceKind(StrEnum):
    ROOM = "room"
    TRAINER = "trainer"
    EQUIPMENT = "equipment"


class Feature(StrEnum):
    """What is in a room."""

    SCREEN = "screen"
    VIDEO = "video"  # camera and sound for those who are not there
    WHITEBOARD = "whiteboard"
    COMPUTERS = "computers"
    PRACTICE = "practice"  # beds and floor to practise on
    KITCHEN = "kitchen"


class Access(StrEnum):
    """What makes a room one that everybody can use."""

    STEP_FREE = "step_free"
    LIFT = "lift"
    HEARING_LOOP = "hearing_loop"
    ACCESSIBLE_TOILET = "accessible_toilet"
    ACCESSIBLE_PARKING = "accessible_parking"
    QUIET_ROOM = "quiet_room"


class OutsideHours(StrEnum):
    """What happens to a booking outside the opening hours, or when a trainer has said no."""

    REFUSED = "refused"
    WARNED = "warned"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceInput:
    """What all that can be booked has. `municipality_id` None: the region's own. Minutes are kept free around."""

    name: str
    municipality_id: int | None = None
    place: str = ""
    prepare_minutes: int = 0
    clear_minutes: int = 0
    outside_hours: OutsideHours = OutsideHours.REFUSED
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomInput(ResourceInput):
    address: str
    capacity: int
    features: frozenset[Feature] = frozenset()
    access: frozenset[Access] = frozenset()
    latitude: float | None = None
    longitude: float | None = None
    contact: str = ""  # a role or a desk, with how to reach it


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerInput(ResourceInput):
    """A trainer. `person_id` where they work in the region; the outsider has a firm, and has agreed to be written down.

    `skills` are requirement codes or topics in plain words.
    """

    person_id: int | None = None
    is_external: bool = False
    is_course_leader: bool = False
    firm: str = ""
    email: str = ""
    phone: str = ""
    agreed_on: date | None = None
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentInput(ResourceInput):
    """So many alike, each booked by itself."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Open on a weekday (0 is Monday) from one time to another, by the clock on the wall. 00:00 as end: midnight."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """Something that can be booked, as lists show it. `owner` empty: the region's."""

    id: int
    region_id: int
    kind: ResourceKind
    name: str
    series: str
    place: str
    owner: str
    municipality_id: int | None
    prepare_minutes: int
    clear_minutes: int
    outside_hours: OutsideHours
    note: str
    is_retired: bool
    version: int


@dataclass(frozen=True, slots=True)
class RoomRow:
    resource: ResourceRow
    address: str
    capacity: int
    features: tuple[Feature, ...]
    access: tuple[Access, ...]
    latitude: float | None
    longitude: float | None
    contact: str

    @property
    def map_link(self) -> str:
        """A map on the net at the room's point; empty where the point is not known."""
        if self.latitude is None or self.longitude is None:
            return ""
        return (
            f"https://www.openstreetmap.org/?mlat={self.latitude}&mlon={self.longitude}"
            f"#map=16/{self.latitude}/{self.longitude}"
        )


@dataclass(frozen=True, slots=True)
class TrainerRow:
    """A trainer. How to reach them is empty for those who need not know."""

    resource: ResourceRow
    is_external: bool
    is_course_leader: bool
    firm: str
    skills: tuple[str, ...]
    email: str
    phone: str
    agreed_on: date | None
    person_id: int | None  # of those who work in the region


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """Equipment of one name in one place: how many there are, and the pieces."""

    name: str
    place: str
    owner: str
    pieces: tuple[ResourceRow, ...]

    @property
    def count(self) -> int:
        return len(self.pieces)


@dataclass(frozen=True, slots=True)
class AvailableRow:
    first_on: date
    last_on: date


class NameIsMissing(DomainError):
    code = "name_is_missing"
    field = "name"
    sentence = N_("Skriv et navn, så andre kjenner det igjen.")


class NameIsTaken(DomainError):
    code = "name_is_taken"
    field = "name"
    sentence = N_("Det finnes allerede noe som heter %(name)s. Velg et navn som skiller dem.")


class CapacityIsImpossible(DomainError):
    code = "capacity_is_impossible"
    field = "capacity"
    sentence = N_("Et rom har plass til minst én og høyst 5000. Rett tallet.")


class CountIsImpossible(DomainError):
    code = "count_is_impossible"
    field = "count"
    sentence = N_("Antallet må være fra 1 til %(most)s. Rett tallet.")


class BufferIsImpossible(DomainError):
    code = "buffer_is_impossible"
    field = "prepare_minutes"
    sentence = N_("Rigging og rydding tar fra 0 minutter til et døgn. Rett tallene.")


class PointIsImpossible(DomainError):
    code = "point_is_impossible"
    field = "latitude"
    sentence = N_("Kartpunktet må ha både bredde- og lengdegrad, og ligge i Norge. Rett det eller la begge stå tomme.")


class HoursAreBackwards(DomainError):
    code = "hours_are_backwards"
    sentence = N_("Rommet må stenge etter at det åpner. Rett tidene, eller la begge stå tomme når det er stengt.")


class AvailabilityIsBackwards(DomainError):
    code = "availability_is_backwards"
    field = "last_on"
    sentence = N_("Perioden må slutte samme dag som den begynner, eller senere. Rett datoene.")


class ContactNeedsAgreement(DomainError):
    code = "contact_needs_agreement"
    field = "agreed_on"
    sentence = N_(
        "En ekstern kursleder må ha sagt ja til å stå i registeret før navn og kontaktopplysninger lagres. "
        "Skriv dagen det ble avtalt."
    )


class OwnPersonIsUnknown(DomainError):
    code = "own_person_is_unknown"
    field = "person_id"
    sentence = N_("Personen finnes ikke blant de ansatte i regionen. Velg en annen, eller før kurslederen som ekstern.")


class ResourceHasChanged(DomainError):
    code = "resource_has_changed"
    sentence = N_(
        "Noen andre har lagret endringer mens du skrev. Det du skrev, står fortsatt i skjemaet. "
        "Se hva som er lagret, og lagre på nytt."
    )


class ResourceIsRetired(DomainError):
    code = "resource_is_retired"
    sentence = N_("%(name)s er tatt ut av bruk og kan ikke bookes. Velg noe annet.")


class ResourceIsInUse(DomainError):
    code = "resource_is_in_use"
    sentence = N_("%(name)s har %(count)s bookinger som ikke er over. Flytt eller frigi dem før det tas ut av bruk.")
