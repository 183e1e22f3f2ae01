"""What can be done: set goals and frames, call meetings, bring up, vote over and decide cases, write minutes."""

from .cases import add_case, change_case, decide_case, put_on_agenda, state_view, withdraw_case
from .following import answer_hearing, finish_task, give_task, open_hearing, send_on, write_round
from .goals import set_frame, set_goal
from .meetings import call_meeting, note_presence, order_agenda
from .minutes import write_minutes
from .papers import announce_document, attach_case_document, name_earlier, write_in_case
from .polls import answer_poll, choose_date, drop_poll, open_poll, start_numbers
from .reminding import follow_up
from .sending import decline_incoming, forward_case, receive_case, take_up_incoming
from .voting import cast_vote, close_ballot, note_absence, open_ballot

__all__ = [
    "add_case",
    "announce_document",
    "answer_hearing",
    "answer_poll",
    "attach_case_document",
    "call_meeting",
    "cast_vote",
    "change_case",
    "choose_date",
    "close_ballot",
    "decide_case",
    "decline_incoming",
    "drop_poll",
    "finish_task",
    "follow_up",
    "forward_case",
    "give_task",
    "name_earlier",
    "note_absence",
    "note_presence",
    "open_ballot",
    "open_hearing",
    "open_poll",
    "order_agenda",
    "put_on_agenda",
    "receive_case",
    "send_on",
    "set_frame",
    "set_goal",
    "start_numbers",
    "state_view",
    "take_up_incoming",
    "withdraw_case",
    "write_in_case",
    "write_minutes",
    "write_round",
]
