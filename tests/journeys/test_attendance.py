"""In a room without coverage: the participant and the trainer tell who was there, and are heard when it comes back."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta

from playwright.sync_api import Error, Page, expect

from tests.journeys.person import NARROW, Become, How, Person
from tests.journeys.test_office import call_off

PHONE = How(width=NARROW)
MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip


def today(person: Person) -> date:
    """The demo's day, as its banner says."""
    told = person.page.locator("p.demo").inner_text()
    found = re.search(r"(\d+)\.\s(\w+)\s(\d{4})", told)
    assert found, told
    return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))


def course_under_way(office: Person, title: str) -> str:
    """A course that began yesterday and ends tomorrow, open. Gives its address."""
    office.goto("/")
    office.follow("Sett opp et kurs")
    day = today(office)
    office.main.locator("tbody").get_by_role("link", name="Lindr").first.click()
    said = {
        "title": title, "place": "Rollag", "room": "Kjelleren", "starts_at": f"{day - timedelta(days=1)}T09:00",
        "ends_at": f"{day + timedelta(days=1)}T15:00", "min_seats": "1", "max_seats": "8",
        "deadline": f"{day - timedelta(days=1)}",
    }  # fmt: skip
    for name, value in said.items():
        office.page.locator(f"#id_{name}").fill(value)
    office.press("Lagre")
    office.press("Åpne for påmelding")
    return office.page.url


def is_kept(page: Page) -> None:
    """The page, its style and its script lie on the phone."""
    page.wait_for_function("""async () => {
        const kept = await caches.open("attendance-1");
        const here = await kept.match(location.origin + location.pathname, { ignoreVary: true });
        return navigator.serviceWorker.controller && here && (await kept.keys()).length > 3;
    }""")


def offline(page: Page, yes: bool) -> None:
    page.context.set_offline(yes)


def reopen(page: Page) -> None:
    """Open the page anew where there is no coverage. The browser may need a moment to see that the network is gone."""
    for _ in range(5):
        try:
            page.reload()
            return
        except Error:
            page.wait_for_timeout(500)
    page.reload()


class TestWithoutCoverage:
    def test_the_participant_and_the_trainer_are_heard_once_when_it_comes_back(self, become: Become) -> None:
        office, employee = become("office"), become("employee", PHONE)
        name = (employee.page.locator("details.person .who").text_content() or "").strip()
        course = course_under_way(office, f"Kurs i kjelleren {uuid.uuid4().hex[:6]}")
        office.page.goto(f"{course}uten-pamelding/?q={name}")
        office.page.locator("main input[name=reason]").first.fill("Møtte opp")
        office.press("Før opp på listen")
        session = office.main.locator('a[href^="/kurs/samling/"]').first.get_attribute("href")
        assert session
        office.page.locator("#id_trainer").fill("Per, ekstern")
        office.press("Lag lenke")
        link = office.main.locator("code").inner_text()
        office.goto(session.replace("oppmote", "kode"))
        code = office.main.locator("strong.code").inner_text()

        # The participant: opened with coverage, pressed without.
        number = session.split("/")[3]
        phone = employee.page
        employee.goto(f"/oppmote/{number}/")
        phone.reload()
        is_kept(phone)
        offline(phone, True)
        reopen(phone)
        phone.locator("#id_code").fill(code)
        employee.press("Jeg er her")
        said = phone.locator("#attendance-said")
        expect(said).to_contain_text("ligger på telefonen")
        offline(phone, False)
        expect(said).to_contain_text("Oppmøtet ditt er registrert", timeout=30_000)
        employee.faults[:] = [fault for fault in employee.faults if "net::ERR" not in fault]

        # The trainer, who has no account: sees it, and says otherwise.
        context = office.page.context.browser.new_context(viewport={"width": NARROW, "height": 740}, locale="nb-NO")  # type: ignore[union-attr]
        trainer = context.new_page()
        path = re.sub(r"https?://[^/]+", office.site, link)
        trainer.goto(path)
        trainer.reload()
        is_kept(trainer)
        line = trainer.locator("[data-signup]").filter(has_text=name)
        expect(line.get_by_label("Hele")).to_be_checked()
        offline(trainer, True)
        reopen(trainer)
        line.get_by_label("Deler").check()
        trainer.locator("#reason").fill("Gikk før lunsj")
        trainer.get_by_role("button", name="Lagre oppmøtet").click()
        expect(trainer.locator("#attendance-said")).to_contain_text("ligger på telefonen")
        reopen(trainer)  # the phone has been in a pocket
        expect(line.get_by_label("Deler")).to_be_checked()
        offline(trainer, False)
        expect(trainer.locator("#attendance-said")).to_contain_text("Oppmøtet er lagret", timeout=30_000)
        context.close()

        office.goto(session)
        office.sees("Gikk før lunsj")
        expect(office.main.get_by_role("radiogroup", name=name).get_by_label("Deler")).to_be_checked()
        office.page.goto(course)
        call_off(office)
