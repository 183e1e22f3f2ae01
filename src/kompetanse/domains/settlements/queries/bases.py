"""What municipalities are reckoned by: who takes part, inhabitants of the year, seats, participants, fees, charges."""

from __future__ import annotations

from collections.abc import Mapping

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import RunStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import MunicipalityRow
from kompetanse.kernel.context import Context

from ..models import BaseNumber, Costing, CostingPart, Settlement, Share, Subsidy
from ..types import Base, Place, SubsidyInput


def bases_of(ctx: Context, costing: Costing) -> tuple[Base, ...]:
    """The region's municipalities by number, and any other that has had something to do with it.

    Inhabitants are the year's frozen ones where there are any, else those known today.
    """
    members = members_of(ctx, costing.tenant_id)
    dues = {due.municipality_id: due for due in courses.list_dues(ctx, run_ids=runs_of(ctx, costing))}
    told = {part.municipality_id: part for part in CostingPart.objects.filter(costing=costing)}
    earlier = Share.objects.filter(settlement__costing=costing).values_list("municipality_id", flat=True)
    left = {*dues, *told, *earlier} - set(members)
    towns = [*members.values(), *(organisation.list_municipalities(frozenset(left)) if left else [])]
    frozen = frozen_inhabitants(costing.tenant_id, costing.year)
    found = []
    for town in towns:
        due, part = dues.get(town.tenant_id), told.get(town.tenant_id)
        seats, participants = (due.seats, due.participants) if due else (0, 0)
        if part is not None:
            seats = seats if part.seats is None else part.seats
            participants = participants if part.participants is None else part.participants
        takes_part = part.takes_part if part else town.tenant_id in members
        found.append(
            Base(
                town.tenant_id, town.name, frozen.get(town.tenant_id, town.population), seats, participants,
                due.fee_ore if due else 0, due.charge_ore if due else 0, takes_part,
            )
        )  # fmt: skip
    return tuple(found)


def members_of(ctx: Context, region_id: int) -> Mapping[int, MunicipalityRow]:
    """The region's municipalities today, by number."""
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    return {town.tenant_id: town for town in region.municipalities} if region else {}


def runs_of(ctx: Context, costing: Costing) -> list[int]:
    """The runs that a costing is about: its own, or those of its measure that have no costing of their own."""
    if costing.run_id is not None:
        return [costing.run_id]
    others = set(
        Costing.objects.filter(measure_id=costing.measure_id).exclude(run=None).values_list("run_id", flat=True)
    )
    found = courses.list_runs(ctx, measure_id=costing.measure_id)
    return [run.id for run in found if run.id not in others and run.status in (RunStatus.OPEN, RunStatus.HELD)]


def frozen_inhabitants(region_id: int, year: int) -> dict[int, int]:
    """What the year is reckoned by, as far as it is frozen."""
    found = BaseNumber.objects.filter(tenant_id=region_id, year=year)
    return dict(found.values_list("municipality_id", "inhabitants"))


def subsidies_of(costing: Costing) -> list[SubsidyInput]:
    found = Subsidy.objects.filter(costing=costing).order_by("id")
    return [
        SubsidyInput(row.source, Place(row.place), row.planned_ore, row.actual_ore, row.municipality_id)
        for row in found
    ]  # fmt: skip


def last_sent(costing_id: int) -> Settlement | None:
    """The last version that was billed."""
    found: Settlement | None = (
        Settlement.objects.filter(costing_id=costing_id, sent_at__isnull=False).order_by("-version").first()
    )
    return found
