from __future__ import annotations

from dataclasses import dataclass

import pytest

from kompetanse.domains.organisation.models import Unit
from kompetanse.foundation.models import Deed, OutboxEvent
from kompetanse.foundation.operation import Event, operation, publish, query
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from tests import make


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRenamed(Event):
    unit_id: int
    name: str


@operation
def rename(ctx: Context, *, unit: Unit, name: str, fail: bool = False) -> UnitRenamed:
    unit.name = name
    unit.save(update_fields=["name"])
    event = publish(ctx, UnitRenamed(tenant_id=unit.tenant_id, unit_id=unit.id, name=name))
    if fail:
        raise ValueError("on purpose")
    return event


class TestOperation:
    def test_writes_the_change_the_deed_and_the_event_together(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        who = make.leader(town)
        ctx = make.context(who)

        rename(ctx, unit=town.units[0], name="Nytt navn")

        with tenant_scope(ctx):
            assert Unit.objects.get(pk=town.units[0].pk).name == "Nytt navn"
            deed = Deed.objects.get(correlation_id=ctx.correlation_id)
        event = OutboxEvent.objects.get(correlation_id=ctx.correlation_id)
        assert (deed.operation, deed.event) == ("foundation.rename", "UnitRenamed")
        assert deed.actor_person_id == who.person_id
        assert deed.details == {"unit_id": town.units[0].pk, "name": "Nytt navn"} == event.payload
        assert deed.done_at == ctx.now

    def test_a_failure_leaves_neither_change_nor_deed_nor_event(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town, "Gammelt navn")
        ctx = make.system(region)

        with pytest.raises(ValueError, match="on purpose"):
            rename(ctx, unit=unit, name="Nytt navn", fail=True)

        with tenant_scope(ctx):
            assert Unit.objects.get(pk=unit.pk).name == "Gammelt navn"
            assert not Deed.objects.filter(correlation_id=ctx.correlation_id).exists()
        assert not OutboxEvent.objects.filter(correlation_id=ctx.correlation_id).exists()

    def test_refuses_to_act_namelessly(self) -> None:
        with pytest.raises(TypeError, match="Context"):
            rename(None, unit=Unit(), name="x")  # type: ignore[arg-type]

    def test_publishing_outside_an_operation_is_a_bug(self) -> None:
        region = make.region()
        with pytest.raises(RuntimeError, match="inside an @operation"):
            publish(make.system(region), UnitRenamed(tenant_id=region.tenant_id, unit_id=1, name="x"))


class TestQuery:
    def test_opens_a_scope_of_its_own(self) -> None:
        region = make.region()

        @query
        def count(ctx: Context) -> int:
            return Unit.objects.count()

        assert count(make.system(region)) == 1
