from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.governance import api as governance
from kompetanse.domains.messages.models import Message
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import BodyKind, Role, SeatKind, WrittenForm
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureInput
from kompetanse.domains.yearwheel import api as yearwheel
from kompetanse.domains.yearwheel.models import Standing, Step, Wheel
from kompetanse.domains.yearwheel.tasks import follow_wheels
from kompetanse.domains.yearwheel.types import (
    Doer,
    LinkIsUnknown,
    NotAMember,
    NowRow,
    Reads,
    State,
    Stated,
    StatedByTheThing,
    StepHasChanged,
    StepIsBackwards,
    StepIsDropped,
    StepIsInAnotherYear,
    StepRow,
    TextIsMissing,
    WhoseIsMissing,
    YearIsImpossible,
)
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import assessments as make_assessments
from tests.make import governance as gov
from tests.make import yearwheel as it
from tests.make.organisation import NOW
from tests.make.queries import counted

LATE = datetime(2027, 4, 5, 9, tzinfo=UTC)


class World:
    """Two municipalities, each with a contact person, and a wheel with one step."""

    def __init__(self, doer: Doer = Doer.CONTACT_PERSON, written_form: WrittenForm = WrittenForm.BOKMAL) -> None:
        self.region = make.region(municipalities=2, written_form=written_form)
        self.town, self.near = self.region.municipalities
        self.office = make.context(make.office(self.region))
        self.contact = make.with_role(self.region, Role.CONTACT_PERSON, town=self.town)
        self.ctx = make.context(self.contact)
        self.neighbour = make.context(make.with_role(self.region, Role.CONTACT_PERSON, town=self.near))
        self.wheel_id = it.wheel(self.region)
        self.step_id = it.step(self.region, it.told(doer=doer), wheel_id=self.wheel_id)

    @property
    def system(self) -> Context:
        return make.system(self.region)

    def step(self, ctx: Context | None = None, step_id: int | None = None) -> StepRow:
        return yearwheel.get_step(ctx or self.system, step_id=step_id or self.step_id).step

    def state(self, status: Stated | None, *, ctx: Context | None = None, town: make.Town | None = None) -> None:
        yearwheel.state_standing(
            ctx or self.ctx, step_id=self.step_id, municipality_id=(town or self.town).tenant_id, status=status
        )

    def letters(self) -> list[Message]:
        with tenant_scope(self.system):
            return list(Message.objects.filter(cause__startswith="wheel-").order_by("id"))

    def follow(self, now: datetime) -> int:
        return yearwheel.follow_wheel(make.system(self.region, now), region_id=self.region.tenant_id)


class TestStart:
    def test_the_standard_wheel_has_its_steps(self) -> None:
        region = make.region()
        office = make.context(make.office(region))
        yearwheel.start_wheel(office, region_id=region.tenant_id, year=2027)
        page = yearwheel.get_wheel(office, year=2027)
        assert len(page.steps) >= 10
        assert [step.starts_on for step in page.steps] == sorted(step.starts_on for step in page.steps)
        assert {step.starts_on.year for step in page.steps} == {2027}

    def test_again_changes_nothing(self) -> None:
        world = World()
        again = yearwheel.start_wheel(world.office, region_id=world.region.tenant_id, year=it.YEAR)
        assert again == world.wheel_id
        assert len(yearwheel.get_wheel(world.office).steps) == 1

    def test_is_the_office_s_alone(self) -> None:
        world = World()
        member = make.context(gov.forum(world.region).member)
        for ctx in (world.ctx, member):
            with pytest.raises(Refused):
                yearwheel.start_wheel(ctx, region_id=world.region.tenant_id, year=2028)
            with pytest.raises(Refused):
                yearwheel.roll_wheel(ctx, wheel_id=world.wheel_id)
            with pytest.raises(Refused):
                yearwheel.set_step(ctx, wheel_id=world.wheel_id, step=it.told())
            with pytest.raises(Refused):
                yearwheel.drop_step(ctx, step_id=world.step_id)
        assert yearwheel.get_wheel(world.ctx).years == (2027,)
        assert len(yearwheel.get_wheel(world.ctx).steps) == 1

    def test_another_region_has_its_own(self) -> None:
        world, other = World(), World()
        assert yearwheel.get_wheel(other.ctx).wheel_id == other.wheel_id
        with pytest.raises(NotFound):
            yearwheel.get_step(other.office, step_id=world.step_id)
        with pytest.raises(NotFound):
            yearwheel.roll_wheel(other.office, wheel_id=world.wheel_id)

    def test_an_impossible_year_is_refused(self) -> None:
        world = World()
        with pytest.raises(YearIsImpossible):
            yearwheel.start_wheel(world.office, region_id=world.region.tenant_id, year=20_270)
        with tenant_scope(world.system):
            assert Wheel.objects.count() == 1


