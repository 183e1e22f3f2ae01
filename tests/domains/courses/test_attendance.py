from __future__ import annotations

from datetime import date

import pytest

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import (
    CorrectionNeedsReason,
    NotOnTheList,
    RunIsCancelled,
    RunIsNotOver,
    RunStatus,
    SignupStatus,
)
from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.types import OrderStatus
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureStatus
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import Refused
from tests import make
from tests.make import courses as made
from tests.make import orders as made_orders


class Held:
    """A run with one person from each of two municipalities, the day after."""

    def __init__(self) -> None:
        self.region = make.region(municipalities=2)
        self.measure_id = made_orders.plan(self.region, requirement=competence.list_requirements()[0].code)
        self.order_id = made_orders.order(self.region, self.region.municipalities[0], self.measure_id, seats=1)
        self.run_id = made.run(self.region, seats=4, measure_id=self.measure_id)
        self.people, self.ids = [], []
        for town in self.region.municipalities:
            chief, (kari, *_) = made.team(town)
            self.people.append(kari)
            self.ids.append(made.seat(self.run_id, chief, kari))
        self.office_member = make.office(self.region)
        self.office: Context = make.context(self.office_member, made.AFTER)

    def evidence(self) -> list[Evidence]:
        with tenant_scope(make.system(self.region)):
            return list(Evidence.objects.filter(reference=f"KURS-{self.run_id}").order_by("id"))

    def statuses(self) -> list[SignupStatus]:
        return [row.status for row in courses.list_signups(self.office, run_id=self.run_id)]


class TestRecordAttendance:
    def test_writes_competence_in_the_persons_own_municipality(self) -> None:
        held = Held()

        assert courses.record_attendance(held.office, run_id=held.run_id, present={held.ids[0]}) == 2

        (row,) = held.evidence()
        assert row.tenant_id == held.region.municipalities[0].tenant_id
        assert row.employee_id == held.people[0].employee.pk  # type: ignore[union-attr]
        assert (row.completed_on, row.source) == (date(2027, 4, 24), "course")
        assert row.requirement is not None
        assert row.requirement.code == competence.list_requirements()[0].code
        assert held.statuses() == [SignupStatus.ATTENDED, SignupStatus.ABSENT]
        assert courses.get_signup(held.office, signup_id=held.ids[0]).evidence_id == row.pk

    def test_saved_twice_is_written_once(self) -> None:
        held = Held()
        courses.record_attendance(held.office, run_id=held.run_id, present=set(held.ids))

        assert courses.record_attendance(held.office, run_id=held.run_id, present=set(held.ids)) == 0
        assert len(held.evidence()) == 2

    def test_holds_the_run_delivers_the_orders_and_finishes_the_measure(self) -> None:
        held = Held()
        courses.record_attendance(held.office, run_id=held.run_id, present=set())

        assert courses.get_run(held.office, run_id=held.run_id).run.status is RunStatus.HELD
        assert orders.get_order(held.office, order_id=held.order_id).status is OrderStatus.DELIVERED
        assert plans.get_measure(held.office, measure_id=held.measure_id).status is MeasureStatus.DONE

    def test_waits_with_the_measure_while_another_run_is_to_come(self) -> None:
        held = Held()
        made.run(held.region, measure_id=held.measure_id)
        courses.record_attendance(held.office, run_id=held.run_id, present=set())

        assert orders.get_order(held.office, order_id=held.order_id).status is OrderStatus.ACCEPTED
        assert plans.get_measure(held.office, measure_id=held.measure_id).status is MeasureStatus.RUNNING

    def test_a_late_correction_needs_a_reason_and_corrects_the_ledger(self) -> None:
        held = Held()
        courses.record_attendance(held.office, run_id=held.run_id, present={held.ids[0]})

        with pytest.raises(CorrectionNeedsReason):
            courses.record_attendance(held.office, run_id=held.run_id, present={held.ids[1]})
        assert len(held.evidence()) == 1
        courses.record_attendance(held.office, run_id=held.run_id, present={held.ids[1]}, reason="Byttet navn")

        first, *corrections = held.evidence()
        void = next(row for row in corrections if row.corrects_id == first.pk)
        assert (void.void, void.why) == (True, "Byttet navn")
        assert held.statuses() == [SignupStatus.ABSENT, SignupStatus.ATTENDED]
        courses.record_attendance(held.office, run_id=held.run_id, present=set(held.ids), reason="Møtte likevel")
        assert [row.void for row in held.evidence()].count(False) == 3
        assert held.statuses() == [SignupStatus.ATTENDED, SignupStatus.ATTENDED]

    def test_refuses_somebody_who_is_not_on_the_list(self) -> None:
        held = Held()
        _, (late, *_) = made.team(held.region.municipalities[0])
        asked = made.signup(held.run_id, late)

        with pytest.raises(NotOnTheList, match="Ingenting er lagret"):
            courses.record_attendance(held.office, run_id=held.run_id, present={held.ids[0], asked})
        assert held.evidence() == []
        assert courses.get_run(held.office, run_id=held.run_id).run.status is RunStatus.OPEN

    def test_refuses_before_the_last_day_after_a_cancellation_and_from_others(self) -> None:
        held = Held()
        with pytest.raises(RunIsNotOver):
            courses.record_attendance(make.context(held.office_member), run_id=held.run_id, present=set())
        with pytest.raises(Refused):
            courses.record_attendance(
                make.context(held.people[0], made.AFTER), run_id=held.run_id, present={held.ids[0]}
            )
        courses.cancel_run(held.office, run_id=held.run_id, reason="Snøstorm")
        with pytest.raises(RunIsCancelled):
            courses.record_attendance(held.office, run_id=held.run_id, present=set())
        assert held.evidence() == []
