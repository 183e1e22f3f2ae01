"""What something costs, who else pays, and by which key: changed until it is settled, and after for a correction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from kompetanse.domains.courses import api as courses
from kompetanse.domains.plans import api as plans
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..events import CostingChanged, CostingOpened
from ..models import Costing, CostingPart, CostLine, Subsidy
from ..permissions import Right
from ..queries.bases import bases_of
from ..types import LONGEST_TEXT, MOST_LINES, CostLineInput, Key, PartInput, Place, SubsidyInput
from ..types.refusals import PartIsUnknown, TooManyLines

T = TypeVar("T", CostLine, Subsidy)


@operation
def open_costing(ctx: Context, *, measure_id: int | None = None, run_id: int | None = None) -> int:
    """A costing of a run, or of a measure; the one that is there already, if it is. Gives its id.

    Raises NotFound, Refused.
    """
    if run_id is not None:
        run = courses.get_run(ctx, run_id=run_id).run
        measure_id, title, year = run.measure_id, run.title, run.starts_at.year
    elif measure_id is not None:
        title, year = "", 0
    else:
        raise NotFound()
    measure = plans.get_measure(ctx, measure_id=measure_id)
    row = Costing(
        tenant_id=measure.tenant_id, measure_id=measure_id, run_id=run_id,
        title=(title or measure.title_nb)[:LONGEST_TEXT], year=year or measure.year, opened_at=ctx.now,
    )  # fmt: skip
    access.require(ctx, Right.COSTING_MANAGE, row)
    found = Costing.objects.filter(tenant_id=row.tenant_id, measure_id=measure_id, run_id=run_id).first()
    if found is not None:
        return int(found.pk)
    row.save(force_insert=True)
    publish(ctx, CostingOpened(tenant_id=row.tenant_id, costing_id=row.pk, measure_id=measure_id, run_id=run_id))
    return int(row.pk)


@operation
def set_cost_line(ctx: Context, *, costing_id: int, line: CostLineInput, line_id: int | None = None) -> int:
    """Write a cost line, a new one or over another. Gives its id.

    Raises NotFound, Refused, AmountIsImpossible, TextIsImpossible, TooManyLines.
    """
    costing = held(ctx, costing_id)
    text = rules.checked_line(line.text)
    rules.require_amount(line.planned_ore, line.actual_ore)
    row = _row(CostLine, costing, line_id)
    row.kind, row.text, row.planned_ore, row.actual_ore = line.kind, text, line.planned_ore, line.actual_ore
    row.save()
    _changed(ctx, costing)
    return int(row.pk)


@operation
def drop_cost_line(ctx: Context, *, costing_id: int, line_id: int) -> None:
    """Take a cost line away. Raises NotFound, Refused."""
    costing = held(ctx, costing_id)
    _row(CostLine, costing, line_id).delete()
    _changed(ctx, costing)


@operation
def set_subsidy(ctx: Context, *, costing_id: int, subsidy: SubsidyInput, subsidy_id: int | None = None) -> int:
    """Write what others pay, a new one or over another, and where it is taken off. Gives its id.

    Raises NotFound, Refused, AmountIsImpossible, TextIsImpossible, PartIsUnknown, TooManyLines.
    """
    costing = held(ctx, costing_id)
    source = rules.checked_line(subsidy.source)
    rules.require_amount(subsidy.planned_ore, subsidy.actual_ore)
    own = subsidy.municipality_id if subsidy.place is Place.AFTER else None
    if own is not None and own not in {base.municipality_id for base in bases_of(ctx, costing)}:
        raise PartIsUnknown()
    row = _row(Subsidy, costing, subsidy_id)
    row.source, row.place, row.municipality_id = source, subsidy.place, own
    row.planned_ore, row.actual_ore = subsidy.planned_ore, subsidy.actual_ore
    row.save()
    _changed(ctx, costing)
    return int(row.pk)


@operation
def drop_subsidy(ctx: Context, *, costing_id: int, subsidy_id: int) -> None:
    """Take a subsidy away. Raises NotFound, Refused."""
    costing = held(ctx, costing_id)
    _row(Subsidy, costing, subsidy_id).delete()
    _changed(ctx, costing)


@operation
def choose_sharing(
    ctx: Context, *, costing_id: int, key: Key, fixed_ore: int = 0, parts: Iterable[PartInput] = ()
) -> None:
    """By which key, with which fixed sum each, and who takes part; counts told here stand over those of the runs.

    Who is not named is as before. Raises NotFound, Refused, AmountIsImpossible, CountIsImpossible, PartIsUnknown.
    """
    costing = held(ctx, costing_id)
    rules.require_amount(fixed_ore)
    told = {part.municipality_id: part for part in parts}
    if set(told) - {base.municipality_id for base in bases_of(ctx, costing)}:
        raise PartIsUnknown()
    costing.key, costing.fixed_ore = key, fixed_ore
    costing.save(update_fields=["key", "fixed_ore"])
    for municipality_id, part in told.items():
        rules.require_count(part.seats, part.participants)
        CostingPart.objects.update_or_create(
            tenant_id=costing.tenant_id, costing=costing, municipality_id=municipality_id,
            defaults={"takes_part": part.takes_part, "seats": part.seats, "participants": part.participants},
        )  # fmt: skip
    _changed(ctx, costing)


def held(ctx: Context, costing_id: int) -> Costing:
    """The costing, locked: whoever changes, settles or approves it stands in line here."""
    row: Costing = access.fetch(ctx, Costing.objects.all(), costing_id, Right.COSTING_MANAGE, lock=True)
    return row


def _row(model: type[T], costing: Costing, pk: int | None) -> T:
    if pk is None:
        if model.objects.filter(costing=costing).count() >= MOST_LINES:
            raise TooManyLines(limit=MOST_LINES)
        return model(tenant_id=costing.tenant_id, costing=costing)
    found: T | None = model.objects.filter(costing=costing, pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def _changed(ctx: Context, costing: Costing) -> None:
    publish(ctx, CostingChanged(tenant_id=costing.tenant_id, costing_id=costing.pk))
