"""Goals and frames of the councils."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import (
    FrameSet,
    GoalSet,
)
from kompetanse.domains.governance.models import Frame, Goal
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types import (
    TITLE_LENGTH,
    LimitIsImpossible,
    PeriodIsTurned,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

MOST_ORE = 10_000_000_000_00


@operation
def set_goal(
    ctx: Context,
    *,
    tenant_id: int,
    title_nb: str,
    decision_reference: str,
    valid_from: date,
    title_nn: str = "",
    valid_to: date | None = None,
    goal_id: int | None = None,
) -> int:
    """Write a council's goal down with the decision it rests on, or correct it. Gives its id.

    Raises NotFound, Refused, TextIsMissing, TextIsTooLong or PeriodIsTurned.
    """
    if goal_id is None:
        goal = access.require(ctx, Right.GOAL_SET, Goal(tenant_id=tenant_id))
    else:
        goal = access.fetch(ctx, Goal.objects.filter(tenant_id=tenant_id), goal_id, Right.GOAL_SET, lock=True)
    if valid_to is not None and valid_to < valid_from:
        raise PeriodIsTurned()
    goal.title_nb = rules.checked_text(title_nb, "Mål", limit=TITLE_LENGTH, required=True)
    goal.title_nn = rules.checked_text(title_nn, "Mål (nynorsk)", limit=TITLE_LENGTH)
    goal.decision_reference = rules.checked_text(decision_reference, "Vedtak", limit=120, required=True)
    goal.valid_from, goal.valid_to = valid_from, valid_to
    goal.save()
    publish(ctx, GoalSet(tenant_id=tenant_id, goal_id=goal.id))
    return goal.id


@operation
def set_frame(ctx: Context, *, tenant_id: int, year: int, limit_ore: int, decision_reference: str) -> int:
    """Set the most that a year's plan may cost, in øre; the newest decision stands. Gives the frame's id."""
    access.require(ctx, Right.FRAME_SET, Frame(tenant_id=tenant_id))
    if not 0 <= limit_ore <= MOST_ORE:
        raise LimitIsImpossible()
    reference = rules.checked_text(decision_reference, "Vedtak", limit=120, required=True)
    frame, _ = Frame.objects.update_or_create(
        tenant_id=tenant_id, year=year,
        defaults={"limit_ore": limit_ore, "decision_reference": reference},
    )  # fmt: skip
    publish(ctx, FrameSet(tenant_id=tenant_id, year=year, limit_ore=limit_ore))
    return int(frame.id)
