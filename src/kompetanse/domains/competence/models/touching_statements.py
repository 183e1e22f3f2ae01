"""Which change touches whom: triggers on every table that a status is reckoned from, each in the change's transaction.

They find whose statuses may be another, and ask `keeping_statements` to reckon them anew.
"""

from __future__ import annotations

from collections.abc import Iterator

# Who was touched by a statement. The row sets `come` and `gone` exist by the kind of statement.
_TOUCHED = """
CREATE OR REPLACE FUNCTION competence_touched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
BEGIN
    IF TG_OP = 'INSERT' THEN
        FOR one IN SELECT tenant_id, array_agg(DISTINCT employee_id) AS who FROM come GROUP BY tenant_id LOOP
            PERFORM competence_refresh(one.tenant_id, one.who);
        END LOOP;
    ELSIF TG_OP = 'DELETE' THEN
        FOR one IN SELECT tenant_id, array_agg(DISTINCT employee_id) AS who FROM gone GROUP BY tenant_id LOOP
            PERFORM competence_refresh(one.tenant_id, one.who);
        END LOOP;
    ELSE
        FOR one IN SELECT tenant_id, array_agg(DISTINCT employee_id) AS who
                   FROM (SELECT tenant_id, employee_id FROM come UNION SELECT tenant_id, employee_id FROM gone) either
                   GROUP BY tenant_id LOOP
            PERFORM competence_refresh(one.tenant_id, one.who);
        END LOOP;
    END IF;
    RETURN NULL;
END $$
"""
# Evidence was written, or taken away: what it proves, what the one it corrects proves, and all that may follow from it.
# What proves nothing yet changes nothing.
_PROVED = """
CREATE OR REPLACE FUNCTION competence_proved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
BEGIN
    -- Who gives the words a meaning at this moment is waited for, and the meaning is seen.
    INSERT INTO competence_keeping AS k (tenant_id, revision, latest)
    SELECT DISTINCT tenant_id, (SELECT revision FROM competence_registerrevision), app_today() FROM rows ORDER BY 1
    ON CONFLICT (tenant_id) DO UPDATE SET latest = excluded.latest WHERE k.latest < excluded.latest;
    FOR one IN
        SELECT r.tenant_id, array_agg(DISTINCT r.employee_id) AS who,
               array_agg(DISTINCT coalesce(e.requirement_id, m.requirement_id)) AS what
        FROM rows r
        JOIN competence_evidence e ON e.tenant_id = r.tenant_id AND e.id = r.corrects_id
        LEFT JOIN competence_textmapping m ON m.tenant_id = e.tenant_id AND m.text_key = e.title_key
             AND e.requirement_id IS NULL AND m.replaced_at IS NULL
        WHERE coalesce(e.requirement_id, m.requirement_id) IS NOT NULL
        GROUP BY r.tenant_id
        UNION ALL
        SELECT r.tenant_id, array_agg(DISTINCT r.employee_id),
               array_agg(DISTINCT coalesce(r.requirement_id, m.requirement_id))
        FROM rows r
        LEFT JOIN competence_textmapping m ON m.tenant_id = r.tenant_id AND m.text_key = r.title_key
             AND r.requirement_id IS NULL AND m.replaced_at IS NULL
        WHERE coalesce(r.requirement_id, m.requirement_id) IS NOT NULL
        GROUP BY r.tenant_id
    LOOP
        PERFORM competence_refresh_some(one.tenant_id, one.who, competence_related(one.what));
    END LOOP;
    RETURN NULL;
END $$
"""
# A dispensation was given or taken back.
_DISPENSED = """
CREATE OR REPLACE FUNCTION competence_dispensed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT tenant_id, array_agg(DISTINCT employee_id) AS who, array_agg(DISTINCT requirement_id) AS what
               FROM rows GROUP BY tenant_id LOOP
        PERFORM competence_refresh_some(one.tenant_id, one.who, competence_related(one.what));
    END LOOP;
    RETURN NULL;
END $$
"""
# Who looks for whom a change concerns waits for those who are writing: they did not know of it, and would not be found.
_TURN = """    PERFORM FROM competence_keeping k WHERE k.tenant_id IN (SELECT tenant_id FROM {rows})
    ORDER BY k.tenant_id FOR NO KEY UPDATE;"""
