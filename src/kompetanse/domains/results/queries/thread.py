"""The golden thread through one thing: up to the goal, down to the evidence, and the holes in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import RunRow, RunStatus
from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import GoalRow
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import NeedRow, PoolPage
from kompetanse.domains.orders import api as orders
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureRow, MeasureStatus
from kompetanse.domains.results.types import NOBODY, PREFIXES, Holes, Knot, Link, Stage, Thread, UnknownReference
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.suppression import Shown
from kompetanse.ui import formats

from . import words
from .plan import cells_of, choose_plan

T = TypeVar("T")
SHOWN = 12  # knots of a link; the rest are counted
CASE = re.compile(r"^sak\s+(\d{1,4})/(\d{2})$", re.IGNORECASE)
PLAIN = re.compile(r"^([A-ZÆØÅ]+)[\s-]*(\d{1,18})$")


@dataclass(slots=True)
class Found:
    """What hangs on the thread so far, by id, so that nothing is told twice."""

    start: tuple[Link, int]
    goals: dict[int, GoalRow] = field(default_factory=dict)
    needs: dict[int, NeedRow] = field(default_factory=dict)
    pools: dict[int, PoolPage] = field(default_factory=dict)
    cases: set[int] = field(default_factory=set)
    measures: dict[int, MeasureRow] = field(default_factory=dict)


def parse(reference: str) -> tuple[Link, int | str]:
    """Which link, and its id (a case keeps its words). Raises UnknownReference."""
    told = " ".join(reference.split())
    if CASE.match(told):
        return Link.DECISION, told
    match = PLAIN.match(told.upper())
    if match is None or match[1] not in PREFIXES:
        raise UnknownReference(reference=reference[:60])
    return PREFIXES[match[1]], int(match[2])


@query
def trace(ctx: Context, *, reference: str) -> Thread:
    """The thread through one thing. What the reader may not see is left out, and what is missing is said.

    Raises UnknownReference, NotFound, Refused.
    """
    link, key = parse(reference)
    found, title, here = _gather(ctx, link, key)
    stages = (
        _goals(found),
        _needs(ctx, found),
        _pools(found),
        _decisions(ctx, found),
        _measures(found),
        *_carried_out(ctx, found),
    )
    marked = tuple(
        Stage(
            stage.link,
            tuple(_mark(knot, here) for knot in stage.knots[:SHOWN]),
            "" if stage.knots else stage.hole,
            max(0, len(stage.knots) - SHOWN),
        )
        for stage in stages
    )
    return Thread(here, title, marked)


def _mark(knot: Knot, here: str) -> Knot:
    is_here = knot.reference == here
    return Knot(knot.link, knot.reference, knot.title, knot.note, knot.url, is_here)


# --- gathering: from the start, up and down ---------------------------------------------------------------


def _gather(ctx: Context, link: Link, key: int | str) -> tuple[Found, str, str]:
    """Everything the thread through the start passes, with the start's title and reference."""
    every = plans.list_measures(ctx)
    if link is Link.DECISION:
        case = governance.find_case_by_reference(ctx, str(key))
        if case is None:
            raise NotFound()
        found = Found((link, case.id))
        found.cases.add(case.id)
        for decision in _all(lambda: needs.list_decisions(ctx, case_id=case.id)):
            _add_pool(ctx, found, decision.pool_id)
        adopted = {plan.id for plan in plans.list_plans(ctx) if plan.case_id == case.id}
        _add_measures(found, (row for row in every if row.plan_id in adopted or set(row.pool_ids) & set(found.pools)))
        return _complete(ctx, found), case.title, case.reference
    assert isinstance(key, int)
    found = Found((link, key))
    if link is Link.GOAL:
        goal = governance.get_goal(ctx, goal_id=key)
        found.goals[key] = goal
        _add_measures(found, (row for row in every if row.goal_id == key))
        for need in _all(lambda: needs.list_needs(ctx)):
            if need.goal_id == key:
                found.needs[need.id] = need
                if need.fate.pool_id is not None:
                    _add_pool(ctx, found, need.fate.pool_id)
        _follow_pools(found, every)
        return _complete(ctx, found), goal.title, goal.reference
    if link is Link.NEED:
        need = needs.get_need(ctx, need_id=key)
        found.needs[key] = need
        if need.fate.pool_id is not None:
            _add_pool(ctx, found, need.fate.pool_id)
            _add_measures(found, (row for row in every if need.fate.pool_id in row.pool_ids))
        return _complete(ctx, found), need.title, need.reference
    if link is Link.POOL:
        pool = needs.get_pool(ctx, key)
        found.pools[key] = pool
        _follow_pools(found, every)
        return _complete(ctx, found), pool.title, pool.pool.reference
    measure_id, title, here = _measure_behind(ctx, link, key)
    _add_measures(found, (row for row in every if row.id == measure_id))
    return _complete(ctx, found), title, here


