"""Placing orders: of seats on a measure or of a service; changing them while nobody has answered."""

from __future__ import annotations

from datetime import timedelta

from kompetanse.domains.orders import rules
from kompetanse.domains.orders.events import ForumAsked, OrderChanged, OrderPlaced
from kompetanse.domains.orders.models import Order, OrderTerms
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.queries.preparing import Prepared, prepare_measure, prepare_service
from kompetanse.domains.orders.types import UNANSWERED, OrderIsNotOpen, OrderStandsAlready, OrderStatus
from kompetanse.domains.orders.types.catalogue import OrderUnit
from kompetanse.domains.orders.types.delivery import LineKind
from kompetanse.domains.orders.types.guidelines import Route
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .entries import enter, locked, terms_of


@operation
def place_order(ctx: Context, *, tenant_id: int, measure_id: int, seats: int, note: str = "") -> int:
    """A municipality orders seats on a measure of an adopted plan. Gives the order's id.

    Raises Refused, NotFound, PlanIsNotAdopted, MeasureIsClosed, SeatsOutOfRange, OrderStandsAlready.
    """
    ready = prepare_measure(ctx, tenant_id=tenant_id, measure_id=measure_id, seats=seats)
    order, is_new = Order.objects.get_or_create(
        tenant_id=tenant_id,
        measure_id=measure_id,
        status__in=sorted(UNANSWERED),
        defaults=_told(ctx, ready, note),
    )
    if not is_new:
        raise OrderStandsAlready()
    return _placed(ctx, order, ready)


@operation
def order_service(
    ctx: Context,
    *,
    tenant_id: int,
    service_id: int,
    quantity: int,
    unit_id: int | None = None,
    municipalities: int = 1,
    is_statutory: bool = False,
    note: str = "",
) -> int:
    """A municipality, or one of its units, orders a service as the catalogue offers it today. Gives the order's id.

    Raises Refused, NotFound, ServiceIsClosed, RoleMayNotOrder or QuantityOutOfRange.
    """
    ready = prepare_service(
        ctx, tenant_id=tenant_id, service_id=service_id, quantity=quantity, unit_id=unit_id,
        municipalities=municipalities, is_statutory=is_statutory,
    )  # fmt: skip
    order = Order.objects.create(tenant_id=tenant_id, service_id=service_id, unit_id=unit_id, **_told(ctx, ready, note))
    return _placed(ctx, order, ready)


@operation
def change_order(ctx: Context, *, order_id: int, seats: int, note: str | None = None) -> None:
    """Change the number (and the note) while the office has not answered. Raises OrderIsNotOpen.

    The way of the order is decided again. A service stays as it was offered when it was ordered.
    """
    order = locked(ctx, order_id, Right.ORDER_PLACE)
    if order.status != OrderStatus.PLACED:
        raise OrderIsNotOpen()
    now = terms_of(order)
    if order.service_id is not None:
        ready = prepare_service(
            ctx, tenant_id=order.tenant_id, service_id=order.service_id, quantity=seats, unit_id=order.unit_id,
            municipalities=order.municipalities, is_statutory=order.statutory,
            version=now.service_version if now else None,
        )  # fmt: skip
    else:
        ready = prepare_measure(ctx, tenant_id=order.tenant_id, measure_id=order.measure_id or 0, seats=seats)
    before = order.seats if ready.unit is OrderUnit.SEAT else order.quantity
    told = _told(ctx, ready, order.note if note is None else note)
    was_forum = order.route == Route.FORUM and order.case_id is not None
    for name in ("placed_by_id", "placed_by_name", "placed_at", "region_id"):
        told.pop(name)
    if was_forum:  # the forum has said yes to the order: changing its number does not ask again
        told["status"], told["route"] = OrderStatus.PLACED, Route.FORUM
    for name, value in told.items():
        setattr(order, name, value)
    order.terms_number += 1
    order.save()
    _copy_terms(ctx, order, ready)
    enter(ctx, order, LineKind.CHANGED, count=seats)
    publish(
        ctx,
        OrderChanged(
            tenant_id=order.tenant_id, order_id=order.id, measure_id=order.measure_id,
            seats=seats, seats_before=before,
        ),
    )  # fmt: skip
    if order.status == OrderStatus.AT_FORUM:
        publish(ctx, ForumAsked(tenant_id=order.tenant_id, order_id=order.id, region_id=order.region_id))


def _told(ctx: Context, ready: Prepared, note: str) -> dict[str, object]:
    facts, ruling = ready.facts, ready.ruling
    return {
        "region_id": ready.region_id,
        "kind": facts.kind,
        "counted_in": ready.unit,
        "quantity": ready.quantity,
        "seats": ready.quantity if ready.unit is OrderUnit.SEAT else 0,
        "status": OrderStatus.AT_FORUM if ruling.route is Route.FORUM else OrderStatus.PLACED,
        "note": note.strip()[:500],
        "placed_by_id": ctx.actor.person_id,
        "placed_by_name": ctx.actor.name,
        "placed_at": ctx.now,
        "cost_ore": facts.cost_ore,
        "minutes": facts.minutes,
        "municipalities": facts.municipalities,
        "in_plan": facts.in_plan,
        "statutory": facts.statutory,
        "route": ruling.route,
        "guideline_id": ruling.guideline_id,
        "rule_place": ruling.place,
        "route_reason_nb": ruling.reason_nb,
        "route_reason_nn": ruling.reason_nn,
    }


def _placed(ctx: Context, order: Order, ready: Prepared) -> int:
    order.terms_number = 1
    order.due_on = ctx.today + timedelta(days=ready.days_expected) if order.service_id else None
    order.save(update_fields=["terms_number", "due_on"])
    _copy_terms(ctx, order, ready)
    enter(ctx, order, LineKind.PLACED, count=ready.quantity)
    publish(
        ctx,
        OrderPlaced(
            tenant_id=order.tenant_id, order_id=order.id, region_id=order.region_id, measure_id=order.measure_id,
            seats=order.seats,
        ),
    )  # fmt: skip
    if order.status == OrderStatus.AT_FORUM:
        publish(ctx, ForumAsked(tenant_id=order.tenant_id, order_id=order.id, region_id=order.region_id))
    return int(order.id)


def _copy_terms(ctx: Context, order: Order, ready: Prepared) -> None:
    rules.check_minutes(ready.facts.minutes)
    OrderTerms.objects.create(
        tenant_id=order.tenant_id, order=order, number=order.terms_number, kind=ready.facts.kind,
        counted_in=ready.unit, service_version=ready.service_version, title_nb=ready.title_nb, title_nn=ready.title_nn,
        description_nb=ready.description_nb, description_nn=ready.description_nn, terms_nb=ready.terms_nb,
        terms_nn=ready.terms_nn, quantity=ready.quantity, price_each_ore=ready.price_each_ore,
        total_ore=ready.price_each_ore * ready.quantity, minutes=ready.facts.minutes,
        days_expected=ready.days_expected, release_days=ready.release_days, made_by_id=ctx.actor.person_id,
        made_by_name=ctx.actor.name, made_at=ctx.now,
    )  # fmt: skip
