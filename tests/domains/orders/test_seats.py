from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.types import OrderStatus
from kompetanse.domains.orders.types.delivery import (
    HandBackIsTooMuch,
    LineKind,
    NameIsOnAlready,
    NameIsUnknown,
    OrderHasNoSeats,
    OrderIsNotAgreed,
    ReleaseIsPast,
    TooManyNames,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.errors import DomainError, NotFound
from tests import make
from tests.make import orders as made


class Agreed:
    """Five seats agreed, to be handed back until ten days before delivery in thirty days."""

    def __init__(self, *, accepted: bool = True) -> None:
        self.region = make.region(municipalities=2)
        self.town, self.other = self.region.municipalities
        self.people = [key_of(make.employee(self.town)) for _ in range(7)]
        service_id = made.seats_service(self.region)
        self.order_id = made.service_order(self.region, self.town, service_id, quantity=5)
        self.office = make.context(make.office(self.region))
        if accepted:
            orders.accept_order(self.office, order_id=self.order_id)
        self.hr = make.context(make.with_role(self.region, Role.HR, town=self.town))

    def held(self) -> list[tuple[int, int]]:
        names = orders.get_order_page(self.hr, order_id=self.order_id).names
        return [(row.number, row.employee_id) for row in names]

    def seats(self) -> int:
        return orders.get_order(self.hr, order_id=self.order_id).seats


def key_of(who: make.Who) -> int:
    assert who.employee is not None
    return int(who.employee.pk)


class TestNames:
    def test_are_put_on_later_and_taken_off_again(self) -> None:
        it = Agreed()
        a, b, c, *_rest = it.people
        orders.allocate_seats(it.hr, order_id=it.order_id, employees=[a, b])
        first = orders.get_order_page(it.hr, order_id=it.order_id).names[0]

        orders.take_off_name(it.hr, order_id=it.order_id, holder_id=first.id)
        orders.allocate_seats(it.hr, order_id=it.order_id, employees=[c])

        assert it.held() == [(1, c), (2, b)]
        page = orders.get_order_page(it.hr, order_id=it.order_id)
        assert page.free_seats == 3
        kinds = [line.kind for line in page.lines]
        assert kinds[-3:] == [LineKind.NAMED, LineKind.NAME_REMOVED, LineKind.NAMED]

    def test_more_than_there_are_seats_puts_on_none(self) -> None:
        it = Agreed()
        orders.allocate_seats(it.hr, order_id=it.order_id, employees=it.people[:3])

        with pytest.raises(TooManyNames, match="2 ledige plasser igjen"):
            orders.allocate_seats(it.hr, order_id=it.order_id, employees=it.people[3:6])
        assert len(it.held()) == 3

    def test_refuses_somebody_twice_or_of_another_municipality(self) -> None:
        it = Agreed()
        orders.allocate_seats(it.hr, order_id=it.order_id, employees=it.people[:1])
        theirs = key_of(make.employee(it.other))

        with pytest.raises(NameIsOnAlready):
            orders.allocate_seats(it.hr, order_id=it.order_id, employees=it.people[:2])
        for nobody in ([theirs], [10**12], []):
            with pytest.raises(NameIsUnknown):
                orders.allocate_seats(it.hr, order_id=it.order_id, employees=nobody)
        assert it.held() == [(1, it.people[0])]

    def test_refuses_before_it_is_agreed_and_where_there_are_no_seats(self) -> None:
        it = Agreed(accepted=False)
        with pytest.raises(OrderIsNotAgreed):
            orders.allocate_seats(it.hr, order_id=it.order_id, employees=it.people[:1])

        hours = made.service_order(it.region, it.town, made.service(it.region))
        orders.accept_order(it.office, order_id=hours)
        with pytest.raises(OrderHasNoSeats):
            orders.allocate_seats(it.hr, order_id=hours, employees=it.people[:1])

    def test_hides_the_order_from_the_neighbour(self) -> None:
        it = Agreed()
        neighbour = make.context(make.with_role(it.region, Role.HR, town=it.other))

        with pytest.raises(NotFound):
            orders.allocate_seats(neighbour, order_id=it.order_id, employees=it.people[:1])
        with pytest.raises(NotFound):
            orders.hand_back_seats(neighbour, order_id=it.order_id, count=1)
        assert it.held() == []

    def test_two_who_take_the_last_seats_at_once_never_get_more_than_there_are(self) -> None:
        it = Agreed()
        hr = [it.hr, make.context(make.with_role(it.region, Role.HR, town=it.town))]
        ready, said = threading.Barrier(2), []

        def take(number: int) -> None:
            try:
                ready.wait(timeout=60)
                orders.allocate_seats(
                    hr[number], order_id=it.order_id, employees=it.people[number * 3 : number * 3 + 3]
                )
                said.append("done")
            except DomainError as error:
                said.append(error.code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=take, args=(number,)) for number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(said) == ["done", "too_many_names"]
        assert len(it.held()) == 3


class TestHandBack:
    def test_gives_seats_back_until_the_day_and_not_after(self) -> None:
        it = Agreed()
        orders.allocate_seats(it.hr, order_id=it.order_id, employees=it.people[:2])
        last = it.hr.now + timedelta(days=20)  # thirty days until delivery, ten before it

        assert orders.hand_back_seats(it.hr.at(last), order_id=it.order_id, count=2) == 3
        with pytest.raises(ReleaseIsPast, match=r"til og med 04\.04\.2027"):
            orders.hand_back_seats(it.hr.at(last + timedelta(days=1)), order_id=it.order_id, count=1)
        with pytest.raises(ReleaseIsPast):
            orders.cancel_order(it.hr.at(last + timedelta(days=1)), order_id=it.order_id, reason="Ingen tid")

        assert it.seats() == 3
        assert orders.get_order(it.hr, order_id=it.order_id).status is OrderStatus.ACCEPTED
        page = orders.get_order_page(it.hr.at(last + timedelta(days=1)), order_id=it.order_id)
        assert not page.may & {"hand_back", "cancel"}

    def test_the_office_may_also_after_the_day(self) -> None:
        it = Agreed()
        late = it.office.at(it.office.now + timedelta(days=25))

        assert orders.hand_back_seats(late, order_id=it.order_id, count=1) == 4

    def test_never_takes_a_seat_from_under_a_name(self) -> None:
        it = Agreed()
        orders.allocate_seats(it.hr, order_id=it.order_id, employees=it.people[:4])
        names = orders.get_order_page(it.hr, order_id=it.order_id).names
        orders.take_off_name(it.hr, order_id=it.order_id, holder_id=names[0].id)

        with pytest.raises(HandBackIsTooMuch, match="2 plasser uten navn"):
            orders.hand_back_seats(it.hr, order_id=it.order_id, count=3)
        orders.hand_back_seats(it.hr, order_id=it.order_id, count=2)

        assert it.held() == [(1, it.people[1]), (2, it.people[2]), (3, it.people[3])]

    @pytest.mark.parametrize("count", [-3, 0, 5, 40_000])
    def test_refuses_nothing_and_everything(self, count: int) -> None:
        it = Agreed()
        with pytest.raises(HandBackIsTooMuch):
            orders.hand_back_seats(it.hr, order_id=it.order_id, count=count)
        assert it.seats() == 5

    def test_is_counted_where_seats_of_a_measure_are_counted(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        order_id = made.order(region, town, measure_id, seats=6)
        hr = make.context(make.with_role(region, Role.HR, town=town))

        orders.hand_back_seats(hr, order_id=order_id, count=2)

        assert orders.count_seats_by_municipality(hr, measure_id=measure_id) == {town.tenant_id: 4}
        page = orders.get_order_page(hr, order_id=order_id)
        assert page.terms is not None
        assert page.terms.quantity == 6  # what was agreed stands
