from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.rules.raising import is_declined, propose
from kompetanse.domains.needs.types import (
    Cause,
    DeclineHasNoReason,
    Origin,
    ProposalCause,
    ProposalIsGone,
    ProposalRow,
)
from tests import make
from tests.make import competence as make_competence


def row(people: int | None = 3, cause: ProposalCause = ProposalCause.EXPIRY, code: str = "A") -> ProposalRow:
    return ProposalRow(1, 2, "Hjemme", code, "Kurs", people, cause, None)


class TestPropose:
    def test_leaves_out_what_is_told_and_what_concerns_nobody(self) -> None:
        assert propose([row(), row(code="B"), row(0, code="C"), row(40_000, code="D")], {(1, 2, "A")}) == [
            row(code="B")
        ]

    def test_keeps_one_for_each_place_and_requirement(self) -> None:
        assert propose([row(9, ProposalCause.NEW), row(2), row(None, ProposalCause.COMING, "B")], set()) == [
            row(2),
            row(None, ProposalCause.COMING, "B"),
        ]


class TestProposals:
    def test_are_told_once_by_the_one_who_says_yes(self) -> None:
        make_competence.register()
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town)
        leader = make.leader(town, unit)
        for _ in range(2):
            who = make.employee(town, unit)
            make_competence.evidence(who, "LEGEMIDDEL", valid_to=make_competence.TODAY + timedelta(days=30))
        ctx = make.context(leader)

        found = needs.list_proposals(ctx)
        mine = [it for it in found if it.requirement_code == "LEGEMIDDEL"]
        assert [(it.unit_id, it.people, it.cause) for it in mine] == [(unit.pk, 2, ProposalCause.EXPIRY)]
        assert needs.list_needs(ctx) == []

        client = Client()
        client.force_login(leader.account, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get("/behov/forslag/").status_code == 200
        need_id = needs.confirm_proposal(ctx, tenant_id=town.tenant_id, unit_id=unit.pk, requirement_code="LEGEMIDDEL")

        need = needs.get_need(ctx, need_id=need_id)
        assert (need.origin, need.people, need.cause) == (Origin.RAISED, 2, Cause.RENEWAL)
        with pytest.raises(ProposalIsGone):
            needs.confirm_proposal(ctx, tenant_id=town.tenant_id, unit_id=unit.pk, requirement_code="LEGEMIDDEL")
        assert len(needs.list_needs(ctx)) == 1

    def test_what_somebody_said_no_to_is_not_suggested_again(self) -> None:
        make_competence.register()
        region = make.region()
        town = region.municipalities[0]
        unit, other = make.unit(town), make.unit(town)
        leader, stranger = make.leader(town, unit), make.leader(town, other)
        who = make.employee(town, unit)
        make_competence.evidence(who, "LEGEMIDDEL", valid_to=make_competence.TODAY + timedelta(days=30))
        ctx = make.context(leader)
        place: dict[str, Any] = {"tenant_id": town.tenant_id, "unit_id": unit.pk, "requirement_code": "LEGEMIDDEL"}

        for why in ("", "   ", "x" * 501):
            with pytest.raises(DeclineHasNoReason):
                needs.decline_proposal(ctx, **place, why=why)
        with pytest.raises(ProposalIsGone):
            needs.decline_proposal(make.context(stranger), **place, why="Nei")
        assert [it for it in needs.list_proposals(ctx) if it.requirement_code == "LEGEMIDDEL"]
        client = Client()
        client.force_login(leader.account, backend="django.contrib.auth.backends.ModelBackend")
        answer = {"act": "decline", "tenant": town.tenant_id, "unit": unit.pk, "requirement": "LEGEMIDDEL"}
        assert client.post("/behov/forslag/", answer).status_code == 422
        needs.decline_proposal(ctx, **place, why="Slutter i juni.")

        assert not [it for it in needs.list_proposals(ctx) if it.requirement_code == "LEGEMIDDEL"]
        assert needs.list_needs(ctx) == []
        with pytest.raises(ProposalIsGone):
            needs.confirm_proposal(ctx, **place)

    def test_another_version_is_suggested_anew(self) -> None:
        told = row(cause=ProposalCause.NEW)
        declined = {(told.tenant_id, told.unit_id, told.requirement_code, "new", told.valid_from)}
        later = replace(told, valid_from=date(2030, 1, 1))
        assert [is_declined(it, declined) for it in (told, later, replace(told, cause=ProposalCause.COMING))] == [
            True, False, False,
        ]  # fmt: skip
