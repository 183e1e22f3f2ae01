"""Putting the made-up nation in place, a municipality at a time; started again, it goes on where it was.

COPY cannot write past forced row-level security, and the wall is not taken down for this: rows are copied into a
temporary table and inserted from there. What the triggers would do for each row is done for a whole municipality
at a time, so they are off while the nation is laid, and on again before anybody is told that it is done.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from kompetanse.foundation import clock
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

from . import people, register, worker
from .papers import DISPENSATION, DUTY, EVIDENCE, LOCAL, MAPPING, Papers
from .plan import Municipality, plan

# What the triggers keep is made for the whole municipality instead.
LAID_WITHOUT = (
    "organisation_unit", "organisation_employee", "organisation_post", "organisation_leadership",
    "competence_evidence", "competence_duty", "competence_dispensation", "competence_textmapping",
    "competence_localrule",
)  # fmt: skip
NUMBERED = (*LAID_WITHOUT, "organisation_person")
BOOKS = """
CREATE SCHEMA IF NOT EXISTS synth;
CREATE TABLE IF NOT EXISTS synth.nation (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), seed bigint NOT NULL, scale text NOT NULL, day date NOT NULL,
    done_at timestamptz);
CREATE TABLE IF NOT EXISTS synth.municipality (
    place integer PRIMARY KEY, tenant_id bigint NOT NULL UNIQUE, people integer NOT NULL, loaded_at timestamptz,
    kept_at timestamptz);
"""
ONE_AT_A_TIME = 7042


class NotEmpty(DomainError):
    code = "not_empty"
    sentence = N_(
        "Installasjonen har ekte data. Prøvedata legges bare i en installasjon som er tom eller har prøvedata."
    )


class AnotherNation(DomainError):
    code = "another_nation"
    sentence = N_("Her ligger alt prøvedata med et annet omfang eller frø. Bruk en annen KOMPETANSE_DATA.")


class NotLaid(DomainError):
    code = "not_laid"
    sentence = N_("Prøvedata ble ikke lagt ferdig. Kjør kommandoen på nytt; den fortsetter der den var.")


Say = Callable[[str], None]


def load(scale: str, seed: int, *, workers: int = 2, say: Say = print) -> bool:
    """Lay the nation, or what is left of it. Gives False where it was done. Raises NotEmpty or AnotherNation."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            return _load(scale, seed, workers, say)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def _load(scale: str, seed: int, workers: int, say: Say) -> bool:
    day, done = _begin(scale, seed)
    if done:
        return False
    towns = plan(scale)
    _lay_frame(towns, scale, seed, day)
    _triggers(on=False)
    _with_workers("loaded_at", scale, workers, "lagt inn", say)
    say("Teller opp …")
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    _with_workers("kept_at", scale, workers, "regnet ut", say)
    _triggers(on=True)
    with connections["owner"].cursor() as cursor:
        say("Rydder …")
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("UPDATE synth.nation SET done_at = now()")
    return True


def _begin(scale: str, seed: int) -> tuple[date, bool]:
    """The day the loading began, and whether it is done. Refuses beside what is not made up."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(BOOKS)
        cursor.execute(
            """SELECT EXISTS (SELECT FROM organisation_municipality m WHERE NOT EXISTS (
                       SELECT FROM synth.municipality s WHERE s.tenant_id = m.tenant_id))
                   OR EXISTS (SELECT FROM organisation_person) AND NOT EXISTS (SELECT FROM synth.municipality)"""
        )
        if cursor.fetchone()[0]:
            raise NotEmpty
        cursor.execute("SELECT scale, seed, day, done_at IS NOT NULL FROM synth.nation")
        row = cursor.fetchone()
        if row is None:
            day = clock.now().date()
            cursor.execute("INSERT INTO synth.nation (seed, scale, day) VALUES (%s, %s, %s)", [seed, scale, day])
            return day, False
        if (row[0], row[1]) != (scale, seed):
            raise AnotherNation
        return row[2], row[3]


def _lay_frame(towns: list[Municipality], scale: str, seed: int, day: date) -> None:
    """The regions, the municipalities, who there is, and what is required. Whole, or not at all."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM synth.municipality")
        if cursor.fetchone()[0]:
            return
        regions: dict[int, int] = {}
        owners: dict[int, int] = {}
        for town in towns:
            if town.region not in regions:
                name = f"Prøveregionen {town.region + 1:02}"
                regions[town.region] = _new_tenant(cursor, name)
                cursor.execute(
                    "INSERT INTO organisation_region (tenant_id, name, level) VALUES (%s, %s, 'regional')",
                    [regions[town.region], name],
                )
            tenant = owners[town.index] = _new_tenant(cursor, town.name)
            cursor.execute(
                """INSERT INTO organisation_municipality
                       (tenant_id, number, name, county, population, centre, written_form, written_form_verified)
                   VALUES (%s, %s, %s, 'Prøvefylke', %s, '', 'neutral', 'U')""",
                [tenant, town.number, town.name, town.people * 11],
            )
            cursor.execute(
                """INSERT INTO organisation_membership (region_id, municipality_id, valid_from)
                   VALUES (%s, %s, '2020-01-01')""",
                [regions[town.region], tenant],
            )
            cursor.execute(
                "INSERT INTO synth.municipality (place, tenant_id, people) VALUES (%s, %s, %s)",
                [town.index, tenant, town.people],
            )
        spans = [(town.first_person, town.people) for town in towns]
        spans += [town.guests_from for town in towns if town.guests]
        persons = sorted({number for first, many in spans for number in range(first, first + many)})
        _copy(cursor, "organisation_person", ("id",), (f"{number}\n" for number in persons))
        register.lay(day, clock.now(), owners)
        # Told before anything else was, so that a past day has rules to be asked by.
        for table in ("competence_requirementversion", "competence_equivalence"):
            cursor.execute(f"UPDATE {table} SET recorded_at = %s", [datetime(2015, 1, 1, tzinfo=UTC)])
        # Whoever comes after is numbered after all that the plan has set aside.
        for table in NUMBERED:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 100000000)", [table])


