"""Is what is kept right? Compared with the ledger, and with the words it was read from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection

from kompetanse.domains.competence.types import Unlike
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.text import comparable, name_words

STATUSES = "SELECT employee_id, unit_id, requirement_id, kept, reckoned FROM competence_unlike_statuses(%s, %s)"
SUMS = "SELECT NULL::bigint, unit_id, requirement_id, kept, reckoned FROM competence_unlike_sums(%s)"

# Text as it is written, and as the database compares it: whose it is, how it is read, and the kinds there are of it.
# There are few kinds of words, however many rows: each kind is read once.
_KEYS: tuple[tuple[str, bool, Callable[[str], Any], str], ...] = (
    (
        "post title", True, comparable,
        """SELECT position_title, title_key, array_agg(DISTINCT employee_id) FROM organisation_post
           WHERE tenant_id = %s GROUP BY 1, 2""",
    ),
    (
        "unit name", False, name_words,
        "SELECT name, name_words, array_agg(id) FROM organisation_unit WHERE tenant_id = %s GROUP BY 1, 2",
    ),
    (
        "unit sector", False, comparable,
        "SELECT sector, sector_key, array_agg(id) FROM organisation_unit WHERE tenant_id = %s GROUP BY 1, 2",
    ),
)  # fmt: skip


@query
def prove_kept(ctx: Context, *, tenant_id: int) -> list[Unlike]:
    """Everything kept of a municipality that is not as it would be if it were reckoned now. For the system alone.

    Read within `tenancy.snapshot` it is one moment of a database in use. Nothing is locked and nothing changed.
    """
    access.require_system(ctx)
    found = [Unlike("status", *row) for row in _rows(STATUSES, [tenant_id, ctx.today])]
    found += [Unlike("sum", *row) for row in _rows(SUMS, [tenant_id])]
    for what, of_people, read, kinds in _KEYS:
        for told, kept, owners in _rows(kinds, [tenant_id]):
            wanted = read(told)
            if wanted != kept:
                for one in owners:
                    employee, unit = (one, None) if of_people else (None, one)
                    found.append(Unlike(what, employee, unit, None, str(kept), str(wanted)))
    return found


def _rows(statement: str, told: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
