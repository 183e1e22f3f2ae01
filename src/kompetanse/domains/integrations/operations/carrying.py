"""From a file on disk to rows at the doors of the domains that own them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import RegisterInput
from kompetanse.domains.integrations.models import ImportRun, RejectedRow, SavedMapping
from kompetanse.domains.integrations.rules import clean, open_table, parse_rows, recognise
from kompetanse.domains.integrations.rules.masking import mask, mask_cell, mask_row
from kompetanse.domains.integrations.rules.tables import Table
from kompetanse.domains.integrations.rules.values import Fault, parse_code
from kompetanse.domains.integrations.types import (
    CompetenceRow,
    HrRow,
    Kind,
    KindIsUnclear,
    NeedRow,
    OrgRow,
    ParsedRow,
    Recognition,
    Said,
)
from kompetanse.domains.integrations.types import RejectedRow as Unsound
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import NeedRowInput
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import PostInput, UnitInput
from kompetanse.kernel.context import Context
from kompetanse.kernel.outcomes import Outcome, Rejection

Tell = Callable[[int, int], None]
_TOLD_EVERY = 2_000  # rows
_SHOWN = 3  # values of each column


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that has been opened and recognised."""

    table: Table
    recognition: Recognition


def read(run: ImportRun, path: Path) -> Reading:
    """Open and recognise the import's file, by what the municipality has said before and the person says now.

    Settles `run.kind` and `run.recognition`. Raises an UnreadableFile, KindIsUnclear.
    """
    kind = Kind(run.kind) if run.kind else None
    saved = {
        Kind(row.kind): row.mapping
        for row in SavedMapping.objects.filter(tenant_id=run.tenant_id)
        if kind in (None, row.kind)
    }
    known = [header for mapping in (*saved.values(), run.mapping) for header in mapping.values() if header]
    table = open_table(path, known_headers=known)
    table.file = run.file_name
    if kind is None:
        guessed = recognise(table)
        if not guessed.kind_certain:
            raise KindIsUnclear()
        kind = guessed.kind
    recognition = recognise(table, expected_kind=kind, saved=saved.get(kind), overrides=run.mapping)
    run.kind = kind
    run.recognition = _shown(table, recognition)
    return Reading(table, recognition)


def carry(ctx: Context, run: ImportRun, reading: Reading, tell: Tell) -> Outcome:
    """Hand every sound row to the domain that owns it. Gives what became of all rows, rejected ones in file order.

    Must run in a transaction that somebody else closes. Raises an UnreadableFile.
    """
    unsound: list[Rejection] = []
    touched: set[str] = set()
    total = reading.recognition.row_count
    key = reading.recognition.columns.get("code" if run.kind == Kind.ORG else "employee_number")
    identity = reading.recognition.columns.get("identity_number")
    identity_header = identity.header if identity else ""
    units = organisation.list_unit_codes(ctx, tenant_id=run.tenant_id) if run.kind == Kind.HR else None

    def rows() -> Iterator[ParsedRow]:
        for count, result in enumerate(parse_rows(reading.recognition, reading.table, known_units=units), 1):
            if count % _TOLD_EVERY == 0:
                tell(count, total)
            if isinstance(result, ParsedRow):
                yield result
                continue
            unsound.append(_masked(_without_original(result), identity_header))
            if key is not None:
                touched.add(_code(result.original[key.index]))

    outcome = _DOORS[Kind(run.kind)](ctx, run, rows, touched)
    unsound.extend(_masked(_by_header(each, reading), identity_header) for each in outcome.rejections)
    unsound.sort(key=lambda each: each.row)
    outcome.rejections = unsound
    return outcome


def keep(run: ImportRun, reading: Reading, outcome: Outcome) -> None:
    """Keep the counts, and every rejected row with the row as it stood: fetched from the file again, not remembered."""
    for name in ("read", "created", "changed", "unchanged", "rejected", "ended"):
        setattr(run, name, getattr(outcome, name))
    run.examples = outcome.examples
    RejectedRow.objects.filter(tenant_id=run.tenant_id, run=run).delete()
    if not outcome.rejections:
        return
    identity = reading.recognition.columns.get("identity_number")
    place = identity.index if identity else None
    waiting = iter(outcome.rejections)
    rejection = next(waiting, None)
    batch: list[RejectedRow] = []
    for row, cells in reading.table:
        while rejection is not None and rejection.row <= row:
            same = rejection.row == row
            batch.append(_kept(run, rejection, mask_row(cells, place) if same else []))
            rejection = next(waiting, None)
        if len(batch) >= 1_000:
            RejectedRow.objects.bulk_create(batch)
            batch.clear()
    while rejection is not None:
        batch.append(_kept(run, rejection, []))
        rejection = next(waiting, None)
    RejectedRow.objects.bulk_create(batch, batch_size=1_000)


def _masked(rejection: Rejection, identity_header: str) -> Rejection:
    cell = mask_cell if identity_header and rejection.column == identity_header else mask
    params = {name: mask(str(value)) for name, value in rejection.params.items()}
    return replace(rejection, value=cell(rejection.value), params=params)


