"""Before people are signed up: what stands in the way of the day, and who a pasted list means."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import EmployeeRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from ..models import Run, Signup
from ..permissions import Right
from ..types import STANDING, ListedPerson

MOST_LINES = 500
# Where people stand already on a run that meets at the same time.
BOOKED = """
    SELECT s.employee_id, r.title, min(theirs.starts_at)
      FROM courses_session this
      JOIN courses_session theirs ON theirs.starts_at < this.ends_at AND this.starts_at < theirs.ends_at
      JOIN courses_run r ON r.tenant_id = theirs.tenant_id AND r.id = theirs.run_id AND r.status = 'open'
      JOIN courses_signup s ON s.region_id = r.tenant_id AND s.run_id = r.id
      JOIN allowed ON allowed.id = s.id
     WHERE this.run_id = %s AND r.id <> this.run_id AND s.employee_id = ANY (%s)
       AND s.status IN ('asked', 'seated', 'waiting', 'offered')
     GROUP BY s.employee_id, r.id, r.title ORDER BY 3
"""


@query
def list_cautions(ctx: Context, *, run_id: int, employee_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What to think of before these people are signed up: booked at the same time, or on leave. It stops nobody.

    Three queries. Raises NotFound.
    """
    run = Run.objects.filter(access.rows(ctx.actor, Right.RUN_READ), pk=run_id).first()
    if run is None:
        raise NotFound()
    wanted = sorted(set(employee_ids))
    found: dict[int, list[str]] = {}
    for who, title, starts_at in access.select(ctx, Right.SIGNUP_READ, BOOKED, run_id, wanted):
        told = {"title": title, "day": f"{starts_at:%d.%m.%Y}"}
        found.setdefault(who, []).append(_("Er påmeldt «%(title)s», som møtes samtidig (%(day)s).") % told)
    first, last = run.starts_at.date(), run.ends_at.date()
    for who, person in organisation.list_askers(ctx, employee_ids=wanted).items():
        start, end = person.leave_from, person.leave_to
        if start is not None and start <= last and (end is None or end >= first):
            text = (
                _("Har permisjon fra %(start)s til %(end)s.") % {"start": f"{start:%d.%m.%Y}", "end": f"{end:%d.%m.%Y}"}
                if end
                else _("Har permisjon fra %(start)s.") % {"start": f"{start:%d.%m.%Y}"}
            )
            found.setdefault(who, []).append(text)
    return {who: tuple(sentences) for who, sentences in found.items()}


@query
def read_list(ctx: Context, *, run_id: int, text: str) -> list[ListedPerson]:
    """Who each line means: an employee number, an e-mail, or a whole name; what follows ; , or a tab is looked at too.

    Only people the actor answers for are found. Nothing is changed. Raises NotFound.
    """
    people = {
        who.id: who for who in organisation.list_employees(ctx) if who.person_id != ctx.actor.person_id
    }  # fmt: skip
    keys = _keys(ctx, people)
    taken = set(Signup.objects.filter(run_id=run_id, status__in=sorted(STANDING)).values_list("employee_id", flat=True))
    cautions = list_cautions(ctx, run_id=run_id, employee_ids=people)
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()][:MOST_LINES]
    seen: set[int] = set()
    found = []
    for number, line in lines:
        meant = _meant(line, keys)
        if len(meant) != 1:
            fault = (
                _("Flere heter dette. Skriv ansattnummeret.")
                if meant
                else _("Fant ingen du har ansvar for med dette nummeret, navnet eller denne e-postadressen.")
            )
            found.append(ListedPerson(number, line, None, "", fault))
            continue
        (who,) = meant
        fault = _("Er påmeldt fra før.") if who in taken else _("Står to ganger på listen.") if who in seen else ""
        seen.add(who)
        known = None if fault else who
        found.append(ListedPerson(number, line, known, people[who].name, fault, () if fault else cautions.get(who, ())))
    return found


def _keys(ctx: Context, people: dict[int, EmployeeRow]) -> dict[str, set[int]]:
    keys: dict[str, set[int]] = {}
    for who in people.values():
        for key in (who.name, who.email):
            if key:
                keys.setdefault(key.casefold(), set()).add(who.id)
    for tenant_id in {who.tenant_id for who in people.values()}:
        for number, employee_id in organisation.list_employees_by_number(ctx, tenant_id=tenant_id).items():
            if employee_id in people:
                keys.setdefault(number.casefold(), set()).add(employee_id)
    return keys


def _meant(line: str, keys: dict[str, set[int]]) -> set[int]:
    """Whom the first part that anybody is known by means."""
    for part in (line, *line.replace("\t", ";").replace(",", ";").split(";")):
        if meant := keys.get(" ".join(part.split()).strip('"').casefold()):
            return meant
    return set()
