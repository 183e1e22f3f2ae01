"""What an inspection and a chief executive ask for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import EvidenceInput, EvidenceSource, State, StatutoryReport
from kompetanse.domains.organisation.models import Employee, Post
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make.organisation import NOW, Who


def at(ctx: Context, day: date) -> Context:
    return ctx.at(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Oslo")))


class Place:
    @pytest.fixture(autouse=True)
    def a_municipality_with_an_electrician(self) -> None:
        made.register()
        self.region = make.region(municipalities=2)
        self.town = self.region.municipalities[0]
        self.unit = make.unit(self.town, "Teknisk drift", sector="Teknisk")
        self.who = make.employee(self.town, self.unit, title="Elektriker")
        self.hr = make.context(make.with_role(self.region, Role.HR, town=self.town))

    def report(self, ctx: Context | None = None, **asked: object) -> StatutoryReport:
        return competence.get_statutory_report(ctx or self.hr, tenant_id=self.town.tenant_id, **asked)  # type: ignore[arg-type]

    def fse(self, report: StatutoryReport) -> tuple[int, int, int, int]:
        row = next(row for row in report.rows if row.requirement.code == "FSE")
        return row.held, row.expiring, row.expired, row.missing


class TestGetStatutoryReport(Place):
    def test_tells_who_lacks_what_and_counts_each_person_once(self) -> None:
        report = self.report()
        assert self.fse(report) == (0, 0, 0, 1)
        row = next(row for row in report.rows if row.requirement.code == "FSE")
        assert [(one.employee_id, one.state) for one in row.lacking] == [(made.of(self.who).id, State.MISSING)]
        assert row.requirement.reference == "FSE"

    def test_answers_for_a_past_day_as_known_then_and_as_known_now(self) -> None:
        told = EvidenceInput(
            self.town.tenant_id, made.of(self.who).id, "FSE", "FSE", date(2027, 3, 10), EvidenceSource.MANAGER
        )
        later = system_context("test", {self.town.tenant_id}, NOW + timedelta(days=5))
        competence.record_evidence(later, told)  # done on 10 March, told on 20 March
        hr, day = self.hr.at(later.now), NOW.date()
        assert self.fse(self.report(hr, day=day)) == (1, 0, 0, 0)
        assert self.fse(self.report(hr, day=day, as_known_then=True)) == (0, 0, 0, 1)
        assert self.fse(self.report(hr, day=date(2027, 3, 20), as_known_then=True)) == (1, 0, 0, 0)
        assert self.fse(self.report(hr, day=date(2027, 3, 9))) == (0, 0, 0, 1)

    def test_never_looks_ahead(self) -> None:
        assert self.report(day=date(2099, 1, 1)).day == NOW.date()

    def test_keeps_to_the_unit_and_those_below(self) -> None:
        elsewhere = make.unit(self.town, "Et annet sted")
        below = make.unit(self.town, "Verksted", parent=self.unit)
        make.employee(self.town, below, title="Elektriker")
        assert self.fse(self.report(unit_id=self.unit.id))[3] == 2
        assert not [row for row in self.report(unit_id=elsewhere.id).rows if row.requirement.code == "FSE"]

    def test_leaves_out_what_is_no_law_unless_asked(self) -> None:
        codes = {row.requirement.code for row in self.report().rows}
        assert "FSE" in codes
        assert "GDPR" not in codes
        assert "GDPR" in {row.requirement.code for row in self.report(only_law=False).rows}

    def test_gives_the_chief_executive_numbers_without_names(self) -> None:
        chief = make.context(make.with_role(self.region, Role.CHIEF_EXECUTIVE, town=self.town))
        report = self.report(chief)
        assert self.fse(report) == (0, 0, 0, 1)
        assert not report.named
        assert not any(row.lacking for row in report.rows)

    def test_refuses_a_leader_and_hides_the_neighbour(self) -> None:
        with pytest.raises(Refused):
            self.report(make.context(make.leader(self.town, self.unit)))
        neighbour = make.with_role(self.region, Role.HR, town=self.region.municipalities[1])
        with pytest.raises(NotFound):
            self.report(make.context(neighbour))


class TestGetForecast(Place):
    def row(self, months: int = 12) -> tuple[int, ...]:
        found = competence.get_forecast(self.hr, tenant_id=self.town.tenant_id, months=months)
        row = next(row for row in found.rows if row.requirement.code == "FSE")
        return row.covered_now, row.covered_then, row.running_out, row.leaving, row.on_leave, row.past_67

    def change(self, who: Who, **values: object) -> None:
        with tenant_scope(system_context("test", {self.town.tenant_id}, NOW)):
            Post.objects.filter(pk=made.of_post(who).pk).update(**values)

    def test_tells_what_runs_out(self) -> None:
        made.evidence(self.who, "FSE", date(2027, 3, 1))
        assert self.row() == (1, 0, 1, 0, 0, 0)

    def test_tells_who_leaves_and_who_is_away(self) -> None:
        made.evidence(self.who, "FSE", date(2027, 3, 1))
        leaving = make.employee(self.town, self.unit, title="Elektriker")
        made.evidence(leaving, "FSE", date(2027, 3, 1))
        self.change(leaving, valid_to=date(2027, 9, 1))
        self.change(self.who, leave_from=date(2027, 12, 1), leave_to=date(2028, 6, 1))
        assert self.row() == (2, 0, 0, 1, 1, 0)

    def test_counts_age_where_the_year_of_birth_is_known(self) -> None:
        who = make.employee(self.town, self.unit, title="Sykepleier")
        made.evidence(who, "AUTORISASJON", date(2020, 1, 1))
        with tenant_scope(system_context("test", {self.town.tenant_id}, NOW)):
            Employee.objects.filter(pk=made.of(who).pk).update(birth_year=1961)
        found = competence.get_forecast(self.hr, tenant_id=self.town.tenant_id, months=12)
        row = next(row for row in found.rows if row.requirement.code == "AUTORISASJON")
        assert (row.covered_then, row.past_67, row.past_62) == (1, 1, 0)

    def test_knows_a_rule_that_has_not_begun(self) -> None:
        make.employee(self.town, self.unit, title="Barnevernsleder")
        later = at(self.hr, date(2028, 6, 1))
        found = competence.get_forecast(later, tenant_id=self.town.tenant_id, months=36)
        row = next(row for row in found.rows if row.requirement.code == "BARNEVERN-2031")
        assert (row.required_now, row.required_then) == (0, 1)
        assert found.day - later.today > timedelta(days=1000)
