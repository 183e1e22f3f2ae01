"""Builders: reach a state by the operations that people use, in a region of the test's own.

world = make.region(municipalities=2)
leader = make.leader(world.municipalities[0])
ctx = make.context(leader)
"""

from __future__ import annotations

from .organisation import (
    Region,
    Town,
    Who,
    context,
    employee,
    leader,
    office,
    region,
    system,
    unit,
    with_role,
)

__all__ = [
    "Region",
    "Town",
    "Who",
    "context",
    "employee",
    "leader",
    "office",
    "region",
    "system",
    "unit",
    "with_role",
]
