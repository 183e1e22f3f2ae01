"""The file is what EN 16931 and Peppol BIS Billing 3.0 ask for, by their own rules, written out here.

The official schematron is not at hand where tests run; BR-CO-10 to 17 and the rules that concern what we write are
asserted one by one, in exact decimals.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.organisation.types import Role
from kompetanse.domains.settlements import api as settlements
from kompetanse.domains.settlements.rules import ubl
from kompetanse.domains.settlements.rules.billing import vat_of
from kompetanse.domains.settlements.types import Key, PartInput, SellerInput, Vat
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.organisation_numbers import is_organisation_number
from tests import make
from tests.make import settlements as made

NS = {"cbc": ubl.CBC, "cac": ubl.CAC}
# The children of the root that we write, in the order of the UBL 2.1 schemas.
ORDER = [
    "CustomizationID", "ProfileID", "ID", "IssueDate", "DueDate", "InvoiceTypeCode", "CreditNoteTypeCode", "Note",
    "DocumentCurrencyCode", "BuyerReference", "OrderReference", "BillingReference", "AccountingSupplierParty",
    "AccountingCustomerParty", "PaymentMeans", "TaxTotal", "LegalMonetaryTotal", "InvoiceLine", "CreditNoteLine",
]  # fmt: skip
CENT = Decimal("0.01")


def texts(root: ET.Element, path: str) -> list[str]:
    return [it.text or "" for it in root.findall(path, NS)]


def one(root: ET.Element, path: str) -> str:
    [found] = texts(root, path)
    return found


def amount(root: ET.Element, path: str) -> Decimal:
    [found] = root.findall(path, NS)
    assert found.get("currencyID") == "NOK"
    value = Decimal(found.text or "")
    assert value == value.quantize(CENT), "BR-DEC: at most two decimals"
    return value


def check(body: bytes) -> ET.Element:
    """The rules of EN 16931 (BR-*) and of Peppol that concern what we write."""
    root = ET.fromstring(body)
    kind = root.tag.split("}")[1]
    assert root.tag == f"{{urn:oasis:names:specification:ubl:schema:xsd:{kind}-2}}{kind}"
    names = [child.tag.split("}")[1] for child in root]
    assert [ORDER.index(name) for name in names] == sorted(ORDER.index(name) for name in names)
    assert one(root, "cbc:CustomizationID") == ubl.CUSTOMIZATION  # BR-01, PEPPOL-EN16931-R004
    assert one(root, "cbc:ProfileID") == ubl.PROFILE  # R001, R007
    assert one(root, "cbc:ID")
    assert one(root, "cbc:IssueDate")
    assert one(root, f"cbc:{kind}TypeCode") == {"Invoice": "380", "CreditNote": "381"}[kind]  # BR-04, P0100/P0101
    assert one(root, "cbc:DocumentCurrencyCode") == "NOK"  # BR-05
    assert one(root, "cbc:BuyerReference")  # R003
    for who in ("AccountingSupplierParty", "AccountingCustomerParty"):
        party = f"cac:{who}/cac:Party"
        assert one(root, f"{party}/cac:PartyLegalEntity/cbc:RegistrationName")  # BR-06, BR-07
        assert one(root, f"{party}/cac:PostalAddress/cac:Country/cbc:IdentificationCode") == "NO"  # BR-09, BR-11
        [endpoint] = root.findall(f"{party}/cbc:EndpointID", NS)  # R010, R020
        [legal] = root.findall(f"{party}/cac:PartyLegalEntity/cbc:CompanyID", NS)
        for found in (endpoint, legal):
            assert found.get("schemeID") == "0192"
            assert is_organisation_number(found.text or "")  # PEPPOL-COMMON-R041
    lines = root.findall(f"cac:{kind}Line", NS)
    assert lines  # BR-16
    net = Decimal()
    quantity = {"Invoice": "InvoicedQuantity", "CreditNote": "CreditedQuantity"}[kind]
    ids = [one(line, "cbc:ID") for line in lines]
    assert len(set(ids)) == len(ids)  # BR-21
    category = one(root, "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:ID")
    for line in lines:
        [counted] = line.findall(f"cbc:{quantity}", NS)  # BR-22
        assert counted.get("unitCode") == "C62"  # BR-23
        extension, price = amount(line, "cbc:LineExtensionAmount"), amount(line, "cac:Price/cbc:PriceAmount")
        assert one(line, "cac:Item/cbc:Name").strip()  # BR-25
        assert price >= 0  # BR-27
        assert extension == Decimal(counted.text or "") * price  # R120
        assert one(line, "cac:Item/cac:ClassifiedTaxCategory/cbc:ID") == category  # BR-CO-04, BR-O-11
        net += extension
    total = amount(root, "cac:LegalMonetaryTotal/cbc:LineExtensionAmount")
    assert total == net  # BR-CO-10
    exclusive = amount(root, "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount")
    assert exclusive == total  # BR-CO-13, without allowances and charges (BR-CO-11, BR-CO-12)
    assert not root.findall(".//cac:AllowanceCharge", NS)
    tax = amount(root, "cac:TaxTotal/cbc:TaxAmount")
    parts = root.findall("cac:TaxTotal/cac:TaxSubtotal", NS)
    assert tax == sum(amount(part, "cbc:TaxAmount") for part in parts)  # BR-CO-14
    inclusive = amount(root, "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount")
    assert inclusive == exclusive + tax  # BR-CO-15
    assert amount(root, "cac:LegalMonetaryTotal/cbc:PayableAmount") == inclusive  # BR-CO-16: nothing paid or rounded
    for part in parts:
        percents = texts(part, "cac:TaxCategory/cbc:Percent")
        percent = Decimal(percents[0]) if percents else Decimal()
        base = amount(part, "cbc:TaxableAmount")
        exact = (base * percent / 100).quantize(CENT, ROUND_HALF_UP)
        assert amount(part, "cbc:TaxAmount") == exact  # BR-CO-17
        assert base == net  # BR-S-08, BR-E-08, BR-O-08
        assert one(part, "cac:TaxCategory/cac:TaxScheme/cbc:ID") == "VAT"
    registered = texts(root, "cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme/cbc:CompanyID")
    reasons = texts(root, "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:TaxExemptionReason")
    every = [*parts, *(line.findall("cac:Item", NS)[0] for line in lines)]
    told = [percent for it in every for percent in texts(it, "*/cbc:Percent")]
    if category == "O":
        assert not registered
        assert not told
        assert reasons
    else:
        assert [it.startswith("NO") and it.endswith("MVA") for it in registered] == [True]  # BR-S-02, BR-E-02
        assert set(told) == {"25" if category == "S" else "0"}
        assert len(told) == len(every)
        assert bool(reasons) == (category == "E")  # BR-S-10, BR-E-10
    if kind == "Invoice":
        assert inclusive <= 0 or one(root, "cbc:DueDate")  # BR-CO-25
    return root


def document(lines: list[tuple[str, int]], vat: Vat, **changes: Any) -> dict[str, Any]:
    net = sum(ore for _, ore in lines)
    told = {
        "is_credit": False, "number": 17, "issued_on": "2027-04-30", "due_on": "2027-05-30", "note": "OPPGJØR-1",
        "buyer_reference": "4100", "order_reference": "", "earlier": [],
        "seller": {
            "name": "Regionrådet", "organisation_number": made.number(), "street": "Storgata 1", "postal_code": "3616",
            "city": "Kongsberg", "account": "12345678903", "vat_registered": vat is not Vat.OUTSIDE,
        },
        "buyer": {"name": "Tinn kommune", "organisation_number": made.number()},
        "vat": vat.value, "vat_reason": "" if vat is Vat.STANDARD else "Undervisning, mval. § 3-5", "net_ore": net,
        "vat_ore": vat_of(net, vat), "lines": [list(line) for line in lines],
    }  # fmt: skip
    return {**told, **changes}


PLAIN = st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"))


class TestWrite:
    @given(
        st.lists(st.tuples(st.text(PLAIN, min_size=1).map("Kurs {}".format), st.integers(-10**7, 10**9)), min_size=1),
        st.sampled_from(Vat), st.booleans(),
    )  # fmt: skip
    def test_keeps_the_rules_of_the_norm_for_any_amounts(
        self, lines: list[tuple[str, int]], vat: Vat, credit: bool
    ) -> None:
        lines = [(text, ore or 1) for text, ore in lines]
        if (net := sum(ore for _, ore in lines)) <= 0:
            lines.append(("Resten", 1 - net))
        told = document(lines, vat, is_credit=credit, earlier=[[3, "2027-01-01"]] if credit else [])

        root = check(ubl.write(told))

        kind = "CreditNote" if credit else "Invoice"
        assert texts(root, f"cac:{kind}Line/cac:Item/cbc:Name") == [text for text, _ in lines]
        assert ubl.write(told) == ubl.write(told)

    def test_markup_in_a_name_stays_text(self) -> None:
        hostile = "</cbc:Name><cbc:Note>&amp;<![CDATA[x]]> \"'"

        root = check(ubl.write(document([(hostile, 100)], Vat.OUTSIDE, note=hostile, buyer_reference=hostile)))

        assert one(root, "cac:InvoiceLine/cac:Item/cbc:Name") == hostile
        assert one(root, "cbc:BuyerReference") == hostile

    @pytest.mark.parametrize(("ore", "text"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (123456, "1234.56")])
    def test_writes_ore_exactly(self, ore: int, text: str) -> None:
        assert ubl.kroner(ore) == text


class TestGetInvoiceFile:
    @pytest.mark.parametrize("vat", Vat)
    def test_a_settlement_becomes_invoices_and_its_correction_credit_notes(self, vat: Vat) -> None:
        region = make.region(municipalities=2)
        one_, two = region.municipalities
        ctx = make.system(region)
        made.billing(region)
        settlements.set_seller(
            ctx, region_id=region.tenant_id,
            seller=SellerInput(
                "Rådet <&>", made.number(), "Gata 1", "3616", "Kongsberg", "12345678903", vat is not Vat.OUTSIDE, vat,
                "" if vat is Vat.STANDARD else "Undervisning, mval. § 3-5", 14,
            ),
        )  # fmt: skip
        costing_id = made.costing(region, kroner=333)
        first = made.settled(region, costing_id, sent=True)
        settlements.choose_sharing(
            ctx, costing_id=costing_id, key=Key.SEATS,
            parts=[PartInput(one_.tenant_id, seats=3), PartInput(two.tenant_id, seats=1)],
        )  # fmt: skip
        second = made.settled(region, costing_id, sent=True, why="Feil nøkkel <script>")

        files = [
            (row, settlements.get_invoice_file(ctx, invoice_id=row.id))
            for settlement_id in (first, second)
            for row in settlements.get_settlement(ctx, settlement_id=settlement_id).invoices
        ]

        for row, (name, body) in files:
            root = check(body)
            assert root.tag.endswith("CreditNote" if row.is_credit else "Invoice")
            assert name == f"{'kreditnota' if row.is_credit else 'faktura'}-{row.number}.xml"
            assert amount(root, "cac:LegalMonetaryTotal/cbc:PayableAmount") * 100 == row.payable_ore
        # What is credited says which bill it goes off.
        credit = check(files[-1][1][1])
        assert texts(credit, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID") == ["2"]
        assert "Feil nøkkel <script>" in one(credit, "cbc:Note")

    def test_is_for_the_office_and_for_the_one_who_pays(self) -> None:
        region = make.region(municipalities=2)
        one_, two = region.municipalities
        made.billing(region)
        settlement_id = made.settled(region, made.costing(region), sent=True)
        bills = settlements.get_settlement(make.system(region), settlement_id=settlement_id).invoices
        mine = next(it.id for it in bills if it.municipality_id == one_.tenant_id)
        own = make.context(make.with_role(region, Role.CONTACT_PERSON, town=one_))
        neighbour = make.context(make.with_role(region, Role.CONTACT_PERSON, town=two))

        assert settlements.get_invoice_file(own, invoice_id=mine)[1]
        with pytest.raises(Refused):
            settlements.get_invoice_file(neighbour, invoice_id=mine)
        with pytest.raises(NotFound):
            settlements.get_invoice_file(make.context(make.office(make.region())), invoice_id=mine)
