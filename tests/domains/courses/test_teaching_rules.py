"""Wall clock, hours, blocks within sessions: by property, and on the nights the clock is set."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.courses import rules
from kompetanse.domains.courses.types import (
    BlockCrossesClockChange,
    BlockInput,
    BlockIsBackwards,
    BlockIsOutsideSession,
    BlockKind,
    BlocksOverlap,
    ClockTimeIsMissing,
    ClockTimeIsTwice,
    Hours,
    LinkIsNotWeb,
    SessionInput,
    SessionsOverlap,
    SessionTimesAreBackwards,
    TaskKind,
    TextIsTooLong,
)
from tests.make import teaching as made

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # the clock is put forward at 2, and back at 3


class TestWallClock:
    def test_an_ordinary_time_is_what_the_clock_shows(self) -> None:
        assert rules.wall_clock(date(2027, 6, 7), time(9)) == datetime(2027, 6, 7, 7, tzinfo=UTC)
        assert rules.wall_clock(date(2027, 12, 7), time(9)) == datetime(2027, 12, 7, 8, tzinfo=UTC)

    def test_a_time_that_is_passed_over_is_told(self) -> None:
        with pytest.raises(ClockTimeIsMissing, match=r"Klokka 02\.30 finnes ikke 28\.03\.2027"):
            rules.wall_clock(SPRING, time(2, 30))

    def test_a_time_that_comes_twice_is_told(self) -> None:
        with pytest.raises(ClockTimeIsTwice, match=r"Klokka 02\.30 kommer to ganger 31\.10\.2027"):
            rules.wall_clock(AUTUMN, time(2, 30))

    @given(st.dates(date(2000, 1, 1), date(2037, 12, 31)), st.times())
    def test_every_time_is_shown_by_the_clock_or_refused(self, day: date, clock: time) -> None:
        clock = clock.replace(second=0, microsecond=0, fold=0)
        try:
            moment = rules.wall_clock(day, clock)
        except (ClockTimeIsMissing, ClockTimeIsTwice):
            assert clock.hour == 2
        else:
            shown = moment.astimezone(rules.NORWAY)
            assert (shown.date(), shown.time().replace(fold=0)) == (day, clock)

    @given(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.integers(-400, 400))
    def test_moving_keeps_the_clock(self, day: date, days: int) -> None:
        moved = rules.moved(rules.wall_clock(day, time(9)), days).astimezone(rules.NORWAY)
        assert (moved.date(), moved.time()) == (day + timedelta(days=days), time(9))


class TestBlocks:
    def test_a_day_of_them_comes_in_order(self) -> None:
        assert rules.check_blocks(made.session(), reversed(made.a_day())) == made.a_day()

    def test_hours_are_counted_by_kind(self) -> None:
        hours = rules.count_hours((one.kind, one.starts_at, one.ends_at) for one in made.a_day())
        assert hours == Hours(theory=150, practice=135, self_study=45, breaks=30)
        assert (hours.taught, hours.total) == (285, 330)

    @pytest.mark.parametrize("ends", ["09:00", "08:30"])
    def test_one_that_ends_before_it_starts_is_told(self, ends: str) -> None:
        with pytest.raises(BlockIsBackwards, match="slutter ikke etter at den begynner"):
            rules.check_blocks(made.session(), [made.block(BlockKind.THEORY, "09:00", ends)])

    def test_one_outside_the_session_is_told_with_both_times(self) -> None:
        with pytest.raises(
            BlockIsOutsideSession, match=r"14\.00–15\.30 ligger utenfor samlingen, som går 09\.00–15\.00"
        ):
            rules.check_blocks(made.session(), [made.block(BlockKind.THEORY, "14:00", "15:30")])

    def test_two_at_once_are_told_with_both(self) -> None:
        two = [made.block(BlockKind.THEORY, "09:00", "11:00"), made.block(BlockKind.PRACTICE, "10:30", "12:00")]
        with pytest.raises(BlocksOverlap, match=r"09\.00–11\.00 og 10\.30–12\.00"):
            rules.check_blocks(made.session(), two)

    @pytest.mark.parametrize("day", [SPRING, AUTUMN])
    def test_one_over_the_clock_change_is_told(self, day: date) -> None:
        night = SessionInput(made.at("22:00", day - timedelta(days=1)), made.at("08:00", day))
        over = BlockInput(BlockKind.PRACTICE, made.at("01:00", day), made.at("04:00", day))
        with pytest.raises(BlockCrossesClockChange, match=r"01\.00–04\.00 går over timen da klokka stilles"):
            rules.check_blocks(night, [over])
        before = BlockInput(BlockKind.PRACTICE, made.at("00:00", day), made.at("01:30", day))
        after = BlockInput(BlockKind.PRACTICE, made.at("04:00", day), made.at("06:00", day))
        assert rules.check_blocks(night, [after, before]) == [before, after]

    @given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 90)), max_size=8))
    def test_what_is_let_through_never_overlaps_and_sums_exactly(self, spans: list[tuple[int, int]]) -> None:
        starts = made.at("09:00")
        session = SessionInput(starts, starts + timedelta(minutes=360))
        blocks = [
            BlockInput(BlockKind.THEORY, starts + timedelta(minutes=one), starts + timedelta(minutes=one + length))
            for one, length in spans
        ]
        minutes = [minute for one, length in spans for minute in range(one, one + length)]
        sound = len(set(minutes)) == len(minutes) and all(minute < 360 for minute in minutes)
        try:
            found = rules.check_blocks(session, blocks)
        except (BlocksOverlap, BlockIsOutsideSession):
            assert not sound
        else:
            assert sound
            hours = rules.count_hours((one.kind, one.starts_at, one.ends_at) for one in found)
            assert hours.theory == len(minutes)


class TestSessions:
    def test_come_in_order(self) -> None:
        first, second = made.two_days()
        assert rules.check_sessions([second, first]) == [first, second]

    def test_cannot_end_before_they_start(self) -> None:
        with pytest.raises(SessionTimesAreBackwards):
            rules.check_sessions([made.session(starts="15:00", ends="09:00")])

    def test_cannot_be_at_the_same_time(self) -> None:
        with pytest.raises(SessionsOverlap, match=r"07\.06\.2027 09\.00–15\.00"):
            rules.check_sessions([made.session(), made.session(starts="14:00", ends="16:00")])

    def test_one_over_a_night_in_autumn_is_counted_by_what_passes(self) -> None:
        night = SessionInput(made.at("22:00", AUTUMN - timedelta(days=1)), made.at("06:00", AUTUMN))
        assert rules.check_sessions([night]) == [night]
        assert rules.count_hours([(BlockKind.THEORY, night.starts_at, night.ends_at)]).theory == 9 * 60

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.no", "www.x.no", "data:text/html,x"])
    def test_a_link_is_a_page(self, link: str) -> None:
        with pytest.raises(LinkIsNotWeb):
            rules.check_sessions([made.session(video_link=link)])


class TestRest:
    def test_tasks_fall_due_before_the_start_or_after_the_end(self) -> None:
        starts, ends = made.at("09:00"), made.at("15:00", made.DAY + timedelta(days=7))
        assert rules.due_on(TaskKind.ROOM, 30, starts, ends) == date(2027, 5, 8)
        assert rules.due_on(TaskKind.CERTIFICATE, 7, starts, ends) == date(2027, 6, 21)

    def test_a_course_that_leads_back_to_itself_is_seen(self) -> None:
        assert rules.needs_itself(1, {1: [2], 2: [3], 3: [1]})
        assert rules.needs_itself(1, {1: [1]})
        assert not rules.needs_itself(1, {1: [2], 2: [3], 3: [2]})

    def test_a_text_without_room_is_told_by_its_field(self) -> None:
        with pytest.raises(TextIsTooLong, match="11 tegn, og det er plass til 10") as told:
            rules.check_lengths({"title": "x" * 11}, {"title": 10})
        assert told.value.field == "title"
