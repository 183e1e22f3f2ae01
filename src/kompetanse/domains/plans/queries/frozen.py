"""A plan's measures as a version keeps them: plain values, so that nothing later can change what they say."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kompetanse.domains.plans.models import ActionPlan, Measure, MeasurePool, Proposal
from kompetanse.domains.plans.rules.versions import FIELDS
from kompetanse.domains.plans.types import DeliveryForm, MeasureInput, MeasureKind, MeasureStatus, RiskLevel
from kompetanse.domains.plans.types.versions import ProposalKind


def standing(plan: ActionPlan) -> list[dict[str, Any]]:
    """The plan's measures that are not cancelled, by id."""
    pools: dict[int, list[int]] = {}
    links = MeasurePool.objects.filter(measure__plan=plan).order_by("pool_id")
    for measure_id, pool_id in links.values_list("measure_id", "pool_id"):
        pools.setdefault(measure_id, []).append(pool_id)
    measures = Measure.objects.filter(plan=plan).exclude(status=MeasureStatus.CANCELLED).order_by("id")
    return [_frozen(measure, pools.get(measure.id, [])) for measure in measures]


def proposed(plan: ActionPlan, now: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The measures as the open revision will have them, from those that stand `now`."""
    found = {it["measure_id"]: it for it in now}
    for row in Proposal.objects.filter(plan=plan).order_by("id"):
        if row.kind == ProposalKind.ADD:
            found[-row.id] = {**_values(row.content), "measure_id": None, "reference": f"FORSLAG-{row.id}"}
        elif row.kind == ProposalKind.DROP:
            found.pop(row.measure_id, None)
        elif row.measure_id in found:
            found[row.measure_id] = {**found[row.measure_id], **_values(row.content)}
    return list(found.values())


def pools_of(measure: Measure) -> set[int]:
    """The pools that the measure serves."""
    return set(MeasurePool.objects.filter(measure=measure).values_list("pool_id", flat=True))


def told(wanted: MeasureInput) -> dict[str, Any]:
    """What was asked for, as a proposal keeps it."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(wanted).items()}


def wanted_of(content: dict[str, Any]) -> MeasureInput:
    """A proposal's measure as it was asked for."""
    return MeasureInput(
        **{
            **content,
            "pool_ids": tuple(content["pool_ids"]),
            "kind": MeasureKind(content["kind"]),
            "form": DeliveryForm(content["form"]),
            "risk": RiskLevel(content["risk"]),
        }
    )


def _frozen(measure: Measure, pool_ids: list[int]) -> dict[str, Any]:
    values = {name: getattr(measure, name) for name in FIELDS if name != "pool_ids"}
    return {
        "reference": f"TILTAK-{measure.id}", "measure_id": measure.id, "status": measure.status,
        **{name: str(value) if name in ("kind", "form", "risk") else value for name, value in values.items()},
        "pool_ids": pool_ids,
    }  # fmt: skip


def _values(content: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(content[name]) if name == "pool_ids" else content[name] for name in FIELDS}
