from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import Evidence
from kompetanse.domains.competence.types import (
    EvidenceEndsBeforeItStarts,
    EvidenceInFuture,
    State,
    UnknownRequirement,
)
from kompetanse.domains.competence.types.ledger import NeedsReason, NotWaiting
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import competence as made
from tests.make.competence import TODAY


class World:
    def setup_method(self) -> None:
        made.register()
        self.world = make.region(municipalities=2)
        self.town, self.other = self.world.municipalities
        self.unit = make.unit(self.town, "Lia sykehjem")
        self.who = make.employee(self.town, self.unit)
        self.leader = make.leader(self.town, self.unit)
        self.hr = make.with_role(self.world, Role.HR, town=self.town)

    def state(self, code: str = "LEGEMIDDEL") -> State:
        page = competence.get_own_competence(make.context(self.who))[0]
        return next(row.state for row in page.statuses if row.requirement_code == code)

    def rows(self) -> int:
        with tenant_scope(make.system(self.world)):
            return Evidence.objects.count()


class TestClaimEvidence(World):
    def test_waits_and_does_not_count(self) -> None:
        number = made.claim(self.who, "LEGEMIDDEL", title="Kurs hos apoteket")
        assert self.state() is State.MISSING
        page = competence.get_own_competence(make.context(self.who))[0]
        assert [(row.id, row.title) for row in page.unverified] == [(number, "Kurs hos apoteket")]
        assert page.waiting == 0
        assert competence.get_evidence(make.context(self.who), number).unverified

    def test_is_only_for_ones_own(self) -> None:
        told = {"employee_id": made.of(self.who).id, "requirement_code": "HLR", "completed_on": TODAY}
        for who, error in (
            (self.leader, Refused), (self.hr, Refused), (make.employee(self.town, self.unit), Refused),
            (make.leader(self.other), NotFound),
        ):  # fmt: skip
            with pytest.raises(error):
                competence.claim_evidence(make.context(who), **told)  # type: ignore[arg-type]
        assert self.rows() == 0

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"completed_on": TODAY + timedelta(days=1)}, EvidenceInFuture),
            ({"valid_to": date(2020, 1, 1)}, EvidenceEndsBeforeItStarts),
            ({"requirement_code": "FINNES-IKKE"}, UnknownRequirement),
        ],
    )
    def test_refuses_what_cannot_be(self, change: dict[str, Any], error: type[DomainError]) -> None:
        told: dict[str, Any] = {"employee_id": made.of(self.who).id, "requirement_code": "HLR", "completed_on": TODAY}
        with pytest.raises(error):
            competence.claim_evidence(make.context(self.who), **{**told, **change})
        assert self.rows() == 0


class TestVerifyClaim(World):
    def test_counts_from_now_with_the_name_of_who_has_seen_it(self) -> None:
        number = made.claim(self.who, "LEGEMIDDEL")
        new = competence.verify_claim(make.context(self.leader), evidence_id=number)
        assert self.state() is State.HELD
        page = competence.get_evidence(make.context(self.who), new)
        assert (page.stands, page.unverified) == (True, False)
        assert page.verified_by == make.context(self.leader).actor.name
        assert [(one.id, one.why) for one in page.versions] == [(new, "Bekreftet: beviset er sett."), (number, "")]
        with tenant_scope(make.system(self.world)):
            assert Deed.objects.filter(event="EvidenceVerified", details__evidence_id=new).count() == 1

    def test_lets_hr_and_refuses_others_and_oneself(self) -> None:
        number = made.claim(self.who, "LEGEMIDDEL")
        elsewhere = make.leader(self.town, make.unit(self.town))
        for who, error in ((self.who, Refused), (elsewhere, Refused), (make.leader(self.other), NotFound)):
            with pytest.raises(error):
                competence.verify_claim(make.context(who), evidence_id=number)
        for who in (self.leader, self.hr):
            own = made.claim(who, "HLR")
            with pytest.raises(Refused):
                competence.verify_claim(make.context(who), evidence_id=own)
        assert self.state() is State.MISSING
        competence.verify_claim(make.context(self.hr), evidence_id=number)

    def test_answers_once(self) -> None:
        number = made.claim(self.who, "LEGEMIDDEL")
        ctx = make.context(self.leader)
        competence.verify_claim(ctx, evidence_id=number)
        for again in (number, made.evidence(self.who, "HLR")):
            with pytest.raises(NotWaiting):
                competence.verify_claim(ctx, evidence_id=again)
        with pytest.raises(NotWaiting):
            competence.decline_claim(ctx, evidence_id=number, why="Nei.")


class TestDeclineClaim(World):
    def test_says_why_and_never_counts(self) -> None:
        number = made.claim(self.who, "LEGEMIDDEL")
        ctx = make.context(self.leader)
        with pytest.raises(NeedsReason):
            competence.decline_claim(ctx, evidence_id=number, why=" ")
        competence.decline_claim(ctx, evidence_id=number, why="Beviset gjelder et annet kurs.")
        assert self.state() is State.MISSING
        page = competence.get_own_competence(make.context(self.who))[0]
        assert page.unverified == ()
        versions = competence.get_evidence(make.context(self.who), number).versions
        assert (versions[0].void, versions[0].why) == (True, "Beviset gjelder et annet kurs.")

    def test_refuses_others(self) -> None:
        number = made.claim(self.who, "LEGEMIDDEL")
        for who, error in ((self.who, Refused), (make.leader(self.other), NotFound)):
            with pytest.raises(error):
                competence.decline_claim(make.context(who), evidence_id=number, why="Nei.")
        assert self.rows() == 1


class TestListClaims(World):
    def test_waits_for_those_who_answer_for_the_person_and_for_nobody_else(self) -> None:
        number = made.claim(self.who, "LEGEMIDDEL")
        made.claim(self.leader, "HLR")
        made.claim(make.employee(self.other), "HLR")
        assert [row.evidence_id for row in competence.list_claims(make.context(self.leader))] == [number]
        assert competence.count_claims(make.context(self.hr)) == 2
        for who in (self.who, make.leader(self.town, make.unit(self.town)), make.employee(self.town, self.unit)):
            assert competence.count_claims(make.context(who)) == 0
        competence.verify_claim(make.context(self.leader), evidence_id=number)
        assert competence.count_claims(make.context(self.leader)) == 0

    def test_asks_two_queries_for_two_and_for_twenty(self) -> None:
        ctx = make.context(self.leader)
        for times in (2, 18):
            for _ in range(times):
                made.claim(make.employee(self.town, self.unit), "HLR")
            with tenant_scope(ctx), CaptureQueriesContext(connection) as told:
                competence.list_claims(ctx)
            assert len(told.captured_queries) == 2