def _measure_behind(ctx: Context, link: Link, key: int) -> tuple[int | None, str, str]:
    if link is Link.MEASURE:
        measure = plans.get_measure(ctx, measure_id=key)
        return measure.id, measure.title, measure.reference
    if link is Link.ORDER:
        order = orders.get_order(ctx, order_id=key)
        return order.measure_id, f"{order.municipality}: {order.title}", order.reference
    if link is Link.RUN:
        run = courses.get_run(ctx, run_id=key).run
        return run.measure_id, run.title, run.reference
    evidence = competence.get_evidence(ctx, evidence_id=key)
    run_id = PLAIN.match(evidence.reference.upper()) if evidence.reference else None
    measure_id = None
    if run_id is not None and PREFIXES.get(run_id[1]) is Link.RUN:
        measure_id = courses.get_run(ctx, run_id=int(run_id[2])).run.measure_id
    return measure_id, evidence.title, f"BEVIS-{key}"


def _complete(ctx: Context, found: Found) -> Found:
    """From the measures up to the pools they serve, their decisions, needs and goals."""
    for measure in found.measures.values():
        for pool_id in measure.pool_ids:
            _add_pool(ctx, found, pool_id)
    for pool in found.pools.values():
        found.cases.update(decision.case_id for decision in pool.decisions)
    wanted = {row.goal_id for row in found.measures.values()} | {row.goal_id for row in found.needs.values()}
    missing = {goal_id for goal_id in wanted if goal_id is not None and goal_id not in found.goals}
    if missing:
        found.goals |= {goal.id: goal for goal in governance.list_goals(ctx) if goal.id in missing}
    return found


def _add_pool(ctx: Context, found: Found, pool_id: int) -> None:
    if pool_id not in found.pools:
        pool = _one(lambda: needs.get_pool(ctx, pool_id))
        if pool is not None:
            found.pools[pool_id] = pool


def _add_measures(found: Found, rows: Iterable[MeasureRow]) -> None:
    found.measures |= {row.id: row for row in rows if row.status is not MeasureStatus.CANCELLED}


def _follow_pools(found: Found, every: list[MeasureRow]) -> None:
    _add_measures(found, (row for row in every if set(row.pool_ids) & set(found.pools)))


def _one(read: Callable[[], T]) -> T | None:
    """What the reader may not see is not there."""
    try:
        return read()
    except (NotFound, Refused):
        return None


def _all(read: Callable[[], list[T]]) -> list[T]:
    return _one(read) or []


# --- telling: one stage per link --------------------------------------------------------------------------


def _goals(found: Found) -> Stage:
    knots = tuple(
        Knot(Link.GOAL, goal.reference, goal.title, goal.decision_reference, reverse("governance.goals"))
        for goal in found.goals.values()
    )
    return Stage(Link.GOAL, knots, _("Ingen mål er knyttet til. Da vet ingen hvorfor."))


def _needs(ctx: Context, found: Found) -> Stage:
    knots = [_need_knot(need) for need in found.needs.values()]
    told = set(found.needs)
    for pool in found.pools.values():
        for share in pool.shares:
            if share.need_id in told:
                continue
            told.add(share.need_id)
            note = words.people(None) if share.is_unknown else words.told_people(share.told)
            url = reverse("needs.one", args=[share.need_id]) if share.title else ""
            title = share.title or share.municipality
            note = f"{share.municipality}, {note}" if share.title else note
            knots.append(Knot(Link.NEED, f"BEHOV-{share.need_id}", title, note, url))
    return Stage(Link.NEED, tuple(knots), _("Ingen har meldt dette behovet. Tiltaket er tilbudsstyrt."))


def _need_knot(need: NeedRow) -> Knot:
    note = f"{need.municipality}, {words.people(need.people)}"
    return Knot(Link.NEED, need.reference, need.title, note, reverse("needs.one", args=[need.id]))


def _pools(found: Found) -> Stage:
    knots = tuple(
        Knot(
            Link.POOL,
            page.pool.reference,
            page.title,
            ngettext("%(needs)s behov, %(people)s", "%(needs)s behov, %(people)s", page.pool.needs)
            % {"needs": formats.number(page.pool.needs), "people": words.told_people(page.pool.told)},
            reverse("needs.pool", args=[page.id]),
        )
        for page in found.pools.values()
    )
    return Stage(Link.POOL, knots, _("Behovet er ikke samlet med andres ennå."))


def _decisions(ctx: Context, found: Found) -> Stage:
    knots = []
    for case_id in sorted(found.cases):
        case = _one(lambda case_id=case_id: governance.get_case(ctx, case_id=case_id))  # type: ignore[misc]
        if case is None:
            continue
        note = case.decision_text[:120] or _("Ikke avgjort ennå.")
        knots.append(Knot(Link.DECISION, case.reference, case.title, note, reverse("governance.case", args=[case.id])))
    return Stage(Link.DECISION, tuple(knots), _("Forumet har ikke behandlet det ennå."))


def _measures(found: Found) -> Stage:
    knots = tuple(
        Knot(
            Link.MEASURE,
            row.reference,
            row.title,
            _("Plan %(year)s, %(budget)s, %(seats)s")
            % {
                "year": row.year,
                "budget": formats.kroner(row.budget_ore),
                "seats": words.seats(row.seats_planned),
            },
            reverse("plans.measure", args=[row.id]),
        )
        for row in found.measures.values()
    )
    return Stage(Link.MEASURE, knots, _("Ingen tiltak svarer på dette ennå."))


