"""Publishing the region's gap: from counts of people to what may be told of them, and nothing else is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from kompetanse.domains.competence.events import GapsPublished
from kompetanse.domains.competence.models import PublishedGap, RequirementVersion
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.rules import published as rules
from kompetanse.domains.competence.types import GapsAlreadyPublished, GapsRest
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access, locks
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.suppression import REQUIRED
from kompetanse.ui import formats

SHOWN = 3  # requirements in the summary
# Each person once for each requirement and municipality, by the state that most must be done about. Held, on leave
# (5) and dispensed (6) are one part; expired and never had are one.
PEOPLE = """
    SELECT tenant_id, requirement_id, count(*) FILTER (WHERE state IN (1, 5, 6)), count(*) FILTER (WHERE state = 2),
           count(*) FILTER (WHERE state IN (3, 4))
    FROM (SELECT DISTINCT ON (t.tenant_id, s.employee_id, s.requirement_id) t.tenant_id, s.requirement_id, s.state
          FROM unnest(%(tenants)s::bigint[]) t(tenant_id)
          CROSS JOIN LATERAL competence_statuses(t.tenant_id, %(day)s) s
          ORDER BY t.tenant_id, s.employee_id, s.requirement_id,
                   array_position(ARRAY[3, 4, 2, 6, 5, 1]::smallint[], s.state)) people
    GROUP BY tenant_id, requirement_id
"""


@operation
def publish_gaps(ctx: Context, *, region_id: int) -> int | None:
    """Tell the region's gap as of today: people by requirement and municipality, small numbers hidden.

    Gives the table's id. A person publishes at most once a day; the system once a month, and gets None where that is
    done or where a series rests before the next. Raises NotFound, Refused, GapsAlreadyPublished or GapsRest.
    """
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    # A municipality out of sight would be told as if nothing were required there.
    if region is None or region.tenant_id != region_id or not region.tenants <= ctx.tenants:
        raise NotFound()
    members = sorted(row.tenant_id for row in region.municipalities)
    access.require(ctx, Right.GAP_PUBLISH, PublishedGap(tenant_id=region_id, members=members))
    locks.hold("gaps", region_id)
    last = PublishedGap.objects.filter(tenant_id=region_id).order_by("-published_on").first()
    series = rules.series_of(ctx.today, last.series if last else None)
    if ctx.actor.is_system:
        monthly = last is not None and last.published_on.replace(day=1) >= ctx.today.replace(day=1)
        if monthly or series is None:
            return None
    if last is not None and last.published_on >= ctx.today:
        raise GapsAlreadyPublished(day=formats.day(ctx.today))
    if series is None:
        raise GapsRest(day=formats.day(rules.next_half_year(rules.half_year(ctx.today))))
    before = rules.unpacked(last.told) if last is not None and last.series == series else None
    table, told = _told(ctx, members, before)
    row = PublishedGap.objects.create(
        tenant_id=region_id, published_on=ctx.today, published_at=ctx.now, series=series, members=members,
        told=told, summary=_summary(table, told),
    )  # fmt: skip
    publish(ctx, GapsPublished(tenant_id=region_id, published_gap_id=row.id, published_on=ctx.today, series=series))
    made: int = row.id
    return made


def _told(ctx: Context, members: list[int], before: rules.Told | None) -> tuple[rules.Told, dict[str, Any]]:
    """The table, and the table as it is kept: with the requirements as they are named today."""
    people = _people(members, ctx.today)
    names = _names(ctx.today, {requirement for requirement, _tenant in people})
    table = rules.told_of(people, names, members, before)
    told = rules.packed(table)
    for row, name in names.items():
        told["rows"][str(row)] |= name
    return table, told


def _people(members: list[int], today: date) -> dict[tuple[int, int], dict[str, int]]:
    """How many people stand how, by requirement and municipality. These numbers go to the kernel and nowhere else."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"tenants": members, "day": today})
        return {
            (requirement, tenant): dict(zip(rules.PARTS, counts, strict=True))
            for tenant, requirement, *counts in cursor.fetchall()
        }


def _names(today: date, requirements: set[int]) -> dict[int, dict[str, Any]]:
    """What the requirements are called and rest on, by the newest version that has begun."""
    versions = RequirementVersion.objects.filter(
        withdrawn_at=None, valid_from__lte=today, requirement_id__in=requirements
    ).select_related("requirement")
    return {
        row.requirement_id: {
            "id": row.requirement_id,
            "position": row.requirement.position,
            "code": row.requirement.code,
            "nb": row.requirement.name_nb,
            "nn": row.requirement.name_nn,
            "source": row.source_type,
            "verified": row.verified,
            "reference": row.reference,
        }
        for row in versions.order_by("requirement_id", "-valid_from").distinct("requirement_id")
    }


def _summary(table: rules.Told, told: dict[str, Any]) -> list[dict[str, Any]]:
    """The requirements with most told lacking."""
    worst = sorted(table.rows, key=lambda row: (table.row_total(row, rules.MISSING), -row), reverse=True)
    return [
        {
            "id": row,
            "nb": told["rows"][str(row)]["nb"],
            "nn": told["rows"][str(row)]["nn"],
            "missing": _bounds(table, row, rules.MISSING),
            "required": _bounds(table, row, REQUIRED),
        }
        for row in worst[:SHOWN]
        if table.row_total(row, rules.MISSING).least
    ]


def _bounds(table: rules.Told, row: int, measure: str) -> list[int]:
    shown = table.row_total(row, measure)
    return [shown.least, shown.most]
