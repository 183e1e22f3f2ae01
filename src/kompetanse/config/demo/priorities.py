"""The forum weighs what is left for the autumn: a round where differences are shown, and one seat has not answered all.

Every score is given by the one who has the seat. What they choose is made up, the same each time.
"""

from __future__ import annotations

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseStatus
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import PoolStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.priorities import api as priorities
from kompetanse.domains.priorities.types import SCORED, Criterion, ScoreInput

from .calendar import at
from .people import Cast, account_of

POOLS = 8
# How the pools look to all (one digit per criterion), and the seat's own view of some of them.
COMMON = ("32123", "21222", "13212", "20331", "31013", "12230", "22113", "01321")
OWN = {(1, 0, Criterion.RISK): 0, (3, 2, Criterion.GOAL): 3, (5, 2, Criterion.GOAL): 0, (6, 4, Criterion.COST): 3}


def weigh(cast: Cast) -> None:
    """A round in the case that waits for the next forum, as far as the talk about where they differ."""
    office = cast.as_(cast.office, at(5, 27, 12))
    case = next(
        it
        for it in governance.list_cases(office, status=CaseStatus.OPEN)
        if it.body_id == cast.forum_id and it.meeting_id is not None and it.title.startswith("Prioritering")
    )
    confirmed = needs.list_pools(office, region_id=cast.region.tenant_id, status=PoolStatus.CONFIRMED)
    waiting = [pool for pool in confirmed if pool.decision is None or pool.decision.rank is None]
    chosen = [pool.id for pool in (waiting if len(waiting) >= 2 else confirmed)[:POOLS]]
    round_id = priorities.open_round(office, case_id=case.id, pool_ids=chosen, top=4)
    priorities.start_scoring(office, round_id=round_id)
    seats = organisation.list_seats(office, body_id=cast.forum_id)
    for number, seat in enumerate(seats):
        home = seat.municipality_id or cast.region.tenant_id
        who = account_of(cast.everything(at(5, 28)), home, seat.person_id, seat.name)
        member = cast.as_(who, at(5, 28))
        for place, pool_id in enumerate(chosen):
            if number == len(seats) - 1 and place > 1:
                break  # still has some to do
            scores = [
                ScoreInput(criterion, OWN.get((number, place, criterion), _leaning(number, place, digit)))
                for criterion, digit in zip(SCORED, COMMON[place], strict=True)
            ]
            priorities.score_pool(member, round_id=round_id, pool_id=pool_id, scores=scores)
    priorities.show_views(cast.as_(cast.office, at(5, 31)), round_id=round_id)


def _leaning(number: int, place: int, digit: str) -> int:
    """Some see a thing one step higher than the rest."""
    return min(3, int(digit) + (1 if (number + place) % 5 == 0 else 0))
