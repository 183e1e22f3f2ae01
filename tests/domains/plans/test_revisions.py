from __future__ import annotations

import pytest
from django.db import IntegrityError

from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.models import ActionPlan, PlanVersion
from kompetanse.domains.plans.rules.versions import difference
from kompetanse.domains.plans.types import (
    CaseDoesNotAdopt,
    MeasureInput,
    MeasureStatus,
    PlanIsAdopted,
    PlanIsOverFrame,
    PlanStatus,
)
from kompetanse.domains.plans.types.money import UseInput
from kompetanse.domains.plans.types.versions import (
    DecisionIsMissing,
    DecisionIsTheFrames,
    NoRevision,
    NothingIsUnfinished,
    PlanIsNotAdopted,
    RevisionIsEmpty,
    RevisionIsOpen,
)
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import governance as gov
from tests.make import plans as made


def saved(region: make.Region, plan_id: int) -> ActionPlan:
    with tenant_scope(make.system(region)):
        found: ActionPlan = ActionPlan.objects.get(pk=plan_id)
        return found


def adopt_again(region: make.Region, plan_id: int) -> None:
    plans.send_to_hearing(make.system(region), plan_id=plan_id)
    plans.adopt_plan(make.system(region), plan_id=plan_id, case_id=gov.decided_case(region))


