"""Year wheels and risks, made by the operations."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.risks import api as risks
from kompetanse.domains.risks.types import RiskInput
from kompetanse.domains.yearwheel import api as yearwheel
from kompetanse.domains.yearwheel.types import Doer, Reads, StepInput, StepKind

from .organisation import Region, Who, system

YEAR = 2027


def wheel(region: Region, *, year: int = YEAR, standard: bool = False) -> int:
    return yearwheel.start_wheel(system(region), region_id=region.tenant_id, year=year, standard=standard)


def told(
    title: str = "Kommunens behov",
    *,
    doer: Doer = Doer.CONTACT_PERSON,
    starts_on: date = date(2027, 3, 1),
    ends_on: date = date(2027, 3, 31),
    reads: Reads = Reads.HAND,
    meeting_id: int | None = None,
    plan_id: int | None = None,
) -> StepInput:
    return StepInput(
        title_nb=title, title_nn=f"{title} nn", kind=StepKind.OTHER, doer=doer, starts_on=starts_on, ends_on=ends_on,
        task_nb="Gå gjennom behovene.", task_nn="Gå gjennom behova.", reads=reads, meeting_id=meeting_id,
        plan_id=plan_id,
    )  # fmt: skip


def step(region: Region, what: StepInput | None = None, *, wheel_id: int | None = None) -> int:
    return yearwheel.set_step(system(region), wheel_id=wheel_id or wheel(region), step=what or told())


def risk(
    region: Region, owner: Who, title: str = "For få kursholdere", *, probability: int = 4, consequence: int = 3
) -> int:
    """A risk with an owner, who must hold a place in the forum or the office."""
    return risks.register_risk(
        system(region), region_id=region.tenant_id, risk=RiskInput(title=title, owner_id=owner.person_id),
        probability=probability, consequence=consequence, why="Slik det var i fjor.",
    )  # fmt: skip
