"""Date polls, rules of bodies, the desk of chair and secretary, cases between regions, reminders."""

from __future__ import annotations

import threading
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance import handlers
from kompetanse.domains.governance.events import CaseForwarded, PollDateChosen, PollOpened, PollReminded, TaskReminded
from kompetanse.domains.governance.models import Case, Incoming, Meeting, PollAnswer
from kompetanse.domains.governance.queries.letters import list_letters
from kompetanse.domains.governance.rules.letters import task_letter_due
from kompetanse.domains.governance.rules.polls import tally
from kompetanse.domains.governance.types.polls import (
    NoticeIsShort,
    NumberIsImpossible,
    NumbersAreDrawn,
    PollChoice,
    PollDateIsUnknown,
    PollHasNoSeat,
    PollIsClosed,
    PollNeedsDates,
    PollSeat,
)
from kompetanse.domains.governance.types.procedure import CaseIsNotDecided, DayIsPast, MunicipalityHasLeft, TaskOccasion
from kompetanse.domains.governance.types.sending import (
    CaseIsForwarded,
    CaseIsShielded,
    IncomingIsAnswered,
    IncomingStatus,
    RegionIsOwn,
)
from kompetanse.domains.messages.models import Message
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.models import BodyRuling, Membership, Seat
from kompetanse.domains.organisation.types import (
    BodyKind,
    BodyRulesAreImpossible,
    Level,
    SeatKind,
    VoteRule,
    WeightIsImpossible,
)
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import governance as gov
from tests.make.governance import TODAY

DUE = TODAY + timedelta(days=3)
DAYS = [
    (TODAY + timedelta(days=10), time(9)),
    (TODAY + timedelta(days=11), time(12)),
    (TODAY + timedelta(days=17), None),
]
CAN, MAYBE, CANNOT = PollChoice.CAN, PollChoice.IF_NEEDED, PollChoice.CANNOT


class Asked:
    """A forum that is asked for three days."""

    def __init__(self) -> None:
        self.region = make.region()
        self.forum = gov.forum(self.region)
        self.office = make.office(self.region)
        self.poll_id = governance.open_poll(
            make.context(self.office), body_id=self.forum.body_id, dates=DAYS, answers_due=DUE, place="Notodden"
        )
        self.days = [row.id for row in self.page().dates]

    def page(self, who: make.Who | None = None) -> Any:
        return governance.get_poll(make.context(who or self.office), poll_id=self.poll_id)

    def answer(self, who: make.Who, *choices: PollChoice) -> None:
        governance.answer_poll(
            make.context(who), poll_id=self.poll_id, answers=dict(zip(self.days, choices, strict=False))
        )


