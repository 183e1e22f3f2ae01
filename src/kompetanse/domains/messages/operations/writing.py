"""Writing to people: once for each cause, in their written form, the way they have chosen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import WrittenForm
from kompetanse.foundation import access, jobs
from kompetanse.foundation.operation import operation
from kompetanse.kernel.context import Context

from .. import rules
from ..models import CalendarEntry, ContactChoice, FailingAddress, Message
from ..queries import contacts, entry_of, kind_of, own_texts
from ..types import Channel, Draft, Letter, LetterKind, MessageState, Method, PersonalLetter
from .sending import send_waiting
from .sms import number_of_phone

MESSAGES_FOR_A_JOB = 100
MOST_JOBS = 50
NORWAY = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter in words, with what the receiver's calendar is told by it."""

    letter: PersonalLetter
    name: str = ""
    entry: rules.Entry | None = None
    is_further: bool = False  # only the calendar needs it: nothing to read on a page


@operation
def write(ctx: Context, *, letters: Iterable[PersonalLetter]) -> int:
    """Write letters that another domain has put into words; once for each cause. Gives how many are new.

    For the system: what is written, and to whom, is decided where the cause is.
    """
    access.require_system(ctx)
    return _keep(ctx, [Ready(letter) for letter in letters])


@operation
def write_of_kind(ctx: Context, *, kind: str, region_id: int, drafts: Iterable[Draft], about: str = "") -> int:
    """Put letters of a kind into words and write them, once for each cause. Gives how many are new.

    In the words of the region, where it has its own, and in the written form each receiver has chosen, else the
    municipality's. What is told to their calendars goes with it. For the system.
    """
    access.require_system(ctx)
    told = list(drafts)
    composer = _Composer(ctx, kind, region_id, told)
    written = _written(draft.cause for draft in told)
    entries = _tell_calendars(ctx, told)
    ready = []
    for draft in told:
        changed = entries.get((draft.tenant_id, draft.person_id, draft.series), [])
        if draft.if_changed and not changed:
            continue
        language, letter = composer.letter(draft, draft.places)
        first = changed[0] if changed else None
        # The truth is told to the calendar also where the letter itself was written before: that is another cause.
        again = draft.if_changed or (draft.tenant_id, draft.cause, draft.person_id) in written
        cause = _cause_of(draft, first) if first is not None and again else draft.cause
        ready.append(Ready(_personal(draft, kind, about, language, letter, cause), draft.name, first))
        for entry in changed[1:]:
            language, further = composer.further(draft, letter, entry)
            personal = _personal(draft, rules.FURTHER_ENTRY.key, about, language, further, _cause_of(draft, entry))
            ready.append(Ready(personal, draft.name, entry, is_further=True))
    return _keep(ctx, ready)


class _Composer:
    """Puts drafts into words: what is the same for all of them is asked for once."""

    def __init__(self, ctx: Context, kind: str, region_id: int, drafts: Collection[Draft]) -> None:
        self.kind = kind_of(kind)
        self.own = {key: own_texts(region_id, key) for key in (kind, rules.FURTHER_ENTRY.key)}
        people = {draft.person_id for draft in drafts}
        self.chosen = organisation.list_written_forms(ctx, person_ids=people)
        places = organisation.list_municipalities(frozenset(draft.tenant_id for draft in drafts))
        self.local = {it.tenant_id: "nn" if it.written_form is WrittenForm.NYNORSK else "nb" for it in places}

    def letter(self, draft: Draft, places: Mapping[str, object], kind: LetterKind | None = None) -> tuple[str, Letter]:
        kind = kind or self.kind
        local = self.local.get(draft.tenant_id, "nb")
        language = rules.language_for(kind, self.chosen.get(draft.person_id, local), local)
        said = {"name": draft.name, **places}
        return language, rules.compose(kind, language, self.own[kind.key].get(language), said)

    def further(self, draft: Draft, first: Letter, entry: rules.Entry) -> tuple[str, Letter]:
        starts = entry.appointment.starts_at.astimezone(NORWAY)
        places = {
            "title": entry.appointment.title, "about": first.subject, "day": f"{starts:%d.%m.%Y}",
            "when": f"{starts:%d.%m.%Y kl. %H.%M}",
        }  # fmt: skip
        return self.letter(draft, places, rules.FURTHER_ENTRY)


def _personal(draft: Draft, kind: str, about: str, language: str, letter: Letter, cause: str) -> PersonalLetter:
    return PersonalLetter(
        draft.tenant_id, draft.person_id, draft.address, language, letter.subject, letter.body, cause, kind, about
    )


def _cause_of(draft: Draft, entry: rules.Entry) -> str:
    return f"{draft.cause}-{entry.appointment.key}-{entry.sequence}"