def _carried_out(ctx: Context, found: Found) -> tuple[Stage, ...]:
    """Order, run, attendance, competence, effect: of all the thread's measures, as numbers."""
    ids = set(found.measures)
    runs = [row for row in courses.list_runs(ctx) if row.measure_id in ids and row.status is not RunStatus.CANCELLED]
    told = sum((cell.told for cell in cells_of(ctx, sorted(ids))), NOBODY)
    planned = sum(row.seats_planned for row in found.measures.values())
    ordered = _order_knots(ctx, found, told.ordered)
    met: tuple[Knot, ...] = ()
    learnt: tuple[Knot, ...] = ()
    effect: tuple[Knot, ...] = ()
    if told.attended.most or told.absent.most:
        note = _("%(absent)s møtte ikke") % {"absent": formats.count(told.absent)} if told.absent.most else ""
        met = (Knot(Link.ATTENDANCE, "", _("%(count)s møtte") % {"count": formats.count(told.attended)}, note),)
    if told.evidence.most:
        text = ngettext("%(count)s nytt bevis er skrevet", "%(count)s nye bevis er skrevet", told.evidence.most)
        text %= {"count": formats.count(told.evidence)}
        learnt = (Knot(Link.COMPETENCE, "", text, _("Skrevet av oppmøtet, ikke for hånd.")),)
    if planned and told.attended.value:
        share = formats.percent(told.attended.value / planned)
        text = _("%(share)s av plassene i planen er brukt") % {"share": share}
        effect = (Knot(Link.EFFECT, "", text, "", reverse("results.against_plan")),)
    if found.start[0] is Link.COMPETENCE:
        key = found.start[1]
        url = reverse("competence.evidence", args=[key])
        learnt = (Knot(Link.COMPETENCE, f"BEVIS-{key}", _("Beviset"), "", url), *learnt)
    return (
        Stage(Link.ORDER, ordered, _("Ingen kommune har bestilt plasser ennå.")),
        Stage(Link.RUN, tuple(_run_knot(run) for run in runs), _("Ingen gjennomføring er satt opp ennå.")),
        Stage(Link.ATTENDANCE, met, _("Ingen har møtt ennå.")),
        Stage(Link.COMPETENCE, learnt, _("Ingen bevis er skrevet ennå.")),
        Stage(Link.EFFECT, effect, _("Ingen resultat å vise ennå.")),
    )


def _order_knots(ctx: Context, found: Found, ordered: Shown) -> tuple[Knot, ...]:
    knots = [
        Knot(
            Link.ORDER,
            order.reference,
            order.municipality,
            words.seats(order.seats),
            reverse("orders.order_list"),
        )
        for measure_id in found.measures
        for order in _all(lambda measure_id=measure_id: orders.list_orders(ctx, measure_id=measure_id))  # type: ignore[misc]
    ]
    if not knots and ordered.most:
        text = ngettext("%(count)s plass bestilt i regionen", "%(count)s plasser bestilt i regionen", ordered.most)
        text %= {"count": formats.count(ordered)}
        knots = [Knot(Link.ORDER, "", text)]
    return tuple(knots)


def _run_knot(run: RunRow) -> Knot:
    note = f"{formats.day(run.starts_at.date())}, {run.place}"
    return Knot(Link.RUN, run.reference, run.title, note, reverse("courses.run", args=[run.id]))


# --- the holes -------------------------------------------------------------------------------------------


@query
def get_holes(ctx: Context) -> Holes:
    """Where the thread is broken: goals without measure, pooled needs without answer, measures without need or goal."""
    plan = choose_plan(plans.list_plans(ctx), None)
    measures = [
        row
        for row in (plans.list_measures(ctx, plan_id=plan.id) if plan else [])
        if row.status is not MeasureStatus.CANCELLED
    ]
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    pools = _all(lambda: needs.list_pools(ctx, region_id=region.tenant_id)) if region else []
    goals = [goal for goal in governance.list_goals(ctx) if region is None or goal.tenant_id == region.tenant_id]
    answered = {pool_id for row in measures for pool_id in row.pool_ids}
    served = {row.goal_id for row in measures}
    knots = {row.id: _measures(Found((Link.MEASURE, row.id), measures={row.id: row})).knots[0] for row in measures}
    return Holes(
        plan.year if plan else None,
        tuple(
            Knot(Link.GOAL, goal.reference, goal.title, goal.decision_reference, reverse("governance.goals"))
            for goal in goals
            if goal.id not in served
        ),
        tuple(
            Knot(
                Link.POOL,
                pool.reference,
                pool.title,
                f"{words.municipalities(len(pool.municipalities))}, {words.told_people(pool.told)}",
                reverse("needs.pool", args=[pool.id]),
            )
            for pool in pools
            if pool.id not in answered
        ),
        tuple(knots[row.id] for row in measures if not row.pool_ids),
        tuple(knots[row.id] for row in measures if row.goal_id is None),
        len(measures),
        len(pools),
        len(goals),
    )
