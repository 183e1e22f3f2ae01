"""An approval that nobody gives goes to the one above, then to HR and the contact person, then to the office too."""

from __future__ import annotations

from datetime import timedelta

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from ..events import ApprovalPassedUp
from ..models import Run, SeatPolicy, Signup
from ..permissions import Right
from ..types import USUAL, RunStatus, SignupStatus
from .seating import whole_run


@operation
def pass_up_approvals(ctx: Context, *, region_id: int) -> int:
    """Sign-ups that have waited longer than their run allows get another approver. Gives how many.

    Who should have answered may still do so. Without a leader further up they wait for HR and the contact person,
    and the next time for the office as well; it never stops at nobody.
    """
    access.require(ctx, Right.RUN_MANAGE, Run(tenant_id=region_id))
    days = dict(SeatPolicy.objects.filter(tenant_id=region_id).values_list("run_id", "pass_up_days"))
    asked = Signup.objects.filter(
        region_id=region_id, status=SignupStatus.ASKED, run__status=RunStatus.OPEN, run__starts_at__gt=ctx.now,
        asked_at__lte=ctx.now - timedelta(days=1),
    )  # fmt: skip
    locked = asked.select_related("run", "employee").select_for_update(of=("self",), no_key=True).order_by("id")
    passed = 0
    for signup in locked:
        wait = timedelta(days=days.get(signup.run_id, USUAL.pass_up_days))
        if (signup.passed_up_at or signup.asked_at) + wait > ctx.now:
            continue
        up = organisation.list_leaders_up(ctx, unit_id=signup.unit_id, person_id=signup.employee.person_id)
        rest = up[up.index(signup.approver_id) + 1 :] if signup.approver_id in up else []
        beyond = [leader for leader in rest if leader != signup.approver_id]
        signup.approver_id = beyond[0] if beyond else None
        signup.passed_up_at, signup.levels_up = ctx.now, signup.levels_up + 1
        signup.save(update_fields=["approver", "passed_up_at", "levels_up"])
        publish(
            whole_run(ctx, signup.run, [signup.tenant_id]),
            ApprovalPassedUp(
                tenant_id=signup.tenant_id, run_id=signup.run_id, signup_id=signup.pk,
                approver_id=signup.approver_id, levels_up=signup.levels_up,
            ),
        )  # fmt: skip
        passed += 1
    return passed
