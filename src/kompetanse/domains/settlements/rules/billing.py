"""From a share's difference to the lines of a bill, in the receiver's written form."""

from __future__ import annotations

from ..types import Part, Vat

_LINES = {
    "key_ore": {"nb": "Andel av felles kostnad", "nn": "Del av felles kostnad"},
    "fee_ore": {"nb": "Deltakeravgift", "nn": "Deltakaravgift"},
    "charge_ore": {"nb": "Sene avmeldinger og tomme plasser", "nn": "Seine avmeldingar og tomme plassar"},
    "subsidy_ore": {"nb": "Tilskudd som trekkes fra", "nn": "Tilskot som blir trekt frå"},
}
_AGAIN = {"nb": ", rettet", "nn": ", retta"}
PERCENT = {Vat.STANDARD: 25, Vat.EXEMPT: 0, Vat.OUTSIDE: 0}


def bill_lines(language: str, title: str, part: Part, billed: Part | None, *, credit: bool) -> list[tuple[str, int]]:
    """(text, øre) for all that differs from what is billed; they sum to the difference, turned round in a credit."""
    sign = -1 if credit else 1
    found = []
    for name, words in _LINES.items():
        ore = getattr(part, name) - (getattr(billed, name) if billed else 0)
        if name == "subsidy_ore":
            ore = -ore
        if ore:
            again = _AGAIN[language] if billed else ""
            found.append((f"{words[language]}{again}: {title}"[:200], sign * ore))
    return found


def vat_of(net_ore: int, vat: Vat) -> int:
    """The tax in whole øre, half upwards. Amounts are never below nothing here."""
    return (net_ore * PERCENT[vat] + 50) // 100
