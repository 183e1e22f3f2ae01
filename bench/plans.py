"""A plan with 300 measures: its pages' server time, and its document."""

from __future__ import annotations

import gc
import statistics
import time

from bench import installation
from bench.figures import Figure, at_most, measure

YEAR, MEASURES, ROUNDS = 2041, 300, 40
PAGES = ("", "fordeling/", "dekning/", "versjoner/", "tertialrapport/", "kommuneplan/")


def _plan() -> int:
    """The plan's id; made through the door where the benchmarks' server has none."""
    from kompetanse.domains.governance import api as governance
    from kompetanse.domains.needs import api as needs
    from kompetanse.domains.needs.types import PoolStatus
    from kompetanse.domains.organisation import api as organisation
    from kompetanse.domains.plans import api as plans
    from kompetanse.domains.plans.types import MeasureInput
    from kompetanse.foundation.clock import now
    from kompetanse.kernel.context import system_context

    everybody = frozenset().union(*organisation.list_tenants().values())
    first = system_context("bench", set(everybody), now())
    region = organisation.find_region_of(first.tenants, first.today)
    assert region is not None
    ctx = system_context("bench", set(region.tenants), now())
    found = next((row.id for row in plans.list_plans(ctx) if row.year == YEAR), None)
    if found is not None:
        return found
    pools = [it.id for it in needs.list_pools(ctx, region_id=region.tenant_id, status=PoolStatus.CONFIRMED)]
    goals = [goal.id for goal in governance.list_goals(ctx, tenant_id=region.tenant_id)]
    plan_id = plans.draft_plan(ctx, region_id=region.tenant_id, year=YEAR)
    for number in range(MEASURES):
        plans.add_measure(
            ctx,
            MeasureInput(
                plan_id=plan_id, title_nb=f"Tiltak nummer {number} i planen", title_nn=f"Tiltak nummer {number}",
                goal_id=goals[number % len(goals)] if goals else None,
                pool_ids=(pools[number % len(pools)],) if pools and number % 5 else (),
                target_group="Sykepleiere og helsefagarbeidere", owner="Kompetansekontoret", seats_planned=20,
                quarter=number % 4 + 1, budget_ore=1_234_567 + number, funding_ore=number,
            ),
        )  # fmt: skip
    plans.send_to_hearing(ctx, plan_id=plan_id)
    return plan_id


@measure("plans")
def plan_with_many_measures() -> list[Figure]:
    installation.demo()
    from django.test import Client

    from kompetanse.domains.organisation import api as organisation

    plan_id = _plan()
    personas = {persona.key for persona in organisation.list_personas()}
    key = next(it for it in ("office", "kontoret", "kurskontoret", *sorted(personas)) if it in personas)
    account = organisation.find_persona_account(key)
    assert account is not None
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    gc.collect()
    figures = []
    for page in PAGES:
        where, spent = f"/planer/{plan_id}/{page}", []
        for _ in range(ROUNDS):
            before = time.perf_counter()
            answer = client.get(where)
            spent.append((time.perf_counter() - before) * 1000)
            assert answer.status_code == 200, (where, answer.status_code)
        p95 = statistics.quantiles(spent[5:], n=20)[-1]
        name = page.strip("/") or "plan"
        figures.append(at_most(f"plan_300_{name}_p95", p95, "ms", 150, f"median {statistics.median(spent[5:]):.1f}"))
    told = []
    for _ in range(3):
        before = time.perf_counter()
        answer = client.get(f"/planer/{plan_id}.pdf")
        told.append(time.perf_counter() - before)
        assert answer.content.startswith(b"%PDF")
    figures.append(at_most("plan_300_pdf", max(told), "s", 2, f"{len(answer.content) // 1000} kB"))
    return figures
