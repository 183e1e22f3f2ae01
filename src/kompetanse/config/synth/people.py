"""The units, people and posts of one made-up municipality. The names are no one's."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from kompetanse.kernel.text import comparable, name_words

from . import words
from .plan import Municipality

IN_GROUP = 12  # units below one node
YEARS = 3650


@dataclass(slots=True)
class Place:
    """A unit, with who leads it: its first post."""

    id: int
    name: str
    kind: words.UnitKind | None
    path: tuple[int, ...]
    sector: str = ""


@dataclass(slots=True)
class Held:
    """A post as the rows need it."""

    id: int
    employee: int
    place: Place
    title: str
    leads: bool = False


@dataclass(slots=True)
class Staff:
    places: list[Place] = field(default_factory=list)
    posts: list[Held] = field(default_factory=list)
    persons: list[tuple[int, int]] = field(default_factory=list)  # employee id, person id


@cache
def key_of(title: str) -> str:
    return comparable(title)


def array(items: list[str] | tuple[int, ...]) -> str:
    return "{" + ",".join(str(item) for item in items) + "}"


def places(town: Municipality, dice: random.Random) -> list[Place]:
    """A tree: the municipality, its sectors, areas where a sector is large, and the workplaces."""
    number = town.first_unit
    root = Place(number, town.name, None, (number,))
    made = [root]
    weights = [kind.weight for kind in words.KINDS]
    # A workplace for each seven of ten nodes; the areas between take what is left.
    left = town.units - 1 - len(words.SECTORS)
    leaves = left - left // (IN_GROUP + 1) if left > IN_GROUP else max(left, 2)
    kinds = sorted(dice.choices(words.KINDS, weights, k=leaves), key=words.KINDS.index)
    sectors: dict[str, Place] = {}
    for sector in words.SECTORS:
        number += 1
        sectors[sector] = Place(number, f"{sector} {town.index + 1:03}", None, (root.id, number), sector)
        made.append(sectors[sector])
    groups = left - leaves
    above: dict[str, Place] = dict(sectors)
    since = 0
    for at, kind in enumerate(kinds):
        if groups and since >= IN_GROUP:
            number += 1
            groups -= 1
            since = 0
            sector_node = sectors[kind.sector]
            area = Place(number, f"Område {number}", None, (*sector_node.path, number), kind.sector)
            above[kind.sector] = area
            made.append(area)
        since += 1
        number += 1
        made.append(
            Place(number, f"Prøvelia {at + 1} {kind.word}", kind, (*above[kind.sector].path, number), kind.sector)
        )
    return made


def staff(town: Municipality, dice: random.Random) -> Staff:
    """Everybody who works there, with their posts: a leader first in each unit, then the rest by size."""
    told = Staff(places=places(town, dice))
    told.persons = [(town.first_employee + at, town.first_person + at) for at in range(town.people)]
    start, guests = town.guests_from
    told.persons += [(town.first_employee + town.people + at, start + at) for at in range(guests)]
    leaves = [place for place in told.places if place.kind]
    chiefs = [place for place in told.places if not place.kind and len(place.path) < 3]
    crew = [(place, words.CHIEF if len(place.path) == 1 else words.SECTOR_CHIEF, True) for place in chiefs]
    crew += [(place, place.kind.leader, True) for place in leaves if place.kind]
    room = town.people - len(crew)
    sizes = [0.4 + dice.random() * 1.2 for _ in leaves]
    for place in dice.choices(leaves, sizes, k=max(room, 0)):
        assert place.kind is not None
        crew.append((place, dice.choice(place.kind.titles), False))
    crew = crew[: town.people]
    number = town.first_post
    for (employee, _), (place, title, leads) in zip(told.persons, crew, strict=False):
        told.posts.append(Held(number, employee, place, title, leads))
        number += 1
    others = dice.sample(range(town.people), town.seconds)
    for employee in [town.first_employee + at for at in others] + [e for e, _ in told.persons[town.people :]]:
        place = dice.choice(leaves)
        assert place.kind is not None
        told.posts.append(Held(number, employee, place, dice.choice(place.kind.titles)))
        number += 1
    return told


UNIT = ("tenant_id", "id", "code", "name", "parent_id", "path", "name_words", "sector", "sector_key", "written_form",
        "leader_number", "valid_from")  # fmt: skip
EMPLOYEE = ("tenant_id", "id", "person_id", "given_name", "family_name", "email", "phone")
AFFILIATION = ("person_id", "tenant_id")
TRACKED = ("employee_id", "unit_id", "title_key", "valid_from", "valid_to", "leave_from", "leave_to")
POST = ("tenant_id", "id", "employee_number", "position_code", "position_title", "is_main", "percent", *TRACKED)
HISTORY = ("tenant_id", "post_id", "known_from", "known_to", *TRACKED)
LEADERSHIP = ("tenant_id", "id", "unit_id", "employee_id", "is_acting", "valid_from")
NONE = "\\N"


def unit_rows(tenant: int, town: Municipality, told: Staff) -> list[str]:
    return [
        f"{tenant}\t{it.id}\t{town.number}-{it.id - town.first_unit}\t{it.name}\t"
        f"{it.path[-2] if len(it.path) > 1 else NONE}\t{array(it.path)}\t{array(name_words(it.name))}\t{it.sector}\t"
        f"{comparable(it.sector)}\t\t\t2010-01-01\n"
        for it in told.places
    ]


def employee_rows(tenant: int, told: Staff) -> list[str]:
    given = words.GIVEN
    return [
        f"{tenant}\t{it}\t{person}\t{given[person % len(given)]}\tPrøveperson {person}\tp{person}@prove.example\t\n"
        for it, person in told.persons
    ]


def affiliation_rows(tenant: int, told: Staff) -> list[str]:
    return [f"{person}\t{tenant}\n" for _, person in told.persons]


def post_rows(tenant: int, told: Staff, day: date, dice: random.Random) -> tuple[list[str], list[str]]:
    """The posts, and what was known of them since: most as they are, some as they were before."""
    posts, history = [], []
    seen: set[int] = set()
    for it in told.posts:
        start = day - timedelta(days=int(dice.random() ** 1.5 * 5000) + 20)
        end = leave_from = leave_to = NONE
        chance = dice.random()
        if not it.leads and chance < 0.06:  # for a term; some of them over
            end = str(max(start, day + timedelta(days=dice.randrange(-60, 700))))
        elif chance < 0.10:
            away = max(start, day - timedelta(days=dice.randrange(1, 200)))
            leave_from = str(away)
            leave_to = str(away + timedelta(days=dice.randrange(30, 420))) if chance < 0.095 else NONE
        main = "f" if it.employee in seen else "t"
        seen.add(it.employee)
        tail = f"{it.employee}\t{it.place.id}\t{key_of(it.title)}\t{start}\t{end}\t{leave_from}\t{leave_to}\n"
        share = 100 if main == "t" and dice.random() < 0.5 else 20 + dice.randrange(13) * 5
        posts.append(f"{tenant}\t{it.id}\t{100000 + it.id}\t\t{it.title}\t{main}\t{share}\t{tail}")
        known = max(start, day - timedelta(days=YEARS))
        if it.place.kind and dice.random() < 0.06 and (day - known).days > 60:
            turn = known + timedelta(days=dice.randrange(30, (day - known).days))
            before = key_of(dice.choice(it.place.kind.titles))
            history.append(
                f"{tenant}\t{it.id}\t{known} 05:00+00\t{turn} 05:00+00\t{it.employee}\t{it.place.id}\t{before}\t"
                f"{start}\t{NONE}\t{NONE}\t{NONE}\n"
            )
            known = turn
        history.append(f"{tenant}\t{it.id}\t{known} 05:00+00\t{NONE}\t{tail}")
    return posts, history


def leadership_rows(tenant: int, town: Municipality, told: Staff) -> list[str]:
    return [
        f"{tenant}\t{town.first_unit + at}\t{it.place.id}\t{it.employee}\tf\t2016-01-01\n"
        for at, it in enumerate(post for post in told.posts if post.leads)
    ]
