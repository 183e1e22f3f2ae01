"""The whole thread, made by the operations: goal, need, pool, plan, order, run, attendance."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import SignupStatus

from . import courses as made_courses
from . import governance as made_governance
from . import orders as made_orders
from . import plans as made_plans
from .organisation import Region, Town, Who, leader, system, unit


@dataclass
class WholeThread:
    """Ids of the links, and the people who met."""

    goal_id: int
    pool_id: int
    plan_id: int
    measure_id: int
    order_id: int
    run_id: int
    chief: Who
    people: list[Who]


def thread(region: Region, *, met: int = 2, stayed_away: int = 1) -> WholeThread:
    """One of each link in the region's first municipality."""
    from kompetanse.domains.organisation.types import Role

    from .organisation import employee, with_role

    town: Town = region.municipalities[0]
    goal_id = made_governance.goal(region)
    pool_id = made_plans.pool(region)
    plan_id, measure_id = made_plans.adopted_plan(region, goal_id=goal_id, pool_ids=(pool_id,), seats_planned=10)
    at = unit(town)
    chief, people = leader(town, at), [employee(town, at) for _ in range(met + stayed_away)]
    with_role(region, Role.CONTACT_PERSON, town=town)
    order_id = made_orders.order(region, town, measure_id, seats=5)
    run_id = made_courses.run(region, seats=10, measure_id=measure_id)
    seated = [made_courses.seat(run_id, chief, who) for who in people]
    after = system(region, made_courses.AFTER)
    standing = courses.list_signups(after, run_id=run_id, statuses=frozenset({SignupStatus.SEATED}))
    assert {row.id for row in standing} == set(seated)
    courses.record_attendance(after, run_id=run_id, present=seated[:met])
    return WholeThread(goal_id, pool_id, plan_id, measure_id, order_id, run_id, chief, people)
