"""Ten years of 50,000 people, lived a quarter at a time and then looked back upon.

While the years go by only those are reckoned whom something has happened to, or whose day has come, and what is kept
is written down each quarter. When all is known, each of the forty days is reckoned anew, for everybody, as it was
known then. The two must be the same. `REPLAY_PEOPLE` makes it smaller.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from bench import installation
from bench.figures import Figure, at_most, measure

PEOPLE = int(os.environ.get("REPLAY_PEOPLE", "50000"))
TENANTS = (1, 2, 3, 4, 5)
UNITS = 40  # in each municipality
QUARTERS = [date(2016 + n // 4, 3 * (n % 4) + 1, 15) for n in range(40)]
DATABASE = "kompetanse_replay"
TITLES = (("Sykepleier", "sykepl"), ("Lærer", "lar"), ("Renholder", "renhold"))
WORDS = ("hjertestart", "truck", "brannvern")
SAME = "state, beneath, ends, evidence_id, since"

_COLUMNS = {
    "organisation_employee": "tenant_id, id, person_id, given_name, family_name, email, phone",
    "organisation_post": "tenant_id, id, employee_id, unit_id, employee_number, position_code, position_title, "
    "title_key, is_main, valid_from",
    "competence_evidence": "tenant_id, id, employee_id, requirement_id, title, title_key, issuer, certificate_number, "
    "completed_on, valid_to, points, source, reference, file, recorded_at, recorded_by, verified_by, corrects_id, why, "
    "void",
    "competence_duty": "tenant_id, id, employee_id, unit_id, name, key, valid_from, valid_to, recorded_at, recorded_by",
    "competence_dispensation": "tenant_id, id, employee_id, unit_id, requirement_id, position_title, decided_by, "
    "case_reference, why, valid_from, valid_to, recorded_at, recorded_by, withdrawn_by, withdrawn_why",
}
# code: interval, anchor, early window, grace, credit, source, lines (kind, key), and groups of members (needs, points)
_VERSIONS: dict[int, tuple[Any, ...]] = {
    1: (12, "completion", None, 0, None, "forskrift", [("everyone", "")], []),
    2: (24, "previous_expiry", 3, 30, None, "forskrift", [("position", "sykepl"), ("unit", "skole")], []),
    3: (12, "fixed_date", 2, 0, None, "intern", [("sector", "oppvekst"), ("leader", "")], []),
    4: (None, "", None, 0, None, "intern", [("position", "lar")], [(1, 5, None), (1, 6, 30), (2, 7, None)]),
    5: (60, "previous_expiry", 6, 0, 24, "norm", [("role", "verneombud")], []),
    6: (36, "completion", None, 45, None, "intern", [], []),
    7: (None, "", None, 0, None, "intern", [("position", "renhold")], []),
    8: (6, "completion", None, 0, 12, "intern", [("unit", "sykehjem")], []),
}


class Years:
    """The facts of the years, made by the throw of dice that always fall alike."""

    def __init__(self) -> None:
        self.dice = random.Random(2016)
        self.number = 0
        self.staff: list[int] = []
        self.post: dict[int, tuple[int, int, date]] = {}  # employee → post, unit, first day
        self.standing: list[tuple[Any, ...]] = []  # evidence that may be corrected yet
        self.dispensed: list[tuple[int, int]] = []
        self.had: set[tuple[str, int]] = set()

    def next(self) -> int:
        self.number += 1
        return self.number

    def tenant(self, employee: int) -> int:
        return TENANTS[employee % len(TENANTS)]

    def unit(self, employee: int) -> int:
        return self.tenant(employee) * 1000 + self.dice.randrange(UNITS)

    def hired(self, day: date, how_many: int) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        people, posts = [], []
        for _ in range(how_many):
            who = len(self.staff) + 1
            self.staff.append(who)
            people.append((self.tenant(who), who, who, "Kari", f"Lie {who}", "", ""))
            posts.append(self._post(who, day))
        return people, posts

    def _post(self, who: int, day: date) -> tuple[Any, ...]:
        first = day - timedelta(days=self.dice.randrange(400))
        title, key = TITLES[who % 3]
        unit, number = self.unit(who), self.next()
        self.post[who] = (number, unit, first)
        return (self.tenant(who), number, who, unit, str(who), "", title, key, True, first)

    def moved(self, day: date) -> list[tuple[Any, ...]]:
        """(tenant, post, unit, last day, gone on, leave from, leave to): one in twenty has something happen."""
        found: list[tuple[Any, ...]] = []
        for who in self.dice.sample(self.staff, len(self.staff) // 20):
            number, unit, first = self.post[who]
            act = self.dice.random()
            if act < 0.4:
                unit = self.unit(who)
                self.post[who] = (number, unit, first)
                found.append((self.tenant(who), number, unit, None, None, None, None))
            elif act < 0.7:
                start = day + timedelta(days=self.dice.randrange(-60, 60))
                end = self.dice.choice([None, start + timedelta(days=self.dice.randrange(300))])
                found.append((self.tenant(who), number, unit, None, None, start, end))
            elif act < 0.9:
                end = max(first, day + timedelta(days=self.dice.randrange(-30, 120)))
                found.append((self.tenant(who), number, unit, end, None, None, None))
            else:
                found.append((self.tenant(who), number, unit, None, day, None, None))
        return found

    def shown(self, day: date, now: datetime) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        for who in self.dice.sample(self.staff, len(self.staff) * 35 // 100):
            done = day - timedelta(days=self.dice.randrange(-20, 200))
            valid_to = done + timedelta(days=self.dice.randrange(1500)) if self.dice.random() < 0.3 else None
            requirement: int | None = self.dice.randrange(1, 9)
            source, verified, key, act = "manager", "", "kurs", self.dice.random()
            if act < 0.15:
                requirement, source, key = None, "import", self.dice.choice(WORDS)
            elif act < 0.25:
                source, verified = "self", self.dice.choice(["", "Leder"])
            points = self.dice.choice([None, 10, 20]) if requirement == 6 else None
            rows.append(self._evidence(who, requirement, key, done, valid_to, points, source, now, verified))
        for old in self.dice.sample(self.standing, len(self.standing) // 100):
            self.standing.remove(old)
            void = self.dice.random() < 0.3
            done = old[8] - timedelta(days=self.dice.randrange(-30, 30))
            rows.append(
                self._evidence(old[2], old[3], old[5], done, None, old[10], old[11], now, old[16], old[1], void)
            )
        self.standing += self.dice.sample(rows, len(rows) // 20)
        return rows

    def _evidence(
        self, who: int, requirement: int | None, key: str, done: date, valid_to: date | None, points: int | None,
        source: str, now: datetime, verified: str, corrects: int | None = None, void: bool = False,
    ) -> tuple[Any, ...]:  # fmt: skip
        return (
            self.tenant(who), self.next(), who, requirement, "Kurs", key, "", "", done, valid_to, points, source, "",
            "", now, "bench", verified, corrects, "Feil" if corrects else "", void,
        )  # fmt: skip

    def _once(self, what: str, how_many: int) -> list[int]:
        """People who have not had it before: two at a time are refused."""
        found = [who for who in self.dice.sample(self.staff, how_many) if (what, who) not in self.had]
        self.had |= {(what, who) for who in found}
        return found

    def duties(self, day: date, now: datetime) -> list[tuple[Any, ...]]:
        return [
            (self.tenant(who), self.next(), who, self.post[who][1], f"Verneombud {self.number}", "verneombud",
             day, day + timedelta(days=self.dice.randrange(600)), now, "bench")
            for who in self._once("duty", len(self.staff) // 400)
        ]  # fmt: skip

    def dispensations(self, day: date, now: datetime) -> list[tuple[Any, ...]]:
        rows = [
            (self.tenant(who), self.next(), who, self.post[who][1], self.dice.randrange(1, 9), "", "Rektor", "",
             "Ingen søkere", day, day + timedelta(days=self.dice.randrange(400)), now, "bench", "", "")
            for who in self._once("dispensation", len(self.staff) // 300)
        ]  # fmt: skip
        self.dispensed += [(row[0], row[1]) for row in rows]
        return rows


def _database() -> str:
    """A new database with the schema, beside the demo's. Gives how a superuser reaches it."""
    installation.server()
    from django.db import connections

    from kompetanse.config import installation as installed
    from kompetanse.foundation import embedded

    admin = embedded.dsn(installation.DATA, user="postgres", dbname="postgres")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    embedded.prepare(admin, database=DATABASE)
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    connections.close_all()
    for alias in before:
        connections[alias].settings_dict["NAME"] = DATABASE
    try:
        installed.migrate()
    finally:
        connections.close_all()
        for alias, name in before.items():
            connections[alias].settings_dict["NAME"] = name
    return embedded.dsn(installation.DATA, user="postgres", dbname=DATABASE)


