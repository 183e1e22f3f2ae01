"""How what is kept ready follows the ledger: refreshed by triggers, in the transaction of the change itself.

Nobody but these functions writes `Status`, `Clock`, `Cell` and `Keeping`, and no row of posts, duties, evidence or
dispensations can be written without them. A person's rows are right from `Clock.reckoned_for` until the day before
`Clock.turns_on`; who reads for another day reckons anew for that person. See docs/adr/0011-kept-and-reckoned.md.
"""

from __future__ import annotations

from .status_statements import DISPENSED, EXPIRED, EXPIRING, HELD, MISSING, ON_LEAVE, RESULT

STATES = {
    "held": HELD, "expiring": EXPIRING, "expired": EXPIRED, "missing": MISSING, "on_leave": ON_LEAVE,
    "dispensed": DISPENSED,
}  # fmt: skip
_COLUMNS = "unit_id, requirement_id, state, beneath, ends, evidence_id, target_id, since"
_SUMS = ", ".join(f"sum(way) FILTER (WHERE state = {number}) AS {name}" for name, number in STATES.items())
_NAMES = ", ".join(STATES)
_ADDED = ", ".join(f"{name} = cell.{name} + excluded.{name}" for name in STATES)
_SOME = ", ".join(f"coalesce({name}, 0)" for name in STATES)

# The days after p_day on which something about these people changes by itself, besides evidence that runs out.
_TURNS = """
    SELECT employee_id, unnest(ARRAY[valid_from, valid_to + 1, ended_on, leave_from, leave_to + 1]) AS turn
    FROM organisation_post WHERE tenant_id = p_tenant {who}
    UNION ALL
    SELECT employee_id, unnest(ARRAY[valid_from, valid_to + 1]) FROM organisation_leadership
    WHERE tenant_id = p_tenant {who}
    UNION ALL
    SELECT employee_id, unnest(ARRAY[valid_from, valid_to + 1]) FROM competence_duty
    WHERE tenant_id = p_tenant AND withdrawn_at IS NULL {who}
    UNION ALL
    SELECT employee_id, unnest(ARRAY[valid_from, valid_to + 1]) FROM competence_dispensation
    WHERE tenant_id = p_tenant AND withdrawn_at IS NULL {who}
    UNION ALL
    SELECT employee_id, completed_on FROM competence_evidence
    WHERE tenant_id = p_tenant AND completed_on > v_day {who}
"""
# The days on which a rule changes: everybody turns.
_RULE_TURNS = """
    SELECT min(turn) FROM (
        SELECT unnest(ARRAY[valid_from, valid_to + 1]) AS turn FROM competence_requirementversion
        WHERE withdrawn_at IS NULL
        UNION ALL
        SELECT unnest(ARRAY[valid_from, valid_to + 1]) FROM competence_equivalence WHERE withdrawn_at IS NULL
        UNION ALL
        SELECT unnest(ARRAY[valid_from, valid_to + 1]) FROM competence_localrule
        WHERE tenant_id = p_tenant AND withdrawn_at IS NULL) turns
    WHERE turn > v_day
"""


# Where somebody's rows are not right as they stand, or the register has moved on, some of them are not enough.
_SOME_ONLY = """IF EXISTS (SELECT FROM unnest(p_who) one LEFT JOIN competence_clock c ON c.tenant_id = p_tenant
               AND c.employee_id = one
               WHERE c.turns_on IS NULL OR c.turns_on <= v_day OR c.reckoned_for > v_day)
       OR EXISTS (SELECT FROM competence_keeping k WHERE k.tenant_id = p_tenant AND k.revision <> v_revision) THEN
        PERFORM competence_refresh(p_tenant, p_who);
        RETURN;
    END IF;"""


