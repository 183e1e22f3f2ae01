"""What stands around every page: the menu of the person's roles, the demo's banner, the way out."""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kompetanse.foundation import access, clock
from kompetanse.ui import formats

# (label, route, right or None for everybody signed in, icon)
MENU: list[tuple[Any, str, str | None, str]] = [
    (lazy("Forsiden"), "results.home", None, "home"),
    (lazy("Min kompetanse"), "competence.own", None, "certificate"),
    (lazy("Kartlegging"), "assessments.own", None, "target"),
    (lazy("Enhetene mine"), "competence.overview", "unit:people", "people"),
    (lazy("Gapet i regionen"), "competence.forum", "gap:read", "chart"),
    (lazy("Behov"), "needs.list_all", "need:read", "tasklist"),
    (lazy("Kurs"), "courses.run_list", None, "school"),
    (lazy("Rom og utstyr"), "logistics.rooms", "resource:read", "map"),
    (lazy("Evalueringer"), "evaluations.evaluation_list", "evaluation:read", "star"),
    (lazy("Meldinger"), "messages.own", None, "message"),
    (lazy("Påmeldinger"), "courses.approvals", "signup:decide", "checkmark"),
    (lazy("Samlinger"), "needs.pools", "pool:read", "handshake"),
    (lazy("Prioritering"), "priorities.rounds", "priorities:read", "flag"),
    (lazy("Møter og saker"), "governance.meetings", "meeting:read", "calendar"),
    (lazy("Høringer"), "governance.hearings", "hearing:answer", "message"),
    (lazy("Oppgaver fra møtene"), "governance.tasks", "task:read", "checkmark"),
    (lazy("Planer"), "plans.plans", "plan:read", "document"),
    (lazy("Mål og rammer"), "governance.goals", "goal:read", "star"),
    (lazy("Årshjul"), "yearwheel.wheel", "wheel:read", "clock"),
    (lazy("Risiko"), "risks.register", "risk:read", "shield"),
    (lazy("Bestillinger"), "orders.order_list", "order:read", "buildings"),
    (lazy("Tjenestekatalogen"), "orders.catalogue", "order:read", "book"),
    (lazy("Innboksen"), "orders.inbox", "order:accept", "inbox"),
    (lazy("Kapasitet"), "orders.capacity", "capacity:read", "hourglass"),
    (lazy("Oppgjør"), "settlements.overview", "settlement-share:read", "money"),
    (lazy("Resultat"), "results.against_plan", "result:read", "chart"),
    (lazy("Tråden"), "results.holes", "result:read", "link"),
    (lazy("Kartlegginger"), "assessments.campaigns", "campaign:manage", "layers"),
    (lazy("Krav"), "competence.requirements", None, "certificate"),
    (lazy("Filer inn"), "integrations.imports", "import:run", "upload"),
]

# What everybody has for themselves stands first; the rest by the rooms of the house, in the order of the thread.
OWN = {"results.home", "competence.own", "assessments.own"}
GROUPS: list[tuple[Any, set[str]]] = [
    (lazy("Kompetanse"), {"competence", "assessments"}),
    (lazy("Behov"), {"needs", "priorities"}),
    (lazy("Møter og planer"), {"governance", "plans", "yearwheel", "risks"}),
    (lazy("Kurs"), {"orders", "courses", "logistics", "settlements", "evaluations", "messages"}),
    (lazy("Resultat"), {"results"}),
    (lazy("Oppsett"), {"organisation", "integrations"}),
]
FEW = 9  # a menu this short is read at a glance, and needs no headings


def around(request: HttpRequest) -> dict[str, Any]:
    """The base template's values. Asks no database."""
    ctx = getattr(request, "ctx", None)
    found: dict[str, Any] = {"LANGUAGE_CODE": get_language(), "search": request.GET.get("q", "")}
    if settings.DEMO:
        day = formats.day((ctx.now if ctx else clock.now()).date())
        found["demo"] = _("Demo med oppdiktede personer. I dag er det %(day)s.") % {"day": day}
    if ctx is None:
        return found
    menu = [
        {"label": label, "url": url, "icon": icon, "group": _group(route)}
        for label, route, right, icon in MENU
        if (right is None or _may(ctx.actor, right)) and (url := _url(route))
    ]
    # One page lies within another's address: the nearest is where we are.
    here = max((item["url"] for item in menu if _is_current(request.path, item["url"])), key=len, default="")
    for item in menu:
        item["current"] = item["url"] == here
        item["heading"] = GROUPS[item["group"]][0] if len(menu) > FEW and item["group"] >= 0 else ""
    found["nav"] = sorted(menu, key=lambda item: item["group"])
    found["person"] = {"name": ctx.actor.name, "links": _links()}
    return found


def _may(actor: Any, right: str) -> bool:
    return access.is_declared(right) and access.possible(actor, right)


def _group(route: str) -> int:
    """Which of GROUPS a page stands in; -1 before them all."""
    domain = route.partition(".")[0]
    return -1 if route in OWN else next(at for at, (_heading, domains) in enumerate(GROUPS) if domain in domains)


@functools.cache
def _url(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _links() -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = [
        {"label": _("Det som er lagret om meg"), "url": _url("results.kept"), "icon": "person"}
    ]
    if settings.DEMO:
        links.append({"label": _("Bli en annen"), "url": _url("organisation.personas"), "icon": "people"})
    links.append({"label": _("Logg ut"), "url": _url("account_logout"), "icon": "arrow-right", "post": True})
    return [link for link in links if link["url"]]


def _is_current(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
