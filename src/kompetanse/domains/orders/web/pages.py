"""The municipality's orders, and the office's answer to them."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.api import Right
from kompetanse.domains.orders.types import (
    MOST_SEATS,
    MeasureIsClosed,
    OrderCannotBeCancelled,
    OrderIsNotOpen,
    OrdersPage,
    OrderStandsAlready,
    PlanIsNotAdopted,
    ReasonIsMissing,
    SeatsOutOfRange,
)
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching


class OrderForm(forms.Form):
    """Order seats. The municipality is asked for only where the reader orders for several."""

    municipality = forms.TypedChoiceField(label=gettext_lazy("Kommune"), coerce=int)
    measure = forms.TypedChoiceField(label=gettext_lazy("Tiltak i handlingsplanen"), coerce=int)
    seats = forms.IntegerField(
        label=gettext_lazy("Antall plasser"), min_value=1, max_value=MOST_SEATS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Merknad til kurskontoret"), required=False, max_length=500,
        help_text=gettext_lazy("Valgfritt. For eksempel ønsket sted eller tid."),
    )  # fmt: skip

    def __init__(self, data: object, found: OrdersPage, chosen: str = "") -> None:
        super().__init__(data, initial={"measure": chosen})  # type: ignore[arg-type]
        self._choose("measure", [(row.id, f"{row.title} ({row.year})") for row in found.measures])
        if len(found.municipalities) > 1:
            self._choose("municipality", found.municipalities)
        else:
            del self.fields["municipality"]

    def _choose(self, name: str, choices: Sequence[tuple[int, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices


class ChangeForm(forms.Form):
    seats = forms.IntegerField(label=gettext_lazy("Antall plasser"), min_value=1, max_value=MOST_SEATS)


class CancelForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Hvorfor avlyses bestillingen?"), max_length=500)


@page("bestillinger/", right=Right.ORDER_READ)
def order_list(request: PageRequest) -> Reply:
    """All orders in sight, or those of one measure, and the form for a new one."""
    measure = request.GET.get("tiltak", "")
    measure_id = int(measure) if measure.isascii() and measure.isdigit() and len(measure) < 19 else None
    found = orders.get_orders_page(request.ctx, measure_id=measure_id)
    form = OrderForm(request.POST if request.method == "POST" else None, found, request.GET.get("measure", ""))
    if request.method == "POST" and form.is_valid():
        tenant_id = form.cleaned_data.get("municipality") or found.municipalities[0][0]
        with catching(form, PlanIsNotAdopted, MeasureIsClosed, SeatsOutOfRange, OrderStandsAlready):
            seats = form.cleaned_data["seats"]
            order_id = orders.place_order(
                request.ctx, tenant_id=tenant_id, measure_id=form.cleaned_data["measure"],
                seats=seats, note=form.cleaned_data["note"],
            )  # fmt: skip
            text = ngettext(
                "Bestillingen er sendt: %(seats)s plass. Kurskontoret svarer her.",
                "Bestillingen er sendt: %(seats)s plasser. Kurskontoret svarer her.",
                seats,
            )
            return Reply.done(to=reverse("orders.order", args=[order_id]), notice=text % {"seats": seats})
    return Reply.page("orders/order_list.html", found, form=form, is_narrowed=measure_id is not None)


@page("bestillinger/<int:order_id>/", right=Right.ORDER_READ)
def order(request: PageRequest, order_id: int) -> Reply:
    """One order: change the number while it waits, or call it off."""
    row = orders.get_order(request.ctx, order_id=order_id)
    act = request.POST.get("act", "")
    change = ChangeForm(request.POST if act == "change" else None, initial={"seats": row.seats})
    cancel = CancelForm(request.POST if act == "cancel" else None)
    here = reverse("orders.order", args=[order_id])
    if act == "change" and change.is_valid():
        with catching(change, OrderIsNotOpen, SeatsOutOfRange):
            orders.change_order(request.ctx, order_id=order_id, seats=change.cleaned_data["seats"])
            return Reply.done(to=here, notice=_("Antallet er endret."))
    if act == "cancel" and cancel.is_valid():
        with catching(cancel, OrderCannotBeCancelled, ReasonIsMissing):
            orders.cancel_order(request.ctx, order_id=order_id, reason=cancel.cleaned_data["reason"])
            return Reply.done(to=here, notice=_("Bestillingen er avlyst."))
    rights = orders.rights_on_order(request.ctx, order_id=order_id)
    may = {
        "change": Right.ORDER_PLACE in rights and row.is_placed,
        "accept": Right.ORDER_ACCEPT in rights and row.is_placed,
        "cancel": Right.ORDER_CANCEL in rights and row.is_standing,
    }
    status = 422 if change.errors or cancel.errors else 200
    return Reply.page("orders/order.html", row, status=status, change=change, cancel=cancel, may=may)


@page("bestillinger/<int:order_id>/godta/", right=Right.ORDER_ACCEPT, methods=("POST",))
def accept(request: PageRequest, order_id: int) -> Reply:
    """The office takes the order on, with one click in the list."""
    orders.accept_order(request.ctx, order_id=order_id)
    text = _("BESTILLING-%(id)s er godtatt. Plassene holdes av til kommunen.") % {"id": order_id}
    return Reply.done(to=reverse("orders.order_list"), notice=text)
