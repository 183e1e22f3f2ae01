"""What requirements that are not put to one person are reckoned from: counts, and arrangements with others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from kompetanse.domains.competence.events import ArrangementEnded, ArrangementMade, UnitCounted
from kompetanse.domains.competence.models import (
    Arrangement,
    RatioPart,
    Requirement,
    RequirementTarget,
    UnitCount,
)
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.rules.collective import LARGEST_COUNT
from kompetanse.domains.competence.types.collective import (
    ArrangementEndsBeforeItStarts,
    ArrangementNeedsALastDay,
    ArrangementSaysNobody,
    CountDayIsFarOff,
    CountIsUnlikely,
    NothingToCount,
    UnknownPart,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

BACK, AHEAD = timedelta(days=731), timedelta(days=366)  # days that a count may be told for


@operation
def record_counts(
    ctx: Context, *, unit_id: int, requirement_id: int, valid_from: date, counts: Mapping[str, int]
) -> None:
    """Write how many there are in a unit from a day on, by the parts of a ratio. The newest for a day counts.

    The unit's leader, HR and the office may. Raises NotFound, Refused, NothingToCount, CountIsUnlikely or
    CountDayIsFarOff, changing nothing.
    """
    unit = organisation.get_unit(ctx, unit_id=unit_id)
    access.require(ctx, Right.COUNT_RECORD, UnitCount(tenant_id=unit.tenant_id, unit_id=unit.id))
    parts = RatioPart.objects.filter(version__requirement_id=requirement_id, version__withdrawn_at=None)
    known = set(parts.values_list("key", flat=True))
    if not counts or not set(counts) <= known:
        raise NothingToCount()
    for number in counts.values():
        if not 0 <= number <= LARGEST_COUNT:
            raise CountIsUnlikely(number=number, largest=LARGEST_COUNT)
    if not ctx.today - BACK <= valid_from <= ctx.today + AHEAD:
        raise CountDayIsFarOff(day=valid_from.strftime("%d.%m.%Y"))
    UnitCount.objects.bulk_create(
        UnitCount(
            tenant_id=unit.tenant_id,
            unit_id=unit_id,
            requirement_id=requirement_id,
            part=part,
            number=number,
            valid_from=valid_from,
            recorded_at=ctx.now,
            recorded_by=ctx.actor.name,
        )
        for part, number in counts.items()
    )
    code = Requirement.objects.values_list("code", flat=True).get(pk=requirement_id)
    publish(
        ctx,
        UnitCounted(
            tenant_id=unit.tenant_id,
            unit_id=unit_id,
            requirement_code=code,
            valid_from=valid_from,
            numbers=", ".join(f"{part}: {number}" for part, number in counts.items()),
        ),
    )


@operation
def record_arrangement(
    ctx: Context,
    *,
    tenant_id: int,
    requirement_id: int,
    part: str,
    with_whom: str,
    valid_from: date,
    valid_to: date | None = None,
) -> int:
    """Write that somebody else stands for a part of what the municipality must have, and give the row's id.

    HR and the office may. Raises NotFound, Refused, UnknownPart, ArrangementSaysNobody or
    ArrangementEndsBeforeItStarts.
    """
    if tenant_id not in ctx.tenants:
        raise NotFound()
    row = Arrangement(
        tenant_id=tenant_id,
        requirement_id=requirement_id,
        part=part,
        with_whom=with_whom.strip()[:160],
        valid_from=valid_from,
        valid_to=valid_to,
        recorded_at=ctx.now,
        recorded_by=ctx.actor.name,
    )
    access.require(ctx, Right.ARRANGEMENT_RECORD, row)
    lines = RequirementTarget.objects.filter(version__requirement_id=requirement_id, version__withdrawn_at=None)
    if not part or not lines.filter(part=part).exists():
        raise UnknownPart(part=part.partition("|")[0])
    if not row.with_whom:
        raise ArrangementSaysNobody()
    if valid_to is not None and valid_to < valid_from:
        raise ArrangementEndsBeforeItStarts(day=_said(valid_from), end=_said(valid_to))
    row.save(force_insert=True)
    publish(
        ctx,
        ArrangementMade(
            tenant_id=tenant_id,
            arrangement_id=row.pk,
            requirement_code=row.requirement.code,
            part=part,
            valid_from=valid_from,
            valid_to=valid_to,
        ),
    )
    return row.pk


@operation
def end_arrangement(ctx: Context, *, arrangement_id: int, valid_to: date | None) -> None:
    """Give an arrangement its last day. A last day before the first: it was told by mistake, and never was.

    The row is taken back and written anew, so that what was known before can be told. Told again when it is ended
    already, it is not found. Raises NotFound, Refused or ArrangementNeedsALastDay.
    """
    row = access.fetch(
        ctx, Arrangement.objects.filter(withdrawn_at=None), arrangement_id, Right.ARRANGEMENT_RECORD, lock=True
    )
    if valid_to is None:
        raise ArrangementNeedsALastDay()
    row.withdrawn_at = ctx.now
    row.save(update_fields=["withdrawn_at"])
    if valid_to >= row.valid_from:
        Arrangement.objects.create(
            tenant_id=row.tenant_id,
            requirement_id=row.requirement_id,
            part=row.part,
            with_whom=row.with_whom,
            valid_from=row.valid_from,
            valid_to=valid_to,
            recorded_at=ctx.now,
            recorded_by=ctx.actor.name,
        )
    publish(
        ctx,
        ArrangementEnded(
            tenant_id=row.tenant_id,
            arrangement_id=arrangement_id,
            requirement_code=row.requirement.code,
            part=row.part,
            valid_to=valid_to,
        ),
    )


def _said(day: date) -> str:
    return day.strftime("%d.%m.%Y")
