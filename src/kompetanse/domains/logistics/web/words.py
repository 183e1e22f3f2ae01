"""What things are called on screen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kompetanse.domains.logistics.types import (
    ACCESS_WORDS,
    CAUTION_WORDS,
    FEATURE_WORDS,
    Access,
    BookingKind,
    Caution,
    Feature,
    OutsideHours,
    ResourceKind,
)

KINDS: dict[ResourceKind, Any] = {
    ResourceKind.ROOM: _("Rom"),
    ResourceKind.TRAINER: _("Kursledere"),
    ResourceKind.EQUIPMENT: _("Utstyr"),
}
FEATURES: dict[Feature, Any] = {key: _(word) for key, word in FEATURE_WORDS.items()}
ACCESS: dict[Access, Any] = {key: _(word) for key, word in ACCESS_WORDS.items()}
OUTSIDE: dict[OutsideHours, Any] = {
    OutsideHours.REFUSED: _("Nei, bookingen blir avvist"),
    OutsideHours.WARNED: _("Ja, med et varsel"),
}
PURPOSES: dict[BookingKind, Any] = {
    BookingKind.SESSION: _("Kurs"),
    BookingKind.BLOCKED: _("Stengt"),
    BookingKind.OTHER: _("Eget bruk"),
}
CAUTIONS: dict[Caution, Any] = {key: _(word) for key, word in CAUTION_WORDS.items()}
WEEKDAYS = (_("Mandag"), _("Tirsdag"), _("Onsdag"), _("Torsdag"), _("Fredag"), _("Lørdag"), _("Søndag"))
