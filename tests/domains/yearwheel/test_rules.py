from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from kompetanse.domains.organisation.types import Role
from kompetanse.domains.yearwheel import rules
from kompetanse.domains.yearwheel.types import Doer, Occasion, State, Stated

days = st.dates(date(2001, 1, 1), date(2098, 12, 31))
lengths = st.integers(0, 200).map(lambda days: timedelta(days=days))
said = st.sampled_from([None, *Stated])


class TestState:
    @given(said, days, lengths, days)
    def test_late_is_exactly_what_is_past_and_not_done(
        self, stated: Stated | None, start: date, length: timedelta, today: date
    ) -> None:
        late = rules.state_of(stated, start, start + length, today) is State.LATE
        assert late == (today > start + length and stated is not Stated.DONE)

    @given(days, lengths)
    def test_the_first_and_the_last_day_are_within(self, start: date, length: timedelta) -> None:
        end = start + length
        assert rules.state_of(None, start, end, start) is State.DUE
        assert rules.state_of(None, start, end, end) is State.DUE
        assert rules.state_of(None, start, end, start - timedelta(days=1)) is State.NOT_DUE

    @given(st.lists(st.sampled_from(State), min_size=1))
    def test_the_whole_is_late_where_anybody_is_and_done_where_everybody_is(self, states: list[State]) -> None:
        assert (rules.whole(states) is State.LATE) == (State.LATE in states)
        assert (rules.whole(states) is State.DONE) == (set(states) == {State.DONE})

    def test_one_who_is_done_means_it_is_under_way(self) -> None:
        assert rules.whole([State.DONE, State.NOT_DUE]) is State.UNDER_WAY


class TestNextYear:
    @given(days, lengths)
    def test_is_the_same_weekday_next_year_and_as_long(self, start: date, length: timedelta) -> None:
        first, last = rules.next_year(start, start + length)
        assert (first.year, first.weekday(), last - first) == (start.year + 1, start.weekday(), length)

    @given(days)
    def test_is_the_same_week_where_the_year_has_it(self, start: date) -> None:
        assume(1 < start.isocalendar().week < 52)
        assert rules.next_year(start, start)[0].isocalendar().week == start.isocalendar().week

    def test_week_53_becomes_the_nearest_there_is(self) -> None:
        assert date(2026, 12, 30).isocalendar().week == 53
        assert rules.next_year(date(2026, 12, 30), date(2026, 12, 31)) == (date(2027, 12, 29), date(2027, 12, 30))
        assert rules.next_year(date(2027, 1, 1), date(2027, 1, 1))[0] == date(2028, 1, 7)


class TestLetters:
    @given(days, lengths, st.integers(-30, 400))
    def test_each_occasion_has_its_days(self, start: date, length: timedelta, after: int) -> None:
        end, today = start + length, start + timedelta(days=after)
        due = rules.letter_due(start, end, today)
        assert (due is None) == (today < start)
        assert (due is Occasion.LATE) == (today > end)
        if due is Occasion.SOON:
            assert today <= end
            assert (end - today).days <= 7

    def test_a_cause_is_one_step_one_occasion_and_one_day(self) -> None:
        start, end, later = date(2027, 3, 1), date(2027, 3, 31), date(2027, 4, 7)
        causes = {rules.cause_of(step, occasion, start, end) for step in (1, 2) for occasion in Occasion}
        assert len(causes) == 6
        assert rules.cause_of(1, Occasion.LATE, start, later) not in causes
        assert rules.cause_of(1, Occasion.OPENED, start, later) in causes

    def test_leaders_are_written_to_through_their_contact_person(self) -> None:
        assert rules.receivers_of(Doer.LEADER, Occasion.OPENED) == {Role.CONTACT_PERSON}

    def test_when_a_municipality_is_late_its_chief_executive_is_told(self) -> None:
        assert Role.CHIEF_EXECUTIVE not in rules.receivers_of(Doer.HR, Occasion.SOON)
        assert rules.receivers_of(Doer.HR, Occasion.LATE) == {Role.HR, Role.CONTACT_PERSON, Role.CHIEF_EXECUTIVE}
        assert rules.receivers_of(Doer.FORUM, Occasion.LATE) == {Role.FORUM_MEMBER}

    def test_every_letter_is_whole_in_both_written_forms(self) -> None:
        for occasion in Occasion:
            letters = [
                rules.write(occasion, language, title="Møte", name="Kari", task="Kom.", deadline=date(2027, 3, 1))
                for language in ("nb", "nn")
            ]
            assert letters[0] != letters[1]
            assert all("01.03.2027" in it.body and "Kari" in it.body and "Møte" in it.subject for it in letters)


class TestStandard:
    def test_is_whole_and_within_the_year(self) -> None:
        steps = rules.standard()
        assert len({step.key for step in steps}) == len(steps) >= 10
        for step in steps:
            assert date(2027, *step.starts) <= date(2027, *step.ends)
            assert all(step.texts.values()), step.key
            assert all(len(text) <= 400 for text in step.texts.values())
