"""What may be told of a municipality's people in a measure, to those who must not see small numbers. ADR 15.

Each municipality's numbers are told by themselves, and every sum is worked out from what is told, so that nothing is
found by filtering, sorting, exporting or waiting. Those who met with and without a proof and those who did not meet
are the parts of those who had a seat: they are told together, so that one is not found from the others.
"""

from __future__ import annotations

from functools import lru_cache

from kompetanse.domains.organisation.types import Role
from kompetanse.domains.results.types import Told
from kompetanse.kernel.context import Context
from kompetanse.kernel.suppression import Shown, publish

Numbers = tuple[int, int, int, int]  # ordered, attended, absent, evidence
PARTS = ("evidence", "without", "absent")


def sees_all(ctx: Context, region_id: int) -> bool:
    """The office processes every municipality's rows, and sees the numbers as they are; so does the system."""
    offices = {grant.tenant_id for grant in ctx.actor.places(Role.COURSE_ADMINISTRATOR)}
    return ctx.actor.is_system or region_id in offices


def tell(numbers: Numbers, *, exact: bool) -> Told:
    """One municipality's numbers in one measure."""
    return _exactly(numbers) if exact else _told(numbers)


def _exactly(numbers: Numbers) -> Told:
    ordered, attended, absent, evidence = (Shown(number, number) for number in numbers)
    return Told(ordered, attended, absent, evidence)


@lru_cache(maxsize=10_000)
def _told(numbers: Numbers) -> Told:
    ordered, attended, absent, evidence = numbers
    proved = min(evidence, attended)
    counts = {"required": attended + absent, "evidence": proved, "without": attended - proved, "absent": absent}
    one = publish({("measure", "place"): counts}, PARTS)
    with_proof, without, away = (one.cell("measure", "place", part) for part in PARTS)
    order = publish({("measure", "place"): {"required": ordered}}).cell("measure", "place")
    # Together they are what is told of each; never more than what is told of the seats.
    met = Shown(with_proof.least + without.least, with_proof.most + without.most)
    return Told(order, met, away, with_proof)
