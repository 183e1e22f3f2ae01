from __future__ import annotations

from datetime import timedelta

import pytest

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Duty
from kompetanse.domains.competence.types.ledger import (
    DutyHasEnded,
    DutyOverlaps,
    EndsBeforeStart,
    NoPostThere,
    UnknownDuty,
)
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
        self.who = make.employee(self.town, self.unit)
        self.leader = make.leader(self.town, self.unit)

    def give(self, who: make.Who, name: str = "verneombud", **changes: object) -> int:
        told = {"employee_id": made.of(self.who).id, "unit_id": self.unit.id, "valid_from": TODAY}
        return competence.give_duty(make.context(who), name=name, **{**told, **changes})  # type: ignore[arg-type]

    def required(self, days: int = 0) -> set[str]:
        ctx = make.context(self.leader, NOW + timedelta(days=days))
        page = competence.get_person_competence(ctx, employee_id=made.of(self.who).id)
        return {row.requirement_code for row in page.statuses}

    def rows(self) -> int:
        with tenant_scope(make.system(self.world)):
            return Duty.objects.count()


class TestGiveDuty(World):
    def test_brings_its_requirements_on_the_first_day(self) -> None:
        assert "VERNEOMBUD" not in self.required()
        self.give(self.leader, valid_from=TODAY + timedelta(days=3))
        assert "VERNEOMBUD" not in self.required(2)
        assert "VERNEOMBUD" in self.required(3)
        self.give(self.leader, "bruker av risikofylt utstyr")
        page = competence.get_person_competence(make.context(self.who), employee_id=made.of(self.who).id)
        found = next(row for row in page.statuses if row.requirement_code == "UTSTYR-DOK")
        assert found.why_required == "Gjelder rollen bruker av risikofylt utstyr."
        assert [row.name for row in page.duties] == ["bruker av risikofylt utstyr", "verneombud"]
        assert [row.name for row in competence.get_unit_matrix(make.context(self.leader), unit_id=self.unit.id).duties]

    def test_offers_the_duties_of_the_register_and_no_others(self) -> None:
        names = competence.list_duty_names(make.context(self.leader), tenant_id=self.town.tenant_id)
        assert {"verneombud", "AMU-medlem", "bruker av risikofylt utstyr"} <= set(names)
        assert "kommunen" not in names
        with pytest.raises(UnknownDuty):
            self.give(self.leader, "kaffeansvarlig")
        assert self.rows() == 0

    def test_lets_the_leader_hr_and_the_office_and_no_others(self) -> None:
        elsewhere = make.leader(self.town, make.unit(self.town))
        colleague = make.employee(self.town, self.unit)
        for who, error in (
            (self.who, Refused), (colleague, Refused), (elsewhere, Refused), (make.leader(self.other), NotFound)
        ):  # fmt: skip
            with pytest.raises(error):
                self.give(who)
        assert self.rows() == 0
        self.give(make.with_role(self.world, Role.HR, town=self.town))
        self.give(make.office(self.world), "AMU-medlem")

    def test_refuses_what_cannot_be(self) -> None:
        with pytest.raises(EndsBeforeStart):
            self.give(self.leader, valid_to=TODAY - timedelta(days=1))
        with pytest.raises(NoPostThere):
            self.give(make.office(self.world), unit_id=make.unit(self.town).id)
        assert self.rows() == 0
        self.give(self.leader)
        with pytest.raises(DutyOverlaps):
            self.give(self.leader, "Verneombud", valid_from=TODAY + timedelta(days=9))
        assert self.rows() == 1


class TestEndDuty(World):
    def test_lasts_the_last_day_out_and_what_was_known_stands(self) -> None:
        number = self.give(self.leader, valid_from=TODAY - timedelta(days=40))
        later = make.context(self.leader, NOW + timedelta(days=1))
        competence.end_duty(later, duty_id=number, last_day=TODAY + timedelta(days=2))
        assert "VERNEOMBUD" in self.required(2)
        assert "VERNEOMBUD" not in self.required(3)
        with tenant_scope(make.system(self.world)):
            old = Duty.objects.get(pk=number)
        assert old.valid_to is None
        assert old.withdrawn_at == later.now

    def test_never_was_where_it_ends_before_it_began(self) -> None:
        number = self.give(self.leader)
        ctx = make.context(self.leader)
        assert competence.end_duty(ctx, duty_id=number, last_day=TODAY - timedelta(days=1)) is None
        assert "VERNEOMBUD" not in self.required()
        with pytest.raises(DutyHasEnded):
            competence.end_duty(ctx, duty_id=number, last_day=TODAY)

    def test_refuses_others(self) -> None:
        number = self.give(self.leader)
        elsewhere = make.leader(self.town, make.unit(self.town))
        for who, error in ((self.who, Refused), (elsewhere, Refused), (make.leader(self.other), NotFound)):
            with pytest.raises(error):
                competence.end_duty(make.context(who), duty_id=number, last_day=TODAY)
        assert "VERNEOMBUD" in self.required()
        assert competence.list_duties(make.context(elsewhere)) == []
        assert [row.id for row in competence.list_duties(make.context(self.who))] == [number]
