from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.types import (
    CaseIsDecided,
    CaseIsNotOnAgenda,
    CaseIsWithdrawn,
    CaseStatus,
    MeetingIsNotYet,
    TextIsMissing,
    TextIsTooLong,
    case_reference,
)


class TestCaseReference:
    @pytest.mark.parametrize(
        ("number", "year", "reference"),
        [(12, 2027, "Sak 012/27"), (1, 2030, "Sak 001/30"), (1234, 2027, "Sak 1234/27")],
    )
    def test_is_written_as_the_region_writes_it(self, number: int, year: int, reference: str) -> None:
        assert case_reference(number, year) == reference


class TestCheckedText:
    @given(st.text(max_size=300))
    def test_keeps_every_letter_and_is_settled_after_once(self, text: str) -> None:
        once = rules.checked_text(text, "Felt")

        assert rules.checked_text(once, "Felt") == once
        assert [sign for sign in once if sign.isalnum()] == [sign for sign in text if sign.isalnum()]

    def test_refuses_a_megabyte(self) -> None:
        with pytest.raises(TextIsTooLong, match="1000000 tegn"):
            rules.checked_text("x" * 1_000_000, "Vedtak")

    @pytest.mark.parametrize("text", ["", "  \n ", "\x00\x07"])
    def test_refuses_nothing_where_something_is_needed(self, text: str) -> None:
        with pytest.raises(TextIsMissing, match="Vedtak"):
            rules.checked_text(text, "Vedtak", required=True)


class TestRequireDecidable:
    TODAY = date(2027, 3, 15)

    def test_an_open_case_of_a_meeting_that_has_come_can_be_decided(self) -> None:
        rules.require_decidable(CaseStatus.OPEN, "Sak 001/27", self.TODAY, self.TODAY)

    @pytest.mark.parametrize(
        ("status", "held_on", "error"),
        [
            (CaseStatus.WITHDRAWN, TODAY, CaseIsWithdrawn),
            (CaseStatus.DECIDED, TODAY, CaseIsDecided),
            (CaseStatus.OPEN, None, CaseIsNotOnAgenda),
            (CaseStatus.OPEN, date(2027, 3, 16), MeetingIsNotYet),
        ],
    )
    def test_refuses_the_rest(self, status: CaseStatus, held_on: date | None, error: type[Exception]) -> None:
        with pytest.raises(error):
            rules.require_decidable(status, "Sak 001/27", held_on, self.TODAY)
