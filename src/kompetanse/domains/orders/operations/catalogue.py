"""Keeping the catalogue and the guidelines: a change is a new version, and what was ordered stands as it was."""

from __future__ import annotations

from kompetanse.domains.orders import rules
from kompetanse.domains.orders.events import GuidelineSet, ServicePublished, ServiceRetired
from kompetanse.domains.orders.models import Guideline, GuidelineRule, Service, ServiceVersion
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.rules import routing
from kompetanse.domains.orders.types.catalogue import ServiceInput, ServiceIsClosed
from kompetanse.domains.orders.types.guidelines import GuidelineInput
from kompetanse.foundation import access, locks
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context


@operation
def publish_service(ctx: Context, *, region_id: int, told: ServiceInput, service_id: int | None = None) -> int:
    """Offer a service, or a new version of one: it holds for orders from now on. Gives the service's id.

    Raises NotFound, Refused, ServiceIsClosed, and what `rules.check_service` raises.
    """
    if service_id is None:
        service = access.require(ctx, Right.SERVICE_PUBLISH, Service(tenant_id=region_id))
        rules.check_service(told)
        service.save()
    else:
        service = access.fetch(ctx, Service.objects.all(), service_id, Right.SERVICE_PUBLISH, lock=True)
        if not service.is_open:
            raise ServiceIsClosed()
        rules.check_service(told)
        service.version += 1
        service.save(update_fields=["version"])
    ServiceVersion.objects.create(
        tenant_id=service.tenant_id, service=service, number=service.version, kind=told.kind, unit=told.unit,
        title_nb=told.title_nb.strip(), title_nn=told.title_nn.strip(), description_nb=told.description_nb.strip(),
        description_nn=told.description_nn.strip(), terms_nb=told.terms_nb.strip(), terms_nn=told.terms_nn.strip(),
        price_each_ore=told.price_each.ore, minutes_each=told.minutes_each, days_expected=told.days_expected,
        least=told.least, most=told.most, roles=[role.value for role in told.roles], release_days=told.release_days,
        published_at=ctx.now,
    )  # fmt: skip
    publish(ctx, ServicePublished(tenant_id=service.tenant_id, service_id=service.id, version=service.version))
    return int(service.id)


@operation
def retire_service(ctx: Context, *, service_id: int) -> None:
    """Take a service out of the catalogue; what has been ordered goes on. Raises NotFound, Refused, ServiceIsClosed."""
    service = access.fetch(ctx, Service.objects.all(), service_id, Right.SERVICE_PUBLISH, lock=True)
    if not service.is_open:
        raise ServiceIsClosed()
    service.is_open = False
    service.save(update_fields=["is_open"])
    publish(ctx, ServiceRetired(tenant_id=service.tenant_id, service_id=service.id))


@operation
def set_guideline(ctx: Context, *, region_id: int, told: GuidelineInput) -> int:
    """Set the guidelines from a day. The version that held until then ends; one that had not begun never does.

    Orders that are placed keep what was decided. Gives the version's id. Raises Refused, GuidelineIsEmpty,
    GuidelineStartsTooEarly, RuleIsTurned or RuleIsImpossible.
    """
    row = access.require(ctx, Right.GUIDELINE_SET, Guideline(tenant_id=region_id))
    routing.check_guideline(told, ctx.today)
    locks.hold("orders.guidelines", region_id)
    last = Guideline.objects.filter(tenant_id=region_id).order_by("-number").first()
    for before in Guideline.objects.filter(tenant_id=region_id).order_by("-number"):
        if before.valid_to is None or before.valid_to > told.valid_from:
            before.valid_to = max(before.valid_from, told.valid_from)
            before.save(update_fields=["valid_to"])
    row.number = last.number + 1 if last else 1
    row.valid_from, row.otherwise = told.valid_from, told.otherwise
    row.decided_by, row.set_at = told.decided_by.strip()[:120], ctx.now
    row.save()
    GuidelineRule.objects.bulk_create(
        [
            GuidelineRule(
                tenant_id=region_id, guideline=row, place=place, route=rule.route, reason_nb=rule.reason_nb.strip(),
                reason_nn=rule.reason_nn.strip(), kinds=[kind.value for kind in rule.kinds],
                cost_from_ore=rule.cost_from_ore, cost_below_ore=rule.cost_below_ore, minutes_from=rule.minutes_from,
                minutes_below=rule.minutes_below, municipalities_from=rule.municipalities_from, in_plan=rule.in_plan,
                statutory=rule.statutory,
            )
            for place, rule in enumerate(told.rules, start=1)
        ]
    )  # fmt: skip
    publish(
        ctx,
        GuidelineSet(tenant_id=region_id, guideline_id=row.id, number=row.number, valid_from=row.valid_from),
    )
    return int(row.id)
