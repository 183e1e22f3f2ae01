"""The thread's links and the rows of results. Plain Python. Money is in øre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.suppression import Shown
from kompetanse.kernel.text_marker import N_


class Link(StrEnum):
    """The golden thread's links, in order."""

    GOAL = "goal"
    NEED = "need"
    POOL = "pool"
    DECISION = "decision"
    MEASURE = "measure"
    ORDER = "order"
    RUN = "run"
    ATTENDANCE = "attendance"
    COMPETENCE = "competence"
    EFFECT = "effect"


# The word a reference begins with; a case is `Sak 012/27`.
PREFIXES = {
    "MÅL": Link.GOAL,
    "MAL": Link.GOAL,
    "BEHOV": Link.NEED,
    "SAMLING": Link.POOL,
    "TILTAK": Link.MEASURE,
    "BESTILLING": Link.ORDER,
    "KURS": Link.RUN,
    "BEVIS": Link.COMPETENCE,
}


@dataclass(frozen=True, slots=True)
class Knot:
    """One thing on the thread: its reference, title and a note in words; `url` empty where there is no page."""

    link: Link
    reference: str
    title: str
    note: str = ""
    url: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A link of the thread with its knots. Without any it is a hole, and `hole` says what is missing."""

    link: Link
    knots: tuple[Knot, ...]
    hole: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread through one thing, from goal to effect."""

    reference: str
    title: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Holes:
    """Where the thread is broken, as knots that can be opened."""

    plan_year: int | None
    goals_without_measure: tuple[Knot, ...]
    pools_without_measure: tuple[Knot, ...]
    measures_without_need: tuple[Knot, ...]
    measures_without_goal: tuple[Knot, ...]
    measures: int
    pools: int
    goals: int

    @property
    def supply_driven_share(self) -> int:
        """Measures without a need, as whole percent of all measures."""
        return round(100 * len(self.measures_without_need) / self.measures) if self.measures else 0


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of the people of a measure or a municipality: no count under five, none that can be found."""

    ordered: Shown
    attended: Shown
    absent: Shown
    evidence: Shown

    def __add__(self, other: Told) -> Told:
        def both(mine: Shown, theirs: Shown) -> Shown:
            return Shown(mine.least + theirs.least, mine.most + theirs.most)

        return Told(
            both(self.ordered, other.ordered), both(self.attended, other.attended), both(self.absent, other.absent),
            both(self.evidence, other.evidence),
        )  # fmt: skip


NOBODY = Told(*(Shown(0, 0),) * 4)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure's result against what was planned."""

    measure_id: int
    reference: str
    title: str
    budget_ore: int
    seats_planned: int
    ordered: Shown
    runs: int
    attended: Shown
    absent: Shown
    evidence: Shown
    status: str

    @property
    def share(self) -> int:
        """Attended as whole percent of the planned seats, from what is certain."""
        return round(100 * self.attended.least / self.seats_planned) if self.seats_planned else 0


@dataclass(frozen=True, slots=True)
class MunicipalityLine:
    """What one municipality got out of the plan, or of one measure, in numbers."""

    tenant_id: int
    name: str
    ordered: Shown
    attended: Shown
    absent: Shown
    evidence: Shown


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run as a row behind a measure's numbers."""

    run_id: int
    reference: str
    title: str
    starts_at: datetime
    seats_taken: int | None  # None where a number of people would tell too much
    max_seats: int
    is_held: bool


@dataclass(frozen=True, slots=True)
class MeasureResultPage:
    """The rows behind one measure's numbers: by municipality, and run by run."""

    line: MeasureLine
    year: int
    municipalities: tuple[MunicipalityLine, ...]
    runs: tuple[RunLine, ...]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Results against the plan of a year. `only` is the municipality whose numbers the measures show, else None."""

    year: int | None
    plan_id: int | None
    measures: tuple[MeasureLine, ...]
    municipalities: tuple[MunicipalityLine, ...]
    frame_ore: int | None
    years: tuple[int, ...] = ()
    only: MunicipalityLine | None = None

    @property
    def budget_ore(self) -> int:
        return sum(line.budget_ore for line in self.measures)

    @property
    def seats_planned(self) -> int:
        return sum(line.seats_planned for line in self.measures)

    @property
    def told(self) -> Told:
        return sum((Told(line.ordered, line.attended, line.absent, line.evidence) for line in self.measures), NOBODY)

    @property
    def done(self) -> int:
        return sum(line.status == "done" or line.attended.least > 0 for line in self.measures)


@dataclass(frozen=True, slots=True)
class Todo:
    """Something on the first page: what, where, and how it stands. kind: ok, warn, bad, info, neutral or empty."""

    text: str
    url: str
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A card on the first page; `empty` is what it says when there is nothing."""

    title: str
    icon: str
    todos: tuple[Todo, ...]
    empty: str
    url: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that opens the rows behind it."""

    value: str
    label: str
    url: str
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RoleTab:
    """One of the roles a person holds; the first page can be seen as each."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class HomePage:
    """What do I have to do now, what is coming, what may I do."""

    name: str
    figures: tuple[Figure, ...] = ()
    panels: tuple[Panel, ...] = ()
    actions: tuple[Todo, ...] = ()
    roles: tuple[RoleTab, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Something the search found."""

    kind: str
    title: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of row that is kept about a person: what of them it tells, how many, why, and for how long, in words."""

    name: str
    fields: tuple[str, ...]
    count: int
    purpose: str
    how_long: str


@dataclass(frozen=True, slots=True)
class DeedRow:
    """Something that was done, in words: what happened, in which act, and details as (word, value, address)."""

    done_at: datetime
    who: str
    what: str
    act: str
    tenant: str
    details: tuple[tuple[str, str, str], ...]


class UnknownReference(DomainError):
    code = "unknown_reference"
    sentence = N_(
        "Forstår ikke henvisningen «%(reference)s». Skriv for eksempel BEHOV-12, SAMLING-3, Sak 012/27, "
        "TILTAK-4, BESTILLING-5, KURS-6 eller BEVIS-7."
    )
