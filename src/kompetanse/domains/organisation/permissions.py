"""Who may see and change the organisation."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.foundation.access import Belongs, Holds, Owns, Policy, SitsIn

from .models import Body, Employee, Municipality, Post, Region, Unit
from .types import Role


class Right(StrEnum):
    UNIT_READ = "unit:read"
    UNIT_PEOPLE = "unit:people"
    EMPLOYEE_READ = "employee:read"
    POST_READ = "post:read"
    POST_OVERSEE = "post:oversee"
    PEOPLE_LEAD = "people:lead"
    BODY_READ = "body:read"
    BODY_RULE = "body:rule"
    REGION_ADMINISTER = "region:administer"
    ROLE_GIVE = "role:give"
    ORGANISATION_SYNC = "organisation:sync"


class UnitPolicy(Policy):
    model = Unit
    grants = {
        # Names of workplaces are public in a municipality.
        Right.UNIT_READ: (Belongs(),),
        # Who works there, and what is known of each: the same people as POST_READ, asked about the place.
        Right.UNIT_PEOPLE: (
            Holds(Role.LEADER, at="path"),
            Holds(Role.HR, at="path"),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
        Right.ROLE_GIVE: (Holds(Role.SYSTEM_ADMINISTRATOR, at="path"), Holds(Role.HR, at="path")),
    }


class EmployeePolicy(Policy):
    model = Employee
    grants = {
        # A leader reaches people through their posts (POST_READ); HR and the office see all.
        Right.EMPLOYEE_READ: (
            Owns("person_id"),
            Holds(Role.HR),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
    }


class PostPolicy(Policy):
    model = Post
    grants = {
        Right.POST_READ: (
            Owns("employee.person_id"),
            Holds(Role.LEADER, at="unit.path"),
            Holds(Role.HR, at="unit.path"),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
        # Other people's posts, as one who answers for them: the same without one's own.
        Right.POST_OVERSEE: (
            Holds(Role.LEADER, at="unit.path"),
            Holds(Role.HR, at="unit.path"),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
        # Leading people: approving their sign-ups, reporting what they need.
        Right.PEOPLE_LEAD: (Holds(Role.LEADER, at="unit.path"),),
    }


class BodyPolicy(Policy):
    model = Body
    grants = {
        Right.BODY_READ: (Belongs(), SitsIn(body="pk")),
        # The rules a body has decided on are written in by the office.
        Right.BODY_RULE: (Holds(Role.COURSE_ADMINISTRATOR), Holds(Role.SYSTEM_ADMINISTRATOR)),
    }


class RegionPolicy(Policy):
    model = Region
    grants = {Right.REGION_ADMINISTER: (Holds(Role.SYSTEM_ADMINISTRATOR),)}


class MunicipalityPolicy(Policy):
    model = Municipality
    grants = {
        # Bringing units and posts in line with the municipality's own registers.
        Right.ORGANISATION_SYNC: (
            Holds(Role.HR),
            Holds(Role.CONTACT_PERSON),
            Holds(Role.COURSE_ADMINISTRATOR),
            Holds(Role.SYSTEM_ADMINISTRATOR),
        ),
    }
