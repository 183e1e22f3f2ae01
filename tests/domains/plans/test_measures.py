from __future__ import annotations

import threading

import pytest
from django.db import connection

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.events import PoolsMerged
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans import handlers
from kompetanse.domains.plans.models import ActionPlan
from kompetanse.domains.plans.types import (
    MeasureHasChanged,
    MeasureInput,
    MeasureIsOver,
    MeasureStatus,
    PlanIsAdopted,
    PoolIsNotConfirmed,
)
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import governance as gov
from tests.make import needs as made_needs
from tests.make import plans as made

HARD = "\N{NO-BREAK SPACE}"


def saved(region: make.Region, plan_id: int) -> ActionPlan:
    with tenant_scope(make.system(region)):
        found: ActionPlan = ActionPlan.objects.get(pk=plan_id)
        return found


def total(region: make.Region, plan_id: int) -> int:
    """What the plan's standing measures sum to, in øre, counted again."""
    rows = plans.list_measures(make.system(region), plan_id=plan_id)
    return sum(row.budget_ore for row in rows if row.status is not MeasureStatus.CANCELLED)


class TestAddMeasure:
    def test_keeps_goal_pools_and_both_written_forms(self) -> None:
        region = make.region()
        plan_id, goal_id, pool_id = made.plan(region), gov.goal(region), made.pool(region)

        measure_id = made.measure(region, plan_id, goal_id=goal_id, pool_ids=(pool_id,), quarter=2, seats_planned=40)

        row = plans.get_measure(make.system(region), measure_id=measure_id)
        assert (row.reference, row.title_nn, row.goal_id, row.pool_ids, row.quarter, row.seats_planned) == (
            f"TILTAK-{measure_id}", "Kurs i legemiddelhandtering", goal_id, (pool_id,), 2, 40,
        )  # fmt: skip
        assert not row.is_supply_driven
        assert saved(region, plan_id).budget_ore == 10_000_000

    def test_a_measure_without_a_pool_is_supply_driven(self) -> None:
        region = make.region()
        plan_id, pool_id = made.plan(region), made.pool(region)
        made.measure(region, plan_id, kroner=300)
        made.measure(region, plan_id, kroner=100, pool_ids=(pool_id,))

        page = plans.get_plan(make.system(region), plan_id=plan_id)

        assert (page.measures, page.supply_driven, page.supply_driven_share) == (2, 1, 50)
        assert page.supply_driven_ore == 30_000

    def test_refuses_another_region_s_goal_and_pool_and_a_suggestion(self) -> None:
        region, elsewhere = make.region(), make.region()
        plan_id = made.plan(region)
        need_id = made_needs.need(region, region.municipalities[0])
        made_needs.pooled(region)
        suggested = made_needs.pool_of(region, need_id)

        with pytest.raises(NotFound):
            made.measure(region, plan_id, goal_id=gov.goal(elsewhere))
        with pytest.raises(NotFound):
            made.measure(region, plan_id, pool_ids=(made.pool(elsewhere),))
        with pytest.raises(PoolIsNotConfirmed):
            made.measure(region, plan_id, pool_ids=(suggested,))

        assert plans.list_measures(make.system(region)) == []
        assert saved(region, plan_id).budget_ore == 0

    def test_refuses_a_municipality_s_own_goal(self) -> None:
        region = make.region()
        local = gov.goal(region, tenant_id=region.municipalities[0].tenant_id)

        with pytest.raises(NotFound):
            made.measure(region, made.plan(region), goal_id=local)

    def test_refuses_others_than_the_office(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        wanted = MeasureInput(plan_id=plan_id, title_nb="Mitt kurs")

        for role in (Role.CHIEF_EXECUTIVE, Role.FORUM_MEMBER):
            with pytest.raises(Refused):
                plans.add_measure(make.context(make.with_role(region, role)), wanted)
        assert plans.list_measures(make.system(region)) == []

        measure_id = plans.add_measure(make.context(make.office(region)), wanted)
        assert plans.get_measure(make.system(region), measure_id=measure_id).title == "Mitt kurs"

    def test_an_adopted_plan_stands_as_it_is(self) -> None:
        region = make.region()
        plan_id, measure_id = made.adopted_plan(region)

        with pytest.raises(PlanIsAdopted, match="Start en revisjon"):
            made.measure(region, plan_id)
        with pytest.raises(PlanIsAdopted):
            plans.change_measure(
                make.system(region), MeasureInput(plan_id=plan_id, title_nb="Kurs"), measure_id=measure_id
            )

        assert [row.title_nb for row in plans.list_measures(make.system(region))] == ["Kurs i legemiddelhåndtering"]
        assert saved(region, plan_id).budget_ore == 10_000_000 == total(region, plan_id)

    def test_a_draft_may_be_over_and_says_so(self) -> None:
        region = make.region()
        gov.frame(region, kroner=10)
        plan_id = made.plan(region)

        made.measure(region, plan_id, kroner=15)

        page = plans.get_plan(make.system(region), plan_id=plan_id)
        assert (page.is_over, page.left_ore, page.budget_share) == (True, -500, 150)

    def test_many_at_once_are_all_counted(self) -> None:
        region = make.region()
        plan_id = made.plan(region)

        def add() -> None:
            try:
                made.measure(region, plan_id, kroner=100_000)
            finally:
                connection.close()

        writers = [threading.Thread(target=add) for _ in range(8)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()

        assert saved(region, plan_id).budget_ore == 80_000_000 == total(region, plan_id)


class TestChangeMeasure:
    def test_the_budget_follows(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        measure_id = made.measure(region, plan_id, kroner=100)

        plans.change_measure(
            make.context(make.office(region)),
            MeasureInput(plan_id=plan_id, title_nb="Nytt navn", budget_ore=7_000), measure_id=measure_id,
        )  # fmt: skip

        assert saved(region, plan_id).budget_ore == 7_000
        assert plans.get_measure(make.system(region), measure_id=measure_id).version == 2

    def test_the_second_of_two_is_told_and_nothing_is_overwritten(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        measure_id = made.measure(region, plan_id)
        first, second = (MeasureInput(plan_id=plan_id, title_nb=title) for title in ("Min", "Din"))

        plans.change_measure(make.system(region), first, measure_id=measure_id, version=1)
        with pytest.raises(MeasureHasChanged, match=f"TILTAK-{measure_id}"):
            plans.change_measure(make.system(region), second, measure_id=measure_id, version=1)

        assert plans.get_measure(make.system(region), measure_id=measure_id).title_nb == "Min"

    def test_another_region_s_measure_is_not_found(self) -> None:
        region, elsewhere = make.region(), make.region()
        theirs = made.measure(elsewhere, made.plan(elsewhere))
        office = make.context(make.office(region))

        with pytest.raises(NotFound):
            plans.get_measure(office, measure_id=theirs)
        with pytest.raises(NotFound):
            plans.set_measure_status(office, measure_id=theirs, status=MeasureStatus.DONE)
        with pytest.raises(NotFound):
            plans.change_measure(office, MeasureInput(plan_id=made.plan(region), title_nb="Min"), measure_id=theirs)


class TestSetMeasureStatus:
    def test_a_cancelled_measure_gives_its_budget_back_and_stays_so(self) -> None:
        region = make.region()
        plan_id, measure_id = made.adopted_plan(region)

        plans.set_measure_status(make.system(region), measure_id=measure_id, status=MeasureStatus.CANCELLED)
        plans.set_measure_status(make.system(region), measure_id=measure_id, status=MeasureStatus.CANCELLED)
        with pytest.raises(MeasureIsOver):
            plans.set_measure_status(make.system(region), measure_id=measure_id, status=MeasureStatus.RUNNING)

        assert saved(region, plan_id).budget_ore == 0
        assert plans.get_measure(make.system(region), measure_id=measure_id).status is MeasureStatus.CANCELLED

    def test_refuses_others_than_the_office(self) -> None:
        region = make.region()
        _, measure_id = made.adopted_plan(region)
        leader = make.context(make.leader(region.municipalities[0]))

        with pytest.raises(Refused):
            plans.set_measure_status(leader, measure_id=measure_id, status=MeasureStatus.DONE)

        assert plans.get_measure(leader, measure_id=measure_id).status is MeasureStatus.PLANNED


class TestFollowMergedPool:
    def test_what_answered_the_one_answers_the_other_once(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        stays, goes = made.pool(region), made.pool(region, "Brannvern for alle ansatte")
        both = made.measure(region, plan_id, pool_ids=(stays, goes))
        one = made.measure(region, plan_id, pool_ids=(goes,))
        needs.merge_pools(make.system(region), pool_id=stays, from_pool_id=goes)
        event = PoolsMerged(tenant_id=region.tenant_id, pool_id=stays, from_pool_id=goes)

        for _ in range(2):
            handlers.follow_pool(make.system(region), event)

        rows = {row.id: row.pool_ids for row in plans.list_measures(make.system(region))}
        assert rows == {both: (stays,), one: (stays,)}

    def test_a_proposal_follows_and_can_still_be_adopted(self) -> None:
        region = make.region()
        stays, goes = made.pool(region), made.pool(region, "Brannvern for alle ansatte")
        plan_id, measure_id = made.adopted_plan(region)
        system = make.system(region)
        plans.open_revision(system, plan_id=plan_id)
        wanted = MeasureInput(plan_id=plan_id, title_nb="Kurs", pool_ids=(goes,))
        plans.propose_measure(system, wanted, measure_id=measure_id)
        needs.merge_pools(system, pool_id=stays, from_pool_id=goes)

        plans.follow_merged_pool(system, region_id=region.tenant_id, pool_id=stays, from_pool_id=goes)
        plans.send_to_hearing(system, plan_id=plan_id)
        plans.adopt_plan(system, plan_id=plan_id, case_id=gov.decided_case(region))

        assert plans.get_measure(system, measure_id=measure_id).pool_ids == (stays,)

    def test_refuses_those_who_may_not_change_measures(self) -> None:
        region = make.region()
        pool_id, other = made.pool(region), made.pool(region, "Brannvern for alle ansatte")
        measure_id = made.measure(region, made.plan(region), pool_ids=(pool_id,))

        with pytest.raises(Refused):
            plans.follow_merged_pool(
                make.context(gov.forum(region).member), region_id=region.tenant_id, pool_id=other, from_pool_id=pool_id
            )

        assert plans.get_measure(make.system(region), measure_id=measure_id).pool_ids == (pool_id,)
