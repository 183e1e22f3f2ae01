"""Versions of requirements in words: what each says, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.competence.queries.register import BEGINNING
from kompetanse.domains.competence.queries.words import (
    interval_words,
    shown,
    source_name,
    state_name,
    target_words,
    verified_name,
)
from kompetanse.domains.competence.rules.status import Anchor
from kompetanse.domains.competence.rules.targets import Target, TargetKind
from kompetanse.domains.competence.types import (
    Change,
    MemberInput,
    PreviewRow,
    RequirementHistory,
    Scope,
    State,
    TargetInput,
    Verified,
    VersionInput,
    VersionPreview,
    VersionRow,
)
from kompetanse.ui import formats

NOTHING = "–"


def scope_name(scope: Scope) -> str:
    return {
        Scope.PERSON: _("Den enkelte ansatte"),
        Scope.PERSON_AND_EQUIPMENT: _("Den enkelte ansatte, for hvert utstyr"),
        Scope.TEAM: _("Minst én i arbeidslaget"),
        Scope.RATIO: _("Forholdet mellom ansatte og brukere"),
        Scope.ORGANISATION: _("Kommunen som helhet"),
    }[scope]


def anchor_name(anchor: str) -> str:
    names = {
        Anchor.COMPLETION: _("Dagen opplæringen var fullført"),
        Anchor.PREVIOUS_EXPIRY: _("Den gamle fristen, når den fornyes i tide"),
        Anchor.FIXED_DATE: _("En fast dato i året"),
    }
    return names[Anchor(anchor)] if anchor else NOTHING


def field_name(field: str) -> str:
    return {
        "source_type": _("Bygger på"),
        "reference": _("Henvisning"),
        "applies_to": _("Gjelder"),
        "scope": _("Stilles til"),
        "interval_months": _("Fornyes"),
        "anchor": _("Fristen regnes fra"),
        "fixed_month": _("Fast måned"),
        "fixed_day": _("Fast dag i måneden"),
        "early_window_months": _("Kan fornyes tidlig"),
        "grace_days": _("Slingringsmonn etter fristen"),
        "credit_months": _("Hvor gammelt bevis teller ved ansettelse"),
        "dispensation_months": _("Lengste dispensasjon"),
        "least": _("Minst hvor mange"),
        "consequence_nb": _("Hvis det mangler"),
        "consequence_nn": _("Hvis det mangler (nynorsk)"),
        "verified": _("Kontroll mot kilden"),
        "verified_on": _("Kontrollert dato"),
        "responsible": _("Ansvarlig for oppføringen"),
        "note": _("Merknad"),
        "targets": _("Hvem det gjelder"),
        "alternatives": _("Kan også oppfylles med"),
    }[field]


def months_words(months: int) -> str:
    return ngettext("%(months)s måned", "%(months)s måneder", months) % {"months": months}


def value_words(field: str, value: Any, mark: Verified = Verified.UNCHECKED) -> str:
    """One field's value as people read it. `mark`: how far what is said to be law has been checked."""
    if field == "interval_months":
        return interval_words(value)
    if value in (None, ""):
        return NOTHING
    match field:
        case "source_type":
            return source_name(value, mark)
        case "scope":
            return scope_name(value)
        case "anchor":
            return anchor_name(value)
        case "verified":
            return verified_name(value)
        case "verified_on":
            return formats.day(value)
        case "fixed_month":
            return formats.MONTHS[formats.language()][value - 1]
        case "early_window_months" | "dispensation_months" | "credit_months":
            return months_words(value)
        case "grace_days":
            return ngettext("%(days)s dag", "%(days)s dager", value) % {"days": value}
        case _:
            return str(value)


def ways_words(ways: Iterable[Iterable[MemberInput]], names: dict[str, str]) -> str:
    """A, eller B sammen med C og 30 poeng i D."""
    told = []
    for way in ways:
        parts = [member_words(member, names) for member in way]
        last = parts.pop()
        told.append(_("%(some)s sammen med %(last)s") % {"some": ", ".join(parts), "last": last} if parts else last)
    return _(", eller ").join(told)


def member_words(member: MemberInput, names: dict[str, str]) -> str:
    name = names.get(member.requirement_code, member.requirement_code)
    if member.points is None:
        return f"«{name}»"
    return _("%(points)s poeng i «%(name)s»") % {"points": formats.number(member.points.normalize()), "name": name}


def line_words(line: TargetInput) -> str:
    return target_words(Target(TargetKind(line.kind), line.value, line.within))


def change_parts(changes: Iterable[Change], names: dict[str, str], says: VersionInput) -> list[dict[str, Any]]:
    """What differs, each with its field's name: from what to what, or what is gone and what has come."""
    found: list[dict[str, Any]] = []
    changes = list(changes)
    mark_before = next((Verified(str(it.before)) for it in changes if it.field == "verified"), says.verified)
    for change in changes:
        part: dict[str, Any] = {"label": field_name(change.field)}
        if change.field == "targets":
            part["gone"] = [line_words(line) for line in change.before]  # type: ignore[attr-defined]
            part["come"] = [line_words(line) for line in change.after]  # type: ignore[attr-defined]
        elif change.field == "alternatives":
            part["gone"] = [ways_words([way], names) for way in change.before]  # type: ignore[attr-defined]
            part["come"] = [ways_words([way], names) for way in change.after]  # type: ignore[attr-defined]
        else:
            part["before"] = value_words(change.field, change.before, mark_before)
            part["after"] = value_words(change.field, change.after, says.verified)
        found.append(part)
    return found


