from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import State
from kompetanse.domains.competence.types.ledger import DayIsAhead
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make.competence import TODAY
from tests.make.organisation import NOW


class World:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town, "Lia sykehjem")
        self.who = make.employee(self.town, self.unit, title="Maskinfører")
        self.leader = make.leader(self.town, self.unit)
        self.employee_id = made.of(self.who).id


class TestGetStatusDetail(World):
    def detail(self, who: make.Who, code: str = "YSK", employee_id: int = 0) -> list[str]:
        requirement_id = competence.find_requirement(code).id
        found = competence.get_status_detail(
            make.context(who), employee_id=employee_id or self.employee_id, requirement_id=requirement_id
        )
        return [*found.sentences, *(f"{row.when}: {row.day} → {row.last_day}" for row in found.renewals)]

    def test_tells_the_next_days_in_words(self) -> None:
        made.evidence(self.who, "YSK", date(2022, 5, 10))
        assert self.detail(self.who) == self.detail(self.leader)
        lines = [line.replace("\xa0", " ") for line in self.detail(self.who)]
        assert lines == [
            "Siste dag er 10. mai 2027.",
            "Fornyet fra 10. november 2026 og til siste dag, regnes den nye perioden fra den gamle fristen.",
            "Fornyet tidligere eller senere, regnes den nye perioden fra dagen det blir fullført.",
            "I dag: 2027-03-15 → 2032-05-10",
            "Siste dag: 2027-05-10 → 2032-05-10",
            "Når det er gått ut: 2027-05-11 → 2032-05-11",
        ]

    def test_says_that_nothing_counts_yet(self) -> None:
        made.claim(self.who, "GDPR")
        assert self.detail(self.who, "GDPR") == [
            "Det er ikke registrert noe bevis som teller, så det er ingen frist ennå.",
            "I dag: 2027-03-15 → 2028-03-15",
        ]

    def test_needs_no_renewal_where_nothing_runs_out(self) -> None:
        made.evidence(self.who, "HLR")
        assert self.detail(self.who, "HLR") == ["Beviset går ikke ut, så det trenger ikke fornyes."]

    def test_refuses_others_and_hides_what_is_not_required(self) -> None:
        elsewhere = make.leader(self.town, make.unit(self.town))
        for who, error in (
            (elsewhere, Refused), (make.employee(self.town, self.unit), Refused), (make.leader(self.other), NotFound)
        ):  # fmt: skip
            with pytest.raises(error):
                self.detail(who)
        with pytest.raises(NotFound):
            self.detail(self.who, "VARME")


class TestGetStatusAsOf(World):
    def test_tells_it_twice_where_something_became_known_later(self) -> None:
        day = TODAY - timedelta(days=10)
        made.evidence(self.who, "YSK", day - timedelta(days=30))  # completed before, told today
        later = make.context(self.who, NOW + timedelta(days=2))
        page = competence.get_status_as_of(later, employee_id=self.employee_id, day=TODAY, known=TODAY)
        row = next(one for one in page.rows if one.requirement_name.startswith("Yrkessjåfør"))
        assert (row.then, row.now, row.differs) == (State.HELD, State.HELD, False)
        assert row.unit_name == "Lia sykehjem"

    def test_does_not_know_then_what_was_corrected_afterwards(self) -> None:
        number = made.evidence(self.who, "YSK", TODAY - timedelta(days=30))
        later = make.context(self.leader, NOW + timedelta(days=2))
        competence.correct_evidence(later, evidence_id=number, why="Feil person.", void=True)
        ctx = make.context(self.who, NOW + timedelta(days=3))
        page = competence.get_status_as_of(ctx, employee_id=self.employee_id, day=TODAY)
        row = next(one for one in page.rows if one.requirement_name.startswith("Yrkessjåfør"))
        assert (row.then, row.now, row.differs) == (State.HELD, State.MISSING, True)

    def test_reckons_one_person_as_everybody(self) -> None:
        colleague = make.employee(self.town, self.unit)
        for who in (self.who, colleague):
            made.evidence(who, "GDPR", TODAY - timedelta(days=400))
            made.claim(who, "HLR")
            made.duty(who)
        made.dispensation(self.who, "GDPR")
        known = NOW + timedelta(hours=1)
        town = self.town.tenant_id
        with tenant_scope(make.context(self.who)), connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM competence_status_known(%s, %s, %s) WHERE employee_id = %s ORDER BY 2, 3",
                [town, TODAY, known, self.employee_id],
            )
            everybody = cursor.fetchall()
            cursor.execute(
                "SELECT * FROM competence_status_known_of_people(%s, %s, %s, %s) ORDER BY 2, 3",
                [town, [self.employee_id], TODAY, known],
            )
            assert cursor.fetchall() == everybody != []

    def test_is_for_the_person_hr_and_the_office(self) -> None:
        for who in (self.who, make.with_role(self.world, Role.HR, town=self.town), make.office(self.world)):
            competence.get_status_as_of(make.context(who), employee_id=self.employee_id, day=TODAY)
        colleague = make.employee(self.town, self.unit)
        for who, error in ((self.leader, Refused), (colleague, Refused), (make.leader(self.other), NotFound)):
            with pytest.raises(error):
                competence.get_status_as_of(make.context(who), employee_id=self.employee_id, day=TODAY)

    def test_refuses_a_day_that_has_not_come(self) -> None:
        with pytest.raises(DayIsAhead):
            competence.get_status_as_of(
                make.context(self.who), employee_id=self.employee_id, day=TODAY + timedelta(days=1)
            )


