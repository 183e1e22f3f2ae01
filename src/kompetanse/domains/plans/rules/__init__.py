"""Decisions about plans and measures, as pure functions. Money is in øre."""

from __future__ import annotations

from kompetanse.domains.plans.types import (
    MOST_ORE,
    MOST_SEATS,
    TITLE_LENGTH,
    AmountIsImpossible,
    FundingIsImpossible,
    MeasureIsIncomplete,
    MeasureIsOver,
    MeasureStatus,
    PlanIsOverFrame,
    QuarterIsImpossible,
    SeatsAreImpossible,
    TitleIsTooLong,
)

OVER = frozenset({MeasureStatus.DONE, MeasureStatus.CANCELLED})


def kroner(ore: int) -> str:
    """1 234 567 or 1 234 567,50: with hard spaces between thousands, and øre only where there are any."""
    whole, rest = divmod(ore, 100)
    return f"{whole:,}".replace(",", "\N{NO-BREAK SPACE}") + (f",{rest:02}" if rest else "")


def require_within(budget_ore: int, limit_ore: int, year: int) -> None:
    """The frame is a hard limit: up to it is within, one øre more is over. Raises PlanIsOverFrame."""
    if budget_ore > limit_ore:
        raise PlanIsOverFrame(
            year=year, budget=kroner(budget_ore), limit=kroner(limit_ore), over=kroner(budget_ore - limit_ore)
        )


def require_changeable(status: str, reference: str) -> None:
    """What is done or cancelled stands. Raises MeasureIsOver."""
    if status in OVER:
        raise MeasureIsOver(reference=reference)


def checked_title(text: str) -> str:
    """The title on one line. Raises MeasureIsIncomplete where it is empty, TitleIsTooLong."""
    title = checked_line(text)
    if not title:
        raise MeasureIsIncomplete()
    return title


def checked_line(text: str, limit: int = TITLE_LENGTH) -> str:
    """The text on one line, without control characters. Raises TitleIsTooLong past `limit` characters."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(line) > limit:
        raise TitleIsTooLong(length=len(line), limit=limit)
    return line


def require_sizes(*, budget_ore: int, seats: int = 0, quarter: int | None = None, funding_ore: int = 0) -> None:
    """Amounts a region can have.

    Raises AmountIsImpossible, FundingIsImpossible, SeatsAreImpossible or QuarterIsImpossible.
    """
    if not 0 <= budget_ore <= MOST_ORE:
        raise AmountIsImpossible()
    if not 0 <= funding_ore <= budget_ore:
        raise FundingIsImpossible()
    if not 0 <= seats <= MOST_SEATS:
        raise SeatsAreImpossible()
    if quarter is not None and not 1 <= quarter <= 4:
        raise QuarterIsImpossible()
