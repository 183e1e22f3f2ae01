from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import State
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import clock
from tests import make
from tests.make import competence as made
from tests.make.competence import TODAY
from tests.make.organisation import NOW

from .test_pages import signed_in, text


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    assert datetime(2027, 3, 15, 9, 0, tzinfo=UTC) == NOW
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made.register()


class World:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town, "Lia sykehjem")
        self.who = make.employee(self.town, self.unit)
        self.leader = make.leader(self.town, self.unit)
        self.hr = make.with_role(self.world, Role.HR, town=self.town)
        self.employee_id = made.of(self.who).id
        self.requirement_id = competence.find_requirement("LEGEMIDDEL").id
        self.person_url = f"/kompetanse/person/{self.employee_id}/"

    def state(self, code: str) -> State:
        page = competence.get_own_competence(make.context(self.who))[0]
        return next(row.state for row in page.statuses if row.requirement_code == code)


def press(client: Client, url: str, status: int = 302, **told: object) -> str:
    response = client.post(url, told)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


class TestPractice(World):
    def test_takes_three_clicks_from_the_matrix(self) -> None:
        client = signed_in(self.leader)
        link = f"/kompetanse/enhet/{self.unit.id}/praksis/{self.requirement_id}/?hvem={self.employee_id}"
        assert link in text(client, f"/kompetanse/enhet/{self.unit.id}/")  # the cell …
        page = text(client, link)  # … the person is ticked and the day is today …
        assert f'value="{self.employee_id}" id="p{self.employee_id}" checked' in page
        assert 'value="2027-03-15"' in page
        press(client, link, people=[self.employee_id], completed_on="2027-03-15")  # … confirm
        assert self.state("LEGEMIDDEL") is State.HELD

    def test_keeps_the_ticks_and_says_what_is_wrong(self) -> None:
        client = signed_in(self.leader)
        url = f"/kompetanse/enhet/{self.unit.id}/praksis/{self.requirement_id}/"
        assert "Kryss av for minst én person." in press(client, url, 422, completed_on="2027-03-15")
        page = press(client, url, 422, people=[self.employee_id], completed_on="2027-03-16")
        assert "er ikke kommet ennå" in page
        assert " checked" in page

    def test_does_not_let_one_tick_oneself(self) -> None:
        gdpr = competence.find_requirement("GDPR").id
        url = f"/kompetanse/enhet/{self.unit.id}/praksis/{gdpr}/"
        own = made.of(self.leader).id
        page = text(signed_in(self.leader), url)
        assert f'value="{own}" id="p{own}" disabled' in page
        assert "Du kan ikke bekrefte din egen praksis." in page
        press(signed_in(self.leader), url, 403, people=[own], completed_on="2027-03-15")


class TestClaims(World):
    def test_goes_from_the_employee_to_the_leader_and_back(self) -> None:
        mine, leads = signed_in(self.who), signed_in(self.leader)
        url = f"/min-kompetanse/{self.employee_id}/meld-bevis/"
        assert url in text(mine, "/min-kompetanse/")
        press(mine, url, requirement="LEGEMIDDEL", completed_on="2027-03-01", title="Kurs hos apoteket")
        assert "Venter på bekreftelse" in text(mine, "/min-kompetanse/")
        assert "1 bevis som en ansatt har meldt, venter på deg." in text(leads, "/kompetanse/")
        assert "Kurs hos apoteket" in text(leads, "/kompetanse/venter/")
        number = competence.list_claims(make.context(self.leader))[0].evidence_id
        assert "Har du sett beviset" in text(leads, f"/bevis/{number}/svar/")
        press(leads, f"/bevis/{number}/svar/")
        assert self.state("LEGEMIDDEL") is State.HELD
        assert "Ingenting venter på deg" in text(leads, "/kompetanse/venter/")
        text(leads, f"/bevis/{number}/svar/", status=422)

    def test_is_declined_with_a_reason(self) -> None:
        number = made.claim(self.who, "LEGEMIDDEL")
        leads = signed_in(self.leader)
        press(leads, f"/bevis/{number}/svar/", 422, why="")
        press(leads, f"/bevis/{number}/svar/", why="Feil bevis.")
        assert "Feil bevis." in text(signed_in(self.who), f"/bevis/{number}/")

    def test_refuses_those_it_is_not_for(self) -> None:
        number = made.claim(self.who, "LEGEMIDDEL")
        for who in (self.who, make.leader(self.town, make.unit(self.town)), make.employee(self.town, self.unit)):
            text(signed_in(who), f"/bevis/{number}/svar/", status=403)
            press(signed_in(who), f"/bevis/{number}/svar/", 403)
        text(signed_in(make.leader(self.other)), f"/bevis/{number}/svar/", status=404)
        text(signed_in(self.leader), f"/min-kompetanse/{self.employee_id}/meld-bevis/", status=403)
        assert self.state("LEGEMIDDEL") is State.MISSING


