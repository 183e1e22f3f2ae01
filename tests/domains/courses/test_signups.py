from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses import tasks
from kompetanse.domains.courses.api import Right
from kompetanse.domains.courses.models import Run, Signup
from kompetanse.domains.courses.rules import Ground
from kompetanse.domains.courses.types import (
    AlreadyDecided,
    AlreadySignedUp,
    CapacityBelowSeated,
    DeadlineHasPassed,
    DeadlineIsAfterStart,
    HasNoPost,
    MunicipalityIsNotInvited,
    NothingToWithdraw,
    OwnSignup,
    ReasonIsMissing,
    RunHasBegun,
    RunIsCancelled,
    RunIsHeld,
    RunIsNotOpen,
    RunIsNotPlanned,
    RunStatus,
    RunTimesAreBackwards,
    SeatsAreBackwards,
    SignupStatus,
)
from kompetanse.domains.orders import api as orders
from kompetanse.domains.organisation.models import Leadership, Post
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureStatus
from kompetanse.foundation import access
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import courses as made
from tests.make import orders as made_orders

ASKED, SEATED, WAITING = SignupStatus.ASKED, SignupStatus.SEATED, SignupStatus.WAITING


LATE = make.organisation.NOW + timedelta(days=31)  # the day after the deadline


def state(region: make.Region, run_id: int) -> list[tuple[int, SignupStatus, int | None]]:
    """Everybody on the run in the order of the line: employee, status, place."""
    rows = courses.list_signups(make.system(region), run_id=run_id)
    return [(row.employee_id, row.status, row.place) for row in rows]


def pk(who: make.Who) -> int:
    assert who.employee is not None
    return who.employee.pk


class TestPlanRun:
    def test_is_seen_by_the_office_alone_until_it_is_opened(self) -> None:
        region = make.region()
        office = make.context(make.office(region))
        somebody = make.context(make.employee(region.municipalities[0]))
        measure_id = made_orders.plan(region)

        run_id = courses.plan_run(office, run=made.run_input(measure_id))

        assert [row.id for row in courses.list_runs(office)] == [run_id]
        assert courses.list_runs(somebody) == []
        with pytest.raises(NotFound):
            courses.get_run(somebody, run_id=run_id)
        courses.open_run(office, run_id=run_id)
        assert [row.id for row in courses.list_runs(somebody)] == [run_id]
        assert plans.get_measure(office, measure_id=measure_id).status is MeasureStatus.RUNNING
        with pytest.raises(RunIsNotPlanned):
            courses.open_run(office, run_id=run_id)

    def test_refuses_everybody_but_the_office(self) -> None:
        region = make.region()
        measure_id = made_orders.plan(region)
        for who in (make.leader(region.municipalities[0]), make.with_role(region, Role.FORUM_MEMBER)):
            with pytest.raises(Refused):
                courses.plan_run(make.context(who), run=made.run_input(measure_id))
        assert courses.list_runs(make.system(region)) == []

    def test_refuses_another_regions_measure(self) -> None:
        region, elsewhere = make.region(), make.region()
        with pytest.raises(NotFound):
            courses.plan_run(make.context(make.office(region)), run=made.run_input(made_orders.plan(elsewhere)))

    def test_refuses_times_and_seats_that_cannot_be(self) -> None:
        region = make.region()
        office = make.context(make.office(region))
        good = made.run_input(made_orders.plan(region))

        with pytest.raises(RunTimesAreBackwards):
            courses.plan_run(office, run=replace(good, ends_at=good.starts_at))
        with pytest.raises(DeadlineIsAfterStart):
            courses.plan_run(office, run=replace(good, deadline=good.starts_at.date() + timedelta(days=1)))
        with pytest.raises(SeatsAreBackwards):
            courses.plan_run(office, run=replace(good, min_seats=3, max_seats=2))
        assert courses.list_runs(office) == []


