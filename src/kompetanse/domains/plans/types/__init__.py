"""Enums, inputs, rows, page models and refusals of the plans. Plain Python. Money is in øre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

TITLE_LENGTH = 200  # characters
MOST_SEATS = 50_000
MOST_ORE = 1_000_000_000_00  # one milliard kroner


class PlanStatus(StrEnum):
    DRAFT = "draft"
    HEARING = "hearing"
    ADOPTED = "adopted"


class MeasureKind(StrEnum):
    COURSE = "course"
    PROGRAMME = "programme"
    E_LEARNING = "e_learning"
    NETWORK = "network"
    GUIDANCE = "guidance"
    RECRUITMENT = "recruitment"


class DeliveryForm(StrEnum):
    """Where and how people learn."""

    UNSAID = "unsaid"
    ON_SITE = "on_site"
    DIGITAL = "digital"
    BLENDED = "blended"
    AT_WORK = "at_work"


class RiskLevel(StrEnum):
    """How likely it is that the measure does not come off."""

    UNSAID = "unsaid"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class MeasureStatus(StrEnum):
    PLANNED = "planned"
    ORDERED = "ordered"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class MeasureInput:
    """A measure as it is written down. `quarter` is 1–4 or None; `pool_ids` are the pooled needs it serves.

    `owner` is the office or the role that answers for it, never a person's name. `funding_ore` is what others than
    the municipalities pay of the budget.
    """

    plan_id: int
    title_nb: str
    title_nn: str = ""
    kind: MeasureKind = MeasureKind.COURSE
    goal_id: int | None = None
    pool_ids: tuple[int, ...] = ()
    target_group: str = ""
    budget_ore: int = 0
    seats_planned: int = 0
    quarter: int | None = None
    requirement_code: str = ""
    target_group_nn: str = ""
    owner: str = ""
    form: DeliveryForm = DeliveryForm.UNSAID
    provider: str = ""
    funding: str = ""
    funding_ore: int = 0
    risk: RiskLevel = RiskLevel.UNSAID
    risk_text: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure. `title` is in the reader's written form."""

    id: int
    plan_id: int
    year: int
    title_nb: str
    title_nn: str
    goal_id: int | None
    budget_ore: int
    seats_planned: int
    status: MeasureStatus
    requirement_code: str
    pool_ids: tuple[int, ...]
    tenant_id: int = 0
    kind: MeasureKind = MeasureKind.COURSE
    target_group: str = ""
    quarter: int | None = None
    plan_status: PlanStatus = PlanStatus.DRAFT
    version: int = 1
    target_group_nn: str = ""
    owner: str = ""
    form: DeliveryForm = DeliveryForm.UNSAID
    provider: str = ""
    funding: str = ""
    funding_ore: int = 0
    risk: RiskLevel = RiskLevel.UNSAID
    risk_text: str = ""
    title: str = ""
    whom: str = ""  # the target group in the reader's written form

    @property
    def reference(self) -> str:
        return f"TILTAK-{self.id}"

    @property
    def cost_ore(self) -> int:
        """What the municipalities share: the budget without what others pay."""
        return self.budget_ore - self.funding_ore

    @property
    def is_supply_driven(self) -> bool:
        """No pooled need asks for it: *tilbudsstyrt*."""
        return not self.pool_ids


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A year's plan. `budget_ore` is the sum of the measures that are not cancelled."""

    id: int
    tenant_id: int
    year: int
    status: PlanStatus
    case_id: int | None
    budget_ore: int
    adopted_at: datetime | None = None
    measures: int = 0
    edition: int = 1  # the version that is being written, or stands
    revision: str = "none"


@dataclass(frozen=True, slots=True)
class LinkedPool:
    """A pooled need as a plan shows it: numbers, never persons, and `few` where they are under five."""

    id: int
    title: str
    people: int | None
    municipalities: int
    few: bool = False
    statutory: bool = False


@dataclass(frozen=True, slots=True)
class LinkedGoal:
    id: int
    title: str
    reference: str
    decision_reference: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal (None: measures that serve no goal) with its measures; empty measures are a hole in the plan."""

    goal: LinkedGoal | None
    measures: tuple[MeasureRow, ...]
    budget_ore: int


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The whole plan: goal ↔ pools ↔ measures, and the budget against the frame."""

    plan: PlanRow
    region_name: str
    lines: tuple[GoalLine, ...]
    goals: tuple[LinkedGoal, ...]
    pools: tuple[LinkedPool, ...]  # every confirmed pool of the region that the reader may see
    unanswered: tuple[LinkedPool, ...]  # pools that no standing measure serves
    frame_ore: int | None
    frame_decision: str
    case_reference: str
    case_body: str
    measures: int
    supply_driven: int
    supply_driven_ore: int
    may_draft: bool
    may_adopt: bool
    exception_ore: int = 0
    exception_decision: str = ""
    exception_why: str = ""

    @property
    def left_ore(self) -> int | None:
        """What is left of the frame; negative where the plan is over it."""
        return None if self.frame_ore is None else self.frame_ore + self.exception_ore - self.plan.budget_ore

    @property
    def is_over(self) -> bool:
        return self.left_ore is not None and self.left_ore < 0

    @property
    def budget_share(self) -> int:
        """The budget as whole percent of the frame; more than 100 is over. 0 without a frame."""
        return round(100 * self.plan.budget_ore / self.frame_ore) if self.frame_ore else 0

    @property
    def supply_driven_share(self) -> int:
        """Measures that no pooled need asks for, as whole percent of the measures."""
        return round(100 * self.supply_driven / self.measures) if self.measures else 0


