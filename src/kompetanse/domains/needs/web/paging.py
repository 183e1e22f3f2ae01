"""Long lists in parts that can be linked to."""

from __future__ import annotations

from kompetanse.ui.pages import PageRequest

SHOWN = 100  # rows on a page


def first(request: PageRequest) -> int:
    """Which row the page begins with, from the address; 0 where it says nothing sensible."""
    asked = request.GET.get("fra", "0")
    return int(asked) if asked.isdecimal() and len(asked) < 8 else 0


def links(request: PageRequest, start: int, total: int) -> tuple[str, str]:
    """Addresses of the part before and the part after, with the list's own filters; empty where there is none."""

    def at(row: int) -> str:
        query = request.GET.copy()
        query["fra"] = str(row)
        return f"?{query.urlencode()}"

    return at(max(start - SHOWN, 0)) if start else "", at(start + SHOWN) if start + SHOWN < total else ""
