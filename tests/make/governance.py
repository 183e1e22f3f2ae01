"""Bodies with seats, meetings, cases, goals and frames, made by the operations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kompetanse.domains.governance import api as governance
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.models import Account
from kompetanse.domains.organisation.types import BodyKind, SeatKind

from .organisation import NOW, Region, Who, _account, system

TODAY = date(2027, 3, 15)  # the day of NOW


@dataclass
class Forum:
    """A body under test with its people."""

    body_id: int
    chair: Who
    member: Who
    union: Who


def goal(region: Region, title: str = "Trygge tjenester", *, tenant_id: int | None = None) -> int:
    return governance.set_goal(
        system(region), tenant_id=tenant_id or region.tenant_id, title_nb=title, title_nn="Trygge tenester",
        decision_reference="K-sak 41/26", valid_from=date(2026, 1, 1),
    )  # fmt: skip


def frame(region: Region, *, year: int = 2027, kroner: int = 1_000_000) -> int:
    return governance.set_frame(
        system(region), tenant_id=region.tenant_id, year=year, limit_ore=kroner * 100,
        decision_reference="RR-sak 7/26",
    )  # fmt: skip


def body(region: Region, kind: BodyKind = BodyKind.COMPETENCE_FORUM) -> int:
    """A body of the region without seats; found again where it is there."""
    return organisation.establish_body(
        system(region), tenant_id=region.tenant_id, name_nb=f"Organ {kind}", name_nn=f"Organ {kind} nn",
        kind=kind, quorum=2,
    )  # fmt: skip


def seat(region: Region, body_id: int, kind: SeatKind, *, represents: str = "") -> Who:
    """Somebody new with a seat in a body."""
    person_id = organisation.new_person()
    account: Account = _account(person_id, f"Plass {person_id}")
    organisation.take_seat(
        system(region), body_id=body_id, person_id=person_id, name=account.display_name, kind=kind,
        represents=represents, valid_from=date(2021, 1, 1),
    )  # fmt: skip
    return Who(person_id, account)


def forum(region: Region, kind: BodyKind = BodyKind.COMPETENCE_FORUM) -> Forum:
    """A body with a chair, a member and a union seat."""
    body_id = body(region, kind)
    return Forum(
        body_id,
        seat(region, body_id, SeatKind.CHAIR, represents="Kommunene"),
        seat(region, body_id, SeatKind.MEMBER, represents="Kommunene"),
        seat(region, body_id, SeatKind.UNION, represents="Fagforbundet"),
    )


def meeting(region: Region, body_id: int | None = None, *, held_on: date = TODAY) -> int:
    return governance.call_meeting(system(region), body_id=body_id or body(region), held_on=held_on, place="Kongsberg")


def case(region: Region, *, body_id: int | None = None, meeting_id: int | None = None) -> int:
    """An open case; on the meeting's agenda where one is named."""
    return governance.add_case(
        system(region), body_id=body_id or body(region), title="Prioritering av behov",
        proposal="Listen vedtas.", meeting_id=meeting_id,
    )  # fmt: skip


def decided_case(region: Region, kind: BodyKind = BodyKind.COMPETENCE_FORUM) -> int:
    """A case that a meeting of today has decided."""
    body_id = body(region, kind)
    case_id = case(region, body_id=body_id, meeting_id=meeting(region, body_id))
    governance.decide_case(system(region), case_id=case_id, decision_text="Vedtatt som foreslått.")
    return case_id


__all__ = ["NOW", "TODAY", "Forum", "body", "case", "decided_case", "forum", "frame", "goal", "meeting", "seat"]