def _tell_calendars(ctx: Context, drafts: Iterable[Draft]) -> dict[tuple[int, int, str], list[rules.Entry]]:
    """Make what is known of the receivers' calendars agree with the drafts. Gives what they must be told."""
    wanted = {(it.tenant_id, it.person_id, it.series): it for it in drafts if it.series}
    if not wanted:
        return {}
    rows = CalendarEntry.objects.filter(
        tenant_id__in={tenant for tenant, _person, _series in wanted}, series__in={series for *_who, series in wanted}
    ).select_for_update(no_key=True, of=("self",))
    known: dict[tuple[int, int, str], dict[str, CalendarEntry]] = defaultdict(dict)
    for row in rows.order_by("id"):
        known[row.tenant_id, row.person_id, row.series][row.uid] = row
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    found: dict[tuple[int, int, str], list[rules.Entry]] = {}
    new: list[CalendarEntry] = []
    moved: list[CalendarEntry] = []
    for key, draft in wanted.items():
        tenant_id, person_id, series = key
        uids = {it.key: f"{series}-{it.key}-{tenant_id}-{person_id}@{host}" for it in draft.appointments}
        steps = rules.next_entries([entry_of(row) for row in known[key].values()], draft.appointments, uids)
        for entry in steps:
            row = known[key].get(entry.uid)
            (moved if row else new).append(
                row := row or CalendarEntry(tenant_id=tenant_id, person_id=person_id, series=series, uid=entry.uid)
            )
            what = entry.appointment
            row.key, row.sequence, row.is_cancelled = what.key, entry.sequence, entry.is_cancelled
            row.title, row.place, row.link = what.title, what.place, what.link
            row.starts_at, row.ends_at, row.told_at = what.starts_at, what.ends_at, ctx.now
        found[key] = steps
    CalendarEntry.objects.bulk_create(new, batch_size=1000)
    names = ["sequence", "is_cancelled", "title", "place", "link", "starts_at", "ends_at", "told_at"]
    CalendarEntry.objects.bulk_update(moved, names, batch_size=500)
    return found


def _written(causes: Iterable[str]) -> set[tuple[int, str, int]]:
    return set(Message.objects.filter(cause__in=set(causes)).values_list("tenant_id", "cause", "person_id"))


def _keep(ctx: Context, ready: Iterable[Ready]) -> int:
    """Keep each letter once for its cause, and ask for those to be sent that are to be. Gives how many are new."""
    told = {(it.letter.tenant_id, it.letter.cause, it.letter.person_id): it for it in ready}
    written = _written(cause for _tenant_id, cause, _person_id in told)
    fresh = [it for key, it in told.items() if key not in written]
    ways = _Ways(ctx, [it.letter for it in fresh])
    new = []
    for it in fresh:
        channel, address, state, why = ways.of(it.letter)
        if it.is_further and (channel, state) != (Channel.EMAIL, MessageState.WAITING):
            continue
        letter = it.letter
        message = Message(
            tenant_id=letter.tenant_id, person_id=letter.person_id, cause=letter.cause, language=letter.language,
            subject=letter.subject[:200], body=letter.body, address=address, state=state, failure=why,
            written_at=ctx.now, kind=letter.kind, about=letter.about, channel=channel,
        )  # fmt: skip
        if it.entry and channel is Channel.EMAIL:
            message.calendar_uid = it.entry.uid
            message.calendar_method = Method.CANCEL if it.entry.is_cancelled else Method.REQUEST
            message.calendar = rules.write_calendar(
                it.entry, organiser=rules.Party(*parseaddr(settings.DEFAULT_FROM_EMAIL)),
                attendee=rules.Party(it.name, address), text=letter.body, now=ctx.now,
            )  # fmt: skip
        new.append(message)
    Message.objects.bulk_create(new, batch_size=1000)
    for tenant_id, count in Counter(it.tenant_id for it in new if it.state == MessageState.WAITING).items():
        for _ in range(min(-(-count // MESSAGES_FOR_A_JOB), MOST_JOBS)):
            jobs.enqueue(send_waiting, tenant_id=tenant_id)
    return len(new)


class _Ways:
    """How each receiver is reached, asked once for all of them."""

    def __init__(self, ctx: Context, letters: Collection[PersonalLetter]) -> None:
        keys = {(letter.tenant_id, letter.person_id) for letter in letters}
        persons = {person_id for _tenant_id, person_id in keys}
        choices = ContactChoice.objects.filter(person_id__in=persons).values_list("tenant_id", "person_id", "channel")
        self.choices = {(tenant_id, person_id): Channel(channel) for tenant_id, person_id, channel in choices}
        failing = FailingAddress.objects.filter(person_id__in=persons)
        self.failing = set(failing.values_list("tenant_id", "person_id", "address"))
        by_sms = {key for key, channel in self.choices.items() if channel is Channel.SMS and key in keys}
        people = contacts(ctx, by_sms) if settings.SMS and by_sms else {}
        self.numbers = {key: number for key, who in people.items() if (number := number_of_phone(who.phone))}

    def of(self, letter: PersonalLetter) -> tuple[Channel, str, MessageState, str]:
        key = (letter.tenant_id, letter.person_id)
        choice = self.choices.get(key, Channel.EMAIL)
        if choice is Channel.HERE:
            return Channel.HERE, "", MessageState.KEPT, ""
        if number := self.numbers.get(key):
            return Channel.SMS, number, MessageState.WAITING, ""
        if not letter.address:
            return Channel.HERE, "", MessageState.KEPT, ""
        if (*key, letter.address) in self.failing:
            # It comes back: kept, and sent when somebody has put the address right.
            return Channel.EMAIL, letter.address, MessageState.BOUNCED, "Adressen tar ikke imot e-post."
        return Channel.EMAIL, letter.address, MessageState.WAITING, ""
