"""The priorities' enums and sentences on screen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.priorities.types import Agreement, Criterion, Kept, PeopleClass, RoundStatus, Swap
from kompetanse.ui import formats

CRITERIA: dict[Criterion, Promise] = {
    Criterion.STATUTORY: _("Lovpålagt"),
    Criterion.MUNICIPALITIES: _("Hvor mange kommuner"),
    Criterion.PEOPLE: _("Hvor mange folk"),
    Criterion.GOAL: _("Strategisk mål"),
    Criterion.COST: _("Kostnad per person"),
    Criterion.FUNDING: _("Penger utenfra"),
    Criterion.CAPACITY: _("Egne krefter"),
    Criterion.RISK: _("Fare hvis det ikke gjøres"),
}
QUESTIONS: dict[Criterion, Promise] = {
    Criterion.GOAL: _("Svarer det på et mål som rådene har vedtatt?"),
    Criterion.COST: _("Hva koster det per person?"),
    Criterion.FUNDING: _("Kan vi få penger utenfra?"),
    Criterion.CAPACITY: _("Har regionen selv folk som kan holde det?"),
    Criterion.RISK: _("Hva skjer hvis det ikke blir gjort?"),
}
# What each step of the scale means, from 0 to 3: the higher, the more it speaks for doing it.
ANCHORS: dict[Criterion, tuple[Promise, Promise, Promise, Promise]] = {
    Criterion.GOAL: (
        _("Ikke noe mål nevner det"),
        _("Et mål berører det"),
        _("Et mål trenger det"),
        _("Et mål kan ikke nås uten"),
    ),
    Criterion.COST: (_("Svært mye"), _("Mer enn vanlig"), _("Som vanlig"), _("Lite eller ingenting")),
    Criterion.FUNDING: (_("Nei"), _("Kanskje, må søkes"), _("Ja, en del"), _("Ja, det meste")),
    Criterion.CAPACITY: (
        _("Nei, må kjøpes"),
        _("Noe, resten må kjøpes"),
        _("Ja, med litt hjelp"),
        _("Ja, vi kan holde det selv"),
    ),
    Criterion.RISK: (
        _("Lite, det kan vente"),
        _("Tjenesten blir dårligere"),
        _("Lovbrudd eller pålegg"),
        _("Fare for liv og helse"),
    ),
}
STATUSES: dict[RoundStatus, tuple[str, Promise]] = {
    RoundStatus.PREPARING: ("neutral", _("Forberedes")),
    RoundStatus.SCORING: ("info", _("Poeng gis")),
    RoundStatus.DISCUSSING: ("info", _("Uenigheten drøftes")),
    RoundStatus.RANKED: ("info", _("Rangert")),
    RoundStatus.HANDED_OVER: ("ok", _("Lagt fram i saken")),
}
AGREEMENTS: dict[Agreement, tuple[str, Promise]] = {
    Agreement.AGREED: ("ok", _("Enige")),
    Agreement.SPREAD: ("warn", _("Noe ulikt")),
    Agreement.APART: ("bad", _("Langt fra hverandre")),
}
PEOPLE: dict[PeopleClass, Promise] = {
    PeopleClass.FEW: _("under 10"),
    PeopleClass.SOME: _("10–29"),
    PeopleClass.MANY: _("30–99"),
    PeopleClass.MOST: _("100 eller flere"),
}


def steady(kept: Kept, place: int, top: int) -> str:
    """How robust a place is, in words."""
    told = {
        "place": formats.percent(kept.place / kept.draws),
        "top": top,
        "side": formats.percent(kept.top / kept.draws),
    }
    if place <= top:
        return gettext("Beholder plassen i %(place)s av trekningene, og er blant de %(top)s første i %(side)s.") % told
    return gettext("Beholder plassen i %(place)s av trekningene, og er utenfor de %(top)s første i %(side)s.") % told


def swapped(swap: Swap | None, other: str) -> str:
    """What it takes for the next to pass, in words."""
    if swap is None:
        return ""
    if swap.criterion is None:
        return gettext("Ingen enkelt vekt gir plassen til «%(other)s».") % {"other": other}
    if swap.needed == swap.weight:
        return gettext("Står likt med «%(other)s».") % {"other": other}
    told = {
        "other": other,
        "criterion": CRITERIA[swap.criterion],
        "now": swap.weight,
        "needed": formats.number(float(swap.needed), 1),
    }
    if swap.needed > swap.weight:
        return (
            gettext(
                "Mister plassen til «%(other)s» hvis vekten på «%(criterion)s» økes fra %(now)s til over %(needed)s."
            )
            % told
        )
    return (
        gettext(
            "Mister plassen til «%(other)s» hvis vekten på «%(criterion)s» senkes fra %(now)s til under %(needed)s."
        )
        % told
    )
