"""What the clock asks of the integrations. Loading the door also tells the worker how to carry an import on."""

from __future__ import annotations

from kompetanse.domains.integrations import api as integrations
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import clock, jobs
from kompetanse.kernel.context import system_context


@jobs.periodic("20 3 * * *")
def forget_old_uploads() -> int:
    """Each night: the content of files that nobody took in within seven days. Gives how many imports it concerned."""
    everyone = {row.tenant_id for row in organisation.list_municipalities()}
    return integrations.forget_old_uploads(system_context("uploads are kept for seven days", everyone, clock.now()))
