from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.competence.rules.ahead import Ahead, Occasion, look_ahead, window_opens
from kompetanse.domains.competence.rules.status import Anchor, Proof, Renewal, Rulebook
from kompetanse.kernel.periods import add_months

YSK = Renewal(60, Anchor.PREVIOUS_EXPIRY, 6)
YEARLY = Renewal(12, Anchor.COMPLETION)
FIXED = Renewal(12, Anchor.FIXED_DATE, 3, fixed_month=6, fixed_day=1)
DAY = st.dates(date(2015, 1, 1), date(2035, 1, 1))


def ahead(renewal: Renewal, *done: date, today: date, valid_to: date | None = None) -> Ahead:
    proofs = [Proof(number, 1, day, valid_to) for number, day in enumerate(done, 1)]
    return look_ahead(Rulebook({1: renewal}, {}), 1, proofs, today)


def told(found: Ahead) -> dict[Occasion, tuple[date, date | None]]:
    return {one.occasion: (one.day, one.last_day) for one in found.renewals}


class TestLookAhead:
    def test_keeps_the_old_day_in_the_window_and_counts_anew_before_and_after(self) -> None:
        found = ahead(YSK, date(2022, 5, 10), today=date(2026, 1, 1))
        assert (found.last_day, found.window_opens) == (date(2027, 5, 10), date(2026, 11, 10))
        assert told(found) == {
            Occasion.TODAY: (date(2026, 1, 1), date(2031, 1, 1)),
            Occasion.WINDOW: (date(2026, 11, 10), date(2032, 5, 10)),
            Occasion.LAST_DAY: (date(2027, 5, 10), date(2032, 5, 10)),
            Occasion.AFTER: (date(2027, 5, 11), date(2032, 5, 11)),
        }

    def test_has_no_window_where_it_is_counted_from_completion(self) -> None:
        found = ahead(YEARLY, date(2026, 8, 1), today=date(2027, 3, 15))
        assert found.window_opens is None
        assert told(found)[Occasion.TODAY] == (date(2027, 3, 15), date(2028, 3, 15))
        assert Occasion.WINDOW not in told(found)

    def test_knows_the_window_of_a_fixed_day(self) -> None:
        found = ahead(FIXED, date(2026, 6, 1), today=date(2027, 1, 1))
        assert (found.last_day, found.window_opens) == (date(2027, 6, 1), date(2027, 3, 1))
        assert told(found)[Occasion.WINDOW][1] == date(2028, 6, 1)

    def test_says_only_what_today_would_give_when_it_has_run_out_or_never_was(self) -> None:
        for found in (ahead(YEARLY, today=date(2027, 3, 15)), ahead(YEARLY, date(2020, 1, 1), today=date(2027, 3, 15))):
            assert told(found) == {Occasion.TODAY: (date(2027, 3, 15), date(2028, 3, 15))}

    def test_needs_nothing_where_it_does_not_run_out(self) -> None:
        found = ahead(Renewal(), date(2020, 1, 1), today=date(2027, 3, 15))
        assert (found.held, found.last_day, found.renewals) == (True, None, ())

    def test_does_not_know_what_comes_later(self) -> None:
        assert not ahead(YEARLY, date(2027, 4, 1), today=date(2027, 3, 15)).held

    @given(st.sampled_from([YSK, YEARLY, FIXED]), st.lists(DAY, max_size=4), DAY)
    def test_never_lasts_shorter_for_being_renewed(self, renewal: Renewal, done: list[date], today: date) -> None:
        found = ahead(renewal, *done, today=today)
        for one in found.renewals:
            assert one.last_day is not None
            assert found.last_day is None or one.last_day >= found.last_day
            # The same as carrying it out.
            if one.occasion is Occasion.TODAY:
                assert ahead(renewal, *done, one.day, today=one.day).last_day == one.last_day

    @given(DAY)
    def test_opens_the_window_before_the_last_day(self, end: date) -> None:
        assert window_opens(YSK, end) == add_months(end, -6) < end
        assert window_opens(YEARLY, end) is None
