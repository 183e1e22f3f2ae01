"""Every page × every person: what the policy says is what the page does. Generated from what is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from kompetanse.config import frame
from kompetanse.foundation import access
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.ui import replies
from kompetanse.ui.pages import Route

from . import world as worlds
from .world import World

# What the libraries answer for: signing in and out, static files, the interface for machines
# (its own table is in test_openapi.py).
LIBRARY = re.compile(r"^(account_|socialaccount_|openid_connect_|ninja-)")
# Who comes in by another way than the policy of the row, and which.
LEADS = "leads the person, which organisation's POST_READ answers for"
ALSO = {
    ("courses.office_seat", "course_administrator"): "runs the course, which RUN_MANAGE answers for",
    ("courses.tell_interest", "employee"): "a measure in sight, for oneself",
    ("competence.evidence", "leader"): LEADS,
    ("competence.evidence_documents", "leader"): LEADS,
    ("competence.certificate", "leader"): LEADS,
}
UNKNOWN = 10**12
DONE = {200, 302, 405, 422}
NO = {403, 404}
ROUTES = worlds.routes()
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with worlds.on_the_day():
        yield worlds.world()


@pytest.fixture
def unrendered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page looks like is test_pages' matter; here only whether it opens."""

    def blank(_request: HttpRequest, _template: str, _values: object, *, status: int = 200) -> HttpResponse:
        return HttpResponse(status=status)

    monkeypatch.setattr(replies, "render", blank)
    monkeypatch.setattr("typst.compile", lambda *_args, **_told: b"%PDF")


def named(route: Route) -> str:
    return route.name


def parameters(route: Route) -> list[str]:
    return [name for _converter, name in PARAMETER.findall(route.path)]


def ids(route: Route) -> list[str]:
    """The parameters that name things, in the path or asked for after it."""
    path = [name for name in parameters(route) if name not in worlds.WORDS]
    return path + list(worlds.QUESTIONS.get(route.name, {}).values())


def address(world: World, route: Route, *, unknown: bool = False) -> str:
    values: dict[str, Any] = {name: worlds.WORDS[name] for name in parameters(route) if name in worlds.WORDS}
    things = {name: UNKNOWN if unknown else world.thing(route, name).pk for name in ids(route)}
    asked = {word: things.pop(name) for word, name in worlds.QUESTIONS.get(route.name, {}).items()}
    return reverse(route.name, kwargs=values | things) + (f"?{urlencode(asked)}" if asked else "")


def is_private(world: World, route: Route) -> bool:
    """Names something that somebody owns."""
    return any(not worlds.is_shared(world.thing(route, name)) for name in ids(route))


def verdict(world: World, route: Route, who: str) -> set[int]:
    """What the declarations say the person must meet at the door."""
    ctx = world.context(world.people[who])
    if route.right is not None and not access.possible(ctx.actor, route.right):
        return NO
    if not ids(route):
        return DONE
    rows = [world.thing(route, name) for name in ids(route)]
    if any(not worlds.is_shared(row) and row.tenant_id not in ctx.tenants for row in rows):  # type: ignore[attr-defined]
        return {404}
    if route.right is None:
        return DONE | NO
    if (route.name, who) in ALSO:
        return DONE
    for row in rows:
        if access.policies()[route.right].model is type(row):
            with tenant_scope(world.wide):
                return DONE if access.answer(ctx.actor, route.right, row) else NO
    return DONE | NO  # the right is of another kind of row: the domain decides


