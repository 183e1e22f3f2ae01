"""What stands: the newest rating of each kind, what is wanted, and what is critical today."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from kompetanse.domains.assessments.models import CriticalMark, Rating, WantedRange
from kompetanse.domains.assessments.types import Item, Level, RaterKind, RatingRow
from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import StatusRow
from kompetanse.kernel.context import Context, system_context

from .words import chosen_form

RATING = (
    "employee_id", "requirement_id", "kind", "level", "comment", "rated_at", "rater__given_name",
    "rater__family_name", "through__given_name", "through__family_name", "campaign__title_nb", "campaign__title_nn",
)  # fmt: skip
Ranges = dict[int, tuple[int, int]]


def valid_on(day: date) -> Q:
    """Begun, and not ended (the last day is in)."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


def everything(ctx: Context) -> Context:
    """The same tenants seen by the system: what is required of somebody whom the rater may not read about."""
    return system_context("looking up what is required of the one who is rated", ctx.tenants, ctx.now)


def required_today(ctx: Context, employee_id: int, only: Collection[int] = ()) -> dict[int, StatusRow]:
    """What the person's posts require today, as far as `ctx` reaches them; `only` narrows, and never widens.

    Three queries. Raises NotFound or Refused.
    """
    page = competence.get_person_competence(ctx, employee_id=employee_id)
    return {row.requirement_id: row for row in page.statuses if not only or row.requirement_id in only}


def newest(which: Q) -> QuerySet[Rating]:
    """The rating that stands for each person, requirement and kind."""
    return (
        Rating.objects.filter(which)
        .order_by("employee_id", "requirement_id", "kind", "-rated_at", "-id")
        .distinct("employee_id", "requirement_id", "kind")
    )


def standing(which: Q) -> list[RatingRow]:
    """The newest of each kind, never mixed. One query."""
    return rating_rows(newest(which))


def rating_rows(found: QuerySet[Rating]) -> list[RatingRow]:
    return [_rating_row(values) for values in found.values_list(*RATING)]


def _rating_row(values: tuple[Any, ...]) -> RatingRow:
    who, requirement, kind, level, comment, at, given, family, by_given, by_family, nb, nn = values
    return RatingRow(
        who, requirement, RaterKind(kind), Level(level), comment, at, f"{given} {family}".strip(),
        f"{by_given or ''} {by_family or ''}".strip(), chosen_form(nb or "", nn or ""),
    )  # fmt: skip


def counts_in(tenant_id: int) -> Q:
    """What is decided for a municipality: by itself, or by its region for all."""
    return Q(tenant_id=tenant_id) | Q(for_all=True)


def wanted(tenant_id: int) -> Ranges:
    """The wanted levels by requirement: the municipality's own word, else the region's. One query."""
    rows = WantedRange.objects.filter(counts_in(tenant_id)).order_by("-for_all")
    return {key: (low, high) for key, low, high in rows.values_list("requirement_id", "lowest", "highest")}


def critical_in(tenant_id: int, today: date) -> set[int]:
    """Requirements that are marked as critical in a municipality on the day. One query."""
    found = CriticalMark.objects.filter(counts_in(tenant_id), valid_on(today))
    return set(found.values_list("requirement_id", flat=True))


def items(
    asked: Iterable[StatusRow], ranges: Ranges, critical: Collection[int], ratings: Iterable[RatingRow] = ()
) -> tuple[Item, ...]:
    """What is to be rated: the critical first, then by name."""
    by_requirement: dict[int, list[RatingRow]] = {}
    for row in ratings:
        by_requirement.setdefault(row.requirement_id, []).append(row)
    found = []
    for told in asked:
        low, high = ranges.get(told.requirement_id, (None, None))
        said = tuple(by_requirement.get(told.requirement_id, ()))
        is_critical = told.requirement_id in critical
        found.append(
            Item(
                told.requirement_id, told.requirement_code, told.name, told.why_required, is_critical, low, high, said
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda item: (not item.critical, item.name)))
