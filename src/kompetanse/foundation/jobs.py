"""A thin front on the job queue, so that another queue is one file's change. Jobs live in PostgreSQL:
a job is deferred in the caller's transaction and disappears with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

# As the queue's own `defer` says it, for the ids that a statement found.
DEFER = """
    SELECT procrastinate_defer_jobs_v1(array_agg(
        ROW(%s, %s, %s, NULL, NULL, jsonb_build_object(%s::text, id), NULL)::procrastinate_job_to_defer_v1 ORDER BY id
    )) FROM found
"""
_names: dict[Callable[..., Any], Any] = {}


def task(function: Callable[..., None]) -> Callable[..., None]:
    """Register a function that takes ids and plain values by keyword, and may safely run twice."""
    name = f"{function.__module__}.{function.__name__}"
    retry = RetryStrategy(max_attempts=20, exponential_wait=2)
    _names[function] = queue.task(name=name, retry=retry)(function)
    return function


def periodic(cron: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a function that a worker runs by the clock, once however many workers there are."""

    def register(function: Callable[[], object]) -> Callable[[], object]:
        name = f"{function.__module__}.{function.__name__}"

        def run(timestamp: int) -> None:
            function()

        queue.periodic(cron=cron)(queue.task(name=name, queueing_lock=name, pass_context=False)(run))
        return function

    return register


def enqueue(function: Callable[..., None], **arguments: Any) -> None:
    """Ask a worker to run `function`; part of the current transaction."""
    if settings.JOBS_RUN_AT_ONCE:
        from django.db import transaction

        transaction.on_commit(lambda: function(**arguments))
        return
    _names[function].defer(**arguments)


def enqueue_from(function: Callable[..., None], name: str, statement: str, values: list[Any]) -> None:
    """Run a statement and ask a worker to run `function` with each id it found as `name`, in one go.

    The statement is a WITH whose last part is called `found` and has an `id`.
    """
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        if settings.JOBS_RUN_AT_ONCE:
            cursor.execute(f"{statement} SELECT id FROM found ORDER BY id", values)  # noqa: S608 - our own statement
            for (key,) in cursor.fetchall():
                transaction.on_commit(partial(function, **{name: key}))
            return
        task = _names[function]
        cursor.execute(f"{statement} {DEFER}", [*values, task.queue, task.name, task.priority, name])
