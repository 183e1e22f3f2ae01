"""Series, keeping, and what follows from told numbers: always true of the counts behind, never more than is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.domains.competence.rules import published as rules
from kompetanse.domains.competence.rules.published import PARTS, Grade

counts = st.dictionaries(
    st.tuples(st.integers(1, 4), st.integers(11, 17)),
    st.tuples(st.integers(0, 25), st.integers(0, 9), st.integers(0, 25)),
    max_size=28,
)


def told_of(people: Mapping[tuple[int, int], tuple[int, ...]]) -> rules.Told:
    named = {key: dict(zip(PARTS, count, strict=True)) for key, count in people.items()}
    return rules.told_of(named, range(1, 5), range(11, 18), None)


class TestSeries:
    def test_is_a_half_year(self) -> None:
        assert rules.series_of(date(2027, 3, 15), None) == date(2027, 1, 1)
        assert rules.series_of(date(2027, 7, 1), date(2027, 1, 1)) == date(2027, 7, 1)
        assert rules.series_of(date(2027, 12, 2), date(2027, 7, 1)) == date(2027, 7, 1)

    def test_rests_at_its_end_and_opens_the_next_where_it_has_no_table(self) -> None:
        assert rules.series_of(date(2027, 6, 1), date(2027, 1, 1)) == date(2027, 1, 1)
        assert rules.series_of(date(2027, 6, 2), date(2027, 1, 1)) is None
        assert rules.series_of(date(2027, 6, 2), None) == date(2027, 7, 1)
        assert rules.series_of(date(2027, 6, 3), date(2027, 7, 1)) == date(2027, 7, 1)

    def test_two_series_never_stand_close(self) -> None:
        last, told_on = None, date(2026, 1, 1)
        for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(900)):
            series = rules.series_of(day, last)
            if series is None:
                continue
            assert last is None or series >= last
            if last is not None and series != last:
                assert (day - told_on).days >= rules.REST
            last, told_on = series, day


class TestKeeping:
    @settings(max_examples=60, deadline=None)
    @given(counts)
    def test_gives_back_the_table_that_was_told(self, people: dict[tuple[int, int], tuple[int, ...]]) -> None:
        table = told_of(people)
        assert rules.unpacked(json.loads(json.dumps(rules.packed(table)))) == table


class TestLine:
    @settings(max_examples=60, deadline=None)
    @given(counts)
    def test_says_what_is_true_of_the_counts_behind(self, people: dict[tuple[int, int], tuple[int, ...]]) -> None:
        table = told_of(people)
        lines = [(rules.cell_of(table, *key), [count]) for key, count in people.items()]
        lines += [
            (rules.row_of(table, row), [count for (at, _), count in people.items() if at == row]) for row in range(1, 5)
        ]
        lines.append((rules.total_of(table), list(people.values())))
        for line, behind in lines:
            held, expiring, missing = (sum(count[place] for count in behind) for place in range(3))
            required = held + expiring + missing
            assert line.covered.least <= held + expiring <= line.covered.most
            assert line.surely is None or line.surely <= (held + expiring) * 100 // max(required, 1)
            assert required == 0 or line.lacking <= missing * 100 // required
            if line.grade is Grade.COVERED:
                assert (held + expiring) * 2 >= required > 0
            if line.grade in (Grade.PARTLY, Grade.POORLY):
                assert missing * 100 >= rules.SEVERAL * required

    def test_calls_nothing_covered_where_most_may_lack_it(self) -> None:
        table = told_of(
            {(1, column): (0, 0, 13) for column in range(11, 15)} | {(1, 15): (0, 0, 14), (1, 16): (3, 2, 8)}
        )
        assert rules.cell_of(table, 1, 11).grade is Grade.HIDDEN
        assert rules.row_of(table, 1).grade is not Grade.COVERED
