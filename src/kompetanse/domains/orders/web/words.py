"""Kinds, units, times and routes in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.orders.types import OrderPage, OrderRow, OrderStatus
from kompetanse.domains.orders.types.catalogue import OrderUnit, ServiceKind
from kompetanse.domains.orders.types.delivery import LineKind, LineRow
from kompetanse.domains.orders.types.guidelines import Route, Rule
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.suppression import Shown
from kompetanse.ui import formats


def kinds() -> dict[ServiceKind, str]:
    return {
        ServiceKind.COURSE: _("Kurs"),
        ServiceKind.PATH: _("Læringsløp"),
        ServiceKind.MAPPING: _("Hjelp til kartlegging"),
        ServiceKind.PLANNING: _("Hjelp til planlegging"),
        ServiceKind.SECRETARIAT: _("Sekretariat"),
        ServiceKind.PROCUREMENT: _("Innkjøp"),
        ServiceKind.ADVICE: _("Råd til ledere"),
    }


def units() -> dict[OrderUnit, str]:
    """What is counted, as the label of a number."""
    return {
        OrderUnit.SEAT: _("Antall plasser"),
        OrderUnit.HOUR: _("Antall timer"),
        OrderUnit.DAY: _("Antall dager"),
        OrderUnit.PIECE: _("Antall oppdrag"),
    }


def roles() -> dict[Role, str]:
    return {
        Role.CONTACT_PERSON: _("Kontaktperson"),
        Role.HR: _("HR"),
        Role.CHIEF_EXECUTIVE: _("Kommunedirektør"),
        Role.LEADER: _("Leder, for egen enhet"),
    }


def routes() -> dict[Route, str]:
    return {Route.DIRECT: _("Rett til kurskontoret"), Route.FORUM: _("Via forumet")}


def quantity(count: int, unit: OrderUnit) -> str:
    text = {
        OrderUnit.SEAT: ngettext("%(count)s plass", "%(count)s plasser", count),
        OrderUnit.HOUR: ngettext("%(count)s time", "%(count)s timer", count),
        OrderUnit.DAY: ngettext("%(count)s dag", "%(count)s dager", count),
        OrderUnit.PIECE: ngettext("%(count)s oppdrag", "%(count)s oppdrag", count),
    }[unit]
    return text % {"count": formats.number(count)}


def ordered(order: OrderRow) -> str:
    return quantity(order.quantity, order.unit)


def per(unit: OrderUnit) -> str:
    return {
        OrderUnit.SEAT: _("per plass"),
        OrderUnit.HOUR: _("per time"),
        OrderUnit.DAY: _("per dag"),
        OrderUnit.PIECE: _("per oppdrag"),
    }[unit]


def figure(minutes: int) -> str:
    """Minutes as hours, with a decimal where there is one: 90 is 1,5."""
    return formats.number(minutes / 60, 0 if minutes % 60 == 0 else 1)


def hours(minutes: int) -> str:
    return ngettext("%(count)s time", "%(count)s timer", 1 if minutes == 60 else 2) % {"count": figure(minutes)}


def days(count: int) -> str:
    return ngettext("%(count)s dag", "%(count)s dager", count) % {"count": formats.number(count)}


def told(shown: Shown) -> str:
    """What may be told of a count."""
    if shown.value is not None:
        return formats.number(shown.value)
    if shown.at_least is not None:
        return _("minst %(count)s") % {"count": formats.number(shown.at_least)}
    return _("under 5") if shown.under else _("ikke vist")


def conditions(rule: Rule) -> str:
    """When a rule fits, in words."""
    named = kinds()
    found = [" / ".join(named[kind] for kind in rule.kinds)] if rule.kinds else []
    if rule.cost_from_ore is not None:
        found.append(_("koster fra %(limit)s") % {"limit": formats.kroner(rule.cost_from_ore)})
    if rule.cost_below_ore is not None:
        found.append(_("koster under %(limit)s") % {"limit": formats.kroner(rule.cost_below_ore)})
    if rule.minutes_from is not None:
        found.append(_("tar fra %(limit)s av kontorets tid") % {"limit": hours(rule.minutes_from)})
    if rule.minutes_below is not None:
        found.append(_("tar under %(limit)s av kontorets tid") % {"limit": hours(rule.minutes_below)})
    if rule.municipalities_from is not None:
        text = ngettext("gjelder fra %(count)s kommune", "gjelder fra %(count)s kommuner", rule.municipalities_from)
        found.append(text % {"count": rule.municipalities_from})
    if rule.in_plan is not None:
        found.append(_("står i vedtatt plan") if rule.in_plan else _("står ikke i vedtatt plan"))
    if rule.statutory is not None:
        found.append(_("er lovpålagt") if rule.statutory else _("er ikke lovpålagt"))
    return ", ".join(found) if found else _("alle bestillinger")


def place(number: int | None) -> str:
    return _("Regel %(number)s") % {"number": number} if number is not None else _("Ingen regel passet")


def line(row: LineRow) -> str:
    """What has happened, in words."""
    count = row.count or 0
    return {
        LineKind.PLACED: _("Bestillingen ble sendt"),
        LineKind.CHANGED: _("Antallet ble endret til %(count)s"),
        LineKind.CASE_MADE: _("Bestillingen ble lagt fram som sak for forumet"),
        LineKind.FORUM_YES: _("Forumet sa ja"),
        LineKind.FORUM_NO: _("Forumet sa nei"),
        LineKind.QUOTED: _("Kurskontoret sendte tilbud"),
        LineKind.QUOTE_ACCEPTED: _("Kommunen godtok tilbudet"),
        LineKind.QUOTE_DECLINED: _("Kommunen takket nei til tilbudet"),
        LineKind.ACCEPTED: _("Kurskontoret godtok bestillingen"),
        LineKind.ASSIGNED: _("Oppdraget ble gitt til en medarbeider"),
        LineKind.NAMED: ngettext("%(count)s plass fikk navn", "%(count)s plasser fikk navn", count),
        LineKind.NAME_REMOVED: _("Et navn ble tatt av"),
        LineKind.HANDED_BACK: ngettext(
            "%(count)s plass ble levert tilbake", "%(count)s plasser ble levert tilbake", count
        ),
        LineKind.DELIVERED: _("Kurskontoret meldte bestillingen levert"),
        LineKind.APPROVED: _("Kommunen godkjente leveringen"),
        LineKind.DEVIATION: _("Avvik ble meldt"),
        LineKind.DEVIATION_FOLLOWED: _("Avviket fikk en som følger det opp"),
        LineKind.DEVIATION_CLOSED: _("Avviket ble lukket"),
        LineKind.CANCELLED: _("Bestillingen ble avlyst"),
    }[row.kind] % {"count": formats.number(count)}  # fmt: skip


def next_step(page: OrderPage) -> str:
    """What happens next, and who does it."""
    order, may = page.order, page.may
    if order.status is OrderStatus.AT_FORUM:
        if "forum" in may:
            return _("Forumet har behandlet saken. Før inn hva det bestemte.")
        if "bring" in may:
            return _("Bestillingen skal til forumet. Legg den fram som sak.")
        return _("Bestillingen venter på forumet. Når saken er avgjort, går den videre til kurskontoret.")
    if order.status is OrderStatus.PLACED:
        if "accept" in may:
            return _("Godta bestillingen som den er, eller send et tilbud.")
        return _("Kurskontoret svarer her. Fram til da kan antallet endres.")
    if order.status is OrderStatus.QUOTED:
        if "answer" in may:
            return _("Kurskontoret har sendt et tilbud. Les det og svar.")
        return _("Kommunen har fått et tilbud og skal svare.")
    if order.status is OrderStatus.ACCEPTED:
        if "deliver" in may:
            return _("Bestillingen er avtalt. Meld den levert når arbeidet er gjort.")
        if "name" in may and page.free_seats:
            return _("Plassene er avtalt. Sett navn på dem når dere vet hvem som skal delta.")
        return _("Bestillingen er avtalt. Kurskontoret melder fra her når den er levert.")
    if order.status is OrderStatus.DELIVERED:
        if "approve" in may:
            return _("Kurskontoret har levert. Godkjenn leveringen, eller meld avvik.")
        return _("Bestillingen er levert. Kommunen godkjenner leveringen.")
    if order.status is OrderStatus.APPROVED:
        return _("Leveringen er godkjent. Bestillingen er ferdig.")
    return _("Bestillingen er avlyst. Trenger dere det likevel, bestiller dere på nytt.")


def listed(items: Iterable[str]) -> str:
    return ", ".join(items)


def reason(rule: Rule) -> str:
    """A rule's own words, in the reader's form where it has one."""
    return rule.reason_nn if rule.reason_nn and formats.language() == "nn" else rule.reason_nb
