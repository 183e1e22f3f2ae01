"""The reasons in words: why something is required, what answers it, and where a date comes from."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanse.domains.competence.rules.status import ExpiryRule, Pass
from kompetanse.domains.competence.rules.targets import Target, TargetKind
from kompetanse.domains.competence.types import EvidenceSource, SourceType, State, Verified
from kompetanse.domains.organisation.types import StaffRow
from kompetanse.ui.formats import day


def shown(nb: str, nn: str) -> str:
    """The name in the reader's written form."""
    return nn if nn and (get_language() or "").startswith("nn") else nb


def state_name(state: State) -> str:
    return {
        State.HELD: _("Har"),
        State.EXPIRING: _("Går ut snart"),
        State.EXPIRED: _("Gått ut"),
        State.MISSING: _("Mangler"),
        State.ON_LEAVE: _("I permisjon"),
        State.DISPENSED: _("Dispensasjon"),
    }[state]


def source_name(source: SourceType, verified: Verified) -> str:
    """What a requirement rests on. What nobody has checked is never called law."""
    name = {
        SourceType.ACT: _("Lov"),
        SourceType.REGULATION: _("Forskrift"),
        SourceType.ROAD_NORM: _("Vegnormal"),
        SourceType.INSURANCE: _("Forsikringsvilkår"),
        SourceType.OWNER: _("Krav fra anleggseier"),
        SourceType.TARIFF: _("Tariffavtale"),
        SourceType.GUIDANCE: _("Veileder"),
        SourceType.TRADE_NORM: _("Bransjenorm"),
        SourceType.INTERNAL: _("Internt krav"),
    }[source]
    if verified is Verified.UNCHECKED:
        return _("Oppgitt som %(source)s, ikke kontrollert") % {"source": name.lower()}
    return name


def verified_name(verified: Verified) -> str:
    return {
        Verified.SEEN: _("Kontrollert mot kilden"),
        Verified.PARTLY: _("Delvis kontrollert"),
        Verified.UNCHECKED: _("Ikke kontrollert"),
    }[verified]


def evidence_source_name(source: EvidenceSource) -> str:
    return {
        EvidenceSource.IMPORT: _("Fra kommunens gamle register"),
        EvidenceSource.COURSE: _("Fra oppmøte på kurs"),
        EvidenceSource.REGISTRY: _("Fra nasjonalt register"),
        EvidenceSource.MANAGER: _("Registrert av leder"),
        EvidenceSource.SELF: _("Oppgitt av den ansatte"),
    }[source]


def interval_words(months: int | None) -> str:
    if months is None:
        return _("Ingen fast frist")
    if months % 12 == 0:
        years = months // 12
        return _("Hvert år") if years == 1 else _("Hvert %(years)s. år") % {"years": years}
    return _("Hver %(months)s. måned") % {"months": months}


def target_words(target: Target) -> str:
    """One way to come under a requirement, as the register tells it."""
    text = {
        TargetKind.EVERYONE: _("Alle ansatte"),
        TargetKind.POSITION: _("Stilling: %(value)s"),
        TargetKind.LEADER: _("Alle som leder andre"),
        TargetKind.SECTOR: _("Alle i %(value)s"),
        TargetKind.UNIT: _("Alle ved enheter med «%(value)s» i navnet"),
        TargetKind.ROLE: _("Rolle: %(value)s"),
    }[target.kind]
    text = text % {"value": target.value} if "%(" in text else text
    if target.within:
        text += " " + _("(bare ved enheter med «%(within)s» i navnet)") % {"within": target.within}
    return text


def why_required(target: Target, post: StaffRow) -> str:
    """Which post makes it required, and by what."""
    place = {"title": post.position_title, "unit": post.unit_name, "sector": post.sector, "role": target.value}
    match target.kind:
        case TargetKind.EVERYONE:
            return _("Gjelder alle ansatte.")
        case TargetKind.POSITION:
            return _("Gjelder stillingen %(title)s ved %(unit)s.") % place
        case TargetKind.LEADER:
            return _("Gjelder alle som leder andre: %(title)s ved %(unit)s.") % place
        case TargetKind.SECTOR:
            return _("Gjelder alle i %(sector)s: %(title)s ved %(unit)s.") % place
        case TargetKind.UNIT:
            return _("Gjelder alle som arbeider ved %(unit)s: %(title)s.") % place
        case TargetKind.ROLE:
            return _("Gjelder rollen %(role)s.") % place


def why_state(
    state: State, beneath: State, best: Pass | None, title: str, covered_by: str, interval_months: int | None
) -> str:
    """Which evidence answers, and how its last day was found. `covered_by`: the other requirement it proves."""
    if best is None and beneath is not State.MISSING:
        text = _("Kravet er oppfylt av flere bevis til sammen.")
    elif best is None:
        text = _("Det er ikke registrert noe bevis.")
    else:
        text = _("«%(title)s», fullført %(day)s.") % {"title": title, "day": day(best.proof.completed_on)}
        if covered_by:
            text += " " + _("Det er et bevis for «%(other)s», som dekker dette kravet.") % {"other": covered_by}
        if best.expires_on is None:
            text += " " + _("Beviset går ikke ut.")
        else:
            text += " " + _last_day(best.rule, best.expires_on, interval_months)
    if state is State.DISPENSED:
        text = _("Det er gitt dispensasjon. Den regnes ikke som kompetanse.") + " " + text
    if state is State.ON_LEAVE:
        text = _("I permisjon i dag, og regnes ikke som mangel.") + " " + text
    return text


def _last_day(rule: ExpiryRule, end: date, interval_months: int | None) -> str:
    places = {"end": day(end), "interval": interval_words(interval_months).lower()}
    match rule:
        case ExpiryRule.STATED:
            return _("Siste dag %(end)s står på beviset.") % places
        case ExpiryRule.KEPT_DATE:
            return _("Fornyet i god tid, så den nye perioden regnes fra den gamle fristen: til %(end)s.") % places
        case ExpiryRule.FIXED_DATE:
            return _("Fornyes til en fast dato: gjelder til %(end)s.") % places
        case ExpiryRule.COVERING:
            return _("Det gjelder til %(end)s, og lenger dekker det heller ikke dette kravet.") % places
        case _:
            return _("Fornyes %(interval)s, regnet fra fullført dag: gjelder til %(end)s.") % places
