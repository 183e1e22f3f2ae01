from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.logistics import rules
from kompetanse.domains.logistics.types import (
    BufferIsImpossible,
    CapacityIsImpossible,
    ConsentIsMissing,
    ContactNeedsAgreement,
    HoursAreBackwards,
    NameIsMissing,
    Need,
    OpenHours,
    OtherIsMissing,
    PointIsImpossible,
    RoomInput,
    TrainerInput,
)

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # Sundays when the clocks change
WHOLE_DAY = [OpenHours(weekday, time(), time()) for weekday in range(7)]
# Not in the hour that comes twice or not at all: there the clock on the wall says too little.
clocks = st.sampled_from([time(hour, minute) for hour in (0, 1, 4, 8, 12, 16, 23) for minute in (0, 30)])
weeks = st.lists(
    st.builds(OpenHours, st.integers(0, 6), clocks, clocks).filter(lambda it: it.opens < it.closes),
    unique_by=lambda it: it.weekday, min_size=1, max_size=7,
)  # fmt: skip
# Half hours round both changes of the clock, and round a New Year.
moments = st.builds(
    lambda day, half: rules.at(day, time()) + timedelta(minutes=30 * half),
    st.sampled_from([SPRING, AUTUMN, date(2027, 12, 31)]), st.integers(-96, 144),
)  # fmt: skip
lengths = st.integers(1, 60).map(lambda halves: timedelta(minutes=30 * halves))


def shows_open(hours: list[OpenHours], moment: datetime) -> bool:
    """What somebody at the door would say, looking at the clock on the wall."""
    wall = moment.astimezone(rules.NORWAY)
    return any(
        row.weekday == wall.weekday()
        and row.opens <= wall.time()
        and (wall.time() < row.closes or row.closes == time())
        for row in hours
    )


class TestOpeningHours:
    @given(weeks, moments, lengths)
    def test_open_is_what_the_clock_on_the_wall_says_the_whole_time(
        self, hours: list[OpenHours], start: datetime, length: timedelta
    ) -> None:
        halves = [start + timedelta(minutes=30 * n) for n in range(int(length / timedelta(minutes=30)))]
        assert rules.is_open(hours, start, start + length) == all(shows_open(hours, moment) for moment in halves)

    @pytest.mark.parametrize(("day", "length"), [(SPRING, 23), (AUTUMN, 25), (date(2027, 5, 9), 24)])
    def test_a_whole_day_is_as_long_as_the_day_is(self, day: date, length: int) -> None:
        ((opening, closing),) = rules.open_spans(WHOLE_DAY, [day])
        assert (closing - opening) == timedelta(hours=length)

    @pytest.mark.parametrize("day", [SPRING, AUTUMN])
    def test_eight_to_four_is_eight_hours_also_when_the_clocks_change(self, day: date) -> None:
        ((opening, closing),) = rules.open_spans([OpenHours(6, time(8), time(16))], [day])
        assert closing - opening == timedelta(hours=8)
        assert opening.astimezone(rules.NORWAY).time() == time(8)

    def test_days_that_meet_at_midnight_hang_together(self) -> None:
        start = rules.at(SPRING, time(22)) - timedelta(days=1)
        assert rules.is_open(WHOLE_DAY, start, start + timedelta(days=2))

    def test_without_hours_it_can_be_had_at_any_time(self) -> None:
        start = datetime(2027, 1, 1, 2, tzinfo=UTC)
        assert rules.is_open([], start, start + timedelta(days=30))

    def test_closed_on_a_weekday_that_is_not_told(self) -> None:
        saturday = rules.at(date(2027, 5, 15), time(10))
        assert not rules.is_open([OpenHours(0, time(8), time(16))], saturday, saturday + timedelta(hours=1))

    @pytest.mark.parametrize(
        "hours",
        [
            [OpenHours(0, time(16), time(8))], [OpenHours(0, time(8), time(8))], [OpenHours(7, time(8), time(9))],
            [OpenHours(0, time(8), time(9)), OpenHours(0, time(10), time(11))],
        ],
    )  # fmt: skip
    def test_hours_that_cannot_be_are_refused(self, hours: list[OpenHours]) -> None:
        with pytest.raises(HoursAreBackwards):
            rules.check_hours(hours)


