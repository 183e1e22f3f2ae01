"""The nation: time in the database as the web role, row-level security on and the scope set, warm. Measured around
`execute` and `fetchall`, the median of many; each beside the best SQL by hand (`floors`), taken by turns in one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import floors
from bench.figures import Figure, at_most, measure

NATION = Path(os.environ.get("KOMPETANSE_NATION_DATA", ".data-nation")).resolve()
REGION = Path(os.environ.get("KOMPETANSE_REGION_DATA", ".data-region")).resolve()
RATIO = 1.5
NOW = datetime.now(UTC)
DAY, PAST = NOW.date(), NOW.date() - timedelta(days=400)
KNOWN = NOW - timedelta(days=400)
SEVEN, ALONE = 7, "9006"  # the first region, and the municipality of 1,500
BRANCHES = 16  # of the question about many municipalities: PostgreSQL's own processes share them
KNOWN_SUMS = """
    SELECT {place}, s.requirement_id, s.state, count(*)
    FROM unnest(%(tenants)s::bigint[]) WITH ORDINALITY t (tenant_id, place)
    CROSS JOIN LATERAL competence_status_known(t.tenant_id, %(past)s, %(known)s) s
    WHERE t.place %% {branches} = {branch} GROUP BY 1, 2, 3
"""
SHARED = "SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0"


def known_sums(place: str, tenants: int) -> str:
    branches = min(BRANCHES, tenants)
    return " UNION ALL ".join(
        KNOWN_SUMS.format(place=place, branches=branches, branch=branch) for branch in range(branches)
    )


def _environment(data: Path) -> dict[str, str]:
    settings = "kompetanse.config.settings.local"
    return {**os.environ, "KOMPETANSE_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings}


class Base:
    """A database with made-up municipalities, loaded where it is missing; up until the benchmarks are done."""

    def __init__(self, data: Path, scale: str) -> None:
        import atexit

        from kompetanse.foundation import embedded

        child = embedded.ensure(data)
        if child is not None:
            atexit.register(embedded.stop, child)
        before = time.perf_counter()
        command = [sys.executable, "-m", "kompetanse", "synth", "--scale", scale]
        told = subprocess.run(command, env=_environment(data), check=True, capture_output=True, text=True).stdout
        self.loaded = time.perf_counter() - before if "er lagt inn" in told else None
        self.data = data
        self.owner = self.connect(embedded.OWNER)
        rows = self.owner.execute(
            "SELECT m.number, m.tenant_id FROM organisation_municipality m ORDER BY m.number"
        ).fetchall()
        self.owner.rollback()
        self.towns: dict[str, int] = dict(rows)
        self.tenants = list(self.towns.values())
        self.alone = self.towns[ALONE]

    def connect(self, user: str) -> Any:
        import psycopg

        from kompetanse.foundation import embedded

        # As Django does it: the values are put into the text by the client, and nothing is prepared.
        return psycopg.connect(embedded.dsn(self.data, user=user), cursor_factory=psycopg.ClientCursor)

    def web(self, tenants: list[int]) -> Any:
        """A connection of the web role in a transaction that has these tenants in sight."""
        from kompetanse.foundation import embedded

        return scoped(self.connect(embedded.WEB), tenants)


def scoped(connection: Any, tenants: list[int]) -> Any:
    connection.execute(
        "SELECT set_config('app.tenants', %s, true), set_config('app.now', %s, true)",
        [",".join(map(str, tenants)), NOW.isoformat()],
    )
    return connection


_bases: dict[str, Base] = {}


def base(scale: str) -> Base:
    from django.apps import apps

    if not apps.ready:
        import django

        os.environ.update(_environment(NATION))
        django.setup()
    if scale not in _bases:
        _bases[scale] = Base(NATION if scale == "nation" else REGION, scale)
    return _bases[scale]


def clock(run: Callable[[], object]) -> float:
    before = time.perf_counter()
    run()
    return (time.perf_counter() - before) * 1000


def asked(connection: Any, statement: str, told: dict[str, Any]) -> Callable[[], object]:
    return lambda: connection.execute(statement, told).fetchall()


def _spent(connection: Any) -> float:
    """Milliseconds of processor that the connection's server process has used."""
    fields = Path(f"/proc/{connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def beside(
    name: str, goal: float, connection: Any, ours: Callable[[], object], floor: Callable[[], object], rounds: int
) -> list[Figure]:
    """Ours and the floor by turns, so that what else the machine does falls on both."""
    for run in (ours, floor) if rounds > 1 else ():
        run()
    mine, best = [], []
    used = []
    for _ in range(rounds):
        before = _spent(connection)
        mine.append(clock(ours))
        used.append(_spent(connection) - before)
        best.append(clock(floor))
    took, least = statistics.median(mine), statistics.median(best)
    load = f"load {os.getloadavg()[0]:.1f}, floor {least:.3f} ms, fastest {min(mine):.3f} ms"
    if took > 20:  # the kernel counts in hundredths of a second
        load += f", {statistics.mean(used):.0f} ms of processor"
    print(f"    {name} {took:.3f} ms, {load}", flush=True)
    return [at_most(name, took, "ms", goal, load), at_most(f"{name}_ratio", took / least, "x", RATIO, load)]


