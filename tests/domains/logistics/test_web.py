from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kompetanse.domains.courses import api as courses
from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics.types import Access, Need, ResourceKind
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.errors import NotFound
from tests import make
from tests.make import courses as make_courses
from tests.make import logistics as it
from tests.make.organisation import NOW


@pytest.fixture(autouse=True)
def in_the_tests_year(settings: Any) -> None:
    settings.CLOCK_OFFSET = NOW - datetime.now(UTC)


def browser(who: make.Who) -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response: Any) -> str:
    assert response.status_code == 200, response.content.decode()[:500]
    return str(response.content.decode()).replace("\xa0", " ")


ROOM = {
    "name": "Storsalen", "place": "Rjukan", "address": "Torget 1", "capacity": "40", "prepare_minutes": "30",
    "clear_minutes": "15", "outside_hours": "refused", "access": ["step_free", "hearing_loop"], "features": ["screen"],
    "note": "", "contact": "", "latitude": "", "longitude": "",
}  # fmt: skip


class TestRooms:
    def test_a_contact_person_writes_down_a_room_of_their_own_and_everybody_finds_it(self) -> None:
        region = make.region(municipalities=2)
        near, far = region.municipalities
        web = browser(make.with_role(region, Role.CONTACT_PERSON, town=near))
        assert web.post("/rom/", ROOM | {"owner": far.tenant_id}).status_code == 422  # another's is not to be chosen
        reply = web.post("/rom/", ROOM | {"owner": near.tenant_id})
        assert reply.status_code == 302
        kari = browser(make.employee(far))
        html = text(kari.get("/rom/?krav=hearing_loop&plass=40"))
        assert "Storsalen" in html
        assert "Før et rom" not in html
        assert "Storsalen" not in text(kari.get("/rom/?krav=lift"))
        assert "Storsalen" not in text(kari.get("/rom/?plass=41"))
        page = text(kari.get(reply["Location"]))
        assert "Torget 1" in page
        assert "Trinnfritt, Teleslynge" in page
        assert 'value="retire"' not in page
        assert "Storsalen;Rjukan;Torget 1;40" in kari.get("/rom/?format=csv").content.decode("utf-8-sig")

    def test_what_is_wrong_is_said_and_what_was_typed_stays(self) -> None:
        region = make.region()
        web = browser(make.office(region))
        reply = web.post("/rom/", ROOM | {"owner": "0", "capacity": "0"})
        assert reply.status_code == 422
        assert 'value="Torget 1"' in reply.content.decode()
        it.room(region, "Storsalen", place="Rjukan")
        reply = web.post("/rom/", ROOM | {"owner": "0"})
        assert "allerede noe som heter Storsalen" in reply.content.decode()

    def test_hours_bookings_and_closing_are_kept_on_its_page(self) -> None:
        region = make.region()
        room = it.room(region, "Glabak")
        web, where = browser(make.office(region)), f"/ressurs/{room}/"
        hours = {f"{key}_{day}": clock for day in range(5) for key, clock in (("opens", "08:00"), ("closes", "16:00"))}
        assert web.post(where, {"act": "hours", **hours}).status_code == 302
        half = web.post(where, {"act": "hours", "opens_0": "08:00"})
        assert half.status_code == 422
        assert "Fyll ut begge tidene" in half.content.decode()
        told = {"act": "book", "title": "Møte", "starts_at": "2027-05-14T11:00", "ends_at": "2027-05-14T12:00"}
        assert web.post(where, told).status_code == 302
        again = web.post(where, told)
        assert again.status_code == 422
        assert "er opptatt" in again.content.decode()
        assert 'value="2027-05-14T11:00"' in again.content.decode()
        late = web.post(where, told | {"starts_at": "2027-05-14T17:00", "ends_at": "2027-05-14T18:00"})
        assert "er ikke åpent" in late.content.decode()
        (row,) = logistics.get_resource(make.system(region), resource_id=room).coming
        assert "09.00" not in text(web.get(where))
        assert web.post(where, {"act": "retire"}).status_code == 422
        taken = web.post(
            where, {"act": f"move-{row.id}", "starts_at": "2027-05-15T11:00", "ends_at": "2027-05-15T12:00"}
        )
        assert "er ikke åpent" in taken.content.decode()
        assert web.post(where, {"act": f"move-{row.id}", "starts_at": "x"}).status_code == 422
        moved = {"act": f"move-{row.id}", "starts_at": "2027-05-14T11:30", "ends_at": "2027-05-14T12:30"}
        assert web.post(where, moved).status_code == 302
        assert "Glabak" not in text(web.get("/rom/?fra=2027-05-14T12:00&til=2027-05-14T13:00"))
        assert "Glabak" in text(web.get("/rom/?fra=2027-05-14T12:30&til=2027-05-14T13:00"))
        assert web.post(where, {"act": f"free-{row.id}"}).status_code == 302
        assert web.post(where, {"act": f"free-{row.id}"}).status_code == 404
        assert web.post(where, {"act": "retire"}).status_code == 302
        assert "tatt ut av bruk" in text(web.get(where))

    def test_two_who_save_the_same_room_are_told(self) -> None:
        region = make.region()
        room = it.room(region, "Glabak")
        web = browser(make.office(region))
        told = ROOM | {"act": "change", "owner": "0", "version": "1"}
        assert web.post(f"/ressurs/{room}/", told).status_code == 302
        second = web.post(f"/ressurs/{room}/", told | {"name": "Lillesalen"})
        assert second.status_code == 422
        assert 'value="Lillesalen"' in second.content.decode()
        assert 'name="version" value="2"' in second.content.decode()


