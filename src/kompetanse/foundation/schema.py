"""The first wall, generated. Reads the models' declarations and makes the database agree with them:
forced row-level security, primary keys and foreign keys that carry the tenant, and the web role's rights.

`sync` runs after every migration and changes only what differs; `differences` tells what it would do,
which is how the catalogue test and `kompetanse doctor` know that the wall stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from .privacy import Tenancy, declared_models, tenancy_of
from .tenancy import TenantForeignKey

# The sub-select makes it an InitPlan: computed once, and the index on the tenant is used. An OR beside
# it (an escape hatch for administrators) would cost a sequential scan and be a hole besides.
IN_SIGHT = (
    "tenant_id = ANY ((SELECT string_to_array(NULLIF(current_setting('app.tenants', true), ''), ',')"
    "::bigint[])::bigint[])"
)
POLICY = "tenant_wall"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that differs, and the statement that mends it."""

    what: str
    sql: str


def tenant_models() -> Iterator[type[models.Model]]:
    return (model for model in declared_models() if tenancy_of(model) is Tenancy.OWN)


def differences(cursor: CursorWrapper, web_role: str) -> list[Step]:
    """What the database lacks of what the declarations say, in the order it must be mended."""
    steps: list[Step] = []
    for model in tenant_models():
        steps += _primary_key(cursor, model) + _row_security(cursor, model)
    for model in declared_models():
        steps += _foreign_keys(cursor, model)
    return steps + _rights(cursor, web_role)


def sync(connection: BaseDatabaseWrapper, web_role: str) -> list[Step]:
    """Mend every difference in one transaction. `connection` must be the owner's."""
    from django.db import transaction

    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        steps = differences(cursor, web_role)
        for step in steps:
            cursor.execute(step.sql)
    return steps


def _primary_key(cursor: CursorWrapper, model: type[models.Model]) -> list[Step]:
    table = model._meta.db_table
    cursor.execute(
        """SELECT con.conname, array_agg(att.attname::text ORDER BY k.ord)
           FROM pg_constraint con
           CROSS JOIN LATERAL unnest(con.conkey) WITH ORDINALITY k(num, ord)
           JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = k.num
           WHERE con.conrelid = %s::regclass AND con.contype = 'p' GROUP BY con.conname""",
        [table],
    )
    name, columns = cursor.fetchone()
    key = model._meta.pk
    assert key is not None
    if columns == ["tenant_id", key.column]:
        return []
    sql = (
        f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}", '
        f'ADD CONSTRAINT "{table}_pkey" PRIMARY KEY (tenant_id, "{key.column}")'
    )
    return [Step(f"{table}: the primary key carries the tenant", sql)]


def _row_security(cursor: CursorWrapper, model: type[models.Model]) -> list[Step]:
    table = model._meta.db_table
    steps = []
    cursor.execute("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
    if cursor.fetchone() != (True, True):
        sql = f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY'
        steps.append(Step(f"{table}: row-level security is forced", sql))
    # PostgreSQL rewrites the expression, so what was asked for is kept as the policy's comment.
    mark = hashlib.sha256(IN_SIGHT.encode()).hexdigest()[:16]
    cursor.execute(
        """SELECT polname, obj_description(oid, 'pg_policy') FROM pg_policy WHERE polrelid = %s::regclass""",
        [table],
    )
    found = dict(cursor.fetchall())
    steps += [
        Step(f"{table}: no other policy", f'DROP POLICY "{stranger}" ON "{table}"')
        for stranger in sorted(set(found) - {POLICY})
    ]
    if found.get(POLICY) != mark:
        sql = (
            f'DROP POLICY IF EXISTS {POLICY} ON "{table}"; '
            f'CREATE POLICY {POLICY} ON "{table}" USING ({IN_SIGHT}) WITH CHECK ({IN_SIGHT}); '
            f"COMMENT ON POLICY {POLICY} ON \"{table}\" IS '{mark}'"
        )
        steps.append(Step(f"{table}: the policy is as declared", sql))
    return steps


def _foreign_keys(cursor: CursorWrapper, model: type[models.Model]) -> list[Step]:
    table = model._meta.db_table
    steps = []
    for field in model._meta.concrete_fields:
        if not isinstance(field, TenantForeignKey):
            continue
        target = field.related_model._meta.db_table
        owner = model._meta.get_field(field.tenant_field).column  # type: ignore[union-attr]
        name = f"{table}_{field.column}_tenant_fk"[:63]
        action = "CASCADE" if field.remote_field.on_delete is models.CASCADE else "NO ACTION"
        cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass", [name, table])
        if cursor.fetchone() is None:
            sql = (
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY ("{owner}", "{field.column}") '
                f'REFERENCES "{target}" (tenant_id, id) ON DELETE {action} DEFERRABLE INITIALLY DEFERRED'
            )
            steps.append(Step(f"{table}.{field.column}: the foreign key carries the tenant", sql))
    return steps


def _rights(cursor: CursorWrapper, web_role: str) -> list[Step]:
    """The web role may read and write rows, and nothing else: it owns nothing and bypasses nothing."""
    cursor.execute(
        """SELECT c.relname::text, c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'S')
             AND NOT has_table_privilege(%s, c.oid,
                 'SELECT')
           ORDER BY 1""",
        [web_role],
    )
    steps = []
    for name, kind in cursor.fetchall():
        what = "USAGE, SELECT, UPDATE ON SEQUENCE" if kind == "S" else "SELECT, INSERT, UPDATE, DELETE ON TABLE"
        steps.append(Step(f"{name}: the web role may use it", f'GRANT {what} "{name}" TO "{web_role}"'))
    # Deeds are written once and never altered, whoever asks.
    append_only = [
        m._meta.db_table for m in apps.get_models() if getattr(getattr(m, "Data", None), "append_only", False)
    ]
    for table in sorted(append_only):
        cursor.execute("SELECT has_table_privilege(%s, %s::regclass, 'UPDATE')", [web_role, table])
        row = cursor.fetchone()
        if (row is not None and row[0]) or any(f'TABLE "{table}"' in step.sql for step in steps):
            sql = f'REVOKE UPDATE, DELETE, TRUNCATE ON TABLE "{table}" FROM "{web_role}"'
            steps.append(Step(f"{table}: append-only for the web role", sql))
    # Written once, but forgotten in time: what people have said about people.
    unaltered = [
        m._meta.db_table for m in apps.get_models() if getattr(getattr(m, "Data", None), "never_altered", False)
    ]
    for table in sorted(unaltered):
        cursor.execute("SELECT has_table_privilege(%s, %s::regclass, 'UPDATE')", [web_role, table])
        row = cursor.fetchone()
        if (row is not None and row[0]) or any(f'TABLE "{table}"' in step.sql for step in steps):
            sql = f'REVOKE UPDATE, TRUNCATE ON TABLE "{table}" FROM "{web_role}"'
            steps.append(Step(f"{table}: never altered by the web role", sql))
    return steps
