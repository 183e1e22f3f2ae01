"""What a run has booked, gathering by gathering, and what it could book."""

from __future__ import annotations

from django.db.models import Count

from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics.types import Access, EquipmentRow, Free, Need, ResourceKind, ResourceRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from ..models import Signup
from ..permissions import Right
from ..types import STANDING, LogisticsPage, RunStatus, SessionPlan
from .runs import get_run, list_sessions

# What a room must have for those who come, by what they have said that they need.
ROOM_FOR = {Need.WHEELCHAIR: (Access.STEP_FREE, Access.ACCESSIBLE_TOILET), Need.HEARING: (Access.HEARING_LOOP,)}
MOST_SUGGESTED = 5


@query
def get_logistics(ctx: Context, *, run_id: int) -> LogisticsPage:
    """Rooms with address and access for everybody; for the office all that is booked, needed, and could be booked.

    As many queries for one gathering as for twenty. Raises NotFound.
    """
    run = get_run(ctx, run_id=run_id).run
    may_manage = access.possible(ctx.actor, Right.RUN_MANAGE)
    sessions = list_sessions(ctx, run_id=run_id)
    booked = logistics.list_bookings(ctx, run_id=run_id)
    rooms = {room.resource.id: room for room in logistics.list_rooms(ctx)}
    catering = {row.session_id: row for row in logistics.list_catering(ctx, run_id=run_id)}
    needs = logistics.get_needs(ctx, run_id=run_id) if may_manage else None
    open_for_change = may_manage and run.status in (RunStatus.PLANNED, RunStatus.OPEN)
    homes: dict[int, int] = {}
    free: dict[int, Free] = {}
    if may_manage:
        coming = Signup.objects.filter(run_id=run_id, status__in=sorted(STANDING)).values("tenant_id")
        homes = dict(coming.annotate(people=Count("pk")).values_list("tenant_id", "people"))
    if open_for_change:
        free = logistics.suggest(
            ctx, times={it.id: (it.starts_at, it.ends_at) for it in sessions if it.ends_at > ctx.now},
            people=run.max_seats, homes=homes,
            access_needed={it for count in (needs.counts if needs else ()) for it in ROOM_FOR.get(count.need, ())},
        )  # fmt: skip
    plans = []
    for session in sessions:
        own = [row for row in booked if row.session_id == session.id]
        by_kind = {kind: tuple(row for row in own if row.kind is kind) for kind in ResourceKind}
        could = free.get(session.id, Free())
        plans.append(
            SessionPlan(
                session=session,
                rooms=tuple((row, rooms.get(row.resource_id)) for row in by_kind[ResourceKind.ROOM]),
                trainers=by_kind[ResourceKind.TRAINER] if may_manage else (),
                equipment=by_kind[ResourceKind.EQUIPMENT] if may_manage else (),
                catering=catering.get(session.id),
                free_rooms=() if by_kind[ResourceKind.ROOM] else could.rooms[:MOST_SUGGESTED],
                free_trainers=could.trainers,
                free_equipment=_alike(could.equipment),
            )
        )
    return LogisticsPage(run, tuple(plans), sum(homes.values()), needs, open_for_change)


def _alike(pieces: tuple[ResourceRow, ...]) -> tuple[EquipmentRow, ...]:
    """Things that are alike and stand in one place, together."""
    together: dict[tuple[str, str, str], list[ResourceRow]] = {}
    for piece in pieces:
        together.setdefault((piece.series, piece.place, piece.owner), []).append(piece)
    return tuple(EquipmentRow(*key, tuple(rows)) for key, rows in sorted(together.items()))
