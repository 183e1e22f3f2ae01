"""Leave that starts soon, and what runs out during it: told while there is still time to do something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from kompetanse.domains.competence.types.ledger import LeaveWarning
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import StaffRow
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.periods import add_months

from .kept import KeptStatus, statuses_of
from .register import Register, read_register

WITHIN = 90  # days before a leave from which it is warned of
OPEN_LEAVE_MONTHS = 12  # how long a leave without a last day is taken to be


@query
def list_leave_warnings(ctx: Context, *, unit_id: int | None = None, own: bool = False) -> list[LeaveWarning]:
    """What runs out during leaves that start within 90 days, for those the actor answers for, or for the actor.

    `unit_id` takes in the units below it. Three queries, and one where nobody leaves.
    """
    right = organisation.Right.POST_READ if own else organisation.Right.POST_OVERSEE
    posts = organisation.list_staff(ctx, right=right, unit_id=unit_id, own=own)
    leaving = _leaves(posts, ctx.today)
    if not leaving:
        return []
    kept = statuses_of({post.tenant_id for post in posts}, {who for who, _unit in leaving}, ctx.today)
    return leave_warnings(read_register(ctx.today), posts, kept, ctx.today)


def leave_warnings(
    register: Register, posts: Iterable[StaffRow], kept: Iterable[KeptStatus], today: date
) -> list[LeaveWarning]:
    """The same for posts and statuses in hand: by first day of leave, name, and what runs out first."""
    leaving = _leaves(posts, today)
    found = []
    for one in kept:
        away = leaving.get((one.employee_id, one.unit_id))
        if away is None or one.ends is None or one.requirement_id not in register.rows:
            continue
        post, start, end = away
        if start <= one.ends <= (end or add_months(start, OPEN_LEAVE_MONTHS)):
            found.append(
                LeaveWarning(
                    one.employee_id, post.name, one.unit_id, post.unit_name, one.requirement_id,
                    register.rows[one.requirement_id].name, one.ends, start, end,
                )
            )  # fmt: skip
    return sorted(found, key=lambda row: (row.leave_from, row.name, row.expires_on, row.requirement_name))


def _leaves(posts: Iterable[StaffRow], today: date) -> dict[tuple[int, int], tuple[StaffRow, date, date | None]]:
    """(person, unit) → the leave that starts soon from every post there."""
    held: dict[tuple[int, int], list[StaffRow]] = {}
    for post in posts:
        held.setdefault((post.employee_id, post.unit_id), []).append(post)
    found = {}
    for key, group in held.items():
        starts = [post.leave_from for post in group if post.leave_from and today < post.leave_from]
        if len(starts) == len(group) and min(starts) <= today + timedelta(days=WITHIN):
            ends = [post.leave_to for post in group if post.leave_to]
            found[key] = (group[0], max(starts), min(ends) if len(ends) == len(group) else None)
    return found
