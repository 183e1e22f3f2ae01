"""Nobody lets themselves in: what a person may give does not give them more than they had."""

from __future__ import annotations

import secrets
from datetime import date

import pytest

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import OFFICE_ROLES, Role
from kompetanse.kernel.errors import DomainError
from tests import make

SINCE = date(2021, 1, 1)
GIVERS = [role for role in Role if role not in (*OFFICE_ROLES, Role.EMPLOYEE)]


class TestGivingRoles:
    @pytest.mark.parametrize("giver", GIVERS)
    def test_never_widens_what_the_giver_has_in_sight(self, giver: Role) -> None:
        region = make.region(municipalities=2)
        here, near = region.municipalities
        who = make.with_role(region, giver, town=here)
        before = make.context(who)

        for role in Role:
            for tenant_id in (region.tenant_id, near.tenant_id):
                with pytest.raises(DomainError):
                    organisation.give_role(
                        before, tenant_id=tenant_id, person_id=who.person_id, role=role, valid_from=SINCE
                    )
        assert make.context(who).tenants == before.tenants
        assert make.context(who).actor == before.actor

    @pytest.mark.parametrize("giver", GIVERS)
    @pytest.mark.parametrize("role", sorted(OFFICE_ROLES))
    def test_never_makes_an_office_of_a_municipality(self, giver: Role, role: Role) -> None:
        region = make.region()
        here = region.municipalities[0]
        who = make.with_role(region, giver, town=here)
        with pytest.raises(DomainError):
            organisation.give_role(
                make.context(who), tenant_id=here.tenant_id, person_id=who.person_id, role=role, valid_from=SINCE
            )
        assert make.context(who).actor.roles == {giver, Role.EMPLOYEE}


class TestOpeningAccounts:
    def test_is_for_ones_own_people(self) -> None:
        region = make.region()
        here = region.municipalities[0]
        hr = make.context(make.with_role(region, Role.HR, town=here))
        person_id = organisation.new_person()
        organisation.give_role(
            make.system(region), tenant_id=region.tenant_id, person_id=person_id,
            role=Role.SYSTEM_ADMINISTRATOR, valid_from=SINCE,
        )  # fmt: skip
        username = f"kapret-{secrets.token_hex(4)}"
        with pytest.raises(DomainError):
            organisation.open_account(
                hr, tenant_id=here.tenant_id, person_id=person_id, username=username, name="Kapret"
            )


class TestJoiningARegion:
    @pytest.mark.parametrize("role", sorted(OFFICE_ROLES))
    def test_is_not_for_the_region_to_decide_alone(self, role: Role) -> None:
        """A member's people come in sight of the office: nobody fetches a municipality out of another region."""
        region, other = make.region(), make.region()
        theirs = other.municipalities[0].tenant_id
        office = make.with_role(region, role)
        with pytest.raises(DomainError):
            organisation.join_region(
                make.context(office), region_id=region.tenant_id, municipality_id=theirs, valid_from=SINCE
            )
        assert theirs not in make.context(office).tenants
