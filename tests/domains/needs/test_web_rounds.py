from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import Cause, NeedStatus, RoundStatus, Step, WantedForm
from kompetanse.domains.organisation.types import Role
from tests import make
from tests.make import needs as make_needs


def browser(who: make.Who) -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


class TestTheNeed:
    def test_tells_form_cause_and_own_measures(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town)
        client = browser(make.leader(town, unit))
        told = {"place": f"u{unit.pk}", "title": "Fallforebygging", "cause": "reorganisation", "wanted_form": "at_work"}

        page = client.post("/behov/nytt/", told | {"own_measures": "Øvd på <b>egen</b> hånd"}, follow=True)

        (need,) = needs.list_needs(make.system(region))
        assert (need.cause, need.wanted_form) == (Cause.REORGANISATION, WantedForm.AT_WORK)
        assert "Øvd på &lt;b&gt;egen&lt;/b&gt; hånd" in text(page)

    @pytest.mark.parametrize("field", ["title", "reason", "own_measures"])
    def test_a_megabyte_gives_a_sentence_and_keeps_what_was_written(self, field: str) -> None:
        region = make.region()
        unit = make.unit(region.municipalities[0])
        client = browser(make.leader(region.municipalities[0], unit))
        long = "Ord og <i>mer</i> " * 60_000

        page = client.post("/behov/nytt/", {"place": f"u{unit.pk}", "title": "Palliasjon", field: long})

        assert page.status_code == 422
        assert "er for lang" in text(page)
        assert text(page).count("Ord og &lt;i&gt;mer&lt;/i&gt;") >= 60_000
        assert needs.list_needs(make.system(region)) == []


class TestTheRound:
    def test_goes_from_unit_to_region_by_the_pages_alone(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        sector = make.unit(town, "Helse")
        home, ward = (make.unit(town, name, parent=sector) for name in ("Hjemme", "Sykehjem"))
        people = {
            "home": make.leader(town, home), "ward": make.leader(town, ward), "above": make.leader(town, sector),
            "contact": make.with_role(region, Role.CONTACT_PERSON, town=town),
            "chief": make.with_role(region, Role.CHIEF_EXECUTIVE, town=town),
        }  # fmt: skip
        by = {key: browser(who) for key, who in people.items()}

        answer = by["contact"].post(
            "/behov/runder/",
            {"tenant": town.tenant_id, "title": "Behov for 2028", "deadline": "2035-05-01"},
            follow=True,
        )
        assert "Runden er åpnet" in text(answer)
        round_id = needs.list_rounds(make.context(people["contact"]))[0].id
        here = f"/behov/runder/{round_id}/"
        assert by["home"].get("/behov/runder/").status_code == 200
        for key, unit in (("home", home), ("ward", ward)):
            told = {"place": f"u{unit.pk}", "title": "Palliasjon", "people": "4"}
            assert "Ligger hos lederen over" in text(by[key].post("/behov/nytt/", told, follow=True))
        ids = [need.id for need in needs.list_needs(make.system(region))]
        assert "checkbox" not in text(by["home"].get(here))

        nothing = by["above"].post(here, {"act": "back", "need": ids[0], "why": ""})
        assert "Skriv hvorfor" in text(nothing)
        by["above"].post(here, {"act": "back", "need": ids[0], "why": "Hvor mange?"})
        page = by["ward"].get(f"/behov/{ids[0]}/")
        assert "Hvor mange?" in text(page)
        again = {"act": "again", "title": "Palliasjon", "people": "6", "answer": "Seks"}
        assert "sendt på nytt" in text(by["ward"].post(f"/behov/{ids[0]}/", again, follow=True))
        joined = by["above"].post(here, {"act": "join", "need": ids}, follow=True)
        assert "slått sammen" in text(joined)
        whole = next(it for it in needs.list_needs(make.system(region)) if it.composed)
        assert (whole.people, whole.step) == (10, Step.SECTOR)
        by["above"].post(here, {"act": "pass", "need": whole.id})

        assert "Godkjenn lista" not in text(by["above"].get(here))
        shown = text(by["chief"].get(here))
        assert "Godkjenn lista" in shown
        stale = by["chief"].post(here, {"act": "approve", "seen": "noe annet"})
        assert "Lista er endret" in text(stale)
        assert needs.list_rounds(make.system(region))[0].status is RoundStatus.OPEN
        seen = needs.list_rounds(make.context(people["chief"]))[0].seen
        done = by["chief"].post(here, {"act": "approve", "seen": seen}, follow=True)
        assert "Behovene teller nå med" in text(done)
        assert make_needs.stored_need(region, whole.id).status == NeedStatus.REPORTED
        told_of = text(by["home"].get(f"/behov/{ids[1]}/"))
        assert "Slått sammen med like behov" in told_of
        assert "Ingen andre kommuner" in told_of

    def test_the_chief_executive_leaves_it_to_another(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        contact = make.with_role(region, Role.CONTACT_PERSON, town=town)
        chief = make.with_role(region, Role.CHIEF_EXECUTIVE, town=town)
        round_id = needs.open_round(
            make.context(contact), tenant_id=town.tenant_id, title="2028", deadline=date(2035, 1, 1)
        )
        here = f"/behov/runder/{round_id}/"
        assert "Godkjenn lista" not in text(browser(contact).get(here))

        browser(chief).post(here, {"act": "delegate", "delegate": contact.person_id})

        assert "Godkjenn lista" in text(browser(contact).get(here))

    def test_another_municipality_does_not_find_it(self) -> None:
        region = make.region(municipalities=2)
        here, there = region.municipalities
        contact = make.context(make.with_role(region, Role.CONTACT_PERSON, town=here))
        round_id = needs.open_round(contact, tenant_id=here.tenant_id, title="2028", deadline=date(2035, 1, 1))

        near = browser(make.with_role(region, Role.CONTACT_PERSON, town=there))

        assert near.get(f"/behov/runder/{round_id}/").status_code == 404
        assert "2028" not in text(near.get("/behov/runder/")).replace("Behov for 2028", "")
