"""What can be done: start a year, change its steps, say how far one has come, roll it on, remind."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import date

from django.db.models import QuerySet

from kompetanse.domains.governance import api as governance
from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.types import PersonalLetter
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import HolderRow, MunicipalityRow, RegionRow, Role, WrittenForm
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import PlanStatus
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from . import rules
from .events import StandingStated, StepDropped, StepReminded, StepSet, WheelRolled, WheelStarted
from .models import Standing, Step, Wheel
from .permissions import Right
from .queries import follows_thing, input_of
from .types import (
    FIRST_YEAR,
    LAST_YEAR,
    MUNICIPAL,
    TITLE_LENGTH,
    Doer,
    LinkIsUnknown,
    NotAMember,
    Occasion,
    Reads,
    Stated,
    StatedByTheThing,
    StepHasChanged,
    StepInput,
    StepIsBackwards,
    StepIsDropped,
    StepIsInAnotherYear,
    WhoseIsMissing,
    YearIsImpossible,
)


@operation
def start_wheel(ctx: Context, *, region_id: int, year: int, standard: bool = True) -> int:
    """The region's wheel for a year, with the standard steps unless told otherwise. Gives its id.

    A year that has a wheel is let be. Raises Refused or YearIsImpossible.
    """
    access.require(ctx, Right.WHEEL_STEER, Wheel(tenant_id=region_id))
    wheel, is_new = _wheel(ctx, region_id, year)
    if not is_new:
        return wheel.id
    steps = [
        Step(
            tenant_id=region_id, wheel=wheel, key=it.key, kind=it.kind, doer=it.doer, reads=it.reads,
            starts_on=date(year, *it.starts), ends_on=date(year, *it.ends), **it.texts,
        )
        for it in (rules.standard() if standard else ())
    ]  # fmt: skip
    Step.objects.bulk_create(steps)
    publish(ctx, WheelStarted(tenant_id=region_id, wheel_id=wheel.id, year=year, steps=len(steps)))
    return wheel.id


def _wheel(ctx: Context, region_id: int, year: int) -> tuple[Wheel, bool]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearIsImpossible()
    found: tuple[Wheel, bool] = Wheel.objects.get_or_create(
        tenant_id=region_id, year=year, defaults={"made_by_id": ctx.actor.person_id, "made_at": ctx.now}
    )
    return found


@operation
def roll_wheel(ctx: Context, *, wheel_id: int) -> int:
    """The same steps in the same weeks of next year. Gives that year's wheel.

    Done again, what has come since is brought along and nothing is doubled; what was taken out there stays out.
    Raises NotFound, Refused or YearIsImpossible.
    """
    old: Wheel = access.fetch(ctx, Wheel.objects.all(), wheel_id, Right.WHEEL_STEER, lock=True)
    new, _is_new = _wheel(ctx, old.tenant_id, old.year + 1)
    there = set(Step.objects.filter(wheel=new).values_list("key", flat=True))
    steps = []
    for step in Step.objects.filter(wheel=old, dropped_at=None).exclude(key__in=there).order_by("starts_on", "id"):
        starts_on, ends_on = rules.next_year(step.starts_on, step.ends_on)
        told = asdict(input_of(step)) | {"starts_on": starts_on, "ends_on": ends_on}
        # Next year has its own meetings and plan.
        told |= {"meeting_id": None, "plan_id": None}
        steps.append(Step(tenant_id=old.tenant_id, wheel=new, key=step.key, **told))
    Step.objects.bulk_create(steps)
    publish(ctx, WheelRolled(tenant_id=old.tenant_id, wheel_id=new.id, year=new.year, steps=len(steps)))
    return new.id


@operation
def set_step(
    ctx: Context, *, wheel_id: int, step: StepInput, step_id: int | None = None, version: int | None = None
) -> int:
    """Put a step into the wheel, or change the one named. Gives its id.

    `version` is the step's as the writer saw it. Raises NotFound, Refused, StepIsDropped, StepHasChanged,
    TextIsMissing, TextIsTooLong, StepIsBackwards, StepIsInAnotherYear or LinkIsUnknown.
    """
    wheel: Wheel = access.fetch(ctx, Wheel.objects.all(), wheel_id, Right.WHEEL_STEER, lock=True)
    if step_id is None:
        row = Step(tenant_id=wheel.tenant_id, wheel=wheel, key=f"own-{secrets.token_hex(8)}", version=0)
    else:
        row = _step(ctx, Step.objects.filter(wheel=wheel), step_id)
        if version is not None and version != row.version:
            raise StepHasChanged()
    _tell(ctx, row, step, wheel.year)
    row.version += 1
    row.save()
    publish(ctx, StepSet(tenant_id=row.tenant_id, step_id=row.id, starts_on=row.starts_on, ends_on=row.ends_on))
    _read_thing(ctx, row)
    return row.id


def _step(ctx: Context, steps: QuerySet[Step], step_id: int) -> Step:
    row: Step = access.fetch(ctx, steps, step_id, Right.STEP_STEER, lock=True)
    if row.dropped_at is not None:
        raise StepIsDropped()
    return row


TEXT_FIELDS = {
    "task_nb": "Oppgave på bokmål",
    "task_nn": "Oppgave på nynorsk",
    "opens_nb": "Åpner på bokmål",
    "opens_nn": "Åpner på nynorsk",
    "closes_nb": "Avsluttes på bokmål",
    "closes_nn": "Avsluttes på nynorsk",
}


def _tell(ctx: Context, row: Step, told: StepInput, year: int) -> None:
    if told.ends_on < told.starts_on:
        raise StepIsBackwards()
    if told.starts_on.year != year:
        raise StepIsInAnotherYear(year=year)
    if told.meeting_id is not None and told.meeting_id not in {
        meeting.id for meeting in governance.list_meetings(ctx) if meeting.tenant_id == row.tenant_id
    }:
        raise LinkIsUnknown()
    if told.plan_id is not None and told.plan_id not in {
        plan.id for plan in plans.list_plans(ctx) if plan.tenant_id == row.tenant_id
    }:
        raise LinkIsUnknown()
    for name, value in asdict(told).items():
        setattr(row, name, value)
    row.title_nb = rules.checked_text(told.title_nb, "Tittel på bokmål", limit=TITLE_LENGTH, required=True)
    row.title_nn = rules.checked_text(told.title_nn, "Tittel på nynorsk", limit=TITLE_LENGTH, required=True)
    for name, label in TEXT_FIELDS.items():
        setattr(row, name, rules.checked_text(getattr(told, name), label))


@operation
def drop_step(ctx: Context, *, step_id: int) -> None:
    """Take a step out of the wheel. Raises NotFound, Refused or StepIsDropped."""
    row = _step(ctx, Step.objects.all(), step_id)
    row.dropped_at = ctx.now
    row.save(update_fields=["dropped_at"])
    publish(ctx, StepDropped(tenant_id=row.tenant_id, step_id=row.id))


# --- how far one has come ------------------------------------------------------------------------------


@operation
def state_standing(
    ctx: Context, *, step_id: int, status: Stated | None, municipality_id: int | None = None, note: str = ""
) -> None:
    """Say how far a municipality (or, in a step of the region's own, the region) has come; None takes it back.

    Raises NotFound, Refused, StepIsDropped, WhoseIsMissing, NotAMember, StatedByTheThing or TextIsTooLong.
    """
    step: Step = access.fetch(ctx, Step.objects.all(), step_id, Right.STEP_READ)
    if Doer(step.doer) not in MUNICIPAL:
        municipality_id = None
    elif municipality_id is None:
        raise WhoseIsMissing()
    access.require(
        ctx, Right.STANDING_STATE, Standing(tenant_id=step.tenant_id, step=step, municipality_id=municipality_id)
    )
    if step.dropped_at is not None:
        raise StepIsDropped()
    if municipality_id is not None and municipality_id not in {
        row.tenant_id for row in _region(ctx, step.tenant_id).municipalities
    }:
        raise NotAMember()
    if follows_thing(step):
        raise StatedByTheThing()
    if status is None:
        Standing.objects.filter(step=step, municipality_id=municipality_id).delete()
        publish(ctx, _stated(step, municipality_id, ""))
        return
    _put(ctx, step, municipality_id, status, note=rules.checked_text(note, "Merknad"))


def _put(
    ctx: Context, step: Step, municipality_id: int | None, status: Stated, *, note: str = "", is_read: bool = False
) -> None:
    Standing.objects.update_or_create(
        tenant_id=step.tenant_id, step=step, municipality_id=municipality_id,
        defaults={
            "status": status, "note": note, "is_read": is_read, "stated_at": ctx.now,
            "person_id": ctx.actor.person_id, "name": "" if is_read else ctx.actor.name,
        },
    )  # fmt: skip
    publish(ctx, _stated(step, municipality_id, status))


def _stated(step: Step, municipality_id: int | None, status: str) -> StandingStated:
    return StandingStated(tenant_id=step.tenant_id, step_id=step.id, municipality_id=municipality_id, status=status)


def _read_thing(ctx: Context, step: Step) -> None:
    """A step that was linked stands as its thing stands."""
    if step.reads == Reads.MEETING and step.meeting_id is not None:
        held = governance.get_meeting(ctx, meeting_id=step.meeting_id).has_minutes
        _put(ctx, step, None, Stated.DONE if held else Stated.UNDER_WAY, is_read=True)
    elif step.reads == Reads.PLAN and step.plan_id is not None:
        status = next(row.status for row in plans.list_plans(ctx) if row.id == step.plan_id)
        _put(ctx, step, None, Stated.DONE if status is PlanStatus.ADOPTED else Stated.UNDER_WAY, is_read=True)


@operation
def read_thing(ctx: Context, *, meeting_id: int | None = None, plan_id: int | None = None) -> int:
    """A meeting was held, or a plan has moved: the steps linked to it follow. Gives how many. For the system."""
    access.require_system(ctx)
    linked = Step.objects.filter(dropped_at=None)
    if meeting_id is not None:
        linked = linked.filter(reads=Reads.MEETING, meeting_id=meeting_id)
    else:
        linked = linked.filter(reads=Reads.PLAN, plan_id=plan_id)
    steps = list(linked.order_by("id"))
    for step in steps:
        _read_thing(ctx, step)
    return len(steps)


@operation
def read_campaign(ctx: Context, *, region_id: int, municipality_id: int, is_closed: bool) -> int:
    """A municipality's campaign was opened or closed: steps of these days that read campaigns follow.

    What is done already is not undone by another campaign. Gives how many steps. For the system.
    """
    access.require_system(ctx)
    steps = [
        step
        for step in Step.objects.filter(tenant_id=region_id, reads=Reads.CAMPAIGN, dropped_at=None).order_by("id")
        if Doer(step.doer) in MUNICIPAL and rules.takes_campaign(step.starts_on, step.ends_on, ctx.today)
    ]
    for step in steps:
        done = Standing.objects.filter(step=step, municipality_id=municipality_id, status=Stated.DONE)
        if is_closed or not done.exists():
            _put(ctx, step, municipality_id, Stated.DONE if is_closed else Stated.UNDER_WAY, is_read=True)
    return len(steps)


# --- reminding -----------------------------------------------------------------------------------------


@operation
def follow_wheel(ctx: Context, *, region_id: int) -> int:
    """By the clock: who has a step to do is written to when it opens, a week before the last day, and when it is
    late; once for each. Gives how many letters are new. For the system."""
    access.require_system(ctx)
    region = _region(ctx, region_id)
    steps = Step.objects.filter(tenant_id=region_id, dropped_at=None, wheel__year__gte=ctx.today.year - 1)
    done = set(
        Standing.objects.filter(tenant_id=region_id, status=Stated.DONE).values_list("step_id", "municipality_id")
    )
    post = _Post(ctx, region)
    sent = 0
    for step in steps.order_by("starts_on", "id"):
        occasion = rules.letter_due(step.starts_on, step.ends_on, ctx.today)
        if occasion is None:
            continue
        whose = [*region.municipalities] if Doer(step.doer) in MUNICIPAL else [None]
        letters = [
            letter
            for place in whose
            if (step.id, place.tenant_id if place else None) not in done
            for letter in post.letters(step, occasion, place)
        ]
        if new := messages.write(ctx, letters=letters):
            sent += new
            publish(ctx, StepReminded(tenant_id=region_id, step_id=step.id, occasion=occasion, people=new))
    return sent


class _Post:
    """Who is written to, asked once for each place and set of roles."""

    def __init__(self, ctx: Context, region: RegionRow) -> None:
        self.ctx, self.region = ctx, region
        self.known: dict[tuple[int, frozenset[Role]], list[HolderRow]] = {}

    def letters(self, step: Step, occasion: Occasion, place: MunicipalityRow | None) -> list[PersonalLetter]:
        tenant_id = place.tenant_id if place else self.region.tenant_id
        language = "nn" if place and place.written_form is WrittenForm.NYNORSK else "nb"
        nn = language == "nn"
        found = []
        for holder in self._holders(tenant_id, rules.receivers_of(Doer(step.doer), occasion)):
            letter = rules.write(
                occasion, language, title=step.title_nn if nn else step.title_nb, name=holder.name,
                task=step.task_nn if nn else step.task_nb, deadline=step.ends_on,
            )  # fmt: skip
            found.append(
                PersonalLetter(
                    tenant_id, holder.person_id, holder.email, language, letter.subject, letter.body,
                    rules.cause_of(step.id, occasion, step.starts_on, step.ends_on),
                )
            )  # fmt: skip
        return found

    def _holders(self, tenant_id: int, roles: frozenset[Role]) -> list[HolderRow]:
        if (tenant_id, roles) not in self.known:
            holders = organisation.list_role_holders(self.ctx, tenant_id=tenant_id, roles=roles)
            self.known[tenant_id, roles] = holders
        return self.known[tenant_id, roles]


def _region(ctx: Context, region_id: int) -> RegionRow:
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    if region is None:
        raise NotFound()
    return region
