"""The bill as a file that accounts read: UBL 2.1 by Peppol BIS Billing 3.0 (EHF), from what was kept on the day.

Plain Python. `document` is what an Invoice row keeps; the same document always gives the same bytes. Amounts are
written from whole øre, so nothing is rounded here.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
REGISTER = "0192"  # the Norwegian Register of Legal Entities
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
ROOT = "urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
CONTENT_TYPE = "application/xml; charset=utf-8"


def write(document: dict[str, Any]) -> bytes:
    """An Invoice, or a CreditNote where the document is one."""
    kind = "CreditNote" if document["is_credit"] else "Invoice"
    namespace = ROOT.format(kind=kind)
    root = ET.Element(f"{{{namespace}}}{kind}")
    _put(root, "CustomizationID", CUSTOMIZATION)
    _put(root, "ProfileID", PROFILE)
    _put(root, "ID", str(document["number"]))
    _put(root, "IssueDate", document["issued_on"])
    if kind == "Invoice":
        _put(root, "DueDate", document["due_on"])
    _put(root, f"{kind}TypeCode", "381" if document["is_credit"] else "380")
    if document["note"]:
        _put(root, "Note", document["note"])
    _put(root, "DocumentCurrencyCode", "NOK")
    _put(root, "BuyerReference", document["buyer_reference"])
    if document["order_reference"]:
        _put(_within(root, "OrderReference"), "ID", document["order_reference"])
    for number, day in document["earlier"]:
        earlier = _within(_within(root, "BillingReference"), "InvoiceDocumentReference")
        _put(earlier, "ID", str(number))
        _put(earlier, "IssueDate", day)
    _party(_within(root, "AccountingSupplierParty"), document["seller"])
    _party(_within(root, "AccountingCustomerParty"), document["buyer"])
    _payment(root, document)
    _tax(root, document)
    _totals(root, document)
    for place, (text, ore) in enumerate(document["lines"], start=1):
        _line(root, kind, place, text, ore, document)
    ET.register_namespace("", namespace)
    ET.register_namespace("cbc", CBC)
    ET.register_namespace("cac", CAC)
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return body


def kroner(ore: int) -> str:
    """1234.50, or with a minus before it."""
    whole, rest = divmod(abs(ore), 100)
    return f"{'-' if ore < 0 else ''}{whole}.{rest:02}"


def _party(parent: ET.Element, told: dict[str, Any]) -> None:
    party = _within(parent, "Party")
    _put(party, "EndpointID", told["organisation_number"], schemeID=REGISTER)
    _put(_within(party, "PartyName"), "Name", told["name"])
    address = _within(party, "PostalAddress")
    for name, value in (("StreetName", "street"), ("CityName", "city"), ("PostalZone", "postal_code")):
        if told.get(value):
            _put(address, name, told[value])
    _put(_within(address, "Country"), "IdentificationCode", "NO")
    if told.get("vat_registered"):
        tax = _within(party, "PartyTaxScheme")
        _put(tax, "CompanyID", f"NO{told['organisation_number']}MVA")
        _put(_within(tax, "TaxScheme"), "ID", "VAT")
    legal = _within(party, "PartyLegalEntity")
    _put(legal, "RegistrationName", told["name"])
    _put(legal, "CompanyID", told["organisation_number"], schemeID=REGISTER)


def _payment(root: ET.Element, document: dict[str, Any]) -> None:
    account = document["seller"].get("account")
    if not account or document["is_credit"]:
        return
    means = _within(root, "PaymentMeans")
    _put(means, "PaymentMeansCode", "30")
    _put(means, "PaymentID", str(document["number"]))
    _put(_within(means, "PayeeFinancialAccount"), "ID", account)


def _tax(root: ET.Element, document: dict[str, Any]) -> None:
    total = _within(root, "TaxTotal")
    _money(total, "TaxAmount", document["vat_ore"])
    part = _within(total, "TaxSubtotal")
    _money(part, "TaxableAmount", document["net_ore"])
    _money(part, "TaxAmount", document["vat_ore"])
    category = _category(part, "TaxCategory", document)
    if document["vat"] != "S":
        reason = ET.Element(f"{{{CBC}}}TaxExemptionReason")
        reason.text = document["vat_reason"]
        category.insert(len(category) - 1, reason)


def _totals(root: ET.Element, document: dict[str, Any]) -> None:
    totals = _within(root, "LegalMonetaryTotal")
    gross = document["net_ore"] + document["vat_ore"]
    _money(totals, "LineExtensionAmount", document["net_ore"])
    _money(totals, "TaxExclusiveAmount", document["net_ore"])
    _money(totals, "TaxInclusiveAmount", gross)
    _money(totals, "PayableAmount", gross)


def _line(root: ET.Element, kind: str, place: int, text: str, ore: int, document: dict[str, Any]) -> None:
    """A price is never below nothing: what goes off is minus one of it."""
    line = _within(root, f"{kind}Line")
    _put(line, "ID", str(place))
    quantity = "CreditedQuantity" if kind == "CreditNote" else "InvoicedQuantity"
    _put(line, quantity, "1" if ore >= 0 else "-1", unitCode="C62")
    _money(line, "LineExtensionAmount", ore)
    item = _within(line, "Item")
    _put(item, "Name", text)
    _category(item, "ClassifiedTaxCategory", document)
    _money(_within(line, "Price"), "PriceAmount", abs(ore))


def _category(parent: ET.Element, name: str, document: dict[str, Any]) -> ET.Element:
    category = _within(parent, name)
    _put(category, "ID", document["vat"])
    if document["vat"] != "O":
        _put(category, "Percent", "25" if document["vat"] == "S" else "0")
    _put(_within(category, "TaxScheme"), "ID", "VAT")
    return category


def _within(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{CAC}}}{name}")


def _put(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, f"{{{CBC}}}{name}", attributes).text = text


def _money(parent: ET.Element, name: str, ore: int) -> None:
    _put(parent, name, kroner(ore), currencyID="NOK")
