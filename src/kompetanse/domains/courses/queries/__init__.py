"""What can be asked of the courses."""

from __future__ import annotations

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
from .catalogue import (
    find_runs,
    list_month,
)
from .checklist import (
    list_owners,
    list_tasks,
    list_urgent_tasks,
)
from .interest import (
    list_interests,
    list_own_interests,
)
from .listed import (
    list_cautions,
    read_list,
)
from .runs import (
    count_waiting,
    get_run,
    list_runs,
    list_sessions,
)
from .seats import (
    get_policy,
    get_why,
    replay_run,
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
from .teaching import (
    get_course,
    get_material,
    get_session,
    get_teaching,
    list_courses,
    missing_prerequisites,
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
    "count_waiting",
    "find_runs",
    "get_course",
    "get_logistics",
    "get_material",
    "get_own_session",
    "get_policy",
    "get_room_code",
    "get_run",
    "get_run_sheet",
    "get_run_terms",
    "get_session",
    "get_session_sheet",
    "get_signup",
    "get_teaching",
    "get_why",
    "list_approvals",
    "list_candidates",
    "list_cautions",
    "list_charges",
    "list_consequences",
    "list_courses",
    "list_dues",
    "list_interests",
    "list_line",
    "list_month",
    "list_own_interests",
    "list_own_sessions",
    "list_own_signups",
    "list_owners",
    "list_participants",
    "list_runs",
    "list_sessions",
    "list_signups",
    "list_tasks",
    "list_terms",
    "list_under_way",
    "list_urgent_tasks",
    "list_warnings",
    "missing_prerequisites",
    "open_trainer_link",
    "read_list",
    "replay_run",
]
