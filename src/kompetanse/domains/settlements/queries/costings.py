"""What something costs, and what each municipality would pay by each key: side by side, before anything is settled."""

from __future__ import annotations

from django.db.models import Sum

from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError

from .. import rules
from ..models import Costing, CostingPart, CostLine, Settlement, Share, Subsidy
from ..permissions import Right
from ..types import (
    Base,
    Column,
    CostingPage,
    CostingRow,
    CostKind,
    CostLineRow,
    Key,
    PartInput,
    Place,
    SettlementsPage,
    Status,
    SubsidyInput,
    SubsidyRow,
)
from .bases import bases_of, frozen_inhabitants, subsidies_of
from .settlements import settlement_row, share_row


@query
def get_settlements(ctx: Context) -> SettlementsPage:
    """The office's costings, the newest first, and the shares that the reader may see of what is approved."""
    sees_all = access.possible(ctx.actor, Right.COSTING_READ)
    shares: list[Share] = []
    if not sees_all:
        found = Share.objects.filter(access.rows(ctx.actor, Right.SHARE_READ))
        found = found.exclude(settlement__status__in=[Status.DRAFT, Status.REPLACED])
        shares = list(
            found.select_related("settlement__costing", "municipality").order_by("-settlement__made_at", "id")
        )
    return SettlementsPage(
        tuple(list_costings(ctx)) if sees_all else (),
        tuple((settlement_row(share.settlement), share_row(share)) for share in shares),
        sees_all,
        access.possible(ctx.actor, Right.COSTING_MANAGE),
    )


@query
def list_costings(ctx: Context) -> list[CostingRow]:
    """Costings in sight, the newest first, each with the latest version of its settlement. Three queries."""
    return _rows(list(Costing.objects.filter(access.rows(ctx.actor, Right.COSTING_READ)).order_by("-id")))


@query
def find_costing(ctx: Context, *, run_id: int | None = None, measure_id: int | None = None) -> int | None:
    """The costing of a run, or of a measure's runs together; None where there is none that the actor may see."""
    found = Costing.objects.filter(access.rows(ctx.actor, Right.COSTING_READ))
    found = found.filter(run_id=run_id) if run_id is not None else found.filter(run=None, measure_id=measure_id)
    return found.values_list("id", flat=True).first()


@query
def get_costing(ctx: Context, *, costing_id: int) -> CostingPage:
    """A costing with what each key would give. What is planned counts until the actual is known. Raises NotFound."""
    costing = access.fetch(ctx, Costing.objects.all(), costing_id, Right.COSTING_MANAGE)
    lines = list(CostLine.objects.filter(costing=costing).order_by("id"))
    subsidies = list(Subsidy.objects.filter(costing=costing).select_related("municipality").order_by("id"))
    bases = bases_of(ctx, costing)
    cost = sum(line.planned_ore if line.actual_ore is None else line.actual_ore for line in lines)
    others = subsidies_of(costing)
    settlements = Settlement.objects.filter(costing=costing).select_related("costing").order_by("-version")
    frozen = frozen_inhabitants(costing.tenant_id, costing.year)
    told = CostingPart.objects.filter(costing=costing).values_list(
        "municipality_id", "takes_part", "seats", "participants"
    )
    return CostingPage(
        _rows([costing])[0], Key(costing.key), costing.fixed_ore,
        tuple(CostLineRow(it.pk, CostKind(it.kind), it.text, it.planned_ore, it.actual_ore) for it in lines),
        tuple(
            SubsidyRow(
                it.pk, it.source, Place(it.place), it.planned_ore, it.actual_ore, it.municipality_id,
                it.municipality.name if it.municipality else "",
            )
            for it in subsidies
        ),
        bases, tuple(PartInput(*row) for row in told),
        tuple(column(cost, others, key, bases, costing.fixed_ore) for key in Key),
        tuple(settlement_row(row) for row in settlements),
        sum(it.actual_ore is None for it in (*lines, *subsidies)),
        all(base.municipality_id in frozen for base in bases),
    )  # fmt: skip


def column(cost_ore: int, subsidies: list[SubsidyInput], key: Key, bases: tuple[Base, ...], fixed_ore: int) -> Column:
    """What a key would give, or the sentence that says why it cannot be used."""
    try:
        found = rules.reckon(cost_ore, subsidies, key, bases, fixed_ore)
    except DomainError as error:
        return Column(key, (), 0, (), error.sentence, tuple(error.params.items()))
    to = tuple(base.name for base, part in zip(bases, found.parts, strict=True) if part.residue_ore)
    return Column(key, tuple(part.amount_ore for part in found.parts), found.residue_ore, to, "")


def _rows(found: list[Costing]) -> list[CostingRow]:
    ids = [row.pk for row in found]
    sums = (
        CostLine.objects.filter(costing__in=ids)
        .values_list("costing_id")
        .annotate(Sum("planned_ore"), Sum("actual_ore"))
    )
    cost = {costing_id: (planned or 0, actual or 0) for costing_id, planned, actual in sums}
    latest: dict[int, tuple[int, str]] = {}
    for costing_id, pk, status in (
        Settlement.objects.filter(costing__in=ids).order_by("version").values_list("costing_id", "id", "status")
    ):
        latest[costing_id] = (pk, status)
    rows = []
    for row in found:
        planned, actual = cost.get(row.pk, (0, 0))
        settlement_id, status = latest.get(row.pk, (None, None))
        rows.append(
            CostingRow(
                row.pk, row.tenant_id, row.title, row.year, row.measure_id, row.run_id, planned, actual, settlement_id,
                Status(status) if status else None,
            )
        )  # fmt: skip
    return rows
