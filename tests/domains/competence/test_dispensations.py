from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Dispensation
from kompetanse.domains.competence.types import State
from kompetanse.domains.competence.types.ledger import (
    DispensationIsTooLong,
    DispensationIsWithdrawn,
    DispensationOverlaps,
    EndsBeforeStart,
    NeedsReason,
    NoPostThere,
    NotRequiredThere,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make.competence import TODAY


class World:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town, "Lia barnehage")
        self.who = make.employee(self.town, self.unit, title="Styrer")
        self.leader = make.leader(self.town, self.unit)
        self.hr = make.with_role(self.world, Role.HR, town=self.town)

    def give(self, ctx: Context, who: make.Who | None = None, **changes: Any) -> int:
        told: dict[str, Any] = {
            "employee_id": made.of(who or self.who).id,
            "unit_id": self.unit.id,
            "requirement_code": "STYRER",
            "decided_by": "Kommunedirektøren",
            "case_reference": "26/1234",
            "why": "Ingen kvalifiserte søkere.",
            "valid_from": TODAY,
            "valid_to": date(2028, 3, 14),
        }
        return competence.give_dispensation(ctx, **{**told, **changes})

    def state(self, code: str = "STYRER") -> State:
        page = competence.get_person_competence(make.context(self.hr), employee_id=made.of(self.who).id)
        return next(row.state for row in page.statuses if row.requirement_code == code)

    def rows(self) -> int:
        with tenant_scope(make.system(self.world)):
            return Dispensation.objects.count()


class TestGiveDispensation(World):
    def test_lets_somebody_work_without_and_never_counts_as_competence(self) -> None:
        assert self.state() is State.MISSING
        number = self.give(make.context(self.hr))
        assert self.state() is State.DISPENSED
        row = competence.get_dispensation(make.context(self.hr), dispensation_id=number)
        assert (row.position_title, row.unit_name, row.case_reference) == ("Styrer", "Lia barnehage", "26/1234")
        gaps = competence.list_gaps(make.context(self.leader), unit_id=self.unit.id)
        gap = next(one for one in gaps if one.requirement_code == "STYRER")
        assert (gap.held, gap.missing, gap.dispensed) == (0, 0, 1)
        with tenant_scope(make.system(self.world)):
            assert Deed.objects.filter(event="DispensationGiven", details__dispensation_id=number).count() == 1

    def test_lets_the_office_but_not_the_leader_the_person_or_strangers(self) -> None:
        self.give(make.context(make.office(self.world)))
        elsewhere = make.leader(self.town, make.unit(self.town))
        for who, error in (
            (self.leader, Refused), (self.who, Refused), (elsewhere, Refused), (make.leader(self.other), NotFound),
            (make.with_role(self.world, Role.HR, town=self.other), NotFound),
        ):  # fmt: skip
            with pytest.raises(error):
                self.give(make.context(who), requirement_code="HLR")
        assert self.rows() == 1

    def test_lets_nobody_give_themself_one(self) -> None:
        with pytest.raises(Refused, match="deg selv"):
            self.give(make.context(self.hr), self.hr, requirement_code="HLR", unit_id=made.of_post(self.hr).unit_id)
        assert self.rows() == 0

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"valid_to": date(2028, 3, 15)}, DispensationIsTooLong),
            ({"valid_to": TODAY - timedelta(days=1)}, EndsBeforeStart),
            ({"requirement_code": "VARME"}, NotRequiredThere),
            ({"requirement_code": "PEDNORM"}, NotRequiredThere),
            ({"why": "  "}, NeedsReason),
            ({"decided_by": ""}, NeedsReason),
        ],
    )
    def test_refuses_what_cannot_be(self, change: dict[str, Any], error: type[DomainError]) -> None:
        with pytest.raises(error):
            self.give(make.context(self.hr), **change)
        assert self.rows() == 0

    def test_says_how_long_it_may_last(self) -> None:
        with pytest.raises(DispensationIsTooLong) as refused:
            self.give(make.context(self.hr), valid_to=date(2029, 1, 1))
        assert "høyst 12 måneder" in refused.value.text()
        assert "14.03.2028" in refused.value.text()
        self.give(make.context(self.hr), requirement_code="HLR", valid_to=date(2030, 1, 1))

    def test_refuses_a_place_where_the_person_does_not_work(self) -> None:
        with pytest.raises(NoPostThere):
            self.give(make.context(self.hr), unit_id=make.unit(self.town).id)
        assert self.rows() == 0

    def test_refuses_days_that_are_given_already_until_it_is_withdrawn(self) -> None:
        ctx = make.context(self.hr)
        first = self.give(ctx)
        with pytest.raises(DispensationOverlaps):
            self.give(ctx, valid_from=date(2028, 3, 14), valid_to=date(2028, 6, 1))
        assert self.rows() == 1
        self.give(ctx, valid_from=date(2028, 3, 15), valid_to=date(2028, 6, 1))
        competence.withdraw_dispensation(ctx, dispensation_id=first, why="Fullførte utdanningen.")
        self.give(ctx, valid_to=date(2027, 4, 1))


