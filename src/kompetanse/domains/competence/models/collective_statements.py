"""Who holds what is not put to one person, reckoned by the same text as everybody's own requirements."""

from __future__ import annotations

from .status_statements import shared_text

_STANDING = "$in_p AND (p.ended_on IS NULL OR p.ended_on > p_day)"
_AWAY = "(p.leave_from <= p_day AND (p.leave_to IS NULL OR p.leave_to >= p_day)) IS TRUE"

# One row for each person whose post a team or ratio is put to, in each unit; and one without a person for each unit
# that a ratio is put to by its name, also where nobody works as what it asks for. `share` is per cent of a post, in
# the posts that the lines fit and that are not on leave: a duty fills no post.
_MEMBERS = f"""
SELECT n.requirement_id, r.version_id, n.unit_id, n.employee_id,
       b.employee_id IS NOT NULL AND (b.ends IS NULL OR p_day <= b.ends + r.grace), n.away,
       (SELECT max(d.valid_to) FROM competence_dispensation d
        JOIN covers c ON c.by_id = d.requirement_id AND c.requirement_id = n.requirement_id
        WHERE d.tenant_id = p_tenant AND d.employee_id = n.employee_id AND d.unit_id = n.unit_id
          AND $told_dsp AND $in_dsp),
       CASE WHEN b.employee_id IS NOT NULL THEN b.ends + r.grace END,
       coalesce(work.share, 0)::numeric, coalesce(work.guessed, false), work.last_day, work.leaving
FROM need n
JOIN rule r ON r.requirement_id = n.requirement_id
LEFT JOIN best b ON b.employee_id = n.employee_id AND b.requirement_id = n.requirement_id
CROSS JOIN LATERAL (
    SELECT sum(coalesce(p.percent, 100)) FILTER (WHERE NOT {_AWAY}) AS share,
           bool_or(p.percent IS NULL) AS guessed,
           nullif(max(coalesce(p.valid_to, 'infinity'::date)), 'infinity'::date) AS last_day,
           min(p.leave_from) FILTER (WHERE p.leave_from > p_day) AS leaving
    FROM organisation_post p
    WHERE p.tenant_id = p_tenant AND p.employee_id = n.employee_id AND p.unit_id = n.unit_id AND {_STANDING}
      AND EXISTS (SELECT FROM post k
                  JOIN fits f ON f.unit_id = k.unit_id AND f.title_key = k.title_key AND f.leads = k.leads
                  WHERE k.employee_id = p.employee_id AND k.unit_id = p.unit_id AND k.title_key = p.title_key
                    AND f.requirement_id = n.requirement_id)) work
UNION ALL
SELECT DISTINCT t.requirement_id, t.version_id, u.id, NULL::bigint, false, false, NULL::date, NULL::date, 0::numeric,
       false, NULL::date, NULL::date
FROM line t
JOIN rule r ON r.version_id = t.version_id AND r.scope = 'ratio'
JOIN organisation_unit u ON u.tenant_id = p_tenant
     AND (u.valid_from IS NULL OR u.valid_from <= p_day) AND (u.valid_to IS NULL OR u.valid_to >= p_day)
     AND (t.kind = 'unit' AND competence_name_holds(u.name_words, t.key)
          OR t.within_key <> '' AND competence_name_holds(u.name_words, t.within_key))
"""
MEMBERS = (
    "requirement_id bigint, version_id bigint, unit_id bigint, employee_id bigint, holds boolean, away boolean, "
    "dispensed_to date, ends date, share numeric, guessed boolean, last_day date, leaving date"
)

# How many work as what each part asks for, anywhere in the municipality, and until which day somebody surely does.
_PROFESSIONS = f"""
SELECT t.requirement_id, t.version_id, t.part, min(t.id),
       count(DISTINCT p.employee_id) FILTER (WHERE NOT {_AWAY}),
       count(DISTINCT p.employee_id) FILTER (WHERE {_AWAY}),
       nullif(max(least(coalesce(p.valid_to, 'infinity'::date),
                        CASE WHEN p.leave_from > p_day THEN p.leave_from - 1 ELSE 'infinity'::date END))
              FILTER (WHERE p.id IS NOT NULL AND NOT {_AWAY}), 'infinity'::date)
FROM line t
LEFT JOIN organisation_post p ON t.kind = 'position' AND p.tenant_id = p_tenant AND p.title_key = t.key
     AND {_STANDING}
GROUP BY t.requirement_id, t.version_id, t.part
"""
PROFESSIONS = (
    "requirement_id bigint, version_id bigint, part varchar, line_id bigint, present bigint, away bigint, until date"
)


def _function(name: str, result: str, scopes: str, ending: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}(p_tenant bigint, p_day date) RETURNS TABLE ({result})\n"
        f"LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET jit = off AS $body$\n"
        f"#variable_conflict use_column\nBEGIN RETURN QUERY {shared_text(scopes, ending)}; END $body$"
    )


ROUTINES = (
    _function("competence_members_of_tenant", MEMBERS, "'team', 'ratio'", _MEMBERS),
    _function("competence_professions_of_tenant", PROFESSIONS, "'organisation'", _PROFESSIONS),
)
