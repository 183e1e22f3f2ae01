"""What has happened to messages, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTextChanged(Event):
    """The region's own words for a kind of letter; `kind` and the written form say which."""

    letter: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTextReset(Event):
    letter: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChosen(Event):
    person_id: int
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFailed(Event):
    """Whoever can put it right should be told."""

    person_id: int
    failing_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressTrusted(Event):
    person_id: int
    people: int  # messages that are sent anew


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSentAgain(Event):
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeedOpened(Event):
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeedClosed(Event):
    person_id: int
