"""Templates, sessions with time blocks, prerequisites and the checklist, through the door."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.models import Block, RunTask, Session
from kompetanse.domains.courses.types import (
    BlockCrossesClockChange,
    BlockInput,
    BlockIsBackwards,
    BlockIsOutsideSession,
    BlockKind,
    CatalogueFilter,
    ClockTimeIsMissing,
    CourseForm,
    CourseIsNotShared,
    CourseIsRetired,
    CourseIsUnknown,
    CourseNeedsItself,
    CourseStatus,
    DeadlineIsAfterStart,
    Hours,
    LinkIsNotWeb,
    MaterialIsThere,
    OwnerIsNotOffice,
    RequirementIsUnknown,
    Reuse,
    RunCannotBeChanged,
    RunFromCourse,
    RunNeedsPlace,
    RunNeedsSession,
    SeatsAreBackwards,
    SessionInput,
    SessionsOverlap,
    TaskKind,
    TaskTitleIsMissing,
    TextIsTooLong,
    TitleIsMissing,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.foundation.uploads import DocumentRefused
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import competence as made_competence
from tests.make import courses as made_courses
from tests.make import files
from tests.make import teaching as made


def moved(region: make.Region, run_id: int) -> list[bool]:
    """What the deeds say of the run: was it moved, each time it was changed?"""
    with tenant_scope(make.system(region)):
        told = Deed.objects.filter(event="RunChanged", details__run_id=run_id).order_by("id")
        return [deed.details["moved"] for deed in told]


class TestTemplate:
    def test_says_what_a_course_is(self) -> None:
        region = make.region()
        first = made.course(region, title_nb="Grunnkurs")
        course_id = made.course(
            region, requirement_code="legemiddel", required_codes=("HLR",), required_courses=(first,), gives_months=36
        )

        page = courses.get_course(make.system(region), course_id=course_id)

        assert (page.course.title, page.course.version, page.course.coming) == ("Legemiddelhåndtering", 1, 0)
        assert page.course.hours == Hours(240, 120, 60)
        assert page.told.requirement_code == "LEGEMIDDEL"
        assert "legemiddelhåndtering" in page.course.requirement_name
        assert page.requires[-1] == "Grunnkurs"
        assert len(page.requires) == 2
        assert page.told.checklist == made.CHECKLIST

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"title_nb": " "}, TitleIsMissing),
            ({"title_nb": "x" * 161}, TextIsTooLong),
            ({"description": "x" * 8001}, TextIsTooLong),
            ({"min_seats": 5, "max_seats": 4}, SeatsAreBackwards),
            ({"requirement_code": "FINNES-IKKE"}, RequirementIsUnknown),
            ({"required_codes": ("FINNES-IKKE",)}, RequirementIsUnknown),
            ({"required_courses": (999_999_999,)}, CourseIsUnknown),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_made(self, changes: dict[str, Any], error: type[DomainError]) -> None:
        region = make.region()
        with pytest.raises(error):
            made.course(region, **changes)
        assert courses.list_courses(make.system(region)) == []

    def test_never_requires_itself_nor_a_course_of_another_region(self) -> None:
        region, elsewhere = make.region(), make.region()
        first = made.course(region)
        second = made.course(region, required_courses=(first,))
        with pytest.raises(CourseNeedsItself):
            courses.change_course(make.system(region), course_id=first, course=made.told(required_courses=(second,)))
        with pytest.raises(CourseIsUnknown):
            made.course(elsewhere, required_courses=(first,))
        assert courses.get_course(make.system(region), course_id=first).course.version == 1

    def test_is_the_offices_to_make_and_everybodys_to_read_while_in_use(self) -> None:
        region = make.region()
        office = make.context(make.with_role(region, Role.COURSE_ADMINISTRATOR))
        kari = make.context(make.employee(region.municipalities[0]))
        course_id = courses.make_course(office, region_id=region.tenant_id, course=made.told())

        assert [row.id for row in courses.list_courses(kari)] == [course_id]
        assert not courses.get_course(kari, course_id=course_id).may_manage
        for act in (
            lambda: courses.make_course(kari, region_id=region.tenant_id, course=made.told()),
            lambda: courses.change_course(kari, course_id=course_id, course=made.told()),
            lambda: courses.retire_course(kari, course_id=course_id),
            lambda: courses.add_link(kari, course_id=course_id, title="", url="https://x.no"),
        ):
            with pytest.raises(Refused, match="kurskontoret"):
                act()
        courses.retire_course(office, course_id=course_id)
        assert courses.list_courses(kari) == []
        with pytest.raises(NotFound):
            courses.get_course(kari, course_id=course_id)
        assert [row.status for row in courses.list_courses(office)] == [CourseStatus.RETIRED]
        courses.take_up_course(office, course_id=course_id)
        assert [row.id for row in courses.list_courses(kari)] == [course_id]

    def test_is_not_there_for_another_region(self) -> None:
        region, elsewhere = make.region(), make.region()
        office = make.context(make.with_role(elsewhere, Role.COURSE_ADMINISTRATOR))
        course_id = made.course(region)
        with pytest.raises(NotFound):
            courses.get_course(office, course_id=course_id)
        with pytest.raises(NotFound):
            courses.change_course(office, course_id=course_id, course=made.told())
        with pytest.raises(Refused):
            courses.make_course(office, region_id=region.tenant_id, course=made.told())

    def test_holds_links_and_documents(self) -> None:
        region = make.region()
        ctx, course_id = make.system(region), made.course(region)
        link = courses.add_link(ctx, course_id=course_id, title="Boka", url="https://bok.example/a?b=<c>")
        paper = courses.attach_material(ctx, course_id=course_id, name="../arket.exe", content=files.pdf())

        told = courses.get_course(ctx, course_id=course_id).materials
        assert {(row.id, row.title, bool(row.url)) for row in told} == {(paper, "arket", False), (link, "Boka", True)}
        assert courses.get_material(ctx, material_id=paper).name == "arket.pdf"
        with pytest.raises(NotFound):
            courses.get_material(ctx, material_id=link)
        with pytest.raises(MaterialIsThere):
            courses.attach_material(ctx, course_id=course_id, name="igjen.pdf", content=files.pdf())
        with pytest.raises(DocumentRefused):
            courses.attach_material(ctx, course_id=course_id, name="x.pdf", content=b"<script>")
        with pytest.raises(LinkIsNotWeb):
            courses.add_link(ctx, course_id=course_id, title="x", url="javascript:alert(1)")
        assert courses.remove_material(ctx, material_id=link) == course_id
        assert len(courses.get_course(ctx, course_id=course_id).materials) == 1


class TestPlanByTemplate:
    def test_has_the_sessions_and_what_the_template_said(self) -> None:
        region = make.region()
        ctx, course_id = make.system(region), made.course(region, requirement_code="LEGEMIDDEL", contact="Kontoret")
        run_id = made.run(region, course_id, municipality_id=region.municipalities[0].tenant_id)

        run = courses.get_run(ctx, run_id=run_id).run
        assert (run.title, run.min_seats, run.max_seats) == ("Legemiddelhåndtering", 4, 12)
        first, second = made.two_days()
        assert (run.starts_at, run.ends_at) == (first.starts_at, second.ends_at)
        told = courses.get_teaching(ctx, run_id=run_id)
        assert [(it.session.number, it.session.place) for it in told.sessions] == [(1, "Kongsberg"), (2, "Notodden")]
        assert (told.hours, told.from_blocks) == (Hours(240, 120, 60), False)
        assert (told.course_version, told.contact, told.requirement_code) == (1, "Kontoret", "LEGEMIDDEL")
        assert told.municipality

    def test_keeps_what_was_said_when_it_was_planned(self) -> None:
        region = make.region()
        ctx, course_id = make.system(region), made.course(region)
        run_id = made.run(region, course_id)

        version = courses.change_course(ctx, course_id=course_id, course=made.told(goals="Noe annet.", form="digital"))

        told = courses.get_teaching(ctx, run_id=run_id)
        assert (version, told.course_version, told.goals) == (2, 1, "Kunne dele ut legemidler.")
        assert told.form is CourseForm.PHYSICAL
        assert courses.get_teaching(ctx, run_id=made.run(region, course_id)).course_version == 2

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"sessions": ()}, RunNeedsSession),
            ({"place": " "}, RunNeedsPlace),
            ({"deadline": date(2027, 6, 8)}, DeadlineIsAfterStart),
            ({"max_seats": 2}, SeatsAreBackwards),
            ({"title": "x" * 161}, TextIsTooLong),
            ({"sessions": (made.session(), made.session())}, SessionsOverlap),
            ({"sessions": (made.session(video_link="javascript:x"),)}, LinkIsNotWeb),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_planned(
        self, changes: dict[str, Any], error: type[DomainError]
    ) -> None:
        region = make.region()
        with pytest.raises(error):
            made.run(region, **changes)
        assert courses.list_runs(make.system(region)) == []

    def test_a_template_out_of_use_or_anothers_own_is_not_planned_by(self) -> None:
        region = make.region()
        mine, other = (make.context(make.with_role(region, Role.COURSE_ADMINISTRATOR)) for _ in range(2))
        own = courses.make_course(mine, region_id=region.tenant_id, course=made.told(reuse=Reuse.NONE))
        run_id = made.run(region, own)
        assert courses.get_course(mine, course_id=own).may_plan
        assert not courses.get_course(other, course_id=own).may_plan
        told = RunFromCourse(
            own, courses.get_run(mine, run_id=run_id).run.measure_id, (made.session(),), "Tinn", date(2027, 5, 1)
        )
        with pytest.raises(CourseIsNotShared):
            courses.plan_run_from(other, run=told)
        assert courses.plan_run_from(mine, run=told)
        courses.retire_course(mine, course_id=own)
        with pytest.raises(CourseIsRetired):
            courses.plan_run_from(mine, run=told)

    def test_nobody_but_the_office_plans_and_only_where_it_belongs(self) -> None:
        region, elsewhere = make.region(), make.region()
        course_id = made.course(region)
        measure_id = courses.get_run(make.system(elsewhere), run_id=made_courses.run(elsewhere)).run.measure_id
        told = RunFromCourse(course_id, measure_id, (made.session(),), "Tinn", date(2027, 5, 1))
        with pytest.raises(Refused):
            courses.plan_run_from(make.context(make.employee(region.municipalities[0])), run=told)
        with pytest.raises(NotFound):
            courses.plan_run_from(make.system(region), run=told)
        with pytest.raises(NotFound):
            made.run(region, course_id, municipality_id=elsewhere.municipalities[0].tenant_id)


class TestSessions:
    def test_the_run_is_when_its_sessions_are(self) -> None:
        region = make.region()
        ctx, run_id = make.system(region), made.run(region)
        early = made.session(made.DAY - timedelta(days=7), place="Tinn", title="Oppstart")

        courses.add_session(ctx, run_id=run_id, session=early)

        sessions = courses.list_sessions(ctx, run_id=run_id)
        assert [(row.number, row.title) for row in sessions] == [(1, "Oppstart"), (2, "Teori"), (3, "Øving")]
        run = courses.get_run(ctx, run_id=run_id).run
        assert (run.starts_at, run.place) == (early.starts_at, "Tinn")
        courses.remove_session(ctx, session_id=sessions[2].id)
        assert courses.get_run(ctx, run_id=run_id).run.ends_at == made.two_days()[0].ends_at
        assert moved(region, run_id) == [True, True]

    def test_what_is_wrong_is_told_and_nothing_is_changed(self) -> None:
        region = make.region()
        ctx, run_id = make.system(region), made.run(region)
        before = courses.list_sessions(ctx, run_id=run_id)
        with pytest.raises(SessionsOverlap):
            courses.add_session(ctx, run_id=run_id, session=made.session(starts="14:00", ends="16:00"))
        with pytest.raises(DeadlineIsAfterStart):
            courses.change_session(ctx, session_id=before[0].id, session=made.session(date(2027, 5, 1)))
        courses.remove_session(ctx, session_id=before[1].id)
        with pytest.raises(RunNeedsSession):
            courses.remove_session(ctx, session_id=before[0].id)
        assert courses.list_sessions(ctx, run_id=run_id) == before[:1]

    def test_a_run_that_is_called_off_stays_as_it_was(self) -> None:
        region = make.region()
        ctx, run_id = make.system(region), made.run(region)
        courses.cancel_run(ctx, run_id=run_id, reason="Storm")
        with pytest.raises(RunCannotBeChanged):
            courses.add_session(ctx, run_id=run_id, session=made.session(date(2027, 7, 1)))

    def test_are_the_offices_own_and_not_another_regions(self) -> None:
        region, elsewhere = make.region(), make.region()
        run_id = made.run(region)
        session_id = courses.list_sessions(make.system(region), run_id=run_id)[0].id
        kari = make.context(make.employee(region.municipalities[0]))
        for act in (
            lambda ctx: courses.add_session(ctx, run_id=run_id, session=made.session(date(2027, 7, 1))),
            lambda ctx: courses.change_session(ctx, session_id=session_id, session=made.session()),
            lambda ctx: courses.remove_session(ctx, session_id=session_id),
            lambda ctx: courses.set_blocks(ctx, session_id=session_id, blocks=[]),
            lambda ctx: courses.copy_run(ctx, run_id=run_id, first_day=date(2027, 8, 1)),
        ):
            with pytest.raises(Refused):
                act(kari)
            with pytest.raises(NotFound):
                act(make.system(elsewhere))

    def test_changing_the_run_moves_its_only_session_and_leaves_several(self) -> None:
        region = make.region()
        ctx = make.system(region)
        alone = made.run(region, sessions=(made.session(),))
        (session,) = courses.list_sessions(ctx, run_id=alone)
        courses.set_blocks(ctx, session_id=session.id, blocks=made.a_day())
        told = made_courses.run_input(1, starts_at=made.at("10:00"))
        courses.change_run(ctx, run_id=alone, run=told)
        changed = courses.get_session(ctx, session_id=session.id)
        assert changed.session.starts_at == made.at("10:00")
        assert changed.blocks[0].starts_at == made.at("10:00")
        with pytest.raises(BlockIsOutsideSession):
            courses.change_run(ctx, run_id=alone, run=replace(told, ends_at=made.at("11:00")))
        several = made.run(region)
        courses.change_run(ctx, run_id=several, run=told)
        run = courses.get_run(ctx, run_id=several).run
        assert (run.title, run.starts_at) == (told.title, made.two_days()[0].starts_at)
        assert (moved(region, alone)[-1], moved(region, several)) == (True, [False])


class TestBlocks:
    def test_give_the_hours_of_the_session_and_the_run(self) -> None:
        region = make.region()
        ctx, run_id = make.system(region), made.run(region)
        first, second = courses.list_sessions(ctx, run_id=run_id)

        assert courses.set_blocks(ctx, session_id=first.id, blocks=made.a_day()) == Hours(150, 135, 45, 30)
        later = made.DAY + timedelta(days=7)
        courses.set_blocks(
            ctx, session_id=second.id, blocks=[made.block(BlockKind.PRACTICE, "09:00", "15:00", day=later)]
        )

        told = courses.get_teaching(ctx, run_id=run_id)
        assert (told.hours, told.from_blocks) == (Hours(150, 495, 45, 30), True)
        assert [len(it.blocks) for it in told.sessions] == [4, 1]

    def test_what_is_wrong_is_told_and_those_before_stay(self) -> None:
        region = make.region()
        ctx, run_id = make.system(region), made.run(region)
        session_id = courses.list_sessions(ctx, run_id=run_id)[0].id
        courses.set_blocks(ctx, session_id=session_id, blocks=made.a_day())
        for blocks, error in (
            ([made.block(BlockKind.THEORY, "11:00", "10:00")], BlockIsBackwards),
            ([made.block(BlockKind.THEORY, "08:00", "10:00")], BlockIsOutsideSession),
            ([made.block(BlockKind.THEORY, "09:00", "10:00", title="x" * 161)], TextIsTooLong),
        ):
            with pytest.raises(error):
                courses.set_blocks(ctx, session_id=session_id, blocks=blocks)
        assert len(courses.get_session(ctx, session_id=session_id).blocks) == 4

    def test_one_over_the_night_the_clock_is_set_is_told(self) -> None:
        region = make.region()
        night, day = date(2027, 10, 30), date(2027, 10, 31)
        run_id = made.run(region, sessions=(SessionInput(made.at("22:00", night), made.at("07:00", day)),))
        ctx = make.system(region)
        (session,) = courses.list_sessions(ctx, run_id=run_id)
        over = BlockInput(BlockKind.PRACTICE, session.starts_at, session.ends_at)
        with pytest.raises(BlockCrossesClockChange, match="Del den"):
            courses.set_blocks(ctx, session_id=session.id, blocks=[over])
        assert courses.get_session(ctx, session_id=session.id).blocks == ()

    def test_the_database_lets_none_overlap_nor_lie_outside(self) -> None:
        region = make.region()
        ctx, run_id = make.system(region), made.run(region)
        session_id = courses.list_sessions(ctx, run_id=run_id)[0].id
        courses.set_blocks(ctx, session_id=session_id, blocks=made.a_day())

        def put(starts: str, ends: str) -> None:
            with tenant_scope(ctx), transaction.atomic():
                Block.objects.create(
                    tenant_id=region.tenant_id, session_id=session_id, kind=BlockKind.THEORY, starts_at=made.at(starts),
                    ends_at=made.at(ends),
                )  # fmt: skip

        with pytest.raises(IntegrityError, match="block_stands_alone"):
            put("10:00", "10:30")
        with pytest.raises(IntegrityError, match="block_lies_within_session"):
            put("15:00", "15:30")
        with pytest.raises(IntegrityError, match="block_ends_after_start"):
            put("08:00", "08:00")
        with pytest.raises(IntegrityError, match="block_lies_within_session"), tenant_scope(ctx):
            Session.objects.filter(pk=session_id).update(ends_at=made.at("14:30"))
        with pytest.raises(IntegrityError, match="session_stands_alone"), tenant_scope(ctx):
            Session.objects.create(
                tenant_id=region.tenant_id,
                run_id=run_id,
                number=9,
                starts_at=made.at("14:00"),
                ends_at=made.at("16:00"),
            )


class TestCopy:
    def test_is_the_same_on_other_days_by_the_clock(self) -> None:
        region = make.region()
        ctx, run_id = make.system(region), made.run(region)
        session_id = courses.list_sessions(ctx, run_id=run_id)[0].id
        courses.set_blocks(ctx, session_id=session_id, blocks=made.a_day())
        courses.add_task(ctx, run_id=run_id, title="Bestill blomster", due_on=date(2027, 6, 1))

        copy_id = courses.copy_run(ctx, run_id=run_id, first_day=date(2027, 11, 8))

        run = courses.get_run(ctx, run_id=copy_id).run
        assert (run.status, run.starts_at) == ("planned", made.at("09:00", date(2027, 11, 8)))
        assert (run.ends_at, run.deadline) == (made.at("15:00", date(2027, 11, 15)), date(2027, 10, 21))
        told = courses.get_teaching(ctx, run_id=copy_id)
        assert told.sessions[0].blocks[0].starts_at == made.at("09:00", date(2027, 11, 8))
        assert told.hours == Hours(150, 135, 45, 30)
        due = {row.title or row.kind: row.due_on for row in courses.list_tasks(ctx, run_id=copy_id)}
        assert due == {
            "room": date(2027, 9, 9), "invitation": date(2027, 10, 9), "certificate": date(2027, 11, 22),
            "Bestill blomster": date(2027, 11, 2),
        }  # fmt: skip

    def test_at_a_time_the_clock_passes_over_is_told(self) -> None:
        region = make.region()
        night = SessionInput(made.at("02:30"), made.at("06:00"))
        run_id = made.run(region, sessions=(night,))
        with pytest.raises(ClockTimeIsMissing):
            courses.copy_run(make.system(region), run_id=run_id, first_day=date(2027, 3, 28))


class TestPrerequisites:
    def test_are_told_until_they_are_met(self) -> None:
        region = make.region()
        ctx = make.system(region)
        chief, (kari, *_) = made_courses.team(region.municipalities[0])
        assert kari.employee is not None
        first = made.course(region, title_nb="Grunnkurs")
        run_id = made.run(region, made.course(region, required_codes=("HLR",), required_courses=(first,)))

        def missing(who: make.Who = kari) -> list[str]:
            assert kari.employee is not None
            found = courses.missing_prerequisites(make.context(who), run_id=run_id, employee_id=kari.employee.pk)
            return [one.code or one.what for one in found]

        assert missing() == missing(chief) == ["HLR", "Grunnkurs"]
        made_competence.evidence(kari, "HLR", completed_on=date(2027, 3, 1))
        assert missing() == ["Grunnkurs"]
        held = made.run(region, first, sessions=(made.session(date(2027, 5, 25)),))
        signup_id = made_courses.seat(held, chief, kari)
        assert missing() == ["Grunnkurs"]
        after = make.system(region, now=made.at("16:00", date(2027, 5, 25)))
        courses.record_attendance(after, run_id=held, present=[signup_id])
        assert missing() == []
        assert courses.get_teaching(ctx, run_id=run_id, employee_id=kari.employee.pk).missing == ()

    def test_what_runs_out_before_the_first_day_is_missing(self) -> None:
        region = make.region()
        kari = make.employee(region.municipalities[0])
        assert kari.employee is not None
        run_id = made.run(region, made.course(region, required_codes=("HLR",)))
        made_competence.evidence(kari, "HLR", completed_on=date(2027, 3, 1), valid_to=date(2027, 6, 6))
        (one,) = courses.missing_prerequisites(make.context(kari), run_id=run_id, employee_id=kari.employee.pk)
        assert one.code == "HLR"

    def test_are_nobody_elses_to_ask(self) -> None:
        region = make.region()
        kari, ola = (make.employee(region.municipalities[0]) for _ in range(2))
        assert kari.employee is not None
        run_id = made.run(region, made.course(region, required_codes=("HLR",)))
        with pytest.raises(Refused):
            courses.missing_prerequisites(make.context(ola), run_id=run_id, employee_id=kari.employee.pk)


class TestChecklist:
    def test_is_made_from_the_template_and_follows_the_run(self) -> None:
        region = make.region()
        ctx, run_id = make.system(region), made.run(region)
        assert [(row.kind, row.due_on) for row in courses.list_tasks(ctx, run_id=run_id)] == [
            (TaskKind.ROOM, date(2027, 4, 8)),
            (TaskKind.INVITATION, date(2027, 5, 8)),
            (TaskKind.CERTIFICATE, date(2027, 6, 21)),
        ]
        room = courses.list_tasks(ctx, run_id=run_id)[0].id
        courses.tick_task(ctx, task_id=room, done=True)
        first, _ = courses.list_sessions(ctx, run_id=run_id)

        courses.change_session(ctx, session_id=first.id, session=made.session(made.DAY + timedelta(days=2)))

        assert [row.due_on for row in courses.list_tasks(ctx, run_id=run_id)] == [
            date(2027, 4, 8), date(2027, 5, 10), date(2027, 6, 21),
        ]  # fmt: skip

    def test_says_who_did_it_and_when_and_can_be_opened_again(self) -> None:
        region = make.region()
        who = make.with_role(region, Role.COURSE_ADMINISTRATOR)
        ctx, run_id = make.context(who), made.run(region)
        task_id = courses.list_tasks(ctx, run_id=run_id)[0].id

        courses.tick_task(ctx, task_id=task_id, done=True)
        courses.tick_task(ctx, task_id=task_id, done=True)
        row = courses.list_tasks(ctx, run_id=run_id)[0]
        assert (row.done_by, row.done_at) == (who.account.display_name, ctx.now)
        courses.tick_task(ctx, task_id=task_id, done=False)
        assert courses.list_tasks(ctx, run_id=run_id)[0].done_at is None

    def test_has_owners_of_the_office_alone(self) -> None:
        region = make.region()
        who, kari = make.with_role(region, Role.COURSE_ADMINISTRATOR), make.employee(region.municipalities[0])
        ctx, run_id = make.context(who), made.run(region)
        task_id = courses.list_tasks(ctx, run_id=run_id)[0].id
        courses.assign_task(ctx, task_id=task_id, owner_id=who.person_id, due_on=date(2027, 4, 1))
        row = courses.list_tasks(ctx, run_id=run_id)[0]
        assert (row.owner, row.due_on) == (who.account.display_name, date(2027, 4, 1))
        with pytest.raises(OwnerIsNotOffice):
            courses.assign_task(ctx, task_id=task_id, owner_id=kari.person_id)
        with pytest.raises(TaskTitleIsMissing):
            courses.add_task(ctx, run_id=run_id, title=" ", due_on=date(2027, 4, 1))
        with pytest.raises(TextIsTooLong):
            courses.add_task(ctx, run_id=run_id, title="x" * 161, due_on=date(2027, 4, 1))
        for act in (
            lambda: courses.tick_task(make.context(kari), task_id=task_id, done=True),
            lambda: courses.add_task(make.context(kari), run_id=run_id, title="x", due_on=date(2027, 4, 1)),
        ):
            with pytest.raises(Refused):
                act()
        assert courses.list_tasks(make.context(kari), run_id=run_id) == []

    def test_tells_what_is_urgent_over_all_runs(self) -> None:
        region = make.region()
        ctx = make.system(region)
        made.run(region, title="Først")
        called_off = made.run(region, title="Avlyst")
        courses.cancel_run(ctx, run_id=called_off, reason="Storm")
        made.run(region, made.course(region, checklist={TaskKind.LIST: 1}), title="Seinere")
        day = make.system(region, now=made.at("12:00", date(2027, 5, 1)))

        found = courses.list_urgent_tasks(day)

        assert [(row.run_title, row.kind, row.late) for row in found] == [
            ("Først", TaskKind.ROOM, True),
            ("Først", TaskKind.INVITATION, False),
        ]
        assert courses.list_urgent_tasks(make.context(make.employee(region.municipalities[0]))) == []

    def test_a_kind_stands_once_whatever_the_code_says(self) -> None:
        region = make.region()
        run_id = made.run(region)
        with pytest.raises(IntegrityError, match="run_task_kind_stands_once"), tenant_scope(make.system(region)):
            RunTask.objects.create(
                tenant_id=region.tenant_id, run_id=run_id, kind=TaskKind.ROOM, due_on=date(2027, 1, 1)
            )


class TestCatalogue:
    def find(self, ctx: Any, **sought: Any) -> list[str]:
        return [row.title for row in courses.find_runs(ctx, sought=CatalogueFilter(**sought)).rows]

    def test_finds_by_word_inflection_compound_and_reference(self) -> None:
        region = make.region()
        ctx = make.context(make.employee(region.municipalities[0]))
        run_id = made.run(region)
        made.run(region, made.course(region, title_nb="Sveising", title_nn="", description="", target_group="Drift"))
        medicine, welding = ["Legemiddelhåndtering"], ["Sveising"]

        assert self.find(ctx, text="legemidd") == medicine
        assert self.find(ctx, text="HÅNDTERING") == medicine
        assert self.find(ctx, text="helsefagarbeider kongsberg") == medicine
        assert self.find(ctx, text="driften") == welding
        assert self.find(ctx, text="sveising legemidler") == []
        assert self.find(ctx, text=f"kurs-{run_id}") == medicine
        assert self.find(ctx, text="' | & ! ( :* <script>") == []
        assert len(self.find(ctx, text="%&'!|")) == 2  # no word: narrows nothing

    def test_narrows_by_what_is_chosen(self) -> None:
        region = make.region()
        town = region.municipalities[0].tenant_id
        ctx = make.context(make.employee(region.municipalities[0]))
        one = made.course(region, form=CourseForm.DIGITAL, requirement_code="HLR", title_nb="A")
        run_id = made.run(region, one, municipality_id=town, max_seats=4)
        made.run(region, place="Rjukan", title="B", sessions=(made.session(date(2027, 9, 1)),))
        measure_id = courses.get_run(ctx, run_id=run_id).run.measure_id

        assert self.find(ctx) == self.find(ctx, measure_id=measure_id) == ["A", "B"]
        assert self.find(ctx, measure_id=measure_id + 1_000_000) == []
        for sought in (
            {"form": CourseForm.DIGITAL}, {"requirement_code": "HLR"}, {"municipality_id": town}, {"place": "kongs"},
            {"to_day": date(2027, 6, 7)}, {"to_day": date(2027, 6, 10)},
        ):  # fmt: skip
            assert self.find(ctx, **sought) == ["A"], sought
        assert self.find(ctx, from_day=date(2027, 6, 14)) == ["A", "B"]
        assert self.find(ctx, from_day=date(2027, 6, 15)) == ["B"]
        chief, people = made_courses.team(region.municipalities[0], 4)
        for who in people:
            made_courses.seat(run_id, chief, who)
        assert self.find(ctx, free_seats=True) == ["B"]

    def test_turns_the_pages_without_gap_or_repeat(self) -> None:
        region = make.region()
        ctx, measure_id = make.system(region), made.measure(region)
        course_id = made.course(region)
        ids = [
            made.run(region, course_id, measure_id=measure_id, sessions=(made.session(),), opened=False)
            for _ in range(7)
        ]
        found, after = [], None
        for _ in range(3):
            page = courses.find_runs(ctx, sought=CatalogueFilter(), after=after, size=3)
            found += [row.id for row in page.rows]
            after = page.after
        assert found == ids
        assert after is None

    def test_shows_nobody_what_is_not_theirs(self) -> None:
        region, elsewhere = make.region(), make.region()
        made.run(region, opened=False)
        kari = make.context(make.employee(region.municipalities[0]))
        office = make.context(make.with_role(region, Role.COURSE_ADMINISTRATOR))
        assert self.find(kari) == []
        assert len(self.find(office)) == 1
        assert self.find(make.system(elsewhere)) == []

    def test_a_month_has_what_goes_on_in_it(self) -> None:
        region = make.region()
        ctx = make.system(region)
        made.run(region, title="Inn i juni", sessions=(made.session(date(2027, 5, 31)), made.session(date(2027, 6, 2))))
        called_off = made.run(region)
        courses.cancel_run(ctx, run_id=called_off, reason="Storm")
        assert [row.title for row in courses.list_month(ctx, first=date(2027, 6, 1), last=date(2027, 6, 30))] == [
            "Inn i juni"
        ]
        assert courses.list_month(ctx, first=date(2027, 6, 3), last=date(2027, 6, 30)) == []
