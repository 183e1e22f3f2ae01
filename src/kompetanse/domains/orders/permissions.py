"""Who may see, place and answer orders; who keeps the catalogue, the guidelines and the office's time."""

from __future__ import annotations

from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.access import Holds, InSight, Policy
from kompetanse.kernel.text_marker import N_

from .models import Deviation, Guideline, Order, Service, StaffMember


class Right(StrEnum):
    ORDER_READ = "order:read"
    ORDER_PLACE = "order:place"
    ORDER_CANCEL = "order:cancel"
    ORDER_ACCEPT = "order:accept"
    ORDER_FOLLOW = "order:follow"
    SERVICE_READ = "service:read"
    SERVICE_PUBLISH = "service:publish"
    GUIDELINE_READ = "guideline:read"
    GUIDELINE_SET = "guideline:set"
    CAPACITY_READ = "capacity:read"
    STAFF_SET = "staff:set"
    DEVIATION_READ = "deviation:read"
    DEVIATION_FOLLOW = "deviation:follow"


WHOLE = (Holds(Role.CONTACT_PERSON), Holds(Role.HR), Holds(Role.CHIEF_EXECUTIVE))
# A leader orders for their units, and sees those orders; the whole municipality's are for those who order for it.
ORDERERS = (*WHOLE, Holds(Role.LEADER, at="unit.path"))
OFFICE = (Holds(Role.COURSE_ADMINISTRATOR),)
STEERING = (Holds(Role.FORUM_MEMBER), Holds(Role.CHIEF_EXECUTIVE), Holds(Role.UNION_REPRESENTATIVE))


class OrderPolicy(Policy):
    model = Order
    grants = {
        Right.ORDER_READ: (*ORDERERS, *OFFICE),
        Right.ORDER_PLACE: ORDERERS,
        Right.ORDER_CANCEL: (*ORDERERS, *OFFICE),
        Right.ORDER_ACCEPT: OFFICE,
        # What both sides do along the way: note deviations.
        Right.ORDER_FOLLOW: (*ORDERERS, *OFFICE),
    }
    refusal = N_(
        "Bestillinger gjøres av kommunens kontaktperson, HR eller kommunedirektør, og av ledere for egen enhet. "
        "De godtas av kurskontoret. Spør en av dem."
    )


class ServicePolicy(Policy):
    model = Service
    grants = {Right.SERVICE_READ: (InSight(),), Right.SERVICE_PUBLISH: OFFICE}
    refusal = N_("Katalogen føres av kurskontoret. Ta kontakt med dem hvis noe mangler eller er feil.")


class GuidelinePolicy(Policy):
    model = Guideline
    grants = {Right.GUIDELINE_READ: (InSight(),), Right.GUIDELINE_SET: OFFICE}
    refusal = N_("Retningslinjene vedtas av forumet og føres av kurskontoret. Ta kontakt med dem.")


class StaffPolicy(Policy):
    model = StaffMember
    grants = {
        # The forum and the chief executives dimension the office.
        Right.CAPACITY_READ: (*OFFICE, *STEERING),
        Right.STAFF_SET: OFFICE,
    }
    refusal = N_(
        "Kapasiteten er for kurskontoret og for forumet og ledelsen, som bestemmer hvor stort kontoret skal være."
    )


class DeviationPolicy(Policy):
    model = Deviation
    grants = {
        Right.DEVIATION_READ: (*WHOLE, Holds(Role.LEADER, at="order.unit.path"), *OFFICE),
        Right.DEVIATION_FOLLOW: OFFICE,
    }
    refusal = N_("Avvik følges opp av kurskontoret. Kommunen ser sine egne.")
