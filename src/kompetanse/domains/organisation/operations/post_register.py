"""A municipality's people and posts brought in line with its HR file.

The file is copied into a table of its own for the length of the transaction, and everything is decided there:
memory does not grow with the file, and the number of queries does not either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from kompetanse.domains.organisation import rules
from kompetanse.domains.organisation.events import PostsSynchronised
from kompetanse.domains.organisation.models import Municipality, Unit
from kompetanse.domains.organisation.permissions import Right
from kompetanse.domains.organisation.types import PostInput
from kompetanse.foundation import access, locks
from kompetanse.foundation.identity import fingerprint
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.outcomes import EXAMPLES, Outcome, Rejection
from kompetanse.kernel.text import comparable

from . import post_statements as sql
from .leaders import settle_leaders
from .unit_register import close_empty_units


@operation
def sync_posts(
    ctx: Context,
    *,
    tenant_id: int,
    rows: Callable[[], Iterator[PostInput]],
    protected_numbers: Collection[str] = (),
) -> Outcome:
    """Make people and posts those of the file. The rows are asked for once, and streamed.

    A row and a post are the same where employee number, unit, position, whether it is the main post, and first day
    are the same; what then remains of an employee number is paired with its nearest standing post of the same
    person. Posts that have left the file are ended today, never deleted. `protected_numbers` are employee numbers
    with rows that could not be read, asked for only when the rows are at their end: none of theirs is ended. A file
    without a single sound row ends nothing. Rejections carry the input's field name in `column`.

    Raises NotFound, Refused.
    """
    access.fetch(ctx, Municipality.objects.filter(pk__in=ctx.tenants), tenant_id, Right.ORGANISATION_SYNC)
    locks.hold("register", tenant_id)
    outcome = Outcome()
    with connection.cursor() as cursor:
        cursor.execute(sql.STAGE)
        staged, rejected_numbers = _stage(cursor, tenant_id, rows(), outcome.rejections)
        if staged:
            given = {"tenant": tenant_id, "today": ctx.today, "most": EXAMPLES}
            given["protected"] = sorted({*protected_numbers, *rejected_numbers})
            # The planner knows little of tables that were filled a moment ago, and what it then likes best, one row
            # against all others, is what never ends with 200,000 rows.
            cursor.execute("SET LOCAL enable_nestloop = off")
            _settle(cursor, given)
            _tell(cursor, given, outcome)
            _write(cursor, given, outcome)
            cursor.execute("SET LOCAL enable_nestloop = on")
        cursor.execute("DROP TABLE staged_post")
    if staged:
        settle_leaders(ctx, tenant_id)
        close_empty_units(ctx, tenant_id)
    publish(
        ctx,
        PostsSynchronised(tenant_id=tenant_id, created=outcome.created, changed=outcome.changed, ended=outcome.ended),
    )
    return outcome


def _stage(
    cursor: CursorWrapper, tenant_id: int, rows: Iterator[PostInput], rejections: list[Rejection]
) -> tuple[int, set[str]]:
    """Copy the sound rows into the staging table. Gives how many, and the employee numbers of the others."""
    units = dict(Unit.objects.filter(tenant_id=tenant_id, valid_to=None).values_list("code", "id"))
    rejected_numbers: set[str] = set()
    staged = 0
    with cursor.copy(sql.COPY) as copy:
        for row in rows:
            if fault := rules.fault_of_post(row, units):
                rejections.append(fault)
                rejected_numbers.add(row.employee_number)
                continue
            copy.write_row(
                (
                    staged, row.employee_number, fingerprint(row.identity_number) if row.identity_number else None,
                    rules.birth_year(row.identity_number), row.given_name, row.family_name, row.email, row.phone,
                    units[row.unit_code], row.position_code, row.position_title, comparable(row.position_title),
                    row.is_main, row.percent, row.valid_from, row.valid_to, row.leave_from, row.leave_to,
                )
            )  # fmt: skip
            staged += 1
    cursor.execute("ANALYZE staged_post")
    return staged, rejected_numbers


def _settle(cursor: CursorWrapper, given: dict[str, Any]) -> None:
    """Find each row's person, employee and post, and what will become of the row."""
    for statement in (*sql.PERSONS, *sql.EMPLOYEES, sql.SAME_POST):
        cursor.execute(statement, given)
    # Each turn pairs every row with the post that is nearest to it where it is also the nearest to the post.
    while True:
        cursor.execute(sql.NEAREST_POST, given)
        if not cursor.rowcount:
            break
    cursor.execute(sql.FATES, given)


def _tell(cursor: CursorWrapper, given: dict[str, Any], outcome: Outcome) -> None:
    cursor.execute("SELECT fate, count(*) FROM staged_post GROUP BY fate")
    for fate, count in cursor.fetchall():
        setattr(outcome, fate, count)
    cursor.execute(sql.EXAMPLES_CREATED, given)
    outcome.examples["created"] = [row[0] for row in cursor.fetchall()]
    cursor.execute(sql.EXAMPLES_CHANGED, given)
    outcome.examples["changed"] = [_difference(*row) for row in cursor.fetchall()]


def _difference(who: str, before: list[str | None], after: list[str | None]) -> str:
    differing = [
        f"{old or '–'} → {new or '–'}" for old, new in zip(before, after, strict=True) if (old or "") != (new or "")
    ]
    return f"{who}: {', '.join(differing)}" if differing else who


def _write(cursor: CursorWrapper, given: dict[str, Any], outcome: Outcome) -> None:
    cursor.execute(sql.END_POSTS, given)
    outcome.ended, outcome.examples["ended"] = cursor.fetchone()
    for statement in sql.WRITES:
        cursor.execute(statement, given)
