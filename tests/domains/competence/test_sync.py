from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.types import RegisterInput
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import system_context
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.outcomes import Outcome
from tests import make
from tests.make import competence as made
from tests.make.organisation import NOW, Town


def ledger(town: Town) -> list[tuple[object, ...]]:
    with tenant_scope(system_context("test", {town.tenant_id}, NOW)):
        return list(Evidence.objects.order_by("pk").values_list("title", "completed_on", "corrects_id", "why", "pk"))


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.created, outcome.changed, outcome.unchanged, outcome.rejected


class TestSyncRegister:
    def setup_method(self) -> None:
        made.register()
        self.town = make.region().municipalities[0]
        self.who = make.employee(self.town)

    def test_adds_what_is_new_and_changes_nothing_the_second_time(self) -> None:
        rows = [made.register_row(self.who, "HLR-kurs", row=2), made.register_row(self.who, "Brannøvelse", row=3)]
        assert counts(made.sync(self.town, *rows)) == (2, 0, 0, 0)
        before = ledger(self.town)
        assert counts(made.sync(self.town, *rows)) == (0, 0, 2, 0)
        assert ledger(self.town) == before

    def test_corrects_a_changed_row_by_a_new_one_that_says_why(self) -> None:
        row, other = made.register_row(self.who, "HLR-kurs"), made.register_row(self.who, "Brannøvelse", row=3)
        made.sync(self.town, row, other)
        outcome = made.sync(self.town, replace(row, completed_on=date(2026, 5, 14)), other)
        assert counts(outcome) == (0, 1, 1, 0)
        rows = ledger(self.town)
        assert [one[1] for one in rows] == [date(2026, 5, 4), date(2026, 5, 4), date(2026, 5, 14)]
        assert rows[2][2] == rows[0][4]
        assert rows[2][3]
        assert counts(made.sync(self.town, replace(row, completed_on=date(2026, 5, 14)), other)) == (0, 0, 2, 0)

    def test_takes_a_row_beside_the_old_one_as_a_new_pass(self) -> None:
        row = made.register_row(self.who, "HLR-kurs", date(2025, 5, 4))
        made.sync(self.town, row)
        again = made.register_row(self.who, "HLR-kurs", date(2026, 5, 4), row=3)
        assert counts(made.sync(self.town, again, row)) == (1, 0, 1, 0)

    def test_takes_a_later_certificate_as_a_new_pass_where_the_register_has_let_go_of_the_old(self) -> None:
        made.sync(self.town, made.register_row(self.who, "YSK", date(2021, 5, 4), number="A1"))
        outcome = made.sync(self.town, made.register_row(self.who, "YSK", date(2026, 5, 4), number="B2"))
        assert counts(outcome) == (1, 0, 0, 0)
        assert len(ledger(self.town)) == 2

    def test_keeps_what_has_left_the_file(self) -> None:
        made.sync(self.town, made.register_row(self.who, "HLR-kurs"))
        made.sync(self.town, made.register_row(self.who, "Brannøvelse"))
        assert len(ledger(self.town)) == 2

    def test_takes_the_same_row_twice_in_a_file_once(self) -> None:
        row = made.register_row(self.who, "HLR-kurs")
        assert counts(made.sync(self.town, row, replace(row, row=3))) == (1, 0, 1, 0)

    @pytest.mark.parametrize(
        ("change", "column"),
        [
            ({"employee_number": "finnes-ikke"}, "employee_number"),
            ({"employee_number": ""}, "employee_number"),
            ({"title": "  "}, "title"),
            ({"title": "x" * 201}, "title"),
            ({"completed_on": None}, "completed_on"),
            ({"completed_on": date(2027, 3, 16)}, "completed_on"),
            ({"completed_on": date(1939, 12, 31)}, "completed_on"),
            ({"valid_to": date(2026, 5, 3)}, "valid_to"),
        ],
    )
    def test_rejects_a_faulty_row_with_a_sentence_and_takes_the_rest(
        self, change: dict[str, object], column: str
    ) -> None:
        good = made.register_row(self.who, "Brannøvelse", row=3)
        faulty: RegisterInput = replace(made.register_row(self.who, "HLR-kurs", row=2), **change)  # type: ignore[arg-type]
        outcome = made.sync(self.town, faulty, good)
        assert counts(outcome) == (1, 0, 0, 1)
        rejection = outcome.rejections[0]
        assert (rejection.row, rejection.column) == (2, column)
        assert (rejection.sentence % rejection.params).endswith(".")
        assert [one[0] for one in ledger(self.town)] == ["Brannøvelse"]

    def test_accepts_the_day_of_the_import_itself(self) -> None:
        assert counts(made.sync(self.town, made.register_row(self.who, "HLR", date(2027, 3, 15)))) == (1, 0, 0, 0)

    def test_refuses_a_municipality_that_is_not_in_sight(self) -> None:
        other = make.region().municipalities[0]
        ctx = make.context(make.with_role(make.region(), Role.COURSE_ADMINISTRATOR))
        with pytest.raises(NotFound):
            made.sync(other, ctx=ctx)

    def test_refuses_a_leader(self) -> None:
        ctx = make.context(make.leader(self.town))
        with pytest.raises(Refused):
            made.sync(self.town, made.register_row(self.who, "HLR"), ctx=ctx)
        assert ledger(self.town) == []

    def test_gives_one_evidence_where_the_same_file_comes_twice_at_the_same_moment(self) -> None:
        rows = [made.register_row(self.who, f"Kurs {n}", row=n) for n in range(2, 30)]
        outcomes: list[Outcome] = []
        start = threading.Barrier(2)

        def run() -> None:
            start.wait()
            outcomes.append(made.sync(self.town, *rows))
            connection.close()

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(counts(outcome) for outcome in outcomes) == [(0, 0, 28, 0), (28, 0, 0, 0)]
        assert len(ledger(self.town)) == 28

    def test_needs_no_more_queries_for_many_rows_than_for_few(self, django_assert_max_num_queries: object) -> None:
        rows = [made.register_row(self.who, f"Kurs {n}", row=n) for n in range(2, 300)]
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            made.sync(self.town, *rows)


