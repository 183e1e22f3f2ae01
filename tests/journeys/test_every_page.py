"""Every page that the eight people can walk to: answers, fits the screen, and axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Error, Page

from kompetanse.ui import examples
from tests.journeys.person import NARROW, PEOPLE, WIDE, Become, How, Person
from tests.journeys.site import Site

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
DEEPEST = 2  # clicks from the first page
MOST = 45  # kinds of page for one person
HEIGHTS = {NARROW: 740, WIDE: 900}


def kind_of(path: str) -> str:
    """Pages of one kind are visited once: /kurs/3/ and /kurs/4/ are drawn alike; the first page not, for each role."""
    where, _, asked = path.partition("?")
    return asked if where == "/" else re.sub(r"\d+", "#", where)


# Links in a drawing tell their address in another way than those in text.
LINKS = """all => all.map(it => new URL(it.href.baseVal ?? it.href, location)).map(it => it.pathname + it.search)"""


def walk(person: Person) -> Iterator[str]:
    """Stand on one page of each kind within reach, the nearest first; gives its path."""
    waiting, seen = [("/", 0)], set[str]()
    while waiting and len(seen) < MOST:
        path, depth = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        try:
            answer = person.page.goto(person.site + path)
        except Error as error:
            if "Download is starting" in str(error):
                continue  # a file is no page
            raise
        assert answer is not None
        assert answer.status == 200, f"{answer.status} at {path}, linked from a page of {person.key}"
        yield path
        if depth < DEEPEST:
            links = person.page.eval_on_selector_all("a[href]", LINKS)
            waiting += [(link, depth + 1) for link in links if kind_of(link) not in seen]


def faults_of(page: Page, *, language: str) -> list[str]:
    """What every page must have and must not do, at the width it is shown in."""
    shape: dict[str, Any] = page.evaluate(
        """() => ({ over: document.scrollingElement.scrollWidth - innerWidth, title: document.title.split(' – ')[0],
        lang: document.documentElement.lang, h1: document.querySelectorAll('h1').length })"""
    )
    found = []
    if shape["over"] > 0:
        found.append(f"{shape['over']} pixels too wide")
    if shape["h1"] != 1 or not shape["title"].strip() or shape["lang"] != language:
        found.append(str(shape))
    return found


def axe(page: Page) -> list[str]:
    page.evaluate(AXE)  # by the debugger, past the page's own security policy
    broken: list[dict[str, Any]] = page.evaluate(
        """rules => axe.run(document, { resultTypes: ['violations'], runOnly: rules }).then(it => it.violations)""",
        RULES,
    )
    return [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in broken for node in rule["nodes"]]


class TestEveryPage:
    @pytest.mark.parametrize("key", PEOPLE)
    def test_is_open_to_all_senses_at_both_widths(self, become: Become, key: str) -> None:
        person = become(key)
        faults = []
        for path in walk(person):
            for width, height in HEIGHTS.items():
                person.page.set_viewport_size({"width": width, "height": height})
                found = faults_of(person.page, language="nb") + axe(person.page)
                faults += [f"{path} at {width}: {fault}" for fault in found]
        assert faults == []

    @pytest.mark.parametrize("key", PEOPLE)
    def test_stands_in_nynorsk_on_a_phone(self, become: Become, key: str) -> None:
        person = become(key, How("nn", NARROW))
        faults = [f"{path}: {fault}" for path in walk(person) for fault in faults_of(person.page, language="nn")]
        assert faults == []


class TestComponents:
    def test_are_open_to_all_senses(self, browser: Browser, site: Site) -> None:
        """The page of examples has no address: it is drawn here and dressed by the server's own style."""
        body = str(render_to_string("ui/examples.html", examples.context()))
        page = browser.new_page()
        page.goto(f"{site.address}/personvern/")
        style = page.locator("link[rel=stylesheet]").get_attribute("href")
        body = re.sub(r'href="[^"]*app\.css"', f'href="{style}"', body)
        page.route("**/eksempler/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
        page.goto(f"{site.address}/eksempler/")
        for width, height in HEIGHTS.items():
            page.set_viewport_size({"width": width, "height": height})
            assert faults_of(page, language="nb") + axe(page) == []
        page.close()
