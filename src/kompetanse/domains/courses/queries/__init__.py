"""What can be asked of the courses."""

from __future__ import (
    annotations,
)

from .attendance import (
    get_own_session,
    get_room_code,
    get_run_sheet,
    get_session_sheet,
    list_own_sessions,
)
from .bookings import (
    get_logistics,
)
from .messages import (
    list_messages,
)
from .runs import (
    get_run,
    list_runs,
    list_sessions,
)
from .signups import (
    get_signup,
    list_approvals,
    list_candidates,
    list_line,
    list_own_signups,
    list_participants,
    list_signups,
    list_under_way,
)
from .terms import (
    get_run_terms,
    list_charges,
    list_consequences,
    list_dues,
    list_terms,
    list_warnings,
)
from .trainer_links import (
    open_trainer_link,
)

__all__ = [
    "get_logistics",
    "get_own_session",
    "get_room_code",
    "get_run",
    "get_run_sheet",
    "get_run_terms",
    "get_session_sheet",
    "get_signup",
    "list_approvals",
    "list_candidates",
    "list_charges",
    "list_consequences",
    "list_dues",
    "list_line",
    "list_messages",
    "list_own_sessions",
    "list_own_signups",
    "list_participants",
    "list_runs",
    "list_sessions",
    "list_signups",
    "list_terms",
    "list_under_way",
    "list_warnings",
    "open_trainer_link",
]
