"""Two who write in the same text: nothing is overwritten unseen. Pure functions."""

from __future__ import annotations

import hashlib

from kompetanse.domains.governance.types.procedure import FieldHasChanged


def mark(text: str) -> str:
    """A short mark of a text: what a writer started from, carried by the form."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def merged(saved: str, seen: str, written: str) -> str:
    """What is to be saved, where `seen` is the mark of what the writer started from.

    Raises FieldHasChanged, with both texts, where somebody saved another text in between.
    """
    if seen == mark(saved) or written == saved:
        return written
    raise FieldHasChanged(saved=saved, seen=mark(saved))