def _refresh(name: str, reckoned: str, who: str, only: str = "") -> str:
    """Reckon anew and write only what differs. `who` narrows to some people, `only` to some requirements: the clock
    then turns no later than it would have, for the rows that were not looked at."""
    before = ", c.turns_on" if only else ""
    turns_on = f"least(found.turn, v_rules, 'infinity'::date{before})"
    return f"""
CREATE OR REPLACE FUNCTION {name} RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp SET jit = off AS $$
#variable_conflict use_column
DECLARE
    v_day date := app_today();
    v_revision bigint := (SELECT revision FROM competence_registerrevision);
    v_rules date;
BEGIN
    -- Two who change a municipality take turns here, and the second reckons with what the first has written. Before
    -- all other rows: who holds somebody's clock or a sum, and waits for another, would be waited for in return.
    INSERT INTO competence_keeping AS k (tenant_id, revision, latest) VALUES (p_tenant, v_revision, v_day)
    ON CONFLICT (tenant_id) DO UPDATE SET latest = excluded.latest WHERE k.latest < excluded.latest;
    INSERT INTO competence_clock (tenant_id, employee_id, reckoned_for, turns_on)
    SELECT DISTINCT p_tenant, e.id, v_day, v_day FROM organisation_employee e
    WHERE e.tenant_id = p_tenant {who.replace("employee_id", "e.id")}
      AND NOT EXISTS (SELECT FROM competence_clock c WHERE c.tenant_id = p_tenant AND c.employee_id = e.id)
    ORDER BY 2 ON CONFLICT DO NOTHING;
    PERFORM FROM competence_clock WHERE tenant_id = p_tenant {who} ORDER BY employee_id FOR NO KEY UPDATE;
    {_SOME_ONLY if only else ""}
    SELECT ({_RULE_TURNS}) INTO v_rules;
    WITH reckoned AS MATERIALIZED (
        SELECT * FROM {reckoned}
    ), kept AS MATERIALIZED (
        SELECT employee_id, {_COLUMNS} FROM competence_status WHERE tenant_id = p_tenant {who} {only}
    ), gone AS (
        DELETE FROM competence_status s
        WHERE s.tenant_id = p_tenant {who.replace("employee_id", "s.employee_id")} {only}
          AND NOT EXISTS (SELECT FROM reckoned r WHERE r.employee_id = s.employee_id AND r.unit_id = s.unit_id
                          AND r.requirement_id = s.requirement_id)
    ), put AS (
        INSERT INTO competence_status (tenant_id, employee_id, {_COLUMNS})
        SELECT p_tenant, employee_id, {_COLUMNS} FROM (
            SELECT employee_id, {_COLUMNS} FROM reckoned EXCEPT SELECT employee_id, {_COLUMNS} FROM kept) other
        ON CONFLICT (tenant_id, employee_id, unit_id, requirement_id) DO UPDATE
        SET state = excluded.state, beneath = excluded.beneath, ends = excluded.ends,
            evidence_id = excluded.evidence_id, target_id = excluded.target_id, since = excluded.since
    ), moved AS (
        SELECT unit_id, requirement_id, {_SUMS} FROM (
            SELECT unit_id, requirement_id, state, way FROM (
                SELECT employee_id, unit_id, requirement_id, state, 1 AS way FROM reckoned
                UNION ALL
                SELECT employee_id, unit_id, requirement_id, state, -1 FROM kept) both_ways) summed
        GROUP BY unit_id, requirement_id
    ), added AS (
        INSERT INTO competence_cell AS cell (tenant_id, unit_id, requirement_id, {_NAMES})
        SELECT p_tenant, unit_id, requirement_id, {_SOME} FROM moved
        WHERE ({_SOME}) IS DISTINCT FROM ({", ".join("0" for _ in STATES)})
        ORDER BY unit_id, requirement_id
        ON CONFLICT (tenant_id, unit_id, requirement_id) DO UPDATE SET {_ADDED}
    ), turning AS (
        SELECT employee_id, min(turn) AS turn FROM (
            SELECT employee_id, turns AS turn FROM reckoned UNION ALL {_TURNS.format(who=who)}) turns
        WHERE turn > v_day GROUP BY employee_id
    )
    UPDATE competence_clock c SET reckoned_for = v_day, turns_on = {turns_on}
    FROM (SELECT clock.employee_id, turning.turn FROM competence_clock clock
          LEFT JOIN turning ON turning.employee_id = clock.employee_id
          WHERE clock.tenant_id = p_tenant {who.replace("employee_id", "clock.employee_id")}) found
    WHERE c.tenant_id = p_tenant AND c.employee_id = found.employee_id {who.replace("employee_id", "c.employee_id")}
      AND (c.reckoned_for, c.turns_on) IS DISTINCT FROM (v_day, {turns_on});
END $$
"""


