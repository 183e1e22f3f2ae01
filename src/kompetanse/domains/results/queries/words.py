"""Counts before their nouns: one is not many, in any of the three languages."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.orders.types import OrderRow, OrderUnit
from kompetanse.kernel.suppression import Shown
from kompetanse.ui import formats


def seats(count: int) -> str:
    return counted(ngettext("%(count)s plass", "%(count)s plasser", count), count)


def ordered(order: OrderRow) -> str:
    """What is ordered: seats, or the office's hours, days or pieces of work."""
    text = {
        OrderUnit.SEAT: ngettext("%(count)s plass", "%(count)s plasser", order.quantity),
        OrderUnit.HOUR: ngettext("%(count)s time", "%(count)s timer", order.quantity),
        OrderUnit.DAY: ngettext("%(count)s dag", "%(count)s dager", order.quantity),
        OrderUnit.PIECE: ngettext("%(count)s oppdrag", "%(count)s oppdrag", order.quantity),
    }[order.unit]
    return counted(text, order.quantity)


def people(count: int | None) -> str:
    """How many people; a need may be told without a number."""
    if count is None:
        return _("antall ikke oppgitt")
    return counted(ngettext("%(count)s person", "%(count)s personer", count), count)


def told_people(shown: Shown) -> str:
    """What may be told of how many people: the number, «minst n personer», or that it is few."""
    if shown.value is not None:
        return people(shown.value)
    if shown.at_least is not None:
        return _("minst %(count)s personer") % {"count": formats.number(shown.at_least)}
    return _("få personer")


def municipalities(count: int) -> str:
    return counted(ngettext("%(count)s kommune", "%(count)s kommuner", count), count)


def counted(text: str, count: int) -> str:
    """A text chosen by its count, with the figure as figures are written."""
    return text % {"count": formats.number(count)}
