"""What can be asked of the orders."""

from __future__ import annotations

from collections import Counter

from django.db.models import Sum

from kompetanse.domains.orders import rules
from kompetanse.domains.orders.models import Order
from kompetanse.domains.orders.permissions import OrderPolicy, Right
from kompetanse.domains.orders.types import AGREED, MeasureChoice, OrderRow, OrdersPage, OrderStatus
from kompetanse.domains.orders.types.catalogue import OrderUnit, ServiceKind
from kompetanse.domains.orders.types.guidelines import Route
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import PlanStatus
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .words import in_written_form

ON_ORDERS = tuple(Right(right) for right in OrderPolicy.grants)
# As OrderRow has them, newest first; a filter that is NULL narrows nothing.
ORDERS = """
    SELECT o.id, o.tenant_id, n.name, o.region_id, o.measure_id, coalesce(m.title_nb, t.title_nb, ''),
           coalesce(m.title_nn, t.title_nn, ''), o.seats, o.status, o.note,
           o.placed_by_name, o.placed_at, o.decided_at, o.reason, o.kind, o.counted_in,
           CASE WHEN o.counted_in = 'seat' THEN o.seats ELSE o.quantity END, o.due_on, o.route
      FROM orders_order o JOIN allowed ON allowed.id = o.id
      JOIN foundation_tenant n ON n.id = o.tenant_id
      LEFT JOIN plans_measure m ON m.tenant_id = o.region_id AND m.id = o.measure_id
      LEFT JOIN orders_orderterms t ON t.tenant_id = o.tenant_id AND t.order_id = o.id AND t.number = o.terms_number
     WHERE o.id = coalesce(%s, o.id) AND (%s::bigint IS NULL OR o.measure_id = %s)
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
    return frozenset(right for right in ON_ORDERS if access.answer(ctx.actor, right, order))


@query
def count_ordered_seats(ctx: Context, *, measure_id: int) -> int:
    """Seats of agreed orders on a measure, among the municipalities in sight."""
    return sum(_seats_by_municipality(measure_id).values())


@query
def count_seats_by_municipality(ctx: Context, *, measure_id: int) -> dict[int, int]:
    """Municipality's tenant id → seats of agreed orders (accepted, delivered, approved), among those in sight."""
    return _seats_by_municipality(measure_id)


@query
def get_orders_page(ctx: Context, *, measure_id: int | None = None) -> OrdersPage:
    """The orders (of one measure where it is named) with what the reader may do.

    The same number of queries however many there are.
    """
    orders = list_orders(ctx)
    ordered: Counter[int] = Counter()
    for order in orders:
        if order.is_standing and order.measure_id is not None:
            ordered[order.measure_id] += order.seats
    tenants = _may_order_for(ctx)
    may_see = bool(tenants) or access.possible(ctx.actor, Right.ORDER_ACCEPT)
    measures = plans.list_measures(ctx) if may_see else []
    return OrdersPage(
        orders=tuple(order for order in orders if measure_id in (None, order.measure_id)),
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
    found = Order.objects.filter(measure_id=measure_id, status__in=sorted(AGREED))
    return dict(found.values_list("tenant_id").annotate(Sum("seats")).order_by("tenant_id"))


def _rows(
    ctx: Context, *, order_id: int | None = None, measure_id: int | None = None, status: str | None = None
) -> list[OrderRow]:
    found = access.select(ctx, Right.ORDER_READ, ORDERS, order_id, measure_id, measure_id, status)
    return [
        OrderRow(
            *(
                *before, nb, nn, seats, OrderStatus(state), *told, ServiceKind(kind), OrderUnit(unit), quantity,
                due_on, Route(route), in_written_form(nb, nn),
            )
        )
        for before, (nb, nn, seats, state), told, (kind, unit, quantity, due_on, route) in (
            (row[:5], row[5:9], row[9:14], row[14:]) for row in found
        )
    ]  # fmt: skip
