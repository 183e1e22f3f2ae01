"""The forum's pages: what they show, whom they open for, and what they open."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kompetanse.domains.competence import api as competence
from kompetanse.domains.organisation.models import Municipality
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import clock
from tests import make
from tests.make import competence as made
from tests.make.organisation import NOW
from tests.make.queries import counted

FORUM = "/kompetanse/forum/"


def signed_in(who: make.Who) -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[:2000]
    return re.sub(r"\s+", " ", response.content.decode().replace("\xa0", " "))


class TestForum:
    @pytest.fixture(autouse=True)
    def a_region(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOW)
        made.register()
        self.region = make.region(municipalities=2)
        self.here, self.there = self.region.municipalities
        unit = make.unit(self.here)
        for number in range(30):
            who = make.employee(self.here, unit)
            if number < 18:
                made.evidence(who, "LEGEMIDDEL")
        make.employee(self.there)
        Municipality.objects.filter(pk=self.here.tenant_id).update(latitude=59.67, longitude=9.65)
        Municipality.objects.filter(pk=self.there.tenant_id).update(latitude=59.85, longitude=9.44)
        self.forum = signed_in(make.with_role(self.region, Role.FORUM_MEMBER))

    def publish(self) -> None:
        competence.publish_gaps(make.system(self.region), region_id=self.region.tenant_id)

    def requirement(self) -> int:
        return next(row.id for row in competence.list_requirements() if row.code == "LEGEMIDDEL")

    def test_says_so_before_anything_is_published(self) -> None:
        for path in ("", "kart/", "utvikling/"):
            assert "Ingen tabell er publisert ennå" in text(self.forum, FORUM + path)

    def test_shows_the_matrix_with_words_its_day_and_its_series(self) -> None:
        self.publish()
        page = text(self.forum, f"{FORUM}?tekst=legemiddel")
        assert "Publisert 15. mars 2027. Tabellen hører til serien for første halvår 2027." in page
        assert "60 %" in page  # 18 of 30, and 12 lack it
        assert "gjelder 30, mangler 12, går ut snart færre enn 5" in page
        assert "færre enn 5" in page

    def test_opens_the_rows_for_those_who_answer_for_them_and_for_no_others(self) -> None:
        self.publish()
        mine = f'href="/kompetanse/rapport/?kommune={self.here.tenant_id}&amp;bare=alle"'
        page = text(self.forum, FORUM)
        assert "/kompetanse/rapport/" not in page
        assert "Tallene åpner ingen liste over folk" in page
        hr = text(signed_in(make.with_role(self.region, Role.HR, town=self.here)), FORUM)
        assert mine in hr
        assert f"/kompetanse/rapport/?kommune={self.there.tenant_id}" not in hr

    def test_gives_the_same_as_files(self) -> None:
        self.publish()
        answer = self.forum.get(f"{FORUM}?tekst=legemiddel&vis=mangler&format=csv&kommune={self.here.tenant_id}")
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert lines[0] == f"Krav;Til sammen;{self.here.name}"
        assert lines[1].endswith(";12;12")
        assert answer["Content-Disposition"] == 'attachment; filename="gapet-i-regionen-2027-03-15.csv"'
        assert self.forum.get(f"{FORUM}?format=xlsx").content[:2] == b"PK"

    def test_shows_the_region_as_a_map(self) -> None:
        self.publish()
        page = text(self.forum, f"{FORUM}kart/?krav={self.requirement()}")
        assert f"/kompetanse/forum/utvikling/?krav={self.requirement()}&amp;kommune={self.here.tenant_id}" in page
        assert "60 %" in page
        assert "færre enn 5" in page

    def test_shows_the_trend_of_what_is_told_alone(self) -> None:
        self.publish()
        where = f"{FORUM}utvikling/?krav={self.requirement()}&kommune="
        page = text(self.forum, f"{where}{self.here.tenant_id}")
        assert "mar 27" in page
        assert "60 %" in page
        assert "For få til å vise utviklingen" in text(self.forum, f"{where}{self.there.tenant_id}")
        text(self.forum, f"{FORUM}utvikling/?krav=999999999", 404)

    def test_is_closed_to_those_without_the_right_and_to_other_regions_tables(self) -> None:
        self.publish()
        text(signed_in(make.employee(self.here)), FORUM, 403)
        other = make.region()
        table_id = competence.publish_gaps(make.system(other), region_id=other.tenant_id)
        text(self.forum, f"{FORUM}?tabell={table_id}", 404)

    def test_lets_the_office_publish_once_a_day(self) -> None:
        office = signed_in(make.office(self.region))
        assert "Publiser nå" in text(office, FORUM)
        assert "Publiser nå" not in text(self.forum, FORUM)
        assert office.post(f"{FORUM}publiser/").status_code == 302
        answer = office.post(f"{FORUM}publiser/")
        assert answer.status_code == 422
        assert "én gang om dagen" in answer.content.decode()
        assert self.forum.post(f"{FORUM}publiser/").status_code == 403

    def test_asks_as_little_of_the_database_however_much_there_is(self) -> None:
        self.publish()
        for path in (FORUM, f"{FORUM}kart/", f"{FORUM}utvikling/"):
            with counted() as asked:
                text(self.forum, path)
            assert len(asked) < 20, path

    def test_leads_the_first_page_here(self) -> None:
        assert "Ingen tabell er publisert ennå." in text(self.forum, "/")
        self.publish()
        page = text(self.forum, "/")
        assert 'href="/kompetanse/forum/"' in page
        assert "mangler" in page