class TestCorrect(World):
    def test_shows_the_chain_after_a_correction(self) -> None:
        number = made.evidence(self.who, "LEGEMIDDEL")
        client = signed_in(self.leader)
        assert f"/bevis/{number}/rett/" in text(client, f"/bevis/{number}/")
        press(client, f"/bevis/{number}/rett/", completed_on="2027-03-01", why="Feil dato på papiret.")
        page = text(client, f"/bevis/{number}/")
        assert "Feil dato på papiret." in page
        assert "Først registrert" in page
        text(client, f"/bevis/{number}/rett/", status=422)

    def test_refuses_oneself_and_others(self) -> None:
        number = made.evidence(self.who, "LEGEMIDDEL")
        assert "/rett/" not in text(signed_in(self.who), f"/bevis/{number}/")
        own = made.evidence(self.leader, "HLR")
        press(signed_in(self.leader), f"/bevis/{own}/rett/", 403, completed_on="2027-03-01", why="x")
        elsewhere = make.leader(self.town, make.unit(self.town))
        press(signed_in(elsewhere), f"/bevis/{number}/rett/", 403, completed_on="2027-03-01", why="x")


class TestDispensations(World):
    def told(self, **changes: object) -> dict[str, Any]:
        return {
            "unit": self.unit.id, "requirement": "LEGEMIDDEL", "decided_by": "Kommunedirektøren", "why": "Venter kurs.",
            "valid_from": "2027-03-15", "valid_to": "2027-06-01", **changes,
        }  # fmt: skip

    def test_is_given_listed_fetched_and_withdrawn_by_hr(self) -> None:
        client = signed_in(self.hr)
        url = f"{self.person_url}dispensasjon/"
        assert url in text(client, self.person_url)
        press(client, url, **self.told(case_reference="26/1234"))
        assert self.state("LEGEMIDDEL") is State.DISPENSED
        assert "1 dispensasjon går ut innen 90 dager" in text(client, "/kompetanse/dispensasjoner/")
        assert "Lia sykehjem" in text(client, f"/kompetanse/dispensasjoner/?hvilke=soon&kommune={self.town.tenant_id}")
        row = competence.list_dispensations(make.context(self.hr))[0]
        page = text(client, f"/kompetanse/dispensasjon/{row.id}/")
        assert "26/1234" in page
        press(client, f"/kompetanse/dispensasjon/{row.id}/", why="Kurset er tatt.")
        assert self.state("LEGEMIDDEL") is State.MISSING
        assert "Ingen dispensasjoner" in text(client, "/kompetanse/dispensasjoner/")
        assert "Trukket tilbake" in text(client, "/kompetanse/dispensasjoner/?hvilke=all")

    def test_can_be_fetched_as_a_spreadsheet(self) -> None:
        made.dispensation(self.who, "LEGEMIDDEL")
        client = signed_in(self.hr)
        assert "?format=xlsx" in text(client, "/kompetanse/dispensasjoner/")
        body = client.get("/kompetanse/dispensasjoner/?format=xlsx").content
        rows = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
        assert rows[0][0] == "Navn"
        assert rows[1][0] == made.of(self.who).name
        lines = client.get("/kompetanse/dispensasjoner/?format=csv").content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("Navn;Kommune;Enhet")
        assert "15.03.2027" in lines[1]

    def test_is_seen_by_the_leader_and_the_person_who_do_not_decide(self) -> None:
        number = made.dispensation(self.who, "LEGEMIDDEL")
        for who in (self.leader, self.who):
            page = text(signed_in(who), f"/kompetanse/dispensasjon/{number}/")
            assert "Trekk tilbake dispensasjonen" not in page
            press(signed_in(who), f"/kompetanse/dispensasjon/{number}/", 403, why="Nei.")
            press(signed_in(who), f"{self.person_url}dispensasjon/", 403, **self.told())
        assert "Dispensasjon" in text(signed_in(self.who), "/min-kompetanse/")
        assert ">Dispensasjon<" in text(signed_in(self.leader), f"/kompetanse/enhet/{self.unit.id}/")
        colleague = signed_in(make.employee(self.town, self.unit))
        text(colleague, f"/kompetanse/dispensasjon/{number}/", status=403)

    def test_says_what_is_wrong_and_keeps_what_was_typed(self) -> None:
        page = press(signed_in(self.hr), f"{self.person_url}dispensasjon/", 422, **self.told(valid_to="2027-01-01"))
        assert "Siste dag kan ikke være før første dag." in page
        assert "Venter kurs." in page