def _kept(run: ImportRun, rejection: Rejection, original: list[str]) -> RejectedRow:
    return RejectedRow(
        tenant_id=run.tenant_id, run=run, row=rejection.row, column=rejection.column[:300], value=rejection.value,
        sentence=rejection.sentence, params=rejection.params, original=original,
    )  # fmt: skip


def _without_original(row: Unsound) -> Rejection:
    return Rejection(row.row, row.column, row.value, row.sentence, {k: str(v) for k, v in row.params.items()})


def _by_header(rejection: Rejection, reading: Reading) -> Rejection:
    """The doors name our own fields; a person knows the headers of the file."""
    match = reading.recognition.columns.get(rejection.column)
    return replace(rejection, column=match.header) if match else rejection


def _code(cell: str) -> str:
    try:
        return parse_code(clean(cell))
    except Fault:
        return ""


def _shown(table: Table, recognition: Recognition) -> dict[str, Any]:
    """What the mapping page shows of a reading, as JSON."""
    samples: list[list[str]] = [[] for _ in table.headers]
    for count, (_, cells) in enumerate(table):
        for values, cell in zip(samples, cells, strict=False):
            if cell.strip() and len(values) < _SHOWN and cell not in values:
                values.append(cell)
        if count >= 50 or all(len(values) == _SHOWN for values in samples):
            break
    identity = recognition.columns.get("identity_number")
    place = identity.index if identity else None
    shown = [
        [(mask_cell if index == place else mask)(clean(value))[:60] for value in values]
        for index, values in enumerate(samples)
    ]
    return {
        "headers": list(table.headers),
        "columns": {
            match.field: {"index": match.index, "header": match.header, "why": _said(match.why)}
            for match in recognition.columns.values()
        },
        "values": shown,
        "missing": list(recognition.missing),
        "warnings": [_said(warning) for warning in recognition.warnings],
        "skipped": [[skipped.row, mask(skipped.text)] for skipped in recognition.skipped[:20]],
        "rows": recognition.row_count,
    }


def _said(said: Said) -> dict[str, Any]:
    return {
        "code": said.code,
        "sentence": said.sentence,
        "params": {name: str(value) for name, value in said.params.items()},
    }


Rows = Callable[[], Iterator[ParsedRow]]


def _units(ctx: Context, run: ImportRun, rows: Rows, touched: Collection[str]) -> Outcome:
    def inputs() -> Iterator[UnitInput]:
        for parsed in rows():
            told = parsed.values
            assert isinstance(told, OrgRow)
            yield UnitInput(
                parsed.row, told.code, told.name, told.parent_code or "", told.sector or "",
                told.leader_number or "", told.written_form or "",
            )  # fmt: skip

    return organisation.sync_units(ctx, tenant_id=run.tenant_id, rows=inputs(), protected_codes=touched)


def _posts(ctx: Context, run: ImportRun, rows: Rows, touched: Collection[str]) -> Outcome:
    def inputs() -> Iterator[PostInput]:
        for parsed in rows():
            told = parsed.values
            assert isinstance(told, HrRow)
            yield PostInput(
                row=parsed.row,
                employee_number=told.employee_number,
                given_name=told.given_name,
                family_name=told.family_name,
                position_title=told.position_title,
                unit_code=told.unit_code,
                valid_from=told.valid_from,
                identity_number=told.identity_number or "",
                email=told.email or "",
                phone=told.phone or "",
                position_code=told.position_code or "",
                is_main=told.is_main is not False,
                percent=told.percent,
                valid_to=told.valid_to,
                leave_from=told.leave_from,
                leave_to=told.leave_to,
            )

    return organisation.sync_posts(ctx, tenant_id=run.tenant_id, rows=inputs, protected_numbers=touched)


def _evidence(ctx: Context, run: ImportRun, rows: Rows, touched: Collection[str]) -> Outcome:
    def inputs() -> Iterator[RegisterInput]:
        for parsed in rows():
            told = parsed.values
            assert isinstance(told, CompetenceRow)
            yield RegisterInput(
                parsed.row, told.employee_number, told.title, told.issuer or "", told.certificate_number or "",
                told.completed_on, told.valid_to,
            )  # fmt: skip

    return competence.sync_register(ctx, tenant_id=run.tenant_id, rows=inputs(), file=run.file_name)


def _needs(ctx: Context, run: ImportRun, rows: Rows, touched: Collection[str]) -> Outcome:
    def inputs() -> Iterator[NeedRowInput]:
        for parsed in rows():
            told = parsed.values
            assert isinstance(told, NeedRow)
            yield NeedRowInput(
                parsed.row, told.title, told.target_group or "", told.people, told.people_text, told.reason or "",
                told.statutory, told.wanted_time or "", told.wanted_place or "", told.priority, told.regional,
                told.unit_name or "",
            )  # fmt: skip

    return needs.sync_needs(ctx, tenant_id=run.tenant_id, rows=inputs(), file=run.file_name)


_DOORS: dict[Kind, Callable[[Context, ImportRun, Rows, Collection[str]], Outcome]] = {
    Kind.ORG: _units,
    Kind.HR: _posts,
    Kind.COMPETENCE: _evidence,
    Kind.NEEDS: _needs,
}
