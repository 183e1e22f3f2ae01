"""What is written to people about polls and tasks, in both written forms: a letter follows its receiver."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kompetanse.domains.governance.types.procedure import TaskOccasion

NEAR = timedelta(days=3)


class Occasion(StrEnum):
    POLL_OPENED = "poll_opened"
    POLL_REMINDED = "poll_reminded"
    POLL_CHOSEN = "poll_chosen"
    POLL_DROPPED = "poll_dropped"
    TASK_GIVEN = "task_given"
    TASK_NEAR = "task_near"
    TASK_LATE = "task_late"


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


LETTERS: dict[Occasion, dict[str, Letter]] = {
    Occasion.POLL_OPENED: {
        "nb": Letter(
            "Når kan du møte i %(body)s?",
            "Hei, %(name)s.\n\n%(body)s skal finne en møtedag. Si hvilke dager du kan, senest %(day)s:\n%(link)s",
        ),
        "nn": Letter(
            "Når kan du møte i %(body)s?",
            "Hei, %(name)s.\n\n%(body)s skal finne ein møtedag. Sei kva dagar du kan, seinast %(day)s:\n%(link)s",
        ),
    },
    Occasion.POLL_REMINDED: {
        "nb": Letter(
            "Vi mangler svar: møtedag i %(body)s",
            "Hei, %(name)s.\n\nDu har ikke svart på hvilke dager du kan møte i %(body)s. Svarfristen er %(day)s:\n"
            "%(link)s",
        ),
        "nn": Letter(
            "Vi manglar svar: møtedag i %(body)s",
            "Hei, %(name)s.\n\nDu har ikkje svart på kva dagar du kan møte i %(body)s. Svarfristen er %(day)s:\n"
            "%(link)s",
        ),
    },
    Occasion.POLL_CHOSEN: {
        "nb": Letter(
            "Møte i %(body)s %(day)s",
            "Hei, %(name)s.\n\n%(body)s møtes %(day)s. Sakslisten kommer her:\n%(link)s",
        ),
        "nn": Letter(
            "Møte i %(body)s %(day)s",
            "Hei, %(name)s.\n\n%(body)s møtest %(day)s. Saklista kjem her:\n%(link)s",
        ),
    },
    Occasion.POLL_DROPPED: {
        "nb": Letter(
            "Ikke noe møte i %(body)s nå",
            "Hei, %(name)s.\n\nSpørsmålet om møtedag i %(body)s er trukket. Du trenger ikke holde av dagene.",
        ),
        "nn": Letter(
            "Ikkje noko møte i %(body)s no",
            "Hei, %(name)s.\n\nSpørsmålet om møtedag i %(body)s er trekt. Du treng ikkje halde av dagane.",
        ),
    },
    Occasion.TASK_GIVEN: {
        "nb": Letter(
            "Oppgave fra %(body)s: %(reference)s",
            "Hei, %(name)s.\n\n%(body)s har bedt deg om dette i %(reference)s, med frist %(day)s:\n%(what)s\n\n"
            "Si fra når det er gjort:\n%(link)s",
        ),
        "nn": Letter(
            "Oppgåve frå %(body)s: %(reference)s",
            "Hei, %(name)s.\n\n%(body)s har bede deg om dette i %(reference)s, med frist %(day)s:\n%(what)s\n\n"
            "Sei frå når det er gjort:\n%(link)s",
        ),
    },
    Occasion.TASK_NEAR: {
        "nb": Letter(
            "Snart frist: oppgave fra %(body)s",
            "Hei, %(name)s.\n\nFristen er %(day)s for oppgaven du fikk i %(reference)s:\n%(what)s\n\n"
            "Er det gjort? Si det her:\n%(link)s",
        ),
        "nn": Letter(
            "Snart frist: oppgåve frå %(body)s",
            "Hei, %(name)s.\n\nFristen er %(day)s for oppgåva du fekk i %(reference)s:\n%(what)s\n\n"
            "Er det gjort? Sei det her:\n%(link)s",
        ),
    },
    Occasion.TASK_LATE: {
        "nb": Letter(
            "Over fristen: oppgave fra %(body)s",
            "Hei, %(name)s.\n\nFristen var %(day)s for oppgaven du fikk i %(reference)s:\n%(what)s\n\n"
            "Organet ser at den ikke er meldt utført. Meld den utført, eller ta kontakt med sekretæren:\n%(link)s",
        ),
        "nn": Letter(
            "Over fristen: oppgåve frå %(body)s",
            "Hei, %(name)s.\n\nFristen var %(day)s for oppgåva du fekk i %(reference)s:\n%(what)s\n\n"
            "Organet ser at ho ikkje er meldt utført. Meld ho utført, eller ta kontakt med sekretæren:\n%(link)s",
        ),
    },
}


def write(occasion: Occasion, language: str, *, day: date, **places: str) -> Letter:
    """The letter in `nb` or `nn`."""
    letter = LETTERS[occasion][language]
    told = {**places, "day": f"{day.day}.{day.month}.{day.year}"}
    return Letter(letter.subject % told, letter.body % told)


def task_letter_due(due_on: date, today: date, reminded: str) -> TaskOccasion | None:
    """What the owner of an undone task is written to about now, and has not been written to about before."""
    if due_on < today:
        return TaskOccasion.LATE if reminded != TaskOccasion.LATE else None
    if due_on - today <= NEAR and reminded not in (TaskOccasion.NEAR, TaskOccasion.LATE):
        return TaskOccasion.NEAR
    return None
