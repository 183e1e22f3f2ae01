"""Ids, enums, inputs, rows and refusals of the courses. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class RunStatus(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    CANCELLED = "cancelled"


class SignupStatus(StrEnum):
    ASKED = "asked"  # waits for approval
    SEATED = "seated"
    WAITING = "waiting"  # approved, in the line
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ATTENDED = "attended"
    ABSENT = "absent"


# A person has one of these per run; who declined or withdrew may ask again, last in the line.
STANDING = frozenset(set(SignupStatus) - {SignupStatus.DECLINED, SignupStatus.WITHDRAWN})
# Those who take up a chair.
SEATED = frozenset({SignupStatus.SEATED, SignupStatus.ATTENDED, SignupStatus.ABSENT})
# Those who can still withdraw.
PENDING = frozenset({SignupStatus.ASKED, SignupStatus.SEATED, SignupStatus.WAITING})


class MessageState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # handed to the mail server; a crash here is shown, never sent twice
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"  # no address: to be read here


@dataclass(frozen=True, slots=True)
class RunInput:
    """What the office decides about a run. Times carry their zone; `deadline` is the last day to sign up."""

    measure_id: int
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    min_seats: int
    max_seats: int
    deadline: date
    room: str = ""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as lists show it. `reference` is KURS-<id>; `my_status` where the reader has a sign-up."""

    id: int
    region_id: int
    measure_id: int
    title: str
    place: str
    room: str
    starts_at: datetime
    ends_at: datetime
    min_seats: int
    max_seats: int
    deadline: date
    status: RunStatus
    seats_taken: int
    waiting: int
    my_status: SignupStatus | None = None

    @property
    def reference(self) -> str:
        return f"KURS-{self.id}"

    @property
    def seats_free(self) -> int:
        return max(0, self.max_seats - self.seats_taken)

    @property
    def is_open(self) -> bool:
        return self.status is RunStatus.OPEN


@dataclass(frozen=True, slots=True)
class QuotaRow:
    municipality: str
    tenant_id: int
    seats: int


@dataclass(frozen=True, slots=True)
class SignupRow:
    """A sign-up with its person. `place` counts from 1 among those who wait; `why` is a message id."""

    id: int
    tenant_id: int
    municipality: str
    run_id: int
    run_title: str
    starts_at: datetime
    employee_id: int
    person_id: int
    name: str
    unit_id: int
    unit_name: str
    status: SignupStatus
    queue_number: int
    place: int | None
    why: str
    reason: str
    asked_at: datetime
    approver_name: str
    evidence_id: int | None

    @property
    def can_withdraw(self) -> bool:
        return self.status in PENDING


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a leader may sign up: by employee id; `taken` where they already stand on the run."""

    employee_id: int
    name: str
    unit_name: str
    position: str
    taken: SignupStatus | None


@dataclass(frozen=True, slots=True)
class RunPage:
    """All that a run's page shows to one reader."""

    run: RunRow
    measure_title: str
    requirement_code: str
    quotas: tuple[QuotaRow, ...]
    mine: SignupRow | None
    my_employee_id: int | None
    may_manage: bool
    may_sign_up_others: bool
    open_for_signup: bool
    cancel_reason: str


@dataclass(frozen=True, slots=True)
class Approvals:
    """What waits for a decision: first what waits for the reader, then what others should have decided."""

    mine: tuple[SignupRow, ...]
    others: tuple[SignupRow, ...]


@dataclass(frozen=True, slots=True)
class MessageRow:
    id: int
    subject: str
    body: str
    state: MessageState
    written_at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class PersonalLetter:
    """A letter put into words elsewhere: to whom, in which written form, and the cause that is told once."""

    tenant_id: int
    person_id: int
    address: str
    language: str
    subject: str
    body: str
    cause: str


class RunTimesAreBackwards(DomainError):
    code = "run_times_are_backwards"
    field = "ends_at"
    sentence = N_("Kurset må slutte etter at det begynner. Rett tidspunktene.")


