"""What bodies and rounds ask of the one who reads: a card on the first page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.governance import api as governance
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import RoundStatus
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.results.types import HomePage, Panel, Todo
from kompetanse.kernel.context import Context
from kompetanse.ui import formats

SHOWN = 5
NEAR = 7  # days
IN_ROUNDS = (Role.LEADER, Role.HR, Role.CONTACT_PERSON, Role.CHIEF_EXECUTIVE)


def with_duties(ctx: Context, page: HomePage, role: Role) -> HomePage:
    """The first page with what waits for who reads it, the most urgent first; as it is where nothing waits."""
    dated: list[tuple[date, Todo]] = [
        (task.due_on, Todo(task.what, reverse("governance.tasks"), *_due(ctx, task.due_on)))
        for task in governance.list_tasks(ctx, mine=True)
    ]
    for poll in governance.list_polls(ctx, mine=True) if ctx.actor.sittings else ():
        text = _("Si når du kan møte i %(body)s") % {"body": poll.body_name}
        todo = Todo(text, reverse("governance.poll", args=[poll.id]), *_due(ctx, poll.answers_due))
        dated.append((poll.answers_due, todo))
    for row in needs.list_rounds(ctx) if role in IN_ROUNDS else ():
        if row.status is RoundStatus.OPEN:
            todo = Todo(row.title, reverse("needs.round_one", args=[row.id]), *_due(ctx, row.deadline))
            dated.append((row.deadline, todo))
    todos = [todo for _day, todo in sorted(dated, key=lambda pair: pair[0])]
    if not todos:
        return page
    panel = Panel(_("Venter på deg"), "tasklist", tuple(todos[:SHOWN]), "", reverse("governance.tasks"))
    return replace(page, panels=(panel, *page.panels))


def _due(ctx: Context, day: date) -> tuple[str, str]:
    """The last day in words, and how it stands."""
    told = {"day": formats.day(day, "bare")}
    if day < ctx.today:
        return _("Over fristen %(day)s") % told, "bad"
    return _("Frist %(day)s") % told, "warn" if (day - ctx.today).days <= NEAR else "neutral"
