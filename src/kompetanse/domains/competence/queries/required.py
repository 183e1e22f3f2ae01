"""From posts to what is required of whom: the join that every answer about people starts with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kompetanse.domains.competence.rules.status import is_away
from kompetanse.domains.competence.rules.targets import PostFacts, Target
from kompetanse.domains.organisation.types import StaffRow

from .register import Register

# employee id → requirement id → the posts that make it required, each with the line that does
Required = dict[int, dict[int, list[tuple[StaffRow, Target]]]]


def facts(post: StaffRow) -> PostFacts:
    return PostFacts(post.position_title, post.unit_name, post.sector, post.leads)


def required_of(register: Register, posts: Iterable[StaffRow]) -> Required:
    """What these posts require of those who hold them."""
    found: Required = {}
    for post in posts:
        mine = found.setdefault(post.employee_id, {})
        for requirement_id, target in register.targeting.required(facts(post)):
            mine.setdefault(requirement_id, []).append((post, target))
    return found


def all_away(posts: Iterable[StaffRow], today: date) -> bool:
    """On leave from every one of these posts on the day."""
    return all(is_away(post.leave_from, post.leave_to, today) for post in posts)