def _copy(cursor: psycopg.Cursor[Any], table: str, rows: Iterable[Sequence[Any]], columns: str = "") -> None:
    with cursor.copy(f"COPY {table} ({columns or _COLUMNS[table]}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _version(cursor: psycopg.Cursor[Any], number: int, requirement: int, first: date, last: date | None,
             now: datetime, **other: Any) -> None:  # fmt: skip
    interval, anchor, early, grace, credit, source, lines, members = _VERSIONS[requirement]
    fixed = (6, 20) if anchor == "fixed_date" else (None, None)
    cursor.execute(
        "INSERT INTO competence_requirementversion (id, requirement_id, valid_from, valid_to, source_type, reference, "
        "applies_to, scope, interval_months, anchor, fixed_month, fixed_day, early_window_months, grace_days, "
        "credit_months, least, consequence_nb, consequence_nn, verified, responsible, note, recorded_at, recorded_by) "
        "VALUES (%s, %s, %s, %s, %s, '', '', 'person', %s, %s, %s, %s, %s, %s, %s, 1, '', '', 'V', '', '', %s, 'b')",
        [number, requirement, first, last, source, other.get("interval", interval), anchor, *fixed, early, grace,
         credit, now],
    )  # fmt: skip
    for kind, key in lines:
        cursor.execute(
            "INSERT INTO competence_requirementtarget (version_id, kind, value, key, within, within_key, part) "
            "VALUES (%s, %s, %s, %s, '', '', '')",
            [number, kind, key, key],
        )
    for group, needs, points in members:
        cursor.execute(
            'INSERT INTO competence_alternative (version_id, "group", needs_id, points) VALUES (%s, %s, %s, %s)',
            [number, group, needs, points],
        )


