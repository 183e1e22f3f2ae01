"""Whose time is past, found from what the models declare: the same `Keep` that is told to people decides.

Nothing here deletes what cannot be decided from the data. Who has left, and in what order their rows go, is
the organisation's matter (`organisation.forget_past`); see ADR 14.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, QuerySet

from .privacy import Keep, Tenancy, declared_models, tenancy_of


def years_before(today: date, years: int) -> date:
    """The same day so many years ago; the day before where that year had no such day."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def keep_of(model: type[models.Model]) -> Keep:
    keep: Keep = model.Data.keep  # type: ignore[attr-defined]
    return keep


def is_append_only(model: type[models.Model]) -> bool:
    return bool(getattr(model.Data, "append_only", False))  # type: ignore[attr-defined]


def past(model: type[models.Model], today: date) -> Q:
    """The rows of a model with a clock of its own whose time is past."""
    keep = keep_of(model)
    end: date | datetime
    if keep.days is not None:
        end = today - timedelta(days=keep.days)
    else:
        assert keep.years is not None
        end = years_before(today, keep.years)
    if isinstance(_field(model, keep.when), models.DateTimeField):
        end = datetime.combine(end, time(), UTC)
    return Q(**{f"{keep.when}__lt": end})


def with_own_clock(tenancy: Tenancy) -> Iterator[type[models.Model]]:
    """Models whose rows tell themselves when they are past."""
    for model in declared_models():
        keep = keep_of(model)
        if tenancy_of(model) is tenancy and keep.when and (keep.years is not None or keep.days is not None):
            yield model


def find_past(model: type[models.Model], today: date) -> QuerySet[Any]:
    """Rows past their own clock that no row which stays refers to: history about others keeps what it rests on."""
    rows = model._default_manager.filter(past(model, today))
    for referring in declared_models():
        for field in referring._meta.concrete_fields:
            stays = isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.CASCADE
            if stays and field.related_model is model and referring is not model:
                rows = rows.exclude(Exists(referring._default_manager.filter(**{field.name: OuterRef("pk")})))
    return rows


def forget(rows: QuerySet[Any], *, most: int) -> int:
    """Delete at most so many rows, the oldest first. Gives how many."""
    model = rows.model
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    if not ids:
        return 0
    if is_append_only(model):
        return forget_append_only(model, ids)
    model._default_manager.filter(pk__in=ids).delete()
    return len(ids)


def forgetter(model: type[models.Model]) -> str:
    """The name of the database's function that alone may delete from an append-only table."""
    return f"{model._meta.db_table}_forget"


def forget_append_only(model: type[models.Model], ids: list[int]) -> int:
    """Ask the database to delete what is past its end among these; it looks for itself whether it is.

    `ids` are the rows', or of what the rows' time follows (see `schema`). Gives how many were deleted.
    """
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{forgetter(model)}"(%s::bigint[])', [ids])
        (count,) = cursor.fetchone()
    return int(count)


def _field(model: type[models.Model], path: str) -> models.Field[Any, Any]:
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    field = model._meta.get_field(last)
    assert isinstance(field, models.Field)
    return field
