from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections

from kompetanse.domains.governance import api as governance
from kompetanse.domains.organisation.models import Membership
from kompetanse.domains.organisation.types import Role, SeatKind
from kompetanse.domains.priorities import api as priorities
from kompetanse.domains.priorities.models import Score
from kompetanse.domains.priorities.types import (
    SCORED,
    Agreement,
    CaseIsNotOpen,
    Criterion,
    CriterionIsNotScored,
    MunicipalityHasLeft,
    RankingIsNotShown,
    RoundHasMovedOn,
    RoundIsNotOpen,
    RoundStatus,
    ScoreInput,
    ScoreIsOutOfRange,
    ScoresAreMissing,
    ViewsAreNotShown,
    YouHaveNoSeat,
)
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import priorities as make_priorities
from tests.make.priorities import Forum

GOAL, RISK = Criterion.GOAL, Criterion.RISK


def scores(forum: Forum) -> dict[tuple[int, int, str], int]:
    """Everything that is scored, by pool, person and criterion."""
    with tenant_scope(make.system(forum.region)):
        rows = Score.objects.filter(round_pool__round_id=forum.round_id).values_list(
            "round_pool__pool_id", "person", "criterion", "value"
        )
        return {(pool, person, criterion): value for pool, person, criterion, value in rows}


def write(forum: Forum, who: make.Who, *told: ScoreInput, pool: int = 0) -> int:
    return priorities.score_pool(
        make.context(who), round_id=forum.round_id, pool_id=forum.pools[pool], scores=list(told)
    )


class TestScorePool:
    def test_is_kept_one_choice_at_a_time_and_the_last_one_counts(self) -> None:
        forum = make_priorities.started()
        who = forum.members[0]
        write(forum, who, ScoreInput(GOAL, 1))
        write(forum, who, ScoreInput(RISK, 3))
        write(forum, who, ScoreInput(GOAL, 2))
        assert scores(forum) == {
            (forum.pools[0], who.person_id, "goal"): 2, (forum.pools[0], who.person_id, "risk"): 3,
        }  # fmt: skip
        page = priorities.get_score_page(make.context(who), round_id=forum.round_id, pool_id=forum.pools[0])
        assert page.chosen == {GOAL: 2, RISK: 3}
        other = priorities.get_score_page(make.context(forum.members[1]), round_id=forum.round_id)
        assert other.chosen == {}

    def test_an_old_tab_does_not_undo_a_newer_one(self) -> None:
        forum = make_priorities.started()
        who = forum.members[0]
        write(forum, who, ScoreInput(GOAL, 3))  # in the newer tab, after the older was opened
        written = write(forum, who, ScoreInput(GOAL, None, was=None), ScoreInput(RISK, 1, was=None))
        assert written == 1
        assert scores(forum)[forum.pools[0], who.person_id, "goal"] == 3

    def test_opens_the_first_pool_that_is_not_done(self) -> None:
        forum = make_priorities.started()
        who = forum.members[0]
        first = priorities.get_score_page(make.context(who), round_id=forum.round_id)
        make_priorities.score(forum, who, first.pool.pool_id)
        second = priorities.get_score_page(make.context(who), round_id=forum.round_id)
        assert (first.number, second.number, second.done) == (1, 2, 1)
        assert second.previous_id == first.pool.pool_id

    def test_refuses_what_is_off_the_scale_or_not_asked_about(self) -> None:
        forum = make_priorities.started()
        for wrong in (-3, 40_000):
            with pytest.raises(ScoreIsOutOfRange):
                write(forum, forum.members[0], ScoreInput(GOAL, wrong))
        with pytest.raises(CriterionIsNotScored):
            write(forum, forum.members[0], ScoreInput(Criterion.PEOPLE, 3))
        with pytest.raises(NotFound):
            priorities.score_pool(
                make.context(forum.members[0]), round_id=forum.round_id, pool_id=10**12, scores=[ScoreInput(GOAL, 1)]
            )
        assert scores(forum) == {}

    def test_refuses_those_without_a_seat_today(self) -> None:
        forum = make_priorities.started()
        roleholder = make.with_role(forum.region, Role.FORUM_MEMBER)  # the role, but no seat in this body
        with pytest.raises(YouHaveNoSeat):
            write(forum, roleholder, ScoreInput(GOAL, 1))
        secretary = make_priorities.member(forum.region, forum.body_id, kind=SeatKind.SECRETARY)
        with pytest.raises((YouHaveNoSeat, Refused)):
            write(forum, secretary, ScoreInput(GOAL, 1))
        with pytest.raises(Refused):
            write(forum, make.office(forum.region), ScoreInput(GOAL, 1))
        assert scores(forum) == {}

    def test_tells_a_member_whose_municipality_has_left_the_region(self) -> None:
        forum = make_priorities.started(municipalities=3)
        gone = forum.region.municipalities[0]
        Membership.objects.filter(municipality_id=gone.tenant_id).update(valid_to=date(2027, 1, 1))
        with pytest.raises(MunicipalityHasLeft, match=f"{gone.name} er ikke med i regionen lenger"):
            write(forum, forum.members[0], ScoreInput(GOAL, 1))
        write(forum, forum.members[1], ScoreInput(GOAL, 1))
        assert [person for _pool, person, _criterion in scores(forum)] == [forum.members[1].person_id]

    def test_refuses_before_the_start_after_the_ranking_and_when_the_case_is_gone(self) -> None:
        early = make_priorities.prepared()
        with pytest.raises(RoundIsNotOpen):
            write(early, early.members[0], ScoreInput(GOAL, 1))
        late = make_priorities.ranked()
        before = scores(late)
        with pytest.raises(RoundIsNotOpen):
            write(late, late.members[0], ScoreInput(GOAL, 3))
        assert scores(late) == before
        gone = make_priorities.started()
        governance.withdraw_case(make.system(gone.region), case_id=gone.case_id, why="Utgår")
        with pytest.raises(CaseIsNotOpen):
            write(gone, gone.members[0], ScoreInput(GOAL, 1))
        assert scores(gone) == {}

    def test_twenty_at_once_lose_nothing(self) -> None:
        forum = make_priorities.started(municipalities=2, pools=2, members=20)
        contexts = [make.context(who) for who in forum.members]
        ready = threading.Barrier(20)
        failed: list[Exception] = []

        def sit(number: int) -> None:
            try:
                ready.wait(timeout=60)
                for pool_id in forum.pools:
                    for at, criterion in enumerate(SCORED):
                        for value in (0, (number + at) % 4):  # a first thought, and the choice that stands
                            priorities.score_pool(
                                contexts[number], round_id=forum.round_id, pool_id=pool_id,
                                scores=[ScoreInput(criterion, value)],
                            )  # fmt: skip
            except Exception as error:
                failed.append(error)
            finally:
                connections.close_all()

        people = [threading.Thread(target=sit, args=(number,)) for number in range(20)]
        for person in people:
            person.start()
        for person in people:
            person.join()

        assert failed == []
        assert scores(forum) == {
            (pool_id, who.person_id, criterion.value): (number + at) % 4
            for pool_id in forum.pools
            for number, who in enumerate(forum.members)
            for at, criterion in enumerate(SCORED)
        }

    def test_the_same_person_in_two_tabs_at_once_loses_nothing(self) -> None:
        forum = make_priorities.started()
        ctx = make.context(forum.members[0])
        ready = threading.Barrier(2)

        def tab(criterion: Criterion, pool_id: int) -> None:
            ready.wait(timeout=60)
            for value in (0, 1, 2, 3):
                priorities.score_pool(
                    ctx, round_id=forum.round_id, pool_id=pool_id, scores=[ScoreInput(criterion, value)]
                )
            connections.close_all()

        tabs = [threading.Thread(target=tab, args=(criterion, forum.pools[0])) for criterion in (GOAL, RISK)]
        for it in tabs:
            it.start()
        for it in tabs:
            it.join()
        assert sorted(scores(forum).values()) == [3, 3]


