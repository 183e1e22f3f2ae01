"""Columns whose headers say nothing we know, recognised by what they hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from kompetanse.domains.integrations.rules import sentences as say
from kompetanse.domains.integrations.rules.shapes import date_form, fit, is_surely_identity
from kompetanse.domains.integrations.types import ColumnMatch, Kind, Shape
from kompetanse.kernel.text_marker import N_

_FEWEST = 3  # values a column must show before its content is believed
_Column = Sequence[str]


def recognise_by_content(
    kind: Kind,
    headers: Sequence[str],
    columns: Sequence[_Column],
    known: Mapping[str, ColumnMatch],
    unmapped: Collection[str],
) -> Iterator[ColumnMatch]:
    """Matches for fields of a kind that no header named, from columns that nothing has taken.

    `columns` are the sampled values without blanks; `unmapped` are fields that are known not to be in the file.
    """
    taken = {match.index for match in known.values()}
    found = dict(known)
    for field, certainty, what, judge in _JUDGES[kind]:
        if field in found or field in unmapped:
            continue
        scores = [
            (judge(index, columns), -index)
            for index, values in enumerate(columns)
            if index not in taken and len(values) >= _FEWEST
        ]
        if not scores:
            continue
        best, place = max(scores)
        if best >= 0.7:
            taken.add(-place)
            header = headers[-place]
            match = ColumnMatch(field, -place, header, certainty * best, say.BY_CONTENT.with_(header=header, what=what))
            found[field] = match
            yield match


_Judge = Callable[[int, Sequence[_Column]], float]


def _share(test: Callable[[str], bool]) -> _Judge:
    return lambda index, columns: sum(map(test, columns[index])) / len(columns[index])


def _recurring(values: _Column) -> float:
    """0 when every value is its own, towards 1 when few values return."""
    return 1 - len(set(values)) / len(values)


def _employee_number(index: int, columns: Sequence[_Column]) -> float:
    values = columns[index]
    numbers = sum(value.isdigit() and 3 <= len(value) <= 9 and date_form(value) is None for value in values)
    telephones = sum(value.isdigit() and len(value) == 8 for value in values)
    return (numbers - telephones) / len(values)


def _unit_code(index: int, columns: Sequence[_Column]) -> float:
    values = columns[index]
    if any(date_form(value) for value in values) or not any(map(str.isdigit, "".join(values))):
        return 0.0
    decimal = sum("," in value or "%" in value for value in values)
    codes = fit(Shape.CODE, values) or 0.0
    return codes if _recurring(values) > 0.3 and len(set(values)) > 1 and not decimal else 0.0


def _filled_dates(index: int, columns: Sequence[_Column]) -> float:
    """Dates in (nearly) every row."""
    values = columns[index]
    dates = sum(date_form(value) is not None for value in values) / len(values)
    return dates if len(values) >= 0.7 * max(map(len, columns)) else 0.0


def _sparse_dates(index: int, columns: Sequence[_Column]) -> float:
    values = columns[index]
    return sum(date_form(value) is not None for value in values) / len(values)


def _percent(index: int, columns: Sequence[_Column]) -> float:
    values = columns[index]
    whole = sum(value.replace(" ", "") in ("100", "100%", "100,0", "100.0", "100,00", "100.00") for value in values)
    return (fit(Shape.PERCENT, values) or 0.0) if whole and _recurring(values) > 0.2 else 0.0


def _yes_no(index: int, columns: Sequence[_Column]) -> float:
    values = columns[index]
    return (fit(Shape.FLAG, values) or 0.0) if len({value.lower() for value in values}) <= 3 else 0.0


def _title(index: int, columns: Sequence[_Column]) -> float:
    """Texts that recur: courses and posts do, names of people hardly."""
    values = columns[index]
    if any("@" in value for value in values):
        return 0.0
    words = fit(Shape.TITLE, values) or 0.0
    long = sum(map(len, values)) / len(values) >= 5
    return words if long and _recurring(values) > 0.3 and len(set(values)) > 1 else 0.0


def _description(index: int, columns: Sequence[_Column]) -> float:
    """Texts of a few words, in nearly every row."""
    values = columns[index]
    long = sum(map(len, values)) / len(values) >= 10 and any(" " in value for value in values)
    return (fit(Shape.TITLE, values) or 0.0) if long and len(values) >= 0.8 * max(map(len, columns)) else 0.0


def _own_code(index: int, columns: Sequence[_Column]) -> float:
    values = columns[index]
    return (fit(Shape.CODE, values) or 0.0) if len(set(values)) == len(values) else 0.0


def _parent_code(index: int, columns: Sequence[_Column]) -> float:
    """Values that stand among another column's own codes."""
    values = columns[index]
    if _recurring(values) == 0 or not any(map(str.isdigit, "".join(values))):
        return 0.0
    others = (set(other) for place, other in enumerate(columns) if place != index and len(set(other)) == len(other))
    return max((sum(value in other for value in values) / len(values) for other in others), default=0.0)


def _own_name(index: int, columns: Sequence[_Column]) -> float:
    values = columns[index]
    return (fit(Shape.TITLE, values) or 0.0) if _recurring(values) < 0.1 else 0.0


# In this order, surest first: field, how sure at best, what it looks like, and the judge.
_EMPLOYEE = ("employee_number", 0.6, N_("ansattnumre"), _employee_number)
_JUDGES: Mapping[Kind, tuple[tuple[str, float, str, _Judge], ...]] = {
    Kind.ORG: (
        ("parent_code", 0.6, N_("koder på overordnede enheter"), _parent_code),
        ("code", 0.6, N_("koder"), _own_code),
        ("name", 0.5, N_("navn"), _own_name),
    ),
    Kind.HR: (
        ("identity_number", 0.95, N_("fødselsnumre"), _share(is_surely_identity)),
        ("email", 0.9, N_("e-postadresser"), _share(lambda value: "@" in value)),
        ("percent", 0.6, N_("stillingsprosenter"), _percent),
        ("is_main", 0.5, N_("ja og nei"), _yes_no),
        ("valid_from", 0.6, N_("datoer i hver rad"), _filled_dates),
        ("valid_to", 0.4, N_("datoer i noen rader"), _sparse_dates),
        _EMPLOYEE,
        ("unit_code", 0.6, N_("koder som går igjen"), _unit_code),
        ("position_title", 0.5, N_("tekster som går igjen"), _title),
    ),
    Kind.COMPETENCE: (
        ("completed_on", 0.6, N_("datoer i hver rad"), _filled_dates),
        ("valid_to", 0.4, N_("datoer i noen rader"), _sparse_dates),
        _EMPLOYEE,
        ("title", 0.5, N_("tekster som går igjen"), _title),
    ),
    Kind.NEEDS: (("title", 0.4, N_("korte beskrivelser"), _description),),
}
