from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from kompetanse.domains.governance import api as governance
from kompetanse.domains.needs import api as needs
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.priorities import api as priorities
from kompetanse.domains.priorities.models import RoundPool, Weighting
from kompetanse.domains.priorities.types import (
    USUAL,
    CaseIsNotOnAgenda,
    CaseIsNotOpen,
    Criterion,
    NoPoolsChosen,
    PeopleClass,
    PoolIsNotConfirmed,
    RoundExists,
    RoundIsHandedOver,
    RoundIsUnderWay,
    RoundStatus,
    ScoresAreMissing,
    TextIsTooLong,
    TopIsOutOfRange,
    WeightIsOutOfRange,
    WeightsHaveChanged,
    WhyIsMissing,
)
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import governance as make_governance
from tests.make import needs as make_needs
from tests.make import priorities as make_priorities

ONLY_RISK = {Criterion.RISK: 5}


class TestOpenRound:
    def test_takes_the_confirmed_pools_and_the_usual_weights(self) -> None:
        region = make.region(municipalities=2)
        pools = make_priorities.confirmed_pools(region, 2)
        make_needs.need(region, region.municipalities[0], "Bare et forslag")
        case_id = make_governance.case(region, meeting_id=make_governance.meeting(region))

        round_id = priorities.open_round(make.context(make.office(region)), case_id=case_id)

        found = priorities.get_round(make.system(region), round_id=round_id)
        assert {pool.pool_id for pool in found.pools} == set(pools)
        assert found.weighting.weights == dict(USUAL)
        assert found.round.status is RoundStatus.PREPARING

    def test_refuses_a_second_round_in_the_case(self) -> None:
        forum = make_priorities.prepared()
        with pytest.raises(RoundExists):
            priorities.open_round(make.system(forum.region), case_id=forum.case_id)
        assert [it.id for it in priorities.list_rounds(make.system(forum.region))] == [forum.round_id]

    def test_refuses_a_case_that_is_decided_or_on_no_agenda(self) -> None:
        region = make.region(municipalities=2)
        make_priorities.confirmed_pools(region, 2)
        with pytest.raises(CaseIsNotOpen):
            priorities.open_round(make.system(region), case_id=make_governance.decided_case(region))
        with pytest.raises(CaseIsNotOnAgenda):
            priorities.open_round(make.system(region), case_id=make_governance.case(region))
        assert priorities.list_rounds(make.system(region)) == []

    def test_refuses_pools_that_are_few_suggested_or_another_regions(self) -> None:
        region = make.region(municipalities=2)
        pools = make_priorities.confirmed_pools(region, 2)
        suggested = make_needs.pool_of(region, make_needs.need(region, region.municipalities[0], "Palliasjon"))
        [theirs, _] = make_priorities.confirmed_pools(make.region(), 2)
        ctx = make.system(region)
        case_id = make_governance.case(region, meeting_id=make_governance.meeting(region))
        with pytest.raises(NoPoolsChosen):
            priorities.open_round(ctx, case_id=case_id, pool_ids=pools[:1])
        for strange in (suggested, theirs):
            with pytest.raises(PoolIsNotConfirmed):
                priorities.open_round(ctx, case_id=case_id, pool_ids=[*pools, strange])
        with pytest.raises(TopIsOutOfRange):
            priorities.open_round(ctx, case_id=case_id, pool_ids=pools, top=0)
        assert priorities.list_rounds(ctx) == []

    def test_is_the_offices_and_the_regions_own(self) -> None:
        forum = make_priorities.prepared()
        with pytest.raises(Refused):
            priorities.open_round(make.context(forum.members[0]), case_id=forum.case_id)
        stranger = make.context(make.office(make.region()))
        with pytest.raises(NotFound):
            priorities.open_round(stranger, case_id=forum.case_id)
        with pytest.raises(NotFound):
            priorities.get_round(stranger, round_id=forum.round_id)
        assert priorities.list_rounds(stranger) == []
        employee = make.context(make.employee(forum.region.municipalities[0]))
        with pytest.raises(Refused):
            priorities.get_round(employee, round_id=forum.round_id)


