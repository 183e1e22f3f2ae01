from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.assessments import tasks
from kompetanse.domains.assessments.models import Campaign, Participant, Rating, SnapshotRow
from kompetanse.domains.assessments.types import (
    CampaignHasNotBegun,
    CampaignInput,
    CampaignIsNotDraft,
    CampaignIsNotOpen,
    CampaignIsOver,
    CampaignStatus,
    NobodyIsAsked,
    PeriodIsBackwards,
    Progress,
    RaterKind,
    TitleIsMissing,
    UnknownTarget,
)
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import MessageState
from kompetanse.domains.organisation.models import Employee, Post
from kompetanse.domains.organisation.types import Role, WrittenForm
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import system_context
from kompetanse.kernel.errors import Refused
from tests import make
from tests.make import assessments as made
from tests.make.competence import of
from tests.make.organisation import NOW
from tests.make.queries import counted


def hr_of(region: make.Region) -> make.Who:
    return make.with_role(region, Role.HR, town=region.municipalities[0])


def at(day: date) -> datetime:
    return NOW.replace(year=day.year, month=day.month, day=day.day)


def participants(region: make.Region, campaign_id: int) -> dict[int, Participant]:
    with tenant_scope(make.system(region)):
        return {row.employee_id: row for row in Participant.objects.filter(campaign_id=campaign_id)}


