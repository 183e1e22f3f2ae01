"""Seats first, names later: names put on and taken off, and seats handed back while there is time."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanse.domains.orders.events import SeatNameRemoved, SeatsHandedBack, SeatsNamed
from kompetanse.domains.orders.models import Order, SeatHolder
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.types import OrderStatus
from kompetanse.domains.orders.types.catalogue import OrderUnit
from kompetanse.domains.orders.types.delivery import (
    HandBackIsTooMuch,
    LineKind,
    NameIsOnAlready,
    NameIsUnknown,
    OrderHasNoSeats,
    OrderIsNotAgreed,
    ReleaseIsPast,
    TooManyNames,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .answering import DAY
from .entries import enter, locked


@operation
def allocate_seats(ctx: Context, *, order_id: int, employees: Sequence[int]) -> None:
    """Put names on seats of an agreed order: all of them or none.

    Raises OrderHasNoSeats, OrderIsNotAgreed, NameIsUnknown, NameIsOnAlready or TooManyNames.
    """
    order = _agreed(ctx, order_id)
    chosen = list(dict.fromkeys(employees))
    names = {row.id: row.name for row in organisation.list_employees(ctx) if row.tenant_id == order.tenant_id}
    if not chosen or any(key not in names for key in chosen):
        raise NameIsUnknown()
    held = dict(SeatHolder.objects.filter(order=order).values_list("number", "employee_id"))
    for key in chosen:
        if key in held.values():
            raise NameIsOnAlready(name=names[key])
    free = [number for number in range(1, order.seats + 1) if number not in held]
    if len(chosen) > order.seats - len(held):
        raise TooManyNames(free=order.seats - len(held), chosen=len(chosen))
    SeatHolder.objects.bulk_create(
        [
            SeatHolder(tenant_id=order.tenant_id, order=order, number=number, employee_id=key, put_on_at=ctx.now)
            for number, key in zip(free, chosen, strict=False)
        ]
    )
    enter(ctx, order, LineKind.NAMED, count=len(chosen))
    publish(
        ctx,
        SeatsNamed(tenant_id=order.tenant_id, order_id=order.id, measure_id=order.measure_id, employees=tuple(chosen)),
    )


@operation
def take_off_name(ctx: Context, *, order_id: int, holder_id: int) -> None:
    """Take a name off its seat: the seat is free for another. Raises OrderIsNotAgreed or NotFound."""
    order = _agreed(ctx, order_id)
    holder = SeatHolder.objects.filter(order=order, pk=holder_id).first()
    if holder is None:
        raise NotFound()
    employee_id = holder.employee_id
    holder.delete()
    enter(ctx, order, LineKind.NAME_REMOVED, count=1)
    publish(
        ctx,
        SeatNameRemoved(
            tenant_id=order.tenant_id, order_id=order.id, measure_id=order.measure_id, employee_id=employee_id
        ),
    )


@operation
def hand_back_seats(ctx: Context, *, order_id: int, count: int) -> int:
    """Give seats without names back to the others while there is time. Gives how many the order has left.

    Raises OrderHasNoSeats, OrderIsNotAgreed, ReleaseIsPast or HandBackIsTooMuch.
    """
    order = _agreed(ctx, order_id)
    is_office = bool(access.answer(ctx.actor, Right.ORDER_ACCEPT, order))
    if order.release_on is not None and order.release_on < ctx.today and not is_office:
        raise ReleaseIsPast(release_on=order.release_on.strftime(DAY))
    holders = list(SeatHolder.objects.filter(order=order).order_by("number"))
    free = min(order.seats - len(holders), order.seats - 1)
    if not 1 <= count <= free:
        raise HandBackIsTooMuch(free=free)
    before, order.seats = order.seats, order.seats - count
    order.save(update_fields=["seats"])
    _close_up(holders)
    enter(ctx, order, LineKind.HANDED_BACK, count=count)
    publish(
        ctx,
        SeatsHandedBack(
            tenant_id=order.tenant_id, order_id=order.id, region_id=order.region_id, measure_id=order.measure_id,
            seats=order.seats, seats_before=before,
        ),
    )  # fmt: skip
    return int(order.seats)


def _close_up(holders: list[SeatHolder]) -> None:
    """Let the names sit on the first seats: a name always has a seat that is there. From the first, so none collide."""
    for number, holder in enumerate(holders, start=1):
        if holder.number != number:
            holder.number = number
            holder.save(update_fields=["number"])


def _agreed(ctx: Context, order_id: int) -> Order:
    order = locked(ctx, order_id, Right.ORDER_CANCEL)
    if order.counted_in != OrderUnit.SEAT:
        raise OrderHasNoSeats()
    if order.status != OrderStatus.ACCEPTED:
        raise OrderIsNotAgreed()
    return order
