from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.orders import rules
from kompetanse.domains.orders.rules import capacity, routing
from kompetanse.domains.orders.types import OrderStatus
from kompetanse.domains.orders.types.catalogue import ServiceKind
from kompetanse.domains.orders.types.guidelines import (
    Facts,
    GuidelineInput,
    GuidelineIsEmpty,
    GuidelineStartsTooEarly,
    Route,
    Rule,
    RuleIsImpossible,
    RuleIsTurned,
)
from kompetanse.domains.orders.types.office import Job, Schedule, Worker

TODAY = date(2027, 3, 17)  # a Wednesday

days = st.dates(date(2027, 1, 1), date(2027, 12, 31))
minutes = st.integers(0, 40 * 60)
maybe_ore = st.none() | st.integers(0, 10**7)
facts = st.builds(
    Facts, kind=st.sampled_from(ServiceKind), cost_ore=st.integers(0, 10**7), minutes=minutes,
    municipalities=st.integers(1, 7), in_plan=st.booleans(), statutory=st.booleans(),
)  # fmt: skip
some_rules = st.builds(
    Rule, route=st.sampled_from(Route), reason_nb=st.text("abc", min_size=1, max_size=5),
    kinds=st.lists(st.sampled_from(ServiceKind), max_size=2).map(tuple), cost_from_ore=maybe_ore,
    cost_below_ore=maybe_ore, minutes_from=st.none() | minutes, minutes_below=st.none() | minutes,
    municipalities_from=st.none() | st.integers(1, 7), in_plan=st.none() | st.booleans(),
    statutory=st.none() | st.booleans(),
)  # fmt: skip


class TestDecide:
    @given(st.lists(some_rules, max_size=5), st.sampled_from(Route), facts)
    def test_the_first_rule_that_fits_decides_and_says_why(
        self, lines: list[Rule], otherwise: Route, known: Facts
    ) -> None:
        ruling = routing.decide(lines, otherwise, known)

        fitting = [place for place, rule in enumerate(lines, 1) if routing.fits(rule, known)]
        assert ruling.place == (fitting[0] if fitting else None)
        assert ruling.route is (lines[fitting[0] - 1].route if fitting else otherwise)
        assert ruling.reason_nb

    @given(some_rules, facts)
    def test_a_condition_more_never_makes_a_rule_fit(self, rule: Rule, known: Facts) -> None:
        free = Rule(rule.route, rule.reason_nb)
        assert routing.fits(free, known)
        if routing.fits(rule, known):
            assert not rule.kinds or known.kind in rule.kinds
            assert rule.cost_from_ore is None or known.cost_ore >= rule.cost_from_ore
            assert rule.cost_below_ore is None or known.cost_ore < rule.cost_below_ore

    @pytest.mark.parametrize(
        ("rule", "known", "expected"),
        [
            (Rule(Route.FORUM, "a", cost_from_ore=100), Facts(ServiceKind.ADVICE, cost_ore=100), True),
            (Rule(Route.FORUM, "a", cost_from_ore=100), Facts(ServiceKind.ADVICE, cost_ore=99), False),
            (Rule(Route.FORUM, "a", cost_below_ore=100), Facts(ServiceKind.ADVICE, cost_ore=100), False),
            (Rule(Route.FORUM, "a", minutes_from=60, minutes_below=61), Facts(ServiceKind.ADVICE, minutes=60), True),
            (Rule(Route.FORUM, "a", municipalities_from=2), Facts(ServiceKind.ADVICE), False),
            (Rule(Route.FORUM, "a", in_plan=False), Facts(ServiceKind.ADVICE, in_plan=True), False),
            (Rule(Route.FORUM, "a", statutory=True), Facts(ServiceKind.ADVICE, statutory=True), True),
            (Rule(Route.FORUM, "a", kinds=(ServiceKind.COURSE,)), Facts(ServiceKind.ADVICE), False),
        ],
    )
    def test_from_is_taken_in_and_below_is_not(self, rule: Rule, known: Facts, expected: bool) -> None:
        assert routing.fits(rule, known) is expected

    def test_without_guidelines_an_order_goes_straight(self) -> None:
        assert routing.decide_by(None, Facts(ServiceKind.COURSE)).route is Route.DIRECT

    @pytest.mark.parametrize(
        ("lines", "error"),
        [
            ((), GuidelineIsEmpty),
            ((Rule(Route.FORUM, ""),), RuleIsImpossible),
            ((Rule(Route.FORUM, "a", cost_from_ore=-1),), RuleIsImpossible),
            ((Rule(Route.FORUM, "a", minutes_from=2**40),), RuleIsImpossible),
            ((Rule(Route.FORUM, "a", minutes_from=60, minutes_below=60),), RuleIsTurned),
        ],
    )
    def test_refuses_rules_that_make_no_sense(self, lines: tuple[Rule, ...], error: type[Exception]) -> None:
        with pytest.raises(error):
            routing.check_guideline(GuidelineInput(TODAY, lines), TODAY)

    def test_refuses_to_reach_back_in_time(self) -> None:
        told = GuidelineInput(TODAY - timedelta(days=1), (Rule(Route.FORUM, "a"),))
        with pytest.raises(GuidelineStartsTooEarly, match=r"17\.03\.2027"):
            routing.check_guideline(told, TODAY)