def _new_tenant(cursor: CursorWrapper, name: str) -> int:
    cursor.execute("INSERT INTO foundation_tenant (name) VALUES (%s) RETURNING id", [name])
    tenant: int = cursor.fetchone()[0]
    return tenant


def _triggers(*, on: bool) -> None:
    word = "ENABLE" if on else "DISABLE"
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in LAID_WITHOUT:
            cursor.execute(f'ALTER TABLE "{table}" {word} TRIGGER USER')


def _with_workers(mark: str, scale: str, workers: int, what: str, say: Say) -> None:
    """Let processes take municipalities until none is left. One that was orphaned by a killed command helps to
    the end of what it holds: who takes what is settled in the database."""
    spawn = multiprocessing.get_context("spawn")
    running = [spawn.Process(target=worker.run, args=(mark, scale), daemon=True) for _ in range(workers)]
    for one in running:
        one.start()
    told = ""
    while any(one.is_alive() for one in running):
        told = _tell(mark, what, told, say)
        time.sleep(1)
    _tell(mark, what, told, say)
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM synth.municipality WHERE {mark} IS NULL")
        if cursor.fetchone()[0]:
            raise NotLaid


def _tell(mark: str, what: str, told: str, say: Say) -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            f"""SELECT count({mark}), count(*), coalesce(sum(people) FILTER (WHERE {mark} IS NOT NULL), 0), sum(people)
                FROM synth.municipality"""
        )
        done, there, people_done, everybody = cursor.fetchone()
    text = f"{done} av {there} kommuner {what}, {people_done} av {everybody} personer"
    if text != told:
        say(text)
    return text


def take_turns(mark: str, scale: str) -> None:
    """A worker's life: the largest municipality that nobody has taken, again and again."""
    rules, targeting = register.read()
    towns = {town.index: town for town in plan(scale)}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET synchronous_commit = off; SET work_mem = '64MB'; SET client_min_messages = warning")
        cursor.execute("SELECT seed, day FROM synth.nation")
        seed, day = cursor.fetchone()
        while True:
            with transaction.atomic(using="owner"):
                cursor.execute(
                    f"""SELECT place, tenant_id FROM synth.municipality WHERE {mark} IS NULL
                        ORDER BY people DESC, place LIMIT 1 FOR UPDATE SKIP LOCKED"""
                )
                row = cursor.fetchone()
                if row is None:
                    return
                place, tenant = row
                cursor.execute("SELECT set_config('app.tenants', %s, true)", [str(tenant)])
                if mark == "kept_at":
                    cursor.execute("SELECT competence_refresh_tenant(%s)", [tenant])
                else:
                    for table, columns, rows in municipality(towns[place], tenant, seed, day, rules, targeting):
                        _copy(cursor, table, columns, rows)
                cursor.execute(f"UPDATE synth.municipality SET {mark} = now() WHERE place = %s", [place])


Rows = tuple[str, tuple[str, ...], Iterable[str]]


def municipality(
    town: Municipality, tenant: int, seed: int, day: date, rules: dict[int, register.Rule],
    targeting: register.Lines,
) -> Iterator[Rows]:  # fmt: skip
    """Everything of one municipality, in the order that it must be laid: table, columns, lines for COPY."""
    dice = random.Random(f"{seed}:{town.number}")
    told = people.staff(town, dice)
    yield "organisation_unit", people.UNIT, people.unit_rows(tenant, town, told)
    yield "organisation_employee", people.EMPLOYEE, people.employee_rows(tenant, told)
    yield "organisation_affiliation", people.AFFILIATION, people.affiliation_rows(tenant, told)
    posts, history = people.post_rows(tenant, told, day, dice)
    yield "organisation_post", people.POST, posts
    yield "organisation_posthistory", people.HISTORY, history
    yield "organisation_leadership", people.LEADERSHIP, people.leadership_rows(tenant, town, told)
    papers = Papers(tenant, town, told, rules, targeting, day, dice)
    yield "competence_textmapping", MAPPING, papers.mapping_rows()
    yield "competence_localrule", LOCAL, papers.local_rows()
    yield "competence_duty", DUTY, papers.duty_rows()
    yield "competence_dispensation", DISPENSATION, papers.dispensation_rows()
    yield "competence_evidence", EVIDENCE, papers.evidence_rows()


@contextmanager
def _staged(cursor: CursorWrapper, table: str, columns: str) -> Iterator[None]:
    cursor.execute(f'CREATE TEMPORARY TABLE staged AS SELECT {columns} FROM "{table}" WITH NO DATA')
    yield
    cursor.execute(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM staged')
    cursor.execute("DROP TABLE staged")


def _copy(cursor: CursorWrapper, table: str, columns: tuple[str, ...], rows: Iterable[str]) -> None:
    """A few thousand lines at a time, so that the memory that is needed does not follow the size."""
    names = ", ".join(f'"{name}"' for name in columns)
    with _staged(cursor, table, names), cursor.copy("COPY staged FROM STDIN") as out:
        some: list[str] = []
        for row in rows:
            some.append(row)
            if len(some) == 5000:
                out.write("".join(some))
                some.clear()
        out.write("".join(some))


def is_laid() -> datetime | None:
    """When the nation here was done; None where it is not, or there is none."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('synth.nation') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("SELECT done_at FROM synth.nation")
        row = cursor.fetchone()
    return row[0] if row else None
