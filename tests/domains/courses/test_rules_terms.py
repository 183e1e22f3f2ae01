"""What an act costs, as properties: never less later, never more than the most, and days are Norwegian days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.courses.rules import terms as rules
from kompetanse.domains.courses.types.terms import (
    MOST_FEE_ORE,
    Act,
    DaysAreImpossible,
    FeeIsImpossible,
    TermsAreIncomplete,
    TermsInput,
    Tier,
    TiersAreImpossible,
    Timing,
)
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.money import Money

NORWAY = ZoneInfo("Europe/Oslo")
START = datetime(2027, 9, 14, 7, 0, tzinfo=UTC)

# What organisers really write: who, and their terms.
ORGANISERS = {
    "free for four weeks, then the fee; an administrative fee besides for who stays away": TermsInput(
        "RVTS", (Tier(28, 100),), stay_away_percent=100, stay_away_ore=50_000
    ),
    "free for two weeks, half after that, all from the start": TermsInput(
        "KompetansePartner", (Tier(14, 50), Tier(0, 100)), stay_away_percent=100, decide_days=7
    ),
    "a fifth and at least 500, half from two weeks, all from one": TermsInput(
        "Raad", (Tier(None, 20, 50_000), Tier(14, 50, 50_000), Tier(7, 100, 50_000)), stay_away_percent=100
    ),
    "half from two weeks, all from one": TermsInput("Regnskap", (Tier(14, 50), Tier(7, 100)), stay_away_percent=100),
    "nothing back on the day but for a note within three days": TermsInput(
        "Hjortesenteret", (Tier(1, 100),), stay_away_percent=100, documented_days=3, decide_days=7
    ),
    "paid by others for those who come": TermsInput("KS", (), stay_away_percent=100, documented_days=14),
    "all from one week": TermsInput("Bedriftshelse", (Tier(7, 100),), stay_away_percent=100),
    "a thousand for withdrawing": TermsInput("Kommunikasjon", (Tier(None, 0, 100_000),), replacing_is_free=False),
}  # fmt: skip


@st.composite
def some_terms(draw: st.DrawFn) -> TermsInput:
    days = draw(st.lists(st.none() | st.integers(0, 365), unique=True, max_size=6))
    ordered = sorted(days, key=lambda day: -(366 if day is None else day))
    percents = sorted(draw(st.lists(st.integers(0, 100), min_size=len(days), max_size=len(days))))
    least = sorted(draw(st.lists(st.integers(0, MOST_FEE_ORE), min_size=len(days), max_size=len(days))))
    tiers = tuple(Tier(*told) for told in zip(ordered, percents, least, strict=True))
    return TermsInput(
        "Vilkår", tiers, draw(st.integers(0, 100)), draw(st.integers(0, 1_000_000)), draw(st.booleans()),
        draw(st.none() | st.integers(0, 30)), draw(st.none() | st.integers(0, 60)), draw(st.integers(0, 60)),
    )  # fmt: skip


FEES = st.integers(0, MOST_FEE_ORE).map(Money)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
STARTS = st.datetimes(datetime(2026, 6, 1), datetime(2027, 12, 1), timezones=st.just(UTC))


class TestConsequence:
    @given(some_terms(), FEES, STARTS, MOMENTS, MOMENTS)
    def test_never_costs_less_later(
        self, terms: TermsInput, fee: Money, start: datetime, one: datetime, other: datetime
    ) -> None:
        first, last = sorted((one, other))
        timing = Timing(start)

        costs = [rules.consequence(terms, fee, Act.WITHDRAW, when, timing).amount for when in (first, last)]

        assert costs == sorted(costs)
        assert costs[-1] <= rules.consequence(terms, fee, Act.STAY_AWAY, last, timing).amount

    @given(some_terms(), FEES, STARTS, MOMENTS, st.sampled_from(Act), st.none() | MOMENTS)
    def test_is_never_over_the_most_and_always_has_a_sentence(
        self, terms: TermsInput, fee: Money, start: datetime, when: datetime, act: Act, moved: datetime | None
    ) -> None:
        rules.require_terms(terms)
        found = rules.consequence(terms, fee, act, when, Timing(start, moved))

        assert Money() <= found.amount <= rules.most(terms, fee)
        assert found.sentence % dict(found.values)

    @given(some_terms(), FEES, STARTS, MOMENTS)
    def test_days_are_days_of_the_calendar_in_norway_whatever_the_clock_does(
        self, terms: TermsInput, fee: Money, start: datetime, when: datetime
    ) -> None:
        here = when.astimezone(NORWAY)
        midnight = datetime(here.year, here.month, here.day, tzinfo=NORWAY)
        noon = midnight.replace(hour=12)

        costs = {
            rules.consequence(terms, fee, Act.WITHDRAW, moment, Timing(start)).amount
            for moment in (midnight, noon, midnight.replace(hour=23, minute=59))
        }

        assert len(costs) == 1

    @pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
    def test_the_day_the_clock_changes_is_one_day(self, day: date) -> None:
        start = datetime(day.year, day.month, day.day, 8, tzinfo=NORWAY) + timedelta(days=1)
        before = datetime(day.year, day.month, day.day, 0, 30, tzinfo=NORWAY)

        assert rules.days_left(before, start) == 1
        assert rules.days_left(before.astimezone(UTC), start.astimezone(UTC)) == 1

    @pytest.mark.parametrize(
        ("left", "kroner"), [(60, 400), (15, 400), (14, 400), (13, 1000), (7, 1000), (6, 2000), (0, 2000), (-1, 2000)]
    )
    def test_by_the_terms_of_raad(self, left: int, kroner: int) -> None:
        terms = ORGANISERS["a fifth and at least 500, half from two weeks, all from one"]
        terms = replace(terms, tiers=(Tier(None, 20), Tier(14, 50), Tier(7, 100)))

        found = rules.consequence(terms, Money.kroner(2000), Act.WITHDRAW, START - timedelta(days=left), Timing(START))

        assert found.amount == Money.kroner(kroner)

    def test_the_least_holds_also_where_the_fee_is_small_or_none(self) -> None:
        terms = ORGANISERS["a thousand for withdrawing"]

        assert rules.consequence(terms, Money(), Act.WITHDRAW, START, Timing(START)).amount == Money.kroner(1000)

    def test_says_until_when_it_is_free_and_what_comes_after(self) -> None:
        terms = ORGANISERS["half from two weeks, all from one"]

        found = rules.consequence(
            terms, Money.kroner(1500), Act.WITHDRAW, START - timedelta(days=30), Timing(START)
        )  # fmt: skip

        assert (found.amount, found.sentence) == (Money(), rules.FREE_UNTIL)
        assert found.values == {"last_day": date(2027, 8, 31), "next": Money.kroner(750)}
        last = datetime(2027, 8, 31, 23, 59, tzinfo=NORWAY)
        assert not rules.consequence(terms, Money.kroner(1500), Act.WITHDRAW, last, Timing(START)).amount.ore
        next_day = last + timedelta(minutes=1)
        assert rules.consequence(terms, Money.kroner(1500), Act.WITHDRAW, next_day, Timing(START)).amount.ore == 75_000

    def test_is_free_for_some_days_after_a_move_and_not_longer(self) -> None:
        terms = replace(ORGANISERS["all from one week"], moved_days=2)
        moved = START - timedelta(days=3)

        def cost(when: datetime) -> int:
            return rules.consequence(terms, Money.kroner(900), Act.WITHDRAW, when, Timing(START, moved)).amount.ore

        assert [cost(moved + timedelta(days=days)) for days in (0, 2, 3)] == [0, 0, 90_000]

    @pytest.mark.parametrize("terms", ORGANISERS.values(), ids=list(ORGANISERS))
    def test_what_the_organiser_does_is_free(self, terms: TermsInput) -> None:
        rules.require_terms(terms)

        assert rules.consequence(terms, Money.kroner(500), Act.CALLED_OFF, START, Timing(START)).amount == Money()

    def test_a_replacement_is_free_or_costs_as_withdrawing(self) -> None:
        free = ORGANISERS["all from one week"]
        bound = replace(free, replacing_is_free=False)

        costs = [
            rules.consequence(terms, Money.kroner(900), Act.BE_REPLACED, START, Timing(START)).amount.ore
            for terms in (free, bound)
        ]

        assert costs == [0, 90_000]

    def test_documented_absence_is_free_where_the_terms_say_so(self) -> None:
        helped = ORGANISERS["nothing back on the day but for a note within three days"]
        unhelped = ORGANISERS["all from one week"]

        costs = [
            rules.consequence(terms, Money.kroner(900), Act.DOCUMENTED, START, Timing(START)).amount.ore
            for terms in (helped, unhelped)
        ]

        assert costs == [0, 90_000]
        assert rules.documented_by(helped, START) == date(2027, 9, 17)
        assert rules.documented_by(unhelped, START) is None


class TestRequireTerms:
    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"name": ""}, TermsAreIncomplete),
            ({"name": "x" * 81}, TermsAreIncomplete),
            ({"tiers": (Tier(7, 101),)}, TiersAreImpossible),
            ({"tiers": (Tier(-1, 10),)}, TiersAreImpossible),
            ({"tiers": (Tier(366, 10),)}, TiersAreImpossible),
            ({"tiers": (Tier(7, 10), Tier(7, 20))}, TiersAreImpossible),
            ({"tiers": (Tier(14, 50), Tier(7, 20))}, TiersAreImpossible),
            ({"tiers": (Tier(14, 20, 500), Tier(7, 50, 400))}, TiersAreImpossible),
            ({"tiers": tuple(Tier(day, 10) for day in range(7))}, TiersAreImpossible),
            ({"tiers": (Tier(7, 10, -1),)}, FeeIsImpossible),
            ({"stay_away_ore": MOST_FEE_ORE + 1}, FeeIsImpossible),
            ({"moved_days": -1}, DaysAreImpossible),
            ({"documented_days": 366}, DaysAreImpossible),
        ],
    )
    def test_refuses_what_cannot_be_kept(self, change: dict[str, object], error: type[DomainError]) -> None:
        with pytest.raises(error):
            rules.require_terms(replace(TermsInput("Vilkår"), **change))  # type: ignore[arg-type]
