"""What the worker does by the clock."""

from __future__ import annotations

import asyncio
import logging

from procrastinate.contrib.django import app as queue

from . import jobs, outbox

logger = logging.getLogger(__name__)


@jobs.periodic("* * * * *")
def sweep_outbox() -> None:
    """Events whose job was lost are asked for again."""
    if count := outbox.sweep():
        logger.warning("%s events waited; asked for again", count)


@jobs.periodic("* * * * *")
def retry_stalled_jobs() -> None:
    """A worker that was killed leaves its job marked as being done. Nobody else puts it back."""
    asyncio.run(_retry_stalled())


async def _retry_stalled() -> None:
    worker = queue.with_connector(queue.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker.open_async():
        for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=30):
            logger.warning("job %s was left by a dead worker; put back", job.id)
            await worker.job_manager.retry_job(job)
