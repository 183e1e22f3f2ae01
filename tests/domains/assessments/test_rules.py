from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.assessments import rules
from kompetanse.domains.assessments.rules import Group, Occasion

TODAY = date(2027, 3, 15)


@dataclass(frozen=True)
class Post:
    unit_path: tuple[int, ...] = (1, 2)
    sector: str = "Helse og omsorg"
    position_title: str = "Helsefagarbeider"
    leave_from: date | None = None
    leave_to: date | None = None


class TestGroup:
    def test_takes_everybody_where_nothing_is_named(self) -> None:
        assert Group().takes(Post(), TODAY)

    def test_takes_in_the_units_below(self) -> None:
        assert Group.of([1], [], []).takes(Post(), TODAY)
        assert not Group.of([3], [], []).takes(Post(), TODAY)

    def test_asks_each_kind_that_is_named(self) -> None:
        assert Group.of([2], ["helse og omsorg"], [" helsefagarbeider "]).takes(Post(), TODAY)
        assert not Group.of([2], ["Oppvekst"], ["Helsefagarbeider"]).takes(Post(), TODAY)
        assert not Group.of([2], [], ["Sykepleier"]).takes(Post(), TODAY)

    def test_leaves_those_on_leave_in_peace(self) -> None:
        away = Post(leave_from=TODAY - timedelta(days=10), leave_to=TODAY)
        assert not Group().takes(away, TODAY)
        assert Group().takes(away, TODAY + timedelta(days=1))
        assert not Group().takes(Post(leave_from=TODAY), TODAY + timedelta(days=900))


class TestReminders:
    def test_a_long_campaign_reminds_halfway_and_in_the_last_week(self) -> None:
        start, end = date(2027, 3, 1), date(2027, 4, 15)
        due = [rules.reminder_due(start, end, start + timedelta(days=day)) for day in range(-1, 47)]
        assert list(dict.fromkeys(due)) == ["", "halfway", "last-week"]
        assert due[1 + 22] == ""
        assert due[1 + 23] == "halfway"
        assert due[1 + 38] == "last-week"
        assert due[-1] == ""

    @given(start=st.dates(date(2020, 1, 1), date(2030, 1, 1)), length=st.integers(0, 200), day=st.integers(-5, 205))
    def test_never_outside_the_period_nor_on_its_first_day(self, start: date, length: int, day: int) -> None:
        due = rules.reminder_due(start, start + timedelta(days=length), start + timedelta(days=day))
        assert not due or 0 < day <= length

    def test_a_short_campaign_reminds_once(self) -> None:
        start = date(2027, 3, 1)
        found = {
            rules.reminder_due(start, start + timedelta(days=14), start + timedelta(days=day)) for day in range(15)
        }
        assert found == {"", "last-week"}


class TestCompleteness:
    @given(asked=st.sets(st.integers()), answered=st.sets(st.integers()))
    def test_is_everything_that_is_asked(self, asked: set[int], answered: set[int]) -> None:
        assert rules.is_complete(asked, answered) == (bool(asked) and not asked - answered)


class TestTally:
    @given(rows=st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.none() | st.integers(1, 4))))
    def test_counts_each_once_and_never_mixes_the_keys(self, rows: list[tuple[str, int, int | None]]) -> None:
        found = rules.tally(rows)
        assert sum(sum(it.counts) for it in found.values()) == len(rows)
        for key, it in found.items():
            mine = [(level, low) for name, level, low in rows if name == key]
            assert it.counts == [sum(level == wanted for level, _low in mine) for wanted in (1, 2, 3, 4)]
            assert it.below == sum(low is not None and level < low for level, low in mine)


class TestLetters:
    def test_are_written_in_both_forms_with_every_place_filled(self) -> None:
        for occasion in Occasion:
            for language in ("nb", "nn"):
                letter = rules.write(
                    occasion, language, title="Våren", name="Kari", deadline="15.04.2027", own="Husk 100 %."
                )
                assert "Våren" in letter.subject
                assert "Kari" in letter.body
                assert "Husk 100 %." in letter.body
                assert "%(" not in letter.body

    def test_differ_between_the_forms(self) -> None:
        for occasion in Occasion:
            told = {"title": "T", "name": "N", "deadline": "D", "own": ""}
            assert rules.write(occasion, "nb", **told).body != rules.write(occasion, "nn", **told).body
