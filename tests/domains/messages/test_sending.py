"""Through real servers in processes of their own."""

from __future__ import annotations

import email
import email.policy
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
from django.conf import LazySettings

from bench._sinks import Sink, sink
from kompetanse.config.environment import SmsService
from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.models import Message
from kompetanse.domains.messages.types import (
    Appointment,
    BounceIsUnreadable,
    Channel,
    ChannelIsNotOffered,
    MessageState,
    NotStuck,
)
from kompetanse.domains.organisation.models import Employee
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import clock
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import messages as made

from .test_rules import notice

STARTS = datetime(2027, 4, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def smtp() -> Iterator[Sink]:
    with sink("smtp") as found:
        yield found


@pytest.fixture
def post(smtp: Sink, settings: LazySettings) -> Sink:
    """Mail goes to a server that takes it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp.port
    return smtp


@pytest.fixture
def sms(settings: LazySettings) -> Iterator[Sink]:
    with sink("http") as found:
        settings.SMS = SmsService(f"http://127.0.0.1:{found.port}/send?v=1", key="nøkkel", to_field="recipient")
        yield found


def town_of(region: make.Region) -> make.Town:
    return region.municipalities[0]


def mails_to(post: Sink, address: str) -> list[EmailMessage]:
    found = [it["mail"] for it in post.taken() if address in it["to"]]
    return [email.message_from_bytes(text.encode("latin-1"), policy=email.policy.default) for text in found]


def put(region: make.Region, cause: str, **values: Any) -> None:
    with tenant_scope(make.system(region)):
        Message.objects.filter(cause=cause).update(**values)


class TestSendWaiting:
    def test_mail_arrives_once_and_carries_what_names_it(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        cause = made.write(region, town, kari)
        made.write(region, town, kari, cause=cause)
        messages.send_waiting(tenant_id=town.tenant_id)
        (mail,) = mails_to(post, kari.employee.email)  # type: ignore[union-attr]
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Message-ID"].startswith(f"<{town.tenant_id}.{made.kept(region, cause).pk}.")
        assert made.kept(region, cause).state == MessageState.SENT

    def test_an_invitation_is_an_alternative_and_a_file(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        made.invite(region, town, kari, Appointment("a", "Kurs æ", STARTS, STARTS + timedelta(hours=2), "Ås"))
        (mail,) = mails_to(post, kari.employee.email)  # type: ignore[union-attr]
        body, alternative, file = [part for part in mail.walk() if not part.is_multipart()]
        assert body.get_content_type() == "text/plain"
        assert alternative.get_content_type() == "text/calendar"
        assert alternative["Content-Type"].params["method"] == "REQUEST"
        assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invitasjon.ics")
        event: Any
        (event,) = icalendar.Calendar.from_ical(alternative.get_content()).walk("VEVENT")
        assert str(event["summary"]) == "Kurs æ"
        assert event["attendee"] == f"mailto:{kari.employee.email}"  # type: ignore[union-attr]
        assert (
            file.get_payload(decode=True)
            == alternative.get_content().replace("\r\n", "\n").replace("\n", "\r\n").encode()
        )

    def test_each_gathering_is_a_mail_of_its_own_as_calendars_read_one(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        days = [STARTS + timedelta(days=n) for n in range(3)]
        whole = [Appointment(f"s{n}", "Kurs", day, day + timedelta(hours=2)) for n, day in enumerate(days)]
        made.invite(region, town, kari, *whole)
        mails = mails_to(post, kari.employee.email)  # type: ignore[union-attr]
        assert [mail["Subject"] for mail in mails] == [
            "Du har plass: Truckkurs", "Kalender: Kurs 25.04.2027", "Kalender: Kurs 26.04.2027",
        ]  # fmt: skip

    def test_not_now_is_tried_again_later_and_longer_each_time(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        cause = made.write(region, town, kari, address="full@example.com")
        first = made.kept(region, cause)
        assert (first.state, first.attempts) == (MessageState.WAITING, 1)
        assert "452" in first.failure
        assert first.next_try_at is not None
        messages.send_waiting(tenant_id=town.tenant_id)
        assert made.kept(region, cause).attempts == 1  # not before its time
        put(region, cause, next_try_at=clock.now())
        messages.send_waiting(tenant_id=town.tenant_id)
        second = made.kept(region, cause)
        assert second.attempts == 2
        assert second.next_try_at is not None
        assert second.next_try_at - clock.now() > timedelta(minutes=4)
        put(region, cause, next_try_at=clock.now(), attempts=9)
        messages.send_waiting(tenant_id=town.tenant_id)
        assert made.kept(region, cause).state == MessageState.FAILED

    def test_a_server_that_is_down_takes_nothing_and_loses_nothing(self, post: Sink, settings: LazySettings) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
        cause = made.write(region, town, kari)
        assert (made.kept(region, cause).state, made.kept(region, cause).attempts) == (MessageState.WAITING, 1)
        settings.EMAIL_PORT = port
        put(region, cause, next_try_at=clock.now() - timedelta(seconds=1))
        assert town.tenant_id in messages.find_due(clock.now())
        messages.send_waiting(tenant_id=town.tenant_id)
        assert made.kept(region, cause).state == MessageState.SENT

    def test_a_connection_that_breaks_may_have_carried_it_and_is_not_tried_by_itself(
        self, post: Sink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        region = make.region()
        office, town, kari = make.office(region), town_of(region), make.employee(town_of(region))

        def broken(*_args: object, **_told: object) -> None:
            raise smtplib.SMTPServerDisconnected("gone")

        with monkeypatch.context() as patch:
            patch.setattr("smtplib.SMTP.sendmail", broken)
            cause = made.write(region, town, kari, about="run-1")
        messages.send_waiting(tenant_id=town.tenant_id)
        message = made.kept(region, cause)
        assert message.state == MessageState.SENDING
        assert "gone" in message.failure
        put(region, cause, claimed_at=make.organisation.NOW - timedelta(minutes=1))
        with pytest.raises(NotStuck):
            messages.send_again(make.context(office), message_id=message.pk)
        put(region, cause, claimed_at=make.organisation.NOW - timedelta(minutes=11))
        (row,) = messages.get_states(make.context(office), about="run-1").stuck
        assert (row.is_interrupted, row.name) == (True, kari.employee.name)  # type: ignore[union-attr]
        with pytest.raises(Refused):
            messages.send_again(make.context(kari), message_id=message.pk)
        messages.send_again(make.context(office), message_id=message.pk)
        assert made.kept(region, cause).state == MessageState.SENT
        with pytest.raises(NotStuck):
            messages.send_again(make.context(office), message_id=message.pk)

    def test_what_is_told_of_one_entry_goes_in_order(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        first = made.invite(region, town, kari, Appointment("a", "Kurs", STARTS, STARTS + timedelta(hours=2)))
        put(region, first, state=MessageState.WAITING, next_try_at=clock.now() + timedelta(hours=1))
        second = made.invite(region, town, kari, Appointment("a", "Kurs", STARTS, STARTS + timedelta(hours=3)))
        assert made.kept(region, second).state == MessageState.WAITING
        put(region, first, next_try_at=None)
        messages.send_waiting(tenant_id=town.tenant_id)
        subjects = [made.kept(region, cause).state for cause in (first, second)]
        assert subjects == [MessageState.SENT, MessageState.SENT]


class TestBounce:
    def test_stops_tells_hr_what_to_do_and_loses_nothing(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        hr = make.with_role(region, Role.HR, town=town)
        office = make.office(region)
        address = f"nobody.{kari.person_id}@example.com"
        with tenant_scope(make.system(region)):
            Employee.objects.filter(pk=kari.employee.pk).update(email=address)  # type: ignore[union-attr]
        first = made.write(region, town, kari, address=address)
        second = made.write(region, town, kari, address=address)
        assert made.kept(region, first).state == MessageState.BOUNCED
        assert made.kept(region, second).attempts == 0  # not even tried
        (told,) = messages.list_messages(make.context(hr))
        assert told.subject == f"E-postadressen til {kari.employee.name} virker ikke"  # type: ignore[union-attr]
        assert address in told.body
        assert "550 5.1.1 No such user here" in told.body
        assert "/meldinger/adresser/" in told.body
        assert messages.list_messages(make.context(office)) == []
        assert messages.get_reach(make.context(kari)).failing
        assert [row.subject for row in messages.list_messages(make.context(kari))] == ["Du har plass"] * 2

        (row,) = messages.list_failing(make.context(hr))
        assert (row.address, row.waiting) == (address, 2)
        with pytest.raises(Refused):
            messages.trust_address(make.context(kari), failing_id=row.id)
        assert messages.trust_address(make.context(hr), failing_id=row.id) == 2
        # It failed again: told anew, as it is a new failure.
        assert len(messages.list_messages(make.context(hr))) == 2

    def test_an_address_the_register_has_changed_is_used_and_no_longer_asked_about(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        hr = make.with_role(region, Role.HR, town=town)
        made.write(region, town, kari, address="nobody@example.com")
        assert messages.list_failing(make.context(hr)) == []  # the register has another already
        cause = made.write(region, town, kari)
        assert made.kept(region, cause).state == MessageState.SENT

    def test_the_office_is_told_where_hr_is_the_one(self, post: Sink) -> None:
        region = make.region()
        town = town_of(region)
        hr, office = make.with_role(region, Role.HR, town=town), make.office(region)
        made.write(region, town, hr, address="nobody@example.com")
        assert len(messages.list_messages(make.context(office))) == 1
        assert len(messages.list_messages(make.context(hr))) == 1  # only what came back

    def test_a_rule_of_the_servers_is_not_the_addresses_fault(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        hr = make.with_role(region, Role.HR, town=town)
        cause = made.write(region, town, kari, address="barred@example.com")
        assert made.kept(region, cause).state == MessageState.WAITING
        assert messages.list_messages(make.context(hr)) == []

    def test_an_address_that_is_none_bounces_without_being_sent(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        cause = made.write(region, town, kari, address="kari@")
        assert made.kept(region, cause).state == MessageState.BOUNCED

    def test_one_that_comes_back_later_is_as_one_that_was_refused(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        hr = make.with_role(region, Role.HR, town=town)
        message = made.kept(region, made.write(region, town, kari))
        for expected in (True, False):
            told = messages.note_bounce(
                make.system(region), tenant_id=town.tenant_id, message_id=message.pk, why="550 5.1.1"
            )
            assert told is expected
        assert len(messages.list_messages(make.context(hr))) == 1
        with pytest.raises(Refused):
            messages.note_bounce(make.context(hr), tenant_id=town.tenant_id, message_id=message.pk, why="")
        with pytest.raises(NotFound):
            messages.note_bounce(make.system(region), tenant_id=town.tenant_id, message_id=10**12, why="")

    def test_a_notice_from_the_mail_server_is_read_and_only_about_our_own(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        hr = make.with_role(region, Role.HR, town=town)
        made.write(region, town, kari)
        (mail,) = mails_to(post, kari.employee.email)  # type: ignore[union-attr]
        now = make.organisation.NOW
        assert (
            messages.receive_bounce(raw=notice(mail["Message-ID"], action="delayed", status="4.4.1"), now=now) is False
        )
        assert messages.list_messages(make.context(hr)) == []
        assert messages.receive_bounce(raw=notice(mail["Message-ID"]), now=now) is True
        assert len(messages.list_messages(make.context(hr))) == 1
        with pytest.raises(BounceIsUnreadable):
            messages.receive_bounce(raw=b"Subject: hei", now=now)


def give_number(region: make.Region, who: make.Who, number: str) -> None:
    with tenant_scope(make.system(region)):
        Employee.objects.filter(pk=who.employee.pk).update(phone=number)  # type: ignore[union-attr]


class TestChannels:
    def test_sms_is_offered_only_where_it_is_set_up_and_a_number_is_known(self, settings: LazySettings) -> None:
        region = make.region()
        kari = make.employee(town_of(region))
        give_number(region, kari, "912 34 567")
        assert messages.get_reach(make.context(kari)).channels == (Channel.EMAIL, Channel.HERE)
        with pytest.raises(ChannelIsNotOffered):
            messages.choose_channel(make.context(kari), channel=Channel.SMS)
        settings.SMS = SmsService("https://sms.example.no/")
        assert Channel.SMS in messages.get_reach(make.context(kari)).channels
        give_number(region, kari, "")
        assert Channel.SMS not in messages.get_reach(make.context(kari)).channels

    def test_who_has_chosen_sms_gets_the_subject_and_where_to_read(self, sms: Sink, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        give_number(region, kari, "912 34 567")
        messages.choose_channel(make.context(kari), channel=Channel.SMS)
        cause = made.write(region, town, kari)
        message = made.kept(region, cause)
        assert (message.state, message.channel) == (MessageState.SENT, Channel.SMS)
        (taken,) = sms.taken()
        assert taken["path"] == "/send?v=1"
        assert taken["body"]["recipient"] == "+4791234567"
        assert taken["body"]["text"] == "Du har plass\nhttp://127.0.0.1:8000/meldinger/"
        assert taken["headers"]["Idempotency-Key"] == f"{town.tenant_id}-{message.pk}"
        assert mails_to(post, kari.employee.email) == []  # type: ignore[union-attr]

    def test_a_number_that_is_none_gives_up_and_a_service_that_is_down_does_not(
        self, sms: Sink, settings: LazySettings
    ) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        give_number(region, kari, "91234000")
        messages.choose_channel(make.context(kari), channel=Channel.SMS)
        assert made.kept(region, made.write(region, town, kari)).state == MessageState.FAILED
        settings.SMS = SmsService("http://127.0.0.1:9/")
        waiting = made.kept(region, made.write(region, town, kari))
        assert (waiting.state, waiting.attempts) == (MessageState.WAITING, 1)

    def test_who_has_chosen_the_page_gets_nothing_sent(self, post: Sink) -> None:
        region = make.region()
        town, kari = town_of(region), make.employee(town_of(region))
        messages.choose_channel(make.context(kari), channel=Channel.HERE)
        assert made.kept(region, made.write(region, town, kari)).state == MessageState.KEPT
        assert mails_to(post, kari.employee.email) == []  # type: ignore[union-attr]
        messages.choose_channel(make.context(kari), channel=Channel.EMAIL)
        assert made.kept(region, made.write(region, town, kari)).state == MessageState.SENT
