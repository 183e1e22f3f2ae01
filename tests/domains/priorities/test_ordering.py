from __future__ import annotations

import pytest

from kompetanse.domains.governance import api as governance
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import PoolOutcome, RankInput
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.priorities import api as priorities
from kompetanse.domains.priorities.types import (
    CaseIsNotOpen,
    Criterion,
    MoveHasNoReason,
    OrderInput,
    OrderIsNotWhole,
    RoundHasMovedOn,
    RoundStatus,
    WeightsHaveChanged,
)
from kompetanse.kernel.errors import Refused
from tests import make
from tests.make import priorities as make_priorities
from tests.make.priorities import Forum


def order(forum: Forum) -> list[int]:
    page = priorities.get_ranked(make.system(forum.region), round_id=forum.round_id)
    return [row.pool.pool_id for row in page.rows]


def listed(forum: Forum) -> list[tuple[int, int | None, str]]:
    found = needs.list_decisions(make.system(forum.region), case_id=forum.case_id)
    return [(row.pool_id, row.rank, row.reason) for row in found]


class TestRanked:
    def test_tells_place_reasons_and_how_robust_it_is(self) -> None:
        forum = make_priorities.ranked(members=3)
        page = priorities.get_ranked(make.context(forum.members[0]), round_id=forum.round_id)
        assert [row.place for row in page.rows] == [1, 2, 3]
        assert page.rows[0].pool.pool_id == forum.pools[-1]
        assert page.rows[0].means[Criterion.RISK] == 2
        for row in page.rows:
            assert row.why
            assert 0 <= row.kept.place <= row.kept.draws == 1000
            assert sum(row.parts.values()) == row.score
        assert [row.swap is None for row in page.rows] == [False, False, True]

    def test_is_the_same_each_time_it_is_asked_for(self) -> None:
        forum = make_priorities.ranked(members=3)
        ctx = make.system(forum.region)
        assert priorities.get_ranked(ctx, round_id=forum.round_id) == priorities.get_ranked(
            ctx, round_id=forum.round_id
        )


class TestSetOrder:
    def test_overrules_with_a_reason(self) -> None:
        forum = make_priorities.ranked()
        member = make.context(forum.members[0])
        first, second, third = order(forum)
        chosen = [OrderInput(third, "Tilsynet kommer i mai"), OrderInput(first), OrderInput(second)]

        assert priorities.set_order(member, round_id=forum.round_id, order=chosen, version=1) == 1

        page = priorities.get_ranked(member, round_id=forum.round_id)
        assert [(row.pool.pool_id, row.ranked, row.reason) for row in page.rows] == [
            (third, 3, "Tilsynet kommer i mai"), (first, 1, ""), (second, 2, ""),
        ]  # fmt: skip
        assert page.is_moved

    def test_is_taken_back_by_the_ranked_order(self) -> None:
        forum = make_priorities.ranked()
        ctx = make.system(forum.region)
        first, second, third = order(forum)
        priorities.set_order(
            ctx, round_id=forum.round_id, order=[OrderInput(second, "Haster"), OrderInput(first), OrderInput(third)]
        )
        priorities.set_order(ctx, round_id=forum.round_id, order=[OrderInput(it) for it in (first, second, third)])
        assert order(forum) == [first, second, third]
        assert not priorities.get_ranked(ctx, round_id=forum.round_id).is_moved

    def test_refuses_a_move_without_why_a_part_of_the_list_and_other_weights(self) -> None:
        forum = make_priorities.ranked()
        ctx = make.system(forum.region)
        ranked = order(forum)
        turned = [OrderInput(it) for it in reversed(ranked)]
        with pytest.raises(MoveHasNoReason):
            priorities.set_order(ctx, round_id=forum.round_id, order=turned)
        with pytest.raises(OrderIsNotWhole):
            priorities.set_order(ctx, round_id=forum.round_id, order=turned[:2])
        with pytest.raises(WeightsHaveChanged):
            priorities.set_order(ctx, round_id=forum.round_id, order=[OrderInput(it) for it in ranked], version=7)
        union = make.context(make.with_role(forum.region, Role.UNION_REPRESENTATIVE))
        with pytest.raises(Refused):
            priorities.set_order(union, round_id=forum.round_id, order=[OrderInput(it) for it in ranked])
        assert order(forum) == ranked

    def test_waits_for_the_ranking(self) -> None:
        forum = make_priorities.discussed()
        with pytest.raises(RoundHasMovedOn):
            priorities.set_order(make.system(forum.region), round_id=forum.round_id, order=[])


