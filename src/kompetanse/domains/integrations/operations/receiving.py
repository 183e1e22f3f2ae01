"""A file is received, its columns are pointed out, and its content is forgotten in time."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db.models import QuerySet

from kompetanse.domains.integrations.events import FileReceived, MappingSaved
from kompetanse.domains.integrations.models import ImportRun, SavedMapping, UploadedPart
from kompetanse.domains.integrations.permissions import Right
from kompetanse.domains.integrations.rules.sentences import FileTooBig
from kompetanse.domains.integrations.types import (
    FIELDS,
    AlreadyApplied,
    ContentIsGone,
    IsBeingRead,
    Kind,
    Limits,
    RunStatus,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

_PART = 1_000_000  # bytes
_KEPT = timedelta(days=7)
# What is read while the person waits; a workbook is packed to about a tenth.
_QUICK, _QUICK_PACKED, _QUICK_ROWS = 2_000_000, 300_000, 5_000


@operation
def receive_file(
    ctx: Context, *, tenant_id: int, file_name: str, content: Iterable[bytes], kind: Kind | None = None
) -> int:
    """Keep a municipality's file until it has been taken in. Gives the import's id.

    `content` is the file's bytes in pieces of any size; `kind` None means that the content decides.
    Raises NotFound, Refused, FileTooBig.
    """
    run = open_run(ctx, tenant_id, file_name, kind)
    digest, size, lines, is_packed = hashlib.sha256(), 0, 0, False
    limit = Limits().file_size
    for position, part in enumerate(_parts(content)):
        size += len(part)
        if size > limit:
            raise FileTooBig(limit=limit // 1_000_000)
        digest.update(part)
        lines += part.count(b"\n")
        is_packed = part.startswith(b"PK") if position == 0 else is_packed
        UploadedPart.objects.create(tenant_id=tenant_id, run=run, position=position, content=part)
    run.sha256, run.size = digest.hexdigest(), size
    run.is_big = lines > _QUICK_ROWS or size > (_QUICK_PACKED if is_packed else _QUICK)
    run.save(update_fields=["sha256", "size", "is_big"])
    publish(ctx, FileReceived(tenant_id=tenant_id, run_id=run.pk))
    return int(run.pk)


@operation
def correct_mapping(ctx: Context, *, run_id: int, mapping: Mapping[str, str], remember: bool = False) -> None:
    """Point out the columns: {field: header}, an empty header where the field is not in the file.

    With `remember` the municipality's next file of the kind is read the same way. Raises NotFound, Refused,
    AlreadyApplied.
    """
    run = waiting_run(ctx, run_id)
    names = {field.name for field in FIELDS[Kind(run.kind)]} if run.kind else set()
    run.mapping = {name: header for name, header in mapping.items() if name in names}
    run.status = RunStatus.RECEIVED
    run.save(update_fields=["mapping", "status"])
    if remember:
        _save_mapping(ctx, run.tenant_id, Kind(run.kind), run.mapping)


def _save_mapping(ctx: Context, tenant_id: int, kind: Kind, mapping: Mapping[str, str]) -> None:
    SavedMapping.objects.update_or_create(tenant_id=tenant_id, kind=kind, defaults={"mapping": dict(mapping)})
    publish(ctx, MappingSaved(tenant_id=tenant_id, kind=kind))


@operation
def forget_old_uploads(ctx: Context) -> int:
    """Delete the content of files that nobody took in within seven days. Gives how many imports that concerned."""
    old: QuerySet[ImportRun] = ImportRun.objects.filter(
        access.rows(ctx.actor, Right.IMPORT_RUN), started_at__lt=ctx.now - _KEPT
    )
    parts = UploadedPart.objects.filter(run_id__in=old.values("id"))
    concerned = parts.values("run_id").distinct().count()
    parts.delete()
    return concerned


def open_run(ctx: Context, tenant_id: int, file_name: str, kind: Kind | None) -> ImportRun:
    """A new import in the municipality's name. Raises NotFound, Refused."""
    if tenant_id not in ctx.tenants:
        raise NotFound()
    access.require(ctx, Right.IMPORT_RUN, ImportRun(tenant_id=tenant_id))
    run: ImportRun = ImportRun.objects.create(
        tenant_id=tenant_id,
        kind=kind or "",
        file_name=Path(file_name).name[-200:],
        size=0,
        status=RunStatus.RECEIVED,
        started_at=ctx.now,
        by_name=ctx.actor.name,
        by_person_id=ctx.actor.person_id,
    )
    return run


def waiting_run(ctx: Context, run_id: int, *, at_work: bool = False) -> ImportRun:
    """An import that has not been taken in, locked. Raises NotFound, Refused, AlreadyApplied, IsBeingRead."""
    run: ImportRun = access.fetch(ctx, ImportRun.objects.all(), run_id, Right.IMPORT_RUN, lock=True)
    if run.status == RunStatus.APPLIED:
        raise AlreadyApplied()
    if run.status == RunStatus.WORKING and not at_work:
        raise IsBeingRead()
    return run


@contextmanager
def on_disk(run: ImportRun) -> Iterator[Path]:
    """The uploaded file as a file for as long as it is read. Raises ContentIsGone."""
    positions = list(
        UploadedPart.objects.filter(tenant_id=run.tenant_id, run=run).order_by("position").values_list("id", flat=True)
    )
    if not positions and run.size:
        raise ContentIsGone()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil"
        with path.open("wb") as file:
            for part_id in positions:
                file.write(UploadedPart.objects.values_list("content", flat=True).get(pk=part_id))
        yield path


def _parts(content: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes in pieces that fit a row, whatever pieces they came in."""
    waiting = bytearray()
    for piece in content:
        waiting += piece
        while len(waiting) >= _PART:
            yield bytes(waiting[:_PART])
            del waiting[:_PART]
    if waiting:
        yield bytes(waiting)
