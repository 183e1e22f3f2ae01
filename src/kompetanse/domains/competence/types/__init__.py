"""Inputs, rows and refusals of the competence domain. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from kompetanse.domains.organisation.types import MunicipalityRow
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.suppression import Published, Shown
from kompetanse.kernel.text_marker import N_

from .under_way import UnderWay as UnderWay

if TYPE_CHECKING:
    from .collective import CollectiveRow
    from .ledger import DispensationRow, DutyRow, LeaveWarning


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


PERSONAL_SCOPES = frozenset({Scope.PERSON, Scope.PERSON_AND_EQUIPMENT})


class Verified(StrEnum):
    """How far a person has checked what the register says."""

    SEEN = "V"
    PARTLY = "P"
    UNCHECKED = "U"


class EvidenceSource(StrEnum):
    IMPORT = "import"
    COURSE = "course"
    REGISTRY = "registry"
    MANAGER = "manager"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Unlike:
    """Something kept that disagrees with what it was reckoned from; `kept` or `reckoned` None: not there at all."""

    what: str
    employee_id: int | None
    unit_id: int | None
    requirement_id: int | None
    kept: str | None
    reckoned: str | None


@dataclass(frozen=True, slots=True)
class LackingRow:
    """A requirement a person does not hold: missing, or run out."""

    code: str
    name: str
    state: State


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
    unverified: bool = False  # told by the person, and nobody has seen the proof yet


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
    unverified: bool = False
    verified_by: str = ""
    may_correct: bool = False

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
    together: bool = False  # several evidences answer together, none alone


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
    duties: tuple[DutyRow, ...] = ()
    dispensations: tuple[DispensationRow, ...] = ()
    leave: tuple[LeaveWarning, ...] = ()

    @property
    def waiting(self) -> int:
        """How many evidences wait for somebody to confirm what they prove."""
        return sum(1 for row in self.evidence if row.waiting)

    @property
    def unverified(self) -> tuple[EvidenceRow, ...]:
        """What the person has told, waiting for somebody to see the proof."""
        return tuple(row for row in self.evidence if row.unverified)

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
    duties: tuple[DutyRow, ...] = ()
    leave: tuple[LeaveWarning, ...] = ()

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
class GapRequirement:
    """A requirement of a published table, as the register named it that day."""

    id: int
    code: str
    name: str
    source_type: SourceType
    verified: Verified
    reference: str


@dataclass(frozen=True, slots=True)
class GapTable:
    """The region's gap as it was published: requirement id × municipality's tenant id, told numbers alone."""

    id: int
    published_on: date
    series: date
    requirements: tuple[GapRequirement, ...]
    municipalities: tuple[MunicipalityRow, ...]
    told: Published[int, int]


@dataclass(frozen=True, slots=True)
class GapIssue:
    """One of the published tables. `series`: the first day of the half-year it belongs to."""

    id: int
    published_on: date
    series: date


@dataclass(frozen=True, slots=True)
class GapForum:
    """The table that is shown, and all there are, newest first. Without any: nothing is published yet."""

    table: GapTable | None
    issues: tuple[GapIssue, ...]
    may_publish: bool


@dataclass(frozen=True, slots=True)
class GapMonth:
    """What was told last in a month."""

    published_on: date
    series: date
    told: Published[int, int]


@dataclass(frozen=True, slots=True)
class GapTrend:
    """The told numbers month by month, oldest first; the requirements are those of the newest table."""

    requirements: tuple[GapRequirement, ...]
    municipalities: tuple[MunicipalityRow, ...]
    months: tuple[GapMonth, ...]


@dataclass(frozen=True, slots=True)
class GapSummaryRow:
    """A requirement with many told lacking, in the whole region."""

    requirement_id: int
    name: str
    missing: Shown
    required: Shown


@dataclass(frozen=True, slots=True)
class GapSummary:
    """The newest table in short, ready for a first page: the requirements with most told lacking first."""

    published_on: date
    series: date
    lacking: tuple[GapSummaryRow, ...]


class GapsAlreadyPublished(DomainError):
    code = "gaps_already_published"
    sentence = N_("Gapet er alt publisert i dag, %(day)s. Det kan publiseres én gang om dagen. Prøv igjen i morgen.")


class GapsRest(DomainError):
    code = "gaps_rest"
    sentence = N_(
        "Den siste måneden i et halvår publiseres ingen ny tabell, slik at små tall ikke kan regnes ut av to tabeller "
        "tett etter hverandre. Neste tabell kommer %(day)s."
    )


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


# --- versions of requirements --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TargetInput:
    """One way to come under a requirement. `kind` is a TargetKind's value."""

    kind: str
    value: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class MemberInput:
    """What must be held for a way of meeting a requirement to be complete, perhaps by so many points."""

    requirement_code: str
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class VersionInput:
    """What a requirement says from a day on. `anchor` is an Anchor's value; every group of `alternatives` is enough.

    `seen`: the newest version row that stood when the writer opened the entry, so that nobody writes over what
    they have not seen. None: not asked.
    """

    valid_from: date
    source_type: SourceType
    reference: str
    applies_to: str
    scope: Scope = Scope.PERSON
    verified: Verified = Verified.UNCHECKED
    verified_on: date | None = None
    responsible: str = ""
    interval_months: int | None = None
    anchor: str = ""
    fixed_month: int | None = None
    fixed_day: int | None = None
    early_window_months: int | None = None
    grace_days: int = 0
    credit_months: int | None = None
    dispensation_months: int | None = None
    least: int = 1
    consequence_nb: str = ""
    consequence_nn: str = ""
    note: str = ""
    targets: tuple[TargetInput, ...] = ()
    alternatives: tuple[tuple[MemberInput, ...], ...] = ()
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class RequirementInput:
    """A requirement to be added: to the shared register, or (`tenant_id`) to a municipality's own."""

    code: str
    name_nb: str
    name_nn: str
    tenant_id: int | None = None


