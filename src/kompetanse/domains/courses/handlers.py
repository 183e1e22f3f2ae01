"""What the courses do when something has happened: write to people, and let kept seats follow the orders."""

from __future__ import annotations

from kompetanse.domains.competence import api as competence
from kompetanse.domains.orders.events import OrderAccepted, OrderCancelled, SeatsHandedBack
from kompetanse.kernel.context import Context

from . import api as courses
from .events import (
    ApprovalPassedUp,
    AttendanceRecorded,
    DecisionNears,
    InterestSignedUp,
    RunChanged,
    SeatAsked,
    SeatWithdrawn,
    SignupSettled,
)
from .types import SignupStatus


def tell_person(ctx: Context, event: SignupSettled) -> None:
    """A sign-up was settled: the person is told."""
    courses.tell_person(ctx, signup_id=event.signup_id, status=SignupStatus(event.status), why=event.why)


def forget_needs(ctx: Context, event: SignupSettled | SeatWithdrawn) -> None:
    """Somebody will not come: what they said that they need is deleted."""
    if isinstance(event, SeatWithdrawn) or event.status in (SignupStatus.DECLINED, SignupStatus.WITHDRAWN):
        courses.forget_needs_of(ctx, signup_id=event.signup_id)


def tell_approver(ctx: Context, event: SeatAsked | ApprovalPassedUp) -> None:
    """Somebody waits for approval: whoever can answer is told."""
    courses.tell_approver(ctx, signup_id=event.signup_id)


def tell_interested(ctx: Context, event: InterestSignedUp) -> None:
    """A course has a date: who was interested is told of being signed up."""
    courses.tell_interested(ctx, signup_id=event.signup_id)


def keep_ordered_seats(ctx: Context, event: OrderAccepted | OrderCancelled | SeatsHandedBack) -> None:
    """An order was taken on or called off, or seats of it handed back: the seats kept for the municipalities follow."""
    if event.measure_id is not None and (not isinstance(event, OrderCancelled) or event.was_accepted):
        courses.follow_orders(ctx, region_id=event.region_id, measure_id=event.measure_id)


def warn_office(ctx: Context, event: DecisionNears) -> None:
    """It must soon be decided whether a run is held: the office is written to, once."""
    courses.write_letters(ctx, letters=courses.list_warnings(ctx, event=event))


def reissue_certificate(ctx: Context, event: AttendanceRecorded) -> None:
    """Somebody was there after all: the certificate that was withdrawn is followed by a new one."""
    if event.evidence_id is not None and event.reason:
        competence.reissue_certificate(ctx, evidence_id=event.evidence_id)


def tell_withdrawn(ctx: Context, event: SeatWithdrawn) -> None:
    """Somebody gave up a seat: it is confirmed, and their calendar follows."""
    if event.had_seat:
        courses.tell_withdrawn(ctx, signup_id=event.signup_id)


def tell_change(ctx: Context, event: RunChanged) -> None:
    """A run was changed: those who have a seat are told if it is moved."""
    courses.tell_change(ctx, run_id=event.run_id)
