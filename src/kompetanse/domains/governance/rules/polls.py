"""Which day suits a body best. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from kompetanse.domains.governance.types.polls import (
    MOST_DATES,
    PollChoice,
    PollDateRow,
    PollNeedsDates,
    PollSeat,
)


def require_dates(dates: Sequence[tuple[date, time | None]], answers_due: date) -> None:
    """Some days, each once, all after the last day to answer. Raises PollNeedsDates."""
    if not 2 <= len(dates) <= MOST_DATES or len(set(dates)) != len(dates):
        raise PollNeedsDates()
    if any(day <= answers_due for day, _time in dates):
        raise PollNeedsDates()


def tally(
    dates: Sequence[tuple[int, date, time | None]], seats: Sequence[PollSeat], *, quorum: int
) -> list[PollDateRow]:
    """The days in order, with the best marked: enough to decide first, then most who can, then fewest who cannot.

    Where nobody has answered, none is best; where several are equal, the earliest is.
    """
    rows = []
    for key, day, at in dates:
        said = [seat.answers[key] for seat in seats if key in seat.answers]
        coming = sum(1 for seat in seats if seat.counts and seat.answers.get(key, PollChoice.CANNOT) != "cannot")
        rows.append(
            PollDateRow(
                key, day, at, can=said.count(PollChoice.CAN), if_needed=said.count(PollChoice.IF_NEEDED),
                cannot=said.count(PollChoice.CANNOT), is_quorate=coming >= quorum,
            )
        )  # fmt: skip
    answered = [row for row in rows if row.can or row.if_needed]
    if not answered:
        return rows
    best = max(
        answered, key=lambda row: (row.is_quorate, row.can, row.if_needed, -row.cannot, -row.held_on.toordinal())
    )
    return [replace(row, is_best=row.id == best.id) for row in rows]
