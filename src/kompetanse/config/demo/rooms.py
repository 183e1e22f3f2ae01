"""Rooms, trainers and things in the region, and what is booked: written down by those who keep them."""

from __future__ import annotations

from datetime import date, time

from kompetanse.domains.courses import api as courses
from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics.types import (
    Access,
    EquipmentInput,
    Feature,
    Need,
    OpenHours,
    OutsideHours,
    RoomInput,
    TrainerInput,
)
from kompetanse.kernel.context import Context

from .calendar import TODAY, at
from .people import Cast, account_of

WRITTEN = at(2, 1)
EVERYBODY = frozenset({Access.STEP_FREE, Access.ACCESSIBLE_TOILET, Access.ACCESSIBLE_PARKING})
# (municipality, name, place, address, seats, access, features, latitude, longitude, closes)
ROOMS = (
    ("3303", "Glabak", "Kongsberg", "Kirkegata 1", 40, EVERYBODY | {Access.LIFT, Access.HEARING_LOOP},
     {Feature.SCREEN, Feature.VIDEO, Feature.WHITEBOARD}, 59.669, 9.650, 21),
    ("4005", "Brannstasjonen, øvingssalen", "Notodden", "Merdeveien 8", 24, EVERYBODY,
     {Feature.SCREEN, Feature.PRACTICE}, 59.559, 9.259, 16),
    ("4026", "Rjukanhuset, møterom 2", "Rjukan", "Torget 2", 30, EVERYBODY | {Access.LIFT, Access.QUIET_ROOM},
     {Feature.SCREEN, Feature.VIDEO, Feature.KITCHEN}, 59.879, 8.594, 22),
    ("3334", "Kommunestyresalen", "Lampeland", "Lampelandshagan 12", 25, {Access.STEP_FREE},
     {Feature.SCREEN, Feature.WHITEBOARD}, 59.832, 9.577, 16),
    ("3338", "Rødberg kulturhus, lillesalen", "Rødberg", "Sentrumsvegen 93", 50, EVERYBODY | {Access.HEARING_LOOP},
     {Feature.SCREEN, Feature.KITCHEN}, 60.266, 8.946, 22),
    ("4024", "Datarommet, Sauland skule", "Sauland", "Saulandsvegen 414", 18, {Access.STEP_FREE, Access.LIFT},
     {Feature.COMPUTERS, Feature.SCREEN}, 59.626, 8.938, 16),
)  # fmt: skip


def furnish(cast: Cast) -> None:
    """Six rooms, three trainers and some things; the coming courses have theirs, and people say what they need."""
    region_id = cast.region.tenant_id
    towns = {row.number: row.tenant_id for row in cast.region.municipalities}
    rooms: dict[str, int] = {}
    for number, name, place, address, seats, access, features, latitude, longitude, closes in ROOMS:
        keeper = cast.as_(cast.contacts[towns[number]], WRITTEN)
        rooms[place] = logistics.add_room(
            keeper, region_id=region_id,
            room=RoomInput(
                name=name, municipality_id=towns[number], place=place, address=address, capacity=seats,
                access=frozenset(access), features=frozenset(features), latitude=latitude, longitude=longitude,
                contact="Servicetorget", prepare_minutes=30, clear_minutes=30,
                outside_hours=OutsideHours.WARNED if closes > 20 else OutsideHours.REFUSED,
            ),
        )  # fmt: skip
        hours = [OpenHours(weekday, time(8), time(closes)) for weekday in range(5)]
        logistics.set_hours(keeper, resource_id=rooms[place], hours=hours)
    office = cast.as_(cast.office, WRITTEN)
    trainers = _trainers(cast, office)
    dolls = logistics.add_equipment(
        office, region_id=region_id, equipment=EquipmentInput(name="Øvingsdukke", place="Kongsberg", count=8)
    )
    logistics.add_equipment(
        office, region_id=region_id, equipment=EquipmentInput(name="Hjertestarter til øving", place="Notodden", count=2)
    )
    _book(cast, rooms, trainers, dolls)


def _trainers(cast: Cast, ctx: Context) -> list[int]:
    nurse = next(
        post
        for post in cast.staff
        if post.position_title == "Vernepleier" and post.leave_from is None and not post.leads
    )
    told = (
        TrainerInput(
            name=nurse.name, person_id=nurse.person_id, municipality_id=nurse.tenant_id, is_course_leader=True,
            skills=("LEGEMIDDEL", "HLR"), firm=nurse.unit_name,
        ),
        TrainerInput(
            name="Sigrid Aas (oppdiktet)", is_external=True, agreed_on=date(2027, 1, 20), firm="Livredderne AS",
            email="sigrid.aas@livredderne.example", phone="900 00 001", skills=("HLR",),
        ),
        TrainerInput(
            name="Jonas Hauge (oppdiktet)", is_external=True, agreed_on=date(2027, 1, 25), firm="Trygg veg",
            email="jonas@tryggveg.example", phone="900 00 002", skills=("VARSLING1", "VARME"),
        ),
    )  # fmt: skip
    made = [logistics.add_trainer(ctx, region_id=cast.region.tenant_id, trainer=it) for it in told]
    logistics.set_availability(ctx, resource_id=made[1], periods=[(date(2027, 9, 1), date(2027, 11, 30))])
    return made


def _book(cast: Cast, rooms: dict[str, int], trainers: list[int], dolls: list[int]) -> None:
    office = cast.as_(cast.office, at(5, 21))
    for run in courses.list_runs(office, upcoming=True):
        hlr = "hjertestarter" in run.title
        wanted = [(rooms[run.place], 1), (trainers[1 if hlr else 0], 1)] + ([(dolls[0], 4)] if hlr else [])
        for session in courses.list_sessions(office, run_id=run.id):
            for resource_id, count in wanted:
                courses.book_for_session(
                    office, run_id=run.id, session_id=session.id, resource_id=resource_id, count=count
                )
            courses.cater_for_session(
                office, run_id=run.id, session_id=session.id, people=run.max_seats, what="Lunsj og kaffe"
            )
        _needs(cast, run.id)
    kongsberg = next(row.tenant_id for row in cast.region.municipalities if row.number == "3303")
    contact = cast.as_(cast.contacts[kongsberg], at(5, 22))
    logistics.book(
        contact, resource_id=rooms["Kongsberg"], starts_at=at(6, 2, 10), ends_at=at(6, 2, 12), title="Ledermøte"
    )
    logistics.block(
        contact, resource_id=rooms["Kongsberg"], starts_at=at(7, 5, 6), ends_at=at(7, 16, 15), title="Maling av gulvet"
    )


def _needs(cast: Cast, run_id: int) -> None:
    """Those who have signed up say what they need, one thing each."""
    everything = cast.everything(TODAY)
    people = {post.employee_id: post for post in cast.staff}
    told = (Need.NUTS, Need.GLUTEN, Need.WHEELCHAIR)
    for need, row in zip(told, courses.list_signups(everything, run_id=run_id), strict=False):
        post = people[row.employee_id]
        who = account_of(everything, post.tenant_id, post.person_id, post.name)
        courses.tell_own_needs(cast.as_(who, at(5, 29)), run_id=run_id, needs=[need], consent=True)