@dataclass(frozen=True, slots=True)
class MeasurePage:
    measure: MeasureRow
    goal: LinkedGoal | None
    pools: tuple[LinkedPool, ...]
    goals: tuple[LinkedGoal, ...]  # what may be chosen
    all_pools: tuple[LinkedPool, ...]
    may_draft: bool


class PlanExists(DomainError):
    code = "plan_exists"
    field = "year"
    sentence = N_("Det finnes allerede en handlingsplan for %(year)s. Åpne den i stedet for å lage en ny.")


class YearIsImpossible(DomainError):
    code = "year_is_impossible"
    field = "year"
    sentence = N_("Planen må gjelde et år mellom 2000 og 2100. Rett årstallet.")


class PlanIsOverFrame(DomainError):
    """The frame is a hard limit. Amounts are whole kroner, written as people read them."""

    code = "plan_is_over_frame"
    sentence = N_(
        "Planen for %(year)s koster %(budget)s kroner, og rammen er %(limit)s kroner. Det er %(over)s kroner for mye. "
        "Ta ut eller reduser tiltak, få vedtatt en høyere ramme, eller før opp et unntak med sitt eget vedtak."
    )


class FrameIsMissing(DomainError):
    code = "frame_is_missing"
    sentence = N_("Det er ikke satt noen ramme for %(year)s. Før opp rammen med vedtaket den bygger på først.")


class CaseDoesNotAdopt(DomainError):
    code = "case_does_not_adopt"
    field = "case_id"
    sentence = N_(
        "%(reference)s er ikke avgjort av rådmannsutvalget eller kompetanseforumet. Velg saken der planen ble vedtatt."
    )


class PlanIsAdopted(DomainError):
    code = "plan_is_adopted"
    sentence = N_("Planen for %(year)s er vedtatt og endres ikke. Start en revisjon for å endre den.")


class PlanIsNotHeard(DomainError):
    code = "plan_is_not_heard"
    sentence = N_("Planen for %(year)s har ikke vært på høring. Send den på høring før den vedtas.")


class PlanIsEmpty(DomainError):
    code = "plan_is_empty"
    sentence = N_("Planen for %(year)s har ingen tiltak. Legg inn tiltak før den sendes på høring eller vedtas.")


class PoolIsNotConfirmed(DomainError):
    code = "pool_is_not_confirmed"
    field = "pool_ids"
    sentence = N_("En av samlingene er bare et forslag. Bekreft samlingen først, så kan tiltaket svare på den.")


class MeasureIsIncomplete(DomainError):
    code = "measure_is_incomplete"
    sentence = N_("Tiltaket mangler tittel. Skriv hva tiltaket heter.")


class TitleIsTooLong(DomainError):
    code = "title_is_too_long"
    field = "title_nb"
    sentence = N_("Tittelen har %(length)s tegn. Det er plass til %(limit)s. Kort den ned.")


class AmountIsImpossible(DomainError):
    code = "amount_is_impossible"
    field = "budget"
    sentence = N_("Budsjettet må være mellom 0 og 1 milliard kroner. Rett beløpet.")


class SeatsAreImpossible(DomainError):
    code = "seats_are_impossible"
    field = "seats_planned"
    sentence = N_("Antall plasser må være mellom 0 og 50 000. Rett antallet.")


class QuarterIsImpossible(DomainError):
    code = "quarter_is_impossible"
    field = "quarter"
    sentence = N_("Kvartalet må være 1, 2, 3 eller 4. Rett det, eller la feltet stå tomt.")


class MeasureIsOver(DomainError):
    code = "measure_is_over"
    sentence = N_("%(reference)s er gjennomført eller avlyst og kan ikke endres. Legg inn et nytt tiltak.")


class MeasureHasChanged(DomainError):
    code = "measure_has_changed"
    sentence = N_(
        "Noen andre har lagret %(reference)s mens du skrev. Det du skrev står fortsatt i skjemaet. "
        "Se hva som er lagret, ta med det du vil beholde, og lagre på nytt."
    )


class FundingIsImpossible(DomainError):
    code = "funding_is_impossible"
    field = "funding_ore"
    sentence = N_("Annen finansiering kan ikke være større enn budsjettet. Rett ett av beløpene.")
