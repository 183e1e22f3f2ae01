"""Giving out seats through the operations: policies, offers, groups, interest, moving, substitutes, passing up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses import tasks
from kompetanse.domains.courses.models import Interest, RunContent, SeatDecision
from kompetanse.domains.courses.rules import OFFER_EXPIRED, Ground
from kompetanse.domains.courses.types import (
    AlreadyInterested,
    AlreadySignedUp,
    AnotherMeasure,
    CapacityBelowSeated,
    DeadlineHasPassed,
    DoesNotWait,
    GroupIsTooLarge,
    GroupIsTooSmall,
    HasNoInterest,
    NobodyToReplace,
    NoOffer,
    NoOfficeSeat,
    OfficeSeatsDoNotFit,
    PolicyInput,
    ReleaseIsAfterStart,
    SignupStatus,
    SubstituteFromElsewhere,
    SubstituteLacks,
)
from kompetanse.domains.messages.models import Message
from kompetanse.domains.organisation.models import Leadership, Post
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import courses as made
from tests.make import orders as made_orders

ASKED, SEATED, WAITING, OFFERED = SignupStatus.ASKED, SignupStatus.SEATED, SignupStatus.WAITING, SignupStatus.OFFERED
NOW = make.organisation.NOW


def pk(who: make.Who) -> int:
    assert who.employee is not None
    return who.employee.pk


def states(region: make.Region, run_id: int) -> list[tuple[int, SignupStatus, int | None]]:
    rows = courses.list_signups(make.system(region), run_id=run_id)
    return [(row.employee_id, row.status, row.place) for row in rows]


def declare(region: make.Region, run_id: int, **policy: object) -> None:
    courses.declare_policy(make.system(region), run_id=run_id, policy=PolicyInput(**policy))  # type: ignore[arg-type]


def holds(region: make.Region, run_id: int) -> None:
    """The logged history, played again, comes to the same."""
    assert courses.replay_run(make.system(region), run_id=run_id) == []


class TestPolicy:
    def test_kept_seats_are_let_go_on_a_day_of_their_own(self) -> None:
        region = make.region(municipalities=2)
        (chief, (kari, *_)), (_, _) = (made.team(town) for town in region.municipalities)
        measure_id = made_orders.plan(region)
        made_orders.order(region, region.municipalities[1], measure_id, seats=1)
        run_id = made.run(region, seats=1, measure_id=measure_id)
        declare(region, run_id, release_on=(NOW + timedelta(days=5)).date())
        made.seat(run_id, chief, kari)
        assert states(region, run_id) == [(pk(kari), WAITING, 1)]

        assert courses.release_seats(make.system(region, NOW + timedelta(days=4)), region_id=region.tenant_id) == 0
        assert courses.release_seats(make.system(region, NOW + timedelta(days=5)), region_id=region.tenant_id) == 1

        assert states(region, run_id) == [(pk(kari), SEATED, None)]
        holds(region, run_id)

    def test_the_office_gives_a_seat_it_holds_and_that_is_recorded(self) -> None:
        region = make.region()
        chief, (kari, ola, _) = made.team(region.municipalities[0])
        run_id = made.run(region, seats=2)
        declare(region, run_id, office_seats=1)
        made.seat(run_id, chief, kari)
        waits = made.seat(run_id, chief, ola)
        assert courses.get_signup(make.context(ola), signup_id=waits).why == Ground.KEPT_BY_OFFICE
        with pytest.raises(Refused):
            courses.give_office_seat(make.context(chief), signup_id=waits)

        courses.give_office_seat(make.context(make.office(region)), signup_id=waits)

        row = courses.get_signup(make.context(ola), signup_id=waits)
        assert (row.status, row.why) == (SEATED, Ground.OFFICE)
        assert courses.get_policy(make.system(region), run_id=run_id).office_seats == 0
        with pytest.raises(DoesNotWait):
            courses.give_office_seat(make.system(region), signup_id=waits)
        holds(region, run_id)

    def test_refuses_what_does_not_fit_and_changes_nothing(self) -> None:
        region = make.region()
        chief, (kari, ola, per) = made.team(region.municipalities[0])
        run_id = made.run(region, seats=2)
        made.seat(run_id, chief, kari)
        made.seat(run_id, chief, ola)
        waits = made.seat(run_id, chief, per)

        with pytest.raises(OfficeSeatsDoNotFit):
            declare(region, run_id, office_seats=1)
        with pytest.raises(ReleaseIsAfterStart):
            declare(region, run_id, release_on=(NOW + timedelta(days=41)).date())
        with pytest.raises(NoOfficeSeat):
            courses.give_office_seat(make.system(region), signup_id=waits)
        with pytest.raises(Refused):
            courses.declare_policy(make.context(chief), run_id=run_id, policy=PolicyInput())
        assert courses.get_policy(make.system(region), run_id=run_id) == PolicyInput()

    def test_lowering_below_those_who_sit_or_what_the_office_holds_says_what_to_do(self) -> None:
        region = make.region()
        chief, (kari, ola, _) = made.team(region.municipalities[0])
        measure_id = made_orders.plan(region)
        run_id = made.run(region, seats=3, measure_id=measure_id)
        made.seat(run_id, chief, kari)
        declare(region, run_id, office_seats=1)
        smaller = made.run_input(measure_id, seats=1)

        with pytest.raises(OfficeSeatsDoNotFit):
            courses.change_run(make.system(region), run_id=run_id, run=smaller)
        declare(region, run_id)
        courses.change_run(make.system(region), run_id=run_id, run=smaller)
        courses.change_run(make.system(region), run_id=run_id, run=replace(smaller, max_seats=2))
        made.seat(run_id, chief, ola)
        with pytest.raises(CapacityBelowSeated, match="Meld noen av først"):
            courses.change_run(make.system(region), run_id=run_id, run=smaller)
        holds(region, run_id)

    def test_a_run_without_approval_gives_the_seat_to_the_one_who_asks(self) -> None:
        region = make.region()
        _, (kari, ola, _) = made.team(region.municipalities[0])
        run_id = made.run(region, seats=1)
        declare(region, run_id, needs_approval=False)

        first = courses.sign_up(make.context(kari), run_id=run_id, employee_id=pk(kari))
        second = courses.sign_up(make.context(ola), run_id=run_id, employee_id=pk(ola))

        assert (first.status, second.status, second.place) == (SEATED, WAITING, 1)
        holds(region, run_id)


class TestStatutory:
    def test_one_who_lacks_what_the_law_asks_stands_ahead_where_the_run_says_so(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        region = make.region()
        chief, (kari, ola, per) = made.team(region.municipalities[0])
        run_id = made.run(region, seats=1, measure_id=made_orders.plan(region, requirement="K-001"))
        monkeypatch.setattr(
            "kompetanse.domains.courses.operations.statutory.competence.list_lacking_by_law",
            lambda ctx, *, code, employee_ids: frozenset({pk(per)}) & set(employee_ids),
        )
        declare(region, run_id, statutory_first=True)
        seated = made.seat(run_id, chief, kari)
        made.seat(run_id, chief, ola)
        made.seat(run_id, chief, per)
        assert states(region, run_id) == [
            (pk(kari), SEATED, None), (pk(ola), WAITING, 2), (pk(per), WAITING, 1),
        ]  # fmt: skip

        courses.withdraw(make.context(kari), signup_id=seated)

        assert states(region, run_id)[1:] == [(pk(ola), WAITING, 1), (pk(per), SEATED, None)]
        (row,) = [r for r in courses.list_signups(make.system(region), run_id=run_id) if r.employee_id == pk(per)]
        assert row.why == Ground.STATUTORY
        holds(region, run_id)


class TestGroups:
    def test_gets_seats_for_all_or_none(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 5)
        run_id = made.run(region, seats=3)
        ctx = make.context(chief)
        first = made.seat(run_id, chief, people[3])
        courses.ask_for_seats(ctx, run_id=run_id, employee_ids=[pk(p) for p in people[:3]], as_group=True)
        assert {status for who, status, _ in states(region, run_id) if who != pk(people[3])} == {WAITING}

        courses.withdraw(make.context(people[3]), signup_id=first)

        assert [status for who, status, _ in states(region, run_id) if who != pk(people[3])] == [SEATED] * 3
        holds(region, run_id)

    def test_one_who_declines_lets_the_rest_be_seated(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        chief, people = made.team(town, 3)
        top = make.leader(town, town.root)
        run_id = made.run(region, seats=3)
        ids = courses.ask_for_seats(
            make.context(chief), run_id=run_id, employee_ids=[pk(chief), pk(people[0]), pk(people[1])], as_group=True
        )
        assert [status for _, status, _ in states(region, run_id)] == [ASKED, WAITING, WAITING]

        courses.decline_signup(make.context(top), signup_id=ids[0])

        assert [status for _, status, _ in states(region, run_id)][1:] == [SEATED, SEATED]
        holds(region, run_id)

    def test_refuses_a_group_of_one_and_one_that_never_fits(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 3)
        run_id = made.run(region, seats=2)
        ctx = make.context(chief)

        with pytest.raises(GroupIsTooSmall):
            courses.ask_for_seats(ctx, run_id=run_id, employee_ids=[pk(people[0])], as_group=True)
        with pytest.raises(GroupIsTooLarge):
            courses.ask_for_seats(ctx, run_id=run_id, employee_ids=[pk(p) for p in people], as_group=True)
        assert states(region, run_id) == []


class TestOffers:
    def offered(self) -> tuple[make.Region, int, list[make.Who], list[int]]:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 3)
        run_id = made.run(region, seats=1)
        declare(region, run_id, offer_days=60, offer_hours=24)
        ids = [made.seat(run_id, chief, who) for who in people]
        courses.withdraw(make.context(people[0]), signup_id=ids[0])
        assert [status for _, status, _ in states(region, run_id)][1:] == [OFFERED, WAITING]
        return region, run_id, people, ids

    def test_is_taken(self) -> None:
        region, run_id, people, ids = self.offered()

        courses.accept_offer(make.context(people[1]), signup_id=ids[1])

        assert states(region, run_id)[1:] == [(pk(people[1]), SEATED, None), (pk(people[2]), WAITING, 1)]
        with pytest.raises(NoOffer):
            courses.accept_offer(make.context(people[1]), signup_id=ids[1])
        holds(region, run_id)

    def test_is_refused_and_goes_to_the_next(self) -> None:
        region, run_id, people, ids = self.offered()

        courses.refuse_offer(make.context(people[1]), signup_id=ids[1])

        assert [status for _, status, _ in states(region, run_id)][1:] == [SignupStatus.WITHDRAWN, OFFERED]
        with tenant_scope(make.system(region)):
            assert Message.objects.filter(person_id=people[2].person_id, subject__startswith="Du får tilbud").exists()
        holds(region, run_id)

    def test_runs_out_and_walks_down_the_line(self) -> None:
        region, run_id, people, ids = self.offered()
        late = NOW + timedelta(hours=25)
        assert courses.expire_offers(make.system(region), region_id=region.tenant_id) == 0

        assert courses.expire_offers(make.system(region, late), region_id=region.tenant_id) == 1

        rows = courses.list_signups(make.system(region), run_id=run_id)
        assert [row.status for row in rows][1:] == [SignupStatus.WITHDRAWN, OFFERED]
        assert rows[1].why == OFFER_EXPIRED
        with pytest.raises(NoOffer):
            courses.accept_offer(make.context(people[1], late), signup_id=ids[1])
        holds(region, run_id)

    def test_is_not_anothers_to_answer(self) -> None:
        _, _, people, ids = self.offered()
        with pytest.raises((Refused, NotFound)):
            courses.accept_offer(make.context(people[2]), signup_id=ids[1])

    def test_the_clock_looks_at_every_region(self, settings: object) -> None:
        region, run_id, _, _ = self.offered()
        settings.CLOCK_OFFSET = NOW + timedelta(hours=25) - datetime.now(UTC)  # type: ignore[attr-defined]
        tasks.expire_offers()
        assert [status for _, status, _ in states(region, run_id)][1:] == [SignupStatus.WITHDRAWN, OFFERED]


class TestInterest:
    def test_becomes_sign_ups_in_its_order_when_a_run_is_opened(self) -> None:
        region = make.region(municipalities=2)
        (_, (kari, *_)), (_, (ola, *_)) = (made.team(town) for town in region.municipalities)
        measure_id = made_orders.plan(region)
        courses.tell_interest(make.context(ola), measure_id=measure_id, employee_id=pk(ola))
        courses.tell_interest(make.context(kari, NOW + timedelta(hours=1)), measure_id=measure_id, employee_id=pk(kari))
        with pytest.raises(AlreadyInterested):
            courses.tell_interest(make.context(kari), measure_id=measure_id, employee_id=pk(kari))

        run_id = made.run(region, measure_id=measure_id)

        assert states(region, run_id) == [(pk(ola), ASKED, None), (pk(kari), ASKED, None)]
        with tenant_scope(make.system(region)):
            assert Message.objects.filter(person_id=ola.person_id, subject__startswith="Kurset har fått").count() == 1
        assert courses.list_own_interests(make.context(ola)) == []

    def test_is_withdrawn_by_the_one_whose_it_is(self) -> None:
        region = make.region()
        _, (kari, ola, _) = made.team(region.municipalities[0])
        measure_id = made_orders.plan(region)
        interest_id = courses.tell_interest(make.context(kari), measure_id=measure_id, employee_id=pk(kari))
        with pytest.raises(Refused):
            courses.withdraw_interest(make.context(ola), interest_id=interest_id)

        courses.withdraw_interest(make.context(kari), interest_id=interest_id)

        with pytest.raises(HasNoInterest):
            courses.withdraw_interest(make.context(kari), interest_id=interest_id)
        assert states(region, made.run(region, measure_id=measure_id)) == []

    def test_one_who_has_left_is_let_go(self) -> None:
        region = make.region()
        _, (kari, *_) = made.team(region.municipalities[0])
        measure_id = made_orders.plan(region)
        courses.tell_interest(make.context(kari), measure_id=measure_id, employee_id=pk(kari))
        with tenant_scope(make.system(region)):
            Post.objects.filter(employee=kari.employee).update(valid_to="2027-01-01")

        assert states(region, made.run(region, measure_id=measure_id)) == []
        with tenant_scope(make.system(region)):
            assert [one.status for one in Interest.objects.filter(measure_id=measure_id)] == ["withdrawn"]


class TestMove:
    def test_to_another_run_of_the_measure_in_one_act(self) -> None:
        region = make.region()
        chief, (kari, ola, _) = made.team(region.municipalities[0])
        measure_id = made_orders.plan(region)
        spring, autumn = (made.run(region, seats=1, measure_id=measure_id) for _ in range(2))
        signup_id = made.seat(spring, chief, kari)
        made.seat(spring, chief, ola)

        standing = courses.move_signup(make.context(kari), signup_id=signup_id, run_id=autumn)

        assert standing.status is SEATED
        assert states(region, spring) == [(pk(kari), SignupStatus.WITHDRAWN, None), (pk(ola), SEATED, None)]
        assert states(region, autumn) == [(pk(kari), SEATED, None)]
        holds(region, spring)
        holds(region, autumn)

    def test_refuses_another_measure_and_where_one_stands_already(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        measure_id = made_orders.plan(region)
        spring, autumn = (made.run(region, measure_id=measure_id) for _ in range(2))
        other = make.region()
        signup_id = made.seat(spring, chief, kari)
        made.seat(autumn, chief, kari)

        with pytest.raises(AlreadySignedUp):
            courses.move_signup(make.context(kari), signup_id=signup_id, run_id=autumn)
        with pytest.raises(AnotherMeasure):
            courses.move_signup(make.context(kari), signup_id=signup_id, run_id=spring)
        with pytest.raises(NotFound):
            courses.move_signup(make.context(kari), signup_id=signup_id, run_id=made.run(other))
        assert states(region, spring) == [(pk(kari), SEATED, None)]


class TestSubstitute:
    def test_takes_over_the_seat_past_the_line(self) -> None:
        region = make.region()
        chief, (kari, ola, per) = made.team(region.municipalities[0])
        run_id = made.run(region, seats=1)
        signup_id = made.seat(run_id, chief, kari)
        made.seat(run_id, chief, ola)

        courses.replace_participant(make.context(chief), signup_id=signup_id, employee_id=pk(per))

        assert states(region, run_id) == [
            (pk(kari), SignupStatus.WITHDRAWN, None), (pk(ola), WAITING, 1), (pk(per), SEATED, None),
        ]  # fmt: skip
        holds(region, run_id)

    def test_refuses_one_from_elsewhere_one_who_lacks_and_a_seat_nobody_has(
        self,
    ) -> None:
        region = make.region(municipalities=2)
        (chief, (kari, ola, per)), (_, (elsewhere, *_)) = (made.team(town) for town in region.municipalities)
        run_id = made.run(region, seats=1)
        signup_id = made.seat(run_id, chief, kari)
        waits = made.seat(run_id, chief, ola)
        office = make.context(make.office(region))
        before = states(region, run_id)

        with pytest.raises(SubstituteFromElsewhere):
            courses.replace_participant(office, signup_id=signup_id, employee_id=pk(elsewhere))
        with pytest.raises(NobodyToReplace):
            courses.replace_participant(office, signup_id=waits, employee_id=pk(per))
        with tenant_scope(make.system(region)):
            RunContent.objects.filter(run_id=run_id).update(required_codes=["GDPR"])
        with pytest.raises(SubstituteLacks, match="ersonvern"):
            courses.replace_participant(office, signup_id=signup_id, employee_id=pk(per))
        assert states(region, run_id) == before


class TestPassUp:
    def test_goes_to_the_leader_above_then_to_hr_and_then_to_the_office_too(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        top = make.leader(town, town.root)
        chief, (kari, *_) = made.team(town)
        hr = make.with_role(region, Role.HR, town=town)
        office = make.office(region)
        run_id = made.run(region)
        signup_id = made.signup(run_id, kari)
        assert [r.id for r in courses.list_approvals(make.context(chief)).mine] == [signup_id]

        def pass_up(days: int) -> int:
            ctx = make.system(region, NOW + timedelta(days=days))
            return courses.pass_up_approvals(ctx, region_id=region.tenant_id)

        assert pass_up(2) == 0
        assert pass_up(3) == 1
        assert [r.id for r in courses.list_approvals(make.context(top)).mine] == [signup_id]
        assert pass_up(4) == 0
        assert pass_up(6) == 1
        assert [r.id for r in courses.list_approvals(make.context(hr)).mine] == [signup_id]
        with tenant_scope(make.system(region)):
            told = Message.objects.filter(cause__startswith=f"ask-{signup_id}")
            assert {message.person_id for message in told} >= {
                chief.person_id, top.person_id, hr.person_id, office.person_id,
            }  # fmt: skip
        courses.approve_signup(make.context(chief), signup_id=signup_id)  # who should have answered still may
        assert pass_up(20) == 0

    def test_a_leader_who_is_away_is_passed_by(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        top = make.leader(town, town.root)
        chief, (kari, *_) = made.team(town)
        with tenant_scope(make.system(region)):
            Post.objects.filter(employee=chief.employee).update(leave_from="2027-03-01", leave_to="2027-04-01")

        signup_id = made.signup(made.run(region), kari)

        assert [r.id for r in courses.list_approvals(make.context(top)).mine] == [signup_id]

    def test_the_acting_leader_comes_before_the_one_who_is_away(self) -> None:
        region = make.region()
        chief, (kari, acting, _) = made.team(region.municipalities[0])
        assert kari.post is not None
        with tenant_scope(make.system(region)):
            Post.objects.filter(employee=chief.employee).update(leave_from="2027-03-01", leave_to="2027-04-01")
            Leadership.objects.create(
                tenant_id=region.municipalities[0].tenant_id, unit=kari.post.unit, employee=acting.employee,
                is_acting=True, valid_from="2027-01-01",
            )  # fmt: skip
        signup_id = made.signup(made.run(region), kari)
        assert [r.id for r in courses.list_approvals(make.context(acting)).mine] == [signup_id]


class TestWhy:
    def test_tells_the_place_the_rule_and_the_numbers_and_no_names(self) -> None:
        region = make.region()
        chief, people = made.team(region.municipalities[0], 5)
        run_id = made.run(region, seats=1)
        ids = [made.seat(run_id, chief, who) for who in people]

        page = courses.get_why(make.context(people[4]), signup_id=ids[4])

        assert "På ventelisten er du nummer 4 av 4." in page.sentences
        assert "De 3 foran deg meldte seg på før deg." in page.sentences
        assert [(d.rule, d.taken, d.open, d.left) for d in page.decisions] == [(Ground.FULL, 1, 0, 0)]
        assert not any(who.account.display_name in " ".join(page.sentences) for who in people)
        with pytest.raises(NotFound):
            courses.get_why(make.context(people[3]), signup_id=ids[4])

    def test_decisions_cannot_be_changed_afterwards(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        made.seat(made.run(region), chief, kari)
        with pytest.raises(Exception, match="permission denied"), tenant_scope(make.system(region)):
            SeatDecision.objects.filter(signup__isnull=False).update(rule="x")


class TestCautions:
    def test_one_who_is_booked_or_away_is_warned_of_and_not_stopped(self) -> None:
        region = make.region()
        chief, (kari, ola, _) = made.team(region.municipalities[0])
        measure_id = made_orders.plan(region)
        booked = made.run(region, title="Hjertestarter", measure_id=measure_id)
        made.seat(booked, chief, kari)
        run_id = made.run(region, measure_id=measure_id)
        with tenant_scope(make.system(region)):
            Post.objects.filter(employee=ola.employee).update(leave_from="2027-04-01", leave_to="2027-06-01")

        found = courses.list_cautions(make.context(chief), run_id=run_id, employee_ids=[pk(kari), pk(ola)])

        assert "Hjertestarter" in found[pk(kari)][0]
        assert "permisjon" in found[pk(ola)][0]
        made.seat(run_id, chief, kari)
        made.seat(run_id, chief, ola)
        assert len(states(region, run_id)) == 2


class TestList:
    def test_is_shown_before_it_is_done_and_takes_people_without_mail(self) -> None:
        region = make.region()
        chief, (kari, ola, per) = made.team(region.municipalities[0])
        run_id = made.run(region, seats=5)
        ctx = make.context(chief)
        assert kari.post is not None
        assert ola.employee is not None
        assert per.employee is not None
        with tenant_scope(make.system(region)):
            type(per.employee).objects.filter(pk=per.employee.pk).update(email="")
        text = f"{kari.post.employee_number}\n{ola.employee.email}; Ola\n{per.employee.name}\nUkjent Person\n"

        found = courses.read_list(ctx, run_id=run_id, text=text + str(kari.post.employee_number))

        assert [row.employee_id for row in found] == [pk(kari), pk(ola), pk(per), None, None]
        assert "Fant ingen" in found[3].fault
        assert "to ganger" in found[4].fault
        assert states(region, run_id) == []
        ids = [row.employee_id for row in found if row.employee_id]
        assert len(courses.sign_up_listed(ctx, run_id=run_id, employee_ids=ids)) == 3
        assert [status for _, status, _ in states(region, run_id)] == [SEATED] * 3

    def test_by_hr_waits_for_nobody_and_by_the_office_for_the_leader(self) -> None:
        region = make.region()
        _, (kari, ola, _) = made.team(region.municipalities[0])
        hr = make.with_role(region, Role.HR, town=region.municipalities[0])
        run_id = made.run(region, seats=5)

        courses.sign_up_listed(make.context(hr), run_id=run_id, employee_ids=[pk(kari)])
        courses.sign_up_listed(make.context(make.office(region)), run_id=run_id, employee_ids=[pk(ola)])

        assert [status for _, status, _ in states(region, run_id)] == [SEATED, ASKED]

    def test_refuses_after_the_deadline_and_people_of_others(self) -> None:
        region = make.region(municipalities=2)
        (chief, (kari, *_)), (_, (elsewhere, *_)) = (made.team(town) for town in region.municipalities)
        run_id = made.run(region)
        late = make.context(chief, NOW + timedelta(days=31))
        with pytest.raises(DeadlineHasPassed):
            courses.sign_up_listed(late, run_id=run_id, employee_ids=[pk(kari)])
        with pytest.raises((Refused, NotFound)):
            courses.sign_up_listed(make.context(chief), run_id=run_id, employee_ids=[pk(kari), pk(elsewhere)])
        assert states(region, run_id) == []
