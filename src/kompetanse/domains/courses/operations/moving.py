"""From one run of a measure to another in one act, and one person in another's seat."""

from __future__ import annotations

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..events import SeatTakenOver, SignupMoved
from ..models import Run, Signup
from ..permissions import Right
from ..queries import missing_prerequisites
from ..types import (
    AnotherMeasure,
    HasNoPost,
    NobodyToReplace,
    NothingToWithdraw,
    Placed,
    RunHasBegun,
    RunStatus,
    SeatAct,
    SignupStatus,
    SubstituteFromElsewhere,
    SubstituteLacks,
)
from .policy import place
from .seating import Done
from .signups import Newcomer, check_open, end, leave_line, locked, needs_approval, stand_in_line, write_asked
from .statutory import has_statutory_deadline
from .terms import charge_replacement


@operation
def move_signup(ctx: Context, *, signup_id: int, run_id: int) -> Placed:
    """Move a sign-up to another run of the same measure: last in that line, approved where it was approved.

    The seat or the place that was left goes to the next in the same transaction; where the other run says no,
    nothing is changed. Raises AnotherMeasure, NothingToWithdraw, RunHasBegun, AlreadySignedUp and what `sign_up` does.
    """
    signups = Signup.objects.select_related("employee", "unit")
    seen = access.fetch(ctx, signups, signup_id, Right.SIGNUP_WITHDRAW)
    runs = {
        run.pk: run
        for run in Run.objects.filter(access.rows(ctx.actor, Right.RUN_READ), pk__in=[seen.run_id, run_id])
        .select_for_update(no_key=True)
        .order_by("id")
    }
    if len(runs) < 2:
        raise NotFound() if run_id not in runs else AnotherMeasure()
    signup = access.fetch(ctx, signups, signup_id, Right.SIGNUP_WITHDRAW)
    left, to = runs[signup.run_id], runs[run_id]
    if left.measure_id != to.measure_id:
        raise AnotherMeasure()
    if not rules.can_withdraw(SignupStatus(signup.status)) or left.status != RunStatus.OPEN:
        raise NothingToWithdraw()
    if left.starts_at <= ctx.now:
        raise RunHasBegun()
    check_open(ctx, to)
    who = organisation.get_asker(ctx, employee_id=signup.employee_id)
    if who is None:
        raise HasNoPost()
    approved = signup.status != SignupStatus.ASKED or not needs_approval(to)
    leave_line(ctx, left, signup, SeatAct.WITHDRAWN, rules.MOVED)
    first = has_statutory_deadline(ctx, to, who.id)
    standing = stand_in_line(ctx, to, Newcomer(who, approved, first))
    publish(
        ctx,
        SignupMoved(
            tenant_id=who.tenant_id, run_id=to.pk, signup_id=standing.signup_id, from_run_id=left.pk,
            from_signup_id=signup.pk,
        ),
    )  # fmt: skip
    return standing


@operation
def replace_participant(ctx: Context, *, signup_id: int, employee_id: int) -> int:
    """Another person of the same municipality takes over a seat that is given. Gives the new sign-up's id.

    For those who lead the person or run the course, until the run begins. Raises NobodyToReplace, RunHasBegun,
    SubstituteFromElsewhere, SubstituteLacks, HasNoPost, AlreadySignedUp.
    """
    run, signup = locked(ctx, signup_id, Right.SIGNUP_WITHDRAW)
    who = organisation.get_asker(ctx, employee_id=employee_id)
    if who is None:
        raise HasNoPost()
    if signup.status not in (SignupStatus.SEATED, SignupStatus.OFFERED) or run.status != RunStatus.OPEN:
        raise NobodyToReplace()
    if run.starts_at <= ctx.now:
        raise RunHasBegun()
    if who.tenant_id != signup.tenant_id:
        raise SubstituteFromElsewhere()
    if lacks := missing_prerequisites(ctx, run_id=run.pk, employee_id=employee_id):
        raise SubstituteLacks(name=who.name, what=", ".join(one.what for one in lacks))
    charge_replacement(ctx, run, signup)
    end(ctx, signup, rules.REPLACED)
    substitute = write_asked(ctx, run, Newcomer(who, approved=True))
    left = Done(SeatAct.WITHDRAWN, signup.pk, signup.tenant_id, SignupStatus.WITHDRAWN, rules.REPLACED)
    place(ctx, run, substitute, rules.Ground.SUBSTITUTE, besides=[left])
    publish(
        ctx,
        SeatTakenOver(tenant_id=signup.tenant_id, run_id=run.pk, signup_id=substitute.pk, from_signup_id=signup.pk),
    )
    return int(substitute.pk)
