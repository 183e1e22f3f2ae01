"""What stands in people's calendars follows the courses, whatever happens to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.core import mail

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses import handlers
from kompetanse.domains.courses.events import RunChanged, SeatWithdrawn
from kompetanse.domains.courses.models import Session, Signup
from kompetanse.domains.messages import api as messages
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import Refused
from tests import make
from tests.make import courses as made
from tests.make.orders import plan


@pytest.fixture(autouse=True)
def empty_box() -> None:
    mail.outbox = []


def told(who: make.Who) -> list[tuple[str, int, datetime]]:
    """What the person's calendar has been told: method, sequence, start."""
    return [(method, int(event["sequence"]), event["dtstart"].dt) for method, event in events(who)]


def events(who: make.Who) -> Iterator[tuple[str, Any]]:
    assert who.employee is not None
    for sent in mail.outbox:
        if sent.to == [who.employee.email]:
            for text, _kind in getattr(sent, "alternatives", []):
                calendar: Any = icalendar.Calendar.from_ical(text)
                (event,) = calendar.walk("VEVENT")
                yield str(calendar["method"]), event


class Course:
    """An open run with one who has a seat."""

    def __init__(self, seats: int = 2) -> None:
        self.region = make.region(municipalities=2)
        self.office = make.office(self.region)
        self.chief, (self.kari, self.ola, _) = made.team(self.region.municipalities[0])
        self.measure_id = plan(self.region)
        self.told = made.run_input(self.measure_id, seats=seats)
        self.run_id = made.run(self.region, measure_id=self.measure_id, seats=seats)
        self.signup_id = made.seat(self.run_id, self.chief, self.kari)

    def change(self, **values: object) -> None:
        self.told = replace(self.told, **values)  # type: ignore[arg-type]
        courses.change_run(make.context(self.office), run_id=self.run_id, run=self.told)


class TestCalendar:
    def test_a_seat_invites_and_a_place_in_the_line_does_not(self) -> None:
        course = Course(seats=1)
        made.seat(course.run_id, course.chief, course.ola)
        assert told(course.kari) == [("REQUEST", 0, course.told.starts_at)]
        assert told(course.ola) == []

    def test_the_one_who_moves_up_is_invited_and_the_one_who_left_is_called_off(self) -> None:
        course = Course(seats=1)
        made.seat(course.run_id, course.chief, course.ola)
        courses.withdraw(make.context(course.kari), signup_id=course.signup_id)
        assert [it[:2] for it in told(course.kari)] == [("REQUEST", 0), ("CANCEL", 1)]
        assert [it[:2] for it in told(course.ola)] == [("REQUEST", 0)]
        assert messages.list_messages(make.context(course.kari))[0].subject.startswith("Du er meldt av: ")

    def test_moving_is_told_once_under_the_same_uid(self) -> None:
        course = Course()
        later = course.told.starts_at + timedelta(days=1)
        course.change(starts_at=later, ends_at=later + timedelta(hours=6))
        assert [it[:2] for it in told(course.kari)] == [("REQUEST", 0), ("REQUEST", 1)]
        assert told(course.kari)[1][2] == later
        assert len({str(event["uid"]) for _method, event in events(course.kari)}) == 1
        newest = messages.list_messages(make.context(course.kari))[0]
        assert newest.subject.startswith("Ny tid eller nytt sted: ")
        with tenant_scope(make.system(course.region)):
            handlers.tell_change(make.system(course.region), RunChanged(tenant_id=1, run_id=course.run_id))
        assert len(told(course.kari)) == 2

    def test_what_no_calendar_shows_is_not_told(self) -> None:
        course = Course()
        course.change(max_seats=9)
        assert len(mail.outbox) == 1
        course.change(room="Lillesalen")
        assert [it[:2] for it in told(course.kari)] == [("REQUEST", 0), ("REQUEST", 1)]

    def test_back_and_forth_goes_on_counting(self) -> None:
        course = Course()
        for room in ("A", "B", "A"):
            course.change(room=room)
        assert [sequence for _method, sequence, _at in told(course.kari)] == [0, 1, 2, 3]

    def test_a_run_that_is_called_off_is_called_off_in_every_calendar(self) -> None:
        course = Course()
        courses.cancel_run(make.system(course.region), run_id=course.run_id, reason="Kursholderen er syk")
        assert [it[:2] for it in told(course.kari)] == [("REQUEST", 0), ("CANCEL", 1)]

    def test_a_gathering_more_and_one_less(self) -> None:
        course = Course()
        ctx = make.system(course.region)
        starts = course.told.starts_at + timedelta(days=7)
        with tenant_scope(ctx):
            extra = Session.objects.create(
                tenant_id=course.region.tenant_id, run_id=course.run_id, number=2, title="Øving", starts_at=starts,
                ends_at=starts + timedelta(hours=2), video_link="https://video.example.no/1",
            )  # fmt: skip
        assert courses.tell_change(ctx, run_id=course.run_id) == 1
        *_, (_method, event) = events(course.kari)
        assert (str(event["summary"]), event["url"]) == (
            "Medikamenthåndtering vår: Øving",
            "https://video.example.no/1",
        )
        with tenant_scope(ctx):
            extra.delete()
        courses.tell_change(ctx, run_id=course.run_id)
        assert [it[:2] for it in told(course.kari)] == [("REQUEST", 0), ("REQUEST", 0), ("CANCEL", 1)]

    def test_one_who_gave_up_a_place_in_the_line_had_nothing_to_call_off(self) -> None:
        course = Course(seats=1)
        waiting = made.seat(course.run_id, course.chief, course.ola)
        courses.withdraw(make.context(course.ola), signup_id=waiting)
        assert told(course.ola) == []

    def test_is_for_the_system(self) -> None:
        course = Course()
        with pytest.raises(Refused):
            courses.tell_change(make.context(course.office), run_id=course.run_id)
        ctx = make.system(course.region)
        with tenant_scope(ctx):
            row = Signup.objects.get(pk=course.signup_id)
            handlers.tell_withdrawn(
                ctx, SeatWithdrawn(tenant_id=row.tenant_id, run_id=course.run_id, signup_id=row.pk, had_seat=False)
            )
        assert len(told(course.kari)) == 1
        courses.tell_withdrawn(ctx, signup_id=course.signup_id)


class TestWords:
    def test_the_person_chooses_the_written_form(self) -> None:
        region = make.region()
        chief, (kari, *_) = made.team(region.municipalities[0])
        kari.account.language = "en"
        kari.account.save()
        made.seat(made.run(region), chief, kari)
        (letter,) = messages.list_messages(make.context(kari))
        assert letter.subject == "You have a seat: Medikamenthåndtering vår"
        assert "There was a free seat" in letter.body