class TestRevision:
    def test_the_adopted_plan_stands_until_the_next_version_is_adopted(self) -> None:
        region = make.region()
        plan_id, kept = made.adopted_plan(region)
        system = make.system(region)
        plans.open_revision(make.context(make.office(region)), plan_id=plan_id)
        changed = MeasureInput(plan_id=plan_id, title_nb="Nytt navn", budget_ore=5_000_000, owner="RKK")
        plans.propose_measure(system, changed, measure_id=kept, why="Billigere tilbud")
        plans.propose_measure(system, MeasureInput(plan_id=plan_id, title_nb="Helt nytt", budget_ore=1_000_000))

        assert [row.title_nb for row in plans.list_measures(system)] == ["Kurs i legemiddelhåndtering"]
        page = plans.get_versions(system, plan_id=plan_id)
        assert page.proposed is not None
        assert (page.proposed.budget_before, page.proposed.budget_after) == (10_000_000, 6_000_000)
        assert [it["title_nb"] for it in page.proposed.added] == ["Helt nytt"]
        adopt_again(region, plan_id)

        assert {row.title_nb for row in plans.list_measures(system)} == {"Nytt navn", "Helt nytt"}
        plan = saved(region, plan_id)
        assert (plan.edition, plan.budget_ore, plan.revision) == (2, 6_000_000, "none")
        page = plans.get_versions(system, plan_id=plan_id)
        assert [(row.number, row.budget_ore) for row in page.versions] == [(2, 6_000_000), (1, 10_000_000)]
        assert page.difference is not None
        (change,) = page.difference.changed
        assert {it.field: (it.before, it.after) for it in change.fields} == {
            "title_nb": ("Kurs i legemiddelhåndtering", "Nytt navn"),
            "title_nn": ("Kurs i legemiddelhandtering", ""),
            "budget_ore": (10_000_000, 5_000_000),
            "owner": ("", "RKK"),
        }

    def test_a_dropped_measure_is_cancelled_when_it_is_adopted(self) -> None:
        region = make.region()
        gov.frame(region)
        plan_id = made.plan(region)
        kept, dropped = made.measure(region, plan_id), made.measure(region, plan_id, title="Ut")
        made.adopt(region, plan_id)
        system = make.system(region)
        plans.open_revision(system, plan_id=plan_id)
        plans.propose_drop(system, measure_id=dropped, why="Ingen meldte seg")

        assert plans.get_measure(system, measure_id=dropped).status is MeasureStatus.PLANNED
        adopt_again(region, plan_id)

        assert plans.get_measure(system, measure_id=dropped).status is MeasureStatus.CANCELLED
        assert plans.get_measure(system, measure_id=kept).status is MeasureStatus.PLANNED
        difference = plans.get_versions(system, plan_id=plan_id).difference
        assert difference is not None
        assert [it["title_nb"] for it in difference.dropped] == ["Ut"]

    def test_over_the_frame_nothing_of_it_is_carried_out(self) -> None:
        region = make.region()
        plan_id, measure_id = made.adopted_plan(region, kroner=100_000)
        system = make.system(region)
        plans.open_revision(system, plan_id=plan_id)
        plans.propose_measure(system, MeasureInput(plan_id=plan_id, title_nb="Dyrt", budget_ore=100))

        with pytest.raises(PlanIsOverFrame):
            adopt_again(region, plan_id)

        assert len(plans.list_measures(system)) == 1
        assert (saved(region, plan_id).edition, saved(region, plan_id).revision) == (1, "hearing")
        assert plans.get_measure(system, measure_id=measure_id).version == 1

    def test_a_lowered_frame_lets_the_plan_shrink_and_not_grow(self) -> None:
        region = make.region()
        plan_id, measure_id = made.adopted_plan(region, kroner=100_000)
        gov.frame(region, kroner=50_000)
        system = make.system(region)

        def revise(kroner: int) -> None:
            plans.open_revision(system, plan_id=plan_id)
            wanted = MeasureInput(plan_id=plan_id, title_nb="Kurs", budget_ore=kroner * 100)
            plans.propose_measure(system, wanted, measure_id=measure_id)
            adopt_again(region, plan_id)

        revise(80_000)
        with pytest.raises(PlanIsOverFrame):
            revise(81_000)
        assert saved(region, plan_id).budget_ore == 8_000_000

    def test_refusals_say_what_to_do_and_change_nothing(self) -> None:
        region = make.region()
        plan_id, measure_id = made.adopted_plan(region)
        draft_id = made.plan(region, year=2028)
        system = make.system(region)
        wanted = MeasureInput(plan_id=plan_id, title_nb="Kurs")

        with pytest.raises(NoRevision):
            plans.propose_measure(system, wanted)
        with pytest.raises(NoRevision):
            plans.propose_drop(system, measure_id=measure_id)
        with pytest.raises(PlanIsNotAdopted):
            plans.open_revision(system, plan_id=draft_id)
        plans.open_revision(system, plan_id=plan_id)
        with pytest.raises(RevisionIsOpen):
            plans.open_revision(system, plan_id=plan_id)
        with pytest.raises(RevisionIsEmpty):
            plans.send_to_hearing(system, plan_id=plan_id)
        with pytest.raises(Refused):
            plans.propose_measure(make.context(gov.forum(region).member), wanted)
        plans.propose_drop(system, measure_id=measure_id)
        plans.send_to_hearing(system, plan_id=plan_id)
        with pytest.raises(CaseDoesNotAdopt):
            plans.adopt_plan(system, plan_id=plan_id, case_id=saved(region, plan_id).case_id or 0)

        plans.withdraw_revision(system, plan_id=plan_id)
        assert (saved(region, plan_id).status, saved(region, plan_id).revision) == (PlanStatus.ADOPTED, "none")
        assert plans.get_versions(system, plan_id=plan_id).proposals == ()

    def test_a_proposal_is_taken_out_again(self) -> None:
        region = make.region()
        plan_id, measure_id = made.adopted_plan(region)
        system = make.system(region)
        plans.open_revision(system, plan_id=plan_id)
        proposal_id = plans.propose_drop(system, measure_id=measure_id)

        plans.withdraw_proposal(system, plan_id=plan_id, proposal_id=proposal_id)

        assert plans.get_versions(system, plan_id=plan_id).proposals == ()
        with pytest.raises(NotFound):
            plans.withdraw_proposal(system, plan_id=plan_id, proposal_id=proposal_id)

    def test_what_is_prepared_is_not_for_the_employees(self) -> None:
        region = make.region()
        plan_id, measure_id = made.adopted_plan(region)
        plans.open_revision(make.system(region), plan_id=plan_id)
        plans.propose_drop(make.system(region), measure_id=measure_id)
        employee = make.context(make.employee(region.municipalities[0]))

        assert plans.get_versions(employee, plan_id=plan_id).proposals == ()
        plans.send_to_hearing(make.system(region), plan_id=plan_id)
        assert len(plans.get_versions(employee, plan_id=plan_id).proposals) == 1

    def test_a_version_never_changes(self) -> None:
        region = make.region()
        plan_id, _ = made.adopted_plan(region)

        with pytest.raises(Exception, match=r"permission denied|append"), tenant_scope(make.system(region)):
            PlanVersion.objects.filter(plan_id=plan_id).update(number=9)


