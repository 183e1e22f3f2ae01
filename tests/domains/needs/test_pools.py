from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs import handlers
from kompetanse.domains.needs.events import NeedReported, NeedsSynchronised
from kompetanse.domains.needs.models import Need, Pool, Share
from kompetanse.domains.needs.types import (
    NeedStatus,
    PoolCannotMergeWithItself,
    PoolIsMerged,
    PoolStatus,
    RoundStatus,
    ShareIsElsewhere,
    SplitNeedsBothSides,
    Stage,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import needs as make_needs
from tests.make import queries


def share_of(region: make.Region, need_id: int) -> int:
    share = needs.find_share_of(make.system(region), need_id=need_id)
    assert share is not None
    return share.id


class TestSuggestPools:
    def test_puts_equal_needs_of_several_municipalities_in_one_pool(self) -> None:
        region = make.region(municipalities=3)
        one, two, three = (make_needs.need(region, town, "Palliasjon") for town in region.municipalities)
        other = make_needs.need(region, region.municipalities[0], "Excel videregående")

        assert make_needs.pooled(region) == 2

        assert set(make_needs.membership(region).values()) == {frozenset({one, two, three}), frozenset({other})}
        row = needs.list_pools(make.system(region), region_id=region.tenant_id)[0]
        assert (row.needs, row.people, len(row.municipalities), row.status) == (3, 15, 3, PoolStatus.SUGGESTED)
        assert row.reason

    def test_changes_nothing_when_nothing_has_changed(self) -> None:
        region = make.region(municipalities=2)
        for town in region.municipalities:
            make_needs.need(region, town, "Palliasjon")
        make_needs.pooled(region)
        before = make_needs.membership(region)

        make_needs.pooled(region)

        assert make_needs.membership(region) == before

    def test_keeps_the_id_of_a_pool_that_somebody_joins(self) -> None:
        region = make.region(municipalities=3)
        first = [make_needs.need(region, town, "Palliasjon") for town in region.municipalities[:2]]
        make_needs.pooled(region)
        pool_id = make_needs.pool_of(region, first[0])

        new = make_needs.need(region, region.municipalities[2], "Palliasjon")
        make_needs.pooled(region)

        assert make_needs.pool_of(region, new) == pool_id
        with tenant_scope(make.system(region)):
            emptied = Pool.objects.filter(tenant_id=region.tenant_id).exclude(pk=pool_id)
            assert list(emptied.values_list("merged_into_id", flat=True)) == [pool_id, pool_id]

    def test_keeps_confirmed_pools_as_they_are(self) -> None:
        region = make.region(municipalities=2)
        one = make_needs.need(region, region.municipalities[0], "Palliasjon")
        needs.confirm_pool(make.system(region), pool_id=make_needs.pool_of(region, one))
        two = make_needs.need(region, region.municipalities[1], "Palliasjon")

        make_needs.pooled(region)

        assert make_needs.pool_of(region, one) != make_needs.pool_of(region, two)

    def test_refuses_anybody_but_the_office(self) -> None:
        region = make.region()
        make_needs.need(region, region.municipalities[0])
        for role in (Role.FORUM_MEMBER, Role.UNION_REPRESENTATIVE):
            with pytest.raises(Refused):
                needs.suggest_pools(make.context(make.with_role(region, role)), region_id=region.tenant_id)

        assert needs.suggest_pools(make.context(make.office(region)), region_id=region.tenant_id) == 1

    def test_runs_for_the_whole_region_when_one_municipality_has_reported(self) -> None:
        region = make.region(municipalities=2)
        here = make_needs.need(region, region.municipalities[0], "Palliasjon")
        there = make_needs.need(region, region.municipalities[1], "Palliasjon")
        reporter = make.context(make.with_role(region, Role.HR, town=region.municipalities[1]))

        handlers.pool_again(
            reporter,
            NeedReported(tenant_id=region.municipalities[1].tenant_id, need_id=there, unit_id=None, people=5),
        )

        assert make_needs.pool_of(region, here) == make_needs.pool_of(region, there)
        fate = needs.what_became_of(reporter, need_id=there)
        assert (fate.stage, "én annen kommune" in fate.words.text()) == (Stage.POOLED, True)

    def test_does_not_run_for_a_file_that_changed_nothing(self) -> None:
        region = make.region()
        with queries.counted() as asked:
            handlers.pool_again(
                make.system(region),
                NeedsSynchronised(
                    tenant_id=region.municipalities[0].tenant_id, file="b.xlsx", created=0, changed=0, ended=0
                ),
            )

        assert asked == []


@pytest.fixture
def world() -> tuple[make.Region, list[int]]:
    """Two municipalities with the same need, and one with another."""
    region = make.region(municipalities=2)
    ids = [make_needs.need(region, town, "Palliasjon") for town in region.municipalities]
    ids.append(make_needs.need(region, region.municipalities[0], "Lindrende omsorg ved livets slutt", people=None))
    make_needs.pooled(region)
    return region, ids


class TestArranging:
    def test_confirming_teaches_that_the_wordings_are_one(self) -> None:
        region = make.region(municipalities=2)
        odd = make_needs.need(region, region.municipalities[0], "Grønne sko")
        other = make_needs.need(region, region.municipalities[1], "Blå hatter")
        make_needs.pooled(region)
        assert make_needs.pool_of(region, odd) != make_needs.pool_of(region, other)
        needs.merge_pools(
            make.system(region), pool_id=make_needs.pool_of(region, odd), from_pool_id=make_needs.pool_of(region, other)
        )
        for need_id in (odd, other):
            needs.withdraw_need(make.system(region), need_id=need_id)

        again = [
            make_needs.need(region, region.municipalities[i], t) for i, t in ((0, "Grønne sko"), (1, "Blå hatter"))
        ]
        make_needs.pooled(region)

        assert make_needs.pool_of(region, again[0]) == make_needs.pool_of(region, again[1])

    def test_splitting_teaches_that_they_differ(self, world: tuple[make.Region, list[int]]) -> None:
        region, (one, two, third) = world
        ctx = make.system(region)
        if make_needs.pool_of(region, third) != make_needs.pool_of(region, one):
            needs.move_share(ctx, share_id=share_of(region, third), pool_id=make_needs.pool_of(region, one))
        needs.split_pool(ctx, pool_id=make_needs.pool_of(region, one), share_ids=[share_of(region, third)])
        for need_id in (one, two, third):
            needs.withdraw_need(ctx, need_id=need_id)

        a = make_needs.need(region, region.municipalities[0], "Palliasjon")
        b = make_needs.need(region, region.municipalities[1], "Lindrende omsorg ved livets slutt")
        make_needs.pooled(region)

        assert make_needs.pool_of(region, a) != make_needs.pool_of(region, b)

    def test_a_split_stands_though_the_words_are_equal(self, world: tuple[make.Region, list[int]]) -> None:
        region, (one, two, _) = world
        new = needs.split_pool(
            make.system(region), pool_id=make_needs.pool_of(region, one), share_ids=[share_of(region, two)]
        )

        make_needs.pooled(region)

        assert make_needs.pool_of(region, two) == new
        assert make_needs.pool_of(region, one) != new
        assert make_needs.stored_pool(region, new).status == PoolStatus.CONFIRMED

    def test_moving_the_last_share_leaves_word_of_where_it_went(self, world: tuple[make.Region, list[int]]) -> None:
        region, (one, two, _) = world
        ctx = make.system(region)
        new = needs.split_pool(ctx, pool_id=make_needs.pool_of(region, one), share_ids=[share_of(region, two)])

        needs.move_share(ctx, share_id=share_of(region, two), pool_id=make_needs.pool_of(region, one))

        page = needs.get_pool(ctx, new)
        assert (page.merged_into, page.shares, page.people) == (make_needs.pool_of(region, one), (), 0)

    def test_counts_what_is_known_and_what_is_not(self, world: tuple[make.Region, list[int]]) -> None:
        region, (one, _, third) = world
        ctx = make.system(region)
        target = make_needs.pool_of(region, one)
        if make_needs.pool_of(region, third) != target:
            needs.merge_pools(ctx, pool_id=target, from_pool_id=make_needs.pool_of(region, third))

        page = needs.get_pool(ctx, target)

        assert (page.people, page.pool.unknown, page.pool.needs) == (10, 1, 3)
        assert [(it.needs, it.people, it.unknown) for it in page.by_municipality] == [(2, 5, 1), (1, 5, 0)]

    @pytest.mark.parametrize(
        ("act", "error"),
        [
            (lambda ctx, pool, share: needs.split_pool(ctx, pool_id=pool, share_ids=[]), SplitNeedsBothSides),
            (lambda ctx, pool, share: needs.split_pool(ctx, pool_id=pool, share_ids=[10**9]), ShareIsElsewhere),
            (lambda ctx, pool, share: needs.move_share(ctx, share_id=share, pool_id=pool), PoolCannotMergeWithItself),
            (lambda ctx, pool, share: needs.move_share(ctx, share_id=10**9, pool_id=pool), ShareIsElsewhere),
            (
                lambda ctx, pool, share: needs.merge_pools(ctx, pool_id=pool, from_pool_id=pool),
                PoolCannotMergeWithItself,
            ),
            (lambda ctx, pool, share: needs.confirm_pool(ctx, pool_id=10**9), NotFound),
        ],
    )
    def test_refuses_what_makes_no_sense_and_changes_nothing(
        self, world: tuple[make.Region, list[int]], act: Callable[..., object], error: type[Exception]
    ) -> None:
        region, (one, _, _) = world
        before = make_needs.membership(region)

        with pytest.raises(error):
            act(make.context(make.office(region)), make_needs.pool_of(region, one), share_of(region, one))

        assert make_needs.membership(region) == before

    def test_refuses_an_emptied_pool(self, world: tuple[make.Region, list[int]]) -> None:
        region, (one, two, _) = world
        ctx = make.system(region)
        target = make_needs.pool_of(region, one)
        new = needs.split_pool(ctx, pool_id=target, share_ids=[share_of(region, two)])
        needs.merge_pools(ctx, pool_id=target, from_pool_id=new)

        with pytest.raises(PoolIsMerged):
            needs.confirm_pool(ctx, pool_id=new)

    def test_refuses_the_forum_and_does_not_find_another_regions_pools(
        self, world: tuple[make.Region, list[int]]
    ) -> None:
        region, (one, *_) = world
        pool_id = make_needs.pool_of(region, one)
        stranger = make.region()

        with pytest.raises(Refused):
            needs.confirm_pool(make.context(make.with_role(region, Role.FORUM_MEMBER)), pool_id=pool_id)
        with pytest.raises(NotFound):
            needs.confirm_pool(make.context(make.office(stranger)), pool_id=pool_id)
        with pytest.raises(NotFound):
            needs.get_pool(make.context(make.office(stranger)), pool_id)

        assert make_needs.stored_pool(region, pool_id).status == PoolStatus.SUGGESTED


class TestReadingPools:
    def test_the_forum_sees_numbers_and_no_words_of_a_municipality(self, world: tuple[make.Region, list[int]]) -> None:
        region, (one, _, _) = world
        page = needs.get_pool(make.context(make.with_role(region, Role.FORUM_MEMBER)), make_needs.pool_of(region, one))

        assert page.pool.people
        assert [part.people for part in page.by_municipality]
        assert {(share.title, share.unit_name, share.file) for share in page.shares} == {("", "", "")}
        assert not page.may_arrange

    def test_the_office_sees_the_words(self, world: tuple[make.Region, list[int]]) -> None:
        region, (one, _, _) = world
        page = needs.get_pool(make.context(make.office(region)), make_needs.pool_of(region, one))

        assert "Palliasjon" in {share.title for share in page.shares}
        assert page.may_arrange

    def test_refuses_an_ordinary_leader(self, world: tuple[make.Region, list[int]]) -> None:
        region, (one, _, _) = world

        with pytest.raises(Refused):
            needs.get_pool(make.context(make.leader(region.municipalities[0])), make_needs.pool_of(region, one))

    def test_asks_the_same_number_of_questions_for_2_and_20(self) -> None:
        region = make.region(municipalities=2)
        ctx = make.context(make.office(region))

        def ask(rows: int) -> tuple[int, int]:
            for i in range(rows):
                make_needs.need(region, region.municipalities[i % 2], "Palliasjon")
                make_needs.need(region, region.municipalities[i % 2], f"Behov {'abcdefghijklmnopqrst'[i] * 5}")
            make_needs.pooled(region)
            biggest = needs.list_pools(ctx, region_id=region.tenant_id)[0].id
            with queries.counted() as board:
                needs.list_pools(ctx, region_id=region.tenant_id)
            with queries.counted() as page:
                needs.get_pool(ctx, biggest)
            return len(board), len(page)

        assert ask(2) == ask(20)


TITLES = (
    "Palliasjon", "Lindrende omsorg", "Excel", "Regneark", "Førstehjelp", "Førstehjelp i barnehage",
    "Arbeidsvarsling", "Varme arbeider", "Grønne sko",
)  # fmt: skip


class TestInvariants:
    @pytest.mark.parametrize("seed", range(3))
    def test_every_standing_need_has_one_share_under_any_sequence(self, seed: int) -> None:
        chance = random.Random(seed)
        region = make.region(municipalities=3)
        ctx = make.system(region)
        told: list[int] = []
        for town in region.municipalities:
            sector = make.unit(town)
            for _ in range(2):
                make.unit(town, parent=sector)

        def open_one() -> None:
            town = chance.choice(region.municipalities)
            needs.open_round(ctx, tenant_id=town.tenant_id, title="Runde", deadline=date(2027, 9, 1))

        def gathered() -> list[int]:
            with tenant_scope(ctx):
                found = list(
                    Need.objects.filter(status=NeedStatus.IN_ROUND).order_by("id").values_list("id", flat=True)
                )
            return chance.sample(found, min(len(found), chance.randint(1, 3)))

        def approve() -> None:
            standing = [it for it in needs.list_rounds(ctx) if it.status is RoundStatus.OPEN and it.listed]
            if standing:
                row = chance.choice(standing)
                needs.approve_round(ctx, round_id=row.id, seen=row.seen, leave_out=chance.random() < 0.5)

        def report() -> None:
            town, people = chance.choice(region.municipalities), chance.choice([None, 1, 7, 10_000])
            at = chance.choice([None, *town.units])
            told.append(make_needs.need(region, town, chance.choice(TITLES), people=people, at=at))

        def any_pool() -> int:
            return chance.choice(sorted(make_needs.membership(region)) or [0])

        def any_shares() -> list[int]:
            with tenant_scope(ctx):
                shares = list(Share.objects.filter(pool_id=any_pool()).order_by("id").values_list("id", flat=True))
            return chance.sample(shares, chance.randint(0, len(shares)))

        def split() -> None:
            shares = any_shares()
            with tenant_scope(ctx):
                pool = Share.objects.filter(pk__in=shares).values_list("pool_id", flat=True).first()
            needs.split_pool(ctx, pool_id=pool or any_pool(), share_ids=shares)

        acts: list[Callable[[], object]] = [
            report, report, lambda: make_needs.pooled(region),
            lambda: needs.confirm_pool(ctx, pool_id=any_pool()), split,
            lambda: needs.move_share(ctx, share_id=chance.choice(any_shares() or [0]), pool_id=any_pool()),
            lambda: needs.merge_pools(ctx, pool_id=any_pool(), from_pool_id=any_pool()),
            lambda: needs.withdraw_need(ctx, need_id=chance.choice(told or [0])),
            open_one, approve, report,
            lambda: told.append(needs.join_needs(ctx, need_ids=gathered())),
            lambda: needs.pass_on(ctx, need_ids=gathered()),
            lambda: needs.take_apart(ctx, need_id=chance.choice(gathered() or [0])),
            lambda: needs.send_back(ctx, need_id=chance.choice(gathered() or [0]), why="Mer"),
            lambda: needs.tell_again(ctx, need_id=chance.choice(gathered() or [0]), title="Palliasjon", people=2),
        ]  # fmt: skip
        done = 0
        for _ in range(70):
            try:
                chance.choice(acts)()
                done += 1
            except DomainError:
                pass
            _check(region, told)
        assert done > 25


def _check(region: make.Region, told: list[int]) -> None:
    ctx = make.system(region)
    with tenant_scope(ctx):
        standing = set(Need.objects.filter(status=NeedStatus.REPORTED).values_list("id", flat=True))
        shares = list(Share.objects.filter(tenant_id=region.tenant_id).values_list("need_id", "need__people", "people"))
        emptied = set(Pool.objects.filter(merged_into__isnull=False).values_list("id", flat=True))
    assert sorted(need for need, _, _ in shares) == sorted(standing)
    assert all(asked == shared for _, asked, shared in shares)
    assert not emptied & set(make_needs.membership(region))
    rows = needs.list_pools(ctx, region_id=region.tenant_id)
    # The office is told every number, so that a sum that does not match is a fault and not something hidden.
    assert all(row.people is not None for row in rows)
    assert sum(row.people for row in rows if row.people is not None) == sum(people or 0 for _, _, people in shares)
    assert sum(row.needs for row in rows) == len(standing)
    _check_who_asked(region, told, {need: people for need, _, people in shares})


def _check_who_asked(region: make.Region, told: list[int], shares: dict[int, int | None]) -> None:
    """What was joined has its parts' people, no more and no fewer; and each that asked is answered in words."""
    ctx = make.system(region)
    with tenant_scope(ctx):
        every = {need.pk: need for need in Need.objects.all()}
    wholes = {pk for pk, need in every.items() if need.composed and need.status != NeedStatus.WITHDRAWN}
    for pk in wholes:
        parts = [need for need in every.values() if need.merged_into_id == pk]
        assert parts
        assert not any(part.composed for part in parts)
        assert (every[pk].people or 0) == sum(part.people or 0 for part in parts)
    for pk in shares:
        asked = [need for need in every.values() if need.merged_into_id == pk] or [every[pk]]
        assert all(need.reported_at for need in asked)
        assert (shares[pk] or 0) == sum(need.people or 0 for need in asked)
    news = {row.id: row.fate for row in needs.list_news(ctx, most=1000)}
    for need_id in told:
        fate = needs.what_became_of(ctx, need_id=need_id)
        assert fate.words.text()
        assert (news[need_id].stage, news[need_id].words.text()) == (fate.stage, fate.words.text())
        whole = every[need_id].merged_into_id
        assert (fate.pool_id is not None) == ((whole or need_id) in shares)
