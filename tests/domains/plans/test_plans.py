from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kompetanse.domains.organisation.types import BodyKind, Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.models import ActionPlan, Measure, MeasurePool
from kompetanse.domains.plans.types import (
    CaseDoesNotAdopt,
    FrameIsMissing,
    MeasureInput,
    PlanExists,
    PlanIsAdopted,
    PlanIsEmpty,
    PlanIsNotHeard,
    PlanIsOverFrame,
    PlanStatus,
    YearIsImpossible,
)
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import governance as gov
from tests.make import plans as made

HARD = "\N{NO-BREAK SPACE}"


def saved(region: make.Region, plan_id: int) -> ActionPlan:
    with tenant_scope(make.system(region)):
        found: ActionPlan = ActionPlan.objects.get(pk=plan_id)
        return found


class TestDraftPlan:
    def test_a_year_has_one_plan(self) -> None:
        region = make.region()
        made.plan(region)

        with pytest.raises(PlanExists, match="2027"):
            made.plan(region)
        with pytest.raises(YearIsImpossible):
            made.plan(region, year=27)

        assert [row.year for row in plans.list_plans(make.system(region))] == [2027]

    @pytest.mark.parametrize("role", [Role.CHIEF_EXECUTIVE, Role.FORUM_MEMBER, Role.CONTACT_PERSON])
    def test_refuses_others_than_the_office(self, role: Role) -> None:
        region = make.region()
        ctx = make.context(make.with_role(region, role))

        with pytest.raises(Refused):
            plans.draft_plan(ctx, region_id=region.tenant_id, year=2027)

        assert plans.list_plans(make.system(region)) == []


