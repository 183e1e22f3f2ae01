"""The first page, the thread, the results, the search, and what is kept about me."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.courses import api as courses
from kompetanse.domains.orders import api as orders
from kompetanse.domains.results import api as results
from kompetanse.domains.results.types import Link, Thread
from kompetanse.foundation import access
from kompetanse.kernel.errors import DomainError
from kompetanse.ui import charts
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply

ICONS = {
    Link.GOAL: "star",
    Link.NEED: "person",
    Link.POOL: "handshake",
    Link.DECISION: "checkmark",
    Link.MEASURE: "document",
    Link.ORDER: "buildings",
    Link.RUN: "calendar",
    Link.ATTENDANCE: "people",
    Link.COMPETENCE: "certificate",
    Link.EFFECT: "chart",
}


def words() -> dict[Link, str]:
    return {
        Link.GOAL: _("Mål"),
        Link.NEED: _("Behov"),
        Link.POOL: _("Samling"),
        Link.DECISION: _("Vedtak"),
        Link.MEASURE: _("Tiltak"),
        Link.ORDER: _("Bestilling"),
        Link.RUN: _("Gjennomføring"),
        Link.ATTENDANCE: _("Oppmøte"),
        Link.COMPETENCE: _("Kompetanse"),
        Link.EFFECT: _("Effekt"),
    }


@page("", open=True, methods=("GET",))
def home(request: PageRequest) -> Reply | HttpResponseRedirect:
    """What do I have to do now, what is coming, what may I do."""
    if request.ctx is None:
        return HttpResponseRedirect(reverse("organisation.personas") if settings.DEMO else settings.LOGIN_URL)
    return Reply.page("results/home.html", results.get_home(request.ctx, role=request.GET.get("rolle", "")))


@page("traad/", signed_in=True, methods=("GET",))
def thread(request: PageRequest) -> Reply:
    """The thread through one thing, by its reference."""
    reference = request.GET.get("ref", "").strip()
    found: Thread | None = None
    problem = ""
    if reference:
        try:
            found = results.trace(request.ctx, reference=reference)
        except DomainError as error:
            problem = sentence(error)
    named = words()
    stages = [(named[stage.link], ICONS[stage.link], stage) for stage in found.stages] if found else []
    return Reply.page("results/thread.html", found, reference=reference, problem=problem, stages=stages)


@page("traad/hull/", right=results.Right.RESULT_READ, methods=("GET",))
def holes(request: PageRequest) -> Reply:
    """Where the thread is broken."""
    return Reply.page("results/holes.html", results.get_holes(request.ctx))


@page("resultat/", right=results.Right.RESULT_READ, methods=("GET",))
def against_plan(request: PageRequest) -> Reply:
    """Results against the plan of a year; with `?kommune=` those of one municipality."""
    year = request.GET.get("aar", "")
    chosen = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    here = request.GET.get("kommune", "")
    only = int(here) if here.isascii() and here.isdigit() and len(here) < 19 else None
    shown = results.get_results_page(request.ctx, year=chosen, municipality_id=only)
    chart = charts.bars(
        _("Møtt mot planlagte plasser"),
        [
            charts.Bar(
                line.title,
                line.attended.least,
                line.seats_planned,
                reverse("results.measure_result", args=[line.measure_id]),
            )
            for line in shown.measures
        ],
        description=_("Der små tall ikke vises, viser søylen det minste det kan være."),
    )
    may_see_orders = access.possible(request.ctx.actor, orders.Right.ORDER_READ)
    return Reply.page(
        "results/results.html",
        shown,
        chart=chart if shown.measures else None,
        orders_url=reverse("orders.order_list") if may_see_orders else "#tiltak",
    )


@page("resultat/<int:measure_id>/", right=results.Right.RESULT_READ, methods=("GET",))
def measure_result(request: PageRequest, measure_id: int) -> Reply:
    """The rows behind one measure's numbers."""
    return Reply.page(
        "results/measure.html",
        results.get_measure_result(request.ctx, measure_id=measure_id),
        may_see_orders=access.possible(request.ctx.actor, orders.Right.ORDER_READ),
        may_see_people=access.possible(request.ctx.actor, courses.Right.RUN_MANAGE),
    )


@page("sok/", signed_in=True, methods=("GET",))
def search(request: PageRequest) -> Reply:
    """By workplace, person, course, requirement or case."""
    text = request.GET.get("q", "").strip()
    return Reply.page("results/search.html", results.search(request.ctx, text=text), text=text)


@page("om-meg/", signed_in=True, methods=("GET",))
def kept(request: PageRequest) -> Reply:
    """Everything the municipalities in sight keep about me, and why."""
    return Reply.page("results/kept.html", results.list_kept(request.ctx))


@page("om-meg/eksport/", signed_in=True, methods=("GET",))
def export(request: PageRequest) -> Reply:
    """The same as a file that another system can read."""
    body = json.dumps(results.export_kept(request.ctx), ensure_ascii=False, indent=1, default=str)
    return Reply.file(body.encode(), filename="om-meg.json", content_type="application/json")


@page("utfort/", right=results.Right.SYSTEM_WATCH, methods=("GET",))
def deeds(request: PageRequest) -> Reply:
    """What has been done lately, and by whom."""
    return Reply.page("results/deeds.html", results.list_deeds(request.ctx))


@page("tilgjengelighet/", open=True, methods=("GET",))
def accessibility(request: PageRequest) -> Reply:
    """The accessibility statement."""
    return Reply.page("results/accessibility.html")


@page("personvern/", open=True, methods=("GET",))
def privacy(request: PageRequest) -> Reply:
    """How personal data is kept."""
    return Reply.page("results/privacy.html")
