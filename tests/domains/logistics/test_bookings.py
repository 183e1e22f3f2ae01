from __future__ import annotations

import threading
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from kompetanse.domains.logistics import api as logistics
from kompetanse.domains.logistics.models import Booking, Resource, Trainer
from kompetanse.domains.logistics.types import (
    BookingIsFreed,
    BookingIsOver,
    BookingKind,
    BookingStatus,
    Caution,
    NameIsTaken,
    OpenHours,
    OutsideHours,
    OutsideOpeningHours,
    OwnPersonIsUnknown,
    ResourceHasChanged,
    ResourceIsInUse,
    ResourceIsRetired,
    ResourceIsTaken,
    ResourceIsTakenBy,
    ResourceKind,
    TimesAreBackwards,
    TooFewPieces,
    TrainerInput,
    TrainerIsNotAvailable,
    WhyIsMissing,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import outbox
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import logistics as it
from tests.make.logistics import DAY
from tests.make.organisation import NOW
from tests.make.queries import counted

HOUR = timedelta(hours=1)


def standing(region: make.Region, resource_id: int) -> list[Booking]:
    with tenant_scope(make.system(region)):
        return list(Booking.objects.filter(resource_id=resource_id, status=BookingStatus.BOOKED).order_by("starts_at"))


class TestNeverDouble:
    @pytest.mark.parametrize(("start", "hours"), [(0, 3), (-1, 2), (2, 2), (1, 0.5), (-5, 12)])
    @pytest.mark.parametrize("kind", list(ResourceKind))
    def test_a_room_a_person_and_a_thing_are_in_one_place_at_a_time(
        self, kind: ResourceKind, start: float, hours: float
    ) -> None:
        region = make.region()
        made = it.one(region, kind)
        first = it.booked(region, made)
        with pytest.raises(ResourceIsTaken):
            it.booked(region, made, DAY + start * HOUR, hours=hours)
        assert [row.pk for row in standing(region, made)] == [first]

    def test_what_meets_end_to_start_is_not_double(self) -> None:
        region = make.region()
        room = it.room(region)
        it.booked(region, room)
        it.booked(region, room, DAY + 3 * HOUR)
        it.booked(region, room, DAY - 3 * HOUR)
        assert len(standing(region, room)) == 3

    def test_what_is_kept_free_around_counts(self) -> None:
        region = make.region()
        room = it.room(region, prepare_minutes=30, clear_minutes=15)
        it.booked(region, room)
        with pytest.raises(ResourceIsTaken):
            it.booked(region, room, DAY + 3 * HOUR + timedelta(minutes=44))
        it.booked(region, room, DAY + 3 * HOUR + timedelta(minutes=45))

    def test_the_database_refuses_whatever_the_code_says(self) -> None:
        region = make.region()
        room = it.room(region)
        it.booked(region, room)
        (row,) = standing(region, room)
        row.pk = None
        expected = pytest.raises(IntegrityError, match="booking_is_never_double")
        with tenant_scope(make.system(region)), expected, transaction.atomic():
            row.save(force_insert=True)

    def test_a_period_that_leaves_out_the_time_is_refused_by_the_database(self) -> None:
        region = make.region()
        it.booked(region, room := it.room(region))
        expected = pytest.raises(IntegrityError, match="booking_period_holds_its_time")
        with tenant_scope(make.system(region)), expected, transaction.atomic():
            Booking.objects.filter(resource_id=room).update(period=(DAY, DAY + HOUR))

    @pytest.mark.parametrize("through_the_door", [True, False])
    def test_of_twelve_at_once_one_has_it(self, through_the_door: bool) -> None:
        region = make.region()
        room = it.room(region)
        ctx = make.system(region)
        barrier, answers = threading.Barrier(12), []
        with tenant_scope(ctx):
            resource = Resource.objects.get(pk=room)

        def ask(number: int) -> None:
            barrier.wait()
            start = DAY + timedelta(minutes=number)
            try:
                if through_the_door:
                    it.booked(region, room, start, title=f"Nummer {number}")
                else:  # as if the code had neither looked nor locked
                    with tenant_scope(ctx):
                        Booking.objects.create(
                            tenant_id=region.tenant_id, resource=resource, kind=BookingKind.OTHER, title="x",
                            starts_at=start, ends_at=start + HOUR, period=(start, start + HOUR), booked_at=NOW,
                        )  # fmt: skip
                answers.append("booked")
            except DomainError as error:
                answers.append(error.code)
            except Exception as error:
                answers.append(type(error).__name__)
            finally:
                connection.close()

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(answers) == 12
        assert answers.count("booked") == 1
        assert len(standing(region, room)) == 1
        if through_the_door:
            assert answers.count("resource_is_taken_by") == 11


class TestWords:
    def test_say_who_has_it_and_when_it_is_free_next(self) -> None:
        region = make.region()
        room = it.room(region, "Storsalen", prepare_minutes=30)
        it.booked(region, room, title="HLR for alle")
        with pytest.raises(ResourceIsTakenBy) as told:
            it.booked(region, room)
        assert told.value.text().replace("\xa0", " ") == (
            "Storsalen er opptatt 14. mai 2027 kl. 11.00–14.00 av «HLR for alle». "
            "Første ledige tid er 14. mai 2027 kl. 14.30. Ingenting er endret."
        )

    def test_do_not_say_who_to_those_who_may_not_know(self) -> None:
        region = make.region(municipalities=2)
        near, far = region.municipalities
        contact = make.with_role(region, Role.CONTACT_PERSON, town=near)
        # The room is theirs now, but what stands there is told by the owner of the time: here they may know.
        room = it.room(region, town=far)
        it.booked(region, room, title="Hemmelig")
        with pytest.raises(Refused):
            logistics.book(
                make.context(contact), resource_id=room, starts_at=DAY, ends_at=DAY + HOUR, title="Vårt møte"
            )
        page = logistics.get_calendar(make.context(contact), first=DAY.date(), days=1)
        (row,) = [row for row in page.rows if row.resource.id == room]
        assert [entry.title for entry in row.days[0]] == [""]
        assert logistics.get_resource(make.context(contact), resource_id=room).coming[0].title == ""

    def test_point_past_the_closing_time_to_the_next_day_it_is_open(self) -> None:
        region = make.region()
        room = it.room(region, "Glabak")
        logistics.set_hours(make.system(region), resource_id=room, hours=it.WORKDAYS)
        with pytest.raises(OutsideOpeningHours) as told:
            it.booked(region, room, DAY + 4 * HOUR)  # Friday 15–18
        assert str(told.value.params["next"]).replace("\xa0", " ") == "17. mai 2027 kl. 08.00"


class TestWhen:
    def test_outside_the_opening_hours_is_refused_or_warned_as_the_owner_says(self) -> None:
        region = make.region()
        strict, lax = it.room(region), it.room(region, outside_hours=OutsideHours.WARNED)
        late = DAY + 9 * HOUR
        for room in (strict, lax):
            logistics.set_hours(make.system(region), resource_id=room, hours=it.WORKDAYS)
        with pytest.raises(OutsideOpeningHours):
            it.booked(region, strict, late)
        assert not standing(region, strict)
        made = logistics.book(
            make.system(region), resource_id=lax, starts_at=late, ends_at=late + HOUR, title="Kveldskurs"
        )
        assert made.warnings == (Caution.OUTSIDE_HOURS,)

    def test_a_blocked_period_is_nobodys_and_does_not_push_anybody_out(self) -> None:
        region = make.region()
        room = it.room(region)
        it.booked(region, room)
        ctx = make.system(region)
        with pytest.raises(ResourceIsTaken):
            logistics.block(ctx, resource_id=room, starts_at=DAY + HOUR, ends_at=DAY + 30 * HOUR, title="Maling")
        logistics.block(ctx, resource_id=room, starts_at=DAY + 3 * HOUR, ends_at=DAY + 30 * HOUR, title="Maling")
        with pytest.raises(ResourceIsTakenBy, match="Maling"):
            it.booked(region, room, DAY + 20 * HOUR)

    def test_a_trainer_is_booked_on_days_when_they_can(self) -> None:
        region = make.region()
        trainer = it.trainer(region)
        it.booked(region, trainer, DAY - timedelta(days=7))  # who has told of no days is asked each time
        logistics.set_availability(
            make.system(region), resource_id=trainer, periods=[(date(2027, 5, 10), date(2027, 5, 13))]
        )
        with pytest.raises(TrainerIsNotAvailable):
            it.booked(region, trainer)
        it.booked(region, trainer, DAY - timedelta(days=1))

    @pytest.mark.parametrize(
        ("start", "end", "title", "error"),
        [
            (DAY, DAY, "x", TimesAreBackwards), (DAY, DAY - HOUR, "x", TimesAreBackwards),
            (DAY, DAY + timedelta(days=401), "x", TimesAreBackwards), (NOW - 3 * HOUR, NOW - HOUR, "x", BookingIsOver),
            (DAY, DAY + HOUR, " \x00", WhyIsMissing),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused_and_nothing_is_written(
        self, start: object, end: object, title: str, error: type[Exception]
    ) -> None:
        region = make.region()
        room = it.room(region)
        with pytest.raises(error):
            logistics.book(make.system(region), resource_id=room, starts_at=start, ends_at=end, title=title)  # type: ignore[arg-type]
        assert not standing(region, room)

    def test_what_is_out_of_use_is_not_booked(self) -> None:
        region = make.region()
        room = it.room(region)
        logistics.retire(make.system(region), resource_id=room)
        with pytest.raises(ResourceIsRetired):
            it.booked(region, room)

    def test_a_night_in_which_the_clocks_change_is_booked_whole(self) -> None:
        region = make.region()
        room = it.room(region)
        hours = [OpenHours(weekday, time(), time()) for weekday in range(7)]
        logistics.set_hours(make.system(region), resource_id=room, hours=hours)
        night = DAY.replace(month=10, day=30, hour=20)
        it.booked(region, room, night, hours=13)
        page = logistics.get_calendar(make.system(region), first=date(2027, 10, 30), days=2)
        assert [len(day) for day in page.rows[0].days] == [1, 1]


class TestPieces:
    def test_so_many_are_booked_and_the_rest_are_free(self) -> None:
        region = make.region()
        ids = it.pieces(region, 5)
        ctx = make.system(region)
        told = {"piece_id": ids[0], "starts_at": DAY, "ends_at": DAY + HOUR, "title": "Øving"}
        assert len(logistics.book_pieces(ctx, count=3, **told)) == 3  # type: ignore[arg-type]
        with pytest.raises(TooFewPieces) as error:
            logistics.book_pieces(ctx, count=3, **told)  # type: ignore[arg-type]
        assert (error.value.params["free"], error.value.params["count"]) == (2, 3)
        assert sum(len(standing(region, piece)) for piece in ids) == 3
        assert len(logistics.book_pieces(ctx, count=2, **told)) == 2  # type: ignore[arg-type]

    def test_more_of_the_same_are_counted_on(self) -> None:
        region = make.region()
        it.pieces(region, 2)
        it.pieces(region, 2)
        (row,) = logistics.get_equipment(make.system(region)).equipment
        assert [piece.name for piece in row.pieces] == [f"Øvingsdukke nr. {number}" for number in range(1, 5)]


class TestMoving:
    def booked(self, region: make.Region, room: int, session_id: int, start: int) -> int:
        return logistics.book(
            make.system(region), resource_id=room, starts_at=DAY + start * HOUR, ends_at=DAY + (start + 1) * HOUR,
            title="Kurs", run_id=7, session_id=session_id,
        ).id  # fmt: skip

    def test_onto_what_is_occupied_is_refused_and_nothing_is_lost(self) -> None:
        region = make.region()
        room = it.room(region)
        it.booked(region, room, DAY + 5 * HOUR)
        first, second = (self.booked(region, room, n, n) for n in (1, 2))
        before = [(row.pk, row.starts_at, row.ends_at, row.period) for row in standing(region, room)]
        with pytest.raises(ResourceIsTaken):
            logistics.move_sessions(
                make.system(region), run_id=7,
                sessions={1: (DAY - HOUR, DAY), 2: (DAY + 6 * HOUR, DAY + 7 * HOUR)},
            )  # fmt: skip
        assert [(row.pk, row.starts_at, row.ends_at, row.period) for row in standing(region, room)] == before
        assert {first, second} < {row[0] for row in before}

    def test_one_may_take_the_others_old_time(self) -> None:
        region = make.region()
        room = it.room(region)
        first, second = (self.booked(region, room, n, n) for n in (1, 2))
        logistics.move_sessions(
            make.system(region), run_id=7,
            sessions={1: (DAY + 2 * HOUR, DAY + 3 * HOUR), 2: (DAY + HOUR, DAY + 2 * HOUR)},
        )  # fmt: skip
        assert [row.pk for row in standing(region, room)] == [second, first]

    def test_a_run_that_is_not_held_lets_go_of_what_is_not_over(self) -> None:
        region = make.region()
        rooms = [it.room(region), it.room(region)]
        for number, room in enumerate(rooms):
            self.booked(region, room, number, 24 * number)
        other = it.booked(region, rooms[0], DAY + 10 * HOUR)
        later = make.system(region, DAY + 12 * HOUR)
        assert logistics.free_run(later, run_id=7, why="Avlyst") == 1
        assert len(standing(region, rooms[0])) == 2
        assert not standing(region, rooms[1])
        it.booked(region, rooms[1], DAY + 24 * HOUR)
        assert other in {row.pk for row in standing(region, rooms[0])}

    def test_what_is_freed_once_is_not_freed_again(self) -> None:
        region = make.region()
        made = it.booked(region, it.room(region))
        logistics.free(make.system(region), booking_id=made)
        with pytest.raises(BookingIsFreed):
            logistics.free(make.system(region), booking_id=made)
        with pytest.raises(BookingIsFreed):
            logistics.move_booking(make.system(region), booking_id=made, starts_at=DAY, ends_at=DAY + HOUR)

    def test_killed_halfway_nothing_has_happened(self, monkeypatch: pytest.MonkeyPatch) -> None:
        region = make.region()
        room = it.room(region)
        first = self.booked(region, room, 1, 1)
        with tenant_scope(make.system(region)):
            deeds = Deed.objects.count()

        def die(*_told: object, **_more: object) -> None:
            raise SystemExit

        monkeypatch.setattr(outbox, "send", die)
        with pytest.raises(SystemExit):
            it.booked(region, room, DAY + 8 * HOUR)
        with pytest.raises(SystemExit):
            logistics.move_sessions(make.system(region), run_id=7, sessions={1: (DAY + 3 * HOUR, DAY + 4 * HOUR)})
        with pytest.raises(SystemExit):
            logistics.free_run(make.system(region), run_id=7)

        (row,) = standing(region, room)
        assert (row.pk, row.starts_at) == (first, DAY + HOUR)
        with tenant_scope(make.system(region)):
            assert Deed.objects.count() == deeds


class TestBorders:
    def test_another_region_sees_and_books_nothing(self) -> None:
        region, other = make.region(), make.region()
        room = it.room(region)
        made = it.booked(region, room)
        stranger = make.context(make.office(other))
        with pytest.raises(NotFound):
            logistics.get_resource(stranger, resource_id=room)
        with pytest.raises(NotFound):
            logistics.book(stranger, resource_id=room, starts_at=DAY + 9 * HOUR, ends_at=DAY + 10 * HOUR, title="x")
        for act in (
            lambda: logistics.free(stranger, booking_id=made),
            lambda: logistics.retire(stranger, resource_id=room),
            lambda: logistics.move_booking(stranger, booking_id=made, starts_at=DAY, ends_at=DAY + HOUR),
        ):
            with pytest.raises(NotFound):
                act()
        assert logistics.get_calendar(stranger, first=DAY.date(), days=7).total == 0
        assert len(standing(region, room)) == 1

    def test_two_regions_may_have_the_same_hour(self) -> None:
        for region in (make.region(), make.region()):
            it.booked(region, it.room(region))

    def test_a_municipality_keeps_its_own_and_the_office_all(self) -> None:
        region = make.region(municipalities=2)
        near, far = region.municipalities
        own, others = it.room(region, town=near), it.room(region, town=far)
        for role in (Role.CONTACT_PERSON, Role.HR):
            ctx = make.context(make.with_role(region, role, town=near))
            booking = logistics.book(ctx, resource_id=own, starts_at=DAY, ends_at=DAY + HOUR, title="Eget møte")
            logistics.free(ctx, booking_id=booking.id)
            with pytest.raises(Refused):
                logistics.book(ctx, resource_id=others, starts_at=DAY, ends_at=DAY + HOUR, title="x")
            with pytest.raises(Refused):
                logistics.add_room(ctx, region_id=region.tenant_id, room=it.told(town=far))
            with pytest.raises(Refused):
                logistics.add_room(ctx, region_id=region.tenant_id, room=it.told())
        office = make.context(make.office(region))
        for room in (own, others):
            logistics.book(office, resource_id=room, starts_at=DAY, ends_at=DAY + HOUR, title="Kurs")

    def test_an_employee_sees_the_room_and_not_who_trains(self) -> None:
        region = make.region()
        room, trainer = it.room(region, town=region.municipalities[0]), it.trainer(region)
        it.booked(region, room, title="Internt")
        ctx = make.context(make.employee(region.municipalities[0]))
        shown = logistics.get_resource(ctx, resource_id=room)
        assert shown.room is not None
        assert shown.room.address == "Kirkegata 1"
        assert (shown.may_manage, shown.coming[0].title) == (False, "")
        with pytest.raises(Refused):
            logistics.get_resource(ctx, resource_id=trainer)
        assert not logistics.get_trainers(ctx).trainers
        assert logistics.get_calendar(ctx, first=DAY.date(), days=1, kind=ResourceKind.TRAINER).total == 0
        with pytest.raises(Refused):
            logistics.book(ctx, resource_id=room, starts_at=DAY + 9 * HOUR, ends_at=DAY + 10 * HOUR, title="x")


class TestKeeping:
    def test_a_room_is_written_anew_by_its_keepers_and_not_given_to_a_neighbour(self) -> None:
        region = make.region(municipalities=2)
        near, far = region.municipalities
        contact = make.context(make.with_role(region, Role.CONTACT_PERSON, town=near))
        room = it.room(region, "Glabak", town=near)
        logistics.change_room(contact, resource_id=room, version=1, room=it.told("Storsalen", town=near, capacity=9))
        shown = logistics.get_resource(contact, resource_id=room)
        assert shown.room is not None
        assert (shown.resource.name, shown.room.capacity, shown.resource.version) == ("Storsalen", 9, 2)
        with pytest.raises(ResourceHasChanged):
            logistics.change_room(contact, resource_id=room, version=1, room=it.told(town=near))
        with pytest.raises(Refused):
            logistics.change_room(contact, resource_id=room, version=2, room=it.told(town=far))
        with pytest.raises(NotFound):
            logistics.change_room(make.system(region), resource_id=it.trainer(region), version=1, room=it.told())
        assert logistics.get_resource(contact, resource_id=room).resource.version == 2

    def test_a_trainer_who_leaves_is_no_longer_reached(self) -> None:
        region = make.region()
        trainer, office = it.trainer(region), make.context(make.office(region))
        told = TrainerInput(
            name="Ola", is_external=True, agreed_on=NOW.date(), email="ola@example.com", skills=("HLR",)
        )
        logistics.change_trainer(office, resource_id=trainer, version=1, trainer=told)
        (row,) = logistics.get_trainers(office, skill="hlr").trainers
        assert (row.resource.name, row.email) == ("Ola", "ola@example.com")
        it.booked(region, trainer)
        with pytest.raises(ResourceIsInUse):
            logistics.retire(office, resource_id=trainer)
        logistics.retire(make.system(region, DAY + 9 * HOUR), resource_id=trainer)
        assert not logistics.get_trainers(office).trainers
        shown = logistics.get_resource(office, resource_id=trainer).trainer
        assert shown is not None
        assert (shown.email, shown.phone) == ("", "")

    def test_a_person_is_one_trainer_and_works_in_the_region(self) -> None:
        region, other = make.region(), make.region()
        kari = make.employee(region.municipalities[0])
        it.trainer(region, "Kari", who=kari)
        with pytest.raises(NameIsTaken):
            it.trainer(region, "Kari igjen", who=kari)
        with pytest.raises(OwnPersonIsUnknown):
            it.trainer(region, "Fremmed", who=make.employee(other.municipalities[0]))
        assert len(logistics.get_trainers(make.system(region)).trainers) == 1

    def test_an_outsider_who_has_not_agreed_is_refused_by_the_database_too(self) -> None:
        region = make.region()
        trainer = it.trainer(region)
        expected = pytest.raises(IntegrityError, match="trainer_outsider_has_agreed")
        with tenant_scope(make.system(region)), expected, transaction.atomic():
            Trainer.objects.filter(resource_id=trainer).update(agreed_on=None)


class TestQueries:
    @pytest.mark.parametrize("count", [2, 20])
    def test_the_calendar_and_the_suggestions_ask_the_same_of_any_number(self, count: int) -> None:
        region = make.region()
        for number in range(count):
            room = it.room(region)
            logistics.set_hours(make.system(region), resource_id=room, hours=it.WORKDAYS)
            it.booked(region, room, DAY - timedelta(days=7 * (number % 4)))
        office = make.context(make.office(region))
        with tenant_scope(office):
            with counted() as asked:
                page = logistics.get_calendar(office, first=date(2027, 4, 1), days=61)
            assert (len(asked), len(page.rows)) == (4, count)
            with counted() as asked:
                logistics.suggest(
                    office, times={n: (DAY + n * HOUR, DAY + (n + 1) * HOUR) for n in range(count)}, people=10,
                    homes={region.municipalities[0].tenant_id: 3},
                )  # fmt: skip
            assert len(asked) == 6
            with counted() as asked:
                logistics.list_bookings(office, run_id=7)
            assert len(asked) == 1
