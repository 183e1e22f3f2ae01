from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import State, UnitMatrix
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make.competence import TODAY


def asked(ctx: Context, unit_id: int) -> int:
    """How many questions the matrix asks the database (opening the scope not counted)."""
    with CaptureQueriesContext(connection) as told:
        competence.get_unit_matrix(ctx, unit_id=unit_id)
    return len([q for q in told.captured_queries if " FROM " in q["sql"]])


class TestGetUnitMatrix:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town, "Lia sykehjem")
        self.leader = make.leader(self.town, self.unit)
        self.ctx = make.context(self.leader)

    def matrix(self) -> UnitMatrix:
        return competence.get_unit_matrix(self.ctx, unit_id=self.unit.id)

    def state(self, matrix: UnitMatrix, who: make.Who, code: str) -> State | None:
        column = [one.code for one in matrix.columns].index(code)
        line = next(one for one in matrix.rows if one.employee_id == made.of(who).id)
        return line.cells[column].state

    def test_stands_people_against_requirements(self) -> None:
        nurse, cook = (
            make.employee(self.town, self.unit, title="Sykepleier"),
            make.employee(self.town, self.unit, title="Kokk"),
        )
        made.evidence(nurse, "LEGEMIDDEL")
        made.evidence(cook, "GDPR", TODAY - timedelta(days=400))
        made.evidence(nurse, "GDPR", TODAY - timedelta(days=330))
        made.on_leave(self.leader, TODAY, None)
        matrix = self.matrix()
        assert self.state(matrix, nurse, "LEGEMIDDEL") is State.HELD
        assert self.state(matrix, cook, "LEGEMIDDEL") is None
        assert self.state(matrix, cook, "GDPR") is State.EXPIRED
        assert self.state(matrix, nurse, "GDPR") is State.EXPIRING
        assert self.state(matrix, self.leader, "HMS-LINJE") is State.ON_LEAVE
        gdpr = next(one for one in matrix.columns if one.code == "GDPR")
        assert (gdpr.required, gdpr.held, gdpr.expiring, gdpr.missing, gdpr.on_leave) == (2, 0, 1, 1, 1)
        assert gdpr.people == 2
        assert [(due.requirement_code, due.days_left) for due in matrix.due] == [("GDPR", 35)]
        assert (matrix.due_within(30), matrix.due_within(90)) == (0, 1)

    def test_shows_units_below_with_their_sums(self) -> None:
        below = make.unit(self.town, "Avdeling 2", parent=self.unit)
        make.employee(self.town, below)
        matrix = self.matrix()
        assert [(one.unit_id, one.people) for one in matrix.below] == [(below.id, 1)]
        assert len(matrix.rows) == 1

    def test_refuses_others_in_the_municipality(self) -> None:
        for who in (
            make.employee(self.town, self.unit),
            make.leader(self.town, make.unit(self.town)),
            make.with_role(self.world, Role.CONTACT_PERSON, town=self.town),
        ):
            with pytest.raises(Refused):
                competence.get_unit_matrix(make.context(who), unit_id=self.unit.id)

    def test_hides_units_of_other_municipalities(self) -> None:
        for who in (make.leader(self.other), make.with_role(self.world, Role.FORUM_MEMBER)):
            with pytest.raises(NotFound):
                competence.get_unit_matrix(make.context(who), unit_id=self.unit.id)

    def test_asks_six_queries_for_two_people_and_for_twenty(self) -> None:
        made.evidence(make.employee(self.town, self.unit), "HLR")
        few = asked(self.ctx, self.unit.id)
        for _ in range(18):
            made.evidence(make.employee(self.town, self.unit), "HLR")
        assert len(self.matrix().rows) == 20
        assert asked(self.ctx, self.unit.id) == few == 6


class TestListGaps:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town)
        self.who = make.employee(self.town, self.unit, title="Vaktmester")

    def test_adds_up_and_agrees_with_the_matrix(self) -> None:
        made.evidence(self.who, "VARME", date(2026, 1, 1))
        make.employee(self.town, self.unit, title="Vaktmester")
        leader = make.context(make.leader(self.town, self.unit))
        gaps = competence.list_gaps(leader, unit_id=self.unit.id)
        assert all(one.required == one.held + one.expiring + one.missing for one in gaps)
        varme = next(one for one in gaps if one.requirement_code == "VARME")
        assert (varme.required, varme.held, varme.missing) == (2, 1, 1)
        columns = competence.get_unit_matrix(leader, unit_id=self.unit.id).columns
        assert {(c.code, c.required, c.held, c.expiring, c.missing) for c in columns} == {
            (g.requirement_code, g.required, g.held, g.expiring, g.missing) for g in gaps
        }

    def test_shows_hr_the_municipality_and_the_office_the_region(self) -> None:
        make.employee(self.other)
        hr = make.context(make.with_role(self.world, Role.HR, town=self.town))
        places = {one.unit_id for one in competence.list_gaps(hr)}
        assert self.unit.id in places
        assert self.other.units[0].id not in places
        office = make.context(make.office(self.world))
        assert {self.unit.id, self.other.units[0].id} <= {one.unit_id for one in competence.list_gaps(office)}
        of_other = competence.list_gaps(office, tenant_id=self.other.tenant_id)
        assert {one.unit_id for one in of_other} == {self.other.units[0].id}

    def test_shows_employees_contact_persons_and_the_forum_nothing(self) -> None:
        for who in (
            self.who,
            make.with_role(self.world, Role.CONTACT_PERSON, town=self.town),
            make.with_role(self.world, Role.FORUM_MEMBER),
        ):
            assert competence.list_gaps(make.context(who)) == []

    def test_asks_three_queries_however_many_units(self) -> None:
        office = make.context(make.office(self.world))

        def questions() -> int:
            with CaptureQueriesContext(connection) as told:
                competence.list_gaps(office)
            return len([q for q in told.captured_queries if " FROM " in q["sql"]])

        few = questions()
        for _ in range(10):
            made.evidence(make.employee(self.town, make.unit(self.town)), "HLR")
        assert questions() == few == 3


class TestGetOverview:
    def test_sums_the_units_and_tells_hr_what_waits(self) -> None:
        made.register()
        world = make.region()
        town = world.municipalities[0]
        who = make.employee(town)
        made.sync(town, made.register_row(who, "HLR-kurs"), made.register_row(who, "Brannøvelse", row=3))
        hr = make.with_role(world, Role.HR, town=town)
        page = competence.get_overview(make.context(hr))
        assert page.waiting == 2
        assert page.may_confirm
        assert [(one.unit_id, one.people) for one in page.units] == [(town.units[0].id, 2)]
        total = sum(one.missing for one in page.requirements)
        assert total == sum(one.missing for one in page.units) > 0
        leader = competence.get_overview(make.context(make.leader(town)))
        assert (leader.waiting, leader.may_confirm) == (0, False)