@dataclass(frozen=True, slots=True)
class LocalRuleInput:
    """A municipality renews a requirement more often than the register says. Both days are in."""

    tenant_id: int
    requirement_code: str
    interval_months: int
    why: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What one field of a version says now and said before; for lines and ways, what came and what went."""

    field: str
    before: object = None
    after: object = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in a requirement's history. `first_id` names it whatever last day it is given later."""

    id: int
    first_id: int
    valid_to: date | None
    says: VersionInput
    changes: tuple[Change, ...]
    is_first: bool
    from_file: bool
    recorded_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EquivalenceRow:
    """Evidence of `other` counts for the requirement, or (`covers`) the other way, in a period."""

    id: int
    other_id: int
    other_name: str
    covers: bool
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class LocalRuleRow:
    """A municipality's own, stricter interval."""

    id: int
    tenant_id: int
    municipality: str
    interval_months: int
    why: str
    valid_from: date
    valid_to: date | None
    recorded_by: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """What a municipality has answered to a version, and who answered. `accepted` None: nobody yet."""

    version_id: int
    tenant_id: int
    municipality: str
    accepted: bool | None = None
    why: str = ""
    recorded_at: datetime | None = None
    recorded_by: str = ""


@dataclass(frozen=True, slots=True)
class RequirementHistory:
    """A requirement through its versions, newest first, with what may be done to it. `names`: code → name."""

    requirement_id: int
    code: str
    name: str
    municipality: str
    versions: tuple[VersionRow, ...]
    equivalences: tuple[EquivalenceRow, ...]
    local_rules: tuple[LocalRuleRow, ...]
    replies: tuple[ReplyRow, ...]
    names: dict[str, str]
    may_keep: bool
    may_tighten: bool

    @property
    def standing(self) -> tuple[VersionRow, ...]:
        return tuple(row for row in self.versions if row.withdrawn_at is None)

    def in_force(self, day: date) -> VersionRow | None:
        """What holds on the day, before what any municipality has kept."""
        return next(
            (r for r in self.standing if r.says.valid_from <= day and (r.valid_to is None or day <= r.valid_to)), None
        )


@dataclass(frozen=True, slots=True)
class NewsRow:
    """A new version as it meets one municipality: what differs, and what was answered."""

    version: VersionRow
    requirement_id: int
    code: str
    name: str
    reply: ReplyRow
    names: dict[str, str]
    may_answer: bool
    may_decline: bool


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """So many people go from one state to another. None: the requirement is not put to them.

    `people` None: some, but fewer than may be told. `unit_id` None: in the whole municipality.
    """

    tenant_id: int
    municipality: str
    unit_id: int | None
    unit_name: str
    requirement_id: int
    requirement_name: str
    before: State | None
    after: State | None
    people: int | None


@dataclass(frozen=True, slots=True)
class DateRow:
    """So many people keep their state, and get another last day: sooner, or later (or none)."""

    tenant_id: int
    municipality: str
    requirement_id: int
    requirement_name: str
    sooner: int | None
    later: int | None


@dataclass(frozen=True, slots=True)
class VersionPreview:
    """What a version would do on the day it takes effect, found by doing it and taking it back."""

    day: date
    changes: tuple[Change, ...]
    municipalities: tuple[PreviewRow, ...]
    units: tuple[PreviewRow, ...]
    dates: tuple[DateRow, ...]
    names: dict[str, str]


class IntervalNeedsAnchor(DomainError):
    code = "interval_needs_anchor"
    sentence = N_("Kravet fornyes, men det står ikke hva fristen regnes fra. Velg hva fristen regnes fra.")
    field = "anchor"


class AnchorNeedsInterval(DomainError):
    code = "anchor_needs_interval"
    sentence = N_("Det står hva fristen regnes fra, men ikke hvor ofte kravet fornyes. Skriv antall måneder.")
    field = "interval_months"


