"""Inputs, rows and refusals of the competence domain. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class State(StrEnum):
    """How a requirement stands for a person."""

    HELD = "held"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    MISSING = "missing"
    ON_LEAVE = "on_leave"
    DISPENSED = "dispensed"

    @property
    def is_gap(self) -> bool:
        """Required and not held today: what an inspection asks about."""
        return self in (State.EXPIRED, State.MISSING, State.DISPENSED)


class SourceType(StrEnum):
    """What a requirement rests on. Only the first two are law."""

    ACT = "lov"
    REGULATION = "forskrift"
    ROAD_NORM = "vegnormal"
    INSURANCE = "forsikringsvilkår"
    OWNER = "anleggseier"
    TARIFF = "tariff"
    GUIDANCE = "veileder"
    TRADE_NORM = "norm"
    INTERNAL = "intern"


class Scope(StrEnum):
    """Whom a requirement is put to. Only the first two give a person a gap."""

    PERSON = "person"
    PERSON_AND_EQUIPMENT = "person+utstyr"
    TEAM = "team"
    RATIO = "ratio"
    ORGANISATION = "organisation"


class Verified(StrEnum):
    """How far a person has checked what the register says."""

    SEEN = "V"
    PARTLY = "P"
    UNCHECKED = "U"


class CollectiveState(StrEnum):
    """How a requirement that is not put to one person stands for a unit or a municipality."""

    MET = "met"
    AT_RISK = "at_risk"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"  # what it is reckoned from is not recorded


class EvidenceSource(StrEnum):
    IMPORT = "import"
    COURSE = "course"
    REGISTRY = "registry"
    MANAGER = "manager"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class RegisterInput:
    """A row of a municipality's old competence register; `row` as a person counts it, `valid_to` is the last day."""

    row: int
    employee_number: str
    title: str
    issuer: str = ""
    certificate_number: str = ""
    completed_on: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class EvidenceInput:
    """Something a person has shown they can. `requirement_code` None where it proves none of the register's."""

    tenant_id: int
    employee_id: int
    requirement_code: str | None
    title: str
    completed_on: date
    source: EvidenceSource
    issuer: str = ""
    certificate_number: str = ""
    valid_to: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A requirement as the register shows it. `name` is in the reader's written form."""

    id: int
    code: str
    name: str
    applies_to: str
    source_type: SourceType
    reference: str
    interval_months: int | None
    scope: Scope
    verified: Verified
    note: str
    valid_from: date | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementPage:
    """One requirement with everything the register knows about it."""

    requirement: RequirementRow
    early_window_months: int | None
    keeps_old_date: bool
    targets: tuple[str, ...]
    other_names: tuple[str, ...]
    satisfied_by: tuple[RequirementRow, ...]
    satisfies: tuple[RequirementRow, ...]


@dataclass(frozen=True, slots=True)
class TopicRow:
    """What a course or a need can be about, by all the names it goes under."""

    code: str
    name_nb: str
    name_nn: str
    requirement_code: str | None
    names: tuple[str, ...]
    target_groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnmappedRow:
    """A register's own words that nobody has confirmed yet, with our guess. `score` is 0..1."""

    text: str
    count: int
    requirement_code: str | None
    requirement_name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class MappingRow:
    """What a person has confirmed that a register's words mean; no requirement: it proves none."""

    text: str
    requirement_code: str | None
    requirement_name: str
    confirmed_by: str
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class MappingPage:
    """All the words of a municipality's register: waiting, and confirmed. `waiting` counts evidence."""

    tenant_id: int
    municipality: str
    unmapped: tuple[UnmappedRow, ...]
    mapped: tuple[MappingRow, ...]
    requirements: tuple[RequirementRow, ...]

    @property
    def waiting(self) -> int:
        return sum(row.count for row in self.unmapped)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A standing evidence as it is listed. `expires_on` is the last day it counts, None without end."""

    id: int
    title: str
    requirement_code: str | None
    completed_on: date
    expires_on: date | None
    source: EvidenceSource
    issuer: str
    certificate_number: str
    reference: str
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """One evidence with where it came from and every version it has had, newest first."""

    id: int
    tenant_id: int
    employee_id: int
    person_id: int
    person_name: str
    title: str
    requirement: RequirementRow | None
    completed_on: date
    valid_to: date | None
    source: EvidenceSource
    issuer: str
    certificate_number: str
    reference: str
    file: str
    row: int | None
    recorded_at: datetime
    recorded_by: str
    waiting: bool
    stands: bool
    versions: tuple[EvidenceVersion, ...]

    @property
    def human_reference(self) -> str:
        return f"BEVIS-{self.id}"


@dataclass(frozen=True, slots=True)
class EvidenceVersion:
    """A row of the ledger: what was known from `recorded_at` on, and why it replaced the row before."""

    id: int
    title: str
    completed_on: date
    valid_to: date | None
    certificate_number: str
    recorded_at: datetime
    recorded_by: str
    why: str
    void: bool


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One requirement for one person today, with the reasons in words."""

    requirement_id: int
    requirement_code: str
    name: str
    source_type: SourceType
    reference: str
    verified: Verified
    state: State
    expires_on: date | None
    evidence_id: int | None
    why_required: str
    why_state: str
    days_left: int | None = None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What is required of a person in one municipality, and what they have."""

    employee_id: int
    tenant_id: int
    person_id: int
    name: str
    municipality: str
    posts: tuple[str, ...]
    statuses: tuple[StatusRow, ...]
    evidence: tuple[EvidenceRow, ...]
    may_record: bool = False

    @property
    def waiting(self) -> int:
        """How many evidences wait for somebody to confirm what they prove."""
        return sum(1 for row in self.evidence if row.waiting)

    def in_state(self, state: State) -> tuple[StatusRow, ...]:
        return tuple(row for row in self.statuses if row.state is state)


@dataclass(frozen=True, slots=True)
class Cell:
    """One person × requirement. `state` None: not required of this person."""

    state: State | None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A requirement of a unit's matrix with its sums; `people` counts whom a need would be for."""

    requirement_id: int
    code: str
    name: str
    verified: Verified
    source_type: SourceType
    required: int
    held: int
    expiring: int
    missing: int
    on_leave: int
    dispensed: int = 0

    @property
    def people(self) -> int:
        return self.missing + self.expiring


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A person of a unit's matrix; the cells stand in the order of the columns."""

    employee_id: int
    name: str
    title: str
    cells: tuple[Cell, ...]
    missing: int
    expiring: int


