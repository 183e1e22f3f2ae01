"""The regional office: pools, courses, attendance."""

from __future__ import annotations

import uuid

from playwright.sync_api import expect

from tests.journeys.person import Become, How, Person
from tests.journeys.test_leader import from_gap_to_need, withdraw_need


def open_pool(office: Person, title: str) -> None:
    office.go("Samlinger")
    office.page.locator("form.filters input[type=search], form.filters input[type=text]").first.fill(title)
    office.press("Vis")
    office.main.locator("tbody").get_by_role("link", name=title).first.click()


class TestOffice:
    def test_splits_a_pool_and_puts_it_together_again(self, become: Become, how: How) -> None:
        office = become("office", how)
        open_pool(office, "Offentlige anskaffelser")
        whole = office.page.url
        parts = office.page.locator("main input[name=share]")
        before = parts.count()
        parts.first.check()
        name = f"Anskaffelser {uuid.uuid4().hex[:6]}"
        office.page.locator("#id_title").fill(name)
        office.press("Skill ut de valgte")
        office.has_heading(name)
        expect(parts).to_have_count(1)
        office.page.locator("#id_target").select_option(label="Offentlige anskaffelser")
        office.press("Slå hele samlingen sammen med den")
        office.is_told("Samlingene er slått sammen, og det blir husket.")
        assert office.page.url == whole
        expect(parts).to_have_count(before)

    def test_confirms_the_pool_of_a_need_that_was_just_reported(self, become: Become, how: How) -> None:
        title = f"Prøveordning {uuid.uuid4().hex[:8]}"
        leader = become("leader", how)
        from_gap_to_need(leader, title)
        need = leader.page.url
        office = become("office", how)
        office.go("Samlinger")
        office.press("Regn ut forslagene på nytt")
        leader.page.goto(need)
        office.goto("/behov/" + need.rstrip("/").rsplit("/", 1)[1] + "/")
        office.follow("Se samlingen")
        confirm = office.main.get_by_role("button", name=office.say("Bekreft samlingen"))
        if confirm.count():
            confirm.click()
            office.is_told("Samlingen er bekreftet.")
        office.sees("Bekreftet")
        withdraw_need(leader)

    def test_plans_and_opens_a_course_and_an_employee_finds_it(self, become: Become, how: How) -> None:
        office = become("office", how)
        title = f"Lindrende behandling {uuid.uuid4().hex[:6]}"
        plan_course(office, title)
        employee = become("employee", how)
        employee.go("Kurs")
        employee.page.locator("#q").fill(title)
        employee.press("Vis")
        expect(employee.row(title)).to_be_visible()
        call_off(office)

    def test_marks_who_came_and_the_evidence_follows(self, become: Become, how: How) -> None:
        """A correction of a held course: somebody who was marked absent had come after all, and back again."""
        office = become("office", how)
        office.goto("/kurs/1/deltakere/")
        absent = office.row(office.say("Møtte ikke")).first
        name = absent.locator("th").inner_text()
        mark(office, name, came=True)
        expect(office.row(name)).to_contain_text("BEVIS-")
        mark(office, name, came=False)
        expect(office.row(name)).to_contain_text(office.say("Møtte ikke"))


def plan_course(office: Person, title: str) -> None:
    """From the first page to a course that is open for sign-up; ends on its page."""
    office.goto("/")
    office.follow("Sett opp et kurs")
    office.main.locator("tbody").get_by_role("link", name="Lindr").first.click()
    said = {
        "title": title, "place": "Rollag", "room": "Herredshuset", "starts_at": "2027-10-05T09:00",
        "ends_at": "2027-10-05T15:00", "min_seats": "4", "max_seats": "8", "deadline": "2027-09-20",
    }  # fmt: skip
    for name, value in said.items():
        office.page.locator(f"#id_{name}").fill(value)
    office.press("Lagre")
    office.is_told("Kurset er planlagt. Åpne det når folk kan melde seg på.")
    office.press("Åpne for påmelding")
    office.is_told("Kurset er åpent for påmelding. Bestilte plasser er holdt av.")


def call_off(office: Person) -> None:
    """On the course's page: an open course of a journey stands in nobody's way afterwards."""
    office.page.locator("#id_reason").fill("Prøve")
    office.press("Avlys kurset")
    office.is_told("Kurset er avlyst, og de påmeldte får beskjed.")


def mark(office: Person, name: str, *, came: bool) -> None:
    office.main.get_by_role("checkbox", name=name, exact=True).set_checked(came)
    office.page.locator("#id_reason").fill("Kvitteringslisten viser noe annet")
    office.press("Lagre oppmøtet")
    expect(office.page.locator("#notices")).not_to_be_empty()
