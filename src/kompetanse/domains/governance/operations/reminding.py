"""By the clock: tasks and polls whose day is near or past."""

from __future__ import annotations

from kompetanse.domains.governance.events import PollReminded, TaskReminded
from kompetanse.domains.governance.models import Poll, Task
from kompetanse.domains.governance.rules.letters import NEAR, task_letter_due
from kompetanse.domains.governance.types.polls import PollStatus
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context


@operation
def follow_up(ctx: Context, *, region_id: int) -> int:
    """The owner of a task is reminded when its day is near and when it is past, once for each; those who have not
    answered a poll are, the day before its answers are due. Gives how many reminders are new. For the system."""
    access.require_system(ctx)
    found = 0
    tasks = Task.objects.filter(tenant_id=region_id, done_at=None, due_on__lte=ctx.today + NEAR)
    for task in tasks.select_for_update(of=("self",)).order_by("id"):
        occasion = task_letter_due(task.due_on, ctx.today, task.reminded)
        if occasion is not None:
            task.reminded = occasion
            task.save(update_fields=["reminded"])
            publish(ctx, TaskReminded(tenant_id=region_id, task_id=task.pk, occasion=occasion))
            found += 1
    polls = Poll.objects.filter(tenant_id=region_id, status=PollStatus.OPEN, is_reminded=False)
    for poll in polls.select_for_update(of=("self",)).order_by("id"):
        if (poll.answers_due - ctx.today).days <= 1:
            poll.is_reminded = True
            poll.save(update_fields=["is_reminded"])
            publish(ctx, PollReminded(tenant_id=region_id, poll_id=poll.pk))
            found += 1
    return found