@measure("nation_kept")
def kept() -> list[Figure]:
    """What stands ready: a person, a unit, a municipality, a region, the nation."""
    nation = base("nation")
    from kompetanse.domains.competence.queries.kept import BY_MUNICIPALITY, BY_UNIT, OF_PEOPLE

    tenant, seven = nation.alone, nation.tenants[:SEVEN]
    one, forty = people(nation)
    told: dict[str, Any] = {"tenant": tenant, "tenants": [tenant], "day": DAY, "one": one}
    sql = nation.web([tenant])
    alone = told | {"who": [one]}
    figures = beside("person", 2, sql, asked(sql, OF_PEOPLE, alone), asked(sql, floors.PERSON, told), 400)
    group = told | {"who": forty}
    figures += beside("unit_of_40", 5, sql, asked(sql, OF_PEOPLE, group), asked(sql, floors.UNIT, group), 200)
    figures += beside("municipality", 10, sql, asked(sql, BY_UNIT, told), asked(sql, floors.BY_UNIT, told), 200)
    sql = nation.web(seven)
    told = {"tenants": seven, "day": DAY}
    figures += beside("region", 100, sql, asked(sql, BY_UNIT, told), asked(sql, floors.BY_UNIT, told), 60)
    sql = nation.web(nation.tenants)
    told = {"tenants": nation.tenants, "day": DAY}
    return figures + beside(
        "nation", 250, sql, asked(sql, BY_MUNICIPALITY, told), asked(sql, floors.BY_MUNICIPALITY, told), 20
    )


@measure("nation_known")
def known() -> list[Figure]:
    """The same of a past day, as it was known then: reckoned from the ledger."""
    nation = base("nation")
    figures = []
    for name, tenants, goal, rounds in (
        ("municipality_known", [nation.alone], 100, 15),
        ("region_known", nation.tenants[:SEVEN], 2000, 3),
        ("nation_known", nation.tenants, 20000, 1),
    ):
        sql = nation.web(tenants)
        told: dict[str, Any] = {"tenants": tenants, "past": PAST, "known": KNOWN}
        sql.execute(SHARED)
        statement = known_sums("t.tenant_id" if name == "nation_known" else "s.unit_id", len(tenants))

        def floor(sql: Any = sql, told: dict[str, Any] = told) -> None:
            for tenant in told["tenants"]:
                sql.execute(floors.KNOWN, told | {"tenant": tenant}).fetchall()

        figures += beside(name, goal, sql, asked(sql, statement, told), floor, rounds)
    return figures


@measure("nation_proof")
def proof() -> list[Figure]:
    """The command that proves the whole nation, two at a time; the floor reckons as much, two at a time."""
    nation = base("nation")
    command = [sys.executable, "-m", "kompetanse", "prove", "--parallel", "2"]
    before = time.perf_counter()
    done = subprocess.run(command, env=_environment(NATION), capture_output=True, text=True, check=False)
    took = time.perf_counter() - before
    load = f"load {os.getloadavg()[0]:.1f}"

    def half(tenants: list[int]) -> None:
        sql = nation.web(tenants)
        for tenant in tenants:
            sql.execute(floors.KNOWN, {"tenant": tenant, "past": DAY, "known": NOW}).fetchall()
        sql.close()

    ordered = nation.tenants
    threads = [threading.Thread(target=half, args=(ordered[at::2],)) for at in (0, 1)]
    before = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    least = time.perf_counter() - before
    print(f"    proof {took:.1f} s, {load}, floor {least:.1f} s: {done.stdout.strip()[-200:]}", flush=True)
    return [
        at_most("proof_seconds", took, "s", 60, load),
        at_most("proof_ratio", took / least, "x", RATIO, load),
        Figure("proof_unlike", done.returncode, "", "= 0", done.returncode == 0),
    ]


INSERT = """
    INSERT INTO competence_evidence (tenant_id, employee_id, requirement_id, title, title_key, issuer,
        certificate_number, completed_on, source, reference, file, recorded_at, recorded_by, verified_by, why, void)
    VALUES (%(tenant)s, %(one)s, %(requirement)s, 'x', 'x', '', '', %(day)s, 'manager', '', '', now(), 'x', '', '',
        false)
"""
MOVE = """
    UPDATE organisation_post SET title_key = 'kokk', position_title = 'Kokk'
    WHERE tenant_id = %(tenant)s AND id = %(post)s
"""
DISPENSE = """
    INSERT INTO competence_dispensation (tenant_id, employee_id, unit_id, requirement_id, position_title, decided_by,
        case_reference, why, valid_from, valid_to, recorded_at, recorded_by, withdrawn_by, withdrawn_why)
    VALUES (%(tenant)s, %(one)s, %(unit)s, %(requirement)s, '', 'x', '', 'x', %(day)s, %(later)s, now(), 'x', '', '')
"""


