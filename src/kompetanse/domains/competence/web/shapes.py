"""From rows to what is drawn: each state has its word and its shape, the same on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.competence.queries.words import (
    evidence_source_name,
    interval_words,
    source_name,
    state_name,
    verified_name,
)
from kompetanse.domains.competence.types import (
    Cell,
    EvidencePage,
    EvidenceRow,
    MatrixColumn,
    PersonPage,
    RequirementRow,
    State,
    StatusRow,
    UnitMatrix,
    Verified,
)
from kompetanse.domains.competence.types.ledger import LeaveWarning, SignOffRow
from kompetanse.domains.competence.types.under_way import UnderWay
from kompetanse.ui import formats
from kompetanse.ui.matrix import Matrix, MatrixCell, MatrixRow, matrix

# Shape and colour of a state; the word stands beside, always.
KINDS = {
    State.HELD: "ok",
    State.EXPIRING: "warn",
    State.EXPIRED: "bad",
    State.MISSING: "bad",
    State.ON_LEAVE: "info",
    State.DISPENSED: "info",
}
VERIFIED_KINDS = {Verified.SEEN: "ok", Verified.PARTLY: "info", Verified.UNCHECKED: "warn"}


@dataclass(frozen=True, slots=True)
class Group:
    """Requirements in one state, under one heading."""

    title: str
    lead: str
    statuses: tuple[dict[str, Any], ...]


def status_parts(row: StatusRow, under_way: Sequence[UnderWay] = ()) -> dict[str, Any]:
    return {
        "row": row,
        "under_way": under_way,
        "kind": KINDS[row.state],
        "state": state_name(row.state),
        "source": source_name(row.source_type, row.verified),
        "todo": "" if under_way else what_to_do(row.state),
    }


def what_to_do(state: State) -> str:
    return {
        State.MISSING: _("Vis lederen din beviset hvis du har det. Har du det ikke, trenger du et kurs."),
        State.EXPIRED: _("Du må ta dette på nytt. Si fra til lederen din."),
        State.EXPIRING: _("Avtal fornyelse med lederen din før fristen."),
        State.ON_LEAVE: _("Du trenger ikke gjøre noe nå. Dette tas opp når du er tilbake."),
        State.DISPENSED: _("Du kan arbeide uten til dispensasjonen går ut. Avtal med lederen din hvordan du får det."),
        State.HELD: "",
    }[state]


def person_parts(page: PersonPage, under_way: Sequence[UnderWay] = ()) -> dict[str, Any]:
    """A person's requirements in the order they should be looked at."""
    titles = [
        (State.EXPIRED, _("Gått ut"), ""),
        (State.MISSING, _("Mangler"), _("Det er ikke registrert noe bevis for disse kravene.")),
        (State.EXPIRING, _("Går ut snart"), _("Disse går ut innen 90 dager.")),
        (
            State.DISPENSED,
            _("Dispensasjon"),
            _("Tillatt uten for en tid. Det regnes ikke som kompetanse."),
        ),
        (State.ON_LEAVE, _("I permisjon"), ""),
        (State.HELD, _("I orden"), ""),
    ]
    coming: dict[str, list[UnderWay]] = {}
    for one in under_way:
        if one.employee_id == page.employee_id:
            coming.setdefault(one.requirement_code, []).append(one)
    groups = [
        Group(title, lead, tuple(status_parts(row, coming.get(row.requirement_code, ())) for row in rows))
        for state, title, lead in titles
        if (rows := page.in_state(state))
    ]
    return {
        "person": page,
        "groups": groups,
        "evidence": [evidence_row_parts(row) for row in page.evidence],
        "waiting": waiting_words(page.waiting),
        "claims": page.unverified,
        "leave": [leave_words(row) for row in page.leave],
        "duties": page.duties,
        "dispensations": page.dispensations,
        "counts": {state.value: len(page.in_state(state)) for state in State},
    }


def leave_words(row: LeaveWarning) -> str:
    """What runs out while somebody is away, with what there is still time for."""
    places = {
        "requirement": row.requirement_name, "end": formats.day(row.expires_on), "start": formats.day(row.leave_from),
    }  # fmt: skip
    text = _("«%(requirement)s» går ut %(end)s, under permisjonen som starter %(start)s.") % places
    return text + " " + _("Forny det før permisjonen, eller avtal hva som skjer når den er over.")