class FixedDayIsNoDay(DomainError):
    code = "fixed_day_is_no_day"
    sentence = N_(
        "«%(day)s.%(month)s.» kan ikke være fast dato. Velg en måned, og en dag fra 1 til 28: den finnes hvert år."
    )
    field = "fixed_day"


class NumberOutOfRange(DomainError):
    code = "number_out_of_range"
    sentence = N_("Tallet %(number)s er for lite eller for stort. Skriv et tall fra %(least)s til %(most)s.")

    def __init__(self, field: str, **params: object) -> None:
        self.field = field
        super().__init__(**params)


class VerifiedNeedsDay(DomainError):
    code = "verified_needs_day"
    sentence = N_("Skriv dagen da kilden ble kontrollert. Den kan ikke være i framtida.")
    field = "verified_on"


class TargetNeedsWord(DomainError):
    code = "target_needs_word"
    sentence = N_("En av linjene om hvem kravet gjelder, er tom. Skriv stillingen, sektoren, ordet eller rollen.")


class AlternativeIsUnclear(DomainError):
    code = "alternative_is_unclear"
    sentence = N_("Forstår ikke «%(line)s». Skriv kodene for kravene med pluss mellom, som «HLR + FSE:30».")
    field = "alternatives"


class VersionBeginsSameDay(DomainError):
    code = "version_begins_same_day"
    sentence = N_("Kravet har alt en versjon fra %(day)s. Trekk den tilbake først, eller velg en annen dag.")
    field = "valid_from"


class VersionBeginsTooEarly(DomainError):
    code = "version_begins_too_early"
    sentence = N_("Datoen %(day)s er for langt unna i tid. Sjekk årstallet.")
    field = "valid_from"


class RequirementIsChanged(DomainError):
    code = "requirement_is_changed"
    sentence = N_(
        "Noen andre har endret kravet etter at du åpnet det. Ingenting er lagret. "
        "Se versjonene på siden for kravet før du går videre."
    )


class RequirementNeedsItself(DomainError):
    code = "requirement_needs_itself"
    sentence = N_("«%(code)s» ville bygge på seg selv. Sjekk alternativene, og hvilke krav som dekker hverandre.")


class RequirementIsNotShared(DomainError):
    code = "requirement_is_not_shared"
    sentence = N_("«%(code)s» er en kommunes eget krav, og kan ikke brukes i et krav som gjelder alle.")


class CodeIsTaken(DomainError):
    code = "code_is_taken"
    sentence = N_("Koden «%(code)s» er i bruk. Velg en annen kode.")
    field = "code"


class CodeIsUnclear(DomainError):
    code = "code_is_unclear"
    sentence = N_("Koden «%(code)s» kan ikke brukes. Bruk bokstaver, tall og bindestrek, høyst 30 tegn.")
    field = "code"


class LocalRequirementIsNoLaw(DomainError):
    code = "local_requirement_is_no_law"
    sentence = N_("Kommunens eget krav kan ikke være lov eller forskrift: slike krav står i det felles kravregisteret.")
    field = "source_type"


class VersionIsTakenBack(DomainError):
    code = "version_is_taken_back"
    sentence = N_("Versjonen er alt trukket tilbake. Last siden på nytt.")


class VersionCameWithProgramme(DomainError):
    code = "version_came_with_programme"
    sentence = N_("Denne versjonen følger med programmet og kan ikke trekkes tilbake. Lag en ny versjon i stedet.")


class WhyIsMissing(DomainError):
    code = "why_is_missing"
    sentence = N_("Skriv hvorfor, så andre forstår det senere.")
    field = "why"


class EquivalenceIsTold(DomainError):
    code = "equivalence_is_told"
    sentence = N_("Det er alt sagt at «%(by)s» dekker «%(code)s» i denne perioden.")


class EndsBeforeItStarts(DomainError):
    code = "ends_before_it_starts"
    sentence = N_("Siste dag kan ikke være før første dag, %(day)s. Sjekk datoene.")
    field = "valid_to"


class LocalIntervalIsLonger(DomainError):
    code = "local_interval_is_longer"
    sentence = N_(
        "Det felles kravet fornyes hver %(months)s. måned. En lokal frist må være kortere: kommunen kan være "
        "strengere, ikke mildere."
    )
    field = "interval_months"


class LocalRuleOverlaps(DomainError):
    code = "local_rule_overlaps"
    sentence = N_("Kommunen har alt en lokal frist i denne perioden. Avslutt den først, eller velg andre datoer.")
    field = "valid_from"


class LocalRuleIsEnded(DomainError):
    code = "local_rule_is_ended"
    sentence = N_("Den lokale fristen er endret siden du åpnet den. Last siden på nytt.")


class LawCannotBeDeclined(DomainError):
    code = "law_cannot_be_declined"
    sentence = N_(
        "Kravet er oppgitt som lov eller forskrift, og gjelder uansett hva kommunen svarer. Er det feil, "
        "si fra til regionkontoret: de kan rette det for alle."
    )
