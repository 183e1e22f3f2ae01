"""What can be done to the organisation."""

from __future__ import annotations

from .bodies import establish_body, leave_seat, set_body_rules, take_seat, weigh_seat
from .people import choose_language, give_role, name_persona, new_person, open_account
from .places import found_region, join_region, register_municipality, set_organisation_number
from .post_register import sync_posts
from .retention import forget_past, forget_technical
from .unit_register import sync_units

__all__ = [
    "choose_language",
    "establish_body",
    "forget_past",
    "forget_technical",
    "found_region",
    "give_role",
    "join_region",
    "leave_seat",
    "name_persona",
    "new_person",
    "open_account",
    "register_municipality",
    "set_body_rules",
    "set_organisation_number",
    "sync_posts",
    "sync_units",
    "take_seat",
    "weigh_seat",
]
