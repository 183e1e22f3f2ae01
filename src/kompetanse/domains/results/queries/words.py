"""Counts before their nouns: one is not many, in any of the three languages."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.ui import formats


def seats(count: int) -> str:
    return counted(ngettext("%(count)s plass", "%(count)s plasser", count), count)


def people(count: int | None) -> str:
    """How many people; a need may be told without a number."""
    if count is None:
        return _("antall ikke oppgitt")
    return counted(ngettext("%(count)s person", "%(count)s personer", count), count)


def municipalities(count: int) -> str:
    return counted(ngettext("%(count)s kommune", "%(count)s kommuner", count), count)


def counted(text: str, count: int) -> str:
    """A text chosen by its count, with the figure as figures are written."""
    return text % {"count": formats.number(count)}