def _begin(cursor: psycopg.Cursor[Any], now: datetime) -> None:
    """Municipalities, units with their leaders, and a register of the years' own."""
    cursor.execute("TRUNCATE competence_requirement, foundation_tenant CASCADE")
    for tenant in TENANTS:
        cursor.execute("INSERT INTO foundation_tenant (id, name) VALUES (%s, %s)", [tenant, f"Kommune {tenant}"])
        for n in range(UNITS):
            word = ("sykehjem", "skole", "radhus")[n % 3]
            cursor.execute(
                "INSERT INTO organisation_unit (tenant_id, id, code, name, path, name_words, sector, sector_key, "
                "written_form, leader_number) VALUES (%s, %s, %s, %s, '{}', %s, '', %s, '', '')",
                [tenant, tenant * 1000 + n, str(n), f"Lia {word}", ["lia", word], ("helse", "oppvekst")[n % 2]],
            )
    for requirement in _VERSIONS:
        cursor.execute(
            "INSERT INTO competence_requirement (id, code, name_nb, name_nn, position) VALUES (%s, %s, '', '', 0)",
            [requirement, f"R{requirement}"],
        )
    for requirement in _VERSIONS:
        _version(cursor, requirement, requirement, date(2000, 1, 1), None, now)
    for requirement, by in ((1, 2), (2, 5), (7, 3)):
        cursor.execute(
            "INSERT INTO competence_equivalence (requirement_id, by_id, valid_from, valid_to, recorded_at) "
            "VALUES (%s, %s, '2000-01-01', %s, %s)",
            [requirement, by, date(2021, 6, 1) if by == 3 else None, now],
        )


