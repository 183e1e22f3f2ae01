from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.assessments.types import CampaignStatus, Progress, RaterKind
from kompetanse.domains.organisation.types import Role
from tests import make
from tests.make import assessments as made
from tests.make.competence import of


@pytest.fixture(autouse=True)
def in_the_tests_year(settings: object) -> None:
    settings.CLOCK_OFFSET = make.organisation.NOW - datetime.now(UTC)  # type: ignore[attr-defined]


def client(who: make.Who) -> Client:
    found = Client()
    found.force_login(who.account)
    return found


def text(web: Client, name: str, *args: int, **query: str) -> str:
    answer = web.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return str(answer.content.decode())


class Ward:
    def __init__(self) -> None:
        self.region = make.region()
        self.town = self.region.municipalities[0]
        self.unit = make.unit(self.town)
        self.boss = make.leader(self.town, self.unit)
        self.kari = make.employee(self.town, self.unit)
        self.keys = [made.requirement("LEGEMIDDEL"), made.requirement("HLR")]


class TestTheOneWhoAnswers:
    def test_saves_some_comes_back_and_is_done(self) -> None:
        ward = Ward()
        campaign_id = made.campaign(ward.town, made.told(ward.town, requirements=ward.keys))
        web = client(ward.kari)
        assert "Ikke svart" in text(web, "assessments.own")
        page = text(web, "assessments.answer", campaign_id)
        assert page.count("<fieldset") == 2
        assert "Gjør dette trygt på egen hånd" in page

        where = reverse("assessments.answer", args=[campaign_id])
        first = web.post(where, {f"level_{ward.keys[0]}": "3", f"comment_{ward.keys[0]}": "To år"}, follow=True)
        assert "Noe gjenstår" in first.content.decode()
        assert "To år" in text(web, "assessments.answer", campaign_id)
        assert "Påbegynt" in text(web, "assessments.own")
        done = web.post(where, {f"level_{key}": "4" for key in ward.keys}, follow=True)
        assert "Du har svart på alt" in done.content.decode()
        assert assessments.get_own_page(make.context(ward.kari)).waiting[0].progress is Progress.DONE
        assert "Kan lære bort" in text(web, "assessments.about_me")

    def test_is_told_what_is_wrong_and_keeps_what_was_chosen(self) -> None:
        ward = Ward()
        campaign_id = made.campaign(ward.town, made.told(ward.town, requirements=ward.keys))
        web, where = client(ward.kari), reverse("assessments.answer", args=[campaign_id])
        answer = web.post(where, {f"level_{ward.keys[0]}": "9", f"level_{ward.keys[1]}": "2"})
        assert answer.status_code == 422
        assert "Velg et av de fire nivåene." in answer.content.decode()
        assessments.close_campaign(make.system(ward.region), campaign_id=campaign_id)
        late = web.post(where, {f"level_{ward.keys[1]}": "2"})
        assert late.status_code == 422
        assert "Kartleggingen er ikke åpen" in late.content.decode()

    def test_asks_a_colleague_who_answers(self) -> None:
        ward = Ward()
        ola = make.employee(ward.town, ward.unit)
        web = client(ward.kari)
        where = reverse("assessments.about", args=[of(ward.kari).id])
        assert "er spurt" in web.post(where, {"peer": str(of(ola).id)}, follow=True).content.decode()
        assert web.post(where, {"peer": "1"}).status_code == 422
        (row,) = assessments.get_own_page(make.context(ola)).peers
        their = client(ola)
        assert of(ward.kari).name in text(their, "assessments.own")
        saved = their.post(reverse("assessments.peer", args=[row.id]), {f"level_{ward.keys[0]}": "3"}, follow=True)
        assert "er lagret" in saved.content.decode()
        assert of(ola).name in text(web, "assessments.about_me")


class TestTheLeader:
    def test_rates_registers_reminds_and_prints(self) -> None:
        ward = Ward()
        campaign_id = made.campaign(ward.town, made.told(ward.town, requirements=ward.keys))
        kari = of(ward.kari)
        assessments.answer_self(
            make.context(ward.kari), campaign_id=campaign_id, answers=made.answers(ward.keys[:1], 4)
        )
        web = client(ward.boss)
        assert kari.name in text(web, "assessments.people", campaign_id)
        page = text(web, "assessments.rate", campaign_id, kari.id)
        assert "Den ansatte selv" in page  # what Kari said stands beside
        rated = web.post(
            reverse("assessments.rate", args=[campaign_id, kari.id]),
            {f"level_{key}": "2" for key in ward.keys}, follow=True,
        )  # fmt: skip
        assert f"Svarene for {kari.name} er lagret" in rated.content.decode()
        assert "☐" in text(web, "assessments.paper", campaign_id)
        assert kari.name in text(web, "assessments.paper", campaign_id, ansatt=str(kari.id))
        registered = web.post(
            reverse("assessments.register", args=[campaign_id, kari.id]),
            {f"level_{key}": "1" for key in ward.keys}, follow=True,
        )  # fmt: skip
        assert f"registrert av {of(ward.boss).name}" in registered.content.decode()
        about = text(web, "assessments.about", kari.id)
        assert f"(registrert av {of(ward.boss).name})" in about
        reminded = web.post(reverse("assessments.people", args=[campaign_id]), follow=True)
        assert "allerede påminnet" in reminded.content.decode()


