"""Is what is kept right? Compared with the ledger, and with the words it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from kompetanse.domains.competence.types import Unlike
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.text import comparable, name_words

STATUSES = "SELECT employee_id, unit_id, requirement_id, kept, reckoned FROM competence_unlike_statuses(%s, %s)"
SUMS = "SELECT NULL::bigint, unit_id, requirement_id, kept, reckoned FROM competence_unlike_sums(%s)"

# Text as it is written, and as the database compares it: what, the ids of such rows, the two columns, how it is read.
_KEYS: tuple[tuple[str, str, str, str, str, Callable[[str], Any]], ...] = (
    ("post title", "organisation_post", "employee_id", "position_title", "title_key", comparable),
    ("unit name", "organisation_unit", "id", "name", "name_words", name_words),
    ("unit sector", "organisation_unit", "id", "sector", "sector_key", comparable),
)


@query
def prove_kept(ctx: Context, *, tenant_id: int) -> list[Unlike]:
    """Everything kept of a municipality that is not as it would be if it were reckoned now. For the system alone.

    Read within `tenancy.snapshot` it is one moment of a database in use. Nothing is locked and nothing changed.
    """
    access.require_system(ctx)
    found = [Unlike("status", *row) for row in _rows(STATUSES, [tenant_id, ctx.today])]
    found += [Unlike("sum", *row) for row in _rows(SUMS, [tenant_id])]
    for what, table, owner, text, key, read in _KEYS:
        found += _unlike_keys(tenant_id, what, table, owner, text, key, read)
    return found


def _unlike_keys(
    tenant_id: int, what: str, table: str, owner: str, text: str, key: str, read: Callable[[str], Any]
) -> Iterator[Unlike]:
    """There are few kinds of words, however many rows: each kind is read once."""
    kinds = f"SELECT {text}, {key}, array_agg(DISTINCT {owner}) FROM {table} WHERE tenant_id = %s GROUP BY 1, 2"
    for told, kept, owners in _rows(kinds, [tenant_id]):
        wanted = read(told)
        if wanted != kept:
            for one in owners:
                employee, unit = (one, None) if owner == "employee_id" else (None, one)
                yield Unlike(what, employee, unit, None, str(kept), str(wanted))


def _rows(statement: str, told: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
