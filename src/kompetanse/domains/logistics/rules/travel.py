"""How long it takes to drive between the centres of the municipalities, from data/road_times.csv."""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "data" / "road_times.csv"
CROOKED, PACE = 1.35, 62.0  # where nobody has measured: so much longer than the bird flies, so many km an hour

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drive:
    """Minutes from one centre to another; checked where somebody has seen each leg of the road in a source."""

    minutes: int
    is_checked: bool


@functools.cache
def roads() -> dict[tuple[str, str], Drive]:
    """Every pair of centres by the shortest way over the legs that the file has."""
    found: dict[tuple[str, str], Drive] = {}
    with SOURCE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter=";"):
            leg = Drive(int(row["minutes"]), row["verified"] == "V")
            found[row["from"], row["to"]] = found[row["to"], row["from"]] = leg
    places = sorted({place for pair in found for place in pair})
    found |= {(place, place): Drive(0, True) for place in places}
    for through in places:
        for one in places:
            for other in places:
                first, second, known = found.get((one, through)), found.get((through, other)), found.get((one, other))
                if first and second and (known is None or first.minutes + second.minutes < known.minutes):
                    way = Drive(first.minutes + second.minutes, first.is_checked and second.is_checked)
                    found[one, other] = way
    return found


def drive(one: str, other: str, *, from_point: Point | None = None, to_point: Point | None = None) -> Drive | None:
    """From a place to a place; estimated by the points where no road is known; None where nothing is."""
    if one and one == other:
        return Drive(0, True)
    known = roads().get((one, other))
    if known is not None or from_point is None or to_point is None:
        return known
    return Drive(round(CROOKED * kilometres(from_point, to_point) / PACE * 60), False)


def kilometres(one: Point, other: Point) -> float:
    """As the bird flies."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(point[0]), math.radians(point[1])) for point in (one, other))
    part = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, part)))


def mean_drive(
    people: Mapping[str, int], place: str, *, points: Mapping[str, Point], point: Point | None = None
) -> Drive | None:
    """What those who come drive on the average, by how many come from where; None where one way is not known."""
    total, minutes, checked = 0, 0, True
    for home, count in people.items():
        way = drive(home, place, from_point=points.get(home), to_point=point)
        if way is None:
            return None
        total, minutes, checked = total + count, minutes + way.minutes * count, checked and way.is_checked
    return Drive(round(minutes / total), checked) if total else None