class TestViews:
    def test_are_hidden_while_members_score_so_that_nobody_is_led(self) -> None:
        forum = make_priorities.started()
        for status in ("scoring", "discussing"):
            ctx = make.context(forum.members[0])
            if status == "scoring":
                with pytest.raises(ViewsAreNotShown):
                    priorities.get_views(ctx, round_id=forum.round_id)
            with pytest.raises(RankingIsNotShown):
                priorities.get_ranked(ctx, round_id=forum.round_id)
            if status == "scoring":
                for who in forum.members:
                    for pool_id in forum.pools:
                        make_priorities.score(forum, who, pool_id)
                priorities.show_views(make.system(forum.region), round_id=forum.round_id)
        assert priorities.get_views(ctx, round_id=forum.round_id).disputes

    def test_wait_until_somebody_has_scored_every_pool(self) -> None:
        forum = make_priorities.started()
        for pool_id in forum.pools[1:]:
            make_priorities.score(forum, forum.members[0], pool_id)
        with pytest.raises(ScoresAreMissing, match="«Emne 0»"):
            priorities.show_views(make.system(forum.region), round_id=forum.round_id)
        found = priorities.get_round(make.system(forum.region), round_id=forum.round_id)
        assert found.round.status is RoundStatus.SCORING

    def test_show_who_stands_at_each_end(self) -> None:
        forum = make_priorities.discussed(members=3)
        page = priorities.get_views(make.context(forum.members[0]), round_id=forum.round_id)
        worst = page.disputes[0]
        assert (worst.criterion, worst.agreement) == (RISK, Agreement.APART)
        names = {page.seats[seat] for seat in worst.at_high}
        liked = forum.members[:1] if worst.key == forum.pools[0] else forum.members[1:]
        assert all(any(who.account.display_name in name for name in names) for who in liked)
        assert len(names) == len(liked)
        assert [(it.criterion, it.agreed, it.apart) for it in page.criteria if it.criterion is RISK] == [(RISK, 1, 2)]

    def test_members_may_think_again_after_the_talk(self) -> None:
        forum = make_priorities.discussed(members=2)
        for who in forum.members:
            for pool_id in forum.pools:
                make_priorities.score(forum, who, pool_id, risk=2)
        page = priorities.get_views(make.context(forum.members[0]), round_id=forum.round_id)
        assert {it.agreement for it in page.disputes} == {Agreement.AGREED}

    def test_are_the_offices_to_show_and_only_once(self) -> None:
        forum = make_priorities.discussed()
        with pytest.raises(Refused):
            priorities.rank_round(make.context(forum.members[0]), round_id=forum.round_id)
        with pytest.raises(RoundHasMovedOn):
            priorities.show_views(make.system(forum.region), round_id=forum.round_id)
        found = priorities.get_round(make.system(forum.region), round_id=forum.round_id)
        assert found.round.status is RoundStatus.DISCUSSING
        assert [(it.done, it.all) for it in found.progress] == [(15, 15), (15, 15)]
