"""Decisions about the organisation that need no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from kompetanse.kernel.outcomes import Rejection
from kompetanse.kernel.text_marker import N_

from .types import PostInput, UnitInput

UNIT_LIMITS = {"code": 40, "name": 160, "sector": 80, "leader_number": 40, "written_form": 8}
POST_LIMITS = {
    "employee_number": 40, "given_name": 80, "family_name": 80, "email": 160, "phone": 24, "position_code": 20,
    "position_title": 120,
}  # fmt: skip

TOO_LONG = N_("Teksten er på %(length)s tegn, og grensen er %(limit)s. Kort den ned.")
CODE_TWICE = N_("Enhetskoden %(code)s står også i rad %(first)s. En kode kan bare brukes én gang.")
NO_PARENT = N_("Den overordnede enheten %(parent)s finnes ikke i filen. Ta den med, eller rett koden.")
PARENT_REJECTED = N_("Den overordnede enheten %(parent)s er avvist. Rett den raden først.")
BELOW_ITSELF = N_("Enheten %(code)s ligger under seg selv. Rett hvilken enhet den hører til.")
NO_UNIT = N_("Enheten %(value)s finnes ikke i organisasjonen. Rett koden, eller last opp en ny organisasjonsfil først.")
ENDS_BEFORE_START = N_("Sluttdatoen er før startdatoen. Rett en av dem og eksporter på nytt.")
LEAVE_IN_DISORDER = N_("Permisjonen har ikke en start før slutten. Rett datoene og eksporter på nytt.")
PERCENT_OUTSIDE = N_("Stillingsprosenten %(value)s er utenfor 0 til 100. Rett den og eksporter på nytt.")


def arrange(rows: Iterable[UnitInput], protected: Collection[str] = ()) -> tuple[list[UnitInput], list[Rejection]]:
    """Rows of an org file with every parent before its children, and those that hang in nothing.

    `protected` are codes outside the rows that may still be parents. Rejections name the input's field in `column`.
    """
    first: dict[str, UnitInput] = {}
    rejections: list[Rejection] = []
    for row in rows:
        if fault := too_long(row, UNIT_LIMITS):
            rejections.append(fault)
        elif row.code in first:
            told = {"code": row.code, "first": str(first[row.code].row)}
            rejections.append(Rejection(row.row, "code", row.code, CODE_TWICE, told))
        else:
            first[row.code] = row
    arranged: list[UnitInput] = []
    sound: dict[str, bool] = {}
    for row in first.values():
        chain: dict[str, UnitInput] = {}
        at: UnitInput | None = row
        why = ""
        while at is not None and at.code not in sound and at.code not in chain:
            chain[at.code] = at
            if at.parent_code and at.parent_code not in first and at.parent_code not in protected:
                why = NO_PARENT
            at = first.get(at.parent_code)
        if at is not None and at.code in chain:
            why = BELOW_ITSELF
        elif at is not None and not sound[at.code]:
            why = PARENT_REJECTED
        for each in reversed(chain.values()):
            sound[each.code] = not why
            if not why:
                arranged.append(each)
                continue
            told = {"code": each.code, "parent": each.parent_code}
            rejections.append(Rejection(each.row, "parent_code", each.parent_code, why, told))
            why = PARENT_REJECTED if why == NO_PARENT else why
    return arranged, rejections


def fault_of_post(row: PostInput, units: Collection[str]) -> Rejection | None:
    """Why a row of an HR file cannot be taken in, or None. `units` are the codes of the standing units."""
    if row.unit_code not in units:
        return Rejection(row.row, "unit_code", row.unit_code, NO_UNIT, {"value": row.unit_code})
    if row.valid_to and row.valid_to < row.valid_from:
        return Rejection(row.row, "valid_to", row.valid_to.isoformat(), ENDS_BEFORE_START)
    if row.leave_to and (row.leave_from is None or row.leave_to < row.leave_from):
        return Rejection(row.row, "leave_to", row.leave_to.isoformat(), LEAVE_IN_DISORDER)
    if row.percent is not None and not 0 <= row.percent <= 100:
        return Rejection(row.row, "percent", str(row.percent), PERCENT_OUTSIDE, {"value": str(row.percent)})
    return too_long(row, POST_LIMITS)


def birth_year(identity_number: str) -> int | None:
    """The year of birth that an identity number tells, None where it tells none.

    The two digits of the year are placed in a century by the three digits after the date, as Skatteetaten
    describes it; a month or a day raised for synthetic and D-numbers changes nothing.
    """
    if len(identity_number) != 11 or not identity_number.isdigit():
        return None
    year, individual = int(identity_number[4:6]), int(identity_number[6:9])
    if individual <= 499 or (individual >= 900 and year >= 40):
        return 1900 + year
    if year <= 39:
        return 2000 + year
    return 1800 + year if 500 <= individual <= 749 and year >= 54 else None


def too_long(row: UnitInput | PostInput, limits: dict[str, int]) -> Rejection | None:
    """The first text that does not fit, or None."""
    for field, limit in limits.items():
        value: str = getattr(row, field)
        if len(value) > limit:
            told = {"length": str(len(value)), "limit": str(limit)}
            return Rejection(row.row, field, value, TOO_LONG, told)
    return None


def units_to_keep(parents: dict[int, int | None], in_use: Collection[int]) -> set[int]:
    """Of units that have left the register, by their parent: those still in use, and all that stand above them."""
    kept: set[int] = set()
    for unit in in_use:
        at: int | None = unit
        while at is not None and at not in kept:
            kept.add(at)
            at = parents.get(at)
    return kept


def last_day(valid_from: date | None, today: date) -> date:
    """The last day of what is over today: yesterday, but never before it began."""
    yesterday = today - timedelta(days=1)
    return max(valid_from, yesterday) if valid_from else yesterday
