"""What the courses do when something has happened: write to people, and let kept seats follow the orders."""

from __future__ import annotations

from dataclasses import asdict

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.assessments.events import LettersAsked
from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.events import (
    DispensationGiven,
    DispensationWithdrawn,
    EvidenceClaimed,
    EvidenceDeclined,
    EvidenceVerified,
)
from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.events import (
    PollDateChosen,
    PollDropped,
    PollOpened,
    PollReminded,
    TaskGiven,
    TaskReminded,
)
from kompetanse.domains.orders.events import OrderAccepted, OrderCancelled
from kompetanse.kernel.context import Context

from . import api as courses
from .events import SeatAsked, SignupSettled
from .types import PersonalLetter, SignupStatus


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


def write_letters(ctx: Context, event: LettersAsked) -> None:
    """A campaign asks for letters: they are written here, where letters are kept and sent."""
    letters = assessments.list_letters(
        ctx,
        campaign_id=event.campaign_id,
        occasion=event.occasion,
        cause=event.cause,
        employees=event.employees,
    )
    courses.write_letters(ctx, letters=[PersonalLetter(**asdict(letter)) for letter in letters])


def write_competence_letters(
    ctx: Context,
    event: DispensationGiven | DispensationWithdrawn | EvidenceClaimed | EvidenceVerified | EvidenceDeclined,
) -> None:
    """Something happened to somebody's competence: the person, or the leader who must answer, is written to."""
    letters = competence.list_letters(ctx, event=event)
    courses.write_letters(ctx, letters=[PersonalLetter(**asdict(letter)) for letter in letters])


def write_governance_letters(
    ctx: Context,
    event: PollOpened | PollReminded | PollDateChosen | PollDropped | TaskGiven | TaskReminded,
) -> None:
    """A body asks when its members can meet, or somebody for something to be done: they are written to."""
    letters = governance.list_letters(ctx, event=event)
    courses.write_letters(ctx, letters=[PersonalLetter(**asdict(letter)) for letter in letters])
