from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.types import OrderStatus
from kompetanse.domains.orders.types.guidelines import Route, Rule
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.money import Money
from tests import make
from tests.contracts.world import on_the_day
from tests.make import governance as make_governance
from tests.make import orders as made


@pytest.fixture(autouse=True)
def _day() -> object:
    with on_the_day():
        yield


def client(who: make.Who) -> Client:
    found = Client()
    found.force_login(who.account)
    return found


def text(answer: object) -> str:
    assert isinstance(answer, HttpResponse)
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


class Town:
    def __init__(self) -> None:
        self.region = make.region()
        self.town = self.region.municipalities[0]
        self.contact = client(make.with_role(self.region, Role.CONTACT_PERSON, town=self.town))
        self.worker = make.office(self.region)
        self.office = client(self.worker)
        self.ctx = make.system(self.region)

    def orders(self) -> list[int]:
        return [row.id for row in orders.list_orders(self.ctx)]


class TestCatalogue:
    def test_shows_the_consequence_before_anything_is_sent(self) -> None:
        it = Town()
        service_id = made.service(it.region)
        made.guideline(it.region)
        where = reverse("orders.service", args=[service_id])
        assert "Hjelp til kartlegging" in text(it.contact.get(reverse("orders.catalogue")))
        told = {"quantity": 100, "municipalities": 1, "note": "Til våren"}

        seen = it.contact.post(where, told | {"act": "see"})

        assert (seen.status_code, it.orders()) == (200, [])
        page = text(seen)
        assert "90 000 kr" in page
        assert "Via forumet" in page
        assert "Store oppdrag avgjøres i forumet. (Regel 1)" in page
        mark = re.search(r'name="seen" value="([^"]+)"', page)
        assert mark is not None
        changed = it.contact.post(where, told | {"quantity": 10, "act": "send", "seen": mark[1]})
        assert "Noe er endret siden du så" in text(changed)
        assert it.orders() == []
        sent = it.contact.post(where, told | {"act": "send", "seen": mark[1]})
        assert sent.status_code == 302
        assert [row.status for row in orders.list_orders(it.ctx)] == [OrderStatus.AT_FORUM]

    @pytest.mark.parametrize(
        ("quantity", "said"), [(-3, "fra 1 til 200"), (40_000, "fra 1 til 200"), ("", "fylles ut")]
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, quantity: object, said: str) -> None:
        it = Town()
        where = reverse("orders.service", args=[made.service(it.region)])

        answer = it.contact.post(where, {"quantity": quantity, "municipalities": 1, "note": "Huset", "act": "see"})

        assert answer.status_code == 422
        assert said in text(answer)
        assert 'value="Huset"' in text(answer)
        assert it.orders() == []

    def test_the_office_publishes_changes_and_retires(self) -> None:
        it = Town()
        told = {
            "title_nb": "Råd", "kind": "advice", "unit": "hour", "price_each": "1 200", "hours_each": "1,5",
            "days_expected": 20, "least": 1, "most": 30, "roles": ["hr"],
        }  # fmt: skip

        assert it.office.post(reverse("orders.new_service"), told).status_code == 302
        row = orders.list_services(it.ctx)[0]
        edit = reverse("orders.edit_service", args=[row.id])
        assert it.office.post(edit, told | {"hours_each": "-3"}).status_code == 422
        assert it.office.post(edit, told | {"price_each": "1300"}).status_code == 302
        changed = orders.list_services(it.ctx)[0]
        assert (row.told.minutes_each, changed.version, changed.told.price_each) == (90, 2, Money.kroner(1300))
        assert it.office.post(edit, {"act": "retire"}).status_code == 302
        assert orders.list_services(it.ctx) == []
        assert it.contact.get(edit).status_code == 403

    def test_those_who_cannot_order_are_told_who_can(self) -> None:
        it = Town()
        service_id = made.service(it.region, roles=(Role.CHIEF_EXECUTIVE,))
        page = text(it.contact.get(reverse("orders.service", args=[service_id])))
        assert "bestilles av: Kommunedirektør" in page
        assert "Se hva bestillingen betyr" not in page


