"""The answer: the office takes an order on or sends a quote, the municipality accepts or declines it; calling off."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.orders import rules
from kompetanse.domains.orders.events import (
    OrderAccepted,
    OrderAssigned,
    OrderCancelled,
    QuoteAccepted,
    QuoteDeclined,
    QuoteSent,
)
from kompetanse.domains.orders.models import Order, OrderTerms, StaffMember
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.types import (
    OrderCannotBeCancelled,
    OrderIsNotOpen,
    OrderStatus,
    ReasonIsMissing,
)
from kompetanse.domains.orders.types.delivery import (
    LineKind,
    OrderWaitsForForum,
    QuoteDayIsPast,
    QuoteHasExpired,
    QuoteIsAnswered,
    QuoteIsReplaced,
    ReferenceIsMissing,
    ReleaseIsPast,
)
from kompetanse.domains.orders.types.office import StaffIsUnknown
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureStatus
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.money import Money

from .entries import agree, enter, locked, terms_of

DAY = "%d.%m.%Y"


@operation
def accept_order(ctx: Context, *, order_id: int) -> None:
    """The office takes the order on as it stands; a measure counts as ordered. Raises OrderIsNotOpen."""
    order = locked(ctx, order_id, Right.ORDER_ACCEPT)
    if order.status == OrderStatus.AT_FORUM:
        raise OrderWaitsForForum()
    if order.status != OrderStatus.PLACED:
        raise OrderIsNotOpen()
    _accepted(ctx, order, LineKind.ACCEPTED)


@operation
def send_quote(
    ctx: Context,
    *,
    order_id: int,
    price_each: Money,
    minutes: int,
    days_expected: int,
    expires_on: date,
    release_on: date | None = None,
    terms: str = "",
) -> int:
    """The office offers the order at a price, with a last day to answer; a new quote replaces the one before.

    Gives the quote's number. Raises OrderWaitsForForum, OrderIsNotOpen, QuoteDayIsPast, and what the numbers raise.
    """
    order = locked(ctx, order_id, Right.ORDER_ACCEPT)
    if order.status == OrderStatus.AT_FORUM:
        raise OrderWaitsForForum()
    if not rules.can_become(OrderStatus(order.status), OrderStatus.QUOTED):
        raise OrderIsNotOpen()
    if expires_on < ctx.today:
        raise QuoteDayIsPast()
    rules.check_price(price_each.ore)
    rules.check_minutes(minutes)
    rules.check_days(days_expected)
    now = terms_of(order)
    total = price_each * order.quantity
    order.terms_number += 1
    OrderTerms.objects.create(
        tenant_id=order.tenant_id, order=order, number=order.terms_number, is_quote=True, kind=order.kind,
        counted_in=order.counted_in, service_version=now.service_version if now else None,
        title_nb=now.title_nb if now else "", title_nn=now.title_nn if now else "",
        description_nb=now.description_nb if now else "", description_nn=now.description_nn if now else "",
        terms_nb=terms.strip() or (now.terms_nb if now else ""),
        terms_nn="" if terms.strip() or now is None else now.terms_nn,
        quantity=order.quantity, price_each_ore=price_each.ore, total_ore=total.ore, minutes=minutes,
        days_expected=days_expected, release_days=now.release_days if now else None, release_on=release_on,
        expires_on=expires_on, made_by_id=ctx.actor.person_id, made_by_name=ctx.actor.name, made_at=ctx.now,
    )  # fmt: skip
    order.status = OrderStatus.QUOTED
    order.save(update_fields=["status", "terms_number"])
    enter(ctx, order, LineKind.QUOTED, count=order.terms_number)
    publish(ctx, QuoteSent(tenant_id=order.tenant_id, order_id=order.id, total_ore=total.ore, expires_on=expires_on))
    return int(order.terms_number)


@operation
def accept_quote(ctx: Context, *, order_id: int, number: int, purchase_reference: str = "") -> None:
    """The municipality accepts the quote it has read; what it said is what is agreed.

    Raises QuoteIsAnswered, QuoteIsReplaced, QuoteHasExpired or ReferenceIsMissing.
    """
    order = locked(ctx, order_id, Right.ORDER_PLACE)
    terms = _open_quote(order, number)
    if terms.expires_on is not None and terms.expires_on < ctx.today:
        raise QuoteHasExpired(expires_on=terms.expires_on.strftime(DAY))
    reference = purchase_reference.strip()[:60]
    if terms.total_ore and not reference:
        raise ReferenceIsMissing()
    order.purchase_reference = reference
    enter(ctx, order, LineKind.QUOTE_ACCEPTED, count=number, text=reference)
    publish(ctx, QuoteAccepted(tenant_id=order.tenant_id, order_id=order.id, total_ore=terms.total_ore))
    _accepted(ctx, order, None)


@operation
def decline_quote(ctx: Context, *, order_id: int, number: int, why: str) -> None:
    """The municipality says no to the quote: the order goes back to the office, which may offer another.

    Raises QuoteIsAnswered, QuoteIsReplaced or ReasonIsMissing.
    """
    order = locked(ctx, order_id, Right.ORDER_PLACE)
    _open_quote(order, number)
    if not why.strip():
        raise ReasonIsMissing()
    order.status = OrderStatus.PLACED
    order.save(update_fields=["status"])
    enter(ctx, order, LineKind.QUOTE_DECLINED, count=number, text=why)
    publish(ctx, QuoteDeclined(tenant_id=order.tenant_id, order_id=order.id))


def _open_quote(order: Order, number: int) -> OrderTerms:
    terms = terms_of(order)
    if order.status != OrderStatus.QUOTED or terms is None:
        raise QuoteIsAnswered()
    if order.terms_number != number:
        raise QuoteIsReplaced()
    return terms


def _accepted(ctx: Context, order: Order, line: LineKind | None) -> None:
    order.status, order.decided_at = OrderStatus.ACCEPTED, ctx.now
    agree(order, terms_of(order), ctx.today)
    order.save()
    if line is not None:
        enter(ctx, order, line, count=order.quantity)
    if order.measure_id is not None:
        # A quote is accepted by the municipality, which may not steer the plan: the order does it for them.
        whole = system_context("a measure is ordered", ctx.tenants, ctx.now) if line is None else ctx
        if plans.get_measure(whole, measure_id=order.measure_id).status is MeasureStatus.PLANNED:
            plans.set_measure_status(whole, measure_id=order.measure_id, status=MeasureStatus.ORDERED)
    publish(
        ctx,
        OrderAccepted(
            tenant_id=order.tenant_id, order_id=order.id, region_id=order.region_id,
            measure_id=order.measure_id, seats=order.seats,
        ),
    )  # fmt: skip


@operation
def assign_order(ctx: Context, *, order_id: int, staff_id: int | None) -> None:
    """Say who in the office does the work. Raises StaffIsUnknown."""
    order = locked(ctx, order_id, Right.ORDER_ACCEPT)
    staff = StaffMember.objects.filter(tenant_id=order.region_id, pk=staff_id).first()
    if staff is None:
        raise StaffIsUnknown()
    if order.staff_id == staff.id:
        return
    order.staff = staff
    order.save(update_fields=["staff"])
    enter(ctx, order, LineKind.ASSIGNED, text=staff.name)
    publish(ctx, OrderAssigned(tenant_id=order.tenant_id, order_id=order.id, staff_id=staff.id))


@operation
def cancel_order(ctx: Context, *, order_id: int, reason: str) -> None:
    """Call the order off, with a reason that both sides can read.

    Raises OrderCannotBeCancelled, ReasonIsMissing; ReleaseIsPast where the municipality's day for it has gone.
    """
    order = locked(ctx, order_id, Right.ORDER_CANCEL)
    if not rules.can_become(OrderStatus(order.status), OrderStatus.CANCELLED):
        raise OrderCannotBeCancelled()
    if not reason.strip():
        raise ReasonIsMissing()
    was_accepted = order.status == OrderStatus.ACCEPTED
    is_office = bool(access.answer(ctx.actor, Right.ORDER_ACCEPT, order))
    if was_accepted and not is_office and order.release_on is not None and order.release_on < ctx.today:
        raise ReleaseIsPast(release_on=order.release_on.strftime(DAY))
    order.status, order.decided_at, order.reason = OrderStatus.CANCELLED, ctx.now, reason.strip()[:500]
    order.save(update_fields=["status", "decided_at", "reason"])
    enter(ctx, order, LineKind.CANCELLED, text=order.reason)
    publish(
        ctx,
        OrderCancelled(
            tenant_id=order.tenant_id, order_id=order.id, region_id=order.region_id,
            measure_id=order.measure_id, was_accepted=was_accepted,
        ),
    )  # fmt: skip
