from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.types import (
    EvidenceEndsBeforeItStarts,
    EvidenceInFuture,
    EvidenceInput,
    EvidenceIsCorrected,
    EvidenceSource,
    EvidenceTooOld,
    UnknownRequirement,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make.competence import TODAY
from tests.make.organisation import Who


class World:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town)
        self.who = make.employee(self.town, self.unit)
        self.leader = make.leader(self.town, self.unit)

    def told(self, who: Who | None = None, **changes: object) -> EvidenceInput:
        employee = made.of(who or self.who)
        values: dict[str, object] = {
            "tenant_id": employee.tenant_id,
            "employee_id": employee.id,
            "requirement_code": "HLR",
            "title": "",
            "completed_on": TODAY,
            "source": EvidenceSource.MANAGER,
        }
        return EvidenceInput(**{**values, **changes})  # type: ignore[arg-type]

    def rows(self) -> int:
        with tenant_scope(make.system(self.world)):
            return Evidence.objects.count()


class TestRecordEvidence(World):
    def test_lets_the_leader_sign_off_and_leaves_a_deed(self) -> None:
        ctx = make.context(self.leader)
        number = competence.record_evidence(ctx, self.told())
        page = competence.get_evidence(ctx, number)
        assert page.requirement is not None
        assert page.requirement.code == "HLR"
        assert page.title == page.requirement.name
        assert page.human_reference == f"BEVIS-{number}"
        with tenant_scope(ctx):
            assert Deed.objects.filter(event="EvidenceRecorded", details__evidence_id=number).count() == 1

    def test_writes_a_reference_once(self) -> None:
        ctx = make.system(self.world)
        told = self.told(source=EvidenceSource.COURSE, reference="KURS-7")
        first = competence.record_evidence(ctx, told)
        assert competence.record_evidence(ctx, told) == first
        assert self.rows() == 1

    def test_writes_a_reference_anew_after_it_was_made_void(self) -> None:
        ctx = make.system(self.world)
        told = self.told(source=EvidenceSource.COURSE, reference="KURS-7")
        first = competence.record_evidence(ctx, told)
        competence.correct_evidence(ctx, evidence_id=first, why="Var ikke til stede.", void=True)
        again = competence.record_evidence(ctx, told)
        assert competence.get_evidence(ctx, again).stands
        assert [one.void for one in competence.get_evidence(ctx, again).versions] == [False, True, False]

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"completed_on": TODAY + timedelta(days=1)}, EvidenceInFuture),
            ({"completed_on": date(1939, 1, 1)}, EvidenceTooOld),
            ({"valid_to": TODAY - timedelta(days=1)}, EvidenceEndsBeforeItStarts),
            ({"requirement_code": "FINNES-IKKE"}, UnknownRequirement),
        ],
    )
    def test_refuses_what_cannot_be(self, change: dict[str, Any], error: type[DomainError]) -> None:
        with pytest.raises(error):
            competence.record_evidence(make.context(self.leader), self.told(**change))
        assert self.rows() == 0

    def test_refuses_the_person_themself_colleagues_and_other_leaders(self) -> None:
        elsewhere = make.leader(self.town, make.unit(self.town))
        for who in (self.who, make.employee(self.town, self.unit), elsewhere):
            with pytest.raises(Refused):
                competence.record_evidence(make.context(who), self.told())
        assert self.rows() == 0

    def test_refuses_a_leader_who_signs_off_their_own(self) -> None:
        with pytest.raises(Refused):
            competence.record_evidence(make.context(self.leader), self.told(self.leader))
        assert self.rows() == 0

    def test_hides_people_of_other_municipalities(self) -> None:
        stranger = make.employee(self.other)
        with pytest.raises(NotFound):
            competence.record_evidence(make.context(self.leader), self.told(stranger))
        office = make.context(make.office(self.world))
        with pytest.raises(NotFound):
            competence.record_evidence(office, self.told(tenant_id=self.other.tenant_id))
        assert self.rows() == 0

    def test_lets_hr_and_the_office(self) -> None:
        for who in (make.with_role(self.world, Role.HR, town=self.town), make.office(self.world)):
            competence.record_evidence(make.context(who), self.told())
        assert self.rows() == 2


class TestCorrectEvidence(World):
    def test_adds_a_row_and_keeps_the_old(self) -> None:
        ctx = make.context(self.leader)
        first = competence.record_evidence(ctx, self.told())
        second = competence.correct_evidence(
            ctx, evidence_id=first, why="Feil dato.", completed_on=TODAY - timedelta(days=9)
        )
        page = competence.get_evidence(ctx, first)
        assert not page.stands
        assert [(one.id, one.why) for one in page.versions] == [(second, "Feil dato."), (first, "")]
        person = competence.get_person_competence(ctx, employee_id=made.of(self.who).id)
        assert [row.id for row in person.evidence] == [second]

    def test_refuses_a_second_correction_of_the_same_row(self) -> None:
        ctx = make.context(self.leader)
        first = competence.record_evidence(ctx, self.told())
        competence.correct_evidence(ctx, evidence_id=first, why="Feil.", void=True)
        with pytest.raises(EvidenceIsCorrected):
            competence.correct_evidence(ctx, evidence_id=first, why="Feil igjen.", void=True)
        assert self.rows() == 2

    def test_refuses_others(self) -> None:
        first = competence.record_evidence(make.context(self.leader), self.told())
        elsewhere = make.leader(self.town, make.unit(self.town))
        abroad = make.leader(self.other)
        for who, error in ((self.who, Refused), (elsewhere, Refused), (abroad, NotFound)):
            with pytest.raises(error):
                competence.correct_evidence(make.context(who), evidence_id=first, why="x", void=True)
        assert self.rows() == 1


class TestGetEvidence(World):
    def contexts(self) -> list[tuple[Context, type[DomainError]]]:
        return [
            (make.context(make.leader(self.town, make.unit(self.town))), Refused),
            (make.context(make.employee(self.town, self.unit)), Refused),
            (make.context(make.leader(self.other)), NotFound),
            (make.context(make.with_role(self.world, Role.FORUM_MEMBER)), NotFound),
        ]

    def test_shows_it_to_the_person_the_leader_hr_and_the_office(self) -> None:
        number = made.evidence(self.who, "HLR")
        hr = make.with_role(self.world, Role.HR, town=self.town)
        for who in (self.who, self.leader, hr, make.office(self.world)):
            assert competence.get_evidence(make.context(who), number).id == number

    def test_hides_it_from_others(self) -> None:
        number = made.evidence(self.who, "HLR")
        for ctx, error in self.contexts():
            with pytest.raises(error):
                competence.get_evidence(ctx, number)
