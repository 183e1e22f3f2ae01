"""What has happened to runs and sign-ups, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlanned(Event):
    run_id: int
    measure_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChanged(Event):
    """`moved`: when or where people meet has changed, so what stands in their calendars must follow."""

    run_id: int
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOpened(Event):
    run_id: int
    measure_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCancelled(Event):
    run_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHeld(Event):
    run_id: int
    measure_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAsked(Event):
    """Somebody was signed up and waits for approval. `approver_id` None: HR and the contact person decide."""

    run_id: int
    signup_id: int
    approver_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatApproved(Event):
    run_id: int
    signup_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupSettled(Event):
    """The person should be told: seated, waiting, declined, or the run was cancelled (withdrawn)."""

    run_id: int
    signup_id: int
    status: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatWithdrawn(Event):
    run_id: int
    signup_id: int
    had_seat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRecorded(Event):
    """`tenant_id` is the participant's municipality."""

    run_id: int
    signup_id: int
    present: bool
    evidence_id: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsMade(Event):
    terms_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTermsChosen(Event):
    run_id: int
    terms_id: int | None
    fee_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMoved(Event):
    """An open run got another start."""

    run_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionNears(Event):
    """It must soon be decided whether the run is held, and it is not."""

    run_id: int
    decide_on: date
    seats: int
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDecided(Event):
    run_id: int
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeArose(Event):
    """`tenant_id` is the municipality that owes."""

    run_id: int
    signup_id: int
    charge_id: int
    amount_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeWaived(Event):
    """`tenant_id` is the municipality that owed."""

    run_id: int
    charge_id: int
    amount_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceTold(Event):
    """Who was at a session was told, of these sign-ups. `tenant_id` is the participants' municipality."""

    run_id: int
    session_id: int
    signups: tuple[int, ...]
    how: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnoughChosen(Event):
    """How much of a run gives its competence."""

    run_id: int
    basis: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkedIn(Event):
    """Somebody came without standing on the list. `tenant_id` is the person's municipality."""

    run_id: int
    signup_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerLinkMade(Event):
    run_id: int
    session_id: int
    link_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerLinkRevoked(Event):
    run_id: int
    session_id: int
    link_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerLinkUsed(Event):
    """Somebody who holds the link has opened the list."""

    run_id: int
    session_id: int
    link_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseMade(Event):
    """A template was made."""

    course_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseChanged(Event):
    """What a template says was changed. Runs that are planned keep what was said."""

    course_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRetired(Event):
    course_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseTakenUp(Event):
    """A template that was out of use is in use again."""

    course_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsChanged(Event):
    """A link or a document was put to a template or taken away."""

    course_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistChanged(Event):
    """A task of a run was added, given to somebody, moved, done or opened again."""

    run_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPolicyDeclared(Event):
    """How a run's seats are given out from now on. Days and hours as numbers; None: the usual."""

    run_id: int
    release_on: date | None
    office_seats: int
    statutory_first: bool
    needs_approval: bool
    offer_days: int | None
    offer_hours: int
    pass_up_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAnswered(Event):
    """An offered seat was taken, or left to the next in line."""

    run_id: int
    signup_id: int
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignupMoved(Event):
    """From one run of a measure to another: the new sign-up, and the one it came from."""

    run_id: int
    signup_id: int
    from_run_id: int
    from_signup_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTakenOver(Event):
    """A substitute has another's seat: the new sign-up, and the one it came from."""

    run_id: int
    signup_id: int
    from_signup_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalPassedUp(Event):
    """Nobody answered in time: somebody else is to. `approver_id` None: HR, the contact person and the office."""

    run_id: int
    signup_id: int
    approver_id: int | None
    levels_up: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestTold(Event):
    measure_id: int
    interest_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestWithdrawn(Event):
    measure_id: int
    interest_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestSignedUp(Event):
    """The course has a date, and who was interested is signed up."""

    run_id: int
    signup_id: int
    interest_id: int
