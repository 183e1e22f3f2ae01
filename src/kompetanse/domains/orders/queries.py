"""What can be asked of the orders."""

from __future__ import annotations

from collections import Counter

from django.db.models import Sum
from django.utils.translation import get_language

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import PlanStatus
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from . import rules
from .models import Order
from .permissions import Right
from .types import MeasureChoice, OrderRow, OrdersPage, OrderStatus

# As OrderRow has them, newest first; a filter that is NULL narrows nothing.
ORDERS = """
    SELECT o.id, o.tenant_id, t.name, o.region_id, o.measure_id, m.title_nb, m.title_nn, o.seats, o.status, o.note,
           o.placed_by_name, o.placed_at, o.decided_at, o.reason
      FROM orders_order o JOIN allowed ON allowed.id = o.id
      JOIN foundation_tenant t ON t.id = o.tenant_id
      JOIN plans_measure m ON m.tenant_id = o.region_id AND m.id = o.measure_id
     WHERE o.id = coalesce(%s, o.id) AND o.measure_id = coalesce(%s, o.measure_id)
       AND o.status = coalesce(%s, o.status)
     ORDER BY o.placed_at DESC, o.id DESC
"""


@query
def list_orders(ctx: Context, *, measure_id: int | None = None, status: OrderStatus | None = None) -> list[OrderRow]:
    """Orders the actor may see, those that wait first, then the newest. One query."""
    rows = _rows(ctx, measure_id=measure_id, status=status.value if status else None)
    return sorted(rows, key=lambda row: not row.is_placed)


@query
def get_order(ctx: Context, *, order_id: int) -> OrderRow:
    """One order. Raises NotFound."""
    rows = _rows(ctx, order_id=order_id)
    if not rows:
        raise NotFound()
    return rows[0]


@query
def rights_on_order(ctx: Context, *, order_id: int) -> frozenset[Right]:
    """What the actor may do to an order, by role; its status decides the rest. Raises NotFound, Refused."""
    order = access.fetch(ctx, Order.objects.all(), order_id, Right.ORDER_READ)
    return frozenset(right for right in Right if access.answer(ctx.actor, right, order))


@query
def count_ordered_seats(ctx: Context, *, measure_id: int) -> int:
    """Seats of accepted and delivered orders on a measure, among the municipalities in sight."""
    return sum(_seats_by_municipality(measure_id).values())


@query
def count_seats_by_municipality(ctx: Context, *, measure_id: int) -> dict[int, int]:
    """Municipality's tenant id → seats of accepted and delivered orders, among those in sight."""
    return _seats_by_municipality(measure_id)


@query
def get_orders_page(ctx: Context) -> OrdersPage:
    """The orders with what the reader may do. The same number of queries however many there are."""
    orders = list_orders(ctx)
    ordered: Counter[int] = Counter()
    for order in orders:
        if order.is_standing:
            ordered[order.measure_id] += order.seats
    tenants = _may_order_for(ctx)
    may_see = bool(tenants) or access.possible(ctx.actor, Right.ORDER_ACCEPT)
    measures = plans.list_measures(ctx) if may_see else []
    return OrdersPage(
        orders=tuple(orders),
        measures=tuple(
            MeasureChoice(row.id, row.title or row.title_nb, row.year, row.seats_planned, ordered[row.id])
            for row in measures
            if row.plan_status is PlanStatus.ADOPTED and rules.can_be_ordered(row.status)
        ),
        municipalities=tuple((row.tenant_id, row.name) for row in organisation.list_municipalities(tenants)),
        may_accept=access.possible(ctx.actor, Right.ORDER_ACCEPT),
    )


def _may_order_for(ctx: Context) -> frozenset[int]:
    """The tenants in which the actor holds a role that orders for the whole of it."""
    tenants = {grant.tenant_id for grant in ctx.actor.grants}
    return frozenset(
        tenant for tenant in tenants if access.answer(ctx.actor, Right.ORDER_PLACE, Order(tenant_id=tenant))
    )


def _seats_by_municipality(measure_id: int) -> dict[int, int]:
    found = Order.objects.filter(measure_id=measure_id, status__in=[OrderStatus.ACCEPTED, OrderStatus.DELIVERED])
    return dict(found.values_list("tenant_id").annotate(Sum("seats")).order_by("tenant_id"))


def _rows(
    ctx: Context, *, order_id: int | None = None, measure_id: int | None = None, status: str | None = None
) -> list[OrderRow]:
    nynorsk = get_language() == "nn"
    found = access.select(ctx, Right.ORDER_READ, ORDERS, order_id, measure_id, status)
    return [
        OrderRow(*(*before, nb, nn, seats, OrderStatus(state), *after, (nynorsk and nn) or nb))
        for before, (nb, nn, seats, state), after in ((row[:5], row[5:9], row[9:]) for row in found)
    ]
