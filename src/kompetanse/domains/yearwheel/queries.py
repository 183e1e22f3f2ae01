"""What can be asked of the year wheel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import get_language

from kompetanse.domains.governance import api as governance
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import MunicipalityRow, RegionRow, Role
from kompetanse.domains.plans import api as plans
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from . import rules
from .models import Standing, Step, Wheel
from .permissions import Right
from .types import (
    MUNICIPAL,
    ROLES,
    Doer,
    NewStepPage,
    NowRow,
    Reads,
    StandingRow,
    State,
    Stated,
    StepInput,
    StepKind,
    StepPage,
    StepRow,
    WheelPage,
)

# Those who see on their first page that somebody is late, where the step is not their own.
OVERSEERS = (Role.COURSE_ADMINISTRATOR, Role.FORUM_MEMBER, Role.CHIEF_EXECUTIVE)
# What first pages ask, in one question: steps that are on or soon will be, who has done them (0 is the region
# itself), who has begun, and who is to.
NOW = """
    SELECT s.id, s.tenant_id, w.year, s.title_nb, s.title_nn, s.doer, s.starts_on, s.ends_on,
           ARRAY(SELECT coalesce(t.municipality_id, 0) FROM yearwheel_standing t
                  WHERE t.tenant_id = s.tenant_id AND t.step_id = s.id AND t.status = 'done'),
           ARRAY(SELECT coalesce(t.municipality_id, 0) FROM yearwheel_standing t
                  WHERE t.tenant_id = s.tenant_id AND t.step_id = s.id AND t.status = 'under_way'),
           ARRAY(SELECT m.municipality_id FROM organisation_membership m
                  WHERE m.region_id = s.tenant_id AND m.valid_from <= %s
                    AND (m.valid_to IS NULL OR m.valid_to >= %s))
      FROM yearwheel_step s JOIN allowed ON allowed.id = s.id
      JOIN yearwheel_wheel w ON w.tenant_id = s.tenant_id AND w.id = s.wheel_id
     WHERE s.dropped_at IS NULL AND s.starts_on <= %s AND w.year >= %s
     ORDER BY s.ends_on, s.id
"""
REGION = 0


def in_written_form(nb: str, nn: str) -> str:
    """The reader's form of the two; bokmål where there is no other."""
    return nn if nn and get_language() == "nn" else nb


@query
def list_now(ctx: Context) -> list[NowRow]:
    """What in the wheel concerns the actor now, the late first: one's own steps that are on or soon will be, and,
    for the office, the forum and the chief executives, steps in which somebody is late. One query."""
    found = access.select(ctx, Right.STEP_READ, NOW, ctx.today, ctx.today, ctx.today + rules.AHEAD, ctx.today.year - 1)
    rows = []
    for step_id, region_id, year, nb, nn, doer, starts_on, ends_on, done, begun, members in found:
        told = dict.fromkeys(begun, Stated.UNDER_WAY) | dict.fromkeys(done, Stated.DONE)
        who = Doer(doer)
        states = {
            key: rules.state_of(told.get(key), starts_on, ends_on, ctx.today)
            for key in (members if who in MUNICIPAL else [REGION])
        }
        mine = {states[key] for key in _mine(ctx, who, region_id) if key in states} - {State.DONE}
        late = sum(state is State.LATE for state in states.values())
        oversees = any(grant.tenant_id == region_id for role in OVERSEERS for grant in ctx.actor.places(role))
        if mine or (late and oversees):
            rows.append(
                NowRow(
                    step_id, year, in_written_form(nb, nn), ends_on, rules.whole(mine) if mine else State.LATE,
                    bool(mine), late if oversees and who in MUNICIPAL else 0, len(states),
                )
            )  # fmt: skip
    return sorted(rows, key=lambda row: (row.state is not State.LATE, not row.is_mine, row.ends_on, row.step_id))


def _mine(ctx: Context, doer: Doer, region_id: int) -> set[int]:
    """In whose part of the step the actor has a hand; contact persons follow all that their municipality is to do."""
    roles = {ROLES[doer], Role.CONTACT_PERSON} if doer in MUNICIPAL else {ROLES[doer]}
    tenants = {grant.tenant_id for role in roles for grant in ctx.actor.places(role)}
    if doer in MUNICIPAL:
        return tenants - {region_id}
    return {REGION} if region_id in tenants else set()


@query
def get_wheel(ctx: Context, *, year: int | None = None) -> WheelPage:
    """The wheel of a year (this year, where none is named) with how everybody stands."""
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    chosen = year or ctx.today.year
    if region is None:
        return WheelPage(None, "", chosen, (), None, (), may_steer=False, has_next=False)
    wheels = Wheel.objects.filter(access.rows(ctx.actor, Right.WHEEL_READ), tenant_id=region.tenant_id)
    by_year = {wheel.year: wheel for wheel in wheels.order_by("year")}
    wheel = by_year.get(chosen)
    steps = Step.objects.filter(wheel=wheel, dropped_at=None).order_by("starts_on", "ends_on", "id") if wheel else []
    return WheelPage(
        region.tenant_id,
        region.name,
        chosen,
        tuple(sorted({*by_year, chosen})),
        wheel.id if wheel else None,
        tuple(step_rows(ctx, steps, region)),
        may_steer=bool(access.answer(ctx.actor, Right.WHEEL_STEER, wheel or Wheel(tenant_id=region.tenant_id))),
        has_next=chosen + 1 in by_year,
    )


