"""How far a worker has come, told while its own transaction is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from kompetanse.domains.integrations.models import ImportProgress, ImportRun


@contextmanager
def teller(run: ImportRun, on_worker: bool) -> Iterator[Callable[[int, int], None]]:
    """A function that tells (done, total). Where a person waits for the answer itself it tells nobody.

    It writes through a connection of its own, for what the import's transaction writes nobody else sees yet.
    """
    if not on_worker:
        yield lambda done, total: None
        return
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute("SELECT set_config('app.tenants', %s, false)", [str(run.tenant_id)])

            def tell(done: int, total: int) -> None:
                cursor.execute(
                    f"UPDATE {ImportProgress._meta.db_table} SET done = %s, total = %s "  # noqa: S608 - our own name
                    "WHERE tenant_id = %s AND run_id = %s",
                    [done, total, run.tenant_id, run.pk],
                )

            yield tell
    finally:
        beside.close()
