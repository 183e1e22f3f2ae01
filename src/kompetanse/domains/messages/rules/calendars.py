"""What a calendar is told about an appointment, so that its programme ends with the truth (RFC 5545, 5546, 6047).

An entry keeps its UID for as long as it is the same appointment of the same person. Every change, and calling it off,
is a new SEQUENCE: the programme that has a higher one disregards what comes late. Each message is about one entry, as
the programmes read only one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

from ..types import Appointment, Method

NORWAY = ZoneInfo("Europe/Oslo")
PRODUCT = "-//Kompetanseregionen//Kompetanseregionen//NO"
# The rule of the clock change as it has been since 1996, which every programme reads alike.
_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
ZONE = Timezone.from_ical(_ZONE.replace("\n", "\r\n"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment as a person's calendar is told of it."""

    uid: str
    sequence: int
    appointment: Appointment
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Who invites, or who is invited."""

    name: str
    address: str


def next_entries(known: Iterable[Entry], wanted: Iterable[Appointment], uids: Mapping[str, str]) -> list[Entry]:
    """What must be told for the calendar to hold exactly what is wanted, in the order of time.

    `known` is what it was told last; `uids` gives the UID of what it has not been told of. Nothing, where it is right.
    """
    before = {entry.appointment.key: entry for entry in known}
    told = []
    now = {it.key: it for it in wanted}
    for key, appointment in now.items():
        was = before.get(key)
        if was is None:
            told.append(Entry(uids[key], 0, appointment))
        elif was.is_cancelled or was.appointment != appointment:
            told.append(Entry(was.uid, was.sequence + 1, appointment))
    told += [
        replace(was, sequence=was.sequence + 1, is_cancelled=True)
        for key, was in before.items()
        if key not in now and not was.is_cancelled
    ]
    return sorted(told, key=lambda entry: (entry.appointment.starts_at, entry.uid))


def write_calendar(entry: Entry, *, organiser: Party, attendee: Party, text: str, now: datetime) -> str:
    """The entry as a message to a calendar programme."""
    calendar = _calendar()
    calendar.add("method", _method(entry).value)
    event = _event(entry, now)
    event.add("description", text)
    event["organizer"] = _party(organiser)
    who = _party(attendee)
    who.params["role"] = "REQ-PARTICIPANT"
    # The person has signed up already: no answer is asked for, and none would be read.
    who.params["partstat"] = "DECLINED" if entry.is_cancelled else "ACCEPTED"
    who.params["rsvp"] = "FALSE"
    event.add("attendee", who, encode=False)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def feed_of(entries: Iterable[tuple[Entry, datetime]], *, name: str) -> str:
    """All of a person's entries, each with when it was last changed, to be fetched; what is called off is not there."""
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", "PT1H", parameters={"VALUE": "DURATION"}, encode=False)
    for entry, told_at in entries:
        if not entry.is_cancelled:
            calendar.add_component(_event(entry, told_at))
    return str(calendar.to_ical().decode())


def _method(entry: Entry) -> Method:
    return Method.CANCEL if entry.is_cancelled else Method.REQUEST


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(ZONE)
    return calendar


def _event(entry: Entry, told_at: datetime) -> Event:
    what = entry.appointment
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", told_at.astimezone(UTC))
    event.add("last-modified", told_at.astimezone(UTC))
    event.add("summary", what.title)
    event.add("dtstart", what.starts_at.astimezone(NORWAY))
    event.add("dtend", what.ends_at.astimezone(NORWAY))
    if where := ", ".join(part for part in (what.place, what.link) if part):
        event.add("location", where)
    if what.link:
        event.add("url", what.link)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event


def _party(who: Party) -> vCalAddress:
    party = vCalAddress(f"mailto:{who.address}")
    if who.name:
        party.params["cn"] = who.name
    return party