class TestTrainers:
    def test_how_an_outsider_is_reached_is_for_those_who_book_them(self) -> None:
        region = make.region()
        it.trainer(region, "Ola Utenfra", skills=("HLR", "Kommunikasjon"))
        web = browser(make.office(region))
        assert "ekstern@example.com" in text(web.get("/kursledere/?kan=hlr"))
        assert "Ola Utenfra" not in text(web.get("/kursledere/?kan=sveising"))
        (row,) = logistics.get_trainers(make.system(region)).trainers
        where = f"/ressurs/{row.resource.id}/"
        assert web.post(where, {"act": "period", "first_on": "2027-05-02", "last_on": "2027-05-01"}).status_code == 422
        assert web.post(where, {"act": "period", "first_on": "2027-05-01", "last_on": "2027-05-02"}).status_code == 302
        assert "1. mai 2027" in text(web.get(where))
        assert web.post(where, {"act": "clear"}).status_code == 302
        assert "1. mai 2027" not in text(web.get(where))
        contact = browser(make.with_role(region, Role.CONTACT_PERSON, town=region.municipalities[0]))
        assert "ekstern@example.com" not in text(contact.get("/kursledere/"))
        assert "ekstern@example.com" not in str(
            browser(make.employee(region.municipalities[0])).get("/kursledere/").content
        )

    def test_an_outsider_who_has_not_said_yes_is_not_written_down(self) -> None:
        region = make.region()
        told = {
            "name": "Per", "owner": "0", "place": "Oslo", "prepare_minutes": "0", "clear_minutes": "0",
            "outside_hours": "refused", "is_external": "on", "email": "per@example.com",
        }  # fmt: skip
        web = browser(make.office(region))
        reply = web.post("/kursledere/", told)
        assert reply.status_code == 422
        assert "sagt ja til å stå i registeret" in reply.content.decode()
        assert web.post("/kursledere/", told | {"agreed_on": "2027-03-01"}).status_code == 302

    def test_equipment_is_written_down_by_number(self) -> None:
        region = make.region()
        told = {
            "name": "Dukke", "owner": "0", "place": "Notodden", "prepare_minutes": "0", "clear_minutes": "0",
            "outside_hours": "refused", "count": "3",
        }  # fmt: skip
        web = browser(make.office(region))
        assert web.post("/utstyr/", told).status_code == 302
        assert "Dukke nr. 3" in text(web.get("/utstyr/"))


