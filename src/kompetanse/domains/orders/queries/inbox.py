"""What the office must do something about, and what is late."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseStatus
from kompetanse.domains.orders.models import Order, OrderEntry, OrderTerms
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.rules import ANSWER_DAYS
from kompetanse.domains.orders.types import InboxPage, InboxRow, OrderRow, OrderStatus
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from . import list_orders
from .order_page import list_deviations

# Orders of seats on the plan's measures go on by themselves from here: they are delivered when the courses are held.
BY_COURSES = frozenset({OrderStatus.ACCEPTED, OrderStatus.DELIVERED})


@query
def get_inbox(ctx: Context) -> InboxPage:
    """The office's orders by what is to be done, the longest waiting first. Raises Refused.

    The same number of queries however many there are.
    """
    access.require_role(ctx, Right.ORDER_ACCEPT)
    by_status: dict[OrderStatus, list[OrderRow]] = defaultdict(list)
    for order in list_orders(ctx):
        by_status[order.status].append(order)
    keys = [order.id for orders in by_status.values() for order in orders]
    moved = dict(OrderEntry.objects.filter(order_id__in=keys).order_by("at", "id").values_list("order_id", "at"))
    expiring = dict(
        OrderTerms.objects.filter(order_id__in=[order.id for order in by_status[OrderStatus.QUOTED]], is_quote=True)
        .order_by("number")
        .values_list("order_id", "expires_on")
    )
    cases = dict(
        Order.objects.filter(id__in=[order.id for order in by_status[OrderStatus.AT_FORUM]]).values_list(
            "id", "case_id"
        )
    )
    done = {
        case.id for case in governance.list_cases(ctx) if case.status is not CaseStatus.OPEN
    } if cases else set()  # fmt: skip

    def rows(status: OrderStatus) -> tuple[InboxRow, ...]:
        found = []
        for order in by_status[status]:
            if status in BY_COURSES and order.measure_id is not None:
                continue
            since = max(moved.get(order.id, order.placed_at), order.placed_at).date()
            days = (ctx.today - since).days
            late = {
                OrderStatus.QUOTED: _past(expiring.get(order.id), ctx.today),
                OrderStatus.ACCEPTED: _past(order.due_on, ctx.today),
                OrderStatus.AT_FORUM: cases.get(order.id) in done or cases.get(order.id) is None,
                OrderStatus.DELIVERED: False,  # the municipality is to act
            }.get(status, days > ANSWER_DAYS)
            found.append(InboxRow(order, since, days, late))
        return tuple(sorted(found, key=lambda it: (not it.is_late, it.since, it.order.id)))

    return InboxPage(
        answer=rows(OrderStatus.PLACED),
        forum=rows(OrderStatus.AT_FORUM),
        quoted=rows(OrderStatus.QUOTED),
        working=rows(OrderStatus.ACCEPTED),
        approving=rows(OrderStatus.DELIVERED),
        on_measures=sum(row.measure_id is not None for row in by_status[OrderStatus.ACCEPTED]),
        deviations=tuple(row for row in list_deviations(ctx) if row.is_open),
    )


def _past(day: date | None, today: date) -> bool:
    return day is not None and day < today
