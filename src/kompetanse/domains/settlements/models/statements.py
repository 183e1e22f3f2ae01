"""What the database holds of money: shares sum to their settlement, and what is approved stands."""

from __future__ import annotations

# The sum is looked at when the transaction ends, with the row's own region in sight whatever was in sight then.
_SUM = """
CREATE OR REPLACE FUNCTION settlements_check_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_tenant bigint; v_id bigint; v_seen text; v_total bigint; v_sum bigint;
BEGIN
    IF TG_TABLE_NAME = 'settlements_settlement' THEN
        v_tenant := NEW.tenant_id; v_id := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        v_tenant := OLD.tenant_id; v_id := OLD.settlement_id;
    ELSE
        v_tenant := NEW.tenant_id; v_id := NEW.settlement_id;
    END IF;
    v_seen := current_setting('app.tenants', true);
    PERFORM set_config('app.tenants', v_tenant::text, true);
    -- Shares of what is approved go only when their time is past, one by one.
    SELECT total_ore INTO v_total FROM settlements_settlement
     WHERE tenant_id = v_tenant AND id = v_id AND (TG_OP <> 'DELETE' OR status = 'draft');
    SELECT coalesce(sum(amount_ore), 0) INTO v_sum
      FROM settlements_share WHERE tenant_id = v_tenant AND settlement_id = v_id;
    PERFORM set_config('app.tenants', coalesce(v_seen, ''), true);
    IF v_total IS NOT NULL AND v_sum <> v_total THEN
        RAISE EXCEPTION 'shares sum to %, the settlement to %', v_sum, v_total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shares_sum_to_the_settlement';
    END IF;
    RETURN NULL;
END $$
"""
_SUM_OF_SHARES = """
DROP TRIGGER IF EXISTS shares_sum_to_the_settlement ON settlements_share;
CREATE CONSTRAINT TRIGGER shares_sum_to_the_settlement AFTER INSERT OR UPDATE OR DELETE ON settlements_share
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlements_check_sum()
"""
_SUM_OF_SETTLEMENT = """
DROP TRIGGER IF EXISTS shares_sum_to_the_settlement ON settlements_settlement;
CREATE CONSTRAINT TRIGGER shares_sum_to_the_settlement AFTER INSERT OR UPDATE ON settlements_settlement
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlements_check_sum()
"""
# A correction is a new version. Of an approved one only the status, and the day it was sent, go on.
_FROZEN = """
CREATE OR REPLACE FUNCTION settlements_keep_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE'
       AND (to_jsonb(NEW) - 'status' - 'sent_at') = (to_jsonb(OLD) - 'status' - 'sent_at')
       AND NEW.status <> 'draft' AND (OLD.sent_at IS NULL OR NEW.sent_at = OLD.sent_at)
       AND NOT (OLD.status = 'replaced' AND NEW.status <> 'replaced') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND OLD.made_at < now() - interval '10 years' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'an approved settlement stands' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'approved_settlement_stands';
END $$;
DROP TRIGGER IF EXISTS approved_settlement_stands ON settlements_settlement;
CREATE TRIGGER approved_settlement_stands BEFORE UPDATE OR DELETE ON settlements_settlement
FOR EACH ROW EXECUTE FUNCTION settlements_keep_settlement()
"""
_SHARES_FROZEN = """
CREATE OR REPLACE FUNCTION settlements_keep_share() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_tenant bigint; v_id bigint; v_status text; v_made timestamptz;
BEGIN
    IF TG_OP = 'INSERT' THEN
        v_tenant := NEW.tenant_id; v_id := NEW.settlement_id;
    ELSE
        v_tenant := OLD.tenant_id; v_id := OLD.settlement_id;
    END IF;
    SELECT status, made_at INTO v_status, v_made FROM settlements_settlement WHERE tenant_id = v_tenant AND id = v_id;
    IF v_status IS NULL OR v_status = 'draft'
       OR (TG_OP = 'DELETE' AND v_made < now() - interval '10 years') THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'the shares of an approved settlement stand' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'approved_shares_stand';
END $$;
DROP TRIGGER IF EXISTS approved_shares_stand ON settlements_share;
CREATE TRIGGER approved_shares_stand BEFORE INSERT OR UPDATE OR DELETE ON settlements_share
FOR EACH ROW EXECUTE FUNCTION settlements_keep_share()
"""
ROUTINES = (_SUM, _SUM_OF_SHARES, _SUM_OF_SETTLEMENT, _FROZEN, _SHARES_FROZEN)
