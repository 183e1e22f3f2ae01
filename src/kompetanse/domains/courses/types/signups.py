"""Sign-ups and attendance: enums, rows and refusals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class SignupStatus(StrEnum):
    ASKED = "asked"  # waits for approval
    SEATED = "seated"
    WAITING = "waiting"  # approved, in the line
    OFFERED = "offered"  # has a seat until the time to answer is out
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ATTENDED = "attended"
    ABSENT = "absent"


# A person has one of these per run; who declined or withdrew may ask again, last in the line.
STANDING = frozenset(set(SignupStatus) - {SignupStatus.DECLINED, SignupStatus.WITHDRAWN})
# Those who take up a chair.
SEATED = frozenset({SignupStatus.SEATED, SignupStatus.ATTENDED, SignupStatus.ABSENT})
# Those who can still withdraw.
PENDING = frozenset({SignupStatus.ASKED, SignupStatus.SEATED, SignupStatus.WAITING, SignupStatus.OFFERED})


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
    offer_until: datetime | None = None

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
class Approvals:
    """What waits for a decision: first what waits for the reader, then what others should have decided."""

    mine: tuple[SignupRow, ...]
    others: tuple[SignupRow, ...]


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
