"""Rows and refusals about what stands beside the evidence: dispensations, duties, what people tell themselves,
and what lies ahead. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

from . import State, StatusRow


@dataclass(frozen=True, slots=True)
class DispensationRow:
    """Somebody may work in a place without the competence, from a day to a day."""

    id: int
    tenant_id: int
    municipality: str
    employee_id: int
    person_id: int
    name: str
    unit_id: int
    unit_name: str
    requirement_id: int
    requirement_code: str
    requirement_name: str
    position_title: str
    decided_by: str
    case_reference: str
    why: str
    valid_from: date
    valid_to: date
    recorded_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_why: str
    days_left: int
    may_withdraw: bool = False


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A task or an office somebody has in a place, beside the post."""

    id: int
    tenant_id: int
    employee_id: int
    person_id: int
    person_name: str
    unit_id: int
    unit_name: str
    name: str
    valid_from: date
    valid_to: date | None
    recorded_by: str
    may_end: bool = False


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """Something a person has told themself, that waits for somebody to see the proof."""

    evidence_id: int
    employee_id: int
    name: str
    place: str
    municipality: str
    title: str
    requirement_name: str
    completed_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class LeaveWarning:
    """Evidence that runs out while the person is away on a leave that starts soon."""

    employee_id: int
    name: str
    unit_id: int
    unit_name: str
    requirement_id: int
    requirement_name: str
    expires_on: date
    leave_from: date
    leave_to: date | None


@dataclass(frozen=True, slots=True)
class SignOffRow:
    """One of those a requirement is put to in a unit. `refused` says why the actor may not sign off for them."""

    employee_id: int
    name: str
    title: str
    state: State
    expires_on: date | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class SignOffPage:
    """Whose practice may be confirmed: everybody in the unit that the requirement is put to."""

    unit_id: int
    tenant_id: int
    unit_name: str
    requirement_id: int
    requirement_code: str
    requirement_name: str
    rows: tuple[SignOffRow, ...]


@dataclass(frozen=True, slots=True)
class RenewalRow:
    """What the last day would be if it were renewed on a day. `when` in words; no last day: without end."""

    when: str
    day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class StatusDetail:
    """One requirement for one person: how it stands, why, and what happens next in words and days."""

    employee_id: int
    person_id: int
    person_name: str
    municipality: str
    status: StatusRow
    sentences: tuple[str, ...]
    renewals: tuple[RenewalRow, ...]


@dataclass(frozen=True, slots=True)
class AsOfRow:
    """One requirement in one place on a day: as it was known then, and as it is known now. None: not required."""

    requirement_id: int
    requirement_name: str
    unit_name: str
    then: State | None
    then_ends: date | None
    now: State | None
    now_ends: date | None

    @property
    def differs(self) -> bool:
        return (self.then, self.then_ends) != (self.now, self.now_ends)


@dataclass(frozen=True, slots=True)
class AsOfPage:
    """How a person stood on a day, told twice: with what was known at a moment, and with what is known now."""

    employee_id: int
    person_id: int
    person_name: str
    municipality: str
    day: date
    known: datetime
    rows: tuple[AsOfRow, ...]


class CertificateIsAnothers(DomainError):
    code = "certificate_is_anothers"
    sentence = N_(
        "Bevisnummer %(number)s fra samme utsteder står allerede på en annen ansatt i kommunen. Sjekk nummeret. "
        "Er det riktig, må beviset på den andre annulleres først."
    )
    field = "certificate_number"


class EvidenceBeforeBirth(DomainError):
    code = "evidence_before_birth"
    sentence = N_("Datoen %(day)s er før personen ble født. Sjekk årstallet, og at det er rett person.")
    field = "completed_on"


class NotWaiting(DomainError):
    code = "not_waiting"
    sentence = N_("Beviset venter ikke på svar lenger. Åpne den nyeste utgaven for å se hva som ble svart.")


class NeedsReason(DomainError):
    code = "needs_reason"
    sentence = N_("Skriv hvorfor, så den det gjelder kan forstå det.")
    field = "why"


class EndsBeforeStart(DomainError):
    code = "ends_before_start"
    sentence = N_("Siste dag kan ikke være før første dag. Sjekk datoene.")
    field = "valid_to"


class NoPostThere(DomainError):
    code = "no_post_there"
    sentence = N_("%(name)s har ingen stilling i denne enheten i dag. Velg en enhet der personen arbeider.")
    field = "unit"


class NotRequiredThere(DomainError):
    code = "not_required_there"
    sentence = N_("«%(requirement)s» kreves ikke av %(name)s i denne enheten. Velg et krav fra lista.")
    field = "requirement"


class DispensationIsTooLong(DomainError):
    code = "dispensation_is_too_long"
    sentence = N_("En dispensasjon fra dette kravet kan vare høyst %(months)s måneder. Siste dag kan være %(last)s.")
    field = "valid_to"


class DispensationOverlaps(DomainError):
    code = "dispensation_overlaps"
    sentence = N_(
        "Det er allerede gitt dispensasjon fra kravet i noen av dagene. Trekk den tilbake, eller endre datoene."
    )
    field = "valid_from"


class DispensationIsWithdrawn(DomainError):
    code = "dispensation_is_withdrawn"
    sentence = N_("Dispensasjonen er allerede trukket tilbake.")


class UnknownDuty(DomainError):
    code = "unknown_duty"
    sentence = N_("Kravregisteret kjenner ikke vervet eller oppgaven «%(name)s». Velg en fra lista.")
    field = "name"


class DutyOverlaps(DomainError):
    code = "duty_overlaps"
    sentence = N_("%(name)s har allerede dette vervet i enheten i noen av dagene. Avslutt det først.")
    field = "valid_from"


class DutyHasEnded(DomainError):
    code = "duty_has_ended"
    sentence = N_("Vervet er allerede avsluttet.")


class NobodyChosen(DomainError):
    code = "nobody_chosen"
    sentence = N_("Kryss av for minst én person.")
    field = "people"


class DayIsAhead(DomainError):
    code = "day_is_ahead"
    sentence = N_("Dagen %(day)s er ikke kommet ennå. Velg en dag som har vært.")
    field = "day"
