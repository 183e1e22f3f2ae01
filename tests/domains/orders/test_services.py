from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.models import Order, OrderEntry, OrderTerms
from kompetanse.domains.orders.types import OrderStatus
from kompetanse.domains.orders.types.catalogue import (
    HoursAreOutOfRange,
    LimitsAreTurned,
    OrderUnit,
    PriceIsOutOfRange,
    QuantityOutOfRange,
    RoleMayNotOrder,
    ServiceInput,
    ServiceIsClosed,
    ServiceIsIncomplete,
    ServiceKind,
    ServiceTextIsTooLong,
)
from kompetanse.domains.orders.types.delivery import LineKind
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.money import Money
from tests import make
from tests.make import orders as made


def told(**changes: object) -> ServiceInput:
    fields: dict[str, object] = {"title_nb": "Råd til ledere", "kind": ServiceKind.ADVICE, "unit": OrderUnit.HOUR}
    return ServiceInput(**(fields | changes))  # type: ignore[arg-type]


def count(region: make.Region) -> int:
    with tenant_scope(make.system(region)):
        return Order.objects.count()


class TestCatalogue:
    def test_a_change_is_a_new_version_and_leaves_orders_as_they_were(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        service_id = made.service(region)
        order_id = made.service_order(region, town, service_id, quantity=10)
        ctx = make.system(region)

        made_again = told(title_nb="Dyrere hjelp", price_each=Money.kroner(2000), minutes_each=30)
        orders.publish_service(ctx, region_id=region.tenant_id, told=made_again, service_id=service_id)
        orders.retire_service(ctx, service_id=service_id)

        page = orders.get_order_page(ctx, order_id=order_id)
        assert page.terms is not None
        assert (page.terms.title, page.terms.total, page.terms.minutes) == (
            "Hjelp til kartlegging", Money.kroner(9000), 600,
        )  # fmt: skip
        assert page.terms.service_version == 1
        assert page.order.title == "Hjelp til kartlegging"
        assert [row.version for row in orders.get_service_page(ctx, service_id=service_id).versions] == [2, 1]
        assert orders.list_services(ctx) == []
        assert len(orders.list_services(ctx, with_closed=True)) == 1

    def test_a_changed_number_keeps_what_it_was_ordered_under(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        service_id = made.service(region)
        order_id = made.service_order(region, town, service_id, quantity=10)
        dearer = told(price_each=Money.kroner(2000))
        orders.publish_service(make.system(region), region_id=region.tenant_id, told=dearer, service_id=service_id)
        contact = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))

        orders.change_order(contact, order_id=order_id, seats=5)

        page = orders.get_order_page(contact, order_id=order_id)
        assert page.terms is not None
        assert (page.terms.number, page.terms.quantity, page.terms.total) == (2, 5, Money.kroner(4500))
        assert [line.kind for line in page.lines] == [LineKind.PLACED, LineKind.CHANGED]

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"title_nb": "  "}, ServiceIsIncomplete),
            ({"roles": ()}, ServiceIsIncomplete),
            ({"roles": (Role.EMPLOYEE,)}, ServiceIsIncomplete),
            ({"title_nn": "x" * 161}, ServiceTextIsTooLong),
            ({"terms_nb": "x" * 4001}, ServiceTextIsTooLong),
            ({"least": 0}, LimitsAreTurned),
            ({"least": 5, "most": 4}, LimitsAreTurned),
            ({"most": 40_000}, LimitsAreTurned),
            ({"price_each": Money(-1)}, PriceIsOutOfRange),
            ({"minutes_each": -180}, HoursAreOutOfRange),
            ({"minutes_each": 40_000 * 60}, HoursAreOutOfRange),
        ],
    )
    def test_refuses_what_makes_no_sense(self, changes: dict[str, object], error: type[Exception]) -> None:
        region = make.region()

        with pytest.raises(error):
            orders.publish_service(make.system(region), region_id=region.tenant_id, told=told(**changes))
        assert orders.list_services(make.system(region), with_closed=True) == []

    def test_is_kept_by_the_office_alone(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        service_id = made.service(region)
        ctx = make.context(make.with_role(region, Role.CONTACT_PERSON, town=town))

        with pytest.raises(Refused):
            orders.publish_service(ctx, region_id=region.tenant_id, told=told())
        with pytest.raises(Refused):
            orders.publish_service(ctx, region_id=region.tenant_id, told=told(), service_id=service_id)
        with pytest.raises(Refused):
            orders.retire_service(ctx, service_id=service_id)
        assert [row.version for row in orders.list_services(ctx)] == [1]


class TestOrderService:
    def test_freezes_what_was_offered_and_says_when_it_is_due(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        order_id = made.service_order(region, town, made.service(region), quantity=40, note=" Gjerne i mai ")
        ctx = make.system(region)

        page = orders.get_order_page(ctx, order_id=order_id)

        row = page.order
        assert (row.status, row.quantity, row.seats, row.measure_id) == (OrderStatus.PLACED, 40, 0, None)
        assert (row.kind, row.unit, row.note) == (ServiceKind.MAPPING, OrderUnit.HOUR, "Gjerne i mai")
        assert row.due_on == ctx.today + timedelta(days=30)
        assert page.terms is not None
        assert (page.terms.total, page.terms.minutes) == (Money.kroner(36_000), 40 * 60)
        assert orders.count_ordered_seats(ctx, measure_id=1) == 0

    @pytest.mark.parametrize("quantity", [-3, 0, 201, 40_000])
    def test_refuses_numbers_the_service_is_not_offered_in(self, quantity: int) -> None:
        region = make.region()
        service_id = made.service(region)

        with pytest.raises(QuantityOutOfRange, match="fra 1 til 200"):
            made.service_order(region, region.municipalities[0], service_id, quantity=quantity)
        assert count(region) == 0

    def test_refuses_roles_the_service_is_not_offered_to(self) -> None:
        region = make.region()
        service_id = made.service(region, roles=(Role.CHIEF_EXECUTIVE,))

        with pytest.raises(RoleMayNotOrder):
            made.service_order(region, region.municipalities[0], service_id)
        assert count(region) == 0

    def test_a_leader_orders_for_their_own_unit_and_no_other(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        mine, other = make.unit(town), make.unit(town)
        service_id = made.service(region)
        ctx = make.context(make.leader(town, mine))

        order_id = orders.order_service(
            ctx, tenant_id=town.tenant_id, service_id=service_id, quantity=2, unit_id=mine.id
        )
        for unit_id in (other.id, None):
            with pytest.raises(Refused):
                orders.order_service(ctx, tenant_id=town.tenant_id, service_id=service_id, quantity=2, unit_id=unit_id)

        assert [row.id for row in orders.list_orders(ctx)] == [order_id]
        assert orders.get_order_page(ctx, order_id=order_id).unit_name == mine.name
        assert [row.id for row in orders.list_orders(make.context(make.leader(town, other)))] == []
        assert count(region) == 1

    def test_refuses_another_municipality_and_its_units(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities
        theirs = make.unit(other)
        service_id = made.service(region)
        ctx = make.context(make.with_role(region, Role.CONTACT_PERSON, town=mine))

        for tenant_id, unit_id in ((other.tenant_id, None), (mine.tenant_id, theirs.id)):
            with pytest.raises(NotFound):
                orders.order_service(ctx, tenant_id=tenant_id, service_id=service_id, quantity=2, unit_id=unit_id)
        assert count(region) == 0

    def test_refuses_the_service_of_another_region_and_one_that_is_retired(self) -> None:
        region, elsewhere = make.region(), make.region()
        town = region.municipalities[0]
        retired = made.service(region)
        orders.retire_service(make.system(region), service_id=retired)

        with pytest.raises(NotFound):
            made.service_order(region, town, made.service(elsewhere))
        with pytest.raises(ServiceIsClosed):
            made.service_order(region, town, retired)
        with pytest.raises(ServiceIsClosed):
            orders.retire_service(make.system(region), service_id=retired)
        assert count(region) == 0

    def test_tells_the_consequence_without_writing_anything(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        service_id = made.seats_service(region)
        made.guideline(region)
        ctx = make.context(make.with_role(region, Role.HR, town=town))

        told = orders.foresee_service(ctx, tenant_id=town.tenant_id, service_id=service_id, quantity=100)

        assert (told.total, told.minutes, told.why) == (
            Money.kroner(50_000), 3000, "Store oppdrag avgjøres i forumet.",
        )  # fmt: skip
        assert told.due_on == ctx.today + timedelta(days=30)
        assert told.release_on == ctx.today + timedelta(days=20)
        assert count(region) == 0


class TestWhatStands:
    @pytest.mark.parametrize("model", [OrderTerms, OrderEntry])
    def test_the_web_can_neither_change_nor_remove_it(self, model: type[OrderTerms | OrderEntry]) -> None:
        region = make.region()
        made.service_order(region, region.municipalities[0], made.service(region))

        with pytest.raises(ProgrammingError, match="permission denied"), tenant_scope(make.system(region)):
            model.objects.update(tenant_id=region.tenant_id)
        with pytest.raises(ProgrammingError, match="permission denied"), tenant_scope(make.system(region)):
            model.objects.all().delete()
        with tenant_scope(make.system(region)):
            assert model.objects.count() == 1
