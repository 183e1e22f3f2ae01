"""Needs as people and files tell them, and pools."""

from __future__ import annotations

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.models import Need, Pool, Share
from kompetanse.domains.needs.types import NeedInput, NeedRowInput
from kompetanse.domains.organisation.models import Unit
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context

from .organisation import Region, Town, system


def need(
    region: Region,
    town: Town,
    title: str = "Legemiddelhåndtering",
    *,
    at: Unit | None = None,
    people: int | None = 5,
    ctx: Context | None = None,
    **told: object,
) -> int:
    """A need told for a unit, or for the municipality. Gives its id."""
    return needs.report_need(
        ctx or system(region),
        NeedInput(town.tenant_id, title, unit_id=at.pk if at else None, people=people, **told),  # type: ignore[arg-type]
    )


def row(number: int = 2, title: str = "Legemiddelhåndtering", **told: object) -> NeedRowInput:
    """A row of a needs file."""
    return NeedRowInput(number, title, **told)  # type: ignore[arg-type]


def pooled(region: Region) -> int:
    """Suggest the region's pools. Gives how many there are."""
    return needs.suggest_pools(system(region), region_id=region.tenant_id)


def pool_of(region: Region, need_id: int) -> int:
    """The pool a need is in."""
    share = needs.find_share_of(system(region), need_id=need_id)
    assert share is not None
    return share.pool_id


def membership(region: Region) -> dict[int, frozenset[int]]:
    """Every pool that holds something, with its needs."""
    found: dict[int, set[int]] = {}
    with tenant_scope(system(region)):
        for pool_id, need_id in Share.objects.filter(tenant_id=region.tenant_id).values_list("pool_id", "need_id"):
            found.setdefault(pool_id, set()).add(need_id)
    return {pool_id: frozenset(held) for pool_id, held in found.items()}


def stored_need(region: Region, need_id: int) -> Need:
    with tenant_scope(system(region)):
        stored: Need = Need.objects.get(pk=need_id)
    return stored


def stored_pool(region: Region, pool_id: int) -> Pool:
    with tenant_scope(system(region)):
        stored: Pool = Pool.objects.get(pk=pool_id)
    return stored
