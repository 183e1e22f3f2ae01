"""The municipality's orders, and the office's answer to them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.api import Right
from kompetanse.domains.orders.types import (
    Consequence,
    MeasureIsClosed,
    OrdersPage,
    OrderStandsAlready,
    PlanIsNotAdopted,
    SeatsOutOfRange,
)
from kompetanse.foundation import access
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from . import words
from .forms import OrderForm


@page("bestillinger/", right=Right.ORDER_READ)
def order_list(request: PageRequest) -> Reply:
    """All orders in sight, or those of one measure, and the form for a new one."""
    measure = request.GET.get("tiltak", "")
    measure_id = int(measure) if measure.isascii() and measure.isdigit() and len(measure) < 19 else None
    found = orders.get_orders_page(request.ctx, measure_id=measure_id)
    form = OrderForm(request.POST if request.method == "POST" else None, found, request.GET.get("measure", ""))
    seen: Consequence | None = None
    if request.method == "POST" and found.municipalities and form.is_valid():
        tenant_id = form.cleaned_data.get("municipality") or found.municipalities[0][0]
        wanted = {
            "tenant_id": tenant_id,
            "measure_id": form.cleaned_data["measure"],
            "seats": form.cleaned_data["seats"],
        }
        with catching(form, PlanIsNotAdopted, MeasureIsClosed, SeatsOutOfRange, OrderStandsAlready):
            if request.POST.get("act") == "see":
                seen = orders.foresee_order(request.ctx, **wanted)
            else:
                return _sent(request, form, wanted)
    return Reply.page(
        "orders/order_list.html",
        found,
        form=form,
        rows=[(row, words.ordered(row)) for row in found.orders],
        seen=seen,
        said=consequence(seen) if seen else None,
        is_narrowed=measure_id is not None,
        ways=links(request, found),
    )


def _sent(request: PageRequest, form: OrderForm, wanted: dict[str, Any]) -> Reply:
    order_id = orders.place_order(request.ctx, **wanted, note=form.cleaned_data["note"])
    seats = wanted["seats"]
    text = ngettext(
        "Bestillingen er sendt: %(seats)s plass. Kurskontoret svarer her.",
        "Bestillingen er sendt: %(seats)s plasser. Kurskontoret svarer her.",
        seats,
    )
    return Reply.done(to=reverse("orders.order", args=[order_id]), notice=text % {"seats": seats})


@page("bestillinger/<int:order_id>/godta/", right=Right.ORDER_ACCEPT, methods=("POST",))
def accept(request: PageRequest, order_id: int) -> Reply:
    """The office takes the order on, with one click in the list."""
    orders.accept_order(request.ctx, order_id=order_id)
    text = _("BESTILLING-%(id)s er godtatt.") % {"id": order_id}
    return Reply.done(to=reverse("orders.order_list"), notice=text)


def links(request: PageRequest, found: OrdersPage | None = None) -> list[tuple[str, str, str]]:
    """What else there is about orders, for those who may see it: (word, address, icon)."""
    actor = request.ctx.actor
    every = [
        (Right.SERVICE_READ, _("Tjenestekatalogen"), "orders.catalogue", "book"),
        (Right.ORDER_ACCEPT, _("Innboksen"), "orders.inbox", "inbox"),
        (Right.DEVIATION_READ, _("Avvik"), "orders.deviations", "warning"),
        (Right.CAPACITY_READ, _("Kapasitet"), "orders.capacity", "hourglass"),
        (Right.GUIDELINE_READ, _("Retningslinjer"), "orders.guidelines", "flag"),
    ]
    return [(word, reverse(route), icon) for right, word, route, icon in every if access.possible(actor, right)]


def consequence(seen: Consequence) -> dict[str, str]:
    """What an order would mean, in words, and a mark of it: another mark is another consequence."""
    return {
        "quantity": words.quantity(seen.quantity, seen.unit),
        "minutes": words.hours(seen.minutes) if seen.minutes else "",
        "route": words.routes()[seen.ruling.route],
        "rule": words.place(seen.ruling.place) if seen.ruling.guideline_id else "",
        "mark": f"{seen.quantity}-{seen.total.ore}-{seen.minutes}-{seen.ruling.route.value}",
    }
