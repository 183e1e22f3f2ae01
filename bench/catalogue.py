"""The catalogue over 20,000 runs, a course's page, and a run with 500 participants: CPU in the server's process, and
server time. In a region of the benchmark's own, so that the demo's pages stay what they are."""

from __future__ import annotations

import gc
import json
import random
import statistics
import time
from datetime import timedelta
from typing import Any

from bench import installation
from bench.figures import Figure, at_most, measure

RUNS, PEOPLE, ROUNDS, WARM_UP = 20_000, 500, 60, 15
TOPICS = ("Legemiddelhåndtering", "Førstehjelp", "Varme arbeider", "Vold og trusler", "Demens", "Personvern", "Velferd")
PLACES = ("Kongsberg", "Notodden", "Rjukan", "Bø", "Seljord", "Uvdal", "Hjartdal")
DEMENTIA = ("Demens 1", "Demens 11")  # those that are planned by the template
NOT_ASKING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def _region() -> dict[str, int]:
    """The region's ids; built in bulk where the benchmarks' server has none."""
    ready = installation.DATA / "catalogue.ready"
    if ready.exists():
        found: dict[str, int] = json.loads(ready.read_text())
        return found
    print("    bygger 20 000 kurs …", flush=True)
    told = _build()
    ready.write_text(json.dumps(told))
    return told


