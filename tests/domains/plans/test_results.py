from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureIsIncomplete, MeasureStatus
from kompetanse.domains.plans.types.money import PartInput, UseInput
from kompetanse.domains.plans.types.reports import (
    CauseIsMissing,
    DeviationCause,
    LocalInput,
    ReportHasChanged,
    ReportIsSent,
    ReportTextIsTooLong,
    TertialIsImpossible,
)
from kompetanse.domains.plans.types.strategy import (
    AreaInput,
    IndicatorInput,
    ReadingIsAhead,
    Unit,
    ValueIsImpossible,
    YearsAreTurned,
)
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import governance as gov
from tests.make import plans as made


class TestTertial:
    def test_writes_itself_and_what_is_written_instead_stays(self) -> None:
        region = make.region()
        plan_id, measure_id = made.adopted_plan(region)
        office = make.context(make.office(region))
        plans.record_use(
            office, measure_id=measure_id, uses=[UseInput(region.municipalities[0].tenant_id, 20_000_00, 12_000_00)]
        )
        plans.note_deviation(office, measure_id=measure_id, cause=DeviationCause.TOO_FEW, text="Bare to påmeldte")

        page = plans.get_tertial(office, plan_id=plan_id, tertial=1)
        assert "1 planlagt" in page.texts["summary"]
        assert "12\N{NO-BREAK SPACE}000 kr er brukt" in page.texts["money"]
        assert "Bare to påmeldte" in page.texts["deviations"]

        plans.write_tertial(office, plan_id=plan_id, tertial=1, texts={"summary": "Vi er i rute."}, version=1)
        plans.set_measure_status(office, measure_id=measure_id, status=MeasureStatus.RUNNING)
        page = plans.get_tertial(office, plan_id=plan_id, tertial=1)
        assert page.texts["summary"] == "Vi er i rute."
        assert "1 i gang" in page.drafted["summary"]
        plans.write_tertial(office, plan_id=plan_id, tertial=1, texts={"summary": ""})
        assert "1 i gang" in plans.get_tertial(office, plan_id=plan_id, tertial=1).texts["summary"]

    def test_what_is_sent_is_frozen_and_open_to_the_region(self) -> None:
        region = make.region()
        plan_id, measure_id = made.adopted_plan(region)
        office = make.context(make.office(region))
        employee = make.context(make.employee(region.municipalities[0]))
        with pytest.raises(Refused):
            plans.get_tertial(employee, plan_id=plan_id, tertial=1)

        plans.send_tertial(office, plan_id=plan_id, tertial=1)
        plans.set_measure_status(office, measure_id=measure_id, status=MeasureStatus.DONE)

        page = plans.get_tertial(employee, plan_id=plan_id, tertial=1, language="nn")
        assert "1 planlagt" in page.texts["summary"]
        assert page.sent_at is not None
        with pytest.raises(ReportIsSent):
            plans.write_tertial(office, plan_id=plan_id, tertial=1, texts={"summary": "Nei"})
        with pytest.raises(ReportIsSent):
            plans.send_tertial(office, plan_id=plan_id, tertial=1)
        assert b"pdfuaid:part>1" in plans.tertial_pdf(employee, plan_id=plan_id, tertial=1, language="nn")

    def test_refusals(self) -> None:
        region = make.region()
        plan_id, measure_id = made.adopted_plan(region)
        office = make.context(make.office(region))
        plans.write_tertial(office, plan_id=plan_id, tertial=1, texts={"ahead": "Mer"})

        with pytest.raises(ReportHasChanged):
            plans.write_tertial(office, plan_id=plan_id, tertial=1, texts={"ahead": "Min"}, version=1)
        with pytest.raises(TertialIsImpossible):
            plans.get_tertial(office, plan_id=plan_id, tertial=4)
        with pytest.raises(NotFound):
            plans.write_tertial(office, plan_id=plan_id, tertial=1, texts={"hemmelig": "x"})
        with pytest.raises(ReportTextIsTooLong):
            plans.write_tertial(office, plan_id=plan_id, tertial=1, texts={"ahead": "x" * 4001})
        with pytest.raises(Refused):
            plans.send_tertial(make.context(gov.forum(region).member), plan_id=plan_id, tertial=1)
        with pytest.raises(CauseIsMissing):
            plans.note_deviation(office, measure_id=measure_id, cause=DeviationCause.OTHER, text=" ")
        assert plans.list_deviations(office, measure_id=measure_id) == []
        assert plans.get_tertial(office, plan_id=plan_id, tertial=1).texts["ahead"] == "Mer"


