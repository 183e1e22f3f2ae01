from __future__ import annotations

import pytest

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import UnknownRequirement
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.models import Need
from kompetanse.domains.needs.types import (
    NeedFilter,
    NeedHasNoTitle,
    NeedInput,
    NeedIsWithdrawn,
    NeedKind,
    NeedStatus,
    Origin,
    PeopleOutOfRange,
    Stage,
    TextIsTooLong,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import competence as make_competence
from tests.make import governance as make_governance
from tests.make import needs as make_needs
from tests.make import queries


def count(region: make.Region) -> int:
    with tenant_scope(make.system(region)):
        return Need.objects.count()


class TestReportNeed:
    def test_gives_the_need_a_place_alone_and_a_deed(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town)
        ctx = make.context(make.leader(town, unit))

        need_id = make_needs.need(region, town, "Demensomsorg", at=unit, ctx=ctx, reason="Rekruttering er vanskelig")

        row = needs.get_need(ctx, need_id=need_id)
        assert (row.title, row.people, row.kind, row.unit_name) == ("Demensomsorg", 5, NeedKind.RECRUIT, unit.name)
        assert row.fate.stage is Stage.ALONE
        with tenant_scope(make.system(region)):
            assert Deed.objects.filter(event="NeedReported", details__need_id=need_id).count() == 1

    def test_draws_statutory_from_the_requirement_of_a_gap(self) -> None:
        make_competence.register()
        law = next(row for row in competence.list_requirements() if row.source_type.value in ("lov", "forskrift"))
        region = make.region()

        need_id = make_needs.need(
            region, region.municipalities[0], law.name, requirement_code=law.code, origin=Origin.GAP
        )

        row = needs.get_need(make.system(region), need_id=need_id)
        assert (row.statutory, row.requirement_code, row.origin) == (True, law.code, Origin.GAP)

    def test_keeps_the_goal_of_the_region(self) -> None:
        region = make.region()
        goal_id = make_governance.goal(region, "Tryggere hjem")

        need_id = make_needs.need(region, region.municipalities[0], goal_id=goal_id)

        assert needs.get_need(make.system(region), need_id=need_id).goal_title == "Tryggere hjem"

    @pytest.mark.parametrize(
        ("told", "error"),
        [
            ({"people": -3}, PeopleOutOfRange),
            ({"people": 40_000}, PeopleOutOfRange),
            ({"title": "  "}, NeedHasNoTitle),
            ({"title": "x" * 1_000_000}, TextIsTooLong),
            ({"requirement_code": "FINNES-IKKE"}, UnknownRequirement),
        ],
    )
    def test_refuses_what_cannot_be_and_keeps_nothing(self, told: dict[str, object], error: type[Exception]) -> None:
        region = make.region()
        values = {"title": "HMS", **told}

        with pytest.raises(error):
            needs.report_need(
                make.system(region),
                NeedInput(region.municipalities[0].tenant_id, **values),  # type: ignore[arg-type]
            )

        assert count(region) == 0
        assert make_needs.membership(region) == {}

    def test_refuses_a_leader_of_another_unit(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        mine, other = make.unit(town), make.unit(town)
        ctx = make.context(make.leader(town, mine))

        for at in (other, None):
            with pytest.raises(Refused):
                make_needs.need(region, town, at=at, ctx=ctx)

        assert count(region) == 0

    def test_refuses_an_ordinary_employee(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        ctx = make.context(make.employee(town))

        with pytest.raises(Refused):
            make_needs.need(region, town, at=town.units[0], ctx=ctx)

        assert count(region) == 0

    def test_does_not_find_another_municipality_nor_its_units(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities
        ctx = make.context(make.with_role(region, Role.HR, town=mine))

        with pytest.raises(NotFound):
            make_needs.need(region, other, ctx=ctx)
        with pytest.raises(NotFound):
            make_needs.need(region, mine, at=make.unit(other), ctx=ctx)
        with pytest.raises(NotFound):
            needs.report_need(ctx, NeedInput(region.tenant_id, "HMS"))

        assert count(region) == 0

    @pytest.mark.parametrize("role", [Role.HR, Role.CONTACT_PERSON, Role.UNION_REPRESENTATIVE, Role.NETWORK_MEMBER])
    def test_lets_those_who_speak_for_the_municipality_report(self, role: Role) -> None:
        region = make.region()
        town = region.municipalities[0]
        ctx = make.context(make.with_role(region, role, town=town))

        need_id = make_needs.need(region, town, ctx=ctx)

        assert needs.get_need(ctx, need_id=need_id).municipality == town.name


class TestWithdrawNeed:
    def test_takes_the_need_out_of_its_pool_and_says_so(self) -> None:
        region = make.region()
        need_id = make_needs.need(region, region.municipalities[0])
        ctx = make.system(region)

        needs.withdraw_need(ctx, need_id=need_id, why="Løst internt")

        fate = needs.what_became_of(ctx, need_id=need_id)
        assert (fate.stage, fate.words.text()) == (Stage.WITHDRAWN, "Trukket 15.03.2027: Løst internt")
        assert needs.find_share_of(ctx, need_id=need_id) is None

    def test_refuses_the_second_time(self) -> None:
        region = make.region()
        need_id = make_needs.need(region, region.municipalities[0])
        needs.withdraw_need(make.system(region), need_id=need_id, why="Først")

        with pytest.raises(NeedIsWithdrawn):
            needs.withdraw_need(make.system(region), need_id=need_id, why="Så")

        assert make_needs.stored_need(region, need_id).withdrawn_why == "Først"

    def test_refuses_a_stranger_and_another_municipality_does_not_find_it(self) -> None:
        region = make.region(municipalities=2)
        town, other = region.municipalities
        need_id = make_needs.need(region, town)

        with pytest.raises(Refused):
            needs.withdraw_need(make.context(make.leader(town)), need_id=need_id)
        with pytest.raises(NotFound):
            needs.withdraw_need(make.context(make.with_role(region, Role.HR, town=other)), need_id=need_id)

        assert make_needs.stored_need(region, need_id).status == NeedStatus.REPORTED


class TestListNeeds:
    def test_shows_a_leader_the_units_needs_and_ones_own_only(self) -> None:
        region = make.region(municipalities=2)
        town, other = region.municipalities
        mine = make.unit(town)
        make_needs.need(region, town, "Andres")
        make_needs.need(region, other, "Nabokommunens")
        make_needs.need(region, town, "Min enhets", at=make.unit(town, parent=mine))

        found = needs.list_needs(make.context(make.leader(town, mine)))

        assert [row.title for row in found] == ["Min enhets"]

    def test_narrows_by_text_kind_stage_and_reporter(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = make.with_role(region, Role.HR, town=town)
        ctx = make.context(who)
        mine = make_needs.need(region, town, "Excel", ctx=ctx)
        gone = make_needs.need(region, town, "Palliasjon", reason="Rekruttering")
        needs.withdraw_need(ctx, need_id=gone)

        def ids(**narrowed: object) -> list[int]:
            return [row.id for row in needs.list_needs(ctx, narrowed=NeedFilter(**narrowed))]  # type: ignore[arg-type]

        assert ids(text="exce") == [mine]
        assert ids(kind=NeedKind.RECRUIT) == [gone]
        assert ids(stage=Stage.WITHDRAWN) == [gone]
        assert ids(mine=True) == [mine]

    def test_asks_the_same_number_of_questions_for_2_and_20(self) -> None:
        region = make.region(municipalities=2)
        ctx = make.system(region)

        def ask(rows: int) -> int:
            for i in range(rows):
                make_needs.need(
                    region, region.municipalities[i % 2], f"Behov {i}", at=make.unit(region.municipalities[i % 2])
                )
            with queries.counted() as asked:
                assert len(needs.list_needs(ctx)) >= rows
            return len(asked)

        assert ask(2) == ask(20)
