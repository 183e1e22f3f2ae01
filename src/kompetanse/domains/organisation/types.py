"""Ids, enums, inputs and rows of the organisation. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class Level(StrEnum):
    """The report's levels above the municipality."""

    REGIONAL = "regional"
    INTERREGIONAL = "interregional"
    NATIONAL = "national"


class WrittenForm(StrEnum):
    BOKMAL = "nb"
    NYNORSK = "nn"
    NEUTRAL = "neutral"


class Role(StrEnum):
    """What a person is to the platform. Employee and leader follow from posts and units; the rest are given."""

    EMPLOYEE = "employee"
    LEADER = "leader"
    HR = "hr"
    CONTACT_PERSON = "contact_person"
    CHIEF_EXECUTIVE = "chief_executive"
    FORUM_MEMBER = "forum_member"
    UNION_REPRESENTATIVE = "union_representative"
    NETWORK_MEMBER = "network_member"
    COURSE_ADMINISTRATOR = "course_administrator"
    SYSTEM_ADMINISTRATOR = "system_administrator"


# Roles held in the region that act for every member municipality: the office processes their data by agreement.
OFFICE_ROLES = frozenset({Role.COURSE_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR})


class BodyKind(StrEnum):
    EXECUTIVE_COMMITTEE = "executive_committee"  # rådmannsutvalg
    COMPETENCE_FORUM = "competence_forum"  # kompetanseforum
    SUBJECT_NETWORK = "subject_network"  # fagnettverk
    COMPETENCE_OFFICE = "competence_office"  # RKK
    INTERREGIONAL_ARENA = "interregional_arena"  # interregional arena
    STEERING_GROUP = "steering_group"  # styringsgruppe


class SeatKind(StrEnum):
    MEMBER = "member"
    CHAIR = "chair"
    SECRETARY = "secretary"
    UNION = "union"
    DEPUTY = "deputy"  # vara: counts only where it stands in


class VoteRule(StrEnum):
    """How a body counts its votes."""

    ONE_EACH = "one_each"
    WEIGHTED = "weighted"