class TestMunicipalPlan:
    def test_is_cut_from_the_same_rows_with_what_is_done_alone(self) -> None:
        region = make.region(municipalities=2)
        town, other = region.municipalities
        plan_id = made.plan(region)
        ours, theirs = made.measure(region, plan_id, title="Vårt"), made.measure(region, plan_id, title="Deres")
        system = make.system(region)
        plans.share_cost(system, measure_id=theirs, parts=[PartInput(town.tenant_id, takes_part=False)])
        contact = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))
        wanted = LocalInput(town.tenant_id, 2027, "Lunsjkurs", "Lunsjkurs", budget_ore=5_000)
        plans.send_to_hearing(system, plan_id=plan_id)

        local_id = plans.set_local_measure(contact, wanted)

        page = plans.get_municipal_plan(contact, plan_id=plan_id, municipality_id=town.tenant_id)
        assert [line.measure.id for line in page.joint] == [ours]
        assert (page.joint_ore, page.local_ore) == (5_000_000, 5_000)
        assert [row.id for row in page.local] == [local_id]
        plans.set_local_measure(contact, wanted, local_id=local_id, status=MeasureStatus.CANCELLED)
        assert plans.get_municipal_plan(contact, plan_id=plan_id, municipality_id=town.tenant_id).local_ore == 0
        with pytest.raises(NotFound):
            plans.get_municipal_plan(contact, plan_id=plan_id, municipality_id=other.tenant_id)

    def test_refuses_a_neighbour_and_an_empty_title(self) -> None:
        region = make.region(municipalities=2)
        town, other = region.municipalities
        neighbour = make.context(make.with_role(region, Role.CONTACT_PERSON, town=other))

        with pytest.raises(Refused):
            plans.set_local_measure(neighbour, LocalInput(town.tenant_id, 2027, "Deres"))
        with pytest.raises(Refused):
            plans.set_local_measure(make.context(make.office(region)), LocalInput(town.tenant_id, 2027, "Kontorets"))
        with pytest.raises(MeasureIsIncomplete):
            plans.set_local_measure(neighbour, LocalInput(other.tenant_id, 2027, " "))


class TestCoverage:
    def test_tells_what_no_measure_answers_and_no_small_numbers(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        answered, open_pool = made.pool(region), made.pool(region, "Brannvern for alle ansatte")
        goal_id = gov.goal(region)
        made.measure(region, plan_id, goal_id=goal_id, pool_ids=(answered,))
        made.measure(region, plan_id, title="Inspirasjonsdag")

        page = plans.get_coverage(make.system(region), plan_id=plan_id)

        missing = {row.pool.id for row in (*page.holes, *page.unanswered)}
        assert missing == {open_pool}
        assert page.supply_driven_share == 50
        assert [(goal.id, len(rows)) for goal, rows in page.goals] == [(goal_id, 1)]
        assert all(row.pool.people is None or row.pool.people >= 5 for row in page.rows)


class TestStrategy:
    def test_goals_areas_and_how_far_they_have_come(self) -> None:
        region = make.region()
        goal_id, alone = gov.goal(region), gov.goal(region, "Ingen følger det")
        ctx = make.context(make.office(region))
        area = AreaInput(region.tenant_id, "Fagbrev i helse", goal_id=goal_id, from_year=2026, to_year=2030)
        area_id = plans.set_focus_area(ctx, area)
        wanted = IndicatorInput(area_id, "Andel med fagbrev", "", Unit.PERCENT, Decimal(60), 2026, Decimal(80), 2030)
        indicator_id = plans.set_indicator(ctx, wanted)
        plans.read_indicator(ctx, indicator_id=indicator_id, read_on=date(2027, 1, 1), value=Decimal(65))

        page = plans.get_strategy(make.context(make.employee(region.municipalities[0])))

        (row,) = page.areas
        assert (row.title, row.goal.id if row.goal else 0, row.indicators[0].share) == ("Fagbrev i helse", goal_id, 25)
        assert [goal.id for goal in page.without_area] == [alone]
        assert not page.may_set
        plans.set_focus_area(
            ctx, AreaInput(region.tenant_id, "Nytt navn", from_year=2026, to_year=2030), area_id=area_id
        )
        assert [row.title for row in plans.get_strategy(ctx).areas] == ["Nytt navn"]

    def test_few_people_are_not_told(self) -> None:
        region = make.region()
        ctx = make.context(make.office(region))
        area_id = plans.set_focus_area(ctx, AreaInput(region.tenant_id, "Mer", from_year=2026, to_year=2030))
        wanted = IndicatorInput(area_id, "Veiledere", "", Unit.PEOPLE, Decimal(2), 2026, Decimal(20), 2030)
        indicator_id = plans.set_indicator(ctx, wanted)
        plans.read_indicator(ctx, indicator_id=indicator_id, read_on=date(2027, 1, 1), value=Decimal(4))

        (indicator,) = plans.get_strategy(ctx).areas[0].indicators
        assert (indicator.baseline, indicator.readings[0].value, indicator.share) == (None, None, None)

    def test_refusals(self) -> None:
        region = make.region()
        ctx = make.context(make.office(region))
        area_id = plans.set_focus_area(ctx, AreaInput(region.tenant_id, "Mer", from_year=2026, to_year=2030))
        wanted = IndicatorInput(area_id, "A", "", Unit.PERCENT, Decimal(2), 2026, Decimal(20), 2030)
        indicator_id = plans.set_indicator(ctx, wanted)
        tomorrow = ctx.today + timedelta(days=1)

        with pytest.raises(YearsAreTurned):
            plans.set_focus_area(ctx, AreaInput(region.tenant_id, "Mer", from_year=2030, to_year=2026))
        with pytest.raises(ValueIsImpossible):
            plans.read_indicator(ctx, indicator_id=indicator_id, read_on=ctx.today, value=Decimal(101))
        with pytest.raises(ReadingIsAhead):
            plans.read_indicator(ctx, indicator_id=indicator_id, read_on=tomorrow, value=Decimal(1))
        with pytest.raises(Refused):
            plans.set_indicator(make.context(gov.forum(region).member), wanted)
        assert plans.get_strategy(ctx).areas[0].indicators[0].readings == ()
