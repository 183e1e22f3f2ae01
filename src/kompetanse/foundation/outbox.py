"""From the change's transaction to its handlers: at least once on the way, exactly once in effect."""

from __future__ import annotations

import dataclasses
import json
import typing
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from kompetanse.kernel.context import Context, system_context

from . import jobs
from .models import Delivery, OutboxEvent
from .tenancy import tenant_scope

Handler = Callable[[Context, Any], None]
Told = dict[str, Any]

# The deed and the event of each, in their order; gives the events that wait to be carried.
SEND = """
    WITH told AS (
        SELECT * FROM jsonb_to_recordset(%s::jsonb) AS t(
            tenant bigint, tenants jsonb, operation text, event text, type text, actor text, person bigint,
            reason text, payload jsonb, at timestamptz, correlation text, heard boolean)
    ), deed AS (
        INSERT INTO foundation_deed (tenant_id, operation, event, actor_name, actor_person_id, reason, details,
                                     done_at, correlation_id)
        SELECT tenant, operation, event, actor, person, reason, payload, at, correlation FROM told
    ), sent AS (
        INSERT INTO foundation_outboxevent (tenant_id, tenants, type, payload, occurred_at, correlation_id,
                                            delivered_at)
        SELECT tenant, tenants, type, payload, at, correlation, CASE WHEN NOT heard THEN at END FROM told
        RETURNING id, delivered_at
    ), found AS (SELECT id FROM sent WHERE delivered_at IS NULL)
"""

_handlers: dict[str, list[Handler]] = defaultdict(list)
_types: dict[str, type[Any]] = {}


def type_name(event_type: type[Any]) -> str:
    return f"{event_type.__module__}.{event_type.__qualname__}"


def subscribe(event_type: type[Any], handler: Handler) -> None:
    """Wire a handler to an event. Done in config alone, so that the wiring can be read in one place."""
    _types[type_name(event_type)] = event_type
    if handler not in _handlers[type_name(event_type)]:
        _handlers[type_name(event_type)].append(handler)


def send(told: list[Told]) -> None:
    """Write deeds and events, and ask a worker to carry those that somebody listens to: one statement, the caller's
    transaction. What is written cannot be had without the other two."""
    for one in told:
        one["heard"] = bool(_handlers.get(one["type"]))
    if told:
        jobs.enqueue_from(deliver_event, "event_id", SEND, [json.dumps(told)])


def deliver(event_id: int, *, now: datetime | None = None) -> int:
    """Carry one event to those of its handlers that have not had it. Gives how many got it now.

    Each handler runs in a transaction of its own together with the note that it has run: if it fails
    the others are still served, and the event stays waiting and is tried again.
    """
    event = OutboxEvent.objects.get(pk=event_id)
    if event.delivered_at is not None:
        return 0
    ctx = system_context(f"event {event.type.rsplit('.', 1)[-1]}", set(event.tenants), event.occurred_at)
    message = _rebuild(event)
    done = 0
    failure: Exception | None = None
    for handler in _handlers.get(event.type, ()):
        try:
            with tenant_scope(ctx):
                Delivery.objects.create(event=event, handler=f"{handler.__module__}.{handler.__name__}")
                handler(ctx, message)
            done += 1
        except IntegrityError as error:
            if "delivery_happens_once" not in str(error):
                failure = error
        except Exception as error:
            failure = error
    if failure is not None:
        raise failure
    OutboxEvent.objects.filter(pk=event_id, delivered_at=None).update(delivered_at=now or datetime.now(UTC))
    return done


def sweep(*, older_than: timedelta = timedelta(seconds=30), limit: int = 500) -> int:
    """Ask again for events that nobody has carried: the net under the jobs. Gives how many."""
    before = datetime.now(UTC) - older_than
    with transaction.atomic():
        waiting = list(
            OutboxEvent.objects.filter(delivered_at=None, occurred_at__lt=before)
            .order_by("id")
            .values_list("id", flat=True)[:limit]
        )
        for event_id in waiting:
            jobs.enqueue(deliver_event, event_id=event_id)
    return len(waiting)


@jobs.task
def deliver_event(event_id: int) -> None:
    deliver(event_id)


def _rebuild(row: OutboxEvent) -> Any:
    event_type = _types[row.type]
    hints = typing.get_type_hints(event_type)
    values = {"tenant_id": row.tenant_id, **row.payload}
    known = {field.name for field in dataclasses.fields(event_type)}
    return event_type(**{name: _typed(hints[name], value) for name, value in values.items() if name in known})


def _typed(hint: Any, value: Any) -> Any:
    """JSON back to what the event's field says it is."""
    if value is None:
        return None
    options = [hint, *typing.get_args(hint)]
    if datetime in options:
        return datetime.fromisoformat(value)
    if date in options:
        return date.fromisoformat(value)
    if typing.get_origin(hint) in (tuple, frozenset):
        return typing.get_origin(hint)(value)
    if isinstance(hint, type) and not isinstance(value, hint):
        return hint(value)
    return value