class TestLedger:
    def test_cannot_be_altered_by_the_web_role(self) -> None:
        made.register()
        town = make.region().municipalities[0]
        number = made.evidence(make.employee(town), "HLR")
        ctx = system_context("test", {town.tenant_id}, NOW)
        from django.db.utils import ProgrammingError

        for sql in ("UPDATE competence_evidence SET void = true", "DELETE FROM competence_evidence"):
            with pytest.raises(ProgrammingError, match="permission denied"), tenant_scope(ctx):
                connection.cursor().execute(f"{sql} WHERE id = %s", [number])
        assert competence.get_evidence(ctx, number).stands


class TestWhatCannotBe:
    def setup_method(self) -> None:
        made.register()
        self.town = make.region().municipalities[0]
        self.who, self.other = make.employee(self.town), make.employee(self.town)

    def test_leaves_out_a_certificate_that_is_somebody_elses(self) -> None:
        mine = made.register_row(self.who, "Varme arbeider", number="NO-17")
        theirs = made.register_row(self.other, "Varme arbeider", row=3, number="NO-17")
        outcome = made.sync(self.town, mine, theirs)
        assert counts(outcome) == (1, 0, 0, 1)
        rejection = outcome.rejections[0]
        assert (rejection.row, rejection.column, rejection.value) == (3, "certificate_number", "NO-17")
        assert counts(made.sync(self.town, mine, theirs)) == (0, 0, 1, 1)
        assert len(ledger(self.town)) == 1

    def test_meets_what_was_written_by_hand_and_lets_stand_what_stood(self) -> None:
        mine = made.register_row(self.who, "Varme arbeider", number="NO-17")
        made.sync(self.town, mine)
        again = made.register_row(self.who, "Varme arbeider", date(2020, 5, 4), row=3, number="NO-17")
        assert counts(made.sync(self.town, mine, again)) == (1, 0, 1, 0)

    def test_leaves_out_what_was_completed_before_somebody_was_born(self) -> None:
        made.born(self.who, 1990)
        row = made.register_row(self.who, "HLR-kurs", date(1989, 5, 4))
        outcome = made.sync(self.town, row)
        assert counts(outcome) == (0, 0, 0, 1)
        assert (outcome.rejections[0].column, outcome.rejections[0].value) == ("completed_on", "04.05.1989")
