from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.types import OrderIsNotOpen, OrderStatus, ReasonIsMissing
from kompetanse.domains.orders.types.delivery import (
    LineKind,
    QuoteDayIsPast,
    QuoteHasExpired,
    QuoteIsAnswered,
    QuoteIsReplaced,
    ReferenceIsMissing,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureStatus
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError, Refused
from kompetanse.kernel.money import Money
from tests import make
from tests.make import orders as made


class Placed:
    """A service ordered, with those who answer."""

    def __init__(self) -> None:
        self.region = make.region()
        self.town = self.region.municipalities[0]
        self.order_id = made.service_order(self.region, self.town, made.service(self.region), quantity=10)
        self.contact = make.context(make.with_role(self.region, Role.CONTACT_PERSON, town=self.town))
        self.office = make.context(make.office(self.region))

    def status(self) -> OrderStatus:
        return orders.get_order(self.office, order_id=self.order_id).status


class TestQuote:
    def test_is_what_is_agreed_when_it_is_accepted(self) -> None:
        it = Placed()
        number = made.quoted(it.region, it.order_id, kroner=1_000, minutes=540)
        assert it.status() is OrderStatus.QUOTED

        orders.accept_quote(it.contact, order_id=it.order_id, number=number, purchase_reference=" 4711-201 ")

        page = orders.get_order_page(it.contact, order_id=it.order_id)
        assert page.order.status is OrderStatus.ACCEPTED
        assert page.purchase_reference == "4711-201"
        assert page.terms is not None
        assert (page.terms.is_quote, page.terms.total, page.terms.minutes) == (True, Money.kroner(10_000), 540)
        assert page.order.due_on == it.contact.today + timedelta(days=20)
        assert [(row.number, row.total) for row in page.earlier] == [(1, Money.kroner(9_000))]
        assert [line.kind for line in page.lines] == [LineKind.PLACED, LineKind.QUOTED, LineKind.QUOTE_ACCEPTED]

    def test_can_be_accepted_on_its_last_day_and_not_after(self) -> None:
        it = Placed()
        number = made.quoted(it.region, it.order_id, days=3)
        late = it.contact.at(it.contact.now + timedelta(days=4))

        with pytest.raises(QuoteHasExpired, match=r"til og med 18\.03\.2027"):
            orders.accept_quote(late, order_id=it.order_id, number=number, purchase_reference="1")
        assert it.status() is OrderStatus.QUOTED
        orders.accept_quote(
            it.contact.at(it.contact.now + timedelta(days=3)),
            order_id=it.order_id,
            number=number,
            purchase_reference="1",
        )
        assert it.status() is OrderStatus.ACCEPTED

    def test_one_that_has_expired_can_be_replaced(self) -> None:
        it = Placed()
        first = made.quoted(it.region, it.order_id, days=0)
        second = made.quoted(it.region, it.order_id, kroner=800, days=5)

        with pytest.raises(QuoteIsReplaced):
            orders.accept_quote(it.contact, order_id=it.order_id, number=first, purchase_reference="1")
        assert it.status() is OrderStatus.QUOTED
        orders.accept_quote(it.contact, order_id=it.order_id, number=second, purchase_reference="1")
        page = orders.get_order_page(it.contact, order_id=it.order_id)
        assert page.terms is not None
        assert page.terms.total == Money.kroner(8_000)

    def test_asks_for_a_reference_where_it_costs(self) -> None:
        it = Placed()
        number = made.quoted(it.region, it.order_id)
        with pytest.raises(ReferenceIsMissing):
            orders.accept_quote(it.contact, order_id=it.order_id, number=number)
        assert it.status() is OrderStatus.QUOTED

        free = made.quoted(it.region, it.order_id, kroner=0)
        orders.accept_quote(it.contact, order_id=it.order_id, number=free)
        assert it.status() is OrderStatus.ACCEPTED

    def test_goes_back_to_the_office_when_it_is_declined(self) -> None:
        it = Placed()
        number = made.quoted(it.region, it.order_id)
        with pytest.raises(ReasonIsMissing):
            orders.decline_quote(it.contact, order_id=it.order_id, number=number, why=" ")

        orders.decline_quote(it.contact, order_id=it.order_id, number=number, why="For dyrt")

        assert it.status() is OrderStatus.PLACED
        assert orders.get_order_page(it.contact, order_id=it.order_id).lines[-1].text == "For dyrt"
        with pytest.raises(QuoteIsAnswered):
            orders.accept_quote(it.contact, order_id=it.order_id, number=number, purchase_reference="1")

    def test_is_answered_by_the_municipality_and_sent_by_the_office(self) -> None:
        it = Placed()
        number = made.quoted(it.region, it.order_id)

        for act in (
            lambda: orders.accept_quote(it.office, order_id=it.order_id, number=number, purchase_reference="1"),
            lambda: orders.decline_quote(it.office, order_id=it.order_id, number=number, why="x"),
            lambda: orders.send_quote(
                it.contact, order_id=it.order_id, price_each=Money(1), minutes=1, days_expected=1,
                expires_on=it.contact.today,
            ),
        ):  # fmt: skip
            with pytest.raises(Refused):
                act()
        assert it.status() is OrderStatus.QUOTED

    def test_refuses_a_day_that_is_past_and_an_order_that_is_over(self) -> None:
        it = Placed()
        with pytest.raises(QuoteDayIsPast):
            made.quoted(it.region, it.order_id, days=-1)
        orders.cancel_order(it.contact, order_id=it.order_id, reason="Ingen tid")
        with pytest.raises(OrderIsNotOpen):
            made.quoted(it.region, it.order_id)

    def test_two_who_accept_at_once_agree_once(self) -> None:
        it = Placed()
        number = made.quoted(it.region, it.order_id)
        people = [it.contact, make.context(make.with_role(it.region, Role.HR, town=it.town))]
        ready, said = threading.Barrier(2), []

        def accept(ctx: Context, reference: str) -> None:
            try:
                ready.wait(timeout=60)
                orders.accept_quote(ctx, order_id=it.order_id, number=number, purchase_reference=reference)
                said.append(reference)
            except DomainError as error:
                said.append(error.code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=accept, args=(ctx, str(n))) for n, ctx in enumerate(people)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        page = orders.get_order_page(it.office, order_id=it.order_id)
        assert sorted(said) == [page.purchase_reference, "quote_is_answered"]
        assert [line.kind for line in page.lines].count(LineKind.QUOTE_ACCEPTED) == 1

    def test_of_seats_on_a_measure_lets_the_measure_count_as_ordered(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        order_id = made.order(region, town, measure_id, seats=4, accepted=False)
        number = made.quoted(region, order_id)
        contact = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))

        orders.accept_quote(contact, order_id=order_id, number=number, purchase_reference="1")

        assert orders.count_seats_by_municipality(contact, measure_id=measure_id) == {town.tenant_id: 4}
        assert plans.get_measure(contact, measure_id=measure_id).status is MeasureStatus.ORDERED
