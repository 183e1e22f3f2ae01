"""What is said in the reader's written form."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def in_written_form(nb: str, nn: str) -> str:
    """The reader's form of the two; bokmål where there is no other."""
    return nn if nn and get_language() == "nn" else nb


def reason(nb: str, nn: str) -> str:
    """Why an order goes its way: the rule's own words, or the house's where no rule fitted."""
    said = in_written_form(nb, nn)
    return _(said) if said else ""
