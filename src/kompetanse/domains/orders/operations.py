"""What can be done to orders: place, change, accept, deliver, cancel."""

from __future__ import annotations

from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureStatus, PlanStatus
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from . import rules
from .events import OrderAccepted, OrderCancelled, OrderChanged, OrderDelivered, OrderPlaced
from .models import Order
from .permissions import Right
from .types import (
    MeasureIsClosed,
    OrderCannotBeCancelled,
    OrderIsNotOpen,
    OrderStandsAlready,
    OrderStatus,
    PlanIsNotAdopted,
    ReasonIsMissing,
)


@operation
def place_order(ctx: Context, *, tenant_id: int, measure_id: int, seats: int, note: str = "") -> int:
    """A municipality orders seats on a measure of an adopted plan. Gives the order's id.

    Raises Refused, NotFound, PlanIsNotAdopted, MeasureIsClosed, SeatsOutOfRange, OrderStandsAlready.
    """
    if tenant_id not in ctx.tenants:
        raise NotFound()
    access.require(ctx, Right.ORDER_PLACE, Order(tenant_id=tenant_id))
    rules.check_seats(seats)
    region_id = _orderable(ctx, measure_id)
    order, is_new = Order.objects.get_or_create(
        tenant_id=tenant_id,
        measure_id=measure_id,
        status=OrderStatus.PLACED,
        defaults={
            "region_id": region_id,
            "seats": seats,
            "note": note.strip()[:500],
            "placed_by_id": ctx.actor.person_id,
            "placed_by_name": ctx.actor.name,
            "placed_at": ctx.now,
        },
    )
    if not is_new:
        raise OrderStandsAlready()
    publish(
        ctx,
        OrderPlaced(tenant_id=tenant_id, order_id=order.id, region_id=region_id, measure_id=measure_id, seats=seats),
    )
    return int(order.id)


@operation
def change_order(ctx: Context, *, order_id: int, seats: int, note: str | None = None) -> None:
    """Change the number (and the note) while the office has not answered. Raises OrderIsNotOpen."""
    order = access.fetch(ctx, Order.objects.all(), order_id, Right.ORDER_PLACE, lock=True)
    if order.status != OrderStatus.PLACED:
        raise OrderIsNotOpen()
    rules.check_seats(seats)
    before, order.seats = order.seats, seats
    if note is not None:
        order.note = note.strip()[:500]
    order.save(update_fields=["seats", "note"])
    publish(
        ctx,
        OrderChanged(
            tenant_id=order.tenant_id, order_id=order.id, measure_id=order.measure_id,
            seats=seats, seats_before=before,
        ),
    )  # fmt: skip


@operation
def accept_order(ctx: Context, *, order_id: int) -> None:
    """The office takes the order on; the measure counts as ordered. Raises OrderIsNotOpen."""
    order = access.fetch(ctx, Order.objects.all(), order_id, Right.ORDER_ACCEPT, lock=True)
    if not rules.can_become(OrderStatus(order.status), OrderStatus.ACCEPTED):
        raise OrderIsNotOpen()
    order.status, order.decided_at = OrderStatus.ACCEPTED, ctx.now
    order.save(update_fields=["status", "decided_at"])
    if plans.get_measure(ctx, measure_id=order.measure_id).status is MeasureStatus.PLANNED:
        plans.set_measure_status(ctx, measure_id=order.measure_id, status=MeasureStatus.ORDERED)
    publish(
        ctx,
        OrderAccepted(
            tenant_id=order.tenant_id, order_id=order.id, region_id=order.region_id,
            measure_id=order.measure_id, seats=order.seats,
        ),
    )  # fmt: skip


@operation
def deliver_orders(ctx: Context, *, measure_id: int) -> int:
    """What was ordered on the measure has been carried out. Gives how many orders were delivered now."""
    access.require_role(ctx, Right.ORDER_ACCEPT)
    waiting = Order.objects.filter(
        access.rows(ctx.actor, Right.ORDER_ACCEPT), measure_id=measure_id, status=OrderStatus.ACCEPTED
    )
    delivered = 0
    for order in waiting.select_for_update(of=("self",), no_key=True).order_by("id"):
        order.status = OrderStatus.DELIVERED
        order.save(update_fields=["status"])
        publish(ctx, OrderDelivered(tenant_id=order.tenant_id, order_id=order.id, measure_id=measure_id))
        delivered += 1
    return delivered


@operation
def cancel_order(ctx: Context, *, order_id: int, reason: str) -> None:
    """Call the order off, with a reason that both sides can read. Raises OrderCannotBeCancelled."""
    order = access.fetch(ctx, Order.objects.all(), order_id, Right.ORDER_CANCEL, lock=True)
    if not rules.can_become(OrderStatus(order.status), OrderStatus.CANCELLED):
        raise OrderCannotBeCancelled()
    if not reason.strip():
        raise ReasonIsMissing()
    was_accepted = order.status == OrderStatus.ACCEPTED
    order.status, order.decided_at, order.reason = OrderStatus.CANCELLED, ctx.now, reason.strip()[:500]
    order.save(update_fields=["status", "decided_at", "reason"])
    publish(
        ctx,
        OrderCancelled(
            tenant_id=order.tenant_id, order_id=order.id, region_id=order.region_id,
            measure_id=order.measure_id, was_accepted=was_accepted,
        ),
    )  # fmt: skip


def _orderable(ctx: Context, measure_id: int) -> int:
    """The region of a measure that can be ordered today. Raises NotFound, PlanIsNotAdopted, MeasureIsClosed."""
    measure = plans.get_measure(ctx, measure_id=measure_id)
    if measure.plan_status is not PlanStatus.ADOPTED:
        raise PlanIsNotAdopted()
    if not rules.can_be_ordered(measure.status):
        raise MeasureIsClosed()
    return measure.tenant_id
