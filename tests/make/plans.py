"""Plans and measures, made by the operations."""

from __future__ import annotations

from kompetanse.domains.needs import api as needs
from kompetanse.domains.organisation.types import BodyKind
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureInput

from . import governance as gov
from . import needs as made_needs
from .organisation import Region, system


def plan(region: Region, *, year: int = 2027) -> int:
    """A draft without measures."""
    return plans.draft_plan(system(region), region_id=region.tenant_id, year=year)


def measure(
    region: Region,
    plan_id: int,
    *,
    kroner: int = 100_000,
    title: str = "Kurs i legemiddelhåndtering",
    **told: object,
) -> int:
    """A measure with a budget; `told` are further fields of MeasureInput."""
    return plans.add_measure(
        system(region),
        MeasureInput(
            plan_id=plan_id, title_nb=title, title_nn="Kurs i legemiddelhandtering", budget_ore=kroner * 100,
            **told,  # type: ignore[arg-type]
        ),
    )  # fmt: skip


def pool(region: Region, title: str = "Legemiddelhåndtering") -> int:
    """A confirmed pool of one need from the region's first municipality."""
    need_id = made_needs.need(region, region.municipalities[0], title)
    made_needs.pooled(region)
    pool_id = made_needs.pool_of(region, need_id)
    needs.confirm_pool(system(region), pool_id=pool_id)
    return pool_id


def adopt(region: Region, plan_id: int) -> None:
    """Through hearing and a decided case of the executive committee. The frame must be there."""
    plans.send_to_hearing(system(region), plan_id=plan_id)
    case_id = gov.decided_case(region, BodyKind.EXECUTIVE_COMMITTEE)
    plans.adopt_plan(system(region), plan_id=plan_id, case_id=case_id)


def adopted_plan(region: Region, *, year: int = 2027, kroner: int = 1_000_000, **told: object) -> tuple[int, int]:
    """An adopted plan with one measure, within a frame: (plan id, measure id). `told` is for the measure."""
    gov.frame(region, year=year, kroner=kroner)
    plan_id = plan(region, year=year)
    measure_id = measure(region, plan_id, **told)  # type: ignore[arg-type]
    adopt(region, plan_id)
    return plan_id, measure_id