class TestSteps:
    def test_what_cannot_be_is_refused_and_nothing_changes(self) -> None:
        world, other = World(), World()
        wrong = [
            (it.told(ends_on=date(2027, 2, 1)), StepIsBackwards),
            (it.told(starts_on=date(2026, 3, 1)), StepIsInAnotherYear),
            (it.told(" \x00"), TextIsMissing),
            (it.told(reads=Reads.MEETING, meeting_id=gov.meeting(other.region)), LinkIsUnknown),
            (it.told(reads=Reads.PLAN, plan_id=10**9), LinkIsUnknown),
        ]
        for step, error in wrong:
            for step_id in (None, world.step_id):
                with pytest.raises(error):
                    yearwheel.set_step(world.office, wheel_id=world.wheel_id, step=step, step_id=step_id)
        with tenant_scope(world.system):
            assert Step.objects.get().title_nb == "Kommunens behov"

    def test_two_writers_notice_each_other(self) -> None:
        world = World()
        seen = yearwheel.get_step(world.office, step_id=world.step_id).version
        told = {"wheel_id": world.wheel_id, "step_id": world.step_id, "version": seen}
        yearwheel.set_step(world.office, step=it.told("Første"), **told)
        with pytest.raises(StepHasChanged):
            yearwheel.set_step(world.office, step=it.told("Andre"), **told)
        assert world.step().title == "Første"

    def test_what_is_taken_out_is_gone(self) -> None:
        world = World()
        yearwheel.drop_step(world.office, step_id=world.step_id)
        assert not yearwheel.get_wheel(world.office).steps
        with pytest.raises(NotFound):
            yearwheel.get_step(world.office, step_id=world.step_id)
        with pytest.raises(StepIsDropped):
            world.state(Stated.DONE)
        assert not yearwheel.list_now(world.ctx)
        assert world.follow(LATE) == 0


class TestRolling:
    def test_the_same_steps_come_in_the_same_weeks(self) -> None:
        region = make.region()
        wheel_id = it.wheel(region, standard=True)
        office = make.context(make.office(region))
        yearwheel.roll_wheel(office, wheel_id=wheel_id)
        old, new = (yearwheel.get_wheel(office, year=year).steps for year in (2027, 2028))
        assert {step.title for step in old} == {step.title for step in new}
        for before, after in zip(old, new, strict=True):
            assert after.starts_on.isocalendar()[1:] == before.starts_on.isocalendar()[1:], before.title
            assert after.ends_on - after.starts_on == before.ends_on - before.starts_on

    def test_again_doubles_nothing_and_what_was_taken_out_stays_out(self) -> None:
        world = World()
        new = yearwheel.roll_wheel(world.office, wheel_id=world.wheel_id)
        (rolled,) = yearwheel.get_wheel(world.office, year=2028).steps
        assert yearwheel.roll_wheel(world.office, wheel_id=world.wheel_id) == new
        yearwheel.drop_step(world.office, step_id=rolled.id)
        it.step(world.region, it.told("Nytt trinn"), wheel_id=world.wheel_id)
        yearwheel.roll_wheel(world.office, wheel_id=world.wheel_id)
        assert [step.title for step in yearwheel.get_wheel(world.office, year=2028).steps] == ["Nytt trinn"]

    def test_standings_and_links_stay_behind(self) -> None:
        world = World()
        world.state(Stated.DONE)
        told = it.told(reads=Reads.MEETING, meeting_id=gov.meeting(world.region), doer=Doer.FORUM)
        it.step(world.region, told, wheel_id=world.wheel_id)
        yearwheel.roll_wheel(world.office, wheel_id=world.wheel_id)
        steps = yearwheel.get_wheel(world.office, year=2028).steps
        assert {step.meeting_id for step in steps} == {None}
        assert {step.state for step in steps} == {State.NOT_DUE}

    def test_the_database_keeps_a_step_once_in_a_year(self) -> None:
        world = World()
        with tenant_scope(world.system):
            step = Step.objects.get(pk=world.step_id)
            step.pk = None
            with pytest.raises(IntegrityError), transaction.atomic():
                step.save(force_insert=True)


