"""A file is tried, and taken in: everything in one transaction, so that a file is in or out and never half."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from kompetanse.domains.integrations.events import FileImported, FileWasUnreadable
from kompetanse.domains.integrations.models import ImportProgress, ImportRun, RejectedRow, UploadedPart
from kompetanse.domains.integrations.types import Imported, Kind, KindIsUnclear, RunStatus, Said, UnreadableFile
from kompetanse.foundation import clock, jobs, locks
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.outcomes import Outcome

from .carrying import carry, keep, read
from .progress import teller
from .receiving import on_disk, open_run, waiting_run

PREVIEW, APPLY = "preview", "apply"


@operation
def ask_for_preview(ctx: Context, *, run_id: int) -> None:
    """Preview a small file at once, a big one by a worker. Raises NotFound, Refused, AlreadyApplied, IsBeingRead."""
    _ask(ctx, run_id, PREVIEW)


@operation
def ask_for_apply(ctx: Context, *, run_id: int) -> None:
    """Take a small file in at once, a big one by a worker. Raises NotFound, Refused, AlreadyApplied, IsBeingRead."""
    _ask(ctx, run_id, APPLY)


@operation
def preview_file(ctx: Context, *, run_id: int) -> None:
    """Find out what would happen by letting it happen and taking it back.

    Afterwards the import is PREVIEWED with counts, examples and rejections; UNCLEAR where columns are lacking; or
    FAILED with the sentence. Nothing else has changed. Raises NotFound, Refused, AlreadyApplied, ContentIsGone.
    """
    _preview(ctx, waiting_run(ctx, run_id), on_worker=False)


@operation
def apply_import(ctx: Context, *, run_id: int) -> None:
    """Take the file in. Afterwards the import is APPLIED, or FAILED with the sentence and nothing has changed.

    Raises NotFound, Refused, AlreadyApplied, ContentIsGone.
    """
    _apply_upload(ctx, waiting_run(ctx, run_id), on_worker=False)


@operation
def import_file(ctx: Context, *, tenant_id: int, kind: Kind, path: Path) -> Imported:
    """Take in a file that lies on this machine, without asking anybody first. Raises NotFound, Refused."""
    run = open_run(ctx, tenant_id, path.name, kind)
    with path.open("rb") as file:
        run.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    run.size = path.stat().st_size
    outcome = _apply(ctx, run, path, on_worker=False)
    failure = Said(**run.failure) if run.failure else None
    return Imported(run.pk, outcome, failure)


@jobs.task
def carry_on(run_id: int, tenants: list[int], act: str, asked_by: str) -> None:
    """The worker's part of an import: what was asked for, by somebody who was allowed to."""
    ctx = system_context(f"import {run_id}, asked for by {asked_by}"[:200], set(tenants), clock.now())
    _carry_on(ctx, run_id=run_id, act=act)


@operation
def _carry_on(ctx: Context, *, run_id: int, act: str) -> None:
    run = waiting_run(ctx, run_id, at_work=True)
    if run.status != RunStatus.WORKING:
        return  # the job was delivered twice
    try:
        with transaction.atomic():
            if act == APPLY:
                _apply_upload(ctx, run, on_worker=True)
            else:
                _preview(ctx, run, on_worker=True)
    except DomainError as error:
        _fail(ctx, run, error)


def _ask(ctx: Context, run_id: int, act: str) -> None:
    run = waiting_run(ctx, run_id)
    if not run.is_big:
        (_apply_upload if act == APPLY else _preview)(ctx, run, on_worker=False)
        return
    run.status = RunStatus.WORKING
    run.save(update_fields=["status"])
    ImportProgress.objects.update_or_create(
        tenant_id=run.tenant_id, run=run, defaults={"done": 0, "total": run.recognition.get("rows", 0)}
    )
    jobs.enqueue(carry_on, run_id=run_id, tenants=sorted(ctx.tenants), act=act, asked_by=ctx.actor.name)


def _preview(ctx: Context, run: ImportRun, *, on_worker: bool) -> None:
    with on_disk(run) as path:
        try:
            with transaction.atomic():
                reading = read(run, path)
                outcome = None
                if not reading.recognition.missing:
                    locks.hold("import", run.tenant_id, run.kind)
                    with _taken_back(), teller(run, on_worker) as tell:
                        outcome = carry(ctx, run, reading, tell)
        except (UnreadableFile, KindIsUnclear) as error:
            _fail(ctx, run, error)
            return
        run.failure = {}
        run.status = RunStatus.PREVIEWED if outcome else RunStatus.UNCLEAR
        keep(run, reading, outcome or Outcome())
    run.save()


@contextmanager
def _taken_back() -> Iterator[None]:
    """What happens within is checked like anything that is to stay, and then has not happened."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


def _apply_upload(ctx: Context, run: ImportRun, *, on_worker: bool) -> None:
    with on_disk(run) as path:
        _apply(ctx, run, path, on_worker=on_worker)
    if run.status == RunStatus.APPLIED:
        UploadedPart.objects.filter(tenant_id=run.tenant_id, run=run).delete()


def _apply(ctx: Context, run: ImportRun, path: Path, *, on_worker: bool) -> Outcome | None:
    try:
        with transaction.atomic():
            reading = read(run, path)
            locks.hold("import", run.tenant_id, run.kind)
            with teller(run, on_worker) as tell:
                outcome = carry(ctx, run, reading, tell)
    except (UnreadableFile, KindIsUnclear) as error:
        _fail(ctx, run, error)
        return None
    keep(run, reading, outcome)
    run.examples = {}  # they name people, and were there to decide by
    run.failure, run.status, run.finished_at = {}, RunStatus.APPLIED, ctx.now
    run.save()
    publish(
        ctx,
        FileImported(
            tenant_id=run.tenant_id, run_id=run.pk, kind=run.kind, created=run.created, changed=run.changed,
            ended=run.ended, rejected=run.rejected,
        ),
    )  # fmt: skip
    return outcome


def _fail(ctx: Context, run: ImportRun, error: DomainError) -> None:
    params = {name: str(value) for name, value in error.params.items()}
    run.failure = {"code": error.code, "sentence": error.sentence, "params": params}
    run.status, run.finished_at, run.examples = RunStatus.FAILED, ctx.now, {}
    run.read = run.created = run.changed = run.unchanged = run.rejected = run.ended = 0
    RejectedRow.objects.filter(tenant_id=run.tenant_id, run=run).delete()
    run.save()
    publish(ctx, FileWasUnreadable(tenant_id=run.tenant_id, run_id=run.pk, why=error.code))
