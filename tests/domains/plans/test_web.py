from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kompetanse.domains.organisation.types import BodyKind, Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureStatus, PlanRow, PlanStatus
from tests import make
from tests.make import governance as gov
from tests.make import plans as made

HARD = "\N{NO-BREAK SPACE}"


def browser(who: make.Who, language: str = "nb") -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["sprak"] = language
    return client


def text(response: Any) -> str:
    found: str = response.content.decode()
    return found


def hidden(html: str, name: str) -> str:
    found = re.search(rf'<input type="hidden" name="{name}" value="(\d+)"', html)
    assert found, f"no hidden {name}"
    return found[1]


def only_plan(region: make.Region) -> PlanRow:
    (row,) = plans.list_plans(make.system(region))
    return row


class TestPlans:
    def test_the_office_carries_a_plan_from_nothing_to_hearing(self) -> None:
        region = make.region()
        goal_id, pool_id = gov.goal(region), made.pool(region)
        gov.frame(region, year=2028)
        client = browser(make.office(region))

        reply = client.post("/planer/", {"year": "2028"})
        url = reply["Location"]
        measure = {
            "act": "measure", "title_nb": "Kurs", "title_nn": "Kurset", "kind": "course", "goal_id": goal_id,
            "pool_ids": [pool_id], "seats_planned": "40", "quarter": "2", "budget": "12 500,50",
        }  # fmt: skip
        assert client.post(url, measure).status_code == 302
        assert client.post(url, {"act": "hearing"}).status_code == 302

        row = only_plan(region)
        assert (row.year, row.status, row.budget_ore) == (2028, PlanStatus.HEARING, 1_250_050)
        html = text(browser(make.employee(region.municipalities[0]), "nn").get(url))
        assert "Kurset" in html
        assert "Trygge tenester" in html
        assert 'name="title_nb"' not in html

    def test_a_plan_for_the_same_year_is_refused(self) -> None:
        region = make.region()
        made.plan(region)

        reply = browser(make.office(region)).post("/planer/", {"year": "2027"})

        assert reply.status_code == 422
        assert "finnes allerede en handlingsplan for 2027" in text(reply)
        assert only_plan(region).year == 2027

    def test_an_employee_makes_none(self) -> None:
        region = make.region()

        browser(make.employee(region.municipalities[0])).post("/planer/", {"year": "2027"})

        assert plans.list_plans(make.system(region)) == []


