from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kompetanse.domains.organisation.types import Role
from kompetanse.domains.yearwheel import api as yearwheel
from kompetanse.domains.yearwheel.types import Stated
from kompetanse.foundation import clock
from tests import make
from tests.make import governance as gov
from tests.make import yearwheel as it
from tests.make.queries import counted


def browser(who: make.Who, language: str = "nb") -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["sprak"] = language
    return client


def text(response: Any) -> str:
    found: str = response.content.decode()
    return found


class World:
    """A wheel for this year with a step that began a week ago, on the real day: the web asks the clock."""

    def __init__(self, days_left: int = 7) -> None:
        self.region = make.region(municipalities=2)
        self.town, self.near = self.region.municipalities
        self.office = make.office(self.region)
        self.contact = make.with_role(self.region, Role.CONTACT_PERSON, town=self.town)
        self.employee = make.employee(self.near)
        self.today = make.context(self.office, clock.now()).today
        self.year = self.today.year
        self.wheel_id = it.wheel(self.region, year=self.year)
        starts = max(self.today - timedelta(days=20), date(self.year, 1, 1))
        ends = max(self.today + timedelta(days=days_left), starts)
        self.step_id = it.step(self.region, it.told(starts_on=starts, ends_on=ends), wheel_id=self.wheel_id)
        self.where = f"/arshjul/trinn/{self.step_id}/"

    def done(self) -> int:
        return yearwheel.get_step(make.system(self.region), step_id=self.step_id).step.done


class TestWheel:
    def test_the_office_starts_the_year_and_rolls_it(self) -> None:
        region = make.region()
        office = browser(make.office(region))
        assert "Sett opp årshjulet" in text(office.get("/arshjul/?aar=2031"))
        reply = office.post("/arshjul/?aar=2031", {"act": "start", "year": 2031, "standard": "on"})
        assert (reply.status_code, reply["Location"]) == (302, "/arshjul/?aar=2031")
        reply = office.post("/arshjul/?aar=2031", {"act": "roll"})
        assert reply["Location"] == "/arshjul/?aar=2032"
        html = text(office.get("/arshjul/?aar=2032"))
        assert "Forumet prioriterer" in html
        assert '<svg role="group"' in html
        assert "Året 2032" in html

    def test_others_read_and_are_not_offered_to_steer(self) -> None:
        world = World()
        html = text(browser(world.employee).get("/arshjul/"))
        assert world.where in html
        assert 'name="act"' not in html
        assert browser(world.employee).post("/arshjul/", {"act": "roll"}).status_code == 403
        start = {"act": "start", "year": 2033, "standard": "on"}
        assert browser(world.employee).post("/arshjul/", start).status_code == 403
        assert yearwheel.get_wheel(make.context(world.office, clock.now())).years == (world.year,)

    def test_follows_the_reader_s_written_form(self) -> None:
        world = World()
        assert "Kommunens behov nn" in text(browser(world.contact, "nn").get("/arshjul/"))

    def test_the_matrix_tells_each_what_they_may_know(self) -> None:
        world = World()
        names = (world.town.name, world.near.name)

        def seen(who: make.Who) -> list[bool]:
            html = text(browser(who).get("/arshjul/"))
            return [f'<th scope="col">{name}</th>' in html for name in names]

        assert seen(world.office) == [True, True]
        assert seen(gov.forum(world.region).member) == [True, True]
        assert seen(world.contact) == [True, False]

    def test_can_be_taken_out_as_a_sheet(self) -> None:
        world = World()
        reply = browser(world.employee).get("/arshjul/?format=csv")
        assert "Kommunens behov;" in reply.content.decode("utf-8-sig")
        assert f"?aar={world.year}&amp;format=csv" in text(browser(world.employee).get("/arshjul/"))

    @pytest.mark.parametrize("year", ["0000", "9999", "tull", "-1", "2027 OR 1=1"])
    def test_a_strange_year_is_no_fault(self, year: str) -> None:
        world = World()
        assert browser(world.office).get("/arshjul/", {"aar": year}).status_code == 200


class TestStep:
    def test_the_contact_person_says_how_far_the_municipality_has_come(self) -> None:
        world = World()
        told = {"act": "standing", "municipality_id": world.town.tenant_id, "status": "done", "note": "Sendt <b>"}
        assert browser(world.contact).post(world.where, told).status_code == 302
        html = text(browser(world.office).get(world.where))
        assert "Sendt &lt;b&gt;" in html
        assert world.done() == 1

    def test_and_not_for_a_neighbour(self) -> None:
        world = World()
        told = {"act": "standing", "municipality_id": world.near.tenant_id, "status": "done"}
        assert browser(world.contact).post(world.where, told).status_code == 422
        assert world.done() == 0

    def test_the_office_changes_a_step_and_the_second_writer_is_told(self) -> None:
        world = World()
        office = browser(world.office)
        html = text(office.get(world.where))
        version = re.search(r'name="version" value="(\d+)"', html)
        assert version
        told = {
            "act": "step", "version": version[1], "title_nb": "Ny tittel", "title_nn": "Ny tittel", "kind": "report",
            "doer": "office", "starts_on": f"{world.year}-02-01", "ends_on": f"{world.year}-02-02", "reads": "hand",
        }  # fmt: skip
        assert office.post(world.where, told).status_code == 302
        reply = office.post(world.where, told | {"title_nb": "Min tittel"})
        assert reply.status_code == 422
        assert 'value="Min tittel"' in text(reply)
        again = re.search(r'name="version" value="(\d+)"', text(reply))
        assert again
        assert office.post(world.where, told | {"title_nb": "Min tittel", "version": again[1]}).status_code == 302
        assert "Min tittel" in text(office.get(world.where))

    def test_a_step_of_one_s_own_is_added_and_taken_out(self) -> None:
        world = World()
        office = browser(world.office)
        told = {
            "title_nb": "Fagdag", "title_nn": "Fagdag", "kind": "other", "doer": "network", "reads": "hand",
            "starts_on": f"{world.year}-02-01", "ends_on": f"{world.year}-01-02",
        }  # fmt: skip
        where = f"/arshjul/{world.wheel_id}/nytt/"
        assert office.post(where, told).status_code == 422
        reply = office.post(where, told | {"ends_on": f"{world.year}-02-02"})
        assert reply.status_code == 302
        assert office.post(reply["Location"], {"act": "drop"}).status_code == 302
        assert office.get(reply["Location"]).status_code == 404


class TestFirstPage:
    def test_says_what_is_on_for_who_has_it_to_do(self) -> None:
        world = World()
        contact = browser(world.contact)
        assert world.where in text(contact.get("/"))
        yearwheel.state_standing(
            make.context(world.contact, clock.now()), step_id=world.step_id, municipality_id=world.town.tenant_id,
            status=Stated.DONE,
        )  # fmt: skip
        assert world.where not in text(contact.get("/"))
        assert world.where not in text(browser(world.employee).get("/"))

    def test_costs_one_question(self) -> None:
        world = World()
        with counted() as asked:
            browser(world.contact).get("/")
        assert sum("yearwheel_step" in sql for sql in asked) == 1
        assert not [sql for sql in asked if "yearwheel_" in sql and "yearwheel_step" not in sql]
