"""Terms of a run against a real database: frozen for who signed up, charged once, and let go with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses import tasks
from kompetanse.domains.courses.models import Run, RunTermsChoice, Signup, Terms
from kompetanse.domains.courses.operations.terms import charge_replacement
from kompetanse.domains.courses.types import Act, RunCannotBeChanged, TermsInput, Tier, WaiveGround
from kompetanse.domains.courses.types.terms import (
    ChargeIsWaived,
    DocumentationDoesNotHelp,
    DocumentationIsLate,
    FeeIsImpossible,
    RunIsDecided,
    TermsAreOfAnotherRegion,
    TooFewWithoutReason,
    WaivingNeedsReason,
)
from kompetanse.domains.messages.models import Message
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import clock
from kompetanse.foundation.operation import operation
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.money import Money
from tests import make
from tests.make import courses as made
from tests.make import settlements as made_money

FEE = 1500_00
NOW = make.organisation.NOW
LATE = NOW + timedelta(days=30)  # ten days before the run: half the fee


def bound_run(region: make.Region, *, seats: int = 2, told: TermsInput | None = None) -> int:
    """A run on terms, with a fee."""
    run_id = made.run(region, seats=seats)
    courses.choose_terms(make.system(region), run_id=run_id, terms_id=made_money.terms(region, told), fee_ore=FEE)
    return run_id


class TestMakeTerms:
    def test_the_same_name_is_the_next_version_and_the_last_one_is_listed(self) -> None:
        region = make.region()
        office = make.context(make.office(region))
        told = TermsInput("Vilkår  for RKK", (Tier(14, 50),))

        first = courses.make_terms(office, region_id=region.tenant_id, terms=told)
        second = courses.make_terms(office, region_id=region.tenant_id, terms=replace(told, tiers=(Tier(7, 100),)))

        [row] = courses.list_terms(office)
        assert (row.id, row.version, row.name, row.told.tiers) == (second, 2, "Vilkår for RKK", (Tier(7, 100),))
        assert first != second

    def test_refuses_others_than_the_office_and_other_regions(self) -> None:
        region = make.region()
        for who in (make.leader(region.municipalities[0]), make.office(make.region())):
            with pytest.raises(Refused):
                courses.make_terms(make.context(who), region_id=region.tenant_id, terms=TermsInput("Vilkår"))

    def test_what_is_made_is_never_altered(self) -> None:
        region = make.region()
        terms_id = made_money.terms(region)
        bound_run(region, told=TermsInput("Andre vilkår"))
        for change in (
            lambda: Terms.objects.filter(pk=terms_id).update(stay_away_ore=1),
            lambda: RunTermsChoice.objects.update(fee_ore=1),
            lambda: RunTermsChoice.objects.all().delete(),
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), tenant_scope(make.system(region)):
                change()


class TestChooseTerms:
    def test_who_has_signed_up_keeps_the_terms_of_that_moment(self) -> None:
        region = make.region()
        run_id = bound_run(region, seats=3)
        chief, people = made.team(region.municipalities[0], 2)
        first = made.seat(run_id, chief, people[0])
        later = make.system(region, NOW + timedelta(hours=1))
        courses.choose_terms(later, run_id=run_id, terms_id=made_money.terms(region), fee_ore=9000_00)
        assert people[1].employee is not None
        second = courses.ask_for_seat(
            make.context(chief, NOW + timedelta(hours=2)), run_id=run_id, employee_id=people[1].employee.pk
        )

        costs = [
            courses.list_consequences(make.system(region, LATE), signup_id=signup_id)[0].amount
            for signup_id in (first, second)
        ]

        assert costs == [Money(750_00), Money(4500_00)]

    def test_choosing_the_same_again_writes_nothing(self) -> None:
        region = make.region()
        run_id = bound_run(region)
        ctx = make.system(region)
        found = courses.get_run_terms(ctx, run_id=run_id)
        assert found.terms is not None

        courses.choose_terms(ctx, run_id=run_id, terms_id=found.terms.id, fee_ore=FEE)

        assert courses.get_run_terms(ctx, run_id=run_id).mark == found.mark

    def test_refuses_what_cannot_be(self) -> None:
        region, other = make.region(), make.region()
        run_id, ctx = made.run(region), make.system(region)
        with pytest.raises(FeeIsImpossible):
            courses.choose_terms(ctx, run_id=run_id, terms_id=None, fee_ore=-1)
        with pytest.raises(FeeIsImpossible):
            courses.choose_terms(ctx, run_id=run_id, terms_id=None, fee_ore=10**12)
        with pytest.raises(NotFound):
            courses.choose_terms(ctx, run_id=run_id, terms_id=made_money.terms(other))
        both = Context(ctx.actor, region.tenants | other.tenants, ctx.now)
        with pytest.raises(TermsAreOfAnotherRegion):
            courses.choose_terms(both, run_id=run_id, terms_id=made_money.terms(other))
        with pytest.raises(Refused):
            courses.choose_terms(
                make.context(make.leader(region.municipalities[0])), run_id=run_id, terms_id=None, fee_ore=1
            )
        courses.cancel_run(ctx, run_id=run_id, reason="Få påmeldte")
        with pytest.raises(RunCannotBeChanged):
            courses.choose_terms(ctx, run_id=run_id, terms_id=None, fee_ore=1)


class TestCharges:
    def test_withdrawing_late_is_charged_to_the_municipality_once_and_what_was_said_before(self) -> None:
        region = make.region()
        run_id = bound_run(region)
        chief, people = made.team(region.municipalities[0], 1)
        signup_id = made.seat(run_id, chief, people[0])
        late = make.context(people[0], LATE)
        said = courses.list_consequences(late, signup_id=signup_id)

        courses.withdraw(late, signup_id=signup_id)

        [charge] = courses.list_charges(late)
        assert (charge.act, charge.amount_ore, charge.days_left) == (Act.WITHDRAW, said[0].amount.ore, 10)
        assert charge.amount_ore == 750_00
        assert not charge.may_waive

    def test_early_waiting_and_without_terms_is_free(self) -> None:
        region = make.region()
        run_id = bound_run(region, seats=1)
        chief, people = made.team(region.municipalities[0], 2)
        first, waiting = (made.seat(run_id, chief, who) for who in people)
        assert courses.list_consequences(make.context(people[1], LATE), signup_id=waiting) == ()
        courses.withdraw(make.context(people[1], LATE), signup_id=waiting)
        courses.withdraw(make.context(people[0]), signup_id=first)
        plain = made.run(region, measure_id=courses.get_run(make.system(region), run_id=run_id).run.measure_id)
        other = made.seat(plain, chief, people[0])
        courses.withdraw(make.context(people[0], LATE), signup_id=other)

        assert courses.list_charges(make.system(region)) == []

    def test_staying_away_is_charged_and_falls_away_when_attendance_is_corrected(self) -> None:
        region = make.region()
        run_id = bound_run(region)
        chief, people = made.team(region.municipalities[0], 2)
        one, two = (made.seat(run_id, chief, who) for who in people)
        after = make.system(region, made.AFTER)
        courses.record_attendance(after, run_id=run_id, present=[one])
        courses.record_attendance(after, run_id=run_id, present=[one])
        [charge] = courses.list_charges(after, run_id=run_id)
        assert (charge.act, charge.amount_ore, charge.stands) == (Act.STAY_AWAY, FEE, True)

        courses.record_attendance(after, run_id=run_id, present=[one, two], reason="Var der likevel")
        [charge] = courses.list_charges(after, run_id=run_id)
        assert charge.waive_ground is WaiveGround.CORRECTED
        courses.record_attendance(after, run_id=run_id, present=[one], reason="Nei, det var en annen")

        assert [it.stands for it in courses.list_charges(after, run_id=run_id)] == [True, False]

    def test_after_a_move_who_had_signed_up_withdraws_for_free_for_some_days(self) -> None:
        region = make.region()
        run_id = bound_run(region, told=TermsInput("Vilkår", (Tier(365, 100),), moved_days=5))
        chief, people = made.team(region.municipalities[0], 2)
        first, second = (made.seat(run_id, chief, who) for who in people)
        run = courses.get_run(make.system(region), run_id=run_id).run
        moved = make.system(region, NOW + timedelta(days=2))
        courses.change_run(
            moved, run_id=run_id,
            run=made.run_input(run.measure_id, starts_at=run.starts_at + timedelta(days=1)),
        )  # fmt: skip

        courses.withdraw(make.context(people[0], NOW + timedelta(days=7)), signup_id=first)
        courses.withdraw(make.context(people[1], NOW + timedelta(days=8)), signup_id=second)

        assert [it.amount_ore for it in courses.list_charges(moved)] == [FEE]

    def test_a_run_that_is_called_off_costs_nobody_anything(self) -> None:
        region = make.region()
        run_id = bound_run(region)
        chief, people = made.team(region.municipalities[0], 1)
        made.seat(run_id, chief, people[0])

        courses.cancel_run(make.system(region, LATE), run_id=run_id, reason="For få")

        assert courses.list_charges(make.system(region)) == []

    @pytest.mark.parametrize(("free", "count"), [(True, 0), (False, 1)])
    def test_being_replaced_is_free_where_the_terms_say_so(self, free: bool, count: int) -> None:
        region = make.region()
        run_id = bound_run(region, told=TermsInput("Vilkår", (Tier(14, 50),), replacing_is_free=free))
        chief, people = made.team(region.municipalities[0], 1)
        signup_id = made.seat(run_id, chief, people[0])

        @operation
        def replace_participant(ctx: Context) -> None:
            charge_replacement(ctx, Run.objects.get(pk=run_id), Signup.objects.get(pk=signup_id))

        replace_participant(make.system(region, LATE))

        found = courses.list_charges(make.system(region))
        assert [it.amount_ore for it in found] == [750_00] * count

    def test_are_seen_by_the_person_those_who_lead_them_and_the_office(self) -> None:
        region = make.region(municipalities=2)
        run_id = bound_run(region)
        chief, people = made.team(region.municipalities[0], 1)
        signup_id = made.seat(run_id, chief, people[0])
        courses.withdraw(make.context(people[0], LATE), signup_id=signup_id)
        neighbour = make.with_role(region, Role.CONTACT_PERSON, town=region.municipalities[1])

        seen = [len(courses.list_charges(make.context(who))) for who in (people[0], chief, make.office(region))]

        assert seen == [1, 1, 1]
        assert courses.list_charges(make.context(neighbour)) == []


class TestWaiveCharge:
    def _charge(self, region: make.Region, told: TermsInput | None = None) -> int:
        run_id = bound_run(region, told=told)
        chief, people = made.team(region.municipalities[0], 1)
        courses.withdraw(make.context(people[0], LATE), signup_id=made.seat(run_id, chief, people[0]))
        return courses.list_charges(make.system(region))[0].id

    def test_when_absence_is_documented_in_time(self) -> None:
        region = make.region()
        charge_id = self._charge(region)
        with pytest.raises(DocumentationIsLate):
            courses.waive_charge(
                make.system(region, LATE + timedelta(days=4)), charge_id=charge_id, ground=WaiveGround.DOCUMENTED
            )
        office = make.context(make.office(region), LATE + timedelta(days=3))

        courses.waive_charge(office, charge_id=charge_id, ground=WaiveGround.DOCUMENTED, reason="Influensa")

        [row] = courses.list_charges(office)
        assert (row.stands, row.waive_ground, row.waive_reason) == (False, WaiveGround.DOCUMENTED, "")  # no health
        with pytest.raises(ChargeIsWaived):
            courses.waive_charge(office, charge_id=charge_id, ground=WaiveGround.OTHER, reason="Igjen")

    def test_for_another_reason_that_is_written_down(self) -> None:
        region = make.region()
        charge_id = self._charge(region, TermsInput("Uten", (Tier(14, 50),)))
        ctx = make.system(region, LATE)
        with pytest.raises(WaivingNeedsReason):
            courses.waive_charge(ctx, charge_id=charge_id, ground=WaiveGround.OTHER, reason="  ")
        with pytest.raises(DocumentationDoesNotHelp):
            courses.waive_charge(ctx, charge_id=charge_id, ground=WaiveGround.DOCUMENTED)
        with pytest.raises(Refused):
            courses.waive_charge(
                make.context(make.with_role(region, Role.HR, town=region.municipalities[0])),
                charge_id=charge_id, ground=WaiveGround.OTHER, reason="Snill",
            )  # fmt: skip

        courses.waive_charge(ctx, charge_id=charge_id, ground=WaiveGround.OTHER, reason="Vår feil")

        assert courses.list_charges(ctx)[0].waive_reason == "Vår feil"


class TestDecideGo:
    def test_with_fewer_than_the_least_it_needs_a_reason(self) -> None:
        region = make.region()
        run_id = bound_run(region)
        ctx = make.context(make.office(region))
        with pytest.raises(TooFewWithoutReason):
            courses.decide_go(ctx, run_id=run_id)

        courses.decide_go(ctx, run_id=run_id, reason="Lovpålagt")

        assert courses.get_run_terms(ctx, run_id=run_id).decided_at == ctx.now
        with pytest.raises(RunIsDecided):
            courses.decide_go(ctx, run_id=run_id, reason="Igjen")

    def test_the_office_is_warned_three_days_before_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        region = make.region()
        office = make.office(region)
        run_id = bound_run(region)  # decided seven days before
        due = NOW + timedelta(days=33)

        assert courses.warn_of_decisions(make.system(region, due - timedelta(days=4)), region_id=region.tenant_id) == 0
        for day in (3, 2, 0):
            monkeypatch.setattr(clock, "now", lambda day=day: due - timedelta(days=day))
            tasks.warn_of_decisions()

        with tenant_scope(make.system(region)):
            [letter] = Message.objects.filter(person_id=office.person_id)
        assert f"KURS-{run_id}" in letter.body
        assert f"{due:%d.%m.%Y}" in letter.body
        courses.decide_go(make.system(region), run_id=run_id, reason="Lovpålagt")
        assert courses.warn_of_decisions(make.system(region, due), region_id=region.tenant_id) == 0
