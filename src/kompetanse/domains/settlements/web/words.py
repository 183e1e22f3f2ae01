"""What statuses, keys and kinds are called on the screen."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

from kompetanse.domains.settlements.types import CostKind, Key, Place, Status, Vat

KEYS = {
    Key.EQUAL: lazy("Likt"),
    Key.INHABITANTS: lazy("Etter innbyggere"),
    Key.SEATS: lazy("Etter plasser"),
    Key.PARTICIPANTS: lazy("Etter deltakere"),
    Key.FIXED_AND_SEATS: lazy("Fast sum og plasser"),
    Key.FIXED_AND_PARTICIPANTS: lazy("Fast sum og deltakere"),
}
KINDS = {
    CostKind.TRAINER: lazy("Kursholder"),
    CostKind.ROOM: lazy("Lokale"),
    CostKind.CATERING: lazy("Servering"),
    CostKind.TRAVEL: lazy("Reise"),
    CostKind.MATERIALS: lazy("Materiell"),
    CostKind.ADMIN: lazy("Administrasjon"),
}
PLACES = {
    Place.BEFORE: lazy("Trekkes fra før delingen"),
    Place.AFTER: lazy("Trekkes fra andelene etter delingen"),
}
TOLD = {
    **{kind.value: label for kind, label in KINDS.items()},
    "subsidy_before": lazy("Tilskudd før delingen"),
    "subsidy_after": lazy("Tilskudd etter delingen"),
}
STATUSES = {
    Status.DRAFT: ("info", lazy("Utkast")),
    Status.APPROVED: ("ok", lazy("Godkjent")),
    Status.SENT: ("ok", lazy("Sendt")),
    Status.REPLACED: ("neutral", lazy("Erstattet av en ny utgave")),
}
VATS = {
    Vat.OUTSIDE: lazy("Utenfor avgiftsområdet"),
    Vat.EXEMPT: lazy("Unntatt fra avgift"),
    Vat.STANDARD: lazy("25 prosent"),
}


def status_words(status: Status | None) -> tuple[str, str]:
    """(kind of mark, word)"""
    kind, word = STATUSES[status] if status else ("neutral", lazy("Ikke gjort opp"))
    return kind, str(word)
