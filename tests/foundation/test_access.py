"""One declaration, two answers: for random trees, roles and rows they are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kompetanse.domains.organisation.models import Unit
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Actor, Grant
from tests import make


def everybody_possible(draw: Callable[[Any], Any], towns: list[make.Town]) -> Actor:
    places: list[tuple[int, int | None]] = [
        (town.tenant_id, unit.id) for town in towns for unit in [town.root, *town.units]
    ]
    places += [(town.tenant_id, None) for town in towns]
    held = draw(st.lists(st.tuples(st.sampled_from(list(Role)), st.sampled_from(places)), max_size=6))
    return Actor("x", 1, 1, frozenset(Grant(role.value, tenant, unit) for role, (tenant, unit) in held))


class TestPoliciesAnswerTwice:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_rows_are_exactly_those_that_are_allowed(self, data: st.DataObject) -> None:
        region = _region()
        actor = everybody_possible(data.draw, region.municipalities)
        with tenant_scope(make.system(region)):
            for right, policy in access.policies().items():
                if policy.model is not Unit:
                    continue
                every = set(Unit.objects.all())
                filtered = set(Unit.objects.filter(access.rows(actor, right)))
                assert filtered == {row for row in every if access.answer(actor, right, row)}, right
                written_out = access.select(replace(make.system(region), actor=actor), right, "SELECT id FROM allowed")
                assert {pk for (pk,) in written_out} == {row.pk for row in filtered}, right

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_a_further_role_never_takes_anything_away(self, data: st.DataObject) -> None:
        region = _region()
        actor = everybody_possible(data.draw, region.municipalities)
        more = everybody_possible(data.draw, region.municipalities)
        both = Actor("x", 1, 1, actor.grants | more.grants)
        with tenant_scope(make.system(region)):
            for right, policy in access.policies().items():
                if policy.model is Unit:
                    fewer = set(Unit.objects.filter(access.rows(actor, right)))
                    assert fewer <= set(Unit.objects.filter(access.rows(both, right)))

    def test_no_grant_means_no(self) -> None:
        nobody = Actor("x", 1, 1)
        for right in access.policies():
            for rule in access.policies()[right].grants[right]:
                assert not rule.possible(nobody) or isinstance(rule, access.Owns), right


_made: list[make.Region] = []


def _region() -> make.Region:
    if not _made:
        region = make.region(municipalities=2)
        for town in region.municipalities:
            top = make.unit(town)
            make.unit(town, parent=top)
            make.unit(town)
        _made.append(region)
    return _made[0]
