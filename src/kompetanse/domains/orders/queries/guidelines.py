"""The guidelines: which hold, how they have been used, and what others would have decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta

from kompetanse.domains.orders.models import Guideline, GuidelineRule
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.rules import routing
from kompetanse.domains.orders.types.catalogue import ServiceKind
from kompetanse.domains.orders.types.guidelines import (
    Facts,
    GuidelineInput,
    GuidelineRow,
    GuidelinesPage,
    GuidelineUse,
    Route,
    Rule,
    Trial,
    TriedRow,
    UseRow,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.foundation.tenancy import select, tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.suppression import Shown, publish

from .words import in_written_form, reason

# How often each rule of each version has decided, among the orders in sight.
USE = """
    SELECT guideline_id, rule_place, route, count(*) FROM orders_order WHERE region_id = %s
     GROUP BY guideline_id, rule_place, route
"""
# A year's orders with what the guidelines look at.
YEAR = """
    SELECT o.id, coalesce(t.title_nb, ''), coalesce(t.title_nn, ''), n.name, o.placed_at, o.route, o.kind, o.cost_ore,
           o.minutes, o.municipalities, o.in_plan, o.statutory
      FROM orders_order o JOIN foundation_tenant n ON n.id = o.tenant_id
      LEFT JOIN orders_orderterms t ON t.tenant_id = o.tenant_id AND t.order_id = o.id AND t.number = o.terms_number
     WHERE o.region_id = %s AND o.placed_at >= %s ORDER BY o.placed_at, o.id
"""


def guidelines_of(region_id: int) -> list[GuidelineRow]:
    """Every version with its rules, latest first. Two queries."""
    found: dict[int, list[Rule]] = defaultdict(list)
    for rule in GuidelineRule.objects.filter(tenant_id=region_id).order_by("guideline_id", "place"):
        found[rule.guideline_id].append(_rule(rule))
    return [
        GuidelineRow(
            row.id, row.tenant_id, row.number, row.valid_from, row.valid_to, tuple(found[row.id]),
            Route(row.otherwise), row.decided_by,
        )
        for row in Guideline.objects.filter(tenant_id=region_id).order_by("-number")
    ]  # fmt: skip


def _rule(row: GuidelineRule) -> Rule:
    return Rule(
        Route(row.route), row.reason_nb, row.reason_nn, tuple(ServiceKind(kind) for kind in row.kinds),
        row.cost_from_ore, row.cost_below_ore, row.minutes_from, row.minutes_below, row.municipalities_from,
        row.in_plan, row.statutory,
    )  # fmt: skip


@query
def get_guidelines_page(ctx: Context) -> GuidelinesPage:
    """The region's guidelines with their use. Counts under five are told to the office alone."""
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    if region is None or not access.possible(ctx.actor, Right.GUIDELINE_READ):
        return GuidelinesPage((), None, (), may_set=False, sees_all=False)
    rows = guidelines_of(region.tenant_id)
    may_set = bool(access.answer(ctx.actor, Right.GUIDELINE_SET, Guideline(tenant_id=region.tenant_id)))
    # The whole region's orders, whoever asks: what is told of them is decided below.
    whole = system_context("how the guidelines are used", set(region.tenants), ctx.now)
    with tenant_scope(whole):
        counted = select(USE, region.tenant_id)
    by_version: dict[int | None, Counter[tuple[int | None, Route]]] = defaultdict(Counter)
    for guideline_id, place, route, count in counted:
        by_version[guideline_id][place, Route(route)] += count
    use = [_use(row, by_version[row.id], open_=may_set) for row in rows]
    if None in by_version:
        use.append(_use(None, by_version[None], open_=may_set))
    return GuidelinesPage(tuple(rows), routing.holding(rows, ctx.today), tuple(use), may_set=may_set, sees_all=may_set)


def _use(row: GuidelineRow | None, counts: Counter[tuple[int | None, Route]], *, open_: bool) -> GuidelineUse:
    if row is None:
        ways: list[tuple[int | None, Route, str, str]] = [
            (None, route, routing.NO_GUIDELINE, "") for route in Route if counts[None, route]
        ]
    else:
        ways = [(place, rule.route, rule.reason_nb, rule.reason_nn) for place, rule in enumerate(row.rules, 1)]
        ways.append((None, row.otherwise, routing.NO_RULE[row.otherwise], ""))
    shown = _told({(place, route): counts[place, route] for place, route, *_rest in ways}, open_=open_)
    lines = tuple(UseRow(place, route, reason(nb, nn), shown[place, route]) for place, route, nb, nn in ways)
    return GuidelineUse(row, lines, *(_sum(line.orders for line in lines if line.route is way) for way in Route))


def _told(counts: dict[tuple[int | None, Route], int], *, open_: bool) -> dict[tuple[int | None, Route], Shown]:
    if open_:
        return {key: Shown(count, count) for key, count in counts.items()}
    table = publish({(key, "orders"): {"required": count} for key, count in counts.items()})
    return {key: table.cell(key, "orders") for key in counts}


def _sum(shown: Iterable[Shown]) -> Shown:
    least, most = 0, 0
    for it in shown:
        least, most = least + it.least, most + it.most
    return Shown(least, most)


@query
def try_guideline(ctx: Context, *, told: GuidelineInput) -> Trial:
    """What rules would have decided of the last year's orders, had they held then. Changes nothing.

    Raises Refused, and what setting them raises.
    """
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    since = ctx.today - timedelta(days=365)
    if region is None:
        return Trial((), since)
    access.require(ctx, Right.GUIDELINE_SET, Guideline(tenant_id=region.tenant_id))
    routing.check_guideline(told, ctx.today)
    found = []
    for key, nb, nn, place, placed_at, was, kind, *facts in select(YEAR, region.tenant_id, since):
        ruling = routing.decide(told.rules, told.otherwise, Facts(ServiceKind(kind), *facts))
        found.append(
            TriedRow(
                key, in_written_form(nb, nn), place, placed_at.date(), Route(was), ruling.route,
                reason(ruling.reason_nb, ruling.reason_nn),
            )
        )  # fmt: skip
    return Trial(tuple(found), since)
