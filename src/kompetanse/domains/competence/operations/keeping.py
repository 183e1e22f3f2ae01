"""Bringing what is kept ready on to today. Nothing is ever wrong before it has run: only slower."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access, clock, jobs, tenancy
from kompetanse.foundation.operation import operation
from kompetanse.kernel.context import Context, system_context

BATCH = 500
BEHIND = """
    SELECT t FROM unnest(%s::bigint[]) t WHERE NOT EXISTS (
        SELECT FROM competence_keeping k
        WHERE k.tenant_id = t AND k.revision = (SELECT revision FROM competence_registerrevision))
    ORDER BY t
"""
LAGGING = """
    SELECT t FROM unnest(%s::bigint[]) t
    WHERE NOT EXISTS (SELECT FROM competence_keeping k WHERE k.tenant_id = t
                      AND k.revision = (SELECT revision FROM competence_registerrevision))
       OR EXISTS (SELECT FROM competence_clock c WHERE c.tenant_id = t AND c.turns_on <= %s)
    ORDER BY t
"""
TURNED = """
    SELECT employee_id FROM competence_clock WHERE tenant_id = %s AND turns_on <= %s ORDER BY employee_id LIMIT %s
"""


@operation
def bring_up_to_date(ctx: Context, *, tenant_id: int) -> int:
    """Reckon anew for those whose clocks have turned, or for everybody where the register has changed.

    Gives how many people, at most a batch of the turned; called again until there are none. For the system alone.
    """
    access.require_system(ctx)
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, [[tenant_id]])
        if cursor.fetchone() is not None:
            cursor.execute("SELECT competence_refresh_tenant(%s)", [tenant_id])
            cursor.execute("SELECT count(*) FROM competence_clock WHERE tenant_id = %s", [tenant_id])
            everybody: int = cursor.fetchone()[0]
            return everybody
        cursor.execute(TURNED, [tenant_id, ctx.today, BATCH])
        who = [row[0] for row in cursor.fetchall()]
        if who:
            cursor.execute("SELECT competence_refresh(%s, %s::bigint[])", [tenant_id, who])
        return len(who)


def catch_up(why: str) -> None:
    """Bring every municipality that lags behind on to today: one question finds them, each has its own transaction."""
    now = clock.now()
    everyone = {row.tenant_id for row in organisation.list_municipalities()}
    with tenancy.reading(system_context(why, everyone, now)):
        lagging = tenancy.select(LAGGING, sorted(everyone), now.date())
    for (tenant_id,) in lagging:
        ctx = system_context(why, {tenant_id}, now)
        while bring_up_to_date(ctx, tenant_id=tenant_id):
            pass


@jobs.task
def follow_register() -> None:
    """Bring every municipality on to a register that has changed, soon after the change. May run twice."""
    catch_up("following the register")


def follow_at_once(tenants: Iterable[int]) -> None:
    """Those in sight are reckoned anew in the transaction of the change itself: pages show it when it is done."""
    with connection.cursor() as cursor:
        for tenant_id in sorted(tenants):
            cursor.execute("SELECT competence_refresh_tenant(%s)", [tenant_id])
