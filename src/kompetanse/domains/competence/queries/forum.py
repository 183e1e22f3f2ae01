"""What the forum asks for: the region's gap as it was published. No true count of people is read here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.db.models.fields.json import KeyTransform

from kompetanse.domains.competence.models import PublishedGap
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.queries.words import shown
from kompetanse.domains.competence.rules import published as rules
from kompetanse.domains.competence.types import (
    GapForum,
    GapIssue,
    GapMonth,
    GapRequirement,
    GapSummary,
    GapSummaryRow,
    GapTable,
    GapTrend,
    SourceType,
    Verified,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import MunicipalityRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.suppression import Shown

MONTHS = 24  # as far back as a trend is drawn
LATEST = """
    SELECT published_on, series, summary FROM competence_publishedgap
    WHERE id IN (SELECT id FROM allowed) ORDER BY published_on DESC, id DESC LIMIT 1
"""


@query
def find_latest_gaps(ctx: Context) -> GapSummary | None:
    """The requirements with most told lacking in the newest table, ready for a first page. One query."""
    rows = access.select(ctx, Right.GAP_READ, LATEST)
    if not rows:
        return None
    published_on, series, kept = rows[0]
    found = json.loads(kept) if isinstance(kept, str) else kept
    return GapSummary(
        published_on,
        series,
        tuple(
            GapSummaryRow(one["id"], shown(one["nb"], one["nn"]), Shown(*one["missing"]), Shown(*one["required"]))
            for one in found
        ),
    )


@query
def get_gap_forum(ctx: Context, *, table_id: int | None = None) -> GapForum:
    """A published table, the newest unless another is asked for, and which there are. Raises NotFound or Refused.

    Three queries, whatever the size.
    """
    access.require_role(ctx, Right.GAP_READ)
    issues = _issues(ctx)
    if table_id is None and issues:
        table_id = issues[0].id
    if table_id is None:
        return GapForum(None, (), _may_publish(ctx))
    row = PublishedGap.objects.filter(access.rows(ctx.actor, Right.GAP_READ), pk=table_id).first()
    if row is None:
        raise NotFound()
    table = GapTable(
        row.id, row.published_on, row.series, _requirements(row.told), _municipalities(row.members),
        rules.unpacked(row.told),
    )  # fmt: skip
    return GapForum(table, tuple(issues), _may_publish(ctx))


@query
def get_gap_trend(ctx: Context, *, requirement_id: int | None = None) -> GapTrend:
    """The last table of each month, oldest first; narrowed to one requirement if it is asked for.

    Raises Refused, and NotFound where no table tells of the requirement. Four queries at most, whatever the size.
    """
    access.require_role(ctx, Right.GAP_READ)
    months: dict[tuple[int, int], GapIssue] = {}
    for issue in _issues(ctx):  # newest first
        months.setdefault((issue.published_on.year, issue.published_on.month), issue)
    chosen = list(months.values())[:MONTHS]
    rows = _narrowed(ctx, [issue.id for issue in chosen], requirement_id)
    if requirement_id is not None and not any(told["rows"] for told, _members in rows.values()):
        raise NotFound()
    members = {tenant for _told, members in rows.values() for tenant in members}
    newest: dict[str, Any] = next((told for told, _members in rows.values()), {"rows": {}})
    if requirement_id is not None:  # the others are there to choose among
        newest = next(told for told, _members in _narrowed(ctx, [chosen[0].id], None).values())
    return GapTrend(
        _requirements(newest),
        _municipalities(members),
        tuple(
            GapMonth(issue.published_on, issue.series, rules.unpacked(rows[issue.id][0])) for issue in reversed(chosen)
        ),
    )


def _narrowed(ctx: Context, ids: list[int], requirement_id: int | None) -> dict[int, tuple[dict[str, Any], list[int]]]:
    """The tables and their members by id, newest first; with one requirement's row alone where it is asked for."""
    found = PublishedGap.objects.filter(access.rows(ctx.actor, Right.GAP_READ), pk__in=ids).order_by("-published_on")
    if requirement_id is None:
        return {pk: (told, members) for pk, told, members in found.values_list("pk", "told", "members")}
    one = KeyTransform(str(requirement_id), KeyTransform("rows", "told"))
    columns, parts = KeyTransform("columns", "told"), KeyTransform("parts", "told")
    return {
        pk: ({"parts": parts, "columns": columns, "rows": {str(requirement_id): row} if row else {}}, members)
        for pk, row, columns, parts, members in found.annotate(
            row=one, across=columns, measures=parts, among=F("members")
        ).values_list("pk", "row", "across", "measures", "among")
    }


def _issues(ctx: Context) -> list[GapIssue]:
    """Every table of the region whose table is newest, newest first."""
    found = PublishedGap.objects.filter(access.rows(ctx.actor, Right.GAP_READ)).order_by("-published_on", "-id")
    rows = list(found.values_list("id", "tenant_id", "published_on", "series"))
    return [GapIssue(pk, day, series) for pk, tenant_id, day, series in rows if tenant_id == rows[0][1]]


def _may_publish(ctx: Context) -> bool:
    return access.possible(ctx.actor, Right.GAP_PUBLISH)


def _requirements(told: dict[str, Any]) -> tuple[GapRequirement, ...]:
    """The requirements as the table names them, in the register's order."""
    rows = sorted(told["rows"].values(), key=lambda row: (row["position"], row["id"]))
    return tuple(
        GapRequirement(
            row["id"], row["code"], shown(row["nb"], row["nn"]), SourceType(row["source"]), Verified(row["verified"]),
            row["reference"],
        )
        for row in rows
    )  # fmt: skip


def _municipalities(members: Iterable[int]) -> tuple[MunicipalityRow, ...]:
    return tuple(organisation.list_municipalities(frozenset(members)))
