"""A municipality's round: how its needs go from units by sectors to one approved list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class RoundStatus(StrEnum):
    OPEN = "open"
    APPROVED = "approved"


class Step(StrEnum):
    """Where in the round a need lies: at the leader above, on the municipality's list, or back at who asked."""

    SECTOR = "sector"
    LIST = "list"
    RETURNED = "returned"


class RoundAct(StrEnum):
    """What somebody did with a need in a round."""

    TOLD = "told"
    PASSED = "passed"
    SENT_BACK = "sent_back"
    TOLD_AGAIN = "told_again"
    JOINED = "joined"
    TAKEN_APART = "taken_apart"
    COMMENTED = "commented"
    TAKEN_BACK = "taken_back"
    APPROVED = "approved"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round with how far its needs have come. `seen` is the list as it stands, to approve that and nothing else."""

    id: int
    tenant_id: int
    municipality: str
    title: str
    deadline: date
    status: RoundStatus
    opened_at: datetime
    approved_at: datetime | None
    delegate_id: int | None
    waiting: int
    listed: int
    returned: int
    seen: str
    may_approve: bool = False
    may_delegate: bool = False


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A line of a need's way through the round."""

    act: RoundAct
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PartRow:
    """One of the needs that were joined: who asked, and for how many."""

    need_id: int
    title: str
    unit_name: str
    people: int | None


@dataclass(frozen=True, slots=True)
class TrailRow:
    """A need's way through a round: where it lies, what it was joined of or into, and what was said."""

    step: Step | None
    round_id: int | None
    merged_into: int | None
    parts: tuple[PartRow, ...]
    notes: tuple[NoteRow, ...]
    may_mend: bool


class ProposalCause(StrEnum):
    """Why the system suggests a need: something runs out, a version is new, or one is to come."""

    EXPIRY = "expiry"
    NEW = "new"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A need ready to be confirmed. `people` None: nobody can know yet."""

    tenant_id: int
    unit_id: int | None
    place: str
    requirement_code: str
    title: str
    people: int | None
    cause: ProposalCause
    valid_from: date | None


class DeclineHasNoReason(DomainError):
    code = "decline_has_no_reason"
    field = "why"
    sentence = N_("Skriv kort hvorfor dette ikke er et behov, høyst 500 tegn. Da blir det ikke foreslått igjen.")


class ProposalIsGone(DomainError):
    code = "proposal_is_gone"
    sentence = N_("Forslaget gjelder ikke lenger. Behovet kan være meldt allerede; se i lista over behov.")


class RoundIsOpen(DomainError):
    code = "round_is_open"
    sentence = N_("Kommunen har allerede en åpen runde, «%(title)s». Godkjenn den før dere åpner en ny.")


class RoundHasNoTitle(DomainError):
    code = "round_has_no_title"
    field = "title"
    sentence = N_("Gi runden et navn, for eksempel «Behov for 2028».")


class DeadlineHasPassed(DomainError):
    code = "deadline_has_passed"
    field = "deadline"
    sentence = N_("Fristen må være i dag eller senere.")


class RoundIsApproved(DomainError):
    code = "round_is_approved"
    sentence = N_(
        "Kommunens liste er godkjent, så den kan ikke endres. Meld et nytt behov, eller ta det med i neste runde."
    )


class RoundHasChanged(DomainError):
    code = "round_has_changed"
    sentence = N_("Lista er endret siden du åpnet den. Les den på nytt før du godkjenner.")


class NeedsAreWaiting(DomainError):
    code = "needs_are_waiting"
    sentence = N_(
        "%(count)s behov er ikke sendt videre ennå. Få dem sendt videre eller trukket, "
        "eller kryss av for at de ikke skal være med."
    )


class NothingToApprove(DomainError):
    code = "nothing_to_approve"
    sentence = N_("Ingen behov er sendt videre til kommunens liste ennå.")


class NeedIsNotHere(DomainError):
    code = "need_is_not_here"
    sentence = N_("«%(title)s» er ikke hos deg lenger. Last siden på nytt og se hvor behovet er.")


class WhyIsMissing(DomainError):
    code = "why_is_missing"
    field = "why"
    sentence = N_("Skriv hvorfor. Den som meldte behovet får lese det.")


class JoinNeedsTwo(DomainError):
    code = "join_needs_two"
    sentence = N_("Velg minst to behov som er like, i samme kommune og på samme sted i runden.")


class NeedIsNotJoined(DomainError):
    code = "need_is_not_joined"
    sentence = N_("«%(title)s» er ikke slått sammen av flere behov, så det er ingenting å dele.")


class DelegateIsUnknown(DomainError):
    code = "delegate_is_unknown"
    field = "delegate"
    sentence = N_("Velg en som har rollen HR eller kontaktperson i kommunen.")
