"""Attendance session by session: what is told, by whom, what it comes to, and what is refused."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses import rules
from kompetanse.domains.courses.models import Attendance
from kompetanse.domains.courses.queries.attendance import secret
from kompetanse.domains.courses.types import (
    AlreadySignedUp,
    AttendanceIsFinished,
    Basis,
    CodeIsWrong,
    CorrectionNeedsReason,
    Enough,
    EnoughIsWrong,
    LinkDoesNotOpen,
    LinkEndsTooLate,
    Mark,
    MinutesAreWrong,
    MunicipalityIsNotInvited,
    NotOnTheList,
    NotOnThisList,
    NotUnderstood,
    Part,
    Presence,
    Receipt,
    RunIsCancelled,
    RunStatus,
    Sent,
    SessionHasNotBegun,
    SignupStatus,
    Stretch,
    ToldOtherwise,
    WalkInNeedsReason,
)
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import courses as made
from tests.make import orders as made_orders

DURING = make.organisation.NOW + timedelta(days=40, hours=1)


class Course:
    """A run of two sessions, a day apart, with a person from each of two municipalities."""

    def __init__(self, sessions: int = 2) -> None:
        self.region = make.region(municipalities=2)
        self.measure_id = made_orders.plan(self.region, requirement=competence.list_requirements()[0].code)
        self.run_id = made.run(self.region, seats=4, measure_id=self.measure_id)
        self.people, self.ids = [], []
        for town in self.region.municipalities:
            chief, (kari, *_) = made.team(town)
            self.people.append(kari)
            self.ids.append(made.seat(self.run_id, chief, kari))
        self.sessions = made.split(self.region, self.run_id, sessions)
        self.member = make.office(self.region)
        self.office: Context = make.context(self.member, made.AFTER)

    def tell(self, session: int, *parts: Part, reason: str = "") -> int:
        marks = [Mark(pk, part) for pk, part in zip(self.ids, parts, strict=False)]
        return courses.tell_presence(self.office, session_id=self.sessions[session], marks=marks, reason=reason)

    def rows(self) -> list[Attendance]:
        with tenant_scope(make.system(self.region)):
            return list(Attendance.objects.filter(signup_id__in=self.ids).order_by("id"))

    def evidence(self) -> list[Evidence]:
        with tenant_scope(make.system(self.region)):
            return list(Evidence.objects.filter(reference=f"KURS-{self.run_id}").order_by("id"))

    def statuses(self) -> list[SignupStatus]:
        return [row.status for row in courses.list_signups(self.office, run_id=self.run_id)]

    def code(self, at: datetime, session: int = -1) -> str:
        return rules.code_at(secret(), (self.region.tenant_id, self.sessions[session]), at)

    def deeds(self, event: str) -> list[Deed]:
        with tenant_scope(make.system(self.region)):
            return list(Deed.objects.filter(event=event, tenant_id__in=self.region.tenants).order_by("id"))


def sent(at: datetime, code: str = "", signup: int | None = None, part: Part = Part.WHOLE, reason: str = "") -> Sent:
    return Sent(str(uuid.uuid4()), at, code, signup, part, reason)


def only(receipts: list[Receipt]) -> type[DomainError] | None:
    (receipt,) = receipts
    return type(receipt.refusal) if receipt.refusal else None


class TestReckon:
    @given(
        lengths=st.lists(st.integers(1, 500), min_size=1, max_size=6),
        shares=st.lists(st.integers(0, 100), min_size=6, max_size=6),
        percent=st.integers(1, 100),
        basis=st.sampled_from(list(Basis)),
    )
    def test_more_presence_is_never_less_enough(
        self, lengths: list[int], shares: list[int], percent: int, basis: Basis
    ) -> None:
        sessions = [Stretch(number, length) for number, length in enumerate(lengths)]
        told = {
            one.id: Presence(
                Part.WHOLE if share == 100 else Part.PART if share else Part.NONE, one.minutes * share // 100
            )
            for one, share in zip(sessions, shares, strict=False)
        }
        before = rules.reckon(Enough(basis, percent), sessions, told)
        everything = {one.id: Presence(Part.WHOLE, one.minutes) for one in sessions}
        after = rules.reckon(Enough(basis, percent), sessions, told | {0: everything[0]})

        assert rules.reckon(Enough(basis, percent), sessions, everything).enough
        assert not rules.reckon(Enough(basis, percent), sessions, {}).enough
        assert after.enough >= before.enough
        assert 0 <= before.minutes <= before.of_minutes

    def test_eighty_per_cent_of_the_hours_is_reckoned_to_the_minute(self) -> None:
        sessions = [Stretch(1, 300), Stretch(2, 300)]
        for minutes, enough in ((180, True), (179, False)):
            told = {1: Presence(Part.WHOLE, 300), 2: Presence(Part.PART, minutes)}
            assert rules.reckon(Enough(Basis.HOURS, 80), sessions, told).enough is enough
        assert not rules.reckon(Enough(), sessions, {1: Presence(Part.WHOLE, 300)}).enough


class TestTellPresence:
    def test_keeps_who_how_and_when_and_writes_no_competence_yet(self) -> None:
        course = Course()

        assert course.tell(0, Part.WHOLE, Part.PART) == 2

        whole, part = course.rows()
        assert (whole.part, whole.minutes, whole.how) == ("whole", 360, "office")
        assert (part.part, part.minutes, part.told_by) == ("part", 180, course.member.account.display_name)
        assert whole.tenant_id == course.region.municipalities[0].tenant_id
        assert (course.evidence(), course.statuses()) == ([], [SignupStatus.SEATED, SignupStatus.SEATED])
        assert len(course.deeds("PresenceTold")) == 2  # one in each municipality

    def test_a_correction_is_a_new_row_with_a_reason(self) -> None:
        course = Course()
        course.tell(0, Part.WHOLE)

        assert course.tell(0, Part.WHOLE) == 0
        with pytest.raises(CorrectionNeedsReason):
            course.tell(0, Part.NONE)
        assert len(course.rows()) == 1
        assert course.tell(0, Part.NONE, reason="Gikk i pausen") == 1
        first, second = course.rows()
        assert (second.corrects_id, second.part, second.reason) == (first.pk, "none", "Gikk i pausen")
        assert first.part == "whole"

    def test_refuses_what_cannot_be_and_keeps_nothing(self) -> None:
        course = Course()
        elsewhere = Course()
        with pytest.raises(NotOnTheList):
            courses.tell_presence(
                course.office, session_id=course.sessions[0], marks=[Mark(elsewhere.ids[0], Part.WHOLE)]
            )
        for minutes in (0, -1, 360, 9999):
            with pytest.raises(MinutesAreWrong):
                courses.tell_presence(
                    course.office, session_id=course.sessions[0], marks=[Mark(course.ids[0], Part.PART, minutes)]
                )
        with pytest.raises(SessionHasNotBegun):
            courses.tell_presence(
                make.context(course.member), session_id=course.sessions[0], marks=[Mark(course.ids[0], Part.WHOLE)]
            )
        town = course.region.municipalities[0]
        for who in (course.people[0], make.leader(town, make.unit(town))):
            with pytest.raises(Refused):
                courses.tell_presence(
                    make.context(who, made.AFTER),
                    session_id=course.sessions[0],
                    marks=[Mark(course.ids[0], Part.WHOLE)],
                )
        with pytest.raises(NotFound):
            courses.tell_presence(elsewhere.office, session_id=course.sessions[0], marks=[])
        courses.cancel_run(course.office, run_id=course.run_id, reason="Storm")
        with pytest.raises(RunIsCancelled):
            course.tell(0, Part.WHOLE)
        assert course.rows() == []


class TestOutcome:
    def test_follows_from_the_sessions(self) -> None:
        course = Course()
        course.tell(0, Part.WHOLE, Part.WHOLE)
        course.tell(1, Part.WHOLE, Part.PART)

        assert courses.finish_attendance(course.office, run_id=course.run_id) == 1

        assert course.statuses() == [SignupStatus.ATTENDED, SignupStatus.ABSENT]
        assert [row.tenant_id for row in course.evidence()] == [course.region.municipalities[0].tenant_id]
        assert courses.get_signup(course.office, signup_id=course.ids[1]).why == rules.NOT_ENOUGH
        assert courses.get_run(course.office, run_id=course.run_id).run.status is RunStatus.HELD
        assert courses.finish_attendance(course.office, run_id=course.run_id) == 0
        assert len(course.evidence()) == 1

    def test_what_is_enough_is_the_runs_own(self) -> None:
        course = Course()
        courses.set_enough(course.office, run_id=course.run_id, basis=Basis.HOURS, percent=75)
        course.tell(0, Part.WHOLE, Part.WHOLE)
        course.tell(1, Part.PART)

        courses.finish_attendance(course.office, run_id=course.run_id)

        assert course.statuses() == [SignupStatus.ATTENDED, SignupStatus.ABSENT]
        sheet = courses.get_run_sheet(course.office, run_id=course.run_id)
        assert sheet.enough == Enough(Basis.HOURS, 75)
        assert [(row.standing.minutes, row.standing.enough) for row in sheet.people] == [(540, True), (360, False)]
        with pytest.raises(AttendanceIsFinished):
            courses.set_enough(course.office, run_id=course.run_id, basis=Basis.SESSIONS, percent=10)
        other = Course()
        for percent in (0, 101):
            with pytest.raises(EnoughIsWrong):
                courses.set_enough(other.office, run_id=other.run_id, basis=Basis.HOURS, percent=percent)

    def test_a_late_correction_corrects_the_ledger_both_ways(self) -> None:
        course = Course()
        course.tell(0, Part.WHOLE, Part.WHOLE)
        course.tell(1, Part.WHOLE, Part.NONE)
        courses.finish_attendance(course.office, run_id=course.run_id)

        with pytest.raises(CorrectionNeedsReason):
            course.tell(1, Part.NONE, Part.WHOLE)
        assert course.statuses() == [SignupStatus.ATTENDED, SignupStatus.ABSENT]
        course.tell(1, Part.NONE, Part.WHOLE, reason="Byttet navn på listen")

        assert course.statuses() == [SignupStatus.ABSENT, SignupStatus.ATTENDED]
        first, *later = course.evidence()
        void = next(row for row in later if row.corrects_id == first.pk)
        assert (void.void, void.why) == (True, "Byttet navn på listen")
        assert [row.void for row in later].count(False) == 1

    def test_the_list_fills_in_what_is_not_told_and_overrules_only_with_a_reason(self) -> None:
        course = Course()
        course.tell(0, Part.PART)

        with pytest.raises(CorrectionNeedsReason):
            courses.record_attendance(course.office, run_id=course.run_id, present=set(course.ids))
        assert (course.evidence(), len(course.rows())) == ([], 1)
        courses.record_attendance(course.office, run_id=course.run_id, present={course.ids[1]})
        assert course.statuses() == [SignupStatus.ABSENT, SignupStatus.ATTENDED]
        courses.record_attendance(course.office, run_id=course.run_id, present=set(course.ids), reason="Var der")
        assert course.statuses() == [SignupStatus.ATTENDED, SignupStatus.ATTENDED]


class TestWalkIn:
    def test_is_put_on_a_full_list_with_a_reason_and_gets_the_competence(self) -> None:
        course = Course(sessions=1)
        town = course.region.municipalities[0]
        chief, (late, *others) = made.team(town)
        for who in others:
            made.seat(course.run_id, chief, who)
        assert late.employee is not None
        with pytest.raises(WalkInNeedsReason):
            courses.add_walk_in(course.office, run_id=course.run_id, employee_id=late.employee.pk, reason=" ")
        before = courses.get_run(course.office, run_id=course.run_id).run
        assert before.seats_free == 0

        signup_id = courses.add_walk_in(
            course.office, run_id=course.run_id, employee_id=late.employee.pk, reason="Kom i stedet for en kollega"
        )

        after = courses.get_run(course.office, run_id=course.run_id).run
        assert (after.seats_taken, after.max_seats) == (before.seats_taken + 1, before.max_seats + 1)
        assert courses.get_signup(course.office, signup_id=signup_id).why == rules.WALK_IN
        courses.record_attendance(course.office, run_id=course.run_id, present={signup_id})
        assert [row.employee_id for row in course.evidence()] == [late.employee.pk]
        with pytest.raises(AlreadySignedUp):
            courses.add_walk_in(course.office, run_id=course.run_id, employee_id=late.employee.pk, reason="Igjen")

    def test_who_waited_in_line_keeps_the_number_and_nobody_else_moves(self) -> None:
        course = Course(sessions=1)
        chief, people = made.team(course.region.municipalities[0], 4)
        ids = [made.seat(course.run_id, chief, who) for who in people]
        who = people[3]
        assert who.employee is not None
        assert courses.get_signup(course.office, signup_id=ids[3]).status is SignupStatus.WAITING

        assert (
            courses.add_walk_in(course.office, run_id=course.run_id, employee_id=who.employee.pk, reason="Møtte opp")
            == ids[3]
        )

        assert courses.get_signup(course.office, signup_id=ids[2]).place == 1
        run = courses.get_run(course.office, run_id=course.run_id).run
        assert (run.waiting, run.seats_taken) == (1, 5)

    def test_is_the_offices_and_within_the_region(self) -> None:
        course = Course()
        stranger = make.employee(make.region().municipalities[0])
        local = make.employee(course.region.municipalities[0])
        assert stranger.employee is not None
        assert local.employee is not None
        with pytest.raises((NotFound, MunicipalityIsNotInvited)):
            courses.add_walk_in(course.office, run_id=course.run_id, employee_id=stranger.employee.pk, reason="x")
        with pytest.raises(Refused):
            courses.add_walk_in(
                make.context(local, made.AFTER), run_id=course.run_id, employee_id=local.employee.pk, reason="x"
            )
        with pytest.raises(SessionHasNotBegun):
            courses.add_walk_in(
                make.context(course.member), run_id=course.run_id, employee_id=local.employee.pk, reason="x"
            )
        assert len(course.statuses()) == 2


class TestTellByCode:
    def test_with_the_code_in_the_room_once_however_often_it_is_sent(self) -> None:
        course = Course()
        kari = make.context(course.people[0], DURING)
        one = sent(DURING, course.code(DURING).lower())

        for _ in range(2):
            assert only(courses.tell_by_code(kari, session_id=course.sessions[1], sent=[one])) is None
        again = sent(DURING, course.code(DURING))
        assert (
            only(
                courses.tell_by_code(
                    kari,
                    session_id=course.sessions[1],
                    sent=[
                        again,
                    ],
                )
            )
            is None
        )

        (row,) = course.rows()
        assert (row.how, row.part, row.key) == ("qr", "whole", one.key)
        assert courses.get_own_session(kari, session_id=course.sessions[1]).part is Part.WHOLE
        assert [near.session_id for near in courses.list_own_sessions(kari)] == [course.sessions[1]]

    def test_syncs_hours_later_with_the_time_it_happened(self) -> None:
        course = Course()
        later = make.context(course.people[0], DURING + timedelta(hours=20))

        assert (
            only(courses.tell_by_code(later, session_id=course.sessions[1], sent=[sent(DURING, course.code(DURING))]))
            is None
        )

        (row,) = course.rows()
        assert (row.told_at, row.received_at) == (DURING, DURING + timedelta(hours=20))

    def test_a_wrong_old_or_future_code_is_a_sentence(self) -> None:
        course = Course()
        kari = make.context(course.people[0], DURING)
        hour = timedelta(hours=1)
        wrong = [
            (sent(DURING, "AAAAAA"), CodeIsWrong),
            (sent(DURING, ""), CodeIsWrong),
            (sent(DURING, course.code(DURING - hour / 2)), CodeIsWrong),
            (sent(DURING, course.code(DURING, session=0)), CodeIsWrong),
            (sent(DURING - 3 * hour, course.code(DURING - 3 * hour)), SessionHasNotBegun),
            (sent(DURING + hour, course.code(DURING + hour)), CodeIsWrong),  # a clock that runs ahead
        ]
        for one, refusal in wrong:
            assert only(courses.tell_by_code(kari, session_id=course.sessions[1], sent=[one])) is refusal
        assert course.rows() == []

    def test_who_is_not_on_the_list_is_told_what_to_do(self) -> None:
        course = Course()
        late = make.employee(course.region.municipalities[0])
        one = sent(DURING, course.code(DURING))

        receipts = courses.tell_by_code(make.context(late, DURING), session_id=course.sessions[1], sent=[one])

        assert only(receipts) is NotOnThisList
        foreigner = make.employee(make.region().municipalities[0])
        with pytest.raises(NotFound):
            courses.tell_by_code(make.context(foreigner, DURING), session_id=course.sessions[1], sent=[one])
        assert course.rows() == []

    def test_never_overrules_what_others_have_told(self) -> None:
        course = Course()
        course.tell(1, Part.NONE)
        kari = make.context(course.people[0], made.AFTER)
        one = sent(DURING, course.code(DURING))

        assert only(courses.tell_by_code(kari, session_id=course.sessions[1], sent=[one])) is ToldOtherwise
        courses.finish_attendance(course.office, run_id=course.run_id)
        _chief, (new, *_) = made.team(course.region.municipalities[0])
        assert new.employee is not None
        courses.add_walk_in(course.office, run_id=course.run_id, employee_id=new.employee.pk, reason="Glemt")
        answer = courses.tell_by_code(
            make.context(new, made.AFTER), session_id=course.sessions[1], sent=[sent(DURING, course.code(DURING))]
        )
        assert only(answer) is AttendanceIsFinished

    def test_anothers_key_is_not_understood(self) -> None:
        course = Course()
        chief, (other, *_) = made.team(course.region.municipalities[0])
        made.seat(course.run_id, chief, other)
        one = sent(DURING, course.code(DURING))
        courses.tell_by_code(make.context(course.people[0], DURING), session_id=course.sessions[1], sent=[one])

        receipts = courses.tell_by_code(make.context(other, DURING), session_id=course.sessions[1], sent=[one])

        assert only(receipts) is NotUnderstood
        assert len(course.rows()) == 1


class TestTrainerLink:
    def link(self, course: Course, session: int = 1) -> str:
        return courses.make_trainer_link(course.office, session_id=course.sessions[session], trainer="Per, ekstern")

    def test_shows_the_names_of_its_session_and_tells_for_them(self) -> None:
        course = Course()
        word = self.link(course)

        opened = courses.open_trainer_link(word, now=DURING)
        courses.note_trainer_link(word, now=DURING)
        assert [row.name for row in opened.sheet.people] == [who.employee.name for who in course.people if who.employee]
        assert opened.code == course.code(DURING)
        one = sent(DURING, signup=course.ids[0], part=Part.PART)
        for _ in range(2):
            assert only(courses.tell_by_link(word, [one], now=DURING)) is None

        (row,) = course.rows()
        assert (row.how, row.told_by, row.part) == ("trainer", "kursleder via lenke", "part")
        (used,) = course.deeds("TrainerLinkUsed")
        (told,) = course.deeds("PresenceTold")
        assert {used.actor_name, told.actor_name} == {"kursleder via lenke"}
        assert used.actor_person_id is None

    def test_reaches_nobody_else(self) -> None:
        course, elsewhere = Course(), Course()
        word = self.link(course)
        _chief, (asked, *_) = made.team(course.region.municipalities[0])
        waiting = made.signup(course.run_id, asked)

        for signup in (elsewhere.ids[0], waiting, 10**12, None):
            assert only(courses.tell_by_link(word, [sent(DURING, signup=signup)], now=DURING)) is NotOnTheList
        assert (course.rows(), elsewhere.rows()) == ([], [])

    def test_a_correction_needs_a_reason_and_the_last_word_is_the_offices(self) -> None:
        course = Course()
        word = self.link(course)
        courses.tell_by_link(word, [sent(DURING, signup=course.ids[0])], now=DURING)

        gone = sent(DURING, signup=course.ids[0], part=Part.NONE)
        assert only(courses.tell_by_link(word, [gone], now=DURING)) is CorrectionNeedsReason
        why = sent(DURING, signup=course.ids[0], part=Part.NONE, reason="Feil person")
        assert only(courses.tell_by_link(word, [why], now=DURING)) is None
        courses.finish_attendance(course.office, run_id=course.run_id)
        with pytest.raises(AttendanceIsFinished):
            self.link(course)
        late = sent(made.AFTER, signup=course.ids[0], reason="Likevel")
        assert only(courses.tell_by_link(word, [late], now=made.AFTER)) is AttendanceIsFinished
        assert course.evidence() == []

    def test_ends_is_taken_back_and_cannot_be_forged(self) -> None:
        course = Course()
        word = self.link(course)
        (link,) = courses.get_run_sheet(course.office, run_id=course.run_id).links
        assert link.open

        for now, tried in (
            (DURING + timedelta(days=3), word),
            (DURING, word[:-1] + ("A" if word[-1] != "A" else "B")),
            (DURING, "x"),
            (DURING, ""),
            (DURING, "WzEsMV0:1:x"),
        ):
            with pytest.raises(LinkDoesNotOpen):
                courses.open_trainer_link(tried, now=now)
            with pytest.raises(LinkDoesNotOpen):
                courses.note_trainer_link(tried, now=now)
            with pytest.raises(LinkDoesNotOpen):
                courses.tell_by_link(tried, [sent(DURING, signup=course.ids[0])], now=now)
        with pytest.raises(Refused):
            courses.revoke_trainer_link(make.context(course.people[0], DURING), link_id=link.id)
        courses.revoke_trainer_link(course.office, link_id=link.id)
        with pytest.raises(LinkDoesNotOpen):
            courses.open_trainer_link(word, now=DURING)
        assert course.rows() == []
        assert len(course.deeds("TrainerLinkUsed")) == 0

    def test_is_made_by_the_office_for_a_fortnight_at_most(self) -> None:
        course = Course()
        with pytest.raises(LinkEndsTooLate):
            courses.make_trainer_link(course.office, session_id=course.sessions[0], trainer="Per", days=15)
        with pytest.raises(Refused):
            courses.make_trainer_link(
                make.context(course.people[0]), session_id=course.sessions[0], trainer="Per", days=1
            )
        with pytest.raises(NotFound):
            courses.make_trainer_link(Course().office, session_id=course.sessions[0], trainer="Per", days=1)


GOOD = {"key": "a1b2c3d4-0000", "age": 90_000, "code": "7QK3MX"}


class TestReadSent:
    def test_reads_what_phones_send(self) -> None:
        trainer = {"key": "b1b2c3d4-0000", "age": 0, "signup": 7, "part": "none", "reason": " Gikk "}
        first, second = rules.read_sent(json.dumps({"items": [GOOD, trainer]}).encode(), DURING)
        assert (first.key, first.at, first.code, first.signup_id) == (
            "a1b2c3d4-0000", DURING - timedelta(seconds=90), "7QK3MX", None,
        )  # fmt: skip
        assert (second.signup_id, second.part, second.reason) == (7, Part.NONE, "Gikk")

    @pytest.mark.parametrize(
        "body",
        [
            b"", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 20_000, b'{"items": NaN}', b"x" * 70_000,
            json.dumps({"items": []}).encode(),
            json.dumps({"items": [GOOD] * 201}).encode(),
            *(
                json.dumps({"items": [{**GOOD, **bad}]}).encode()
                for bad in (
                    {"key": ""}, {"key": "short"}, {"key": "a" * 41}, {"key": "'; drop table--"}, {"key": 7},
                    {"age": None}, {"age": True}, {"age": "now"}, {"age": -1}, {"age": 10**18}, {"age": 1.5},
                    {"code": {"$ne": ""}}, {"code": "A" * 21}, {"signup": "7"}, {"signup": True}, {"signup": 2**63},
                    {"signup": -1}, {"part": "all"}, {"part": ["whole"]}, {"reason": "x" * 301}, {"reason": "\x00"},
                )
            ),
            json.dumps({"items": ["key"]}).encode(),
        ],
    )  # fmt: skip
    def test_refuses_whatever_else_whole(self, body: bytes) -> None:
        with pytest.raises(NotUnderstood):
            rules.read_sent(body, DURING)

    @given(st.binary(max_size=200))
    def test_never_breaks(self, body: bytes) -> None:
        with pytest.raises(NotUnderstood):
            rules.read_sent(body, DURING)
