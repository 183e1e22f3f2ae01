"""The line against a real database: many at once, and random histories against the pure rules."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.rules import Chairs, Entry, give_out
from kompetanse.domains.courses.types import AlreadySignedUp, SignupStatus
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError
from tests import make
from tests.make import courses as made
from tests.make import orders as made_orders

SEATED, WAITING, ASKED = SignupStatus.SEATED, SignupStatus.WAITING, SignupStatus.ASKED


class TestManyAtOnce:
    def test_twenty_for_the_last_seat(self) -> None:
        region = make.region(municipalities=2)
        teams = [made.team(town, 10) for town in region.municipalities]
        run_id = made.run(region, seats=1)
        asks = [(make.context(chief), who) for chief, people in teams for who in people]
        start = Barrier(len(asks))

        def ask(ctx: Context, who: make.Who) -> int:
            assert who.employee is not None
            start.wait()
            try:
                return courses.ask_for_seat(ctx, run_id=run_id, employee_id=who.employee.pk)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(asks)) as pool:
            ids = list(pool.map(lambda pair: ask(*pair), asks))

        rows = courses.list_signups(make.system(region), run_id=run_id)
        assert sorted(row.id for row in rows) == sorted(ids)
        assert Counter(row.status for row in rows) == {SEATED: 1, WAITING: 19}
        assert sorted(row.queue_number for row in rows) == list(range(1, 21))
        assert [row.place for row in rows] == [None, *range(1, 20)]
        run = courses.get_run(make.system(region), run_id=run_id).run
        assert (run.seats_taken, run.waiting) == (1, 19)

    def test_two_tabs_at_once_give_one_sign_up(self) -> None:
        region = make.region()
        _, (kari, *_) = made.team(region.municipalities[0])
        run_id = made.run(region)
        ctx = make.context(kari)
        start = Barrier(4)

        def ask(_: int) -> bool:
            start.wait()
            try:
                courses.ask_for_seat(ctx, run_id=run_id, employee_id=kari.employee.pk)  # type: ignore[union-attr]
            except AlreadySignedUp:
                return False
            finally:
                connections.close_all()
            return True

        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(ask, range(4))) == [False, False, False, True]
        assert len(courses.list_signups(make.system(region), run_id=run_id)) == 1


class TestRandomHistories:
    @pytest.mark.parametrize("seed", range(3))
    def test_keep_the_promises_and_replay_gives_the_same(self, seed: int) -> None:
        chance = random.Random(seed)
        region = make.region(municipalities=2)
        measure_id = made_orders.plan(region)
        made_orders.order(region, region.municipalities[1], measure_id, seats=chance.randint(1, 2))
        capacity = chance.randint(2, 4)
        run_id = made.run(region, seats=capacity, measure_id=measure_id)
        page = courses.get_run(make.system(region), run_id=run_id)
        chairs = Chairs(capacity, {quota.tenant_id: quota.seats for quota in page.quotas})
        people = [
            (chief, who) for town in region.municipalities for chief, team in [made.team(town, 4)] for who in team
        ]
        history: list[tuple[str, int, int]] = []  # act, queue number, municipality

        for _ in range(45):
            rows = courses.list_signups(make.system(region), run_id=run_id)
            act = chance.choice(["ask", "ask", "approve", "approve", "withdraw", "decline"])
            may = {"approve": {ASKED}, "decline": {ASKED}, "withdraw": {ASKED, WAITING, SEATED}}.get(act, set())
            row = chance.choice([r for r in rows if r.status in may] or [None])
            chosen = [pair for pair in people if row is None or pair[1].person_id == row.person_id]
            chief, who = chance.choice(chosen)
            assert who.employee is not None
            try:
                if act == "ask":
                    made.signup(run_id, who)
                    number = courses.list_signups(make.system(region), run_id=run_id)[-1].queue_number
                elif row is None:
                    continue
                else:
                    ctx = make.context(who if act == "withdraw" else chief)
                    number = row.queue_number
                    if act == "approve":
                        courses.approve_signup(ctx, signup_id=row.id)
                    elif act == "decline":
                        courses.decline_signup(ctx, signup_id=row.id)
                    else:
                        courses.withdraw(ctx, signup_id=row.id)
            except DomainError:
                continue
            history.append((act, number, who.employee.tenant_id))
            self.check(region, run_id, chairs)

        rows = courses.list_signups(make.system(region), run_id=run_id)
        assert replay(chairs, history) == {row.queue_number: (row.status, row.place) for row in rows}
        assert len(history) > 10

    def check(self, region: make.Region, run_id: int, chairs: Chairs) -> None:
        rows = courses.list_signups(make.system(region), run_id=run_id)
        run = courses.get_run(make.system(region), run_id=run_id).run
        used = Counter(row.tenant_id for row in rows if row.status is SEATED)
        waiting = [row for row in rows if row.status is WAITING]
        assert run.seats_taken == sum(used.values()) <= chairs.capacity
        assert [row.place for row in waiting] == list(range(1, len(waiting) + 1))
        assert all(row.why for row in rows)
        if waiting:
            assert chairs.free(used) <= 0
            assert all(used[row.tenant_id] >= chairs.kept.get(row.tenant_id, 0) for row in waiting)


def replay(chairs: Chairs, history: list[tuple[str, int, int]]) -> dict[int, tuple[SignupStatus, int | None]]:
    """The same acts through the pure rules: what everybody is in the end, by number in the line."""
    owner: dict[int, int] = {}
    state: dict[int, SignupStatus] = {}
    places: dict[int, int | None] = {}
    after = {
        "ask": ASKED, "approve": WAITING, "withdraw": SignupStatus.WITHDRAWN, "decline": SignupStatus.DECLINED
    }  # fmt: skip
    for act, number, municipality in history:
        owner[number], state[number] = municipality, after[act]
        line = [Entry(n, owner[n], n, s is SEATED) for n, s in state.items() if s in (WAITING, SEATED)]
        places = {}
        for ruling in give_out(chairs, line):
            state[ruling.id] = SEATED if ruling.seated else WAITING
            places[ruling.id] = ruling.place
    return {n: (s, places.get(n)) for n, s in state.items()}
