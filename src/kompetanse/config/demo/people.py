"""Who is who in the demo: found by post and place in the imported registers, given roles as a region gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import BodyKind, MunicipalityRow, RegionRow, Role, SeatKind, StaffRow
from kompetanse.kernel.context import Context, system_context

from .calendar import LOADED, TODAY

SINCE = date(2026, 1, 1)
PASSWORD = None  # personas are stepped into, never logged in to


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    person_id: int
    account_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The demo's people and bodies. `leaders` by unit id; `contacts` by municipality's tenant id."""

    region: RegionRow
    office: Person
    system: Person
    union: Person
    forum: Person
    executive: Person
    employee: Person
    leader: Person
    employee_post: StaffRow
    contacts: dict[int, Person]
    forum_id: int
    committee_id: int
    staff: tuple[StaffRow, ...]

    def everything(self, now: datetime) -> Context:
        """The system with the whole region in sight."""
        return system_context("demo", self.region.tenants, now)

    def as_(self, who: Person, now: datetime) -> Context:
        """What the person may have in sight and do on the day."""
        found = organisation.context_for_account(who.account_id, now)
        assert found is not None
        return found


def settle(name: str) -> Cast:
    """Establish the bodies, fill the seats, give the roles and open the accounts."""
    region = organisation.get_region(name, LOADED.date())
    ctx = system_context("demo", region.tenants, LOADED)
    # Only those who are there the whole year play a part.
    here = {post.post_id for post in organisation.list_staff(ctx)}
    staff = tuple(post for post in organisation.list_staff(ctx.at(TODAY)) if post.post_id in here)
    by_number = {row.number: row for row in region.municipalities}
    office = _outsider(ctx, region, "office", "Ingrid Bakke", Role.COURSE_ADMINISTRATOR)
    adviser = _outsider(ctx, region, "adviser", "Torstein Lie", Role.COURSE_ADMINISTRATOR)
    system = _outsider(ctx, region, "system", "Amina Warsame", Role.SYSTEM_ADMINISTRATOR)
    contacts = {row.tenant_id: _contact(ctx, staff, row) for row in region.municipalities}
    executives = {row.tenant_id: _executive(ctx, staff, row) for row in region.municipalities}
    leader_post, employee_post = _ward(staff, by_number["3303"])
    unions = [
        _union(ctx, staff, by_number[number], union)
        for number, union in (("4005", "Fagforbundet"), ("3303", "Utdanningsforbundet"))
    ]
    adviser_post = next(_with_title(staff, by_number["4005"], "Rådgiver"))
    forum_id = _body(
        ctx, region, "Regionalt kompetanseforum", "Regionalt kompetanseforum", BodyKind.COMPETENCE_FORUM, 5
    )
    committee_id = _body(ctx, region, "Rådmannsutvalget", "Rådmannsutvalet", BodyKind.EXECUTIVE_COMMITTEE, 4)
    network_id = _body(ctx, region, "Fagnettverk helse", "Fagnettverk helse", BodyKind.SUBJECT_NETWORK, 1)
    office_id = _body(ctx, region, "RKK Kongsbergregionen", "RKK Kongsbergregionen", BodyKind.COMPETENCE_OFFICE, 1)
    for row in region.municipalities:
        kind = SeatKind.CHAIR if row.number == "3303" else SeatKind.MEMBER
        # Contact persons sit in the forum; Notodden sends somebody else.
        member = _account(ctx, adviser_post) if row.number == "4005" else contacts[row.tenant_id]
        _seat(ctx, forum_id, member, kind, row.name, row.tenant_id)
        _seat(ctx, committee_id, executives[row.tenant_id], kind, row.name, row.tenant_id)
    for person, union in unions:
        _seat(ctx, forum_id, person, SeatKind.UNION, union)
    nurses = _first_of_each(staff, "Sykepleier", region)
    for row, post in nurses:
        _seat(ctx, network_id, _account(ctx, post), SeatKind.MEMBER, row.name, row.tenant_id)
    _seat(ctx, office_id, office, SeatKind.CHAIR, "RKK")
    _seat(ctx, office_id, adviser, SeatKind.MEMBER, "RKK")
    cast = Cast(
        region=region,
        office=office,
        system=system,
        union=unions[0][0],
        forum=_account(ctx, adviser_post),
        executive=executives[by_number["3303"].tenant_id],
        employee=_account(ctx, employee_post),
        leader=_account(ctx, leader_post),
        employee_post=employee_post,
        contacts=contacts,
        forum_id=forum_id,
        committee_id=committee_id,
        staff=staff,
    )
    shown = {
        "employee": cast.employee,
        "leader": cast.leader,
        "contact": contacts[by_number["4026"].tenant_id],
        "forum": cast.forum,
        "union": cast.union,
        "executive": cast.executive,
        "office": office,
        "system": system,
    }
    for position, (key, person) in enumerate(shown.items()):
        organisation.name_persona(key=key, account_id=person.account_id, position=position)
        # Tinn's own register says nynorsk.
        organisation.choose_language(account_id=person.account_id, language="nn" if key == "contact" else "nb")
    return cast


