"""The words of the scale and of who says it, in the reader's written form."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanse.domains.assessments.types import Level, RaterKind


def level_name(level: int) -> str:
    return {
        Level.LEARNING: _("Under opplæring"),
        Level.SUPPORTED: _("Med støtte"),
        Level.INDEPENDENT: _("Selvstendig"),
        Level.TEACHING: _("Kan lære bort"),
    }[Level(level)]


def level_meaning(level: int) -> str:
    """What the level means, in a sentence that a person can recognise themself in."""
    return {
        Level.LEARNING: _("Kjenner til dette, men trenger hjelp for å gjøre det."),
        Level.SUPPORTED: _("Gjør det vanlige på egen hånd, og spør når noe er uvant."),
        Level.INDEPENDENT: _("Gjør dette trygt på egen hånd, også når noe er uvant."),
        Level.TEACHING: _("Veileder andre, og er den de spør."),
    }[Level(level)]


def kind_name(kind: RaterKind) -> str:
    return {
        RaterKind.SELF: _("Den ansatte selv"),
        RaterKind.MANAGER: _("Leder"),
        RaterKind.PEER: _("Kollega"),
        RaterKind.EXPERT: _("Fagperson"),
    }[kind]


def range_words(lowest: int | None, highest: int | None) -> str:
    """The wanted levels, or nothing."""
    if lowest is None or highest is None:
        return ""
    if lowest == highest:
        return level_name(lowest)
    return _("%(lowest)s til %(highest)s") % {"lowest": level_name(lowest), "highest": level_name(highest).lower()}


def chosen_form(bokmal: str, nynorsk: str) -> str:
    return nynorsk if get_language() == "nn" and nynorsk else bokmal
