"""Keeping the results: counted again from the rows they stand for, never added to."""

from __future__ import annotations

from collections import Counter

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import SignupStatus
from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.types import OrderStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .events import ResultsRefreshed
from .models import MeasureResult


@operation
def refresh_measure(ctx: Context, *, region_id: int, measure_id: int) -> None:
    """Count a measure's results again for the municipalities in sight."""
    municipalities = [row.tenant_id for row in organisation.list_municipalities(ctx.tenants)]
    ordered: Counter[int] = Counter()
    for order in orders.list_orders(ctx, measure_id=measure_id):
        if order.status is not OrderStatus.CANCELLED:
            ordered[order.tenant_id] += order.seats
    counts: dict[SignupStatus, Counter[int]] = {status: Counter() for status in SignupStatus}
    evidence: Counter[int] = Counter()
    for run in courses.list_runs(ctx, measure_id=measure_id):
        for signup in courses.list_signups(ctx, run_id=run.id):
            counts[signup.status][signup.tenant_id] += 1
            evidence[signup.tenant_id] += signup.evidence_id is not None and signup.status is SignupStatus.ATTENDED
    for tenant_id in municipalities:
        attended, absent = counts[SignupStatus.ATTENDED][tenant_id], counts[SignupStatus.ABSENT][tenant_id]
        values = {
            "ordered": ordered[tenant_id],
            "seated": counts[SignupStatus.SEATED][tenant_id] + attended + absent,
            "attended": attended,
            "absent": absent,
            "evidence": evidence[tenant_id],
            "refreshed_at": ctx.now,
        }
        if any(values[name] for name in ("ordered", "seated", "attended", "absent")):
            MeasureResult.objects.update_or_create(
                tenant_id=region_id, measure_id=measure_id, municipality_id=tenant_id, defaults=values
            )
        else:
            MeasureResult.objects.filter(tenant_id=region_id, measure_id=measure_id, municipality_id=tenant_id).delete()
    publish(ctx, ResultsRefreshed(tenant_id=region_id, measure_id=measure_id))
