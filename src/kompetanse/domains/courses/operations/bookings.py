"""Rooms, trainers and things for a run's gatherings. Logistics keeps them apart; here is told what they are for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics.types import BookingMade, Need, ResourceKind
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from ..models import Run, Session, Signup
from ..permissions import Right
from ..types import STANDING, NotSignedUp, RunCannotBeChanged, RunStatus, SessionIsUnknown

NORWAY = ZoneInfo("Europe/Oslo")


@operation
def book_for_session(ctx: Context, *, run_id: int, session_id: int, resource_id: int, count: int = 1) -> BookingMade:
    """Book a room, a trainer or so many things for a gathering. A room becomes the place where it is held.

    Gives the (first) booking. Raises NotFound, Refused, RunCannotBeChanged, SessionIsUnknown, and what
    `logistics.book` raises.
    """
    run, session = _session(ctx, run_id, session_id)
    shown = logistics.get_resource(ctx, resource_id=resource_id)
    start, end = session.starts_at, session.ends_at
    if shown.resource.kind is ResourceKind.EQUIPMENT:
        return logistics.book_pieces(
            ctx, piece_id=resource_id, count=count, starts_at=start, ends_at=end, title=run.title, run_id=run.pk,
            session_id=session.pk,
        )[0]  # fmt: skip
    made = logistics.book(
        ctx, resource_id=resource_id, starts_at=start, ends_at=end, title=run.title, run_id=run.pk,
        session_id=session.pk,
    )  # fmt: skip
    if shown.resource.kind is ResourceKind.ROOM:
        session.room, session.place = shown.resource.name, shown.resource.place or session.place
        session.save(update_fields=["room", "place"])
        if session.number == 1:
            run.room, run.place = session.room, session.place
            run.save(update_fields=["room", "place"])
    return made


@operation
def free_for_run(ctx: Context, *, run_id: int, booking_id: int) -> None:
    """Let go of something that a run has booked. Raises NotFound, Refused or BookingIsFreed."""
    run: Run = access.fetch(ctx, Run.objects.all(), run_id, Right.RUN_MANAGE)
    if booking_id not in {row.id for row in logistics.list_bookings(ctx, run_id=run.pk)}:
        raise NotFound()
    logistics.free(ctx, booking_id=booking_id)


@operation
def cater_for_session(
    ctx: Context, *, run_id: int, session_id: int, people: int, what: str, supplier: str = ""
) -> None:
    """Order food for a gathering. Raises NotFound, Refused, RunCannotBeChanged, PeopleAreImpossible, RunIsOver."""
    run, session = _session(ctx, run_id, session_id)
    logistics.order_catering(
        ctx, region_id=run.tenant_id, run_id=run.pk, session_id=session.pk, starts_at=session.starts_at,
        people=people, what=what, supplier=supplier,
    )  # fmt: skip


@operation
def tell_own_needs(
    ctx: Context, *, run_id: int, needs: Collection[Need], other: str = "", consent: bool = False
) -> None:
    """Say what one needs of food and room at a run that one is signed up for; nothing at all takes it back.

    Raises NotFound, NotSignedUp, ConsentIsMissing, OtherIsMissing or RunIsOver.
    """
    run: Run = access.fetch(ctx, Run.objects.all(), run_id, Right.RUN_READ)
    mine = Signup.objects.filter(
        run_id=run_id, employee__person_id=ctx.actor.person_id, status__in=sorted(STANDING)
    ).first()  # fmt: skip
    if mine is None:
        raise NotSignedUp()
    logistics.tell_needs(
        ctx, tenant_id=mine.tenant_id, region_id=run.tenant_id, run_id=run_id, run_ends_on=_last_day(run),
        needs=needs, other=other, consent=consent,
    )  # fmt: skip


@operation
def forget_needs_of(ctx: Context, *, signup_id: int) -> None:
    """Somebody will not come after all: what they needed is deleted, unless they have signed up again."""
    row = Signup.objects.filter(pk=signup_id).values("region_id", "run_id", "employee__person_id").first()
    if row is None:
        return
    again = Signup.objects.filter(
        run_id=row["run_id"], employee__person_id=row["employee__person_id"], status__in=sorted(STANDING)
    )
    if not again.exists():
        logistics.forget_needs(
            ctx, region_id=row["region_id"], run_id=row["run_id"], person_id=row["employee__person_id"]
        )


def move_bookings(ctx: Context, run: Run) -> None:
    """The run's gatherings have new times: what is booked goes along, or nothing is moved. Within an operation.

    Raises ResourceIsTaken, OutsideOpeningHours or TrainerIsNotAvailable.
    """
    times = {row.pk: (row.starts_at, row.ends_at) for row in Session.objects.filter(run_id=run.pk)}
    logistics.move_sessions(ctx, run_id=run.pk, sessions=times)
    starts = {pk: starts_at for pk, (starts_at, _ends_at) in times.items()}
    logistics.follow_run(ctx, region_id=run.tenant_id, run_id=run.pk, ends_on=_last_day(run), sessions=starts)


def let_go(ctx: Context, run: Run) -> None:
    """The run is called off: what was booked is free for others, and what people needed is deleted."""
    logistics.free_run(ctx, run_id=run.pk, why=run.cancel_reason)
    for row in logistics.list_catering(ctx, run_id=run.pk):
        logistics.cancel_catering(ctx, catering_id=row.id)
    logistics.forget_needs(ctx, region_id=run.tenant_id, run_id=run.pk)


def _last_day(run: Run) -> date:
    return run.ends_at.astimezone(NORWAY).date()


def _session(ctx: Context, run_id: int, session_id: int) -> tuple[Run, Session]:
    run: Run = access.fetch(ctx, Run.objects.all(), run_id, Right.RUN_MANAGE, lock=True)
    if run.status not in (RunStatus.PLANNED, RunStatus.OPEN):
        raise RunCannotBeChanged()
    session = Session.objects.filter(run_id=run.pk, pk=session_id).first()
    if session is None:
        raise SessionIsUnknown()
    return run, session
