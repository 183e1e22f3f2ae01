"""What a report and a forecast ask of the database."""

from __future__ import annotations

# One row per person and requirement, the state that most must be done about, and the unit it stands in.
_PEOPLE = """
    SELECT DISTINCT ON (s.employee_id, s.requirement_id)
           s.employee_id, s.requirement_id, s.state, s.ends, s.unit_id
    FROM {source} s
    JOIN organisation_unit u ON u.tenant_id = %(tenant)s AND u.id = s.unit_id AND u.path @> %(within)s::bigint[]
    ORDER BY s.employee_id, s.requirement_id,
             array_position(ARRAY[3, 4, 2, 6, 5, 1]::smallint[], s.state), s.unit_id
"""
STATED = f"""
    SELECT p.requirement_id, p.state, p.ends, e.given_name || ' ' || e.family_name, u.name, p.employee_id
    FROM ({_PEOPLE}) p
    JOIN organisation_employee e ON e.tenant_id = %(tenant)s AND e.id = p.employee_id
    JOIN organisation_unit u ON u.tenant_id = %(tenant)s AND u.id = p.unit_id
    ORDER BY u.path, e.family_name, e.given_name, p.employee_id
"""
AS_KNOWN_NOW = "competence_status_of_tenant(%(tenant)s, %(day)s)"
AS_KNOWN_THEN = "competence_status_known(%(tenant)s, %(day)s, %(known)s)"

# Who has it today, and how the same people stand on a later day if nobody does anything.
FORECAST = """
    WITH today AS (
        SELECT DISTINCT ON (employee_id, requirement_id) employee_id, requirement_id, state
        FROM competence_statuses(%(tenant)s, %(today)s)
        ORDER BY employee_id, requirement_id, array_position(ARRAY[3, 4, 2, 6, 5, 1]::smallint[], state)
    ), later AS (
        SELECT DISTINCT ON (employee_id, requirement_id) employee_id, requirement_id, state
        FROM competence_status_of_tenant(%(tenant)s, %(later)s)
        ORDER BY employee_id, requirement_id, array_position(ARRAY[3, 4, 2, 6, 5, 1]::smallint[], state)
    ), both_days AS (
        SELECT coalesce(t.requirement_id, l.requirement_id) AS requirement_id, t.state AS now, l.state AS later,
               %(year)s - e.birth_year AS age
        FROM today t FULL JOIN later l ON l.employee_id = t.employee_id AND l.requirement_id = t.requirement_id
        JOIN organisation_employee e ON e.tenant_id = %(tenant)s AND e.id = coalesce(t.employee_id, l.employee_id)
    )
    SELECT requirement_id, count(now) FILTER (WHERE now <> 5), count(*) FILTER (WHERE now IN (1, 2)),
           count(later) FILTER (WHERE later <> 5), count(*) FILTER (WHERE later IN (1, 2)),
           count(*) FILTER (WHERE now IN (1, 2) AND later IN (3, 4, 6)),
           count(*) FILTER (WHERE now IN (1, 2) AND later IS NULL),
           count(*) FILTER (WHERE now IN (1, 2) AND later = 5),
           count(*) FILTER (WHERE later IN (1, 2) AND age >= %(latest)s),
           count(*) FILTER (WHERE later IN (1, 2) AND age >= %(earliest)s AND age < %(latest)s)
    FROM both_days GROUP BY requirement_id
"""
