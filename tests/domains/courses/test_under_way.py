"""What somebody is signed up for stands beside the requirement that it will answer."""

from __future__ import annotations

import pytest

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import TargetInput
from kompetanse.domains.courses import api as courses
from tests import make
from tests.make import competence as made_competence
from tests.make import courses as made
from tests.make import orders as made_orders

from .test_pages import client, in_the_tests_year, text

__all__ = ["in_the_tests_year"]


class Case:
    def __init__(self) -> None:
        self.region = make.region(municipalities=2)
        self.chief, (self.kari, self.ola, *_) = made.team(self.region.municipalities[0])
        self.code = made_competence.requirement(self.region, targets=(TargetInput("position", "Helsefagarbeider"),))
        self.run_id = made.run(
            self.region, measure_id=made_orders.plan(self.region, requirement=self.code), seats=1, title="Kurs på vei"
        )

    def standing(self, who: make.Who) -> list[tuple[str, str]]:
        return [(row.requirement_code, row.standing) for row in competence.list_under_way(make.context(who))]


class TestUnderWay:
    def test_follows_the_sign_up(self) -> None:
        case = Case()
        assert case.standing(case.kari) == []
        signup = made.signup(case.run_id, case.kari)
        assert case.standing(case.kari) == [(case.code, "Påmeldt, venter på godkjenning")]
        courses.approve_signup(make.context(case.chief), signup_id=signup)
        assert case.standing(case.kari) == [(case.code, "Påmeldt, har plass")]
        made.seat(case.run_id, case.chief, case.ola)
        assert case.standing(case.ola) == [(case.code, "Påmeldt, står på venteliste")]
        courses.withdraw(make.context(case.kari), signup_id=signup)
        assert case.standing(case.kari) == []
        assert case.standing(case.ola) == [(case.code, "Påmeldt, har plass")]

    def test_is_seen_by_the_one_who_leads_and_by_no_other_leader(self) -> None:
        case = Case()
        made.signup(case.run_id, case.kari)
        assert case.kari.employee is not None
        who = case.kari.employee.pk
        other, _ = made.team(case.region.municipalities[1])
        assert len(competence.list_under_way(make.context(case.chief), employee_id=who)) == 1
        assert competence.list_under_way(make.context(other), employee_id=who) == ()

    @pytest.mark.parametrize("reader", ["kari", "chief"])
    def test_is_told_on_the_pages(self, reader: str) -> None:
        case = Case()
        assert case.kari.employee is not None
        where = ("competence.own",) if reader == "kari" else ("competence.person", case.kari.employee.pk)
        web = client(getattr(case, reader))
        assert "Underveis" not in text(web, *where)
        made.signup(case.run_id, case.kari)
        page = text(web, *where)
        assert "Kurs på vei" in page
        assert "Underveis" in page
        assert "venter på godkjenning" in page