class TestNextFree:
    @given(
        st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=8), st.integers(1, 8), weeks,
        st.integers(0, 2), st.integers(0, 2),
    )  # fmt: skip
    def test_is_the_first_time_that_is_free_and_open(
        self, busy: list[tuple[int, int]], length: int, hours: list[OpenHours], prepare: int, clear: int
    ) -> None:
        half = timedelta(minutes=30)
        wanted = rules.at(SPRING, time()) - timedelta(days=1)
        taken = [(wanted + half * start, wanted + half * (start + many)) for start, many in busy]
        found = rules.next_free(
            wanted, wanted + half * length, taken=taken, hours=hours, prepare=prepare * 30, clear=clear * 30
        )

        def fits(start: datetime) -> bool:
            span = rules.kept(start, start + half * length, prepare * 30, clear * 30)
            return rules.is_open(hours, start, start + half * length) and not any(
                rules.overlaps(span, it) for it in taken
            )

        first = next((wanted + half * n for n in range(48 * 10) if fits(wanted + half * n)), None)
        assert found == first or (first is None and (found is None or fits(found)))


class TestTravel:
    def test_a_way_there_is_as_long_as_the_way_back_and_never_longer_than_by_a_third_place(self) -> None:
        known = rules.roads()
        places = {place for pair in known for place in pair}
        assert len(places) == 7
        for one in places:
            for other in places:
                assert known[one, other].minutes == known[other, one].minutes
                for third in places:
                    assert known[one, other].minutes <= known[one, third].minutes + known[third, other].minutes

    def test_says_what_is_checked_and_what_is_estimated(self) -> None:
        checked, estimated = rules.drive("Kongsberg", "Notodden"), rules.drive("Kongsberg", "Rollag")
        assert (checked, estimated) == (rules.Drive(35, True), rules.Drive(50, False))

    def test_elsewhere_it_is_reckoned_from_the_points(self) -> None:
        oslo, drammen = (59.91, 10.75), (59.74, 10.20)
        way = rules.drive("Oslo", "Drammen", from_point=oslo, to_point=drammen)
        assert way is not None
        assert 40 <= way.minutes <= 55
        assert not way.is_checked
        assert rules.drive("Oslo", "Drammen") is None

    def test_many_count_for_more_than_few(self) -> None:
        mean = rules.mean_drive({"Kongsberg": 3, "Notodden": 1}, "Kongsberg", points={})
        assert mean == rules.Drive(round(35 / 4), True)
        assert rules.mean_drive({}, "Kongsberg", points={}) is None


class TestChecking:
    @pytest.mark.parametrize(
        ("wrong", "error"),
        [
            ({"name": " \x00 "}, NameIsMissing), ({"capacity": 0}, CapacityIsImpossible),
            ({"capacity": 5001}, CapacityIsImpossible), ({"prepare_minutes": -1}, BufferIsImpossible),
            ({"clear_minutes": 1441}, BufferIsImpossible), ({"latitude": 59.0}, PointIsImpossible),
            ({"latitude": 59.0, "longitude": 90.0}, PointIsImpossible),
        ],
    )  # fmt: skip
    def test_a_room_that_cannot_be_is_refused(self, wrong: dict[str, object], error: type[Exception]) -> None:
        with pytest.raises(error):
            rules.check_resource(RoomInput(**({"name": "Sal", "address": "", "capacity": 1} | wrong)))  # type: ignore[arg-type]

    def test_an_outsider_has_said_yes(self) -> None:
        with pytest.raises(ContactNeedsAgreement):
            rules.check_resource(TrainerInput(name="Ola", is_external=True))

    def test_needs_ask_for_consent_and_words(self) -> None:
        with pytest.raises(ConsentIsMissing):
            rules.check_needs([Need.NUTS], "", consent=False)
        with pytest.raises(OtherIsMissing):
            rules.check_needs([Need.OTHER], " ", consent=True)
        assert rules.check_needs([], "noe", consent=False) == ""
        assert rules.check_needs([Need.OTHER], " to\nord ", consent=True) == "to ord"
