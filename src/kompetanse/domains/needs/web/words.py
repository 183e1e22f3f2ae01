"""The needs' enums and sentences on screen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.needs.types import (
    Cause,
    NeedKind,
    PoolOutcome,
    PoolStatus,
    RoundAct,
    Stage,
    Step,
    WantedForm,
)
from kompetanse.kernel.suppression import LEAST, Shown
from kompetanse.kernel.words import Words
from kompetanse.ui import formats

KINDS: dict[NeedKind, Promise] = {
    NeedKind.LEARN: _("Lære: vi må lære det"),
    NeedKind.MOBILISE: _("Mobilisere: noen her kan det allerede"),
    NeedKind.RECRUIT: _("Rekruttere: vi må ansette noen som kan det"),
}
KINDS_SHORT: dict[NeedKind, Promise] = {
    NeedKind.LEARN: _("Lære"),
    NeedKind.MOBILISE: _("Mobilisere"),
    NeedKind.RECRUIT: _("Rekruttere"),
}
CAUSES: dict[Cause, Promise] = {
    Cause.LAW: _("Krav i lov eller forskrift"),
    Cause.INSPECTION: _("Tilsyn"),
    Cause.DEVIATION: _("Avvik eller hendelse"),
    Cause.RENEWAL: _("Må fornyes"),
    Cause.REORGANISATION: _("Omstilling"),
    Cause.NEW_TASKS: _("Nye oppgaver"),
    Cause.RECRUITMENT: _("Vanskelig å rekruttere"),
    Cause.GOAL: _("Mål eller plan"),
    Cause.UPDATE: _("Faglig oppdatering"),
    Cause.WISH: _("Ønske"),
    Cause.OTHER: _("Annen grunn"),
    Cause.NONE: _("Ikke oppgitt"),
}
# What a person may choose; that nothing was told is not chosen.
CAUSES_ASKED = [(cause.value, label) for cause, label in CAUSES.items() if cause is not Cause.NONE]
FORMS: dict[WantedForm, Promise] = {
    WantedForm.ANY: _("Det samme"),
    WantedForm.COURSE: _("Kurs eller samling"),
    WantedForm.ONLINE: _("På nett, i eget tempo"),
    WantedForm.AT_WORK: _("Veiledning på jobben"),
    WantedForm.NETWORK: _("Nettverk eller hospitering"),
    WantedForm.EDUCATION: _("Utdanning med studiepoeng"),
}
STEPS: dict[Step, Promise] = {
    Step.SECTOR: _("Hos lederen over"),
    Step.LIST: _("På kommunens liste"),
    Step.RETURNED: _("Sendt tilbake"),
}
ACTS: dict[RoundAct, Promise] = {
    RoundAct.TOLD: _("Meldt i runden"),
    RoundAct.PASSED: _("Sendt videre til kommunens liste"),
    RoundAct.SENT_BACK: _("Sendt tilbake"),
    RoundAct.TOLD_AGAIN: _("Rettet og sendt på nytt"),
    RoundAct.JOINED: _("Slått sammen med like behov"),
    RoundAct.TAKEN_APART: _("Delt opp igjen"),
    RoundAct.COMMENTED: _("Kommentar"),
    RoundAct.TAKEN_BACK: _("Trukket"),
    RoundAct.APPROVED: _("Godkjent på kommunens liste"),
    RoundAct.LEFT_OUT: _("Ikke med på kommunens liste"),
}
STAGES: dict[Stage, tuple[str, Promise]] = {
    Stage.IN_ROUND: ("info", _("I kommunens runde")),
    Stage.RETURNED: ("warn", _("Sendt tilbake")),
    Stage.REPORTED: ("neutral", _("Meldt")),
    Stage.ALONE: ("neutral", _("Meldt")),
    Stage.POOLED: ("info", _("Samlet med andre")),
    Stage.ON_AGENDA: ("info", _("På saklista")),
    Stage.PRIORITISED: ("ok", _("Prioritert")),
    Stage.DEFERRED: ("warn", _("Utsatt")),
    Stage.REJECTED: ("bad", _("Avslått")),
    Stage.WITHDRAWN: ("neutral", _("Trukket")),
}
POOLS: dict[PoolStatus, tuple[str, Promise]] = {
    PoolStatus.SUGGESTED: ("neutral", _("Forslag")),
    PoolStatus.CONFIRMED: ("ok", _("Bekreftet")),
}
OUTCOMES: dict[PoolOutcome, Promise] = {
    PoolOutcome.PRIORITISED: _("Prioritert"),
    PoolOutcome.DEFERRED: _("Utsatt"),
    PoolOutcome.REJECTED: _("Avslått"),
}


def say(words: Words) -> str:
    """The sentence in the reader's language with its places filled; a reason that is a message of ours, too."""
    params = {
        key: gettext(value) if key == "why" and isinstance(value, str) and value else value
        for key, value in words.params.items()
    }
    text = gettext(words.sentence)
    return text % params if params else text


def count(shown: Shown) -> str:
    """What is told of a number of people: the number, «minst n», «færre enn 5», or that it is not shown."""
    if shown.value is not None:
        return formats.number(shown.value)
    if shown.at_least is not None:
        return gettext("minst %(count)s") % {"count": formats.number(shown.at_least)}
    if shown.under:
        return gettext("færre enn %(least)s") % {"least": LEAST}
    return gettext("vises ikke")