def _register(cursor: psycopg.Cursor[Any], quarter: int, day: date, now: datetime) -> None:
    """What changes in the register and in the municipalities' own rules as the years go by."""
    if quarter in (12, 26):  # another interval from a day on: the version before is told again with a last day
        requirement, new = (1, 18) if quarter == 12 else (8, 9)
        first = day + timedelta(days=50)
        cursor.execute("UPDATE competence_requirementversion SET withdrawn_at = %s WHERE id = %s", [now, requirement])
        _version(cursor, 100 + requirement, requirement, date(2000, 1, 1), first - timedelta(days=1), now)
        _version(cursor, 200 + requirement, requirement, first, None, now, interval=new)
    if quarter == 27:
        _own(cursor, "competence_versionreply", 2, "version_id, accepted, why", "208, false, ''", now)
    if quarter == 31:
        cursor.execute("UPDATE competence_versionreply SET withdrawn_at = %s", [now])
    if quarter == 15:
        _own(cursor, "competence_localrule", 3, "requirement_id, interval_months, why, valid_from",
             "2, 12, 'Strengere', '2019-12-01'", now)  # fmt: skip
    if quarter in (8, 20):
        for tenant in TENANTS[:4]:
            cursor.execute(
                "UPDATE competence_textmapping SET replaced_at = %s WHERE tenant_id = %s AND replaced_at IS NULL",
                [now, tenant],
            )
            for word, requirement in zip(WORDS, (1, 6, 2) if quarter == 8 else (1, 5, None), strict=True):
                cursor.execute(
                    "INSERT INTO competence_textmapping (tenant_id, text, text_key, requirement_id, confirmed_by, "
                    "confirmed_at) VALUES (%s, %s, %s, %s, 'b', %s)",
                    [tenant, word, word, requirement, now],
                )


def _own(cursor: psycopg.Cursor[Any], table: str, tenant: int, names: str, values: str, now: datetime) -> None:
    cursor.execute(
        f"INSERT INTO {table} (tenant_id, {names}, recorded_at, recorded_by) VALUES (%s, {values}, %s, 'b')",
        [tenant, now],
    )


