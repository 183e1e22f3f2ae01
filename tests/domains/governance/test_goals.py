from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.models import Frame, Goal
from kompetanse.domains.governance.types import (
    LimitIsImpossible,
    PeriodIsTurned,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import governance as gov
from tests.make.governance import TODAY


class TestSetGoal:
    def test_keeps_the_goal_with_its_decision(self) -> None:
        region = make.region()

        goal_id = gov.goal(region)

        row = governance.get_goal(make.system(region), goal_id=goal_id)
        assert (row.reference, row.title, row.decision_reference) == (
            f"MÅL-{goal_id}", "Trygge tjenester", "K-sak 41/26",
        )  # fmt: skip

    def test_corrects_the_same_goal(self) -> None:
        region = make.region()
        goal_id = gov.goal(region)

        again = governance.set_goal(
            make.context(make.office(region)), tenant_id=region.tenant_id, goal_id=goal_id, title_nb="Nytt",
            decision_reference="K-sak 2/27", valid_from=TODAY,
        )  # fmt: skip

        assert again == goal_id
        assert [row.title for row in governance.list_goals(make.system(region))] == ["Nytt"]

    def test_refuses_a_leader_and_an_end_before_the_start(self) -> None:
        region = make.region()
        leader = make.context(make.leader(region.municipalities[0]))
        wanted: dict[str, Any] = {
            "tenant_id": region.tenant_id,
            "title_nb": "Mål",
            "decision_reference": "1",
            "valid_from": TODAY,
        }

        with pytest.raises(Refused):
            governance.set_goal(leader, **wanted)
        with pytest.raises(PeriodIsTurned):
            governance.set_goal(make.system(region), **wanted, valid_to=TODAY - timedelta(days=1))

        with tenant_scope(make.system(region)):
            assert not Goal.objects.exists()

    def test_a_contact_person_sets_the_own_municipality_s_goals_alone(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities
        contact = make.context(make.with_role(region, Role.CONTACT_PERSON, town=mine))

        governance.set_goal(contact, tenant_id=mine.tenant_id, title_nb="Mål", decision_reference="1", valid_from=TODAY)
        for tenant_id in (region.tenant_id, other.tenant_id):
            with pytest.raises(Refused):
                governance.set_goal(
                    contact, tenant_id=tenant_id, title_nb="Mål", decision_reference="1", valid_from=TODAY
                )

    def test_another_region_s_goal_is_not_found(self) -> None:
        region, elsewhere = make.region(), make.region()
        goal_id = gov.goal(elsewhere)

        with pytest.raises(NotFound):
            governance.get_goal(make.context(make.office(region)), goal_id=goal_id)


class TestSetFrame:
    def test_the_newest_decision_stands(self) -> None:
        region = make.region()
        gov.frame(region, kroner=1000)

        gov.frame(region, kroner=2000)

        frame = governance.find_frame(make.system(region), tenant_id=region.tenant_id, year=2027)
        assert frame is not None
        assert frame.limit_ore == 200_000
        assert governance.find_frame(make.system(region), tenant_id=region.tenant_id, year=2028) is None

    def test_refuses_forum_members_and_impossible_amounts(self) -> None:
        region = make.region()
        member = make.context(gov.forum(region).member)
        wanted: dict[str, Any] = {"tenant_id": region.tenant_id, "year": 2027, "decision_reference": "RR 1"}

        with pytest.raises(Refused):
            governance.set_frame(member, limit_ore=1, **wanted)
        with pytest.raises(LimitIsImpossible):
            governance.set_frame(make.system(region), limit_ore=-1, **wanted)

        with tenant_scope(make.system(region)):
            assert not Frame.objects.exists()