class TestStanding:
    def test_a_municipality_says_its_own(self) -> None:
        world = World()
        world.state(Stated.UNDER_WAY)
        assert [row.state for row in world.step().standings] == [State.UNDER_WAY, State.DUE]
        world.state(Stated.DONE)
        step = world.step()
        assert (step.done, step.late, step.of, step.state) == (1, 0, 2, State.UNDER_WAY)
        world.state(None)
        assert world.step().done == 0

    def test_and_no_others(self) -> None:
        world = World()
        for ctx in (world.neighbour, make.context(make.employee(world.town)), make.context(make.leader(world.town))):
            with pytest.raises(Refused):
                world.state(Stated.DONE, ctx=ctx)
        assert world.step().done == 0
        world.state(Stated.DONE, ctx=world.office)
        assert world.step().done == 1

    def test_says_whose_it_is_and_that_of_a_member(self) -> None:
        world, other = World(), World()
        with pytest.raises(WhoseIsMissing):
            yearwheel.state_standing(world.office, step_id=world.step_id, status=Stated.DONE)
        with pytest.raises(NotAMember):
            world.state(Stated.DONE, ctx=world.office, town=other.town)
        with tenant_scope(world.system):
            assert not Standing.objects.exists()

    def test_the_region_s_own_step_is_the_office_s_to_say(self) -> None:
        world = World(Doer.FORUM)
        with pytest.raises(Refused):
            yearwheel.state_standing(world.ctx, step_id=world.step_id, status=Stated.DONE)
        yearwheel.state_standing(world.office, step_id=world.step_id, status=Stated.DONE)
        assert world.step().state is State.DONE

    def test_is_late_from_the_day_after_the_last(self) -> None:
        world = World()
        world.state(Stated.DONE)
        after = make.system(world.region, LATE)
        step = world.step(after)
        assert [row.state for row in step.standings] == [State.DONE, State.LATE]
        assert (step.state, step.late) == (State.LATE, 1)


class TestWhoSees:
    def test_late_is_seen_by_the_bodies_and_the_municipality_s_own_and_not_by_neighbours(self) -> None:
        world = World()
        forum = gov.forum(world.region)
        everybody = {world.town.name, world.near.name}
        for ctx in (world.office, make.context(forum.member), make.context(forum.union)):
            assert {row.municipality for row in world.step(ctx).standings} == everybody
        for ctx in (world.ctx, make.context(make.employee(world.town))):
            assert {row.municipality for row in world.step(ctx).standings} == {world.town.name}
        assert {row.municipality for row in world.step(world.neighbour).standings} == {world.near.name}

    def test_the_counts_are_for_all(self) -> None:
        world = World()
        world.state(Stated.DONE)
        assert (world.step(world.neighbour).done, world.step(world.neighbour).of) == (1, 2)