class TestAskForSeat:
    def test_waits_for_the_leader_of_the_unit(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        run_id = made.run(region)

        signup_id = made.signup(run_id, kari)

        row = courses.get_signup(make.context(kari), signup_id=signup_id)
        assert (row.status, row.place, row.queue_number) == (ASKED, None, 1)
        assert row.approver_name == chief.account.display_name
        assert [r.id for r in courses.list_approvals(make.context(chief)).mine] == [signup_id]
        assert courses.get_run(make.context(kari), run_id=run_id).run.seats_taken == 0

    def test_goes_to_the_acting_leader_first(self) -> None:
        region = make.region()
        chief, (kari, acting, _) = made.team(region.municipalities[0])
        assert kari.post is not None
        with tenant_scope(make.system(region)):
            Leadership.objects.create(
                tenant_id=region.municipalities[0].tenant_id, unit=kari.post.unit, employee=acting.employee,
                is_acting=True, valid_from="2027-01-01",
            )  # fmt: skip
        signup_id = made.signup(made.run(region), kari)

        assert [r.id for r in courses.list_approvals(make.context(acting)).mine] == [signup_id]
        assert [r.id for r in courses.list_approvals(make.context(chief)).others] == [signup_id]

    def test_a_leader_waits_for_the_leader_above(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        top = make.leader(town, town.root)
        chief, _ = made.team(town, 0)
        signup_id = made.signup(made.run(region), chief)

        assert courses.list_approvals(make.context(chief)).mine == ()
        assert [r.id for r in courses.list_approvals(make.context(top)).mine] == [signup_id]
        with pytest.raises(OwnSignup):
            courses.approve_signup(make.context(chief), signup_id=signup_id)
        assert courses.get_signup(make.context(chief), signup_id=signup_id).status is ASKED

    def test_without_a_leader_it_goes_to_hr_and_the_contact_person(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        kari = make.employee(town, make.unit(town))
        signup_id = made.signup(made.run(region), kari)

        for role in (Role.HR, Role.CONTACT_PERSON):
            who = make.context(make.with_role(region, role, town=town))
            assert [r.id for r in courses.list_approvals(who).mine] == [signup_id]
        assert [r.id for r in courses.list_approvals(make.context(make.office(region))).mine] == [signup_id]

    def test_twice_gives_one_sign_up_and_a_friendly_sentence(self) -> None:
        region = make.region()
        _, (kari, *_) = made.team(region.municipalities[0])
        run_id = made.run(region)
        made.signup(run_id, kari)

        with pytest.raises(AlreadySignedUp, match="trenger ikke gjøre noe mer"):
            made.signup(run_id, kari)
        assert state(region, run_id) == [(pk(kari), ASKED, None)]

    def test_refuses_after_the_deadline_and_says_the_day(self) -> None:
        region = make.region()
        _, (kari, *_) = made.team(region.municipalities[0])
        run_id = made.run(region)
        late = make.context(kari, LATE)

        with pytest.raises(DeadlineHasPassed, match=r"14\.04\.2027"):
            courses.ask_for_seat(late, run_id=run_id, employee_id=pk(kari))
        assert state(region, run_id) == []

    def test_refuses_a_run_that_is_not_open_begun_or_cancelled(self) -> None:
        region = make.region()
        _, (kari, *_) = made.team(region.municipalities[0])
        office = make.context(make.office(region))
        run_id = made.run(region, opened=False)

        with pytest.raises(Refused):
            made.signup(run_id, kari)
        with pytest.raises(RunIsNotOpen):
            courses.ask_for_seat(office, run_id=run_id, employee_id=pk(kari))
        courses.open_run(office, run_id=run_id)
        with pytest.raises(RunHasBegun):
            courses.ask_for_seat(make.context(kari, made.AFTER), run_id=run_id, employee_id=pk(kari))
        courses.cancel_run(office, run_id=run_id, reason="For få påmeldte")
        with pytest.raises(RunIsCancelled):
            made.signup(run_id, kari)
        assert state(region, run_id) == []

    def test_refuses_somebody_elses_person_and_another_municipalitys(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities
        chief, _ = made.team(mine)
        _, (theirs, *_) = made.team(other)
        neighbour = make.employee(mine, make.unit(mine))
        run_id = made.run(region)

        for who, error in ((theirs, NotFound), (neighbour, Refused)):
            with pytest.raises(error):
                made.seat(run_id, chief, who)
        assert state(region, run_id) == []

    def test_refuses_a_person_from_outside_the_region(self) -> None:
        region, elsewhere = make.region(), make.region()
        run_id = made.run(region)
        town = elsewhere.municipalities[0]
        kari = make.employee(town)
        both = make.employee(region.municipalities[0], person_id=kari.person_id)

        with pytest.raises(MunicipalityIsNotInvited):
            courses.ask_for_seat(make.context(both), run_id=run_id, employee_id=pk(kari))
        assert state(region, run_id) == []

    def test_refuses_somebody_without_a_post(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        kari = make.employee(town)
        run_id = made.run(region)
        with tenant_scope(make.system(region)):
            Post.objects.filter(employee=kari.employee).update(ended_on="2027-01-01")
        hr = make.context(make.with_role(region, Role.HR, town=town))

        with pytest.raises(HasNoPost):
            courses.ask_for_seat(hr, run_id=run_id, employee_id=pk(kari))

    def test_a_leader_signs_up_several_at_once_also_without_mail(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 3)
        run_id = made.run(region, seats=2)
        made.seat(run_id, chief, people[1])

        ids = courses.ask_for_seats(make.context(chief), run_id=run_id, employee_ids=[pk(w) for w in people])

        assert len(ids) == 2
        assert state(region, run_id) == [
            (pk(people[1]), SEATED, None), (pk(people[0]), SEATED, None), (pk(people[2]), WAITING, 1)
        ]  # fmt: skip

    def test_several_at_once_takes_nobody_when_one_is_not_the_leaders(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 2)
        stranger = make.employee(region.municipalities[0], make.unit(region.municipalities[0]))
        run_id = made.run(region, seats=5)

        with pytest.raises(Refused):
            courses.ask_for_seats(make.context(chief), run_id=run_id, employee_ids=[pk(w) for w in [*people, stranger]])
        assert state(region, run_id) == []


class TestApproveSignup:
    def test_seats_by_the_number_in_the_line_not_by_who_was_approved_first(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 4)
        run_id = made.run(region, seats=1)
        ids = [made.signup(run_id, who) for who in people]
        ctx = make.context(chief)

        assert courses.approve_signup(ctx, signup_id=ids[3]) is SEATED
        assert courses.approve_signup(ctx, signup_id=ids[2]) is WAITING
        assert courses.approve_signup(ctx, signup_id=ids[0]) is WAITING

        assert state(region, run_id) == [
            (pk(people[0]), WAITING, 1), (pk(people[1]), ASKED, None), (pk(people[2]), WAITING, 2),
            (pk(people[3]), SEATED, None),
        ]  # fmt: skip
        first = courses.get_signup(make.context(people[0]), signup_id=ids[0])
        assert first.why == Ground.FULL

    def test_several_in_one_go_leaves_the_own_out(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        make.leader(town, town.root)
        chief, people = made.team(town, 2)
        run_id = made.run(region, seats=5)
        ids = [made.signup(run_id, who) for who in [*people, chief]]

        assert courses.approve_signups(make.context(chief), signup_ids=ids) == 2
        assert [status for _, status, _ in state(region, run_id)] == [SEATED, SEATED, ASKED]

    def test_refuses_another_leader_and_twice(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        chief, (kari, *_) = made.team(town)
        stranger, _ = made.team(town)
        signup_id = made.signup(made.run(region), kari)

        with pytest.raises(Refused):
            courses.approve_signup(make.context(stranger), signup_id=signup_id)
        courses.approve_signup(make.context(chief), signup_id=signup_id)
        with pytest.raises(AlreadyDecided):
            courses.approve_signup(make.context(chief), signup_id=signup_id)
        with pytest.raises(AlreadyDecided):
            courses.decline_signup(make.context(chief), signup_id=signup_id)

    def test_refuses_across_a_border_as_if_it_were_not_there(self) -> None:
        region = make.region(municipalities=2)
        chief, _ = made.team(region.municipalities[0])
        _, (theirs, *_) = made.team(region.municipalities[1])
        signup_id = made.signup(made.run(region), theirs)

        with pytest.raises(NotFound):
            courses.approve_signup(make.context(chief), signup_id=signup_id)

    def test_declining_keeps_the_reason_and_lets_the_person_ask_again(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        run_id = made.run(region)
        signup_id = made.signup(run_id, kari)

        courses.decline_signup(make.context(chief), signup_id=signup_id, reason="Ferieavvikling")

        row = courses.get_signup(make.context(kari), signup_id=signup_id)
        assert (row.status, row.reason) == (SignupStatus.DECLINED, "Ferieavvikling")
        assert made.signup(run_id, kari) != signup_id


class TestWithdraw:
    def test_gives_the_seat_to_the_next_in_line_across_the_border(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities
        chief, (kari, *_) = made.team(mine)
        their_chief, (ola, per, _) = made.team(other)
        run_id = made.run(region, seats=1)
        first = made.seat(run_id, chief, kari)
        for who in (ola, per):
            made.seat(run_id, their_chief, who)

        courses.withdraw(make.context(kari), signup_id=first)

        assert state(region, run_id) == [
            (pk(kari), SignupStatus.WITHDRAWN, None), (pk(ola), SEATED, None), (pk(per), WAITING, 1)
        ]  # fmt: skip
        assert courses.get_run(make.context(kari), run_id=run_id).run.waiting == 1
        with tenant_scope(make.system(region)):
            told = Deed.objects.filter(tenant_id=other.tenant_id, event="SignupSettled").latest("id")
        assert told.actor_person_id is None  # nobody in the other municipality learns who withdrew
        assert told.details["status"] == "seated"

    def test_refuses_twice_after_the_start_and_for_others(self) -> None:
        region = make.region()
        chief, (kari, ola, _) = made.team(region.municipalities[0])
        run_id = made.run(region)
        signup_id = made.seat(run_id, chief, kari)

        with pytest.raises(Refused):
            courses.withdraw(make.context(ola), signup_id=signup_id)
        with pytest.raises(RunHasBegun):
            courses.withdraw(make.context(kari, made.AFTER), signup_id=signup_id)
        courses.withdraw(make.context(kari), signup_id=signup_id)
        with pytest.raises(NothingToWithdraw):
            courses.withdraw(make.context(kari), signup_id=signup_id)

    def test_a_withdrawn_sign_up_cannot_be_approved(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        signup_id = made.signup(made.run(region), kari)
        courses.withdraw(make.context(kari), signup_id=signup_id)

        with pytest.raises(AlreadyDecided):
            courses.approve_signup(make.context(chief), signup_id=signup_id)


class TestQuotas:
    def test_ordered_seats_are_kept_until_the_deadline_and_then_let_go(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities
        measure_id = made_orders.plan(region)
        made_orders.order(region, other, measure_id, seats=2)
        run_id = made.run(region, seats=3, measure_id=measure_id)
        chief, people = made.team(mine, 3)
        ids = courses.ask_for_seats(make.context(chief), run_id=run_id, employee_ids=[pk(w) for w in people])

        assert [s for _, s, _ in state(region, run_id)] == [SEATED, WAITING, WAITING]
        assert courses.get_signup(make.context(chief), signup_id=ids[1]).why == Ground.KEPT_FOR_OTHERS

        their_chief, (ola, *_) = made.team(other)
        made.seat(run_id, their_chief, ola)  # after the others, on a kept seat
        assert state(region, run_id)[-1] == (pk(ola), SEATED, None)

        later = make.system(region, LATE)
        assert courses.release_seats(later, region_id=region.tenant_id) == 1
        assert [s for _, s, _ in state(region, run_id)] == [SEATED, SEATED, WAITING, SEATED]
        assert courses.get_signup(make.context(chief), signup_id=ids[1]).why == Ground.RELEASED

    def test_follow_an_order_that_is_accepted_or_called_off_later(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made_orders.plan(region)
        run_id = made.run(region, seats=3, measure_id=measure_id)
        ctx = make.system(region)

        order_id = made_orders.order(region, town, measure_id, seats=2)
        assert [q.seats for q in courses.get_run(ctx, run_id=run_id).quotas] == [2]
        contact = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))
        orders.cancel_order(contact, order_id=order_id, reason="Ingen kan")
        assert courses.get_run(ctx, run_id=run_id).quotas == ()

    def test_are_shared_over_the_measures_runs(self) -> None:
        region = make.region()
        measure_id = made_orders.plan(region)
        made_orders.order(region, region.municipalities[0], measure_id, seats=5)
        runs = [made.run(region, seats=3, measure_id=measure_id) for _ in range(2)]

        kept = [courses.get_run(make.system(region), run_id=run_id).quotas[0].seats for run_id in runs]
        assert kept == [3, 2]


class TestChangeRun:
    def test_more_seats_go_to_the_line_at_once(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 3)
        measure_id = made_orders.plan(region)
        run_id = made.run(region, seats=1, measure_id=measure_id)
        courses.ask_for_seats(make.context(chief), run_id=run_id, employee_ids=[pk(w) for w in people])

        courses.change_run(make.system(region), run_id=run_id, run=made.run_input(measure_id, seats=2))

        assert [s for _, s, _ in state(region, run_id)] == [SEATED, SEATED, WAITING]

    def test_refuses_fewer_seats_than_people(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 2)
        measure_id = made_orders.plan(region)
        run_id = made.run(region, seats=2, measure_id=measure_id)
        courses.ask_for_seats(make.context(chief), run_id=run_id, employee_ids=[pk(w) for w in people])

        with pytest.raises(CapacityBelowSeated, match="lavere enn 2, for så mange har allerede plass"):
            courses.change_run(make.system(region), run_id=run_id, run=made.run_input(measure_id, seats=1))
        assert courses.get_run(make.system(region), run_id=run_id).run.max_seats == 2


class TestCancelRun:
    def test_takes_everybody_off_with_the_reason(self) -> None:
        region = make.region(municipalities=2)
        run_id = made.run(region, seats=1)
        for town in region.municipalities:
            chief, (kari, *_) = made.team(town)
            made.seat(run_id, chief, kari)

        with pytest.raises(ReasonIsMissing):
            courses.cancel_run(make.system(region), run_id=run_id, reason=" ")
        courses.cancel_run(make.system(region), run_id=run_id, reason="Kursholderen er syk")

        rows = courses.list_signups(make.system(region), run_id=run_id)
        assert {(row.status, row.reason) for row in rows} == {(SignupStatus.WITHDRAWN, "Kursholderen er syk")}
        page = courses.get_run(make.system(region), run_id=run_id)
        assert (page.run.status, page.run.seats_taken) == (RunStatus.CANCELLED, 0)


class TestDatabase:
    def test_refuses_an_overfull_run_and_a_double_sign_up(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        run_id = made.run(region, seats=1)
        made.seat(run_id, chief, kari)

        with pytest.raises(IntegrityError, match="run_is_never_overfull"), tenant_scope(make.system(region)):
            Run.objects.filter(pk=run_id).update(seats_taken=2)
        with tenant_scope(make.system(region)):
            row = Signup.objects.get(run_id=run_id)
        row.pk, row.queue_number = None, 99
        with pytest.raises(IntegrityError, match="signup_stands_once"), tenant_scope(make.system(region)):
            row.save(force_insert=True)


def test_a_held_run_is_closed() -> None:
    region = make.region()
    chief, (kari, ola, _) = made.team(region.municipalities[0])
    run_id = made.run(region)
    signup_id = made.seat(run_id, chief, kari)
    courses.record_attendance(make.system(region, made.AFTER), run_id=run_id, present={signup_id})

    with pytest.raises(RunIsHeld):
        made.signup(run_id, ola)
    with pytest.raises(RunIsHeld):
        courses.withdraw(make.context(kari, made.AFTER), signup_id=signup_id)


class TestReleaseSeats:
    def test_runs_every_night_in_every_region(self, settings: object) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities
        measure_id = made_orders.plan(region)
        made_orders.order(region, other, measure_id, seats=1)
        run_id = made.run(region, seats=1, measure_id=measure_id)
        chief, (kari, *_) = made.team(mine)
        made.seat(run_id, chief, kari)
        assert state(region, run_id) == [(pk(kari), WAITING, 1)]

        tasks.release_seats()
        assert state(region, run_id) == [(pk(kari), WAITING, 1)]
        settings.CLOCK_OFFSET = LATE - datetime.now(UTC)  # type: ignore[attr-defined]
        tasks.release_seats()
        assert state(region, run_id) == [(pk(kari), SEATED, None)]


class TestPolicies:
    def test_answer_and_rows_agree(self) -> None:
        region = make.region(municipalities=2)
        town = region.municipalities[0]
        run_id = made.run(region)
        make.leader(town, town.root)
        chief, people = made.team(town)
        lonely = make.employee(region.municipalities[1], make.unit(region.municipalities[1]))
        for who in [*people, lonely, chief]:
            made.signup(run_id, who)
        readers = [chief, *people, lonely, make.office(region), make.employee(town, make.unit(town))]
        readers += [make.with_role(region, role, town=town) for role in (Role.HR, Role.CONTACT_PERSON)]

        for reader in readers:
            ctx = make.context(reader)
            for right in (Right.SIGNUP_READ, Right.SIGNUP_DECIDE, Right.SIGNUP_WITHDRAW):
                with tenant_scope(ctx):
                    allowed = {row.pk for row in Signup.objects.all() if access.answer(ctx.actor, right, row)}
                    found = set(Signup.objects.filter(access.rows(ctx.actor, right)).values_list("pk", flat=True))
                assert allowed == found
