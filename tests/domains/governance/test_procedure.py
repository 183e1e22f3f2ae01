"""Attendance, partiality and votes; enclosures and earlier cases; tasks, hearings, the round; approval and archive."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.db import ProgrammingError, connection

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.models import Ballot, Case, CaseDocument, Meeting, Presence, Task, Vote
from kompetanse.domains.governance.rules.writing import mark
from kompetanse.domains.governance.types import CaseIsDecided, MeetingStatus, MinutesAreWritten
from kompetanse.domains.governance.types.procedure import (
    AbsenceKind,
    BallotIsOpen,
    CaseField,
    CaseIsNotDecided,
    CaseIsSentOn,
    DayIsPast,
    DeadlineIsAfterMeeting,
    DeputyCannotSit,
    DocumentIsThere,
    FieldHasChanged,
    HasVoted,
    HearingIsOver,
    MunicipalityHasLeft,
    NoBallotIsOpen,
    NoBodyAbove,
    OrderIsIncomplete,
    OwnerHasNoSeat,
    PlaceIsNotYours,
    QuorumIsLacking,
    SeatHasNoVote,
    SeatIsAway,
    SeatIsOver,
    SeatIsPartial,
    TaskIsDone,
    VoteChoice,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.models import Membership, Seat
from kompetanse.domains.organisation.types import BodyKind, Role, SeatKind, VoteRule
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.foundation.uploads import DocumentOfOtherKind
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import files
from tests.make import governance as gov
from tests.make.governance import TODAY

FOR, AGAINST, BLANK = VoteChoice.FOR, VoteChoice.AGAINST, VoteChoice.BLANK


@dataclass
class Table:
    """A forum that meets today with one case; chair, member and union are noted as present."""

    region: make.Region
    forum: gov.Forum
    meeting_id: int
    case_id: int
    office: make.Who
    seats: dict[int, int]  # person to seat

    def seat(self, who: make.Who) -> int:
        return self.seats[who.person_id]

    def vote(self, who: make.Who, choice: VoteChoice) -> int:
        return governance.cast_vote(make.context(who), case_id=self.case_id, choice=choice)

    def note(self, *present: make.Who, deputies: dict[int, int] | None = None) -> None:
        governance.note_presence(
            make.context(self.office), meeting_id=self.meeting_id, present=[self.seat(who) for who in present],
            deputies=deputies,
        )  # fmt: skip

    def open(self) -> int:
        return governance.open_ballot(make.context(self.office), case_id=self.case_id)

    def count(self, model: type) -> int:
        with tenant_scope(make.system(self.region)):
            return int(model.objects.count())  # type: ignore[attr-defined]


def seats_of(region: make.Region, body_id: int) -> dict[int, int]:
    return {row.person_id: row.id for row in organisation.list_seats(make.system(region), body_id=body_id)}


def table(*, present: bool = True) -> Table:
    region = make.region()
    forum = gov.forum(region)
    meeting_id = gov.meeting(region, forum.body_id)
    case_id = gov.case(region, body_id=forum.body_id, meeting_id=meeting_id)
    made = Table(region, forum, meeting_id, case_id, make.office(region), seats_of(region, forum.body_id))
    if present:
        made.note(forum.chair, forum.member, forum.union)
    return made


class TestAttendance:
    def test_a_deputy_sits_for_the_absent_and_votes_for_the_seat(self) -> None:
        at = table(present=False)
        deputy = gov.seat(at.region, at.forum.body_id, SeatKind.DEPUTY)
        at.seats = seats_of(at.region, at.forum.body_id)

        at.note(at.forum.chair, deputies={at.seat(at.forum.member): at.seat(deputy)})
        at.open()
        at.vote(deputy, FOR)

        with pytest.raises(SeatIsOver):
            at.vote(at.forum.member, AGAINST)
        with tenant_scope(make.system(at.region)):
            vote = Vote.objects.get()
        assert (vote.seat_id, vote.cast_by_id) == (at.seat(at.forum.member), at.seat(deputy))
        row = next(row for row in governance.get_meeting(make.system(at.region), meeting_id=at.meeting_id).presence
                   if row.deputy_id)  # fmt: skip
        assert row.deputy == deputy.account.display_name

    def test_a_deputy_sits_for_one_and_never_beside_the_holder(self) -> None:
        at = table()
        deputy = gov.seat(at.region, at.forum.body_id, SeatKind.DEPUTY)
        at.seats = seats_of(at.region, at.forum.body_id)
        member, chair, stand_in = at.seat(at.forum.member), at.seat(at.forum.chair), at.seat(deputy)

        with pytest.raises(DeputyCannotSit):
            at.note(at.forum.member, deputies={member: stand_in})
        with pytest.raises(DeputyCannotSit):
            at.note(deputies={member: stand_in, chair: stand_in})
        with pytest.raises(DeputyCannotSit):
            at.note(deputies={member: chair})

        with tenant_scope(make.system(at.region)):
            assert not Presence.objects.exclude(deputy=None).exists()

    def test_the_agenda_is_put_in_order_whole(self) -> None:
        at = table()
        second = gov.case(at.region, body_id=at.forum.body_id, meeting_id=at.meeting_id)
        office = make.context(at.office)

        governance.order_agenda(office, meeting_id=at.meeting_id, case_ids=[second, at.case_id])
        with pytest.raises(OrderIsIncomplete):
            governance.order_agenda(office, meeting_id=at.meeting_id, case_ids=[second])

        cases = governance.get_meeting(office, meeting_id=at.meeting_id).cases
        assert [case.id for case in cases] == [second, at.case_id]

    def test_papers_are_due_before_the_meeting(self) -> None:
        at = table()
        with pytest.raises(DeadlineIsAfterMeeting):
            governance.call_meeting(
                make.context(at.office), body_id=at.forum.body_id, held_on=TODAY, papers_due=TODAY + timedelta(days=1)
            )


class TestVote:
    def test_is_reckoned_and_who_was_against_is_recorded_as_dissent(self) -> None:
        at = table()
        at.open()
        at.vote(at.forum.chair, FOR)
        at.vote(at.forum.member, AGAINST)

        result = governance.close_ballot(make.context(at.office), case_id=at.case_id)
        governance.decide_case(make.context(at.office), case_id=at.case_id, decision_text="Vedtatt.")

        # One against one: the chair's vote decides.
        assert (result.in_favour, result.against, result.carried, result.by_chair) == (1, 1, True, True)
        case = governance.get_case(make.system(at.region), case_id=at.case_id)
        assert at.forum.member.account.display_name in case.dissent

    def test_weighs_by_the_body_s_rule(self) -> None:
        at = table()
        organisation.set_body_rules(
            make.system(at.region), body_id=at.forum.body_id, quorum=2, vote_rule=VoteRule.WEIGHTED
        )
        with tenant_scope(make.system(at.region)):
            Seat.objects.filter(pk=at.seat(at.forum.member)).update(weight=3)
        at.open()
        at.vote(at.forum.chair, FOR)
        at.vote(at.forum.member, AGAINST)

        result = governance.close_ballot(make.context(at.office), case_id=at.case_id)

        assert (result.in_favour, result.against, result.carried) == (1, 3, False)

    def test_nobody_votes_twice(self) -> None:
        at = table()
        at.open()
        at.vote(at.forum.member, FOR)

        with pytest.raises(HasVoted, match="alt stemt"):
            at.vote(at.forum.member, AGAINST)

        with tenant_scope(make.system(at.region)):
            assert Vote.objects.get().choice == FOR

    def test_nobody_votes_twice_at_the_same_time(self) -> None:
        at = table()
        at.open()
        told: list[str] = []

        def vote() -> None:
            try:
                at.vote(at.forum.member, FOR)
                told.append("voted")
            except HasVoted:
                told.append("refused")
            finally:
                connection.close()

        voters = [threading.Thread(target=vote) for _ in range(4)]
        for voter in voters:
            voter.start()
        for voter in voters:
            voter.join()

        assert sorted(told) == ["refused", "refused", "refused", "voted"]
        assert at.count(Vote) == 1

    def test_a_union_votes_only_where_the_body_says_so(self) -> None:
        at = table()
        at.open()
        with pytest.raises(SeatHasNoVote):
            at.vote(at.forum.union, FOR)
        governance.close_ballot(make.context(at.office), case_id=at.case_id)

        organisation.set_body_rules(make.system(at.region), body_id=at.forum.body_id, quorum=2, unions_vote=True)
        at.open()
        at.vote(at.forum.union, FOR)

        assert at.count(Vote) == 1

    def test_refuses_who_has_no_seat_who_is_away_and_who_is_partial(self) -> None:
        at = table(present=False)
        third = gov.seat(at.region, at.forum.body_id, SeatKind.MEMBER)
        at.seats = seats_of(at.region, at.forum.body_id)
        at.note(at.forum.chair, third, at.forum.union)
        stranger = gov.seat(at.region, gov.body(at.region, BodyKind.SUBJECT_NETWORK), SeatKind.MEMBER)
        fourth = gov.seat(at.region, at.forum.body_id, SeatKind.MEMBER)
        at.note(at.forum.chair, third, at.forum.union)
        at.seats = seats_of(at.region, at.forum.body_id)
        governance.note_absence(
            make.context(at.office), case_id=at.case_id, seat_id=at.seat(third), kind=AbsenceKind.PARTIAL,
            why="Er gift med leverandøren.",
        )  # fmt: skip
        at.note(at.forum.chair, third, fourth)
        at.open()

        with pytest.raises(SeatIsAway):
            at.vote(at.forum.member, FOR)
        with pytest.raises(SeatIsPartial):
            at.vote(third, FOR)
        with pytest.raises(Refused):
            at.vote(stranger, FOR)
        with pytest.raises(Refused):
            governance.cast_vote(make.context(fourth), case_id=at.case_id, choice=FOR, seat_id=at.seat(at.forum.chair))
        assert at.count(Vote) == 0

    def test_a_municipality_that_left_the_region_has_no_vote(self) -> None:
        at = table()
        town = at.region.municipalities[0]
        other = gov.seat(at.region, at.forum.body_id, SeatKind.MEMBER)
        at.seats = seats_of(at.region, at.forum.body_id)
        at.note(at.forum.chair, at.forum.member, other)
        with tenant_scope(make.system(at.region)):
            Seat.objects.filter(pk=at.seat(other)).update(municipality_id=town.tenant_id)
        Membership.objects.filter(municipality_id=town.tenant_id).update(valid_to=TODAY - timedelta(days=1))
        at.open()

        with pytest.raises(MunicipalityHasLeft):
            at.vote(other, FOR)

        assert at.count(Vote) == 0

    def test_a_seat_that_ended_before_the_meeting_has_no_vote(self) -> None:
        at = table()
        other = gov.seat(at.region, at.forum.body_id, SeatKind.MEMBER)
        seat_id = seats_of(at.region, at.forum.body_id)[other.person_id]
        member = make.context(other)
        organisation.leave_seat(make.system(at.region), seat_id=seat_id, last_day=TODAY - timedelta(days=1))
        at.open()

        with pytest.raises(SeatIsOver):
            governance.cast_vote(member, case_id=at.case_id, choice=FOR)

    def test_needs_a_quorum_and_an_open_ballot(self) -> None:
        at = table(present=False)
        at.note(at.forum.chair, at.forum.union)

        with pytest.raises(QuorumIsLacking):
            at.open()
        with pytest.raises(NoBallotIsOpen):
            at.vote(at.forum.chair, FOR)

        at.note(at.forum.chair, at.forum.member)
        at.open()
        with pytest.raises(BallotIsOpen):
            at.open()
        with pytest.raises(BallotIsOpen):
            governance.decide_case(make.context(at.office), case_id=at.case_id, decision_text="Vedtatt.")
        assert at.count(Ballot) == 1

    def test_cannot_be_altered_in_the_database(self) -> None:
        at = table()
        at.open()
        at.vote(at.forum.member, FOR)

        with pytest.raises(ProgrammingError, match="permission denied"), tenant_scope(make.system(at.region)):
            Vote.objects.update(choice=AGAINST)

    def test_the_office_notes_a_show_of_hands(self) -> None:
        at = table()
        at.open()

        for who, choice in ((at.forum.chair, FOR), (at.forum.member, BLANK)):
            governance.cast_vote(make.context(at.office), case_id=at.case_id, choice=choice, seat_id=at.seat(who))

        result = governance.close_ballot(make.context(at.office), case_id=at.case_id)
        assert (result.in_favour, result.blank, result.carried) == (1, 1, True)


class TestPapers:
    def test_an_enclosure_is_announced_and_sent_later(self) -> None:
        at = table()
        office = make.context(at.office)
        promised = governance.announce_document(office, case_id=at.case_id, title="Budsjett")
        before = governance.get_case_page(office, case_id=at.case_id).documents

        with pytest.raises(NotFound):
            governance.get_case_document(office, document_id=promised)
        governance.attach_case_document(
            office, case_id=at.case_id, name="budsjett.pdf", content=files.pdf(), document_id=promised
        )

        assert [(row.title, row.has_come) for row in before] == [("Budsjett", False)]
        file = governance.get_case_document(make.context(at.forum.union), document_id=promised)
        assert (file.row.number, file.row.name, file.content) == (1, "budsjett.pdf", files.pdf())

    def test_what_is_no_document_and_what_lies_there_is_refused(self) -> None:
        at = table()
        office = make.context(at.office)
        governance.attach_case_document(office, case_id=at.case_id, name="a.pdf", content=files.pdf())

        with pytest.raises(DocumentOfOtherKind):
            governance.attach_case_document(office, case_id=at.case_id, name="a.pdf", content=b"<script>")
        with pytest.raises(DocumentIsThere):
            governance.attach_case_document(office, case_id=at.case_id, name="b.pdf", content=files.pdf())
        with pytest.raises(Refused):
            governance.attach_case_document(
                make.context(at.forum.member), case_id=at.case_id, name="c.pdf", content=files.pdf()
            )

        assert at.count(CaseDocument) == 1

    def test_what_is_kept_from_the_public_is_for_those_with_a_place(self) -> None:
        at = table()
        ground = "offl. § 13, jf. fvl. § 13"
        secret = governance.add_case(
            make.context(at.office), body_id=at.forum.body_id, title="Personalsak", proposal="Hemmelig.",
            meeting_id=at.meeting_id, legal_ground=ground,
        )  # fmt: skip
        employee = make.context(make.employee(at.region.municipalities[0]))

        with pytest.raises(Refused):
            governance.get_case(employee, case_id=secret)
        shown = governance.get_meeting(employee, meeting_id=at.meeting_id).cases[-1]
        assert (shown.title, shown.proposal) == ("Unntatt offentlighet", "")
        assert secret not in {case.id for case in governance.list_cases(employee)}
        assert governance.get_case(make.context(at.forum.union), case_id=secret).proposal == "Hemmelig."

        governance.write_minutes(make.context(at.office), meeting_id=at.meeting_id)
        told = json.dumps(governance.get_minutes(employee, meeting_id=at.meeting_id).content)
        assert "Personalsak" not in told
        assert "Hemmelig" not in told
        assert ground in json.loads(told)["cases"][-1]["legal_ground"]

    def test_a_case_is_sent_on_with_its_chain(self) -> None:
        at = table()
        committee = gov.body(at.region, BodyKind.EXECUTIVE_COMMITTEE)
        office = make.context(at.office)
        with pytest.raises(CaseIsNotDecided):
            governance.send_on(office, case_id=at.case_id)
        older = gov.case(at.region, body_id=at.forum.body_id)
        governance.name_earlier(office, case_id=at.case_id, reference="Sak 002/27", body_id=at.forum.body_id)
        governance.decide_case(office, case_id=at.case_id, decision_text="Forumet tilrår listen.")
        with pytest.raises(NoBodyAbove):
            governance.send_on(office, case_id=at.case_id)
        organisation.set_body_rules(make.system(at.region), body_id=at.forum.body_id, quorum=2, above_id=committee)

        sent = governance.send_on(office, case_id=at.case_id)
        with pytest.raises(CaseIsSentOn):
            governance.send_on(office, case_id=at.case_id)

        page = governance.get_case_page(office, case_id=sent)
        assert (page.case.body_id, page.case.proposal) == (committee, "Forumet tilrår listen.")
        assert [(row.id, row.step) for row in page.chain] == [(at.case_id, 1), (older, 2)]
        assert [row.id for row in governance.get_case_page(office, case_id=at.case_id).sent_on] == [sent]

    def test_a_ring_of_earlier_cases_ends(self) -> None:
        at = table()
        office = make.context(at.office)
        other = gov.case(at.region, body_id=at.forum.body_id)
        governance.name_earlier(office, case_id=at.case_id, reference="Sak 002/27")
        governance.name_earlier(office, case_id=other, reference="Sak 001/27")

        assert [row.id for row in governance.get_case_page(office, case_id=other).chain] == [at.case_id]


class TestWriting:
    def test_two_writers_lose_nothing(self) -> None:
        at = table()
        first, second = make.context(at.office), make.context(make.office(at.region))
        seen = mark("")

        governance.write_in_case(first, case_id=at.case_id, part=CaseField.DISCUSSION, text="Ole sa.", seen=seen)
        # Another text of the same case is another's, and goes through.
        governance.write_in_case(second, case_id=at.case_id, part=CaseField.DRAFT_DECISION, text="Vedtas.", seen=seen)
        with pytest.raises(FieldHasChanged) as told:
            governance.write_in_case(second, case_id=at.case_id, part=CaseField.DISCUSSION, text="Kari.", seen=seen)

        assert told.value.saved == "Ole sa."
        governance.write_in_case(
            second, case_id=at.case_id, part=CaseField.DISCUSSION, text="Ole sa. Kari.", seen=told.value.seen
        )
        case = governance.get_case(first, case_id=at.case_id)
        assert (case.discussion, case.draft_decision) == ("Ole sa. Kari.", "Vedtas.")

    def test_many_writers_at_once_overwrite_nothing(self) -> None:
        """Each adds a line as often as it takes: every line is there in the end."""
        at = table()
        faults: list[BaseException] = []

        def write(line: str) -> None:
            try:
                office = make.context(at.office)
                seen, text = mark(""), line
                for _turn in range(50):
                    try:
                        governance.write_in_case(
                            office, case_id=at.case_id, part=CaseField.DISCUSSION, text=text, seen=seen
                        )
                        return
                    except FieldHasChanged as changed:
                        seen, text = changed.seen, f"{changed.saved}\n{line}"
                raise AssertionError("never through")
            except BaseException as fault:
                faults.append(fault)
            finally:
                connection.close()

        writers = [threading.Thread(target=write, args=(f"linje {number}",)) for number in range(6)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()

        assert faults == []
        said = governance.get_case(make.system(at.region), case_id=at.case_id).discussion
        assert sorted(said.split("\n")) == [f"linje {number}" for number in range(6)]

    def test_members_do_not_write_the_minutes(self) -> None:
        at = table()
        with pytest.raises(Refused):
            governance.write_in_case(
                make.context(at.forum.member), case_id=at.case_id, part=CaseField.DISCUSSION, text="X", seen=mark("")
            )


class TestTasks:
    def test_is_followed_up_until_done(self) -> None:
        at = table()
        task_id = governance.give_task(
            make.context(at.office), case_id=at.case_id, what="Innhente tilbud", seat_id=at.seat(at.forum.member),
            due_on=TODAY + timedelta(days=7),
        )  # fmt: skip
        later = make.context(at.forum.member, gov.NOW + timedelta(days=8))

        (mine,) = governance.list_tasks(later, mine=True)
        assert (mine.id, mine.is_late, mine.may_finish) == (task_id, True, True)
        assert not governance.list_tasks(make.context(at.forum.chair), mine=True)
        with pytest.raises(Refused):
            governance.finish_task(make.context(at.forum.chair), task_id=task_id, outcome="Gjort")
        governance.finish_task(later, task_id=task_id, outcome="Tre tilbud er kommet.")
        with pytest.raises(TaskIsDone):
            governance.finish_task(later, task_id=task_id, outcome="En gang til")

        assert governance.list_tasks(later, mine=True) == []
        (done,) = governance.get_meeting(later, meeting_id=at.meeting_id).tasks
        assert done.outcome == "Tre tilbud er kommet."

    def test_refuses_an_owner_without_a_seat_and_a_day_that_is_past(self) -> None:
        at = table()
        office = make.context(at.office)
        with pytest.raises(OwnerHasNoSeat):
            governance.give_task(office, case_id=at.case_id, what="X", seat_id=0, due_on=TODAY)
        with pytest.raises(DayIsPast):
            governance.give_task(
                office, case_id=at.case_id, what="X", seat_id=at.seat(at.forum.member),
                due_on=TODAY - timedelta(days=1),
            )  # fmt: skip
        assert at.count(Task) == 0


class TestHearing:
    def test_answers_are_gathered_on_the_case(self) -> None:
        at = table()
        town = at.region.municipalities[0]
        contact = make.context(make.with_role(at.region, Role.CONTACT_PERSON, town=town))
        leader = make.context(make.leader(town))
        hearing_id = governance.open_hearing(
            make.context(at.office), case_id=at.case_id, question="Er listen riktig?", due_on=TODAY
        )

        (asked,) = governance.list_hearings(leader)
        governance.answer_hearing(leader, hearing_id=hearing_id, place=asked.places[0][0], text="Ja, men.")
        governance.answer_hearing(contact, hearing_id=hearing_id, place=f"k{town.tenant_id}", text="Ja.")

        hearing = governance.get_case_page(make.context(at.office), case_id=at.case_id).hearing
        assert hearing is not None
        assert [answer.text for answer in hearing.answers] == ["Ja, men.", "Ja."]
        assert hearing.unanswered == ()

    def test_refuses_another_s_place_and_what_comes_late(self) -> None:
        at = table()
        town = at.region.municipalities[0]
        leader = make.leader(town)
        hearing_id = governance.open_hearing(
            make.context(at.office), case_id=at.case_id, question="Er listen riktig?", due_on=TODAY
        )

        with pytest.raises(PlaceIsNotYours):
            governance.answer_hearing(
                make.context(leader), hearing_id=hearing_id, place=f"k{town.tenant_id}", text="Ja."
            )
        with pytest.raises(Refused):
            governance.answer_hearing(
                make.context(make.employee(town)), hearing_id=hearing_id, place=f"k{town.tenant_id}", text="Ja."
            )
        late = make.context(leader, gov.NOW + timedelta(days=1))
        with pytest.raises(HearingIsOver):
            governance.answer_hearing(late, hearing_id=hearing_id, place="e1", text="Ja.")

        page = governance.get_case_page(make.context(at.office), case_id=at.case_id)
        assert page.hearing is not None
        assert page.hearing.answers == ()


class TestRound:
    def test_each_member_tells_and_only_for_themselves(self) -> None:
        at = table()
        own, other = at.seat(at.forum.member), at.seat(at.forum.chair)
        member = make.context(at.forum.member)

        governance.write_round(member, meeting_id=at.meeting_id, seat_id=own, text="Ny leder.", seen=mark(""))
        with pytest.raises(Refused):
            governance.write_round(member, meeting_id=at.meeting_id, seat_id=other, text="X", seen=mark(""))
        with pytest.raises(FieldHasChanged):
            governance.write_round(
                make.context(at.office), meeting_id=at.meeting_id, seat_id=own, text="Y", seen=mark("")
            )

        told = {row.seat_id: row.text for row in governance.get_meeting(member, meeting_id=at.meeting_id).round}
        assert (told[own], told[other]) == ("Ny leder.", "")


class TestMinutes:
    def test_are_approved_as_the_first_case_of_the_next_meeting_and_stay_frozen(self) -> None:
        at = table()
        office = make.context(at.office)
        governance.decide_case(office, case_id=at.case_id, decision_text="Vedtatt.")
        coming = gov.meeting(at.region, at.forum.body_id, held_on=TODAY + timedelta(days=30))
        gov.case(at.region, body_id=at.forum.body_id, meeting_id=coming)

        governance.write_minutes(office, meeting_id=at.meeting_id)

        first = governance.get_meeting(office, meeting_id=coming).cases[0]
        assert (first.title, first.agenda_position) == ("Godkjenning av referat fra 15.3.2027", 1)
        later = office.at(gov.NOW + timedelta(days=30))
        governance.decide_case(later, case_id=first.id, decision_text="Godkjent.")
        with tenant_scope(make.system(at.region)):
            assert Meeting.objects.get(pk=at.meeting_id).status == MeetingStatus.APPROVED
        with pytest.raises(MinutesAreWritten):
            governance.note_presence(later, meeting_id=at.meeting_id, present=[])
        with pytest.raises(MinutesAreWritten):
            governance.write_in_case(later, case_id=at.case_id, part=CaseField.DISCUSSION, text="Rettet", seen=mark(""))
        with pytest.raises(CaseIsDecided):
            governance.decide_case(later, case_id=at.case_id, decision_text="Noe annet.")

    def test_a_meeting_called_afterwards_also_gets_the_approval_and_once(self) -> None:
        at = table()
        governance.write_minutes(make.context(at.office), meeting_id=at.meeting_id)

        coming = [gov.meeting(at.region, at.forum.body_id, held_on=date(2027, 4, day)) for day in (1, 2)]

        with tenant_scope(make.system(at.region)):
            assert [case.meeting_id for case in Case.objects.filter(approves=at.meeting_id)] == coming[:1]

    def test_leave_as_a_record_for_an_archive(self) -> None:
        at = table()
        office = make.context(at.office)
        governance.attach_case_document(office, case_id=at.case_id, name="budsjett.pdf", content=files.pdf())
        at.open()
        at.vote(at.forum.chair, FOR)
        governance.close_ballot(office, case_id=at.case_id)
        governance.decide_case(office, case_id=at.case_id, decision_text="Vedtatt <nå> & her.")
        governance.write_minutes(office, meeting_id=at.meeting_id)

        folder = json.loads(governance.minutes_archive(office, meeting_id=at.meeting_id, form="json"))["mappe"]
        root = ElementTree.fromstring(governance.minutes_archive(office, meeting_id=at.meeting_id, form="xml"))

        minutes, case = folder["registrering"]
        assert (folder["moetedato"], case["vedtak"]) == ("2027-03-15", "Vedtatt <nå> & her.")
        assert {row["korrespondansepartNavn"] for row in minutes["korrespondansepart"]} == {
            who.account.display_name for who in (at.forum.chair, at.forum.member, at.forum.union)
        }
        assert case["dokumentbeskrivelse"][0]["dokumentobjekt"]["sjekksumAlgoritme"] == "SHA-256"
        space = "{http://www.arkivverket.no/standarder/noark5/arkivstruktur}"
        assert [found.text for found in root.iter(f"{space}vedtak")] == ["", "Vedtatt <nå> & her."][1:]
        assert b"%PDF-" in governance.minutes_pdf(office, meeting_id=at.meeting_id)[:10]

    def test_a_draft_is_for_those_who_write_them(self) -> None:
        at = table()
        assert governance.minutes_draft_pdf(make.context(at.office), meeting_id=at.meeting_id).startswith(b"%PDF-")
        with pytest.raises(Refused):
            governance.minutes_draft_pdf(make.context(at.forum.member), meeting_id=at.meeting_id)
