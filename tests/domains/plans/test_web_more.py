from __future__ import annotations

import io
import zipfile

import pytest

from kompetanse.domains.organisation.types import Role, WrittenForm
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import PlanStatus
from tests import make
from tests.make import governance as gov
from tests.make import plans as made

from .test_web import browser, text


class TestSharing:
    def test_the_office_chooses_a_key_and_everybody_reads_what_it_gives(self) -> None:
        region = make.region(municipalities=2)
        plan_id = made.plan(region)
        made.measure(region, plan_id, kroner=3)
        plans.send_to_hearing(make.system(region), plan_id=plan_id)
        url = f"/planer/{plan_id}/fordeling/"

        reply = browser(make.office(region)).post(url, {"key": "equal", "fixed": ""})

        assert reply.status_code == 302
        employee = browser(make.employee(region.municipalities[0]))
        assert "1,50 kr" in text(employee.get(url)).replace("\N{NO-BREAK SPACE}", " ")
        assert employee.post(url, {"key": "seats"}).status_code in (403, 422)
        assert zipfile.is_zipfile(io.BytesIO(employee.get(f"{url}?format=xlsx").content))


class TestMeasureForms:
    def test_parts_use_and_deviation(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        measure_id = made.measure(region, plan_id)
        town = region.municipalities[0].tenant_id
        client, url = browser(make.office(region)), f"/tiltak/{measure_id}/"

        share = {"act": "share", "key": "seats", f"takes_{town}": "on", f"seats_{town}": "4"}
        assert client.post(url, share).status_code == 302
        assert client.post(url, {"act": "use", f"committed_{town}": "900", f"spent_{town}": "12,50"}).status_code == 302
        assert client.post(url, {"act": "deviation", "cause": "money", "text": "Dyrere enn tenkt"}).status_code == 302
        assert client.post(url, {"act": "share", "key": "equal"}).status_code == 422

        html = text(client.get(url)).replace("\N{NO-BREAK SPACE}", " ")
        assert "12,50 kr" in html
        assert "Dyrere enn tenkt" in html
        assert "Gjennomføring, penger og risiko" in html

    def test_of_an_adopted_plan_a_change_is_a_proposal(self) -> None:
        region = make.region()
        plan_id, measure_id = made.adopted_plan(region)
        client, url = browser(make.office(region)), f"/tiltak/{measure_id}/"
        change = {"act": "change", "version": "1", "title_nb": "Nytt navn", "kind": "course", "budget": "5"}
        assert client.post(url, change).status_code == 422

        assert client.post(f"/planer/{plan_id}/versjoner/", {"act": "open"}).status_code == 302
        assert client.post(url, change).status_code == 302

        assert plans.get_measure(make.system(region), measure_id=measure_id).title_nb != "Nytt navn"
        html = text(client.get(f"/planer/{plan_id}/versjoner/"))
        assert "fra «Kurs i legemiddelhåndtering» til «Nytt navn»" in html
        assert client.post(f"/planer/{plan_id}/versjoner/", {"act": "hearing"}).status_code == 302
        case_id = gov.decided_case(region)
        adopted = client.post(f"/planer/{plan_id}/versjoner/", {"act": "adopt", "case_id": case_id})
        assert adopted.status_code == 302
        assert plans.get_measure(make.system(region), measure_id=measure_id).title_nb == "Nytt navn"
        assert "Fra versjon 1 til versjon 2" in text(client.get(f"/planer/{plan_id}/versjoner/"))
        assert client.get(f"/planer/{plan_id}/versjoner/?fra=7").status_code == 404


class TestPlanActs:
    def test_an_exception_and_the_next_year(self) -> None:
        region = make.region()
        gov.frame(region, kroner=50_000)
        plan_id = made.plan(region)
        made.measure(region, plan_id)
        client, url = browser(make.office(region)), f"/planer/{plan_id}/"

        assert client.post(url, {"act": "exception", "amount": "50000"}).status_code == 422
        told = {"act": "exception", "amount": "50000", "decision_reference": "RR-sak 9/27"}
        assert client.post(url, told).status_code == 302
        made.adopt(region, plan_id)
        reply = client.post(url, {"act": "roll"})

        assert reply.status_code == 302
        assert "RR-sak 9/27" in text(client.get(url))
        assert {row.year: row.status for row in plans.list_plans(make.system(region))} == {
            2027: PlanStatus.ADOPTED, 2028: PlanStatus.DRAFT,
        }  # fmt: skip


class TestMunicipal:
    @pytest.mark.parametrize("language", ["nb", "nn"])
    def test_files_are_in_the_municipality_s_written_form(self, language: str) -> None:
        region = make.region(written_form=WrittenForm(language))
        town = region.municipalities[0]
        plan_id, _ = made.adopted_plan(region)
        client = browser(make.with_role(region, Role.CONTACT_PERSON, town=town), "nn" if language == "nb" else "nb")
        url = f"/planer/{plan_id}/kommuneplan/"

        assert client.post(url, {"title_nb": "Lunsjkurs", "kind": "course", "budget": "100"}).status_code == 302
        assert "Lunsjkurs" in text(client.get(url))
        pdf = client.get(f"{url}?format=pdf").content
        assert f"/Lang({language}-NO)".encode() in pdf
        assert zipfile.is_zipfile(io.BytesIO(client.get(f"{url}?format=xlsx").content))


class TestTertial:
    def test_is_written_sent_and_frozen(self) -> None:
        region = make.region()
        plan_id, _ = made.adopted_plan(region)
        client, url = browser(make.office(region)), f"/planer/{plan_id}/tertialrapport/?tertial=1"
        page = plans.get_tertial(make.context(make.office(region)), plan_id=plan_id, tertial=1)
        texts = {**page.drafted, "ahead": "Vi tar resten i høst."}

        assert client.post(url, {"act": "write", "version": "1", **texts}).status_code == 302
        written = plans.get_tertial(make.context(make.office(region)), plan_id=plan_id, tertial=1).written
        assert written == {"ahead": "Vi tar resten i høst."}
        assert client.post(url, {"act": "write", "version": "1", **texts}).status_code == 422
        assert client.post(url, {"act": "send"}).status_code == 302
        assert client.post(url, {"act": "send"}).status_code == 422
        employee = browser(make.employee(region.municipalities[0]))
        assert "Vi tar resten i høst." in text(employee.get(url))
        assert employee.get(f"{url}&format=pdf").content.startswith(b"%PDF")


class TestStrategy:
    def test_the_office_fills_it_and_everybody_reads(self) -> None:
        region = make.region()
        client = browser(make.office(region))
        area = {"act": "area", "title_nb": "Fagbrev", "sector": "health", "from_year": "2026", "to_year": "2030"}
        assert client.post("/strategi/", area).status_code == 302
        area_id = plans.get_strategy(make.system(region)).areas[0].id
        indicator = {
            "act": "indicator", "area_id": area_id, "title_nb": "Andel", "unit": "percent", "baseline": "60",
            "baseline_year": "2026", "target": "80", "target_year": "2030",
        }  # fmt: skip
        assert client.post("/strategi/", indicator).status_code == 302
        indicator_id = plans.get_strategy(make.system(region)).areas[0].indicators[0].id
        reading = {"act": "reading", "indicator_id": indicator_id, "read_on": "2026-01-02", "value": "70"}
        assert client.post("/strategi/", reading).status_code == 302
        assert client.post("/strategi/", {**reading, "value": "170"}).status_code == 422

        html = text(browser(make.employee(region.municipalities[0])).get("/strategi/"))
        assert "50 prosent av veien" in html
        assert 'name="title_nb"' not in html


class TestCoverage:
    def test_holes_are_told_in_words(self) -> None:
        region = make.region()
        plan_id = made.plan(region)
        gov.goal(region)
        made.pool(region)
        made.measure(region, plan_id)

        html = text(browser(make.office(region)).get(f"/planer/{plan_id}/dekning/"))

        assert "Mål uten tiltak" in html
        assert "Ingen har meldt behovet" in html
        assert "ngen tiltak" in html
