"""The best SQL we could write by hand for each question: what our own answers are measured against, side by side.

A floor answers one case of the question, with the tables' own names and nothing shared: the sums and statuses as
they are kept and stand today; of the past, what a post asks for and the evidence that lasts longest, without chains,
combinations, renewals that keep the old day, credit, a municipality's own rules and dispensations.
"""

from __future__ import annotations

_FOLLOWS = """
    EXISTS (SELECT FROM competence_keeping k WHERE k.tenant_id = %(tenant)s AND k.latest <= %(day)s
            AND k.revision = (SELECT revision FROM competence_registerrevision))
"""
PERSON = f"""
    SELECT s.tenant_id, s.employee_id, s.unit_id, s.requirement_id, s.state, s.beneath, s.ends, s.evidence_id,
           s.target_id, s.since
    FROM competence_status s
    WHERE s.tenant_id = %(tenant)s AND s.employee_id = %(one)s AND {_FOLLOWS}
      AND EXISTS (SELECT FROM competence_clock c WHERE c.tenant_id = %(tenant)s AND c.employee_id = %(one)s
                  AND c.turns_on > %(day)s)
"""
UNIT = f"""
    SELECT s.tenant_id, s.employee_id, s.unit_id, s.requirement_id, s.state, s.beneath, s.ends, s.evidence_id,
           s.target_id, s.since
    FROM competence_clock c
    JOIN competence_status s ON s.tenant_id = c.tenant_id AND s.employee_id = c.employee_id
    WHERE c.tenant_id = %(tenant)s AND c.employee_id = ANY (%(who)s::bigint[]) AND c.turns_on > %(day)s AND {_FOLLOWS}
"""
_HOLD = """
    NOT EXISTS (SELECT FROM competence_clock c WHERE c.tenant_id = t.tenant_id AND c.turns_on <= %(day)s)
    AND t.latest <= %(day)s AND t.revision = (SELECT revision FROM competence_registerrevision)
"""
BY_UNIT = f"""
    SELECT x.unit_id, x.requirement_id, x.held, x.expiring, x.expired, x.missing, x.on_leave, x.dispensed
    FROM competence_keeping t JOIN competence_cell x ON x.tenant_id = t.tenant_id
    WHERE t.tenant_id = ANY (%(tenants)s::bigint[]) AND {_HOLD}
      AND x.held + x.expiring + x.expired + x.missing + x.on_leave + x.dispensed > 0
"""
BY_MUNICIPALITY = f"""
    SELECT x.tenant_id, x.requirement_id, sum(x.held)::int, sum(x.expiring)::int, sum(x.expired)::int,
           sum(x.missing)::int, sum(x.on_leave)::int, sum(x.dispensed)::int
    FROM competence_keeping t JOIN competence_cell x ON x.tenant_id = t.tenant_id
    WHERE t.tenant_id = ANY (%(tenants)s::bigint[]) AND {_HOLD}
    GROUP BY 1, 2
"""
KNOWN = """
    WITH line AS MATERIALIZED (
        SELECT v.requirement_id, v.interval_months, t.kind, t.key, t.within_key
        FROM competence_requirementversion v
        JOIN competence_requirement r ON r.id = v.requirement_id AND (r.owner_id IS NULL OR r.owner_id = %(tenant)s)
        JOIN competence_requirementtarget t ON t.version_id = v.id
        WHERE v.withdrawn_at IS NULL AND v.valid_from <= %(past)s AND (v.valid_to IS NULL OR v.valid_to >= %(past)s)
          AND v.scope IN ('person', 'person+utstyr')
    ), post AS MATERIALIZED (
        SELECT employee_id, unit_id, title_key FROM organisation_posthistory
        WHERE tenant_id = %(tenant)s AND known_from <= %(known)s AND (known_to IS NULL OR known_to > %(known)s)
          AND valid_from <= %(past)s AND (valid_to IS NULL OR valid_to >= %(past)s)
    ), fits AS MATERIALIZED (
        SELECT DISTINCT k.unit_id, k.title_key, l.requirement_id, l.interval_months
        FROM (SELECT DISTINCT unit_id, title_key FROM post) k
        JOIN organisation_unit u ON u.tenant_id = %(tenant)s AND u.id = k.unit_id
        JOIN line l ON CASE l.kind WHEN 'everyone' THEN true WHEN 'position' THEN l.key = k.title_key
                                   WHEN 'sector' THEN l.key = u.sector_key
                                   WHEN 'unit' THEN l.key = ANY (u.name_words) ELSE false END
             AND (l.within_key = '' OR l.within_key = ANY (u.name_words))
    ), last AS MATERIALIZED (
        SELECT e.employee_id, coalesce(e.requirement_id, m.requirement_id) AS requirement_id,
               max(e.completed_on) AS done, max(e.valid_to) AS stated
        FROM competence_evidence e
        LEFT JOIN competence_textmapping m ON m.tenant_id = %(tenant)s AND m.text_key = e.title_key
             AND e.requirement_id IS NULL AND m.replaced_at IS NULL
        WHERE e.tenant_id = %(tenant)s AND e.recorded_at <= %(known)s AND e.completed_on <= %(past)s AND NOT e.void
        GROUP BY 1, 2
    )
    SELECT p.unit_id, f.requirement_id, count(*),
           count(*) FILTER (WHERE l.done + make_interval(months => f.interval_months) >= %(past)s
                                  OR l.done IS NOT NULL AND f.interval_months IS NULL)
    FROM post p JOIN fits f ON f.unit_id = p.unit_id AND f.title_key = p.title_key
    LEFT JOIN last l ON l.employee_id = p.employee_id AND l.requirement_id = f.requirement_id
    GROUP BY 1, 2
"""
# Written as the owner, with the triggers off: the row, the status it moves, the two sums, the clock.
EVIDENCE = """
    WITH put AS (
        INSERT INTO competence_evidence (tenant_id, employee_id, requirement_id, title, title_key, issuer,
            certificate_number, completed_on, source, reference, file, recorded_at, recorded_by, verified_by, why, void)
        VALUES (%(tenant)s, %(one)s, %(requirement)s, 'x', 'x', '', '', %(day)s, 'manager', '', '', now(), 'x', '', '',
            false) RETURNING id
    ), best AS (
        SELECT put.id FROM put, competence_evidence e
        WHERE e.tenant_id = %(tenant)s AND e.employee_id = %(one)s GROUP BY put.id
    ), moved AS (
        UPDATE competence_status s SET state = 1, beneath = 1, evidence_id = best.id FROM best
        WHERE s.tenant_id = %(tenant)s AND s.employee_id = %(one)s AND s.requirement_id = %(requirement)s
        RETURNING s.unit_id
    ), summed AS (
        UPDATE competence_cell c SET held = held + 1, missing = missing - 1 FROM moved
        WHERE c.tenant_id = %(tenant)s AND c.unit_id = moved.unit_id AND c.requirement_id = %(requirement)s
    )
    UPDATE competence_clock SET turns_on = turns_on + 1 WHERE tenant_id = %(tenant)s AND employee_id = %(one)s
"""