def period_words(row: VersionRow) -> str:
    first, last = row.says.valid_from, row.valid_to
    if first == BEGINNING:
        return _("Til %(day)s") % {"day": formats.day(last)} if last else _("Uten fast startdato")
    if last is None:
        return _("Fra %(day)s") % {"day": formats.day(first)}
    return _("Fra %(day)s til %(last)s") % {"day": formats.day(first), "last": formats.day(last)}


def stands(row: VersionRow, today: date) -> tuple[str, str]:
    """(kind, word): how a version stands today."""
    if row.withdrawn_at is not None:
        return "neutral", _("Trukket tilbake")
    if row.says.valid_from > today:
        return "info", _("Kommer")
    if row.valid_to is not None and row.valid_to < today:
        return "neutral", _("Avløst")
    return "ok", _("Gjelder nå")


def version_parts(row: VersionRow, page: RequirementHistory, today: date) -> dict[str, Any]:
    kind, word = stands(row, today)
    return {
        "row": row,
        "period": period_words(row),
        "kind": kind,
        "state": word,
        "source": source_name(row.says.source_type, row.says.verified),
        "changes": change_parts(row.changes, page.names, row.says),
        "may_take_back": page.may_keep and not row.from_file and row.withdrawn_at is None,
        "recorded_by": _("Kom med programmet") if row.from_file else row.recorded_by,
    }


def facts(says: VersionInput, names: dict[str, str]) -> list[tuple[str, str]]:
    """What a version says besides whom it is put to, for those who look it up."""
    renewal = interval_words(says.interval_months)
    if says.anchor == Anchor.FIXED_DATE and says.fixed_month and says.fixed_day:
        month = formats.MONTHS[formats.language()][says.fixed_month - 1]
        renewal += ". " + _("Fristen er %(day)s. %(month)s.") % {"day": says.fixed_day, "month": month}
    if says.early_window_months and says.anchor == Anchor.PREVIOUS_EXPIRY:
        renewal += ". " + _(
            "Fornyet de siste %(months)s månedene før fristen: den nye perioden regnes fra den gamle fristen."
        ) % {"months": says.early_window_months}
    checked = verified_name(says.verified)
    if says.verified_on:
        checked = _("%(mark)s %(day)s") % {"mark": checked, "day": formats.day(says.verified_on)}
    told = [
        (_("Bygger på"), source_name(says.source_type, says.verified)),
        (_("Henvisning"), says.reference),
        (_("Kontroll mot kilden"), checked),
        (_("Ansvarlig for oppføringen"), says.responsible),
        (_("Gjelder"), says.applies_to),
        (_("Stilles til"), scope_name(says.scope)),
        (_("Fornyes"), renewal),
        (_("Slingringsmonn etter fristen"), value_words("grace_days", says.grace_days) if says.grace_days else ""),
        (
            _("Hvor gammelt bevis teller ved ansettelse"),
            "" if says.credit_months is None else months_words(says.credit_months),
        ),
        (_("Lengste dispensasjon"), months_words(says.dispensation_months) if says.dispensation_months else ""),
        (_("Kan også oppfylles med"), ways_words(says.alternatives, names)),
        (_("Hvis det mangler"), shown(says.consequence_nb, says.consequence_nn)),
        (_("Merknad"), says.note),
    ]
    return [(term, text) for term, text in told if text]


def reply_words(accepted: bool | None) -> tuple[str, str]:
    """(kind, word) of what a municipality has answered."""
    if accepted is None:
        return "warn", _("Ikke besvart")
    return ("ok", _("Følger den nye versjonen")) if accepted else ("info", _("Beholder regelen som gjaldt før"))


def people_words(people: int | None) -> str:
    return _("Færre enn 5") if people is None else formats.number(people)


def state_words(state: State | None) -> str:
    return _("Gjelder ikke") if state is None else state_name(state)


def preview_parts(page: VersionPreview, says: VersionInput) -> dict[str, Any]:
    return {"changes": change_parts(page.changes, page.names, says), **effect_parts(page)}


def effect_parts(page: VersionPreview) -> dict[str, Any]:
    """Whom it would move, and whose last day."""

    def line(row: PreviewRow) -> dict[str, Any]:
        return {
            "row": row,
            "before": state_words(row.before),
            "after": state_words(row.after),
            "people": people_words(row.people),
        }

    return {
        "municipalities": [line(row) for row in page.municipalities],
        "units": [line(row) for row in page.units],
        "dates": [
            {"row": row, "sooner": people_words(row.sooner), "later": people_words(row.later)} for row in page.dates
        ],
    }
