"""Evaluations: who is asked when, that nobody's answer can be found, and what may be told."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.domains.courses import api as courses
from kompetanse.domains.evaluations import api as evaluations
from kompetanse.domains.evaluations import rules, tasks
from kompetanse.domains.evaluations.models import Comment, Tally, Ticket
from kompetanse.domains.evaluations.types import (
    EvaluationIsClosed,
    Question,
    Rating,
    ScoresAreMissing,
    Side,
    Stage,
    TicketDoesNotOpen,
    TicketIsUsed,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import evaluations as made
from tests.make.organisation import NOW, Region
from tests.make.queries import counted

CLOSED = NOW + timedelta(days=22)


def office(region: Region, now: object = CLOSED) -> Context:
    return make.context(make.office(region), now)  # type: ignore[arg-type]


class TestOpening:
    def test_asks_those_who_were_there_once(self) -> None:
        region = make.region()
        run = made.held(region)

        (evaluation_id,) = made.opened(region)
        assert made.opened(region) == []

        words = made.words_of(run.people)
        assert len(set(words)) == len(run.people)
        assert made.words_of([run.chief]) == []
        (row,) = evaluations.list_evaluations(office(region))
        assert (row.id, row.run_id, row.stage, row.invited) == (evaluation_id, run.run_id, Stage.AFTER, 6)
        assert row.closes_on == NOW.date() + timedelta(days=21)

    def test_asks_again_after_three_months_and_their_leader_too(self) -> None:
        region = make.region()
        run = made.held(region)
        made.opened(region)
        later = made.HELD + timedelta(days=90)

        (evaluation_id,) = made.opened(region, later)

        (word,) = made.words_of([run.chief], later)
        sheet = evaluations.open_ticket(word, now=later)
        assert (sheet.side, sheet.stage, sheet.questions) == (
            Side.LEADER, Stage.LATER, (Question.USED, Question.MASTERED),
        )  # fmt: skip
        with tenant_scope(make.system(region)):
            assert Ticket.objects.filter(evaluation_id=evaluation_id).count() == 7

    @pytest.mark.parametrize(
        ("days", "stages"), [(-1, 0), (0, 1), (30, 1), (31, 0), (89, 0), (90, 1), (180, 1), (181, 0)]
    )
    def test_has_its_time(self, days: int, stages: int) -> None:
        held = date(2027, 1, 1)
        assert sum(rules.is_due(stage, held, held + timedelta(days=days)) for stage in Stage) == stages

    def test_who_was_not_there_is_not_asked(self) -> None:
        region = make.region()
        run = made.held(region, people=2)
        sick = courses.list_participants(office(region), run_id=run.run_id)[0]
        rest = [row.id for row in courses.list_participants(office(region), run_id=run.run_id) if row != sick]
        courses.record_attendance(office(region), run_id=run.run_id, present=rest, reason="Var syk")

        made.opened(region)

        assert len(made.words_of(run.people)) == 1

    def test_is_the_clocks_act(self) -> None:
        region = make.region()
        made.held(region)
        with pytest.raises(Refused):
            evaluations.open_due(office(region), region_id=region.tenant_id)
        assert evaluations.list_evaluations(office(region)) == []

    def test_the_clock_reaches_every_region(self, settings: object) -> None:
        settings.CLOCK_OFFSET = NOW - datetime.now(UTC)  # type: ignore[attr-defined]
        regions = [make.region(), make.region()]
        for region in regions:
            made.held(region, people=1)
        tasks.open_evaluations()
        assert [len(evaluations.list_evaluations(office(region))) for region in regions] == [1, 1]


class TestAnswering:
    def test_is_done_once_and_leaves_no_trace_of_whose_it_is(self) -> None:
        region = make.region()
        run = made.held(region)
        (evaluation_id,) = made.opened(region)
        word, other, *_ = made.words_of(run.people)
        with tenant_scope(make.system(region)):
            before = Deed.objects.count()

        made.answer(word, 5, "Fint kurs")

        with pytest.raises(TicketIsUsed):
            made.answer(word, 1)
        with pytest.raises(TicketIsUsed):
            evaluations.answer_ticket(word, dict.fromkeys(Question, 1), "", now=NOW)
        with tenant_scope(make.system(region)):
            assert Deed.objects.count() == before  # no deed says when
            sums = Tally.objects.filter(evaluation_id=evaluation_id, answers__gt=0)
            assert {(row.question, row.score, row.answers) for row in sums} == {
                (one.value, 5, 1) for one in (Question.CONTENT, Question.TRAINER, Question.SUPPLIER, Question.USEFUL)
            }
            assert [row.text for row in Comment.objects.filter(evaluation_id=evaluation_id)] == ["Fint kurs"]
        assert evaluations.open_ticket(other, now=NOW).run_title == "Medikamenthåndtering vinter"

    def test_no_table_leads_from_an_answer_to_a_person_or_a_moment(self) -> None:
        """What is kept of answers: nothing of people, no time, and no way from a ticket to what was answered."""
        for model in (Ticket, Tally, Comment):
            keys = {f.related_model._meta.label for f in model._meta.fields if isinstance(f, ForeignKey)}
            assert keys == {"foundation.Tenant", "evaluations.Evaluation"}
            kinds = {field.get_internal_type() for field in model._meta.fields}
            assert not kinds & {"DateTimeField", "DateField", "TimeField"}
        assert {f.name for f in Ticket._meta.fields} == {"id", "tenant", "evaluation", "side", "word_hash", "used"}
        pointing = {
            field.model._meta.label
            for model in apps.get_models()
            for field in model._meta.fields
            if isinstance(field, ForeignKey) and field.related_model in (Ticket, Tally, Comment)
        }
        assert pointing == set()

    def test_refuses_with_a_sentence_and_keeps_nothing(self) -> None:
        region = make.region()
        run = made.held(region)
        (evaluation_id,) = made.opened(region)
        word = made.words_of(run.people)[0]
        elsewhere = make.region()
        moved = f"{elsewhere.tenant_id}-{word.split('-', 1)[1]}"
        for wrong in ("", "x", "-", "1-", f"{region.tenant_id}-abc", word[:-1], moved, "9" * 30 + "-x", "\x00", "²-x"):
            with pytest.raises(TicketDoesNotOpen):
                evaluations.open_ticket(wrong, now=NOW)
        for scores in ({}, {Question.CONTENT: 5}, dict.fromkeys(Question, 6), dict.fromkeys(Question, 0)):
            with pytest.raises(ScoresAreMissing):
                evaluations.answer_ticket(word, scores, "", now=NOW)
        with pytest.raises(EvaluationIsClosed):
            made.answer(word, now=CLOSED)
        with tenant_scope(make.system(region)):
            assert not Tally.objects.filter(evaluation_id=evaluation_id, answers__gt=0).exists()
        made.answer(word, now=NOW + timedelta(days=21))  # the last day is a day to answer

    def test_two_at_once_are_two_and_one_twice_is_one(self) -> None:
        region = make.region()
        run = made.held(region)
        (evaluation_id,) = made.opened(region)
        one, two, *_ = made.words_of(run.people)
        refused: list[str] = []

        def send(word: str) -> None:
            try:
                evaluations.answer_ticket(word, dict.fromkeys(Question, 3), "", now=NOW)
            except DomainError as error:
                refused.append(error.code)
            finally:
                connection.close()

        threads = [threading.Thread(target=send, args=(word,)) for word in (one, one, two, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

        assert refused == ["ticket_is_used"] * 2
        with tenant_scope(make.system(region)):
            assert set(
                Tally.objects.filter(evaluation_id=evaluation_id, score=3).values_list("answers", flat=True)
            ) == {2}


class TestTelling:
    def answered(self, region: Region, scores: list[int], measure_id: int | None = None) -> made.HeldRun:
        run = made.held(region, measure_id=measure_id, people=max(6, len(scores)))
        made.opened(region)
        for word, score in zip(made.words_of(run.people), scores, strict=False):
            made.answer(word, score, f"Svar {score}")
        return run

    def test_four_answers_are_never_told_and_five_are_when_it_has_closed(self) -> None:
        region = make.region()
        few = self.answered(region, [1, 2, 3, 4])
        enough = self.answered(region, [1, 2, 3, 4, 5], few.measure_id)

        for now in (NOW, NOW + timedelta(days=21)):
            assert not any(row.is_told for row in evaluations.list_evaluations(office(region, now)))
        rows = {row.run_id: row for row in evaluations.list_evaluations(office(region))}
        assert not rows[few.run_id].is_told
        assert rows[enough.run_id].ratings[Side.PARTICIPANT, Question.TRAINER] == Rating(3.0, 5)
        page = evaluations.get_evaluation(office(region), evaluation_id=rows[few.run_id].id)
        assert page.comments == ()
        page = evaluations.get_evaluation(office(region), evaluation_id=rows[enough.run_id].id)
        assert [text for _side, text in page.comments] == [f"Svar {score}" for score in (1, 2, 3, 4, 5)]

    def test_a_measures_rating_is_worked_out_from_what_is_told(self) -> None:
        region = make.region()
        first = self.answered(region, [5] * 5)
        second = self.answered(region, [2] * 10, measure_id=first.measure_id)
        small = self.answered(region, [1] * 4, measure_id=first.measure_id)

        (row,) = evaluations.list_measure_ratings(office(region))
        assert (row.measure_id, row.runs, row.ratings[Question.CONTENT]) == (first.measure_id, 2, Rating(3.0, 15))
        told = evaluations.rate_runs(office(region), run_ids=[first.run_id, small.run_id])
        assert told[Question.TRAINER] == Rating(5.0, 5)
        assert evaluations.rate_runs(office(region), run_ids=[small.run_id]) == {}
        assert evaluations.rate_runs(office(region), run_ids=[second.run_id])[Question.SUPPLIER] == Rating(2.0, 10)

    @given(st.dictionaries(st.integers(1, 5), st.integers(0, 9)))
    def test_an_average_lies_among_its_scores(self, counts: dict[int, int]) -> None:
        rating = rules.tell(counts)
        answers = sum(counts.values())
        assert (rating is None) == (answers < 5)
        if rating:
            given_scores = [score for score, count in counts.items() if count]
            assert min(given_scores) <= rating.average <= max(given_scores)
            assert rating.answers == answers

    def test_is_for_the_office_of_the_region(self) -> None:
        region = make.region()
        run = made.held(region)
        (evaluation_id,) = made.opened(region)
        others = [run.people[0], run.chief, make.with_role(region, Role.FORUM_MEMBER),
                  make.with_role(region, Role.CONTACT_PERSON, town=region.municipalities[0])]  # fmt: skip
        for who in others:
            with pytest.raises(Refused):
                evaluations.list_evaluations(make.context(who))
            with pytest.raises((Refused, NotFound)):
                evaluations.get_evaluation(make.context(who), evaluation_id=evaluation_id)
            with pytest.raises(Refused):
                evaluations.rate_runs(make.context(who), run_ids=[run.run_id])
        elsewhere = make.region()
        assert evaluations.list_evaluations(office(elsewhere)) == []
        with pytest.raises(NotFound):
            evaluations.get_evaluation(office(elsewhere), evaluation_id=evaluation_id)

    def test_asks_the_same_number_of_questions_for_any_number(self) -> None:
        region = make.region()
        ctx = office(region)
        first = self.answered(region, [3] * 5)
        with counted() as few:
            evaluations.list_evaluations(ctx)
        for _ in range(2):
            self.answered(region, [3] * 5, first.measure_id)
        with counted() as many:
            assert len(evaluations.list_evaluations(ctx)) == 3
        assert len(many) == len(few)


class TestPages:
    @pytest.fixture(autouse=True)
    def in_the_tests_year(self, settings: object) -> None:
        settings.CLOCK_OFFSET = NOW - datetime.now(UTC)  # type: ignore[attr-defined]

    def test_a_person_answers_without_logging_in(self) -> None:
        region = make.region()
        run = made.held(region)
        (evaluation_id,) = made.opened(region)
        where = reverse("evaluations.answer", args=[made.words_of(run.people)[0]])
        web = Client()

        page = web.get(where)
        assert "Hvor god var kurslederen?" in page.content.decode()
        assert run.people[0].account.display_name not in page.content.decode()
        missing = web.post(where, {"content": "5"})
        assert missing.status_code == 422
        assert "Velg et tall fra 1 til 5." in missing.content.decode()
        told = {"content": "5", "trainer": "4", "supplier": "3", "useful": "5", "comment": "=HYPERLINK() <b>"}
        assert "Takk for svaret" in web.post(where, told).content.decode()
        again = web.post(where, told)
        assert again.status_code == 422
        assert "Du har svart på denne evalueringen" in again.content.decode()
        with tenant_scope(make.system(region)):
            assert Comment.objects.get(evaluation_id=evaluation_id).text == "=HYPERLINK() <b>"

    def test_the_same_for_one_who_happens_to_be_logged_in(self) -> None:
        region = make.region()
        run = made.held(region)
        made.opened(region)
        web = Client()
        web.force_login(run.chief.account)
        where = reverse("evaluations.answer", args=[made.words_of(run.people)[0]])
        told = {"content": "5", "trainer": "4", "supplier": "3", "useful": "5"}
        assert "Takk for svaret" in web.post(where, told).content.decode()
        with tenant_scope(make.system(region)):
            assert not Deed.objects.filter(actor_person_id=run.chief.person_id, operation__startswith="eval").exists()

    def test_the_office_reads_what_may_be_told(self, settings: object) -> None:
        region = make.region()
        run = made.held(region)
        (evaluation_id,) = made.opened(region)
        for word in made.words_of(run.people):
            made.answer(word, 4, "Mer øving, takk")
        member = make.office(region)
        web = Client()
        web.force_login(member.account)
        assert "Folk svarer ennå" in web.get(reverse("evaluations.evaluation", args=[evaluation_id])).content.decode()
        settings.CLOCK_OFFSET = CLOSED - datetime.now(UTC)  # type: ignore[attr-defined]
        assert "4,0" in web.get(reverse("evaluations.evaluation_list")).content.decode()
        assert "Mer øving, takk" in web.get(reverse("evaluations.evaluation", args=[evaluation_id])).content.decode()
