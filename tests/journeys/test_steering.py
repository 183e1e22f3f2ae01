"""Those who weigh, decide and follow up: the forum, the unions, the chief executive, the system administrator."""

from __future__ import annotations

import re
import uuid

from playwright.sync_api import expect

from tests.journeys.person import Become, How

CASE = "Prioritering av gjenstående behov"


class TestForumMember:
    def test_weighs_pools_by_numbers_and_ranks_them_for_the_open_case(self, become: Become, how: How) -> None:
        forum = become("forum", how)
        forum.follow("Forumet")  # who has several roles has a first page for each
        forum.follow(CASE, forum.panel("Åpne saker"))
        forum.follow("Prioriter samlinger")
        rows = forum.main.locator("tbody tr")
        names = [rows.nth(place).locator("th").inner_text() for place in (0, 1)]
        ranks = forum.page.locator("input[name^=rank-]")
        first, second = ("2", "1") if ranks.nth(0).input_value() == "1" else ("1", "2")
        for place, rank in ((0, first), (1, second)):
            ranks.nth(place).fill(rank)
            forum.page.locator("select[name^=outcome-]").nth(place).select_option("prioritised")
        forum.press("Lagre lista")
        expect(forum.page.locator("#notices")).not_to_be_empty()
        for name, rank in zip(names, (first, second), strict=True):
            expect(forum.row(name).first.locator("input[name^=rank-]")).to_have_value(rank)

    def test_sees_numbers_and_no_lone_person(self, become: Become) -> None:
        forum = become("forum")
        forum.go("Samlinger")
        forum.follow("Offentlige anskaffelser")
        parts = forum.main.locator("table").first.locator("tbody tr")
        assert parts.count() > 1
        expect(forum.page.locator("main input[name=share]")).to_have_count(0)  # arranging is the office's

    def test_opens_the_regions_gap_from_the_first_page_and_walks_from_table_to_map_to_trend(
        self, become: Become, how: How
    ) -> None:
        forum = become("forum", how)
        forum.follow("Forumet")
        forum.follow("Se alle", forum.panel("Gapet i regionen"))
        forum.has_heading("Gapet i regionen")
        forum.sees(re.compile("færre enn 5"))
        forum.follow("Kart")
        forum.main.locator("figure svg a").first.press("Enter")
        forum.has_heading("Gapet over tid")


class TestUnionRepresentative:
    def test_says_what_the_employees_mean_on_an_open_case(self, become: Become, how: How) -> None:
        union = become("union", how)
        union.follow("Felles bord", union.panel("Åpne saker"))
        view = f"Opplæringen må skje i arbeidstiden ({uuid.uuid4().hex[:6]})."
        union.main.locator("textarea").first.fill(view)
        union.press("Send inn synet ditt")
        expect(union.panel("Syn på saken")).to_contain_text(view)


class TestChiefExecutive:
    def test_reads_the_plan_against_its_frame(self, become: Become, how: How) -> None:
        executive = become("executive", how)
        executive.page.locator("main .tile a").first.click()
        executive.sees("Innenfor rammen")
        expect(executive.page.locator("#ubesvart li")).not_to_have_count(0)  # what nobody has answered
        executive.follow("Sak 0")
        executive.sees("Vedtak")

    def test_follows_a_figure_down_to_its_rows(self, become: Become, how: How) -> None:
        executive = become("executive", how)
        executive.go("Resultat")
        held = executive.row("TILTAK-1").first
        met = held.locator("td").nth(4).inner_text()
        held.get_by_role("link", name="TILTAK-1", exact=True).click()
        executive.has_heading("Førstehjelp og hj")
        expect(executive.page.locator("ol.thread")).to_contain_text(met)
        executive.page.locator("ol.thread a[href^='/kurs/']").first.click()
        executive.has_heading("Førstehjelp og hj")

    def test_sees_the_holes_in_the_thread(self, become: Become, how: How) -> None:
        executive = become("executive", how)
        executive.follow("Se hull i tråden")
        expect(executive.page.locator("#tilbudsstyrt li")).not_to_have_count(0)
        expect(executive.page.locator("#mal li")).not_to_have_count(0)


class TestSystemAdministrator:
    def test_sees_what_was_done_and_by_whom(self, become: Become, how: How) -> None:
        system = become("system", how)
        system.follow("Hva er gjort, og av hvem")
        system.has_heading(system.say("Hva er gjort, og av hvem"))
        expect(system.main.locator("tbody tr").first).to_contain_text(re.compile(r"\d\d\.\d\d\.2027"))

    def test_sees_the_organisation_and_its_bodies(self, become: Become, how: How) -> None:
        system = become("system", how)
        system.follow("3303 Kongsberg")
        expect(system.row("Fjellheim sykehjem")).to_contain_text("Nina Johannessen")
        system.sees("Regionalt kompetanseforum")
