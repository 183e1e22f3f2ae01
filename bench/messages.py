"""5,000 messages written and queued, and sent by a real worker that is killed again and again.

The worker is the product's own process, on the benchmarks' server, sending to a real SMTP server in a process of its
own. It is killed at random moments (SIGKILL) and started anew. At the end every message is sent and was taken once, or
was in a worker's hands when it died and is seen to have been. `MESSAGES_PEOPLE` makes it smaller.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from bench import installation
from bench._sinks import Sink, sink
from bench.figures import Figure, at_most, measure

PEOPLE = int(os.environ.get("MESSAGES_PEOPLE", "5000"))
DATABASE = "kompetanse_messages"
TITLE = "Medikamenthåndtering vår"
KILLS = 6
HANDS = 2  # what a worker does at once
LONGEST = 600.0  # seconds for all to be sent: a net, not a goal
NOW = datetime.now(UTC)


@measure("messages")
def run() -> list[Figure]:
    installation.server()
    from django.conf import settings
    from django.db import connections

    from kompetanse.config import installation as product
    from kompetanse.foundation import embedded

    dsn = embedded.dsn(installation.DATA, user="postgres", dbname="postgres")
    import psycopg

    with psycopg.connect(dsn, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)')
    embedded.prepare(dsn, database=DATABASE)
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    connections.close_all()
    for alias in before:
        connections[alias].settings_dict["NAME"] = DATABASE
    try:
        product.migrate()
        with sink("smtp") as post:
            return _figures(post)
    finally:
        connections.close_all()
        for alias, name in before.items():
            connections[alias].settings_dict["NAME"] = name


def _figures(post: Sink) -> list[Figure]:
    from kompetanse.domains.messages import api as messages
    from kompetanse.domains.messages.types import Appointment, Draft

    ctx, region_id, tenant_id, people = _region()
    starts = NOW + timedelta(days=30)
    drafts = [
        Draft(
            tenant_id, person_id, f"Kari Nordmann {n}", f"kari.{n}@example.com", f"bench-{n}",
            {"title": TITLE, "when": "24.04.2027 kl. 09.00", "place": "Storsalen", "why": "Plass."}, f"bench-{n}",
            (Appointment("s-1", TITLE, starts, starts + timedelta(hours=6), "Storsalen"),),
        )
        for n, person_id in enumerate(people)
    ]  # fmt: skip
    begun = time.perf_counter()
    written = messages.write_of_kind(ctx, kind="courses.seated", region_id=region_id, drafts=drafts, about="run-1")
    seconds = time.perf_counter() - begun
    print(f"    {written} written and queued in {seconds:.2f} s", flush=True)
    again = messages.write_of_kind(ctx, kind="courses.seated", region_id=region_id, drafts=drafts, about="run-1")
    killed, took = _send(post, ctx)
    states = {row.state.value: row.count for row in messages.get_states(ctx, about="run-1").states}
    times = Counter(
        found for it in post.taken() for found in re.findall(r"(?im)^message-id: *<\d+\.(\d+)\.", it["mail"])
    )
    sent = _ids(ctx, "sent")
    interrupted = _ids(ctx, "sending")
    return [
        at_most(f"{written:,} messages with invitations put into words and queued", seconds, "s", 10.0),
        at_most("written again for the same causes", again, "", 0),
        Figure("sent by a worker killed at random", len(post.taken()) / took, "per s", beside=f"{killed} kills"),
        at_most("lost: marked as sent and never taken", len(sent - set(times)), "", 0),
        at_most("left waiting at the end", states.get("waiting", 0) + states.get("failed", 0), "", 0),
        at_most("taken twice", sum(count > 1 for count in times.values()), "", 0),
        at_most(
            "in a worker's hands when it died, and seen to have been", len(interrupted), "", killed * HANDS,
            beside=f"of these {len(interrupted & set(times))} had arrived; {len(sent)} sent",
        ),
    ]  # fmt: skip


def _region() -> tuple[object, int, int, list[int]]:
    from kompetanse.domains.organisation import api as organisation
    from kompetanse.domains.organisation.models import Employee, Person
    from kompetanse.domains.organisation.types import MunicipalityFacts
    from kompetanse.foundation.tenancy import tenant_scope
    from kompetanse.kernel.context import system_context

    nobody = system_context("bench", set(), NOW)
    region_id = organisation.found_region(nobody, name="Målingsregionen")
    tenant_id = organisation.register_municipality(nobody, facts=MunicipalityFacts("9999", "Målinga", population=5000))
    ctx = system_context("bench", {region_id, tenant_id}, NOW)
    organisation.join_region(ctx, region_id=region_id, municipality_id=tenant_id, valid_from=NOW.date())
    with tenant_scope(ctx):
        people = Person.objects.bulk_create([Person() for _ in range(PEOPLE)])
        Employee.objects.bulk_create(
            Employee(tenant_id=tenant_id, person=who, given_name="Kari", family_name=f"Nordmann {n}",
                     email=f"kari.{n}@example.com")
            for n, who in enumerate(people)
        )  # fmt: skip
    return ctx, region_id, tenant_id, [who.pk for who in people]


def _ids(ctx: object, state: str) -> set[str]:
    from kompetanse.domains.messages.models import Message
    from kompetanse.foundation.tenancy import tenant_scope

    with tenant_scope(ctx):  # type: ignore[arg-type]
        return {str(pk) for pk in Message.objects.filter(state=state).values_list("pk", flat=True)}


def _waits(ctx: object) -> bool:
    from kompetanse.domains.messages.models import Message
    from kompetanse.foundation.tenancy import tenant_scope

    with tenant_scope(ctx):  # type: ignore[arg-type]
        return bool(Message.objects.filter(state="waiting").exists())


def _send(post: Sink, ctx: object) -> tuple[int, float]:
    """Let workers send until nothing waits, killing one after another. Gives the kills and the seconds."""
    from django.db import connections

    owner, web = connections["owner"].settings_dict, connections["default"].settings_dict
    where = f"@/{DATABASE}?host={owner['HOST']}"
    told = {
        "DATABASE_URL": f"postgresql://{owner['USER']}{where}",
        "DATABASE_WEB_URL": f"postgresql://{web['USER']}{where}",
        "KOMPETANSE_MAIL": f"smtp+plain://127.0.0.1:{post.port}",
        "DJANGO_SETTINGS_MODULE": "kompetanse.config.settings.local",
        "KOMPETANSE_SECRET_KEY": "x" * 40, "KOMPETANSE_IDENTITY_KEY": "y" * 40,
    }  # fmt: skip
    dice, killed, begun = random.Random(5), 0, time.perf_counter()
    command = [sys.executable, "-m", "kompetanse", "worker", "--concurrency", str(HANDS)]
    while _waits(ctx):
        assert time.perf_counter() - begun < LONGEST, "not all were sent in time"
        before = post.size()
        worker = subprocess.Popen(command, env={**os.environ, **told}, start_new_session=True)
        try:
            while post.size() == before and worker.poll() is None and _waits(ctx):
                time.sleep(0.05)
                assert time.perf_counter() - begun < LONGEST, "not all were sent in time"
            if killed < KILLS:
                time.sleep(dice.uniform(0.05, 1.5))
                killed += _waits(ctx)
            else:
                while _waits(ctx):
                    time.sleep(0.2)
                    assert time.perf_counter() - begun < LONGEST, "not all were sent in time"
                time.sleep(1.0)  # what is in its hands is put down
        finally:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
    return killed, time.perf_counter() - begun
