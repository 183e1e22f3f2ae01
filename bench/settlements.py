"""Three hundred runs settled between thirty municipalities: how long it takes, and whether every øre is there."""

from __future__ import annotations

import random
import secrets
import statistics
import time
from datetime import UTC, date, datetime, timedelta

from bench import installation
from bench.figures import Figure, at_most, measure

NOW = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
RUNS, TOWNS, RANDOM = 300, 30, 20_000


@measure("settlements_300_runs")
def settling() -> list[Figure]:
    """Each run has five costs, a subsidy and a key of its own; each is made, approved, and made again."""
    installation.demo()
    from django.db.models import Sum

    from kompetanse.domains.settlements import api as settlements
    from kompetanse.domains.settlements.models import Settlement, Share
    from kompetanse.domains.settlements.types import CostKind, CostLineInput, Key, PartInput, Place, SubsidyInput
    from kompetanse.foundation.tenancy import tenant_scope

    ctx, run_ids, towns = _region()
    draw = random.Random(1)
    costings = []
    for number, run_id in enumerate(run_ids):
        costing_id = settlements.open_costing(ctx, run_id=run_id)
        for kind in list(CostKind)[:5]:
            ore = draw.randrange(1, 5_000_000)
            line = CostLineInput(kind, "Kostnad", ore, ore)
            settlements.set_cost_line(ctx, costing_id=costing_id, line=line)
        place = list(Place)[number % 2]
        settlements.set_subsidy(ctx, costing_id=costing_id, subsidy=SubsidyInput("Staten", place, 1, 1))
        parts = [
            PartInput(town, seats=draw.randrange(1, 20), participants=draw.randrange(1, 20)) for town in towns
        ]  # fmt: skip
        key = list(Key)[number % len(Key)]
        settlements.choose_sharing(ctx, costing_id=costing_id, key=key, fixed_ore=1234, parts=parts)
        costings.append(costing_id)
    spent, again = [], []
    made = []
    before = time.perf_counter()
    for costing_id in costings:
        at = time.perf_counter()
        made.append(settlements.make_settlement(ctx, costing_id=costing_id))
        spent.append((time.perf_counter() - at) * 1000)
    taken = time.perf_counter() - before
    for costing_id, settlement_id in list(zip(costings, made, strict=True))[:30]:
        first = [share.amount_ore for share in settlements.get_settlement(ctx, settlement_id=settlement_id).shares]
        settlements.make_settlement(ctx, costing_id=costing_id)
        page = settlements.get_settlement(ctx, settlement_id=settlement_id)
        again.append(first == [share.amount_ore for share in page.shares])
    before = time.perf_counter()
    for settlement_id in made:
        settlements.approve_settlement(ctx, settlement_id=settlement_id)
    approved = time.perf_counter() - before
    with tenant_scope(ctx):
        sums = dict(
            Share.objects.filter(settlement__in=made).values_list("settlement_id").annotate(sum=Sum("amount_ore"))
        )
        totals = dict(Settlement.objects.filter(pk__in=made).values_list("id", "total_ore"))
    broken = sum(sums.get(pk) != total for pk, total in totals.items())
    return [
        at_most("settlements_300_runs_settled", taken, "s", 60, f"{RUNS} runs between {TOWNS} municipalities"),
        Figure("settlements_one_run_median", round(statistics.median(spent), 1), "ms"),
        Figure("settlements_one_run_p95", round(statistics.quantiles(spent, n=20)[-1], 1), "ms"),
        Figure("settlements_300_runs_approved", round(approved, 2), "s"),
        at_most("settlements_sums_broken", broken, "settlements", 0, f"of {len(totals)}"),
        at_most("settlements_other_answer_again", again.count(False), "settlements", 0, f"of {len(again)}"),
    ]


