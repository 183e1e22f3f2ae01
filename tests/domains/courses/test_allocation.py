"""The rules of seats against the plain model, the short way against the long one, and histories played again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.domains.courses.rules import Chairs, Entry, Ground, Logged, fit_quotas, give_one, give_out, replay
from kompetanse.domains.courses.types import SeatAct

from .program import ACTS, play

municipalities = st.integers(1, 4)
quotas = st.dictionaries(municipalities, st.integers(0, 5), max_size=4)


@st.composite
def settled(draw: st.DrawFn) -> tuple[Chairs, list[Entry]]:
    """A room by any policy, with a line that has been walked."""
    capacity = draw(st.integers(1, 10))
    office = draw(st.integers(0, capacity))
    chairs = Chairs(
        capacity, fit_quotas(draw(quotas), capacity - office), draw(st.booleans()), office, draw(st.booleans()),
        draw(st.booleans()),
    )  # fmt: skip
    people = draw(st.lists(st.tuples(municipalities, st.booleans(), st.sampled_from([None, None, 1, 2])), max_size=20))
    entries = [Entry(n, m, n, first=first, group=group) for n, (m, first, group) in enumerate(people, 1)]
    found = {ruling.id: ruling for ruling in give_out(chairs, entries)}
    return chairs, [replace(entry, seated=found[entry.id].seated) for entry in entries]


class TestGiveOne:
    @settings(max_examples=400)
    @given(settled(), municipalities, st.booleans())
    def test_is_what_the_walk_says_and_moves_nobody_else(
        self, room: tuple[Chairs, list[Entry]], municipality: int, first: bool
    ) -> None:
        chairs, entries = room
        used: dict[int, int] = {}
        for entry in entries:
            used[entry.municipality] = used.get(entry.municipality, 0) + entry.seated
        before = {ruling.id: ruling for ruling in give_out(chairs, entries)}
        newcomer = Entry(99, municipality, 99, first=first)

        one = give_one(chairs, used, len(before), newcomer)

        if one is not None and not any(entry.group is not None and not entry.seated for entry in entries):
            after = {ruling.id: ruling for ruling in give_out(chairs, [*entries, newcomer])}
            assert after.pop(99) == one
            assert {key: (r.seated, r.place, r.ground) for key, r in after.items()} == {
                key: (r.seated, r.place, r.ground) for key, r in before.items()
            }

    @given(settled())
    def test_a_settled_line_gives_nothing_more(self, room: tuple[Chairs, list[Entry]]) -> None:
        assert not any(ruling.seated for ruling in give_out(*room))


class TestPolicies:
    def test_a_statutory_deadline_stands_ahead_only_where_it_is_declared(self) -> None:
        entries = [Entry(1, 1, 1), Entry(2, 1, 2, first=True)]

        usual = give_out(Chairs(1), entries)
        declared = give_out(Chairs(1, statutory_first=True), entries)

        assert [(r.id, r.seated, r.ground) for r in usual] == [(1, True, Ground.FREE), (2, False, Ground.FULL)]
        assert [(r.id, r.seated, r.ground) for r in declared] == [(2, True, Ground.STATUTORY), (1, False, Ground.FULL)]

    def test_a_group_gets_seats_for_all_or_none_and_the_next_is_told_why(self) -> None:
        group = [Entry(n, 1, n, group=1) for n in (1, 2, 3)]

        found = give_out(Chairs(2), [*group, Entry(4, 1, 4)])

        assert [(r.id, r.seated, r.place, r.ground) for r in found] == [
            (1, False, 1, Ground.GROUP_TOO_LARGE),
            (2, False, 2, Ground.GROUP_TOO_LARGE),
            (3, False, 3, Ground.GROUP_TOO_LARGE),
            (4, True, None, Ground.PAST_GROUP),
        ]
        assert all(r.ground is Ground.GROUP for r in give_out(Chairs(3), group))

    def test_a_group_waits_for_the_last_of_its_approvals(self) -> None:
        found = give_out(Chairs(5), [Entry(1, 1, 1, group=1, held=True)])
        assert [(r.seated, r.ground) for r in found] == [(False, Ground.GROUP_INCOMPLETE)]

    def test_the_offices_seats_are_not_the_lines(self) -> None:
        found = give_out(Chairs(2, office=1), [Entry(1, 1, 1), Entry(2, 1, 2)])
        assert [(r.seated, r.ground) for r in found] == [(True, Ground.FREE), (False, Ground.KEPT_BY_OFFICE)]

    def test_a_seat_that_frees_is_offered_to_one_who_waited_and_given_to_one_who_has_just_asked(self) -> None:
        chairs = Chairs(2, by_offer=True)
        found = give_out(chairs, [Entry(1, 1, 1, fresh=False), Entry(2, 1, 2, fresh=True)])
        assert [(r.seated, r.offered) for r in found] == [(True, True), (True, False)]


class TestRandomActs:
    @settings(max_examples=60)
    @given(st.integers(0, 10**9))
    def test_any_history_is_as_the_model_tells(self, seed: int) -> None:
        done, broken, _ = play(seed, 40)
        assert broken == []
        assert done == 40

    def test_all_acts_are_tried_and_both_ways_are_walked(self) -> None:
        walks = steps = 0
        for seed in range(30):
            _, broken, program = play(seed, 60)
            assert broken == []
            walks, steps = walks + program.walks, steps + program.steps
        assert steps > 200
        assert walks > 200
        assert {"group", "move", "expire", "capacity", "office"} <= set(ACTS)


class TestReplay:
    HISTORY = [
        Logged(
            1, SeatAct.CHAIRS, None, 9, "", None, "",
            {"capacity": 1, "kept": {}, "released": False, "office": 0, "statutory_first": False, "by_offer": False},
        ),
        Logged(2, SeatAct.APPROVED, 1, 5, "seated", None, Ground.FREE, {"number": 1}),
        Logged(3, SeatAct.APPROVED, 2, 5, "waiting", 1, Ground.FULL, {"number": 2}),
        Logged(4, SeatAct.WITHDRAWN, 1, 5, "withdrawn", None, "", {}),
        Logged(4, "", 2, 5, "seated", None, Ground.FREE, {}),
    ]  # fmt: skip

    def test_a_true_history_holds(self) -> None:
        assert replay(self.HISTORY) == []

    @pytest.mark.parametrize("lie", [
        {2: Logged(3, SeatAct.APPROVED, 2, 5, "waiting", 2, Ground.FULL, {"number": 2})},
        {2: Logged(3, SeatAct.APPROVED, 2, 5, "seated", None, Ground.FREE, {"number": 2})},
        {4: Logged(4, "", 2, 5, "offered", None, Ground.FREE, {})},
        {3: Logged(4, SeatAct.ACCEPTED, 1, 5, "seated", None, "", {})},
    ])  # fmt: skip
    def test_one_that_was_tampered_with_does_not(self, lie: dict[int, Logged]) -> None:
        assert replay([lie.get(at, row) for at, row in enumerate(self.HISTORY)])
