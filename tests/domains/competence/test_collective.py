"""What a unit or the municipality must have together: asked through the door."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Arrangement, UnitCount
from kompetanse.domains.competence.types.collective import (
    ArrangementEndsBeforeItStarts,
    ArrangementNeedsALastDay,
    ArrangementSaysNobody,
    CollectiveCard,
    CollectiveRow,
    CollectiveState,
    CountDayIsFarOff,
    CountIsUnlikely,
    NothingToCount,
    UnknownPart,
)
from kompetanse.domains.organisation.models import Post, Unit
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.ui import formats
from tests import make
from tests.make import competence as made
from tests.make.organisation import NOW, Who

TODAY = made.TODAY
MET, RISK, NOT, UNKNOWN = (
    CollectiveState.MET, CollectiveState.AT_RISK, CollectiveState.NOT_MET, CollectiveState.UNKNOWN,
)  # fmt: skip


class World:
    @pytest.fixture(autouse=True)
    def a_municipality(self) -> None:
        made.register()
        self.region = make.region(municipalities=2)
        self.town, self.next = self.region.municipalities
        self.hr = make.context(make.with_role(self.region, Role.HR, town=self.town))
        self.system = system_context("test", {self.town.tenant_id}, NOW)

    def card(self, code: str, ctx: Context | None = None) -> CollectiveCard | None:
        page = competence.get_collective(ctx or self.hr, tenant_id=self.town.tenant_id)
        return next((card for card in page.cards if card.requirement.code == code), None)

    def told(self, code: str, unit: Unit | None = None, part: str = "") -> tuple[CollectiveState, int | None, str, str]:
        """The state, how many are needed, held and missing."""
        row = self.row(code, unit, part)
        return row.state, row.needed, f"{row.held.normalize():f}", f"{row.missing.normalize():f}"

    def row(self, code: str, unit: Unit | None = None, part: str = "", ctx: Context | None = None) -> CollectiveRow:
        card = self.card(code, ctx)
        assert card is not None
        found = [row for row in card.rows if row.part == part and (unit is None or row.unit_id == unit.id)]
        assert len(found) == 1
        return found[0]

    def change(self, who: Who, **values: object) -> None:
        with tenant_scope(self.system):
            Post.objects.filter(pk=made.of_post(who).pk).update(**values)

    def rows_kept(self) -> tuple[int, int]:
        with tenant_scope(self.system):
            return UnitCount.objects.count(), Arrangement.objects.count()


class TestTeam(World):
    @pytest.fixture(autouse=True)
    def a_ditch_crew(self, a_municipality: None) -> None:
        self.crew = make.unit(self.town, "Vann og avløp", sector="Teknisk")
        self.who = [make.employee(self.town, self.crew, title="Driftsoperatør VA") for _ in range(2)]

    def test_nobody_has_it_until_one_has(self) -> None:
        assert self.told("ADK1", self.crew) == (NOT, 1, "0", "1")
        assert self.row("ADK1", self.crew).reason == "Ingen i enheten har det i dag. Det skal være minst 1."
        made.evidence(self.who[0], "ADK1")
        assert self.told("ADK1", self.crew) == (MET, 1, "1", "0")

    def test_the_only_one_on_leave_is_a_risk(self) -> None:
        made.evidence(self.who[0], "ADK1")
        made.on_leave(self.who[0], date(2027, 1, 1), None)
        assert self.row("ADK1", self.crew).state is RISK
        made.evidence(self.who[1], "ADK1")
        assert self.row("ADK1", self.crew).state is MET

    def test_what_ends_within_ninety_days_is_a_risk(self) -> None:
        made.evidence(self.who[0], "ADK1", valid_to=TODAY + timedelta(days=90))
        row = self.row("ADK1", self.crew)
        assert row.state is RISK
        assert "Et bevis gjelder til og med" in row.reason
        made.evidence(self.who[1], "ADK1", valid_to=TODAY + timedelta(days=91))
        assert self.row("ADK1", self.crew).state is MET
        self.change(self.who[1], valid_to=TODAY + timedelta(days=20))
        assert self.row("ADK1", self.crew).state is RISK

    def test_each_unit_for_itself(self) -> None:
        other = make.unit(self.town, "Vann nord", sector="Teknisk")
        make.employee(self.town, other, title="Driftsoperatør VA")
        made.evidence(self.who[0], "ADK1")
        card = self.card("ADK1")
        assert card is not None
        assert card.state is NOT
        assert [(row.unit_id, row.state) for row in card.rows] == [(other.id, NOT), (self.crew.id, MET)]

    def test_the_leader_sees_the_units_led_and_not_the_municipality(self) -> None:
        other = make.unit(self.town, "Vann nord", sector="Teknisk")
        make.employee(self.town, other, title="Driftsoperatør VA")
        ctx = make.context(make.leader(self.town, self.crew))
        page = competence.get_collective(ctx)
        assert [(card.requirement.code, [row.unit_id for row in card.rows]) for card in page.cards] == [
            ("ADK1", [self.crew.id])
        ]
        assert not page.whole
        assert not page.parts

    def test_the_chief_executive_is_not_told_whose_leave_it_is(self) -> None:
        made.evidence(self.who[0], "ADK1")
        made.on_leave(self.who[0], date(2027, 1, 1), None)
        chief = make.context(make.with_role(self.region, Role.CHIEF_EXECUTIVE, town=self.town))
        assert "permisjon" in self.row("ADK1", self.crew).reason
        assert "permisjon" not in self.row("ADK1", self.crew, ctx=chief).reason

    def test_hides_the_neighbour(self) -> None:
        with pytest.raises(NotFound):
            competence.get_collective(self.hr, tenant_id=self.next.tenant_id)

    def test_needs_as_many_queries_for_two_units_as_for_ten(self) -> None:
        def questions() -> int:
            with CaptureQueriesContext(connection) as told:
                competence.get_collective(self.hr, tenant_id=self.town.tenant_id)
            return len(told.captured_queries)

        few = questions()
        for number in range(8):
            make.employee(self.town, make.unit(self.town, f"Vann {number}"), title="Driftsoperatør VA")
        assert questions() == few


class TestRatio(World):
    @pytest.fixture(autouse=True)
    def a_kindergarten(self, a_municipality: None) -> None:
        self.unit = make.unit(self.town, "Solbakken barnehage", sector="Oppvekst")
        self.leading = [make.employee(self.town, self.unit, title="Pedagogisk leder") for _ in range(2)]
        self.other = make.employee(self.town, self.unit, title="Assistent")

    def test_stands_for_a_kindergarten_where_nobody_leads_either(self) -> None:
        empty = make.unit(self.town, "Furua barnehage", sector="Oppvekst")
        assert self.row("PEDNORM", empty).state is UNKNOWN
        made.counted(empty, under3=0, over3=3)
        assert self.told("PEDNORM", empty) == (NOT, 1, "0", "1")

    def test_what_is_not_counted_is_not_known(self) -> None:
        row = self.row("PEDNORM", self.unit)
        assert (row.state, row.needed) == (UNKNOWN, None)
        made.counted(self.unit, under3=7)
        row = self.row("PEDNORM", self.unit)
        assert row.state is UNKNOWN
        assert "barn over tre år" in row.reason
        day = formats.day(TODAY)
        assert row.counts == (f"7 barn under tre år (fra {day})",)

    def test_education_as_kindergarten_teacher_counts_and_one_more_child_asks_for_a_post(self) -> None:
        for who in self.leading:
            made.evidence(who, "STYRER")
        made.counted(self.unit, under3=7, over3=14)
        assert self.told("PEDNORM", self.unit) == (MET, 2, "2", "0")
        made.counted(self.unit, under3=8, over3=14)
        assert self.told("PEDNORM", self.unit) == (NOT, 3, "2", "1")
        assert "Det mangler 1." in self.row("PEDNORM", self.unit).reason

    def test_an_assistant_with_the_education_fills_no_post(self) -> None:
        made.evidence(self.other, "STYRER")
        made.counted(self.unit, under3=0, over3=14)
        assert self.told("PEDNORM", self.unit) == (NOT, 1, "0", "1")

    def test_shares_of_posts_are_added_exactly(self) -> None:
        for who, percent in zip(self.leading, ("33.33", "66.67"), strict=True):
            made.evidence(who, "STYRER")
            self.change(who, percent=Decimal(percent))
        made.counted(self.unit, under3=7, over3=0)
        assert self.row("PEDNORM", self.unit).state is MET
        self.change(self.leading[0], percent=Decimal("33.32"))
        row = self.row("PEDNORM", self.unit)
        assert (row.state, row.missing) == (NOT, Decimal("0.01"))

    def test_an_unknown_share_is_told(self) -> None:
        made.evidence(self.leading[0], "STYRER")
        self.change(self.leading[0], percent=None)
        made.counted(self.unit, under3=7, over3=0)
        assert "uten prosent" in self.row("PEDNORM", self.unit).reason

    def test_a_dispensation_fills_the_post_but_is_told_apart(self) -> None:
        made.evidence(self.leading[0], "STYRER")
        made.dispensed(self.leading[1], "STYRER")
        made.counted(self.unit, under3=7, over3=14)
        row = self.row("PEDNORM", self.unit)
        assert self.told("PEDNORM", self.unit) == (MET, 2, "1", "0")
        assert row.dispensed == Decimal(1)
        assert "ikke kompetanse (delvis kontrollert)" in row.reason

    def test_leave_fills_nothing_and_leave_to_come_is_a_risk(self) -> None:
        for who in self.leading:
            made.evidence(who, "STYRER")
        made.counted(self.unit, under3=7, over3=14)
        self.change(self.leading[0], leave_from=TODAY + timedelta(days=30))
        row = self.row("PEDNORM", self.unit)
        assert row.state is RISK
        assert formats.day(date(2027, 4, 13)) in row.reason
        self.change(self.leading[0], leave_from=TODAY)
        assert self.row("PEDNORM", self.unit).state is NOT

    def test_a_ratio_holds_only_where_it_is_put(self) -> None:
        elsewhere = make.unit(self.town, "PP-tjenesten")
        make.employee(self.town, elsewhere, title="Pedagogisk leder")
        card = self.card("PEDNORM")
        assert card is not None
        assert [row.unit_id for row in card.rows] == [self.unit.id]

    def test_the_newest_count_of_the_latest_day_counts(self) -> None:
        made.counted(self.unit, under3=21, over3=0, valid_from=TODAY - timedelta(days=30))
        made.counted(self.unit, under3=14, over3=0)
        made.counted(self.unit, under3=7, over3=0)
        made.counted(self.unit, under3=70, over3=0, valid_from=TODAY + timedelta(days=5))
        assert self.row("PEDNORM", self.unit).needed == 1
        assert self.rows_kept()[0] == 8

    def test_a_report_of_a_past_day_reckons_with_what_was_counted_then(self) -> None:
        made.counted(self.unit, under3=21, over3=0, valid_from=TODAY - timedelta(days=30))
        made.counted(self.unit, under3=7, over3=0)
        report = competence.get_statutory_report(
            self.hr, tenant_id=self.town.tenant_id, unit_id=self.unit.id, day=TODAY - timedelta(days=1)
        )
        assert [(row.requirement.code, row.needed) for row in report.collective] == [("PEDNORM", 3)]


class TestRecordCounts(World):
    @pytest.fixture(autouse=True)
    def a_kindergarten(self, a_municipality: None) -> None:
        self.unit = make.unit(self.town, "Solbakken barnehage", sector="Oppvekst")
        self.leader = make.context(make.leader(self.town, self.unit))
        self.key = made.requirement_id("PEDNORM")

    def record(self, ctx: Context | None = None, *, day: date = TODAY, **counts: int) -> None:
        competence.record_counts(
            ctx or self.leader, unit_id=self.unit.id, requirement_id=self.key, valid_from=day, counts=counts
        )

    def test_the_leader_and_hr_may(self) -> None:
        self.record(under3=9, over3=18)
        self.record(self.hr, under3=10)
        found = competence.get_unit_counts(self.leader, unit_id=self.unit.id)
        assert [(row.part, row.per, row.number) for row in found.fields] == [("under3", 7, 10), ("over3", 14, 18)]
        assert found.fields[0].recorded_by == self.hr.actor.name

    @pytest.mark.parametrize("number", [-3, 40_000, 1001])
    def test_refuses_what_cannot_be(self, number: int) -> None:
        with pytest.raises(CountIsUnlikely) as told:
            self.record(under3=9, over3=number)
        assert str(number) in str(told.value)
        assert self.rows_kept()[0] == 0

    @pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2020, 1, 1)])
    def test_refuses_a_day_that_is_far_off(self, day: date) -> None:
        with pytest.raises(CountDayIsFarOff):
            self.record(day=day, under3=9)
        assert self.rows_kept()[0] == 0

    def test_refuses_what_the_requirement_does_not_count(self) -> None:
        with pytest.raises(NothingToCount):
            self.record(cats=4)
        with pytest.raises(NothingToCount):
            competence.record_counts(
                self.leader, unit_id=self.unit.id, requirement_id=made.requirement_id("ADK1"), valid_from=TODAY,
                counts={"under3": 1},
            )  # fmt: skip
        assert self.rows_kept()[0] == 0

    def test_refuses_another_leader_the_chief_and_the_neighbour(self) -> None:
        chief = make.context(make.with_role(self.region, Role.CHIEF_EXECUTIVE, town=self.town))
        for ctx in (make.context(make.leader(self.town, make.unit(self.town))), chief):
            with pytest.raises(Refused):
                self.record(ctx, under3=9)
        with pytest.raises(NotFound):
            self.record(make.context(make.leader(self.next)), under3=9)
        assert self.rows_kept()[0] == 0

    def test_a_count_is_never_altered_even_by_our_own_code(self) -> None:
        self.record(under3=9)
        with pytest.raises(Exception, match="permission denied"), tenant_scope(self.system):
            UnitCount.objects.update(number=3)


class TestProfessions(World):
    PARTS = (
        "lege", "sykepleier|sjukepleiar", "fysioterapeut", "jordmor", "helsesykepleier|helsesjukepleiar",
        "ergoterapeut", "psykolog",
    )  # fmt: skip

    def test_lists_the_seven_of_the_law(self) -> None:
        card = self.card("KOMMUNEYRKER")
        assert card is not None
        assert tuple(row.part for row in card.rows) == self.PARTS
        assert card.state is NOT
        assert {row.state for row in card.rows} == {NOT}

    def test_a_post_anywhere_is_enough_in_either_written_form(self) -> None:
        make.employee(self.town, make.unit(self.town, "Lia sykehjem"), title="Sjukepleiar")
        assert self.row("KOMMUNEYRKER", part="sykepleier|sjukepleiar").state is MET
        assert self.row("KOMMUNEYRKER", part="helsesykepleier|helsesjukepleiar").state is NOT

    def test_the_only_one_on_leave_or_leaving_is_a_risk(self) -> None:
        who = make.employee(self.town, make.unit(self.town), title="Psykolog")
        self.change(who, valid_to=TODAY + timedelta(days=60))
        assert self.row("KOMMUNEYRKER", part="psykolog").state is RISK
        self.change(who, valid_to=None, leave_from=TODAY, leave_to=None)
        assert self.row("KOMMUNEYRKER", part="psykolog").state is RISK
        self.change(who, leave_from=None, ended_on=TODAY)
        assert self.row("KOMMUNEYRKER", part="psykolog").state is NOT

    def test_an_arrangement_with_a_neighbour_is_enough_until_it_ends(self) -> None:
        made.arranged(self.town, "psykolog", with_whom="Nabokommunen")
        row = self.row("KOMMUNEYRKER", part="psykolog")
        assert self.told("KOMMUNEYRKER", part="psykolog") == (MET, 1, "0", "0")
        assert row.reason == "Avtale med Nabokommunen."
        [arranged] = competence.get_collective(self.hr, tenant_id=self.town.tenant_id).arrangements
        competence.end_arrangement(self.hr, arrangement_id=arranged.id, valid_to=TODAY + timedelta(days=10))
        row = self.row("KOMMUNEYRKER", part="psykolog")
        assert row.state is RISK
        assert formats.day(date(2027, 3, 25)) in row.reason
        later = self.hr.at(datetime(2027, 3, 26, 12, tzinfo=ZoneInfo("Europe/Oslo")))
        assert self.row("KOMMUNEYRKER", part="psykolog", ctx=later).state is NOT

    def test_an_arrangement_told_by_mistake_never_was(self) -> None:
        arranged = made.arranged(self.town, "jordmor")
        with pytest.raises(ArrangementNeedsALastDay):
            competence.end_arrangement(self.hr, arrangement_id=arranged, valid_to=None)
        assert self.row("KOMMUNEYRKER", part="jordmor").state is MET
        competence.end_arrangement(self.hr, arrangement_id=arranged, valid_to=date(2025, 12, 31))
        assert self.row("KOMMUNEYRKER", part="jordmor").state is NOT
        with pytest.raises(NotFound):
            competence.end_arrangement(self.hr, arrangement_id=arranged, valid_to=TODAY)

    def arrange(
        self, ctx: Context, part: str = "psykolog", *, with_whom: str = "Nabokommunen", valid_to: date | None = None
    ) -> None:
        competence.record_arrangement(
            ctx, tenant_id=self.town.tenant_id, requirement_id=made.requirement_id("KOMMUNEYRKER"), part=part,
            with_whom=with_whom, valid_from=TODAY, valid_to=valid_to,
        )  # fmt: skip

    def test_refuses_what_makes_no_sense(self) -> None:
        with pytest.raises(UnknownPart):
            self.arrange(self.hr, "tannlege")
        with pytest.raises(UnknownPart):
            self.arrange(self.hr, "")
        with pytest.raises(ArrangementSaysNobody):
            self.arrange(self.hr, with_whom="  ")
        with pytest.raises(ArrangementEndsBeforeItStarts):
            self.arrange(self.hr, valid_to=TODAY - timedelta(days=1))
        assert self.rows_kept()[1] == 0

    def test_refuses_a_leader_and_the_neighbour(self) -> None:
        arranged = made.arranged(self.town, "jordmor")
        leader, neighbour = (
            make.context(make.leader(self.town)),
            make.context(make.with_role(self.region, Role.HR, town=self.next)),
        )
        with pytest.raises(Refused):
            self.arrange(leader)
        with pytest.raises(NotFound):
            self.arrange(neighbour)
        with pytest.raises(Refused):
            competence.end_arrangement(leader, arrangement_id=arranged, valid_to=TODAY)
        with pytest.raises(NotFound):
            competence.end_arrangement(neighbour, arrangement_id=arranged, valid_to=TODAY)
        assert self.rows_kept()[1] == 1
        assert self.row("KOMMUNEYRKER", part="jordmor").state is MET


class TestInTheReport(World):
    def test_holds_the_law_and_the_rest_when_asked(self) -> None:
        crew = make.unit(self.town, "Vann og avløp")
        make.employee(self.town, crew, title="Driftsoperatør VA")

        def codes(**asked: object) -> set[str]:
            report = competence.get_statutory_report(self.hr, tenant_id=self.town.tenant_id, **asked)  # type: ignore[arg-type]
            return {row.requirement.code for row in report.collective}

        assert codes() == {"KOMMUNEYRKER"}
        assert codes(only_law=False) == {"KOMMUNEYRKER", "ADK1"}
        assert codes(only_law=False, unit_id=crew.id) == {"ADK1"}