class TestWithdrawDispensation(World):
    def test_counts_for_nothing_from_that_moment_and_says_why(self) -> None:
        number = self.give(make.context(self.hr))
        competence.withdraw_dispensation(make.context(self.hr), dispensation_id=number, why="Sluttet i stillingen.")
        assert self.state() is State.MISSING
        row = competence.get_dispensation(make.context(self.who), dispensation_id=number)
        assert row.withdrawn_why == "Sluttet i stillingen."
        assert not row.may_withdraw

    def test_refuses_without_a_reason_a_second_time_and_others(self) -> None:
        ctx = make.context(self.hr)
        number = self.give(ctx)
        with pytest.raises(NeedsReason):
            competence.withdraw_dispensation(ctx, dispensation_id=number, why=" ")
        for who, error in ((self.leader, Refused), (self.who, Refused), (make.leader(self.other), NotFound)):
            with pytest.raises(error):
                competence.withdraw_dispensation(make.context(who), dispensation_id=number, why="Nei.")
        assert self.state() is State.DISPENSED
        competence.withdraw_dispensation(ctx, dispensation_id=number, why="Ja.")
        with pytest.raises(DispensationIsWithdrawn):
            competence.withdraw_dispensation(ctx, dispensation_id=number, why="Ja igjen.")


class TestListDispensations(World):
    def test_shows_those_of_ones_own_and_the_first_to_run_out_first(self) -> None:
        made.dispensation(self.who, "HLR", valid_to=TODAY + timedelta(days=200))
        made.dispensation(self.who, "GDPR", valid_to=TODAY + timedelta(days=30))
        elsewhere = make.employee(self.town, make.unit(self.town))
        made.dispensation(elsewhere, "HLR")
        made.dispensation(make.employee(self.other), "HLR")
        leads = competence.list_dispensations(make.context(self.leader))
        assert [row.requirement_code for row in leads] == ["GDPR", "HLR"]
        soon = competence.list_dispensations(make.context(self.leader), within_days=90)
        assert [row.requirement_code for row in soon] == ["GDPR"]
        assert len(competence.list_dispensations(make.context(self.hr))) == 3
        assert len(competence.list_dispensations(make.context(make.office(self.world)))) == 4
        assert competence.list_dispensations(make.context(elsewhere))[0].employee_id == made.of(elsewhere).id
        assert competence.list_dispensations(make.context(make.employee(self.town, self.unit))) == []

    def test_keeps_those_that_are_over_for_who_asks(self) -> None:
        made.dispensation(self.who, "HLR", TODAY - timedelta(days=50), TODAY - timedelta(days=1))
        ctx = make.context(self.hr)
        assert competence.list_dispensations(ctx) == []
        assert len(competence.list_dispensations(ctx, standing=False)) == 1

    def test_asks_one_query_for_one_and_for_twenty(self) -> None:
        ctx = make.context(self.hr)
        for times in (1, 19):
            for _ in range(times):
                made.dispensation(make.employee(self.town, self.unit), "HLR")
            with tenant_scope(ctx), CaptureQueriesContext(connection) as told:
                competence.list_dispensations(ctx)
            assert len(told.captured_queries) == 1
