"""The database reckons as the plain model does, whatever has happened, in whatever order it came to be known."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kompetanse.domains.competence.queries import kept
from kompetanse.domains.competence.rules.status import NUMBERS
from kompetanse.domains.competence.types import State
from kompetanse.foundation.tenancy import tenant_scope

from . import facts, plain
from .history import LONG_AGO, PEOPLE, PERSONAL, REQUIREMENTS, STEPS, UNITS, Says, Step, World, as_version, versions
from .telling import begin

NOW = datetime(2025, 6, 1, 9, 0, tzinfo=UTC)
EXAMPLES = int(os.environ.get("KOMPETANSE_HISTORIES", "0"))  # so many histories; none: the few that are always told
HISTORIES = settings(
    max_examples=EXAMPLES or 20,
    derandomize=not EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
Numbers = dict[int, int]
Key = tuple[int, int, int]  # person, unit, requirement
SAYS = st.lists(versions(), min_size=REQUIREMENTS, max_size=REQUIREMENTS)


def world(says: Iterable[Says]) -> World:
    """A town where each requirement has said something since long ago, and everybody has a post."""
    told = World(**begin(NOW, UNITS, people=PEOPLE, requirements=REQUIREMENTS))
    with tenant_scope(told.ctx()):
        for requirement, one in zip(told.requirements, says, strict=True):
            told.tell(as_version(one, told.requirements, requirement, LONG_AGO, None, NOW))
        for number, person in enumerate(told.people):
            told.tell(
                facts.Post(
                    0, person, told.units[number % 3].pk, "Sykepleier", date(2024, 3, 31), recorded_at=NOW
                )
            )  # fmt: skip
    told.bring_up_to_date(NOW)
    told.moments.append(NOW)
    return told


def of(row: Iterable[Any]) -> tuple[Key, plain.Status]:
    """A row of the database's, as the plain model tells it."""
    who, unit, requirement, state, beneath, ends, evidence, _target, since, *_ = row
    return (who, unit, requirement), plain.Status(NUMBERS[state], NUMBERS[beneath], ends, since, evidence)


