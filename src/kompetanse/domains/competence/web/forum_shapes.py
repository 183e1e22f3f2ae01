"""From told numbers to words, matrix, map and lines. Everything here is worked out from what is told, never counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from kompetanse.domains.competence.rules import published as rules
from kompetanse.domains.competence.rules.published import Grade, Line, Told
from kompetanse.domains.competence.types import GapRequirement, GapTrend
from kompetanse.domains.organisation.types import MunicipalityRow
from kompetanse.foundation import documents
from kompetanse.kernel.suppression import LEAST, Shown, share
from kompetanse.ui import charts, formats, maps
from kompetanse.ui.matrix import Matrix, MatrixCell, MatrixRow, matrix

NOTHING = "–"
COVERAGE, LACKING, EXPIRING, REQUIRED = "", "mangler", "snart", "gjelder"
KINDS = {
    Grade.NOBODY: "neutral",
    Grade.FEW: "neutral",
    Grade.HIDDEN: "neutral",
    Grade.COVERED: "ok",
    Grade.PARTLY: "warn",
    Grade.POORLY: "bad",
}


def measures() -> list[tuple[str, str]]:
    """What a cell may show."""
    return [
        (COVERAGE, _("Dekket")),
        (LACKING, _("Mangler")),
        (EXPIRING, _("Går ut snart")),
        (REQUIRED, _("Gjelder")),
    ]


def grade_words(grade: Grade) -> str:
    return {
        Grade.NOBODY: _("Kravet gjelder ingen"),
        Grade.FEW: _("Kravet gjelder for få til at mer kan vises"),
        Grade.HIDDEN: _("Fordelingen vises ikke"),
        Grade.COVERED: _("Få eller ingen mangler"),
        Grade.PARTLY: _("Noen mangler"),
        Grade.POORLY: _("Mange mangler"),
    }[grade]


def count_words(shown: Shown) -> str:
    """A told number in words: the number, «minst n», «færre enn 5», or that it is not shown."""
    if shown.value is not None:
        return formats.number(shown.value)
    if shown.at_least is not None:
        return _("minst %(count)s") % {"count": formats.number(shown.at_least)}
    if shown.under:
        return _("færre enn %(least)s") % {"least": LEAST}
    return _("vises ikke")


def coverage_words(line: Line) -> str:
    """How many of those required hold it: in per cent where both numbers are told, else as what is told of them."""
    if line.grade is Grade.NOBODY:
        return NOTHING
    if line.grade is Grade.FEW:
        return count_words(line.required)
    if line.grade is Grade.HIDDEN:
        return _("vises ikke")
    exact = share(line.covered, line.required)
    if exact is not None:
        return formats.percent(exact / 100)
    if line.required.value is None and line.surely:  # a total, of which a part is hidden
        return _("minst %(count)s") % {"count": formats.percent(line.surely / 100)}
    words = {"required": count_words(line.required)}
    if line.covered.hidden and not line.covered.under:
        return _("høyst %(most)s av %(required)s") % {"most": formats.number(line.covered.most), **words}
    return _("%(covered)s av %(required)s") % {"covered": count_words(line.covered), **words}


def measure_words(line: Line, measure: str) -> str:
    if measure == COVERAGE:
        return coverage_words(line)
    shown = {LACKING: line.missing, EXPIRING: line.expiring, REQUIRED: line.required}[measure]
    return count_words(shown) if line.grade is not Grade.NOBODY else NOTHING


def said(line: Line) -> str:
    """The whole of what is told of a cell, for those who hear it."""
    if line.grade in (Grade.NOBODY, Grade.FEW):
        return grade_words(line.grade)
    words = {
        "required": count_words(line.required),
        "missing": count_words(line.missing),
        "expiring": count_words(line.expiring),
    }
    return _("gjelder %(required)s, mangler %(missing)s, går ut snart %(expiring)s") % words


def series_words(series: date) -> str:
    if series.month < 7:
        return _("første halvår %(year)s") % {"year": series.year}
    return _("andre halvår %(year)s") % {"year": series.year}


# --- the matrix, and the same as a file -----------------------------------------------------------------


ORDERS: dict[str, Callable[[Told, GapRequirement], tuple[int, ...]]] = {
    "mangler": lambda told, row: _most_first(told.row_total(row.id, rules.MISSING)),
    "dekning": lambda told, row: (-rules.row_of(told, row.id).lacking, *_most_first(_required(told, row))),
    "gjelder": lambda told, row: _most_first(_required(told, row)),
}


def _required(told: Told, row: GapRequirement) -> Shown:
    return told.row_total(row.id)


def _most_first(shown: Shown) -> tuple[int, ...]:
    return (-shown.least, -shown.most)


def in_order(told: Told, requirements: Iterable[GapRequirement], order: str) -> list[GapRequirement]:
    """By name, by a told number of the whole line, or as the register has them."""
    if order == "navn":
        return sorted(requirements, key=lambda row: row.name.casefold())
    by = ORDERS.get(order)
    return sorted(requirements, key=lambda row: by(told, row)) if by else list(requirements)


def cell(line: Line, measure: str, url: str = "") -> MatrixCell:
    kind = KINDS[line.grade] if measure in (COVERAGE, LACKING) else "neutral"
    return MatrixCell(measure_words(line, measure), kind, said(line), url if line.required.most else "")


def drawn(
    told: Told,
    requirements: list[GapRequirement],
    places: list[MunicipalityRow],
    measure: str,
    *,
    reports: Mapping[int, str],
    picture: str,
) -> Matrix:
    """Requirements down, municipalities across, what they make together first. `reports`: who may open what."""
    rows = [
        MatrixRow(
            row.name,
            (
                cell(rules.row_of(told, row.id), measure),
                *(
                    cell(rules.cell_of(told, row.id, place.tenant_id), measure, reports.get(place.tenant_id, ""))
                    for place in places
                ),
            ),
            f"{picture}?krav={row.id}",
        )
        for row in requirements
    ]
    rows.append(
        MatrixRow(
            _("Kravene til sammen"),
            (
                cell(rules.total_of(told), measure),
                *(cell(rules.column_of(told, place.tenant_id), measure) for place in places),
            ),
        )
    )
    return matrix(
        _("Krav og kommuner"),
        _("Krav"),
        [_("Til sammen"), *(place.name for place in places)],
        rows,
        note=dict(measures())[measure] + ". " + _("Hver person er telt én gang for hvert krav i hver kommune."),
    )


def as_table(
    told: Told, requirements: list[GapRequirement], places: list[MunicipalityRow], measure: str
) -> documents.Table:
    """Exactly what the matrix shows; a number that is told as it is can be reckoned with."""

    def value(line: Line) -> documents.Value:
        shown = {LACKING: line.missing, EXPIRING: line.expiring, REQUIRED: line.required}.get(measure)
        if shown is not None and shown.value is not None and line.grade is not Grade.NOBODY:
            return shown.value
        return measure_words(line, measure)

    return documents.Table(
        dict(measures())[measure],
        (_("Krav"), _("Til sammen"), *(place.name for place in places)),
        [
            *(
                (
                    row.name,
                    value(rules.row_of(told, row.id)),
                    *(value(rules.cell_of(told, row.id, place.tenant_id)) for place in places),
                )
                for row in requirements
            ),
            (
                _("Kravene til sammen"),
                value(rules.total_of(told)),
                *(value(rules.column_of(told, place.tenant_id)) for place in places),
            ),
        ],
    )


# --- the map --------------------------------------------------------------------------------------------


def mapped(told: Told, places: list[MunicipalityRow], title: str, address: str) -> charts.Chart | None:
    """The municipalities where they lie: area by how many are told required, colour and pattern by how they stand.

    None where no place is known.
    """
    spots, used = [], set()
    for place in places:
        if place.latitude is None or place.longitude is None:
            continue
        line = rules.column_of(told, place.tenant_id)
        kind = KINDS[line.grade]
        used.add(kind)
        cells = (
            coverage_words(line), measure_words(line, REQUIRED), measure_words(line, LACKING),
            measure_words(line, EXPIRING),
        )  # fmt: skip
        url = f"{address}&kommune={place.tenant_id}"
        spots.append(
            maps.Spot(place.name, place.latitude, place.longitude, line.required.least, cells[0], kind, cells, url)
        )
    if not spots:
        return None
    words = {
        "ok": grade_words(Grade.COVERED),
        "warn": grade_words(Grade.PARTLY),
        "bad": grade_words(Grade.POORLY),
        "neutral": _("Vises ikke, eller gjelder ingen"),
    }
    return maps.region_map(
        title,
        spots,
        [(kind, word) for kind, word in words.items() if kind in used],
        (_("Dekket"), _("Gjelder"), _("Mangler"), _("Går ut snart")),
        description=_("Sirkelens areal viser hvor mange kravet gjelder. Velg en kommune for å se utviklingen der."),
    )


# --- the lines ------------------------------------------------------------------------------------------


def over_time(trend: GapTrend, title: str, requirement_id: int | None, chosen: list[int]) -> charts.Chart | None:
    """Told coverage month by month for up to three municipalities, or for all together. None where nothing is told."""
    names = {place.tenant_id: place.name for place in trend.municipalities}
    lines = []
    asked: list[int | None] = [*chosen] or [None]
    for place in asked:
        found = [_point(month.told, requirement_id, place) for month in trend.months]
        values = tuple(None if line is None else line.surely for line in found)
        exact = all(line is None or value is None or _is_exact(line) for line, value in zip(found, values, strict=True))
        name = names[place] if place is not None else _("Kommunene til sammen")
        lines.append(charts.Line(name if exact else _("%(place)s, minst") % {"place": name}, values))
    if all(value is None for line in lines for value in line.values):
        return None
    points = [f"{formats.MONTHS[formats.language()][day.month - 1][:3]} {day:%y}" for day in _days(trend)]
    return charts.trend(
        title, points, lines, show=lambda value: formats.percent(value / 100),
        description=_("Andel som er dekket, det siste tallet hver måned. «Minst» der det nøyaktige tallet ikke vises."),
    )  # fmt: skip


def _days(trend: GapTrend) -> list[date]:
    return [month.published_on for month in trend.months]


def _is_exact(line: Line) -> bool:
    return share(line.covered, line.required) is not None


def _point(told: Told, requirement_id: int | None, place: int | None) -> Line | None:
    """The line for this place and requirement; None where that month's table did not tell of them."""
    if (place is not None and place not in told.columns) or (
        requirement_id is not None and requirement_id not in told.rows
    ):
        return None
    if place is None:
        return rules.total_of(told) if requirement_id is None else rules.row_of(told, requirement_id)
    return rules.column_of(told, place) if requirement_id is None else rules.cell_of(told, requirement_id, place)
