"""What can be done to runs, sign-ups and attendance."""

from __future__ import annotations

from .attendance import (
    finish_attendance,
    record_attendance,
    tell_presence,
)
from .bookings import (
    book_for_session,
    cater_for_session,
    forget_needs_of,
    free_for_run,
    tell_own_needs,
)
from .checklist import (
    add_task,
    assign_task,
    tick_task,
)
from .escalation import (
    pass_up_approvals,
)
from .interest import (
    tell_interest,
    withdraw_interest,
)
from .messages import (
    tell_approver,
    tell_change,
    tell_interested,
    tell_person,
    tell_withdrawn,
    write_letters,
)
from .moving import (
    move_signup,
    replace_participant,
)
from .offers import (
    accept_offer,
    expire_offers,
    refuse_offer,
)
from .policy import (
    declare_policy,
    give_office_seat,
)
from .presence import (
    set_enough,
    tell_by_code,
)
from .runs import (
    cancel_run,
    change_run,
    follow_orders,
    open_run,
    plan_run,
    release_seats,
)
from .sessions import (
    add_session,
    change_session,
    copy_run,
    plan_run_from,
    remove_session,
    set_blocks,
    set_municipality,
)
from .signups import (
    approve_signup,
    approve_signups,
    ask_for_seat,
    ask_for_seats,
    decline_signup,
    sign_up,
    sign_up_listed,
    withdraw,
)
from .templates import (
    add_link,
    attach_material,
    change_course,
    make_course,
    remove_material,
    retire_course,
    take_up_course,
)
from .terms import (
    choose_terms,
    decide_go,
    make_terms,
    waive_charge,
    warn_of_decisions,
)
from .trainer_links import (
    make_trainer_link,
    note_trainer_link,
    revoke_trainer_link,
    tell_by_link,
)
from .walk_ins import (
    add_walk_in,
)

__all__ = [
    "accept_offer",
    "add_link",
    "add_session",
    "add_task",
    "add_walk_in",
    "approve_signup",
    "approve_signups",
    "ask_for_seat",
    "ask_for_seats",
    "assign_task",
    "attach_material",
    "book_for_session",
    "cancel_run",
    "cater_for_session",
    "change_course",
    "change_run",
    "change_session",
    "choose_terms",
    "copy_run",
    "decide_go",
    "declare_policy",
    "decline_signup",
    "expire_offers",
    "finish_attendance",
    "follow_orders",
    "forget_needs_of",
    "free_for_run",
    "give_office_seat",
    "make_course",
    "make_terms",
    "make_trainer_link",
    "move_signup",
    "note_trainer_link",
    "open_run",
    "pass_up_approvals",
    "plan_run",
    "plan_run_from",
    "record_attendance",
    "refuse_offer",
    "release_seats",
    "remove_material",
    "remove_session",
    "replace_participant",
    "retire_course",
    "revoke_trainer_link",
    "set_blocks",
    "set_enough",
    "set_municipality",
    "sign_up",
    "sign_up_listed",
    "take_up_course",
    "tell_approver",
    "tell_by_code",
    "tell_by_link",
    "tell_change",
    "tell_interest",
    "tell_interested",
    "tell_own_needs",
    "tell_person",
    "tell_presence",
    "tell_withdrawn",
    "tick_task",
    "waive_charge",
    "warn_of_decisions",
    "withdraw",
    "withdraw_interest",
    "write_letters",
]
