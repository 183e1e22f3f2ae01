"""What no single row can promise: a block lies within its session, whichever of the two is changed."""

from __future__ import annotations

WITHIN = """
CREATE OR REPLACE FUNCTION courses_blocks_within() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    IF TG_TABLE_NAME = 'courses_block' THEN
        IF EXISTS (SELECT FROM courses_session s
                    WHERE s.tenant_id = NEW.tenant_id AND s.id = NEW.session_id
                      AND (NEW.starts_at < s.starts_at OR NEW.ends_at > s.ends_at)) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'block_lies_within_session',
                MESSAGE = 'block_lies_within_session';
        END IF;
    ELSIF EXISTS (SELECT FROM courses_block b
                   WHERE b.tenant_id = NEW.tenant_id AND b.session_id = NEW.id
                     AND (b.starts_at < NEW.starts_at OR b.ends_at > NEW.ends_at)) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'block_lies_within_session',
            MESSAGE = 'block_lies_within_session';
    END IF;
    RETURN NULL;
END $$
"""
ROUTINES = (
    WITHIN,
    "DROP TRIGGER IF EXISTS courses_block_within ON courses_block;\n"
    "CREATE TRIGGER courses_block_within AFTER INSERT OR UPDATE ON courses_block "
    "FOR EACH ROW EXECUTE FUNCTION courses_blocks_within()",
    "DROP TRIGGER IF EXISTS courses_session_round_blocks ON courses_session;\n"
    "CREATE TRIGGER courses_session_round_blocks AFTER UPDATE OF starts_at, ends_at ON courses_session "
    "FOR EACH ROW EXECUTE FUNCTION courses_blocks_within()",
)
