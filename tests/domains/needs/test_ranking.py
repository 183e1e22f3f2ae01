from __future__ import annotations

from datetime import timedelta

import pytest

from kompetanse.domains.governance import api as governance
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import (
    CaseIsNotOnAgenda,
    CaseIsNotOpen,
    PoolIsNotConfirmed,
    PoolOutcome,
    RankInput,
    RankIsTaken,
    Stage,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import governance as make_governance
from tests.make import needs as make_needs
from tests.make.organisation import NOW

FIRST, LATER = PoolOutcome.PRIORITISED, PoolOutcome.DEFERRED


@pytest.fixture
def world() -> tuple[make.Region, int, list[int], list[int]]:
    """A region with a case on the agenda, two confirmed pools and their needs."""
    region = make.region(municipalities=2)
    told = [
        make_needs.need(region, town, title)
        for town, title in zip(region.municipalities, ("HMS", "Excel"), strict=True)
    ]
    pools = [make_needs.pool_of(region, need_id) for need_id in told]
    for pool_id in pools:
        needs.confirm_pool(make.system(region), pool_id=pool_id)
    case_id = make_governance.case(region, meeting_id=make_governance.meeting(region))
    return region, case_id, pools, told


def rank(ctx: Context, case_id: int, *lines: RankInput) -> None:
    needs.rank_pools(ctx, case_id=case_id, ranking=list(lines))


class TestRankPools:
    def test_tells_the_reporters_first_the_meeting_then_the_outcome(
        self, world: tuple[make.Region, int, list[int], list[int]]
    ) -> None:
        region, case_id, pools, told = world
        member = make.context(make.with_role(region, Role.FORUM_MEMBER))
        rank(member, case_id, RankInput(pools[0], 1, FIRST), RankInput(pools[1], None, LATER, "Venter på penger"))
        reference = governance.get_case(make.system(region), case_id=case_id).reference
        words = [needs.what_became_of(make.system(region), need_id=it).words.text() for it in told]
        assert words == [f"Står på saklista til møtet 15.03.2027, {reference}."] * 2

        later = make.system(region, NOW + timedelta(days=1))
        governance.decide_case(later, case_id=case_id, decision_text="Lista vedtas.")

        fates = [needs.what_became_of(later, need_id=it) for it in told]
        assert [fate.stage for fate in fates] == [Stage.PRIORITISED, Stage.DEFERRED]
        assert [fate.words.text() for fate in fates] == [
            f"Prioritert som nummer 1 i {reference}.",
            f"Utsatt i {reference}. Begrunnelse: Venter på penger",
        ]

    def test_replaces_the_list_as_a_whole(self, world: tuple[make.Region, int, list[int], list[int]]) -> None:
        region, case_id, pools, _ = world
        ctx = make.system(region)
        rank(ctx, case_id, RankInput(pools[0], 1, FIRST), RankInput(pools[1], 2, FIRST))

        rank(ctx, case_id, RankInput(pools[1], 1, FIRST))

        assert [(it.pool_id, it.rank) for it in needs.list_decisions(ctx, case_id=case_id)] == [(pools[1], 1)]

    def test_refuses_two_in_one_place_and_keeps_the_list(
        self, world: tuple[make.Region, int, list[int], list[int]]
    ) -> None:
        region, case_id, pools, _ = world
        ctx = make.system(region)
        rank(ctx, case_id, RankInput(pools[0], 1, FIRST))

        with pytest.raises(RankIsTaken, match=r"nummer 1: «HMS» og «Excel»"):
            rank(ctx, case_id, RankInput(pools[0], 1, FIRST), RankInput(pools[1], 1, FIRST))

        assert [(it.pool_id, it.rank) for it in needs.list_decisions(ctx, case_id=case_id)] == [(pools[0], 1)]

    def test_refuses_a_decided_case(self, world: tuple[make.Region, int, list[int], list[int]]) -> None:
        region, case_id, pools, _ = world
        ctx = make.system(region)
        governance.decide_case(ctx, case_id=case_id, decision_text="Vedtatt.")

        with pytest.raises(CaseIsNotOpen):
            rank(ctx, case_id, RankInput(pools[0], 1, FIRST))

        assert needs.list_decisions(ctx, case_id=case_id) == []

    def test_refuses_a_case_on_no_agenda_and_a_pool_that_is_only_suggested(
        self, world: tuple[make.Region, int, list[int], list[int]]
    ) -> None:
        region, case_id, pools, _ = world
        ctx = make.system(region)
        loose = make_governance.case(region)
        suggested = make_needs.pool_of(region, make_needs.need(region, region.municipalities[0], "Palliasjon"))

        with pytest.raises(CaseIsNotOnAgenda):
            rank(ctx, loose, RankInput(pools[0], 1, FIRST))
        with pytest.raises(PoolIsNotConfirmed):
            rank(ctx, case_id, RankInput(suggested, 1, FIRST))

        assert needs.list_decisions(ctx) == []

    def test_refuses_those_without_a_vote_and_other_regions(
        self, world: tuple[make.Region, int, list[int], list[int]]
    ) -> None:
        region, case_id, pools, _ = world
        stranger = make.region()
        their_need = make_needs.need(stranger, stranger.municipalities[0])
        their_pool = make_needs.pool_of(stranger, their_need)

        with pytest.raises(Refused):
            rank(make.context(make.with_role(region, Role.CHIEF_EXECUTIVE)), case_id, RankInput(pools[0], 1, FIRST))
        with pytest.raises(NotFound):
            rank(make.context(make.office(stranger)), case_id, RankInput(pools[0], 1, FIRST))
        with pytest.raises(NotFound):
            rank(make.context(make.office(region)), case_id, RankInput(their_pool, 1, FIRST))

        assert needs.list_decisions(make.system(region)) == []
