"""What is said in the reader's written form."""

from __future__ import annotations

from django.utils.translation import get_language


def in_written_form(nb: str, nn: str) -> str:
    """The reader's form of the two; bokmål where there is no other."""
    return nn if nn and get_language() == "nn" else nb
