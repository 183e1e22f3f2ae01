"""Which unit a need belongs to when the file only gives the unit's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

Path = tuple[int, ...]  # ids of units from the root to the unit itself


def name_key(name: str) -> str:
    return " ".join(name.casefold().split())


def paths_by_name(units: Iterable[tuple[str, Path]]) -> Mapping[str, tuple[Path, ...]]:
    """Units as (name, path), gathered by name without regard to case and spaces."""
    found: dict[str, list[Path]] = defaultdict(list)
    for name, path in units:
        found[name_key(name)].append(path)
    return {name: tuple(paths) for name, paths in found.items()}


def place(name: str, units: Mapping[str, tuple[Path, ...]]) -> int | None:
    """The unit's id; where several share the name, the lowest unit that is above them all.

    None where no unit has the name, or nothing is above them all: then the need is the municipality's.
    """
    paths = units.get(name_key(name), ())
    shared = common_path(paths)
    return shared[-1] if shared else None


def common_path(paths: Iterable[Path]) -> Path:
    """The longest beginning that all paths have."""
    shared: list[int] = []
    for step in zip(*paths, strict=False):
        if len(set(step)) > 1:
            break
        shared.append(step[0])
    return tuple(shared)