class TestPoll:
    def test_members_union_and_deputies_answer_and_the_best_day_is_shown(self) -> None:
        asked = Asked()
        deputy = gov.seat(asked.region, asked.forum.body_id, SeatKind.DEPUTY)

        asked.answer(asked.forum.chair, CANNOT, CAN, MAYBE)
        asked.answer(asked.forum.member, CAN, MAYBE, CANNOT)
        asked.answer(asked.forum.union, CAN, CAN, CAN)
        asked.answer(deputy, CAN, CANNOT, CAN)

        page = governance.get_poll(make.context(asked.office), poll_id=asked.poll_id)
        assert [(row.can, row.if_needed, row.cannot) for row in page.dates] == [(3, 0, 1), (2, 1, 1), (2, 1, 1)]
        # Two with a vote are needed: only on the second day both can.
        assert [row.is_quorate for row in page.dates] == [False, True, False]
        assert [row.is_best for row in page.dates] == [False, True, False]
        assert page.unanswered == ()

    def test_answered_again_the_newest_stands(self) -> None:
        asked = Asked()
        asked.answer(asked.forum.member, CAN, CAN, CAN)
        asked.answer(asked.forum.member, CANNOT)

        page = governance.get_poll(make.context(asked.forum.member), poll_id=asked.poll_id)
        assert page.own is not None
        assert list(page.own.answers.values()) == [CANNOT, CAN, CAN]
        with tenant_scope(make.system(asked.region)):
            assert PollAnswer.objects.count() == 3

    def test_the_chosen_day_makes_the_meeting_and_closes_the_poll(self) -> None:
        asked = Asked()
        asked.answer(asked.forum.member, CAN, CAN, CAN)

        meeting_id = governance.choose_date(
            make.context(asked.forum.chair), poll_id=asked.poll_id, date_id=asked.days[1]
        )

        meeting = governance.get_meeting(make.context(asked.office), meeting_id=meeting_id).meeting
        assert (meeting.held_on, meeting.starts_at, meeting.place) == (*DAYS[1], "Notodden")
        with pytest.raises(PollIsClosed):
            asked.answer(asked.forum.member, CAN)
        with pytest.raises(PollIsClosed):
            governance.choose_date(make.context(asked.office), poll_id=asked.poll_id, date_id=asked.days[0])
        assert governance.list_polls(make.context(asked.office)) == []

    def test_the_secretary_answers_for_a_seat_and_others_do_not(self) -> None:
        asked = Asked()
        secretary = gov.seat(asked.region, asked.forum.body_id, SeatKind.SECRETARY)
        seats = {
            row.person_id: row.id
            for row in organisation.list_seats(make.system(asked.region), body_id=asked.forum.body_id)
        }
        member = seats[asked.forum.member.person_id]

        governance.answer_poll(
            make.context(secretary), poll_id=asked.poll_id, answers={asked.days[0]: CAN}, seat_id=member
        )
        with pytest.raises(Refused):
            governance.answer_poll(
                make.context(asked.forum.union), poll_id=asked.poll_id, answers={asked.days[0]: CANNOT}, seat_id=member
            )

        page = governance.get_poll(make.context(asked.forum.member), poll_id=asked.poll_id)
        assert page.own is not None
        assert page.own.answers == {asked.days[0]: CAN}

    def test_without_a_seat_or_a_day_nothing_is_answered(self) -> None:
        asked, other = Asked(), Asked()
        employee = make.employee(asked.region.municipalities[0])
        with pytest.raises(Refused):
            asked.answer(employee, CAN)
        with pytest.raises(PollHasNoSeat):
            asked.answer(asked.office, CAN)
        with pytest.raises(PollDateIsUnknown):
            governance.answer_poll(
                make.context(asked.forum.member), poll_id=asked.poll_id, answers={other.days[0]: CAN}
            )
        with pytest.raises(NotFound):
            governance.get_poll(make.context(other.forum.member), poll_id=asked.poll_id)
        with tenant_scope(make.system(asked.region)):
            assert not PollAnswer.objects.exists()

    def test_only_the_desk_opens_and_chooses(self) -> None:
        asked = Asked()
        for who in (asked.forum.member, asked.forum.union):
            with pytest.raises(Refused):
                governance.open_poll(make.context(who), body_id=asked.forum.body_id, dates=DAYS, answers_due=DUE)
            with pytest.raises(Refused):
                governance.choose_date(make.context(who), poll_id=asked.poll_id, date_id=asked.days[0])

    @pytest.mark.parametrize("dates", [DAYS[:1], [DAYS[0], DAYS[0]], [(DUE, None), DAYS[0]]])
    def test_days_are_several_different_and_after_the_answers(self, dates: list[tuple[date, time | None]]) -> None:
        region = make.region()
        forum = gov.forum(region)
        with pytest.raises(PollNeedsDates):
            governance.open_poll(make.system(region), body_id=forum.body_id, dates=dates, answers_due=DUE)
        with pytest.raises(DayIsPast):
            governance.open_poll(
                make.system(region), body_id=forum.body_id, dates=DAYS, answers_due=TODAY - timedelta(days=1)
            )

    def test_who_sits_for_a_municipality_that_has_left_does_not_answer_speak_or_get_tasks(self) -> None:
        asked = Asked()
        town = asked.region.municipalities[0]
        case_id = gov.case(asked.region, body_id=asked.forum.body_id)
        with tenant_scope(make.system(asked.region)):
            Seat.objects.filter(person_id=asked.forum.member.person_id).update(municipality_id=town.tenant_id)
            Membership.objects.filter(municipality_id=town.tenant_id).update(valid_to=TODAY - timedelta(days=1))
            seat_id = Seat.objects.get(person_id=asked.forum.member.person_id).pk

        with pytest.raises(MunicipalityHasLeft):
            asked.answer(asked.forum.member, CAN)
        with pytest.raises(MunicipalityHasLeft):
            governance.state_view(make.context(asked.forum.member), case_id=case_id, text="Imot.")
        with pytest.raises(MunicipalityHasLeft):
            governance.give_task(
                make.context(asked.office), case_id=case_id, what="Følge opp", seat_id=seat_id, due_on=TODAY
            )
        page = governance.get_body_page(make.context(asked.office), body_id=asked.forum.body_id)
        assert page.left == {seat_id}

    def test_all_who_sit_are_asked_once_and_told_the_day(self) -> None:
        asked = Asked()
        asked.answer(asked.forum.member, CAN, CAN, CAN)
        system = make.system(asked.region)
        opened = PollOpened(
            tenant_id=asked.region.tenant_id, poll_id=asked.poll_id, body_id=asked.forum.body_id, dates=3
        )

        first = list_letters(system, event=opened)
        reminded = list_letters(system, event=PollReminded(tenant_id=asked.region.tenant_id, poll_id=asked.poll_id))
        meeting_id = governance.choose_date(make.context(asked.office), poll_id=asked.poll_id, date_id=asked.days[0])
        chosen = list_letters(
            system,
            event=PollDateChosen(
                tenant_id=asked.region.tenant_id, poll_id=asked.poll_id, meeting_id=meeting_id, held_on=DAYS[0][0]
            ),
        )

        three = {asked.forum.chair.person_id, asked.forum.member.person_id, asked.forum.union.person_id}
        assert {letter.person_id for letter in first} == three
        assert {letter.person_id for letter in reminded} == three - {asked.forum.member.person_id}
        assert {letter.person_id for letter in chosen} == three
        assert f"/moter/{meeting_id}/" in chosen[0].body
        assert "25.3.2027" in chosen[0].body
        assert len({letter.cause for letter in (*first, *reminded, *chosen)}) == 3

    @given(
        st.lists(st.lists(st.sampled_from(PollChoice), min_size=3, max_size=3), min_size=1, max_size=6),
        st.integers(1, 4),
    )
    def test_no_day_beats_the_best(self, said: list[list[PollChoice]], quorum: int) -> None:
        dates = [(key, day, at) for key, (day, at) in enumerate(DAYS, start=1)]
        seats = [PollSeat(n, str(n), "", True, dict(zip((1, 2, 3), row, strict=True))) for n, row in enumerate(said)]

        rows = tally(dates, seats, quorum=quorum)

        best = [row for row in rows if row.is_best]
        assert len(best) <= 1
        for row in rows if best else ():
            assert (row.is_quorate, row.can, row.if_needed) <= (best[0].is_quorate, best[0].can, best[0].if_needed)
        assert bool(best) == any(choice is not CANNOT for answers in said for choice in answers)


