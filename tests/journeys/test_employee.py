"""An employee: what is required of me, what do I have, where do I sign up."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.person import Become, How, Person

COURSE = "Førstehjelp og hjertestarter"


def stand_aside(employee: Person) -> None:
    """Off the open course, whatever an earlier run left."""
    employee.goto("/mine-kurs/")
    off = employee.row(COURSE).get_by_role("link", name=employee.say("Meld av"))
    if off.count():
        off.first.click()
        employee.press("Meld av")


def sign_up(employee: Person) -> None:
    """From the first page: the course, then one step."""
    employee.goto("/")
    employee.follow(COURSE, employee.panel("Åpne kurs"))
    employee.press("Meld meg på")


class TestEmployee:
    def test_sees_what_is_missing_and_why(self, become: Become, how: How) -> None:
        employee = become("employee", how)
        employee.panel("Dette mangler du").get_by_role("link").nth(1).click()
        employee.has_heading(employee.say("Min kompetanse"))
        employee.sees("Gjør dette:")
        missing = employee.panel("Mangler").locator("li").first
        expect(missing).to_contain_text(employee.say("Mangler"))
        missing.get_by_role("link").first.click()  # why, and what lies ahead
        employee.sees("Hva skjer videre")
        employee.follow("Om kravet")  # and what it rests on
        employee.sees("Hvem det gjelder")

    def test_signs_up_in_one_step_sees_the_place_and_withdraws(self, become: Become, how: How) -> None:
        employee = become("employee", how)
        stand_aside(employee)
        sign_up(employee)
        employee.is_told("Påmeldingen er sendt til godkjenning. Nummeret i køen er ditt mens du venter.")
        place = employee.page.locator("#min-plass")
        employee.sees("Venter på godkjenning", place)
        expect(place).to_contain_text("Nina Johannessen")  # who is to approve
        employee.follow("Meld meg av")
        employee.press("Meld av")
        employee.is_told("Påmeldingen er trukket. Plassen går til den neste i køen.")
        expect(place.get_by_role("button", name=employee.say("Meld meg på"))).to_be_visible()

    def test_is_told_kindly_that_one_sign_up_is_enough(self, become: Become) -> None:
        first, second = become("employee"), become("employee")
        stand_aside(first)
        first.goto("/")
        first.follow(COURSE, first.panel("Åpne kurs"))
        second.page.goto(first.page.url)
        first.press("Meld meg på")
        second.press("Meld meg på")
        expect(second.page.locator("#notices")).not_to_be_empty()
        expect(second.page.get_by_role("link", name="Meld meg av")).to_have_count(1)
        stand_aside(first)
