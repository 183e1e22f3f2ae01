"""Settling: made, approved by another, sent as bills; and corrected by a next version that bills the difference."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import MunicipalityRow, WrittenForm
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .. import rules
from ..events import SettlementApproved, SettlementDiscarded, SettlementMade, SettlementSent
from ..models import BaseNumber, Costing, CostLine, Invoice, Payer, Seller, Settlement, Share, Subsidy
from ..permissions import Right
from ..queries.bases import bases_of, frozen_inhabitants, last_sent, subsidies_of
from ..rules.billing import bill_lines, vat_of
from ..types import LONGEST_REASON, STANDING, Base, Key, Part, Status, Vat
from ..types.refusals import (
    ActualIsMissing,
    CorrectionNeedsReason,
    MakerMayNotApprove,
    NothingHasChanged,
    NothingIsSpent,
    PayerLacksNumber,
    SellerIsMissing,
    SettlementHasMovedOn,
)
from .costings import held

FORMS = {WrittenForm.NYNORSK: "nn"}


@operation
def make_settlement(ctx: Context, *, costing_id: int, why: str = "") -> int:
    """Reckon what each municipality owes: a draft, made anew where there is one. Gives its id.

    Freezes the year's inhabitants the first time. Where a settlement stands this is a correction and says why. The
    same costing gives the same answer however often it is made. Raises NotFound, Refused, ActualIsMissing,
    NothingIsSpent, CorrectionNeedsReason, NothingHasChanged, and what sharing raises.
    """
    costing = held(ctx, costing_id)
    access.require(ctx, Right.SETTLEMENT_MAKE, Settlement(tenant_id=costing.tenant_id))
    costs, others = _actual(costing)
    standing = Settlement.objects.filter(costing=costing, status__in=STANDING).first()
    reason = why.strip()[:LONGEST_REASON]
    if standing is not None and not reason:
        raise CorrectionNeedsReason()
    bases = bases_of(ctx, costing)
    if _freeze(ctx, costing, bases):  # somebody else may have been first: what is frozen is what counts
        bases = bases_of(ctx, costing)
    cost_ore = sum(line.actual_ore or 0 for line in costs)
    found = rules.reckon(cost_ore, subsidies_of(costing), Key(costing.key), bases, costing.fixed_ore)
    sent = last_sent(costing.pk)
    billed = _amounts(sent) if sent else {}
    if standing is not None and _amounts(standing) == {part.municipality_id: part.amount_ore for part in found.parts}:
        raise NothingHasChanged()
    draft = Settlement.objects.filter(costing=costing, status=Status.DRAFT).first()
    if draft is None:
        last = Settlement.objects.filter(costing=costing).order_by("-version").values_list("version", flat=True).first()
        draft = Settlement(tenant_id=costing.tenant_id, costing=costing, version=(last or 0) + 1)
    draft.key, draft.fixed_ore, draft.year, draft.why = costing.key, costing.fixed_ore, costing.year, reason
    draft.cost_ore, draft.subsidy_ore, draft.total_ore = found.cost_ore, found.subsidy_ore, found.total_ore
    draft.residue_ore = found.residue_ore
    draft.lines = [
        *([line.kind, line.text, line.actual_ore] for line in costs),
        *([f"subsidy_{it.place}", it.source, it.actual_ore] for it in others),
    ]
    draft.made_at, draft.made_by, draft.made_by_name = ctx.now, ctx.actor.person_id, ctx.actor.name[:160]
    draft.save()
    Share.objects.filter(settlement=draft).delete()
    Share.objects.bulk_create(
        _share(draft, base, part, billed.get(base.municipality_id, 0))
        for base, part in zip(bases, found.parts, strict=True)
    )
    publish(
        ctx,
        SettlementMade(
            tenant_id=costing.tenant_id, costing_id=costing.pk, settlement_id=draft.pk, version=draft.version,
            total_ore=draft.total_ore,
        ),
    )  # fmt: skip
    return int(draft.pk)


@operation
def discard_draft(ctx: Context, *, settlement_id: int) -> None:
    """Throw a draft away; what stands goes on standing. Raises NotFound, Refused, SettlementHasMovedOn."""
    settlement = _held(ctx, settlement_id, Right.SETTLEMENT_MAKE)
    if settlement.status != Status.DRAFT:
        raise SettlementHasMovedOn()
    Share.objects.filter(settlement=settlement).delete()
    costing_id, tenant_id = settlement.costing_id, settlement.tenant_id
    settlement.delete()
    publish(ctx, SettlementDiscarded(tenant_id=tenant_id, costing_id=costing_id, settlement_id=settlement_id))


@operation
def approve_settlement(ctx: Context, *, settlement_id: int, total_ore: int | None = None) -> None:
    """Another than who made it says that it is right; what stood before is replaced. `total_ore`: the sum that
    was seen.

    Raises NotFound, Refused, MakerMayNotApprove, SettlementHasMovedOn.
    """
    settlement = _held(ctx, settlement_id, Right.SETTLEMENT_APPROVE)
    if settlement.status != Status.DRAFT or (total_ore is not None and total_ore != settlement.total_ore):
        raise SettlementHasMovedOn()
    if settlement.made_by is not None and settlement.made_by == ctx.actor.person_id:
        raise MakerMayNotApprove()
    sent = last_sent(settlement.costing_id)
    billed = _amounts(sent) if sent else {}
    if any(
        share.billed_ore != billed.get(share.municipality_id, 0)
        for share in Share.objects.filter(settlement=settlement)
    ):
        raise SettlementHasMovedOn()  # the version before was billed after this was made
    earlier = Settlement.objects.filter(costing_id=settlement.costing_id, status__in=STANDING)
    earlier.update(status=Status.REPLACED)
    settlement.status = Status.APPROVED
    settlement.approved_at, settlement.approved_by = ctx.now, ctx.actor.person_id
    settlement.approved_by_name = ctx.actor.name[:160]
    settlement.save(update_fields=["status", "approved_at", "approved_by", "approved_by_name"])
    publish(
        ctx,
        SettlementApproved(
            tenant_id=settlement.tenant_id, costing_id=settlement.costing_id, settlement_id=settlement_id,
            version=settlement.version, total_ore=settlement.total_ore,
        ),
    )  # fmt: skip


@operation
def send_settlement(ctx: Context, *, settlement_id: int) -> int:
    """Make the bases for invoices, and credit notes where less is owed than was billed. Gives how many.

    Raises NotFound, Refused, SettlementHasMovedOn, SellerIsMissing, PayerLacksNumber.
    """
    settlement = _held(ctx, settlement_id, Right.SETTLEMENT_MAKE)
    if settlement.status != Status.APPROVED:
        raise SettlementHasMovedOn()
    shares = [share for share in _shares(settlement) if share.amount_ore != share.billed_ore]
    seller = Seller.objects.select_for_update(no_key=True).filter(tenant_id=settlement.tenant_id).first()
    if seller is None:
        raise SellerIsMissing()
    towns = {
        town.tenant_id: town
        for town in organisation.list_municipalities(frozenset(share.municipality_id for share in shares))
    }
    if lacking := [town.name for town in towns.values() if not town.organisation_number]:
        raise PayerLacksNumber(names=", ".join(lacking))
    payers = {row.municipality_id: row for row in Payer.objects.filter(tenant_id=settlement.tenant_id)}
    earlier = last_sent(settlement.costing_id)
    parts = {share.municipality_id: _part(share) for share in _shares(earlier)} if earlier else {}
    made = []
    for share in shares:
        seller.last_number += 1
        town = towns[share.municipality_id]
        told = _document(ctx, settlement, seller, town, payers.get(town.tenant_id), share, parts.get(town.tenant_id))
        made.append(
            Invoice(
                tenant_id=settlement.tenant_id, share=share, municipality_id=town.tenant_id, number=seller.last_number,
                is_credit=told["is_credit"], net_ore=told["net_ore"], vat_ore=told["vat_ore"], issued_on=ctx.today,
                due_on=ctx.today + timedelta(days=seller.due_days), document=told,
            )
        )  # fmt: skip
    seller.save(update_fields=["last_number"])
    Invoice.objects.bulk_create(made)
    settlement.status, settlement.sent_at = Status.SENT, ctx.now
    settlement.save(update_fields=["status", "sent_at"])
    publish(
        ctx,
        SettlementSent(
            tenant_id=settlement.tenant_id, costing_id=settlement.costing_id, settlement_id=settlement_id,
            invoices=len(made),
        ),
    )  # fmt: skip
    return len(made)


def _actual(costing: Costing) -> tuple[list[CostLine], list[Subsidy]]:
    costs = list(CostLine.objects.filter(costing=costing).order_by("id"))
    others = list(Subsidy.objects.filter(costing=costing).order_by("place", "id"))
    if missing := sum(row.actual_ore is None for row in (*costs, *others)):
        raise ActualIsMissing(count=missing)
    if not costs:
        raise NothingIsSpent()
    return costs, others


def _freeze(ctx: Context, costing: Costing, bases: tuple[Base, ...]) -> bool:
    """The year's inhabitants, written once for each municipality that has a number today. Was any written now?"""
    frozen = frozen_inhabitants(costing.tenant_id, costing.year)
    new = [base for base in bases if base.inhabitants and base.municipality_id not in frozen]
    BaseNumber.objects.bulk_create(
        (
            BaseNumber(
                tenant_id=costing.tenant_id, municipality_id=base.municipality_id, year=costing.year,
                inhabitants=base.inhabitants or 0, frozen_at=ctx.now,
            )
            for base in new
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    return bool(new)


def _share(settlement: Settlement, base: Base, part: Part, billed_ore: int) -> Share:
    return Share(
        tenant_id=settlement.tenant_id, settlement=settlement, municipality_id=base.municipality_id,
        amount_ore=part.amount_ore, fee_ore=part.fee_ore, charge_ore=part.charge_ore, key_ore=part.key_ore,
        subsidy_ore=part.subsidy_ore, residue_ore=part.residue_ore, billed_ore=billed_ore, takes_part=base.takes_part,
        inhabitants=base.inhabitants, seats=base.seats, participants=base.participants,
    )  # fmt: skip


def _amounts(settlement: Settlement) -> dict[int, int]:
    return dict(Share.objects.filter(settlement=settlement).values_list("municipality_id", "amount_ore"))


def _shares(settlement: Settlement) -> list[Share]:
    return list(Share.objects.filter(settlement=settlement).order_by("municipality__number"))


def _part(share: Share) -> Part:
    return Part(
        share.municipality_id, share.fee_ore, share.charge_ore, share.key_ore, share.subsidy_ore, share.residue_ore
    )


def _document(
    ctx: Context, settlement: Settlement, seller: Seller, town: MunicipalityRow, payer: Payer | None, share: Share,
    billed: Part | None,
) -> dict[str, Any]:  # fmt: skip
    """All that the file is made of, as it is today."""
    difference = share.amount_ore - share.billed_ore
    credit = difference < 0
    language = FORMS.get(town.written_form, "nb")
    lines = bill_lines(language, settlement.costing.title, _part(share), billed, credit=credit)
    net = abs(difference)
    reference = f"OPPGJØR-{settlement.pk}"
    bills = Invoice.objects.filter(municipality_id=town.tenant_id, share__settlement__costing_id=settlement.costing_id)
    bills = bills.order_by("number")
    return {
        "is_credit": credit, "number": seller.last_number, "issued_on": ctx.today.isoformat(),
        "due_on": (ctx.today + timedelta(days=seller.due_days)).isoformat(),
        "note": f"{reference}: {settlement.why}" if settlement.why else reference,
        "buyer_reference": payer.buyer_reference if payer and payer.buyer_reference else reference,
        "order_reference": payer.order_reference if payer else "",
        "earlier": [[number, day.isoformat()] for number, day in bills.values_list("number", "issued_on")],
        "seller": {
            "name": seller.name, "organisation_number": seller.organisation_number, "street": seller.street,
            "postal_code": seller.postal_code, "city": seller.city, "account": seller.account,
            "vat_registered": seller.vat_registered,
        },
        "buyer": {"name": f"{town.name} kommune", "organisation_number": town.organisation_number},
        "vat": seller.vat, "vat_reason": seller.vat_reason, "net_ore": net, "vat_ore": vat_of(net, Vat(seller.vat)),
        "lines": [list(line) for line in lines],
    }  # fmt: skip


def _held(ctx: Context, settlement_id: int, right: str) -> Settlement:
    """The settlement as it stands, its costing locked first: everybody locks in that order."""
    seen = access.fetch(ctx, Settlement.objects.all(), settlement_id, right)
    access.fetch(ctx, Costing.objects.all(), seen.costing_id, Right.COSTING_READ, lock=True)
    row: Settlement = access.fetch(
        ctx, Settlement.objects.select_related("costing"), settlement_id, right, lock=True
    )  # fmt: skip
    return row
