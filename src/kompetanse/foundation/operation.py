"""`@operation`: one act, one function, one transaction. What it publishes is its deed and its event."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Concatenate, ParamSpec, TypeVar

from kompetanse.kernel.context import Context

from . import outbox
from .tenancy import reading, tenant_scope

P = ParamSpec("P")
R = TypeVar("R")
E = TypeVar("E", bound="Event")

_act: ContextVar[str] = ContextVar("act", default="")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that has happened, told with ids and plain values; never with a person's name.

    `tenant_id` is whose it is. Subclasses are named in the past tense.
    """

    tenant_id: int


def operation(function: Callable[Concatenate[Context, P], R]) -> Callable[Concatenate[Context, P], R]:
    """Run in one transaction scoped to the context's tenants; refuse without a Context."""

    @functools.wraps(function)
    def run(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        _require(ctx, function)
        token = _act.set(f"{_home(function.__module__)}.{function.__name__}")
        try:
            with tenant_scope(ctx):
                return function(ctx, *args, **kwargs)
        finally:
            _act.reset(token)

    run.is_operation = True  # type: ignore[attr-defined]
    return run


def query(function: Callable[Concatenate[Context, P], R]) -> Callable[Concatenate[Context, P], R]:
    """Read within the context's tenants; joins the scope that is open."""

    @functools.wraps(function)
    def run(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        _require(ctx, function)
        with reading(ctx):
            return function(ctx, *args, **kwargs)

    run.is_query = True  # type: ignore[attr-defined]
    return run


def publish(ctx: Context, event: E) -> E:
    """Write the deed and the event in the act's own transaction, and hand the event back."""
    publish_all([(ctx, event)])
    return event


def publish_all(told: Iterable[tuple[Context, Event]]) -> None:
    """The same for several, each with its own context, in one statement."""
    operation_name = _act.get()
    if not operation_name:
        raise RuntimeError("publish() belongs inside an @operation")
    outbox.send([_told(operation_name, ctx, event) for ctx, event in told])


def _told(operation_name: str, ctx: Context, event: Event) -> outbox.Told:
    payload = {
        field.name: _plain(getattr(event, field.name))
        for field in dataclasses.fields(event)
        if field.name != "tenant_id"
    }
    return {
        "tenant": event.tenant_id,
        "tenants": sorted(ctx.tenants),
        "operation": operation_name,
        "event": type(event).__name__,
        "type": outbox.type_name(type(event)),
        "actor": ctx.actor.name,
        "person": ctx.actor.person_id,
        "reason": ctx.actor.reason,
        "payload": payload,
        "at": ctx.now.isoformat(),
        "correlation": ctx.correlation_id,
    }


def _home(module: str) -> str:
    """The domain a module belongs to, also where its operations are a package of topics."""
    parts = module.split(".")
    return parts[parts.index("domains") + 1] if "domains" in parts else parts[-2]


def _require(ctx: Context, function: Callable[..., Any]) -> None:
    if not isinstance(ctx, Context):
        raise TypeError(f"{function.__name__} needs a Context first: nobody acts namelessly")


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value
