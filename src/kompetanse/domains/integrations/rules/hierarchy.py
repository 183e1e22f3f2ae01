"""Whether the rows of an organisation file make a tree together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kompetanse.domains.integrations.rules import sentences as say
from kompetanse.domains.integrations.types import ColumnMatch, OrgRow, ParsedRow, RejectedRow, Said

_SHOWN_OF_CYCLE = 6


@dataclass(frozen=True, slots=True)
class _Unit:
    row: int
    parent: str | None


def check_hierarchy(
    parse: Callable[[], Iterator[ParsedRow | RejectedRow]],
    columns: Mapping[str, ColumnMatch],
    known_codes: frozenset[str],
) -> Iterator[ParsedRow | RejectedRow]:
    """The same rows, where units with a code used before, without a sound parent, or under themselves are rejected.

    `parse` gives the rows anew; they are read twice so that only codes are kept in memory.
    """
    units: dict[str, _Unit] = {}
    rejected: dict[str, int] = {}
    for result in parse():
        if isinstance(result, RejectedRow):
            match = columns["code"]
            rejected.setdefault(result.original[match.index].strip(), result.row)
        elif isinstance(result.values, OrgRow):
            units.setdefault(result.values.code, _Unit(result.row, result.values.parent_code))
    faults = _faults(units, rejected, known_codes)
    for result in parse():
        if isinstance(result, ParsedRow) and isinstance(result.values, OrgRow):
            code = result.values.code
            if units[code].row != result.row:
                yield _reject(result, columns["code"], say.ORG_DUPLICATE.with_(code=code, first=units[code].row))
                continue
            if code in faults:
                yield _reject(result, columns.get("parent_code", columns["code"]), faults[code])
                continue
        yield result


def _faults(units: Mapping[str, _Unit], rejected: Mapping[str, int], known: frozenset[str]) -> dict[str, Said]:
    """{code: what is wrong with its place in the tree}, for the units that cannot be placed."""
    faults: dict[str, Said] = {}
    sound: set[str] = set()
    for start in units:
        path: dict[str, None] = {}
        code = start
        while code not in sound and code not in faults and code not in path:
            path[code] = None
            parent = units[code].parent
            if parent is None:
                break
            if parent not in units:
                if parent not in known:
                    faults[code] = (
                        say.ORG_PARENT_REJECTED.with_(parent=parent, row=rejected[parent])
                        if parent in rejected
                        else say.ORG_PARENT_MISSING.with_(parent=parent)
                    )
                break
            code = parent
        else:
            if code in path:
                _mark_cycle(list(path)[list(path).index(code) :], faults)
        # Those below a unit that cannot be placed cannot be placed either.
        for below in reversed(path):
            parent = units[below].parent
            if below in faults:
                continue
            if parent is not None and parent in faults and parent not in known:
                faults[below] = say.ORG_PARENT_REJECTED.with_(parent=parent, row=units[parent].row)
            else:
                sound.add(below)
    return faults


def _mark_cycle(cycle: list[str], faults: dict[str, Said]) -> None:
    shown = cycle[:_SHOWN_OF_CYCLE] + (["…"] if len(cycle) > _SHOWN_OF_CYCLE else [])
    for code in cycle:
        faults[code] = say.ORG_CYCLE.with_(code=code, path=" → ".join([*shown, cycle[0]]))


def _reject(result: ParsedRow, match: ColumnMatch, said: Said) -> RejectedRow:
    value = result.original[match.index].strip()
    return RejectedRow(result.row, match.header, value, said.code, said.sentence, said.params, result.original)
