"""What was known of a post is kept by the database: every change of a post closes one row and opens another."""

from __future__ import annotations

_TRACKED = "employee_id, unit_id, title_key, valid_from, valid_to, leave_from, leave_to, ended_on"

HISTORY = f"""
CREATE OR REPLACE FUNCTION organisation_post_known() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO organisation_posthistory (tenant_id, post_id, {_TRACKED}, known_from)
        SELECT tenant_id, id, {_TRACKED}, app_now() FROM come;
    ELSIF TG_OP = 'DELETE' THEN
        -- What is deleted is forgotten: retention has no use for a memory of what it took away.
        DELETE FROM organisation_posthistory h USING gone WHERE h.tenant_id = gone.tenant_id AND h.post_id = gone.id;
    ELSE
        WITH other AS (
            SELECT tenant_id, id, {_TRACKED} FROM come EXCEPT SELECT tenant_id, id, {_TRACKED} FROM gone
        ), closed AS (
            UPDATE organisation_posthistory h SET known_to = app_now() FROM other
            WHERE h.tenant_id = other.tenant_id AND h.post_id = other.id AND h.known_to IS NULL
        )
        INSERT INTO organisation_posthistory (tenant_id, post_id, {_TRACKED}, known_from)
        SELECT tenant_id, id, {_TRACKED}, app_now() FROM other;
    END IF;
    RETURN NULL;
END $$
"""
ROWS = {"INSERT": "NEW TABLE AS come", "UPDATE": "OLD TABLE AS gone NEW TABLE AS come", "DELETE": "OLD TABLE AS gone"}
ROUTINES = (
    HISTORY,
    *(
        f"DROP TRIGGER IF EXISTS organisation_post_known_{kind.lower()} ON organisation_post;\n"
        f"CREATE TRIGGER organisation_post_known_{kind.lower()} AFTER {kind} ON organisation_post "
        f"REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION organisation_post_known()"
        for kind, rows in ROWS.items()
    ),
)
