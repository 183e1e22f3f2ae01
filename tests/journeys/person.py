"""One of the demo's eight people at a screen: what they press, follow, fill in and see, in their own language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import BrowserContext, Locator, Page, expect

PEOPLE = ("employee", "leader", "contact", "forum", "union", "executive", "office", "system")
NARROW, WIDE = 360, 1440


@dataclass(frozen=True, slots=True)
class How:
    """At which screen: language, width in pixels, and whether JavaScript runs."""

    language: str = "nb"
    width: int = WIDE
    javascript: bool = True

    def __str__(self) -> str:
        return f"{self.language}-{self.width}-{'js' if self.javascript else 'nojs'}"


# Every value of each against every value of the others, pair by pair.
EVERY_WAY = (How(), How("nn", NARROW), How("nb", NARROW, False), How("nn", WIDE, False))


@dataclass
class Person:
    """Somebody signed in. `faults` is what the browser complained of."""

    page: Page
    site: str
    how: How
    key: str
    faults: list[str] = field(default_factory=list)
    clicks: int = 0

    def say(self, msgid: str, **values: object) -> str:
        """The text as this person reads it."""
        with translation.override(self.how.language):
            text = gettext(msgid)
        return text % values if values else text

    def many(self, one: str, several: str) -> str:
        """The word as it stands after a number that is not one."""
        with translation.override(self.how.language):
            return ngettext(one, several, 2)

    def goto(self, path: str) -> None:
        self.page.goto(self.site + path)

    def go(self, label: str) -> None:
        """By the menu."""
        if self.how.width < 1024:
            self.page.locator("details.menu > summary").click()
            menu = self.page.locator("details.menu nav")
        else:
            menu = self.page.locator("nav.side")
        self._click(menu.get_by_role("link", name=self.say(label), exact=True))

    def press(self, label: str, within: Locator | None = None) -> None:
        self._click((within or self.main).get_by_role("button", name=self.say(label)).first)

    def follow(self, label: str, within: Locator | None = None) -> None:
        self._click((within or self.main).get_by_role("link", name=self.say(label)).first)

    def _click(self, where: Locator) -> None:
        self.clicks += 1
        where.click()

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def panel(self, title: str) -> Locator:
        """A card by its heading."""
        heading = self.page.get_by_role("heading", name=self.say(title), exact=True)
        return self.page.locator("main .card").filter(has=heading)

    def row(self, text: str | re.Pattern[str]) -> Locator:
        return self.page.locator("main tbody tr").filter(has_text=text)

    def sees(self, text: str | re.Pattern[str], within: Locator | None = None, seconds: float = 10) -> None:
        shown = text if isinstance(text, re.Pattern) else self.say(text)
        expect((within or self.main).get_by_text(shown).first).to_be_visible(timeout=seconds * 1000)

    def is_told(self, text: str) -> None:
        """The notice at the top of the page."""
        expect(self.page.locator("#notices")).to_contain_text(self.say(text))

    def has_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)


def listen(page: Page, faults: list[str]) -> None:
    """Note what the browser complains of: scripts that fail, what the security policy stops, what is not found."""
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: faults.append(f"{page.url}: {said.text}") if said.type in ("error", "warning") else None,
    )


def step_in(context: BrowserContext, site: str, key: str, how: How) -> Person:
    """Through the start page, into somebody's shoes and language."""
    page = context.new_page()
    person = Person(page, site, how, key)
    listen(page, person.faults)
    page.goto(f"{site}/demo/")
    page.locator(f'form[action="/demo/inn/{key}/"] button').click()
    page.locator("details.person > summary").click()
    page.locator(f'details.person button[value="{how.language}"]').click()
    expect(page.locator("html")).to_have_attribute("lang", how.language)
    return person


Become = Callable[..., Person]
