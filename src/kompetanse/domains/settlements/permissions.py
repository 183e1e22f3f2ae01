"""Who may reckon, settle, approve, and read what a municipality owes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import NOTHING, Holds, Policy, Rule
from kompetanse.kernel.context import Actor
from kompetanse.kernel.text_marker import N_

from .models import Costing, Invoice, Settlement, Share
from .types import Status


class Right(StrEnum):
    COSTING_READ = "costing:read"
    COSTING_MANAGE = "costing:manage"
    SETTLEMENT_READ = "settlement:read"
    SETTLEMENT_MAKE = "settlement:make"
    SETTLEMENT_APPROVE = "settlement:approve"
    SHARE_READ = "settlement-share:read"
    INVOICE_READ = "invoice:read"


@dataclass(frozen=True, slots=True)
class OnceApproved:
    """Another rule, for shares of settlements that are more than a draft."""

    rule: Rule

    def allows(self, actor: Actor, row: Any) -> bool:
        return row.settlement.status != Status.DRAFT and self.rule.allows(actor, row)

    def rows(self, actor: Actor) -> Q:
        found = self.rule.rows(actor)
        return found if found is NOTHING else ~Q(settlement__status=Status.DRAFT) & found

    def possible(self, actor: Actor) -> bool:
        return self.rule.possible(actor)


_OFFICE = (Holds(Role.COURSE_ADMINISTRATOR), Holds(Role.SYSTEM_ADMINISTRATOR))
# Those who answer for a municipality's money and courses read its own, never another's.
_OWN = tuple(Holds(role, tenant="municipality_id") for role in (Role.CHIEF_EXECUTIVE, Role.CONTACT_PERSON, Role.HR))


class CostingPolicy(Policy):
    model = Costing
    grants = {
        Right.COSTING_READ: _OFFICE,
        # Those who run the courses, for they see who came.
        Right.COSTING_MANAGE: (Holds(Role.COURSE_ADMINISTRATOR),),
    }
    refusal = N_("Oppgjør lages av kurskontoret. Ta kontakt med dem hvis noe bør endres.")


class SettlementPolicy(Policy):
    model = Settlement
    grants = {
        # How many came from each municipality is needed to bill, so only those who bill see it.
        Right.SETTLEMENT_READ: _OFFICE,
        Right.SETTLEMENT_MAKE: (Holds(Role.COURSE_ADMINISTRATOR),),
        # Besides, one must not have made it; the operation and the database look.
        Right.SETTLEMENT_APPROVE: _OFFICE,
    }
    refusal = N_("Oppgjør lages av kurskontoret. Ta kontakt med dem hvis noe bør endres.")


class SharePolicy(Policy):
    model = Share
    grants = {Right.SHARE_READ: (*_OFFICE, *(OnceApproved(rule) for rule in _OWN))}
    refusal = N_("Andelen hører til en annen kommune. Hver kommune ser bare sin egen.")


class InvoicePolicy(Policy):
    model = Invoice
    grants = {Right.INVOICE_READ: (*_OFFICE, *_OWN)}
    refusal = N_("Fakturagrunnlaget hører til en annen kommune. Hver kommune ser bare sitt eget.")
