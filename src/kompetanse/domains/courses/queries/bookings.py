"""What a run has booked, gathering by gathering, and what it could book."""

from __future__ import annotations

from django.db.models import Count

from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics.types import Access, EquipmentRow, Need, ResourceKind, ResourceRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from ..models import Signup
from ..permissions import Right
from ..types import STANDING, LogisticsPage, RunStatus, SessionPlan, SessionRow
from .runs import get_run, list_sessions

# What a room must have for those who come, by what they have said that they need.
ROOM_FOR = {Need.WHEELCHAIR: (Access.STEP_FREE, Access.ACCESSIBLE_TOILET), Need.HEARING: (Access.HEARING_LOOP,)}
MOST_SUGGESTED = 5


@query
def get_logistics(ctx: Context, *, run_id: int) -> LogisticsPage:
    """Rooms with address and access for everybody; for the office all that is booked, needed, and could be booked.

    Raises NotFound.
    """
    run = get_run(ctx, run_id=run_id).run
    may_manage = access.possible(ctx.actor, Right.RUN_MANAGE)
    booked = logistics.list_bookings(ctx, run_id=run_id)
    rooms = {room.resource.id: room for room in logistics.list_rooms(ctx)}
    catering = {row.session_id: row for row in logistics.list_catering(ctx, run_id=run_id)}
    needs = logistics.get_needs(ctx, run_id=run_id) if may_manage else None
    homes: dict[int, int] = {}
    if may_manage:
        coming = Signup.objects.filter(run_id=run_id, status__in=sorted(STANDING)).values("tenant_id")
        homes = dict(coming.annotate(people=Count("pk")).values_list("tenant_id", "people"))
    needed = {it for count in (needs.counts if needs else ()) for it in ROOM_FOR.get(count.need, ())}
    open_for_change = may_manage and run.status in (RunStatus.PLANNED, RunStatus.OPEN)
    plans = []
    for session in list_sessions(ctx, run_id=run_id):
        own = [row for row in booked if row.session_id == session.id]
        by_kind = {kind: tuple(row for row in own if row.kind is kind) for kind in ResourceKind}
        could = open_for_change and session.ends_at > ctx.now
        has_room = bool(by_kind[ResourceKind.ROOM])
        plans.append(
            SessionPlan(
                session=session,
                rooms=tuple((row, rooms.get(row.resource_id)) for row in by_kind[ResourceKind.ROOM]),
                trainers=by_kind[ResourceKind.TRAINER] if may_manage else (),
                equipment=by_kind[ResourceKind.EQUIPMENT] if may_manage else (),
                catering=catering.get(session.id),
                free_rooms=tuple(
                    logistics.suggest_rooms(
                        ctx, starts_at=session.starts_at, ends_at=session.ends_at,
                        people=max(run.seats_taken, run.max_seats), homes=homes, access_needed=needed,
                    )[:MOST_SUGGESTED]
                )
                if could and not has_room
                else (),
                free_trainers=tuple(_free(ctx, session, ResourceKind.TRAINER)) if could else (),
                free_equipment=_alike(_free(ctx, session, ResourceKind.EQUIPMENT)) if could else (),
            )
        )  # fmt: skip
    return LogisticsPage(run, tuple(plans), sum(homes.values()), needs, open_for_change)


def _free(ctx: Context, session: SessionRow, kind: ResourceKind) -> list[ResourceRow]:
    return logistics.list_free(ctx, kind=kind, starts_at=session.starts_at, ends_at=session.ends_at)


def _alike(pieces: list[ResourceRow]) -> tuple[EquipmentRow, ...]:
    """Things that are alike and stand in one place, together."""
    together: dict[tuple[str, str, str], list[ResourceRow]] = {}
    for piece in pieces:
        together.setdefault((piece.series, piece.place, piece.owner), []).append(piece)
    return tuple(EquipmentRow(*key, tuple(rows)) for key, rows in sorted(together.items()))