@dataclass(frozen=True, slots=True)
class DueRow:
    """A person's requirement that runs out on a day."""

    employee_id: int
    name: str
    requirement_code: str
    requirement_name: str
    expires_on: date
    days_left: int


@dataclass(frozen=True, slots=True)
class UnitGapRow:
    """A unit with its sums over persons × requirements. `missing` holds expired, too."""

    unit_id: int
    unit_name: str
    municipality: str
    people: int
    required: int
    held: int
    expiring: int
    missing: int

    @property
    def covered(self) -> int:
        """Whole per cent of what is required that stands today."""
        return (self.held + self.expiring) * 100 // self.required if self.required else 100


@dataclass(frozen=True, slots=True)
class UnitMatrix:
    """A unit's people × requirements, what is due, and the units below with their sums."""

    unit_id: int
    unit_name: str
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    due: tuple[DueRow, ...]
    below: tuple[UnitGapRow, ...]

    def due_within(self, days: int) -> int:
        return sum(1 for row in self.due if row.days_left <= days)


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The units in sight with their sums, the requirements that lack most, and what waits for confirmation."""

    units: tuple[UnitGapRow, ...]
    requirements: tuple[GapRow, ...]
    waiting: int
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class GapRow:
    """One unit × requirement: required = held + expiring + missing + dispensed; missing holds expired.

    On leave stands apart.
    """

    unit_id: int
    unit_name: str
    requirement_code: str
    requirement_name: str
    required: int
    held: int
    expiring: int
    missing: int
    on_leave: int = 0
    dispensed: int = 0


@dataclass(frozen=True, slots=True)
class LackRow:
    """Somebody who did not hold a requirement on the day. `ends`: the last day of what they had."""

    employee_id: int
    name: str
    unit_name: str
    state: State
    ends: date | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A requirement in a report: people, each counted once. required = held + expiring + expired + missing + dispensed.

    On leave stands apart.
    """

    requirement: RequirementRow
    required: int
    held: int
    expiring: int
    expired: int
    missing: int
    on_leave: int
    dispensed: int
    lacking: tuple[LackRow, ...]

    @property
    def covered(self) -> int:
        """Whole per cent that held it."""
        return (self.held + self.expiring) * 100 // self.required if self.required else 100