class TestHr:
    def test_makes_opens_follows_closes_and_takes_out_the_report(self) -> None:
        ward = Ward()
        hr = make.with_role(ward.region, Role.HR, town=ward.town)
        web = client(hr)
        assert "Ingen kartlegginger ennå" in text(web, "assessments.campaigns")
        told = {
            "title_nb": "Våren", "title_nn": "Våren", "starts_on": "01.03.2027", "ends_on": "15.04.2027",
            "asks_self": "on", "asks_manager": "on", "units": [str(ward.unit.pk)], "titles": "Helsefagarbeider\n",
            "requirements": [str(key) for key in ward.keys],
        }  # fmt: skip
        nobody = web.post(
            reverse("assessments.new_campaign"),
            {key: value for key, value in told.items() if not key.startswith("asks")},
        )
        assert nobody.status_code == 422
        assert "Velg hvem som skal svare" in nobody.content.decode()
        assert web.post(reverse("assessments.new_campaign"), told).status_code == 302
        (row,) = assessments.list_campaigns(make.context(hr))
        assert "Utkast" in text(web, "assessments.campaign", row.id)
        changed = web.post(reverse("assessments.edit_campaign", args=[row.id]), told | {"title_nb": "Våren 2027"})
        assert changed.status_code == 302
        assert web.post(reverse("assessments.open_campaign", args=[row.id])).status_code == 302
        assessments.answer_self(make.context(ward.kari), campaign_id=row.id, answers=made.answers(ward.keys, 2))
        assert f"{ward.unit.name} (1/" in text(web, "assessments.campaign", row.id)

        assert "kan ikke angres" in text(web, "assessments.close", row.id)
        assert web.post(reverse("assessments.close", args=[row.id])).status_code == 302
        assert "Nivåer da kartleggingen ble avsluttet" in text(web, "assessments.campaign", row.id)
        assert assessments.list_campaigns(make.context(hr))[0].status is CampaignStatus.CLOSED
        answer = web.get(reverse("assessments.report", args=[row.id]))
        assert answer["Content-Disposition"].endswith(f'"kartlegging-{row.id}.xlsx"')
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            names = book.read("xl/workbook.xml").decode()
            assert all(f'name="{name}"' in names for name in ("Svar", "Nivåer", "Personer"))
            assert of(ward.kari).name in book.read("xl/worksheets/sheet3.xml").decode()
            assert of(ward.kari).name not in book.read("xl/worksheets/sheet1.xml").decode()

    def test_the_office_chooses_the_municipality_and_sees_no_units(self) -> None:
        region = make.region(municipalities=2)
        town = region.municipalities[0]
        make.leader(town)
        web = client(make.office(region))
        assert town.name in text(web, "assessments.new_campaign")
        assert "Navn på nynorsk" in text(web, "assessments.new_campaign", kommune=str(town.tenant_id))
        campaign_id = made.campaign(town)
        page = text(web, "assessments.campaign", campaign_id)
        assert "så få som er spurt" in page
        assert "bare for kommunens HR" in page
        assert web.get(reverse("assessments.report", args=[campaign_id])).status_code == 403

    def test_marks_sets_a_range_and_gives_a_mandate(self) -> None:
        ward = Ward()
        web = client(make.with_role(ward.region, Role.HR, town=ward.town))
        where, place = reverse("assessments.requirement", args=[ward.keys[0]]), str(ward.town.tenant_id)
        assert ward.kari.post is not None
        critical = {"act": "critical", "critical-place": place, "critical-valid_from": "15.03.2027"}
        assert web.post(where, critical).status_code == 422
        for told in (
            critical | {"critical-reason": "Feil kan ta liv."},
            {"act": "range", "range-place": place, "range-lowest": "3", "range-highest": "4"},
            {"act": "mandate", "mandate-place": place, "mandate-employee_number": ward.kari.post.employee_number},
        ):
            assert web.post(where, told).status_code == 302
        wrong = web.post(where, {"act": "range", "range-place": place, "range-lowest": "4", "range-highest": "1"})
        assert wrong.status_code == 422
        page = text(web, "assessments.requirements")
        assert f"{ward.town.name}: Selvstendig til kan lære bort" in page
        assert of(ward.kari).name in page
        (mark,) = assessments.list_critical(make.context(ward.kari))
        (mandate,) = assessments.get_own_page(make.context(ward.kari)).mandates
        assert "Feil kan ta liv." in text(web, "assessments.requirement", ward.keys[0])
        made.campaign(ward.town)
        expert = client(ward.kari)
        assert of(ward.kari).name not in text(expert, "assessments.expert", mandate.id).split("<main", 1)[1]
        assert web.post(reverse("assessments.end_critical", args=[mark.id])).status_code == 302
        assert web.post(reverse("assessments.end_mandate", args=[mandate.id])).status_code == 302

    def test_an_expert_rates_several_on_one_page(self) -> None:
        ward = Ward()
        ola = make.employee(ward.town, ward.unit)
        made.campaign(ward.town)
        assert ward.kari.post is not None
        mandate = assessments.give_mandate(
            make.system(ward.region), tenant_id=ward.town.tenant_id, requirement_id=ward.keys[0],
            employee_number=ward.kari.post.employee_number,
        )  # fmt: skip
        web = client(ward.kari)
        saved = web.post(reverse("assessments.expert", args=[mandate]), {f"level_{of(ola).id}": "3"}, follow=True)
        assert "1 vurdering er lagret" in saved.content.decode()
        page = assessments.get_about(make.context(ola), employee_id=of(ola).id)
        assert [row.kind for item in page.items for row in item.ratings] == [RaterKind.EXPERT]