class TestDuties(World):
    def test_is_given_and_ended_by_the_leader(self) -> None:
        client = signed_in(self.leader)
        press(client, f"{self.person_url}verv/", unit=self.unit.id, name="verneombud", valid_from="2027-03-15")
        assert self.state("VERNEOMBUD") is State.MISSING
        assert "verneombud" in text(client, f"/kompetanse/enhet/{self.unit.id}/")
        assert "verneombud" in text(signed_in(self.who), "/min-kompetanse/")
        number = competence.list_duties(make.context(self.leader))[0].id
        press(client, f"/kompetanse/verv/{number}/avslutt/", last_day="2027-03-14")
        assert competence.list_duties(make.context(self.leader)) == []
        text(client, f"/kompetanse/verv/{number}/avslutt/", status=422)

    def test_refuses_others(self) -> None:
        number = made.duty(self.who)
        told = {"unit": self.unit.id, "name": "AMU-medlem", "valid_from": "2027-03-15"}
        for who in (self.who, make.leader(self.town, make.unit(self.town))):
            press(signed_in(who), f"{self.person_url}verv/", 403, **told)
            press(signed_in(who), f"/kompetanse/verv/{number}/avslutt/", 403, last_day="2027-03-14")
        assert len(competence.list_duties(make.context(self.leader))) == 1


class TestAhead(World):
    def test_tells_what_happens_next(self) -> None:
        made.evidence(self.who, "GDPR", TODAY - timedelta(days=300))
        gdpr = competence.find_requirement("GDPR").id
        for who in (self.who, self.leader):
            page = text(signed_in(who), f"{self.person_url}krav/{gdpr}/")
            assert "Hva skjer videre" in page
            assert "Ny siste dag" in page
        assert f"{self.person_url}krav/{gdpr}/" in text(signed_in(self.who), "/min-kompetanse/")

    def test_narrows_what_is_due(self) -> None:
        made.evidence(self.who, "GDPR", TODAY - timedelta(days=300))
        url = f"/kompetanse/enhet/{self.unit.id}/"
        name = made.of(self.who).name
        assert "Frister de neste 90 dagene" in text(signed_in(self.leader), f"{url}?frist=90")
        few = text(signed_in(self.leader), f"{url}?frist=30")
        assert "Ingenting går ut de neste 30 dagene." in few
        assert name in few  # still in the matrix

    def test_warns_before_a_leave(self) -> None:
        made.evidence(self.who, "GDPR", TODAY - timedelta(days=165))
        made.on_leave(self.who, TODAY + timedelta(days=60), None)
        assert "under permisjonen som starter" in text(signed_in(self.who), "/min-kompetanse/")
        assert "Går ut under permisjon" in text(signed_in(self.leader), f"/kompetanse/enhet/{self.unit.id}/")

    def test_tells_a_day_twice(self) -> None:
        made.evidence(self.who, "LEGEMIDDEL")
        url = f"{self.person_url}den-gang/"
        for who in (self.who, self.hr):
            assert url in text(signed_in(who), self.person_url)
            page = text(signed_in(who), f"{url}?day=2027-03-10")
            assert "De to svarene er ulike." in page
            assert "Annerledes" in page
        assert "er ikke kommet ennå" in text(signed_in(self.who), f"{url}?day=2027-03-16", status=422)
        assert url not in text(signed_in(self.leader), self.person_url)
        text(signed_in(self.leader), url, status=403)


class TestQuestions(World):
    def test_are_as_many_for_two_people_as_for_twenty(self) -> None:
        client = signed_in(self.leader)
        pages = (
            "/kompetanse/",
            "/kompetanse/venter/",
            "/kompetanse/dispensasjoner/",
            f"/kompetanse/enhet/{self.unit.id}/",
            f"/kompetanse/enhet/{self.unit.id}/praksis/{self.requirement_id}/",
        )

        def grow(times: int) -> None:
            for _ in range(times):
                who = make.employee(self.town, self.unit)
                made.claim(who, "HLR")
                made.duty(who)
                made.dispensation(who, "GDPR")

        def asked() -> list[int]:
            counts = []
            for url in pages:
                with CaptureQueriesContext(connection) as told:
                    text(client, url)
                counts.append(len(told.captured_queries))
            return counts

        grow(2)
        few = asked()
        grow(18)
        assert asked() == few
