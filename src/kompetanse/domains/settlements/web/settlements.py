"""A settlement, a municipality's own share and why, the bases for invoices, and who bills."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.settlements import api as settlements
from kompetanse.domains.settlements.api import Right
from kompetanse.domains.settlements.types import SettlementPage, Status
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.kernel.money import Money
from kompetanse.ui import sheets
from kompetanse.ui.formats import kroner
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply, catching

from .forms import PayerForm, SellerForm
from .words import KEYS, TOLD, status_words

XML = "application/xml; charset=utf-8"


@page("oppgjor/<int:settlement_id>/", right=Right.SETTLEMENT_READ)
def settlement(request: PageRequest, settlement_id: int) -> Reply:
    """A settlement with all its shares; approved by another than who made it, sent, or thrown away as a draft."""
    found = settlements.get_settlement(request.ctx, settlement_id=settlement_id)
    file = sheets.export(
        request.GET.get("format", ""), f"oppgjor-{settlement_id}",
        [_("Kommune"), _("Innbyggere"), _("Plasser"), _("Deltakere"), _("Avgift"), _("Krav"),
         _("Andel"), _("Tilskudd"), _("Sum"), _("Fakturert før"), _("Å fakturere")],
        [
            (it.municipality, it.inhabitants, it.seats, it.participants,
             *(kroner(Money(ore)) for ore in (it.fee_ore, it.charge_ore, it.key_ore, it.subsidy_ore, it.amount_ore,
                                              it.billed_ore, it.to_bill_ore)))
            for it in found.shares
        ],
    )  # fmt: skip
    if file:
        return file
    fault = ""
    if request.method == "POST":
        try:
            return _do(request, found, request.POST.get("act", ""))
        except DomainError as error:
            if isinstance(error, NotFound):
                raise
            fault = sentence(error)
    row = found.settlement
    residue = [it.municipality for it in found.shares if it.residue_ore]
    return Reply.page(
        "settlements/settlement.html", found, status=422 if fault else 200, fault=fault, mark=status_words(row.status),
        key=str(KEYS[row.key]), residue_to=residue, lines=[(str(TOLD.get(it.kind, it.kind)), it) for it in found.lines],
        sum={
            name: Money(sum(getattr(it, name) for it in found.shares))
            for name in ("fee_ore", "charge_ore", "key_ore", "subsidy_ore", "amount_ore", "to_bill_ore")
        },
        is_draft=row.status is Status.DRAFT, is_approved=row.status is Status.APPROVED,
    )  # fmt: skip


def _do(request: PageRequest, found: SettlementPage, act: str) -> Reply:
    ctx, row = request.ctx, found.settlement
    here = reverse("settlements.settlement", args=[row.id])
    if act == "approve":
        seen = request.POST.get("total", "")
        total = int(seen) if seen.removeprefix("-").isdigit() and seen.isascii() and len(seen) < 19 else None
        settlements.approve_settlement(ctx, settlement_id=row.id, total_ore=total)
        return Reply.done(here, _("Oppgjøret er godkjent. Kommunene ser sin egen andel."))
    if act == "send":
        count = settlements.send_settlement(ctx, settlement_id=row.id)
        return Reply.done(here, _("Fakturagrunnlagene er laget: %(n)s.") % {"n": count})
    if act == "discard":
        settlements.discard_draft(ctx, settlement_id=row.id)
        return Reply.done(reverse("settlements.costing", args=[row.costing_id]), _("Utkastet er kastet."))
    raise NotFound()


@page("oppgjor/andel/<int:share_id>/", right=Right.SHARE_READ)
def share(request: PageRequest, share_id: int) -> Reply:
    """A municipality's own share, and how it was reckoned."""
    found = settlements.get_share(request.ctx, share_id=share_id)
    row = found.settlement
    return Reply.page("settlements/share.html", found, mark=status_words(row.status), key=str(KEYS[row.key]))


@page("oppgjor/faktura/<int:invoice_id>/", right=Right.INVOICE_READ, methods=("GET",))
def invoice(request: PageRequest, invoice_id: int) -> Reply:
    """The basis for an invoice or a credit note as a file that accounts read."""
    name, body = settlements.get_invoice_file(request.ctx, invoice_id=invoice_id)
    return Reply.file(body, filename=name, content_type=XML)


@page("oppgjor/avsender/", right=Right.SETTLEMENT_MAKE)
def sellers(request: PageRequest) -> Reply:
    """Who bills for the region, and what each municipality wants on its bills."""
    region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
    if region is None:
        raise NotFound()
    found = settlements.get_sellers(request.ctx, region_id=region.tenant_id)
    act, _sep, number = request.POST.get("act", "").partition("-")
    initial = None
    if found.seller:
        told = found.seller
        initial = {
            "name": told.name, "organisation_number": told.organisation_number, "street": told.street,
            "postal_code": told.postal_code, "city": told.city, "account": told.account,
            "vat_registered": told.vat_registered, "vat": told.vat.value, "vat_reason": told.vat_reason,
            "due_days": told.due_days,
        }  # fmt: skip
    form = SellerForm(request.POST if act == "seller" else None, initial=initial)
    here = reverse("settlements.sellers")
    if form.is_bound and form.is_valid():
        with catching(form, DomainError):
            settlements.set_seller(request.ctx, region_id=region.tenant_id, seller=form.as_input())
            return Reply.done(here, _("Lagret."))
    rows, faulty = [], bool(form.errors)
    for payer in found.payers:
        sent = act == "payer" and number == str(payer.municipality_id)
        known = {name: getattr(payer, name) for name in PayerForm.base_fields}
        one = PayerForm(request.POST if sent else None, initial=known, auto_id=f"betaler-{payer.municipality_id}-%s")
        if sent and one.is_valid():
            with catching(one, DomainError):
                settlements.set_payer(
                    request.ctx, region_id=region.tenant_id, municipality_id=payer.municipality_id, **one.cleaned_data
                )
                return Reply.done(here, _("Lagret for %(name)s.") % {"name": payer.name})
        faulty = faulty or bool(one.errors)
        rows.append((payer, one))
    return Reply.page("settlements/sellers.html", found, status=422 if faulty else 200, seller=form, payers=rows)
