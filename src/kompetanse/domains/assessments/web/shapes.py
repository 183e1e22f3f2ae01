"""From rows to what is drawn: the words beside each state, the scale's explanation, bars and sheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.assessments.queries.words import kind_name, level_meaning, level_name, range_words
from kompetanse.domains.assessments.rules import Sheet
from kompetanse.domains.assessments.types import (
    AboutPage,
    CampaignRow,
    CampaignStatus,
    Item,
    Level,
    LevelSumRow,
    Progress,
    Rate,
    RaterKind,
    RatingRow,
    Report,
    UnitRateRow,
)
from kompetanse.ui import charts, formats


def scale() -> list[tuple[str, str]]:
    """The four levels with what each means."""
    return [(level_name(level), level_meaning(level)) for level in Level]


def progress_parts(progress: Progress) -> tuple[str, str]:
    """Shape and word of how far an answer has come."""
    return {
        Progress.NOT_BEGUN: ("warn", _("Ikke svart")),
        Progress.BEGUN: ("info", _("Påbegynt")),
        Progress.DONE: ("ok", _("Svart")),
    }[progress]


def rated_parts(progress: Progress) -> tuple[str, str]:
    """Shape and word of how far a leader's rating has come."""
    return {
        Progress.NOT_BEGUN: ("warn", _("Ikke vurdert")),
        Progress.BEGUN: ("info", _("Påbegynt")),
        Progress.DONE: ("ok", _("Vurdert")),
    }[progress]


def status_parts(campaign: CampaignRow) -> tuple[str, str]:
    return {
        CampaignStatus.DRAFT: ("neutral", _("Utkast")),
        CampaignStatus.OPEN: ("ok", _("Åpen")),
        CampaignStatus.CLOSED: ("info", _("Avsluttet")),
    }[campaign.status]


def rate_words(rate: Rate) -> str:
    return _("%(answered)s av %(asked)s") % {"answered": rate.answered, "asked": rate.asked}


def rate_bars(title: str, units: Iterable[UnitRateRow], *, manager: bool) -> charts.Chart:
    """The share that has answered in each unit, in whole per cent, with the table behind."""
    rates = [(row.unit_name, row.manager if manager else row.own) for row in units]
    return charts.bars(
        title,
        [
            charts.Bar(f"{name} ({rate.answered}/{rate.asked})", rate.percent, aim=100)
            for name, rate in rates
            if rate.asked
        ],
        show=lambda value: f"{value:.0f} %",
    )


def unit_bars(campaign: CampaignRow, units: tuple[UnitRateRow, ...]) -> list[charts.Chart]:
    """A chart for each kind of answer that the campaign asks for, where there are units to show."""
    found = []
    if units and campaign.asks_self:
        found.append(rate_bars(_("Svarprosent per enhet, den ansatte selv"), units, manager=False))
    if units and campaign.asks_manager:
        found.append(rate_bars(_("Svarprosent per enhet, leder"), units, manager=True))
    return found


def item_parts(item: Item) -> dict[str, Any]:
    """A requirement with one column for each kind of rater, never mixed."""
    return {
        "item": item,
        "wanted": range_words(item.lowest, item.highest),
        "cells": [(kind_name(kind), rating_parts(item.of(kind))) for kind in RaterKind],
    }


def rating_parts(row: RatingRow | None) -> dict[str, Any] | None:
    """One rating in words: the level, who, when, and through whom."""
    if row is None:
        return None
    by = _("%(name)s, %(day)s") % {"name": row.rater, "day": formats.day(row.rated_at, "short")}
    if row.through:
        by += " " + _("(registrert av %(name)s)") % {"name": row.through}
    return {"level": level_name(row.level), "by": by, "comment": row.comment, "kind": kind_name(row.kind)}


def about_parts(page: AboutPage) -> dict[str, Any]:
    return {
        "page": page,
        "items": [item_parts(item) for item in page.items],
        "kinds": [kind_name(kind) for kind in RaterKind],
        "earlier": [(name, rating_parts(row)) for name, row in page.earlier],
    }


def sum_parts(rows: Iterable[LevelSumRow]) -> list[dict[str, Any]]:
    return [{"row": row, "kind": kind_name(row.kind)} for row in rows]


def target_words(sectors: tuple[str, ...], titles: tuple[str, ...], units: tuple[str, ...]) -> str:
    """Whom a campaign is for, in a line."""
    return "; ".join(", ".join(names) for names in (units, sectors, titles) if names) or _("Hele kommunen")


def reminded_words(count: int) -> str:
    if not count:
        return _("Alle som mangler svar, er allerede påminnet denne uken.")
    told = ngettext("%(n)s person har fått en påminnelse.", "%(n)s personer har fått en påminnelse.", count)
    return told % {"n": count}


def sheets(report: Report) -> list[Sheet]:
    """The report as tables: answers, sums and persons."""
    levels = [level_name(level) for level in Level]
    return [
        Sheet(
            _("Svar"),
            [_("Enhet"), _("Spurt"), _("Svart selv"), _("Til vurdering"), _("Vurdert av leder")],
            [
                (row.unit_name, row.own.asked, row.own.answered, row.manager.asked, row.manager.answered)
                for row in report.units
            ],
        ),
        Sheet(
            _("Nivåer"),
            [_("Enhet"), _("Krav"), _("Hvem som vurderer"), *levels, _("Under ønsket nivå")],
            [
                (unit, row.requirement_name, kind_name(row.kind), *row.counts, row.below)
                for unit, row in report.sums
            ],
        ),
        Sheet(
            _("Personer"),
            [_("Enhet"), _("Navn"), _("Krav"), _("Hvem som vurderer"), _("Nivå"), _("Ønsket nivå")],
            [
                (
                    row.unit_name, row.name, row.requirement_name, kind_name(row.kind), level_name(row.level),
                    range_words(row.lowest, row.highest),
                )
                for row in report.people
            ],
        ),
    ]  # fmt: skip
