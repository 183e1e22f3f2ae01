"""One order: its history, what is agreed, and what the reader can do next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.api import Right
from kompetanse.domains.orders.types import OrderPage
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.kernel.money import Money
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from . import words
from .forms import (
    AcceptQuoteForm,
    CancelForm,
    ChangeForm,
    DeclineQuoteForm,
    DeviationForm,
    ForumForm,
    HandBackForm,
    NamesForm,
    NoteForm,
    QuoteForm,
    StaffChoiceForm,
    TimeForm,
)


@page("bestillinger/<int:order_id>/", right=Right.ORDER_READ)
def order(request: PageRequest, order_id: int) -> Reply:
    """One order with its history and its next step."""
    shown = orders.get_order_page(request.ctx, order_id=order_id)
    act, _sep, number = request.POST.get("act", "").partition("-")
    here = reverse("orders.order", args=[order_id])
    if request.method == "POST" and (done := _press(request, shown, act, number)):
        return Reply.done(here, done)
    able = _forms(request, shown, act)
    form = able.get(act)
    if request.method == "POST" and form is not None and form.is_valid():
        with catching(form, DomainError):
            _do(request, shown, act, form.cleaned_data)
            return Reply.done(here, _done()[act])
    status = 422 if any(it.is_bound and it.errors for it in able.values()) else 200
    return Reply.page(
        "orders/order.html",
        shown,
        status=status,
        forms=able,
        ordered=words.ordered(shown.order),
        kind=words.kinds()[shown.order.kind],
        route=words.routes()[shown.ruling.route],
        rule=words.place(shown.ruling.place),
        next_step=words.next_step(shown),
        lines=[(row, words.line(row)) for row in reversed(shown.lines)],
        terms=_terms(shown),
        earlier=[(row, words.quantity(row.quantity, row.unit)) for row in shown.earlier],
        used=words.hours(shown.minutes_used) if shown.minutes_used else "",
        times=[(row, words.hours(row.minutes)) for row in shown.times],
        crumbs=[
            {"label": _("Bestillinger"), "url": reverse("orders.order_list")},
            {"label": shown.order.reference},
        ],
    )


def _terms(shown: OrderPage) -> dict[str, str]:
    row = shown.terms
    if row is None:
        return {}
    return {
        "quantity": words.quantity(row.quantity, row.unit),
        "hours": words.hours(row.minutes) if row.minutes else "",
        "days": words.days(row.days_expected) if row.days_expected else "",
        "per": words.per(row.unit),
    }


def _press(request: PageRequest, shown: OrderPage, act: str, number: str) -> str:
    """What needs no form: only its button. Gives what to say of it; empty where it was another act."""
    ctx, order_id = request.ctx, shown.order.id
    if act == "accept":
        orders.accept_order(ctx, order_id=order_id)
        return _("Bestillingen er godtatt.")
    if act == "bring":
        orders.bring_to_forum(ctx, order_id=order_id)
        return _("Bestillingen er lagt fram som sak. Sett saken på saklista til et møte.")
    if act == "unname":
        orders.take_off_name(ctx, order_id=order_id, holder_id=_number(number))
        return _("Navnet er tatt av. Plassen er ledig for en annen.")
    if act == "untime":
        orders.take_back_time(ctx, order_id=order_id, entry_id=_number(number))
        return _("Timene er tatt bort.")
    return ""


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotFound()
    return int(text)


def _forms(request: PageRequest, shown: OrderPage, act: str) -> dict[str, forms.Form]:
    """The forms the reader can use now, the one that was sent with what was typed."""

    def sent(name: str) -> Any:
        return request.POST if request.method == "POST" and act == name else None

    def under(name: str) -> dict[str, Any]:
        return {"data": sent(name), "auto_id": f"{name}_%s"}

    today, terms = request.ctx.today, shown.terms
    quote = {
        "price_each": terms.price_each if terms else Money(), "minutes": terms.minutes if terms else 0,
        "days_expected": (terms.days_expected if terms else 0) or 30, "expires_on": today + timedelta(days=21),
        "release_on": shown.release_on,
    }  # fmt: skip
    number = {"number": terms.number if terms else 0}
    mine = {"staff_id": shown.staff_id}
    made: dict[str, tuple[str, Any]] = {
        "change": ("change", lambda: ChangeForm(**under("change"), initial={"seats": shown.order.quantity})),
        "quote": ("quote", lambda: QuoteForm(**under("quote"), initial=quote)),
        "accept_quote": ("answer", lambda: AcceptQuoteForm(**under("accept_quote"), initial=number)),
        "decline_quote": ("answer", lambda: DeclineQuoteForm(**under("decline_quote"), initial=number)),
        "forum": ("forum", lambda: ForumForm(**under("forum"))),
        "assign": ("assign", lambda: StaffChoiceForm(**under("assign"), staff=shown.staff_choices, initial=mine)),
        "name": ("name", lambda: NamesForm(**under("name"), people=shown.people)),
        "hand_back": ("hand_back", lambda: HandBackForm(**under("hand_back"))),
        "deliver": ("deliver", lambda: NoteForm(**under("deliver"))),
        "approve": ("approve", lambda: NoteForm(**under("approve"))),
        "deviate": ("deviate", lambda: DeviationForm(**under("deviate"))),
        "time": (
            "time",
            lambda: TimeForm(**under("time"), staff=shown.staff_choices, initial={**mine, "day": today}),
        ),
        "cancel": ("cancel", lambda: CancelForm(**under("cancel"))),
    }  # fmt: skip
    # What was sent is answered by the act itself, also where the order has moved on meanwhile.
    return {name: make() for name, (may, make) in made.items() if may in shown.may or sent(name) is not None}


def _do(request: PageRequest, shown: OrderPage, act: str, told: dict[str, Any]) -> None:
    ctx, order_id = request.ctx, shown.order.id
    acts: dict[str, Callable[[], object]] = {
        "change": lambda: orders.change_order(ctx, order_id=order_id, seats=told["seats"]),
        "quote": lambda: orders.send_quote(ctx, order_id=order_id, **told),
        "accept_quote": lambda: orders.accept_quote(ctx, order_id=order_id, **told),
        "decline_quote": lambda: orders.decline_quote(ctx, order_id=order_id, **told),
        "forum": lambda: orders.note_forum_answer(ctx, order_id=order_id, **told),
        "assign": lambda: orders.assign_order(ctx, order_id=order_id, staff_id=told["staff_id"]),
        "name": lambda: orders.allocate_seats(ctx, order_id=order_id, employees=told["employees"]),
        "hand_back": lambda: orders.hand_back_seats(ctx, order_id=order_id, count=told["count"]),
        "deliver": lambda: orders.deliver_order(ctx, order_id=order_id, note=told["note"]),
        "approve": lambda: orders.approve_delivery(ctx, order_id=order_id, note=told["note"]),
        "deviate": lambda: orders.note_order_deviation(ctx, order_id=order_id, text=told["text"]),
        "time": lambda: orders.write_time(
            ctx, order_id=order_id, staff_id=told["staff_id"], day=told["day"], minutes=told["hours"],
            note=told["note"],
        ),
        "cancel": lambda: orders.cancel_order(ctx, order_id=order_id, reason=told["reason"]),
    }  # fmt: skip
    acts[act]()


def _done() -> dict[str, str]:
    return {
        "change": _("Antallet er endret."),
        "quote": _("Tilbudet er sendt. Kommunen svarer her."),
        "accept_quote": _("Tilbudet er godtatt. Det som står i det, er avtalt."),
        "decline_quote": _("Dere har takket nei. Kurskontoret kan sende et nytt tilbud."),
        "forum": _("Forumets svar er ført inn."),
        "assign": _("Lagret."),
        "name": _("Navnene er satt på."),
        "hand_back": _("Plassene er levert tilbake."),
        "deliver": _("Bestillingen er meldt levert. Kommunen godkjenner leveringen."),
        "approve": _("Leveringen er godkjent."),
        "deviate": _("Avviket er meldt. Kurskontoret følger det opp."),
        "time": _("Timene er ført."),
        "cancel": _("Bestillingen er avlyst."),
    }