@dataclass(frozen=True, slots=True)
class StatutoryReport:
    """How a place stood to what is required on a day, ready for an inspection."""

    tenant_id: int
    unit_id: int | None
    place: str
    day: date
    as_known_then: bool
    only_law: bool
    named: bool
    rows: tuple[ReportRow, ...]
    made_at: datetime
    collective: tuple[CollectiveRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A requirement today and later: of those who hold it today, whose runs out, who leaves, who is on leave then;
    of those who still hold it, who has reached 67, and who 62."""

    requirement: RequirementRow
    required_now: int
    covered_now: int
    required_then: int
    covered_then: int
    running_out: int
    leaving: int
    on_leave: int
    past_67: int
    past_62: int


@dataclass(frozen=True, slots=True)
class ForecastPage:
    """So many months ahead, if nobody does anything. Those that lose most stand first."""

    tenant_id: int
    place: str
    months: int
    day: date
    rows: tuple[ForecastRow, ...]


@dataclass(frozen=True, slots=True)
class CollectiveRow:
    """A requirement that is not put to one person, in one unit, or in one part of the municipality as such.

    `held`, `needed`, `dispensed` and `missing`: people in a team, whole posts in a ratio, posts or arrangements for
    the municipality. `place`: the unit's name, or the part. `counts`: what a ratio was reckoned from, in words.
    """

    requirement: RequirementRow
    unit_id: int | None
    place: str
    state: CollectiveState
    reason: str
    held: Decimal
    needed: int | None
    dispensed: Decimal = Decimal(0)
    missing: Decimal = Decimal(0)
    counts: tuple[str, ...] = ()
    part: str = ""
    may_count: bool = False


@dataclass(frozen=True, slots=True)
class CollectiveCard:
    """One requirement with every place it stands in; the worst places first."""

    requirement: RequirementRow
    consequence: str
    state: CollectiveState
    rows: tuple[CollectiveRow, ...]

    def in_state(self, *states: CollectiveState) -> int:
        return sum(1 for row in self.rows if row.state in states)


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    """Somebody else stands for a part of what the municipality must have. `valid_to`: the last day."""

    id: int
    requirement_name: str
    part: str
    with_whom: str
    valid_from: date
    valid_to: date | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class CollectivePage:
    """What a municipality, or the units somebody leads in it, must have together. `parts`: what may be arranged for."""

    tenant_id: int | None
    place: str
    whole: bool
    may_arrange: bool
    cards: tuple[CollectiveCard, ...]
    arrangements: tuple[ArrangementRow, ...] = ()
    parts: tuple[tuple[int, str, str], ...] = ()  # requirement id, part, the part in the reader's written form
    municipalities: tuple[tuple[int, str], ...] = ()  # those the reader may ask about


@dataclass(frozen=True, slots=True)
class CountField:
    """A number that is asked of a unit, and what was told last."""

    requirement_id: int
    part: str
    name: str
    per: int
    number: int | None
    valid_from: date | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class CountPage:
    """What a unit is asked to count, requirement by requirement."""

    unit_id: int
    tenant_id: int
    unit_name: str
    fields: tuple[CountField, ...]


class CountIsUnlikely(DomainError):
    code = "count_is_unlikely"
    sentence = N_("%(number)s kan ikke stemme. Skriv et helt tall fra 0 til %(largest)s.")


class CountDayIsFarOff(DomainError):
    code = "count_day_is_far_off"
    sentence = N_("Datoen %(day)s er for langt unna. Skriv en dag fra de siste to årene eller det neste året.")
    field = "valid_from"


class NothingToCount(DomainError):
    code = "nothing_to_count"
    sentence = N_("Enheten har ikke noe som skal telles for dette kravet. Velg et krav fra siden for felles krav.")


class ArrangementEndsBeforeItStarts(DomainError):
    code = "arrangement_ends_before_it_starts"
    sentence = N_("Avtalen kan ikke slutte %(end)s når den begynner %(day)s. Sjekk datoene.")
    field = "valid_to"


class ArrangementNeedsALastDay(DomainError):
    code = "arrangement_needs_a_last_day"
    sentence = N_("Skriv siste dag for avtalen. Gå tilbake og fyll inn datoen.")
    field = "valid_to"


class ArrangementSaysNobody(DomainError):
    code = "arrangement_says_nobody"
    sentence = N_("Skriv hvem avtalen er med, for eksempel en nabokommune.")
    field = "with_whom"


class UnknownPart(DomainError):
    code = "unknown_part"
    sentence = N_("Kravet har ikke delen «%(part)s». Velg fra lista.")
    field = "what"


class UnknownRequirement(DomainError):
    code = "unknown_requirement"
    sentence = N_("Fant ikke kravet «%(code)s» i kravregisteret. Velg et krav fra lista.")
    field = "requirement"


class UnknownTopic(DomainError):
    code = "unknown_topic"
    sentence = N_("Fant ikke temaet «%(code)s». Velg et tema fra lista.")


class NotInRegister(DomainError):
    code = "not_in_register"
    sentence = N_("Teksten «%(text)s» finnes ikke i kommunens register. Last siden på nytt.")


class EvidenceInFuture(DomainError):
    code = "evidence_in_future"
    sentence = N_("Datoen %(day)s er ikke kommet ennå. Skriv datoen da opplæringen var fullført.")
    field = "completed_on"


class EvidenceTooOld(DomainError):
    code = "evidence_too_old"
    sentence = N_("Datoen %(day)s er for langt tilbake i tid. Sjekk årstallet.")
    field = "completed_on"


class EvidenceEndsBeforeItStarts(DomainError):
    code = "evidence_ends_before_it_starts"
    sentence = N_("Beviset kan ikke gå ut %(end)s når det er fra %(day)s. Sjekk datoene.")
    field = "valid_to"


class EvidenceIsCorrected(DomainError):
    code = "evidence_is_corrected"
    sentence = N_("Beviset er rettet siden du åpnet det. Åpne den nyeste utgaven og rett den.")


class EquivalenceGoesInCircle(DomainError):
    code = "equivalence_goes_in_circle"
    sentence = N_("Kravet «%(code)s» kan ikke bli dekket av seg selv. Sjekk hvilke krav som dekker hverandre.")
