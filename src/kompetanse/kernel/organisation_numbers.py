"""The nine digits of the Register of Legal Entities, the last of which checks the others."""

from __future__ import annotations

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def check_digit(first_eight: str) -> int | None:
    """The ninth digit (modulus 11), or None where no such number is given out."""
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_eight, strict=True)) % 11
    return {0: 0, 1: None}.get(rest, 11 - rest)


def is_organisation_number(text: str) -> bool:
    """Nine plain digits, not beginning with 0, whose check digit is right."""
    if len(text) != 9 or not text.isascii() or not text.isdigit() or text[0] == "0":
        return False
    return check_digit(text[:8]) == int(text[8])
