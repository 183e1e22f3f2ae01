"""How the demo's courses were attended, and what people said of them afterwards."""

from __future__ import annotations

import re
from datetime import datetime

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import Sent, SignupRow, SignupStatus
from kompetanse.domains.evaluations import api as evaluations
from kompetanse.domains.evaluations.types import Question

from .calendar import at
from .people import Cast, account_of

TICKET = re.compile(r"/evaluering/([\w-]+)/")
TRAINER = "Kursleder fra Røde Kors"
WORDS = (
    "Mye øving og lite prat. Det var bra.", "Fint å møte folk fra nabokommunene.", "",
    "Kunne vært en halv dag lenger.", "", "Rommet var litt trangt.", "",
)  # fmt: skip


def meet(cast: Cast, run_id: int, when: datetime, present: list[SignupRow]) -> None:
    """The trainer ticks off every other participant by link; the office does the rest from the list."""
    office = cast.as_(cast.office, when)
    (session, *_rest) = courses.list_sessions(office, run_id=run_id)
    word = courses.make_trainer_link(office, session_id=session.id, trainer=TRAINER)
    sent = [Sent(f"demo-{run_id}-{row.id}", when, signup_id=row.id) for row in present[::2]]
    courses.note_trainer_link(word, now=when)
    courses.tell_by_link(word, sent, now=when)


def evaluate(cast: Cast) -> None:
    """One evaluation that has closed with answers, and one that people are answering."""
    (first_id,) = evaluations.open_due(cast.everything(at(4, 14, 6)), region_id=cast.region.tenant_id)
    first = evaluations.get_evaluation(cast.as_(cast.office, at(4, 15)), evaluation_id=first_id).row
    people = courses.list_participants(cast.as_(cast.office, at(4, 15)), run_id=first.run_id)
    there = [row for row in people if row.status is SignupStatus.ATTENDED]
    for number, row in enumerate(there[: len(there) * 3 // 4]):
        who = account_of(cast.everything(at(4, 15)), row.tenant_id, row.person_id, row.name)
        letters = courses.list_messages(cast.as_(who, at(4, 15)))
        word = next(found[1] for letter in letters if (found := TICKET.search(letter.body)))
        scores = {question: 3 + (number + place) % 3 for place, question in enumerate(Question)}
        evaluations.answer_ticket(word, scores, WORDS[number % len(WORDS)], now=at(4, 16))
    evaluations.open_due(cast.everything(at(5, 12, 6)), region_id=cast.region.tenant_id)
