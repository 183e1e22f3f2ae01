"""Who may see, place and answer orders."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Holds, Policy
from kompetanse.kernel.text_marker import N_

from .models import Order


class Right(StrEnum):
    ORDER_READ = "order:read"
    ORDER_PLACE = "order:place"
    ORDER_CANCEL = "order:cancel"
    ORDER_ACCEPT = "order:accept"


ORDERERS = (Holds(Role.CONTACT_PERSON), Holds(Role.HR), Holds(Role.CHIEF_EXECUTIVE))
OFFICE = (Holds(Role.COURSE_ADMINISTRATOR),)


class OrderPolicy(Policy):
    model = Order
    grants = {
        Right.ORDER_READ: (*ORDERERS, *OFFICE),
        Right.ORDER_PLACE: ORDERERS,
        Right.ORDER_CANCEL: (*ORDERERS, *OFFICE),
        Right.ORDER_ACCEPT: OFFICE,
    }
    refusal = N_(
        "Bestillinger gjøres av kommunens kontaktperson, HR eller kommunedirektør, og godtas av kurskontoret. "
        "Spør en av dem."
    )
