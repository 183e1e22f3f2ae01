"""A leader: five minutes on a Monday, on a phone."""

from __future__ import annotations

import uuid

from playwright.sync_api import expect

from tests.journeys.person import Become, How, Person
from tests.journeys.test_employee import COURSE, sign_up, stand_aside


def from_gap_to_need(leader: Person, title: str) -> None:
    """Three clicks from the first page: the gap, its need, sent."""
    leader.goto("/")
    leader.clicks = 0
    lacking = leader.panel("Dette mangler mest").get_by_role("link").nth(1)
    leader.clicks += 1
    lacking.click()
    report = leader.page.locator("main tbody").get_by_role("link", name=leader.say("Meld behov")).first
    leader.clicks += 1
    report.click()
    leader.page.locator("#id_title").fill(title)
    leader.press("Meld behovet")


def withdraw_need(leader: Person) -> None:
    """On the need's page."""
    leader.page.locator("main summary").filter(has_text=leader.say("Trekk behovet")).click()
    leader.page.locator("#id_why").fill("Prøve")
    leader.press("Trekk behovet")
    leader.is_told("Behovet er trukket.")


class TestLeader:
    def test_approves_within_three_clicks(self, become: Become, how: How) -> None:
        employee = become("employee", how)
        stand_aside(employee)
        sign_up(employee)
        leader = become("leader", how)
        leader.goto("/")
        leader.clicks = 0
        leader.follow("Fatima Jacobsen", leader.panel("Til godkjenning"))
        leader.press("Godkjenn", leader.row("Fatima Jacobsen"))
        assert leader.clicks <= 3
        leader.is_told(leader.say("%(name)s er godkjent og har plass.", name="Fatima Jacobsen"))
        employee.goto("/mine-kurs/")
        expect(employee.row(COURSE).first).to_contain_text(employee.say("Har plass"))
        stand_aside(employee)

    def test_goes_from_a_gap_to_a_reported_need_in_three_clicks(self, become: Become, how: How) -> None:
        leader = become("leader", how)
        title = f"Opplæring {uuid.uuid4().hex[:8]}"
        from_gap_to_need(leader, title)
        assert leader.clicks == 3
        leader.is_told("Behovet er meldt. Du ser her hva det blir til.")
        leader.has_heading(title)
        leader.sees("Veien videre")
        leader.go("Behov")
        expect(leader.row(title)).to_contain_text(leader.say("Meldt"))  # what became of it
        leader.row(title).get_by_role("link").first.click()
        withdraw_need(leader)

    def test_opens_the_matrix_and_a_person_in_it(self, become: Become, how: How) -> None:
        leader = become("leader", how)
        leader.go("Enhetene mine")
        leader.main.locator("tbody").get_by_role("link").first.click()
        matrix = leader.page.locator("table.matrix")
        expect(matrix.locator("tbody tr")).not_to_have_count(0)
        matrix.get_by_role("link", name="Fatima Jacobsen", exact=True).click()
        leader.has_heading("Fatima Jacobsen")
