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

from .privacy import Tenancy, declared_models, ends_of, tenancy_of
from .retention import forgetter, is_append_only, keep_of
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


_routines: dict[str, str] = {
    "now": """
CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now())
$$;
CREATE OR REPLACE FUNCTION app_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (app_now() AT TIME ZONE 'Europe/Oslo')::date
$$
""",
}


def declare_routines(name: str, *statements: str) -> None:
    """Functions and triggers that belong to the tables: put in place after every migration, and held to the text.

    The statements must be repeatable. Called from an app's `ready`, in the order of the domains.
    """
    _routines[name] = ";\n".join(statement.strip() for statement in statements)


def routine_differences(cursor: CursorWrapper) -> list[Step]:
    """Which routines are not, or not as told: each is marked with a hash of its text."""
    steps = []
    cursor.execute("SELECT obj_description(to_regprocedure('app_now()'), 'pg_proc')")
    row = cursor.fetchone()
    marks = dict(part.split("=", 1) for part in ((row[0] if row else "") or "").split() if "=" in part)
    wanted = {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in _routines.items()}
    if any(marks.get(name) != mark for name, mark in wanted.items()):
        # All of them, in order: what stands on another must not outlive it.
        words = " ".join(f"{name}={mark}" for name, mark in wanted.items())
        text = ";\n".join([*_routines.values(), f"COMMENT ON FUNCTION app_now() IS '{words}'"])
        steps.append(Step("the routines are as declared", text))
    return steps


def tenant_models() -> Iterator[type[models.Model]]:
    return (model for model in declared_models() if tenancy_of(model) is Tenancy.OWN)


def differences(cursor: CursorWrapper, web_role: str) -> list[Step]:
    """What the database lacks of what the declarations say, in the order it must be mended."""
    steps: list[Step] = []
    for model in tenant_models():
        steps += _primary_key(cursor, model) + _row_security(cursor, model)
    for model in declared_models():
        steps += _foreign_keys(cursor, model)
    steps += routine_differences(cursor) + _rights(cursor, web_role)
    for model in tenant_models():
        steps += _forgetting(cursor, model, web_role)
    return steps


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
    if columns[0] == "tenant_id" and getattr(model.Data, "derived", False):  # type: ignore[attr-defined]
        return []
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
        if not isinstance(field, TenantForeignKey) or field.derived:
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
    # Deeds are written once and never altered, whoever asks; what is derived is written by the database alone.
    for mark, lost, words in (
        ("append_only", "UPDATE, DELETE, TRUNCATE", "append-only for the web role"),
        # Written once, but forgotten in time: what people have said about people.
        ("never_altered", "UPDATE, TRUNCATE", "never altered by the web role"),
        ("derived", "INSERT, UPDATE, DELETE, TRUNCATE", "read-only for the web role"),
    ):
        marked = [m._meta.db_table for m in apps.get_models() if getattr(getattr(m, "Data", None), mark, False)]
        for table in sorted(marked):
            cursor.execute("SELECT has_table_privilege(%s, %s::regclass, 'UPDATE')", [web_role, table])
            row = cursor.fetchone()
            if (row is not None and row[0]) or any(f'TABLE "{table}"' in step.sql for step in steps):
                sql = f'REVOKE {lost} ON TABLE "{table}" FROM "{web_role}"'
                steps.append(Step(f"{table}: {words}", sql))
    return steps


def _forgetting(cursor: CursorWrapper, model: type[models.Model], web_role: str) -> list[Step]:
    """The one way out of an append-only table: a function of the owner's that deletes what is past its end.

    It looks for itself, by the database's own clock, so that no caller can make it delete what is younger; and the
    wall stands round it as round everything. Tables that are archive have no such function.
    """
    condition = _is_past(model) if is_append_only(model) else ""
    if not condition:
        return []
    name, table = forgetter(model), model._meta.db_table
    delete = f'DELETE FROM "{table}" one WHERE {condition} AND {IN_SIGHT}'  # noqa: S608 - names of our own
    body = f"WITH gone AS ({delete} RETURNING 1) SELECT count(*) FROM gone"  # noqa: S608
    mark = hashlib.sha256(body.encode()).hexdigest()[:16]
    cursor.execute(
        """SELECT obj_description(oid, 'pg_proc'), has_function_privilege(%s, oid, 'EXECUTE') FROM pg_proc
           WHERE proname = %s AND pronamespace = 'public'::regnamespace""",
        [web_role, name],
    )
    if cursor.fetchone() == (mark, True):
        return []
    sql = (
        f'CREATE OR REPLACE FUNCTION "{name}"(wanted bigint[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER '
        f"SET search_path = public, pg_temp AS $$ {body} $$; "
        f'REVOKE ALL ON FUNCTION "{name}"(bigint[]) FROM PUBLIC; '
        f'GRANT EXECUTE ON FUNCTION "{name}"(bigint[]) TO "{web_role}"; '
        f"COMMENT ON FUNCTION \"{name}\"(bigint[]) IS '{mark}'"
    )
    return [Step(f"{table}: what is past its end may be deleted, and nothing else", sql)]


def _is_past(model: type[models.Model]) -> str:
    """When a row of an append-only table is past its end, in SQL; empty where no end is declared."""
    keep = keep_of(model)
    if keep.years is None:
        return ""
    bound = f"(now() - interval '{keep.years} years')"
    if keep.when:
        return f'one.id = ANY (wanted) AND one."{_column(model, keep.when)}" < {bound}'
    subject = getattr(model.Data, "subject", "") or ""  # type: ignore[attr-defined]
    if not subject:
        return ""
    owner = model._meta.get_field(subject.split("__")[0])
    ends = ends_of(owner.related_model) if isinstance(owner, models.ForeignKey) else None
    if ends is None or ends.after != keep.after:
        return ""
    rows, mine = apps.get_model(ends.model), f'one."{_column(model, owner.name)}"'
    dates = ", ".join(f'row."{_column(rows, name)}"' for name in ends.dates)
    same = f'row.tenant_id = one.tenant_id AND row."{_column(rows, ends.by)}" = {mine}'
    of_owner = f'FROM "{rows._meta.db_table}" row WHERE {same}'
    return (
        f"{mine} = ANY (wanted) AND EXISTS (SELECT {of_owner}) "
        f"AND NOT EXISTS (SELECT {of_owner} AND COALESCE(LEAST({dates}) >= {bound}::date, true))"
    )


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return str(field.column)