def _build() -> dict[str, int]:
    from kompetanse.domains.courses import api as courses
    from kompetanse.domains.courses.models import Run, RunContent, Session, Signup
    from kompetanse.domains.courses.types import BlockKind, CourseForm, RunStatus, SignupStatus
    from kompetanse.domains.organisation.types import Role
    from kompetanse.foundation import clock
    from kompetanse.foundation.tenancy import tenant_scope
    from tests import make
    from tests.make import teaching as made

    chance = random.Random(20_000)
    region = make.region(municipalities=7)
    who, office = make.employee(region.municipalities[0]), make.with_role(region, Role.COURSE_ADMINISTRATOR)
    ctx, measure_id, course_id = make.system(region, clock.now()), made.measure(region), made.course(region)
    towns = [town.tenant_id for town in region.municipalities]
    begins = clock.now().replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=365)
    with tenant_scope(ctx):
        for first in range(0, RUNS, 2000):
            runs = []
            for number in range(first, first + 2000):
                topic, place = chance.choice(TOPICS), chance.choice(PLACES)
                starts = begins + timedelta(days=730 * number / RUNS)
                over, seats = starts < clock.now(), chance.randint(8, 40)
                runs.append(
                    Run(
                        tenant_id=region.tenant_id, measure_id=measure_id, title=f"{topic} {number % 40}", place=place,
                        starts_at=starts, ends_at=starts + timedelta(hours=6), max_seats=seats,
                        seats_taken=chance.choice((0, seats // 2, seats)), deadline=starts.date() - timedelta(days=10),
                        status=RunStatus.HELD if over else RunStatus.OPEN,
                    )
                )  # fmt: skip
            runs = Run.objects.bulk_create(runs)
            Session.objects.bulk_create(
                Session(tenant_id=run.tenant_id, run=run, number=1, starts_at=run.starts_at, ends_at=run.ends_at,
                        place=run.place)
                for run in runs
            )  # fmt: skip
            RunContent.objects.bulk_create(
                RunContent(
                    tenant_id=run.tenant_id, run=run, course_id=course_id if run.title in DEMENTIA else None,
                    course_version=1 if run.title in DEMENTIA else None,
                    form=chance.choice(list(CourseForm)),
                    municipality_id=chance.choice(towns), requirement_code=chance.choice(("HLR", "VARME", "")),
                    words=f"{run.title} {run.place} Helsefagarbeidere og sykepleiere Et kurs over en dag.",
                )
                for run in runs
            )  # fmt: skip
    run_id = made.run(region, course_id, sessions=tuple(_sessions(made)), max_seats=PEOPLE, measure_id=measure_id)
    for session in courses.list_sessions(ctx, run_id=run_id):
        day = session.starts_at.date()
        courses.set_blocks(ctx, session_id=session.id, blocks=[made.block(BlockKind.THEORY, "09:00", "12:00", day=day)])
    people = [make.employee(town) for town in region.municipalities for _ in range(PEOPLE // 7 + 1)][:PEOPLE]
    with tenant_scope(ctx):
        Signup.objects.bulk_create(
            Signup(
                tenant_id=one.employee.tenant_id, region_id=region.tenant_id, run_id=run_id, employee=one.employee,
                unit_id=one.post.unit_id, status=SignupStatus.SEATED, queue_number=number, why="", asked_at=ctx.now,
            )
            for number, one in enumerate(people, 1)
            if one.employee is not None and one.post is not None
        )  # fmt: skip
        Run.objects.filter(pk=run_id).update(seats_taken=PEOPLE, last_number=PEOPLE, municipalities=towns)
    return {"who": who.account.pk, "office": office.account.pk, "run": run_id, "course": course_id, "town": towns[0]}


def _sessions(made: Any) -> list[Any]:
    return [made.session(made.DAY + timedelta(days=7 * number)) for number in range(4)]


def _analysed() -> None:
    """As the database has it some minutes after: it knows what is in the tables."""
    import psycopg

    from kompetanse.foundation import embedded

    with psycopg.connect(embedded.dsn(installation.DATA, user=embedded.OWNER), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE courses_run, courses_runcontent, courses_session, courses_signup")


@measure("catalogue")
def catalogue() -> list[Figure]:
    installation.demo()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from kompetanse.domains.organisation.models import Account

    told = _region()
    _analysed()
    clients = {}
    for key in ("who", "office"):
        clients[key] = Client(SERVER_NAME="127.0.0.1")
        account = Account.objects.get(pk=told[key])
        clients[key].force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    first = clients["who"].get("/kurs/").content.decode()
    further = first.split('href="?')[-1].split('"')[0].replace("&amp;", "&")
    assert "etter=" in further, first[-2000:]
    narrow = f"kommune={told['town']}&form=digital&krav=HLR&ledig=1&q=f%C3%B8rste"
    pages: list[tuple[str, str, str, float | None, float | None]] = [  # name, who, where, CPU and time at most
        ("page_of_50", "who", "/kurs/", 12, None),
        ("next_page", "who", f"/kurs/?{further}", 12, None),
        ("search", "who", "/kurs/?q=legemiddel+kongsberg", 12, None),
        ("search_narrowed", "who", f"/kurs/?{narrow}", 12, None),
        ("search_in_vain", "who", "/kurs/?q=sveising", 12, None),
        ("course_page", "who", f"/kursmaler/{told['course']}/", 8, None),
        ("run_page", "who", f"/kurs/{told['run']}/", 8, 150),
        ("run_page_office", "office", f"/kurs/{told['run']}/", None, 150),
        ("participants_500", "office", f"/kurs/{told['run']}/deltakere/", None, 150),
        ("calendar_month", "who", "/kurs/kalender/", None, None),
    ]
    asked: dict[str, int] = {}
    for name, key, where, _, _ in pages:
        with CaptureQueriesContext(connection) as said:
            answer = clients[key].get(where)
        assert answer.status_code == 200, (where, answer.status_code)
        asked[name] = sum(not q["sql"].startswith(NOT_ASKING) for q in said.captured_queries)
    gc.collect()
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name, *_ in pages}
    for _ in range(WARM_UP + ROUNDS):
        for name, key, where, _, _ in pages:
            began, before = time.perf_counter(), time.process_time()
            clients[key].get(where)
            spent[name].append(((time.process_time() - before) * 1000, (time.perf_counter() - began) * 1000))
    figures = []
    for name, _, _, cpu_goal, time_goal in pages:
        cpu, took = (statistics.median(one) for one in zip(*spent[name][WARM_UP:], strict=True))
        beside = f"{asked[name]} queries, {took:.1f} ms in all"
        if cpu_goal is not None:
            figures.append(at_most(f"catalogue_{name}_cpu", cpu, "ms", cpu_goal, beside))
        else:
            figures.append(Figure(f"catalogue_{name}_cpu", round(cpu, 4), "ms", beside=beside))
        if time_goal is not None:
            p95 = statistics.quantiles([one[1] for one in spent[name][WARM_UP:]], n=20)[-1]
            figures.append(at_most(f"catalogue_{name}_p95", p95, "ms", time_goal, beside))
    return figures
