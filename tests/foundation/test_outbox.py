from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from kompetanse.foundation import outbox
from kompetanse.foundation.models import Delivery, OutboxEvent
from kompetanse.foundation.operation import Event, operation, publish
from kompetanse.kernel.context import Context
from tests import make


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRang(Event):
    times: int
    day: date
    who: tuple[int, ...] = ()


heard: list[BellRang] = []
failing: list[bool] = []


def listen(ctx: Context, event: BellRang) -> None:
    if failing:
        raise ValueError("deaf")
    heard.append(event)


def listen_too(ctx: Context, event: BellRang) -> None:
    heard.append(event)


@operation
def ring(ctx: Context, *, tenant_id: int) -> None:
    publish(ctx, BellRang(tenant_id=tenant_id, times=3, day=date(2027, 1, 2), who=(1, 2)))


@pytest.fixture(autouse=True)
def wired() -> Iterator[None]:
    outbox.subscribe(BellRang, listen)
    heard.clear()
    failing.clear()
    yield
    outbox._handlers.pop(outbox.type_name(BellRang), None)


class TestDeliver:
    def test_the_handler_gets_the_event_as_it_was(self) -> None:
        region = make.region()

        ring(make.system(region), tenant_id=region.tenant_id)

        assert heard == [BellRang(tenant_id=region.tenant_id, times=3, day=date(2027, 1, 2), who=(1, 2))]

    def test_twice_is_once(self) -> None:
        region = make.region()
        ring(make.system(region), tenant_id=region.tenant_id)
        event = OutboxEvent.objects.get(tenant_id=region.tenant_id, type=outbox.type_name(BellRang))

        OutboxEvent.objects.filter(pk=event.pk).update(delivered_at=None)
        outbox.deliver(event.pk)

        assert len(heard) == 1
        assert Delivery.objects.filter(event=event).count() == 1

    def test_a_failing_handler_neither_stops_the_others_nor_loses_the_event(self) -> None:
        region = make.region()
        outbox.subscribe(BellRang, listen_too)
        failing.append(True)

        with pytest.raises(ValueError, match="deaf"):
            ring(make.system(region), tenant_id=region.tenant_id)

        event = OutboxEvent.objects.get(tenant_id=region.tenant_id, type=outbox.type_name(BellRang))
        assert event.delivered_at is None
        assert len(heard) == 1
        failing.clear()
        outbox.deliver(event.pk)
        event.refresh_from_db()
        assert event.delivered_at is not None
        assert len(heard) == 2

    def test_an_event_nobody_hears_is_done_at_once(self) -> None:
        outbox._handlers.pop(outbox.type_name(BellRang))
        region = make.region()

        ring(make.system(region), tenant_id=region.tenant_id)

        event = OutboxEvent.objects.get(tenant_id=region.tenant_id, type=outbox.type_name(BellRang))
        assert event.delivered_at is not None


class TestSweep:
    def test_finds_what_no_job_carried(self, monkeypatch: pytest.MonkeyPatch) -> None:
        region = make.region()
        asked: list[int] = []
        monkeypatch.setattr("kompetanse.foundation.jobs.enqueue", lambda task, event_id: asked.append(event_id))
        # What is sent asks for its own jobs; here the one who would run them is away.
        monkeypatch.setattr("django.db.transaction.on_commit", lambda job: None)
        ring(make.system(region), tenant_id=region.tenant_id)
        event_id = OutboxEvent.objects.get(tenant_id=region.tenant_id, type=outbox.type_name(BellRang)).pk
        assert heard == []

        # The test's clock stands in 2027; the event must seem old to the real one.
        from datetime import UTC, datetime

        OutboxEvent.objects.filter(pk=event_id).update(occurred_at=datetime(2026, 1, 1, tzinfo=UTC))
        outbox.sweep()

        assert asked == [event_id]
        OutboxEvent.objects.filter(pk=event_id).delete()
