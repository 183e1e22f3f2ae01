"""One at a time, across every process and machine: a lock in the database that the transaction's end lets go."""

from __future__ import annotations

from django.db import connection


def hold(*key: object) -> None:
    """Wait until nobody else holds this key, and hold it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [":".join(map(str, key))])
