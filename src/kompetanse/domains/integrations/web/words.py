"""What an import looks like in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from kompetanse.domains.integrations.rules.report import KIND_NAMES
from kompetanse.domains.integrations.types import Counts, RunPage, RunRow, RunStatus, Said

STATUS = {
    RunStatus.RECEIVED: ("neutral", noop("Mottatt")),
    RunStatus.UNCLEAR: ("warn", noop("Mangler kolonner")),
    RunStatus.WORKING: ("info", noop("Blir lest")),
    RunStatus.PREVIEWED: ("info", noop("Prøvd, ikke tatt inn")),
    RunStatus.APPLIED: ("ok", noop("Tatt inn")),
    RunStatus.FAILED: ("bad", noop("Kunne ikke leses")),
}
FATES = {
    "created": noop("Nye"),
    "changed": noop("Endret"),
    "ended": noop("Avsluttet"),
    "kept": noop("Beholdt til den siste har sluttet"),
}
# Places in a sentence that are themselves words to be translated.
_WORDS = frozenset(("label", "what"))


def tell(said: Said) -> str:
    """A sentence in the reader's language with its places filled."""
    params: dict[str, object] = {}
    for name, value in said.params.items():
        if name == "fields":
            params[name] = ", ".join(_(word) for word in str(value).split(", "))
        else:
            params[name] = _(str(value)) if name in _WORDS else value
    text = _(said.sentence)
    return text % params if params else text


@dataclass(frozen=True, slots=True)
class ShownRun:
    """One import in a list."""

    id: int
    file_name: str
    kind: str
    municipality: str
    status: RunStatus
    status_kind: str
    status_word: str
    started_at: datetime
    by_name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class ShownColumn:
    field: str
    label: str
    required: bool
    header: str
    why: str
    values: str


@dataclass(frozen=True, slots=True)
class ShownRejection:
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShownImport:
    """One import with all that its page shows."""

    run: ShownRun
    is_working: bool
    is_unclear: bool
    is_previewed: bool
    is_applied: bool
    may_apply: bool
    failure: str
    warnings: tuple[str, ...]
    columns: tuple[ShownColumn, ...]
    skipped: tuple[tuple[int, str], ...]
    fates: tuple[tuple[str, tuple[str, ...]], ...]
    rejections: tuple[ShownRejection, ...]
    more_rejections: int
    done: int
    total: int


def shown_runs(runs: Iterable[RunRow]) -> list[ShownRun]:
    """Imports as a list shows them."""
    return [_shown(run) for run in runs]


def shown_run(told: RunPage) -> ShownImport:
    """An import as its page shows it."""
    run = told.run
    rejections = tuple(
        ShownRejection(rejection.row, rejection.column, rejection.value, tell(rejection.said))
        for rejection in told.rejections
    )
    return ShownImport(
        run=_shown(run),
        is_working=run.status is RunStatus.WORKING,
        is_unclear=run.status is RunStatus.UNCLEAR,
        is_previewed=run.status is RunStatus.PREVIEWED,
        is_applied=run.status is RunStatus.APPLIED,
        may_apply=run.status is RunStatus.PREVIEWED and told.has_content,
        failure=tell(told.failure) if told.failure else "",
        warnings=tuple(tell(warning) for warning in told.warnings),
        columns=tuple(
            ShownColumn(
                column.field, _(column.label), column.required, column.header,
                tell(column.why) if column.why else "", " · ".join(column.values),
            )
            for column in told.columns
        ),
        skipped=tuple((skipped.row, skipped.text) for skipped in told.skipped),
        fates=tuple((_(FATES[fate]), told.examples[fate]) for fate in FATES if fate in told.examples),
        rejections=rejections,
        more_rejections=run.counts.rejected - len(rejections),
        done=told.done,
        total=told.total,
    )  # fmt: skip


def _shown(run: RunRow) -> ShownRun:
    kind, word = STATUS[run.status]
    return ShownRun(
        run.id, run.file_name, _(KIND_NAMES[run.kind]) if run.kind else "", run.municipality, run.status, kind,
        _(word), run.started_at, run.by_name, run.counts,
    )  # fmt: skip