class TestException:
    def test_a_plan_passes_its_frame_by_a_decision_of_its_own(self) -> None:
        region = make.region()
        gov.frame(region, kroner=90_000)
        plan_id = made.plan(region)
        made.measure(region, plan_id, kroner=100_000)
        system = make.system(region)

        with pytest.raises(DecisionIsMissing):
            plans.record_exception(system, plan_id=plan_id, amount_ore=1_000_000, decision_reference=" ")
        with pytest.raises(DecisionIsTheFrames, match="rr-sak 7/26"):
            plans.record_exception(system, plan_id=plan_id, amount_ore=1_000_000, decision_reference="rr-sak 7/26")
        plans.record_exception(system, plan_id=plan_id, amount_ore=999_999, decision_reference="RR-sak 9/27")
        with pytest.raises(PlanIsOverFrame):
            made.adopt(region, plan_id)
        plans.record_exception(system, plan_id=plan_id, amount_ore=1_000_000, decision_reference="RR-sak 9/27")
        plans.adopt_plan(system, plan_id=plan_id, case_id=gov.decided_case(region))

        page = plans.get_plan(system, plan_id=plan_id)
        assert (page.left_ore, page.exception_decision, page.plan.status) == (0, "RR-sak 9/27", PlanStatus.ADOPTED)
        with pytest.raises(PlanIsAdopted):
            plans.record_exception(system, plan_id=plan_id, amount_ore=0, decision_reference="")
        with pytest.raises(IntegrityError, match="plan_exception_is_decided"), tenant_scope(system):
            ActionPlan.objects.filter(pk=plan_id).update(exception_decision="")

    def test_refuses_forum_members(self) -> None:
        region = make.region()
        gov.frame(region)
        plan_id = made.plan(region)

        with pytest.raises(Refused):
            plans.record_exception(
                make.context(gov.forum(region).member), plan_id=plan_id, amount_ore=1, decision_reference="X"
            )
        assert saved(region, plan_id).exception_ore == 0


class TestRollPlan:
    def test_takes_what_is_unfinished_along_once(self) -> None:
        region = make.region()
        gov.frame(region)
        plan_id, pool_id = made.plan(region), made.pool(region)
        going = made.measure(region, plan_id, title="Går videre", pool_ids=(pool_id,), owner="RKK")
        done = made.measure(region, plan_id, title="Ferdig")
        made.adopt(region, plan_id)
        system = make.system(region)
        plans.set_measure_status(system, measure_id=done, status=MeasureStatus.DONE)
        town = region.municipalities[0]
        plans.record_use(system, measure_id=going, uses=[UseInput(town.tenant_id, 3_000_000, 2_500_000)])

        after = plans.roll_plan(make.context(make.office(region)), plan_id=plan_id)

        (row,) = plans.list_measures(system, plan_id=after)
        assert (row.title_nb, row.owner, row.pool_ids, row.budget_ore) == ("Går videre", "RKK", (pool_id,), 7_500_000)
        assert (saved(region, after).year, saved(region, after).budget_ore) == (2028, 7_500_000)
        assert plans.get_measure(system, measure_id=going).year == 2027
        with pytest.raises(NothingIsUnfinished):
            plans.roll_plan(system, plan_id=plan_id)

    def test_refuses_others_than_the_office_and_an_adopted_next_year(self) -> None:
        region = make.region()
        plan_id, _ = made.adopted_plan(region)
        made.adopted_plan(region, year=2028)

        with pytest.raises(PlanIsAdopted, match="2028"):
            plans.roll_plan(make.system(region), plan_id=plan_id)
        with pytest.raises(Refused):
            plans.roll_plan(make.context(make.with_role(region, Role.CHIEF_EXECUTIVE)), plan_id=plan_id)


class TestDifference:
    def test_the_same_is_no_difference(self) -> None:
        one = {"reference": "TILTAK-1", "title_nb": "A", "title_nn": "", "budget_ore": 5}

        assert difference([one], [dict(one)]).is_empty
        assert [it["reference"] for it in difference([], [one]).added] == ["TILTAK-1"]
        assert difference([one], [{**one, "status": "done"}]).is_empty
