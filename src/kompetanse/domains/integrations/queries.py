"""What can be asked about imports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .models import ImportProgress, ImportRun, RejectedRow, SavedMapping, UploadedPart
from .permissions import Right
from .types import (
    FIELDS,
    Counts,
    FileReport,
    KeptRejection,
    Kind,
    MappedColumn,
    RunPage,
    RunRow,
    RunStatus,
    Said,
    SkippedRow,
)

_LISTED = 100
_SHOWN_REJECTIONS = 50


@query
def list_import_places(ctx: Context) -> list[tuple[int, str]]:
    """The municipalities in sight that the actor may bring files in for: (tenant id, name), by name."""
    rows = organisation.list_municipalities(ctx.tenants)
    may = [row for row in rows if access.answer(ctx.actor, Right.IMPORT_RUN, ImportRun(tenant_id=row.tenant_id))]
    return sorted(((row.tenant_id, row.name) for row in may), key=lambda place: place[1])


@query
def list_runs(ctx: Context) -> list[RunRow]:
    """The latest imports the actor may see, newest first."""
    runs = ImportRun.objects.filter(access.rows(ctx.actor, Right.IMPORT_RUN)).defer("recognition", "examples")
    names = _names(ctx)
    return [_row(run, names) for run in runs.order_by("-id")[:_LISTED]]


@query
def get_run(ctx: Context, *, run_id: int) -> RunPage:
    """One import with all that is shown of it. Raises NotFound, Refused."""
    run = access.fetch(ctx, ImportRun.objects.all(), run_id, Right.IMPORT_RUN)
    mine = {"tenant_id": run.tenant_id, "run": run}
    progress = ImportProgress.objects.filter(**mine).values_list("done", "total").first() or (0, 0)
    told = run.recognition
    return RunPage(
        run=_row(run, _names(ctx)),
        may_run=run.status != RunStatus.APPLIED,
        has_content=UploadedPart.objects.filter(**mine).exists(),
        headers=tuple(told.get("headers", ())),
        columns=_columns(run),
        warnings=tuple(Said(**warning) for warning in told.get("warnings", ())),
        skipped=tuple(SkippedRow(row, text) for row, text in told.get("skipped", ())),
        examples={fate: tuple(words) for fate, words in run.examples.items() if words},
        rejections=tuple(_rejections(run, _SHOWN_REJECTIONS)),
        failure=Said(**run.failure) if run.failure else None,
        done=progress[0],
        total=progress[1],
    )


@query
def list_rejections(ctx: Context, *, run_ids: list[int]) -> list[FileReport]:
    """The imports with their rejected rows, which are fetched as they are read: stay within the scope.

    Raises NotFound, Refused.
    """
    found = {run.pk: run for run in ImportRun.objects.filter(pk__in=run_ids)}
    names = _names(ctx)
    reports = []
    for run_id in run_ids:
        run = found.get(run_id) or access.fetch(ctx, ImportRun.objects.none(), run_id, Right.IMPORT_RUN)
        access.require(ctx, Right.IMPORT_RUN, run)
        headers = tuple(run.recognition.get("headers", ()))
        failure = Said(**run.failure) if run.failure else None
        reports.append(FileReport(_row(run, names), headers, _rejections(run), failure))
    return reports


@query
def find_saved_mapping(ctx: Context, *, tenant_id: int, kind: Kind) -> dict[str, str]:
    """{field: header} as the municipality has saved it; empty where it has not."""
    found: SavedMapping | None = SavedMapping.objects.filter(tenant_id=tenant_id, kind=kind).first()
    return dict(found.mapping) if found else {}


def _names(ctx: Context) -> dict[int, str]:
    return {row.tenant_id: row.name for row in organisation.list_municipalities(ctx.tenants)}


def _row(run: ImportRun, names: dict[int, str]) -> RunRow:
    return RunRow(
        id=run.pk,
        tenant_id=run.tenant_id,
        municipality=names.get(run.tenant_id, ""),
        kind=Kind(run.kind) if run.kind else None,
        file_name=run.file_name,
        status=RunStatus(run.status),
        started_at=run.started_at,
        finished_at=run.finished_at,
        by_name=run.by_name,
        counts=Counts(run.read, run.created, run.changed, run.unchanged, run.rejected, run.ended),
    )


def _columns(run: ImportRun) -> tuple[MappedColumn, ...]:
    told: dict[str, Any] = run.recognition
    if not run.kind or not told:
        return ()
    columns, values = told["columns"], told["values"]

    def mapped(name: str, label: str, required: bool) -> MappedColumn:
        found = columns.get(name)
        if not found:
            return MappedColumn(name, label, required, "", None, ())
        return MappedColumn(name, label, required, found["header"], Said(**found["why"]), tuple(values[found["index"]]))

    return tuple(mapped(field.name, field.label, field.required) for field in FIELDS[Kind(run.kind)])


def _rejections(run: ImportRun, most: int | None = None) -> Iterator[KeptRejection]:
    rows = RejectedRow.objects.filter(tenant_id=run.tenant_id, run=run).order_by("row", "id")
    for kept in rows[:most] if most else rows.iterator(chunk_size=1_000):
        said = Said("", kept.sentence, kept.params)
        yield KeptRejection(kept.row, kept.column, kept.value, said, tuple(kept.original))
