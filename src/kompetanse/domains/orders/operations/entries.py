"""What every operation on an order needs: the order locked, its terms copied, and a line of what happened."""

from __future__ import annotations

from datetime import date, timedelta

from kompetanse.domains.orders import rules
from kompetanse.domains.orders.models import Order, OrderEntry, OrderTerms
from kompetanse.domains.orders.types.delivery import LineKind
from kompetanse.foundation import access
from kompetanse.kernel.context import Context


def locked(ctx: Context, order_id: int, right: str) -> Order:
    """The order, held until the act is done. Raises NotFound or Refused."""
    order: Order = access.fetch(ctx, Order.objects.all(), order_id, right, lock=True)
    return order


def enter(ctx: Context, order: Order, kind: LineKind, *, count: int | None = None, text: str = "") -> None:
    """Write in the order what happened."""
    OrderEntry.objects.create(
        tenant_id=order.tenant_id, order=order, kind=kind, count=count, text=text.strip()[:1000],
        actor_id=ctx.actor.person_id, actor_name=ctx.actor.name, at=ctx.now,
    )  # fmt: skip


def terms_of(order: Order) -> OrderTerms | None:
    """What the order is offered now, or what was agreed."""
    return OrderTerms.objects.filter(order=order, number=order.terms_number).first()


def agree(order: Order, terms: OrderTerms | None, today: date) -> None:
    """Set the days that follow from what is agreed today. Without terms, or days in them, there are none."""
    if terms is None or not terms.days_expected:
        return
    order.due_on = today + timedelta(days=terms.days_expected)
    order.release_on = terms.release_on or rules.release_day(order.due_on, terms.release_days)
