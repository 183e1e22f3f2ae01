"""One room, trainer or thing: what it is, when it can be had, what is coming; and what its keepers do with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics.api import Right
from kompetanse.domains.logistics.types import LONGEST_DAYS, ResourcePage, TimesAreBackwards
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from kompetanse.ui.formats import day
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply, catching

from .forms import BookForm, HoursForm, MoveForm, PeriodForm, RoomForm, TrainerForm, initial_of
from .lists import tabs_of
from .words import ACCESS, CAUTIONS, FEATURES, PURPOSES, WEEKDAYS


@page("ressurs/<int:resource_id>/", right=Right.RESOURCE_READ)
def resource(request: PageRequest, resource_id: int) -> Reply:
    """What one needs to know to find it, and whether it is free."""
    shown = logistics.get_resource(request.ctx, resource_id=resource_id)
    act, _sep, number = request.POST.get("act", "").partition("-")
    wrong = ""
    if request.method == "POST" and act in ("free", "move", "retire", "clear"):
        try:
            return _at_once(request, shown, act, number)
        except (NotFound, Refused):
            raise
        except DomainError as error:
            wrong = sentence(error)
    able = _forms(request, shown, act)
    if request.method == "POST" and (done := _do(request, shown, act, able.get(act))):
        return done
    home = "logistics.rooms" if shown.room else "logistics.trainers" if shown.trainer else "logistics.equipment"
    return Reply.page(
        "logistics/resource.html",
        shown,
        status=422 if wrong or any(form.is_bound and form.errors for form in able.values()) else 200,
        wrong=wrong,
        tabs=tabs_of(request, home),
        forms=able,
        access=[str(ACCESS[key]) for key in shown.room.access] if shown.room else [],
        lacks=[str(word) for key, word in ACCESS.items() if key not in shown.room.access] if shown.room else [],
        features=[str(FEATURES[key]) for key in shown.room.features] if shown.room else [],
        calendar=f"{reverse('logistics.calendar')}?slag={shown.resource.kind.value}&ressurs={resource_id}",
        hours=[(str(WEEKDAYS[row.weekday]), row) for row in shown.hours],
        coming=[(row, row.title or _("Opptatt"), str(PURPOSES[row.purpose])) for row in shown.coming],
    )


def _at_once(request: PageRequest, shown: ResourcePage, act: str, number: str) -> Reply:
    """What needs no form of its own: free or move a booking that is shown, forget the periods, take out of use."""
    ctx, resource_id = request.ctx, shown.resource.id
    if act == "retire":
        logistics.retire(ctx, resource_id=resource_id)
        return Reply.done(reverse("logistics.rooms"), _("Det er tatt ut av bruk."))
    if act == "clear":
        logistics.set_availability(ctx, resource_id=resource_id, periods=[])
        return Reply.done(_here(resource_id), _("Lagret."))
    booking = next((row for row in shown.coming if str(row.id) == number and row.run_id is None), None)
    if booking is None:
        raise NotFound()
    if act == "free":
        logistics.free(ctx, booking_id=booking.id)
        return Reply.done(_here(resource_id), _("Bookingen er frigitt."))
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise TimesAreBackwards(days=LONGEST_DAYS)
    made = logistics.move_booking(ctx, booking_id=booking.id, **form.cleaned_data)
    said = [_("Bookingen er flyttet."), *(str(CAUTIONS[it]) for it in made.warnings)]
    return Reply.done(_here(resource_id), " ".join(said))


def _forms(request: PageRequest, shown: ResourcePage, act: str) -> dict[str, forms.Form]:
    def sent(name: str) -> Any:
        return request.POST if act == name else None

    able: dict[str, forms.Form] = {}
    if shown.may_book:
        able["book"] = BookForm(sent("book"), auto_id="book_%s")
    if shown.may_manage and shown.room:
        able["change"] = RoomForm(
            sent("change"), owners=shown.owners, initial=initial_of(shown), auto_id="endre_%s"
        )  # fmt: skip
        able["hours"] = HoursForm(sent("hours"), shown.hours)
    if shown.may_manage and shown.trainer:
        able["change"] = TrainerForm(
            sent("change"), owners=shown.owners, initial=initial_of(shown), auto_id="endre_%s"
        )  # fmt: skip
        able["period"] = PeriodForm(sent("period"), auto_id="ledig_%s")
    return able


def _do(request: PageRequest, shown: ResourcePage, act: str, form: forms.Form | None) -> Reply | None:
    """Carry out what was sent, or leave why not on its form."""
    if form is None or not form.is_valid():
        return None
    ctx, resource_id, told = request.ctx, shown.resource.id, form.cleaned_data
    with catching(form, DomainError):
        notice = _("Lagret.")
        if act == "book":
            when = {"starts_at": told["starts_at"], "ends_at": told["ends_at"], "title": told["title"]}
            if told["is_blocked"]:
                logistics.block(ctx, resource_id=resource_id, **when)
            else:
                made = logistics.book(ctx, resource_id=resource_id, **when)
                notice = " ".join([_("Booket."), *(str(CAUTIONS[it]) for it in made.warnings)])
        elif isinstance(form, HoursForm):
            logistics.set_hours(ctx, resource_id=resource_id, hours=form.as_hours())
        elif isinstance(form, RoomForm):
            logistics.change_room(
                ctx, resource_id=resource_id, version=told["version"] or 0, room=form.as_input()
            )  # fmt: skip
        elif isinstance(form, TrainerForm):
            logistics.change_trainer(
                ctx, resource_id=resource_id, version=told["version"] or 0,
                trainer=form.as_input(shown.trainer.person_id if shown.trainer else None),
            )  # fmt: skip
        else:
            now = [(row.first_on, row.last_on) for row in shown.available]
            logistics.set_availability(
                ctx, resource_id=resource_id, periods=[*now, (told["first_on"], told["last_on"])]
            )  # fmt: skip
            notice = _("Ledig til og med %(day)s er ført.") % {"day": day(told["last_on"])}
        return Reply.done(_here(resource_id), notice)
    if isinstance(form, RoomForm | TrainerForm):
        form.renew(logistics.get_resource(ctx, resource_id=resource_id).resource.version)
    return None


def _here(resource_id: int) -> str:
    return reverse("logistics.resource", args=[resource_id])
