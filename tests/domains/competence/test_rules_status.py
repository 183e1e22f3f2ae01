"""What evidence is worth on a day: the rules' properties, and the cases people ask about."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.competence.rules.status import (
    SOON,
    Anchor,
    ExpiryRule,
    Proof,
    Renewal,
    Rulebook,
    closure,
    find_circle,
)
from kompetanse.domains.competence.types import State
from kompetanse.kernel.periods import add_months

TODAY = date(2027, 3, 15)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
REQUIREMENTS = st.integers(1, 5)
RENEWALS = st.one_of(
    st.just(Renewal()),
    st.builds(
        Renewal,
        st.sampled_from([6, 12, 48, 60, 120]),
        st.sampled_from([Anchor.COMPLETION, Anchor.PREVIOUS_EXPIRY]),
        st.sampled_from([0, 3, 6]),
    ),
)


@st.composite
def proofs(draw: st.DrawFn) -> list[Proof]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        day = draw(DAYS)
        days = draw(st.none() | st.integers(0, 4000))
        end = None if days is None else day + timedelta(days=days)
        found.append(Proof(number + 1, draw(REQUIREMENTS), day, end))
    return found


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """Up to five requirements; a higher number may count for a lower, so there is no circle."""
    satisfied_by = {
        one: sorted(draw(st.sets(st.integers(one + 1, 5), max_size=3))) if one < 5 else [] for one in range(1, 6)
    }
    return Rulebook({one: draw(RENEWALS) for one in range(1, 6)}, satisfied_by)


def slow_last_day(book: Rulebook, requirement: int, evidence: list[Proof], today: date) -> date | str | None:
    """The last day by the plainest reading of the rules: None without evidence, "never" without end."""

    def limited(code: int, given: dict[int, tuple[date, date | str, bool]]) -> dict[int, tuple[date, date | str]]:
        rule = book.renewals[code]
        if rule.interval_months is None:
            return {number: (day, end) for number, (day, end, _) in given.items()}
        result: dict[int, tuple[date, date | str]] = {}
        previous: date | None = None
        for number, (day, end, stated) in sorted(given.items(), key=lambda item: (item[1][0], item[0])):
            own = add_months(day, rule.interval_months)
            if rule.anchor is Anchor.PREVIOUS_EXPIRY:
                early = add_months(previous, -rule.early_window_months) if previous else None
                if previous and early and early <= day <= previous:
                    own = add_months(previous, rule.interval_months)
                elif stated:
                    own = add_months(day, rule.interval_months + rule.early_window_months)
            last = own if end == "never" else min(own, end)
            result[number] = (day, last)
            previous = last if previous is None or last > previous else previous  # type: ignore[operator,assignment]
        return result

    def told(code: int) -> dict[int, tuple[date, date | str, bool]]:
        return {
            proof.evidence_id: (proof.completed_on, proof.valid_to or "never", proof.valid_to is not None)
            for proof in evidence
            if proof.requirement_id == code
        }

    def passes(code: int) -> dict[int, tuple[date, date | str]]:
        given = told(code)
        for by in closure(book.satisfied_by, code) - {code}:
            own = told(by)
            given |= {number: (day, end, own[number][2]) for number, (day, end) in limited(by, own).items()}
        return limited(code, given)

    evidence = [proof for proof in evidence if proof.completed_on <= today]
    ends = [end for _, end in passes(requirement).values()]
    if not ends:
        return None
    return "never" if "never" in ends else max(ends)


class TestStatus:
    @given(rulebooks(), proofs(), REQUIREMENTS, DAYS)
    def test_agrees_with_the_plainest_reading(
        self, book: Rulebook, evidence: list[Proof], requirement: int, today: date
    ) -> None:
        status = book.status(requirement, evidence, today)
        last = slow_last_day(book, requirement, evidence, today)
        if last is None:
            assert status.state is State.MISSING
            assert status.best is None
        elif last == "never":
            assert status.state is State.HELD
            assert status.expires_on is None
        else:
            assert isinstance(last, date)
            assert status.expires_on == last
            left = (last - today).days
            wanted = State.EXPIRED if left < 0 else State.EXPIRING if left <= SOON else State.HELD
            assert status.state is wanted

    @given(rulebooks(), proofs(), REQUIREMENTS, DAYS, st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_arrival(
        self, book: Rulebook, evidence: list[Proof], requirement: int, today: date, dice: object
    ) -> None:
        shuffled = list(evidence)
        dice.shuffle(shuffled)  # type: ignore[attr-defined]
        assert book.status(requirement, evidence, today) == book.status(requirement, shuffled, today)

    @given(rulebooks(), proofs(), REQUIREMENTS, DAYS)
    def test_does_not_know_what_is_not_yet_completed(
        self, book: Rulebook, evidence: list[Proof], requirement: int, today: date
    ) -> None:
        known = [proof for proof in evidence if proof.completed_on <= today]
        assert book.status(requirement, evidence, today) == book.status(requirement, known, today)

    @given(rulebooks(), proofs(), REQUIREMENTS, DAYS)
    def test_counts_only_what_covers_and_never_the_other_way(
        self, book: Rulebook, evidence: list[Proof], requirement: int, today: date
    ) -> None:
        counted = {one.proof.requirement_id for one in book.passes(requirement, evidence)}
        assert counted <= book.covering(requirement)
        assert all(code >= requirement for code in counted)

    @given(rulebooks(), proofs(), REQUIREMENTS)
    def test_never_outlasts_what_its_issuer_says(self, book: Rulebook, evidence: list[Proof], requirement: int) -> None:
        for one in book.passes(requirement, evidence):
            if one.proof.valid_to is not None:
                assert one.expires_on is not None
                assert one.expires_on <= one.proof.valid_to

    @given(rulebooks(), proofs(), REQUIREMENTS, DAYS)
    def test_on_leave_is_a_state_of_its_own_and_remembers_what_is_beneath(
        self, book: Rulebook, evidence: list[Proof], requirement: int, today: date
    ) -> None:
        away = book.status(requirement, evidence, today, on_leave=True)
        here = book.status(requirement, evidence, today)
        assert away.state is State.ON_LEAVE
        assert (away.beneath, away.best) == (here.state, here.best)

    def test_counts_the_last_day_in(self) -> None:
        book = Rulebook({1: Renewal(12, Anchor.COMPLETION)}, {})
        evidence = [Proof(1, 1, date(2026, 3, 15))]
        assert book.status(1, evidence, date(2027, 3, 15)).state is State.EXPIRING
        assert book.status(1, evidence, date(2027, 3, 16)).state is State.EXPIRED

    def test_gives_a_pass_on_the_leap_day_its_last_day_in_february(self) -> None:
        book = Rulebook({1: Renewal(12, Anchor.COMPLETION)}, {})
        assert book.status(1, [Proof(1, 1, date(2024, 2, 29))], TODAY).expires_on == date(2025, 2, 28)


class TestRenewal:
    book = Rulebook({1: Renewal(60, Anchor.PREVIOUS_EXPIRY, 6)}, {})

    def test_keeps_the_old_date_when_renewed_in_the_last_six_months(self) -> None:
        evidence = [Proof(1, 1, date(2022, 6, 1)), Proof(2, 1, date(2027, 2, 1))]
        best = self.book.status(1, evidence, TODAY).best
        assert best is not None
        assert (best.expires_on, best.rule) == (date(2032, 6, 1), ExpiryRule.KEPT_DATE)

    def test_counts_from_completion_when_renewed_too_early(self) -> None:
        evidence = [Proof(1, 1, date(2022, 6, 1)), Proof(2, 1, date(2026, 11, 30))]
        assert self.book.status(1, evidence, TODAY).expires_on == date(2031, 11, 30)

    def test_counts_from_completion_when_renewed_too_late(self) -> None:
        evidence = [Proof(1, 1, date(2021, 6, 1)), Proof(2, 1, date(2026, 7, 1))]
        assert self.book.status(1, evidence, TODAY).expires_on == date(2031, 7, 1)

    def test_believes_the_issuer_who_knows_an_older_certificate(self) -> None:
        evidence = [Proof(1, 1, date(2027, 2, 1), valid_to=date(2032, 6, 1))]
        assert self.book.status(1, evidence, TODAY).expires_on == date(2032, 6, 1)

    def test_does_not_believe_an_issuer_who_says_more_than_the_rule_can_give(self) -> None:
        evidence = [Proof(1, 1, date(2027, 2, 1), valid_to=date(2040, 1, 1))]
        assert self.book.status(1, evidence, TODAY).expires_on == date(2032, 8, 1)


class TestEquivalence:
    # 1: scaffold 2-5 m, 2: 5-9 m, 3: over 9 m
    book = Rulebook({n: Renewal() for n in (1, 2, 3)}, {1: [2], 2: [3]})

    def test_follows_more_than_one_step(self) -> None:
        assert self.book.status(1, [Proof(1, 3, date(2020, 1, 1))], TODAY).state is State.HELD

    def test_has_a_direction(self) -> None:
        assert self.book.status(3, [Proof(1, 1, date(2020, 1, 1))], TODAY).state is State.MISSING

    def test_ends_when_what_covers_ends(self) -> None:
        book = Rulebook({1: Renewal(), 2: Renewal(12, Anchor.COMPLETION)}, {1: [2]})
        best = book.status(1, [Proof(1, 2, date(2025, 1, 1))], TODAY).best
        assert best is not None
        assert (best.expires_on, best.rule) == (date(2026, 1, 1), ExpiryRule.COVERING)

    def test_makes_nothing_out_of_a_circle(self) -> None:
        book = Rulebook({1: Renewal(), 2: Renewal()}, {1: [2], 2: [1]})
        assert book.status(1, [], TODAY).state is State.MISSING
        assert book.status(1, [Proof(1, 2, date(2020, 1, 1))], TODAY).state is State.HELD


class TestFindCircle:
    @given(st.dictionaries(REQUIREMENTS, st.lists(REQUIREMENTS, max_size=3)))
    def test_finds_one_exactly_when_something_would_count_for_itself(self, satisfied_by: dict[int, list[int]]) -> None:
        def reaches(start: int) -> bool:
            return any(start in closure(satisfied_by, by) for by in satisfied_by.get(start, ()))

        assert (find_circle(satisfied_by) is not None) == any(reaches(one) for one in satisfied_by)
