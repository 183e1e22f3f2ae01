"""What is kept about a person, and what has been done."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from kompetanse.domains.results.permissions import Right
from kompetanse.domains.results.types import DeedRow, Kept
from kompetanse.foundation import access, privacy
from kompetanse.foundation.models import Deed
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

SHOWN = 100


@query
def export_kept(ctx: Context) -> dict[str, list[dict[str, Any]]]:
    """Every row about the actor in the municipalities in sight: {model: [{field: value}]}."""
    if ctx.actor.person_id is None:
        return {}
    return privacy.export_person(ctx.actor.person_id)


@query
def list_kept(ctx: Context) -> tuple[Kept, ...]:
    """The same, counted, with purpose and end as declared."""
    kept = []
    for label, rows in export_kept(ctx).items():
        data = apps.get_model(label).Data
        kept.append(Kept(label.split(".")[-1], len(rows), data.purpose, data.keep.years, data.keep.after))
    return tuple(kept)


@query
def list_deeds(ctx: Context) -> tuple[DeedRow, ...]:
    """The latest deeds in sight. Raises Refused."""
    access.require_role(ctx, Right.SYSTEM_WATCH)
    rows = Deed.objects.select_related("tenant").order_by("-done_at", "-id")[:SHOWN]
    return tuple(
        DeedRow(
            row.done_at,
            row.actor_name if not row.reason else f"{row.actor_name} ({row.reason})",
            f"{row.operation} · {row.event}",
            row.tenant.name,
            tuple((str(key), str(value)[:60]) for key, value in row.details.items()),
        )
        for row in rows
    )
