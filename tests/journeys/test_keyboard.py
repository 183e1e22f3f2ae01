"""From end to end without a mouse."""

from __future__ import annotations

import uuid

from playwright.sync_api import Page, expect

from tests.journeys.person import NARROW, Become, How
from tests.journeys.test_leader import withdraw_need


def focused(page: Page) -> dict[str, str]:
    """What has focus, and whether the eye can see that it has."""
    found: dict[str, str] = page.evaluate(
        """() => { const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
        return { tag: it.tagName, id: it.id, name: it.getAttribute('name') || '', href: it.getAttribute('href') || '',
          text: it.innerText || it.getAttribute('aria-label') || '',
          ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 ? 'seen' : 'hidden',
          place: box.width && box.height ? 'on screen' : 'nowhere' } }"""
    )
    return found


def tab_to(page: Page, name: str, *, most: int = 60) -> dict[str, str]:
    for _ in range(most):
        page.keyboard.press("Tab")
        here = focused(page)
        assert here["place"] == "on screen", here
        assert here["ring"] == "seen" or here["href"] == "#main", here  # the skip link comes forth instead
        if name in (here["id"], here["name"], here["href"]) or name in here["text"]:
            return here
    raise AssertionError(f"{name} is not reached by the keyboard")


class TestKeyboard:
    def test_skips_to_the_content_first(self, become: Become) -> None:
        leader = become("leader")
        leader.goto("/")
        leader.page.keyboard.press("Tab")
        assert focused(leader.page)["href"] == "#main"
        leader.page.keyboard.press("Enter")
        assert focused(leader.page)["id"] == "main"

    def test_opens_the_menu_by_enter_and_goes_on(self, become: Become) -> None:
        leader = become("leader", How("nb", NARROW))
        leader.goto("/")
        tab_to(leader.page, "Meny")
        leader.page.keyboard.press("Enter")
        tab_to(leader.page, "/behov/")
        leader.page.keyboard.press("Enter")
        leader.has_heading("Behov")

    def test_reports_a_need_without_a_mouse(self, become: Become) -> None:
        leader = become("leader")
        leader.goto("/")
        tab_to(leader.page, "Meld et behov")
        leader.page.keyboard.press("Enter")
        expect(leader.page.locator("#id_title")).to_be_visible()
        tab_to(leader.page, "title")
        title = f"Uten mus {uuid.uuid4().hex[:8]}"
        leader.page.keyboard.type(title)
        tab_to(leader.page, "people")
        leader.page.keyboard.type("3")
        tab_to(leader.page, "Meld behovet")
        leader.page.keyboard.press("Enter")
        leader.has_heading(title)
        withdraw_need(leader)

    def test_is_caught_nowhere(self, become: Become) -> None:
        """Tabbing on comes to the last link of the page and out of it."""
        office = become("office")
        office.goto("/samlinger/")
        for _ in range(400):
            office.page.keyboard.press("Tab")
            if focused(office.page)["href"] == "/personvern/":
                break
        assert focused(office.page)["href"] == "/personvern/"
        office.page.keyboard.press("Tab")
        assert focused(office.page)["href"] != "/personvern/"
