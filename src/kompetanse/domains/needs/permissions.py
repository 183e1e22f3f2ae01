"""Who may tell, read and arrange needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import NOTHING, Holds, Owns, Policy
from kompetanse.kernel.context import Actor

from .models import Need, Pool


class Right(StrEnum):
    NEED_READ = "need:read"
    NEED_REPORT = "need:report"
    NEED_WITHDRAW = "need:withdraw"
    POOL_READ = "pool:read"
    POOL_ARRANGE = "pool:arrange"
    POOL_RANK = "pool:rank"


@dataclass(frozen=True, slots=True)
class SpeaksFor:
    """Holds the role somewhere (a seat in the region, say) and belongs to the row's municipality."""

    role: str

    def _tenants(self, actor: Actor) -> set[int]:
        return {grant.tenant_id for grant in actor.grants} if actor.places(self.role) else set()

    def allows(self, actor: Actor, row: Any) -> bool:
        return row.tenant_id in self._tenants(actor)

    def rows(self, actor: Actor) -> Q:
        tenants = self._tenants(actor)
        return Q(tenant_id__in=sorted(tenants)) if tenants else NOTHING

    def possible(self, actor: Actor) -> bool:
        return bool(self._tenants(actor))


# A leader for the units below; HR and the contact person for the municipality; unions, networks and the
# chief executive for the municipality they come from; the office for all.
_REPORTERS = (
    Holds(Role.LEADER, at="unit.path"),
    Holds(Role.HR, at="unit.path"),
    Holds(Role.CONTACT_PERSON, at="unit.path"),
    SpeaksFor(Role.UNION_REPRESENTATIVE),
    SpeaksFor(Role.NETWORK_MEMBER),
    SpeaksFor(Role.CHIEF_EXECUTIVE),
    Holds(Role.COURSE_ADMINISTRATOR),
    Holds(Role.SYSTEM_ADMINISTRATOR),
)
_OFFICE = (Holds(Role.COURSE_ADMINISTRATOR), Holds(Role.SYSTEM_ADMINISTRATOR))


class NeedPolicy(Policy):
    model = Need
    grants = {
        Right.NEED_READ: (Owns("reported_by"), *_REPORTERS),
        Right.NEED_REPORT: _REPORTERS,
        Right.NEED_WITHDRAW: (
            Owns("reported_by"),
            Holds(Role.LEADER, at="unit.path"),
            Holds(Role.HR, at="unit.path"),
            Holds(Role.CONTACT_PERSON, at="unit.path"),
            *_OFFICE,
        ),
    }


class PoolPolicy(Policy):
    model = Pool
    grants = {
        # Numbers only: a need's words follow NEED_READ, and other municipalities' rows are not in sight.
        Right.POOL_READ: (
            Holds(Role.FORUM_MEMBER),
            Holds(Role.UNION_REPRESENTATIVE),
            Holds(Role.NETWORK_MEMBER),
            Holds(Role.CHIEF_EXECUTIVE),
            *_OFFICE,
        ),
        Right.POOL_ARRANGE: _OFFICE,
        Right.POOL_RANK: (Holds(Role.FORUM_MEMBER), *_OFFICE),
    }