class TestPlanning:
    @pytest.mark.parametrize("role", [Role.HR, Role.CONTACT_PERSON, Role.COURSE_ADMINISTRATOR])
    def test_is_for_hr_the_contact_person_and_the_office(self, role: Role) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = make.with_role(region, role, town=None if role is Role.COURSE_ADMINISTRATOR else town)
        campaign_id = assessments.plan_campaign(make.context(who), campaign=made.told(town))
        assert [row.id for row in assessments.list_campaigns(make.context(who))] == [campaign_id]
        assert assessments.list_campaign_places(make.context(who)) == [(town.tenant_id, town.name)]

    def test_is_for_nobody_else(self) -> None:
        region = make.region(municipalities=2)
        town, near = region.municipalities
        for who in (make.leader(town), make.employee(town), make.with_role(region, Role.HR, town=near)):
            with pytest.raises(Refused):
                assessments.plan_campaign(make.context(who), campaign=made.told(town))
        with tenant_scope(make.system(region)):
            assert not Campaign.objects.filter(tenant_id=town.tenant_id).exists()

    @pytest.mark.parametrize(
        ("spoil", "error"),
        [
            (lambda town: made.told(town, title=" "), TitleIsMissing),
            (lambda town: made.told(town, ends_on=made.STARTS - timedelta(days=1)), PeriodIsBackwards),
            (lambda town: made.told(town, asks_self=False, asks_manager=False), NobodyIsAsked),
            (lambda town: made.told(town, units=[10**9]), UnknownTarget),
            (lambda town: made.told(town, requirements=[10**9]), UnknownTarget),
        ],
    )
    def test_says_what_is_wrong(self, spoil: Callable[[make.Town], CampaignInput], error: type[Exception]) -> None:
        region = make.region()
        with pytest.raises(error):
            assessments.plan_campaign(make.system(region), campaign=spoil(region.municipalities[0]))

    def test_a_draft_is_changed_and_asks_nobody(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        kari = make.employee(town)
        ctx = make.context(hr_of(region))
        campaign_id = assessments.plan_campaign(ctx, campaign=made.told(town))
        assessments.change_campaign(ctx, campaign_id=campaign_id, campaign=made.told(town, title="Høsten"))
        assert assessments.get_campaign(ctx, campaign_id=campaign_id).campaign.title == "Høsten"
        assert not participants(region, campaign_id)
        assert assessments.count_waiting_answers(make.context(kari)) == 0
        assessments.open_campaign(ctx, campaign_id=campaign_id)
        with pytest.raises(CampaignIsNotDraft):
            assessments.change_campaign(ctx, campaign_id=campaign_id, campaign=made.told(town))


class TestOpening:
    def test_is_within_the_period(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        ctx = make.system(region)
        early = made.campaign(town, made.told(town, starts_on=date(2027, 3, 16)), opened=False)
        with pytest.raises(CampaignHasNotBegun):
            assessments.open_campaign(ctx, campaign_id=early)
        late = made.campaign(town, made.told(town, ends_on=date(2027, 3, 14)), opened=False)
        with pytest.raises(CampaignIsOver):
            assessments.open_campaign(ctx, campaign_id=late)

    def test_asks_the_target_group_with_the_nearest_leader(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        home, school = make.unit(town), make.unit(town)
        ward = make.unit(town, parent=home)
        chief, boss = make.leader(town, home), make.leader(town, ward)
        kari, teacher = make.employee(town, ward), make.employee(town, school)
        campaign_id = made.campaign(town, made.told(town, units=[home.pk]))

        asked = participants(region, campaign_id)
        assert set(asked) == {of(who).id for who in (chief, boss, kari)}
        assert asked[of(kari).id].manager_id == of(boss).id
        assert asked[of(boss).id].manager_id == of(chief).id
        assert asked[of(chief).id].manager_id is None
        assert assessments.count_waiting_answers(make.context(kari)) == 1
        assert assessments.count_waiting_answers(make.context(boss)) == 2  # one's own, and Kari
        assert assessments.count_waiting_answers(make.context(teacher)) == 0
        assert assessments.ask_people(make.system(region), campaign_id=campaign_id) == 0

    def test_writes_to_each_in_the_municipalitys_form_once(self) -> None:
        region = make.region(written_form=WrittenForm.NYNORSK)
        town = region.municipalities[0]
        boss, kari = make.leader(town), make.employee(town)
        offline = make.employee(town)
        with tenant_scope(make.system(region)):
            Employee.objects.filter(pk=of(offline).pk).update(email="")
        mail.outbox.clear()
        campaign_id = made.campaign(town, made.told(town, letter="Vi gleder oss."))
        assessments.ask_people(make.system(region), campaign_id=campaign_id)

        (letter,) = courses.list_messages(make.context(kari))
        assert "er kravd i stillinga di" in letter.body
        assert "Vi gleder oss." in letter.body
        assert letter.state is MessageState.SENT
        assert len([it for it in mail.outbox if it.to == [of(kari).email]]) == 1
        (kept,) = courses.list_messages(make.context(offline))
        assert kept.state is MessageState.KEPT
        assert {it.subject.split(":")[0] for it in courses.list_messages(make.context(boss))} == {
            "Kartlegging",
            "Vurder dine tilsette",
        }


class TestFollowing:
    def test_reminds_once_for_each_cause_and_only_those_who_lack_an_answer(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        make.leader(town)
        kari, ola = make.employee(town), make.employee(town)
        campaign_id = made.campaign(town)
        items = made.items_of(ola, campaign_id)
        assessments.answer_self(
            make.context(ola), campaign_id=campaign_id, answers=made.answers([it.requirement_id for it in items])
        )
        for day in (date(2027, 3, 20), date(2027, 3, 26), date(2027, 3, 27), date(2027, 4, 10), date(2027, 4, 11)):
            ctx = make.system(region, at(day))
            for _ in range(2):
                assessments.follow_campaign(ctx, campaign_id=campaign_id)

        def subjects(who: make.Who) -> list[str]:
            return [it.subject.split(":")[0] for it in courses.list_messages(make.context(who))]

        assert subjects(kari) == ["Påminnelse", "Påminnelse", "Kartlegging"]
        assert subjects(ola) == ["Kartlegging"]

    def test_the_clock_follows_every_open_campaign(self, settings: object) -> None:
        region = make.region()
        town = region.municipalities[0]
        make.leader(town)
        campaign_id = made.campaign(town)
        newcomer = make.employee(town)
        settings.CLOCK_OFFSET = NOW - datetime.now(NOW.tzinfo)  # type: ignore[attr-defined]
        tasks.follow_campaigns()
        assert of(newcomer).id in participants(region, campaign_id)

    def test_who_has_left_before_answering_is_no_longer_counted(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        boss, gone = make.leader(town), make.employee(town)
        campaign_id = made.campaign(town)
        before = assessments.get_campaign(make.system(region), campaign_id=campaign_id)
        assert gone.post is not None
        with tenant_scope(make.system(region)):
            Post.objects.filter(pk=gone.post.pk).update(ended_on=date(2027, 3, 14))
        assessments.follow_campaign(make.system(region), campaign_id=campaign_id)
        after = assessments.get_campaign(make.system(region), campaign_id=campaign_id)
        assert before.own is not None
        assert after.own is not None
        assert after.own.asked == before.own.asked - 1
        assert of(boss).id in participants(region, campaign_id)

    def test_is_for_the_system(self) -> None:
        region = make.region()
        campaign_id = made.campaign(region.municipalities[0])
        with pytest.raises(Refused):
            assessments.follow_campaign(make.context(hr_of(region)), campaign_id=campaign_id)
        with pytest.raises(Refused):
            assessments.list_letters(
                make.context(hr_of(region)), campaign_id=campaign_id, occasion="reminder", cause="x", employees=[]
            )
        with pytest.raises(Refused):
            courses.write_letters(make.context(hr_of(region)), letters=[])

    def test_the_leader_reminds_ones_own_once_a_week(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        here, there = make.unit(town), make.unit(town)
        boss, other = make.leader(town, here), make.leader(town, there)
        kari, far = make.employee(town, here), make.employee(town, there)
        campaign_id = made.campaign(town)
        monday = make.context(boss, at(date(2027, 3, 22)))
        assert assessments.remind_people(monday, campaign_id=campaign_id) == 1
        assert assessments.remind_people(monday, campaign_id=campaign_id) == 0
        next_week = make.context(boss, at(date(2027, 3, 29)))
        assert assessments.remind_people(next_week, campaign_id=campaign_id) == 1
        assert len(courses.list_messages(make.context(kari))) == 3
        assert len(courses.list_messages(make.context(far))) == 1
        page = assessments.get_people_page(make.context(other), campaign_id=campaign_id)
        assert [row.employee_id for row in page.people] == [of(far).id]
        assert not page.people[0].reminded_at
        with pytest.raises(Refused):
            assessments.remind_people(make.context(kari), campaign_id=campaign_id)


class TestRates:
    def test_per_unit_is_for_hr_and_few_are_not_shown_to_others(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town)
        boss, kari = make.leader(town, unit), make.employee(town, unit)
        campaign_id = made.campaign(town, made.told(town, units=[unit.pk]))
        items = made.items_of(kari, campaign_id)
        first = items[0].requirement_id
        half = assessments.answer_self(make.context(kari), campaign_id=campaign_id, answers=made.answers([first]))
        assert half is Progress.BEGUN
        whole = assessments.answer_self(
            make.context(kari), campaign_id=campaign_id, answers=made.answers([it.requirement_id for it in items])
        )
        assert whole is Progress.DONE

        hr = make.context(hr_of(region))  # works in the unit, too, but has come after those who are asked
        page = assessments.get_campaign(hr, campaign_id=campaign_id)
        assert [(row.unit_name, row.own.asked, row.own.answered) for row in page.units] == [(unit.name, 2, 1)]
        led = assessments.get_people_page(make.context(boss), campaign_id=campaign_id)
        assert led.units == page.units
        elsewhere = make.context(make.leader(town, make.unit(town)))
        assert assessments.get_people_page(elsewhere, campaign_id=campaign_id).units == ()
        office = make.context(make.office(region))
        hidden = assessments.get_campaign(office, campaign_id=campaign_id)
        assert (hidden.own, hidden.manager, hidden.units, hidden.sums) == (None, None, (), ())
        for _ in range(2):
            make.employee(town, unit)
        assessments.ask_people(office, campaign_id=campaign_id)
        shown = assessments.get_campaign(office, campaign_id=campaign_id)
        assert shown.own is not None
        assert (shown.own.asked, shown.own.answered, shown.units) == (5, 1, ())


class TestClosing:
    def test_freezes_what_stands_and_forgets_old_self_ratings(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town)
        boss, kari = make.leader(town, unit), make.employee(town, unit)
        key = made.requirement()
        hr = make.context(hr_of(region))
        assessments.set_range(hr, tenant_id=town.tenant_id, requirement_id=key, lowest=3, highest=4)
        campaign_id = made.campaign(town, made.told(town, units=[unit.pk], requirements=[key]))
        for minute, level in enumerate((1, 2, 4, 2)):
            ctx = make.context(kari, NOW + timedelta(minutes=minute))
            assessments.answer_self(ctx, campaign_id=campaign_id, answers=made.answers([key], level))
            assessments.rate_person(
                make.context(boss, NOW + timedelta(minutes=minute)), campaign_id=campaign_id,
                employee_id=of(kari).id, answers=made.answers([key], level),
            )  # fmt: skip
        assert assessments.close_campaign(hr, campaign_id=campaign_id) == 2

        with tenant_scope(make.system(region)):
            kept = Rating.objects.filter(employee_id=of(kari).id)
            assert [row.level for row in kept.filter(kind=RaterKind.SELF).order_by("id")] == [4, 2]
            assert kept.filter(kind=RaterKind.MANAGER).count() == 4
        report = assessments.get_report(hr, campaign_id=campaign_id)
        assert [(it.name, it.kind, it.level, it.lowest) for it in report.people] == [
            (of(kari).name, RaterKind.MANAGER, 2, 3),
            (of(kari).name, RaterKind.SELF, 2, 3),
        ]
        assert [(row.kind, row.counts, row.below) for _unit, row in report.sums] == [
            (RaterKind.MANAGER, (0, 1, 0, 0), 1),
            (RaterKind.SELF, (0, 1, 0, 0), 1),
        ]
        assert assessments.get_campaign(hr, campaign_id=campaign_id).campaign.status is CampaignStatus.CLOSED
        assert assessments.count_waiting_answers(make.context(boss)) == 0
        with pytest.raises(CampaignIsNotOpen):
            assessments.close_campaign(hr, campaign_id=campaign_id)
        assessments.set_range(hr, tenant_id=town.tenant_id, requirement_id=key, lowest=1, highest=4)
        assert assessments.get_report(hr, campaign_id=campaign_id) == report  # frozen is frozen

    def test_the_report_with_persons_is_for_hr_alone(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        boss = make.leader(town)
        campaign_id = made.campaign(town)
        assessments.close_campaign(make.system(region), campaign_id=campaign_id)
        others = [make.office(region), make.with_role(region, Role.CONTACT_PERSON, town=town), boss]
        for who in others:
            with pytest.raises(Refused):
                assessments.get_report(make.context(who), campaign_id=campaign_id)
        with pytest.raises(Refused):
            assessments.close_campaign(make.context(boss), campaign_id=campaign_id)
        with tenant_scope(make.system(region)):
            assert not SnapshotRow.objects.filter(campaign_id=campaign_id).exists()


class TestPaper:
    def test_forms_are_for_those_led_who_have_not_answered(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        boss, kari = make.leader(town), make.employee(town)
        key = made.requirement()
        campaign_id = made.campaign(town, made.told(town, requirements=[key]))
        (form,) = assessments.list_forms(make.context(boss), campaign_id=campaign_id)
        assert (form.employee_id, len(form.requirements)) == (of(kari).id, 1)
        assessments.answer_for(
            make.context(boss), campaign_id=campaign_id, employee_id=of(kari).id, answers=made.answers([key])
        )
        assert assessments.list_forms(make.context(boss), campaign_id=campaign_id) == []


class TestQuestions:
    def test_lists_need_the_same_number_for_two_rows_and_for_twenty(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town)
        boss = make.context(make.leader(town, unit))
        hr = make.context(hr_of(region))
        for _ in range(2):
            make.employee(town, unit)
        campaign_id = made.campaign(town)
        lists: list[Callable[[], object]] = [
            lambda: assessments.count_waiting_answers(boss),
            lambda: assessments.get_own_page(boss),
            lambda: assessments.get_people_page(boss, campaign_id=campaign_id),
            lambda: assessments.list_forms(boss, campaign_id=campaign_id),
            lambda: assessments.list_campaigns(hr),
            lambda: assessments.get_campaign(hr, campaign_id=campaign_id),
            lambda: assessments.get_report(hr, campaign_id=campaign_id),
        ]
        few = [questions(one) for one in lists]
        for _ in range(18):
            make.employee(town, unit)
        assessments.ask_people(make.system(region), campaign_id=campaign_id)
        for number in range(18):
            made.campaign(town, made.told(town, title=f"Nr. {number}"), opened=False)
        assert [questions(one) for one in lists] == few
        ctx = system_context("test", boss.tenants, NOW)
        people = tuple(participants(region, campaign_id))

        def letters(count: int) -> object:
            return assessments.list_letters(
                ctx, campaign_id=campaign_id, occasion="reminder", cause="x", employees=people[:count]
            )

        assert questions(lambda: letters(2)) == questions(lambda: letters(20))

    def test_what_waits_is_one_question(self) -> None:
        region = make.region()
        boss = make.context(make.leader(region.municipalities[0]))
        with tenant_scope(boss), counted() as asked:
            assessments.count_waiting_answers(boss)
        assert len(asked) == 1


def questions(ask: Callable[[], object]) -> int:
    with counted() as asked:
        ask()
    return len(asked)