class TestEveryAddressIsDeclared:
    def test_nothing_is_served_that_no_table_knows(self) -> None:
        declared = {route.name for route in ROUTES}
        for name in resolved(get_resolver().url_patterns):
            assert name in declared or LIBRARY.match(name), f"{name} is served, but is not declared by @page"

    def test_every_right_has_a_policy(self) -> None:
        for route in ROUTES:
            assert route.right is None or route.right in access.policies(), route.name

    def test_every_parameter_has_a_kind(self) -> None:
        without = [
            f"{route.name}: {name}" for route in ROUTES for name in ids(route) if not worlds.kind_of(route, name)
        ]
        assert not without, "add a line to KINDS in tests/contracts/world.py for each"

    def test_the_menu_leads_to_pages_and_asks_for_rights_that_are_there(self) -> None:
        wrong = []
        for label, route, right, _icon in frame.MENU:
            try:
                reverse(route)
            except NoReverseMatch:
                wrong.append(f"«{label}» leads to {route}, which is no page")
            if right is not None and right not in access.policies():
                wrong.append(f"«{label}» asks for {right}, which no policy declares")
        assert not wrong


def resolved(patterns: list[Any], within: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from resolved(pattern.url_patterns, f"{pattern.app_name or within}-".lstrip("-"))
        elif isinstance(pattern, URLPattern):
            yield f"{within}{pattern.name}"


GUARDED = [route for route in ROUTES if not route.open]
SHOWN = [route for route in GUARDED if "GET" in route.methods]
ACTS = [route for route in GUARDED if "POST" in route.methods]
NAMING = [route for route in GUARDED if ids(route)]


class TestEveryPage:
    @pytest.mark.parametrize("route", ROUTES, ids=named)
    def test_asks_who_is_there(self, world: World, route: Route) -> None:
        method = "GET" if "GET" in route.methods else "POST"
        answer = Client().generic(method, address(world, route))
        if route.open:
            assert answer.status_code in DONE
        else:
            assert answer.status_code == 302
            assert answer["Location"].startswith("/logg-inn/")

    @pytest.mark.usefixtures("unrendered")
    @pytest.mark.parametrize("route", SHOWN, ids=named)
    def test_opens_for_those_the_policy_lets_in_and_no_others(self, world: World, route: Route) -> None:
        where = address(world, route)
        for who, person in world.people.items():
            expected = verdict(world, route, who)
            status = world.client(person).get(where).status_code
            assert status in expected, f"{who} got {status} from {where}, not one of {sorted(expected)}"

    @pytest.mark.parametrize("route", NAMING, ids=named)
    def test_hides_what_belongs_to_others(self, world: World, route: Route) -> None:
        where, before = address(world, route), world.deeds()
        expected = {404} if is_private(world, route) else DONE
        for method in route.methods:
            status = world.client(world.people["foreigner"]).generic(method, where).status_code
            assert status in expected, f"{method} {where} answered another region {status}"
        assert world.deeds() == before

    @pytest.mark.parametrize("route", NAMING, ids=named)
    def test_knows_when_there_is_no_such_thing(self, world: World, route: Route) -> None:
        where, before = address(world, route, unknown=True), world.deeds()
        for who in ("employee", "leader", "course_administrator", "foreigner"):
            ctx = world.context(world.people[who])
            guarded = route.right is not None and not access.possible(ctx.actor, route.right)
            for method in route.methods:
                status = world.client(world.people[who]).generic(method, where).status_code
                assert status == (403 if guarded else 404), f"{method} {where} answered {who} {status}"
        assert world.deeds() == before

    @pytest.mark.parametrize("route", ACTS, ids=named)
    def test_lets_nobody_act_without_the_right(self, world: World, route: Route) -> None:
        where, before = address(world, route), world.deeds()
        for who, person in world.people.items():
            expected = verdict(world, route, who)
            if expected <= NO:
                status = world.client(person).post(where).status_code
                assert status in expected, f"{who} got {status} from POST {where}"
        assert world.deeds() == before, f"somebody without the right did something at {where}"

    @pytest.mark.parametrize("route", [it for it in ACTS if it not in SHOWN], ids=named)
    def test_lets_those_with_the_right_act(self, world: World, route: Route) -> None:
        where = address(world, route)
        able = [who for who in world.people if verdict(world, route, who) == DONE]
        assert able, f"nobody may do {where}"
        status = world.client(world.people[able[-1]]).post(where).status_code
        assert status in DONE, f"{able[-1]} got {status} from POST {where}"
