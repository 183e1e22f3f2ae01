"""What can be written down, and what cannot."""

from __future__ import annotations

from collections.abc import Collection

from ..types import (
    LONGEST_BUFFER,
    NAME_LENGTH,
    OTHER_LENGTH,
    BufferIsImpossible,
    CapacityIsImpossible,
    ConsentIsMissing,
    ContactNeedsAgreement,
    HoursAreBackwards,
    NameIsMissing,
    Need,
    OpenHours,
    OtherIsMissing,
    PointIsImpossible,
    ResourceInput,
    RoomInput,
    TrainerInput,
)

NORTH, SOUTH, WEST, EAST = 81.0, 57.0, 4.0, 34.0  # Norway with Svalbard


def clean(text: str, limit: int) -> str:
    """One line without what cannot be kept, no longer than there is room for."""
    return " ".join(text.replace("\x00", " ").split())[:limit].strip()


def check_resource(told: ResourceInput) -> None:
    """Raises NameIsMissing, BufferIsImpossible, CapacityIsImpossible, PointIsImpossible or ContactNeedsAgreement."""
    if not clean(told.name, NAME_LENGTH):
        raise NameIsMissing()
    if not all(0 <= minutes <= LONGEST_BUFFER for minutes in (told.prepare_minutes, told.clear_minutes)):
        raise BufferIsImpossible()
    if isinstance(told, RoomInput):
        if not 1 <= told.capacity <= 5000:
            raise CapacityIsImpossible()
        if (told.latitude is None) != (told.longitude is None):
            raise PointIsImpossible()
        if (
            told.latitude is not None
            and told.longitude is not None
            and not (SOUTH <= told.latitude <= NORTH and WEST <= told.longitude <= EAST)
        ):
            raise PointIsImpossible()
    if isinstance(told, TrainerInput) and told.is_external and told.agreed_on is None:
        raise ContactNeedsAgreement()


def check_hours(hours: Collection[OpenHours]) -> None:
    """Raises HoursAreBackwards; also where a weekday is told twice."""
    if len({row.weekday for row in hours}) != len(hours) or not all(0 <= row.weekday <= 6 for row in hours):
        raise HoursAreBackwards()
    if any(row.closes <= row.opens and row.closes.isoformat() != "00:00:00" for row in hours):
        raise HoursAreBackwards()


def check_needs(needs: Collection[Need], other: str, *, consent: bool) -> str:
    """Own words as they are kept. Raises OtherIsMissing or ConsentIsMissing."""
    words = clean(other, OTHER_LENGTH) if Need.OTHER in needs else ""
    if Need.OTHER in needs and not words:
        raise OtherIsMissing()
    if needs and not consent:
        raise ConsentIsMissing()
    return words
