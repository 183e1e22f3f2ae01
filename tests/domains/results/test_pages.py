"""First page, search, what is kept: as each of the roles, through the web."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import translation

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.results import api as results
from kompetanse.domains.results.models import MeasureResult
from kompetanse.domains.results.queries import words
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound
from tests import make
from tests.make import assessments as surveys
from tests.make import results as made
from tests.make.competence import of
from tests.make.courses import AFTER
from tests.make.queries import counted


def browser(who: make.Who) -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def somebody(region: make.Region, role: Role) -> make.Who:
    town = region.municipalities[0]
    if role is Role.EMPLOYEE:
        return make.employee(town)
    if role is Role.LEADER:
        return make.leader(town)
    regional = (Role.FORUM_MEMBER, Role.UNION_REPRESENTATIVE, Role.COURSE_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)
    return make.with_role(region, role) if role in regional else make.with_role(region, role, town=town)


class TestHome:
    @pytest.mark.parametrize("role", list(Role))
    def test_greets_everybody_with_their_own_day(self, role: Role) -> None:
        region = make.region(municipalities=2)
        make.unit(region.municipalities[0])

        answer = browser(somebody(region, role)).get("/")

        assert answer.status_code == 200
        assert answer.content.decode().count("<h1>") == 1

    @pytest.mark.parametrize("role", [Role.LEADER, Role.EMPLOYEE, Role.COURSE_ADMINISTRATOR])
    def test_asks_the_same_however_many_people(self, role: Role) -> None:
        counts = []
        for people in (2, 20):
            region = make.region()
            town = region.municipalities[0]
            make.unit(town)
            who = somebody(region, role)
            for _ in range(people):
                make.employee(town)
            client = browser(who)
            client.get("/")
            with counted() as asked:
                client.get("/")
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_a_stranger_is_shown_the_way_in(self) -> None:
        assert Client().get("/")["Location"] == "/demo/"


class TestSearch:
    def test_finds_a_workplace_a_person_and_a_reference(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        make.unit(town, "Solbakken sykehjem")
        leader = make.leader(town)
        assert leader.employee is not None
        ctx = make.context(leader)

        assert [hit.title for hit in results.search(ctx, text="solbakken")] == ["Solbakken sykehjem"]
        assert leader.employee.name in [hit.title for hit in results.search(ctx, text=leader.employee.family_name)]
        assert results.search(ctx, text="behov-12")[0].title == "behov-12"
        assert results.search(ctx, text="s") == ()

    def test_does_not_find_a_neighbours_people(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities
        stranger = make.employee(other, make.unit(other))
        leader = make.leader(mine, make.unit(mine))
        assert stranger.employee is not None

        assert results.search(make.context(leader), text=stranger.employee.family_name) == ()

    def test_takes_markup_as_words(self) -> None:
        region = make.region()
        answer = browser(make.employee(region.municipalities[0])).get("/sok/", {"q": "<script>alert(1)</script>"})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


class TestKept:
    def test_holds_my_rows_and_nobody_elses(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        me, other = make.employee(town), make.employee(town)

        rows = json.loads(browser(me).get("/om-meg/eksport/").content)

        assert [row["id"] for row in rows["organisation.Employee"]] == [me.employee.pk]  # type: ignore[union-attr]
        assert other.employee is not None
        assert other.employee.email not in json.dumps(rows)

    def test_the_page_says_why_and_how_long(self) -> None:
        region = make.region()
        client = browser(make.employee(region.municipalities[0]))
        told = {
            "nb": (
                "For å vite hvem som arbeider i kommunen",
                "5 år etter at den siste ansettelsen tok slutt",
                "fornavn",
            ),
            "nn": (
                "For å vite kven som arbeider i kommunen",
                "5 år etter at den siste tilsetjinga tok slutt",
                "førenamn",
            ),
            "en": ("To know who works in the municipality", "5 years after the last employment ended", "given name"),
        }
        for language, sentences in told.items():
            client.cookies["sprak"] = language
            page = client.get("/om-meg/").content.decode()
            for sentence in sentences:
                assert sentence in page
        assert "organisation." not in page


class TestOpenAccount:
    def test_finds_the_one_that_is_there(self) -> None:
        region = make.region()
        who = make.employee(region.municipalities[0])
        ctx = make.system(region)

        again = organisation.open_account(
            ctx, tenant_id=region.tenant_id, person_id=who.person_id, username="ny", name="Ny"
        )

        assert again == who.account.pk

    def test_without_a_password_nobody_gets_in_by_one(self) -> None:
        region = make.region()
        person_id = organisation.new_person()
        name = f"uten-passord-{person_id}"

        organisation.open_account(
            make.system(region), tenant_id=region.tenant_id, person_id=person_id, username=name, name="Uten"
        )

        client = Client()
        client.post("/logg-inn/", {"login": name, "password": ""})
        assert "_auth_user_id" not in client.session


class TestDeeds:
    def test_are_for_the_system_administrator(self) -> None:
        region = make.region()
        admin = browser(make.with_role(region, Role.SYSTEM_ADMINISTRATOR))
        other = browser(make.leader(region.municipalities[0]))

        assert admin.get("/utfort/").status_code == 200
        assert other.get("/utfort/").status_code == 403

    def test_are_told_as_sentences_with_names_for_ids(self) -> None:
        region = make.region()
        told = made.thread(region)
        admin = browser(make.with_role(region, Role.SYSTEM_ADMINISTRATOR))

        page = admin.get("/utfort/").content.decode()

        for words_ in ("Påmelding godkjent", "Oppmøte ført", "Bestilling godtatt", "Systemet", "status: har plass"):
            assert words_ in page
        assert f'href="/traad/?ref=KURS-{told.run_id}">KURS-{told.run_id} Medikamenthåndtering' in page
        assert told.people[0].employee is not None
        assert f"skal godkjennes av: {told.chief.account.display_name}" in page
        rows = page.split("<tbody>")[1].split("</tbody>")[0]
        for code in ("SeatApproved", "approve_signup", "_id", "True", ": 2027-"):
            assert code not in rows
        assert "person: Rolle system_administrator" in page
        admin.cookies["sprak"] = "nn"
        assert "Påmelding godkjend" in admin.get("/utfort/").content.decode()

    def test_letters_are_told_by_their_number_and_never_by_whom(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        boss, kari, peer = make.leader(town), make.employee(town), make.employee(town)
        surveys.campaign(town)
        assessments.invite_peer(make.context(kari), employee_id=of(kari).id, peer_id=of(peer).id)
        hr = make.context(make.with_role(region, Role.HR, town=town))
        mark_id = assessments.mark_critical(
            hr, tenant_id=town.tenant_id, requirement_id=surveys.requirement(), reason="Feil kan ta liv.",
            valid_from=hr.today,
        )  # fmt: skip
        assessments.end_critical(hr, mark_id=mark_id)

        told = results.list_deeds(make.context(make.with_role(region, Role.SYSTEM_ADMINISTRATOR)))

        by_what = {row.what: [(label, value) for label, value, _url in row.details] for row in told}
        letters = [row for row in told if row.what == "Meldinger om kartlegging bestilt"]
        assert ("antall ansatte", "3") in [(label, value) for row in letters for label, value, _url in row.details]
        for row in letters:
            assert {label for label, _value, _url in row.details} == {"kartlegging", "anledning", "antall ansatte"}
            assert ("kartlegging", "Kartlegging våren 2027", "") in row.details
            assert of(kari).name not in str(row.details)
        assert by_what["Kollega bedt om å vurdere"] == [("ansatt", of(kari).name)]
        ((label, requirement),) = by_what["Krav er ikke lenger merket som kritisk"]
        assert label == "kritisk krav"
        assert "legemiddelhåndtering" in requirement
        for who in (boss, peer):
            assert of(who).name not in str(by_what)

    def test_asks_the_same_however_many(self) -> None:
        counts = []
        for people in (2, 8):
            region = make.region()
            made.thread(region, met=people)
            ctx = make.context(make.with_role(region, Role.SYSTEM_ADMINISTRATOR))
            with counted() as asked:
                results.list_deeds(ctx)
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestResults:
    def test_every_figure_opens_the_rows_behind_it(self) -> None:
        region = make.region(municipalities=2)
        told = made.thread(region)
        ctx = make.system(region, AFTER)
        town = region.municipalities[0]

        page = results.get_results_page(ctx)
        rows = results.get_measure_result(ctx, measure_id=told.measure_id)
        (line,) = page.measures

        for name in ("ordered", "attended", "absent", "evidence"):
            assert sum(getattr(row, name).least for row in rows.municipalities) == getattr(line, name).value
        assert [run.run_id for run in rows.runs] == [told.run_id]
        html = browser(told.chief).get("/resultat/").content.decode()
        for field in ("#kommuner", "#kurs"):
            assert f'href="/resultat/{told.measure_id}/{field}"' in html
        assert f"kommune={town.tenant_id}#tiltak" in html

    def test_one_municipality_at_a_time(self) -> None:
        region = make.region(municipalities=2)
        told = made.thread(region, met=1, stayed_away=0)
        near = region.municipalities[1]
        ctx = make.system(region, AFTER)
        with tenant_scope(ctx):
            MeasureResult.objects.create(
                tenant_id=region.tenant_id, measure_id=told.measure_id, municipality_id=near.tenant_id, ordered=3,
                refreshed_at=AFTER,
            )  # fmt: skip

        assert [line.ordered.value for line in results.get_results_page(ctx).measures] == [8]
        page = results.get_results_page(ctx, municipality_id=near.tenant_id)
        assert [(line.ordered.value, line.attended.value) for line in page.measures] == [(3, 0)]
        assert page.only is not None
        assert page.only.name == near.name
        with pytest.raises(NotFound):
            results.get_results_page(ctx, municipality_id=make.region().municipalities[0].tenant_id)

    def test_a_strangers_measure_is_not_there(self) -> None:
        region = make.region()
        told = made.thread(make.region())
        assert browser(make.employee(region.municipalities[0])).get(f"/resultat/{told.measure_id}/").status_code == 404


class TestCounts:
    @pytest.mark.parametrize(
        ("language", "one", "many"),
        [("nb", "1 plass", "2 plasser"), ("nn", "1 plass", "2 plassar"), ("en", "1 seat", "2 seats")],
    )
    def test_one_is_not_many(self, language: str, one: str, many: str) -> None:
        with translation.override(language):
            assert (words.seats(1), words.seats(2)) == (one, many)

    def test_people_told_without_a_number(self) -> None:
        assert words.people(None) == "antall ikke oppgitt"
