"""Regions, municipalities and who is a member of what."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.organisation.events import MunicipalityJoined, OrganisationNumberSet, RegionFounded
from kompetanse.domains.organisation.models import Membership, Municipality, Region
from kompetanse.domains.organisation.permissions import Right
from kompetanse.domains.organisation.queries import standing
from kompetanse.domains.organisation.types import (
    Level,
    MembershipOverlaps,
    MunicipalityFacts,
    OrganisationNumberIsWrong,
)
from kompetanse.foundation import access
from kompetanse.foundation.models import Tenant
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.organisation_numbers import is_organisation_number


def found_region(ctx: Context, *, name: str, level: Level = Level.REGIONAL) -> int:
    """Found a region, or find it if it is there. Gives its tenant id."""
    region = Region.objects.filter(name__iexact=name.strip()).first()
    if region is not None:
        return int(region.pk)
    access.require_system(ctx)
    tenant = Tenant.objects.create(name=name.strip())
    inside = Context(ctx.actor, ctx.tenants | {tenant.pk}, ctx.now, ctx.correlation_id)
    return _found_region(inside, tenant_id=tenant.pk, name=name.strip(), level=level)


@operation
def _found_region(ctx: Context, *, tenant_id: int, name: str, level: Level) -> int:
    Region.objects.create(tenant_id=tenant_id, name=name, level=level)
    publish(ctx, RegionFounded(tenant_id=tenant_id, name=name))
    return tenant_id


def register_municipality(ctx: Context, *, facts: MunicipalityFacts) -> int:
    """Register a municipality's public facts, or bring them up to date. Gives its tenant id."""
    access.require_system(ctx)
    values = {
        "name": facts.name,
        "county": facts.county,
        "population": facts.population,
        "centre": facts.centre,
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "written_form": facts.written_form,
        "written_form_verified": facts.written_form_verified,
    }
    row = Municipality.objects.filter(number=facts.number).first()
    if row is None:
        tenant = Tenant.objects.create(name=facts.name)
        return int(Municipality.objects.create(tenant=tenant, number=facts.number, **values).pk)
    Municipality.objects.filter(pk=row.pk).update(**values)
    return int(row.pk)


@operation
def join_region(ctx: Context, *, region_id: int, municipality_id: int, valid_from: date) -> None:
    """A municipality joins from a day. Does nothing where it stands already.

    The office then has the municipality's people in sight, so no region can do it on its own.
    Raises MembershipOverlaps, Refused.
    """
    access.require_system(ctx)
    memberships = Membership.objects.filter(region_id=region_id, municipality_id=municipality_id)
    if memberships.filter(standing(valid_from), valid_to=None).exists():
        return
    if memberships.filter(valid_to__gte=valid_from).exists() or memberships.filter(valid_to=None).exists():
        raise MembershipOverlaps()
    Membership.objects.create(region_id=region_id, municipality_id=municipality_id, valid_from=valid_from)
    number = Municipality.objects.values_list("number", flat=True).get(pk=municipality_id)
    publish(ctx, MunicipalityJoined(tenant_id=region_id, region_id=region_id, number=number))


@operation
def set_organisation_number(ctx: Context, *, municipality_id: int, number: str) -> None:
    """Write the municipality's number in the Register of Legal Entities; spaces are let through, empty takes it away.

    Raises NotFound, Refused, OrganisationNumberIsWrong.
    """
    found = Municipality.objects.filter(pk__in=ctx.tenants)
    row = access.fetch(ctx, found, municipality_id, Right.ORGANISATION_SYNC)
    digits = "".join(number.split())
    if digits and not is_organisation_number(digits):
        raise OrganisationNumberIsWrong(number=number[:20])
    if digits == row.organisation_number:
        return
    Municipality.objects.filter(pk=row.pk).update(organisation_number=digits)
    publish(ctx, OrganisationNumberSet(tenant_id=row.pk, municipality_id=row.pk))
