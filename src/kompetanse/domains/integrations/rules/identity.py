"""Norwegian identity numbers: birth numbers, D-numbers and the synthetic ones used in tests."""

from __future__ import annotations

from datetime import date

_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
# Months are moved by 40 (NAV), 65 or 80 (Skatteetaten) in synthetic numbers.
_MONTH_SHIFTS = (0, 40, 65, 80)


def control_digits_hold(number: str) -> bool:
    """Whether both control digits (modulo 11) of eleven digits hold."""
    digits = [ord(sign) - 48 for sign in number]
    first = -sum(map(int.__mul__, _FIRST, digits)) % 11
    second = -sum(map(int.__mul__, _SECOND, digits)) % 11
    return digits[9] == first and digits[10] == second


def starts_with_a_date(number: str) -> bool:
    """Whether the first six of eleven digits are a date of birth, with D-number and synthetic shifts undone."""
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    if day > 40:
        day -= 40
    for shift in _MONTH_SHIFTS:
        if 1 <= month - shift <= 12:
            month -= shift
            break
    else:
        return False
    # Only a leap day depends on the century, and both 1900 and 2000 decide it.
    return any(_exists(century + year, month, day) for century in (1900, 2000))


def is_identity_number(number: str) -> bool:
    """Whether eleven digits are a valid identity number of any sort."""
    return (
        len(number) == 11
        and number.isascii()
        and number.isdigit()
        and control_digits_hold(number)
        and starts_with_a_date(number)
    )


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