def step_rows(ctx: Context, steps: Iterable[Step], region: RegionRow) -> list[StepRow]:
    """The steps with how everybody stands. Who stands where is told to those who may know; the counts to all."""
    known = list(steps)
    said: dict[int, dict[int | None, Standing]] = {}
    for row in Standing.objects.filter(step_id__in=[step.id for step in known]):
        said.setdefault(row.step_id, {})[row.municipality_id] = row
    return [_step_row(ctx, step, said.get(step.id, {}), region) for step in known]


def _step_row(ctx: Context, step: Step, said: dict[int | None, Standing], region: RegionRow) -> StepRow:
    whose: list[MunicipalityRow | None] = list(region.municipalities) if Doer(step.doer) in MUNICIPAL else [None]
    standings = [_standing(ctx, step, place, said, region.name) for place in whose]
    states = [row.state for row, _may in standings]
    return StepRow(
        id=step.id,
        title=in_written_form(step.title_nb, step.title_nn),
        kind=StepKind(step.kind),
        doer=Doer(step.doer),
        starts_on=step.starts_on,
        ends_on=step.ends_on,
        task=in_written_form(step.task_nb, step.task_nn),
        opens=in_written_form(step.opens_nb, step.opens_nn),
        closes=in_written_form(step.closes_nb, step.closes_nn),
        reads=Reads(step.reads),
        meeting_id=step.meeting_id,
        plan_id=step.plan_id,
        state=rules.whole(states),
        done=sum(state is State.DONE for state in states),
        late=sum(state is State.LATE for state in states),
        of=len(states),
        standings=tuple(row for row, may in standings if may),
    )


def _standing(
    ctx: Context, step: Step, place: MunicipalityRow | None, said: dict[int | None, Standing], region: str
) -> tuple[StandingRow, bool]:
    """Where one stands, and whether the reader may know. What the region itself does is for all to see."""
    key = place.tenant_id if place else None
    row = said.get(key)
    probe = row or Standing(tenant_id=step.tenant_id, step=step, municipality_id=key)
    state = rules.state_of(Stated(row.status) if row else None, step.starts_on, step.ends_on, ctx.today)
    may_state = not follows_thing(step) and bool(access.answer(ctx.actor, Right.STANDING_STATE, probe))
    shown = StandingRow(key, place.name if place else region, state, may_state=may_state)
    if row:
        shown = replace(shown, note=row.note, stated_by=row.name, stated_at=row.stated_at)
    return shown, place is None or bool(access.answer(ctx.actor, Right.STANDING_READ, probe))


def follows_thing(step: Step) -> bool:
    """Is the standing read from the one thing the step is linked to, and so not for anybody to say?"""
    return (step.reads == Reads.MEETING and step.meeting_id is not None) or (
        step.reads == Reads.PLAN and step.plan_id is not None
    )


@query
def get_step(ctx: Context, *, step_id: int) -> StepPage:
    """A step with how everybody stands, and what it can be linked to for who may steer. Raises NotFound or Refused."""
    step = access.fetch(ctx, Step.objects.select_related("wheel").filter(dropped_at=None), step_id, Right.STEP_READ)
    may_steer = bool(access.answer(ctx.actor, Right.STEP_STEER, step))
    region = organisation.find_region_of(frozenset({step.tenant_id}), ctx.today)
    assert region is not None  # a step is a region's
    meetings, found = _things(ctx, step.tenant_id) if may_steer else ((), ())
    return StepPage(
        step=step_rows(ctx, [step], region)[0],
        wheel_id=step.wheel_id,
        year=step.wheel.year,
        texts=input_of(step),
        version=step.version,
        may_steer=may_steer,
        meetings=meetings,
        plans=found,
    )


@query
def get_new_step(ctx: Context, *, wheel_id: int) -> NewStepPage:
    """What a new step can be linked to. Raises NotFound or Refused."""
    wheel = access.fetch(ctx, Wheel.objects.all(), wheel_id, Right.WHEEL_STEER)
    return NewStepPage(wheel.id, wheel.year, *_things(ctx, wheel.tenant_id))


Named = tuple[tuple[int, str], ...]


def _things(ctx: Context, region_id: int) -> tuple[Named, Named]:
    """The region's meetings and plans, which steps can be linked to."""
    meetings = [row for row in governance.list_meetings(ctx) if row.tenant_id == region_id]
    return (
        tuple((row.id, f"{row.body_name} {row.held_on:%d.%m.%Y}") for row in meetings),
        tuple((row.id, str(row.year)) for row in plans.list_plans(ctx) if row.tenant_id == region_id),
    )


def input_of(step: Step) -> StepInput:
    """A step as it was written down."""
    return StepInput(
        title_nb=step.title_nb, title_nn=step.title_nn, kind=StepKind(step.kind), doer=Doer(step.doer),
        starts_on=step.starts_on, ends_on=step.ends_on, task_nb=step.task_nb, task_nn=step.task_nn,
        opens_nb=step.opens_nb, opens_nn=step.opens_nn, closes_nb=step.closes_nb, closes_nn=step.closes_nn,
        reads=Reads(step.reads), meeting_id=step.meeting_id, plan_id=step.plan_id,
    )  # fmt: skip
