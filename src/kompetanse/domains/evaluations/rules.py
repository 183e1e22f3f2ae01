"""When people are asked, what may be told of the answers, and how the letters say it. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from kompetanse.kernel.suppression import LEAST
from kompetanse.kernel.text_marker import N_

from .types import Letter, Question, Rating, Side, Stage

# From how many days after the run, and until, people are asked; and how many days they have.
SPAN = {Stage.AFTER: (0, 30), Stage.LATER: (90, 180)}
DAYS = {Stage.AFTER: 21, Stage.LATER: 30}

WORDS = {
    (Side.PARTICIPANT, Question.CONTENT): N_("Hvor godt var innholdet i kurset?"),
    (Side.PARTICIPANT, Question.TRAINER): N_("Hvor god var kurslederen?"),
    (Side.PARTICIPANT, Question.SUPPLIER): N_("Hvor godt var kurset lagt opp og gjennomført?"),
    (Side.PARTICIPANT, Question.USEFUL): N_("Hvor nyttig er det du lærte, i jobben din?"),
    (Side.PARTICIPANT, Question.USED): N_("Hvor mye bruker du det du lærte?"),
    (Side.PARTICIPANT, Question.MASTERED): N_("Mestrer du oppgavene dine bedre nå?"),
    (Side.PARTICIPANT, Question.SUPPORTED): N_("Får du tid og støtte til å bruke det?"),
    (Side.LEADER, Question.USED): N_("Hvor mye bruker de det de lærte?"),
    (Side.LEADER, Question.MASTERED): N_("Mestrer de oppgavene sine bedre nå?"),
}
# What the lowest and the highest score say.
_GOOD, _MUCH = (N_("1 – svært dårlig"), N_("5 – svært bra")), (N_("1 – svært lite"), N_("5 – svært mye"))
ENDS = {
    question: _GOOD if question in (Question.CONTENT, Question.TRAINER, Question.SUPPLIER) else _MUCH
    for question in Question
}
SHORT = {
    Question.CONTENT: N_("Innhold"),
    Question.TRAINER: N_("Kursleder"),
    Question.SUPPLIER: N_("Gjennomføring"),
    Question.USEFUL: N_("Nytte"),
    Question.USED: N_("Blir brukt"),
    Question.MASTERED: N_("Mestrer bedre"),
    Question.SUPPORTED: N_("Tid og støtte"),
}


def is_due(stage: Stage, held_on: date, today: date) -> bool:
    """Is this the time to ask about a run held on that day?"""
    first, last = SPAN[stage]
    return held_on + timedelta(days=first) <= today <= held_on + timedelta(days=last)


def closes_on(stage: Stage, today: date) -> date:
    """The last day to answer."""
    return today + timedelta(days=DAYS[stage])


def tell(counts: Mapping[int, int]) -> Rating | None:
    """The average of so many of each score; None of fewer than five answers."""
    answers = sum(counts.values())
    if answers < LEAST:
        return None
    return Rating(round(sum(score * count for score, count in counts.items()) / answers, 1), answers)


def together(ratings: Iterable[Rating]) -> Rating | None:
    """Several told ratings as one, weighed by their answers: from what is told, and nothing more."""
    told = list(ratings)
    answers = sum(one.answers for one in told)
    return Rating(round(sum(one.average * one.answers for one in told) / answers, 1), answers) if answers else None


LETTERS: dict[tuple[Stage, Side], dict[str, Letter]] = {
    (Stage.AFTER, Side.PARTICIPANT): {
        "nb": Letter(
            "Hva synes du om kurset? %(title)s",
            "Hei, %(name)s.\n\nDu var på «%(title)s» %(day)s. Hva synes du? Det tar to minutter.\n\n%(address)s\n\n"
            "Svaret lagres uten navn, og ingen kan se hva du svarte. Resultatet vises bare når minst fem har svart. "
            "Du kan svare til og med %(last)s.",
        ),
        "nn": Letter(
            "Kva synest du om kurset? %(title)s",
            "Hei, %(name)s.\n\nDu var på «%(title)s» %(day)s. Kva synest du? Det tek to minutt.\n\n%(address)s\n\n"
            "Svaret blir lagra utan namn, og ingen kan sjå kva du svarte. Resultatet blir berre vist når minst fem har "
            "svart. Du kan svare til og med %(last)s.",
        ),
    },
    (Stage.LATER, Side.PARTICIPANT): {
        "nb": Letter(
            "Bruker du det du lærte? %(title)s",
            "Hei, %(name)s.\n\nDet er noen måneder siden «%(title)s» (%(day)s). Bruker du det du lærte? "
            "Tre korte spørsmål:\n\n%(address)s\n\n"
            "Svaret lagres uten navn, og ingen kan se hva du svarte. Du kan svare til og med %(last)s.",
        ),
        "nn": Letter(
            "Bruker du det du lærte? %(title)s",
            "Hei, %(name)s.\n\nDet er nokre månader sidan «%(title)s» (%(day)s). Bruker du det du lærte? "
            "Tre korte spørsmål:\n\n%(address)s\n\n"
            "Svaret blir lagra utan namn, og ingen kan sjå kva du svarte. Du kan svare til og med %(last)s.",
        ),
    },
    (Stage.LATER, Side.LEADER): {
        "nb": Letter(
            "Blir det brukt? %(title)s",
            "Hei, %(name)s.\n\nFolk du leder, var på «%(title)s» %(day)s. Blir det de lærte, brukt? "
            "To korte spørsmål om dem samlet:\n\n%(address)s\n\n"
            "Svaret lagres uten navn, og ingen kan se hva du svarte. Du kan svare til og med %(last)s.",
        ),
        "nn": Letter(
            "Blir det brukt? %(title)s",
            "Hei, %(name)s.\n\nFolk du leier, var på «%(title)s» %(day)s. Blir det dei lærte, brukt? "
            "To korte spørsmål om dei samla:\n\n%(address)s\n\n"
            "Svaret blir lagra utan namn, og ingen kan sjå kva du svarte. Du kan svare til og med %(last)s.",
        ),
    },
}


def write(stage: Stage, side: Side, language: str, **places: object) -> Letter:
    """The letter in the receiver's written form, its places filled."""
    forms = LETTERS[stage, side]
    text = forms.get(language, forms["nb"])
    return Letter(text.subject % places, text.body % places)
