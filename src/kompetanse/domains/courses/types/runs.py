"""Runs: ids, enums, inputs, rows and refusals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

from .signups import SignupRow, SignupStatus


class RunStatus(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    CANCELLED = "cancelled"


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
class SessionRow:
    """A gathering of a run, `number` from 1 in time order."""

    id: int
    run_id: int
    number: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    room: str
    video_link: str


@dataclass(frozen=True, slots=True)
class QuotaRow:
    municipality: str
    tenant_id: int
    seats: int


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


class RunHasBegun(DomainError):
    code = "run_has_begun"
    sentence = N_("Kurset har begynt, så plassen kan ikke meldes av her. Gi beskjed til kurskontoret.")


class RunIsNotOver(DomainError):
    code = "run_is_not_over"
    sentence = N_("Oppmøte kan føres fra kursets siste dag, %(day)s.")


class ReasonIsMissing(DomainError):
    code = "reason_is_missing"
    field = "reason"
    sentence = N_("Skriv kort hvorfor, så de som er påmeldt kan lese det.")