def _live(cursor: psycopg.Cursor[Any], years: Years, quarter: int, day: date, now: datetime) -> None:
    """What is told in a quarter, loaded without the triggers; then those whom it touches are reckoned."""
    # What was known of posts is kept by a trigger of its own, which is not silenced.
    cursor.execute("SET session_replication_role = replica")
    people, posts = years.hired(day, PEOPLE * 3 // 4 if quarter == 0 else PEOPLE // 156)
    _copy(cursor, "organisation_person", ((row[1],) for row in people), "id")
    _copy(cursor, "organisation_employee", people)
    _copy(cursor, "organisation_post", posts)
    moved = years.moved(day) if quarter else []
    cursor.execute(
        "CREATE TEMP TABLE moved (tenant_id bigint, id bigint, unit_id bigint, valid_to date, ended_on date, "
        "leave_from date, leave_to date) ON COMMIT DROP"
    )
    _copy(cursor, "moved", moved, "tenant_id, id, unit_id, valid_to, ended_on, leave_from, leave_to")
    cursor.execute(
        "UPDATE organisation_post p SET unit_id = m.unit_id, valid_to = m.valid_to, ended_on = m.ended_on, "
        "leave_from = m.leave_from, leave_to = m.leave_to FROM moved m WHERE p.tenant_id = m.tenant_id AND p.id = m.id "
    )
    shown, duties, dispensed = years.shown(day, now), years.duties(day, now), years.dispensations(day, now)
    _copy(cursor, "competence_evidence", shown)
    _copy(cursor, "competence_duty", duties)
    _copy(cursor, "competence_dispensation", dispensed)
    taken_back = [years.dispensed.pop(0) for _ in range(len(years.dispensed) // 4)]
    cursor.execute(
        "UPDATE competence_dispensation SET withdrawn_at = %s, withdrawn_why = 'Feil' WHERE id = ANY (%s) "
        "RETURNING employee_id",
        [now, [number for _, number in taken_back]],
    )
    touched = {row[0] for row in cursor.fetchall()} | {row[2] for row in (*posts, *shown, *duties, *dispensed)}
    cursor.execute("SELECT employee_id FROM organisation_post p JOIN moved m ON m.id = p.id")
    touched |= {row[0] for row in cursor.fetchall()}
    cursor.execute("SET session_replication_role = origin")
    if quarter == 0:
        cursor.execute(
            "INSERT INTO organisation_leadership (tenant_id, unit_id, employee_id, is_acting, valid_from) SELECT "
            "tenant_id, unit_id, min(employee_id), false, '2016-02-01' FROM organisation_post GROUP BY 1, 2"
        )
        cursor.execute("ANALYZE")
    _register(cursor, quarter, day, now)
    for tenant in TENANTS:
        if quarter in (0, 12, 26):  # the register is another: everybody
            cursor.execute("SELECT competence_refresh_tenant(%s)", [tenant])
            continue
        cursor.execute(
            "SELECT employee_id FROM competence_clock WHERE tenant_id = %s AND turns_on <= %s", [tenant, day]
        )
        who = sorted({row[0] for row in cursor.fetchall()} | {one for one in touched if years.tenant(one) == tenant})
        for start in range(0, len(who), 1000):
            cursor.execute("SELECT competence_refresh(%s, %s::bigint[])", [tenant, who[start : start + 1000]])


@measure("replay")
def replay() -> list[Figure]:
    then, years = [datetime(day.year, day.month, day.day, 9, tzinfo=UTC) for day in QUARTERS], Years()
    compared = unlike = 0
    with psycopg.connect(_database(), autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.tenants', '1,2,3,4,5', false)")
        for kind in ("insert", "update"):
            cursor.execute(f"ALTER TABLE organisation_post ENABLE ALWAYS TRIGGER organisation_post_known_{kind}")
        cursor.execute(
            "CREATE UNLOGGED TABLE then_kept AS SELECT 0 AS quarter, s.* FROM competence_status s WHERE false"
        )
        _begin(cursor, datetime(2010, 1, 1, tzinfo=UTC))
        begun = time.perf_counter()
        for quarter, (day, now) in enumerate(zip(QUARTERS, then, strict=True)):
            cursor.execute("SELECT set_config('app.now', %s, false)", [now.isoformat()])
            with connection.transaction():
                _live(cursor, years, quarter, day, now)
            cursor.execute("INSERT INTO then_kept SELECT %s, s.* FROM competence_status s", [quarter])
        lived = time.perf_counter() - begun
        cursor.execute("ANALYZE")
        for quarter, (day, now) in enumerate(zip(QUARTERS, then, strict=True)):
            for tenant in TENANTS:
                cursor.execute(
                    f"SELECT count(*), count(*) FILTER (WHERE ({_told('a')}) IS DISTINCT FROM ({_told('b')})) FROM "
                    "(SELECT * FROM then_kept WHERE quarter = %s AND tenant_id = %s) a FULL JOIN "
                    "competence_status_known(%s, %s, %s) b USING (employee_id, unit_id, requirement_id)",
                    [quarter, tenant, tenant, day, now],
                )
                rows, others = cursor.fetchone() or (0, 0)
                compared, unlike = compared + rows, unlike + others
        looked_back = time.perf_counter() - begun - lived
        cursor.execute("SELECT count(*) FROM competence_evidence")
        evidence = (cursor.fetchone() or (0,))[0]
    return [
        Figure("replay_people", len(years.staff), "people"),
        Figure("replay_evidence", evidence, "rows"),
        Figure("replay_compared", compared, "rows", "> 0", compared > 0),
        at_most("replay_differences", unlike, "rows", 0),
        Figure("replay_years_lived", round(lived, 1), "s"),
        Figure("replay_looked_back", round(looked_back, 1), "s"),
    ]


def _told(alias: str) -> str:
    return ", ".join(f"{alias}.{name.strip()}" for name in SAME.split(","))
