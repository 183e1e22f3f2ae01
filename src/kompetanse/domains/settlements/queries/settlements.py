"""Settlements, a municipality's own share and why, and the bases for invoices."""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .. import rules
from ..models import Invoice, Payer, Seller, Settlement, Share
from ..permissions import Right
from ..rules import ubl
from ..types import (
    InvoiceRow,
    Key,
    PayerRow,
    SellerInput,
    SellerPage,
    SettlementPage,
    SettlementRow,
    SharePage,
    ShareRow,
    Status,
    ToldLine,
    Vat,
)
from .bases import members_of

COUNTED = {
    Key.INHABITANTS: "inhabitants", Key.SEATS: "seats", Key.FIXED_AND_SEATS: "seats",
    Key.PARTICIPANTS: "participants", Key.FIXED_AND_PARTICIPANTS: "participants",
}  # fmt: skip


@query
def get_settlement(ctx: Context, *, settlement_id: int) -> SettlementPage:
    """A settlement with all its shares, for those who bill. Raises NotFound, Refused."""
    found = Settlement.objects.select_related("costing")
    settlement = access.fetch(ctx, found, settlement_id, Right.SETTLEMENT_READ)
    shares = [share_row(row) for row in _shares(settlement_id)]
    numbers = {
        town.tenant_id: town.organisation_number
        for town in organisation.list_municipalities(frozenset(share.municipality_id for share in shares))
    }
    costing = settlement.costing
    reference = f"KURS-{costing.run_id}" if costing.run_id else f"TILTAK-{costing.measure_id}"
    return SettlementPage(
        settlement_row(settlement), reference, tuple(ToldLine(*line) for line in settlement.lines), tuple(shares),
        tuple(invoice_rows(Invoice.objects.filter(share__settlement_id=settlement_id))),
        bool(access.answer(ctx.actor, Right.SETTLEMENT_MAKE, settlement)),
        bool(access.answer(ctx.actor, Right.SETTLEMENT_APPROVE, settlement)),
        settlement.made_by is not None and settlement.made_by == ctx.actor.person_id,
        tuple(share.municipality for share in shares if share.to_bill_ore and not numbers.get(share.municipality_id)),
    )  # fmt: skip


@query
def get_share(ctx: Context, *, share_id: int) -> SharePage:
    """A municipality's own share and why. What the key counts in all, and so what all pay, is told only where that
    does not tell how few the others are. Raises NotFound, Refused."""
    found = Share.objects.select_related("settlement__costing", "municipality")
    share = access.fetch(ctx, found, share_id, Right.SHARE_READ)
    settlement, counted = share.settlement, COUNTED.get(Key(share.settlement.key))
    of_all, tells = None, True
    everybody = list(_shares(share.settlement_id))
    # Inhabitants are public; seats and participants are people, and so are those whose fees are in the sum.
    sums = {name: sum(getattr(row, name) or 0 for row in everybody) for name in ("seats", "participants")}
    if counted in sums or any(row.fee_ore or row.charge_ore for row in everybody if row.pk != share_id):
        tells = all(rules.may_tell(getattr(share, name), sums[name]) for name in sums)
    if counted in sums:
        of_all = sums[counted] if tells else None
    elif counted:
        of_all = sum(row.inhabitants or 0 for row in everybody if row.takes_part)
    bills = Invoice.objects.filter(access.rows(ctx.actor, Right.INVOICE_READ), share=share)
    return SharePage(settlement_row(settlement), share_row(share), of_all, tells, tuple(invoice_rows(bills)))


@query
def get_invoice_file(ctx: Context, *, invoice_id: int) -> tuple[str, bytes]:
    """(file name, file) of a basis for an invoice or credit note. Raises NotFound, Refused."""
    row = access.fetch(ctx, Invoice.objects.all(), invoice_id, Right.INVOICE_READ)
    kind = "kreditnota" if row.is_credit else "faktura"
    return f"{kind}-{row.number}.xml", ubl.write(row.document)


@query
def get_sellers(ctx: Context, *, region_id: int) -> SellerPage:
    """Who bills for the region, and what each municipality wants on its bills. Raises Refused."""
    access.require(ctx, Right.SETTLEMENT_MAKE, Settlement(tenant_id=region_id))
    told = {row.municipality_id: row for row in Payer.objects.filter(tenant_id=region_id)}
    towns = organisation.list_municipalities(frozenset(members_of(ctx, region_id)))
    payers = []
    for town in towns:
        payer = told.get(town.tenant_id)
        wants = (payer.buyer_reference, payer.order_reference) if payer else ("", "")
        payers.append(PayerRow(town.tenant_id, town.name, town.organisation_number, *wants))
    return SellerPage(seller_of(region_id), tuple(payers))


def seller_of(region_id: int) -> SellerInput | None:
    row = Seller.objects.filter(tenant_id=region_id).first()
    if row is None:
        return None
    return SellerInput(
        row.name, row.organisation_number, row.street, row.postal_code, row.city, row.account, row.vat_registered,
        Vat(row.vat), row.vat_reason, row.due_days,
    )  # fmt: skip


def settlement_row(row: Settlement) -> SettlementRow:
    return SettlementRow(
        row.pk, row.costing_id, row.costing.title, row.year, row.version, Status(row.status), Key(row.key),
        row.fixed_ore, row.cost_ore, row.subsidy_ore, row.total_ore, row.residue_ore, row.why, row.made_by_name,
        row.made_at, row.approved_by_name, row.approved_at, row.sent_at,
    )  # fmt: skip


def share_row(row: Share) -> ShareRow:
    return ShareRow(
        row.pk, row.settlement_id, row.municipality_id, row.municipality.name, row.amount_ore, row.fee_ore,
        row.charge_ore, row.key_ore, row.subsidy_ore, row.residue_ore, row.billed_ore, row.takes_part, row.inhabitants,
        row.seats, row.participants,
    )  # fmt: skip


def invoice_rows(found: Iterable[Invoice]) -> list[InvoiceRow]:
    rows = found.select_related("municipality", "share").order_by("number")  # type: ignore[attr-defined]
    return [
        InvoiceRow(
            row.pk, row.number, row.share.settlement_id, row.municipality_id, row.municipality.name, row.is_credit,
            row.net_ore, row.vat_ore, row.issued_on, row.due_on,
        )
        for row in rows
    ]  # fmt: skip


def _shares(settlement_id: int) -> Iterable[Share]:
    found: Iterable[Share] = (
        Share.objects.filter(settlement_id=settlement_id)
        .select_related("municipality")
        .order_by("municipality__number")
    )
    return found
