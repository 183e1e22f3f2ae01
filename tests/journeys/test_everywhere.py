"""What everybody can do from everywhere: walk the thread, search, change language, see what is kept."""

from __future__ import annotations

import json

from playwright.sync_api import Browser, Response, expect

from tests.journeys.person import NARROW, PEOPLE, Become, How, Person
from tests.journeys.site import Site

BUDGET = 100_000  # bytes over the line for a first visit, fonts aside


class TestThread:
    def test_is_walked_up_to_the_goal_and_down_to_the_effect(self, become: Become, how: How) -> None:
        office = become("office", how)
        office.go("Tråden")
        office.follow("Følg en tråd")
        office.page.locator("#ref").fill("tiltak 1")
        office.press("Følg tråden")
        thread = office.page.locator("ol.thread")
        links = ("Mål", "Behov", "Samling", "Vedtak", "Tiltak", "Bestilling", "Gjennomføring", "Oppmøte", "Kompetanse")
        headings = thread.locator("h2").all_inner_texts()
        assert headings == [office.say(link) for link in (*links, "Effekt")]
        thread.get_by_role("link", name="MÅL-1", exact=True).click()
        expect(office.page.locator("h1")).to_contain_text("oppdatert")
        thread.get_by_role("link", name="TILTAK-1", exact=True).click()
        thread.get_by_role("link", name="KURS-1", exact=True).click()
        expect(thread.locator("[aria-current]")).to_contain_text("KURS-1")

    def test_says_what_is_wrong_with_an_unknown_reference(self, become: Become) -> None:
        office = become("office")
        office.goto("/traad/?ref=FLODHEST-9")
        expect(office.page.locator("#ref-problem")).to_be_visible()
        expect(office.page.locator("#ref")).to_have_attribute("aria-invalid", "true")


class TestSearch:
    def test_finds_a_person_a_place_a_course_and_a_case(self, become: Become, how: How) -> None:
        leader = become("leader", how)
        for text, found in (
            ("Fatima", "Fatima Jacobsen"),
            ("Fjellheim", "Fjellheim sykehjem"),
            ("hjertestarter", "Førstehjelp og hjertestarter"),
            ("Sak 001/27", "Sak 001/27"),
        ):
            box = leader.page.locator("header input[name=q]")
            box.fill(text)
            box.press("Enter")
            leader.main.get_by_role("link", name=found).first.click()
            expect(leader.page.locator("h1")).to_be_visible()


class TestLanguage:
    def test_changes_and_the_page_stays(self, become: Become, how: How) -> None:
        executive = become("executive", how)
        executive.goto("/resultat/?aar=2027")
        for language, title in (
            ("nn", "Resultat mot plan"),
            ("en", "Result against plan"),
            ("nb", "Resultat mot plan"),
        ):
            executive.page.locator("details.person > summary").click()
            executive.page.locator(f'details.person button[value="{language}"]').click()
            expect(executive.page.locator("html")).to_have_attribute("lang", language)
            executive.has_heading(title)
            assert executive.page.url.endswith("/resultat/?aar=2027")


class TestWhatIsKept:
    def test_is_shown_to_the_person_and_can_be_taken_away(self, become: Become, how: How) -> None:
        employee = become("employee", how)
        employee.page.locator("details.person > summary").click()
        employee.page.locator("details.person").get_by_role(
            "link", name=employee.say("Det som er lagret om meg")
        ).click()
        expect(employee.main.locator("tbody tr")).not_to_have_count(0)
        with employee.page.expect_download() as waited:
            employee.follow("Last ned alt")
        assert "Jacobsen" in json.dumps(json.loads(waited.value.path().read_text()), ensure_ascii=False)


class TestFirstPage:
    def test_is_light_on_a_slow_line(self, become: Become) -> None:
        """Everything a first visit fetches, as it comes over the line, fonts aside."""
        weights = {}
        for key in PEOPLE:
            person = become(key, How("nb", NARROW))
            weights[key] = _first_visit(person)
        assert min(weights.values()) > 20_000, "the style and the script were not weighed"
        assert max(weights.values()) < BUDGET, weights

    def test_is_asked_for_before_anybody_is_signed_in(self, browser: Browser, site: Site) -> None:
        page = browser.new_page()
        page.goto(site.address)
        assert page.url == f"{site.address}/demo/"
        expect(page.locator("main form")).to_have_count(len(PEOPLE))
        page.close()


def _first_visit(person: Person) -> int:
    """Bytes over the line, heads and bodies as they are sent, with nothing in the browser's own store."""
    fetched: list[Response] = []
    line = person.page.context.new_cdp_session(person.page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    person.page.on("response", lambda one: fetched.append(one))
    person.goto("/")
    person.page.wait_for_load_state("networkidle")
    sizes = [one.request.sizes() for one in fetched if not one.url.endswith(".woff2")]
    return sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)
