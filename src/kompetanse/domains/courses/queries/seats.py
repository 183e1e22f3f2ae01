"""How seats were given out: the declared policy, why one stands where one stands, and whether the history holds."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..models import Run, SeatDecision
from ..permissions import Right
from ..types import DecisionRow, PolicyInput, SignupRow, SignupStatus, WhyPage
from .signups import get_signup

POLICY = """
    SELECT p.id, p.release_on, p.office_seats, p.statutory_first, p.needs_approval, p.offer_days, p.offer_hours,
           p.pass_up_days
      FROM allowed LEFT JOIN courses_seatpolicy p ON p.run_id = allowed.id WHERE allowed.id = %s
"""


@query
def get_policy(ctx: Context, *, run_id: int) -> PolicyInput:
    """How a run's seats are given out, as declared; the usual where nothing is. One query. Raises NotFound."""
    found = access.select(ctx, Right.RUN_READ, POLICY, run_id)
    if not found:
        raise NotFound()
    return PolicyInput(*found[0][1:]) if found[0][0] is not None else PolicyInput()


@query
def get_why(ctx: Context, *, signup_id: int) -> WhyPage:
    """Why a person stands where they stand: the rules in force, the numbers, and each decision. No other's name.

    Numbers are of the whole run, and of the person's own municipality; never of another. Raises NotFound.
    """
    signup = get_signup(ctx, signup_id=signup_id)
    run = Run.objects.get(pk=signup.run_id)
    found = SeatDecision.objects.filter(signup_id=signup_id).order_by("step", "id")
    decisions = tuple(
        DecisionRow(
            row.step, row.act, row.status, row.place, row.rule, row.numbers.get("taken"), row.numbers.get("free"),
            row.numbers.get("left"), row.decided_at,
        )
        for row in found
    )  # fmt: skip
    policy = get_policy(ctx, run_id=run.pk)
    sentences = _sentences(signup, policy, run.waiting, bool(run.line.get("kept")))
    return WhyPage(signup, sentences, decisions, run.max_seats, run.waiting)


def _sentences(signup: SignupRow, policy: PolicyInput, waiting: int, kept: bool) -> tuple[str, ...]:
    found = [_("Du trakk nummer %(n)s da du meldte deg på.") % {"n": signup.queue_number}]
    if signup.status is SignupStatus.WAITING and signup.place:
        found.append(_("På ventelisten er du nummer %(place)s av %(all)s.") % {"place": signup.place, "all": waiting})
        ahead = signup.place - 1
        if not ahead:
            found.append(_("Ingen står foran deg: du får den neste plassen som du kan få."))
        elif policy.statutory_first:
            found.append(
                ngettext(
                    "Den ene foran deg meldte seg på før deg, eller har en lovpålagt frist.",
                    "De %(n)s foran deg meldte seg på før deg, eller har en lovpålagt frist.",
                    ahead,
                )
                % {"n": ahead}
            )
        else:
            found.append(
                ngettext("Den ene foran deg meldte seg på før deg.", "De %(n)s foran deg meldte seg på før deg.", ahead)
                % {"n": ahead}
            )
        if kept:
            found.append(_("Noen som meldte seg på etter deg, kan ha fått en plass som kommunen deres har bestilt."))
    return tuple(found)


@query
def replay_run(ctx: Context, *, run_id: int) -> list[str]:
    """Play a run's logged decisions again, with all municipalities in sight: what does not come out as decided."""
    access.require_role(ctx, Right.RUN_MANAGE)
    columns = ("step", "act", "signup_id", "tenant_id", "status", "place", "rule", "numbers")
    found = SeatDecision.objects.filter(run_id=run_id).order_by("step", "id").values_list(*columns)
    return rules.replay(rules.Logged(*row) for row in found)
