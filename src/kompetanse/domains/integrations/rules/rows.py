"""Rows of a recognised table as typed rows, or as rejections a payroll clerk understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Any, Final

from kompetanse.domains.integrations.rules import sentences as say
from kompetanse.domains.integrations.rules import values
from kompetanse.domains.integrations.rules.hierarchy import check_hierarchy
from kompetanse.domains.integrations.rules.tables import Table
from kompetanse.domains.integrations.rules.values import Fault, clean, is_blank
from kompetanse.domains.integrations.types import (
    FIELDS,
    ColumnMatch,
    CompetenceRow,
    Field,
    HrRow,
    Kind,
    NeedRow,
    OrgRow,
    ParsedRow,
    Recognition,
    RejectedRow,
    Said,
    Shape,
)

_Result = ParsedRow | RejectedRow
_Parser = Callable[[str], Any]
_REMEMBERED: Final = 50_000  # parsed values kept for each column, for most come back
_LONGEST: Final = {Shape.TITLE: 300, Shape.CODE: 100, Shape.TEXT: 2_000, Shape.EMAIL: 254, Shape.PHONE: 50}
_LONGEST_OTHER: Final = 200
# The text behind these is kept beside what was read out of it.
_KEPT_TEXT: Final = (Shape.PEOPLE, Shape.WISH, Shape.PRIORITY)


def parse_rows(
    recognition: Recognition,
    table: Table,
    *,
    known_units: Collection[str] | None = None,
    known_codes: Collection[str] = (),
) -> Iterator[_Result]:
    """Each row with data as a ParsedRow or a RejectedRow, in the file's order.

    `known_units` are the unit codes that HR rows may point to, None when they are not known yet; `known_codes` are
    units already in the register, which an organisation file may hang its own under. Raises MissingColumns when a
    required field has no column.
    """
    if recognition.missing:
        labels = {one.name: one.label for one in FIELDS[recognition.kind]}
        raise say.MissingColumns(fields=", ".join(labels[name] for name in recognition.missing))
    units = None if known_units is None else frozenset(known_units)
    if recognition.kind is Kind.ORG:
        return check_hierarchy(lambda: _parse(recognition, table, units), recognition.columns, frozenset(known_codes))
    return _parse(recognition, table, units)


def _parse(recognition: Recognition, table: Table, units: frozenset[str] | None) -> Iterator[_Result]:
    readers = [
        _Reader(one, recognition.columns[one.name], units)
        for one in FIELDS[recognition.kind]
        if one.name in recognition.columns
    ]
    build = _BUILDERS[recognition.kind]
    width = len(table.headers)
    columns = recognition.columns
    for row, cells in table:
        read: dict[str, Any] = {}
        reader: _Reader | None = None
        try:
            if len(cells) > width:
                raise Fault(say.TOO_MANY_CELLS.with_(found=len(cells), expected=width))
            for reader in readers:
                reader.read(cells[reader.index], read)
            reader = None
            parsed = build(read)
        except _RowFault as fault:
            yield _rejected(row, cells, columns.get(fault.field), fault.said)
        except Fault as fault:
            yield _rejected(row, cells, reader.match if reader else None, fault.said)
        else:
            yield ParsedRow(row, parsed, cells)


class _RowFault(Exception):
    """Values that hold one by one do not hold together; `field` is the one to point at."""

    def __init__(self, field: str, said: Said) -> None:
        self.field, self.said = field, said
        super().__init__(said.code)


class _Reader:
    """Reads one field out of its column, remembering what it has read before."""

    def __init__(self, one: Field, match: ColumnMatch, units: frozenset[str] | None) -> None:
        self.match, self.index = match, match.index
        self._name, self._label, self._required = one.name, one.label, one.required
        self._longest = _LONGEST.get(one.shape, _LONGEST_OTHER)
        self._keeps_text = f"{one.name}_text" if one.shape in _KEPT_TEXT else None
        self._parse = _parser(one, match, units)
        self._memory: dict[str, tuple[Any, str]] = {}

    def read(self, raw: str, into: dict[str, Any]) -> None:
        """Put the value into `into`; a blank leaves the row's default. Raises Fault."""
        if not raw:
            if self._required:
                raise Fault(say.VALUE_MISSING.with_(label=self._label))
            return
        remembered = self._memory.get(raw)
        if remembered is None:
            remembered = self._fresh(raw)
            if len(self._memory) >= _REMEMBERED:
                self._memory.clear()
            self._memory[raw] = remembered
        value, text = remembered
        if value is not None:
            into[self._name] = value
        if self._keeps_text:
            into[self._keeps_text] = text

    def _fresh(self, raw: str) -> tuple[Any, str]:
        text = clean(raw)
        if is_blank(text):
            if self._required:
                raise Fault(say.VALUE_MISSING.with_(label=self._label))
            return None, text
        if values.is_formula_error(text):
            raise Fault(say.FORMULA_FAILED.with_(value=text))
        if len(text) > self._longest:
            raise Fault(say.TEXT_TOO_LONG.with_(label=self._label, length=len(text), limit=self._longest))
        return self._parse(text), text


