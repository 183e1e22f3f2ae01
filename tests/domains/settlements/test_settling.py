"""Settling against a real database: exact, once, by two people, and never edited."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, ProgrammingError, connections

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import WaiveGround
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.models import Municipality
from kompetanse.domains.organisation.types import OrganisationNumberIsWrong, Role
from kompetanse.domains.settlements import api as settlements
from kompetanse.domains.settlements.models import BaseNumber, Invoice, Settlement, Share
from kompetanse.domains.settlements.types import (
    CostKind,
    CostLineInput,
    Key,
    PartInput,
    Place,
    SellerInput,
    Status,
    SubsidyInput,
    Vat,
)
from kompetanse.domains.settlements.types.refusals import (
    ActualIsMissing,
    AmountIsImpossible,
    BaseIsMissing,
    CorrectionNeedsReason,
    CountIsImpossible,
    MakerMayNotApprove,
    NothingHasChanged,
    NothingIsSpent,
    PartIsUnknown,
    PayerLacksNumber,
    SellerIsMissing,
    SettlementHasMovedOn,
    TextIsImpossible,
    TooManyLines,
)
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import courses as made_courses
from tests.make import settlements as made


def deeds(region: make.Region) -> int:
    with tenant_scope(make.system(region)):
        return Deed.objects.count()


def shares(region: make.Region, settlement_id: int) -> dict[int, int]:
    page = settlements.get_settlement(make.system(region), settlement_id=settlement_id)
    return {share.municipality_id: share.amount_ore for share in page.shares}


class TestOpenCosting:
    def test_is_one_for_a_run_and_one_for_its_measure(self) -> None:
        region = make.region()
        run_id = made_courses.run(region)
        ctx = make.context(make.office(region))
        measure_id = courses.get_run(ctx, run_id=run_id).run.measure_id

        one = settlements.open_costing(ctx, run_id=run_id)
        other = settlements.open_costing(ctx, measure_id=measure_id)

        assert settlements.open_costing(ctx, run_id=run_id) == one
        assert settlements.open_costing(ctx, measure_id=measure_id) == other != one
        assert settlements.find_costing(ctx, run_id=run_id) == one
        assert settlements.find_costing(ctx, measure_id=measure_id) == other
        assert {row.id for row in settlements.list_costings(ctx)} == {one, other}

    def test_refuses_others_than_the_office(self) -> None:
        region = make.region()
        run_id = made_courses.run(region)
        for who in (make.leader(region.municipalities[0]), make.with_role(region, Role.CHIEF_EXECUTIVE)):
            with pytest.raises(Refused):
                settlements.open_costing(make.context(who), run_id=run_id)


class TestSetCostLine:
    @pytest.mark.parametrize(
        ("line", "error"),
        [
            (CostLineInput(CostKind.ROOM, "Sal", -1), AmountIsImpossible),
            (CostLineInput(CostKind.ROOM, "Sal", 10**14), AmountIsImpossible),
            (CostLineInput(CostKind.ROOM, "Sal", 1, -5), AmountIsImpossible),
            (CostLineInput(CostKind.ROOM, " \n", 1), TextIsImpossible),
            (CostLineInput(CostKind.ROOM, "x" * 161, 1), TextIsImpossible),
        ],
    )
    def test_refuses_what_cannot_be(self, line: CostLineInput, error: type[DomainError]) -> None:
        region = make.region()
        costing_id = made.costing(region)
        before = deeds(region)

        with pytest.raises(error):
            settlements.set_cost_line(make.system(region), costing_id=costing_id, line=line)

        assert deeds(region) == before

    def test_has_room_for_sixty(self) -> None:
        region = make.region()
        costing_id = made.costing(region)
        for _ in range(59):
            made.spend(region, costing_id, 100)

        with pytest.raises(TooManyLines):
            made.spend(region, costing_id, 100)

    def test_is_changed_and_dropped(self) -> None:
        region = make.region()
        costing_id, ctx = made.costing(region), make.system(region)
        line_id = made.spend(region, costing_id, 500)

        settlements.set_cost_line(
            ctx, costing_id=costing_id, line_id=line_id, line=CostLineInput(CostKind.ROOM, "Sal", 700, None)
        )
        line = settlements.get_costing(ctx, costing_id=costing_id).lines[-1]
        assert (line.kind, line.planned_ore, line.actual_ore) == (CostKind.ROOM, 700, None)
        settlements.drop_cost_line(ctx, costing_id=costing_id, line_id=line_id)
        assert len(settlements.get_costing(ctx, costing_id=costing_id).lines) == 1
        with pytest.raises(NotFound):
            settlements.drop_cost_line(ctx, costing_id=costing_id, line_id=line_id)


class TestChooseSharing:
    def test_shows_what_each_key_would_give_side_by_side(self) -> None:
        region = make.region(municipalities=3)
        one, two, _three = region.municipalities
        costing_id, ctx = made.costing(region, kroner=100), make.system(region)
        settlements.choose_sharing(
            ctx, costing_id=costing_id, key=Key.FIXED_AND_SEATS, fixed_ore=10_00,
            parts=[PartInput(one.tenant_id, seats=3), PartInput(two.tenant_id, seats=1)],
        )  # fmt: skip

        page = settlements.get_costing(ctx, costing_id=costing_id)

        found = {column.key: column for column in page.columns}
        assert found[Key.EQUAL].amounts == (3334, 3333, 3333)
        assert found[Key.EQUAL].residue_to == (one.name,)
        assert found[Key.FIXED_AND_SEATS].amounts == (1000 + 5250, 1000 + 1750, 1000)
        assert not found[Key.PARTICIPANTS].amounts
        assert found[Key.PARTICIPANTS].why_not
        assert all(sum(column.amounts) == 100_00 for column in page.columns if column.amounts)

    def test_refuses_strangers_and_impossible_counts(self) -> None:
        region, other = make.region(), make.region()
        costing_id, ctx = made.costing(region), make.system(region)

        with pytest.raises(PartIsUnknown):
            settlements.choose_sharing(
                ctx, costing_id=costing_id, key=Key.EQUAL, parts=[PartInput(other.municipalities[0].tenant_id)]
            )
        with pytest.raises(CountIsImpossible):
            settlements.choose_sharing(
                ctx, costing_id=costing_id, key=Key.EQUAL,
                parts=[PartInput(region.municipalities[0].tenant_id, seats=-1)],
            )  # fmt: skip


class TestSetSubsidy:
    def test_is_taken_off_where_it_says(self) -> None:
        region = make.region(municipalities=2)
        one, two = region.municipalities
        costing_id, ctx = made.costing(region, kroner=1000), make.system(region)
        settlements.set_subsidy(
            ctx, costing_id=costing_id, subsidy=SubsidyInput("Statsforvalteren", Place.BEFORE, 200_00, 200_00)
        )
        after = settlements.set_subsidy(
            ctx, costing_id=costing_id,
            subsidy=SubsidyInput("Distriktet", Place.AFTER, 100_00, 100_00, two.tenant_id),
        )  # fmt: skip

        settlement_id = settlements.make_settlement(ctx, costing_id=costing_id)

        assert shares(region, settlement_id) == {one.tenant_id: 400_00, two.tenant_id: 300_00}
        settlements.drop_subsidy(ctx, costing_id=costing_id, subsidy_id=after)
        assert settlements.make_settlement(ctx, costing_id=costing_id) == settlement_id
        assert shares(region, settlement_id) == {one.tenant_id: 400_00, two.tenant_id: 400_00}


class TestMakeSettlement:
    def test_gives_the_same_answer_when_run_again(self) -> None:
        region = make.region(municipalities=3)
        costing_id, ctx = made.costing(region, kroner=1000, key=Key.INHABITANTS), make.system(region)
        one = settlements.make_settlement(ctx, costing_id=costing_id)
        before = settlements.get_settlement(ctx, settlement_id=one)

        assert settlements.make_settlement(ctx, costing_id=costing_id) == one
        assert settlements.get_settlement(ctx, settlement_id=one).settlement == before.settlement
        assert shares(region, one) == {share.municipality_id: share.amount_ore for share in before.shares}

    def test_reckons_by_the_numbers_that_the_year_was_frozen_with(self) -> None:
        region = make.region(municipalities=2)
        one, two = region.municipalities
        first = made.costing(region, kroner=1000, key=Key.INHABITANTS)
        settlement_id = made.settled(region, first)
        Municipality.objects.filter(pk=one.tenant_id).update(population=95_000)
        measure_id = courses.get_run(make.system(region), run_id=_run_of(region, first)).run.measure_id
        run_id = made_courses.run(region, measure_id=measure_id)

        second = settlements.make_settlement(
            make.system(region), costing_id=made.costing(region, run_id=run_id, kroner=1000, key=Key.INHABITANTS)
        )

        assert shares(region, settlement_id) == shares(region, second) == {one.tenant_id: 500_00, two.tenant_id: 500_00}
        with tenant_scope(make.system(region)):
            assert set(BaseNumber.objects.values_list("year", "inhabitants")) == {(2027, 5000)}

    def test_says_whose_inhabitants_are_missing(self) -> None:
        region = make.region(municipalities=2)
        town = region.municipalities[1]
        Municipality.objects.filter(pk=town.tenant_id).update(population=None)
        costing_id = made.costing(region, key=Key.INHABITANTS)

        with pytest.raises(BaseIsMissing) as refused:
            settlements.make_settlement(make.system(region), costing_id=costing_id)

        assert town.name in refused.value.text()

    def test_waits_until_all_that_it_cost_is_known(self) -> None:
        region = make.region()
        ctx = make.system(region)
        costing_id = settlements.open_costing(ctx, run_id=made_courses.run(region))
        with pytest.raises(NothingIsSpent):
            settlements.make_settlement(ctx, costing_id=costing_id)
        settlements.set_cost_line(ctx, costing_id=costing_id, line=CostLineInput(CostKind.ROOM, "Sal", 500))
        with pytest.raises(ActualIsMissing):
            settlements.make_settlement(ctx, costing_id=costing_id)

    def test_counts_who_came_and_bills_fees_and_charges_to_their_own(self) -> None:
        region = make.region(municipalities=2)
        one, two = region.municipalities
        ctx = make.system(region)
        run_id = made_courses.run(region, seats=4)
        courses.choose_terms(ctx, run_id=run_id, terms_id=made.terms(region), fee_ore=1000_00)
        seated = []
        for town in (one, two):
            chief, people = made_courses.team(town, 2)
            seated += [made_courses.seat(run_id, chief, who) for who in people]
        # One of the second municipality stays away.
        after = make.system(region, made_courses.AFTER)
        courses.record_attendance(after, run_id=run_id, present=seated[:3])
        costing_id = made.costing(region, run_id=run_id, kroner=10_000, key=Key.PARTICIPANTS)

        page = settlements.get_settlement(ctx, settlement_id=made.settled(region, costing_id))

        told = {share.municipality_id: share for share in page.shares}
        assert (told[one.tenant_id].fee_ore, told[one.tenant_id].charge_ore) == (2000_00, 0)
        assert (told[two.tenant_id].fee_ore, told[two.tenant_id].charge_ore) == (1000_00, 1000_00)
        assert [(it.seats, it.participants) for it in (told[one.tenant_id], told[two.tenant_id])] == [(2, 2), (2, 1)]
        assert (told[one.tenant_id].key_ore, told[two.tenant_id].key_ore) == (4000_00, 2000_00)
        # The charge falls away: a correction bills the difference.
        charge = courses.list_charges(after, run_id=run_id)[0]
        courses.waive_charge(after, charge_id=charge.id, ground=WaiveGround.DOCUMENTED)
        again = settlements.make_settlement(ctx, costing_id=costing_id, why="Fraværet var dokumentert")
        assert shares(region, again) == {one.tenant_id: 2000_00 + 466_667, two.tenant_id: 1000_00 + 233_333}


def _run_of(region: make.Region, costing_id: int) -> int:
    run_id = settlements.get_costing(make.system(region), costing_id=costing_id).costing.run_id
    assert run_id is not None
    return run_id


class TestApproveSettlement:
    def test_is_by_another_than_who_made_it(self) -> None:
        region = make.region()
        costing_id = made.costing(region)
        maker, other = (
            make.context(make.office(region)),
            make.context(make.with_role(region, Role.SYSTEM_ADMINISTRATOR)),
        )
        settlement_id = settlements.make_settlement(maker, costing_id=costing_id)

        with pytest.raises(MakerMayNotApprove):
            settlements.approve_settlement(maker, settlement_id=settlement_id)
        settlements.approve_settlement(other, settlement_id=settlement_id)

        row = settlements.get_settlement(maker, settlement_id=settlement_id).settlement
        assert row.status is Status.APPROVED
        assert (row.made_by, row.approved_by) == (maker.actor.name, other.actor.name)
        assert settlements.get_settlement(maker, settlement_id=settlement_id).made_it

    def test_two_at_once_approve_it_once(self) -> None:
        region = make.region(municipalities=2)
        costing_id = made.costing(region)
        settlement_id = settlements.make_settlement(make.context(make.office(region)), costing_id=costing_id)
        others = [make.context(make.office(region)) for _ in range(4)]
        start = Barrier(len(others))

        def approve(ctx: Context) -> str:
            start.wait()
            try:
                settlements.approve_settlement(ctx, settlement_id=settlement_id)
            except SettlementHasMovedOn:
                return "late"
            finally:
                connections.close_all()
            return "done"

        with ThreadPoolExecutor(len(others)) as pool:
            assert sorted(pool.map(approve, others)) == ["done", "late", "late", "late"]

    def test_refuses_when_it_is_not_what_was_seen(self) -> None:
        region = make.region()
        costing_id = made.costing(region, kroner=100)
        ctx = make.system(region)
        settlement_id = settlements.make_settlement(ctx, costing_id=costing_id)
        made.spend(region, costing_id, 100)
        settlements.make_settlement(ctx, costing_id=costing_id)

        with pytest.raises(SettlementHasMovedOn):
            settlements.approve_settlement(ctx, settlement_id=settlement_id, total_ore=100_00)

    def test_refuses_other_roles_and_other_regions(self) -> None:
        region = make.region()
        settlement_id = settlements.make_settlement(make.system(region), costing_id=made.costing(region))
        with pytest.raises(NotFound):
            settlements.approve_settlement(make.context(make.office(make.region())), settlement_id=settlement_id)
        with pytest.raises(Refused):
            settlements.approve_settlement(
                make.context(make.with_role(region, Role.CHIEF_EXECUTIVE)), settlement_id=settlement_id
            )


class TestSendSettlement:
    def test_says_what_is_missing_before_anything_is_billed(self) -> None:
        region = make.region()
        settlement_id = made.settled(region, made.costing(region))
        ctx = make.system(region)

        with pytest.raises(SellerIsMissing):
            settlements.send_settlement(ctx, settlement_id=settlement_id)
        settlements.set_seller(
            ctx, region_id=region.tenant_id, seller=SellerInput("Rådet", made.number(), vat_reason="Utenfor")
        )
        with pytest.raises(PayerLacksNumber):
            settlements.send_settlement(ctx, settlement_id=settlement_id)
        assert settlements.get_settlement(ctx, settlement_id=settlement_id).invoices == ()

    def test_bills_each_once(self) -> None:
        region = make.region(municipalities=3)
        made.billing(region)
        settlement_id = made.settled(region, made.costing(region, kroner=100), sent=True)

        page = settlements.get_settlement(make.system(region), settlement_id=settlement_id)

        assert [(it.number, it.net_ore, it.is_credit) for it in page.invoices] == [
            (1, 3334, False), (2, 3333, False), (3, 3333, False)
        ]  # fmt: skip
        with pytest.raises(SettlementHasMovedOn):
            settlements.send_settlement(make.system(region), settlement_id=settlement_id)


class TestCorrection:
    def test_is_a_next_version_that_bills_the_difference(self) -> None:
        region = make.region(municipalities=2)
        one, two = region.municipalities
        made.billing(region)
        ctx = make.system(region)
        costing_id = made.costing(region, kroner=1000)
        first = made.settled(region, costing_id, sent=True)
        settlements.choose_sharing(
            ctx, costing_id=costing_id, key=Key.SEATS,
            parts=[PartInput(one.tenant_id, seats=3), PartInput(two.tenant_id, seats=1)],
        )  # fmt: skip

        second = made.settled(region, costing_id, sent=True, why="Det skulle deles etter plasser")

        page = settlements.get_settlement(ctx, settlement_id=second)
        assert [(share.amount_ore, share.billed_ore) for share in page.shares] == [(750_00, 500_00), (250_00, 500_00)]
        assert [(it.is_credit, it.net_ore) for it in page.invoices] == [(False, 250_00), (True, 250_00)]
        assert settlements.get_settlement(ctx, settlement_id=first).settlement.status is Status.REPLACED
        with tenant_scope(ctx):
            billed = {one.tenant_id: 0, two.tenant_id: 0}
            for row in Invoice.objects.all():
                billed[row.municipality_id] += -row.net_ore if row.is_credit else row.net_ore
        assert billed == shares(region, second)

    def test_needs_a_reason_and_something_to_correct(self) -> None:
        region = make.region()
        ctx = make.system(region)
        costing_id = made.costing(region)
        made.settled(region, costing_id)

        with pytest.raises(CorrectionNeedsReason):
            settlements.make_settlement(ctx, costing_id=costing_id)
        with pytest.raises(NothingHasChanged):
            settlements.make_settlement(ctx, costing_id=costing_id, why="Ser over")

    def test_made_before_the_last_was_billed_is_made_anew(self) -> None:
        region = make.region()
        made.billing(region)
        ctx = make.system(region)
        costing_id = made.costing(region)
        first = made.settled(region, costing_id)
        made.spend(region, costing_id, 500)
        second = settlements.make_settlement(ctx, costing_id=costing_id, why="Glemte salen")
        settlements.send_settlement(ctx, settlement_id=first)

        with pytest.raises(SettlementHasMovedOn):
            settlements.approve_settlement(ctx, settlement_id=second)

        settlements.make_settlement(ctx, costing_id=costing_id, why="Glemte salen")
        settlements.approve_settlement(ctx, settlement_id=second)
        assert settlements.send_settlement(ctx, settlement_id=second) == 1

    def test_a_draft_is_thrown_away_and_what_stands_goes_on(self) -> None:
        region = make.region()
        ctx = make.system(region)
        costing_id = made.costing(region)
        first = made.settled(region, costing_id)
        made.spend(region, costing_id, 500)
        draft = settlements.make_settlement(ctx, costing_id=costing_id, why="Glemte salen")

        settlements.discard_draft(ctx, settlement_id=draft)

        assert settlements.get_settlement(ctx, settlement_id=first).settlement.status is Status.APPROVED
        with pytest.raises(SettlementHasMovedOn):
            settlements.discard_draft(ctx, settlement_id=first)


class TestWhatTheDatabaseHolds:
    def test_shares_that_do_not_sum_to_the_settlement(self) -> None:
        region = make.region(municipalities=2)
        settlement_id = settlements.make_settlement(make.system(region), costing_id=made.costing(region))

        with tenant_scope(make.system(region)):
            share = Share.objects.filter(settlement_id=settlement_id)[0]
        with pytest.raises(IntegrityError, match="shares sum to"), tenant_scope(make.system(region)):
            Share.objects.filter(pk=share.pk).update(amount_ore=share.amount_ore + 1, key_ore=share.key_ore + 1)
        with pytest.raises(IntegrityError, match="shares sum to"), tenant_scope(make.system(region)):
            Share.objects.filter(settlement_id=settlement_id)[0].delete()
        with pytest.raises(IntegrityError, match="shares sum to"), tenant_scope(make.system(region)):
            Settlement.objects.filter(pk=settlement_id).update(total_ore=1, cost_ore=1)

    def test_what_is_approved_stands(self) -> None:
        region = make.region(municipalities=2)
        settlement_id = made.settled(region, made.costing(region))
        changes: list[dict[str, object]] = [{"why": "x"}, {"status": Status.DRAFT, "approved_at": None}, {"version": 9}]
        for change in changes:
            with pytest.raises(IntegrityError), tenant_scope(make.system(region)):
                Settlement.objects.filter(pk=settlement_id).update(**change)
        with pytest.raises(IntegrityError, match="stand"), tenant_scope(make.system(region)):
            Share.objects.filter(settlement_id=settlement_id).update(seats=7)
        with pytest.raises(IntegrityError, match="stand"), tenant_scope(make.system(region)):
            Share.objects.filter(settlement_id=settlement_id).delete()

    def test_one_standing_settlement_and_another_pair_of_eyes(self) -> None:
        region = make.region()
        settlement_id = made.settled(region, made.costing(region))
        ctx = make.system(region)
        with tenant_scope(ctx):
            row = Settlement.objects.get(pk=settlement_id)
        row.pk, row.version, row.why = None, 2, "Igjen"
        with pytest.raises(IntegrityError, match="settlement_stands_alone"), tenant_scope(ctx):
            row.save(force_insert=True)
        row.status, row.made_by, row.approved_by = Status.REPLACED, 1, 1
        with pytest.raises(IntegrityError, match="settlement_is_approved_by_another"), tenant_scope(ctx):
            row.save(force_insert=True)

    def test_bills_are_never_altered(self) -> None:
        region = make.region()
        made.billing(region)
        made.settled(region, made.costing(region), sent=True)
        with pytest.raises(ProgrammingError, match="permission denied"), tenant_scope(make.system(region)):
            Invoice.objects.update(net_ore=1)


class TestGetShare:
    def test_each_municipality_reads_its_own_once_it_is_approved(self) -> None:
        region = make.region(municipalities=2)
        one, two = region.municipalities
        contact = make.context(make.with_role(region, Role.CONTACT_PERSON, town=one))
        costing_id = made.costing(region, kroner=101)
        settlement_id = settlements.make_settlement(make.system(region), costing_id=costing_id)
        assert settlements.get_settlements(contact).shares == ()
        settlements.approve_settlement(make.system(region), settlement_id=settlement_id)

        [(row, share)] = settlements.get_settlements(contact).shares

        assert (row.id, share.municipality_id, share.amount_ore) == (settlement_id, one.tenant_id, 5050)
        page = settlements.get_share(contact, share_id=share.id)
        assert page.tells_total
        assert page.of_all is None
        with tenant_scope(make.system(region)):
            other = Share.objects.get(settlement_id=settlement_id, municipality_id=two.tenant_id)
        with pytest.raises(Refused):
            settlements.get_share(contact, share_id=other.pk)
        with pytest.raises(Refused):
            settlements.get_settlement(contact, settlement_id=settlement_id)

    @pytest.mark.parametrize(("others", "told"), [(4, None), (5, 8), (0, 3)])
    def test_does_not_tell_how_few_the_others_are(self, others: int, told: int | None) -> None:
        region = make.region(municipalities=2)
        one, two = region.municipalities
        contact = make.context(make.with_role(region, Role.CONTACT_PERSON, town=one))
        costing_id = made.costing(region)
        settlements.choose_sharing(
            make.system(region), costing_id=costing_id, key=Key.PARTICIPANTS,
            parts=[
                PartInput(one.tenant_id, seats=10, participants=3),
                PartInput(two.tenant_id, seats=10, participants=others),
            ],
        )  # fmt: skip
        made.settled(region, costing_id)
        share = settlements.get_settlements(contact).shares[0][1]

        page = settlements.get_share(contact, share_id=share.id)

        assert (page.of_all, page.tells_total) == (told, told is not None)


class TestSellers:
    def test_numbers_are_checked(self) -> None:
        region = make.region()
        ctx = make.context(make.office(region))
        town = region.municipalities[0]
        with pytest.raises(OrganisationNumberIsWrong):
            settlements.set_payer(
                ctx, region_id=region.tenant_id, municipality_id=town.tenant_id, organisation_number="123456789"
            )
        with pytest.raises(OrganisationNumberIsWrong):
            settlements.set_seller(ctx, region_id=region.tenant_id, seller=SellerInput("R", "12", vat_reason="x"))
        number = made.number()
        settlements.set_payer(
            ctx, region_id=region.tenant_id, municipality_id=town.tenant_id,
            organisation_number=f"{number[:3]} {number[3:6]} {number[6:]}", buyer_reference="4100",
        )  # fmt: skip
        [payer] = settlements.get_sellers(ctx, region_id=region.tenant_id).payers
        assert (payer.organisation_number, payer.buyer_reference) == (number, "4100")
        organisation.set_organisation_number(ctx, municipality_id=town.tenant_id, number="")
        assert settlements.get_sellers(ctx, region_id=region.tenant_id).payers[0].organisation_number == ""
        with pytest.raises(Refused):
            organisation.set_organisation_number(
                make.context(make.leader(town)), municipality_id=town.tenant_id, number=number
            )
        with pytest.raises(PartIsUnknown):
            settlements.set_payer(
                ctx, region_id=region.tenant_id, municipality_id=make.region().municipalities[0].tenant_id
            )

    def test_is_read_and_written_by_the_office_alone(self) -> None:
        region = make.region()
        for who in (
            make.with_role(region, Role.CONTACT_PERSON, town=region.municipalities[0]),
            make.office(make.region()),
        ):
            with pytest.raises(Refused):
                settlements.get_sellers(make.context(who), region_id=region.tenant_id)
            with pytest.raises(Refused):
                settlements.set_seller(
                    make.context(who), region_id=region.tenant_id,
                    seller=SellerInput("R", made.number(), vat=Vat.OUTSIDE, vat_reason="x"),
                )  # fmt: skip

    def test_due_days_count_from_the_day_it_is_sent(self) -> None:
        region = make.region()
        made.billing(region)
        settlement_id = made.settled(region, made.costing(region), sent=True)
        [bill] = settlements.get_settlement(make.system(region), settlement_id=settlement_id).invoices
        assert bill.due_on - bill.issued_on == timedelta(days=30)
