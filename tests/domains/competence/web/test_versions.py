from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Requirement, RequirementVersion
from kompetanse.domains.competence.types import LocalRuleInput, MemberInput, Scope, SourceType, TargetInput, Verified
from kompetanse.domains.competence.web.version_forms import VersionForm, initial_of
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import clock
from tests import make
from tests.make import competence as made
from tests.make.organisation import NOW


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr("kompetanse.foundation.jobs.enqueue", lambda function, **arguments: None)
    made.register()


def signed_in(who: make.Who) -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def flat(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:3000]
    return re.sub(r"\s+", " ", response.content.decode())


def hidden(page: str) -> dict[str, str]:
    """What the preview's form would send."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        told = dict(re.findall(r"(\w+)=\"([^\"]*)\"", tag))
        found[told["name"]] = html.unescape(told.get("value", ""))
    return found


SAID = {
    "valid_from": "2027-06-01", "source_type": "veileder", "reference": "Rundskriv 7", "verified": "U",
    "applies_to": "Prøvetakere", "scope": "person", "interval_months": "12", "anchor": "completion",
}  # fmt: skip


class World:
    def setup_method(self) -> None:
        made.register()
        self.region = make.region(municipalities=2)
        self.town = self.region.municipalities[0]
        self.office = signed_in(make.office(self.region))
        self.hr_person = make.with_role(self.region, Role.HR, town=self.town)
        self.hr = signed_in(self.hr_person)
        self.code = made.requirement(self.region)
        self.id = Requirement.objects.get(code=self.code).pk
        self.url = f"/krav/{self.id}/"


class TestNewVersion(World):
    def test_is_seen_before_it_is_put_in_force(self) -> None:
        for _ in range(5):
            make.employee(self.town, title=self.code)
        url = f"{self.url}ny-versjon/"
        form = flat(self.office.get(url))
        assert f"{self.code}</textarea>" in form
        standing = RequirementVersion.objects.filter(requirement_id=self.id).count()
        page = flat(self.office.post(url, {**SAID, "positions": "Noen andre\r\nEnda noen", "step": "preview"}))
        assert "Ingenting er lagret ennå." in page
        assert "Gjelder ikke" in page
        assert ">5</td>" in page
        assert RequirementVersion.objects.filter(requirement_id=self.id).count() == standing
        again = flat(self.office.post(url, {**hidden(page), "step": "edit"}))
        assert 'value="Rundskriv 7"' in again
        assert "Noen andre Enda noen</textarea>" in again
        response = self.office.post(url, {**hidden(page), "step": "apply"})
        assert response.headers["Location"] == self.url
        shown = flat(self.office.get(self.url))
        assert "Versjonen er lagret. Den gjelder fra 1. juni 2027." in shown
        assert "<del>Ingen fast frist</del>" in shown
        assert "<ins>Hvert år</ins>" in shown

    def test_starts_from_all_that_is_said_now(self) -> None:
        parts = [made.requirement(self.region) for _ in range(2)]
        told = made.version(
            valid_from=date(2027, 3, 1), scope=Scope.TEAM, least=2, interval_months=24, anchor="fixed_date",
            fixed_month=12, fixed_day=15, early_window_months=3, grace_days=10, credit_months=0,
            dispensation_months=12,
            consequence_nb="Stans", consequence_nn="Stans her", note="Merk", responsible="RKK",
            verified=Verified.PARTLY, verified_on=date(2027, 2, 1),
            targets=(
                TargetInput("everyone"), TargetInput("leader"), TargetInput("leader", "", "skole"),
                TargetInput("position", "Lærer", "ungdomsskole"), TargetInput("sector", "Kultur"),
                TargetInput("unit", "barnehage"), TargetInput("role", "Verneombud"),
            ),
            alternatives=((MemberInput(parts[0]), MemberInput(parts[1], Decimal("7.5"))), (MemberInput(parts[1]),)),
        )  # fmt: skip
        ctx = make.context(make.office(self.region))
        competence.publish_version(ctx, self.code, told)
        says = competence.get_requirement_history(ctx, self.id).versions[0].says
        sent = {name: value for name, value in initial_of(says).items() if value is not None and value is not False}
        form = VersionForm(sent)
        assert form.is_valid(), form.errors
        again = form.told()
        assert set(again.targets) == set(told.targets)
        assert replace(again, targets=()) == replace(told, targets=())

    def test_keeps_what_was_typed_and_says_what_is_wrong(self) -> None:
        url = f"{self.url}ny-versjon/"
        wrong = {**SAID, "anchor": "fixed_date", "fixed_day": "31", "fixed_month": "2", "note": "Husk dette"}
        page = flat(self.office.post(url, {**wrong, "step": "preview"}), 422)
        assert "«31.2.» kan ikke være fast dato." in page
        assert 'value="Husk dette"' in page
        page = flat(self.office.post(url, {**SAID, "alternatives": "HLR +", "step": "apply"}), 422)
        assert "Forstår ikke «HLR +»." in page
        page = flat(self.office.post(url, {**SAID, "positions": "x" * 130, "step": "apply"}), 422)
        assert "En av linjene er for lang." in page
        assert RequirementVersion.objects.filter(requirement_id=self.id).count() == 1

    def test_is_refused_to_those_who_do_not_keep_it(self) -> None:
        url = f"{self.url}ny-versjon/"
        flat(self.hr.get(url), 403)
        flat(self.hr.post(url, {**SAID, "step": "apply"}), 403)
        assert "Ny versjon" not in flat(self.hr.get(self.url))


class TestTakeBack(World):
    def test_asks_why_and_brings_back_what_stood(self) -> None:
        ctx = make.context(make.office(self.region))
        told = competence.publish_version(ctx, self.code, made.version(valid_from=date(2027, 6, 1)))
        url = f"/krav/versjon/{told}/trekk-tilbake/"
        flat(self.office.post(url, {"why": ""}), 422)
        flat(self.hr.get(url), 403)
        assert self.office.post(url, {"why": "Feil kilde"}).status_code == 302
        page = flat(self.office.get(self.url))
        assert "Det som sto før, gjelder igjen." in page
        assert "Trukket tilbake" in page
        only = RequirementVersion.objects.get(requirement_id=self.id, withdrawn_at=None)
        response = self.office.post(f"/krav/versjon/{only.pk}/trekk-tilbake/", {"why": "Feil krav"})
        assert response.headers["Location"] == "/krav/"


class TestAdding(World):
    def test_a_shared_one_is_the_offices(self) -> None:
        flat(self.hr.get("/krav/nytt/"), 403)
        said = {**SAID, "code": f"{self.code}x", "name_nb": "Nytt krav"}
        assert "Ingenting er lagret ennå." in flat(self.office.post("/krav/nytt/", {**said, "step": "preview"}))
        assert not Requirement.objects.filter(code=f"{self.code}X").exists()
        assert self.office.post("/krav/nytt/", {**said, "step": "apply"}).status_code == 302
        assert Requirement.objects.get(code=f"{self.code}X").owner_id is None

    def test_a_municipalitys_own_is_its_own(self) -> None:
        flat(self.office.get("/krav/eget/"), 403)
        assert 'value="lov"' not in flat(self.hr.get("/krav/eget/"))
        said = {**SAID, "source_type": "intern", "code": "båt", "name_nb": "Båtkurs", "tenant_id": self.town.tenant_id}
        response = self.hr.post("/krav/eget/", {**said, "step": "apply"})
        page = flat(self.hr.get(response.headers["Location"]))
        assert f"Eget krav i {self.town.name}" in page
        assert f"{self.town.number}-BÅT" in page
        other = make.with_role(self.region, Role.HR, town=self.region.municipalities[1])
        flat(signed_in(other).get(response.headers["Location"]), 404)


class TestCovers(World):
    def test_tells_the_direction_and_can_be_ended(self) -> None:
        other = made.requirement(self.region)
        url = f"{self.url}dekkes-av/"
        flat(self.hr.get(url), 403)
        page = flat(self.office.post(url, {"by": self.code, "valid_from": "2027-03-15"}), 422)
        assert "Velg et gyldig valg" in page
        assert self.office.post(url, {"by": other, "valid_from": "2027-03-15"}).status_code == 302
        page = flat(self.hr.get(self.url))
        assert f"Prøve {other}" in page
        assert "Bevis for dette teller også her:" in page
        assert "Avslutt" not in page
        found = re.search(r"/krav/samsvar/(\d+)/avslutt/", flat(self.office.get(self.url)))
        assert found
        flat(self.office.post(found[0], {"valid_to": "2027-01-01"}), 422)
        assert self.office.post(found[0], {"valid_to": "2027-12-31"}).status_code == 302
        assert "Fra 15. mars 2027 til 31. desember 2027" in flat(self.hr.get(self.url)).replace("\xa0", " ")


class TestLocalRule(World):
    def test_is_set_ended_and_taken_back(self) -> None:
        url = f"{self.url}lokal-frist/"
        flat(self.office.get(url), 403)
        said = {"tenant_id": self.town.tenant_id, "interval_months": "6", "why": "Ulykker", "valid_from": "2027-03-15"}
        flat(self.hr.post(url, {**said, "why": " "}), 422)
        seen = flat(self.hr.post(url, said))
        assert "Ingenting er lagret ennå" in seen
        assert "Fristen i kommunen blir" in seen
        assert "Hver 6. måned" not in flat(self.hr.get(self.url))
        assert 'value="6"' in flat(self.hr.post(url, {**said, "step": "edit"}))
        assert self.hr.post(url, {**said, "step": "apply"}).status_code == 302
        page = flat(self.hr.get(self.url))
        assert "Hver 6. måned" in page
        found = re.search(r"/krav/lokal-frist/(\d+)/", page)
        assert found
        assert "Ulykker" in flat(self.hr.get(found[0]))
        flat(self.hr.post(found[0], {"act": "end", "valid_to": ""}), 422)
        flat(self.hr.post(found[0], {}), 422)
        assert self.hr.post(found[0], {"act": "end", "valid_to": "2027-12-31"}).status_code == 302
        assert "Denne fristen er endret" in flat(self.hr.get(found[0]))
        again = re.search(r"/krav/lokal-frist/(\d+)/", flat(self.hr.get(self.url)))
        assert again
        assert self.hr.post(again[0], {"act": "wrong", "why": "Feil"}).status_code == 302
        assert "Lokale frister" not in flat(self.hr.get(self.url))

    def test_says_why_a_longer_one_is_refused(self) -> None:
        code = made.requirement(self.region, interval_months=24, anchor="completion")
        url = f"/krav/{Requirement.objects.get(code=code).pk}/lokal-frist/"
        said = {"tenant_id": self.town.tenant_id, "interval_months": "36", "why": "Billig", "valid_from": "2027-03-15"}
        page = flat(self.hr.post(url, said), 422)
        assert "kommunen kan være strengere, ikke mildere" in page
        assert "Billig</textarea>" in page


class TestNews(World):
    def publish(self, **told: Any) -> int:
        ctx = make.context(make.office(self.region))
        return competence.publish_version(ctx, self.code, made.version(valid_from=date(2027, 6, 1), **told))

    def test_is_answered_and_the_office_sees_who(self) -> None:
        told = self.publish(targets=(TargetInput("sector", "Kultur"),))
        page = flat(self.hr.get("/krav/nytt-i-registeret/"))
        assert f"/krav/versjon/{told}/svar/" in page
        assert f"<del>Stilling: {self.code}</del>" in page
        url = f"/krav/versjon/{told}/svar/"
        assert "Alle i Kultur" in flat(self.hr.get(url))
        no = {"tenant_id": self.town.tenant_id, "answer": "no"}
        assert "Skriv hvorfor" in flat(self.hr.post(url, {**no, "why": ""}), 422)
        assert self.hr.post(url, {**no, "why": "For dyrt"}).status_code == 302
        page = flat(self.hr.get("/krav/nytt-i-registeret/"))
        assert "For dyrt" in page
        assert "Beholder regelen som gjaldt før" in flat(self.hr.get(self.url))
        neighbour = signed_in(make.with_role(self.region, Role.HR, town=self.region.municipalities[1]))
        assert "For dyrt" not in flat(neighbour.get(self.url))
        page = flat(self.office.get("/krav/svar-fra-kommunene/"))
        assert "For dyrt" in page
        assert "Ikke besvart" in page
        flat(self.office.get("/krav/nytt-i-registeret/"), 403)
        flat(self.hr.get("/krav/svar-fra-kommunene/"), 403)

    def test_says_why_law_cannot_be_declined(self) -> None:
        told = self.publish(source_type=SourceType.REGULATION)
        said = {"tenant_id": self.town.tenant_id, "answer": "no", "why": "Uenig"}
        page = flat(self.hr.post(f"/krav/versjon/{told}/svar/", said), 422)
        assert "gjelder uansett hva kommunen svarer" in page
        assert "Uenig</textarea>" in page

    def test_hides_other_municipalities(self) -> None:
        near = self.region.municipalities[1].tenant_id
        flat(self.hr.get(f"/krav/nytt-i-registeret/?kommune={near}"), 404)


class TestRequirement(World):
    def test_never_calls_unchecked_law_and_tells_ways_in_words(self) -> None:
        parts = [made.requirement(self.region) for _ in range(3)]
        first, second, third = (MemberInput(code) for code in parts)
        code = made.requirement(
            self.region, source_type=SourceType.ACT, consequence_nb="Kan ikke arbeide alene",
            alternatives=((first,), (second, MemberInput(third.requirement_code, Decimal(30)))),
        )  # fmt: skip
        page = flat(self.hr.get(f"/krav/{Requirement.objects.get(code=code).pk}/"))
        assert "Oppgitt som lov, ikke kontrollert" in page
        assert "<dd>Lov</dd>" not in page
        assert f"«Prøve {parts[0]}», eller «Prøve {parts[1]}» sammen med 30 poeng i «Prøve {parts[2]}»" in page
        assert "Kan ikke arbeide alene" in page

    def test_never_calls_unchecked_law_in_what_differs(self) -> None:
        code = made.requirement(self.region, source_type=SourceType.ACT)
        ctx = make.context(make.office(self.region))
        checked = {"verified": Verified.SEEN, "verified_on": date(2027, 3, 1)}
        competence.publish_version(ctx, code, made.version(source_type=SourceType.REGULATION, **checked))
        page = flat(self.hr.get(f"/krav/{Requirement.objects.get(code=code).pk}/"))
        assert "<del>Oppgitt som lov, ikke kontrollert</del>" in page
        assert "<ins>Forskrift</ins>" in page
        assert "Kontrollert mot kilden 1. mars 2027" in page.replace("\xa0", " ")

    def test_shows_my_municipalitys_rule_and_not_my_neighbours(self) -> None:
        near = self.region.municipalities[1]
        neighbour = make.context(make.with_role(self.region, Role.HR, town=near))
        told = LocalRuleInput(near.tenant_id, self.code, 6, "Naboens grunn", date(2027, 1, 1))
        competence.set_local_rule(neighbour, told)
        assert "Naboens grunn" not in flat(self.hr.get(self.url))
        assert "Naboens grunn" in flat(self.office.get(self.url))
