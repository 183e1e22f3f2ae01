"""What is asked of the database about requirements that are not put to one person."""

from __future__ import annotations

# Everybody whose post a team or ratio is put to, unit by unit; a row without a person: the unit comes under it.
MEMBERS = """
    SELECT m.requirement_id, m.version_id, m.unit_id, u.name, m.employee_id, m.holds, m.away, m.dispensed_to, m.ends,
           m.share, m.guessed, m.last_day, m.leaving
    FROM competence_members_of_tenant(%(tenant)s, %(day)s) m
    JOIN organisation_unit u ON u.tenant_id = %(tenant)s AND u.id = m.unit_id AND u.path @> %(within)s::bigint[]
    WHERE %(units)s::bigint[] IS NULL OR m.unit_id = ANY (%(units)s::bigint[])
    ORDER BY u.path, m.requirement_id, m.employee_id
"""
PROFESSIONS = """
    SELECT requirement_id, version_id, part, present, away, until
    FROM competence_professions_of_tenant(%(tenant)s, %(day)s) ORDER BY requirement_id, line_id
"""
# The newest that was told, of the latest day that has come.
COUNTS = """
    SELECT DISTINCT ON (unit_id, requirement_id, part) unit_id, requirement_id, part, number, valid_from, recorded_by
    FROM competence_unitcount
    WHERE tenant_id = %(tenant)s AND valid_from <= %(day)s
      AND (%(units)s::bigint[] IS NULL OR unit_id = ANY (%(units)s::bigint[]))
    ORDER BY unit_id, requirement_id, part, valid_from DESC, recorded_at DESC, id DESC
"""