class TestHandOver:
    def test_lays_the_order_with_its_reasons_before_the_case(self) -> None:
        forum = make_priorities.ranked()
        first, second, third = order(forum)
        chosen = [OrderInput(third, "Tilsynet kommer i mai"), OrderInput(first), OrderInput(second)]
        priorities.set_order(make.system(forum.region), round_id=forum.round_id, order=chosen)

        office = make.context(make.office(forum.region))
        priorities.hand_over_order(office, round_id=forum.round_id)

        found = listed(forum)
        assert [(pool_id, rank) for pool_id, rank, _ in found] == [(third, 1), (first, 2), (second, 3)]
        assert found[0][2] == "Tilsynet kommer i mai"
        assert "kommuner" in found[1][2]
        assert priorities.get_round(office, round_id=forum.round_id).round.status is RoundStatus.HANDED_OVER
        with pytest.raises(RoundHasMovedOn):
            priorities.hand_over_order(office, round_id=forum.round_id)

    def test_keeps_what_the_case_has_said_of_other_pools(self) -> None:
        forum = make_priorities.ranked()
        ctx = make.system(forum.region)
        [deferred, more] = make_priorities.confirmed_pools(forum.region, 2)
        needs.rank_pools(
            ctx, case_id=forum.case_id,
            ranking=[
                RankInput(more, 1, PoolOutcome.PRIORITISED),
                RankInput(deferred, None, PoolOutcome.DEFERRED, "Venter på penger"),
            ],
        )  # fmt: skip
        ranked = order(forum)
        priorities.hand_over_order(ctx, round_id=forum.round_id)
        found = {pool_id: (rank, reason) for pool_id, rank, reason in listed(forum)}
        assert [found[it][0] for it in (*ranked, more)] == [1, 2, 3, 4]
        assert found[deferred] == (None, "Venter på penger")

    def test_refuses_a_decided_case_and_leaves_it_alone(self) -> None:
        forum = make_priorities.ranked()
        ctx = make.system(forum.region)
        governance.decide_case(ctx, case_id=forum.case_id, decision_text="Vedtatt.")
        with pytest.raises(CaseIsNotOpen):
            priorities.hand_over_order(ctx, round_id=forum.round_id)
        assert listed(forum) == []
        with pytest.raises(Refused):
            priorities.hand_over_order(make.context(forum.members[0]), round_id=forum.round_id)


class TestMergedPools:
    """Pools that are merged while they are weighed."""

    def merge(self, forum: Forum, stays: int, goes: int) -> None:
        needs.merge_pools(make.system(forum.region), pool_id=stays, from_pool_id=goes)
        priorities.follow_merged_pool(
            make.system(forum.region), region_id=forum.region.tenant_id, pool_id=stays, from_pool_id=goes
        )

    def test_before_the_start_the_round_weighs_the_one_that_stayed(self) -> None:
        forum = make_priorities.prepared(pools=3)
        self.merge(forum, forum.pools[0], forum.pools[1])
        page = priorities.get_round(make.system(forum.region), round_id=forum.round_id)
        assert {row.pool_id for row in page.pools} == {forum.pools[0], forum.pools[2]}

    def test_after_the_start_the_round_says_so_and_the_case_gets_the_one_that_stayed(self) -> None:
        forum = make_priorities.ranked(members=2)
        ranked = order(forum)
        self.merge(forum, ranked[2], ranked[0])

        page = priorities.get_ranked(make.system(forum.region), round_id=forum.round_id)
        assert [row.pool.merged_into for row in page.rows] == [ranked[2], None, None]
        priorities.hand_over_order(make.system(forum.region), round_id=forum.round_id)

        # At the better of the two places, once.
        assert [(pool_id, rank) for pool_id, rank, _why in listed(forum)] == [(ranked[2], 1), (ranked[1], 2)]

    def test_merged_again_it_leads_to_the_last(self) -> None:
        forum = make_priorities.ranked(members=2)
        ranked = order(forum)
        self.merge(forum, ranked[1], ranked[0])
        self.merge(forum, ranked[2], ranked[1])
        page = priorities.get_round(make.system(forum.region), round_id=forum.round_id)
        assert {row.pool_id: row.stands_as for row in page.pools} == dict.fromkeys(ranked, ranked[2])

    def test_only_the_system_follows(self) -> None:
        forum = make_priorities.prepared()
        with pytest.raises(Refused):
            priorities.follow_merged_pool(
                make.context(make.office(forum.region)), region_id=forum.region.tenant_id, pool_id=forum.pools[0],
                from_pool_id=forum.pools[1],
            )  # fmt: skip