class TestMeasureForm:
    def test_shows_the_consequence_when_it_is_asked_for(self) -> None:
        it = Town()
        measure_id = made.plan(it.region)

        answer = it.contact.post(reverse("orders.order_list"), {"measure": measure_id, "seats": 5, "act": "see"})

        assert answer.status_code == 200
        assert "omtrent 2 500 kr av tiltakets budsjett" in text(answer)
        assert it.orders() == []


class TestOrderPage:
    def test_leads_from_the_quote_to_the_approved_delivery(self) -> None:
        it = Town()
        staff_id = made.staff(it.region, it.worker)
        order_id = made.service_order(it.region, it.town, made.service(it.region))
        where = reverse("orders.order", args=[order_id])
        day = it.ctx.today

        def office(**told: object) -> int:
            return it.office.post(where, told).status_code

        def contact(**told: object) -> int:
            return it.contact.post(where, told).status_code

        quote = {"price_each": "1000", "minutes": "8", "days_expected": 20, "expires_on": str(day)}
        assert office(act="quote", **quote | {"expires_on": str(day - timedelta(days=1))}) == 422
        assert office(act="quote", **quote) == 302
        assert "Les det og svar." in text(it.contact.get(where))
        answer = it.contact.post(where, {"act": "accept_quote", "number": 2, "purchase_reference": ""})
        assert answer.status_code == 422
        assert "bestillingsreferanse" in text(answer)
        assert contact(act="accept_quote", number=1, purchase_reference="X") == 422
        assert contact(act="accept_quote", number=2, purchase_reference="X-1") == 302
        assert contact(act="accept_quote", number=2, purchase_reference="X-1") == 422
        assert office(act="assign", staff_id=staff_id) == 302
        assert office(act="time", staff_id=staff_id, day=str(day), hours="7,5", note="") == 302
        assert office(act="time", staff_id=staff_id, day=str(day), hours="-3", note="") == 422
        assert office(act="deliver", note="") == 302
        assert contact(act="deviate", text="For kort rapport") == 302
        assert contact(act="approve", note="") == 422
        deviation = orders.list_deviations(it.ctx)[0]
        there = reverse("orders.deviation", args=[deviation.id])
        told = {"act": "follow", "staff_id": staff_id, "due_on": str(day)}
        assert it.office.post(there, told).status_code == 302
        assert it.office.post(there, {"act": "close", "outcome": "Skrevet ut"}).status_code == 302
        assert contact(act="approve", note="Takk") == 302
        page = text(it.contact.get(where))
        for said in ("Bestillingen er ferdig", "X-1", "7,5 timer brukt", "10 000 kr", "Kommunen godtok tilbudet"):
            assert said in page
        assert "7,5 timer" in text(it.office.get(where))

    def test_an_order_for_the_forum_is_brought_and_answered(self) -> None:
        it = Town()
        make_governance.body(it.region)
        made.guideline(it.region, Rule(Route.FORUM, "Alt til forumet."))
        order_id = made.service_order(it.region, it.town, made.service(it.region))
        where = reverse("orders.order", args=[order_id])

        assert it.office.post(where, {"act": "bring"}).status_code == 302
        assert it.contact.get(where).status_code == 200
        assert "Alt til forumet." in text(it.contact.get(where))
        assert it.office.post(where, {"act": "forum", "is_approved": "ja"}).status_code == 422
        assert it.office.post(where, {"act": "accept"}).status_code == 422
        assert it.orders() == [order_id]

    def test_hr_puts_on_names_and_hands_back(self) -> None:
        it = Town()
        somebody = make.employee(it.town)
        assert somebody.employee is not None
        order_id = made.service_order(it.region, it.town, made.seats_service(it.region), quantity=5)
        orders.accept_order(it.ctx, order_id=order_id)
        hr = client(make.with_role(it.region, Role.HR, town=it.town))
        where = reverse("orders.order", args=[order_id])

        assert hr.post(where, {"act": "name", "employees": [somebody.employee.pk]}).status_code == 302
        assert somebody.employee.name in text(hr.get(where))
        assert hr.post(where, {"act": "name", "employees": [10**12]}).status_code == 422
        assert hr.post(where, {"act": "hand_back", "count": 9}).status_code == 422
        assert hr.post(where, {"act": "hand_back", "count": 2}).status_code == 302
        seat = orders.get_order_page(it.ctx, order_id=order_id).names[0]
        assert hr.post(where, {"act": "unname-x"}).status_code == 404
        assert hr.post(where, {"act": f"unname-{seat.id}"}).status_code == 302
        assert "3 av 3 plasser er uten navn" in text(hr.get(where))