class TestRulesOfBodies:
    def test_what_the_rules_were_stays_readable(self) -> None:
        region = make.region()
        forum, office = gov.forum(region), make.office(region)
        committee = gov.body(region, BodyKind.EXECUTIVE_COMMITTEE)
        organisation.set_body_rules(
            make.context(office), body_id=forum.body_id, quorum=3, decision_reference="Sak 1/27"
        )
        organisation.set_body_rules(
            make.context(office), body_id=forum.body_id, quorum=2, vote_rule=VoteRule.WEIGHTED, unions_vote=True,
            above_id=committee, notice_days=14, decision_reference="Sak 2/27",
        )  # fmt: skip

        page = governance.get_body_page(make.context(office), body_id=forum.body_id)

        assert (page.body.quorum, page.body.notice_days, page.body.unions_vote) == (2, 14, True)
        assert [(row.decision_reference, row.quorum, row.notice_days) for row in page.rulings] == [
            ("Sak 2/27", 2, 14), ("Sak 1/27", 3, 0),
        ]  # fmt: skip
        assert page.above == "Organ executive_committee"
        assert page.may_rule

    def test_members_and_the_chair_read_and_do_not_write(self) -> None:
        region = make.region()
        forum = gov.forum(region)
        seat_id = organisation.list_seats(make.system(region), body_id=forum.body_id)[0].id
        for who in (forum.chair, forum.member, forum.union):
            with pytest.raises(Refused):
                organisation.set_body_rules(make.context(who), body_id=forum.body_id, quorum=1)
            with pytest.raises(Refused):
                organisation.weigh_seat(make.context(who), seat_id=seat_id, weight=9)
            assert not governance.get_body_page(make.context(who), body_id=forum.body_id).may_rule
        with tenant_scope(make.system(region)):
            assert not BodyRuling.objects.exists()

    @pytest.mark.parametrize("values", [{"quorum": 0}, {"quorum": 201}, {"quorum": 2, "notice_days": 91}])
    def test_impossible_rules_are_refused(self, values: dict[str, Any]) -> None:
        region = make.region()
        with pytest.raises(BodyRulesAreImpossible):
            organisation.set_body_rules(make.system(region), body_id=gov.body(region), **values)

    def test_a_seat_s_weight_counts_from_the_next_ballot(self) -> None:
        region = make.region()
        forum, office = gov.forum(region), make.office(region)
        seats = {row.person_id: row.id for row in organisation.list_seats(make.system(region), body_id=forum.body_id)}
        organisation.weigh_seat(make.context(office), seat_id=seats[forum.member.person_id], weight=5)
        with pytest.raises(WeightIsImpossible):
            organisation.weigh_seat(make.context(office), seat_id=seats[forum.member.person_id], weight=0)
        weights = {
            row.person_id: row.weight for row in organisation.list_seats(make.system(region), body_id=forum.body_id)
        }
        assert weights[forum.member.person_id] == 5
        assert weights[forum.chair.person_id] == 1

    def test_a_late_call_needs_a_reason(self) -> None:
        region = make.region()
        forum = gov.forum(region)
        organisation.set_body_rules(make.system(region), body_id=forum.body_id, quorum=2, notice_days=14)
        soon, later = TODAY + timedelta(days=13), TODAY + timedelta(days=14)
        with pytest.raises(NoticeIsShort):
            governance.call_meeting(make.system(region), body_id=forum.body_id, held_on=soon)
        with tenant_scope(make.system(region)):
            assert not Meeting.objects.exists()
        governance.call_meeting(make.system(region), body_id=forum.body_id, held_on=later)
        hurried = governance.call_meeting(
            make.system(region), body_id=forum.body_id, held_on=soon, short_notice="Søknadsfristen er 1. april."
        )
        page = governance.get_meeting(make.system(region), meeting_id=hurried)
        assert page.short_notice == "Søknadsfristen er 1. april."

    def test_numbering_goes_on_from_what_was_used_before(self) -> None:
        region = make.region()
        forum = gov.forum(region)
        with pytest.raises(NumberIsImpossible):
            governance.start_numbers(make.system(region), body_id=forum.body_id, year=2027, last=-1)
        governance.start_numbers(make.system(region), body_id=forum.body_id, year=2027, last=53)
        first, second = gov.case(region, body_id=forum.body_id), gov.case(region, body_id=forum.body_id)
        with pytest.raises(NumbersAreDrawn):
            governance.start_numbers(make.system(region), body_id=forum.body_id, year=2027, last=7)
        ctx = make.system(region)
        assert [governance.get_case(ctx, case_id=pk).reference for pk in (first, second)] == [
            "Sak 054/27",
            "Sak 055/27",
        ]
        assert governance.get_body_page(ctx, body_id=forum.body_id).numbers == ((2027, 55),)

    def test_nobody_draws_a_number_while_the_numbering_is_set(self) -> None:
        region = make.region()
        body_id = gov.body(region)
        refused: list[Exception] = []

        def draw() -> None:
            try:
                gov.case(region, body_id=body_id)
            finally:
                connection.close()

        def start() -> None:
            try:
                governance.start_numbers(make.system(region), body_id=body_id, year=2027, last=100)
            except NumbersAreDrawn as error:
                refused.append(error)
            finally:
                connection.close()

        workers = [threading.Thread(target=act) for act in (draw, start, draw, draw)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

        with tenant_scope(make.system(region)):
            numbers = sorted(Case.objects.values_list("number", flat=True))
        assert numbers in ([1, 2, 3], [101, 102, 103])
        assert bool(refused) == (numbers == [1, 2, 3])


class TestDesk:
    """The chair and the secretary of a body keep its meetings, and no other's."""

    def test_a_committee_s_secretary_calls_writes_and_minutes(self) -> None:
        region = make.region()
        committee = gov.forum(region, BodyKind.EXECUTIVE_COMMITTEE)
        secretary = gov.seat(region, committee.body_id, SeatKind.SECRETARY)
        ctx = make.context(secretary)

        meeting_id = governance.call_meeting(ctx, body_id=committee.body_id, held_on=TODAY)
        case_id = governance.add_case(ctx, body_id=committee.body_id, title="Økonomi", meeting_id=meeting_id)
        page = governance.get_meeting(ctx, meeting_id=meeting_id)
        assert page.may_prepare
        assert page.may_decide
        assert page.may_write_minutes
        governance.note_presence(ctx, meeting_id=meeting_id, present=[page.presence[0].seat_id])
        governance.decide_case(ctx, case_id=case_id, decision_text="Vedtatt.")
        governance.write_minutes(ctx, meeting_id=meeting_id)

        assert governance.get_minutes(ctx, meeting_id=meeting_id).content["written_by"] == ctx.actor.name

    def test_no_other_body_s(self) -> None:
        region = make.region()
        committee, network = (
            gov.forum(region, BodyKind.EXECUTIVE_COMMITTEE),
            gov.forum(region, BodyKind.SUBJECT_NETWORK),
        )
        secretary = gov.seat(region, committee.body_id, SeatKind.SECRETARY)
        meeting_id = gov.meeting(region, network.body_id)
        for who in (secretary, committee.chair, network.member):
            with pytest.raises(Refused):
                governance.call_meeting(make.context(who), body_id=network.body_id, held_on=TODAY)
            with pytest.raises((Refused, NotFound)):
                governance.note_presence(make.context(who), meeting_id=meeting_id, present=[])
        assert governance.get_meeting(make.context(network.chair), meeting_id=meeting_id).may_prepare

    def test_a_seat_that_is_left_gives_nothing(self) -> None:
        region = make.region()
        network = gov.forum(region, BodyKind.SUBJECT_NETWORK)
        seat = next(row for row in organisation.list_seats(make.system(region), body_id=network.body_id)
                    if row.kind is SeatKind.CHAIR)  # fmt: skip
        organisation.leave_seat(make.system(region), seat_id=seat.id, last_day=TODAY - timedelta(days=1))
        with pytest.raises((Refused, NotFound)):
            governance.call_meeting(make.context(network.chair), body_id=network.body_id, held_on=TODAY)


def decided(region: make.Region, kind: BodyKind = BodyKind.EXECUTIVE_COMMITTEE) -> int:
    return gov.decided_case(region, kind)


def carry(region: make.Region, case_id: int, forwarding_id: int, to: make.Region) -> None:
    event = CaseForwarded(
        tenant_id=region.tenant_id, case_id=case_id, forwarding_id=forwarding_id, to_region=to.tenant_id
    )
    with tenant_scope(make.system(region)):
        handlers.carry_case(make.system(region), event)


def name_of(region: make.Region) -> str:
    return region.name


class TestBetweenRegions:
    def test_a_case_comes_in_once_and_is_taken_up_with_its_origin(self) -> None:
        region, other = make.region(), make.region()
        below = decided(region, BodyKind.COMPETENCE_FORUM)
        committee = gov.body(region, BodyKind.EXECUTIVE_COMMITTEE)
        sent_on = governance.send_on(make.system(region), case_id=below, body_id=committee)
        governance.put_on_agenda(make.system(region), case_id=sent_on, meeting_id=gov.meeting(region, committee))
        governance.decide_case(make.system(region), case_id=sent_on, decision_text="Sendes til interregional arena.")

        forwarding = governance.forward_case(
            make.system(region), case_id=sent_on, region=name_of(other), note="Til dere."
        )
        carry(region, sent_on, forwarding, other)
        carry(region, sent_on, forwarding, other)

        office = make.office(other)
        (row,) = governance.get_incoming(make.context(office)).incoming
        assert (row.from_region, row.note, row.status) == (name_of(region), "Til dere.", IncomingStatus.WAITING)
        assert [step.body for step in row.origins] == ["Organ executive_committee", "Organ competence_forum"]
        arena = gov.body(other, BodyKind.INTERREGIONAL_ARENA)
        case_id = governance.take_up_incoming(make.context(office), incoming_id=row.id, body_id=arena)
        page = governance.get_case_page(make.context(office), case_id=case_id)
        assert page.case.proposal == "Sendes til interregional arena."
        assert [step.region for step in page.origins] == [name_of(region)] * 2
        with pytest.raises(IncomingIsAnswered):
            governance.decline_incoming(make.context(office), incoming_id=row.id, why="For sent")

    def test_the_chain_goes_on_to_a_third_region(self) -> None:
        region, other = make.region(), make.region()
        above = f"Øst {region.tenant_id}"
        top_id = organisation.found_region(make.system(region), name=above, level=Level.INTERREGIONAL)
        top = make.Region(top_id, above, [])
        case_id = decided(region)
        carry(
            region, case_id, governance.forward_case(make.system(region), case_id=case_id, region=name_of(other)), other
        )
        (row,) = governance.get_incoming(make.context(make.office(other))).incoming
        body_id = gov.body(other)
        there = governance.take_up_incoming(make.system(other), incoming_id=row.id, body_id=body_id)
        governance.put_on_agenda(make.system(other), case_id=there, meeting_id=gov.meeting(other, body_id))
        governance.decide_case(make.system(other), case_id=there, decision_text="Støttes.")

        forwarding = governance.forward_case(make.system(other), case_id=there, region=above)
        carry(other, there, forwarding, top)

        with tenant_scope(make.system(top)):
            chain = Incoming.objects.get().content["chain"]
        assert [step["region"] for step in chain] == [name_of(other), name_of(region)]

    def test_what_cannot_be_sent_says_why_and_nothing_is_sent(self) -> None:
        region, other = make.region(), make.region()
        open_case, decided_case = gov.case(region), decided(region)
        body_id = gov.body(region, BodyKind.SUBJECT_NETWORK)
        shielded = governance.add_case(
            make.system(region), body_id=body_id, title="Person", meeting_id=gov.meeting(region, body_id),
            legal_ground="Offl. § 13",
        )  # fmt: skip
        governance.decide_case(make.system(region), case_id=shielded, decision_text="Vedtatt.")
        for case_id, to, error in (
            (open_case, name_of(other), CaseIsNotDecided),
            (shielded, name_of(other), CaseIsShielded),
            (decided_case, name_of(region), RegionIsOwn),
        ):
            with pytest.raises(error):
                governance.forward_case(make.system(region), case_id=case_id, region=to)
        governance.forward_case(make.system(region), case_id=decided_case, region=name_of(other))
        with pytest.raises(CaseIsForwarded):
            governance.forward_case(make.system(region), case_id=decided_case, region=name_of(other))

    def test_only_the_office_there_answers(self) -> None:
        region, other = make.region(), make.region()
        case_id = decided(region)
        carry(
            region, case_id, governance.forward_case(make.system(region), case_id=case_id, region=name_of(other)), other
        )
        forum = gov.forum(other)
        (row,) = governance.get_incoming(make.context(forum.member)).incoming
        with pytest.raises(Refused):
            governance.take_up_incoming(make.context(forum.member), incoming_id=row.id, body_id=forum.body_id)
        with pytest.raises(NotFound):
            governance.decline_incoming(make.context(make.office(region)), incoming_id=row.id, why="Nei")
        governance.decline_incoming(make.context(make.office(other)), incoming_id=row.id, why="Hører til fylket.")
        with tenant_scope(make.system(other)):
            assert Incoming.objects.get().status == IncomingStatus.DECLINED


class TestReminders:
    @pytest.mark.parametrize(
        ("days", "reminded", "due"),
        [
            (4, "", None), (3, "", TaskOccasion.NEAR), (0, "", TaskOccasion.NEAR), (2, "near", None),
            (-1, "near", TaskOccasion.LATE), (-1, "", TaskOccasion.LATE), (-9, "late", None),
        ],
    )  # fmt: skip
    def test_when_the_owner_is_written_to(self, days: int, reminded: str, due: TaskOccasion | None) -> None:
        assert task_letter_due(TODAY + timedelta(days=days), TODAY, reminded) is due

    def test_a_task_is_reminded_about_once_near_and_once_late_and_not_when_done(self) -> None:
        asked = Asked()
        case_id = gov.case(asked.region, body_id=asked.forum.body_id)
        seats = {
            row.person_id: row.id
            for row in organisation.list_seats(make.system(asked.region), body_id=asked.forum.body_id)
        }
        tasks = [
            governance.give_task(
                make.context(asked.office), case_id=case_id, what=what, due_on=TODAY + timedelta(days=2),
                seat_id=seats[asked.forum.member.person_id],
            )
            for what in ("Følge opp", "Ringe")
        ]  # fmt: skip
        governance.finish_task(make.context(asked.office), task_id=tasks[1], outcome="Gjort.")
        system = make.system(asked.region)

        said = [
            governance.follow_up(system.at(system.now + timedelta(days=later)), region_id=asked.region.tenant_id)
            for later in (0, 1, 3, 4)
        ]

        # The first day the task is near, on the third (with the poll's reminder in between) it is late.
        assert said == [1, 0, 2, 0]
        event = TaskReminded(tenant_id=asked.region.tenant_id, task_id=tasks[0], occasion="late")
        (letter,) = list_letters(system, event=event)
        assert letter.person_id == asked.forum.member.person_id
        assert "Følge opp" in letter.body
        assert (
            list_letters(
                system, event=TaskReminded(tenant_id=asked.region.tenant_id, task_id=tasks[1], occasion="late")
            )
            == []
        )

    def test_nobody_else_runs_it(self) -> None:
        asked = Asked()
        with pytest.raises(Refused):
            governance.follow_up(make.context(asked.office), region_id=asked.region.tenant_id)
        with tenant_scope(make.system(asked.region)):
            # The letters of the poll, one to each who sits there, and none besides.
            assert Message.objects.count() == 3


class TestDrop:
    def test_a_dropped_poll_takes_no_answers_and_makes_no_meeting(self) -> None:
        asked = Asked()
        with pytest.raises(Refused):
            governance.drop_poll(make.context(asked.forum.member), poll_id=asked.poll_id)
        governance.drop_poll(make.context(asked.forum.chair), poll_id=asked.poll_id)
        with pytest.raises(PollIsClosed):
            asked.answer(asked.forum.member, CAN)
        with tenant_scope(make.system(asked.region)):
            assert not Meeting.objects.exists()
