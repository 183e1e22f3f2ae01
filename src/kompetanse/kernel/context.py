"""Who acts, where, and when. Nobody acts namelessly."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held at a place: the whole tenant (`unit_id` None) or a unit and everything below it."""

    role: str
    tenant_id: int
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A seat held in a body, of a kind (member, chair, secretary …)."""

    body_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the system with a stated reason."""

    name: str
    person_id: int | None = None
    account_id: int | None = None
    grants: frozenset[Grant] = frozenset()
    reason: str = ""
    sittings: frozenset[Sitting] = frozenset()

    @property
    def is_system(self) -> bool:
        return self.person_id is None and bool(self.reason)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def places(self, role: str) -> tuple[Grant, ...]:
        """The grants of one role, in a stable order."""
        found = (grant for grant in self.grants if grant.role == role)
        return tuple(sorted(found, key=lambda grant: (grant.tenant_id, grant.unit_id or 0)))


@dataclass(frozen=True, slots=True)
class Context:
    """What every operation and query is told: actor, tenants in sight, the time, a correlation id."""

    actor: Actor
    tenants: frozenset[int]
    now: datetime
    correlation_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("Context.now must carry a time zone")

    @property
    def today(self) -> date:
        """The date in Norway at `now`; rules count in Norwegian days."""
        from zoneinfo import ZoneInfo

        return self.now.astimezone(ZoneInfo("Europe/Oslo")).date()

    def at(self, now: datetime) -> Context:
        """The same actor at another time: for replaying a year."""
        return replace(self, now=now)


def system_context(reason: str, tenants: frozenset[int] | set[int], now: datetime | None = None) -> Context:
    """Nightly work, imports from the command line and handlers say who they are by saying why."""
    if not reason:
        raise ValueError("the system must say why it acts")
    return Context(Actor(name="system", reason=reason), frozenset(tenants), now or datetime.now(UTC))
