"""Letters, their kinds and states, and the appointments that follow them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

SUBJECT_LENGTH = 200
BODY_LENGTH = 5000
LANGUAGES = ("nb", "nn", "en")


class MessageState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # handed to the mail server; a crash here is shown, never sent twice
    SENT = "sent"
    FAILED = "failed"  # tried often enough
    BOUNCED = "bounced"  # the address takes no mail: somebody is asked to put it right
    KEPT = "kept"  # no address, or read here by choice


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    HERE = "here"  # on the page alone


class Method(StrEnum):
    """What a calendar is told (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


# What has not reached its receiver, and no longer tries by itself.
STUCK = frozenset({MessageState.FAILED, MessageState.BOUNCED})


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class LetterKind:
    """An occasion to write: its texts by written form, with places as `%(title)s`.

    `places` gives what people call each place in `{braces}`; `examples` what a preview shows there.
    """

    key: str
    title: str  # what the office calls it, a message id
    texts: Mapping[str, Letter]
    places: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonalLetter:
    """A letter put into words elsewhere: to whom, in which written form, and the cause that is told once."""

    tenant_id: int
    person_id: int
    address: str
    language: str
    subject: str
    body: str
    cause: str
    kind: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A time and place in somebody's calendar. `key` tells it from the others of its series."""

    key: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter of a kind that is yet to be put into words, for one receiver.

    A place's value is a text, or a text for each written form. With `series` the receiver's calendar is made to hold
    exactly `appointments` of it: what is new or moved is invited to, what is gone is called off. `if_changed`: write
    only where that changed something.
    """

    tenant_id: int
    person_id: int
    name: str
    address: str
    cause: str
    places: Mapping[str, object] = field(default_factory=dict)
    series: str = ""
    appointments: tuple[Appointment, ...] = ()
    if_changed: bool = False


@dataclass(frozen=True, slots=True)
class MessageRow:
    id: int
    subject: str
    body: str
    state: MessageState
    written_at: datetime
    address: str
    channel: Channel = Channel.EMAIL
    is_interrupted: bool = False  # being sent when the programme stopped: nobody knows whether it arrived


@dataclass(frozen=True, slots=True)
class StuckRow:
    """A message that did not reach its receiver; never what it says."""

    id: int
    name: str
    state: MessageState
    is_interrupted: bool
    channel: Channel
    attempts: int
    written_at: datetime
    failure: str


@dataclass(frozen=True, slots=True)
class StateRow:
    state: MessageState
    count: int


@dataclass(frozen=True, slots=True)
class StatePage:
    """How it goes with the messages: about a run, or all that the reader follows."""

    states: tuple[StateRow, ...]
    stuck: tuple[StuckRow, ...]
    shown_of: int


@dataclass(frozen=True, slots=True)
class FailingRow:
    id: int
    name: str
    address: str
    since: datetime
    why: str
    waiting: int  # messages that came back


@dataclass(frozen=True, slots=True)
class ReachPage:
    """How the actor is reached, and what may be chosen."""

    channel: Channel
    channels: tuple[Channel, ...]
    address: str
    phone: str
    failing: bool
    feed: bool  # there is a calendar address


@dataclass(frozen=True, slots=True)
class TextRow:
    """A kind of letter as the region writes it."""

    kind: str
    title: str
    language: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class TextPage:
    kind: str
    title: str
    language: str
    letter: Letter
    standard: Letter
    is_own: bool
    version: int
    places: tuple[tuple[str, str], ...]  # (as it is written, an example)
    preview: Letter


class UnknownPlace(DomainError):
    code = "unknown_place"
    sentence = N_("%(place)s er ikke noe vi kan fylle ut i denne meldingen. Du kan bruke %(known)s.")


class LooseBrace(DomainError):
    code = "loose_brace"
    sentence = N_(
        "Det står en krøllparentes for seg selv. Skriv plassene som {navn}, med krøllparentes på begge sider."
    )


class TextIsEmpty(DomainError):
    code = "text_is_empty"
    sentence = N_("Både emne og tekst må være fylt ut. Vil du ha standardteksten, velger du «Bruk standardteksten».")


class TextIsTooLong(DomainError):
    code = "text_is_too_long"
    sentence = N_("Teksten er for lang. Emnet kan ha %(subject)s tegn på én linje, og teksten %(body)s tegn.")


class TextHasChanged(DomainError):
    code = "text_has_changed"
    sentence = N_("Noen andre har endret teksten mens du skrev. Det du skrev, står her. Se over og lagre igjen.")


class ChannelIsNotOffered(DomainError):
    code = "channel_is_not_offered"
    sentence = N_(
        "Denne måten kan vi ikke nå deg på. SMS krever at kommunen har mobilnummeret ditt. Velg en annen måte."
    )


class NotStuck(DomainError):
    code = "not_stuck"
    sentence = N_("Meldingen er sendt eller på vei, og sendes ikke en gang til.")


class BounceIsUnreadable(DomainError):
    code = "bounce_is_unreadable"
    sentence = N_("Fant ingen av våre meldinger i returen. Send inn hele e-posten slik tjeneren ga den, med hoder.")