class TestCalendar:
    def test_shows_the_week_and_the_month_to_all_and_who_to_those_who_may_know(self) -> None:
        region = make.region()
        room = it.room(region, "Glabak")
        it.booked(region, room, title="Ledermøte")
        office, kari = browser(make.office(region)), browser(make.employee(region.municipalities[0]))
        for where in ("/kalender/?dag=2027-05-10", "/kalender/?visning=maned&dag=2027-05-01"):
            assert "Ledermøte" in text(office.get(where))
            html = text(kari.get(where))
            assert "Ledermøte" not in html
            assert "Opptatt" in html
        assert "11.00–14.00" in text(kari.get("/kalender/?dag=2027-05-10"))
        assert "Opptatt" not in text(kari.get("/kalender/?dag=2027-05-17"))

    @pytest.mark.parametrize(
        "asked", ["dag=9999-12-31", "dag=x", "dag=0001-01-01", "side=99999999999999999999", "ressurs=-1", "slag=x"]
    )
    def test_stands_nonsense(self, asked: str) -> None:
        region = make.region()
        it.room(region)
        text(browser(make.office(region)).get(f"/kalender/?{asked}"))

    def test_is_turned_page_by_page(self) -> None:
        region = make.region()
        for number in range(27):
            it.room(region, f"Rom {number:02}")
        web = browser(make.office(region))
        assert "Rom 26" not in text(web.get("/kalender/"))
        assert "Rom 26" in text(web.get("/kalender/?side=2"))


class TestRun:
    def test_the_office_books_what_is_suggested_and_moves_it_with_the_run(self) -> None:
        region = make.region()
        run_id = make_courses.run(region, title="HLR")
        small, big = it.room(region, capacity=1), it.room(region, "Storsalen", capacity=20, access=frozenset(Access))
        trainer, things = it.trainer(region), it.pieces(region, 4)
        web, where = browser(make.office(region)), f"/kurs/{run_id}/logistikk/"
        (session,) = courses.list_sessions(make.system(region), run_id=run_id)
        (plan,) = courses.get_logistics(make.context(make.office(region)), run_id=run_id).sessions
        assert [row.room.resource.id for row in plan.free_rooms] == [big]
        for told in ({"resource_id": big}, {"resource_id": trainer}, {"resource_id": things[0], "count": 3}):
            assert web.post(where, {"act": "book", "session_id": session.id, **told}).status_code == 302
        booked = logistics.list_bookings(make.system(region), run_id=run_id)
        assert sorted(row.kind for row in booked) == sorted(
            [ResourceKind.ROOM, ResourceKind.TRAINER, *[ResourceKind.EQUIPMENT] * 3]
        )
        run = courses.get_run(make.system(region), run_id=run_id).run
        assert (run.room, run.place) == ("Storsalen", "Kongsberg")
        html = text(web.get(where))
        assert "Storsalen" in html
        assert "Øvingsdukke" in html
        kari = text(browser(make.employee(region.municipalities[0])).get(where))
        assert "Kirkegata 1" in kari
        assert "Trinnfritt" in kari
        assert "Øvingsdukke" not in kari
        assert "Frigi" not in kari
        assert small
        with pytest.raises(NotFound):
            courses.free_for_run(make.context(make.office(region)), run_id=run_id, booking_id=it.booked(region, small))
        for row in booked:
            courses.free_for_run(make.context(make.office(region)), run_id=run_id, booking_id=row.id)
        assert not logistics.list_bookings(make.system(region), run_id=run_id)

    def test_a_run_moved_onto_an_occupied_room_is_told_so_and_nothing_is_lost(self) -> None:
        region = make.region()
        run_id = make_courses.run(region, title="HLR")
        room = it.room(region, "Storsalen", capacity=20)
        office = make.office(region)
        ctx, web = make.context(office), browser(office)
        (session,) = courses.list_sessions(ctx, run_id=run_id)
        courses.book_for_session(ctx, run_id=run_id, session_id=session.id, resource_id=room)
        it.booked(region, room, session.starts_at + timedelta(days=1), title="Kommunestyret")
        before = courses.get_run(ctx, run_id=run_id).run
        told = {
            "title": "Nytt navn", "place": "Kongsberg", "room": "Storsalen", "min_seats": "1", "max_seats": "2",
            "starts_at": "2027-04-25T11:00", "ends_at": "2027-04-25T17:00", "deadline": "2027-04-14",
        }  # fmt: skip
        reply = web.post(f"/kurs/{run_id}/endre/", told)
        assert reply.status_code == 422
        html = reply.content.decode().replace("\xa0", " ")
        assert "Storsalen er opptatt" in html
        assert "«Kommunestyret»" in html
        assert 'value="Nytt navn"' in html
        assert courses.get_run(ctx, run_id=run_id).run == before
        assert logistics.list_bookings(ctx, run_id=run_id)[0].starts_at == session.starts_at
        told |= {"starts_at": "2027-04-26T11:00", "ends_at": "2027-04-26T17:00"}
        assert web.post(f"/kurs/{run_id}/endre/", told).status_code == 302
        assert logistics.list_bookings(ctx, run_id=run_id)[0].starts_at == session.starts_at + timedelta(days=2)

    def test_a_run_that_is_called_off_lets_go_of_everything(self) -> None:
        region = make.region()
        _chief, (kari, *_rest) = make_courses.team(region.municipalities[0])
        run_id = make_courses.run(region)
        make_courses.signup(run_id, kari)
        room = it.room(region, capacity=20)
        ctx = make.context(make.office(region))
        (session,) = courses.list_sessions(ctx, run_id=run_id)
        courses.book_for_session(ctx, run_id=run_id, session_id=session.id, resource_id=room)
        courses.cater_for_session(ctx, run_id=run_id, session_id=session.id, people=10, what="Lunsj")
        courses.tell_own_needs(make.context(kari), run_id=run_id, needs=[Need.NUTS], consent=True)
        assert logistics.get_needs(ctx, run_id=run_id).counts
        courses.cancel_run(ctx, run_id=run_id, reason="For få påmeldte")
        assert not logistics.list_bookings(ctx, run_id=run_id)
        assert not logistics.list_catering(ctx, run_id=run_id)
        assert not logistics.get_needs(ctx, run_id=run_id).counts
        it.booked(region, room, session.starts_at)

    def test_what_cannot_be_booked_is_said(self) -> None:
        region = make.region()
        run_id = make_courses.run(region)
        room = it.room(region, "Storsalen", capacity=20)
        ctx = make.context(office := make.office(region))
        (session,) = courses.list_sessions(ctx, run_id=run_id)
        it.booked(region, room, session.starts_at, title="Kommunestyret")
        web, where = browser(office), f"/kurs/{run_id}/logistikk/"
        reply = web.post(where, {"act": "book", "session_id": session.id, "resource_id": room})
        assert reply.status_code == 422
        assert "«Kommunestyret»" in reply.content.decode()
        assert web.post(where, {"act": "book", "session_id": session.id, "resource_id": "x"}).status_code == 422
        assert web.post(where, {"act": "book", "session_id": 10**9, "resource_id": room}).status_code == 422
        assert web.post(where, {"act": "free-99999999"}).status_code == 404
        kari = browser(make.employee(region.municipalities[0]))
        assert kari.post(where, {"act": "book", "session_id": session.id, "resource_id": room}).status_code == 403


