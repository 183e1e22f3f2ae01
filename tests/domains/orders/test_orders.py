from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.models import Order
from kompetanse.domains.orders.types import (
    MeasureIsClosed,
    OrderCannotBeCancelled,
    OrderIsNotOpen,
    OrderStandsAlready,
    OrderStatus,
    PlanIsNotAdopted,
    ReasonIsMissing,
    SeatsOutOfRange,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureStatus
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import orders as made


def count(region: make.Region) -> int:
    with tenant_scope(make.system(region)):
        return Order.objects.count()


class TestPlaceOrder:
    @pytest.mark.parametrize("role", [Role.CONTACT_PERSON, Role.HR, Role.CHIEF_EXECUTIVE])
    def test_lets_those_who_order_for_the_municipality(self, role: Role) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        ctx = make.context(make.with_role(region, role, town=town))

        order_id = orders.place_order(ctx, tenant_id=town.tenant_id, measure_id=measure_id, seats=6)

        row = orders.get_order(ctx, order_id=order_id)
        assert (row.seats, row.status, row.municipality) == (6, OrderStatus.PLACED, town.name)
        assert row.region_id == region.tenant_id
        assert orders.count_ordered_seats(ctx, measure_id=measure_id) == 0  # not before the office has answered

    def test_refuses_a_leader_and_an_employee(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)

        for who in (make.leader(town), make.employee(town)):
            with pytest.raises(Refused):
                orders.place_order(make.context(who), tenant_id=town.tenant_id, measure_id=measure_id, seats=6)
        assert count(region) == 0

    def test_refuses_to_order_for_another_municipality(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities
        measure_id = made.plan(region)
        ctx = make.context(make.with_role(region, Role.CONTACT_PERSON, town=mine))

        with pytest.raises(NotFound):
            orders.place_order(ctx, tenant_id=other.tenant_id, measure_id=measure_id, seats=6)
        assert count(region) == 0

    def test_refuses_a_measure_of_another_region(self) -> None:
        region, elsewhere = make.region(), make.region()
        town = region.municipalities[0]
        measure_id = made.plan(elsewhere)
        ctx = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))

        with pytest.raises(NotFound):
            orders.place_order(ctx, tenant_id=town.tenant_id, measure_id=measure_id, seats=6)
        assert count(region) == 0

    def test_refuses_before_the_plan_is_adopted(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region, adopted=False)
        ctx = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))

        with pytest.raises(PlanIsNotAdopted):
            orders.place_order(ctx, tenant_id=town.tenant_id, measure_id=measure_id, seats=6)
        assert count(region) == 0

    def test_refuses_a_measure_that_is_over(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        plans.set_measure_status(make.system(region), measure_id=measure_id, status=MeasureStatus.CANCELLED)
        ctx = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))

        with pytest.raises(MeasureIsClosed):
            orders.place_order(ctx, tenant_id=town.tenant_id, measure_id=measure_id, seats=6)
        assert count(region) == 0

    @pytest.mark.parametrize("seats", [-3, 0, 40_000])
    def test_refuses_numbers_that_make_no_sense(self, seats: int) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        ctx = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))

        with pytest.raises(SeatsOutOfRange, match="mellom 1 og 10000"):
            orders.place_order(ctx, tenant_id=town.tenant_id, measure_id=measure_id, seats=seats)
        assert count(region) == 0

    def test_refuses_a_second_while_one_waits(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        made.order(region, town, measure_id, accepted=False)
        ctx = make.context(make.with_role(region, Role.HR, town=town))

        with pytest.raises(OrderStandsAlready):
            orders.place_order(ctx, tenant_id=town.tenant_id, measure_id=measure_id, seats=6)
        assert count(region) == 1

    def test_takes_another_when_the_first_is_accepted(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        made.order(region, town, measure_id, seats=3)
        made.order(region, town, measure_id, seats=2)

        assert orders.count_ordered_seats(make.system(region), measure_id=measure_id) == 5


class TestChangeOrder:
    def test_changes_the_number_while_the_office_has_not_answered(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        order_id = made.order(region, town, made.plan(region), accepted=False)
        ctx = make.context(make.with_role(region, Role.HR, town=town))

        orders.change_order(ctx, order_id=order_id, seats=9)

        assert orders.get_order(ctx, order_id=order_id).seats == 9

    def test_refuses_when_it_is_accepted(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        order_id = made.order(region, town, made.plan(region), seats=4)
        ctx = make.context(make.with_role(region, Role.HR, town=town))

        with pytest.raises(OrderIsNotOpen):
            orders.change_order(ctx, order_id=order_id, seats=9)
        assert orders.get_order(ctx, order_id=order_id).seats == 4


class TestAcceptOrder:
    def test_counts_the_seats_and_the_measure_as_ordered(self) -> None:
        region = make.region(municipalities=2)
        measure_id = made.plan(region)
        for town in region.municipalities:
            made.order(region, town, measure_id, seats=4, accepted=False)
        office = make.context(make.office(region))

        for row in orders.list_orders(office, status=OrderStatus.PLACED):
            orders.accept_order(office, order_id=row.id)

        assert orders.count_ordered_seats(office, measure_id=measure_id) == 8
        assert set(orders.count_seats_by_municipality(office, measure_id=measure_id).values()) == {4}
        assert plans.get_measure(office, measure_id=measure_id).status is MeasureStatus.ORDERED

    def test_refuses_the_municipality_itself(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        order_id = made.order(region, town, made.plan(region), accepted=False)
        ctx = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))

        with pytest.raises(Refused):
            orders.accept_order(ctx, order_id=order_id)
        assert orders.get_order(ctx, order_id=order_id).status is OrderStatus.PLACED

    def test_refuses_twice(self) -> None:
        region = make.region()
        order_id = made.order(region, region.municipalities[0], made.plan(region))

        with pytest.raises(OrderIsNotOpen):
            orders.accept_order(make.context(make.office(region)), order_id=order_id)


class TestCancelOrder:
    def test_keeps_the_reason(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        order_id = made.order(region, town, made.plan(region))
        ctx = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))

        orders.cancel_order(ctx, order_id=order_id, reason=" Vi sender ingen i år. ")

        row = orders.get_order(ctx, order_id=order_id)
        assert (row.status, row.reason) == (OrderStatus.CANCELLED, "Vi sender ingen i år.")

    def test_refuses_without_a_reason_and_when_it_is_over(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        order_id = made.order(region, town, measure_id)
        ctx = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))

        with pytest.raises(ReasonIsMissing):
            orders.cancel_order(ctx, order_id=order_id, reason="  ")
        assert orders.deliver_orders(make.system(region), measure_id=measure_id) == 1
        with pytest.raises(OrderCannotBeCancelled):
            orders.cancel_order(ctx, order_id=order_id, reason="For sent")
        assert orders.get_order(ctx, order_id=order_id).status is OrderStatus.DELIVERED


class TestListOrders:
    def test_shows_a_municipality_its_own_and_the_office_all(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities
        measure_id = made.plan(region)
        ids = [made.order(region, town, measure_id) for town in (mine, other)]
        contact = make.context(make.with_role(region, Role.CONTACT_PERSON, town=mine))

        assert [row.id for row in orders.list_orders(contact)] == ids[:1]
        assert {row.id for row in orders.list_orders(make.context(make.office(region)))} == set(ids)
        with pytest.raises(NotFound):
            orders.get_order(contact, order_id=ids[1])


def client(who: make.Who) -> Client:
    found = Client()
    found.force_login(who.account)
    return found


class TestPages:
    def test_a_contact_person_orders_and_changes(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        web = client(make.with_role(region, Role.CONTACT_PERSON, town=town))

        page = web.get(reverse("orders.order_list"), {"measure": measure_id})
        assert page.status_code == 200
        answer = web.post(reverse("orders.order_list"), {"measure": measure_id, "seats": 5, "note": "Gjerne vår"})

        with tenant_scope(make.system(region)):
            row = Order.objects.get()
        where = reverse("orders.order", args=[row.id])
        assert (answer.status_code, answer["Location"]) == (302, where)
        assert (row.seats, row.note) == (5, "Gjerne vår")
        assert web.post(where, {"act": "change", "seats": 7}).status_code == 302
        assert "7" in web.get(where).content.decode()

    def test_a_refusal_keeps_what_was_typed(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        made.order(region, town, measure_id, accepted=False)
        web = client(make.with_role(region, Role.CONTACT_PERSON, town=town))

        answer = web.post(reverse("orders.order_list"), {"measure": measure_id, "seats": 5, "note": "Huset"})

        assert answer.status_code == 422
        assert "allerede en bestilling" in answer.content.decode()
        assert 'value="Huset"' in answer.content.decode()

    def test_the_office_accepts_with_one_click(self) -> None:
        region = make.region()
        order_id = made.order(region, region.municipalities[0], made.plan(region), accepted=False)
        web = client(make.office(region))

        assert "Godta" in web.get(reverse("orders.order_list")).content.decode()
        assert web.post(reverse("orders.accept", args=[order_id])).status_code == 302
        assert orders.get_order(make.system(region), order_id=order_id).status is OrderStatus.ACCEPTED

    def test_a_cancelled_order_shows_why(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        order_id = made.order(region, town, made.plan(region))
        web = client(make.with_role(region, Role.CONTACT_PERSON, town=town))
        where = reverse("orders.order", args=[order_id])

        assert web.post(where, {"act": "cancel", "reason": ""}).status_code == 422
        assert web.post(where, {"act": "cancel", "reason": "Ingen vikarer"}).status_code == 302
        assert "Ingen vikarer" in web.get(where).content.decode()

    def test_an_employee_is_turned_away(self) -> None:
        region = make.region()
        web = client(make.employee(region.municipalities[0]))

        assert web.get(reverse("orders.order_list")).status_code == 403

    def test_the_list_asks_as_much_for_twenty_as_for_two(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        office = client(make.office(region))

        def queries() -> int:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert office.get(reverse("orders.order_list")).status_code == 200
            return len(asked)

        for _ in range(2):
            made.order(region, town, measure_id, seats=1)
        queries()
        few = queries()
        for _ in range(18):
            made.order(region, town, measure_id, seats=1)
        assert queries() == few
