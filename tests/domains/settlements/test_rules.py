"""Sharing to the last øre, as properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.settlements.rules import may_tell, reckon, require_amount, require_seller
from kompetanse.domains.settlements.rules.billing import bill_lines, vat_of
from kompetanse.domains.settlements.types import MOST_ORE, Base, Key, Part, Place, SellerInput, SubsidyInput, Vat
from kompetanse.domains.settlements.types.refusals import (
    AmountIsImpossible,
    BaseIsMissing,
    DueDaysAreImpossible,
    NobodyTakesPart,
    NothingToShareBy,
    SellerIsImpossible,
    SubsidyIsTooBig,
)
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.organisation_numbers import check_digit, is_organisation_number

SOME = st.integers(0, 5_000_000)


@st.composite
def some_bases(draw: st.DrawFn) -> list[Base]:
    count = draw(st.integers(1, 30))
    return [
        Base(
            place, f"Kommune {place}", draw(st.integers(1, 700_000)), draw(st.integers(0, 200)),
            draw(st.integers(0, 200)), draw(SOME), draw(SOME), draw(st.integers(0, 4)) > 0,
        )
        for place in range(count)
    ]  # fmt: skip


@st.composite
def some_subsidies(draw: st.DrawFn) -> list[SubsidyInput]:
    found = draw(st.lists(st.tuples(st.sampled_from(Place), SOME, st.none() | st.integers(0, 29)), max_size=4))
    return [SubsidyInput("Staten", place, ore, ore, own if place is Place.AFTER else None) for place, ore, own in found]


class TestReckon:
    @given(st.integers(0, MOST_ORE), some_subsidies(), st.sampled_from(Key), some_bases(), st.integers(0, 10_000_000))
    def test_the_shares_sum_to_what_is_to_be_paid_and_each_to_its_parts(
        self, cost: int, subsidies: list[SubsidyInput], key: Key, bases: list[Base], fixed: int
    ) -> None:
        try:
            found = reckon(cost, subsidies, key, bases, fixed)
        except (NobodyTakesPart, NothingToShareBy, SubsidyIsTooBig):
            return

        assert sum(part.amount_ore for part in found.parts) == cost - sum(it.planned_ore for it in subsidies)
        assert found.total_ore == sum(part.amount_ore for part in found.parts)
        assert [part.municipality_id for part in found.parts] == [base.municipality_id for base in bases]
        for base, part in zip(bases, found.parts, strict=True):
            assert (part.fee_ore, part.charge_ore) == (base.fee_ore, base.charge_ore)
            assert base.takes_part or part.key_ore == part.residue_ore == 0
        assert abs(found.residue_ore) <= 2 * len(bases)

    @given(st.integers(0, MOST_ORE), some_subsidies(), st.sampled_from(Key), some_bases(), st.integers(0, 10_000_000))
    def test_gives_the_same_answer_again(
        self, cost: int, subsidies: list[SubsidyInput], key: Key, bases: list[Base], fixed: int
    ) -> None:
        def answer() -> object:
            try:
                return reckon(cost, subsidies, key, bases, fixed)
            except DomainError as error:
                return type(error), error.params

        assert answer() == answer()

    @given(st.integers(0, MOST_ORE), st.sampled_from(Key), some_bases(), st.integers(0, 10_000_000))
    def test_a_surplus_goes_back_as_a_cost_would_have_been_shared(
        self, ore: int, key: Key, bases: list[Base], fixed: int
    ) -> None:
        bare = [
            Base(b.municipality_id, b.name, b.inhabitants, b.seats, b.participants, 0, 0, b.takes_part) for b in bases
        ]
        paid = [*bare, Base(99, "Den som har betalt", 1, 0, 0, 2 * ore, 0, takes_part=False)]
        try:
            cost = reckon(ore, [], key, bare, fixed)
            surplus = reckon(ore, [], key, paid, fixed)
        except (NobodyTakesPart, NothingToShareBy):
            return

        assert [-part.key_ore for part in surplus.parts[:-1]] == [part.key_ore for part in cost.parts]
        assert surplus.total_ore == ore

    def test_a_subsidy_before_the_split_helps_all_and_one_after_helps_its_own(self) -> None:
        bases = [Base(1, "A", 3000), Base(2, "B", 1000)]

        before = reckon(4000_00, [SubsidyInput("Staten", Place.BEFORE, 2000_00)], Key.INHABITANTS, bases)
        after = reckon(4000_00, [SubsidyInput("Staten", Place.AFTER, 500_00, None, 2)], Key.INHABITANTS, bases)
        to_all = reckon(4000_00, [SubsidyInput("Staten", Place.AFTER, 1000_00)], Key.INHABITANTS, bases)

        assert [part.amount_ore for part in before.parts] == [1500_00, 500_00]
        assert [part.amount_ore for part in after.parts] == [3000_00, 500_00]
        assert [part.amount_ore for part in to_all.parts] == [2500_00, 500_00]

    def test_the_residue_is_told_and_to_whom(self) -> None:
        found = reckon(100, [], Key.EQUAL, [Base(1, "A"), Base(2, "B"), Base(3, "C")])

        assert [part.key_ore for part in found.parts] == [34, 33, 33]
        assert [part.residue_ore for part in found.parts] == [1, 0, 0]

    def test_fees_and_charges_are_paid_by_their_own_and_lighten_what_is_shared(self) -> None:
        bases = [Base(1, "A", fee_ore=300, charge_ore=100), Base(2, "B", fee_ore=100)]

        found = reckon(1000, [], Key.EQUAL, bases)

        assert [part.amount_ore for part in found.parts] == [300 + 100 + 250, 100 + 250]

    @pytest.mark.parametrize(
        ("key", "bases", "error"),
        [
            (Key.EQUAL, [], NobodyTakesPart),
            (Key.EQUAL, [Base(1, "A", takes_part=False)], NobodyTakesPart),
            (Key.INHABITANTS, [Base(1, "A", 10), Base(2, "Bø", None)], BaseIsMissing),
            (Key.SEATS, [Base(1, "A", 10, 0, 5)], NothingToShareBy),
            (Key.PARTICIPANTS, [Base(1, "A", 10, 5, 0)], NothingToShareBy),
        ],
    )
    def test_says_what_is_missing(self, key: Key, bases: list[Base], error: type[DomainError]) -> None:
        with pytest.raises(error) as refused:
            reckon(1000, [], key, bases)

        assert error is not BaseIsMissing or "Bø" in refused.value.text()

    def test_a_subsidy_bigger_than_what_it_goes_off_is_refused(self) -> None:
        bases = [Base(1, "A", 1), Base(2, "B", 1)]

        for subsidy in (SubsidyInput("S", Place.BEFORE, 1001), SubsidyInput("S", Place.AFTER, 501, None, 2)):
            with pytest.raises(SubsidyIsTooBig):
                reckon(1000, [subsidy], Key.EQUAL, bases)


class TestBills:
    PARTS = st.builds(Part, st.just(1), SOME, SOME, st.integers(-5_000_000, 5_000_000), SOME, st.just(0))

    @given(PARTS, st.none() | PARTS)
    def test_the_lines_sum_to_the_difference(self, part: Part, billed: Part | None) -> None:
        difference = part.amount_ore - (billed.amount_ore if billed else 0)

        lines = bill_lines("nb", "Kurs", part, billed, credit=difference < 0)

        assert sum(ore for _, ore in lines) == abs(difference)
        assert all(ore for _, ore in lines)

    @given(st.integers(0, MOST_ORE))
    def test_the_tax_is_a_quarter_to_the_nearest_ore(self, net: int) -> None:
        assert abs(4 * vat_of(net, Vat.STANDARD) - net) <= 2
        assert vat_of(net, Vat.EXEMPT) == vat_of(net, Vat.OUTSIDE) == 0


class TestChecking:
    @pytest.mark.parametrize("ore", [-1, MOST_ORE + 1, 10**30])
    def test_refuses_amounts_no_region_has(self, ore: int) -> None:
        with pytest.raises(AmountIsImpossible):
            require_amount(0, None, ore)

    @pytest.mark.parametrize(
        ("told", "error"),
        [
            (SellerInput("R", "1", vat=Vat.STANDARD), SellerIsImpossible),
            (SellerInput("R", "1", vat=Vat.EXEMPT, vat_reason="Undervisning"), SellerIsImpossible),
            (SellerInput("R", "1", vat_registered=True, vat=Vat.OUTSIDE, vat_reason="x"), SellerIsImpossible),
            (SellerInput("R", "1", vat_registered=True, vat=Vat.EXEMPT), SellerIsImpossible),
            (SellerInput("R", "1", vat_reason="Utenfor", due_days=91), DueDaysAreImpossible),
        ],
    )
    def test_refuses_taxes_that_do_not_agree_with_the_register(
        self, told: SellerInput, error: type[DomainError]
    ) -> None:
        with pytest.raises(error):
            require_seller(told)

    def test_tells_nothing_of_few_others(self) -> None:
        assert [may_tell(own, of_all) for own, of_all in ((3, 3), (3, 7), (3, 8), (0, 4), (0, 0))] == [
            True, False, True, False, True
        ]  # fmt: skip


class TestOrganisationNumber:
    @given(st.integers(10_000_000, 99_999_999))
    def test_one_digit_wrong_is_seen(self, first: int) -> None:
        digit = check_digit(str(first))
        if digit is None:
            assert not any(is_organisation_number(f"{first}{last}") for last in range(10))
            return
        number = f"{first}{digit}"
        assert is_organisation_number(number)
        for place in range(9):
            wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
            assert not is_organisation_number(wrong)

    @pytest.mark.parametrize("text", ["", "97476067", "9747606730", "97476067x", "٩٧٤٧٦٠٦٧٣", "000000000"])
    def test_refuses_what_is_not_nine_digits(self, text: str) -> None:
        assert not is_organisation_number(text)
        assert is_organisation_number("974760673")  # the Register of Legal Entities itself
