"""What the clock asks of the organisation."""

from __future__ import annotations

import logging

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import clock, jobs
from kompetanse.kernel.context import system_context

logger = logging.getLogger(__name__)
REASON = "the declared time is past"


@jobs.periodic("40 3 * * *")
def forget_past() -> None:
    """Each night, tenant by tenant: what is past its declared time, a little at a time until nothing is left."""
    now = clock.now()
    for tenant_id, leans_on in organisation.list_tenants().items():
        ctx = system_context(REASON, leans_on, now)
        while counts := organisation.forget_past(ctx, tenant_id=tenant_id):
            logger.info("tenant %s: past their time and deleted: %s", tenant_id, counts)
    organisation.forget_technical(system_context(REASON, set(), now))
