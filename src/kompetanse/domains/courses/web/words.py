"""What forms, languages, blocks and tasks are called on the pages."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kompetanse.domains.courses.types import (
    TASK_WORDS,
    BlockKind,
    CourseForm,
    CourseLanguage,
    EvaluationForm,
    Hours,
    Reuse,
    TaskKind,
    Teaching,
)
from kompetanse.ui import formats

FORMS = {
    CourseForm.PHYSICAL: lazy("Fysisk"),
    CourseForm.DIGITAL: lazy("Digitalt"),
    CourseForm.HYBRID: lazy("Fysisk og på video"),
}
LANGUAGES = {
    CourseLanguage.BOKMAL: lazy("Norsk, bokmål"),
    CourseLanguage.NYNORSK: lazy("Norsk, nynorsk"),
    CourseLanguage.ENGLISH: lazy("Engelsk"),
}
EVALUATIONS = {
    EvaluationForm.NONE: lazy("Ingen evaluering"),
    EvaluationForm.SHORT: lazy("Kort skjema"),
    EvaluationForm.FULL: lazy("Fullt skjema"),
    EvaluationForm.WITH_FOLLOW_UP: lazy("Fullt skjema og oppfølging etter noen måneder"),
}
REUSES = {
    Reuse.NONE: lazy("Bare jeg"),
    Reuse.REGION: lazy("Alle på kurskontoret"),
}
BLOCKS = {
    BlockKind.THEORY: lazy("Teori"),
    BlockKind.PRACTICE: lazy("Praksis"),
    BlockKind.SELF_STUDY: lazy("Egenstudium"),
    BlockKind.BREAK: lazy("Pause"),
}


def task_name(kind: TaskKind, title: str = "") -> str:
    """What is to be done: one's own words, or what the kind is called."""
    return title or _(TASK_WORDS[kind])


def lasting(minutes: int) -> str:
    """A length of time: 2 timer, 1,5 timer, 45 minutter."""
    if minutes % 15 or minutes < 60:
        hours, left = divmod(minutes, 60)
        return _("%(h)s t %(m)s min") % {"h": hours, "m": left} if hours else _("%(m)s min") % {"m": left}
    told = formats.number(minutes / 60, 2).rstrip("0").rstrip(",.") if minutes % 60 else formats.number(minutes // 60)
    return _("%(h)s t") % {"h": told}


def hours_told(hours: Hours) -> list[tuple[str, str]]:
    """What the hours consist of, as terms and lengths; nothing where there are none."""
    if not hours.total:
        return []
    parts = [
        (_("Teori med kursholder"), hours.theory),
        (_("Praksis med kursholder"), hours.practice),
        (_("Egenstudium"), hours.self_study),
    ]
    return [(_("Timer i alt"), lasting(hours.total)), *((what, lasting(n)) for what, n in parts if n)]


def content_facts(told: Teaching) -> list[tuple[str, object]]:
    """What a run's page says of what it teaches."""
    facts: list[tuple[str, object]] = [
        (_("Målgruppe"), told.target_group),
        (_("Form"), FORMS[told.form]),
        (_("Språk"), LANGUAGES[told.language]),
        *hours_told(told.hours),
        (_("Gir kompetanse"), told.requirement_name or told.requirement_code),
        (_("Gjelder i"), _("%(n)s måneder") % {"n": told.gives_months} if told.gives_months else ""),
        (_("Holdes i"), told.municipality),
        (_("Kontakt"), told.contact),
    ]
    return [(term, value) for term, value in facts if value]
