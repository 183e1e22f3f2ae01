"""Who may see and change runs and sign-ups."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import NOTHING, Holds, InSight, Owns, Policy, Rule
from kompetanse.kernel.context import Actor
from kompetanse.kernel.text_marker import N_

from .models import Charge, Course, Interest, Run, Signup, Terms


class Right(StrEnum):
    RUN_READ = "run:read"
    RUN_MANAGE = "run:manage"
    COURSE_READ = "course:read"
    COURSE_MANAGE = "course:manage"
    SIGNUP_READ = "signup:read"
    SIGNUP_DECIDE = "signup:decide"
    SIGNUP_WITHDRAW = "signup:withdraw"
    TERMS_READ = "terms:read"
    TERMS_MANAGE = "terms:manage"
    CHARGE_READ = "charge:read"
    CHARGE_WAIVE = "charge:waive"
    INTEREST_READ = "interest:read"
    INTEREST_WITHDRAW = "interest:withdraw"


@dataclass(frozen=True, slots=True)
class WithoutLeader:
    """Another rule, for sign-ups that no leader can answer: they never wait for nobody."""

    rule: Rule

    def allows(self, actor: Actor, row: Any) -> bool:
        return row.approver_id is None and self.rule.allows(actor, row)

    def rows(self, actor: Actor) -> Q:
        found = self.rule.rows(actor)
        return found if found is NOTHING else Q(approver=None) & found

    def possible(self, actor: Actor) -> bool:
        return self.rule.possible(actor)


OFFICE = Holds(Role.COURSE_ADMINISTRATOR)


class RunPolicy(Policy):
    model = Run
    grants = {
        # What the office is still planning is its own until it is opened.
        Right.RUN_READ: (InSight("status", among=("open", "held", "cancelled")), OFFICE),
        Right.RUN_MANAGE: (OFFICE,),
    }
    refusal = N_("Kursene planlegges og føres av kurskontoret. Ta kontakt med dem hvis noe bør endres.")


class CoursePolicy(Policy):
    model = Course
    grants = {
        # What a course is, is public in the region while the template is in use.
        Right.COURSE_READ: (InSight("status", among=("in_use",)), OFFICE),
        Right.COURSE_MANAGE: (OFFICE,),
    }
    refusal = N_("Kursmalene lages av kurskontoret. Ta kontakt med dem hvis noe bør endres.")


ABOVE = (Holds(Role.LEADER, at="unit.path"), Holds(Role.HR, at="unit.path"), Holds(Role.CONTACT_PERSON))


class SignupPolicy(Policy):
    model = Signup
    grants = {
        Right.SIGNUP_READ: (Owns("employee.person_id"), *ABOVE, OFFICE),
        Right.SIGNUP_DECIDE: (*ABOVE, WithoutLeader(OFFICE)),
        Right.SIGNUP_WITHDRAW: (Owns("employee.person_id"), *ABOVE, OFFICE),
    }
    refusal = N_("Påmeldingen hører til en annen leders folk. Spør lederen for arbeidsstedet.")


class TermsPolicy(Policy):
    model = Terms
    grants = {
        # What it costs is told beforehand, to everybody.
        Right.TERMS_READ: (InSight(),),
        Right.TERMS_MANAGE: (OFFICE,),
    }
    refusal = N_("Vilkårene settes av kurskontoret. Ta kontakt med dem hvis noe bør endres.")


class ChargePolicy(Policy):
    model = Charge
    grants = {
        # The same who see the sign-up: the person, those who lead them, and the office.
        Right.CHARGE_READ: (
            Owns("employee.person_id"),
            Holds(Role.LEADER, at="signup.unit.path"),
            Holds(Role.HR, at="signup.unit.path"),
            Holds(Role.CONTACT_PERSON),
            OFFICE,
        ),
        Right.CHARGE_WAIVE: (OFFICE,),
    }
    refusal = N_("Bare kurskontoret kan frafalle krav. Ta kontakt med dem.")


class InterestPolicy(Policy):
    model = Interest
    grants = {
        Right.INTEREST_READ: (Owns("employee.person_id"), Holds(Role.HR), Holds(Role.CONTACT_PERSON), OFFICE),
        Right.INTEREST_WITHDRAW: (Owns("employee.person_id"), OFFICE),
    }
    refusal = N_("Interessen hører til en annen person. Den som meldte den, kan trekke den.")
