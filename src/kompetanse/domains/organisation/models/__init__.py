"""What the organisation keeps."""

from .accounts import Account, AccountManager, Persona
from .bodies import Body, BodyRuling, Seat
from .people import Affiliation, Employee, Leadership, Person, Post, PostHistory, RoleAssignment
from .places import Membership, Municipality, Region, Unit

__all__ = [
    "Account",
    "AccountManager",
    "Affiliation",
    "Body",
    "BodyRuling",
    "Employee",
    "Leadership",
    "Membership",
    "Municipality",
    "Person",
    "Persona",
    "Post",
    "PostHistory",
    "Region",
    "RoleAssignment",
    "Seat",
    "Unit",
]
