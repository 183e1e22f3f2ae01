"""What a version may say, what differs between two, and which numbers are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.competence.rules.targets import TargetKind
from kompetanse.domains.competence.rules.versions import (
    check,
    code_of,
    difference,
    few,
    needs_itself,
    read_lines,
    read_ways,
    tidy,
    write_lines,
    write_ways,
)
from kompetanse.domains.competence.types import (
    AlternativeIsUnclear,
    AnchorNeedsInterval,
    Change,
    CodeIsUnclear,
    FixedDayIsNoDay,
    IntervalNeedsAnchor,
    MemberInput,
    NumberOutOfRange,
    SourceType,
    TargetInput,
    TargetNeedsWord,
    Verified,
    VerifiedNeedsDay,
    VersionBeginsTooEarly,
    VersionInput,
)
from kompetanse.kernel.errors import DomainError

TODAY = date(2027, 3, 15)
SAID = VersionInput(date(2027, 6, 1), SourceType.GUIDANCE, "Veileder", "Alle")
FIXED = replace(SAID, interval_months=12, anchor="fixed_date", fixed_month=12, fixed_day=28)


class TestCheck:
    def test_lets_a_whole_version_be(self) -> None:
        check(SAID, TODAY)
        check(FIXED, TODAY)
        check(replace(SAID, verified=Verified.SEEN, verified_on=TODAY), TODAY)

    @pytest.mark.parametrize(
        ("said", "error"),
        [
            (replace(SAID, interval_months=12), IntervalNeedsAnchor),
            (replace(SAID, anchor="completion"), AnchorNeedsInterval),
            (replace(FIXED, fixed_month=2, fixed_day=31), FixedDayIsNoDay),
            (replace(FIXED, fixed_month=None), FixedDayIsNoDay),
            (replace(FIXED, fixed_month=13), FixedDayIsNoDay),
            (replace(SAID, interval_months=0, anchor="completion"), NumberOutOfRange),
            (replace(SAID, grace_days=-1), NumberOutOfRange),
            (replace(SAID, dispensation_months=100_000), NumberOutOfRange),
            (replace(SAID, alternatives=((MemberInput("HLR", Decimal(0)),),)), NumberOutOfRange),
            (replace(SAID, verified=Verified.PARTLY), VerifiedNeedsDay),
            (replace(SAID, verified=Verified.SEEN, verified_on=date(2027, 3, 16)), VerifiedNeedsDay),
            (replace(SAID, targets=(TargetInput("sector", " "),)), TargetNeedsWord),
            (replace(SAID, valid_from=date(202, 7, 1)), VersionBeginsTooEarly),
        ],
    )
    def test_refuses_with_a_sentence(self, said: VersionInput, error: type[DomainError]) -> None:
        with pytest.raises(error) as told:
            check(said, TODAY)
        assert "%(" not in str(told.value)
        assert str(told.value).endswith(".")

    def test_points_at_the_field(self) -> None:
        with pytest.raises(NumberOutOfRange) as told:
            check(replace(SAID, grace_days=400), TODAY)
        assert told.value.field == "grace_days"


class TestTidy:
    def test_says_a_thing_once_and_nothing_that_is_not_asked(self) -> None:
        said = replace(
            FIXED,
            anchor="completion",
            verified_on=TODAY,
            targets=(
                TargetInput("position", " Lærer  i skole "),
                TargetInput("position", "Lærer i skole"),
                TargetInput("leader", "x"),
            ),
            alternatives=((MemberInput("A"), MemberInput("A")), (MemberInput("A"),), ()),
        )
        found = tidy(said)
        assert (found.fixed_month, found.fixed_day, found.verified_on) == (None, None, None)
        assert found.targets == (TargetInput("position", "Lærer i skole"), TargetInput("leader"))
        assert found.alternatives == ((MemberInput("A"),),)
        assert tidy(found) == found


class TestCodeOf:
    def test_puts_the_number_first_once(self) -> None:
        assert code_of("båt kurs", "3301") == "3301-BÅT-KURS"
        assert code_of("3301-BÅT", "3301") == "3301-BÅT"
        assert code_of(" hlr ") == "HLR"

    @pytest.mark.parametrize("text", ["", " ", "A;B", "A" * 31, "-A", "<b>"])
    def test_refuses_what_is_no_code(self, text: str) -> None:
        with pytest.raises(CodeIsUnclear):
            code_of(text)


class TestDifference:
    def test_is_nothing_for_the_first_and_for_the_same_from_another_day(self) -> None:
        assert difference(None, SAID) == ()
        assert difference(SAID, replace(SAID, valid_from=TODAY, seen=4)) == ()

    def test_tells_each_field_and_what_came_and_went(self) -> None:
        before = replace(SAID, targets=(TargetInput("sector", "Helse"), TargetInput("leader")))
        after = replace(SAID, note="Ny", targets=(TargetInput("leader"), TargetInput("unit", "skole")))
        assert difference(before, after) == (
            Change("note", "", "Ny"),
            Change("targets", (TargetInput("sector", "Helse"),), (TargetInput("unit", "skole"),)),
        )

    def test_does_not_mind_the_order_of_lines(self) -> None:
        lines = (TargetInput("sector", "Helse"), TargetInput("leader"))
        assert difference(replace(SAID, targets=lines), replace(SAID, targets=lines[::-1])) == ()


graphs = st.dictionaries(st.integers(1, 6), st.lists(st.integers(1, 6), max_size=3), max_size=6)


class TestNeedsItself:
    @given(satisfied_by=graphs, built_of=graphs, one=st.integers(1, 6))
    def test_says_so_exactly_when_some_way_leads_back(
        self, satisfied_by: dict[int, list[int]], built_of: dict[int, list[int]], one: int
    ) -> None:
        steps = {(a, b) for graph in (satisfied_by, built_of) for a, parts in graph.items() for b in parts}
        reached = set(steps)
        for _ in range(6):
            reached |= {(a, d) for a, b in reached for c, d in steps if b == c}
        assert needs_itself(one, satisfied_by, built_of) is ((one, one) in reached)


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


class TestLines:
    @given(st.lists(st.builds(TargetInput, st.just(TargetKind.POSITION.value), words, words | st.just("")), max_size=5))
    def test_come_back_as_they_were_written(self, targets: list[TargetInput]) -> None:
        assert read_lines(TargetKind.POSITION, write_lines(targets, TargetKind.POSITION)) == tuple(targets)

    def test_read_what_people_type(self) -> None:
        assert read_lines(TargetKind.POSITION, " Lærer|skole \r\n\r\nRektor") == (
            TargetInput("position", "Lærer", "skole"),
            TargetInput("position", "Rektor"),
        )


members = st.builds(
    MemberInput,
    words.map(str.upper),
    st.none() | st.decimals(Decimal("0.5"), 500, places=1).map(lambda n: Decimal(n).normalize()),
)


class TestWays:
    @given(st.lists(st.lists(members, min_size=1, max_size=3).map(tuple), max_size=3))
    def test_come_back_as_they_were_written(self, ways: list[tuple[MemberInput, ...]]) -> None:
        assert read_ways(write_ways(ways)) == tuple(ways)

    @pytest.mark.parametrize("text", ["HLR +", "HLR:", ":30", "HLR:tretti", "HLR:NaN", "+"])
    def test_refuse_what_they_cannot_read(self, text: str) -> None:
        with pytest.raises(AlternativeIsUnclear):
            read_ways(text)


class TestFew:
    @given(st.integers(0, 100))
    def test_hides_one_to_four(self, people: int) -> None:
        assert few(people) == (None if 1 <= people <= 4 else people)
