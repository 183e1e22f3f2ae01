"""What a run has booked: rows and refusals."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.domains.logistics.types import (
    BookingRow,
    CateringRow,
    EquipmentRow,
    NeedsPage,
    ResourceRow,
    RoomRow,
    Suggestion,
)
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

from .runs import RunRow, SessionRow


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A gathering with what is booked for it. What could be booked is there for those who may book."""

    session: SessionRow
    rooms: tuple[tuple[BookingRow, RoomRow | None], ...]
    trainers: tuple[BookingRow, ...]
    equipment: tuple[BookingRow, ...]
    catering: CateringRow | None
    free_rooms: tuple[Suggestion, ...]
    free_trainers: tuple[ResourceRow, ...]
    free_equipment: tuple[EquipmentRow, ...]


@dataclass(frozen=True, slots=True)
class LogisticsPage:
    """Rooms, trainers and things of a run, gathering by gathering. `needs` None: not for the reader."""

    run: RunRow
    sessions: tuple[SessionPlan, ...]
    people: int
    needs: NeedsPage | None
    may_manage: bool


class NotSignedUp(DomainError):
    code = "not_signed_up"
    sentence = N_("Du må være påmeldt kurset før du kan si hva du trenger der.")


class SessionIsUnknown(DomainError):
    code = "session_is_unknown"
    sentence = N_("Samlingen finnes ikke lenger. Last siden på nytt og velg igjen.")
