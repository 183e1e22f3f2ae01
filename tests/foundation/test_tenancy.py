from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from kompetanse.domains.organisation.models import Unit
from kompetanse.foundation import tenancy
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import NoScope, tenant_scope
from kompetanse.kernel.context import system_context
from tests import make


class TestTenantWall:
    def test_shows_only_the_tenants_in_scope(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities

        with tenant_scope(system_context("test", {mine.tenant_id})):
            seen = set(Unit.objects.values_list("tenant_id", flat=True))

        assert seen == {mine.tenant_id}
        assert other.tenant_id not in seen

    def test_refuses_to_write_for_another_tenant(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities

        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            tenant_scope(system_context("test", {mine.tenant_id})),
        ):
            Unit.objects.create(tenant_id=other.tenant_id, code="x", name="x")

    def test_a_row_cannot_point_across_a_border(self) -> None:
        region = make.region(municipalities=2)
        mine, other = region.municipalities

        with pytest.raises(IntegrityError, match="tenant_fk"), tenant_scope(make.system(region)):
            Unit.objects.create(tenant_id=mine.tenant_id, code="x", name="x", parent=other.root)

    def test_is_loud_without_a_scope(self) -> None:
        with pytest.raises(NoScope):
            Unit.objects.count()

    def test_a_written_statement_is_as_loud(self) -> None:
        with pytest.raises(NoScope):
            tenancy.select("SELECT count(*) FROM organisation_unit")

    def test_the_web_role_sees_nothing_without_a_scope_even_by_sql(self) -> None:
        make.region()

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM organisation_unit")
            assert cursor.fetchone() == (0,)

    def test_the_tests_run_as_the_web_role(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == ("kompetanse_web", False, False)

    def test_deeds_cannot_be_altered(self) -> None:
        region = make.region()

        with pytest.raises(ProgrammingError, match="permission denied"), tenant_scope(make.system(region)):
            Deed.objects.update(actor_name="somebody else")
