"""One declaration, two answers: for every right there is, the rows are exactly those that are allowed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Actor, Grant

from . import world as worlds
from .world import World

MAKERS = (
    "employee_id", "evidence_id", "dispensation_id", "duty_id", "pool_id", "round_id", "signup_id", "order_id",
    "import_id",
)  # fmt: skip
by_chance = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@functools.cache
def world() -> World:
    """The world with rows of every policy's model, in two municipalities."""
    made = worlds.world()
    for key in (*MAKERS, *worlds.BESIDES.values()):
        made.find(key)
    worlds.grow(made, rounds=2)
    return made


@functools.cache
def every(model: type[models.Model]) -> list[models.Model]:
    """All rows of the world's tenants, kept so that what they lead to is fetched once."""
    tenants = world().wide.tenants
    with tenant_scope(world().wide):
        return list(model._default_manager.filter(tenant_id__in=tenants))


def anybody(draw: Callable[[Any], Any]) -> Actor:
    """An actor who is one of the people, or nobody in particular, with any roles anywhere."""
    found = world()
    tenants: list[tuple[int, int | None]] = [(tenant, None) for tenant in sorted(found.wide.tenants)]
    units = [(town.tenant_id, unit.id) for town in found.region.municipalities for unit in [town.root, *town.units]]
    person_id = draw(st.sampled_from([None, 10**9, *(who.person_id for who in found.people.values())]))
    held = draw(st.lists(st.tuples(st.sampled_from(list(Role)), st.sampled_from([*tenants, *units])), max_size=6))
    return Actor("x", person_id, 1, frozenset(Grant(role.value, *place) for role, place in held))


class TestPolicies:
    def test_there_are_rows_of_every_policy(self) -> None:
        for right, policy in access.policies().items():
            assert every(policy.model), f"{right}: let tests/contracts/world.py make a {policy.model.__name__}"

    @by_chance
    @given(data=st.data())
    def test_rows_are_exactly_those_that_are_allowed(self, data: st.DataObject) -> None:
        actor = anybody(data.draw)
        with tenant_scope(world().wide):
            for right, policy in access.policies().items():
                known = every(policy.model)
                found = policy.model._default_manager.filter(
                    access.rows(actor, right), pk__in=[row.pk for row in known]
                )
                allowed = {row for row in known if access.answer(actor, right, row)}
                assert set(found) == allowed, right
                assert access.possible(actor, right) or not allowed, f"{right}: stopped at the door of what is allowed"

    @by_chance
    @given(data=st.data())
    def test_a_further_role_never_takes_anything_away(self, data: st.DataObject) -> None:
        actor, more = anybody(data.draw), anybody(data.draw)
        both = Actor("x", actor.person_id, 1, actor.grants | more.grants)
        with tenant_scope(world().wide):
            for right, policy in access.policies().items():
                for row in every(policy.model):
                    assert access.answer(both, right, row) or not access.answer(actor, right, row), right

    def test_nobody_may_anything_by_being_nobody(self) -> None:
        nobody = Actor("x", 10**9, 1)
        with tenant_scope(world().wide):
            for right, policy in access.policies().items():
                assert not [row for row in every(policy.model) if access.answer(nobody, right, row)], right

    def test_no_role_reaches_across_the_border_of_its_region(self) -> None:
        """What is open to all who have it in sight apart: the database decides what that is."""
        foreigner = world().context(world().people["foreigner"]).actor
        with tenant_scope(world().wide):
            for right, policy in access.policies().items():
                if right not in OPEN_IN_SIGHT:
                    reached = [row for row in every(policy.model) if access.answer(foreigner, right, row)]
                    assert {row.tenant_id for row in reached} <= world().other.tenants, right  # type: ignore[attr-defined]


OPEN_IN_SIGHT = {
    right
    for right, policy in access.policies().items()
    if any(isinstance(rule, access.InSight) for rule in policy.grants[right])
}
