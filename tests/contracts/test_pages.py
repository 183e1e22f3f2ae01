"""Every page in every written form: it opens, asks the database nothing while it renders, and is sound HTML."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from kompetanse.ui.pages import Route
from tests.make.queries import counted

from . import world as worlds
from .test_routes import DONE, ROUTES, address, named, verdict
from .world import World

LANGUAGES = ("nb", "nn", "en")
SHOWN = [route for route in ROUTES if "GET" in route.methods]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with worlds.on_the_day():
        yield worlds.world()


class Page(HTMLParser):
    """What a page must be asked about: headings, ids, labels, forms, and what is written inline."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.title = ""
        self.headings: list[str] = []
        self.ids: Counter[str] = Counter()
        self.labels: set[str] = set()
        self.controls: list[tuple[str, dict[str, str]]] = []
        self.unprotected: list[str] = []
        self.inline: list[str] = []
        self.references: list[str] = []
        self._open: list[str] = []
        self._form: str | None = None
        self._has_token = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if tag == "html":
            self.language = told.get("lang", "")
        if tag == "h1":
            self.headings.append(tag)
        if "id" in told:
            self.ids[told["id"]] += 1
        self.references += [
            word for name in ("aria-labelledby", "aria-describedby") for word in told.get(name, "").split()
        ]
        self._note_inline(tag, told)
        if tag == "label":
            self.labels.add(told.get("for", ""))
        if tag == "form":
            self._form, self._has_token = told.get("action", ""), told.get("method", "get").lower() != "post"
        if tag in ("input", "select", "textarea"):
            self._has_token = self._has_token or told.get("name") == "csrfmiddlewaretoken"
            if told.get("type") not in UNLABELLED and "label" not in self._open:
                self.controls.append((tag, told))

    def _note_inline(self, tag: str, told: dict[str, str]) -> None:
        self.inline += [f"<{tag} {name}>" for name in told if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in told):
            self.inline.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "form":
            if not self._has_token and self._form is not None:
                self.unprotected.append(self._form)
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self.title += data.strip()

    @property
    def nameless(self) -> list[str]:
        """Controls that a screen reader cannot name."""
        return [
            f"<{tag} name={told.get('name')}>"
            for tag, told in self.controls
            if not (told.get("aria-label") or told.get("aria-labelledby") or told.get("id") in self.labels)
        ]


def faults(page: Page, language: str) -> list[str]:
    """What is wrong with a page, in words; empty where nothing is."""
    found = [f"id {name} is used {times} times" for name, times in page.ids.items() if times > 1]
    found += [f"no label for {control}" for control in page.nameless]
    found += [f"{what} is written inline" for what in page.inline]
    found += [f"the form to {where or 'itself'} carries no token" for where in page.unprotected]
    found += [f"nothing has the id {name} that is referred to" for name in page.references if name not in page.ids]
    if len(page.headings) != 1:
        found.append(f"{len(page.headings)} main headings")
    if page.language != language:
        found.append(f"says it is in «{page.language}»")
    if not page.title:
        found.append("no title")
    return found


def viewers(world: World, route: Route) -> list[str]:
    """Those a page is sure to open for; one of each menu would do, the first and the last are taken."""
    if route.open:
        return ["employee"]
    sure = [who for who in world.people if verdict(world, route, who) == DONE and who != "stranger"]
    likely = sure or [who for who in world.people if verdict(world, route, who) >= DONE]
    return [likely[0], likely[-1]] if sure else likely


@pytest.mark.parametrize("route", SHOWN, ids=named)
class TestEveryPage:
    def test_is_sound_in_every_written_form(self, world: World, route: Route) -> None:
        where, opened, wrong = address(world, route), False, []
        first, *others = viewers(world, route)
        for who, languages in [(first, LANGUAGES), *((other, LANGUAGES[:1]) for other in others)]:
            client = world.client(world.people[who])
            for language in languages:
                client.cookies["sprak"] = language
                answer = client.get(where)
                if answer.status_code == 200:
                    opened = True
                    if answer["Content-Type"].startswith("text/html"):
                        told = faults(Page(answer.content.decode()), language)
                        wrong += [f"{who}, {language}: {fault}" for fault in told]
                else:
                    assert answer.status_code in (302, 403, 404), f"{who} got {answer.status_code} from {where}"
            del client.cookies["sprak"]
        assert opened, f"{where} opened for nobody"
        assert not wrong


class TestLists:
    def test_ask_the_same_number_of_questions_for_any_number_of_rows(self, world: World) -> None:
        for key in ("evidence_id", "dispensation_id", "pool_id", "signup_id", "order_id", "import_id", "minutes"):
            world.find(key)
        worlds.grow(world, rounds=1)
        before = questions(world)
        worlds.grow(world, rounds=2)
        after = questions(world)
        more = {key: (count, after[key]) for key, count in before.items() if after[key] > count}
        assert not more, "(before, after) by page and person"


def questions(world: World) -> dict[tuple[str, str], int]:
    """How many questions each page without a thing of its own asks, for each person it opens for."""
    found = {}
    lists = [route for route in SHOWN if "<" not in route.path and (not route.open or not route.path)]
    for route, who in itertools.product(lists, ("leader", "contact_person", "course_administrator")):
        with counted() as asked:
            answer = world.client(world.people[who]).get(address(world, route))
        if answer.status_code == 200:
            found[route.name, who] = len(asked)
    return found


class TestTheEye:
    """The checks themselves see what they are made to see."""

    def test_sees_what_is_wrong(self) -> None:
        html = (
            '<html lang="nb"><h1>En</h1><h1>To</h1><p id="a" style="x"></p><p id="a" aria-describedby="b"></p>'
            '<form method="post"><input name="n"><button onclick="f()">Send</button></form><script>f()</script></html>'
        )
        assert faults(Page(html), "nn") == [
            "id a is used 2 times",
            "no label for <input name=n>",
            "<p style> is written inline",
            "<button onclick> is written inline",
            "<script> is written inline",
            "the form to itself carries no token",
            "nothing has the id b that is referred to",
            "2 main headings",
            "says it is in «nb»",
            "no title",
        ]

    def test_lets_a_sound_page_be(self) -> None:
        html = (
            '<html lang="nb"><head><title>Behov</title><script src="a.js"></script></head><h1 id="a">Behov</h1>'
            '<form method="get"><label>Ord <input name="q"></label></form><form method="post" aria-labelledby="a">'
            '<input type="hidden" name="csrfmiddlewaretoken"><label for="n">Navn</label><input id="n"></form></html>'
        )
        assert faults(Page(html), "nb") == []
