from __future__ import annotations

from django.core.management import call_command
from django.db import connections, models

from kompetanse.domains.organisation.models import Unit
from kompetanse.foundation import privacy, schema
from kompetanse.foundation.tenancy import TenantForeignKey, TenantModel


class TestWall:
    def test_the_catalogue_agrees_with_the_declarations(self) -> None:
        with connections["owner"].cursor() as cursor:
            assert [step.what for step in schema.differences(cursor, "kompetanse_web")] == []

    def test_a_missing_policy_is_found(self) -> None:
        from django.db import transaction

        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(f"DROP POLICY {schema.POLICY} ON {Unit._meta.db_table}")
            found = [step.what for step in schema.differences(cursor, "kompetanse_web")]
            transaction.set_rollback(True, using="owner")

        assert found == ["organisation_unit: the policy is as declared"]

    def test_every_tenant_model_is_declared_as_owned(self) -> None:
        for model in privacy.declared_models():
            owned = privacy.tenancy_of(model) is privacy.Tenancy.OWN
            assert owned == issubclass(model, TenantModel), model

    def test_every_unique_rule_of_a_tenant_table_carries_the_tenant(self) -> None:
        for model in schema.tenant_models():
            for constraint in model._meta.constraints:
                if isinstance(constraint, models.UniqueConstraint):
                    assert "tenant" in constraint.fields, f"{model.__name__}: {constraint.name}"
            assert not [field for field in model._meta.fields if field.unique and not field.primary_key], model

    def test_keys_between_tenant_tables_carry_the_tenant(self) -> None:
        tenant_tables = set(schema.tenant_models())
        for model in privacy.declared_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.ForeignKey) and field.related_model in tenant_tables:
                    assert isinstance(field, TenantForeignKey), f"{model.__name__}.{field.name}"

    def test_migrations_are_complete(self) -> None:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
