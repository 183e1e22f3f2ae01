from __future__ import annotations

import pytest

from kompetanse.domains.organisation.models import Municipality
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import AmountIsImpossible, PlanIsAdopted, SeatsAreImpossible
from kompetanse.domains.plans.types.money import (
    BaseIsMissing,
    NobodyTakesPart,
    PartInput,
    PartIsUnknown,
    SharingKey,
    UseInput,
)
from kompetanse.kernel.errors import Refused
from tests import make
from tests.make import governance as gov
from tests.make import plans as made


def populated() -> make.Region:
    region = make.region(municipalities=3)
    for place, town in enumerate(region.municipalities, 1):
        Municipality.objects.filter(pk=town.tenant_id).update(population=1_000 * place)
    return region


def paid(region: make.Region, plan_id: int) -> list[int]:
    return [row.planned_ore for row in plans.get_sharing(make.system(region), plan_id=plan_id).payers]


class TestSharing:
    def test_what_each_pays_is_shown_before_the_decision_and_sums_to_the_cost(self) -> None:
        region = populated()
        plan_id = made.plan(region)
        made.measure(region, plan_id, kroner=1000, funding_ore=10_000)
        ctx = make.context(make.office(region))

        page = plans.get_sharing(ctx, plan_id=plan_id)

        weights = [1_000 * place for place in range(1, len(region.municipalities) + 1)]
        assert page.total_ore == 90_000
        assert [row.planned_ore for row in page.payers] == [
            pytest.approx(90_000 * weight / sum(weights), abs=1) for weight in weights
        ]
        assert all(sum(row.by_key[place] for row in page.payers) == 90_000 for place in range(len(SharingKey)))
        assert page.without_base == 0
        plans.choose_key(ctx, plan_id=plan_id, key=SharingKey.EQUAL)
        equal = paid(region, plan_id)
        assert max(equal) - min(equal) <= 1

    def test_a_measure_s_own_key_and_parts(self) -> None:
        region = populated()
        first, second = region.municipalities[:2]
        plan_id = made.plan(region)
        measure_id = made.measure(region, plan_id, kroner=100)
        system = make.system(region)
        parts = [PartInput(first.tenant_id, seats=3), PartInput(second.tenant_id, seats=1)]
        parts += [PartInput(town.tenant_id, takes_part=False) for town in region.municipalities[2:]]

        plans.share_cost(system, measure_id=measure_id, key=SharingKey.SEATS, parts=parts)

        assert paid(region, plan_id)[:2] == [7_500, 2_500]
        assert sum(paid(region, plan_id)) == 10_000
        cost = plans.get_measure_cost(system, measure_id=measure_id)
        assert cost is not None
        assert cost.key_used is SharingKey.SEATS

    def test_refusals(self) -> None:
        region, elsewhere = populated(), make.region()
        plan_id = made.plan(region)
        measure_id = made.measure(region, plan_id)
        system = make.system(region)
        everybody = [PartInput(town.tenant_id, takes_part=False) for town in region.municipalities]

        with pytest.raises(NobodyTakesPart):
            plans.share_cost(system, measure_id=measure_id, parts=everybody)
        with pytest.raises(PartIsUnknown):
            plans.share_cost(system, measure_id=measure_id, parts=[PartInput(elsewhere.municipalities[0].tenant_id)])
        with pytest.raises(BaseIsMissing):
            plans.share_cost(system, measure_id=measure_id, key=SharingKey.SEATS)
        with pytest.raises(SeatsAreImpossible):
            plans.share_cost(
                system, measure_id=measure_id, parts=[PartInput(region.municipalities[0].tenant_id, seats=-3)]
            )
        with pytest.raises(Refused):
            plans.choose_key(make.context(gov.forum(region).member), plan_id=plan_id, key=SharingKey.EQUAL)
        Municipality.objects.filter(pk=region.municipalities[0].tenant_id).update(population=None)
        with pytest.raises(BaseIsMissing):
            plans.choose_key(system, plan_id=plan_id, key=SharingKey.INHABITANTS)
        assert plans.get_sharing(system, plan_id=plan_id).without_base == 1

    def test_what_was_adopted_is_frozen_and_use_is_recorded_beside_it(self) -> None:
        region = populated()
        plan_id, measure_id = made.adopted_plan(region)
        before = paid(region, plan_id)
        town = region.municipalities[0]
        system = make.system(region)
        Municipality.objects.filter(pk=town.tenant_id).update(population=90_000)

        plans.record_use(system, measure_id=measure_id, uses=[UseInput(town.tenant_id, 500, 400)])

        assert paid(region, plan_id) == before
        row = plans.get_sharing(system, plan_id=plan_id).payers[0]
        assert (row.committed_ore, row.spent_ore) == (500, 400)
        with pytest.raises(PlanIsAdopted):
            plans.share_cost(system, measure_id=measure_id, key=SharingKey.EQUAL)
        with pytest.raises(PlanIsAdopted):
            plans.choose_key(system, plan_id=plan_id, key=SharingKey.EQUAL)
        with pytest.raises(AmountIsImpossible):
            plans.record_use(system, measure_id=measure_id, uses=[UseInput(town.tenant_id, -1, 0)])
