"""Whose time in the organisation is past: what the clock deletes, and what the doctor counts beforehand.

See `foundation.retention` for rows that tell it themselves, and ADR 14.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from kompetanse.foundation import retention
from kompetanse.foundation.privacy import Tenancy, declared_models, tenancy_of
from kompetanse.foundation.tenancy import TenantForeignKey

from ..models import Affiliation, Employee, Leadership, Membership, Post, RoleAssignment, Seat

LEFT = "the municipality has left"
EMPLOYMENT = Employee.Data.ends.after


def rows_of_the_tenant(today: date, tenant_id: int) -> dict[type[models.Model], QuerySet[models.Model]]:
    """Rows past their own clock, former posts of those who still work here, and what goes when a municipality has."""
    found: dict[type[models.Model], QuerySet[models.Model]] = {
        model: retention.find_past(model, today).filter(tenant_id=tenant_id)
        for model in retention.with_own_clock(Tenancy.OWN)
    }
    over = _over(retention.years_before(today, Post.Data.keep.years or 0))
    others = Post.objects.filter(tenant_id=OuterRef("tenant_id"), employee_id=OuterRef("employee_id")).exclude(over)
    found[Post] = Post.objects.filter(over, Exists(others), tenant_id=tenant_id)
    for model in declared_models():
        keep = retention.keep_of(model)
        if tenancy_of(model) is Tenancy.OWN and keep.after == LEFT and keep.years is not None:
            bound = retention.years_before(today, keep.years)
            here = Membership.objects.filter(municipality_id=tenant_id)
            has_left = here.exists() and not here.exclude(valid_to__lt=bound).exists()
            rows = model._default_manager.filter(tenant_id=tenant_id)
            found[model] = rows if has_left else rows.none()
    return found


def _over(bound: date) -> Q:
    """Posts that were over before the day: by their last day, or by being gone from the register."""
    over = Q()
    for name in Employee.Data.ends.dates:
        over |= Q(**{f"{name}__lt": bound})
    return over


def about_employees() -> Iterable[tuple[type[models.Model], str]]:
    """Models whose rows are about an employee, with the field that says which. What is derived follows by itself."""
    for model in declared_models():
        if getattr(model.Data, "derived", False):  # type: ignore[attr-defined]
            continue
        field = (getattr(model.Data, "subject", None) or "").split("__")[0]  # type: ignore[attr-defined]
        if field and tenancy_of(model) is Tenancy.OWN and model._meta.get_field(field).related_model is Employee:
            yield model, field


def pointing_at_employees() -> Iterator[tuple[type[models.Model], models.Field[Any, Any], bool]]:
    """Fields by which rows about something else point at an employee, and whether they can stop doing so."""
    about = dict(about_employees())
    for model in declared_models():
        data = model.Data  # type: ignore[attr-defined]
        if getattr(data, "derived", False):
            continue
        fixed = getattr(data, "append_only", False) or getattr(data, "never_altered", False)
        for field in model._meta.concrete_fields:
            points = isinstance(field, TenantForeignKey) and field.related_model is Employee
            if points and field.name != about.get(model):
                yield model, field, field.null and not fixed


def past_employees(today: date, tenant_id: int) -> QuerySet[Employee]:
    """Whose last employment ended so long ago that nothing about them is to be kept any longer.

    Somebody without any post is let be: when they left cannot be told. So is somebody with a row that is younger,
    or whose end cannot be told.
    """
    years = [Employee.Data.keep.years or 0]
    found: QuerySet[Employee] = Employee.objects.filter(tenant_id=tenant_id)
    for model, field in about_employees():
        keep = retention.keep_of(model)
        about = model._default_manager.filter(**{"tenant_id": OuterRef("tenant_id"), field: OuterRef("pk")})
        if keep.after == EMPLOYMENT and keep.years is not None:
            years.append(keep.years)
        elif keep.when and keep.years is not None:
            # Not past, or not to be seen whether it is: a run out of sight does not let anybody go.
            known = model._default_manager.filter(retention.past(model, today)).values("pk")
            found = found.exclude(Exists(about.exclude(pk__in=known)))
        elif model is not Post:
            found = found.exclude(Exists(about))
    for model, pointer, can_stop in pointing_at_employees():
        if not can_stop:
            # Who said it is part of what was said: they stay for as long as it does.
            rows = model._default_manager.filter(tenant_id=OuterRef("tenant_id"), **{pointer.name: OuterRef("pk")})
            found = found.exclude(Exists(rows))
    posts = Post.objects.filter(tenant_id=OuterRef("tenant_id"), employee_id=OuterRef("pk"))
    over = _over(retention.years_before(today, max(years)))
    return found.filter(Exists(posts)).exclude(Exists(posts.exclude(over)))


def past_affiliations(today: date, tenant_id: int) -> QuerySet[Affiliation]:
    """Those whose posts, leaderships, roles and seats here all ended long enough ago."""
    bound = retention.years_before(today, Affiliation.Data.keep.years or 0)
    person = {"tenant_id": tenant_id, "employee__person_id": OuterRef("person_id")}
    own = {"tenant_id": tenant_id, "person_id": OuterRef("person_id")}
    ended = Q(valid_to__lt=bound)
    ties = [
        (Post.objects.filter(**person), _over(bound)),
        (Leadership.objects.filter(**person), ended),
        (RoleAssignment.objects.filter(**own), ended),
        (Seat.objects.filter(**own), ended),
    ]
    found = Affiliation.objects.filter(tenant_id=tenant_id)
    had = Q()
    for rows, over in ties:
        found = found.exclude(Exists(rows.exclude(over)))
        had |= Q(Exists(rows))
    return found.filter(had)
