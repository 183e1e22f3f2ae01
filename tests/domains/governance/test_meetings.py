from __future__ import annotations

from datetime import date, time

import pytest
from django.db import ProgrammingError, connection, transaction

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.models import Case, Meeting, Minutes, Presence
from kompetanse.domains.governance.types import (
    CaseStatus,
    MeetingHasChanged,
    MeetingIsNotYet,
    MinutesAreNotWritten,
    MinutesAreWritten,
    PresenceIsMissing,
    SeatIsUnknown,
)
from kompetanse.domains.organisation.types import BodyKind
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import governance as gov
from tests.make.governance import TODAY


def saved(region: make.Region, case_id: int) -> Case:
    with tenant_scope(make.system(region)):
        found: Case = Case.objects.get(pk=case_id)
        return found


class TestCallMeeting:
    def test_the_office_calls_a_body_together_with_a_notice(self) -> None:
        region = make.region()
        body_id = gov.body(region)

        meeting_id = governance.call_meeting(
            make.context(make.office(region)), body_id=body_id, held_on=TODAY, starts_at=time(9, 30),
            place="Rollag", notice="Velkommen.\nMøt presis.",
        )  # fmt: skip

        page = governance.get_meeting(make.system(region), meeting_id=meeting_id)
        assert (page.meeting.held_on, page.meeting.starts_at, page.meeting.place) == (TODAY, time(9, 30), "Rollag")
        assert page.notice == "Velkommen.\nMøt presis."

    def test_refuses_members_and_another_region_s_body(self) -> None:
        region, elsewhere = make.region(), make.region()
        forum = gov.forum(region)

        with pytest.raises(Refused):
            governance.call_meeting(make.context(forum.member), body_id=forum.body_id, held_on=TODAY)
        with pytest.raises(NotFound):
            governance.call_meeting(make.context(make.office(region)), body_id=gov.body(elsewhere), held_on=TODAY)

        assert governance.list_meetings(make.system(region)) == []


class TestNotePresence:
    def test_every_seat_is_there_or_not(self) -> None:
        region = make.region()
        forum = gov.forum(region)
        meeting_id = gov.meeting(region, forum.body_id)
        office = make.context(make.office(region))
        seats = [row.seat_id for row in governance.get_meeting(office, meeting_id=meeting_id).presence]

        governance.note_presence(office, meeting_id=meeting_id, present=seats[:2])
        governance.note_presence(office, meeting_id=meeting_id, present=seats[1:])

        page = governance.get_meeting(office, meeting_id=meeting_id)
        assert {row.seat_id for row in page.presence if row.is_present} == set(seats[1:])
        assert page.present == 2

    def test_refuses_unknown_seats_and_old_versions(self) -> None:
        region = make.region()
        forum = gov.forum(region)
        other = gov.forum(region, BodyKind.EXECUTIVE_COMMITTEE)
        meeting_id, other_meeting = gov.meeting(region, forum.body_id), gov.meeting(region, other.body_id)
        system = make.system(region)
        theirs = governance.get_meeting(system, meeting_id=other_meeting).presence[0].seat_id

        with pytest.raises(SeatIsUnknown):
            governance.note_presence(system, meeting_id=meeting_id, present=[theirs])
        with pytest.raises(MeetingHasChanged):
            governance.note_presence(system, meeting_id=meeting_id, present=[], version=99)

        with tenant_scope(system):
            assert not Presence.objects.filter(meeting_id=meeting_id).exists()


def held_meeting(region: make.Region) -> tuple[int, int]:
    """A meeting of the forum with everybody there and one decided case: (meeting id, case id)."""
    forum = gov.forum(region)
    system = make.system(region)
    meeting_id = gov.meeting(region, forum.body_id)
    case_id = gov.case(region, body_id=forum.body_id, meeting_id=meeting_id)
    seats = [row.seat_id for row in governance.get_meeting(system, meeting_id=meeting_id).presence]
    governance.note_presence(system, meeting_id=meeting_id, present=seats)
    governance.decide_case(system, case_id=case_id, decision_text="Vedtatt.", union_view="Enige.")
    return meeting_id, case_id


