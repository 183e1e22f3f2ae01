from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

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
from kompetanse.domains.competence.types.ledger import CertificateIsAnothers, EvidenceBeforeBirth, NeedsReason
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make.competence import TODAY
from tests.make.organisation import NOW, Who


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


class TestCertificates(World):
    def record(self, who: Who, **changes: object) -> int:
        told = self.told(who, **{"certificate_number": "NO-17", "issuer": "Norsk brannvernforening", **changes})
        return competence.record_evidence(make.context(self.leader), told)

    def test_belongs_to_one_person_in_a_municipality(self) -> None:
        self.record(self.who)
        colleague = make.employee(self.town, self.unit)
        with pytest.raises(CertificateIsAnothers) as refused:
            self.record(colleague, issuer="NORSK BRANNVERNFORENING ", certificate_number=" NO-17")
        assert "NO-17" in refused.value.text()
        assert made.of(self.who).name not in refused.value.text()
        with pytest.raises(CertificateIsAnothers):
            made.claim(colleague, "HLR", certificate_number="NO-17", issuer="Norsk brannvernforening")
        assert self.rows() == 1
        self.record(self.who)  # the same person's, told again for another course
        self.record(colleague, issuer="Noen andre")
        assert self.rows() == 3

    def test_is_free_again_when_it_was_made_void(self) -> None:
        first = self.record(self.who)
        ctx = make.context(self.leader)
        competence.correct_evidence(ctx, evidence_id=first, why="Feil person.", void=True)
        self.record(make.employee(self.town, self.unit))

    def test_is_not_taken_by_what_nobody_has_seen(self) -> None:
        number = made.claim(self.who, "HLR", certificate_number="NO-17", issuer="Norsk brannvernforening")
        self.record(make.employee(self.town, self.unit))
        with pytest.raises(CertificateIsAnothers):
            competence.verify_claim(make.context(self.leader), evidence_id=number)

    def test_does_not_reach_into_other_municipalities(self) -> None:
        self.record(self.who)
        there = make.employee(self.other)
        told = self.told(there, certificate_number="NO-17", issuer="Norsk brannvernforening")
        competence.record_evidence(make.system(self.world), told)


class TestCertificatesAtOnce:
    def test_is_written_for_one_of_two_who_come_at_once(self) -> None:
        made.register()
        town = make.region().municipalities[0]
        unit = make.unit(town)
        people = [make.employee(town, unit), make.employee(town, unit)]
        ready = threading.Barrier(2)
        met: list[str] = []

        def record(who: Who) -> None:
            employee = made.of(who)
            told = EvidenceInput(
                tenant_id=employee.tenant_id, employee_id=employee.id, requirement_code=None, title="Kurs",
                completed_on=TODAY, source=EvidenceSource.MANAGER, issuer="A", certificate_number="1",
            )  # fmt: skip
            try:
                ready.wait(timeout=20)
                competence.record_evidence(system_context("test", {town.tenant_id}, NOW), told)
                met.append("written")
            except CertificateIsAnothers:
                met.append("refused")
            finally:
                connection.close()

        threads = [threading.Thread(target=record, args=(who,)) for who in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert sorted(met) == ["refused", "written"]


class TestWhoAndWhen(World):
    def test_refuses_what_was_completed_before_somebody_was_born(self) -> None:
        made.born(self.who, 1990)
        ctx = make.context(self.leader)
        with pytest.raises(EvidenceBeforeBirth):
            competence.record_evidence(ctx, self.told(completed_on=date(1989, 12, 31)))
        with pytest.raises(EvidenceBeforeBirth):
            made.claim(self.who, "HLR", date(1989, 12, 31))
        number = competence.record_evidence(ctx, self.told(completed_on=date(1990, 1, 1)))
        with pytest.raises(EvidenceBeforeBirth):
            competence.correct_evidence(ctx, evidence_id=number, why="Feil.", completed_on=date(1980, 1, 1))
        assert self.rows() == 1

    def test_lets_nobody_write_for_themself_whatever_the_role(self) -> None:
        hr = make.with_role(self.world, Role.HR, town=self.town)
        with pytest.raises(Refused, match="egne bevis"):
            competence.record_evidence(make.context(hr), self.told(hr))
        number = made.evidence(hr, "HLR")
        with pytest.raises(Refused, match="egne bevis"):
            competence.correct_evidence(make.context(hr), evidence_id=number, why="x", void=True)
        assert self.rows() == 1

    def test_wants_a_reason_for_a_correction(self) -> None:
        ctx = make.context(self.leader)
        number = competence.record_evidence(ctx, self.told())
        with pytest.raises(NeedsReason):
            competence.correct_evidence(ctx, evidence_id=number, why="  ", void=True)
        assert self.rows() == 1
