"""What the courses do when something has happened: write to people, and let kept seats follow the orders."""

from __future__ import annotations

from kompetanse.domains.orders.events import OrderAccepted, OrderCancelled
from kompetanse.kernel.context import Context

from . import api as courses
from .events import RunChanged, SeatAsked, SeatWithdrawn, SignupSettled
from .types import SignupStatus


def tell_person(ctx: Context, event: SignupSettled) -> None:
    """A sign-up was settled: the person is told."""
    courses.tell_person(ctx, signup_id=event.signup_id, status=SignupStatus(event.status), why=event.why)


def tell_approver(ctx: Context, event: SeatAsked) -> None:
    """Somebody waits for approval: whoever can answer is told."""
    courses.tell_approver(ctx, signup_id=event.signup_id)


def keep_ordered_seats(ctx: Context, event: OrderAccepted | OrderCancelled) -> None:
    """An order was taken on or called off: the seats kept for the municipalities follow."""
    if isinstance(event, OrderAccepted) or event.was_accepted:
        courses.follow_orders(ctx, region_id=event.region_id, measure_id=event.measure_id)


def tell_withdrawn(ctx: Context, event: SeatWithdrawn) -> None:
    """Somebody gave up a seat: it is confirmed, and their calendar follows."""
    if event.had_seat:
        courses.tell_withdrawn(ctx, signup_id=event.signup_id)


def tell_change(ctx: Context, event: RunChanged) -> None:
    """A run was changed: those who have a seat are told if it is moved."""
    courses.tell_change(ctx, run_id=event.run_id)