class TestOffice:
    def test_the_inbox_says_what_is_late(self) -> None:
        it = Town()
        made.service_order(it.region, it.town, made.service(it.region))
        assert "Venter på svar fra oss" in text(it.office.get(reverse("orders.inbox")))
        assert it.contact.get(reverse("orders.inbox")).status_code == 403

    def test_staff_are_written_down_and_the_forum_sees_the_months(self) -> None:
        it = Town()
        where = reverse("orders.capacity")
        made.service_order(it.region, it.town, made.service(it.region))
        told = {"person_id": it.worker.person_id, "weekly_hours": "41", "valid_from": "2027-01-01"}

        assert it.office.post(where, told).status_code == 422
        assert it.office.post(where, told | {"weekly_hours": "22,5"}).status_code == 302
        page = text(it.office.get(where))
        assert "22,5 timer i uka fra" in page
        forum = client(make.with_role(it.region, Role.FORUM_MEMBER))
        page = text(forum.get(where))
        assert "Kontorets timer måned for måned" in page
        assert it.worker.account.display_name not in page
        assert forum.post(where, told | {"weekly_hours": "10"}).status_code == 403

    def test_rules_are_tried_before_they_are_set(self) -> None:
        it = Town()
        made.service_order(it.region, it.town, made.service(it.region))
        where = reverse("orders.new_guidelines")
        told = {
            "valid_from": str(it.ctx.today), "otherwise": "direct", "decided_by": "Sak 001/27",
            "r0-route": "forum", "r0-reason_nb": "Kartlegging til forumet", "r0-kinds": ["mapping"], "r0-place": 1,
            "r1-route": "direct", "r1-reason_nb": "",
        }  # fmt: skip

        tried = it.office.post(where, told | {"act": "try"})

        assert tried.status_code == 200
        assert "1 bestilling siden" in text(tried)
        assert "Sett retningslinjene" in text(tried)
        assert orders.get_guidelines_page(it.ctx).guidelines == ()
        turned = it.office.post(where, told | {"act": "set", "r0-minutes_from": "5", "r0-minutes_below": "5"})
        assert turned.status_code == 422
        assert "grensen «fra»" in text(turned)
        assert it.office.post(where, told | {"act": "set"}).status_code == 302
        page = text(it.contact.get(reverse("orders.guidelines")))
        assert "Vedtatt i Sak 001/27." in page
        assert "Kartlegging til forumet" in page
        assert it.contact.get(where).status_code == 403

    def test_the_lists_ask_as_much_for_twenty_as_for_two(self) -> None:
        from tests.make.queries import counted

        it = Town()
        service_id = made.service(it.region)
        pages = [reverse(f"orders.{name}") for name in ("inbox", "capacity", "guidelines", "deviations", "catalogue")]

        def more(count: int) -> None:
            for _ in range(count):
                order_id = made.service_order(it.region, it.town, service_id)
                orders.accept_order(it.ctx, order_id=order_id)
                orders.note_order_deviation(it.ctx, order_id=order_id, text="Feil")

        def asked() -> list[int]:
            found = []
            for where in pages:
                with counted() as queries:
                    assert it.office.get(where).status_code == 200
                found.append(len(queries))
            return found

        more(2)
        asked()
        few = asked()
        more(18)
        assert asked() == few
