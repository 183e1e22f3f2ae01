from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import PersonPage, State, StatusRow
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make.competence import TODAY


def row(page: PersonPage, code: str) -> StatusRow:
    return next(one for one in page.statuses if one.requirement_code == code)


class TestGetOwnCompetence:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities

    def own(self, who: make.Who) -> PersonPage:
        return competence.get_own_competence(make.context(who))[0]

    def test_tells_what_is_required_by_which_post_and_what_answers(self) -> None:
        who = make.employee(self.town, make.unit(self.town, "Lia sykehjem"), title="Helsefagarbeider")
        number = made.evidence(who, "LEGEMIDDEL")
        page = self.own(who)
        found = row(page, "LEGEMIDDEL")
        assert (found.state, found.evidence_id, found.expires_on) == (State.HELD, number, None)
        assert "Helsefagarbeider" in found.why_required
        assert "Lia sykehjem" in found.why_required
        assert "LEGEMIDDEL" in found.why_state
        assert row(page, "GDPR").state is State.MISSING
        assert {"HMS-LINJE", "BARNEVERN-2031", "ADK1"}.isdisjoint(one.requirement_code for one in page.statuses)

    def test_counts_an_interval_from_completion(self) -> None:
        who = make.employee(self.town)
        made.evidence(who, "GDPR", TODAY - timedelta(days=300))
        found = row(self.own(who), "GDPR")
        assert found.state is State.EXPIRING
        assert found.expires_on == date(2027, 5, 19)
        assert found.days_left == 65
        assert "19.\xa0mai\xa02027" in found.why_state

    def test_says_which_other_requirement_covers(self) -> None:
        who = make.employee(self.town)
        made.evidence(who, "HLR-BARN")
        found = row(self.own(who), "HLR")
        assert found.state is State.HELD
        assert "Førstehjelp for barnehage og skole" in found.why_state

    def test_gives_those_on_leave_a_state_of_their_own(self) -> None:
        who = make.employee(self.town)
        made.on_leave(who, TODAY - timedelta(days=10), TODAY)
        assert {one.state for one in self.own(who).statuses} == {State.ON_LEAVE}
        made.on_leave(who, TODAY - timedelta(days=10), TODAY - timedelta(days=1))
        assert State.ON_LEAVE not in {one.state for one in self.own(who).statuses}

    def test_requires_what_any_of_several_posts_requires_and_keeps_municipalities_apart(self) -> None:
        who = make.employee(self.town, title="Kokk")
        make.employee(self.other, title="Vaktmester", person_id=who.person_id)
        made.evidence(who, "HLR")
        first, second = competence.get_own_competence(make.context(who))
        assert row(first, "MATHYGIENE").state is State.MISSING
        assert row(second, "VARME").state is State.MISSING
        assert row(first, "HLR").state is State.HELD
        assert row(second, "HLR").state is State.MISSING

    def test_asks_six_queries_however_much_there_is(self) -> None:
        who = make.employee(self.town)
        ctx = make.context(who)
        for times in (1, 12):
            for n in range(times):
                made.evidence(who, "HLR", TODAY - timedelta(days=n))
            with CaptureQueriesContext(connection) as told:
                competence.get_own_competence(ctx)
            assert len([q for q in told.captured_queries if " FROM " in q["sql"]]) == 6


class TestGetPersonCompetence:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town)
        self.who = make.employee(self.town, self.unit)
        self.number = made.of(self.who).id

    def test_shows_the_leader_and_lets_them_record(self) -> None:
        page = competence.get_person_competence(
            make.context(make.leader(self.town, self.unit)), employee_id=self.number
        )
        assert page.may_record
        assert page.statuses

    def test_shows_the_person_but_does_not_let_them_record(self) -> None:
        page = competence.get_person_competence(make.context(self.who), employee_id=self.number)
        assert not page.may_record

    def test_shows_a_leader_above(self) -> None:
        top = make.leader(self.town, self.town.root)
        assert competence.get_person_competence(make.context(top), employee_id=self.number).may_record

    def test_refuses_colleagues_other_leaders_and_contact_persons(self) -> None:
        for who in (
            make.employee(self.town, self.unit),
            make.leader(self.town, make.unit(self.town)),
            make.with_role(self.world, Role.CONTACT_PERSON, town=self.town),
        ):
            with pytest.raises(Refused):
                competence.get_person_competence(make.context(who), employee_id=self.number)

    def test_hides_people_from_other_municipalities_and_the_forum(self) -> None:
        for who in (make.leader(self.other), make.with_role(self.world, Role.FORUM_MEMBER)):
            with pytest.raises(NotFound):
                competence.get_person_competence(make.context(who), employee_id=self.number)

    def test_shows_a_leader_only_what_the_posts_they_lead_require(self) -> None:
        two = make.employee(self.town, self.unit, title="Kokk")
        elsewhere = make.unit(self.town)
        from kompetanse.domains.organisation.models import Post
        from kompetanse.foundation.tenancy import tenant_scope

        with tenant_scope(make.system(self.world)):
            Post.objects.create(
                tenant_id=self.town.tenant_id, employee=two.employee, unit=elsewhere, employee_number="x1",
                position_title="Vaktmester", valid_from=date(2021, 1, 1),
            )  # fmt: skip
        ctx = make.context(make.leader(self.town, elsewhere))
        codes = {
            one.requirement_code for one in competence.get_person_competence(ctx, employee_id=made.of(two).id).statuses
        }
        assert "VARME" in codes
        assert "MATHYGIENE" not in codes
