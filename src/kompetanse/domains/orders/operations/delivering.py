"""Delivery, its approval, and what was not as agreed."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.orders import rules
from kompetanse.domains.orders.events import (
    DeliveryApproved,
    DeviationClosed,
    DeviationFollowed,
    DeviationNoted,
    OrderDelivered,
)
from kompetanse.domains.orders.models import Deviation, Order, StaffMember
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.types import AGREED, OrderStatus
from kompetanse.domains.orders.types.delivery import (
    DeviationDueIsPast,
    DeviationIsClosed,
    DeviationIsOpen,
    DeviationNeedsOwner,
    DeviationTextIsMissing,
    LineKind,
    OrderIsNotAgreed,
    OrderIsNotDelivered,
)
from kompetanse.domains.orders.types.office import StaffIsUnknown
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .entries import enter, locked


@operation
def deliver_orders(ctx: Context, *, measure_id: int) -> int:
    """What was ordered on the measure has been carried out. Gives how many orders were delivered now."""
    access.require_role(ctx, Right.ORDER_ACCEPT)
    waiting = Order.objects.filter(
        access.rows(ctx.actor, Right.ORDER_ACCEPT), measure_id=measure_id, status=OrderStatus.ACCEPTED
    )
    delivered = 0
    for order in waiting.select_for_update(of=("self",), no_key=True).order_by("id"):
        _deliver(ctx, order)
        delivered += 1
    return delivered


@operation
def deliver_order(ctx: Context, *, order_id: int, note: str = "") -> None:
    """The office has done what was agreed. Raises OrderIsNotAgreed."""
    order = locked(ctx, order_id, Right.ORDER_ACCEPT)
    if not rules.can_become(OrderStatus(order.status), OrderStatus.DELIVERED):
        raise OrderIsNotAgreed()
    _deliver(ctx, order, note)


def _deliver(ctx: Context, order: Order, note: str = "") -> None:
    order.status, order.delivered_at = OrderStatus.DELIVERED, ctx.now
    order.save(update_fields=["status", "delivered_at"])
    enter(ctx, order, LineKind.DELIVERED, text=note)
    publish(ctx, OrderDelivered(tenant_id=order.tenant_id, order_id=order.id, measure_id=order.measure_id))


@operation
def approve_delivery(ctx: Context, *, order_id: int, note: str = "") -> None:
    """The municipality approves what was delivered. Raises OrderIsNotDelivered or DeviationIsOpen."""
    order = locked(ctx, order_id, Right.ORDER_PLACE)
    if order.status != OrderStatus.DELIVERED:
        raise OrderIsNotDelivered()
    if Deviation.objects.filter(order=order, closed_at=None).exists():
        raise DeviationIsOpen()
    order.status = OrderStatus.APPROVED
    order.save(update_fields=["status"])
    enter(ctx, order, LineKind.APPROVED, text=note)
    publish(ctx, DeliveryApproved(tenant_id=order.tenant_id, order_id=order.id))


@operation
def note_order_deviation(ctx: Context, *, order_id: int, text: str) -> int:
    """Somebody says that something is not as agreed; the office follows it up. Gives the deviation's id.

    Raises OrderIsNotAgreed or DeviationTextIsMissing.
    """
    order = locked(ctx, order_id, Right.ORDER_FOLLOW)
    if order.status not in AGREED:
        raise OrderIsNotAgreed()
    if not text.strip():
        raise DeviationTextIsMissing()
    deviation = Deviation.objects.create(
        tenant_id=order.tenant_id, order=order, region_id=order.region_id, text=text.strip()[:1000],
        noted_by_id=ctx.actor.person_id, noted_by_name=ctx.actor.name, noted_at=ctx.now,
    )  # fmt: skip
    enter(ctx, order, LineKind.DEVIATION, text=deviation.text)
    publish(ctx, DeviationNoted(tenant_id=order.tenant_id, order_id=order.id, deviation_id=deviation.id))
    return int(deviation.id)


@operation
def follow_deviation(ctx: Context, *, deviation_id: int, staff_id: int, due_on: date) -> None:
    """Say who in the office follows a deviation up, and by when.

    Raises DeviationIsClosed, StaffIsUnknown or DeviationDueIsPast.
    """
    deviation = _open_deviation(ctx, deviation_id)
    staff = StaffMember.objects.filter(tenant_id=deviation.region_id, pk=staff_id).first()
    if staff is None:
        raise StaffIsUnknown()
    if due_on < ctx.today:
        raise DeviationDueIsPast()
    deviation.owner, deviation.due_on = staff, due_on
    deviation.save(update_fields=["owner", "due_on"])
    enter(ctx, deviation.order, LineKind.DEVIATION_FOLLOWED, text=staff.name)
    publish(
        ctx,
        DeviationFollowed(
            tenant_id=deviation.tenant_id, order_id=deviation.order_id, deviation_id=deviation.id,
            staff_id=staff.id, due_on=due_on,
        ),
    )  # fmt: skip


@operation
def close_deviation(ctx: Context, *, deviation_id: int, outcome: str) -> None:
    """A deviation is followed up, with what came of it.

    Raises DeviationIsClosed, DeviationNeedsOwner or DeviationTextIsMissing.
    """
    deviation = _open_deviation(ctx, deviation_id)
    if deviation.owner_id is None:
        raise DeviationNeedsOwner()
    if not outcome.strip():
        raise DeviationTextIsMissing()
    deviation.closed_at, deviation.outcome = ctx.now, outcome.strip()[:1000]
    deviation.save(update_fields=["closed_at", "outcome"])
    enter(ctx, deviation.order, LineKind.DEVIATION_CLOSED, text=deviation.outcome)
    publish(
        ctx,
        DeviationClosed(tenant_id=deviation.tenant_id, order_id=deviation.order_id, deviation_id=deviation.id),
    )


def _open_deviation(ctx: Context, deviation_id: int) -> Deviation:
    deviations = Deviation.objects.select_related("order", "order__tenant")
    found: Deviation = access.fetch(ctx, deviations, deviation_id, Right.DEVIATION_FOLLOW, lock=True)
    if found.closed_at is not None:
        raise DeviationIsClosed()
    return found
