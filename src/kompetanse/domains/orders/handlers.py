"""What the orders do when something has happened: an order for the forum becomes its case."""

from __future__ import annotations

from kompetanse.kernel.context import Context

from . import api as orders
from .events import ForumAsked
from .types.delivery import ForumIsMissing, OrderIsNotAtForum


def make_case(ctx: Context, event: ForumAsked) -> None:
    """The guidelines sent an order to the forum. Where there is no forum yet, the office finds it in its inbox."""
    try:
        orders.bring_to_forum(ctx, order_id=event.order_id)
    except (ForumIsMissing, OrderIsNotAtForum):
        return
