"""Cases that come from other regions, and cases that are sent to them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types.sending import IncomingStatus
from kompetanse.foundation import access
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .planning_forms import DeclineForm, ForwardForm, TakeUpForm


@page("saker/innkomne/", right=governance.Right.INCOMING_READ)
def incoming(request: PageRequest) -> Reply:
    """What other regions have sent; the office gives each to a body, or says why not."""
    shown = governance.get_incoming(request.ctx)
    act, _sep, number = request.POST.get("act", "").partition("-")
    may = access.possible(request.ctx.actor, governance.Right.INCOMING_ANSWER)
    rows: list[Any] = []
    wrong = False
    for row in shown.incoming:
        waits = may and row.status is IncomingStatus.WAITING
        mine = number == str(row.id)
        bodies = [(key, name) for tenant_id, key, name in shown.bodies if tenant_id == row.tenant_id]
        take = TakeUpForm(request.POST if mine and act == "take" else None, bodies=bodies, auto_id=f"ta{row.id}_%s")
        drop = DeclineForm(request.POST if mine and act == "drop" else None, auto_id=f"nei{row.id}_%s")
        if take.is_bound and take.is_valid():
            with catching(take, DomainError):
                case_id = governance.take_up_incoming(request.ctx, incoming_id=row.id, **take.cleaned_data)
                return Reply.done(reverse("governance.case", args=[case_id]), _("Saken er tatt opp med eget nummer."))
        if drop.is_bound and drop.is_valid():
            with catching(drop, DomainError):
                governance.decline_incoming(request.ctx, incoming_id=row.id, **drop.cleaned_data)
                return Reply.done(reverse("governance.incoming"), _("Svaret er lagret."))
        wrong = wrong or take.is_bound or drop.is_bound
        rows.append((row, take if waits or take.is_bound else None, drop if waits or drop.is_bound else None))
    if request.method == "POST" and not wrong:
        raise NotFound()
    return Reply.page(
        "governance/incoming.html",
        status=422 if wrong else 200,
        rows=rows,
        crumbs=[{"label": _("Møter"), "url": reverse("governance.meetings")}, {"label": _("Saker fra andre regioner")}],
    )


@page("saker/<int:case_id>/send/", right=governance.Right.CASE_PREPARE)
def forward(request: PageRequest, case_id: int) -> Reply:
    """Send a decided case to another region or to a level above."""
    shown = governance.get_case_page(request.ctx, case_id=case_id, right=governance.Right.CASE_PREPARE)
    form = ForwardForm(request.POST or None, regions=shown.regions)
    if request.method == "POST" and form.is_valid():
        with catching(form, DomainError):
            governance.forward_case(request.ctx, case_id=case_id, **form.cleaned_data)
            return Reply.done(reverse("governance.case", args=[case_id]), _("Saken er sendt."))
    return Reply.page(
        "governance/forward.html",
        shown,
        form=form if shown.regions or form.is_bound else None,
        crumbs=[
            {"label": _("Møter"), "url": reverse("governance.meetings")},
            {"label": shown.case.reference, "url": reverse("governance.case", args=[case_id])},
            {"label": _("Send til en annen region")},
        ],
    )
