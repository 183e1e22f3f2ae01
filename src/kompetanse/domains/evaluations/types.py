"""Stages, sides, questions, rows and refusals of the evaluations. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class Stage(StrEnum):
    AFTER = "after"  # right after the run
    LATER = "later"  # three to six months after: is it used?


class Side(StrEnum):
    PARTICIPANT = "participant"
    LEADER = "leader"


class Question(StrEnum):
    """What is asked, from 1 to 5."""

    CONTENT = "content"
    TRAINER = "trainer"
    SUPPLIER = "supplier"
    USEFUL = "useful"
    USED = "used"
    MASTERED = "mastered"
    SUPPORTED = "supported"


LOWEST, HIGHEST = 1, 5
ASKED: Mapping[tuple[Stage, Side], tuple[Question, ...]] = {
    (Stage.AFTER, Side.PARTICIPANT): (Question.CONTENT, Question.TRAINER, Question.SUPPLIER, Question.USEFUL),
    (Stage.LATER, Side.PARTICIPANT): (Question.USED, Question.MASTERED, Question.SUPPORTED),
    (Stage.LATER, Side.LEADER): (Question.USED, Question.MASTERED),
}


@dataclass(frozen=True, slots=True)
class Rating:
    """An average with how many answers it rests on; never of fewer than five."""

    average: float
    answers: int


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What whoever holds a ticket is asked. It names nobody."""

    run_title: str
    place: str
    held_on: date
    stage: Stage
    side: Side
    closes_on: date
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """An evaluation as the office sees it. `ratings` is empty until it may be told, by side and question."""

    id: int
    run_id: int
    run_title: str
    measure_id: int
    stage: Stage
    opens_on: date
    closes_on: date
    invited: int
    is_open: bool
    ratings: Mapping[tuple[Side, Question], Rating]

    @property
    def is_told(self) -> bool:
        return bool(self.ratings)


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """One evaluation with what people wrote, in no order."""

    row: EvaluationRow
    comments: tuple[tuple[Side, str], ...]


@dataclass(frozen=True, slots=True)
class MeasureRatings:
    """What is told of all the runs of a measure: worked out from what is told of each, never from the answers."""

    measure_id: int
    title: str
    runs: int
    ratings: Mapping[Question, Rating]


class TicketDoesNotOpen(DomainError):
    code = "ticket_does_not_open"
    sentence = N_("Lenken til evalueringen stemmer ikke. Åpne den rett fra meldingen du fikk.")


class TicketIsUsed(DomainError):
    code = "ticket_is_used"
    sentence = N_(
        "Du har svart på denne evalueringen. Takk! Svaret kan ikke endres, for ingen vet hvilket som er ditt."
    )


class EvaluationIsClosed(DomainError):
    code = "evaluation_is_closed"
    sentence = N_("Evalueringen er avsluttet. Takk for at du ville svare.")


class ScoresAreMissing(DomainError):
    code = "scores_are_missing"
    sentence = N_("Svar fra 1 til 5 på hvert av spørsmålene.")
