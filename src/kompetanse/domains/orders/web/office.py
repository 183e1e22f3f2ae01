"""The office's day: what waits, what was not as agreed, and how much time there is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.api import Right
from kompetanse.domains.orders.types.office import CapacityPage
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.kernel.errors import DomainError
from kompetanse.ui import charts, formats
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from . import words
from .forms import CloseForm, FollowForm, StaffForm
from .pages import links


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"label": _("Bestillinger"), "url": reverse("orders.order_list")}, {"label": label}]


@page("bestillinger/innboks/", right=Right.ORDER_ACCEPT, methods=("GET",))
def inbox(request: PageRequest) -> Reply:
    """What the office must do something about, what is late first."""
    found = orders.get_inbox(request.ctx)
    groups = [
        (_("Venter på svar fra oss"), found.answer, _("Alle bestillinger er besvart.")),
        (_("Hos forumet"), found.forum, _("Ingen bestillinger er hos forumet.")),
        (_("Tilbud kommunen skal svare på"), found.quoted, _("Ingen tilbud er ute.")),
        (_("Avtalt, ikke levert"), found.working, _("Ingen avtalte bestillinger gjenstår.")),
        (_("Levert, venter på godkjenning"), found.approving, _("Alle leveringer er godkjent.")),
    ]
    return Reply.page(
        "orders/inbox.html",
        found,
        groups=[(name, [(row, words.ordered(row.order)) for row in rows], none) for name, rows, none in groups],
        crumbs=_crumbs(_("Innboksen")),
        ways=links(request),
    )


@page("bestillinger/avvik/", right=Right.DEVIATION_READ, methods=("GET",))
def deviations(request: PageRequest) -> Reply:
    """What was not as agreed, the open ones first."""
    rows = orders.list_deviations(request.ctx)
    return Reply.page(
        "orders/deviations.html",
        open_rows=[row for row in rows if row.is_open],
        closed_rows=[row for row in rows if not row.is_open],
        crumbs=_crumbs(_("Avvik")),
    )


@page("bestillinger/avvik/<int:deviation_id>/", right=Right.DEVIATION_READ)
def deviation(request: PageRequest, deviation_id: int) -> Reply:
    """One deviation: who follows it up, by when, and what came of it."""
    row = orders.get_deviation(request.ctx, deviation_id=deviation_id)
    shown = orders.get_order_page(request.ctx, order_id=row.order_id)
    act = request.POST.get("act", "")
    follow = FollowForm(
        request.POST if act == "follow" else None, auto_id="folg_%s", staff=shown.staff_choices,
        initial={"due_on": row.due_on},
    )  # fmt: skip
    close = CloseForm(request.POST if act == "close" else None, auto_id="lukk_%s")
    here = reverse("orders.deviation", args=[deviation_id])
    if act == "follow" and follow.is_valid():
        with catching(follow, DomainError):
            orders.follow_deviation(request.ctx, deviation_id=deviation_id, **follow.cleaned_data)
            return Reply.done(here, _("Lagret."))
    if act == "close" and close.is_valid():
        with catching(close, DomainError):
            orders.close_deviation(request.ctx, deviation_id=deviation_id, **close.cleaned_data)
            return Reply.done(here, _("Avviket er lukket."))
    return Reply.page(
        "orders/deviation.html",
        row,
        status=422 if follow.errors or close.errors else 200,
        follow=follow,
        close=close,
        may_follow="follow" in shown.may and row.is_open,
        has_staff=bool(shown.staff_choices),
        crumbs=[
            *_crumbs(_("Avvik"))[:1],
            {"label": _("Avvik"), "url": reverse("orders.deviations")},
            {"label": row.order_reference},
        ],
    )


@page("bestillinger/kapasitet/", right=Right.CAPACITY_READ)
def capacity(request: PageRequest) -> Reply:
    """How much time the office has, what it is planned for and has been used on, and when more can begin."""
    if request.method == "POST":
        access.require_role(request.ctx, Right.STAFF_SET)
    found = orders.get_capacity_page(request.ctx)
    people = [*found.choices, *((row.person_id, row.name) for row in found.staff)]
    form = StaffForm(
        request.POST if request.method == "POST" else None, people=people, initial={"valid_from": request.ctx.today}
    )
    region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
    if request.method == "POST" and region is not None and form.is_valid():
        with catching(form, DomainError):
            told = form.cleaned_data
            orders.set_staff(
                request.ctx, region_id=region.tenant_id, person_id=told["person_id"],
                weekly_minutes=told["weekly_hours"], valid_from=told["valid_from"], valid_to=told["valid_to"],
            )  # fmt: skip
            return Reply.done(reverse("orders.capacity"), _("Lagret. Køen er regnet på nytt."))
    named = words.kinds()
    return Reply.page(
        "orders/capacity.html",
        found,
        form=form if found.is_office else None,
        chart=_chart(found) if found.months else None,
        months=[
            (formats.day(row.month, "month"), *map(words.figure, (row.capacity, row.planned, row.used, row.free)))
            for row in found.months
        ],
        kinds=[(named[row.kind], words.figure(row.planned), words.figure(row.used)) for row in found.kinds],
        people=[
            (row.name, formats.day(row.month, "month"), *map(words.figure, (row.capacity, row.planned, row.used)))
            for row in found.people
        ],
        queue=[(row, named[row.kind], words.figure(row.minutes_left)) for row in found.queue],
        staff=[(row, words.hours(row.weekly_minutes)) for row in found.staff],
        beyond=words.hours(found.beyond) if found.beyond > 0 else "",
        crumbs=[{"label": _("Kapasitet")}],
    )


def _chart(found: CapacityPage) -> charts.Chart:
    return charts.stacked(
        _("Kontorets timer måned for måned"),
        [_("Brukt"), _("Planlagt"), _("Ledig")],
        [
            charts.Stack(formats.day(row.month, "month"), (row.used / 60, row.planned / 60, max(row.free, 0) / 60))
            for row in found.months
        ],
        description=_("Hver stolpe er timene kontoret har til bestillinger den måneden."),
        show=lambda value: formats.number(value, 0 if float(value).is_integer() else 1),
    )
