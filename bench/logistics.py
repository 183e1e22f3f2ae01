"""The calendar's month with 200 rooms and 5,000 bookings, and suggestions of a room among them."""

from __future__ import annotations

import random
import statistics
import time
from datetime import UTC, datetime, timedelta

from bench import installation
from bench.figures import Figure, at_most, measure

ROOMS, BOOKINGS, DAYS = 200, 5000, 31
ROUNDS, WARM_UP = 60, 10


@measure("logistics")
def logistics() -> list[Figure]:
    installation.demo()
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    figures = []
    with transaction.atomic():  # nothing of this stays among what other benchmarks read
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(_fill(), backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
        for name, path in (
            ("month", "/kalender/?visning=maned&dag=2027-08-01"),
            ("week", "/kalender/?visning=uke&dag=2027-08-09"),
            ("rooms", "/rom/?plass=30&krav=step_free"),
        ):
            with CaptureQueriesContext(connection) as told:
                assert client.get(path).status_code == 200
            asked, spent = len(told.captured_queries), []
            for _ in range(WARM_UP + ROUNDS):
                before = time.perf_counter()
                answer = client.get(path)
                spent.append((time.perf_counter() - before) * 1000)
                assert answer.status_code == 200
            figures.append(at_most(f"calendar_{name}_p95", statistics.quantiles(spent[WARM_UP:], n=20)[-1], "ms", 150))
            figures.append(Figure(f"calendar_{name}_queries", asked, "queries"))
        transaction.set_rollback(True)
    return figures


def _fill() -> object:
    """A region of its own. Its bookings are written straight to the table: making them is not what is timed."""
    from kompetanse.domains.logistics import api
    from kompetanse.domains.logistics.models import Booking
    from kompetanse.domains.logistics.types import Access, BookingKind, RoomInput
    from kompetanse.domains.organisation import api as organisation
    from kompetanse.domains.organisation.models import Account
    from kompetanse.domains.organisation.types import Role
    from kompetanse.foundation import clock
    from kompetanse.foundation.tenancy import tenant_scope
    from kompetanse.kernel.context import system_context

    now, chance = clock.now(), random.Random(5)
    region_id = organisation.found_region(system_context("bench", set(), now), name="Målt region med rom")
    ctx = system_context("bench", {region_id}, now)
    person_id = organisation.new_person()
    account = Account.objects.create(
        username="bench-rooms", person_id=person_id, display_name="Målt", email="rooms@example.com"
    )
    organisation.give_role(
        ctx, tenant_id=region_id, person_id=person_id, role=Role.COURSE_ADMINISTRATOR, valid_from=now.date()
    )
    rooms = [
        api.add_room(
            ctx, region_id=region_id,
            room=RoomInput(
                name=f"Rom {number:03}", place=f"Sted {number % 7}", address=f"Vei {number}",
                capacity=chance.randint(8, 80), access=frozenset(chance.sample(list(Access), 3)),
            ),
        )
        for number in range(ROOMS)
    ]  # fmt: skip
    first, slots = datetime(2027, 8, 1, 5, tzinfo=UTC), [(room, day) for room in rooms for day in range(DAYS)]
    with tenant_scope(ctx):
        Booking.objects.bulk_create(
            [
                Booking(
                    tenant_id=region_id, resource_id=room, kind=BookingKind.OTHER, title=f"Møte {number}",
                    starts_at=first + timedelta(days=day), ends_at=first + timedelta(days=day, hours=3),
                    period=(first + timedelta(days=day), first + timedelta(days=day, hours=3)), booked_at=now,
                )
                for number, (room, day) in enumerate(chance.sample(slots, BOOKINGS))
            ],
            batch_size=1000,
        )  # fmt: skip
    return account
