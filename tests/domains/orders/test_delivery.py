from __future__ import annotations

from datetime import timedelta

import pytest

from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.types import OrderStatus
from kompetanse.domains.orders.types.catalogue import ServiceKind
from kompetanse.domains.orders.types.delivery import (
    DeviationDueIsPast,
    DeviationIsClosed,
    DeviationIsOpen,
    DeviationNeedsOwner,
    DeviationTextIsMissing,
    LineKind,
    OrderIsNotAgreed,
    OrderIsNotDelivered,
)
from kompetanse.domains.orders.types.office import (
    DayIsFull,
    StaffIsUnknown,
    StaffPeriodIsTurned,
    TimeIsImpossible,
    WeeklyHoursAreImpossible,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import orders as made


class Working:
    """A service agreed, and somebody in the office to do it."""

    def __init__(self, *, quantity: int = 10, weekly: int = 20 * 60) -> None:
        self.region = make.region(municipalities=2)
        self.town, self.other = self.region.municipalities
        self.service_id = made.service(self.region)
        self.order_id = made.service_order(self.region, self.town, self.service_id, quantity=quantity)
        self.worker = make.office(self.region)
        self.office = make.context(self.worker)
        self.contact = make.context(make.with_role(self.region, Role.CONTACT_PERSON, town=self.town))
        self.staff_id = made.staff(self.region, self.worker, weekly=weekly)
        orders.accept_order(self.office, order_id=self.order_id)

    def status(self) -> OrderStatus:
        return orders.get_order(self.contact, order_id=self.order_id).status


class TestDelivery:
    def test_is_done_by_the_office_and_approved_by_the_municipality(self) -> None:
        it = Working()
        with pytest.raises(OrderIsNotDelivered):
            orders.approve_delivery(it.contact, order_id=it.order_id)
        with pytest.raises(Refused):
            orders.deliver_order(it.contact, order_id=it.order_id)

        orders.deliver_order(it.office, order_id=it.order_id, note="Rapporten er sendt")
        with pytest.raises(Refused):
            orders.approve_delivery(it.office, order_id=it.order_id)
        orders.approve_delivery(it.contact, order_id=it.order_id)

        assert it.status() is OrderStatus.APPROVED
        with pytest.raises(OrderIsNotAgreed):
            orders.deliver_order(it.office, order_id=it.order_id)

    def test_of_seats_still_counts_when_it_is_approved(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        measure_id = made.plan(region)
        order_id = made.order(region, town, measure_id, seats=4)
        orders.deliver_orders(make.system(region), measure_id=measure_id)

        orders.approve_delivery(make.context(make.with_role(region, Role.HR, town=town)), order_id=order_id)

        assert orders.count_ordered_seats(make.system(region), measure_id=measure_id) == 4


class TestDeviation:
    def test_is_followed_up_and_closed_before_the_delivery_is_approved(self) -> None:
        it = Working()
        orders.deliver_order(it.office, order_id=it.order_id)
        found = orders.note_order_deviation(it.contact, order_id=it.order_id, text="Rapporten mangler et kapittel")
        with pytest.raises(DeviationIsOpen):
            orders.approve_delivery(it.contact, order_id=it.order_id)
        with pytest.raises(DeviationNeedsOwner):
            orders.close_deviation(it.office, deviation_id=found, outcome="Rettet")

        due = it.office.today + timedelta(days=7)
        orders.follow_deviation(it.office, deviation_id=found, staff_id=it.staff_id, due_on=due)
        late = it.office.at(it.office.now + timedelta(days=8))
        assert [row.is_late for row in orders.list_deviations(late)] == [True]
        assert orders.get_inbox(late).deviations[0].id == found
        orders.close_deviation(it.office, deviation_id=found, outcome="Kapitlet er skrevet")
        orders.approve_delivery(it.contact, order_id=it.order_id)

        row = orders.get_deviation(it.contact, deviation_id=found)
        assert (row.outcome, row.due_on, row.is_open) == ("Kapitlet er skrevet", due, False)
        assert row.owner == orders.get_order_page(it.office, order_id=it.order_id).staff_choices[0].name
        with pytest.raises(DeviationIsClosed):
            orders.close_deviation(it.office, deviation_id=found, outcome="En gang til")

    def test_is_noted_by_both_sides_and_followed_by_the_office_alone(self) -> None:
        it = Working()
        found = orders.note_order_deviation(it.office, order_id=it.order_id, text="Forsinket")

        with pytest.raises(Refused):
            orders.follow_deviation(it.contact, deviation_id=found, staff_id=it.staff_id, due_on=it.office.today)
        neighbour = make.context(make.with_role(it.region, Role.CONTACT_PERSON, town=it.other))
        with pytest.raises(NotFound):
            orders.get_deviation(neighbour, deviation_id=found)
        assert orders.list_deviations(neighbour) == []

    def test_refuses_what_makes_no_sense(self) -> None:
        it = Working()
        with pytest.raises(DeviationTextIsMissing):
            orders.note_order_deviation(it.contact, order_id=it.order_id, text="  ")
        found = orders.note_order_deviation(it.contact, order_id=it.order_id, text="Feil")
        yesterday = it.office.today - timedelta(days=1)
        with pytest.raises(DeviationDueIsPast):
            orders.follow_deviation(it.office, deviation_id=found, staff_id=it.staff_id, due_on=yesterday)
        with pytest.raises(StaffIsUnknown):
            orders.follow_deviation(it.office, deviation_id=found, staff_id=10**12, due_on=it.office.today)
        waiting = made.service_order(it.region, it.town, it.service_id)
        with pytest.raises(OrderIsNotAgreed):
            orders.note_order_deviation(it.contact, order_id=waiting, text="Feil")
        assert [row.due_on for row in orders.list_deviations(it.office)] == [None]


class TestTime:
    def test_is_written_and_taken_back(self) -> None:
        it = Working()
        first = orders.write_time(
            it.office, order_id=it.order_id, staff_id=it.staff_id, day=it.office.today, minutes=90, note="Møte"
        )
        orders.write_time(it.office, order_id=it.order_id, staff_id=it.staff_id, day=it.office.today, minutes=30)

        orders.take_back_time(it.office, order_id=it.order_id, entry_id=first)

        assert orders.get_order_page(it.contact, order_id=it.order_id).minutes_used == 30
        with pytest.raises(NotFound):
            orders.take_back_time(it.office, order_id=it.order_id, entry_id=first)

    @pytest.mark.parametrize("minutes", [-180, 0, 24 * 60 + 1, 40_000 * 60])
    def test_refuses_impossible_hours(self, minutes: int) -> None:
        it = Working()
        with pytest.raises(TimeIsImpossible):
            orders.write_time(
                it.office, order_id=it.order_id, staff_id=it.staff_id, day=it.office.today, minutes=minutes
            )
        assert orders.get_order_page(it.office, order_id=it.order_id).times == ()

    def test_refuses_tomorrow_a_full_day_strangers_and_the_municipality(self) -> None:
        it = Working()
        today = it.office.today
        with pytest.raises(TimeIsImpossible):
            orders.write_time(
                it.office, order_id=it.order_id, staff_id=it.staff_id, day=today + timedelta(days=1), minutes=60
            )
        orders.write_time(it.office, order_id=it.order_id, staff_id=it.staff_id, day=today, minutes=20 * 60)
        with pytest.raises(DayIsFull):
            orders.write_time(it.office, order_id=it.order_id, staff_id=it.staff_id, day=today, minutes=5 * 60)
        with pytest.raises(StaffIsUnknown):
            orders.write_time(it.office, order_id=it.order_id, staff_id=10**12, day=today, minutes=60)
        with pytest.raises(Refused):
            orders.write_time(it.contact, order_id=it.order_id, staff_id=it.staff_id, day=today, minutes=60)
        assert len(orders.get_order_page(it.office, order_id=it.order_id).times) == 1


class TestStaff:
    def test_refuses_weeks_that_make_no_sense_and_people_of_no_office(self) -> None:
        it = Working()
        with pytest.raises(WeeklyHoursAreImpossible):
            made.staff(it.region, it.worker, weekly=41 * 60)
        with pytest.raises(StaffIsUnknown):
            made.staff(it.region, make.employee(it.town))
        with pytest.raises(StaffPeriodIsTurned):
            orders.set_staff(
                it.office, region_id=it.region.tenant_id, person_id=it.worker.person_id, weekly_minutes=60,
                valid_from=it.office.today, valid_to=it.office.today - timedelta(days=1),
            )  # fmt: skip
        page = orders.get_capacity_page(it.office)
        assert [row.weekly_minutes for row in page.staff] == [20 * 60]


class TestCapacity:
    def test_lays_the_queue_over_the_weeks_and_tells_when_the_next_can_begin(self) -> None:
        it = Working(quantity=40, weekly=10 * 60)  # four weeks of work from Monday the fifteenth
        orders.assign_order(it.office, order_id=it.order_id, staff_id=it.staff_id)
        waiting = made.service_order(it.region, it.other, it.service_id, quantity=5)

        page = orders.get_capacity_page(it.office)

        assert [(row.order_id, row.is_agreed, str(row.starts), str(row.ends)) for row in page.queue] == [
            (it.order_id, True, "2027-03-15", "2027-04-09"), (waiting, False, "2027-04-12", "2027-04-16"),
        ]  # fmt: skip
        assert str(page.next_start) == "2027-04-12"  # half of that week is left
        assert sum(row.planned for row in page.months) == 45 * 60
        assert all(row.planned <= row.capacity for row in page.months)
        assert [(row.kind, row.planned) for row in page.kinds] == [(ServiceKind.MAPPING, 45 * 60)]
        order = orders.get_order_page(it.contact, order_id=it.order_id)
        assert str(order.starts_about) == "2027-03-15"

    def test_time_used_leaves_less_to_plan(self) -> None:
        it = Working(quantity=10)
        orders.write_time(it.office, order_id=it.order_id, staff_id=it.staff_id, day=it.office.today, minutes=4 * 60)

        page = orders.get_capacity_page(it.office)

        assert [row.minutes_left for row in page.queue] == [6 * 60]
        assert (sum(row.used for row in page.months), page.kinds[0].used) == (4 * 60, 4 * 60)
        assert [(row.name, row.used) for row in page.people if row.used] == [(page.staff[0].name, 4 * 60)]

    def test_tells_the_forum_the_size_of_the_office_and_of_nobody_in_it(self) -> None:
        it = Working()
        forum = orders.get_capacity_page(make.context(make.with_role(it.region, Role.FORUM_MEMBER)))

        assert (forum.people, forum.queue, forum.staff, forum.choices) == ((), (), (), ())
        assert forum.waiting == 1
        assert sum(row.planned for row in forum.months) == 600
        with pytest.raises(Refused):
            orders.get_capacity_page(it.contact)

    def test_an_order_that_cannot_be_done_in_time_is_seen_to_be_late(self) -> None:
        it = Working(quantity=150, weekly=10 * 60)
        assert orders.get_capacity_page(it.office).late == 1

    def test_without_staff_there_is_a_queue_and_no_promise(self) -> None:
        region = make.region()
        made.service_order(region, region.municipalities[0], made.service(region))
        page = orders.get_capacity_page(make.context(make.office(region)))
        assert (page.waiting, page.next_start, page.beyond) == (1, None, 600)


class TestInbox:
    def test_shows_what_waits_for_the_office_and_what_is_late(self) -> None:
        it = Working()
        placed = made.service_order(it.region, it.town, it.service_id)
        quoted = made.service_order(it.region, it.town, it.service_id)
        made.quoted(it.region, quoted, days=3)

        now = orders.get_inbox(it.office)
        later = orders.get_inbox(it.office.at(it.office.now + timedelta(days=40)))

        assert [row.order.id for row in now.answer] == [placed]
        assert [row.order.id for row in now.quoted] == [quoted]
        assert [row.order.id for row in now.working] == [it.order_id]
        assert (now.late, later.late) == (0, 3)
        with pytest.raises(Refused):
            orders.get_inbox(it.contact)

    def test_leaves_out_seats_that_the_courses_deliver(self) -> None:
        it = Working()
        order_id = made.order(it.region, it.other, made.plan(it.region))

        found = orders.get_inbox(it.office.at(it.office.now + timedelta(days=400)))

        assert (found.on_measures, [row.order.id for row in found.working]) == (1, [it.order_id])
        assert orders.get_order(it.office, order_id=order_id).due_on is None

    def test_tells_how_it_has_gone(self) -> None:
        it = Working()
        kinds = [line.kind for line in orders.get_order_page(it.contact, order_id=it.order_id).lines]
        assert kinds == [LineKind.PLACED, LineKind.ACCEPTED]
