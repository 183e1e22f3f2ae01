"""A municipality's needs file meets the needs we know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kompetanse.domains.needs.events import NeedsSynchronised
from kompetanse.domains.needs.models import Need, Share
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.causes import read_reason
from kompetanse.domains.needs.rules.placing import Path, paths_by_name, place
from kompetanse.domains.needs.rules.recognising import identity, recognise
from kompetanse.domains.needs.rules.reporting import TEXTS, check_people, check_priority, check_text, tidy
from kompetanse.domains.needs.types import MOST_ROWS, NeedRowInput, NeedStatus, Origin, TooManyNeeds
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.outcomes import Outcome, Rejection
from kompetanse.kernel.text_marker import N_

from .placing import leave_pools, lock_file, place_alone

LEFT_THE_FILE = N_("Raden står ikke lenger i kommunens fil.")
COMPARED = (
    "title", "target_group", "people", "people_text", "reason", "cause", "kind", "statutory", "wanted_time",
    "wanted_place", "priority", "regional", "unit_id", "unit_text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """A row of the file as the need it tells of; `values` None where the row does not hold."""

    row: int
    title: str
    identity: tuple[str, str, str, str]
    values: Mapping[str, Any] | None


@operation
def sync_needs(ctx: Context, *, tenant_id: int, rows: Iterable[NeedRowInput], file: str) -> Outcome:
    """Make the municipality's needs from files as this file says: new, changed, unchanged, gone are withdrawn.

    A row is known again by title, unit, target group and wanted time (equal rows by their order), or by three
    of the four. A need that somebody has withdrawn by hand stays withdrawn; one whose row is rejected stays
    as it was. Raises Refused, TooManyNeeds.
    """
    access.require(ctx, Right.NEED_REPORT, Need(tenant_id=tenant_id))
    lock_file(tenant_id)
    outcome = Outcome()
    told = _read(ctx, tenant_id, rows, outcome)
    needs = {need.pk: need for need in Need.objects.filter(tenant_id=tenant_id, origin=Origin.FILE)}
    gone = {pk for pk, need in needs.items() if need.withdrawn_why == LEFT_THE_FILE}
    known = {
        pk: identity(need.title, need.unit_text, need.target_group, need.wanted_time) for pk, need in needs.items()
    }
    matches = recognise([it.identity for it in told], {pk: known[pk] for pk in known.keys() - gone})
    again = [i for i, match in enumerate(matches) if match is None]
    for i, match in zip(
        again, recognise([told[i].identity for i in again], {pk: known[pk] for pk in gone}, exact=True), strict=True
    ):
        matches[i] = match

    new, changed, moved = [], [], []
    for it, match in zip(told, matches, strict=True):
        if it.values is None:
            continue
        if match is None:
            new.append(
                Need(
                    tenant_id=tenant_id, origin=Origin.FILE, file=file, row=it.row,
                    reported_by=ctx.actor.person_id, reported_at=ctx.now, **it.values,
                )
            )  # fmt: skip
            outcome.tell("created", f"{it.row}: {it.title}")
            continue
        need = needs[match]
        stood = need.file, need.row
        if _change(need, it, file):
            changed.append(need)
            outcome.tell("changed", f"{it.row}: {it.title}")
            continue
        outcome.tell("unchanged", "")
        if stood != (file, it.row):
            moved.append(need)
    found = {match for match in matches if match is not None}
    left = [need for pk, need in needs.items() if need.status == NeedStatus.REPORTED and pk not in found]
    for need in left:
        outcome.tell("ended", f"{need.row}: {need.title}")
    _write(ctx, tenant_id, new, changed, moved, left, returned=[n for n in changed if n.pk in gone])
    publish(
        ctx,
        NeedsSynchronised(
            tenant_id=tenant_id, file=file,
            created=outcome.created, changed=outcome.changed, ended=outcome.ended,
        ),
    )  # fmt: skip
    return outcome


def _read(ctx: Context, tenant_id: int, rows: Iterable[NeedRowInput], outcome: Outcome) -> list[_Told]:
    units = paths_by_name((unit.name, unit.path) for unit in organisation.list_units(ctx, tenant_id=tenant_id))
    told: list[_Told] = []
    for row in islice(rows, MOST_ROWS + 1):
        if len(told) == MOST_ROWS:
            raise TooManyNeeds(limit=MOST_ROWS)
        values = None
        try:
            values = _values(row, units)
        except DomainError as error:
            outcome.rejections.append(_rejection(row, error))
        known_by = identity(
            *(tidy(text)[:1000] for text in (row.title, row.unit_name, row.target_group, row.wanted_time))
        )
        told.append(_Told(row.row, tidy(row.title)[:80], known_by, values))
    return told


def _values(row: NeedRowInput, units: Mapping[str, tuple[Path, ...]]) -> dict[str, Any]:
    reason = check_text("reason", row.reason)
    unit_text = check_text("unit_name", row.unit_name)
    read = read_reason(reason)
    return {
        "title": check_text("title", row.title),
        "target_group": check_text("target_group", row.target_group),
        "people": check_people(row.people),
        "people_text": check_text("people_text", row.people_text),
        "reason": reason,
        "cause": read.cause,
        "kind": read.kind,
        "statutory": row.statutory,
        "wanted_time": check_text("wanted_time", row.wanted_time),
        "wanted_place": check_text("wanted_place", row.wanted_place),
        "priority": check_priority(row.priority),
        "regional": row.regional,
        "unit_id": place(unit_text, units) if unit_text else None,
        "unit_text": unit_text,
    }


def _rejection(row: NeedRowInput, error: DomainError) -> Rejection:
    """The column goes by the name it has on our screen; who read the file knows what it is called there."""
    field: str = getattr(error, "field", "")
    column = TEXTS[field][0] if field in TEXTS else {"people": N_("Antall"), "priority": N_("Prioritet")}.get(field, "")
    value = getattr(row, field, "")
    params = {name: str(param) for name, param in error.params.items()}
    return Rejection(row.row, column, "" if value is None else str(value)[:200], error.sentence, params)


def _change(need: Need, told: _Told, file: str) -> bool:
    """Bring the need up to the row. True where something a person would notice changed."""
    assert told.values is not None
    need.file, need.row = file, told.row
    if need.status == NeedStatus.WITHDRAWN and need.withdrawn_why != LEFT_THE_FILE:
        return False
    differs = any(getattr(need, name) != told.values[name] for name in COMPARED)
    for name in COMPARED:
        setattr(need, name, told.values[name])
    if need.status == NeedStatus.WITHDRAWN:
        need.status, need.withdrawn_at, need.withdrawn_why = NeedStatus.REPORTED, None, ""
        return True
    return differs


def _write(
    ctx: Context,
    tenant_id: int,
    new: list[Need],
    changed: list[Need],
    moved: list[Need],
    left: list[Need],
    *,
    returned: list[Need],
) -> None:
    place_alone(ctx, tenant_id, [*Need.objects.bulk_create(new, batch_size=1000), *returned])
    names = [*COMPARED, "file", "row", "status", "withdrawn_at", "withdrawn_why"]
    Need.objects.bulk_update(changed, names, batch_size=500)
    Need.objects.bulk_update(moved, ["file", "row"], batch_size=1000)
    Need.objects.filter(pk__in=[need.pk for need in left]).update(
        status=NeedStatus.WITHDRAWN, withdrawn_at=ctx.now, withdrawn_why=LEFT_THE_FILE
    )
    leave_pools(ctx, tenant_id, [need.pk for need in left])
    by_id = {need.pk: need for need in changed}
    shares = list(Share.objects.filter(municipality_id=tenant_id, need_id__in=by_id))
    for share in shares:
        need = by_id[share.need_id]
        share.people, share.statutory, share.cause = need.people, need.statutory, need.cause
    Share.objects.bulk_update(shares, ["people", "statutory", "cause"], batch_size=500)
