"""The region's guidelines for orders: by which rule an order goes to the forum or straight to the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.suppression import Shown
from kompetanse.kernel.text_marker import N_

from .catalogue import ServiceKind

MOST_RULES = 12
REASON_LENGTH = 300


class Route(StrEnum):
    DIRECT = "direct"
    FORUM = "forum"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule can look at in an order. Frozen in it, so that another rule can be tried on it later."""

    kind: ServiceKind
    cost_ore: int = 0
    minutes: int = 0
    municipalities: int = 1
    in_plan: bool = False
    statutory: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the guidelines. A condition that is not said is met; from is taken in, below is not."""

    route: Route
    reason_nb: str
    reason_nn: str = ""
    kinds: tuple[ServiceKind, ...] = ()
    cost_from_ore: int | None = None
    cost_below_ore: int | None = None
    minutes_from: int | None = None
    minutes_below: int | None = None
    municipalities_from: int | None = None
    in_plan: bool | None = None
    statutory: bool | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided and why. `place` is the rule's, from 1; None where no rule fitted."""

    route: Route
    place: int | None
    reason_nb: str
    reason_nn: str = ""
    guideline_id: int | None = None


@dataclass(frozen=True, slots=True)
class GuidelineInput:
    """A version of the guidelines. `otherwise` is the way of an order that no rule fits."""

    valid_from: date
    rules: tuple[Rule, ...]
    otherwise: Route = Route.DIRECT
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class GuidelineRow:
    id: int
    tenant_id: int
    number: int
    valid_from: date
    valid_to: date | None  # the first day it no longer holds
    rules: tuple[Rule, ...]
    otherwise: Route
    decided_by: str


@dataclass(frozen=True, slots=True)
class UseRow:
    """How often a rule has decided, as far as it may be told. `place` None: no rule fitted."""

    place: int | None
    route: Route
    reason: str
    orders: Shown


@dataclass(frozen=True, slots=True)
class GuidelineUse:
    """The use of one version of the guidelines; None for orders placed before there were any."""

    guideline: GuidelineRow | None
    rows: tuple[UseRow, ...]
    direct: Shown
    forum: Shown


@dataclass(frozen=True, slots=True)
class TriedRow:
    """An order of the last year, as it was decided and as the tried rules would have decided it."""

    order_id: int
    title: str
    municipality: str
    placed_on: date
    was: Route
    would_be: Route
    why: str

    @property
    def is_moved(self) -> bool:
        return self.was is not self.would_be

    @property
    def reference(self) -> str:
        return f"BESTILLING-{self.order_id}"


@dataclass(frozen=True, slots=True)
class Trial:
    """What tried rules would have decided of the last year's orders."""

    rows: tuple[TriedRow, ...]
    since: date

    @property
    def moved(self) -> tuple[TriedRow, ...]:
        return tuple(row for row in self.rows if row.is_moved)

    @property
    def forum(self) -> int:
        return sum(row.would_be is Route.FORUM for row in self.rows)

    @property
    def forum_before(self) -> int:
        return sum(row.was is Route.FORUM for row in self.rows)


@dataclass(frozen=True, slots=True)
class GuidelinesPage:
    guidelines: tuple[GuidelineRow, ...]  # latest first
    now: GuidelineRow | None
    use: tuple[GuidelineUse, ...]
    may_set: bool
    sees_all: bool


class GuidelineIsEmpty(DomainError):
    code = "guideline_is_empty"
    sentence = N_("Skriv minst én regel. Hver regel må si hvorfor, med ord kommunene forstår.")


class RuleIsTurned(DomainError):
    code = "rule_is_turned"
    sentence = N_("I regel %(place)s er grensen «fra» ikke lavere enn grensen «under». Rett en av dem.")


class RuleIsImpossible(DomainError):
    code = "rule_is_impossible"
    sentence = N_(
        "I regel %(place)s er en grense under null eller altfor høy, eller begrunnelsen mangler eller er for lang. "
        "Rett regelen."
    )


class GuidelineStartsTooEarly(DomainError):
    code = "guideline_starts_too_early"
    field = "valid_from"
    sentence = N_(
        "Nye retningslinjer kan ikke gjelde bakover i tid. Velg en dag fra og med %(first)s. "
        "Bestillinger som er sendt, blir ved det som var avgjort."
    )
