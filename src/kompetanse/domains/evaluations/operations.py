"""Asking people about runs that are held, and hearing what they answer."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import PersonalLetter, RunRow, RunStatus, SignupRow, SignupStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import EmployeeRow, WrittenForm
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from . import rules
from .events import EvaluationOpened
from .models import Comment, Evaluation, Tally, Ticket
from .queries import find_ticket, hash_of, narrow, sheet_of
from .types import ASKED, HIGHEST, LOWEST, Question, ScoresAreMissing, Side, Stage

NORWAY = ZoneInfo("Europe/Oslo")
LONGEST = 1000


@operation
def open_due(ctx: Context, *, region_id: int) -> list[int]:
    """Ask about every held run of the region whose time has come, once for each stage. Gives the evaluations' ids.

    Right after: those who were there. Later: they, and those who lead them. For the system, by the clock.
    """
    access.require_system(ctx)
    made = []
    for run in courses.list_runs(ctx, status=RunStatus.HELD):
        held_on = run.ends_at.astimezone(NORWAY).date()
        for stage in Stage:
            if run.region_id == region_id and rules.is_due(stage, held_on, ctx.today):
                made += _open(ctx, run, stage)
    return made


def answer_ticket(word: str, scores: Mapping[Question, int], comment: str, *, now: datetime) -> None:
    """Answer, once, from 1 to 5 on each question, and with words if there are any. Nobody in particular does it.

    Raises TicketDoesNotOpen, TicketIsUsed, EvaluationIsClosed, ScoresAreMissing.
    """
    _answer(narrow(word, now), word, scores, comment)


@operation
def _answer(ctx: Context, word: str, scores: Mapping[Question, int], comment: str) -> None:
    # No deed: its time, beside what was written, could tell who wrote it.
    ticket = find_ticket(word, lock=True)
    sheet = sheet_of(ticket, ctx.today)
    given = {question: scores.get(question, 0) for question in sheet.questions}
    if not all(LOWEST <= score <= HIGHEST for score in given.values()):
        raise ScoresAreMissing()
    tenant_id, evaluation_id = ticket.tenant_id, ticket.evaluation_id
    for question, score in given.items():
        key = {"tenant_id": tenant_id, "evaluation_id": evaluation_id, "side": sheet.side, "question": question}
        # The sums stand there from the start, so that two who answer at once are two.
        Tally.objects.filter(**key, score=score).update(answers=F("answers") + 1)
    if text := comment.replace("\x00", "").strip()[:LONGEST]:
        Comment(tenant_id=tenant_id, evaluation_id=evaluation_id, side=sheet.side, text=text).save(force_insert=True)
    Ticket.objects.filter(tenant_id=tenant_id, pk=ticket.pk).update(used=True)


def _open(ctx: Context, run: RunRow, stage: Stage) -> list[int]:
    there = [row for row in courses.list_participants(ctx, run_id=run.id) if row.status is SignupStatus.ATTENDED]
    if not there or Evaluation.objects.filter(run_id=run.id, stage=stage).exists():
        return []
    asked = [(Side.PARTICIPANT, organisation.access_employee(ctx, employee_id=row.employee_id)) for row in there]
    if stage is Stage.LATER:
        asked += [(Side.LEADER, leader) for leader in _leaders(ctx, there)]
    evaluation = Evaluation(
        tenant_id=run.region_id, run_id=run.id, stage=stage, opens_on=ctx.today,
        closes_on=rules.closes_on(stage, ctx.today), invited=len(asked),
    )  # fmt: skip
    evaluation.save(force_insert=True)
    _prepare_sums(evaluation, {side for side, _who in asked})
    words = {(side, who.id): f"{run.region_id}-{secrets.token_urlsafe(24)}" for side, who in asked}
    tickets = [
        Ticket(tenant_id=run.region_id, evaluation=evaluation, side=side, word_hash=hash_of(word))
        for (side, _who), word in words.items()
    ]
    # In the order of chance: not even the tickets' numbers follow the list of participants.
    Ticket.objects.bulk_create(sorted(tickets, key=lambda ticket: ticket.word_hash))
    letters = [
        _letter(ctx, evaluation, run, side, who, words[side, who.id], _forms(who for _side, who in asked))
        for side, who in asked
    ]
    _post(ctx, letters)
    publish(
        ctx,
        EvaluationOpened(
            tenant_id=run.region_id, run_id=run.id, evaluation_id=evaluation.pk, stage=stage.value, invited=len(asked)
        ),
    )
    return [int(evaluation.pk)]


def _prepare_sums(evaluation: Evaluation, sides: Iterable[Side]) -> None:
    stage = Stage(evaluation.stage)
    Tally.objects.bulk_create(
        Tally(
            tenant_id=evaluation.tenant_id, evaluation=evaluation, side=side, question=question, score=score, answers=0
        )
        for side in sorted(sides)
        for question in ASKED[stage, side]
        for score in range(LOWEST, HIGHEST + 1)
    )


def _leaders(ctx: Context, there: list[SignupRow]) -> list[EmployeeRow]:
    """Those who lead the participants, each once, and nobody who was there too."""
    mine = {row.person_id for row in there}
    found: dict[int, EmployeeRow] = {}
    for unit_id in sorted({row.unit_id for row in there}):
        leader = organisation.find_leader_of(ctx, unit_id=unit_id)
        if leader is not None and leader.person_id not in mine:
            found.setdefault(leader.person_id, leader)
    return list(found.values())


def _letter(
    ctx: Context, evaluation: Evaluation, run: RunRow, side: Side, who: EmployeeRow, word: str, forms: Mapping[int, str]
) -> PersonalLetter:
    language = forms.get(who.tenant_id, "nb")
    letter = rules.write(
        Stage(evaluation.stage), side, language, title=run.title, name=who.name,
        day=_day(run.ends_at.astimezone(NORWAY).date()), last=_day(evaluation.closes_on),
        address=f"{settings.PUBLIC_URL}/evaluering/{word}/",
    )  # fmt: skip
    cause = f"evaluation-{evaluation.pk}-{side}"
    return PersonalLetter(who.tenant_id, who.person_id, who.email, language, letter.subject, letter.body, cause)


def _post(ctx: Context, letters: list[PersonalLetter]) -> None:
    """The one place where letters leave this domain."""
    courses.write_letters(ctx, letters=letters)


def _forms(people: Iterable[EmployeeRow]) -> dict[int, str]:
    tenants = frozenset(who.tenant_id for who in people)
    return {
        row.tenant_id: "nn" if row.written_form is WrittenForm.NYNORSK else "nb"
        for row in organisation.list_municipalities(tenants)
    }


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
