from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.types import EvidenceInFuture, EvidenceSource, State
from kompetanse.domains.competence.types.ledger import NobodyChosen, NotRequiredThere
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make.competence import TODAY


class World:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town, "Lia sykehjem")
        self.people = [make.employee(self.town, self.unit) for _ in range(3)]
        self.leader = make.leader(self.town, self.unit)
        self.requirement = competence.find_requirement("LEGEMIDDEL").id

    def sign(self, ctx: Context, *who: make.Who, requirement: int = 0, days: int = 0) -> int:
        return competence.sign_off(
            ctx, unit_id=self.unit.id, requirement_id=requirement or self.requirement,
            employee_ids=[made.of(one).id for one in who], completed_on=TODAY + timedelta(days=days),
        )  # fmt: skip

    def rows(self) -> int:
        with tenant_scope(make.system(self.world)):
            return Evidence.objects.count()


class TestSignOff(World):
    def test_writes_one_row_for_each_and_a_deed(self) -> None:
        ctx = make.context(self.leader)
        assert self.sign(ctx, *self.people[:2]) == 2
        page = competence.get_sign_off(ctx, unit_id=self.unit.id, requirement_id=self.requirement)
        states = {row.employee_id: row.state for row in page.rows}
        assert [states[made.of(who).id] for who in self.people] == [State.HELD, State.HELD, State.MISSING]
        with tenant_scope(ctx):
            assert set(Evidence.objects.values_list("source", flat=True)) == {EvidenceSource.MANAGER}
            assert Deed.objects.filter(event="EvidenceRecorded", tenant_id=self.town.tenant_id).count() == 2

    def test_writes_nothing_more_when_told_again(self) -> None:
        ctx = make.context(self.leader)
        self.sign(ctx, self.people[0])
        assert self.sign(ctx, *self.people[:2]) == 1
        assert self.rows() == 2

    def test_refuses_oneself_whatever_the_role(self) -> None:
        gdpr = competence.find_requirement("GDPR").id
        with pytest.raises(Refused, match="egen praksis"):
            self.sign(make.context(self.leader), self.people[0], self.leader, requirement=gdpr)
        hr = make.with_role(self.world, Role.HR, town=self.town)
        with pytest.raises(Refused, match="egen praksis"):
            competence.sign_off(
                make.context(hr), unit_id=made.of_post(hr).unit_id, requirement_id=gdpr,
                employee_ids=[made.of(hr).id], completed_on=TODAY,
            )  # fmt: skip
        assert self.rows() == 0

    def test_refuses_others_strangers_and_what_cannot_be(self) -> None:
        elsewhere = make.leader(self.town, make.unit(self.town))
        for who, error in (
            (self.people[0], Refused), (elsewhere, Refused), (make.leader(self.other), NotFound)
        ):  # fmt: skip
            with pytest.raises(error):
                self.sign(make.context(who), self.people[1])
        ctx = make.context(self.leader)
        with pytest.raises(NotFound):
            self.sign(ctx, self.people[0], make.employee(self.other))
        with pytest.raises(Refused):
            self.sign(ctx, self.people[0], elsewhere)
        with pytest.raises(NobodyChosen):
            self.sign(ctx)
        with pytest.raises(EvidenceInFuture):
            self.sign(ctx, self.people[0], days=1)
        with pytest.raises(NotRequiredThere):
            self.sign(ctx, self.people[0], requirement=competence.find_requirement("VARME").id)
        assert self.rows() == 0

    def test_lets_hr_and_the_office(self) -> None:
        self.sign(make.context(make.with_role(self.world, Role.HR, town=self.town)), self.people[0])
        self.sign(make.context(make.office(self.world)), self.people[1])
        assert self.rows() == 2

    def test_asks_as_much_for_two_people_as_for_twenty(self) -> None:
        ctx = make.context(self.leader)

        def questions() -> int:
            with CaptureQueriesContext(connection) as told:
                competence.get_sign_off(ctx, unit_id=self.unit.id, requirement_id=self.requirement)
            return len(told.captured_queries)

        few = questions()
        for _ in range(18):
            make.employee(self.town, self.unit)
        assert questions() == few
