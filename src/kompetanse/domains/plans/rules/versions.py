"""What differs between two versions of a plan, as pure functions over what was frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kompetanse.domains.plans.types import MeasureStatus
from kompetanse.domains.plans.types.versions import Difference, FieldChange, MeasureChange

# What a version tells of a measure, in the order people read it. How far it has come is no part of what was adopted.
FIELDS = (
    "title_nb", "title_nn", "kind", "goal_id", "pool_ids", "target_group", "target_group_nn", "owner", "quarter",
    "form", "provider", "seats_planned", "budget_ore", "funding", "funding_ore", "risk", "risk_text",
    "requirement_code",
)  # fmt: skip
Frozen = Mapping[str, Any]


def difference(before: Sequence[Frozen], after: Sequence[Frozen]) -> Difference:
    """What was added, dropped and changed field by field. The same measure is known by its reference."""
    old = {it["reference"]: it for it in before}
    new = {it["reference"]: it for it in after}
    changed = []
    for reference, it in new.items():
        fields = tuple(
            FieldChange(name, old[reference].get(name), it.get(name))
            for name in FIELDS
            if reference in old and old[reference].get(name) != it.get(name)
        )
        if fields:
            changed.append(MeasureChange(reference, it["title_nb"], it["title_nn"], fields))
    return Difference(
        tuple(dict(it) for reference, it in new.items() if reference not in old),
        tuple(dict(it) for reference, it in old.items() if reference not in new),
        tuple(changed),
        budget_of(before),
        budget_of(after),
    )


def budget_of(measures: Sequence[Frozen]) -> int:
    """What the measures cost together."""
    return sum(it["budget_ore"] for it in measures)


def is_unfinished(status: MeasureStatus) -> bool:
    """What the next year takes along."""
    return status not in (MeasureStatus.DONE, MeasureStatus.CANCELLED)