def asked(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def read(told: World, now: datetime) -> dict[Key, plain.Status]:
    """What is read at a moment, for today."""
    ctx = told.ctx(now)
    with tenant_scope(ctx):
        rows = kept.statuses_of([told.town.tenant_id], told.people, ctx.today)
    return {
        (one.employee_id, one.unit_id, one.requirement_id): plain.Status(
            one.state, one.beneath, one.ends, one.since, one.evidence_id
        )
        for one in rows
        if one.requirement_id in told.requirements
    }


def rows_kept(told: World) -> dict[Key, plain.Status]:
    """The rows as they lie there, right or not."""
    sql = """SELECT employee_id, unit_id, requirement_id, state, beneath, ends, evidence_id, target_id, since
             FROM competence_status WHERE tenant_id = %s AND requirement_id = ANY (%s)"""
    with tenant_scope(told.ctx()):
        return dict(of(row) for row in asked(sql, told.town.tenant_id, told.requirements))


Counts = dict[tuple[int, int], kept.Sums]
COUNTED = {State.MISSING: "lacking"}


def counted(statuses: dict[Key, plain.Status], *, place: bool = True) -> Counts:
    """Sums over statuses: by unit and requirement, or (without a place) by requirement alone."""
    found: Counts = {}
    for (_who, unit, requirement), one in statuses.items():
        sums = found.setdefault((unit if place else 0, requirement), kept.Sums())
        name = COUNTED.get(one.state, one.state.value)
        setattr(sums, name, getattr(sums, name) + 1)
    return found


def sums(told: World, now: datetime, *, place: bool = True) -> Counts:
    ctx = told.ctx(now)
    ask = kept.sums_by_unit if place else kept.sums_by_municipality
    with tenant_scope(ctx):
        found = ask([told.town.tenant_id], ctx.today)
    return {
        (unit if place else 0, requirement): one
        for unit, by in found.items()
        for requirement, one in by.items()
        if requirement in told.requirements
    }


def cells(told: World) -> Counts:
    """The sums as they lie there."""
    sql = """SELECT unit_id, requirement_id, held, expiring, expired, missing, on_leave, dispensed
             FROM competence_cell WHERE tenant_id = %s AND requirement_id = ANY (%s)"""
    with tenant_scope(told.ctx()):
        rows = asked(sql, told.town.tenant_id, told.requirements)
    return {(unit, requirement): kept.Sums(*rest) for unit, requirement, *rest in rows if any(rest)}


def telling_days(told: World, near: date, how_many: int) -> list[date]:
    """Days on which something may be another than the day before, drawn by the history itself."""
    known = told.facts
    days = {near, near + timedelta(days=200)}
    dated: list[Any] = [*known.versions, *known.equivalences, *known.local_rules, *known.duties, *known.posts]
    for one in [*dated, *known.leaderships, *known.dispensations]:
        days |= {one.valid_from, *([one.valid_to, one.valid_to + timedelta(days=1)] if one.valid_to else [])}
    days |= {day for one in known.posts for day in (one.ended_on, one.leave_from, one.leave_to) if day}
    days |= {one.completed_on for one in known.evidence}
    for one in plain.statuses(known, near).values():
        if one.ends:
            days |= {one.ends + timedelta(days=more) for more in (-91, -90, 0, 1, 10, 11)}
    return sorted(random.Random(len(days)).sample(sorted(days), min(how_many, len(days))))


def assert_alike(found: dict[Key, plain.Status], wanted: dict[Key, plain.Status]) -> None:
    assert {key: one for key, one in found.items() if wanted.get(key) != one} == {
        key: one for key, one in wanted.items() if found.get(key) != one
    }


def read_right(told: World, now: datetime) -> None:
    """Today's statuses and sums, as pages read them."""
    wanted = plain.statuses(told.facts, told.ctx(now).today)
    assert_alike(read(told, now), wanted)
    assert sums(told, now) == counted(wanted)
    assert sums(told, now, place=False) == counted(wanted, place=False)


def kept_right(told: World, now: datetime) -> None:
    """The rows themselves and their sums, once they have been brought on to the moment."""
    told.bring_up_to_date(now)
    wanted = plain.statuses(told.facts, told.ctx(now).today)
    assert_alike(rows_kept(told), wanted)
    assert cells(told) == counted(wanted)
    read_right(told, now)


def reckoned_right(told: World, days: list[date]) -> None:
    """Any day, as it is known now."""
    sql = """SELECT d, s.* FROM unnest(%s::date[]) d CROSS JOIN LATERAL competence_status_of_tenant(%s, d) s
             WHERE s.requirement_id = ANY (%s)"""
    with tenant_scope(told.ctx()):
        rows = asked(sql, days, told.town.tenant_id, told.requirements)
    for day in days:
        assert_alike(dict(of(rest) for d, *rest in rows if d == day), plain.statuses(told.facts, day))


def known_right(told: World, days: list[date], moments: list[datetime]) -> None:
    """Any day, as it was known at a moment."""
    sql = """SELECT n, s.* FROM unnest(%s::date[], %s::timestamptz[]) WITH ORDINALITY t(d, k, n)
             CROSS JOIN LATERAL competence_status_known(%s, d, k) s WHERE s.requirement_id = ANY (%s)"""
    with tenant_scope(told.ctx()):
        rows = asked(sql, days, moments, told.town.tenant_id, told.requirements)
    for number, (day, known) in enumerate(zip(days, moments, strict=True), 1):
        found = dict(of(rest) for n, *rest in rows if n == number)
        assert_alike(found, plain.statuses(told.facts, day, known))


def reckoned_again_is_the_same(told: World) -> None:
    lying = """SELECT s.*, c.turns_on FROM competence_status s
               JOIN competence_clock c USING (tenant_id, employee_id) WHERE tenant_id = %s ORDER BY 1, 2, 3, 4"""
    with tenant_scope(told.ctx()):
        before = asked(lying, told.town.tenant_id)
        asked("SELECT competence_refresh_tenant(%s)", told.town.tenant_id)
        assert asked(lying, told.town.tenant_id) == before


def retold(told: World, dice: random.Random) -> dict[Key, plain.Status]:
    """The same facts arrive in another order in another town; its statuses, by the first town's numbers.

    The ledger's numbers keep their order: of two of a day, the later in the ledger is the later.
    """
    other = World(**begin(NOW, UNITS, people=PEOPLE, requirements=REQUIREMENTS))
    other.now = told.now
    known = told.facts
    who = dict(zip(told.people, other.people, strict=True))
    new = dict(zip(told.requirements, other.requirements, strict=True))
    places = {a.pk: b.pk for a, b in zip(told.units, other.units, strict=True)}
    with tenant_scope(other.ctx()):
        taken = asked(
            "SELECT nextval(pg_get_serial_sequence('competence_evidence', 'id')) FROM generate_series(1, %s)",
            len(known.evidence),
        )
        rows = dict(zip(sorted(one.id for one in known.evidence), (key for (key,) in taken), strict=True))
        standing = [one for one in known.posts if one.withdrawn_at is None]
        waiting: list[Any] = [
            *known.units.values(), *standing, *known.leaderships, *known.duties, *known.versions, *known.declined,
            *known.local_rules, *known.equivalences, *known.evidence, *known.mappings, *known.dispensations,
        ]  # fmt: skip
        dice.shuffle(waiting)
        versions: dict[int, int] = {}
        written: set[int] = set()
        while waiting:
            one = waiting.pop(0)
            # What names another row comes after it.
            if isinstance(one, facts.Declined) and one.version not in versions:
                waiting.append(one)
                continue
            if isinstance(one, facts.Evidence) and one.corrects and one.corrects not in written:
                waiting.append(one)
                continue
            told_again = _moved(one, who, new, places, versions, rows)
            other.tell(told_again, key=rows[one.id] if isinstance(one, facts.Evidence) else None)
            if isinstance(one, facts.Version):
                versions[one.id] = told_again.id
            if isinstance(one, facts.Evidence):
                written.add(one.id)
    back, at, asked_of, seen = ({b: a for a, b in table.items()} for table in (who, places, new, rows))
    first = read(other, other.now)
    kept_right(other, other.now)
    assert first == rows_kept(other)
    return {
        (back[person], at[unit], asked_of[requirement]): replace(one, evidence=seen.get(one.evidence or 0))
        for (person, unit, requirement), one in first.items()
    }


def _moved(one: Any, who: Numbers, new: Numbers, places: Numbers, versions: Numbers, rows: Numbers) -> Any:
    """The fact as it is told in the other town."""
    match one:
        case facts.Unit():
            return replace(one, id=places[one.id])
        case facts.Declined():
            return replace(one, version=versions[one.version])
        case facts.Version():
            members = tuple(replace(member, needs=new[member.needs]) for member in one.members)
            return replace(one, id=0, requirement=new[one.requirement], members=members)
        case facts.Equivalence():
            return replace(one, requirement=new[one.requirement], by=new[one.by])
        case facts.Evidence():
            return replace(
                one, id=rows[one.id], person=who[one.person],
                requirement=new[one.requirement] if one.requirement else None,
                corrects=rows[one.corrects] if one.corrects else None,
            )  # fmt: skip
    names = {name: table[value] for name, table in (("person", who), ("requirement", new), ("unit", places))
             if (value := getattr(one, name, None))}  # fmt: skip
    return replace(one, **names)


class TestHistories:
    @HISTORIES
    @given(SAYS, st.lists(STEPS, min_size=8, max_size=24), st.integers(0, 2**32))
    def test_are_told_by_the_database_as_by_the_plain_model(
        self, says: list[Says], steps: list[Step], seed: int
    ) -> None:
        told = world(says)
        for step in steps:
            told.take(step)
        days, dice = telling_days(told, told.today, 6), random.Random(seed)

        read_right(told, told.now)
        reckoned_right(told, days)
        known_right(told, days[:3] * 2, dice.choices(told.moments, k=6))
        kept_right(told, told.now)
        reckoned_again_is_the_same(told)
        assert_alike(retold(told, dice), rows_kept(told))

    @HISTORIES
    @given(SAYS, st.lists(PERSONAL, min_size=8, max_size=24))
    def test_are_kept_by_the_changes_themselves(self, says: list[Says], steps: list[Step]) -> None:
        """Nothing but what happens to people: no row is behind at any time, and the days go by without a write."""
        told = world(says)
        for step in steps:
            told.take(step)
        kept_right(told, told.now)

        later = told.now
        for day in [day for day in telling_days(told, told.today, 8) if day > told.today]:
            later = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
            read_right(told, later)
        kept_right(told, later)
        reckoned_right(told, [later.date()])
