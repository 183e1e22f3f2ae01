"""What there is: rooms, trainers and things, each with a form for those who keep them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics import rules
from kompetanse.domains.logistics.api import Right
from kompetanse.domains.logistics.types import Access, RoomsPage
from kompetanse.foundation import access
from kompetanse.kernel.errors import DomainError
from kompetanse.ui import sheets
from kompetanse.ui.charts import Chart
from kompetanse.ui.maps import Spot, region_map
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import EquipmentForm, RoomForm, TrainerForm
from .words import ACCESS, FEATURES


def tabs_of(request: PageRequest, here: str) -> list[dict[str, Any]]:
    """The pages that belong together."""
    items = [("logistics.rooms", _("Rom")), ("logistics.equipment", _("Utstyr"))]
    if access.possible(request.ctx.actor, Right.RESOURCE_MANAGE):
        items.append(("logistics.trainers", _("Kursledere")))
    items.append(("logistics.calendar", _("Kalender")))
    return [{"label": label, "url": reverse(name), "current": name == here} for name, label in items]


@page("rom/", right=Right.RESOURCE_READ)
def rooms(request: PageRequest) -> Reply:
    """Rooms in the region: where they are, how many they take, who can use them. Their keepers write new ones here."""
    asked = request.GET
    people = asked.get("plass", "")
    needed = [key for key in Access if key.value in asked.getlist("krav")]
    free_from, free_to = _moment(asked.get("fra", "")), _moment(asked.get("til", ""))
    shown = logistics.get_rooms(
        request.ctx, place=asked.get("sted", ""), access_needed=needed, free_from=free_from, free_to=free_to,
        people=int(people) if people.isascii() and people.isdigit() and len(people) < 6 else 0,
    )  # fmt: skip
    file = sheets.export(
        asked.get("format", ""), "rom",
        [_("Rom"), _("Sted"), _("Adresse"), _("Plasser"), _("Eier"), _("Tilgjengelighet"), _("I rommet")],
        [
            (row.resource.name, row.resource.place, row.address, row.capacity, row.resource.owner,
             _said(row.access, ACCESS), _said(row.features, FEATURES))
            for row in shown.rooms
        ],
    )  # fmt: skip
    if file:
        return file
    form = RoomForm(request.POST or None, owners=shown.owners) if shown.owners else None
    if form and form.is_bound and form.is_valid() and shown.region_id is not None:
        with catching(form, DomainError):
            made = logistics.add_room(request.ctx, region_id=shown.region_id, room=form.as_input())
            return Reply.done(_there(made), _("Rommet er ført. Sett åpningstidene her."))
    return Reply.page(
        "logistics/rooms.html",
        shown,
        form=form,
        chart=_map(shown),
        tabs=tabs_of(request, "logistics.rooms"),
        rows=[(row, _said(row.access, ACCESS)) for row in shown.rooms],
        needs=[(key.value, word, key in needed) for key, word in ACCESS.items()],
        chosen={
            "sted": asked.get("sted", ""),
            "plass": people,
            "fra": asked.get("fra", "") if free_from else "",
            "til": asked.get("til", "") if free_to else "",
        },
    )


@page("kursledere/", right=Right.TRAINER_READ)
def trainers(request: PageRequest) -> Reply:
    """Those who can hold courses, with what they can; how to reach them for those who book them."""
    skill = request.GET.get("kan", "")[:80]
    shown = logistics.get_trainers(request.ctx, skill=skill)
    form = TrainerForm(request.POST or None, owners=shown.owners) if shown.owners else None
    if form and form.is_bound and form.is_valid() and shown.region_id is not None:
        with catching(form, DomainError):
            made = logistics.add_trainer(request.ctx, region_id=shown.region_id, trainer=form.as_input())
            return Reply.done(_there(made), _("Kurslederen er ført."))
    return Reply.page(
        "logistics/trainers.html", shown, form=form, tabs=tabs_of(request, "logistics.trainers"), skill=skill
    )


@page("utstyr/", right=Right.RESOURCE_READ)
def equipment(request: PageRequest) -> Reply:
    """Things that move, by name and place."""
    shown = logistics.get_equipment(request.ctx)
    form = EquipmentForm(request.POST or None, owners=shown.owners) if shown.owners else None
    if form and form.is_bound and form.is_valid() and shown.region_id is not None:
        with catching(form, DomainError):
            logistics.add_equipment(request.ctx, region_id=shown.region_id, equipment=form.as_input())
            return Reply.done(reverse("logistics.equipment"), _("Utstyret er ført."))
    return Reply.page("logistics/equipment.html", shown, form=form, tabs=tabs_of(request, "logistics.equipment"))


def _moment(text: str) -> datetime | None:
    """A time by the Norwegian clock as the browser tells it; None where it is none."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return None
    return told.replace(tzinfo=rules.NORWAY) if told.tzinfo is None else told


def _map(shown: RoomsPage) -> Chart | None:
    """Where the rooms are; the larger circle takes more people."""
    spots = [
        Spot(
            row.resource.name, row.latitude, row.longitude, row.capacity, str(row.capacity),
            kind="ok" if Access.STEP_FREE in row.access else "neutral", cells=(row.resource.place, str(row.capacity)),
            url=_there(row.resource.id),
        )
        for row in shown.rooms
        if row.latitude is not None and row.longitude is not None
    ]  # fmt: skip
    kinds = [("ok", _("Trinnfritt")), ("neutral", _("Ikke ført som trinnfritt"))]
    return region_map(_("Rommene på kartet"), spots, kinds=kinds, columns=(_("Sted"), _("Plasser"))) if spots else None


def _said(keys: Any, words: Any) -> str:
    return ", ".join(str(words[key]) for key in keys)


def _there(resource_id: int) -> str:
    return reverse("logistics.resource", args=[resource_id])
