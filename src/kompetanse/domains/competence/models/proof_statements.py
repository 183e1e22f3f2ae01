"""The proof that what is kept does not disagree with the ledger: reckoned anew for a whole municipality and compared.

One statement each, so that what is compared is seen at one moment; nothing is locked and nothing is changed.
"""

from __future__ import annotations

from .keeping_statements import STATES

_TOLD = "concat_ws(' ', {x}.state, {x}.beneath, {x}.ends, {x}.evidence_id, {x}.target_id, {x}.since)"
_SAME = "state, {x}.beneath, {x}.ends, {x}.evidence_id, {x}.target_id, {x}.since"
_SUMS = ", ".join(f"count(*) FILTER (WHERE state = {number})::int AS {name}" for name, number in STATES.items())
_COUNTS = "ARRAY[" + ", ".join("coalesce({x}." + name + ", 0)" for name in STATES) + "]"

# What is answered, and what the ledger says: the rows that are not alike, with both.
PROVE_STATUSES = f"""
CREATE OR REPLACE FUNCTION competence_unlike_statuses(p_tenant bigint, p_day date)
RETURNS TABLE (employee_id bigint, unit_id bigint, requirement_id bigint, kept text, reckoned text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET jit = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT employee_id, unit_id, requirement_id,
           CASE WHEN k.state IS NOT NULL THEN {_TOLD.format(x="k")} END,
           CASE WHEN r.state IS NOT NULL THEN {_TOLD.format(x="r")} END
    FROM competence_statuses(p_tenant, p_day) k
    FULL JOIN competence_status_of_tenant(p_tenant, p_day) r USING (employee_id, unit_id, requirement_id)
    WHERE (k.{_SAME.format(x="k")}) IS DISTINCT FROM (r.{_SAME.format(x="r")});
END $$
"""
# The sums that are kept, and the sums over the statuses that are kept.
PROVE_SUMS = f"""
CREATE OR REPLACE FUNCTION competence_unlike_sums(p_tenant bigint)
RETURNS TABLE (unit_id bigint, requirement_id bigint, kept text, reckoned text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET jit = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT unit_id, requirement_id, array_to_string({_COUNTS.format(x="c")}, ' '),
           array_to_string({_COUNTS.format(x="s")}, ' ')
    FROM (SELECT * FROM competence_cell WHERE tenant_id = p_tenant) c
    FULL JOIN (SELECT unit_id, requirement_id, {_SUMS} FROM competence_status WHERE tenant_id = p_tenant
               GROUP BY unit_id, requirement_id) s USING (unit_id, requirement_id)
    WHERE {_COUNTS.format(x="c")} <> {_COUNTS.format(x="s")};
END $$
"""
ROUTINES = (PROVE_STATUSES, PROVE_SUMS)
