"""Runs as rows of the catalogue, put into words once for a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kompetanse.domains.courses import rules
from kompetanse.domains.courses.types import CatalogueRow, RunStatus, SignupStatus

from .words import FORMS


@dataclass(frozen=True, slots=True)
class Line:
    """A run as a row of the catalogue, put into words: the template only writes it down."""

    url: str
    title: str
    when: str
    where: str
    form: str
    deadline: str
    free: str
    kind: str
    status: str
    my_kind: str
    mine: str


def _line(row: CatalogueRow, said: dict[str, tuple[str, str]], own: dict[SignupStatus, tuple[str, str]]) -> Line:
    key = row.status.value if row.status is not RunStatus.OPEN or row.seats_free else "full"
    kind, status = said[key]
    my_kind, mine = own.get(row.my_status, ("", "")) if row.my_status else ("", "")
    first, last = row.starts_at.astimezone(rules.NORWAY), row.ends_at.astimezone(rules.NORWAY)
    days = f"{first:%d.%m.%Y}" if first.date() == last.date() else f"{first:%d.%m.}–{last:%d.%m.%Y}"
    where = f"{row.place}, {row.municipality}" if row.municipality and row.municipality not in row.place else row.place
    return Line(
        f"/kurs/{row.id}/", row.title, f"{days} {_('kl.')} {first:%H.%M}", where, str(FORMS[row.form]),
        f"{row.deadline:%d.%m.%Y}", f"{row.seats_free} {_('av')} {row.max_seats}", kind, status, my_kind, mine,
    )  # fmt: skip


def _statuses() -> dict[str, tuple[str, str]]:
    return {
        "planned": ("neutral", _("Planlegges")), "open": ("info", _("Åpent")), "full": ("warn", _("Fullt")),
        "held": ("ok", _("Holdt")), "cancelled": ("bad", _("Avlyst")),
    }  # fmt: skip


def _own() -> dict[SignupStatus, tuple[str, str]]:
    return {
        SignupStatus.ASKED: ("warn", _("Venter på godkjenning")), SignupStatus.SEATED: ("ok", _("Har plass")),
        SignupStatus.WAITING: ("warn", _("På venteliste")), SignupStatus.ATTENDED: ("ok", _("Møtte")),
        SignupStatus.ABSENT: ("neutral", _("Møtte ikke")),
    }  # fmt: skip


def lines(rows: Iterable[CatalogueRow]) -> list[Line]:
    said, own = _statuses(), _own()
    return [_line(row, said, own) for row in rows]