@measure("nation_writes")
def writes() -> list[Figure]:
    """One row written, with statuses and sums right in the same transaction and every constraint looked at. Taken back
    each time, outside the time. The floor: the row and the rows it moves, as the owner with the triggers off."""
    nation = base("nation")
    one, _ = people(nation)
    look = nation.web([nation.alone])
    post, unit, requirement = look.execute(
        """SELECT p.id, p.unit_id, s.requirement_id FROM organisation_post p
           JOIN competence_status s ON s.tenant_id = p.tenant_id AND s.employee_id = p.employee_id
                AND s.unit_id = p.unit_id
           WHERE p.employee_id = %s AND s.state = 4
             AND NOT EXISTS (SELECT FROM competence_dispensation d WHERE d.employee_id = p.employee_id) LIMIT 1""",
        [one],
    ).fetchone()
    look.close()
    told = {
        "tenant": nation.alone, "one": one, "post": post, "unit": unit, "requirement": requirement, "day": DAY,
        "later": DAY + timedelta(days=300),
    }  # fmt: skip
    sql = nation.web([nation.alone])
    figures = []
    with nation.owner.transaction(force_rollback=True):
        scoped(nation.owner, [nation.alone])
        nation.owner.execute("ALTER TABLE competence_evidence DISABLE TRIGGER USER")
        least = statistics.median(written(nation.owner, floors.EVIDENCE, told) for _ in range(60))
    for name, statement in (("evidence", INSERT), ("post_change", MOVE), ("dispensation", DISPENSE)):
        before = _spent(sql)
        each = [written(sql, statement, told) for _ in range(100)]
        used = (_spent(sql) - before) / len(each)
        took = statistics.median(each[10:])
        load = f"load {os.getloadavg()[0]:.1f}, floor {least:.3f} ms, fastest {min(each):.3f} ms"
        load += f", {used:.1f} ms of processor"
        print(f"    write_{name} {took:.3f} ms, {load}", flush=True)
        figures += [
            at_most(f"write_{name}", took, "ms", 10, load),
            at_most(f"write_{name}_ratio", took / least, "x", RATIO, load),
        ]
    return figures


def written(connection: Any, statement: str, told: dict[str, Any]) -> float:
    connection.execute("SAVEPOINT one")

    def run() -> None:
        connection.execute(statement, told)
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")

    took = clock(run)
    connection.execute("ROLLBACK TO SAVEPOINT one")
    connection.execute("RELEASE SAVEPOINT one")
    return took


@measure("nation_growth")
def growth() -> list[Figure]:
    """One person's and one unit's answer in the nation against the same in a database of seven municipalities."""
    nation, region = base("nation"), base("region")
    from kompetanse.domains.competence.queries.kept import OF_PEOPLE

    figures = []
    for name, at in (("person", 0), ("unit_of_40", 1)):
        runs = []
        for where in (nation, region):
            found = people(where)[at]
            who = found if isinstance(found, list) else [found]
            told = {"tenants": [where.alone], "who": who, "day": DAY}
            runs.append(asked(where.web([where.alone]), OF_PEOPLE, told))
        for _ in range(20):
            runs[0](), runs[1]()
        pairs = []
        for turn in range(400):  # by turns also who is first: the first of a pair wakes the machine
            first = turn % 2
            took = {first: clock(runs[first]), 1 - first: clock(runs[1 - first])}
            pairs.append((took[0], took[1]))
        large, small = (statistics.median(column) for column in zip(*pairs, strict=True))
        load = f"load {os.getloadavg()[0]:.1f}, nation {large:.3f} ms, region {small:.3f} ms"
        print(f"    growth_{name} {large / small:.2f}, {load}", flush=True)
        figures.append(at_most(f"growth_{name}", large / small, "x", 1.3, load))
    return figures


def people(where: Base) -> tuple[int, list[int]]:
    """One person, and the forty (or as near as there is) of one unit, in the municipality of 1,500."""
    sql = where.web([where.alone])
    unit, many = sql.execute(
        """SELECT unit_id, count(*) FROM organisation_post WHERE tenant_id = %s
           GROUP BY 1 ORDER BY abs(count(*) - 40), 1 LIMIT 1""",
        [where.alone],
    ).fetchone()
    who = [
        row[0]
        for row in sql.execute(
            "SELECT DISTINCT employee_id FROM organisation_post WHERE tenant_id = %s AND unit_id = %s ORDER BY 1",
            [where.alone, unit],
        )
    ]
    sql.close()
    assert 30 <= many <= 50, many
    return who[5], who
