"""What the leader above does with a need in a round. Nothing is lost: each step is written for whoever asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kompetanse.domains.needs.events import NeedHandled, NeedsJoined
from kompetanse.domains.needs.models import Need
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.placing import common_path
from kompetanse.domains.needs.rules.reporting import check_people, check_text
from kompetanse.domains.needs.rules.rounds import people_of, starts_at_sector
from kompetanse.domains.needs.types import (
    JoinNeedsTwo,
    NeedIsNotHere,
    NeedIsNotJoined,
    NeedStatus,
    Origin,
    RoundAct,
    Step,
    WhyIsMissing,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .passing import first_step, lock_open, note, take_back


@operation
def pass_on(ctx: Context, *, need_ids: Collection[int], comment: str = "") -> None:
    """Equal to saying yes: these go on to the municipality's list, all or none.

    Raises NotFound, Refused, RoundIsApproved, NeedIsNotHere, TextIsTooLong.
    """
    comment = check_text("why", comment)
    for need in _at_hand(ctx, need_ids):
        if need.step != Step.SECTOR:
            raise NeedIsNotHere(title=need.title)
        need.step = Step.LIST
        need.save(update_fields=["step"])
        _done(ctx, need, RoundAct.PASSED, comment)


@operation
def send_back(ctx: Context, *, need_id: int, why: str) -> None:
    """To whoever asked, or from the list to the leader above, with the reason. A joined need falls apart first.

    Raises NotFound, Refused, RoundIsApproved, NeedIsNotHere, WhyIsMissing, TextIsTooLong.
    """
    why = _reason(why)
    (need,) = _at_hand(ctx, [need_id])
    if need.step == Step.RETURNED:
        raise NeedIsNotHere(title=need.title)
    if need.step == Step.LIST and need.unit_id and starts_at_sector(need.unit.path):
        need.step = Step.SECTOR
        need.save(update_fields=["step"])
        _done(ctx, need, RoundAct.SENT_BACK, why)
        return
    going = [need]
    if need.composed:
        going = _apart(ctx, need, why, Step.RETURNED)
    else:
        need.step = Step.RETURNED
        need.save(update_fields=["step"])
    for one in going:
        _done(ctx, one, RoundAct.SENT_BACK, why)


@operation
def comment_need(ctx: Context, *, need_id: int, text: str) -> None:
    """Say something of a need in a round. Raises NotFound, Refused, RoundIsApproved, WhyIsMissing, TextIsTooLong."""
    text = _reason(text)
    (need,) = _at_hand(ctx, [need_id])
    _done(ctx, need, RoundAct.COMMENTED, text)


@operation
def tell_again(
    ctx: Context, *, need_id: int, title: str, people: int | None = None, reason: str = "", answer: str = ""
) -> None:
    """What was sent back is put right by whoever asked, and goes the same way again.

    Raises NotFound, Refused, RoundIsApproved, NeedIsNotHere, NeedHasNoTitle, TextIsTooLong, PeopleOutOfRange.
    """
    need = access.fetch(ctx, Need.objects.select_related("unit"), need_id, Right.NEED_WITHDRAW)
    if need.round_id is None:
        raise NeedIsNotHere(title=need.title)
    lock_open(need.round_id)
    need.refresh_from_db()
    if need.status != NeedStatus.IN_ROUND or need.step != Step.RETURNED:
        raise NeedIsNotHere(title=need.title)
    need.title, need.people = check_text("title", title), check_people(people)
    need.reason = check_text("reason", reason)
    need.step = first_step(ctx, need)
    need.save(update_fields=["title", "people", "reason", "step"])
    _done(ctx, need, RoundAct.TOLD_AGAIN, check_text("why", answer))


@operation
def join_needs(ctx: Context, *, need_ids: Collection[int], title: str = "", comment: str = "") -> int:
    """Equal needs become one with the people of all; each keeps who asked and is answered by it. Gives its id.

    Raises NotFound, Refused, RoundIsApproved, NeedIsNotHere, JoinNeedsTwo, PeopleOutOfRange, TextIsTooLong.
    """
    needs = _at_hand(ctx, need_ids)
    if len(needs) < 2 or len({(need.round_id, need.step) for need in needs}) > 1:
        raise JoinNeedsTwo()
    if needs[0].step == Step.RETURNED:
        raise NeedIsNotHere(title=needs[0].title)
    comment = check_text("why", comment)
    wholes = [need for need in needs if need.composed]
    parts = [need for need in needs if not need.composed]
    parts += Need.objects.filter(merged_into__in=wholes)
    first = parts[0]
    units = {need.unit_id for need in needs}
    made: Need = Need.objects.create(
        tenant_id=first.tenant_id,
        unit_id=first.unit_id if len(units) == 1 else _above(needs),
        title=check_text("title", title or first.title),
        target_group=first.target_group,
        people=check_people(people_of(part.people for part in parts)),
        reason=first.reason, cause=first.cause, kind=first.kind,
        statutory=_any(part.statutory for part in parts),
        goal_id=first.goal_id, goal_tenant_id=first.goal_tenant_id, requirement_id=first.requirement_id,
        wanted_time=first.wanted_time, wanted_place=first.wanted_place, wanted_form=first.wanted_form,
        priority=min((part.priority for part in parts if part.priority is not None), default=None),
        regional=_any(part.regional for part in parts),
        origin=Origin.HAND, status=NeedStatus.IN_ROUND, round_id=first.round_id or needs[0].round_id,
        step=needs[0].step, composed=True, reported_by=ctx.actor.person_id, reported_at=ctx.now,
    )  # fmt: skip
    Need.objects.filter(pk__in=[part.pk for part in parts]).update(status=NeedStatus.MERGED, step="", merged_into=made)
    # What was joined before is joined anew: the parts are kept, the form they had is not needed.
    take_back(ctx, wholes, comment)
    note(ctx, parts, RoundAct.JOINED, comment)
    note(ctx, [made], RoundAct.JOINED, comment)
    publish(ctx, NeedsJoined(tenant_id=made.tenant_id, need_id=made.pk, needs=len(parts)))
    return made.pk


@operation
def take_apart(ctx: Context, *, need_id: int, why: str = "") -> None:
    """What was joined becomes the needs it was, each where the whole lay.

    Raises NotFound, Refused, RoundIsApproved, NeedIsNotHere, NeedIsNotJoined, TextIsTooLong.
    """
    why = check_text("why", why)
    (need,) = _at_hand(ctx, [need_id])
    if not need.composed:
        raise NeedIsNotJoined(title=need.title)
    for part in _apart(ctx, need, why, Step(need.step)):
        _done(ctx, part, RoundAct.TAKEN_APART, why)


def _at_hand(ctx: Context, need_ids: Collection[int]) -> list[Need]:
    """Needs that lie where the actor decides, in a round that is open and held to ourselves."""
    found = list(Need.objects.filter(pk__in=set(need_ids)).select_related("unit__parent", "round").order_by("id"))
    if len(found) < len(set(need_ids)) or not found:
        raise NotFound()
    for need in found:
        if need.round_id is None:
            raise NeedIsNotHere(title=need.title)
    for round_id in sorted({need.round_id for need in found}):
        lock_open(round_id)
    held = list(Need.objects.filter(pk__in=set(need_ids)).select_related("unit__parent", "round").order_by("id"))
    for need in held:
        if need.status != NeedStatus.IN_ROUND:
            raise NeedIsNotHere(title=need.title)
        if need.step == Step.LIST:
            access.require(ctx, Right.ROUND_KEEP, need.round)
        else:
            access.require(ctx, Right.NEED_WEIGH, need)
    return held


def _apart(ctx: Context, whole: Need, why: str, step: Step) -> list[Need]:
    parts = list(Need.objects.filter(merged_into=whole).select_related("unit"))
    for part in parts:
        part.status, part.step, part.merged_into = NeedStatus.IN_ROUND, step, None
    Need.objects.bulk_update(parts, ["status", "step", "merged_into"])
    take_back(ctx, [whole], why)
    return parts


def _above(needs: Collection[Need]) -> int | None:
    """The lowest unit that is above all that ask; None where somebody asks for the municipality as a whole."""
    shared = common_path(tuple(need.unit.path) if need.unit_id else () for need in needs)
    return shared[-1] if shared else None


def _any(told: Iterable[bool | None]) -> bool | None:
    said = [value for value in told if value is not None]
    return any(said) if said else None


def _reason(why: str) -> str:
    why = check_text("why", why)
    if not why:
        raise WhyIsMissing()
    return why


def _done(ctx: Context, need: Need, act: RoundAct, text: str = "") -> None:
    note(ctx, [need], act, text)
    publish(ctx, NeedHandled(tenant_id=need.tenant_id, need_id=need.pk, act=act))
