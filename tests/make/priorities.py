"""Rounds on their way, with a forum that scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kompetanse.domains.needs import api as needs
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import SeatKind
from kompetanse.domains.priorities import api as priorities
from kompetanse.domains.priorities.types import SCORED, Criterion, ScoreInput

from . import governance as make_governance
from . import needs as make_needs
from .organisation import Region, Town, Who, _account, context, region, system


@dataclass
class Forum:
    """A region with a round in a case on the forum's agenda, its confirmed pools, and members who may score."""

    region: Region
    body_id: int
    case_id: int
    round_id: int
    pools: list[int]
    members: list[Who]


def member(where: Region, body_id: int, town: Town | None = None, *, kind: SeatKind = SeatKind.MEMBER) -> Who:
    """Somebody with a seat in the body, for a municipality where one is named."""
    person_id = organisation.new_person()
    who = Who(person_id, _account(person_id, f"Medlem {person_id}"))
    organisation.take_seat(
        system(where), body_id=body_id, person_id=person_id, name=who.account.display_name, kind=kind,
        represents=town.name if town else "RKK", municipality_id=town.tenant_id if town else None,
        valid_from=date(2021, 1, 1),
    )  # fmt: skip
    return who


def confirmed_pools(where: Region, count: int) -> list[int]:
    """Pools of one need each, from the municipalities in turn."""
    towns = where.municipalities
    told = [
        make_needs.need(where, towns[number % len(towns)], f"Emne {number}", people=5 + number)
        for number in range(count)
    ]
    pools = [make_needs.pool_of(where, need_id) for need_id in told]
    for pool_id in pools:
        needs.confirm_pool(system(where), pool_id=pool_id)
    return pools


def prepared(*, municipalities: int = 2, pools: int = 3, members: int = 2) -> Forum:
    """A round that nobody has started."""
    return prepared_in(region(municipalities=municipalities), pools=pools, members=members)


def prepared_in(where: Region, *, pools: int = 2, members: int = 2) -> Forum:
    """The same in a region that is there, with pools and members of its own."""
    made, towns = confirmed_pools(where, pools), where.municipalities
    body_id = make_governance.body(where)
    case_id = make_governance.case(where, body_id=body_id, meeting_id=make_governance.meeting(where, body_id))
    seated = [member(where, body_id, towns[number % len(towns)]) for number in range(members)]
    round_id = priorities.open_round(system(where), case_id=case_id, pool_ids=made, top=1)
    return Forum(where, body_id, case_id, round_id, made, seated)


def started(*, municipalities: int = 2, pools: int = 3, members: int = 2) -> Forum:
    """A round that waits for scores."""
    return start(prepared(municipalities=municipalities, pools=pools, members=members))


def start(forum: Forum) -> Forum:
    priorities.start_scoring(system(forum.region), round_id=forum.round_id)
    return forum


def score(forum: Forum, who: Who, pool_id: int, **values: int) -> None:
    """Score a pool; what is not named gets the middle of the scale."""
    given: Mapping[Criterion, int] = {it: values.get(it.value, 1) for it in SCORED}
    priorities.score_pool(
        context(who), round_id=forum.round_id, pool_id=pool_id,
        scores=[ScoreInput(criterion, value) for criterion, value in given.items()],
    )  # fmt: skip


def discussed(**sizes: int) -> Forum:
    """A round where the first member likes the first pool best, the others the last; the differences are shown."""
    return discuss(started(**sizes))


def discuss(forum: Forum) -> Forum:
    for number, who in enumerate(forum.members):
        for pool_id in forum.pools:
            likes = forum.pools[0] if number == 0 else forum.pools[-1]
            score(forum, who, pool_id, risk=3 if pool_id == likes else 0)
    priorities.show_views(system(forum.region), round_id=forum.round_id)
    return forum


def ranked(**sizes: int) -> Forum:
    return rank(discussed(**sizes))


def rank(forum: Forum) -> Forum:
    priorities.rank_round(system(forum.region), round_id=forum.round_id)
    return forum
