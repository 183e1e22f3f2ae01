from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import clock
from tests import make
from tests.make import competence as made
from tests.make.organisation import NOW


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    assert datetime(2027, 3, 15, 9, 0, tzinfo=UTC) == NOW
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made.register()


def signed_in(who: make.Who) -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(client: Client, url: str, status: int = 200, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == status, response.content.decode()[:2000]
    return re.sub(r"\s+", " ", response.content.decode())


class World:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town, "Lia sykehjem")
        self.who = make.employee(self.town, self.unit)
        self.leader = make.leader(self.town, self.unit)
        self.person_url = f"/kompetanse/person/{made.of(self.who).id}/"


class TestOwn(World):
    def test_tells_the_employee_what_and_why(self) -> None:
        made.sync(self.town, made.register_row(self.who, "HLR-kurs"))
        made.evidence(self.who, "LEGEMIDDEL")
        page = text(signed_in(self.who), "/min-kompetanse/")
        assert "Gjelder stillingen Helsefagarbeider ved Lia sykehjem." in page
        assert "1 bevis venter på bekreftelse." in page
        assert "Oppgitt som forskrift, ikke kontrollert" in page
        assert "I orden" in page

    def test_answers_those_without_a_post(self) -> None:
        assert "Du har ingen stilling" in text(
            signed_in(make.with_role(self.world, Role.FORUM_MEMBER)), "/min-kompetanse/"
        )

    def test_speaks_nynorsk_names(self) -> None:
        client = signed_in(self.who)
        client.cookies["sprak"] = "nn"
        assert "Opplæring i personvern og informasjonstryggleik" in text(client, "/min-kompetanse/")


class TestUnit(World):
    def test_shows_the_matrix_with_words_and_a_way_to_a_need(self) -> None:
        page = text(signed_in(self.leader), f"/kompetanse/enhet/{self.unit.id}/")
        assert 'class="matrix"' in page
        assert "Mangler" in page
        assert f"/behov/nytt/?unit={self.unit.id}&amp;requirement=LEGEMIDDEL&amp;people=1" in page

    def test_refuses_a_colleague_and_another_leader_and_hides_from_other_municipalities(self) -> None:
        url = f"/kompetanse/enhet/{self.unit.id}/"
        text(signed_in(self.who), url, status=403)
        text(signed_in(make.leader(self.town, make.unit(self.town))), url, status=403)
        text(signed_in(make.leader(self.other)), url, status=404)

    def test_needs_as_many_queries_for_two_people_as_for_twenty(self) -> None:
        client = signed_in(self.leader)

        def questions() -> int:
            with CaptureQueriesContext(connection) as told:
                text(client, f"/kompetanse/enhet/{self.unit.id}/")
            return len(told.captured_queries)

        few = questions()
        for _ in range(18):
            made.evidence(make.employee(self.town, self.unit), "HLR")
        assert questions() == few


class TestOverview(World):
    def test_lists_my_units(self) -> None:
        assert "Lia sykehjem" in text(signed_in(self.leader), "/kompetanse/")

    def test_refuses_an_employee(self) -> None:
        text(signed_in(self.who), "/kompetanse/", status=403)


class TestPerson(World):
    def test_lets_the_leader_register_what_they_have_seen(self) -> None:
        client = signed_in(self.leader)
        response = client.post(self.person_url, {"requirement": "LEGEMIDDEL", "completed_on": "2027-03-01"})
        assert response.status_code == 302
        page = text(client, self.person_url)
        assert "Beviset er registrert." in page
        assert "Registrert av leder" in page

    def test_keeps_what_was_typed_and_says_what_is_wrong(self) -> None:
        response = signed_in(self.leader).post(
            self.person_url,
            {"requirement": "LEGEMIDDEL", "completed_on": "2027-03-16", "issuer": "Lia sykehjem"},
        )
        assert response.status_code == 422
        page = response.content.decode()
        assert "16.03.2027 er ikke kommet ennå" in page
        assert 'value="Lia sykehjem"' in page

    def test_refuses_a_stranger_who_posts(self) -> None:
        told = {"requirement": "LEGEMIDDEL", "completed_on": "2027-03-01"}
        assert signed_in(self.who).post(self.person_url, told).status_code == 403
        elsewhere = signed_in(make.leader(self.town, make.unit(self.town)))
        assert elsewhere.post(self.person_url, told).status_code == 403
        assert signed_in(make.leader(self.other)).post(self.person_url, told).status_code == 404
        page = competence.get_person_competence(make.context(self.leader), employee_id=made.of(self.who).id)
        assert page.evidence == ()


class TestEvidence(World):
    def test_shows_where_it_came_from(self) -> None:
        number = made.evidence(self.who, "HLR")
        page = text(signed_in(self.who), f"/bevis/{number}/")
        assert f"BEVIS-{number}" in page
        assert "Først registrert" in page
        text(signed_in(make.leader(self.other)), f"/bevis/{number}/", status=404)


class TestRegister(World):
    def test_can_be_searched_and_filtered_by_anybody_signed_in(self) -> None:
        client = signed_in(self.who)
        assert "Sertifikat for varme arbeider" in text(client, "/krav/?q=sveising")
        page = text(client, "/krav/?kilde=vegnormal")
        assert "Arbeidsvarsling kurs 1" in page
        assert "Sertifikat for varme arbeider" not in page
        assert "Ingen krav passer" in text(client, "/krav/?q=xyzzy")
        assert Client().get("/krav/").status_code == 302

    def test_shows_the_mark_and_never_calls_the_unchecked_law(self) -> None:
        client = signed_in(self.who)
        url = f"/krav/{competence.find_requirement('MATHYGIENE').id}/"
        page = text(client, url)
        assert "Ikke kontrollert" in page
        assert "Oppgitt som forskrift, ikke kontrollert" in page
        text(client, "/krav/0/", status=404)


class TestMapping(World):
    def test_confirms_one_and_then_many(self) -> None:
        made.sync(
            self.town,
            made.register_row(self.who, "Delegert medisin"),
            made.register_row(self.who, "Varme arbeider", row=3),
        )
        client = signed_in(make.with_role(self.world, Role.CONTACT_PERSON, town=self.town))
        url = f"/kompetanse/bekreft/?kommune={self.town.tenant_id}"
        assert "2 bevis venter på bekreftelse" in text(client, url)
        assert client.post(url, {"text": "Delegert medisin", "meaning": ""}).status_code == 422
        assert client.post(url, {"text": "Delegert medisin", "meaning": "-"}).status_code == 302
        assert client.post(url, {"at_least": "80"}).status_code == 302
        page = text(client, url)
        assert "Ingenting venter på bekreftelse" in page
        assert "Ikke et krav" in page

    def test_refuses_a_leader_and_hides_other_municipalities(self) -> None:
        text(signed_in(self.leader), "/kompetanse/bekreft/", status=403)
        contact = signed_in(make.with_role(self.world, Role.CONTACT_PERSON, town=self.town))
        text(contact, f"/kompetanse/bekreft/?kommune={self.other.tenant_id}", status=404)
