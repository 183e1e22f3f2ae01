"""The catalogue: services as they are offered now, and as they were."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from kompetanse.domains.orders.models import Order, Service, ServiceVersion
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.types import ServicePage
from kompetanse.domains.orders.types.catalogue import OrderUnit, ServiceInput, ServiceKind, ServiceRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role, UnitRow
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.money import Money

from .capacity import next_start
from .words import in_written_form


def service_row(version: ServiceVersion, *, is_open: bool) -> ServiceRow:
    told = ServiceInput(
        title_nb=version.title_nb, title_nn=version.title_nn, kind=ServiceKind(version.kind),
        unit=OrderUnit(version.unit), description_nb=version.description_nb, description_nn=version.description_nn,
        price_each=Money(version.price_each_ore), minutes_each=version.minutes_each,
        days_expected=version.days_expected, least=version.least, most=version.most,
        roles=tuple(Role(role) for role in version.roles), release_days=version.release_days,
        terms_nb=version.terms_nb, terms_nn=version.terms_nn,
    )  # fmt: skip
    return ServiceRow(
        version.service_id, version.tenant_id, version.number, is_open, told, version.published_at.date(),
        in_written_form(told.title_nb, told.title_nn), in_written_form(told.description_nb, told.description_nn),
        in_written_form(told.terms_nb, told.terms_nn),
    )  # fmt: skip


@query
def list_services(ctx: Context, *, with_closed: bool = False) -> list[ServiceRow]:
    """What can be ordered, by kind and title. One query."""
    versions = ServiceVersion.objects.filter(number=F("service__version")).select_related("service")
    versions = versions.filter(service__in=Service.objects.filter(access.rows(ctx.actor, Right.SERVICE_READ)))
    if not with_closed:
        versions = versions.filter(service__is_open=True)
    kinds = list(ServiceKind)
    rows = [service_row(version, is_open=version.service.is_open) for version in versions]
    return sorted(rows, key=lambda row: (not row.is_open, kinds.index(row.told.kind), row.title.casefold(), row.id))


@query
def get_service(ctx: Context, *, service_id: int, version: int | None = None) -> ServiceRow:
    """A service as it is offered now, or as it was in a version. Raises NotFound or Refused."""
    service: Service = access.fetch(ctx, Service.objects.all(), service_id, Right.SERVICE_READ)
    found = ServiceVersion.objects.filter(service=service, number=version or service.version).first()
    if found is None:
        raise NotFound()
    return service_row(found, is_open=service.is_open)


@query
def get_service_page(ctx: Context, *, service_id: int) -> ServicePage:
    """A service with its versions, and for whom the reader may order it. Raises NotFound or Refused."""
    service: Service = access.fetch(ctx, Service.objects.all(), service_id, Right.SERVICE_READ)
    versions = [
        service_row(version, is_open=service.is_open)
        for version in ServiceVersion.objects.filter(service=service).order_by("-number")
    ]
    now = next(row for row in versions if row.version == service.version)
    whole, units = _may_order(ctx, now.told.roles)
    return ServicePage(
        service=now,
        versions=tuple(versions),
        municipalities=tuple((row.tenant_id, row.name) for row in organisation.list_municipalities(whole)),
        units=tuple((row.id, row.name) for row in units),
        unit_tenants=tuple((row.id, row.tenant_id) for row in units),
        may_edit=bool(access.answer(ctx.actor, Right.SERVICE_PUBLISH, service)),
        starts_about=next_start(ctx, now.tenant_id),
    )


def _may_order(ctx: Context, roles: Iterable[Role]) -> tuple[frozenset[int], list[UnitRow]]:
    """The municipalities the actor may order for, and the units where they may order for those alone."""
    held = set(roles)
    tenants = {grant.tenant_id for grant in ctx.actor.grants if grant.role in held and grant.unit_id is None}
    whole = frozenset(it for it in tenants if access.answer(ctx.actor, Right.ORDER_PLACE, Order(tenant_id=it)))
    if Role.LEADER not in held or not ctx.actor.places(Role.LEADER):
        return whole, []
    led = organisation.list_units(ctx, led_only=True)
    return whole, [row for row in led if row.tenant_id not in whole]
