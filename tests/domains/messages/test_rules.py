from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.messages import rules
from kompetanse.domains.messages.rules import Entry, Party, Verdict
from kompetanse.domains.messages.types import (
    Appointment,
    Letter,
    LetterKind,
    LooseBrace,
    MessageState,
    TextIsEmpty,
    TextIsTooLong,
    UnknownPlace,
)

NOW = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
ME, THEY = Party("Kari «K» Nordmann; jr., Ås", "kari@example.com"), Party("Kompetanseregionen", "ikke-svar@example.com")
KIND = LetterKind(
    "test.kind", "Prøve", {"nb": Letter("Hei %(title)s", "100 %% %(name)s: %(why)s"), "nn": Letter("Hei", "%(name)s")},
    {"title": "kurs", "name": "navn", "why": "hvorfor"}, {"kurs": "Truckkurs"},
)  # fmt: skip


def appointment(
    key: str = "a", *, days: int = 0, title: str = "Kurs", place: str = "Ås", hours: int = 2
) -> Appointment:
    starts = NOW + timedelta(days=days)
    return Appointment(key, title, starts, starts + timedelta(hours=hours), place)


def write(entry: Entry, now: datetime = NOW) -> str:
    return rules.write_calendar(entry, organiser=THEY, attendee=ME, text="Velkommen.\n\nHa det fint; vel, ja", now=now)


@dataclass
class Client:
    """A calendar programme as RFC 5546 tells it to be: a lower SEQUENCE than the one known is disregarded."""

    known: dict[str, tuple[int, datetime, Any]] = field(default_factory=dict)

    def receive(self, text: str) -> None:
        calendar: Any = icalendar.Calendar.from_ical(text)
        (event,) = calendar.walk("VEVENT")
        uid, rank = str(event["uid"]), (int(event["sequence"]), event["dtstamp"].dt)
        if uid in self.known and self.known[uid][:2] >= rank:
            return
        self.known[uid] = (*rank, event)

    def shows(self) -> set[tuple[str, str, datetime, datetime]]:
        return {
            (str(e["summary"]), str(e["location"]), e["dtstart"].dt.astimezone(UTC), e["dtend"].dt.astimezone(UTC))
            for _sequence, _stamp, e in self.known.values()
            if e["status"] != "CANCELLED"
        }


appointments = st.builds(
    appointment, st.sampled_from("abc"), days=st.integers(0, 3), title=st.sampled_from(["Kurs", "Æ, ø; \\ å"]),
    place=st.sampled_from(["Ås", "Bø, storsalen"]),
)  # fmt: skip
truths = st.lists(appointments, max_size=3, unique_by=lambda it: it.key)


def follow(history: Iterable[list[Appointment]]) -> tuple[list[str], dict[str, Entry], list[Entry]]:
    """What is sent through a history of truths, and what is known at its end."""
    known: dict[str, Entry] = {}
    sent, told = [], []
    for number, truth in enumerate(history):
        for entry in rules.next_entries(known.values(), truth, {it.key: f"{it.key}@x" for it in truth}):
            known[entry.uid] = entry
            told.append(entry)
            sent.append(write(entry, NOW + timedelta(minutes=number)))
    return sent, known, told


