"""Who bills, and what the municipalities want on their bills."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import OrganisationNumberIsWrong
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.organisation_numbers import is_organisation_number

from .. import rules
from ..events import PayerSet, SellerSet
from ..models import Payer, Seller, Settlement
from ..permissions import Right
from ..queries.bases import members_of
from ..types import SellerInput
from ..types.refusals import PartIsUnknown

_LIMITS = {"name": 160, "street": 160, "postal_code": 4, "city": 60, "account": 34, "vat_reason": 160}


@operation
def set_seller(ctx: Context, *, region_id: int, seller: SellerInput) -> None:
    """Who bills for the region from now on; bills that are sent stand as they were.

    Raises Refused, TextIsImpossible, OrganisationNumberIsWrong, SellerIsImpossible, DueDaysAreImpossible.
    """
    access.require(ctx, Right.SETTLEMENT_MAKE, Settlement(tenant_id=region_id))
    number = "".join(seller.organisation_number.split())
    if not is_organisation_number(number):
        raise OrganisationNumberIsWrong(number=seller.organisation_number[:20])
    texts: dict[str, Any] = {
        name: rules.checked_line(getattr(seller, name), limit=limit, required=name == "name")
        for name, limit in _LIMITS.items()
    }
    told = replace(seller, organisation_number=number, **texts)
    rules.require_seller(told)
    Seller.objects.update_or_create(tenant_id=region_id, defaults=asdict(told))
    publish(ctx, SellerSet(tenant_id=region_id, region_id=region_id))


@operation
def set_payer(
    ctx: Context, *, region_id: int, municipality_id: int, organisation_number: str = "", buyer_reference: str = "",
    order_reference: str = "",
) -> None:  # fmt: skip
    """What a municipality wants on its bills, and its number. Raises Refused, PartIsUnknown, TextIsImpossible,
    OrganisationNumberIsWrong."""
    access.require(ctx, Right.SETTLEMENT_MAKE, Settlement(tenant_id=region_id))
    if municipality_id not in members_of(ctx, region_id):
        raise PartIsUnknown()
    wants = {
        "buyer_reference": rules.checked_line(buyer_reference, limit=60, required=False),
        "order_reference": rules.checked_line(order_reference, limit=60, required=False),
    }
    organisation.set_organisation_number(ctx, municipality_id=municipality_id, number=organisation_number)
    Payer.objects.update_or_create(tenant_id=region_id, municipality_id=municipality_id, defaults=wants)
    publish(ctx, PayerSet(tenant_id=region_id, municipality_id=municipality_id))
