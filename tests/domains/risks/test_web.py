from __future__ import annotations

import re
from typing import Any

from django.test import Client

from kompetanse.domains.risks import api as risks
from tests import make
from tests.make import yearwheel as it


def browser(who: make.Who) -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response: Any) -> str:
    found: str = response.content.decode()
    return found


class World:
    def __init__(self) -> None:
        self.region = make.region()
        self.office = make.office(self.region)
        self.employee = make.employee(self.region.municipalities[0])
        self.risk_id = it.risk(self.region, self.office)
        self.where = f"/risiko/{self.risk_id}/"

    @property
    def page(self) -> Any:
        return risks.get_risk(make.system(self.region), risk_id=self.risk_id)


class TestRegister:
    def test_shows_the_matrix_with_words_and_where_each_risk_lies(self) -> None:
        world = World()
        html = text(browser(world.employee).get("/risiko/"))
        cell = re.search(rf'<td data-kind="bad">(?:(?!</td>).)*RISIKO-{world.risk_id}\b', html)
        assert cell
        assert "Høy" in cell[0]
        assert "ny-risiko" not in html

    def test_the_office_writes_one_down(self) -> None:
        world = World()
        told = {
            "title": "Leverandøren går konkurs", "owner_id": world.office.person_id, "probability": 2,
            "consequence": 5, "why": "", "description": "",
        }  # fmt: skip
        reply = browser(world.office).post("/risiko/", told)
        assert reply.status_code == 302
        assert "Leverandøren går konkurs" in text(browser(world.employee).get(reply["Location"]))

    def test_what_is_wrong_is_said_and_what_was_typed_stays(self) -> None:
        world = World()
        reply = browser(world.office).post("/risiko/", {"title": "Konkurs", "probability": "9"})
        assert reply.status_code == 422
        assert 'value="Konkurs"' in text(reply)

    def test_can_be_taken_out_as_a_sheet(self) -> None:
        world = World()
        reply = browser(world.employee).get("/risiko/?format=csv")
        assert f"RISIKO-{world.risk_id};For få kursholdere;Høy;4;3" in reply.content.decode("utf-8-sig")


class TestRisk:
    def test_is_judged_followed_up_and_closed(self) -> None:
        world = World()
        office = browser(world.office)
        for told in (
            {"act": "assess", "probability": 1, "consequence": 3, "why": "Bedre", "version": world.page.version},
            {"act": "measure", "text": "Lyse ut", "responsible": "RKK", "due_on": "2099-01-01"},
            {"act": "note", "text": "<b>Fulgt opp</b>"},
        ):
            assert office.post(world.where, told).status_code == 302, told
        (measure,) = world.page.measures
        assert office.post(world.where, {"act": f"done-{measure.id}"}).status_code == 302
        html = text(browser(world.employee).get(world.where))
        assert "&lt;b&gt;Fulgt opp&lt;/b&gt;" in html
        assert "Bedre" in html
        assert "Gjennomført" in html
        assert 'name="act"' not in html
        assert office.post(world.where, {"act": "close", "why": "Over"}).status_code == 302
        assert "Åpne risikoen igjen" in text(office.get(world.where))

    def test_the_second_writer_is_told_and_can_save_again(self) -> None:
        world = World()
        told = {"act": "change", "title": "Min tittel", "owner_id": world.office.person_id, "version": 0}
        office = browser(world.office)
        reply = office.post(world.where, told)
        assert reply.status_code == 422
        assert 'value="Min tittel"' in text(reply)
        assert "mens du skrev" in text(reply)
        again = re.search(r'name="version" value="(\d+)"[^>]*id="endre_version"', text(reply))
        assert again
        assert office.post(world.where, told | {"version": again[1]}).status_code == 302
        assert world.page.risk.title == "Min tittel"

    def test_who_may_not_write_changes_nothing(self) -> None:
        world = World()
        browser(world.employee).post(world.where, {"act": "note", "text": "Nei"})
        assert browser(world.employee).post(world.where, {"act": "done-1"}).status_code == 403
        assert not world.page.notes
