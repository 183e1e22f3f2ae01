"""The giving out of seats: held by property over random lines, rooms and quotas."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.domains.courses.rules import Chairs, Entry, Ground, fit_quotas, give_out

ACTS = ["ask", "approve", "withdraw", "decline"]
municipalities = st.integers(1, 5)
quotas = st.dictionaries(municipalities, st.integers(0, 6), max_size=5)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Chairs, list[Entry]]:
    """A room whose quotas fit it, and a line in which nobody sits yet."""
    capacity = draw(st.integers(1, 12))
    chairs = Chairs(capacity, fit_quotas(draw(quotas), capacity), draw(st.booleans()))
    who = draw(st.lists(municipalities, max_size=25))
    return chairs, [Entry(100 + n, m, n) for n, m in enumerate(who, 1)]


class TestGiveOut:
    @given(lines())
    def test_never_seats_more_than_the_room_holds(self, line: tuple[Chairs, list[Entry]]) -> None:
        chairs, entries = line
        assert sum(ruling.seated for ruling in give_out(chairs, entries)) <= chairs.capacity

    @given(lines())
    def test_lets_no_seat_stand_idle_while_somebody_who_may_have_it_waits(
        self, line: tuple[Chairs, list[Entry]]
    ) -> None:
        chairs, entries = line
        rulings = give_out(chairs, entries)
        waiting = [ruling for ruling in rulings if not ruling.seated]
        idle = chairs.capacity - (len(rulings) - len(waiting))
        owner = {entry.id: entry.municipality for entry in entries}
        used = Counter(owner[ruling.id] for ruling in rulings if ruling.seated)
        kept = 0 if chairs.released else sum(max(0, n - used[m]) for m, n in chairs.kept.items())
        if waiting:
            assert idle == kept  # every idle seat is kept for a municipality that has not taken it
            assert all(used[owner[r.id]] >= chairs.kept.get(owner[r.id], 0) or chairs.released for r in waiting)

    @given(lines())
    def test_lets_nobody_overtake_but_by_a_kept_seat(self, line: tuple[Chairs, list[Entry]]) -> None:
        chairs, entries = line
        number = {entry.id: entry.number for entry in entries}
        rulings = give_out(chairs, entries)
        first_waiting = min((number[r.id] for r in rulings if not r.seated), default=10**9)
        for ruling in rulings:
            if ruling.seated and number[ruling.id] > first_waiting:
                assert ruling.ground is Ground.GUARANTEED

    @given(lines())
    def test_gives_kept_seats_to_those_who_ordered_them(self, line: tuple[Chairs, list[Entry]]) -> None:
        chairs, entries = line
        rulings = {ruling.id: ruling for ruling in give_out(chairs, entries)}
        if chairs.released:
            return
        for municipality, kept in chairs.kept.items():
            own = [entry for entry in entries if entry.municipality == municipality]
            assert all(rulings[entry.id].seated for entry in own[:kept])

    @given(lines())
    def test_numbers_those_who_wait_from_one_in_the_order_of_the_line(self, line: tuple[Chairs, list[Entry]]) -> None:
        chairs, entries = line
        places = [ruling.place for ruling in give_out(chairs, entries) if not ruling.seated]
        assert places == list(range(1, len(places) + 1))

    @given(lines(), st.randoms())
    def test_is_the_same_whatever_order_the_rows_come_in(
        self, line: tuple[Chairs, list[Entry]], random: object
    ) -> None:
        chairs, entries = line
        shuffled = entries[:]
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        assert give_out(chairs, shuffled) == give_out(chairs, entries)

    @given(lines())
    def test_gives_nothing_more_when_asked_again(self, line: tuple[Chairs, list[Entry]]) -> None:
        chairs, entries = line
        seated = {ruling.id for ruling in give_out(chairs, entries) if ruling.seated}
        again = give_out(chairs, [Entry(e.id, e.municipality, e.number, e.id in seated) for e in entries])
        assert not any(ruling.seated for ruling in again)

    def test_says_why_the_last_seats_wait(self) -> None:
        chairs = Chairs(3, {1: 2})
        entries = [Entry(10, 2, 1), Entry(11, 2, 2), Entry(12, 1, 3)]

        found = [(r.id, r.seated, r.place, r.ground) for r in give_out(chairs, entries)]

        assert found == [
            (10, True, None, Ground.FREE),
            (11, False, 1, Ground.KEPT_FOR_OTHERS),
            (12, True, None, Ground.GUARANTEED),
        ]
        after = give_out(
            Chairs(3, {1: 2}, released=True), [Entry(10, 2, 1, True), Entry(11, 2, 2), Entry(12, 1, 3, True)]
        )
        assert [(r.id, r.seated, r.ground) for r in after] == [(11, True, Ground.RELEASED)]


class TestFitQuotas:
    @given(quotas, st.integers(1, 30))
    def test_fills_the_room_and_never_more(self, ordered: dict[int, int], capacity: int) -> None:
        given_seats = fit_quotas(ordered, capacity)

        assert sum(given_seats.values()) == min(capacity, sum(ordered.values()))
        assert all(0 < seats <= ordered[who] for who, seats in given_seats.items())

    def test_keeps_proportion(self) -> None:
        assert fit_quotas({1: 10, 2: 20, 3: 0}, 15) == {1: 5, 2: 10}


class TestReplay:
    @settings(max_examples=300)
    @given(
        st.integers(1, 6),
        quotas,
        st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 40), municipalities), max_size=60),
    )
    def test_any_history_keeps_the_promises(
        self, capacity: int, ordered: dict[int, int], acts: list[tuple[str, int, int]]
    ) -> None:
        chairs = Chairs(capacity, fit_quotas(ordered, capacity))
        final = [self.play(chairs, acts) for _ in range(2)]

        assert final[0] == final[1]

    def play(self, chairs: Chairs, acts: list[tuple[str, int, int]]) -> dict[int, str]:
        """Ask, approve, withdraw and decline by the rules; after each act the promises hold."""
        owner: dict[int, int] = {}
        state: dict[int, str] = {}
        for act, which, municipality in acts:
            known = sorted(state)
            target = known[which % len(known)] if known else 0
            if act == "ask":
                number = len(owner) + 1
                owner[number], state[number] = municipality, "asked"
            elif act == "approve" and state.get(target) == "asked":
                state[target] = "waiting"
            elif state.get(target) in {"withdraw": {"asked", "waiting", "seated"}, "decline": {"asked"}}.get(act, ()):
                state[target] = "gone"
            line = [Entry(n, owner[n], n, s == "seated") for n, s in state.items() if s in {"waiting", "seated"}]
            for ruling in give_out(chairs, line):
                if ruling.seated:
                    passed = [n for n, s in state.items() if s == "waiting" and n < ruling.id]
                    assert not passed or ruling.ground is Ground.GUARANTEED
                    state[ruling.id] = "seated"
            used = Counter(owner[n] for n, s in state.items() if s == "seated")
            assert sum(used.values()) <= chairs.capacity
            for n, s in state.items():
                if s == "waiting":
                    assert used[owner[n]] >= chairs.kept.get(owner[n], 0)
                    assert chairs.free(used) <= 0
        return state
