"""What a need must be like to be told."""

from __future__ import annotations

from kompetanse.domains.needs.types import (
    LEAST_PEOPLE,
    LONGEST_FIELD,
    LONGEST_REASON,
    LONGEST_TITLE,
    MOST_PEOPLE,
    NeedHasNoTitle,
    PeopleOutOfRange,
    PriorityOutOfRange,
    TextIsTooLong,
)
from kompetanse.kernel.text_marker import N_

# What each field is called on screen, and how many characters it may have.
TEXTS: dict[str, tuple[str, int]] = {
    "title": (N_("Kompetansebehov"), LONGEST_TITLE),
    "target_group": (N_("Målgruppe"), LONGEST_FIELD),
    "reason": (N_("Begrunnelse"), LONGEST_REASON),
    "own_measures": (N_("Hva dere har gjort selv"), LONGEST_REASON),
    "why": (N_("Hvorfor"), LONGEST_REASON),
    "round": (N_("Navn på runden"), LONGEST_TITLE),
    "wanted_time": (N_("Ønsket tidspunkt"), LONGEST_FIELD),
    "wanted_place": (N_("Ønsket sted"), LONGEST_FIELD),
    "people_text": (N_("Antall"), LONGEST_FIELD),
    "unit_name": (N_("Meldt av enhet"), LONGEST_FIELD),
}


def tidy(text: str) -> str:
    """One line without needless spaces or characters that no database or printer can hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def check_text(field: str, text: str) -> str:
    """The tidied text. Raises TextIsTooLong, and NeedHasNoTitle for an empty title."""
    name, limit = TEXTS[field]
    text = tidy(text)
    if field == "title" and not text:
        raise NeedHasNoTitle()
    if len(text) > limit:
        raise TextIsTooLong(field=field, name=name, limit=limit)
    return text


def check_people(people: int | None) -> int | None:
    """How many people, or None. Raises PeopleOutOfRange outside 1–10 000."""
    if people is not None and not LEAST_PEOPLE <= people <= MOST_PEOPLE:
        raise PeopleOutOfRange(value=people)
    return people


def check_priority(priority: int | None) -> int | None:
    """1 (highest) to 3, or None. Raises PriorityOutOfRange."""
    if priority is not None and not 1 <= priority <= 3:
        raise PriorityOutOfRange(value=priority)
    return priority
