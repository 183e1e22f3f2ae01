"""What participants need, as counts and never as names; and what food is ordered."""

from __future__ import annotations

from django.db.models import Count

from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from ..models import Catering, ParticipantNeed
from ..permissions import Right
from ..types import CateringRow, Need, NeedCount, NeedsPage, OwnNeeds


@query
def get_own_needs(ctx: Context, *, run_id: int) -> OwnNeeds:
    """What the reader has said of themselves at a run. One query."""
    mine = ParticipantNeed.objects.filter(access.rows(ctx.actor, Right.PARTICIPANT_NEED_OWN), run_id=run_id)
    found = dict(mine.values_list("need", "other"))
    return OwnNeeds(tuple(need for need in Need if need in found), found.get(Need.OTHER, ""))


@query
def get_needs(ctx: Context, *, run_id: int) -> NeedsPage:
    """How many need what at a run, without names and in no order of people. Two queries.

    For the office alone, which tells the kitchen and readies the room: it must know of the one who cannot eat nuts.
    To others any count, small or large, could say something of a colleague they know the list of. Raises Refused.
    """
    access.require_role(ctx, Right.CATERING_READ)
    rows = ParticipantNeed.objects.filter(run_id=run_id)
    counts = dict(rows.values("need").annotate(people=Count("person_id", distinct=True)).values_list("need", "people"))
    others = sorted(set(rows.exclude(other="").values_list("other", flat=True)))
    return NeedsPage(tuple(NeedCount(need, counts[need]) for need in Need if need in counts), tuple(others))


@query
def list_catering(ctx: Context, *, run_id: int) -> list[CateringRow]:
    """Food ordered for a run, by time; nothing for those who do not order it. One query."""
    found = Catering.objects.filter(access.rows(ctx.actor, Right.CATERING_READ), run_id=run_id)
    columns = ("id", "session_id", "starts_at", "people", "what", "supplier")
    return [CateringRow(*row) for row in found.order_by("starts_at").values_list(*columns)]
