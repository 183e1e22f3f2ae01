"""Who may tell, read and arrange needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import NOTHING, Holds, Owns, Policy, reach
from kompetanse.kernel.context import Actor

from .models import Need, Pool, Round


class Right(StrEnum):
    NEED_READ = "need:read"
    NEED_REPORT = "need:report"
    NEED_WITHDRAW = "need:withdraw"
    NEED_WEIGH = "need:weigh"
    ROUND_READ = "round:read"
    ROUND_OPEN = "round:open"
    ROUND_KEEP = "round:keep"
    ROUND_APPROVE = "round:approve"
    ROUND_DELEGATE = "round:delegate"
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


@dataclass(frozen=True, slots=True)
class HoldsIn:
    """Holds the role somewhere in the row's municipality, in whatever unit."""

    role: str

    def allows(self, actor: Actor, row: Any) -> bool:
        return any(grant.tenant_id == row.tenant_id for grant in actor.places(self.role))

    def rows(self, actor: Actor) -> Q:
        tenants = sorted({grant.tenant_id for grant in actor.places(self.role)})
        return Q(tenant_id__in=tenants) if tenants else NOTHING

    def possible(self, actor: Actor) -> bool:
        return bool(actor.places(self.role))


@dataclass(frozen=True, slots=True)
class LeadsAbove:
    """Leads a unit above the one that asks; of a joined need, the unit that is above those who asked."""

    def allows(self, actor: Actor, row: Any) -> bool:
        path = reach(row, "unit.path" if row.composed else "unit.parent.path") or ()
        return any(
            grant.tenant_id == row.tenant_id and (grant.unit_id is None or grant.unit_id in path)
            for grant in actor.places(Role.LEADER)
        )

    def rows(self, actor: Actor) -> Q:
        found = NOTHING
        for grant in actor.places(Role.LEADER):
            mine = Q(tenant_id=grant.tenant_id)
            if grant.unit_id is not None:
                mine &= Q(composed=True, unit__path__contains=[grant.unit_id]) | Q(
                    composed=False, unit__parent__path__contains=[grant.unit_id]
                )
            found = mine if found is NOTHING else found | mine
        return found

    def possible(self, actor: Actor) -> bool:
        return bool(actor.places(Role.LEADER))


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
            Holds(Role.CHIEF_EXECUTIVE),
            *_OFFICE,
        ),
        # The leader above the unit that asks; HR and the contact person where there is none.
        Right.NEED_WEIGH: (
            LeadsAbove(),
            Holds(Role.HR, at="unit.path"),
            Holds(Role.CONTACT_PERSON, at="unit.path"),
        ),
    }


class RoundPolicy(Policy):
    model = Round
    grants = {
        Right.ROUND_READ: (
            HoldsIn(Role.LEADER),
            HoldsIn(Role.HR),
            HoldsIn(Role.CONTACT_PERSON),
            SpeaksFor(Role.UNION_REPRESENTATIVE),
            Holds(Role.CHIEF_EXECUTIVE),
            Owns("delegate"),
            *_OFFICE,
        ),
        Right.ROUND_OPEN: (Holds(Role.HR), Holds(Role.CONTACT_PERSON)),
        # Put the municipality's list right until it is approved.
        Right.ROUND_KEEP: (
            Holds(Role.HR),
            Holds(Role.CONTACT_PERSON),
            Holds(Role.CHIEF_EXECUTIVE),
            Owns("delegate"),
        ),
        Right.ROUND_APPROVE: (Holds(Role.CHIEF_EXECUTIVE), Owns("delegate")),
        Right.ROUND_DELEGATE: (Holds(Role.CHIEF_EXECUTIVE),),
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
