"""What is kept stays right when two write at once and when a change comes to nothing, and nobody else can write it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from kompetanse.domains.competence.models import Evidence, TextMapping
from kompetanse.domains.competence.rules.targets import TargetKind
from kompetanse.domains.competence.types import EvidenceSource
from kompetanse.domains.organisation.models import Post
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.text import comparable

from . import facts, plain
from .history import LONG_AGO, World
from .telling import begin
from .test_reckoning import cells, counted, kept_right, read, rows_kept

NOW = datetime(2025, 6, 1, 9, 0, tzinfo=UTC)
DAY = date(2025, 3, 1)


def a_world() -> World:
    """Two people who work in one unit, two requirements that are put to both, and one that is put to schools."""
    told = World(**begin(NOW, ("Lia sykehjem", "Rådhuset"), people=2, requirements=3))
    with tenant_scope(told.ctx()):
        for requirement in told.requirements:
            told.tell(facts.Version(0, requirement, LONG_AGO, None, NOW, targets=(facts.Target(TargetKind.EVERYONE),)))
        for person in told.people:
            told.tell(facts.Post(0, person, told.units[0].pk, "Lærer", date(2024, 1, 1), recorded_at=NOW))
    kept_right(told, NOW)
    return told


def evidence(told: World, person: int, requirement: int) -> Evidence:
    return Evidence(
        tenant_id=told.town.tenant_id, employee_id=person, requirement_id=requirement, title="Kurs",
        title_key=comparable("Kurs"), completed_on=DAY, source="manager", recorded_at=NOW, recorded_by="test",
    )  # fmt: skip


def at_once(*acts: Callable[[], None]) -> list[Exception]:
    """Each in a thread and a connection of its own; what went wrong."""
    wrong: list[Exception] = []

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return wrong


class Wrong(Exception):
    pass


def come_to_nothing(told: World, requirement: int) -> None:
    """Evidence is written, and then the change is given up."""
    with transaction.atomic():
        evidence(told, told.people[0], requirement).save()
        raise Wrong


class TestTwoAtOnce:
    def setup_method(self) -> None:
        self.told = a_world()

    def row(self, person: int, requirement: int) -> Evidence:
        return evidence(self.told, self.told.people[person], self.told.requirements[requirement])

    def write(self, together: threading.Barrier, *acts: tuple[int, int]) -> Callable[[], None]:
        """Evidence of (person, requirement) after one another in one transaction, begun when all are ready."""

        def run() -> None:
            with tenant_scope(self.told.ctx()):
                together.wait(30)
                for person, requirement in acts:
                    self.row(person, requirement).save()

        return run

    def assert_right(self, written: int) -> None:
        """The rows and the sums follow the ledger, and the ledger has everything."""
        with tenant_scope(self.told.ctx()):
            rows = list(Evidence.objects.filter(tenant_id=self.told.town.tenant_id))
        assert len(rows) == written
        for row in rows:
            self.told.facts.evidence.append(
                facts.Evidence(row.pk, row.employee_id, row.requirement_id, row.title, row.completed_on, NOW)
            )
        wanted = plain.statuses(self.told.facts, self.told.today)
        assert rows_kept(self.told) == wanted
        assert cells(self.told) == counted(wanted)

    @pytest.mark.parametrize("_round", range(3))
    def test_for_one_person(self, _round: int) -> None:
        together = threading.Barrier(2)
        assert at_once(self.write(together, (0, 0)), self.write(together, (0, 1))) == []
        self.assert_right(2)

    @pytest.mark.parametrize("_round", range(3))
    def test_for_two_people_of_a_unit(self, _round: int) -> None:
        together = threading.Barrier(2)
        assert at_once(self.write(together, (0, 0)), self.write(together, (1, 0))) == []
        self.assert_right(2)

    @pytest.mark.parametrize(
        ("mine", "theirs"),
        [
            ([(0, 0), (1, 0)], [(1, 1), (0, 1)]),  # the same two people, in opposite order
            ([(0, 0), (0, 1)], [(1, 1), (1, 0)]),  # the same two sums, in opposite order
            ([(0, 0), (1, 1)], [(0, 1), (1, 0)]),
        ],
    )
    def test_who_meet_halfway(self, mine: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> None:
        """Each has written what the other is about to write: they take turns, and neither is thrown out."""
        begun = threading.Barrier(2)
        wrong: list[Exception] = []
        alone = threading.Barrier(1)

        def other() -> None:
            begun.wait(30)
            wrong.extend(at_once(self.write(alone, *theirs)))

        thread = threading.Thread(target=other)
        thread.start()
        with tenant_scope(self.told.ctx()):
            self.row(*mine[0]).save()
            begun.wait(30)
            self.until_somebody_waits()
            self.row(*mine[1]).save()
        thread.join(60)
        assert wrong == []
        self.assert_right(4)

    def while_held(self, mine: Callable[[], None], theirs: Callable[[], None]) -> None:
        """The other comes when we have written and have not yet said that it holds."""
        begun = threading.Barrier(2)
        wrong: list[Exception] = []

        def other() -> None:
            begun.wait(30)
            wrong.extend(at_once(theirs))

        thread = threading.Thread(target=other)
        thread.start()
        with tenant_scope(self.told.ctx()):
            mine()
            begun.wait(30)
            self.until_somebody_waits()
        thread.join(60)
        assert wrong == []
        assert rows_kept(self.told) == read(self.told, NOW)
        with tenant_scope(self.told.ctx()), connection.cursor() as cursor:
            kept_before = rows_kept(self.told)
            cursor.execute("SELECT competence_refresh_tenant(%s)", [self.told.town.tenant_id])
        assert rows_kept(self.told) == kept_before

    def imported(self) -> None:
        row = self.row(0, 0)
        row.requirement, row.source = None, EvidenceSource.IMPORT
        row.save()

    def meant(self) -> None:
        with tenant_scope(self.told.ctx()):
            TextMapping.objects.create(
                tenant_id=self.told.town.tenant_id, text="Kurs", text_key=comparable("Kurs"),
                requirement_id=self.told.requirements[0], confirmed_by="test", confirmed_at=NOW,
            )  # fmt: skip

    def renamed(self) -> None:
        with tenant_scope(self.told.ctx()):
            unit = self.told.units[1]
            unit.name = "Skolen"
            unit.save()

    def placed(self) -> None:
        with tenant_scope(self.told.ctx()):
            self.told.tell(facts.Post(0, self.told.people[0], self.told.units[1].pk, "Lærer", DAY, recorded_at=NOW))

    def test_words_are_given_a_meaning_while_they_are_read_in(self) -> None:
        self.while_held(self.imported, self.meant)

    def test_words_are_read_in_while_they_are_given_a_meaning(self) -> None:
        def read_in() -> None:
            with tenant_scope(self.told.ctx()):
                self.imported()

        self.while_held(self.meant, read_in)

    def test_a_unit_is_renamed_while_somebody_comes_to_work_there(self) -> None:
        self.while_held(self.placed, self.renamed)
        key = (self.told.people[0], self.told.units[1].pk, self.told.requirements[2])
        assert key in rows_kept(self.told)

    def until_somebody_waits(self) -> None:
        """As far as the other comes while we hold what we hold."""
        sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        for _ in range(100):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_stat_clear_snapshot()")
                cursor.execute(sql)
                if cursor.fetchone()[0]:
                    return
            time.sleep(0.02)

    def test_while_everybody_is_reckoned_anew(self) -> None:
        together = threading.Barrier(2)

        def whole() -> None:
            with tenant_scope(self.told.ctx()), connection.cursor() as cursor:
                together.wait(30)
                cursor.execute("SELECT competence_refresh_tenant(%s)", [self.told.town.tenant_id])

        assert at_once(self.write(together, (0, 0)), whole) == []
        self.assert_right(1)

    def test_while_the_person_moves(self) -> None:
        together = threading.Barrier(2)
        post = self.told.facts.posts[0]

        def end() -> None:
            with tenant_scope(self.told.ctx()):
                together.wait(30)
                Post.objects.filter(pk=post.id).update(valid_to=DAY)

        assert at_once(self.write(together, (0, 0)), end) == []
        post.valid_to = DAY
        self.assert_right(1)


class TestWhatComesToNothing:
    def setup_method(self) -> None:
        self.told = a_world()

    def test_leaves_what_is_kept_as_it_was(self) -> None:
        before, sums = rows_kept(self.told), cells(self.told)
        with pytest.raises(Wrong), tenant_scope(self.told.ctx()):
            come_to_nothing(self.told, self.told.requirements[0])
        assert (rows_kept(self.told), cells(self.told)) == (before, sums)

    def test_within_a_change_that_holds_leaves_only_what_holds(self) -> None:
        first, second, _ = self.told.requirements
        with tenant_scope(self.told.ctx()):
            evidence(self.told, self.told.people[0], first).save()
            with pytest.raises(Wrong):
                come_to_nothing(self.told, second)
        self.told.facts.evidence.append(facts.Evidence(0, self.told.people[0], first, "Kurs", DAY, NOW))
        wanted = plain.statuses(self.told.facts, self.told.today)
        assert {key: one.state for key, one in rows_kept(self.told).items()} == {
            key: one.state for key, one in wanted.items()
        }
        assert cells(self.told) == counted(wanted)

    def test_a_broken_connection_leaves_what_is_kept_as_it_was(self) -> None:
        before, sums = rows_kept(self.told), cells(self.told)

        def killed() -> None:
            with tenant_scope(self.told.ctx()):
                evidence(self.told, self.told.people[0], self.told.requirements[0]).save()
                connection.connection.close()  # as when the process is gone
                evidence(self.told, self.told.people[0], self.told.requirements[1]).save()

        assert len(at_once(killed)) == 1
        assert (rows_kept(self.told), cells(self.told)) == (before, sums)


class TestNobodyElse:
    KEPT = ("status", "clock", "cell", "keeping")

    def refused(self, sql: str, *parameters: Any) -> None:
        told = a_world()
        before = rows_kept(told), cells(told)
        with (
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
            tenant_scope(told.ctx()),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, parameters)
        assert (rows_kept(told), cells(told)) == before

    @pytest.mark.parametrize("table", KEPT)
    def test_takes_away(self, table: str) -> None:
        self.refused(f"DELETE FROM competence_{table}")

    @pytest.mark.parametrize("table", KEPT)
    def test_alters(self, table: str) -> None:
        self.refused(f"UPDATE competence_{table} SET tenant_id = tenant_id")

    @pytest.mark.parametrize("table", KEPT)
    def test_adds(self, table: str) -> None:
        self.refused(f"INSERT INTO competence_{table} SELECT * FROM competence_{table}")

    @pytest.mark.parametrize("table", KEPT)
    def test_empties(self, table: str) -> None:
        self.refused(f"TRUNCATE competence_{table}")

    def test_alters_what_was_known_of_posts(self) -> None:
        self.refused("UPDATE organisation_posthistory SET known_to = now()")

    def test_alters_the_ledger(self) -> None:
        self.refused("UPDATE competence_evidence SET completed_on = completed_on")

    def test_silences_a_trigger(self) -> None:
        self.refused("ALTER TABLE competence_evidence DISABLE TRIGGER ALL")

    def test_silences_all_triggers(self) -> None:
        self.refused("SET LOCAL session_replication_role = replica")

    def test_writes_another_function(self) -> None:
        self.refused(
            "CREATE OR REPLACE FUNCTION competence_follows(p_tenant bigint, p_day date) RETURNS boolean "
            "LANGUAGE sql AS 'SELECT true'"
        )


def test_the_turn_of_a_day_needs_no_write() -> None:
    """A post that ends leaves the sums on the day after, whether or not anybody has been by."""
    told = a_world()
    with tenant_scope(told.ctx()):
        Post.objects.filter(pk=told.facts.posts[0].id).update(valid_to=NOW.date())
    told.facts.posts[0].valid_to = NOW.date()
    kept_right(told, NOW)
    kept_right(told, NOW + timedelta(days=1))
