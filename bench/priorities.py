"""A forum of twenty that scores at once, and how long it takes to tell how robust an order is."""

from __future__ import annotations

import random
import secrets
import statistics
import threading
import time
from datetime import UTC, date, datetime
from fractions import Fraction

from bench import installation
from bench.figures import Figure, at_least, at_most, measure

NOW = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
PEOPLE, POOLS = 20, 6


@measure("priorities_scoring")
def scoring() -> list[Figure]:
    """Twenty people, six pools, five criteria: a first thought and the choice that stands, all at the same time."""
    installation.demo()
    from django.db import connections

    from kompetanse.domains.priorities import api as priorities
    from kompetanse.domains.priorities.models import Score
    from kompetanse.domains.priorities.types import SCORED, ScoreInput
    from kompetanse.foundation.tenancy import tenant_scope

    system, round_id, pools, members = _forum()
    ready, spent, failed = threading.Barrier(PEOPLE), [], []

    def sit(number: int) -> None:
        try:
            ready.wait(timeout=60)
            for pool_id in pools:
                for at, criterion in enumerate(SCORED):
                    for value in (0, (number + at) % 4):
                        before = time.perf_counter()
                        priorities.score_pool(
                            members[number], round_id=round_id, pool_id=pool_id, scores=[ScoreInput(criterion, value)]
                        )
                        spent.append((time.perf_counter() - before) * 1000)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    people = [threading.Thread(target=sit, args=(number,)) for number in range(PEOPLE)]
    before = time.perf_counter()
    for person in people:
        person.start()
    for person in people:
        person.join()
    taken = time.perf_counter() - before
    with tenant_scope(system):
        kept = {
            (pool, person, criterion): value
            for pool, person, criterion, value in Score.objects.filter(round_pool__round_id=round_id).values_list(
                "round_pool__pool_id", "person", "criterion", "value"
            )
        }
    wanted = {
        (pool_id, member.actor.person_id, criterion.value): (number + at) % 4
        for pool_id in pools
        for number, member in enumerate(members)
        for at, criterion in enumerate(SCORED)
    }
    lost = sum(1 for key, value in wanted.items() if kept.get(key) != value)
    return [
        at_most("priorities_20_at_once_lost", lost + len(failed), "scores", 0, f"of {len(wanted)}, written twice"),
        at_least("priorities_20_at_once_kept", len(kept), "scores", len(wanted)),
        Figure("priorities_20_at_once_rate", round(len(spent) / taken, 1), "scores/s"),
        Figure("priorities_20_at_once_p95", round(statistics.quantiles(spent, n=20)[-1], 1), "ms"),
    ]


@measure("priorities_robustness")
def robustness() -> list[Figure]:
    """1,000 draws of the weights over 40 pools, and over the 100 that a round may have."""
    from kompetanse.domains.priorities import rules
    from kompetanse.domains.priorities.types import USUAL, Criterion

    dice = random.Random(2027)
    figures = []
    for pools in (40, 100):
        values = {key: {it: Fraction(dice.randrange(37), 12) for it in Criterion} for key in range(pools)}
        spent = []
        for _ in range(3):
            before = time.perf_counter()
            rules.steadiness(values, USUAL, top=10)
            spent.append(time.perf_counter() - before)
        figures.append(at_most(f"priorities_robustness_{pools}", statistics.median(spent), "s", 2))
    return figures


def _forum() -> tuple[object, int, list[int], list[object]]:
    """A region of its own with a round that waits for scores, and its members."""
    from kompetanse.domains.governance import api as governance
    from kompetanse.domains.needs import api as needs
    from kompetanse.domains.needs.types import NeedInput
    from kompetanse.domains.organisation import api as organisation
    from kompetanse.domains.organisation.types import BodyKind, MunicipalityFacts, SeatKind, WrittenForm
    from kompetanse.domains.priorities import api as priorities
    from kompetanse.kernel.context import system_context

    mark = secrets.token_hex(4)
    region_id = organisation.found_region(system_context("bench", set(), NOW), name=f"Benk {mark}")
    system = system_context("bench", {region_id}, NOW)
    body_id = organisation.establish_body(
        system, tenant_id=region_id, name_nb="Forum", name_nn="Forum", kind=BodyKind.COMPETENCE_FORUM, quorum=1
    )
    members = []
    for number in range(PEOPLE):
        person_id = organisation.new_person()
        organisation.take_seat(
            system, body_id=body_id, person_id=person_id, name=f"Medlem {number}", kind=SeatKind.MEMBER,
            valid_from=date(2021, 1, 1),
        )  # fmt: skip
        account_id = organisation.open_account(
            system, tenant_id=region_id, person_id=person_id, username=f"benk-{mark}-{number}",
            name=f"Medlem {number}", password=None,
        )  # fmt: skip
        member = organisation.context_for_account(account_id, NOW)
        assert member is not None
        members.append(member)
    taken = {row.number for row in organisation.list_municipalities()}
    number = next(f"{it:04}" for it in range(9000, 10000) if f"{it:04}" not in taken)
    town = organisation.register_municipality(
        system,
        facts=MunicipalityFacts(number, f"Benk {mark}", population=5000, written_form=WrittenForm.BOKMAL),
    )
    wide = system_context("bench", {region_id, town}, NOW)
    organisation.join_region(wide, region_id=region_id, municipality_id=town, valid_from=date(2020, 1, 1))
    pools = []
    for number in range(POOLS):
        need_id = needs.report_need(wide, NeedInput(town, f"Emne {number}", people=8))
        share = needs.find_share_of(wide, need_id=need_id)
        assert share is not None
        needs.confirm_pool(wide, pool_id=share.pool_id)
        pools.append(share.pool_id)
    meeting = governance.call_meeting(wide, body_id=body_id, held_on=NOW.date())
    case_id = governance.add_case(wide, body_id=body_id, title="Prioritering", meeting_id=meeting)
    round_id = priorities.open_round(wide, case_id=case_id, pool_ids=pools)
    priorities.start_scoring(wide, round_id=round_id)
    return system, round_id, pools, members
