"""What a worker does for the messages by the clock."""

from __future__ import annotations

from kompetanse.foundation import clock, jobs

from . import api as messages


@jobs.periodic("* * * * *")
def send_due() -> None:
    """Every minute: what waits and whose time has come, also where the job that was to send it died."""
    for tenant_id in messages.find_due(clock.now()):
        messages.send_waiting(tenant_id)