class TestChoosePools:
    def test_changes_them_until_scoring_starts(self) -> None:
        forum = make_priorities.prepared()
        ctx = make.system(forum.region)
        priorities.choose_pools(ctx, round_id=forum.round_id, pool_ids=forum.pools[1:], top=2)
        found = priorities.get_round(ctx, round_id=forum.round_id)
        assert ([pool.pool_id for pool in found.pools], found.round.top) == (forum.pools[1:], 2)
        priorities.start_scoring(ctx, round_id=forum.round_id)
        with pytest.raises(RoundIsUnderWay):
            priorities.choose_pools(ctx, round_id=forum.round_id, pool_ids=forum.pools, top=2)
        assert len(priorities.get_round(ctx, round_id=forum.round_id).pools) == 2


class TestStartScoring:
    def test_freezes_what_is_read_from_the_pools_without_small_numbers(self) -> None:
        region = make.region(municipalities=3)
        first, second, third = region.municipalities
        told = [
            make_needs.need(region, first, "HLR", people=12, statutory=True),
            make_needs.need(region, second, "HLR", people=4, statutory=True),
            make_needs.need(region, third, "HLR", people=None),
        ]
        make_needs.pooled(region)
        pool_id = make_needs.pool_of(region, told[0])
        needs.confirm_pool(make.system(region), pool_id=pool_id)
        [other] = make_priorities.confirmed_pools(region, 1)
        case_id = make_governance.case(region, meeting_id=make_governance.meeting(region))
        ctx = make.system(region)
        round_id = priorities.open_round(ctx, case_id=case_id, pool_ids=[pool_id, other])

        priorities.start_scoring(ctx, round_id=round_id)
        make_needs.need(region, first, "HLR", people=500)
        make_needs.pooled(region)

        pool = next(it for it in priorities.get_round(ctx, round_id=round_id).pools if it.pool_id == pool_id)
        assert (pool.facts.municipalities, pool.facts.statutory, pool.facts.people_told, pool.facts.hidden) == (
            3, 2, 12, 2,
        )  # fmt: skip
        assert pool.people is PeopleClass.SOME

    def test_leaves_out_a_pool_that_was_merged_into_another(self) -> None:
        forum = make_priorities.prepared(pools=3)
        ctx = make.system(forum.region)
        needs.merge_pools(ctx, pool_id=forum.pools[0], from_pool_id=forum.pools[2])
        priorities.start_scoring(ctx, round_id=forum.round_id)
        found = priorities.get_round(ctx, round_id=forum.round_id)
        assert [pool.pool_id for pool in found.pools] == forum.pools[:2]

    def test_refuses_when_the_case_is_withdrawn(self) -> None:
        forum = make_priorities.prepared()
        ctx = make.system(forum.region)
        governance.withdraw_case(ctx, case_id=forum.case_id, why="Utgår")
        with pytest.raises(CaseIsNotOpen):
            priorities.start_scoring(ctx, round_id=forum.round_id)
        assert priorities.get_round(ctx, round_id=forum.round_id).round.status is RoundStatus.PREPARING


