"""The catalogue: what can be ordered, each service with its form, and the office's own pages for keeping it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.api import Right
from kompetanse.domains.orders.types import Consequence, ServicePage
from kompetanse.domains.orders.types.catalogue import ServiceRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from . import words
from .forms import ServiceForm, ServiceOrderForm
from .pages import consequence, links


@page("bestillinger/katalog/", right=Right.SERVICE_READ, methods=("GET",))
def catalogue(request: PageRequest) -> Reply:
    """What the office offers, by kind."""
    may_edit = access.possible(request.ctx.actor, Right.SERVICE_PUBLISH)
    found = orders.list_services(request.ctx, with_closed=may_edit)
    named = words.kinds()
    return Reply.page(
        "orders/catalogue.html",
        rows=[(row, named[row.told.kind], _facts(row)) for row in found if row.is_open],
        closed=[row for row in found if not row.is_open],
        may_edit=may_edit,
        crumbs=crumbs(request),
        ways=links(request),
    )


@page("bestillinger/katalog/<int:service_id>/", right=Right.SERVICE_READ)
def service(request: PageRequest, service_id: int) -> Reply:
    """A service: what it is, what it costs, and the order. The consequence is shown before anything is sent."""
    shown = orders.get_service_page(request.ctx, service_id=service_id)
    places = _places(shown)
    form, seen = None, None
    if places and shown.service.is_open:
        form = ServiceOrderForm(request.POST if request.method == "POST" else None, shown.service, places)
        if request.method == "POST" and form.is_valid():
            wanted = _wanted(form, shown)
            with catching(form, DomainError):
                seen = orders.foresee_service(request.ctx, **wanted)
                if request.POST.get("act") == "send" and consequence(seen)["mark"] == request.POST.get("seen"):
                    order_id = orders.order_service(request.ctx, **wanted, note=form.cleaned_data["note"])
                    here = reverse("orders.order", args=[order_id])
                    return Reply.done(here, _("Bestillingen er sendt. Her ser du hva som skjer videre."))
    return _service(request, shown, form, seen)


def _service(
    request: PageRequest, shown: ServicePage, form: ServiceOrderForm | None, seen: Consequence | None
) -> Reply:
    return Reply.page(
        "orders/service.html",
        shown,
        form=form,
        facts=_facts(shown.service),
        kind=words.kinds()[shown.service.told.kind],
        who=words.listed(name for role, name in words.roles().items() if role in shown.service.told.roles),
        seen=seen,
        said=consequence(seen) if seen else None,
        was_changed=seen is not None and request.POST.get("act") == "send",
        versions=[(row, _facts(row)) for row in shown.versions],
        crumbs=[*crumbs(request), {"label": shown.service.title}],
    )


@page("bestillinger/katalog/ny/", right=Right.SERVICE_PUBLISH)
def new_service(request: PageRequest) -> Reply:
    """The office offers something new."""
    form = ServiceForm(request.POST if request.method == "POST" else None)
    region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
    if request.method == "POST" and region is not None and form.is_valid():
        with catching(form, DomainError):
            made = orders.publish_service(request.ctx, region_id=region.tenant_id, told=form.told())
            return Reply.done(reverse("orders.service", args=[made]), _("Tjenesten står i katalogen."))
    return Reply.page("orders/service_form.html", form=form, service=None, crumbs=crumbs(request))


@page("bestillinger/katalog/<int:service_id>/endre/", right=Right.SERVICE_PUBLISH)
def edit_service(request: PageRequest, service_id: int) -> Reply:
    """A new version of a service, or the end of it. What has been ordered stands as it was."""
    shown = orders.get_service_page(request.ctx, service_id=service_id)
    if not shown.may_edit:
        raise NotFound()
    here = reverse("orders.service", args=[service_id])
    if request.POST.get("act") == "retire":
        orders.retire_service(request.ctx, service_id=service_id)
        return Reply.done(here, _("Tjenesten er tatt ut av katalogen. Bestillinger som er gjort, går som avtalt."))
    form = ServiceForm(request.POST if request.method == "POST" else None, shown.service)
    if request.method == "POST" and form.is_valid():
        with catching(form, DomainError):
            orders.publish_service(
                request.ctx, region_id=shown.service.tenant_id, told=form.told(), service_id=service_id
            )
            return Reply.done(here, _("Den nye versjonen gjelder for bestillinger fra nå av."))
    return Reply.page("orders/service_form.html", form=form, service=shown.service, crumbs=crumbs(request))


def crumbs(request: PageRequest) -> list[dict[str, str]]:
    top = {"label": _("Tjenestekatalogen"), "url": reverse("orders.catalogue")}
    if access.possible(request.ctx.actor, Right.ORDER_READ):
        return [{"label": _("Bestillinger"), "url": reverse("orders.order_list")}, top]
    return [top]


def _facts(row: ServiceRow) -> dict[str, Any]:
    told = row.told
    return {
        "price": told.price_each if told.price_each.ore else None,
        "per": words.per(told.unit),
        "hours": words.hours(told.minutes_each) if told.minutes_each else "",
        "days": words.days(told.days_expected),
        "release": words.days(told.release_days) if told.release_days is not None else "",
    }


def _places(shown: ServicePage) -> list[tuple[str, str]]:
    return [
        *((f"k{key}", name) for key, name in shown.municipalities),
        *((f"e{key}", name) for key, name in shown.units),
    ]


def _wanted(form: ServiceOrderForm, shown: ServicePage) -> dict[str, Any]:
    kind, key = form.where()[0], int(form.where()[1:])
    unit_tenant = dict(shown.unit_tenants)
    return {
        "tenant_id": key if kind == "k" else unit_tenant[key],
        "unit_id": key if kind == "e" else None,
        "service_id": shown.service.id,
        "quantity": form.cleaned_data["quantity"],
        "municipalities": form.cleaned_data["municipalities"],
        "is_statutory": form.cleaned_data["is_statutory"],
    }