class TestWriteMinutes:
    def test_freezes_what_happened(self) -> None:
        region = make.region()
        meeting_id, _ = held_meeting(region)

        governance.write_minutes(make.context(make.office(region)), meeting_id=meeting_id)

        content = governance.get_minutes(make.system(region), meeting_id=meeting_id).content
        assert len(content["present"]) == 3  # type: ignore[arg-type]
        assert [case["decision_text"] for case in content["cases"]] == ["Vedtatt."]  # type: ignore[attr-defined]
        assert content["held_on"] == "2027-03-15"
        with pytest.raises(ProgrammingError, match="permission denied"), tenant_scope(make.system(region)):
            Minutes.objects.update(content={})

    def test_nothing_about_the_meeting_can_change_after(self) -> None:
        region = make.region()
        meeting_id, _ = held_meeting(region)
        system = make.system(region)
        body_id = gov.body(region)
        undecided = gov.case(region, body_id=body_id, meeting_id=meeting_id)
        late = gov.case(region, body_id=body_id)
        governance.write_minutes(system, meeting_id=meeting_id)

        with pytest.raises(MinutesAreWritten):
            governance.write_minutes(system, meeting_id=meeting_id)
        with pytest.raises(MinutesAreWritten):
            governance.note_presence(system, meeting_id=meeting_id, present=[])
        with pytest.raises(MinutesAreWritten):
            governance.put_on_agenda(system, case_id=late, meeting_id=meeting_id)
        with pytest.raises(MinutesAreWritten):
            governance.decide_case(system, case_id=undecided, decision_text="Vedtatt")

        assert saved(region, undecided).status == CaseStatus.OPEN
        governance.put_on_agenda(system, case_id=undecided, meeting_id=gov.meeting(region, body_id))

    def test_refuses_before_the_meeting_and_without_attendance(self) -> None:
        region = make.region()
        forum = gov.forum(region)
        early = gov.meeting(region, forum.body_id, held_on=date(2027, 4, 1))
        empty = gov.meeting(region, forum.body_id)

        with pytest.raises(MeetingIsNotYet):
            governance.write_minutes(make.system(region), meeting_id=early)
        with pytest.raises(PresenceIsMissing):
            governance.write_minutes(make.system(region), meeting_id=empty)
        with pytest.raises(Refused):
            governance.write_minutes(make.context(forum.member), meeting_id=empty)

        with tenant_scope(make.system(region)):
            assert not Minutes.objects.exists()
            assert set(Meeting.objects.values_list("status", flat=True)) == {"planned"}

    def test_everybody_in_the_region_may_read_them_and_nobody_else(self) -> None:
        region = make.region()
        meeting_id, case_id = held_meeting(region)
        governance.write_minutes(make.system(region), meeting_id=meeting_id)
        employee = make.context(make.employee(region.municipalities[0]))
        stranger = make.context(make.office(make.region()))

        assert governance.minutes_pdf(employee, meeting_id=meeting_id).startswith(b"%PDF")
        assert governance.get_case(employee, case_id=case_id).status is CaseStatus.DECIDED
        with pytest.raises(NotFound):
            governance.minutes_pdf(stranger, meeting_id=meeting_id)

    @pytest.mark.parametrize(("language", "word"), [("nb", b"Til stede"), ("nn", b"Til stades")])
    def test_are_written_in_both_forms(self, language: str, word: bytes) -> None:
        region = make.region()
        meeting_id, _ = held_meeting(region)
        governance.write_minutes(make.system(region), meeting_id=meeting_id)

        pdf = governance.minutes_pdf(make.system(region), meeting_id=meeting_id, language=language)

        assert b"/Title(" + word + b")" in pdf
        assert f"/Lang({language}-NO)".encode() in pdf
        assert b"pdfuaid:part>1" in pdf

    def test_there_is_a_calling_letter_before_and_no_minutes(self) -> None:
        region = make.region()
        meeting_id = gov.meeting(region, held_on=date(2027, 4, 1))
        employee = make.context(make.employee(region.municipalities[0]))

        assert governance.notice_pdf(employee, meeting_id=meeting_id).startswith(b"%PDF")
        with pytest.raises(MinutesAreNotWritten):
            governance.minutes_pdf(employee, meeting_id=meeting_id)


class TestOpenness:
    def test_a_case_is_public_from_the_day_it_stands_on_an_agenda(self) -> None:
        region = make.region()
        forum = gov.forum(region)
        case_id = gov.case(region, body_id=forum.body_id)
        employee = make.context(make.employee(region.municipalities[0]))

        with pytest.raises(Refused):
            governance.get_case(employee, case_id=case_id)
        assert governance.list_cases(employee) == []
        assert governance.get_case(make.context(forum.union), case_id=case_id).id == case_id

        meeting_id = gov.meeting(region, forum.body_id)
        governance.put_on_agenda(make.system(region), case_id=case_id, meeting_id=meeting_id)
        assert [row.id for row in governance.list_cases(employee)] == [case_id]

    def test_lists_need_the_same_queries_for_two_and_twenty(self) -> None:
        few, many = make.region(), make.region()
        for region, count in ((few, 2), (many, 20)):
            body_id = gov.body(region)
            meeting_id = gov.meeting(region, body_id)
            for _ in range(count):
                gov.case(region, body_id=body_id, meeting_id=meeting_id)
                gov.meeting(region, body_id)

        def queries(region: make.Region) -> int:
            from django.test.utils import CaptureQueriesContext

            system = make.system(region)
            with transaction.atomic(), CaptureQueriesContext(connection) as caught:
                meetings = governance.list_meetings(system)
                governance.get_meeting(system, meeting_id=meetings[-1].id)
                governance.list_cases(system)
                governance.get_goals_page(system)
            return len(caught)

        assert queries(few) == queries(many)