def _outsider(ctx: Context, region: RegionRow, username: str, name: str, role: Role) -> Person:
    """Somebody in the region's own office, known from no municipality's register."""
    person_id = organisation.new_person()
    organisation.give_role(ctx, tenant_id=region.tenant_id, person_id=person_id, role=role, valid_from=SINCE)
    return _open(ctx, region.tenant_id, person_id, username, name)


def _account(ctx: Context, post: StaffRow) -> Person:
    return account_of(ctx, post.tenant_id, post.person_id, post.name)


def account_of(ctx: Context, tenant_id: int, person_id: int, name: str) -> Person:
    """A way in for somebody in a register."""
    return _open(ctx, tenant_id, person_id, f"p{person_id}", name)


def _open(ctx: Context, tenant_id: int, person_id: int, username: str, name: str) -> Person:
    account_id = organisation.open_account(
        ctx, tenant_id=tenant_id, person_id=person_id, username=username, name=name, password=PASSWORD
    )
    return Person(person_id, account_id, name)


def _contact(ctx: Context, staff: tuple[StaffRow, ...], place: MunicipalityRow) -> Person:
    """The head of HR is contact person, and sees the whole municipality."""
    post = next(_with_title(staff, place, "HR-sjef", "Rådgiver", "Konsulent"))
    for role in (Role.CONTACT_PERSON, Role.HR):
        organisation.give_role(ctx, tenant_id=place.tenant_id, person_id=post.person_id, role=role, valid_from=SINCE)
    return _account(ctx, post)


def _executive(ctx: Context, staff: tuple[StaffRow, ...], place: MunicipalityRow) -> Person:
    post = next(_with_title(staff, place, "Kommunedirektør", "Kommunalsjef", "Økonomisjef", "Enhetsleder", "Rektor"))
    organisation.give_role(
        ctx, tenant_id=place.tenant_id, person_id=post.person_id, role=Role.CHIEF_EXECUTIVE, valid_from=SINCE
    )
    return _account(ctx, post)


def _union(ctx: Context, staff: tuple[StaffRow, ...], place: MunicipalityRow, union: str) -> tuple[Person, str]:
    post = next(_with_title(staff, place, "Helsefagarbeider" if union == "Fagforbundet" else "Lærer"))
    return _account(ctx, post), union


def _ward(staff: tuple[StaffRow, ...], place: MunicipalityRow) -> tuple[StaffRow, StaffRow]:
    """The leader of the municipality's first nursing home, and a care worker there who is at work."""
    here = [post for post in staff if post.tenant_id == place.tenant_id]
    leader = next(post for post in here if post.leads and post.position_title == "Avdelingsleder")
    worker = next(
        post
        for post in here
        if post.unit_id == leader.unit_id and post.position_title == "Helsefagarbeider" and post.leave_from is None
    )
    return leader, worker


def _with_title(staff: tuple[StaffRow, ...], place: MunicipalityRow, *titles: str) -> Iterator[StaffRow]:
    """Posts in the municipality with the first of the titles that anybody there has, then the next."""
    for title in titles:
        yield from (
            post
            for post in staff
            if post.tenant_id == place.tenant_id and post.position_title == title and post.leave_from is None
        )


def _first_of_each(
    staff: tuple[StaffRow, ...], title: str, region: RegionRow
) -> list[tuple[MunicipalityRow, StaffRow]]:
    return [(row, post) for row in region.municipalities for post in [*_with_title(staff, row, title)][:1]]


def _body(ctx: Context, region: RegionRow, nb: str, nn: str, kind: BodyKind, quorum: int) -> int:
    return organisation.establish_body(
        ctx, tenant_id=region.tenant_id, name_nb=nb, name_nn=nn, kind=kind, quorum=quorum
    )


def _seat(
    ctx: Context, body_id: int, who: Person, kind: SeatKind, represents: str, municipality_id: int | None = None
) -> None:
    organisation.take_seat(
        ctx, body_id=body_id, person_id=who.person_id, name=who.name, kind=kind, valid_from=SINCE,
        represents=represents, municipality_id=municipality_id,
    )  # fmt: skip
