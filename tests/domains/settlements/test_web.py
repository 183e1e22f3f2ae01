"""The pages, as the office and a municipality meet them without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import TermsInput, Tier
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.settlements import api as settlements
from kompetanse.domains.settlements.types import Key, PartInput, Status
from kompetanse.foundation import clock
from tests import make
from tests.make import courses as made_courses
from tests.make import settlements as made


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: make.organisation.NOW)


def client(who: make.Who) -> Client:
    found = Client()
    found.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return found


def text(body: bytes) -> str:
    """The page with every space plain, also the hard ones that dates and amounts have."""
    return re.sub(r"\s+", " ", body.decode())


class TestCostingPage:
    def test_the_office_goes_from_a_run_to_bills_without_javascript(self) -> None:
        region = make.region(municipalities=2)
        maker, other = client(make.office(region)), client(make.office(region))
        made.billing(region)
        run_id = made_courses.run(region)
        assert "Lag kalkyle" in text(maker.get("/oppgjor/ny/", {"kurs": run_id}).content)
        here = maker.post(f"/oppgjor/ny/?kurs={run_id}").headers["Location"]
        assert maker.get("/oppgjor/ny/", {"kurs": run_id}).headers["Location"] == here

        line = {"act": "line", "kind": "room", "text": "Sal <b>", "planned": "1000", "actual": ""}
        assert maker.post(here, line).status_code == 302
        page = text(maker.get(here).content)
        assert "Sal &lt;b&gt;" in page
        assert "500 kr" in page
        assert "mangler faktisk beløp" in text(maker.post(here, {"act": "make"}).content)
        pk = settlements.get_costing(make.system(region), costing_id=int(here.split("/")[-2])).lines[0].id
        assert maker.post(here, {**line, "act": f"line-{pk}", "actual": "1 000,01"}).status_code == 302
        subsidy = {"act": "subsidy", "source": "Staten", "place": "before", "planned": "100", "actual": "100"}
        assert maker.post(here, subsidy).status_code == 302
        sharing = {"act": "sharing", "key": "equal", "fixed": ""}
        for town in region.municipalities:
            sharing[f"with_{town.tenant_id}"] = "on"
        assert maker.post(here, sharing).status_code == 302
        at = maker.post(here, {"act": "make"}).headers["Location"]

        page = text(maker.get(at).content)
        assert "450,01 kr" in page
        assert "1 øre gikk ikke opp" in page
        assert "Godkjenn oppgjøret" not in page
        assert "må en annen godkjenne" in text(maker.post(at, {"act": "approve", "total": "90001"}).content)
        assert "Godkjenn oppgjøret" in text(other.get(at).content)
        assert other.post(at, {"act": "approve", "total": "1"}).status_code == 422
        assert other.post(at, {"act": "approve", "total": "90001"}).status_code == 302
        assert other.post(at, {"act": "send"}).status_code == 302
        page = text(maker.get(at).content)
        assert "EHF 1" in page
        assert "EHF 2" in page
        bill = re.search(r"/oppgjor/faktura/\d+/", page)
        assert bill is not None
        file = maker.get(bill[0])
        assert file.headers["Content-Disposition"].startswith("attachment")
        assert b"<cbc:CustomizationID>" in file.content

    def test_a_faulty_line_is_told_at_its_form_and_nothing_is_saved(self) -> None:
        region = make.region()
        costing_id = made.costing(region)
        here = reverse("settlements.costing", args=[costing_id])
        office = client(make.office(region))

        for actual in ("-5", "mye", "99999999999"):
            answer = office.post(here, {"act": "line", "kind": "room", "text": "Sal", "planned": "1", "actual": actual})
            assert answer.status_code == 422
        assert len(settlements.get_costing(make.system(region), costing_id=costing_id).lines) == 1
        assert office.post(here, {"act": "drop-line-0"}).status_code == 404
        assert office.post(here, {"act": "dette"}).status_code == 404

    def test_is_a_spreadsheet_too(self) -> None:
        region = make.region(municipalities=2)
        costing_id = made.costing(region)
        settlement_id = made.settled(region, costing_id)
        office = client(make.office(region))
        for route, pk in (("settlements.costing", costing_id), ("settlements.settlement", settlement_id)):
            body = office.get(reverse(route, args=[pk]), {"format": "xlsx"}).content
            assert region.municipalities[1].name in ZipFile(BytesIO(body)).read("xl/sharedStrings.xml").decode()


class TestSharePage:
    def test_a_municipality_sees_its_own_and_why_and_nothing_of_others(self) -> None:
        region = make.region(municipalities=2)
        one, two = region.municipalities
        contact = client(make.with_role(region, Role.CONTACT_PERSON, town=one))
        costing_id = made.costing(region, kroner=1000)
        settlements.choose_sharing(
            make.system(region), costing_id=costing_id, key=Key.PARTICIPANTS,
            parts=[PartInput(one.tenant_id, participants=6), PartInput(two.tenant_id, participants=2)],
        )  # fmt: skip
        settlement_id = made.settled(region, costing_id)

        page = text(contact.get("/oppgjor/").content)
        link = re.search(r"/oppgjor/andel/\d+/", page)
        assert link is not None
        assert "750 kr" in page
        assert two.name not in page
        page = text(contact.get(link[0]).content)
        assert "6 deltakere" in page
        assert "røpe hvor få" in page
        assert "1 000 kr" not in page
        assert two.name not in page
        assert contact.get(reverse("settlements.settlement", args=[settlement_id])).status_code == 403
        assert contact.get(reverse("settlements.costing", args=[costing_id])).status_code == 403


class TestSellersPage:
    def test_says_what_is_wrong_and_keeps_what_was_typed(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        office = client(make.office(region))
        seller = {"act": "seller", "name": "Rådet", "organisation_number": "123", "vat": "O", "due_days": "30"}

        answer = office.post("/oppgjor/avsender/", seller)
        assert answer.status_code == 422
        assert "er ikke et organisasjonsnummer" in text(answer.content)
        answer = office.post("/oppgjor/avsender/", {**seller, "organisation_number": made.number(), "vat": "S"})
        assert answer.status_code == 422
        assert "Merverdiavgiftsregisteret" in text(answer.content)
        told = {**seller, "organisation_number": made.number(), "vat_reason": "Utenfor"}
        assert office.post("/oppgjor/avsender/", told).status_code == 302
        payer = {"act": f"payer-{town.tenant_id}", "organisation_number": "974 760 673", "buyer_reference": "4100"}
        assert office.post("/oppgjor/avsender/", payer).status_code == 302
        page = text(office.get("/oppgjor/avsender/").content)
        assert "974760673" in page
        assert "4100" in page


class TestTermsPages:
    def test_the_cost_is_said_before_signing_up_and_before_withdrawing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        region = make.region()
        office = client(make.office(region))
        run_id = made_courses.run(region)
        told = {
            "name": "Våre vilkår", "tiers": "14; 50\n7; 100 %; 500", "stay_away_percent": "100", "moved_days": "14",
            "replacing_is_free": "on", "documented_days": "3", "decide_days": "7",
        }  # fmt: skip
        assert office.post("/kurs/vilkar/", told).status_code == 302
        [terms] = courses.list_terms(make.system(region))
        assert terms.told.tiers == (Tier(14, 50), Tier(7, 100, 500_00))
        answer = office.post(f"/kurs/{run_id}/vilkar/", {"act": "choose", "terms": terms.id, "fee": "1500"})
        assert answer.status_code == 302
        who = make.employee(region.municipalities[0])
        person = client(who)
        page = text(person.get(f"/kurs/{run_id}/").content)
        assert "Plassen koster" in page
        assert "koster ikke noe å melde seg av til og med 10. april 2027" in page
        mark = re.search(r'name="terms" value="(\d+)"', page)
        assert mark is not None
        # The office changes the price meanwhile: nobody signs up on terms they have not read.
        office.post(f"/kurs/{run_id}/vilkar/", {"act": "choose", "terms": terms.id, "fee": "1600"})
        answer = person.post(f"/kurs/{run_id}/plass/", {"terms": mark[1]})
        assert answer.status_code == 422
        assert "Vilkårene er endret" in text(answer.content)
        assert courses.list_own_signups(make.context(who)) == []
        chief, people = made_courses.team(region.municipalities[0], 1)
        signup_id = made_courses.seat(run_id, chief, people[0])
        late = make.organisation.NOW + timedelta(days=30)
        monkeypatch.setattr(clock, "now", lambda: late)

        page = text(client(people[0]).get(f"/pameldinger/{signup_id}/meld-av/").content)

        assert "Melder du deg av i dag, koster det 800 kr for kommunen." in page
        assert "En annen kan ta plassen" in page
        assert client(people[0]).post(f"/pameldinger/{signup_id}/meld-av/").status_code == 302
        page = text(office.get("/krav-om-betaling/").content)
        assert "800 kr" in page
        assert "Frafall kravet" in page
        charge = courses.list_charges(make.system(region))[0].id
        answer = office.post("/krav-om-betaling/", {"charge": charge, "ground": "other", "reason": ""})
        assert answer.status_code == 422
        assert "Skriv kort hvorfor" in text(answer.content)
        assert office.post("/krav-om-betaling/", {"charge": charge, "ground": "documented"}).status_code == 302
        assert "Frafalt" in text(client(chief).get("/krav-om-betaling/").content)

    @pytest.mark.parametrize(
        "tiers", ["14", "14; 120", "x; 50", "7; 20\n14; 50", "1; 2; 3; 4", "-1; 50", "9" * 30 + "; 1"]
    )
    def test_tiers_that_cannot_be_read_are_told(self, tiers: str) -> None:
        region = make.region()
        told = {"name": "V", "tiers": tiers, "stay_away_percent": "100", "moved_days": "14"}
        answer = client(make.office(region)).post("/kurs/vilkar/", told)
        fine = tiers == "14"  # nought per cent
        assert answer.status_code == (302 if fine else 422)
        assert fine or "Trinnene går ikke opp" in text(answer.content)

    def test_deciding_that_a_run_is_held(self) -> None:
        region = make.region()
        run_id = made_courses.run(region)
        courses.choose_terms(
            make.system(region), run_id=run_id,
            terms_id=made.terms(region, TermsInput("V", decide_days=7)),
        )  # fmt: skip
        office = client(make.office(region))
        assert "0 av minst 1" in text(office.get(f"/kurs/{run_id}/").content)
        answer = office.post(f"/kurs/{run_id}/vilkar/", {"act": "decide"})
        assert answer.status_code == 422
        assert "Skriv hvorfor kurset holdes" in text(answer.content)
        assert office.post(f"/kurs/{run_id}/vilkar/", {"act": "decide", "reason": "Loven"}).status_code == 302
        page = text(office.get(f"/kurs/{run_id}/vilkar/").content)
        assert "15. mars 2027 kl. 10.00" in page
        assert "kurset holdes" in page


class TestSystemAdministrator:
    def test_approves_without_the_office_s_other_doors(self) -> None:
        region = make.region()
        settlement_id = settlements.make_settlement(make.system(region), costing_id=made.costing(region))
        system = client(make.with_role(region, Role.SYSTEM_ADMINISTRATOR))
        at = reverse("settlements.settlement", args=[settlement_id])
        page = text(system.get(at).content)
        assert "Godkjenn oppgjøret" in page
        assert "Kast utkastet" not in page
        assert "Til kalkylen" not in page
        assert at in system.get("/oppgjor/").content.decode()
        assert system.post(at, {"act": "approve", "total": "1000000"}).status_code == 302
        assert system.post(at, {"act": "send"}).status_code == 422


class TestDraft:
    def test_is_thrown_away_from_its_page(self) -> None:
        region = make.region()
        settlement_id = settlements.make_settlement(make.system(region), costing_id=made.costing(region))
        at = reverse("settlements.settlement", args=[settlement_id])
        office = client(make.office(region))
        row = settlements.get_settlement(make.system(region), settlement_id=settlement_id).settlement
        assert row.status is Status.DRAFT
        assert office.post(at, {"act": "discard"}).status_code == 302
        assert office.get(at).status_code == 404
