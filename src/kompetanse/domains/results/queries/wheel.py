"""What the year wheel asks of the one who reads: a card on the first page, in one query."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.organisation.types import Role
from kompetanse.domains.results.types import HomePage, Panel, Todo
from kompetanse.domains.yearwheel import api as yearwheel
from kompetanse.domains.yearwheel.types import NowRow, State
from kompetanse.kernel.context import Context
from kompetanse.ui import formats

SHOWN = 5
KINDS = {State.LATE: "bad", State.DUE: "warn", State.UNDER_WAY: "info", State.NOT_DUE: "neutral"}
# Employees have no part in the year, and the system administrator keeps the machinery.
WITHOUT = (Role.EMPLOYEE, Role.SYSTEM_ADMINISTRATOR)


def with_wheel(ctx: Context, page: HomePage, role: Role) -> HomePage:
    """The first page with what is on in the year for who reads it; as it is where nothing is."""
    rows = [] if role in WITHOUT else yearwheel.list_now(ctx)
    if not rows:
        return page
    panel = Panel(_("Årshjulet nå"), "clock", tuple(_todo(row) for row in rows[:SHOWN]), "", reverse("yearwheel.wheel"))
    return replace(page, panels=(panel, *page.panels))


def _todo(row: NowRow) -> Todo:
    day = formats.day(row.ends_on, "bare")
    if row.state is State.LATE and row.late:
        note = _("Over fristen %(day)s, %(late)s av %(of)s kommuner") % {"day": day, "late": row.late, "of": row.of}
    elif row.state is State.LATE:
        note = _("Over fristen %(day)s") % {"day": day}
    else:
        note = _("Frist %(day)s") % {"day": day}
    return Todo(row.title, reverse("yearwheel.step", args=[row.step_id]), note, KINDS[row.state])