class TestCalendars:
    @given(st.lists(truths, min_size=1, max_size=6), st.randoms(use_true_random=False), st.booleans())
    def test_in_whatever_order_it_arrives_the_client_ends_with_the_truth(
        self, history: list[list[Appointment]], dice: object, twice: bool
    ) -> None:
        sent, _known, _told = follow(history)
        arriving = sent * (2 if twice else 1)
        dice.shuffle(arriving)  # type: ignore[attr-defined]
        client = Client()
        for text in arriving:
            client.receive(text)
        expected = {(it.title, it.place, it.starts_at, it.ends_at) for it in history[-1]}
        assert client.shows() == expected

    @given(st.lists(truths, min_size=1, max_size=6))
    def test_a_uid_is_one_appointment_and_its_sequence_only_grows(self, history: list[list[Appointment]]) -> None:
        _sent, _known, told = follow(history)
        for uid, entries in itertools.groupby(sorted(told, key=lambda e: e.uid), key=lambda e: e.uid):
            numbers = [e.sequence for e in told if e.uid == uid]
            assert numbers == list(range(len(numbers)))
            assert {e.appointment.key for e in entries} == {uid.split("@")[0]}

    @given(truths)
    def test_what_is_right_already_is_not_told(self, truth: list[Appointment]) -> None:
        _sent, known, _told = follow([truth])
        assert rules.next_entries(known.values(), truth, {}) == []

    def test_an_invitation_is_what_programmes_ask_for(self) -> None:
        text = write(Entry("uid-1@x", 3, appointment(title="Å, lære; «mer» " * 12)))
        lines = text.split("\r\n")
        assert all(len(line.encode()) <= 75 for line in lines)
        assert "\n" not in text.replace("\r\n", "")
        calendar: Any = icalendar.Calendar.from_ical(text)
        assert (calendar["method"], calendar["version"]) == ("REQUEST", "2.0")
        (zone,) = calendar.walk("VTIMEZONE")
        assert zone["tzid"] == "Europe/Oslo"
        (event,) = calendar.walk("VEVENT")
        assert (event["uid"], event["sequence"], event["status"]) == ("uid-1@x", 3, "CONFIRMED")
        assert event["dtstart"].params["TZID"] == "Europe/Oslo"
        assert event["dtstart"].dt == NOW
        assert event["dtstamp"].dt == NOW
        assert str(event["summary"]) == "Å, lære; «mer» " * 12
        assert str(event["description"]) == "Velkommen.\n\nHa det fint; vel, ja"
        assert event["organizer"] == "mailto:ikke-svar@example.com"
        assert event["attendee"] == "mailto:kari@example.com"
        assert event["attendee"].params["CN"] == ME.name
        assert event["attendee"].params["RSVP"] == "FALSE"

    def test_calling_off_keeps_uid_and_time(self) -> None:
        text = write(Entry("uid-1@x", 4, appointment(), is_cancelled=True))
        calendar: Any = icalendar.Calendar.from_ical(text)
        (event,) = calendar.walk("VEVENT")
        assert (calendar["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 4)
        assert event["dtstart"].dt == NOW

    @pytest.mark.parametrize("day", [datetime(2027, 3, 28, 9), datetime(2027, 10, 31, 9), datetime(2027, 7, 1, 9)])
    def test_the_zone_that_comes_along_is_that_of_norway(self, day: datetime) -> None:
        """Read by the rule in the file alone, the time is the same as by the machine's own zone."""
        starts = day.replace(tzinfo=ZoneInfo("Europe/Oslo"))
        text = write(Entry("u", 0, Appointment("a", "Kurs", starts, starts + timedelta(hours=1))))
        zone: Any
        (zone,) = icalendar.Calendar.from_ical(text).walk("VTIMEZONE")
        read = zone.to_tz()
        assert starts.replace(tzinfo=None).replace(tzinfo=read).utcoffset() == starts.utcoffset()

    def test_a_feed_has_what_stands_and_not_what_is_called_off(self) -> None:
        entries = [Entry("a", 0, appointment("a")), Entry("b", 2, appointment("b"), is_cancelled=True)]
        calendar: Any = icalendar.Calendar.from_ical(rules.feed_of([(it, NOW) for it in entries], name="Mine"))
        assert [str(event["uid"]) for event in calendar.walk("VEVENT")] == ["a"]


class TestTexts:
    def test_fills_the_standard_and_the_own_alike(self) -> None:
        said = {"title": "Truck", "name": "Kari {kurs} %(why)s", "why": {"nb": "fordi", "nn": "av di"}}
        standard = rules.compose(KIND, "nb", None, said)
        assert standard == Letter("Hei Truck", "100 % Kari {kurs} %(why)s: fordi")
        assert rules.compose(KIND, "nb", rules.in_braces(KIND, "nb"), said) == standard
        assert rules.compose(KIND, "nn", Letter("x", "{hvorfor}"), said).body == "av di"

    @given(st.text(max_size=60))
    def test_what_is_filled_in_is_never_read_as_a_place(self, value: str) -> None:
        for own in (None, rules.in_braces(KIND, "nb")):
            assert (
                rules.compose(KIND, "nb", own, {"title": value, "name": value, "why": value}).subject == f"Hei {value}"
            )

    def test_language_is_the_persons_then_the_municipalitys(self) -> None:
        assert rules.language_for(KIND, "nn", "nb") == "nn"
        assert rules.language_for(KIND, "en", "nn") == "nn"
        assert rules.language_for(KIND, "en", "se") == "nb"

    def test_an_unknown_place_is_told_with_those_there_are(self) -> None:
        with pytest.raises(UnknownPlace) as told:
            rules.check_text(KIND, Letter("Hei", "Hei {fornavn}"))
        assert "{fornavn} er ikke noe vi kan fylle ut" in str(told.value)
        assert "{kurs}, {navn}, {hvorfor}" in str(told.value)

    @pytest.mark.parametrize(
        ("letter", "error"),
        [
            (Letter("Hei", "{navn"), LooseBrace),
            (Letter("Hei }", "x"), LooseBrace),
            (Letter(" ", "x"), TextIsEmpty),
            (Letter("x", "\n"), TextIsEmpty),
            (Letter("x" * 201, "x"), TextIsTooLong),
            (Letter("a\nBcc: b", "x"), TextIsTooLong),
        ],
    )
    def test_what_cannot_be_sent_is_refused(self, letter: Letter, error: type[Exception]) -> None:
        with pytest.raises(error):
            rules.check_text(KIND, letter)

    def test_a_preview_has_examples(self) -> None:
        assert rules.preview(KIND, Letter("{kurs}", "{navn}")) == Letter("Truckkurs", "«navn»")


class TestDelivery:
    @pytest.mark.parametrize(
        ("code", "said", "about_address", "verdict"),
        [
            (550, "5.1.1 unknown user", True, Verdict.BOUNCED),
            (550, "No such user", True, Verdict.BOUNCED),
            (550, "5.7.1 relaying denied", True, Verdict.AGAIN),
            (553, "5.1.8 bad sender", True, Verdict.AGAIN),
            (452, "4.2.2 mailbox full", True, Verdict.AGAIN),
            (451, "greylisted", True, Verdict.AGAIN),
            (552, "too big", False, Verdict.AGAIN),
            (554, "5.1.1 unknown, told late", False, Verdict.BOUNCED),
        ],
    )
    def test_what_an_answer_means(self, code: int, said: str, about_address: bool, verdict: Verdict) -> None:
        assert rules.judge(code, said, about_address=about_address) is verdict

    def test_waits_longer_each_time_and_gives_up_after_days(self) -> None:
        waits = [rules.tried_again_after(n) for n in range(1, rules.MOST_ATTEMPTS)]
        assert waits == sorted(waits)
        assert timedelta(days=1) < sum(waits, timedelta()) < timedelta(days=4)

    def test_what_was_in_the_hands_of_a_dead_worker_is_seen(self) -> None:
        assert rules.is_interrupted(MessageState.SENDING, NOW - timedelta(hours=1), NOW)
        assert not rules.is_interrupted(MessageState.SENDING, NOW - timedelta(minutes=1), NOW)
        assert not rules.is_interrupted(MessageState.SENT, NOW - timedelta(hours=1), NOW)

    def test_only_we_can_make_a_message_id(self) -> None:
        made = rules.message_id_of(7, 12, "kompetanse.example.no", "hemmelig")
        assert rules.number_of(made, "hemmelig") == (7, 12)
        assert rules.number_of(made.replace("7.12", "7.13"), "hemmelig") is None
        assert rules.number_of(made, "annen") is None


def notice(message_id: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    return f"""From: MAILER-DAEMON@example.no
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

It came back.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.no

Final-Recipient: rfc822; kari@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user

--B
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: Du har plass
--B--
""".replace("\n", "\r\n").encode()


class TestBounces:
    OURS = rules.message_id_of(7, 12, "x.no", "s")

    def test_reads_what_a_server_sends(self) -> None:
        found = rules.read_bounce(notice(self.OURS), "s")
        assert found is not None
        assert (found.tenant_id, found.message_id, found.is_final) == (7, 12, True)
        assert "No such user" in found.why

    @pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "5.7.1"), ("delivered", "2.0.0")])
    def test_what_says_nothing_of_the_address_is_not_final(self, action: str, status: str) -> None:
        found = rules.read_bounce(notice(self.OURS, action=action, status=status), "s")
        assert found is not None
        assert not found.is_final

    @pytest.mark.parametrize("raw", [b"", b"Subject: hei\r\n\r\nhei", notice("<1.2.abc@x>"), b"\xff\xfe"])
    def test_what_is_about_none_of_ours_is_not_believed(self, raw: bytes) -> None:
        assert rules.read_bounce(raw, "s") is None


def test_an_entry_that_comes_back_goes_on_counting() -> None:
    (first,) = rules.next_entries([], [appointment()], {"a": "u"})
    (gone,) = rules.next_entries([first], [], {})
    (back,) = rules.next_entries([gone], [appointment()], {})
    assert [(e.sequence, e.is_cancelled) for e in (first, gone, back)] == [(0, False), (1, True), (2, False)]
    assert replace(back, sequence=0) == first
