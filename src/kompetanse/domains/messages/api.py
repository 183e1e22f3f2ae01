"""The door of the messages."""

from __future__ import annotations

from .operations import (
    change_text,
    choose_channel,
    close_feed,
    find_due,
    note_bounce,
    open_feed,
    receive_bounce,
    reset_text,
    send_again,
    send_waiting,
    tell_of_failing,
    trust_address,
    write,
    write_of_kind,
)
from .permissions import Right
from .queries import (
    declare_kinds,
    get_reach,
    get_states,
    get_text,
    list_failing,
    list_messages,
    list_texts,
    read_feed,
)

__all__ = [
    "Right",
    "change_text",
    "choose_channel",
    "close_feed",
    "declare_kinds",
    "find_due",
    "get_reach",
    "get_states",
    "get_text",
    "list_failing",
    "list_messages",
    "list_texts",
    "note_bounce",
    "open_feed",
    "read_feed",
    "receive_bounce",
    "reset_text",
    "send_again",
    "send_waiting",
    "tell_of_failing",
    "trust_address",
    "write",
    "write_of_kind",
]
