from __future__ import annotations

from datetime import date, timedelta

import pytest

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.assessments.types import (
    AlreadyCritical,
    PeriodIsBackwards,
    RangeIsBackwards,
    ReasonIsMissing,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import assessments as made

TODAY = date(2027, 3, 15)


class TestCritical:
    def mark(self, ctx: Context, tenant_id: int, *, start: date = TODAY, end: date | None = None) -> int:
        return assessments.mark_critical(
            ctx, tenant_id=tenant_id, requirement_id=made.requirement(), reason="Feil kan ta liv.",
            valid_from=start, valid_to=end,
        )  # fmt: skip

    def test_by_hr_in_ones_own_municipality_and_by_the_office_for_all(self) -> None:
        region = make.region(municipalities=2)
        here, near = region.municipalities
        hr = make.context(make.with_role(region, Role.HR, town=here))
        office = make.context(make.office(region))
        self.mark(hr, here.tenant_id)
        employee, neighbour = make.context(make.employee(here)), make.context(make.employee(near))
        assert [row.place for row in assessments.list_critical(employee)] == [here.name]
        assert assessments.list_critical(neighbour) == []

        self.mark(office, region.tenant_id)
        assert [row.place for row in assessments.list_critical(neighbour)] == [region.name]
        assert [row.place for row in assessments.list_critical(employee)] == [region.name, here.name]

    def test_by_nobody_else(self) -> None:
        region = make.region(municipalities=2)
        here, near = region.municipalities
        for who in (make.leader(here), make.with_role(region, Role.HR, town=near)):
            with pytest.raises(Refused):
                self.mark(make.context(who), here.tenant_id)
        with pytest.raises(Refused):
            self.mark(make.context(make.with_role(region, Role.HR, town=here)), region.tenant_id)
        assert assessments.list_critical(make.system(region)) == []

    def test_has_a_reason_and_a_period_and_is_marked_once(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        hr = make.context(make.with_role(region, Role.HR, town=town))
        with pytest.raises(ReasonIsMissing):
            assessments.mark_critical(
                hr, tenant_id=town.tenant_id, requirement_id=made.requirement(), reason=" ", valid_from=TODAY
            )
        with pytest.raises(NotFound):
            assessments.mark_critical(hr, tenant_id=town.tenant_id, requirement_id=10**9, reason="x", valid_from=TODAY)
        with pytest.raises(PeriodIsBackwards):
            self.mark(hr, town.tenant_id, end=TODAY - timedelta(days=1))
        self.mark(hr, town.tenant_id, end=TODAY + timedelta(days=10))
        for start, end in ((TODAY + timedelta(days=10), None), (TODAY - timedelta(days=5), TODAY)):
            with pytest.raises(AlreadyCritical):
                self.mark(hr, town.tenant_id, start=start, end=end)
        later = self.mark(hr, town.tenant_id, start=TODAY + timedelta(days=11))
        assert len(assessments.list_critical(hr)) == 1
        with pytest.raises(Refused):
            assessments.end_critical(make.context(make.leader(town)), mark_id=later)
        assessments.end_critical(hr, mark_id=later)

    def test_ends_with_the_day(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        hr = make.with_role(region, Role.HR, town=town)
        mark_id = self.mark(make.context(hr), town.tenant_id)
        assessments.end_critical(make.context(hr), mark_id=mark_id)
        assert assessments.list_critical(make.context(hr))
        assert not assessments.list_critical(make.context(hr, make.organisation.NOW + timedelta(days=1)))

    def test_stands_first_where_people_answer(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        make.leader(town)
        kari = make.employee(town)
        campaign_id = made.campaign(town)
        self.mark(make.context(make.office(region)), region.tenant_id)
        first, *rest = made.items_of(kari, campaign_id)
        assert (first.critical, first.requirement_id) == (True, made.requirement())
        assert not any(item.critical for item in rest)


class TestRanges:
    def test_the_municipalitys_own_word_goes_before_the_regions(self) -> None:
        region = make.region(municipalities=2)
        here, near = region.municipalities
        key = made.requirement()
        office = make.context(make.office(region))
        assessments.set_range(office, tenant_id=region.tenant_id, requirement_id=key, lowest=2, highest=3)
        hr = make.context(make.with_role(region, Role.HR, town=here))
        assessments.set_range(hr, tenant_id=here.tenant_id, requirement_id=key, lowest=3, highest=4)
        wanted = {}
        for town in (here, near):
            make.leader(town)
            kari = make.employee(town)
            (item,) = made.items_of(kari, made.campaign(town, made.told(town, requirements=[key])))
            wanted[town.name] = (item.lowest, item.highest)
        assert wanted == {here.name: (3, 4), near.name: (2, 3)}
        assert [row.lowest for row in assessments.list_ranges(hr)] == [2, 3]
        page = assessments.get_marks(hr, requirement_id=key)
        assert page.places == ((here.tenant_id, here.name),)

    def test_is_within_the_scale_and_by_those_who_decide(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        hr = make.context(make.with_role(region, Role.HR, town=town))
        for lowest, highest in ((0, 3), (2, 5), (3, 2)):
            with pytest.raises(RangeIsBackwards):
                assessments.set_range(
                    hr, tenant_id=town.tenant_id, requirement_id=made.requirement(), lowest=lowest, highest=highest
                )
        with pytest.raises(Refused):
            assessments.set_range(
                make.context(make.leader(town)), tenant_id=town.tenant_id, requirement_id=made.requirement(),
                lowest=1, highest=2,
            )  # fmt: skip
        assert assessments.list_ranges(hr) == []