class TestThings:
    def test_a_meeting_that_is_held_is_done(self) -> None:
        world = World()
        body_id = gov.body(world.region)
        meeting_id = gov.meeting(world.region, body_id)
        told = it.told("Forumet møtes", doer=Doer.FORUM, reads=Reads.MEETING, meeting_id=meeting_id)
        step_id = it.step(world.region, told, wheel_id=world.wheel_id)
        assert world.step(step_id=step_id).state is State.UNDER_WAY
        with pytest.raises(StatedByTheThing):
            yearwheel.state_standing(world.office, step_id=step_id, status=Stated.DONE)
        governance.write_minutes(world.system, meeting_id=meeting_id)
        assert world.step(step_id=step_id).state is State.DONE
        assert yearwheel.read_thing(world.system, meeting_id=meeting_id) == 1

    def test_a_plan_that_is_adopted_is_done(self) -> None:
        world = World()
        plan_id = plans.draft_plan(world.system, region_id=world.region.tenant_id, year=2027)
        gov.frame(world.region)
        plans.add_measure(world.system, MeasureInput(plan_id=plan_id, title_nb="Kurs", budget_ore=100_00))
        told = it.told("Planen vedtas", doer=Doer.COMMITTEE, reads=Reads.PLAN, plan_id=plan_id)
        step_id = it.step(world.region, told, wheel_id=world.wheel_id)
        assert world.step(step_id=step_id).state is State.UNDER_WAY
        plans.send_to_hearing(world.system, plan_id=plan_id)
        assert world.step(step_id=step_id).state is State.UNDER_WAY
        case_id = gov.decided_case(world.region, BodyKind.EXECUTIVE_COMMITTEE)
        plans.adopt_plan(world.system, plan_id=plan_id, case_id=case_id)
        assert world.step(step_id=step_id).state is State.DONE

    def test_a_municipality_s_campaign_moves_its_own_part(self) -> None:
        world = World()
        step_id = it.step(
            world.region, it.told("Kartlegging", doer=Doer.HR, reads=Reads.CAMPAIGN), wheel_id=world.wheel_id
        )
        make.unit(world.town)
        campaign_id = make_assessments.campaign(world.town)
        assert [row.state for row in world.step(step_id=step_id).standings] == [State.UNDER_WAY, State.DUE]
        assessments.close_campaign(world.system, campaign_id=campaign_id)
        assert [row.state for row in world.step(step_id=step_id).standings] == [State.DONE, State.DUE]
        make_assessments.campaign(world.town)
        assert [row.state for row in world.step(step_id=step_id).standings] == [State.DONE, State.DUE]

    def test_only_the_system_reads(self) -> None:
        world = World()
        with pytest.raises(Refused):
            yearwheel.read_thing(world.office, meeting_id=1)
        with pytest.raises(Refused):
            yearwheel.read_campaign(
                world.office, region_id=world.region.tenant_id, municipality_id=world.town.tenant_id, is_closed=True
            )
        with pytest.raises(Refused):
            yearwheel.follow_wheel(world.office, region_id=world.region.tenant_id)


class TestReminders:
    def test_once_for_each_occasion_and_never_again(self) -> None:
        world = World()
        days = [date(2027, 2, 20) + timedelta(days=day) for day in range(60)]
        for day in days:
            world.follow(datetime(day.year, day.month, day.day, 6, tzinfo=UTC))
        mine = [row for row in world.letters() if row.person_id == world.contact.person_id]
        assert [row.subject.split(":")[0] for row in mine] == ["Årshjulet", "Snart frist", "Over fristen"]
        assert [row.written_at.date() for row in mine] == [date(2027, 3, 1), date(2027, 3, 24), date(2027, 4, 1)]
        assert world.follow(datetime(2027, 6, 1, 6, tzinfo=UTC)) == 0

    def test_who_is_done_is_left_in_peace(self) -> None:
        world = World()
        world.state(Stated.DONE)
        world.follow(LATE)
        assert {row.tenant_id for row in world.letters()} == {world.near.tenant_id}

    def test_a_step_that_is_moved_is_reminded_about_anew(self) -> None:
        world = World()
        assert world.follow(LATE) == 2
        moved = it.told(ends_on=date(2027, 4, 20))
        yearwheel.set_step(world.office, wheel_id=world.wheel_id, step_id=world.step_id, step=moved)
        assert world.follow(datetime(2027, 4, 22, 6, tzinfo=UTC)) == 2

    def test_the_chief_executive_is_told_when_the_municipality_is_late(self) -> None:
        world = World()
        chief = make.with_role(world.region, Role.CHIEF_EXECUTIVE, town=world.town)
        world.follow(NOW)
        assert chief.person_id not in {row.person_id for row in world.letters()}
        world.follow(LATE)
        assert chief.person_id in {row.person_id for row in world.letters()}

    def test_the_letter_is_in_the_municipality_s_written_form(self) -> None:
        world = World(written_form=WrittenForm.NYNORSK)
        world.follow(NOW)
        assert {row.language for row in world.letters()} == {"nn"}
        assert all("Gå gjennom behova." in row.body for row in world.letters())

    def test_the_forum_is_written_to_about_its_own(self) -> None:
        world = World(Doer.FORUM)
        forum = gov.forum(world.region)
        assert world.follow(NOW) == 2
        assert {row.person_id for row in world.letters()} == {forum.chair.person_id, forum.member.person_id}

    def test_the_clock_finds_every_region(self, monkeypatch: pytest.MonkeyPatch) -> None:
        world, other = World(), World()
        mine = [it.region.name for it in (world, other)]
        assert set(mine) <= set(organisation.list_region_names())
        # Not those that other tests have left.
        monkeypatch.setattr("kompetanse.domains.organisation.api.list_region_names", lambda: mine)
        monkeypatch.setattr("kompetanse.foundation.clock.now", lambda: NOW)
        follow_wheels()
        follow_wheels()
        assert (len(world.letters()), len(other.letters())) == (2, 2)


