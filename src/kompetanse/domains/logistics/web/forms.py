"""What people fill in about rooms, trainers, things and bookings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.logistics.types import (
    MOST_PIECES,
    NAME_LENGTH,
    NOTE_LENGTH,
    TITLE_LENGTH,
    Access,
    EquipmentInput,
    Feature,
    OpenHours,
    OutsideHours,
    ResourcePage,
    RoomInput,
    TrainerInput,
)
from kompetanse.ui.fields import DayField

from .words import ACCESS, FEATURES, OUTSIDE, WEEKDAYS

Owners = Iterable[tuple[int | None, str]]


def _minutes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=1440, initial=0, help_text=_("Minutter som holdes ledige.")
    )


def _several(label: Any, words: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=[(key.value, word) for key, word in words.items()],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class ResourceForm(forms.Form):
    """What all that can be booked has."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Navn"), max_length=NAME_LENGTH)
    owner = forms.ChoiceField(label=_("Hvem eier det?"))
    place = forms.CharField(label=_("Sted"), max_length=60, help_text=_("Tettstedet, for eksempel Rjukan."))
    prepare_minutes = _minutes(_("Rigging før"))
    clear_minutes = _minutes(_("Rydding etter"))
    outside_hours = forms.ChoiceField(
        label=_("Kan det bookes utenfor tidene som er satt?"),
        choices=[(key.value, word) for key, word in OUTSIDE.items()],
    )
    note = forms.CharField(
        label=_("Merknad"), required=False, max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, owners: Owners, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = [(str(key or 0), name) for key, name in owners]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """As the operations take it."""
        told = dict(self.cleaned_data)
        told.pop("version", None)
        told["municipality_id"] = int(told.pop("owner")) or None
        told["outside_hours"] = OutsideHours(told["outside_hours"])
        return told

    def renew(self, version: int) -> None:
        """What was typed stays; the next saving builds on what is saved now."""
        data = MultiValueDict(self.data.lists()) if isinstance(self.data, MultiValueDict) else MultiValueDict()
        data[self.add_prefix("version")] = str(version)
        self.data = data


class RoomForm(ResourceForm):
    address = forms.CharField(label=_("Adresse"), max_length=200)
    capacity = forms.IntegerField(label=_("Plass til så mange"), min_value=1, max_value=5000)
    access = _several(_("Tilgjengelighet"), ACCESS)
    features = _several(_("I rommet"), FEATURES)
    contact = forms.CharField(
        label=_("Kontakt"),
        required=False,
        max_length=200,
        help_text=_("Resepsjon eller rolle, ikke en navngitt person."),
    )
    latitude = forms.FloatField(label=_("Breddegrad"), required=False, min_value=57, max_value=81)
    longitude = forms.FloatField(label=_("Lengdegrad"), required=False, min_value=4, max_value=34)
    field_order = ("version", "name", "owner", "place", "address", "capacity", "access", "features")

    def as_input(self) -> RoomInput:
        told = self.told()
        told["access"] = frozenset(map(Access, told["access"]))
        told["features"] = frozenset(map(Feature, told["features"]))
        return RoomInput(**told)


class TrainerForm(ResourceForm):
    is_external = forms.BooleanField(label=_("Ekstern"), required=False)
    agreed_on = DayField(
        label=_("Sa ja til å stå i registeret"), required=False,
        help_text=_("Kreves for eksterne. Opplysningene brukes bare til regionens kurs."),
    )  # fmt: skip
    is_course_leader = forms.BooleanField(label=_("Står i regionens register over egne kursledere"), required=False)
    skills = forms.CharField(
        label=_("Kan holde"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kravkoder eller emner, ett på hver linje."),
    )  # fmt: skip
    firm = forms.CharField(label=_("Firma eller arbeidssted"), required=False, max_length=120)
    email = forms.EmailField(label=_("E-post"), required=False, max_length=160)
    phone = forms.CharField(label=_("Telefon"), required=False, max_length=40)
    field_order = ("version", "name", "owner", "is_external", "agreed_on", "is_course_leader", "skills")

    def as_input(self, person_id: int | None = None) -> TrainerInput:
        told = self.told()
        told["skills"] = tuple(told["skills"].splitlines())
        return TrainerInput(**told, person_id=person_id)


class EquipmentForm(ResourceForm):
    count = forms.IntegerField(label=_("Antall"), min_value=1, max_value=MOST_PIECES, initial=1)
    field_order = ("version", "name", "owner", "place", "count")

    def as_input(self) -> EquipmentInput:
        return EquipmentInput(**self.told())


class HoursForm(forms.Form):
    """From and to for each weekday; both empty where it is closed."""

    def __init__(self, data: Any, hours: Iterable[OpenHours]) -> None:
        super().__init__(data, auto_id="apent_%s")
        now = {row.weekday: row for row in hours}
        clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        for number, name in enumerate(WEEKDAYS):
            row = now.get(number)
            for key, word, value in (
                ("opens", _("%(day)s fra"), row and row.opens), ("closes", _("%(day)s til"), row and row.closes),
            ):  # fmt: skip
                self.fields[f"{key}_{number}"] = forms.TimeField(
                    label=word % {"day": name}, required=False, widget=clock, initial=value
                )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for number in range(7):
            if (told.get(f"opens_{number}") is None) != (told.get(f"closes_{number}") is None):
                self.add_error(f"closes_{number}", _("Fyll ut begge tidene, eller la begge stå tomme."))
        return told

    def as_hours(self) -> list[OpenHours]:
        told = self.cleaned_data
        return [
            OpenHours(number, told[f"opens_{number}"], told[f"closes_{number}"])
            for number in range(7)
            if told[f"opens_{number}"] is not None
        ]


class PeriodForm(forms.Form):
    first_on = DayField(label=_("Ledig fra"))
    last_on = DayField(label=_("Ledig til og med"))


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


class MoveForm(forms.Form):
    starts_at = _moment(_("Fra"))
    ends_at = _moment(_("Til"))


class BookForm(MoveForm):
    title = forms.CharField(label=_("Hva gjelder det?"), max_length=TITLE_LENGTH)
    is_blocked = forms.BooleanField(
        label=_("Stengt for alle"), required=False, help_text=_("Lånt ut, under arbeid eller kurslederen er borte.")
    )


class CalendarForm(forms.Form):
    """Which days, of what."""

    visning = forms.ChoiceField(label=_("Vis"), choices=[("uke", _("Uke")), ("maned", _("Måned"))], required=False)
    dag = DayField(label=_("Dag"), required=False)
    slag = forms.ChoiceField(label=_("Hva"), required=False)
    sted = forms.ChoiceField(label=_("Sted"), required=False)

    def __init__(self, *, kinds: Iterable[tuple[str, Any]], places: Iterable[str], initial: dict[str, Any]) -> None:
        super().__init__(initial=initial)  # what was understood, not what was asked
        self.fields["slag"].choices = list(kinds)  # type: ignore[attr-defined]
        self.fields["sted"].choices = [("", _("Alle steder")), *((it, it) for it in places)]  # type: ignore[attr-defined]


def initial_of(page: ResourcePage) -> dict[str, Any]:
    """What is there, for the form."""
    row = page.resource
    told: dict[str, Any] = {
        "version": row.version, "name": row.name, "owner": str(row.municipality_id or 0), "place": row.place,
        "prepare_minutes": row.prepare_minutes, "clear_minutes": row.clear_minutes,
        "outside_hours": row.outside_hours.value, "note": row.note,
    }  # fmt: skip
    if page.room:
        told |= {
            "address": page.room.address, "capacity": page.room.capacity, "contact": page.room.contact,
            "features": [it.value for it in page.room.features], "access": [it.value for it in page.room.access],
            "latitude": page.room.latitude, "longitude": page.room.longitude,
        }  # fmt: skip
    if page.trainer:
        it = page.trainer
        told |= {
            "is_external": it.is_external, "is_course_leader": it.is_course_leader, "firm": it.firm,
            "email": it.email, "phone": it.phone, "agreed_on": it.agreed_on, "skills": "\n".join(it.skills),
        }  # fmt: skip
    return told
