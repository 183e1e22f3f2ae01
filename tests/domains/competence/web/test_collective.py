from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.test import Client

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import clock
from tests import make
from tests.make import competence as made
from tests.make.organisation import NOW

from .test_pages import signed_in, text

URL = "/kompetanse/felleskrav/"


class World:
    @pytest.fixture(autouse=True)
    def a_municipality(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOW)
        made.register()
        self.region = make.region(municipalities=2)
        self.town = self.region.municipalities[0]
        self.unit = make.unit(self.town, "Solbakken barnehage", sector="Oppvekst")
        self.leader = signed_in(make.leader(self.town, self.unit))
        self.hr = signed_in(make.with_role(self.region, Role.HR, town=self.town))


class TestCollective(World):
    def test_says_how_it_stands_why_and_what_it_rests_on(self) -> None:
        page = text(self.leader, URL)
        assert "Tall mangler" in page
        assert "Forskrift: forskrift om pedagogisk bemanning § 1" in page
        assert "Kontrollert mot kilden" in page
        assert "psykolog" not in page.lower()

    def test_lets_the_leader_record_how_many_there_are(self) -> None:
        where = f"{URL}enhet/{self.unit.id}/"
        key = made.requirement_id("PEDNORM")
        told = {"valid_from": "2027-03-15", f"n{key}-under3": "8", f"n{key}-over3": "14"}
        assert where in text(self.leader, URL)
        assert "Antall barn under tre år" in text(self.leader, where)
        assert self.leader.post(where, told).status_code == 302
        page = text(self.leader, URL)
        assert "Tallene krever 3 hele stillinger." in page
        assert "Ikke oppfylt" in page

    @pytest.mark.parametrize("number", ["-3", "40000"])
    def test_keeps_what_was_typed_and_says_what_is_wrong(self, number: str) -> None:
        key = made.requirement_id("PEDNORM")
        told = {"valid_from": "2027-03-15", f"n{key}-under3": number, f"n{key}-over3": "14"}
        response = self.leader.post(f"{URL}enhet/{self.unit.id}/", told)
        assert response.status_code == 422
        page = response.content.decode()
        assert f'value="{number}"' in page
        assert f"{number} kan ikke stemme. Skriv et helt tall fra 0 til 1000." in page

    def test_a_unit_without_a_ratio_has_nothing_to_count(self) -> None:
        other = make.unit(self.town, "Lia sykehjem")
        assert "Ingenting å telle" in text(self.hr, f"{URL}enhet/{other.id}/")

    def arrange(self, client: Client, **told: str) -> int:
        what = f"{made.requirement_id('KOMMUNEYRKER')}:psykolog"
        return client.post(
            URL, {"what": what, "with_whom": "Nabokommunen", "valid_from": "2027-01-01", **told}
        ).status_code

    def test_lets_hr_record_and_end_an_arrangement(self) -> None:
        assert "Ingen er ansatt, og det er ikke ført noen avtale med andre." in text(self.hr, URL)
        assert self.arrange(self.hr) == 302
        page = text(self.hr, URL)
        assert "Avtale med Nabokommunen." in page
        found = re.search(r'action="(/kompetanse/felleskrav/avtale/\d+/)"', page)
        assert found is not None
        assert self.hr.post(found[1], {}).status_code == 422
        assert self.hr.post(found[1], {"valid_to": "2026-12-31"}).status_code == 302
        assert "Avtale med Nabokommunen." not in text(self.hr, URL)

    def test_says_what_is_wrong_with_an_arrangement(self) -> None:
        assert self.arrange(self.hr, valid_to="2026-12-31") == 422
        assert self.arrange(self.hr, with_whom="") == 422

    def test_refuses_a_leader_who_arranges_and_an_employee_who_looks(self) -> None:
        assert self.arrange(self.leader) == 403
        text(signed_in(make.employee(self.town, self.unit)), URL, status=403)

    def test_gives_the_chief_executive_numbers_and_no_forms(self) -> None:
        page = text(signed_in(make.with_role(self.region, Role.CHIEF_EXECUTIVE, town=self.town)), URL)
        assert "7 av 7 yrker er ikke dekket." in page
        assert "Før antall" not in page
        assert "Før en avtale" not in page


class TestInTheReport(World):
    def test_stands_apart_on_the_page_and_in_the_files(self) -> None:
        page = text(self.hr, "/kompetanse/rapport/")
        assert "Sted eller yrke" in page
        assert "Solbakken barnehage" in page
        body = self.hr.get("/kompetanse/rapport.xlsx").content
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            told = book.read("xl/sharedStrings.xml").decode()
        assert "Solbakken barnehage" in told
        assert "Ingen er ansatt, og det er ikke ført noen avtale med andre." in told
        assert self.hr.get("/kompetanse/rapport.pdf").content.startswith(b"%PDF")
