"""Rooms, trainers and things, made by the operations."""

from __future__ import annotations

import itertools
from datetime import datetime, time, timedelta

from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics.types import EquipmentInput, OpenHours, ResourceKind, RoomInput, TrainerInput

from .organisation import NOW, Region, Town, Who, system

_numbers = itertools.count(1)
DAY = NOW + timedelta(days=60)  # a Friday, 11.00 in Norway
WORKDAYS = tuple(OpenHours(weekday, time(8), time(16)) for weekday in range(5))


def told(name: str = "", *, town: Town | None = None, **more: object) -> RoomInput:
    given: dict[str, object] = {
        "name": name or f"Rom {next(_numbers)}", "municipality_id": town.tenant_id if town else None,
        "place": "Kongsberg", "address": "Kirkegata 1", "capacity": 30,
    }  # fmt: skip
    return RoomInput(**(given | more))  # type: ignore[arg-type]


def room(region: Region, name: str = "", *, town: Town | None = None, **more: object) -> int:
    return logistics.add_room(system(region), region_id=region.tenant_id, room=told(name, town=town, **more))


def trainer(region: Region, name: str = "", *, who: Who | None = None, **more: object) -> int:
    """An outsider who has agreed, or somebody who works in the region."""
    given: dict[str, object] = {"name": name or f"Kursleder {next(_numbers)}", "person_id": who and who.person_id}
    if who is None:
        given |= {
            "is_external": True, "agreed_on": NOW.date(), "email": "ekstern@example.com", "phone": "900 00 000",
        }  # fmt: skip
    return logistics.add_trainer(
        system(region),
        region_id=region.tenant_id,
        trainer=TrainerInput(**(given | more)),  # type: ignore[arg-type]
    )


def pieces(region: Region, count: int = 3, name: str = "Øvingsdukke") -> list[int]:
    told = EquipmentInput(name=name, place="Kongsberg", count=count)
    return logistics.add_equipment(system(region), region_id=region.tenant_id, equipment=told)


def one(region: Region, kind: ResourceKind) -> int:
    """One of a kind."""
    if kind is ResourceKind.EQUIPMENT:
        return pieces(region, 1)[0]
    return room(region) if kind is ResourceKind.ROOM else trainer(region)


def booked(
    region: Region, resource_id: int, starts_at: datetime = DAY, *, hours: float = 3, title: str = "Møte"
) -> int:
    return logistics.book(
        system(region), resource_id=resource_id, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours),
        title=title,
    ).id  # fmt: skip
