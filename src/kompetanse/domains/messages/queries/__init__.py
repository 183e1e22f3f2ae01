"""Reads."""

from __future__ import annotations

from .kinds import declare_kinds, get_text, kind_of, list_texts, own_texts
from .reading import (
    contacts,
    entry_of,
    get_reach,
    get_states,
    list_failing,
    list_messages,
    own_places,
    read_feed,
)
from .secrets import hash_of, new_secret

__all__ = [
    "contacts",
    "declare_kinds",
    "entry_of",
    "get_reach",
    "get_states",
    "get_text",
    "hash_of",
    "kind_of",
    "list_failing",
    "list_messages",
    "list_texts",
    "new_secret",
    "own_places",
    "own_texts",
    "read_feed",
]
