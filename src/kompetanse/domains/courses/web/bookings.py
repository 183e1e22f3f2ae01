"""Rooms, trainers and things of a run, and what a participant needs there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.api import Right
from kompetanse.domains.courses.types import LogisticsPage, SessionPlan
from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics.types import (
    ACCESS_WORDS,
    CAUTION_WORDS,
    FEATURE_WORDS,
    FOOD,
    NEED_WORDS,
    OTHER_LENGTH,
    Need,
    RoomRow,
)
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.ui.formats import moment
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply, catching


class BookForm(forms.Form):
    """Which gathering, which thing, and how many where there are several alike."""

    session_id = forms.IntegerField(widget=forms.HiddenInput)
    resource_id = forms.IntegerField(label=gettext_lazy("Hva"))
    count = forms.IntegerField(label=gettext_lazy("Antall"), min_value=1, max_value=200, required=False)


class CateringForm(forms.Form):
    session_id = forms.IntegerField(widget=forms.HiddenInput)
    people = forms.IntegerField(label=gettext_lazy("Til så mange"), min_value=1, max_value=5000)
    what = forms.CharField(label=gettext_lazy("Hva"), max_length=200)
    supplier = forms.CharField(label=gettext_lazy("Fra hvem"), max_length=120, required=False)


class NeedsForm(forms.Form):
    food = forms.MultipleChoiceField(
        label=gettext_lazy("Mat"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(key.value, gettext_lazy(word)) for key, word in NEED_WORDS.items() if key in FOOD],
    )  # fmt: skip
    room = forms.MultipleChoiceField(
        label=gettext_lazy("Rommet og kurset"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(key.value, gettext_lazy(word)) for key, word in NEED_WORDS.items() if key not in FOOD],
    )  # fmt: skip
    other = forms.CharField(
        label=gettext_lazy("Hva annet trenger du?"), required=False, max_length=OTHER_LENGTH,
        help_text=gettext_lazy("Bare hvis du har krysset av for annet. Skriv ikke hvorfor."),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=gettext_lazy("Opplysningene kan brukes til å lage mat og gjøre klart rommet på dette kurset"),
        required=False,
    )  # fmt: skip


@page("kurs/<int:run_id>/logistikk/", right=Right.RUN_READ)
def logistics_of(request: PageRequest, run_id: int) -> Reply:
    """Where the gatherings are held and who can use the rooms; for the office what is booked and could be."""
    act, _sep, number = request.POST.get("act", "").partition("-")
    wrong = ""
    book = BookForm(request.POST if act == "book" else None)
    food = CateringForm(request.POST if act == "food" else None)
    if request.method == "POST":
        courses.get_run(request.ctx, run_id=run_id)  # raises NotFound before anything is said of what was sent
        try:
            if notice := _do(request, run_id, act, number, book, food):
                return Reply.done(reverse("courses.logistics_of", args=[run_id]), notice)
            wrong = _("Velg noe fra listen, og prøv igjen.") if act in ("book", "food") else ""
        except NotFound:
            raise
        except DomainError as error:
            if error.code == "refused":
                raise
            wrong = sentence(error)
    shown = courses.get_logistics(request.ctx, run_id=run_id)
    return Reply.page(
        "courses/logistics.html",
        shown,
        status=422 if wrong else 200,
        wrong=wrong,
        food=food,
        plans=[_plan(it, shown) for it in shown.sessions],
        needs=[(_(NEED_WORDS[it.need]), it.people) for it in shown.needs.counts] if shown.needs else [],
        crumbs=[
            {"label": _("Kurs"), "url": reverse("courses.run_list")},
            {"label": shown.run.title, "url": reverse("courses.run", args=[run_id])},
            {"label": _("Rom, kursleder og utstyr")},
        ],
    )


def _do(request: PageRequest, run_id: int, act: str, number: str, book: BookForm, food: CateringForm) -> str:
    """Carry out what was sent. Gives what to say, or nothing where the form is wrong."""
    ctx = request.ctx
    if act == "book" and book.is_valid():
        told = book.cleaned_data
        made = courses.book_for_session(
            ctx, run_id=run_id, session_id=told["session_id"], resource_id=told["resource_id"],
            count=told["count"] or 1,
        )  # fmt: skip
        return " ".join([_("Booket."), *(_(CAUTION_WORDS[it]) for it in made.warnings)])
    if act == "food" and food.is_valid():
        courses.cater_for_session(ctx, run_id=run_id, **food.cleaned_data)
        return _("Bevertningen er ført.")
    if act == "free" and number.isascii() and number.isdigit() and len(number) < 19:
        courses.free_for_run(ctx, run_id=run_id, booking_id=int(number))
        return _("Bookingen er frigitt.")
    return ""


def _plan(it: SessionPlan, shown: LogisticsPage) -> dict[str, Any]:
    """A gathering with its words."""
    return {
        "it": it,
        "name": _("Samling %(n)s: %(when)s") % {"n": it.session.number, "when": moment(it.session.starts_at)},
        "rooms": [(booking, room, *_words(room)) for booking, room in it.rooms],
        "choices": [(row.room, row.minutes, row.is_checked) for row in it.free_rooms],
        "is_over": not shown.may_manage,
    }


def _words(room: RoomRow | None) -> tuple[list[str], list[str], list[str]]:
    if room is None:
        return [], [], []
    return (
        [_(ACCESS_WORDS[key]) for key in room.access],
        [_(word) for key, word in ACCESS_WORDS.items() if key not in room.access],
        [_(FEATURE_WORDS[key]) for key in room.features],
    )


@page("kurs/<int:run_id>/mine-behov/", right=Right.RUN_READ)
def own_needs(request: PageRequest, run_id: int) -> Reply:
    """What I need of food and room: freely told, for this run alone, deleted a week after."""
    found = courses.get_run(request.ctx, run_id=run_id)
    now = logistics.get_own_needs(request.ctx, run_id=run_id)
    initial = {
        "food": [it.value for it in now.needs if it in FOOD], "room": [it.value for it in now.needs if it not in FOOD],
        "other": now.other, "consent": bool(now.needs),
    }  # fmt: skip
    form = NeedsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        with catching(form, DomainError):
            needs = [Need(value) for value in (*told["food"], *told["room"])]
            courses.tell_own_needs(
                request.ctx, run_id=run_id, needs=needs, other=told["other"], consent=told["consent"]
            )
            notice = _("Det er notert. Det slettes en uke etter kurset.") if needs else _("Ingenting er lagret om deg.")
            return Reply.done(reverse("courses.run", args=[run_id]), notice)
    return Reply.page("courses/own_needs.html", found, form=form, has_told=bool(now.needs))
