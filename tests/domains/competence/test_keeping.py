"""What is kept ready follows the day, and the register."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Clock
from kompetanse.domains.competence.queries.kept import statuses_of, sums_by_unit
from kompetanse.domains.competence.types import State
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import Refused
from tests import make
from tests.make import competence as made
from tests.make.organisation import NOW


class TestBringUpToDate:
    @pytest.fixture(autouse=True)
    def somebody_with_a_certificate(self) -> None:
        made.register()
        self.region = make.region()
        self.town = self.region.municipalities[0]
        self.who = make.employee(self.town, title="Elektriker")
        made.evidence(self.who, "FSE", date(2027, 3, 1))  # twelve months

    def at(self, day: date) -> Context:
        return system_context("test", {self.town.tenant_id}, NOW + (day - NOW.date()))

    def state(self, ctx: Context) -> State:
        with tenant_scope(ctx):
            found = {one.requirement_id: one for one in statuses_of(ctx.tenants, [made.of(self.who).id], ctx.today)}
            key = competence.find_requirement("FSE").id
            sums = sums_by_unit(ctx.tenants, ctx.today)[made.of_post(self.who).unit_id][key]
        counts = {State.HELD: sums.held, State.EXPIRING: sums.expiring, State.EXPIRED: sums.expired}
        assert counts[found[key].state] == 1 == sum(counts.values())
        return found[key].state

    def test_reads_right_before_and_after_it_has_run(self) -> None:
        for day, state in (
            (date(2027, 11, 30), State.HELD),
            (date(2027, 12, 2), State.EXPIRING),
            (date(2028, 3, 1), State.EXPIRING),
            (date(2028, 3, 2), State.EXPIRED),
        ):
            ctx = self.at(day)
            assert self.state(ctx) is state
            competence.bring_up_to_date(ctx, tenant_id=self.town.tenant_id)
            assert self.state(ctx) is state

    def test_reads_right_for_a_day_before_the_one_it_has_run_for(self) -> None:
        competence.bring_up_to_date(self.at(date(2028, 3, 2)), tenant_id=self.town.tenant_id)
        assert self.state(self.at(date(2027, 12, 2))) is State.EXPIRING

    def test_has_nothing_to_do_the_second_time(self) -> None:
        ctx = self.at(date(2028, 3, 2))
        assert competence.bring_up_to_date(ctx, tenant_id=self.town.tenant_id) == 1
        assert competence.bring_up_to_date(ctx, tenant_id=self.town.tenant_id) == 0
        with tenant_scope(ctx):
            assert Clock.objects.get().turns_on > ctx.today

    def test_reckons_everybody_anew_when_the_register_has_changed(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE competence_requirementversion SET note = note WHERE id < 0")
        assert self.state(self.at(NOW.date() + timedelta(days=1))) is State.HELD
        assert competence.bring_up_to_date(self.at(NOW.date()), tenant_id=self.town.tenant_id) == 1
        assert competence.bring_up_to_date(self.at(NOW.date()), tenant_id=self.town.tenant_id) == 0

    def test_is_for_the_system_alone(self) -> None:
        ctx = make.context(make.with_role(self.region, Role.SYSTEM_ADMINISTRATOR))
        with pytest.raises(Refused):
            competence.bring_up_to_date(ctx, tenant_id=self.town.tenant_id)
