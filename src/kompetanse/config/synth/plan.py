"""How big each municipality is, and which ids its rows have: known before a single row is made."""

from __future__ import annotations

from dataclasses import dataclass

SCALES = ("municipality", "region", "nation")
# Seven who work together, 37,000 people; the sixth is the one that stands alone at the smallest scale.
REGION = (12_000, 8_000, 6_000, 4_500, 3_200, 1_500, 1_800)
ALONE = 5
MUNICIPALITIES, PERSONS, UNITS = 357, 500_000, 20_000
LEAST = 70  # people in the smallest municipality
LARGEST = 50_000
IN_REGION = 10  # municipalities that work together, but for the first seven
SECOND_POSTS, GUESTS = 0.0315, 0.01  # a second post at home, or in another municipality of the region
PAPERS = 14  # evidence ids set aside for each employee; about ten are used


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality of the plan. The `first_` ids are where its own begin."""

    index: int
    region: int
    people: int
    seconds: int
    units: int
    first_person: int
    first_employee: int
    first_post: int
    first_unit: int
    guests_from: tuple[int, int]  # the first person who comes from a neighbour, and how many come

    @property
    def number(self) -> str:
        return f"{9001 + self.index}"

    @property
    def name(self) -> str:
        return f"Prøvekommune {self.index + 1:03}"

    @property
    def guests(self) -> int:
        return self.guests_from[1]

    @property
    def first_paper(self) -> int:
        return self.first_employee * PAPERS


def sizes() -> list[int]:
    """People in each municipality of the nation: a few big, many small, the sum exact."""
    left = PERSONS - sum(REGION)
    others = MUNICIPALITIES - len(REGION)
    weights = [(rank + 3) ** -1.15 for rank in range(others)]
    unit = (left - LEAST * others) / sum(weights)
    found = [min(LARGEST, LEAST + int(unit * weight)) for weight in weights]
    # What the largest may not have, and what rounding took, goes to the next by turns.
    for at in range(left - sum(found)):
        found[1 + at % (others - 1)] += 1
    return [*REGION, *found]


def plan(scale: str) -> list[Municipality]:
    """The municipalities of a scale. One that is in two scales is the same in both."""
    people = sizes()
    count = MUNICIPALITIES if scale == "nation" else len(REGION)
    first_person = first_employee = first_post = first_unit = 1
    starts = []
    for size in people[:count]:
        starts.append(first_person)
        first_person += size
    made = []
    for index in range(count):
        size = people[index]
        region, inside = _region(index, count)
        neighbour = inside[(inside.index(index) + 1) % len(inside)]
        guests = int(min(size, people[neighbour]) * GUESTS) if neighbour != index else 0
        seconds = int(size * SECOND_POSTS)
        units = max(8, round(size * UNITS / PERSONS))
        made.append(
            Municipality(
                index, region, size, seconds, units, starts[index], first_employee, first_post, first_unit,
                (starts[neighbour], guests),
            )
        )  # fmt: skip
        first_employee += size + guests
        first_post += size + seconds + guests
        first_unit += units
    return made if scale != "municipality" else [made[ALONE]]


def _region(index: int, count: int) -> tuple[int, list[int]]:
    seven = len(REGION)
    if index < seven:
        return 0, list(range(seven))
    region = (index - seven) // IN_REGION
    start = seven + region * IN_REGION
    return region + 1, list(range(start, min(start + IN_REGION, count)))