class TestListLeaveWarnings(World):
    def warned(self, days: int, until: int | None, **asked: int) -> list[str]:
        end = TODAY + timedelta(days=until) if until is not None else None
        made.on_leave(self.who, TODAY + timedelta(days=days), end)
        found = competence.list_leave_warnings(make.context(self.leader), **asked)  # type: ignore[arg-type]
        return [row.requirement_name for row in found]

    def test_warns_of_what_runs_out_during_a_leave_that_starts_soon(self) -> None:
        made.evidence(self.who, "GDPR", TODAY - timedelta(days=165))  # to 200 days ahead
        assert self.warned(60, 300) == ["Opplæring i personvern og informasjonssikkerhet"]
        assert self.warned(60, None) == ["Opplæring i personvern og informasjonssikkerhet"]
        assert self.warned(60, 150) == []  # over before it runs out
        assert self.warned(91, 300) == []  # still far ahead
        assert self.warned(0, 300) == []  # has begun: on leave
        assert self.warned(60, 300, unit_id=self.unit.id)
        page = competence.get_unit_matrix(make.context(self.leader), unit_id=self.unit.id)
        assert [row.employee_id for row in page.leave] == [self.employee_id]

    def test_tells_the_person_and_nobody_else(self) -> None:
        made.evidence(self.who, "GDPR", TODAY - timedelta(days=165))
        made.on_leave(self.who, TODAY + timedelta(days=60), None)
        ctx = make.context(self.who)
        assert len(competence.get_own_competence(ctx)[0].leave) == 1
        assert len(competence.list_leave_warnings(ctx, own=True)) == 1
        assert competence.list_leave_warnings(ctx) == []
        assert competence.list_leave_warnings(make.context(make.leader(self.town, make.unit(self.town)))) == []

    def test_is_quiet_where_another_post_there_goes_on(self) -> None:
        made.evidence(self.who, "GDPR", TODAY - timedelta(days=165))
        made.another_post(self.who, self.unit, "Vaktmester")
        assert self.warned(60, 300) == []


class TestTwoMunicipalities(World):
    def test_shows_each_leader_their_own_and_no_more(self) -> None:
        """One person, a post in each of two municipalities: what is known in one is not told in the other."""
        there = make.employee(self.other, title="Vaktmester", person_id=self.who.person_id)
        number = made.evidence(there, "VARME")
        made.claim(there, "HLR")
        made.dispensation(there, "GDPR")
        made.duty(there)
        ctx = make.context(self.leader)
        page = competence.get_person_competence(ctx, employee_id=self.employee_id)
        assert (page.evidence, page.dispensations, page.duties) == ((), (), ())
        assert "VARME" not in {row.requirement_code for row in page.statuses}
        assert competence.list_claims(ctx) == []
        with pytest.raises(NotFound):
            competence.get_evidence(ctx, number)
        with pytest.raises(NotFound):
            competence.get_person_competence(ctx, employee_id=made.of(there).id)
        with pytest.raises(NotFound):
            competence.get_status_as_of(ctx, employee_id=made.of(there).id, day=TODAY)
        both = competence.get_own_competence(make.context(self.who))
        assert [len(one.evidence) for one in both] == [0, 2]