def _parser(one: Field, match: ColumnMatch, units: frozenset[str] | None) -> _Parser:
    if one.name == "unit_code":
        return partial(_unit, units=units)
    if one.shape is Shape.DATE:
        return partial(values.parse_date, form=match.date_format)
    if one.shape is Shape.END:
        return partial(values.parse_end, form=match.date_format)
    if one.shape is Shape.PERCENT:
        return partial(values.parse_percent, fraction=match.fraction)
    return _PARSERS.get(one.shape, _as_it_is)


def _as_it_is(text: str) -> str:
    return text


def _email(text: str) -> str | None:
    return text if "@" in text else None


def _phone(text: str) -> str:
    bare = re.sub(r"[\s\-().]", "", text)
    return re.sub(r"^(\+47|0047)(?=\d{8}$)", "", bare) if re.fullmatch(r"\+?\d+", bare) else text


def _unit(text: str, units: frozenset[str] | None) -> str:
    """A unit's code; of "3303-101 Fjellheim sykehjem" the code alone, when the codes are known."""
    code = values.parse_code(text)
    if units is None or code in units:
        return code
    within = [word for word in re.split(r"[\s()\[\],;:]+", code) if word in units]
    if len(within) == 1:
        return within[0]
    raise Fault(say.UNIT_UNKNOWN.with_(value=text))


_PARSERS: Final[dict[Shape, _Parser]] = {
    Shape.CODE: values.parse_code,
    Shape.IDENTITY: values.parse_identity,
    Shape.EMAIL: _email,
    Shape.PHONE: _phone,
    Shape.FLAG: values.parse_flag,
    Shape.WRITTEN_FORM: values.parse_written_form,
    Shape.PEOPLE: values.parse_people,
    Shape.WISH: values.parse_wish,
    Shape.PRIORITY: values.parse_priority,
}


def _build_org(read: dict[str, Any]) -> OrgRow:
    return OrgRow(**read)


def _build_hr(read: dict[str, Any]) -> HrRow:
    if (full := read.pop("full_name", None)) and not ("given_name" in read and "family_name" in read):
        given, family = _split_name(full)
        read.setdefault("given_name", given)
        read.setdefault("family_name", family)
    elif "given_name" not in read or "family_name" not in read:
        raise _RowFault("full_name", say.VALUE_MISSING.with_(label="Navn"))
    row = HrRow(**read)
    if row.valid_to and row.valid_to < row.valid_from:
        said = say.ENDS_BEFORE_START.with_(start=_shown(row.valid_from), end=_shown(row.valid_to))
        raise _RowFault("valid_to", said)
    if row.leave_from and row.leave_to and row.leave_to < row.leave_from:
        said = say.LEAVE_ENDS_BEFORE_START.with_(start=_shown(row.leave_from), end=_shown(row.leave_to))
        raise _RowFault("leave_to", said)
    return row


def _build_competence(read: dict[str, Any]) -> CompetenceRow:
    row = CompetenceRow(**read)
    if row.valid_to and row.valid_to < row.completed_on:
        said = say.EXPIRES_BEFORE_COMPLETED.with_(start=_shown(row.completed_on), end=_shown(row.valid_to))
        raise _RowFault("valid_to", said)
    return row


def _build_need(read: dict[str, Any]) -> NeedRow:
    people = read.pop("people", None)
    if people is None:
        return NeedRow(**read)
    return NeedRow(people=people.high, people_low=people.low, **read)


_BUILDERS: Final[dict[Kind, Callable[[dict[str, Any]], Any]]] = {
    Kind.ORG: _build_org,
    Kind.HR: _build_hr,
    Kind.COMPETENCE: _build_competence,
    Kind.NEEDS: _build_need,
}


def _split_name(full: str) -> tuple[str, str]:
    """ "Dahl, Hanne" and "Hanne Dahl" are the same person: (given, family)."""
    family, comma, given = full.partition(",")
    if not comma:
        given, _, family = full.rpartition(" ")
    if not (given.strip() and family.strip()):
        raise _RowFault("full_name", say.NAME_INCOMPLETE.with_(value=full))
    return given.strip(), family.strip()


def _shown(day: Any) -> str:
    return f"{day:%d.%m.%Y}"


def _rejected(row: int, cells: Sequence[str], match: ColumnMatch | None, said: Said) -> RejectedRow:
    value = clean(cells[match.index])[:500] if match else ""
    return RejectedRow(row, match.header if match else "", value, said.code, said.sentence, said.params, tuple(cells))