class TestOwnNeeds:
    def test_are_told_freely_changed_and_taken_back(self) -> None:
        region = make.region()
        _chief, (kari, *_rest) = make_courses.team(region.municipalities[0])
        run_id = make_courses.run(region)
        web, where = browser(kari), f"/kurs/{run_id}/mine-behov/"
        assert "påmeldt kurset" in web.post(where, {"food": ["nuts"], "consent": "on"}).content.decode()
        make_courses.signup(run_id, kari)
        assert "Mat og tilrettelegging" in text(web.get(f"/kurs/{run_id}/"))
        reply = web.post(where, {"food": ["nuts"]})
        assert reply.status_code == 422
        assert "Kryss av for at opplysningene" in reply.content.decode()
        told = {"food": ["nuts"], "room": ["wheelchair", "other"], "other": "En stol med armlener", "consent": "on"}
        assert web.post(where, told).status_code == 302
        assert 'value="En stol med armlener"' in text(web.get(where))
        office = text(browser(make.office(region)).get(f"/kurs/{run_id}/logistikk/"))
        assert "Uten nøtter" in office
        assert "En stol med armlener" in office
        assert kari.account.display_name not in office.split('id="behov"')[1]
        assert web.post(where, {}).status_code == 302
        assert not logistics.get_needs(make.context(make.office(region)), run_id=run_id).counts
