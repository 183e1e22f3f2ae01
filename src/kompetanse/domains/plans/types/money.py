"""Who pays what: keys, lines, and what is committed and spent. Money is in øre."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kompetanse.domains.plans.types import PlanRow
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class SharingKey(StrEnum):
    """How a cost is shared between those who take part."""

    EQUAL = "equal"
    INHABITANTS = "inhabitants"
    SEATS = "seats"
    FIXED_AND_SEATS = "fixed_and_seats"  # a fixed sum each, and the rest by seats


@dataclass(frozen=True, slots=True)
class Base:
    """What a municipality is reckoned by. None is not known."""

    municipality_id: int
    inhabitants: int | None
    seats: int | None


@dataclass(frozen=True, slots=True)
class Shares:
    """A cost shared out: the parts sum to the whole. `residue_ore` did not divide, and lies with `residue_to`."""

    parts: tuple[tuple[int, int], ...]  # municipality, øre
    residue_ore: int = 0
    residue_to: tuple[int, ...] = ()

    @property
    def total_ore(self) -> int:
        return sum(ore for _, ore in self.parts)


@dataclass(frozen=True, slots=True)
class PartInput:
    """A municipality's part in a measure. `seats` are seats that it pays for, never people that it lacks."""

    municipality_id: int
    takes_part: bool = True
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class UseInput:
    """What a municipality has committed to and spent on a measure so far."""

    municipality_id: int
    committed_ore: int = 0
    spent_ore: int = 0


@dataclass(frozen=True, slots=True)
class LineRow:
    """A municipality's line of a measure's budget. `planned_ore` as adopted, else as the key gives it today."""

    municipality_id: int
    municipality: str
    takes_part: bool
    seats: int | None
    planned_ore: int
    committed_ore: int
    spent_ore: int


@dataclass(frozen=True, slots=True)
class MeasureCost:
    """A measure's cost and who pays it. `key_used` differs from `key` where a base is not known."""

    measure_id: int
    reference: str
    title: str
    cost_ore: int  # after other funding
    key: SharingKey
    key_used: SharingKey
    lines: tuple[LineRow, ...]
    residue_ore: int
    residue_to: tuple[str, ...]

    @property
    def planned_ore(self) -> int:
        return sum(line.planned_ore for line in self.lines)

    @property
    def committed_ore(self) -> int:
        return sum(line.committed_ore for line in self.lines)

    @property
    def spent_ore(self) -> int:
        return sum(line.spent_ore for line in self.lines)


@dataclass(frozen=True, slots=True)
class PayerRow:
    """What a municipality pays of the whole plan, by the key that is chosen and by each key alone."""

    municipality_id: int
    municipality: str
    planned_ore: int
    committed_ore: int
    spent_ore: int
    by_key: tuple[int, ...]  # in the order of SharingKey


@dataclass(frozen=True, slots=True)
class SharingPage:
    """What each municipality pays, before the decision and after it."""

    plan: PlanRow
    key: SharingKey
    fixed_ore: int
    payers: tuple[PayerRow, ...]
    measures: tuple[MeasureCost, ...]
    funding_ore: int
    may_change: bool

    @property
    def total_ore(self) -> int:
        return sum(row.planned_ore for row in self.payers)

    @property
    def committed_ore(self) -> int:
        return sum(row.committed_ore for row in self.payers)

    @property
    def spent_ore(self) -> int:
        return sum(row.spent_ore for row in self.payers)

    @property
    def residue_ore(self) -> int:
        return sum(row.residue_ore for row in self.measures)

    @property
    def without_base(self) -> int:
        """Measures that are shared by inhabitants because nobody has said who takes how many seats."""
        return sum(row.key != row.key_used for row in self.measures)


class BaseIsMissing(DomainError):
    code = "base_is_missing"
    field = "key"
    sentence = N_(
        "Folketallet mangler for minst én kommune, så kostnaden kan ikke deles etter innbyggere. Velg lik deling."
    )


class NobodyTakesPart(DomainError):
    code = "nobody_takes_part"
    sentence = N_("Ingen kommuner er med på tiltaket. Kryss av for minst én.")


class PartIsUnknown(DomainError):
    code = "part_is_unknown"
    sentence = N_("En av kommunene er ikke med i regionen. Last siden på nytt og prøv igjen.")
