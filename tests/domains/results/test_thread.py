"""The thread walked from every link, the holes in it, and the numbers it ends in."""

from __future__ import annotations

import pytest

from kompetanse.domains.courses import api as courses
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.results import api as results
from kompetanse.domains.results.models import MeasureResult
from kompetanse.domains.results.types import Link, Thread, UnknownReference
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound
from tests import make
from tests.make import courses as made_courses
from tests.make import governance as made_governance
from tests.make import plans as made_plans
from tests.make import results as made


def told(thread: Thread, link: Link) -> list[str]:
    return [knot.title for stage in thread.stages if stage.link is link for knot in stage.knots]


class TestTrace:
    def test_is_whole_from_every_link(self) -> None:
        region = make.region(municipalities=2)
        whole = made.thread(region)
        after = make.system(region, made_courses.AFTER)
        starts = [
            f"MÅL-{whole.goal_id}", f"SAMLING-{whole.pool_id}", f"TILTAK-{whole.measure_id}",
            f"BESTILLING-{whole.order_id}", f"KURS-{whole.run_id}",
        ]  # fmt: skip

        for start in starts:
            thread = results.trace(after, reference=start)
            holes = [stage.link for stage in thread.stages if not stage.knots]
            assert set(holes) <= {Link.DECISION}, start
            assert "2 møtte" in told(thread, Link.ATTENDANCE)[0]

    def test_marks_where_it_began(self) -> None:
        region = make.region()
        measure_id = made_plans.measure(region, made_plans.plan(region))

        thread = results.trace(make.system(region), reference=f"tiltak {measure_id}")

        assert [knot.reference for stage in thread.stages for knot in stage.knots if knot.is_here] == [
            f"TILTAK-{measure_id}"
        ]

    def test_says_what_is_missing(self) -> None:
        region = make.region()
        measure_id = made_plans.measure(region, made_plans.plan(region))

        thread = results.trace(make.system(region), reference=f"TILTAK-{measure_id}")

        holes = {stage.link: stage.hole for stage in thread.stages if not stage.knots}
        assert "tilbudsstyrt" in holes[Link.NEED]
        assert Link.MEASURE not in holes

    @pytest.mark.parametrize("nonsense", ["", "TILTAK", "HUND-3", "TILTAK-99999999999999999999", "Sak 1", "';--"])
    def test_refuses_what_is_not_a_reference(self, nonsense: str) -> None:
        region = make.region()
        with pytest.raises(UnknownReference):
            results.trace(make.system(region), reference=nonsense)

    def test_another_regions_thing_is_not_there(self) -> None:
        ours, theirs = make.region(), make.region()
        measure_id = made_plans.measure(theirs, made_plans.plan(theirs))

        with pytest.raises(NotFound):
            results.trace(make.system(ours), reference=f"TILTAK-{measure_id}")

    def test_a_forum_member_sees_no_persons_words(self) -> None:
        region = make.region(municipalities=2)
        whole = made.thread(region)
        member = make.with_role(region, Role.FORUM_MEMBER)

        thread = results.trace(make.context(member, made_courses.AFTER), reference=f"SAMLING-{whole.pool_id}")

        shown = " ".join(knot.title + knot.note for stage in thread.stages for knot in stage.knots)
        assert not [who for who in whole.people if who.employee and who.employee.name in shown]
        assert told(thread, Link.NEED) == [region.municipalities[0].name]
        assert "2 møtte" not in shown
        office = results.trace(
            make.context(make.office(region), made_courses.AFTER), reference=f"SAMLING-{whole.pool_id}"
        )
        assert "2 møtte" in " ".join(knot.title for stage in office.stages for knot in stage.knots)


class TestRefreshMeasure:
    def test_counts_again_from_the_rows(self) -> None:
        region = make.region(municipalities=2)
        whole = made.thread(region, met=2, stayed_away=1)
        after = make.system(region, made_courses.AFTER)

        results.refresh_measure(after, region_id=region.tenant_id, measure_id=whole.measure_id)
        results.refresh_measure(after, region_id=region.tenant_id, measure_id=whole.measure_id)

        with tenant_scope(after):
            (row,) = MeasureResult.objects.filter(measure_id=whole.measure_id)
        assert (row.municipality_id, row.ordered, row.seated, row.attended, row.absent) == (
            region.municipalities[0].tenant_id, 5, 3, 2, 1,
        )  # fmt: skip

    def test_follows_a_late_correction(self) -> None:
        region = make.region()
        whole = made.thread(region, met=2, stayed_away=1)
        after = make.system(region, made_courses.AFTER)
        everyone = [row.id for row in courses.list_signups(after, run_id=whole.run_id)]

        courses.record_attendance(after, run_id=whole.run_id, present=everyone, reason="Kom for seint, men var der.")

        page = results.get_results_page(after)
        assert (page.told.attended.value, page.told.absent.value) == (3, 0)


class TestGetResultsPage:
    def test_holds_planned_ordered_met_and_learnt(self) -> None:
        region = make.region(municipalities=2)
        whole = made.thread(region)

        page = results.get_results_page(make.system(region, made_courses.AFTER))

        (line,) = page.measures
        assert (line.measure_id, line.seats_planned, line.ordered.value, line.runs, line.attended.value,
                line.absent.value) == (
            whole.measure_id, 10, 5, 1, 2, 1,
        )  # fmt: skip
        assert page.frame_ore == 1_000_000_00
        assert sum(row.attended.least for row in page.municipalities) == page.told.attended.value

    def test_a_year_without_a_plan_is_empty(self) -> None:
        region = make.region()
        page = results.get_results_page(make.system(region), year=1999)
        assert (page.measures, page.plan_id) == ((), None)


class TestGetHoles:
    def test_finds_what_nobody_asked_for_and_nobody_answered(self) -> None:
        region = make.region(municipalities=2)
        idle_goal = made_governance.goal(region, "Et mål uten tiltak")
        unanswered = made_plans.pool(region, "Varme arbeider")
        plan_id = made_plans.plan(region)
        supply_driven = made_plans.measure(region, plan_id, title="Inspirasjonsdag")

        holes = results.get_holes(make.system(region))

        assert [knot.reference for knot in holes.goals_without_measure] == [f"MÅL-{idle_goal}"]
        assert [knot.reference for knot in holes.measures_without_need] == [f"TILTAK-{supply_driven}"]
        assert [knot.reference for knot in holes.measures_without_goal] == [f"TILTAK-{supply_driven}"]
        assert f"SAMLING-{unanswered}" in [knot.reference for knot in holes.pools_without_measure]
        assert holes.supply_driven_share == 100

    def test_a_whole_thread_has_none(self) -> None:
        region = make.region()
        made.thread(region)
        holes = results.get_holes(make.system(region))
        assert not holes.goals_without_measure
        assert not holes.measures_without_need
        assert not holes.measures_without_goal
