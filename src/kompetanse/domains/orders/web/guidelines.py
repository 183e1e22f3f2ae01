"""The guidelines: what they say, how they are used, and new ones tried on last year's orders before they are set."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.api import Right
from kompetanse.domains.orders.types.guidelines import GuidelineInput, GuidelineUse, Route
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from . import words
from .forms import GuidelineForm, rule_forms


@page("bestillinger/retningslinjer/", right=Right.GUIDELINE_READ, methods=("GET",))
def guidelines(request: PageRequest) -> Reply:
    """The rules that decide whether an order goes to the forum, and how often each has."""
    found = orders.get_guidelines_page(request.ctx)
    named = words.routes()
    return Reply.page(
        "orders/guidelines.html",
        found,
        rules=[
            (place, words.conditions(rule), named[rule.route], words.reason(rule))
            for place, rule in enumerate(found.now.rules if found.now else (), start=1)
        ],
        otherwise=named[found.now.otherwise] if found.now else "",
        use=[_use(row) for row in found.use],
        crumbs=_crumbs(),
    )


@page("bestillinger/retningslinjer/nye/", right=Right.GUIDELINE_SET)
def new_guidelines(request: PageRequest) -> Reply:
    """Write new guidelines, see what they would have decided of last year's orders, and set them."""
    found = orders.get_guidelines_page(request.ctx)
    region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
    if not found.may_set or region is None:
        raise NotFound()
    now = found.guidelines[0] if found.guidelines else None
    data = request.POST if request.method == "POST" else None
    form = GuidelineForm(
        data, initial={"valid_from": request.ctx.today, "otherwise": now.otherwise if now else Route.DIRECT}
    )
    lines = rule_forms(data, now.rules if now else ())
    trial = None
    if request.method == "POST" and form.is_valid() and all(line.is_valid() for line in lines):
        filled = sorted((line for line in lines if line.is_filled), key=lambda it: it.cleaned_data["place"] or 99)
        told = GuidelineInput(
            form.cleaned_data["valid_from"], tuple(line.rule() for line in filled),
            Route(form.cleaned_data["otherwise"]), form.cleaned_data["decided_by"],
        )  # fmt: skip
        with catching(form, DomainError):
            if request.POST.get("act") == "set":
                orders.set_guideline(request.ctx, region_id=region.tenant_id, told=told)
                return Reply.done(reverse("orders.guidelines"), _("Retningslinjene er satt."))
            trial = orders.try_guideline(request.ctx, told=told)
    named = words.routes()
    return Reply.page(
        "orders/guidelines_form.html",
        found,
        form=form,
        lines=lines,
        trial=trial,
        moved=[(row, named[row.was], named[row.would_be]) for row in trial.moved] if trial else [],
        status=422 if any(it.is_bound and it.errors for it in (form, *lines)) else 200,
        crumbs=[*_crumbs(), {"label": _("Nye retningslinjer")}],
    )


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Retningslinjer"), "url": reverse("orders.guidelines")}]


def _use(row: GuidelineUse) -> dict[str, object]:
    named = words.routes()
    return {
        "title": _("Versjon %(number)s") % {"number": row.guideline.number}
        if row.guideline
        else _("Før det fantes retningslinjer"),
        "guideline": row.guideline,
        "direct": words.told(row.direct),
        "forum": words.told(row.forum),
        "rows": [(words.place(it.place), it.reason, named[it.route], words.told(it.orders)) for it in row.rows],
    }
