"""How a person stood on a day, as it was known then and as it is known now: for questions that come afterwards."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.translation import gettext as _

from kompetanse.domains.competence.models import Evidence, Requirement
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.queries.words import shown
from kompetanse.domains.competence.rules.status import NUMBERS
from kompetanse.domains.competence.types import State
from kompetanse.domains.competence.types.ledger import AsOfPage, AsOfRow, DayIsAhead
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

NORWAY = ZoneInfo("Europe/Oslo")
KNOWN = """
    SELECT unit_id, requirement_id, state, ends
    FROM competence_status_known_of_people(%s, ARRAY[%s]::bigint[], %s, %s)
"""
Place = tuple[int, int]  # unit, requirement


@query
def get_status_as_of(ctx: Context, *, employee_id: int, day: date, known: date | None = None) -> AsOfPage:
    """What was required of a person on a day and how it stood: as known at a moment, and as known now.

    `known` is a moment, or a day for the end of it; None: the end of the day asked about.
    For the person, HR and the office. Raises NotFound, Refused or DayIsAhead.
    """
    person = organisation.access_employee(ctx, employee_id=employee_id)
    access.require(ctx, Right.EVIDENCE_READ, Evidence(tenant_id=person.tenant_id, employee_id=employee_id))
    if day > ctx.today:
        raise DayIsAhead(day=day.strftime("%d.%m.%Y"))
    moment = min(known if isinstance(known, datetime) else _end_of(known or day), ctx.now)
    then = _stood(person.tenant_id, employee_id, day, moment)
    now = _stood(person.tenant_id, employee_id, day, ctx.now)
    asked = then.keys() | now.keys()
    requirements = Requirement.objects.in_bulk({requirement for _unit, requirement in asked})
    units = {unit.id: unit.name for unit in organisation.list_units(ctx, tenant_id=person.tenant_id)} if asked else {}
    rows = [
        AsOfRow(
            key, shown(requirements[key].name_nb, requirements[key].name_nn), units.get(unit) or _("Nedlagt enhet"),
            *then.get((unit, key), (None, None)), *now.get((unit, key), (None, None)),
        )
        for unit, key in sorted(asked, key=lambda place: (requirements[place[1]].position, place))
    ]  # fmt: skip
    municipality = next((m.name for m in organisation.list_municipalities(frozenset({person.tenant_id}))), "")
    return AsOfPage(employee_id, person.person_id, person.name, municipality, day, moment, tuple(rows))


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), NORWAY) - timedelta(microseconds=1)


def _stood(tenant_id: int, employee_id: int, day: date, known: datetime) -> dict[Place, tuple[State, date | None]]:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [tenant_id, employee_id, day, known])
        return {(unit, key): (NUMBERS[state], ends) for unit, key, state, ends in cursor.fetchall()}
