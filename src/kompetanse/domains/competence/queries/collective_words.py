"""Why a requirement that is not put to one person stands as it does, in words."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.competence.rules.collective import Ending, Until, Verdict, Why
from kompetanse.domains.competence.types.collective import CollectiveState
from kompetanse.ui.formats import day, number

from .words import shown


def collective_state_name(state: CollectiveState) -> str:
    return {
        CollectiveState.MET: _("Oppfylt"),
        CollectiveState.AT_RISK: _("Kan ryke snart"),
        CollectiveState.NOT_MET: _("Ikke oppfylt"),
        CollectiveState.UNKNOWN: _("Tall mangler"),
    }[state]


def part_name(part: str) -> str:
    """A part in the reader's written form: the register tells both with a bar between, or one where they agree."""
    nb, _bar, nn = part.partition("|")
    return shown(nb, nn)


def posts(value: Fraction | Decimal) -> str:
    """Whole posts as people write them: 2, 1,5 or 0,33; never more than there is."""
    exact = decimal(value)
    return number(exact, 0 if exact == exact.to_integral_value() else 1 if exact * 10 % 1 == 0 else 2)


def decimal(value: Fraction | Decimal) -> Decimal:
    """With two decimals, cut and not rounded up."""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    return value.quantize(Decimal("0.01"), rounding=ROUND_DOWN)


def team_reason(it: Verdict, *, named: bool) -> str:
    held = int(it.held)
    places = {"needed": it.needed, "held": held}
    match it.why:
        case Why.NOBODY:
            return _("Ingen i enheten har det i dag. Det skal være minst %(needed)s.") % places
        case Why.TOO_FEW:
            return _("%(held)s i enheten har det i dag. Det skal være minst %(needed)s.") % places
        case Why.AWAY:
            return _away(named)
        case Why.ENDS:
            return f"{_held(held)} {_ending(it.until, named, alone=held == it.needed == 1)}"
        case _:
            return " ".join([_held(held), _("Det skal være minst %(needed)s.") % places])


def ratio_reason(it: Verdict, uncounted: list[str], *, guessed: bool, named: bool) -> str:
    """`uncounted`: the names of the parts that nobody has counted; `guessed`: the register told no size of a post."""
    if it.why is Why.UNCOUNTED:
        return _("Antallet er ikke ført: %(parts)s. Før det for å se om kravet er oppfylt.") % {
            "parts": ", ".join(uncounted)
        }
    if it.why is Why.NONE_NEEDED:
        return _("Tallene krever ingen stilling i dag.")
    told = [
        _("Tallene krever %(needed)s hele stillinger. %(held)s er fylt av noen med kompetansen.")
        % {"needed": it.needed, "held": posts(it.held)}
    ]
    if it.dispensed:
        told.append(
            _("%(posts)s er fylt med dispensasjon: det fyller stillingen, men er ikke kompetanse (delvis kontrollert).")
            % {"posts": posts(it.dispensed)}
        )
    if it.missing:
        told.append(_("Det mangler %(posts)s.") % {"posts": posts(missing_posts(it.missing))})
    if it.why is Why.ENDS:
        told.append(_ending(it.until, named, alone=False))
    if guessed:
        told.append(_("Stillinger uten prosent i lønnssystemet er regnet som hele."))
    return " ".join(told)


def missing_posts(value: Fraction) -> Decimal:
    """What is missing with two decimals, rounded up: nothing that lacks is shown as nothing."""
    hundredths = -(-value.numerator * 100 // value.denominator)
    return (Decimal(hundredths) / 100).quantize(Decimal("0.01"))


def part_reason(it: Verdict, with_whom: list[str], *, named: bool) -> str:
    """`with_whom`: those whom the municipality has arranged with."""
    held = int(it.held)
    told = []
    if held:
        told.append(ngettext("%(n)s er ansatt i dag.", "%(n)s er ansatt i dag.", held) % {"n": held})
    if with_whom:
        told.append(_("Avtale med %(names)s.") % {"names": ", ".join(with_whom)})
    if it.why is Why.AWAY:
        told.append(_away(named))
    if it.why is Why.ENDS:
        told.append(_ending(it.until, named, alone=held + len(with_whom) == 1))
    if it.why is Why.NOBODY:
        told.append(_("Ingen er ansatt, og det er ikke ført noen avtale med andre."))
    return " ".join(told)


def _held(held: int) -> str:
    return ngettext("%(n)s har det i dag.", "%(n)s har det i dag.", held) % {"n": held}


def _away(named: bool) -> str:
    """Somebody's leave is told to those who may see whose it is."""
    if named:
        return _("Den som har det, er i permisjon. Ingen på jobb har det i dag.")
    return _("Den som har det, er ikke på jobb i dag.")


def _ending(until: Until, named: bool, *, alone: bool) -> str:
    places = {"day": day(until.day)}
    if until.ending is Ending.ARRANGEMENT:
        return _("Avtalen gjelder til og med %(day)s.") % places
    if not named:
        return _("Etter %(day)s er det for få.") % places
    match until.ending:
        case Ending.POST:
            text = _("Siste dag i stillingen er %(day)s.") % places
        case Ending.LEAVE:
            text = _("Siste dag før permisjon er %(day)s.") % places
        case Ending.DISPENSATION:
            text = _("En dispensasjon gjelder til og med %(day)s.") % places
        case _:
            text = _("Et bevis gjelder til og med %(day)s.") % places
    return text if alone else text + " " + _("Etter det er det for få.")


def count_words(name: str, number_told: int, since: date) -> str:
    """What was counted, and from when."""
    return _("%(number)s %(name)s (fra %(day)s)") % {"number": number_told, "name": name, "day": day(since)}
