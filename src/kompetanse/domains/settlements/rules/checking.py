"""Amounts, counts and texts that a region can have."""

from __future__ import annotations

from ..types import LONGEST_TEXT, MOST_ORE, MOST_PEOPLE, SellerInput, Vat
from ..types.refusals import (
    AmountIsImpossible,
    CountIsImpossible,
    DueDaysAreImpossible,
    SellerIsImpossible,
    TextIsImpossible,
)


def checked_line(text: str, *, limit: int = LONGEST_TEXT, required: bool = True) -> str:
    """The text on one line, without control characters. Raises TextIsImpossible."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(line) > limit or (required and not line):
        raise TextIsImpossible(limit=limit)
    return line


def require_amount(*amounts: int | None) -> None:
    """Raises AmountIsImpossible."""
    if any(ore is not None and not 0 <= ore <= MOST_ORE for ore in amounts):
        raise AmountIsImpossible()


def require_count(*counts: int | None) -> None:
    """Raises CountIsImpossible."""
    if any(count is not None and not 0 <= count <= MOST_PEOPLE for count in counts):
        raise CountIsImpossible()


def require_seller(seller: SellerInput) -> None:
    """Who may say what of value added tax. Raises SellerIsImpossible, DueDaysAreImpossible."""
    if seller.vat_registered == (seller.vat is Vat.OUTSIDE):
        raise SellerIsImpossible()
    if seller.vat is not Vat.STANDARD and not seller.vat_reason.strip():
        raise SellerIsImpossible()
    if not 0 <= seller.due_days <= 90:
        raise DueDaysAreImpossible()
