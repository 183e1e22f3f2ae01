"""Which kind a table is and which column holds which field, from headers and from what the columns hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType
from typing import Final

from kompetanse.domains.integrations.rules import sentences as say
from kompetanse.domains.integrations.rules.shapes import (
    decide_date_format,
    decide_decimal_mark,
    fit,
    is_fraction_column,
)
from kompetanse.domains.integrations.rules.tables import Table
from kompetanse.domains.integrations.rules.unheaded import recognise_by_content
from kompetanse.domains.integrations.rules.values import clean, is_blank
from kompetanse.domains.integrations.rules.words import fold, match_header
from kompetanse.domains.integrations.types import (
    FIELDS,
    ColumnMatch,
    DateFormat,
    Field,
    Kind,
    Recognition,
    Said,
    Shape,
)

_SAMPLE: Final = 400  # rows whose values are looked at when headers do not settle it
_DISTINCT: Final = 20_000  # different values kept of a date or number column
_DATES: Final = (Shape.DATE, Shape.END)
# Fields whose column is left alone when the values contradict the header.
_STRICT: Final = (Shape.IDENTITY, Shape.DATE, Shape.END, Shape.PERCENT, Shape.EMAIL, Shape.FLAG)
_ENOUGH_TO_CONTRADICT: Final = 5


@dataclass(slots=True)
class _Draft:
    """The columns found for one kind, before dates and numbers are looked into."""

    kind: Kind
    columns: dict[str, ColumnMatch] = field(default_factory=dict)
    warnings: list[Said] = field(default_factory=list)
    unmapped: set[str] = field(default_factory=set)  # fields a person has said are not in the file

    def missing(self) -> tuple[str, ...]:
        named = "full_name" in self.columns
        return tuple(
            one.name
            for one in FIELDS[self.kind]
            if one.required
            and one.name not in self.columns
            and not (named and one.name in ("given_name", "family_name"))
        )

    def score(self) -> float:
        required = {one.name for one in FIELDS[self.kind] if one.required}
        found = sum(match.certainty * (2 if name in required else 1) for name, match in self.columns.items())
        return found - 2.5 * len(self.missing())


def recognise(
    table: Table,
    *,
    expected_kind: Kind | None = None,
    saved: Mapping[str, str] | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Recognition:
    """What a table holds: its kind, its columns with how sure and why, and how dates and numbers are written.

    `saved` is a municipality's mapping {field: header text} and wins over our own judgement; `overrides`, a person's
    corrections in the same form, win over both, and an empty header there means that the field is not in the file.
    Reads the whole table once. Raises an UnreadableFile when the reading itself fails.
    """
    sample = [tuple(map(clean, cells)) for _, cells in islice(table, _SAMPLE)]
    columns = [[value for row in sample if not is_blank(value := row[index])] for index in range(len(table.headers))]
    drafts = {
        kind: _draft(kind, table.headers, columns, saved or {}, overrides or {})
        for kind in ([expected_kind] if expected_kind and (saved or overrides) else Kind)
    }
    ranked = sorted(drafts.values(), key=lambda draft: draft.score(), reverse=True)
    chosen = drafts[expected_kind] if expected_kind else ranked[0]
    certain = not chosen.missing() and (len(ranked) < 2 or _lead(chosen, ranked) >= 1.0)
    if expected_kind is None and not certain:
        chosen.warnings.append(say.KIND_DOUBTFUL.with_())
    elif chosen.missing() and ranked[0] is not chosen and not ranked[0].missing():
        chosen.warnings.append(say.KIND_UNLIKE.with_())
    row_count, found = _look_through(table, chosen)
    used = {match.index for match in found.values()}
    return Recognition(
        kind=chosen.kind,
        kind_certain=certain,
        columns=MappingProxyType({one.name: found[one.name] for one in FIELDS[chosen.kind] if one.name in found}),
        unrecognised=tuple(header for index, header in enumerate(table.headers) if index not in used),
        missing=chosen.missing(),
        warnings=tuple(chosen.warnings),
        row_count=row_count,
        skipped=table.skipped,
        headers=table.headers,
    )


def _lead(chosen: _Draft, ranked: Sequence[_Draft]) -> float:
    others = max(draft.score() for draft in ranked if draft is not chosen)
    return chosen.score() - others


def _draft(
    kind: Kind,
    headers: Sequence[str],
    columns: Sequence[Sequence[str]],
    saved: Mapping[str, str],
    overrides: Mapping[str, str],
) -> _Draft:
    draft = _Draft(kind)
    # What is chosen now also takes a column back from what was saved before.
    _take_given(draft, headers, overrides, say.BY_CHOICE.with_(), say.CHOSEN_HEADER_GONE)
    _take_given(draft, headers, saved, say.BY_SAVED.with_(), say.SAVED_HEADER_GONE)
    _take_by_word(draft, headers, columns)
    for match in recognise_by_content(kind, headers, columns, draft.columns, draft.unmapped):
        draft.columns[match.field] = match
    if "given_name" in draft.columns and "family_name" in draft.columns:
        draft.columns.pop("full_name", None)
    return draft


def _take_given(draft: _Draft, headers: Sequence[str], given: Mapping[str, str], why: Said, gone: say.Sentence) -> None:
    names = {one.name for one in FIELDS[draft.kind]}
    taken = {match.index for match in draft.columns.values()}
    for name, header in given.items():
        if name not in names or name in draft.columns or name in draft.unmapped:
            continue
        if not header:
            draft.unmapped.add(name)
            continue
        index = _find(headers, header)
        if index is None:
            draft.warnings.append(gone.with_(header=header))
        elif index not in taken:
            taken.add(index)
            draft.columns[name] = ColumnMatch(name, index, headers[index], 1.0, why)


def _find(headers: Sequence[str], wanted: str) -> int | None:
    if wanted in headers:
        return headers.index(wanted)
    folded = fold(wanted)
    return next((index for index, header in enumerate(headers) if fold(header) == folded), None)


def _take_by_word(draft: _Draft, headers: Sequence[str], columns: Sequence[Sequence[str]]) -> None:
    """Give each field its best column, and each column its best field, surest first."""
    fields = {one.name: one for one in FIELDS[draft.kind]}
    taken = {match.index for match in draft.columns.values()}
    candidates: list[tuple[float, int, ColumnMatch]] = []
    for index, header in enumerate(headers):
        if index in taken:
            continue
        for name, word in match_header(draft.kind, header).items():
            if name in draft.columns or name in draft.unmapped:
                continue
            likeness = _likeness(fields[name], columns[index])
            if likeness is not None and _contradicts(fields[name], likeness, len(columns[index])):
                label = fields[name].label
                draft.warnings.append(say.CONTENT_UNLIKE.with_(header=header, label=label))
                continue
            sentence = say.BY_WORD.with_(header=header)
            if not word.exact:
                sentence = say.BY_LIKE_WORD.with_(header=header, word=word.word)
            weight = word.certainty * (0.5 + 0.5 * (0.6 if likeness is None else likeness))
            candidates.append((weight, index, ColumnMatch(name, index, header, word.certainty, sentence)))
    for _, index, match in sorted(candidates, key=lambda entry: (-entry[0], entry[1])):
        if index not in taken and match.field not in draft.columns:
            taken.add(index)
            draft.columns[match.field] = match


def _likeness(one: Field, values: Sequence[str]) -> float | None:
    share = fit(one.shape, values)
    if share is not None and one.shape is Shape.TEXT:
        return 0.6  # anything is text
    if share is not None and one.name == "leader_number":
        return sum(any(map(str.isdigit, value)) for value in values) / len(values)
    return share


def _contradicts(one: Field, likeness: float, count: int) -> bool:
    if one.name == "leader_number":
        return likeness < 0.2 and count >= 2
    return one.shape in _STRICT and not one.required and likeness < 0.2 and count >= _ENOUGH_TO_CONTRADICT


def _look_through(table: Table, draft: _Draft) -> tuple[int, dict[str, ColumnMatch]]:
    """Count the rows, and settle how each date and number column is written from all its different values."""
    shapes = {one.name: one.shape for one in FIELDS[draft.kind]}
    settled = [match for match in draft.columns.values() if shapes[match.field] in (*_DATES, Shape.PERCENT)]
    places = [match.index for match in settled]
    seen: list[set[str]] = [set() for _ in places]
    pairs = list(zip(places, seen, strict=True))
    count = 0
    for _, cells in table:
        count += 1
        for index, values in pairs:
            value = cells[index]
            if value and len(values) < _DISTINCT:
                values.add(value)
    found = dict(draft.columns)
    for match, raw in zip(settled, seen, strict=True):
        values = {value for value in map(clean, raw) if not is_blank(value)}
        if shapes[match.field] is Shape.PERCENT:
            found[match.field] = replace(
                match, decimal_mark=decide_decimal_mark(values), fraction=is_fraction_column(values)
            )
            continue
        form = decide_date_format(values)
        found[match.field] = replace(match, date_format=form)
        if form is DateFormat.MDY:
            draft.warnings.append(say.MONTH_FIRST.with_(header=match.header))
    return count, found