def waiting_words(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s bevis venter på bekreftelse. Det teller ikke før kommunen har bekreftet hvilket krav det gjelder.",
        "%(count)s bevis venter på bekreftelse. De teller ikke før kommunen har bekreftet hvilke krav de gjelder.",
        count,
    ) % {"count": count}


def evidence_row_parts(row: EvidenceRow) -> dict[str, Any]:
    return {"row": row, "source": evidence_source_name(row.source)}


def sign_off_parts(row: SignOffRow) -> dict[str, Any]:
    return {"row": row, "kind": KINDS[row.state], "state": state_name(row.state), "refused": _(row.refused)}


def evidence_parts(page: EvidencePage) -> dict[str, Any]:
    return {
        "source": evidence_source_name(page.source),
        "facts": [
            (_("Fullført"), formats.day(page.completed_on)),
            (_("Siste gyldige dag på beviset"), formats.day(page.valid_to) if page.valid_to else ""),
            (_("Utsteder"), page.issuer),
            (_("Bevisnummer"), page.certificate_number),
            (_("Kilde"), evidence_source_name(page.source)),
            (_("Referanse"), page.reference),
            (
                _("Fil"),
                _("%(file)s, rad %(row)s") % {"file": page.file, "row": page.row} if page.file else "",
            ),
            (_("Registrert"), formats.moment(page.recorded_at)),
            (_("Registrert av"), page.recorded_by),
            (_("Beviset er sett av"), page.verified_by),
        ],
        "versions": [{"row": one, "why": _(one.why) if one.why else ""} for one in page.versions],
    }


def requirement_parts(row: RequirementRow) -> dict[str, Any]:
    return {
        "row": row,
        "source": source_name(row.source_type, row.verified),
        "interval": interval_words(row.interval_months),
        "verified": verified_name(row.verified),
        "verified_kind": VERIFIED_KINDS[row.verified],
    }


def need_url(unit_id: int, column: MatrixColumn) -> str:
    """From a gap to a need in one click."""
    return "/behov/nytt/?" + urlencode({"unit": unit_id, "requirement": column.code, "people": column.people})


def unit_matrix(page: UnitMatrix) -> Matrix:
    """People down, requirements across; each cell has its word and leads to the person."""
    rows = []
    for row in page.rows:
        url = reverse("competence.person", args=[row.employee_id])
        pairs = zip(page.columns, row.cells, strict=True)
        cells = tuple(_cell(page.unit_id, row.employee_id, column, cell) for column, cell in pairs)
        rows.append(MatrixRow(row.name, cells, url))
    return matrix(
        _("Folk og krav"),
        _("Navn"),
        [column.name for column in page.columns],
        rows,
        note=_("Tomt felt: kravet gjelder ikke stillingen. Dispensasjon er ikke kompetanse."),
    )


def sign_off_url(unit_id: int, requirement_id: int, employee_id: int) -> str:
    """From a gap to confirming practice in one click, the person ticked."""
    where = reverse("competence.sign_off", args=[unit_id, requirement_id])
    return f"{where}?{urlencode({'hvem': employee_id})}"


def _cell(unit_id: int, employee_id: int, column: MatrixColumn, cell: Cell) -> MatrixCell:
    """A cell leads to the reasons; where something must be done, to confirming practice and to a need as well."""
    if cell.state is None:
        return MatrixCell("", "neutral", _("Ikke krav"))
    said = ""
    if cell.expires_on:
        said = _("til %(day)s") % {"day": formats.day(cell.expires_on)}
    more: tuple[tuple[str, str], ...] = ()
    if cell.state in (State.MISSING, State.EXPIRED, State.EXPIRING):
        more = (
            (_("Bekreft praksis"), sign_off_url(unit_id, column.requirement_id, employee_id)),
            (_("Meld behov"), need_url(unit_id, column)),
        )
    url = reverse("competence.status_detail", args=[employee_id, column.requirement_id])
    return MatrixCell(state_name(cell.state), KINDS[cell.state], said, url, more)


def lacking(page: UnitMatrix) -> list[dict[str, Any]]:
    """The people who lack something or have something that runs out, with what: the list for a narrow screen."""
    found = []
    for row in page.rows:
        marks = []
        for state in (State.EXPIRED, State.MISSING, State.EXPIRING):
            pairs = zip(page.columns, row.cells, strict=True)
            names = [column.name for column, cell in pairs if cell.state is state]
            if names:
                marks.append({"kind": KINDS[state], "state": state_name(state), "names": names})
        if marks:
            found.append({"row": row, "marks": marks})
    return found