class TestSetWeights:
    def test_is_the_forums_and_not_the_unions(self) -> None:
        forum = make_priorities.prepared()
        priorities.set_weights(make.context(forum.members[0]), round_id=forum.round_id, weights=ONLY_RISK)
        union = make.context(make.with_role(forum.region, Role.UNION_REPRESENTATIVE))
        with pytest.raises(Refused):
            priorities.set_weights(union, round_id=forum.round_id, weights=dict(USUAL))
        found = priorities.get_round(union, round_id=forum.round_id).weighting
        assert (found.version, found.weights[Criterion.RISK], found.weights[Criterion.COST]) == (1, 5, 0)

    def test_opens_a_new_version_with_why_once_scoring_has_started(self) -> None:
        forum = make_priorities.started()
        ctx = make.system(forum.region)
        with pytest.raises(WhyIsMissing):
            priorities.set_weights(ctx, round_id=forum.round_id, weights=ONLY_RISK, why="  ")
        with pytest.raises(TextIsTooLong):
            priorities.set_weights(ctx, round_id=forum.round_id, weights=ONLY_RISK, why="x" * 1_000_000)
        assert priorities.get_round(ctx, round_id=forum.round_id).weighting.version == 1

        assert priorities.set_weights(ctx, round_id=forum.round_id, weights=ONLY_RISK, why="Tilsyn i vår") == 2

        found = priorities.get_round(ctx, round_id=forum.round_id)
        assert (found.weighting.version, found.weighting.why) == (2, "Tilsyn i vår")
        assert [(it.version, it.weights) for it in found.earlier] == [(1, dict(USUAL))]

    def test_refuses_what_two_write_at_once_and_what_is_no_weight(self) -> None:
        forum = make_priorities.started()
        ctx = make.system(forum.region)
        priorities.set_weights(ctx, round_id=forum.round_id, weights=ONLY_RISK, why="Først", version=1)
        with pytest.raises(WeightsHaveChanged):
            priorities.set_weights(ctx, round_id=forum.round_id, weights=dict(USUAL), why="Etterpå", version=1)
        with pytest.raises(WeightIsOutOfRange):
            priorities.set_weights(ctx, round_id=forum.round_id, weights={Criterion.RISK: 40_000}, why="Mer")
        assert priorities.get_round(ctx, round_id=forum.round_id).weighting.weights[Criterion.RISK] == 5

    def test_ranks_anew_and_leaves_the_forums_order_with_the_earlier_weights(self) -> None:
        forum = make_priorities.ranked(members=3)
        ctx = make.system(forum.region)
        before = [row.pool.pool_id for row in priorities.get_ranked(ctx, round_id=forum.round_id).rows]
        priorities.set_weights(ctx, round_id=forum.round_id, weights={Criterion.RISK: 10}, why="Bare risiko")
        after = priorities.get_ranked(ctx, round_id=forum.round_id)
        assert after.rows[0].pool.pool_id == forum.pools[-1]
        assert after.weighting.version == 2
        assert not after.is_moved
        assert sorted(before) == sorted(row.pool.pool_id for row in after.rows)

    def test_refuses_a_ranked_round_a_criterion_that_nobody_has_scored(self) -> None:
        forum = make_priorities.prepared()
        ctx = make.system(forum.region)
        priorities.set_weights(ctx, round_id=forum.round_id, weights={Criterion.MUNICIPALITIES: 3})
        priorities.start_scoring(ctx, round_id=forum.round_id)
        priorities.show_views(ctx, round_id=forum.round_id)
        priorities.rank_round(ctx, round_id=forum.round_id)
        with pytest.raises(ScoresAreMissing):
            priorities.set_weights(ctx, round_id=forum.round_id, weights=ONLY_RISK, why="Likevel")
        assert priorities.get_ranked(ctx, round_id=forum.round_id).weighting.version == 1

    def test_is_over_when_the_order_is_handed_over(self) -> None:
        forum = make_priorities.ranked()
        ctx = make.system(forum.region)
        priorities.hand_over_order(ctx, round_id=forum.round_id)
        with pytest.raises(RoundIsHandedOver):
            priorities.set_weights(ctx, round_id=forum.round_id, weights=ONLY_RISK, why="For sent")


class TestDatabase:
    def test_holds_later_weights_to_a_reason_and_counts_to_their_municipalities(self) -> None:
        forum = make_priorities.prepared()
        with tenant_scope(make.system(forum.region)):
            pool = RoundPool.objects.filter(round_id=forum.round_id)[0]
            with pytest.raises(IntegrityError, match="round_pool_counts"), transaction.atomic():
                RoundPool.objects.filter(pk=pool.pk).update(statutory=5)
            with pytest.raises(IntegrityError, match="later_weights_say_why"), transaction.atomic():
                Weighting.objects.filter(round_id=forum.round_id).update(version=2)
