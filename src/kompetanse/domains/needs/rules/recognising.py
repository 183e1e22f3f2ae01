"""Which row of a file is which need that we already know, when rows carry no number of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Identity = tuple[str, str, str, str]  # title, unit, target group, wanted time: each tidied and case-folded


def identity(title: str, unit: str, target_group: str, wanted_time: str) -> Identity:
    def key(text: str) -> str:
        return " ".join(text.casefold().split())

    return key(title), key(unit), key(target_group), key(wanted_time)


def recognise(rows: Sequence[Identity], known: Mapping[int, Identity], *, exact: bool = False) -> list[int | None]:
    """For each row the id of the need it tells of, or None for a new one; no need is told of twice.

    First the rows that are exactly alike, in order (the second of two equal rows is the second of two
    equal needs). Then, unless `exact`, rows that differ from a need in one of the four alone: somebody has
    edited that cell. Ties go to the lowest id.
    """
    answer: list[int | None] = [None] * len(rows)
    _match(rows, known, answer, parts=range(4))
    for left_out in range(0 if exact else 4):
        _match(rows, known, answer, parts=[part for part in range(4) if part != left_out])
    return answer


def _match(
    rows: Sequence[Identity], known: Mapping[int, Identity], answer: list[int | None], *, parts: Iterable[int]
) -> None:
    """Pair what is not yet paired and agrees in these parts, in order."""
    parts, taken = tuple(parts), set(answer)
    waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for need_id in sorted(known.keys() - taken, reverse=True):
        waiting[tuple(known[need_id][part] for part in parts)].append(need_id)
    for position, row in enumerate(rows):
        if answer[position] is None and (queue := waiting.get(tuple(row[part] for part in parts))):
            answer[position] = queue.pop()