# Words were given a meaning, or another: those whose register has the words.
_MEANT = f"""
CREATE OR REPLACE FUNCTION competence_meant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
BEGIN
{_TURN.format(rows="rows")}
    FOR one IN SELECT e.tenant_id, array_agg(DISTINCT e.employee_id) AS who
               FROM rows m JOIN competence_evidence e ON e.tenant_id = m.tenant_id AND e.title_key = m.text_key
                    AND e.requirement_id IS NULL
               GROUP BY e.tenant_id LOOP
        PERFORM competence_refresh(one.tenant_id, one.who);
    END LOOP;
    RETURN NULL;
END $$
"""
# A unit has another name or sector: those who work there.
_RENAMED = f"""
CREATE OR REPLACE FUNCTION competence_renamed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
BEGIN
    IF NOT EXISTS (SELECT FROM come JOIN gone ON gone.tenant_id = come.tenant_id AND gone.id = come.id
                   WHERE (come.name_words, come.sector_key) IS DISTINCT FROM (gone.name_words, gone.sector_key)) THEN
        RETURN NULL;
    END IF;
{_TURN.format(rows="come")}
    FOR one IN SELECT p.tenant_id, array_agg(DISTINCT p.employee_id) AS who
               FROM come JOIN gone ON gone.tenant_id = come.tenant_id AND gone.id = come.id
               JOIN organisation_post p ON p.tenant_id = come.tenant_id AND p.unit_id = come.id
               WHERE (come.name_words, come.sector_key) IS DISTINCT FROM (gone.name_words, gone.sector_key)
               GROUP BY p.tenant_id LOOP
        PERFORM competence_refresh(one.tenant_id, one.who);
    END LOOP;
    RETURN NULL;
END $$
"""
# A municipality has a rule of its own, or has answered to a new version: everybody there.
_LOCAL = """
CREATE OR REPLACE FUNCTION competence_local() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT DISTINCT tenant_id FROM rows LOOP
        PERFORM competence_refresh_tenant(one.tenant_id);
    END LOOP;
    RETURN NULL;
END $$
"""
# The shared register has changed: nothing that is kept follows it before it has been reckoned anew. What is a
# municipality's own puts that municipality behind, and no other.
_REVISED = """
CREATE OR REPLACE FUNCTION competence_revised() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_owners bigint[];
BEGIN
    SELECT array_agg(DISTINCT coalesce(r.owner_id, 0)) INTO v_owners
    FROM (SELECT to_jsonb(rows) AS told FROM rows) one
    LEFT JOIN competence_requirementversion v ON v.id = (told->>'version_id')::bigint
    LEFT JOIN competence_requirement r ON r.id = coalesce(v.requirement_id, (told->>'requirement_id')::bigint);
    IF coalesce(0 = ANY (v_owners), true) THEN
        INSERT INTO competence_registerrevision AS r (id, revision) VALUES (1, 1)
        ON CONFLICT (id) DO UPDATE SET revision = r.revision + 1;
    ELSE
        UPDATE competence_keeping SET revision = 0 WHERE tenant_id = ANY (v_owners);
    END IF;
    RETURN NULL;
END $$
"""
# Somebody's last trace is taken away.
_LEFT = """
CREATE OR REPLACE FUNCTION competence_left() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM competence_clock c USING gone WHERE c.tenant_id = gone.tenant_id AND c.employee_id = gone.id;
    RETURN NULL;
END $$
"""


def _trigger(table: str, function: str, kind: str, rows: str, *, when: str = "") -> Iterator[str]:
    name = f"{function}_{kind.lower()}"
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield (
        f"CREATE TRIGGER {name} AFTER {kind} ON {table} REFERENCING {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )


_ROWS = {"INSERT": "NEW TABLE AS come", "UPDATE": "OLD TABLE AS gone NEW TABLE AS come", "DELETE": "OLD TABLE AS gone"}


def _triggers() -> Iterator[str]:
    for table in ("organisation_post", "organisation_leadership", "competence_duty"):
        for kind, rows in _ROWS.items():
            yield from _trigger(table, "competence_touched", kind, rows)
    for table, function in (
        ("competence_evidence", "competence_proved"),
        ("competence_dispensation", "competence_dispensed"),
    ):
        for kind in ("INSERT", "DELETE"):
            yield f"DROP TRIGGER IF EXISTS competence_touched_{kind.lower()} ON {table}"
            yield from _trigger(table, function, kind, f"{'NEW' if kind == 'INSERT' else 'OLD'} TABLE AS rows")
        yield from _trigger(table, "competence_touched", "UPDATE", _ROWS["UPDATE"])
    for table, function in (
        ("competence_textmapping", "competence_meant"),
        ("competence_localrule", "competence_local"),
        ("competence_versionreply", "competence_local"),
    ):
        for kind in ("INSERT", "UPDATE"):
            yield from _trigger(table, function, kind, "NEW TABLE AS rows")
        yield from _trigger(table, function, "DELETE", "OLD TABLE AS rows")
    yield from _trigger("organisation_unit", "competence_renamed", "UPDATE", _ROWS["UPDATE"])
    yield from _trigger("organisation_employee", "competence_left", "DELETE", _ROWS["DELETE"])
    for table in (
        "competence_requirementversion", "competence_requirementtarget", "competence_equivalence",
        "competence_alternative",
    ):  # fmt: skip
        for kind in _ROWS:
            rows = "OLD TABLE AS rows" if kind == "DELETE" else "NEW TABLE AS rows"
            yield from _trigger(table, "competence_revised", kind, rows)


TRIGGERS = ";\n".join(_triggers())
ROUTINES = (_TOUCHED, _PROVED, _DISPENSED, _MEANT, _RENAMED, _LOCAL, _REVISED, _LEFT, TRIGGERS)