# What a seat in a body makes its holder, within the body's tenant.
SEAT_ROLES: dict[tuple[BodyKind, SeatKind], Role] = {
    (BodyKind.COMPETENCE_FORUM, SeatKind.MEMBER): Role.FORUM_MEMBER,
    (BodyKind.COMPETENCE_FORUM, SeatKind.CHAIR): Role.FORUM_MEMBER,
    (BodyKind.COMPETENCE_FORUM, SeatKind.SECRETARY): Role.COURSE_ADMINISTRATOR,
    (BodyKind.COMPETENCE_FORUM, SeatKind.UNION): Role.UNION_REPRESENTATIVE,
    (BodyKind.COMPETENCE_FORUM, SeatKind.DEPUTY): Role.FORUM_MEMBER,
    (BodyKind.EXECUTIVE_COMMITTEE, SeatKind.MEMBER): Role.CHIEF_EXECUTIVE,
    (BodyKind.EXECUTIVE_COMMITTEE, SeatKind.CHAIR): Role.CHIEF_EXECUTIVE,
    (BodyKind.SUBJECT_NETWORK, SeatKind.MEMBER): Role.NETWORK_MEMBER,
    (BodyKind.SUBJECT_NETWORK, SeatKind.CHAIR): Role.NETWORK_MEMBER,
    (BodyKind.INTERREGIONAL_ARENA, SeatKind.MEMBER): Role.NETWORK_MEMBER,
    (BodyKind.INTERREGIONAL_ARENA, SeatKind.CHAIR): Role.NETWORK_MEMBER,
    (BodyKind.STEERING_GROUP, SeatKind.MEMBER): Role.NETWORK_MEMBER,
    (BodyKind.STEERING_GROUP, SeatKind.CHAIR): Role.NETWORK_MEMBER,
    (BodyKind.COMPETENCE_OFFICE, SeatKind.MEMBER): Role.COURSE_ADMINISTRATOR,
    (BodyKind.COMPETENCE_OFFICE, SeatKind.CHAIR): Role.COURSE_ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    """Public facts about a municipality. `number` is the official four digits."""

    number: str
    name: str
    county: str = ""
    population: int | None = None
    centre: str = ""
    latitude: float | None = None
    longitude: float | None = None
    written_form: WrittenForm = WrittenForm.NEUTRAL
    written_form_verified: str = "U"


@dataclass(frozen=True, slots=True)
class UnitInput:
    """A row of a municipality's org file; `row` as a person counts it."""

    row: int
    code: str
    name: str
    parent_code: str = ""
    sector: str = ""
    leader_number: str = ""
    written_form: str = ""


@dataclass(frozen=True, slots=True)
class PostInput:
    """A row of a municipality's HR file: one post of one person. `percent` is 0–100; dates are inclusive."""

    row: int
    employee_number: str
    given_name: str
    family_name: str
    position_title: str
    unit_code: str
    valid_from: date
    identity_number: str = ""
    email: str = ""
    phone: str = ""
    position_code: str = ""
    is_main: bool = True
    percent: Decimal | None = None
    valid_to: date | None = None
    leave_from: date | None = None
    leave_to: date | None = None


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    tenant_id: int
    number: str
    name: str
    written_form: WrittenForm
    population: int | None
    latitude: float | None = None
    longitude: float | None = None
    centre: str = ""
    organisation_number: str = ""


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Somebody who holds a role in a tenant, and how to reach them; `email` empty where none is known."""

    tenant_id: int
    person_id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """How a person is reached, as a tenant knows them; what is not known is empty."""

    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class RegionRow:
    tenant_id: int
    name: str
    level: Level
    municipalities: tuple[MunicipalityRow, ...]

    @property
    def tenants(self) -> frozenset[int]:
        """The region itself and its members: what the office has in sight."""
        return frozenset({self.tenant_id, *(m.tenant_id for m in self.municipalities)})


@dataclass(frozen=True, slots=True)
class UnitRow:
    id: int
    tenant_id: int
    code: str
    name: str
    parent_id: int | None
    path: tuple[int, ...]
    sector: str
    leader_name: str = ""
    people: int = 0

    @property
    def depth(self) -> int:
        """0 for a root."""
        return max(0, len(self.path) - 1)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A standing unit with its municipality, and how many work directly in it."""

    id: int
    name: str
    tenant_id: int
    municipality: str
    path: tuple[int, ...]
    sector: str
    people: int


@dataclass(frozen=True, slots=True)
class PostRow:
    id: int
    unit_id: int
    unit_name: str
    position_code: str
    position_title: str
    is_main: bool
    percent: Decimal | None
    valid_from: date
    valid_to: date | None
    leave_from: date | None
    leave_to: date | None


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A standing post with what rules ask about: whose, where, as what, and whether its holder leads or is away."""

    employee_id: int
    tenant_id: int
    municipality: str
    person_id: int
    name: str
    post_id: int
    unit_id: int
    unit_name: str
    unit_path: tuple[int, ...]
    sector: str
    position_title: str
    leave_from: date | None
    leave_to: date | None
    leads: bool


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    """A person in one municipality, with the posts held there today."""

    id: int
    tenant_id: int
    person_id: int
    name: str
    email: str
    phone: str
    posts: tuple[PostRow, ...] = ()


@dataclass(frozen=True, slots=True)
class AskerRow:
    """A person at a post, and the employee id of who answers for them there; None where no leader can."""

    id: int
    tenant_id: int
    person_id: int
    name: str
    unit_id: int
    unit_path: tuple[int, ...]
    leader_id: int | None
    leave_from: date | None
    leave_to: date | None


@dataclass(frozen=True, slots=True)
class BodyRow:
    id: int
    tenant_id: int
    name_nb: str
    name_nn: str
    kind: BodyKind
    quorum: int
    vote_rule: VoteRule = VoteRule.ONE_EACH
    unions_vote: bool = False
    above_id: int | None = None
    notice_days: int = 0


@dataclass(frozen=True, slots=True)
class RulingRow:
    """What a body's rules were set to once."""

    set_at: datetime
    set_by: str
    decision_reference: str
    quorum: int
    vote_rule: VoteRule
    unions_vote: bool
    above_name: str
    notice_days: int


@dataclass(frozen=True, slots=True)
class SeatRow:
    id: int
    name: str
    kind: SeatKind
    represents: str
    person_id: int
    weight: int
    municipality_id: int | None
    deputy_for_id: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a search found: id, name, and a note that tells it from others of the name."""

    id: int
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class SeatedBody:
    """A body with its standing seats."""

    id: int
    name: str
    kind: BodyKind
    seats: tuple[SeatRow, ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """A municipality's units in tree order, its contact persons, and the region around it."""

    region: RegionRow | None
    municipality: MunicipalityRow | None
    units: tuple[UnitRow, ...]
    contacts: tuple[str, ...]
    bodies: tuple[SeatedBody, ...]

    @property
    def people(self) -> int:
        return sum(unit.people for unit in self.units)


@dataclass(frozen=True, slots=True)
class PersonaRow:
    key: str
    account_id: int
    name: str


class UnknownRegion(DomainError):
    code = "unknown_region"
    sentence = N_("Fant ikke regionen «%(name)s». Oppgi en fil med kommuner, eller opprett regionen først.")


class MunicipalityIsNotInRegion(DomainError):
    code = "municipality_is_not_in_region"
    sentence = N_(
        "Kommune %(number)s er ikke med i regionen %(region)s. Rett filnavnet, eller meld kommunen inn først."
    )


class OrganisationNumberIsWrong(DomainError):
    code = "organisation_number_is_wrong"
    field = "organisation_number"
    sentence = N_("«%(number)s» er ikke et organisasjonsnummer. Skriv de ni sifrene slik de står i Enhetsregisteret.")


class MembershipOverlaps(DomainError):
    code = "membership_overlaps"
    sentence = N_("Kommunen er allerede med i regionen i denne perioden.")


class BodyRulesAreImpossible(DomainError):
    code = "body_rules_are_impossible"
    sentence = N_(
        "Organet må være beslutningsdyktig med mellom 1 og 200, ha en innkallingsfrist på høyst 90 dager, og kan ikke "
        "stå over seg selv. Rett reglene."
    )


class WeightIsImpossible(DomainError):
    code = "weight_is_impossible"
    field = "weight"
    sentence = N_("Vekten må være mellom 1 og 100. Rett den.")


class PersonHasNoSeat(DomainError):
    code = "person_has_no_seat"
    sentence = N_("Det er ingen plass i organet på den dagen. Velg en plass som gjelder.")
