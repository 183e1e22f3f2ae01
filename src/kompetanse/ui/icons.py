"""Icons from the one sprite. Names are those in assets/icons.json."""

from __future__ import annotations

import functools

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

# Each kind has its own shape, so that it is told apart without colour.
STATUS_ICONS = {
    "ok": "check-circle",
    "warn": "warning",
    "bad": "stop",
    "info": "info",
    "neutral": "minus",
}


@functools.lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """An icon; without a label it is decoration and hidden from screen readers."""
    where = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, where)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', where)
