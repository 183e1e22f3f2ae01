"""Where a need can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from kompetanse.domains.needs.models import Need
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.types import PlaceRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import UnitRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context


@dataclass(frozen=True, slots=True)
class _Place:
    """A place as the policy sees it before there is a need."""

    tenant_id: int
    unit: UnitRow | None = None


@query
def list_places(ctx: Context) -> list[PlaceRow]:
    """Where the actor may report needs: municipalities as a whole, and units in tree order; led units first."""
    places = organisation.list_municipalities(ctx.tenants)
    units = organisation.list_units(ctx)
    named = len(places) > 1
    rows = [
        PlaceRow(f"m{it.tenant_id}", it.tenant_id, None, it.name, 0)
        for it in places
        if _may_report(ctx, _Place(it.tenant_id))
    ]
    names = {it.tenant_id: it.name for it in places}
    for unit in units:
        if unit.tenant_id in names and _may_report(ctx, _Place(unit.tenant_id, unit)):
            label = f"{unit.name} ({names[unit.tenant_id]})" if named else unit.name
            rows.append(PlaceRow(f"u{unit.id}", unit.tenant_id, unit.id, label, len(unit.path)))
    return rows


def _may_report(ctx: Context, place: _Place) -> bool:
    return bool(access.answer(ctx.actor, Right.NEED_REPORT, cast("Need", place)))
