"""The board of pools: 5,000 needs in 400 pools from 30 municipalities, as the office and the forum see it."""

from __future__ import annotations

import random
import statistics
import time
from datetime import date

from bench import installation
from bench.figures import Figure, at_most, measure

TOWNS, POOLS, NEEDS = 30, 400, 5000
ROUNDS, WARM_UP = 60, 10


@measure("board")
def board() -> list[Figure]:
    installation.demo()
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from kompetanse.domains.organisation.types import Role

    spent: dict[str, list[float]] = {}
    asked: dict[str, int] = {}
    with transaction.atomic():  # nothing of this stays among what other benchmarks read
        region_id, pool_id, people = _fill()
        for role in (Role.COURSE_ADMINISTRATOR, Role.FORUM_MEMBER):
            client = Client(SERVER_NAME="127.0.0.1")
            client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
            for name, path in (("board", "/samlinger/?sort=people"), ("pool", f"/samlinger/{pool_id}/")):
                key = f"{name}_{'office' if role is Role.COURSE_ADMINISTRATOR else 'forum'}"
                with CaptureQueriesContext(connection) as told:
                    assert client.get(path).status_code == 200
                asked[key] = len(told.captured_queries)
                spent[key] = []
                for _ in range(WARM_UP + ROUNDS):
                    before = time.perf_counter()
                    answer = client.get(path)
                    spent[key].append((time.perf_counter() - before) * 1000)
                    assert answer.status_code == 200
        transaction.set_rollback(True)
    assert region_id
    figures = []
    for key, times in spent.items():
        figures.append(at_most(f"{key}_p95", statistics.quantiles(times[WARM_UP:], n=20)[-1], "ms", 150))
        figures.append(Figure(f"{key}_queries", asked[key], "queries"))
    return figures


def _fill() -> tuple[int, int, dict[object, object]]:
    """A region of its own. Its needs are written straight to the tables: telling them is not what is timed."""
    from kompetanse.domains.needs.models import Need, Pool, Share
    from kompetanse.domains.organisation import api as organisation
    from kompetanse.domains.organisation.models import Account
    from kompetanse.domains.organisation.types import MunicipalityFacts, Role
    from kompetanse.foundation import clock
    from kompetanse.foundation.tenancy import tenant_scope
    from kompetanse.kernel.context import system_context

    now, since, chance = clock.now(), date(2020, 1, 1), random.Random(5)
    region_id = organisation.found_region(system_context("bench", set(), now), name="Målt region")
    towns = []
    for number in range(TOWNS):
        ctx = system_context("bench", {region_id}, now)
        facts = MunicipalityFacts(f"{9900 + number}", f"Målt kommune {number}", population=5000)
        towns.append(organisation.register_municipality(ctx, facts=facts))
        inside = system_context("bench", {region_id, towns[-1]}, now)
        organisation.join_region(inside, region_id=region_id, municipality_id=towns[-1], valid_from=since)
    ctx = system_context("bench", {region_id, *towns}, now)
    people: dict[object, object] = {}
    for role in (Role.COURSE_ADMINISTRATOR, Role.FORUM_MEMBER):
        person_id = organisation.new_person()
        people[role] = Account.objects.create(
            username=f"bench-{role}", person_id=person_id, display_name="Målt", email=f"{role}@example.com"
        )
        organisation.give_role(ctx, tenant_id=region_id, person_id=person_id, role=role, valid_from=since)
    with tenant_scope(ctx):
        pools = Pool.objects.bulk_create(
            [Pool(tenant_id=region_id, title=f"Samling av behov nummer {number}") for number in range(POOLS)]
        )
        needs = Need.objects.bulk_create(
            [
                Need(
                    tenant_id=chance.choice(towns), title=f"Behov {number}",
                    people=chance.choice([None, *range(1, 40)]), origin="hand", reported_at=now,
                )
                for number in range(NEEDS)
            ],
            batch_size=1000,
        )  # fmt: skip
        Share.objects.bulk_create(
            [
                Share(
                    tenant_id=region_id, pool=chance.choice(pools), municipality_id=need.tenant_id, need=need,
                    people=need.people, statutory=chance.random() < 0.2,
                )
                for need in needs
            ],
            batch_size=1000,
        )  # fmt: skip
    return region_id, pools[0].pk, people