class TestPlan:
    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_every_role_reads_an_adopted_plan(self, language: str) -> None:
        region = make.region()
        town = region.municipalities[0]
        plan_id, _ = made.adopted_plan(region, goal_id=gov.goal(region), pool_ids=(made.pool(region),))
        forum = gov.forum(region)

        for who in (
            make.employee(town), make.leader(town), make.with_role(region, Role.CONTACT_PERSON, town=town),
            forum.member, forum.union, make.with_role(region, Role.CHIEF_EXECUTIVE), make.office(region),
        ):  # fmt: skip
            reply = browser(who, language).get(f"/planer/{plan_id}/")
            assert reply.status_code == 200
            assert f"1{HARD}000{HARD}000" in text(reply).replace(",", HARD)
        assert browser(make.office(make.region())).get(f"/planer/{plan_id}/").status_code == 404

    def test_a_chief_executive_adopts(self) -> None:
        region = make.region()
        gov.frame(region)
        plan_id = made.plan(region)
        made.measure(region, plan_id)
        plans.send_to_hearing(make.system(region), plan_id=plan_id)
        case_id = gov.decided_case(region, BodyKind.EXECUTIVE_COMMITTEE)
        client = browser(make.with_role(region, Role.CHIEF_EXECUTIVE))

        reply = client.post(f"/planer/{plan_id}/", {"act": "adopt", "case_id": case_id})

        assert reply.status_code == 302
        assert only_plan(region).status is PlanStatus.ADOPTED
        assert "Sak 001/27" in text(client.get(f"/planer/{plan_id}/"))

    def test_a_forum_member_does_not(self) -> None:
        region = make.region()
        gov.frame(region)
        plan_id = made.plan(region)
        made.measure(region, plan_id)
        plans.send_to_hearing(make.system(region), plan_id=plan_id)
        case_id = gov.decided_case(region)

        reply = browser(gov.forum(region).member).post(f"/planer/{plan_id}/", {"act": "adopt", "case_id": case_id})

        assert reply.status_code == 422
        assert only_plan(region).status is PlanStatus.HEARING

    def test_holes_are_shown_in_words(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        gov.goal(region)
        made.pool(region, "Brannvern for alle ansatte")
        made.measure(region, plan_id)

        html = text(browser(make.office(region)).get(f"/planer/{plan_id}/"))

        assert "Mål uten tiltak" in html
        assert "Tilbudsstyrt" in html
        assert "Behov uten tiltak" in html
        assert "Det er ikke satt noen ramme for 2027" in html

    @pytest.mark.parametrize(("form", "language"), [("nb", b"/Lang(nb-NO)"), ("nn", b"/Lang(nn-NO)")])
    def test_the_document(self, form: str, language: bytes) -> None:
        region = make.region()
        plan_id, _ = made.adopted_plan(region)

        reply = browser(make.employee(region.municipalities[0])).get(f"/planer/{plan_id}.pdf?form={form}")

        assert (reply.status_code, reply["Content-Type"]) == (200, "application/pdf")
        assert language in reply.content


class TestMeasure:
    def test_the_second_writer_keeps_what_was_typed_and_can_save_it(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        url = f"/tiltak/{made.measure(region, plan_id)}/"
        client = browser(make.office(region))
        seen = hidden(text(client.get(url)), "version")
        change = {"act": "change", "version": seen, "kind": "course", "budget": "5"}

        assert client.post(url, {**change, "title_nb": "Min"}).status_code == 302
        reply = client.post(url, {**change, "title_nb": "Din"})
        html = text(reply)
        assert reply.status_code == 422
        assert "mens du skrev" in html
        assert 'value="Din"' in html
        assert client.post(url, {**change, "version": hidden(html, "version"), "title_nb": "Din"}).status_code == 302

        (row,) = plans.list_measures(make.system(region))
        assert row.title_nb == "Din"

    def test_a_cancelled_measure_can_no_longer_be_changed(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        measure_id = made.measure(region, plan_id)
        url = f"/tiltak/{measure_id}/"
        client = browser(make.office(region))

        assert client.post(url, {"act": "status", "status": "cancelled"}).status_code == 302
        reply = client.post(url, {"act": "change", "version": "2", "title_nb": "Nytt", "kind": "course"})

        assert reply.status_code == 422
        assert "er gjennomført eller avlyst" in text(reply)
        assert plans.get_measure(make.system(region), measure_id=measure_id).status is MeasureStatus.CANCELLED
        assert only_plan(region).budget_ore == 0

    def test_an_employee_reads_it_and_changes_nothing(self) -> None:
        region = make.region()
        _, measure_id = made.adopted_plan(region, pool_ids=(made.pool(region),))
        url = f"/tiltak/{measure_id}/"
        client = browser(make.employee(region.municipalities[0]))

        assert "Kurs i legemiddelhåndtering" in text(client.get(url))
        reply = client.post(url, {"act": "status", "status": "cancelled"})

        assert reply.status_code == 422
        assert only_plan(region).budget_ore == 10_000_000

    def test_ids_are_used_once_on_the_page(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        measure_id = made.measure(region, plan_id, pool_ids=(made.pool(region),), goal_id=gov.goal(region))
        plans.send_to_hearing(make.system(region), plan_id=plan_id)
        client = browser(make.office(region))

        for url in (f"/tiltak/{measure_id}/", f"/planer/{plan_id}/", "/planer/"):
            ids = re.findall(r'\sid="([^"]+)"', text(client.get(url)))
            assert len(ids) == len(set(ids)), sorted(one for one in set(ids) if ids.count(one) > 1)