class TestNow:
    def test_one_s_own_part_until_it_is_done(self) -> None:
        world = World()
        (row,) = yearwheel.list_now(world.ctx)
        assert row == NowRow(
            world.step_id, 2027, "Kommunens behov", date(2027, 3, 31), State.DUE, is_mine=True, late=0, of=2
        )
        world.state(Stated.DONE)
        assert not yearwheel.list_now(world.ctx)
        assert yearwheel.list_now(world.neighbour)

    def test_two_weeks_ahead_and_no_more(self) -> None:
        world = World()
        assert not yearwheel.list_now(world.ctx.at(datetime(2027, 2, 14, 9, tzinfo=UTC)))
        (row,) = yearwheel.list_now(world.ctx.at(datetime(2027, 2, 15, 9, tzinfo=UTC)))
        assert row.state is State.NOT_DUE

    def test_who_waits_sees_that_somebody_is_late(self) -> None:
        world = World()
        world.state(Stated.DONE)
        member = make.context(gov.forum(world.region).member)
        assert not yearwheel.list_now(member)
        for ctx in (member, world.office):
            (row,) = yearwheel.list_now(ctx.at(LATE))
            assert (row.state, row.late, row.of, row.is_mine) == (State.LATE, 1, 2, False)
        assert not yearwheel.list_now(world.ctx.at(LATE))

    def test_leaders_see_their_step_and_employees_none(self) -> None:
        world = World(Doer.LEADER)
        assert yearwheel.list_now(make.context(make.leader(world.town)))
        assert not yearwheel.list_now(make.context(make.employee(world.town)))

    def test_a_chief_executive_of_the_committee_has_the_committee_s(self) -> None:
        world = World(Doer.COMMITTEE)
        body_id = gov.body(world.region, BodyKind.EXECUTIVE_COMMITTEE)
        chief = gov.seat(world.region, body_id, SeatKind.MEMBER)
        assert organisation.list_seats(world.system, body_id=body_id)
        assert yearwheel.list_now(make.context(chief))
        assert not yearwheel.list_now(world.ctx)

    def test_asks_once_for_any_number_of_steps(self) -> None:
        world = World()
        for number in range(20):
            it.step(world.region, it.told(f"Trinn {number}"), wheel_id=world.wheel_id)
        with tenant_scope(world.ctx), counted() as asked:
            assert len(yearwheel.list_now(world.ctx)) == 21
        assert len(asked) == 1

    def test_the_wheel_asks_the_same_for_any_number_of_steps(self) -> None:
        world = World()
        counts = []
        for _round in range(2):
            with tenant_scope(world.office), counted() as asked:
                yearwheel.get_wheel(world.office)
            counts.append(len(asked))
            for number in range(5):
                it.step(world.region, it.told(f"Trinn {number}"), wheel_id=world.wheel_id)
        assert counts[0] == counts[1] <= 4