_ONE_PLAN = "SET jit = off SET plan_cache_mode = force_generic_plan"
REFRESH = _refresh(
    "competence_refresh(p_tenant bigint, p_who bigint[])",
    "competence_status_of_people(p_tenant, p_who, v_day)",
    "AND employee_id = ANY (p_who)",
).replace("SET jit = off", _ONE_PLAN)
REFRESH_SOME = _refresh(
    "competence_refresh_some(p_tenant bigint, p_who bigint[], p_only bigint[])",
    "competence_status_of_some(p_tenant, p_who, v_day, p_only)",
    "AND employee_id = ANY (p_who)",
    "AND requirement_id = ANY (p_only)",
).replace("SET jit = off", _ONE_PLAN)
_WHOLE = _refresh("competence_refresh_tenant(p_tenant bigint)", "competence_status_of_tenant(p_tenant, v_day)", "")
# Only when everybody has been reckoned does the municipality follow the revision that was read before.
REFRESH_TENANT = _WHOLE.replace(
    "END $$",
    "UPDATE competence_keeping SET revision = v_revision\n"
    "    WHERE tenant_id = p_tenant AND revision <> v_revision;\nEND $$",
)

# Is what is kept of these municipalities right for the day, but for those whose clocks have turned?
FOLLOWS = """
CREATE OR REPLACE FUNCTION competence_follows(p_tenant bigint, p_day date) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM competence_keeping k WHERE k.tenant_id = p_tenant AND k.latest <= p_day
                   AND k.revision = (SELECT revision FROM competence_registerrevision))
$$
"""
_READ = RESULT.removesuffix(", turns date")
# A municipality's statuses on a day: kept where they hold, reckoned anew for those whose clocks have turned.
STATUSES = f"""
CREATE OR REPLACE FUNCTION competence_statuses(p_tenant bigint, p_day date)
RETURNS TABLE ({_READ}) LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_turned bigint[];
BEGIN
    IF NOT competence_follows(p_tenant, p_day) THEN
        RETURN QUERY SELECT employee_id, {_COLUMNS} FROM competence_status_of_tenant(p_tenant, p_day);
        RETURN;
    END IF;
    v_turned := ARRAY(SELECT employee_id FROM competence_clock WHERE tenant_id = p_tenant AND turns_on <= p_day);
    IF cardinality(v_turned) = 0 THEN
        RETURN QUERY SELECT employee_id, {_COLUMNS} FROM competence_status WHERE tenant_id = p_tenant;
    ELSE
        RETURN QUERY SELECT employee_id, {_COLUMNS} FROM competence_status s WHERE tenant_id = p_tenant
            AND NOT EXISTS (SELECT FROM unnest(v_turned) t WHERE t = s.employee_id);
        RETURN QUERY SELECT employee_id, {_COLUMNS} FROM competence_status_of_people(p_tenant, v_turned, p_day);
    END IF;
END $$
"""
# The same for some people.
STATUSES_OF = f"""
CREATE OR REPLACE FUNCTION competence_statuses_of(p_tenant bigint, p_who bigint[], p_day date)
RETURNS TABLE ({_READ}) LANGUAGE plpgsql STABLE SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
    v_turned bigint[] := p_who;
BEGIN
    IF competence_follows(p_tenant, p_day) THEN
        v_turned := ARRAY(SELECT employee_id FROM competence_clock
                          WHERE tenant_id = p_tenant AND employee_id = ANY (p_who) AND turns_on <= p_day);
        RETURN QUERY SELECT employee_id, {_COLUMNS} FROM competence_status
            WHERE tenant_id = p_tenant AND employee_id = ANY (p_who) AND employee_id <> ALL (v_turned);
    END IF;
    IF cardinality(v_turned) > 0 THEN
        RETURN QUERY SELECT employee_id, {_COLUMNS} FROM competence_status_of_people(p_tenant, v_turned, p_day);
    END IF;
END $$
"""
# Which of these municipalities cannot be answered for from the sums alone.
TURNED = """
CREATE OR REPLACE FUNCTION competence_turned(p_tenants bigint[], p_day date)
RETURNS TABLE (tenant_id bigint) LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT t FROM unnest(p_tenants) t
    WHERE NOT EXISTS (SELECT FROM competence_keeping k WHERE k.tenant_id = t AND k.latest <= p_day
                      AND k.revision = (SELECT revision FROM competence_registerrevision))
       OR EXISTS (SELECT FROM competence_clock c WHERE c.tenant_id = t AND c.turns_on <= p_day)
$$
"""

ROUTINES = (REFRESH, REFRESH_SOME, REFRESH_TENANT, FOLLOWS, STATUSES, STATUSES_OF, TURNED)
