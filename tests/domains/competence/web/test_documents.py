from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import EvidenceSource
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import clock
from kompetanse.foundation.uploads import LIMIT
from tests import make
from tests.make import competence as made
from tests.make import files
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
        self.evidence = made.evidence(self.who, "HLR")
        self.url = f"/bevis/{self.evidence}/dokumenter/"

    def send(self, who: make.Who, *contents: bytes, name: str = "bevis.pdf", status: int = 302) -> str:
        sent = [SimpleUploadedFile(name, content, "text/html") for content in contents]
        response = signed_in(who).post(self.url, {"act": "document", "file": sent})
        assert response.status_code == status, response.content.decode()[:2000]
        return response.content.decode()

    def documents(self) -> list[int]:
        page = competence.get_document_page(make.system(self.world), evidence_id=self.evidence)
        return [row.id for row in page.documents]

    def code(self) -> str:
        competence.make_certificate(make.system(self.world), evidence_id=self.evidence)
        row = competence.get_document_page(make.system(self.world), evidence_id=self.evidence).certificate
        assert row is not None
        return row.code

    def sightings(self) -> list[tuple[str, list[str]]]:
        rows = competence.list_sightings(make.context(self.who))
        return [(row.viewer, [one.value for one in row.what]) for row in rows]


class TestDocuments(World):
    def test_a_person_shows_the_paper_and_fetches_it_again(self) -> None:
        client = signed_in(self.who)
        assert "Ingen dokumenter ennå" in text(client, self.url)
        self.send(self.who, files.pdf(), name='Før"ste\u202ehjelp.pdf')
        (number,) = self.documents()
        assert "Førstehjelp.pdf" in text(client, self.url)
        response = client.get(f"/dokument/{number}/")
        assert response.content == files.pdf()
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''F%C3%B8rstehjelp.pdf")
        assert response["Content-Security-Policy"].startswith("sandbox;")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"

    def test_a_picture_is_what_it_is_whatever_the_browser_calls_it(self) -> None:
        self.send(self.leader, files.png(), name="bevis.html")
        response = signed_in(self.leader).get(f"/dokument/{self.documents()[0]}/")
        assert (response["Content-Type"], response["Content-Disposition"]) == (
            "image/png", 'attachment; filename="bevis.png"',
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("contents", "sentence"),
        [
            ((b"",), "Filen er tom."),
            ((b"<svg onload='x'/>",), "verken PDF, JPEG eller PNG"),
            ((files.pdf(b"/OpenAction << /S /JavaScript /JS (x) >>"),), "inneholder skript"),
            ((b"%PDF-" + bytes(LIMIT),), "større enn 10 MB"),
            ((files.pdf(), files.png()), "Velg én fil om gangen."),
            ((), "Velg en fil."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_nothing(self, contents: tuple[bytes, ...], sentence: str) -> None:
        assert sentence in self.send(self.who, *contents, status=422)
        assert self.documents() == []

    def test_replaces_one_by_another(self) -> None:
        self.send(self.who, files.pdf())
        (first,) = self.documents()
        client = signed_in(self.who)
        told = {"act": "document", "file": SimpleUploadedFile("ny.png", files.png()), "replaces": str(first)}
        assert client.post(self.url, told).status_code == 302
        page = text(client, self.url)
        assert "Erstattet" in page
        assert "Erstatt «bevis.pdf»" not in page
        assert "Erstatt «ny.png»" in page

    def test_is_closed_to_others(self) -> None:
        self.send(self.who, files.pdf())
        (number,) = self.documents()
        for who, expected in (
            (make.leader(self.town, make.unit(self.town)), 403),
            (make.with_role(self.world, Role.FORUM_MEMBER), 404),
            (make.with_role(self.world, Role.HR, town=self.other), 404),
            (make.leader(make.region().municipalities[0]), 404),
        ):
            client = signed_in(who)
            for where in (self.url, f"/dokument/{number}/", f"/bevis/{self.evidence}/kompetansebevis.pdf"):
                assert client.get(where).status_code == expected, (where, who)
            self.send(who, files.png(), status=expected)
        assert self.documents() == [number]


class TestCertificate(World):
    def test_is_made_by_one_press_and_checked_by_anybody(self) -> None:
        client = signed_in(self.who)
        assert client.post(self.url, {"act": "certificate"}).status_code == 302
        assert "last ned som PDF" in text(client, self.url)
        response = client.get(f"/bevis/{self.evidence}/kompetansebevis.pdf")
        assert response.content.startswith(b"%PDF-")
        page = text(Client(), f"/kompetansebevis/{self.code()}/")
        for told in ("Kompetansebeviset gjelder.", made.of(self.who).name, self.town.name, "KB-"):
            assert told in page
        for kept in ("Lia sykehjem", "BEVIS-", "Helsefagarbeider"):
            assert kept not in page

    def test_tells_when_it_is_withdrawn(self) -> None:
        code = self.code()
        competence.correct_evidence(make.system(self.world), evidence_id=self.evidence, why="Feil.", void=True)
        assert "Trukket tilbake" in text(Client(), f"/kompetansebevis/{code}/")

    def test_knows_no_other_code(self) -> None:
        code = self.code()
        for wrong in (code[:-1] + ("2" if code[-1] != "2" else "3"), "12", "x" * 300):
            text(Client(), f"/kompetansebevis/{wrong}/", 404)
        assert "Kompetansebeviset gjelder." in text(signed_in(self.leader), f"/kompetansebevis/{code}/")

    def test_says_why_one_cannot_be_made(self) -> None:
        imported = made.evidence(self.who, "HLR", source=EvidenceSource.IMPORT)
        response = signed_in(self.who).post(f"/bevis/{imported}/dokumenter/", {"act": "certificate"})
        assert response.status_code == 422
        assert "Kompetansebevis lages bare av det kommunen selv har registrert" in response.content.decode()


class TestWhoHasSeenIt(World):
    def test_is_written_when_a_page_about_a_person_is_opened(self) -> None:
        code = self.code()
        self.send(self.who, files.pdf())
        (number,) = self.documents()
        person = f"/kompetanse/person/{made.of(self.who).id}/"
        leader = make.context(self.leader).actor.name
        expected: list[str] = []
        for where, what in {
            person: "competence",
            f"/bevis/{self.evidence}/": "evidence",
            f"/dokument/{number}/": "document",
            f"/bevis/{self.evidence}/kompetansebevis.pdf": "certificate",
        }.items():
            assert signed_in(self.leader).get(where).status_code == 200
            expected.append(what)
            assert self.sightings() == [(leader, expected)]
        text(signed_in(self.leader), f"/kompetansebevis/{code}/")
        assert self.sightings() == [(leader, expected)]
        page = text(signed_in(self.who), "/om-meg/hvem-har-sett/")
        assert leader in page
        assert "kompetansen din, et bevis, et dokument, et kompetansebevis" in page

    def test_is_not_written_of_ones_own_looking_nor_of_a_refusal(self) -> None:
        self.send(self.who, files.pdf())
        for where in (f"/bevis/{self.evidence}/", self.url, f"/dokument/{self.documents()[0]}/", "/min-kompetanse/"):
            assert signed_in(self.who).get(where).status_code == 200
        stranger = make.leader(self.town, make.unit(self.town))
        assert signed_in(stranger).get(f"/bevis/{self.evidence}/").status_code == 403
        assert signed_in(stranger).get(f"/kompetanse/person/{made.of(self.who).id}/").status_code == 403
        assert self.sightings() == []
        assert "Ingen har åpnet noe om deg" in text(signed_in(self.who), "/om-meg/hvem-har-sett/")

    def test_is_in_the_file_of_everything(self) -> None:
        self.send(self.who, files.pdf())
        text(signed_in(self.leader), f"/bevis/{self.evidence}/")
        told = json.loads(signed_in(self.who).get("/om-meg/eksport/").content)
        assert told["competence.Sighting"][0]["what"] == ["evidence"]
        assert told["competence.Document"][0]["sha256"]
        assert "content" not in told["competence.Document"][0]
        assert "/om-meg/hvem-har-sett/" in text(signed_in(self.who), "/om-meg/")
