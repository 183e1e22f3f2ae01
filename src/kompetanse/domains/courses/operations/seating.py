"""The one place where seats are given out. The caller holds the run's row locked."""

from __future__ import annotations

from collections.abc import Collection

from kompetanse.domains.orders import api as orders
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import publish
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..events import SignupSettled
from ..models import Quota, Run, Signup
from ..types import RunStatus, SignupStatus

SEATED, WAITING = SignupStatus.SEATED, SignupStatus.WAITING


def lock_run(ctx: Context, run_id: int, right: str) -> Run:
    """The run, locked until the transaction ends: whoever gives out its seats stands in line here."""
    run: Run = access.fetch(ctx, Run.objects.all(), run_id, right, lock=True)
    return run


def lock_run_with_siblings(ctx: Context, run_id: int, right: str) -> Run:
    """The run, with all runs of its measure locked by id: what is kept for whom is shared between them."""
    seen = access.fetch(ctx, Run.objects.all(), run_id, right)
    siblings = Run.objects.filter(tenant_id=seen.tenant_id, measure_id=seen.measure_id)
    locked: dict[int, Run] = {run.pk: run for run in siblings.select_for_update(no_key=True).order_by("id")}
    return locked[run_id]


def settle(ctx: Context, run: Run, *, fresh: Collection[int] = ()) -> None:
    """Give out the seats of a locked run by the rules, and tell those it concerns.

    Crosses the borders between the municipalities that take part, on purpose: the line is one for all.
    Each is told within its own municipality. `fresh`: sign-ups approved just now, told whatever they got.
    """
    whole = whole_run(ctx, run, run.municipalities)
    with tenant_scope(whole):
        columns = ("id", "tenant_id", "queue_number", "status", "place", "why")
        approved = list(Signup.objects.filter(run_id=run.pk, status__in=[SEATED, WAITING]).values_list(*columns))
        chairs = rules.Chairs(
            run.max_seats,
            dict(Quota.objects.filter(run_id=run.pk).values_list("municipality_id", "seats")),
            rules.is_released(run.deadline, ctx.today),
        )
        entries = [rules.Entry(pk, tenant, number, status == SEATED) for pk, tenant, number, status, *_ in approved]
        rulings = rules.give_out(chairs, entries)
        before = {pk: (tenant, place, why) for pk, tenant, _, _, place, why in approved}
        moved = []
        for ruling in rulings:
            tenant_id, place, why = before[ruling.id]
            if ruling.seated or (ruling.place, ruling.ground) != (place, why):
                moved.append(
                    Signup(
                        pk=ruling.id, tenant_id=tenant_id, status=SEATED if ruling.seated else WAITING,
                        place=ruling.place, why=ruling.ground.value,
                    )
                )  # fmt: skip
            if ruling.seated or ruling.id in fresh:
                status = SEATED if ruling.seated else WAITING
                tell(ctx, run, ruling.id, tenant_id, status, ruling.ground.value)
        Signup.objects.bulk_update(moved, ["status", "place", "why"])
    run.seats_taken = sum(entry.seated for entry in entries) + sum(ruling.seated for ruling in rulings)
    run.waiting = sum(not ruling.seated for ruling in rulings)
    run.save(update_fields=["seats_taken", "waiting", "last_number", "municipalities"])


def tell(ctx: Context, run: Run, signup_id: int, tenant_id: int, status: SignupStatus, why: str) -> None:
    """Publish what became of a sign-up, with only its own municipality and the region in sight."""
    narrow = whole_run(ctx, run, [tenant_id])
    publish(
        narrow,
        SignupSettled(tenant_id=tenant_id, run_id=run.pk, signup_id=signup_id, status=status.value, why=why),
    )


def fit_quotas(ctx: Context, region_id: int, measure_id: int) -> None:
    """Share what the municipalities have ordered over the measure's open runs, the earliest run first."""
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    if region is None:
        raise NotFound()
    whole = system_context("quotas follow the orders", set(region.tenants), ctx.now)
    with tenant_scope(whole):
        left = orders.count_seats_by_municipality(whole, measure_id=measure_id)
        runs = list(
            Run.objects.filter(measure_id=measure_id, status__in=[RunStatus.OPEN, RunStatus.HELD])
            .select_for_update(no_key=True)
            .order_by("id")
        )
        held = [run.pk for run in runs if run.status == RunStatus.HELD]
        for municipality, seats in Quota.objects.filter(run_id__in=held).values_list("municipality_id", "seats"):
            left[municipality] = left.get(municipality, 0) - seats
        for run in runs:
            if run.pk in held:
                continue
            given = rules.fit_quotas(left, run.max_seats)
            Quota.objects.filter(run=run).exclude(municipality_id__in=given).delete()
            for municipality, seats in given.items():
                left[municipality] -= seats
                Quota.objects.update_or_create(
                    tenant_id=run.tenant_id, run=run, municipality_id=municipality, defaults={"seats": seats}
                )
            settle(ctx, run)


def whole_run(ctx: Context, run: Run, municipalities: Collection[int]) -> Context:
    """The system, giving out this run's seats: it is nobody's act towards the next in line."""
    tenants = frozenset({run.tenant_id, *municipalities})
    reason = f"seats of {run.reference}"
    return Context(system_context(reason, tenants, ctx.now).actor, tenants, ctx.now, ctx.correlation_id)
