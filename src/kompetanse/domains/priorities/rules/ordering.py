"""The forum's own order: what is moved, and that it is said why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kompetanse.domains.priorities.types import (
    LONGEST_REASON,
    MoveHasNoReason,
    OrderInput,
    OrderIsNotWhole,
    TextIsTooLong,
)


def check_order(order: Sequence[OrderInput], ranked: Sequence[int], titles: Mapping[int, str]) -> list[OrderInput]:
    """The forum's order with its reasons trimmed.

    Those without a reason must stand among themselves as they were ranked. So one pool moved to the front needs one
    reason, not one for each that it passes. Raises OrderIsNotWhole, MoveHasNoReason, TextIsTooLong.
    """
    if sorted(line.pool_id for line in order) != sorted(ranked):
        raise OrderIsNotWhole()
    trimmed = [OrderInput(line.pool_id, line.reason.strip()) for line in order]
    if any(len(line.reason) > LONGEST_REASON for line in trimmed):
        raise TextIsTooLong(limit=LONGEST_REASON)
    place = {key: number for number, key in enumerate(ranked)}
    unexplained = [line.pool_id for line in trimmed if not line.reason]
    settled = _longest_rising(unexplained, place)
    for key in unexplained:
        if key not in settled:
            raise MoveHasNoReason(title=titles[key])
    return trimmed


def _longest_rising(keys: Sequence[int], place: Mapping[int, int]) -> set[int]:
    """The most keys that stand in the order of `place`: whatever is outside has been moved."""
    best: list[tuple[int, int]] = []  # (length, where it came from) of the longest that ends here
    for here, key in enumerate(keys):
        before = [(best[at][0], at) for at in range(here) if place[keys[at]] < place[key]]
        length, came_from = max(before, default=(0, -1), key=lambda it: (it[0], -it[1]))
        best.append((length + 1, came_from))
    at = max(range(len(best)), key=lambda it: best[it][0], default=-1)
    kept = set()
    while at >= 0:
        kept.add(keys[at])
        at = best[at][1]
    return kept