class TestAdoptPlan:
    def test_a_chief_executive_adopts_by_the_committee_s_case(self) -> None:
        region = make.region()
        gov.frame(region)
        plan_id = made.plan(region)
        made.measure(region, plan_id)
        plans.send_to_hearing(make.context(make.office(region)), plan_id=plan_id)
        case_id = gov.decided_case(region, BodyKind.EXECUTIVE_COMMITTEE)
        executive = make.context(make.with_role(region, Role.CHIEF_EXECUTIVE))

        plans.adopt_plan(executive, plan_id=plan_id, case_id=case_id)

        plan = saved(region, plan_id)
        assert (plan.status, plan.case_id, plan.frame_ore) == (PlanStatus.ADOPTED, case_id, 100_000_000)
        with pytest.raises(PlanIsAdopted):
            plans.adopt_plan(executive, plan_id=plan_id, case_id=case_id)

    def test_over_the_frame_is_refused_and_exactly_at_it_is_not(self) -> None:
        region = make.region()
        gov.frame(region, kroner=1_250_000)
        plan_id = made.plan(region)
        measure_id = made.measure(region, plan_id, kroner=1_300_000)

        with pytest.raises(PlanIsOverFrame) as caught:
            made.adopt(region, plan_id)

        assert f"rammen er 1{HARD}250{HARD}000 kroner. Det er 50{HARD}000 kroner for mye" in str(caught.value)
        assert saved(region, plan_id).status == PlanStatus.HEARING
        plans.change_measure(
            make.system(region),
            MeasureInput(plan_id=plan_id, title_nb="Kurs", budget_ore=125_000_000), measure_id=measure_id,
        )  # fmt: skip
        made.adopt(region, plan_id)
        assert saved(region, plan_id).status == PlanStatus.ADOPTED

    def test_refuses_without_frame_hearing_or_measures(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        case_id = gov.decided_case(region)
        system = make.system(region)

        with pytest.raises(PlanIsEmpty):
            plans.send_to_hearing(system, plan_id=plan_id)
        made.measure(region, plan_id)
        with pytest.raises(PlanIsNotHeard):
            plans.adopt_plan(system, plan_id=plan_id, case_id=case_id)
        plans.send_to_hearing(system, plan_id=plan_id)
        with pytest.raises(FrameIsMissing, match="2027"):
            plans.adopt_plan(system, plan_id=plan_id, case_id=case_id)

        assert saved(region, plan_id).status == PlanStatus.HEARING

    def test_refuses_an_open_case_a_network_s_and_another_region_s(self) -> None:
        region = make.region()
        gov.frame(region)
        plan_id = made.plan(region)
        made.measure(region, plan_id)
        system = make.system(region)
        plans.send_to_hearing(system, plan_id=plan_id)
        body_id = gov.body(region)
        undecided = gov.case(region, body_id=body_id, meeting_id=gov.meeting(region, body_id))

        for case_id in (undecided, gov.decided_case(region, BodyKind.SUBJECT_NETWORK)):
            with pytest.raises(CaseDoesNotAdopt, match="Sak 00"):
                plans.adopt_plan(system, plan_id=plan_id, case_id=case_id)
        with pytest.raises(NotFound):
            plans.adopt_plan(system, plan_id=plan_id, case_id=gov.decided_case(make.region()))

        assert saved(region, plan_id).status == PlanStatus.HEARING

    def test_refuses_forum_members_and_leaders(self) -> None:
        region = make.region()
        gov.frame(region)
        plan_id = made.plan(region)
        made.measure(region, plan_id)
        plans.send_to_hearing(make.system(region), plan_id=plan_id)
        case_id = gov.decided_case(region)

        for who in (gov.forum(region).member, make.leader(region.municipalities[0])):
            with pytest.raises(Refused):
                plans.adopt_plan(make.context(who), plan_id=plan_id, case_id=case_id)

        assert saved(region, plan_id).status == PlanStatus.HEARING

    def test_the_database_itself_refuses_an_adopted_plan_over_its_frame(self) -> None:
        region = make.region()
        plan_id, _ = made.adopted_plan(region)

        for values in ({"budget_ore": 100_000_001}, {"frame_ore": None}, {"case_id": None}):
            with pytest.raises(IntegrityError, match="plan_keeps_within_its_frame"), tenant_scope(make.system(region)):
                ActionPlan.objects.filter(pk=plan_id).update(**values)

    def test_a_frame_is_not_lowered_in_the_middle_of_an_adoption(self) -> None:
        """Whoever comes first, the plan was within the frame it was held up against."""
        region = make.region()
        gov.frame(region, kroner=100_000)
        plan_id = made.plan(region)
        made.measure(region, plan_id, kroner=100_000)
        outcome: list[str] = []

        def adopt() -> None:
            try:
                made.adopt(region, plan_id)
                outcome.append("adopted")
            except PlanIsOverFrame:
                outcome.append("refused")
            finally:
                connection.close()

        def lower() -> None:
            try:
                gov.frame(region, kroner=90_000)
            finally:
                connection.close()

        threads = [threading.Thread(target=act) for act in (adopt, lower)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        plan = saved(region, plan_id)
        assert (plan.status == PlanStatus.ADOPTED) == (outcome == ["adopted"])
        assert plan.frame_ore in (None, 10_000_000)


class TestReading:
    def test_what_is_on_hearing_is_open_to_the_region_and_a_draft_is_not(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        measure_id = made.measure(region, plan_id)
        employee = make.context(make.employee(region.municipalities[0]))
        member = make.context(gov.forum(region).member)

        assert plans.list_plans(employee) == []
        assert plans.list_measures(employee) == []
        with pytest.raises(Refused):
            plans.get_plan(employee, plan_id=plan_id)
        assert plans.get_plan(member, plan_id=plan_id).measures == 1

        plans.send_to_hearing(make.system(region), plan_id=plan_id)
        assert plans.get_plan(employee, plan_id=plan_id).measures == 1
        assert plans.get_measure(employee, measure_id=measure_id).plan_status is PlanStatus.HEARING
        with pytest.raises(NotFound):
            plans.get_plan(make.context(make.office(make.region())), plan_id=plan_id)

    def test_the_holes_are_shown(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        served, unserved = gov.goal(region), gov.goal(region, "Attraktiv arbeidsgiver")
        pool_id, unanswered = made.pool(region), made.pool(region, "Brannvern for alle ansatte")
        made.measure(region, plan_id, goal_id=served, pool_ids=(pool_id,), kroner=5)
        made.measure(region, plan_id, kroner=7)

        page = plans.get_plan(make.system(region), plan_id=plan_id)

        assert [(line.goal.id if line.goal else None, len(line.measures), line.budget_ore) for line in page.lines] == [
            (served, 1, 500), (unserved, 0, 0), (None, 1, 700),
        ]  # fmt: skip
        assert [pool.id for pool in page.unanswered] == [unanswered]

    @pytest.mark.parametrize("language", ["nb", "nn"])
    def test_the_document_is_written_in_both_forms(self, language: str) -> None:
        region = make.region()
        goal_id, pool_id = gov.goal(region), made.pool(region)
        plan_id, _ = made.adopted_plan(region, goal_id=goal_id, pool_ids=(pool_id,), title="#panic() *x*")

        pdf = plans.plan_pdf(make.system(region), plan_id=plan_id, language=language)

        assert f"/Lang({language}-NO)".encode() in pdf
        assert b"pdfuaid:part>1" in pdf
        assert {"nb": "Trygge tjenester", "nn": "Trygge tenester"}[language].encode() in pdf

    def test_pages_need_the_same_queries_for_two_and_twenty(self) -> None:
        few, many = make.region(), make.region()
        for region, count in ((few, 2), (many, 20)):
            plan_id = made.plan(region)
            pool_id, goal_id = made.pool(region), gov.goal(region)
            for number in range(count):
                gov.goal(region, f"Mål {number}")
                made.measure(region, plan_id, goal_id=goal_id, pool_ids=(pool_id,))
                made.plan(region, year=2030 + number)

        def queries(region: make.Region) -> int:
            system = make.system(region)
            with transaction.atomic(), CaptureQueriesContext(connection) as caught:
                plan_id = plans.list_plans(system)[-1].id
                measure_id = plans.list_measures(system)[0].id
                plans.get_plan(system, plan_id=plan_id)
                plans.get_measure_page(system, measure_id=measure_id)
            return len(caught)

        assert queries(few) == queries(many)

    def test_removing_a_pool_leaves_no_link_behind(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        measure_id = made.measure(region, plan_id, pool_ids=(made.pool(region),))

        plans.change_measure(make.system(region), MeasureInput(plan_id=plan_id, title_nb="Kurs"), measure_id=measure_id)

        with tenant_scope(make.system(region)):
            assert not MeasurePool.objects.exists()
            assert Measure.objects.count() == 1
