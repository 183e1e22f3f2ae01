"""What people have taught is read and written."""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.domains.needs.models import Lesson, Need
from kompetanse.domains.needs.rules import Wording
from kompetanse.domains.needs.rules.teaching import Pair, Teaching, teach_apart, teach_together
from kompetanse.kernel.context import Context

_NAMES = ("left_title", "left_group", "right_title", "right_group")


def load_lessons(region_id: int) -> dict[Pair, bool]:
    """Every pair of wordings the region has been taught, and whether the two ask for the same."""
    return {
        (Wording(left, left_group), Wording(right, right_group)): same
        for left, left_group, right, right_group, same in Lesson.objects.filter(tenant_id=region_id)
        .order_by("id")
        .values_list(*_NAMES, "same")
    }


def wordings_of(need_ids: Iterable[int]) -> list[Wording]:
    """How these needs are worded, as far as they are in sight."""
    found = Need.objects.filter(pk__in=list(need_ids)).values_list("title", "target_group")
    return [Wording(title, group) for title, group in found]


def remember_together(ctx: Context, region_id: int, group: Iterable[Wording]) -> None:
    """These ask for the same."""
    _remember(ctx, region_id, teach_together(group, load_lessons(region_id)))


def remember_apart(ctx: Context, region_id: int, one: Iterable[Wording], other: Iterable[Wording]) -> None:
    """These ask for something else than those."""
    _remember(ctx, region_id, teach_apart(one, other, load_lessons(region_id)))


def _remember(ctx: Context, region_id: int, teaching: Teaching) -> None:
    for pair in teaching.forget:
        Lesson.objects.filter(tenant_id=region_id, **dict(zip(_NAMES, _texts(pair), strict=True))).delete()
    lessons = [
        Lesson(
            tenant_id=region_id, same=same, taught_by=ctx.actor.person_id, taught_at=ctx.now,
            **dict(zip(_NAMES, _texts(pair), strict=True)),
        )
        for pairs, same in ((teaching.same, True), (teaching.different, False))
        for pair in pairs
    ]  # fmt: skip
    Lesson.objects.bulk_create(
        lessons,
        update_conflicts=True,
        unique_fields=["tenant", *_NAMES],
        update_fields=["same", "taught_by", "taught_at"],
        batch_size=1000,
    )


def _texts(pair: Pair) -> tuple[str, str, str, str]:
    left, right = pair
    return left.title, left.target_group, right.title, right.target_group
