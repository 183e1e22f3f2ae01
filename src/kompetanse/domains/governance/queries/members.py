"""Seats that speak for a municipality, while it is in the region."""

from __future__ import annotations

from kompetanse.domains.governance.types.procedure import MunicipalityHasLeft
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import SeatRow
from kompetanse.kernel.context import Context


def is_member(ctx: Context, region_id: int, seat: SeatRow) -> bool:
    """Does the seat stand for nobody, or for a municipality that is in the region today?"""
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    if seat.municipality_id is None or region is None:
        return True
    return seat.municipality_id in {row.tenant_id for row in region.municipalities}


def require_member(ctx: Context, region_id: int, seat: SeatRow) -> None:
    """Raises MunicipalityHasLeft where the seat's municipality is not in the region today."""
    if not is_member(ctx, region_id, seat):
        raise MunicipalityHasLeft(name=seat.name)
