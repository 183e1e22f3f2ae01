"""What the office fills in about templates, sessions, time blocks and tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kompetanse.domains.courses import rules
from kompetanse.domains.courses.types import (
    AFTERWARDS,
    TASK_WORDS,
    BlockInput,
    BlockKind,
    BlockRow,
    CourseForm,
    CourseInput,
    CourseLanguage,
    EvaluationForm,
    Reuse,
    RunFromCourse,
    SessionInput,
    SessionRow,
    TaskKind,
)
from kompetanse.ui.fields import DayField

from .words import BLOCKS, EVALUATIONS, FORMS, LANGUAGES, REUSES, task_name

Choices = Iterable[tuple[Any, Any]]
CODES = re.compile(r"[\s,;]+")


class ClockField(forms.TimeField):
    """A time by the clock: the browser's own picker; also reads 9.00 and 9."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": lazy("Skriv et klokkeslett som 09.30.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S", "%H"], **options)


def _text(label: Any, most: int, *, rows: int = 0, help_text: Any = "", required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text, widget=widget)


def _choice(label: Any, kind: Any, words: Mapping[Any, Any]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=kind, choices=[(key.value, text) for key, text in words.items()])


def _hours(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=2000, max_digits=6, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), localize=True,
    )  # fmt: skip


class TemplateForm(forms.Form):
    """What a course is. Hours with decimals; the checklist as days by kind of task, empty for not needed."""

    title_nb = _text(lazy("Navn på bokmål"), 160, required=True)
    title_nn = _text(lazy("Navn på nynorsk"), 160)
    description = _text(lazy("Om kurset"), 8000, rows=5)
    target_group = _text(lazy("Målgruppe"), 300)
    goals = _text(lazy("Læringsmål"), 4000, rows=4)
    language = _choice(lazy("Språk"), CourseLanguage, LANGUAGES)
    form = _choice(lazy("Form"), CourseForm, FORMS)
    theory = _hours(lazy("Timer teori med kursholder"))
    practice = _hours(lazy("Timer praksis med kursholder"))
    self_study = _hours(lazy("Timer egenstudium"))
    requirement_code = forms.ChoiceField(label=lazy("Gir kompetanse i kravet"), required=False)
    gives_months = forms.IntegerField(
        label=lazy("Gjelder i antall måneder"), required=False, min_value=1, max_value=600,
        help_text=lazy("La stå tomt når kravet selv sier hvor lenge det gjelder."),
    )  # fmt: skip
    required_codes = _text(
        lazy("Krav man må ha fra før"), 400, help_text=lazy("Koder fra kravregisteret, med komma mellom: HLR, VARME.")
    )
    required_courses = forms.TypedMultipleChoiceField(
        label=lazy("Kurs man må ha tatt før"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    min_seats = forms.IntegerField(label=lazy("Laveste antall deltakere"), min_value=1, max_value=10_000, initial=5)
    max_seats = forms.IntegerField(label=lazy("Høyeste antall deltakere"), min_value=1, max_value=10_000, initial=20)
    contact = _text(lazy("Kontaktperson"), 200, help_text=lazy("Navn, telefon eller e-post som deltakerne får se."))
    evaluation = _choice(lazy("Evaluering"), EvaluationForm, EVALUATIONS)
    reuse = _choice(lazy("Hvem kan bruke malen"), Reuse, REUSES)

    def __init__(self, data: Any, *, requirements: Choices, courses: Choices, initial: Any = None) -> None:
        super().__init__(data, initial=initial or {"evaluation": EvaluationForm.SHORT, "reuse": Reuse.REGION})
        self._choices("requirement_code", [("", _("Ingen")), *requirements])
        self._choices("required_courses", courses)
        if not list(courses):
            del self.fields["required_courses"]
        for kind in TASK_WORDS:
            told = _("%(task)s, dager etter slutt") if kind in AFTERWARDS else _("%(task)s, dager før start")
            self.fields[f"task_{kind.value}"] = forms.IntegerField(
                label=told % {"task": task_name(kind)},
                required=False, min_value=0, max_value=400,
                help_text=_("Tomt når det ikke trengs.") if kind is TaskKind.ROOM else "",
            )  # fmt: skip

    def as_input(self) -> CourseInput:
        told = dict(self.cleaned_data)
        minutes = {
            f"{name}_minutes": round((told.pop(name) or 0) * 60) for name in ("theory", "practice", "self_study")
        }
        days = {kind: told.pop(f"task_{kind.value}") for kind in TASK_WORDS}
        codes = tuple(code for code in CODES.split(told.pop("required_codes")) if code)
        return CourseInput(
            **told | minutes | {"required_courses": tuple(told.get("required_courses", ()))}, required_codes=codes,
            checklist={kind: day for kind, day in days.items() if day is not None},
        )  # fmt: skip

    def _choices(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def told_of(course: CourseInput) -> dict[str, Any]:
    """What the form begins with where a template is changed."""
    names = ("title_nb", "title_nn", "description", "target_group", "goals", "language", "form", "requirement_code")
    more = ("gives_months", "min_seats", "max_seats", "contact", "evaluation", "reuse")
    return {
        **{name: getattr(course, name) for name in (*names, *more)},
        **{name: getattr(course, f"{name}_minutes") / 60 or None for name in ("theory", "practice", "self_study")},
        "required_codes": ", ".join(course.required_codes),
        "required_courses": list(course.required_courses),
        **{f"task_{kind.value}": days for kind, days in course.checklist.items()},
    }


class LinkForm(forms.Form):
    title = _text(lazy("Navn på lenken"), 160)
    url = _text(lazy("Lenke"), 500, required=True, help_text=lazy("Begynner med https://"))


class PaperForm(forms.Form):
    title = _text(lazy("Navn på dokumentet"), 160)
    file = forms.FileField(label=lazy("Fil"), help_text=lazy("PDF, JPEG eller PNG, høyst 10 MB."))


class SessionForm(forms.Form):
    """A gathering: a day and two times by the clock."""

    title = _text(lazy("Navn på samlingen"), 160)
    day = DayField(label=lazy("Dag"))
    starts = ClockField(label=lazy("Begynner"))
    ends = ClockField(label=lazy("Slutter"))
    last_day = DayField(label=lazy("Siste dag"), required=False, help_text=lazy("Bare når den varer over midnatt."))
    place = _text(lazy("Sted"), 120)
    room = _text(lazy("Rom"), 120)
    video_link = _text(lazy("Lenke til video"), 300, help_text=lazy("Begynner med https://"))

    def as_input(self) -> SessionInput:
        """Raises ClockTimeIsMissing or ClockTimeIsTwice."""
        told = self.cleaned_data
        return SessionInput(
            rules.wall_clock(told["day"], told["starts"]),
            rules.wall_clock(told["last_day"] or told["day"], told["ends"]),
            told["title"], told["place"], told["room"], told["video_link"],
        )  # fmt: skip


def session_told(row: SessionRow) -> dict[str, Any]:
    first, last = row.starts_at.astimezone(rules.NORWAY), row.ends_at.astimezone(rules.NORWAY)
    return {
        "title": row.title, "day": first.date(), "starts": first.time(), "ends": last.time(),
        "last_day": last.date() if last.date() != first.date() else None, "place": row.place, "room": row.room,
        "video_link": row.video_link,
    }  # fmt: skip


class PlanForm(SessionForm):
    """A run of a template: the measure, the first session, further days at the same times, seats and deadline."""

    field_order = ("measure", "title", "day", "starts", "ends", "more_days", "place", "municipality", "room")
    measure = forms.TypedChoiceField(label=lazy("Tiltak i planen"), coerce=int)
    title = _text(lazy("Navn på kurset"), 160, required=True)
    last_day = None  # type: ignore[assignment]
    more_days = _text(
        lazy("Flere samlinger"),
        400,
        help_text=lazy("Dager til samme klokkeslett, med komma mellom: 14.6.2027, 21.6.2027."),
    )
    place = _text(lazy("Sted"), 120, required=True)
    municipality = forms.TypedChoiceField(label=lazy("Kommune"), coerce=int, empty_value=None, required=False)
    min_seats = forms.IntegerField(label=lazy("Laveste antall deltakere"), min_value=1, max_value=10_000)
    max_seats = forms.IntegerField(label=lazy("Høyeste antall deltakere"), min_value=1, max_value=10_000)
    deadline = DayField(label=lazy("Påmeldingsfrist"))

    def __init__(self, data: Any, *, measures: Choices, municipalities: Choices, initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["measure"].choices = list(measures)  # type: ignore[attr-defined]
        self.fields["municipality"].choices = [("", _("Ikke valgt")), *municipalities]  # type: ignore[attr-defined]

    def clean_more_days(self) -> list[date]:
        field, found = DayField(), []
        for text in re.split(r"[\s,;]+", self.cleaned_data["more_days"]):
            if text:
                try:
                    found.append(field.clean(text.rstrip(".")))
                except ValidationError as error:
                    raise ValidationError(_("Skriv dagene som 14.6.2027, med komma mellom.")) from error
        return found

    def as_run(self, course_id: int) -> RunFromCourse:
        """Raises ClockTimeIsMissing or ClockTimeIsTwice."""
        told = self.cleaned_data
        sessions = tuple(
            SessionInput(
                rules.wall_clock(day, told["starts"]), rules.wall_clock(day, told["ends"]), "", told["place"],
                told["room"], told["video_link"],
            )
            for day in (told["day"], *told["more_days"])
        )  # fmt: skip
        return RunFromCourse(
            course_id, told["measure"], sessions, told["place"], told["deadline"], told["title"], told["room"],
            told["municipality"], told["min_seats"], told["max_seats"],
        )  # fmt: skip


class BlockForm(forms.Form):
    """One time block; an empty line is left out. After midnight is the day after."""

    starts = ClockField(label=lazy("Fra"), required=False)
    ends = ClockField(label=lazy("Til"), required=False)
    kind = forms.TypedChoiceField(
        label=lazy("Slag"), coerce=BlockKind, choices=[(key.value, text) for key, text in BLOCKS.items()]
    )
    title = _text(lazy("Hva"), 160)

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or {})
        if not self.errors and (told.get("starts") is None) != (told.get("ends") is None):
            raise ValidationError(_("Skriv både når blokken begynner og når den slutter, eller ingen av delene."))
        return told


BlockForms = forms.formset_factory(BlockForm, extra=3, max_num=40, absolute_max=40, validate_max=True)


def blocks_told(blocks: Iterable[BlockRow]) -> list[dict[str, Any]]:
    return [
        {
            "starts": row.starts_at.astimezone(rules.NORWAY).time(),
            "ends": row.ends_at.astimezone(rules.NORWAY).time(), "kind": row.kind, "title": row.title,
        }
        for row in blocks
    ]  # fmt: skip


def blocks_input(session: SessionRow, lines: Iterable[dict[str, Any]]) -> list[BlockInput]:
    """The lines as blocks of the session: in a session past midnight, what is before its start is the day after.

    Raises ClockTimeIsMissing or ClockTimeIsTwice.
    """
    first, last = (moment.astimezone(rules.NORWAY) for moment in (session.starts_at, session.ends_at))
    overnight = last.date() > first.date()

    def moment(clock: time) -> Any:
        later = overnight and clock < first.time()
        return rules.wall_clock(first.date() + timedelta(days=1 if later else 0), clock)

    return [
        BlockInput(line["kind"], moment(line["starts"]), moment(line["ends"]), line["title"])
        for line in lines
        if line.get("starts") is not None
    ]


class TaskForm(forms.Form):
    title = _text(lazy("Hva skal gjøres"), 160, required=True)
    due_on = DayField(label=lazy("Frist"))
    owner = forms.TypedChoiceField(label=lazy("Ansvarlig"), coerce=int, empty_value=None, required=False)

    def __init__(self, data: Any, *, owners: Choices) -> None:
        super().__init__(data)
        self.fields["owner"].choices = [("", _("Ingen ennå")), *owners]  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    first_day = DayField(label=lazy("Første dag"))
