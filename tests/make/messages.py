"""Messages, written by the operation."""

from __future__ import annotations

import itertools

from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.models import Message
from kompetanse.domains.messages.types import Appointment, Draft, PersonalLetter
from kompetanse.foundation.tenancy import tenant_scope

from .organisation import Region, Town, Who, system

_causes = itertools.count(1)


def write(region: Region, town: Town, who: Who, *, address: str = "", cause: str = "", about: str = "") -> str:
    """A letter to a person at their address, or another. Gives its cause."""
    assert who.employee is not None
    cause = cause or f"test-{next(_causes)}"
    letter = PersonalLetter(
        town.tenant_id, who.person_id, address or who.employee.email, "nb", "Du har plass", "Velkommen.", cause,
        about=about,
    )  # fmt: skip
    messages.write(system(region), letters=[letter])
    return cause


def invite(
    region: Region, town: Town, who: Who, *appointments: Appointment, cause: str = "", series: str = "s-1"
) -> str:
    """A letter of a kind with appointments. Gives its cause."""
    assert who.employee is not None
    cause = cause or f"test-{next(_causes)}"
    draft = Draft(
        town.tenant_id, who.person_id, who.employee.name, who.employee.email, cause, {"title": "Truckkurs"},
        series, appointments,
    )  # fmt: skip
    messages.write_of_kind(system(region), kind="courses.seated", region_id=region.tenant_id, drafts=[draft])
    return cause


def kept(region: Region, cause: str) -> Message:
    """The message as it stands."""
    with tenant_scope(system(region)):
        message: Message = Message.objects.get(cause=cause)
    return message