@measure("settlements_properties")
def properties() -> list[Figure]:
    """Random costs, subsidies, keys and bases: is the sum kept, and is the residue less than one øre each and sum?"""
    from kompetanse.domains.settlements.rules import reckon
    from kompetanse.domains.settlements.types import Base, Key, Place, SubsidyInput
    from kompetanse.kernel.errors import DomainError

    draw = random.Random(2)
    broken = other = refused = far = 0
    before = time.perf_counter()
    for _ in range(RANDOM):
        bases = [
            Base(
                town, str(town), draw.randrange(1, 700_000), draw.randrange(60), draw.randrange(60),
                draw.choice((0, draw.randrange(10**6))), draw.choice((0, draw.randrange(10**5))), draw.random() < 0.9,
            )
            for town in range(draw.randrange(1, TOWNS + 1))
        ]  # fmt: skip
        cost = draw.choice((draw.randrange(10**4), draw.randrange(10**8), draw.randrange(10**11)))
        others = [
            SubsidyInput("S", draw.choice(list(Place)), draw.randrange(10**5)) for _ in range(draw.randrange(3))
        ]  # fmt: skip
        key, fixed = draw.choice(list(Key)), draw.randrange(10**6)
        try:
            found = reckon(cost, others, key, bases, fixed)
        except DomainError:
            refused += 1
            continue
        broken += sum(part.amount_ore for part in found.parts) != cost - sum(it.planned_ore for it in others)
        other += reckon(cost, others, key, bases, fixed) != found
        far += abs(found.residue_ore) > 2 * len(bases)
    taken = time.perf_counter() - before
    told = f"of {RANDOM - refused}; {refused} were refused with a sentence"
    return [
        at_most("settlements_sum_not_preserved", broken, "splits", 0, told),
        at_most("settlements_split_differs_again", other, "splits", 0, told),
        at_most("settlements_residue_too_big", far, "splits", 0, told),
        Figure("settlements_splits_rate", round(2 * (RANDOM - refused) / taken), "splits/s"),
    ]


def _region() -> tuple[object, list[int], list[int]]:
    """A region of thirty with three hundred runs of one measure."""
    from kompetanse.domains.courses import api as courses
    from kompetanse.domains.courses.types import RunInput
    from kompetanse.domains.organisation import api as organisation
    from kompetanse.domains.organisation.models import Municipality
    from kompetanse.domains.organisation.types import MunicipalityFacts
    from kompetanse.domains.plans import api as plans
    from kompetanse.domains.plans.types import MeasureInput
    from kompetanse.kernel.context import system_context

    ctx = system_context("bench", set(), NOW)
    region_id = organisation.found_region(ctx, name=f"Oppgjør {secrets.token_hex(4)}")
    taken = set(Municipality.objects.values_list("number", flat=True))
    numbers = [number for n in range(1, 10_000) if (number := f"{n:04}") not in taken][:TOWNS]
    towns = []
    for place, number in enumerate(numbers):
        facts = MunicipalityFacts(number, f"Kommune {number}", population=1000 + 977 * place)
        tenant_id = organisation.register_municipality(ctx, facts=facts)
        inside = system_context("bench", {region_id, tenant_id}, NOW)
        organisation.join_region(inside, region_id=region_id, municipality_id=tenant_id, valid_from=date(2020, 1, 1))
        towns.append(tenant_id)
    wide = system_context("bench", {region_id, *towns}, NOW)
    plan_id = plans.draft_plan(wide, region_id=region_id, year=2027)
    measure_id = plans.add_measure(wide, MeasureInput(plan_id, "Kurs", "Kurs", budget_ore=1_000_00))
    starts = NOW + timedelta(days=60)
    run_ids = [
        courses.plan_run(
            wide,
            run=RunInput(
                measure_id, f"Kurs {number}", "Bø", starts, starts + timedelta(hours=6), 1, 20,
                (starts - timedelta(days=10)).date(),
            ),
        )
        for number in range(RUNS)
    ]  # fmt: skip
    return wide, run_ids, towns