def workers(draw: st.DrawFn) -> list[Worker]:
    count = draw(st.integers(0, 3))
    return [
        Worker(
            number, draw(st.integers(0, 600)), draw(days), draw(st.none() | days.map(lambda day: day + timedelta(200)))
        )
        for number in range(1, count + 1)
    ]


@st.composite
def offices(draw: st.DrawFn) -> tuple[list[Job], list[Worker]]:
    people = workers(draw)
    ids = [None, *(worker.id for worker in people)]
    jobs = [
        Job(number, draw(st.integers(0, 1500)), draw(st.sampled_from(ids)), draw(st.none() | days))
        for number in range(1, draw(st.integers(0, 7)) + 1)
    ]
    return jobs, people


WEEKS = 30


def planned(jobs: list[Job], people: list[Worker]) -> Schedule:
    return capacity.plan(jobs, people, TODAY, weeks=WEEKS)


class TestPlan:
    @given(offices())
    def test_nobody_gets_more_than_there_is_of_a_week(self, office: tuple[list[Job], list[Worker]]) -> None:
        jobs, people = office
        taken: dict[tuple[int, date], int] = defaultdict(int)
        for slot in planned(jobs, people).slots:
            assert slot.minutes > 0
            taken[slot.worker_id, slot.week] += slot.minutes
        for worker in people:
            for number in range(WEEKS):
                week = capacity.monday(TODAY) + timedelta(weeks=number)
                assert taken[worker.id, week] <= capacity.minutes_in_week(worker, week, TODAY)

    @given(offices())
    def test_a_job_gets_all_its_minutes_or_has_no_end(self, office: tuple[list[Job], list[Worker]]) -> None:
        jobs, people = office
        plan = planned(jobs, people)
        for job, it in zip(jobs, plan.expected, strict=True):
            got = sum(slot.minutes for slot in plan.slots if slot.job_id == job.id)
            assert it.job_id == job.id
            assert (got == job.minutes) if it.ends is not None else (got < job.minutes)
            assert it.is_late is (job.due_on is not None and (it.ends is None or it.ends > job.due_on))
            if job.worker_id is not None:
                assert {slot.worker_id for slot in plan.slots if slot.job_id == job.id} <= {job.worker_id}

    @given(offices())
    def test_nobody_is_passed_in_one_workers_weeks(self, office: tuple[list[Job], list[Worker]]) -> None:
        jobs, people = office
        plan = planned(jobs, people)
        places = {job.id: place for place, job in enumerate(jobs)}
        for worker in people:
            own = [slot for slot in plan.slots if slot.worker_id == worker.id]
            assert [(slot.week, places[slot.job_id]) for slot in own] == sorted(
                (slot.week, places[slot.job_id]) for slot in own
            )
            assert [places[slot.job_id] for slot in own] == sorted(places[slot.job_id] for slot in own)

    @given(offices())
    def test_no_week_idles_before_the_last_that_waits(self, office: tuple[list[Job], list[Worker]]) -> None:
        """A worker's weeks are filled from the first: only the last one with work may have room left."""
        jobs, people = office
        plan = planned(jobs, people)
        for worker in people:
            weeks = sorted({slot.week for slot in plan.slots if slot.worker_id == worker.id})
            for week in weeks[:-1]:
                taken = sum(s.minutes for s in plan.slots if s.worker_id == worker.id and s.week == week)
                assert taken == capacity.minutes_in_week(worker, week, TODAY)

    @given(offices(), st.integers(0, 1500))
    def test_a_later_job_moves_nobody_before_it(self, office: tuple[list[Job], list[Worker]], more: int) -> None:
        jobs, people = office
        before = planned(jobs, people).expected
        assert planned([*jobs, Job(99, more)], people).expected[: len(jobs)] == before

    @given(st.lists(st.tuples(st.integers(1, 900), st.integers(0, 60)), min_size=1, max_size=5))
    def test_the_queues_order_keeps_every_deadline_that_can_be_kept(self, told: list[tuple[int, int]]) -> None:
        """With one worker: where some order of the jobs is late for none, so is the nearest deadline first."""
        worker = [Worker(1, 600, date(2027, 1, 1))]
        jobs = [Job(n, size, due_on=TODAY + timedelta(days=ahead)) for n, (size, ahead) in enumerate(told)]
        queue = capacity.in_queue_order((job, False, TODAY) for job in jobs)
        possible = any(not any(it.is_late for it in planned(list(way), worker).expected) for way in permutations(jobs))
        assert possible is not any(it.is_late for it in planned(queue, worker).expected)

    def test_what_is_begun_comes_first_then_the_deadline_then_the_oldest(self) -> None:
        near, far, old, begun = Job(1, 1, due_on=TODAY), Job(2, 1), Job(3, 1), Job(4, 1)
        found = capacity.in_queue_order(
            [
                (far, False, date(2027, 2, 1)),
                (old, False, date(2027, 1, 1)),
                (near, False, date(2027, 3, 1)),
                (begun, True, date(2027, 3, 2)),
            ]
        )
        assert [job.id for job in found] == [4, 1, 3, 2]

    def test_the_week_that_has_begun_has_only_its_days_left(self) -> None:
        worker = Worker(1, 500, date(2027, 1, 1))
        plan = planned([Job(1, 400)], [worker])
        assert [(slot.week, slot.minutes) for slot in plan.slots] == [
            (date(2027, 3, 15), 300),
            (date(2027, 3, 22), 100),
        ]
        assert (plan.expected[0].starts, plan.expected[0].ends) == (TODAY, date(2027, 3, 26))

    def test_an_office_without_people_promises_nothing(self) -> None:
        it = planned([Job(1, 60, due_on=TODAY)], []).expected[0]
        assert (it.starts, it.ends, it.is_late) == (None, None, True)

    @given(st.integers(0, 2400), days)
    def test_a_month_is_the_sum_of_its_working_days(self, weekly: int, month: date) -> None:
        worker = Worker(1, weekly, date(2020, 1, 1))
        first = month.replace(day=1)
        end = (first + timedelta(days=32)).replace(day=1)
        there = sum((first + timedelta(days=n)).weekday() < 5 for n in range((end - first).days))
        assert capacity.minutes_in_month(worker, month) == weekly * there // 5


class TestWay:
    def test_ends_where_it_ends(self) -> None:
        for over in (OrderStatus.CANCELLED, OrderStatus.APPROVED):
            assert not any(rules.can_become(over, then) for then in OrderStatus)

    def test_passes_the_forum_and_the_office_before_it_is_agreed(self) -> None:
        assert not rules.can_become(OrderStatus.AT_FORUM, OrderStatus.ACCEPTED)
        assert not rules.can_become(OrderStatus.AT_FORUM, OrderStatus.QUOTED)
        assert rules.can_become(OrderStatus.QUOTED, OrderStatus.ACCEPTED)
        assert not rules.can_become(OrderStatus.DELIVERED, OrderStatus.CANCELLED)

    @given(st.integers(0, 10**9), st.integers(0, 500), st.integers(1, 10_000))
    def test_a_share_of_the_budget_is_never_more_than_it(self, budget: int, planned_: int, seats: int) -> None:
        share = rules.share_of_budget(budget, planned_, seats)
        assert 0 <= share <= budget
        if planned_ and seats >= planned_:
            assert share == budget