class DeadlineIsAfterStart(DomainError):
    code = "deadline_is_after_start"
    field = "deadline"
    sentence = N_("Påmeldingsfristen må være senest den dagen kurset begynner. Velg en tidligere frist.")


class SeatsAreBackwards(DomainError):
    code = "seats_are_backwards"
    field = "max_seats"
    sentence = N_("Det må være minst én plass, og høyeste antall kan ikke være lavere enn det laveste.")


class CapacityBelowSeated(DomainError):
    code = "capacity_below_seated"
    field = "max_seats"
    sentence = N_(
        "Antallet kan ikke settes lavere enn %(taken)s, for så mange har allerede plass. "
        "Meld noen av først, eller behold antallet."
    )


class RunCannotBeChanged(DomainError):
    code = "run_cannot_be_changed"
    sentence = N_("Kurset er holdt eller avlyst og kan ikke endres.")


class RunIsNotPlanned(DomainError):
    code = "run_is_not_planned"
    sentence = N_("Kurset er allerede åpnet, holdt eller avlyst.")


class RunIsNotOpen(DomainError):
    code = "run_is_not_open"
    sentence = N_("Kurset er ikke åpent for påmelding ennå. Prøv igjen når kurskontoret har åpnet det.")


class RunIsCancelled(DomainError):
    code = "run_is_cancelled"
    sentence = N_("Kurset er avlyst, så det går ikke an å melde seg på. Se om det finnes et annet kurs.")


class RunIsHeld(DomainError):
    code = "run_is_held"
    sentence = N_("Kurset er holdt. Ta kontakt med kurskontoret hvis noe er feil.")


class DeadlineHasPassed(DomainError):
    code = "deadline_has_passed"
    sentence = N_("Påmeldingsfristen gikk ut %(deadline)s. Ta kontakt med kurskontoret hvis du likevel trenger plass.")


class AlreadySignedUp(DomainError):
    code = "already_signed_up"
    sentence = N_("Påmeldingen er allerede registrert, så du trenger ikke gjøre noe mer.")


class MunicipalityIsNotInvited(DomainError):
    code = "municipality_is_not_invited"
    sentence = N_(
        "Kurset er for kommunene i denne regionen, og personen arbeider i en annen kommune. "
        "Velg et kurs i personens egen region."
    )


class HasNoPost(DomainError):
    code = "has_no_post"
    sentence = N_(
        "Personen har ingen stilling i dag, så ingen leder kan godkjenne påmeldingen. Be HR rette ansettelsen først."
    )


class OwnSignup(DomainError):
    code = "own_signup"
    sentence = N_("Du kan ikke godkjenne eller avslå din egen påmelding. Den venter på lederen over deg, eller på HR.")


class AlreadyDecided(DomainError):
    code = "already_decided"
    sentence = N_("Påmeldingen venter ikke lenger på godkjenning. Last siden på nytt for å se hva som gjelder.")


class NothingToWithdraw(DomainError):
    code = "nothing_to_withdraw"
    sentence = N_("Påmeldingen er allerede trukket eller avslått, så det er ikke noe å melde av.")


class RunHasBegun(DomainError):
    code = "run_has_begun"
    sentence = N_("Kurset har begynt, så plassen kan ikke meldes av her. Gi beskjed til kurskontoret.")


class RunIsNotOver(DomainError):
    code = "run_is_not_over"
    sentence = N_("Oppmøte kan føres fra kursets siste dag, %(day)s.")


class NotOnTheList(DomainError):
    code = "not_on_the_list"
    sentence = N_(
        "Minst én av dem du krysset av, står ikke lenger på deltakerlisten. Last siden på nytt og før "
        "oppmøtet en gang til. Ingenting er lagret."
    )


class CorrectionNeedsReason(DomainError):
    code = "correction_needs_reason"
    field = "reason"
    sentence = N_("Oppmøtet er ført før. Skriv kort hvorfor det rettes.")


class ReasonIsMissing(DomainError):
    code = "reason_is_missing"
    field = "reason"
    sentence = N_("Skriv kort hvorfor, så de som er påmeldt kan lese det.")
