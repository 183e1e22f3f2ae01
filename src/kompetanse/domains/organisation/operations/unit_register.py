"""A municipality's units brought in line with its org file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.db import connection
from django.db.models import Q, QuerySet

from kompetanse.domains.organisation import rules
from kompetanse.domains.organisation.events import UnitsSynchronised
from kompetanse.domains.organisation.models import Municipality, Post, Unit
from kompetanse.domains.organisation.permissions import Right
from kompetanse.domains.organisation.types import UnitInput
from kompetanse.foundation import access, locks
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.outcomes import EXAMPLES, Outcome
from kompetanse.kernel.text import comparable, name_words

from .leaders import settle_leaders

_TOLD = (
    "name",
    "name_words",
    "parent_id",
    "sector",
    "sector_key",
    "leader_number",
    "written_form",
    "valid_to",
    "left_register_on",
)


@operation
def sync_units(
    ctx: Context, *, tenant_id: int, rows: Iterable[UnitInput], protected_codes: Collection[str] = ()
) -> Outcome:
    """Make the units those of the file. Units are known by their code.

    Codes that have left the file are ended, but a unit where somebody still has a post is kept until they have
    left it (told in `examples["kept"]`). `protected_codes` are codes of rows that could not be read, asked for
    only when the rows are at their end: they end nothing. A file without a single sound row ends nothing either.
    Rejections carry the input's field name in `column`. Raises NotFound, Refused.
    """
    access.fetch(ctx, Municipality.objects.filter(pk__in=ctx.tenants), tenant_id, Right.ORGANISATION_SYNC)
    locks.hold("register", tenant_id)
    outcome = Outcome()
    told = list(rows)
    standing = {unit.code: unit for unit in Unit.objects.filter(tenant_id=tenant_id, valid_to=None)}
    arranged, outcome.rejections = rules.arrange(told, {code for code in protected_codes if code in standing})
    gone = Unit.objects.filter(tenant_id=tenant_id, code__in=[row.code for row in arranged]).exclude(valid_to=None)
    returned = {unit.code: unit for unit in gone.order_by("id") if unit.code not in standing}
    fresh_ids = _draw_ids(sum(row.code not in standing and row.code not in returned for row in arranged))
    known = standing | returned
    cleared: set[int] = set()
    new: list[Unit] = []
    altered: list[Unit] = []
    for row in arranged:
        parent = known.get(row.parent_code) if row.parent_code else None
        unit = known.get(row.code)
        is_new = unit is None
        if unit is None:
            # What stood before the first file came has no first day that anybody has told.
            begun = ctx.today if standing else None
            unit = known[row.code] = Unit(id=next(fresh_ids), tenant_id=tenant_id, code=row.code, valid_from=begun)
        before = _told(unit)
        if unit.leader_number and not row.leader_number:
            cleared.add(unit.id)
        unit.name, unit.parent_id, unit.sector = row.name, parent.id if parent else None, row.sector
        unit.name_words, unit.sector_key = name_words(row.name), comparable(row.sector)
        unit.leader_number, unit.written_form = row.leader_number, row.written_form
        unit.valid_to = unit.left_register_on = None
        path, unit.path = unit.path, [*(parent.path if parent else ()), unit.id]
        if is_new:
            new.append(unit)
            outcome.tell("created", f"{unit.code} {unit.name}")
        elif before != _told(unit):
            altered.append(unit)
            outcome.tell("changed", f"{unit.code} {unit.name}")
        else:
            outcome.tell("unchanged", "")
            if path != unit.path:
                altered.append(unit)
    Unit.objects.bulk_create(new, batch_size=1000)
    Unit.objects.bulk_update(altered, [*_TOLD, "path"], batch_size=500)
    if arranged:
        spared = {row.code for row in told} | set(protected_codes)
        _end(ctx, tenant_id, [unit for code, unit in standing.items() if code not in spared], outcome)
    settle_leaders(ctx, tenant_id, cleared)
    publish(
        ctx,
        UnitsSynchronised(tenant_id=tenant_id, created=outcome.created, changed=outcome.changed, ended=outcome.ended),
    )
    return outcome


def _told(unit: Unit) -> tuple[object, ...]:
    """What a row of the file says of a unit."""
    return tuple(getattr(unit, field) for field in _TOLD)


def _end(ctx: Context, tenant_id: int, left: list[Unit], outcome: Outcome) -> None:
    kept = rules.units_to_keep(
        {unit.id: unit.parent_id for unit in left},
        set(_in_use(ctx, tenant_id).filter(unit_id__in=[u.id for u in left]).values_list("unit_id", flat=True)),
    )
    marked = []
    for unit in left:
        words = f"{unit.code} {unit.name}"
        if unit.id not in kept:
            unit.valid_to = rules.last_day(unit.valid_from, ctx.today)
            unit.left_register_on = unit.left_register_on or ctx.today
            outcome.tell("ended", words)
            marked.append(unit)
            continue
        examples = outcome.examples.setdefault("kept", [])
        if len(examples) < EXAMPLES:
            examples.append(words)
        if unit.left_register_on is None:
            unit.left_register_on = ctx.today
            marked.append(unit)
    Unit.objects.bulk_update(marked, ["valid_to", "left_register_on"], batch_size=500)


def close_empty_units(ctx: Context, tenant_id: int) -> None:
    """Units that had left the register while somebody still had a post there are closed when they are empty."""
    left = list(Unit.objects.filter(tenant_id=tenant_id, valid_to=None).exclude(left_register_on=None))
    if left:
        _end(ctx, tenant_id, left, Outcome())


def _in_use(ctx: Context, tenant_id: int) -> QuerySet[Post]:
    """Posts that somebody holds, or will."""
    return Post.objects.filter(Q(valid_to=None) | Q(valid_to__gte=ctx.today), tenant_id=tenant_id, ended_on=None)


def _draw_ids(count: int) -> Iterator[int]:
    """Ids for units to come, so that children can name their parents before either is written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Unit._meta.db_table, count],
        )
        return iter([row[0] for row in cursor.fetchall()])
