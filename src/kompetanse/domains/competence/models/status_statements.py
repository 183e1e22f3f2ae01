"""How people stand to requirements, reckoned by the database: one text, used wherever it is asked.

The rules are told in words in docs/reference/status.md and, slowly and plainly, in tests/domains/competence/plain.py.
Five functions are made from the text: for some people (what the triggers and a person's page ask) and for a whole
municipality, each as it is known now and as it was known at a moment; and for some people in some requirements.
Days are whole, last days are in.
"""

from __future__ import annotations

from string import Template

from . import piece_statements

SOON = 90  # days before the last day from which evidence is said to run out
# The numbers that states are kept as; the same as rules.status.NUMBERS.
HELD, EXPIRING, EXPIRED, MISSING, ON_LEAVE, DISPENSED = 1, 2, 3, 4, 5, 6

_IN_FORCE = "$x.valid_from <= p_day AND ($x.valid_to IS NULL OR $x.valid_to >= p_day)"
_TOLD_NOW = "$x.withdrawn_at IS NULL"
_TOLD_THEN = "$x.recorded_at <= p_known AND ($x.withdrawn_at IS NULL OR $x.withdrawn_at > p_known)"


def _about(text: str, alias: str) -> str:
    return Template(text).substitute(x=alias)


# Which rule holds on the day: of the version in force, or, where the municipality has kept the one before, of that.
# `rule` has one row for each requirement in force; `covers` who counts for whom, however many steps away.
_REGISTER = """
WITH RECURSIVE told AS MATERIALIZED (
    SELECT v.* FROM competence_requirementversion v
    JOIN competence_requirement r ON r.id = v.requirement_id AND (r.owner_id IS NULL OR r.owner_id = p_tenant) $only_r
    WHERE $told_v AND (v.source_type IN ('lov', 'forskrift') OR NOT EXISTS (
        SELECT FROM competence_versionreply y
        WHERE y.tenant_id = p_tenant AND y.version_id = coalesce(v.same_as_id, v.id) AND NOT y.accepted AND $told_y))
), rule AS MATERIALIZED (
    SELECT v.requirement_id, v.id AS version_id, v.scope,
           least(v.interval_months, l.interval_months)::int AS months,
           coalesce(nullif(v.anchor, ''), 'completion') AS anchor,
           v.fixed_month::int, v.fixed_day::int, coalesce(v.early_window_months, 0)::int AS early,
           v.grace_days::int AS grace, v.credit_months::int AS credit
    FROM (SELECT DISTINCT ON (told.requirement_id) told.*
          FROM (SELECT requirement_id, max(valid_from) AS valid_from FROM competence_requirementversion v
                WHERE $told_v AND $in_v GROUP BY requirement_id) now
          JOIN told ON told.requirement_id = now.requirement_id AND told.valid_from <= now.valid_from
          ORDER BY told.requirement_id, told.valid_from DESC) v
    LEFT JOIN competence_localrule l ON l.tenant_id = p_tenant AND l.requirement_id = v.requirement_id
         AND $told_l AND $in_l
), covers AS (
    SELECT id AS requirement_id, id AS by_id FROM competence_requirement
    UNION
    SELECT c.requirement_id, q.by_id FROM covers c
    JOIN competence_equivalence q ON q.requirement_id = c.by_id AND $told_q AND $in_q
)"""

# What is required of whom: the posts that stand, the kinds of posts there are, and the lines that fit each kind.
_REQUIRED = """, post AS MATERIALIZED (
    SELECT p.employee_id, p.unit_id, p.title_key, p.valid_from,
           (p.leave_from <= p_day AND (p.leave_to IS NULL OR p.leave_to >= p_day)) IS TRUE AS away,
           EXISTS (SELECT FROM organisation_leadership l WHERE l.tenant_id = p_tenant
                   AND l.employee_id = p.employee_id AND $in_ldr) AS leads
    FROM $posts p WHERE p.tenant_id = p_tenant $who_p AND $in_p AND (p.ended_on IS NULL OR p.ended_on > p_day)
), kind AS MATERIALIZED (
    SELECT k.*, u.name_words, u.sector_key
    FROM (SELECT DISTINCT unit_id, title_key, leads FROM post) k
    JOIN organisation_unit u ON u.tenant_id = p_tenant AND u.id = k.unit_id
), line AS MATERIALIZED (
    SELECT t.*, r.requirement_id FROM rule r JOIN competence_requirementtarget t ON t.version_id = r.version_id
    WHERE r.scope IN ($scopes)
), held_word AS MATERIALIZED (
    SELECT u.unit_id, w.key
    FROM (SELECT DISTINCT unit_id, name_words FROM kind) u
    JOIN (SELECT key FROM line WHERE kind = 'unit' UNION SELECT within_key FROM line WHERE within_key <> '') w
        ON competence_name_holds(u.name_words, w.key)
), fits AS MATERIALIZED (
    SELECT unit_id, title_key, leads, requirement_id, min(reason) AS reason
    FROM (SELECT k.unit_id, k.title_key, k.leads, t.requirement_id, t.within_key, $telling AS reason
          FROM kind k JOIN line t ON t.kind = 'everyone'
          UNION ALL
          SELECT k.unit_id, k.title_key, k.leads, t.requirement_id, t.within_key, $telling
          FROM kind k JOIN line t ON t.kind = 'position' AND t.key = k.title_key
          UNION ALL
          SELECT k.unit_id, k.title_key, k.leads, t.requirement_id, t.within_key, $telling
          FROM kind k JOIN line t ON t.kind = 'leader' AND k.leads
          UNION ALL
          SELECT k.unit_id, k.title_key, k.leads, t.requirement_id, t.within_key, $telling
          FROM kind k JOIN line t ON t.kind = 'sector' AND t.key = k.sector_key
          UNION ALL
          SELECT k.unit_id, k.title_key, k.leads, t.requirement_id, t.within_key, $telling
          FROM kind k JOIN held_word h ON h.unit_id = k.unit_id JOIN line t ON t.kind = 'unit' AND t.key = h.key) m
    WHERE within_key = '' OR EXISTS (SELECT FROM held_word h WHERE h.unit_id = m.unit_id AND h.key = m.within_key)
    GROUP BY 1, 2, 3, 4
), asked AS (
    SELECT p.employee_id, p.unit_id, f.requirement_id, p.away, p.valid_from, f.reason
    FROM post p JOIN fits f ON f.unit_id = p.unit_id AND f.title_key = p.title_key AND f.leads = p.leads
    UNION ALL
    SELECT p.employee_id, p.unit_id, t.requirement_id, p.away, greatest(p.valid_from, d.valid_from), $telling
    FROM competence_duty d
    JOIN post p ON p.employee_id = d.employee_id AND p.unit_id = d.unit_id
    JOIN organisation_unit u ON u.tenant_id = p_tenant AND u.id = p.unit_id
    JOIN line t ON t.kind = 'role' AND t.key = d.key
         AND (t.within_key = '' OR competence_name_holds(u.name_words, t.within_key))
    WHERE d.tenant_id = p_tenant $who_d AND $told_d AND $in_d
), need AS MATERIALIZED (
    SELECT employee_id, unit_id, requirement_id, bool_and(away) AS away, min(reason) AS reason, min(valid_from) AS since
    FROM asked GROUP BY 1, 2, 3
), option AS MATERIALIZED (
    SELECT r.requirement_id, a.group, a.needs_id, a.points
    FROM rule r JOIN competence_alternative a ON a.version_id = r.version_id
), choice AS MATERIALIZED (
    SELECT n.employee_id, n.requirement_id, n.since, a.group, a.needs_id, a.points
    FROM (SELECT * FROM need WHERE requirement_id = ANY (ARRAY(SELECT requirement_id FROM option)) OFFSET 0) n
    JOIN option a ON a.requirement_id = n.requirement_id
), wanted AS MATERIALIZED (
    SELECT employee_id, requirement_id, coalesce(min(since) FILTER (WHERE itself), min(since)) AS since FROM (
        SELECT employee_id, requirement_id, since, true AS itself FROM need
        UNION ALL
        SELECT employee_id, needs_id, since, false FROM choice) either
    GROUP BY 1, 2
)"""

# What answers: evidence that stands, its last day by the rule of what it proves, and by the rule of what it covers.
_ANSWERED = """, proof AS MATERIALIZED (
    SELECT e.employee_id, e.id, coalesce(e.requirement_id, m.requirement_id) AS proves, e.completed_on AS done,
           e.valid_to AS stated, e.points
    FROM competence_evidence e
    LEFT JOIN competence_textmapping m ON m.tenant_id = p_tenant AND m.text_key = e.title_key AND $told_m
         AND e.requirement_id IS NULL AND e.source = 'import'
    WHERE e.tenant_id = p_tenant $who_e AND e.completed_on <= p_day AND NOT e.void $known_e
      AND coalesce(e.requirement_id, m.requirement_id) IS NOT NULL
      AND (e.source <> 'self' OR e.verified_by <> '')
      AND NOT EXISTS (SELECT FROM competence_evidence later
                      WHERE later.tenant_id = p_tenant AND later.corrects_id = e.id $known_later)
), kept_date AS (
    SELECT x.employee_id, x.proves AS requirement_id, s.id, s.ends
    FROM (SELECT f.employee_id, f.proves, array_agg(f.id ORDER BY f.done, f.id) AS ids,
                 CASE WHEN count(*) = 1 THEN ARRAY[
                          competence_alone(min(f.done), min(f.stated), min(f.stated) IS NOT NULL, r.months, r.early)]
                      ELSE competence_renewed(array_agg(f.done ORDER BY f.done, f.id),
                                              array_agg(f.stated ORDER BY f.done, f.id),
                                              array_agg(f.stated IS NOT NULL ORDER BY f.done, f.id),
                                              r.months, r.early, r.grace)
                 END AS ends
          FROM proof f JOIN rule r ON r.requirement_id = f.proves
          WHERE r.anchor = 'previous_expiry' AND r.months IS NOT NULL
                AND f.proves IN (SELECT by_id FROM covers WHERE requirement_id <> by_id)
          GROUP BY f.employee_id, f.proves, r.months, r.early, r.grace) x
    CROSS JOIN LATERAL unnest(x.ids, x.ends) s(id, ends)
), counts AS MATERIALIZED (
    -- What covers another has its last day by its own rule first.
    SELECT c.by_id, c.requirement_id, r.months, r.anchor, r.fixed_month, r.fixed_day, r.early, r.grace, r.credit,
           own.months AS own_months, own.anchor AS own_anchor, own.fixed_month AS own_month, own.fixed_day AS own_day,
           own.early AS own_early, own.anchor = 'previous_expiry' AND own.months IS NOT NULL AS chained
    FROM covers c
    LEFT JOIN rule r ON r.requirement_id = c.requirement_id
    LEFT JOIN rule own ON own.requirement_id = c.by_id AND c.by_id <> c.requirement_id
), counted AS MATERIALIZED (
    SELECT o.employee_id, o.requirement_id, o.id, o.done, o.points, o.months, o.anchor, o.fixed_month, o.fixed_day,
           o.early, o.grace,
           CASE WHEN o.proves = o.requirement_id THEN o.stated WHEN o.chained THEN k.ends
                ELSE competence_last_day(o.done, o.stated, o.own_months, o.own_anchor, o.own_month, o.own_day,
                                         o.own_early) END AS stated, o.stated IS NOT NULL AS told
    -- What evidence counts for comes first, whoever wants it: OFFSET keeps the planner, who thinks that few do,
    -- from beginning with every pair of a person's evidence and wants.
    FROM (SELECT f.*, c.* FROM proof f JOIN counts c ON c.by_id = f.proves OFFSET 0) o
    JOIN wanted w ON w.employee_id = o.employee_id AND w.requirement_id = o.requirement_id
    LEFT JOIN kept_date k ON k.employee_id = o.employee_id AND k.id = o.id AND o.chained
    WHERE o.credit IS NULL OR o.done >= (w.since - make_interval(months => o.credit))::date
), pass AS MATERIALIZED (
    SELECT employee_id, requirement_id, id, done, points,
           competence_last_day(done, stated, months, anchor, fixed_month, fixed_day, early) AS ends
    FROM counted WHERE NOT (anchor = 'previous_expiry' AND months IS NOT NULL) OR anchor IS NULL
    UNION ALL
    SELECT x.employee_id, x.requirement_id, s.id, s.done, s.points, s.ends
    FROM (SELECT employee_id, requirement_id, array_agg(id ORDER BY done, id) AS ids,
                 array_agg(done ORDER BY done, id) AS dones, array_agg(points ORDER BY done, id) AS points,
                 CASE WHEN count(*) = 1 THEN ARRAY[
                          competence_alone(min(done), min(stated), bool_and(told), months, early)]
                      ELSE competence_renewed(array_agg(done ORDER BY done, id), array_agg(stated ORDER BY done, id),
                                              array_agg(told ORDER BY done, id), months, early, grace) END AS ends
          FROM counted WHERE anchor = 'previous_expiry' AND months IS NOT NULL
          GROUP BY employee_id, requirement_id, months, early, grace) x
    CROSS JOIN LATERAL unnest(x.ids, x.dones, x.points, x.ends) s(id, done, points, ends)
), member AS (
    SELECT DISTINCT ON (employee_id, requirement_id) employee_id, requirement_id, 0 AS points, ends FROM pass
    WHERE requirement_id IN (SELECT needs_id FROM competence_alternative WHERE points IS NULL)
    ORDER BY employee_id, requirement_id, ends DESC NULLS FIRST, done DESC, id DESC
), reached AS (
    SELECT DISTINCT ON (s.employee_id, s.requirement_id, a.points) s.employee_id, s.requirement_id, a.points, s.ends
    FROM (SELECT p.employee_id, p.requirement_id, p.ends, sum(p.points) OVER (
                     PARTITION BY p.employee_id, p.requirement_id ORDER BY p.ends DESC NULLS FIRST, p.id) AS total
          FROM pass p WHERE p.points IS NOT NULL) s
    JOIN (SELECT DISTINCT needs_id, points FROM competence_alternative WHERE points IS NOT NULL) a
        ON a.needs_id = s.requirement_id
    WHERE s.total >= a.points ORDER BY s.employee_id, s.requirement_id, a.points, s.ends DESC NULLS FIRST
), whole AS (
    SELECT c.employee_id, c.requirement_id, c.group, min(coalesce(part.ends, 'infinity'::date)) AS ends
    FROM choice c
    LEFT JOIN (SELECT * FROM member UNION ALL SELECT * FROM reached) part
        ON part.employee_id = c.employee_id AND part.requirement_id = c.needs_id AND part.points = coalesce(c.points, 0)
    GROUP BY 1, 2, 3 HAVING bool_and(part.employee_id IS NOT NULL)
), best AS (
    SELECT DISTINCT ON (employee_id, requirement_id) employee_id, requirement_id, ends, id
    FROM (SELECT employee_id, requirement_id, id, done, ends FROM pass
          UNION ALL
          SELECT employee_id, requirement_id, NULL, NULL, nullif(ends, 'infinity'::date) FROM whole) either
    ORDER BY employee_id, requirement_id, ends DESC NULLS FIRST, done DESC NULLS LAST, id DESC NULLS LAST
)"""

_STATE = """
SELECT n.employee_id, n.unit_id, n.requirement_id,
       CASE WHEN n.away THEN $on_leave
            WHEN s.beneath IN ($expired, $missing) AND EXISTS (
                SELECT FROM competence_dispensation d WHERE d.tenant_id = p_tenant AND d.employee_id = n.employee_id
                AND d.unit_id = n.unit_id AND d.requirement_id = n.requirement_id AND $told_dsp AND $in_dsp)
            THEN $dispensed ELSE s.beneath END::smallint,
       s.beneath, s.ends, s.id, (n.reason & 1099511627775)::bigint, w.since,
       CASE WHEN p_day < s.ends - $soon THEN s.ends - $soon WHEN p_day <= s.ends + r.grace THEN s.ends + r.grace + 1 END
FROM need n
JOIN rule r ON r.requirement_id = n.requirement_id
JOIN wanted w ON w.employee_id = n.employee_id AND w.requirement_id = n.requirement_id
LEFT JOIN best b ON b.employee_id = n.employee_id AND b.requirement_id = n.requirement_id
CROSS JOIN LATERAL (SELECT b.ends, b.id, CASE
    WHEN b.employee_id IS NULL THEN $missing
    WHEN b.ends IS NULL THEN $held
    WHEN p_day > b.ends + r.grace THEN $expired
    WHEN p_day >= b.ends - $soon THEN $expiring
    ELSE $held END::smallint AS beneath) s
"""

# Which reason a person would rather be given, when there are several: what is said of the post itself first.
_TELLING = (
    "(CASE t.kind WHEN 'position' THEN 0 WHEN 'leader' THEN 1 WHEN 'role' THEN 2 WHEN 'unit' THEN 3 "
    "WHEN 'sector' THEN 4 ELSE 5 END)::bigint << 40 | t.id"
)
RESULT = (
    "employee_id bigint, unit_id bigint, requirement_id bigint, state smallint, beneath smallint, ends date, "
    "evidence_id bigint, target_id bigint, since date, turns date"
)


PERSONAL = "'person', 'person+utstyr'"  # the scopes that give each person a status


def shared_text(scopes: str, ending: str) -> str:
    """The same text for what is not put to one person, told by another ending. Asks for the evidence of few."""
    return _text(scopes=scopes, ending=ending)


def _text(
    *, some: bool = False, only: bool = False, known: bool = False, scopes: str = PERSONAL, ending: str = _STATE
) -> str:
    told = _TOLD_THEN if known else _TOLD_NOW
    words = {f"told_{a}": _about(told, a) for a in ("v", "y", "l", "q", "d")}
    words |= {f"in_{a}": _about(_IN_FORCE, a) for a in ("v", "l", "q", "d", "p")}
    words |= {"told_dsp": _about(told, "d"), "in_dsp": _about(_IN_FORCE, "d"), "in_ldr": _about(_IN_FORCE, "l")}
    words |= {f"who_{a}": f"AND {a}.employee_id = ANY (p_who)" if some else "" for a in ("p", "d", "e")}
    words["only_r"] = "AND r.id = ANY (p_only)" if only else ""
    if scopes != PERSONAL:
        words["who_e"] = "AND e.employee_id IN (SELECT employee_id FROM wanted)"
    words["told_m"] = (
        "m.confirmed_at <= p_known AND (m.replaced_at IS NULL OR m.replaced_at > p_known)"
        if known
        else "m.replaced_at IS NULL"
    )
    words["known_e"] = "AND e.recorded_at <= p_known" if known else ""
    words["known_later"] = "AND later.recorded_at <= p_known" if known else ""
    words["posts"] = (
        "(SELECT * FROM organisation_posthistory h WHERE h.known_from <= p_known "
        "AND (h.known_to IS NULL OR h.known_to > p_known))"
        if known
        else "organisation_post"
    )
    numbers = {
        "held": HELD, "expiring": EXPIRING, "expired": EXPIRED, "missing": MISSING, "on_leave": ON_LEAVE,
        "dispensed": DISPENSED, "soon": SOON, "telling": _TELLING, "scopes": scopes,
    }  # fmt: skip
    return Template(_REGISTER + _REQUIRED + _ANSWERED + ending).substitute(words, **numbers)


def _function(signature: str, text: str, settings: str = "") -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {signature} RETURNS TABLE ({RESULT})\n"
        f"LANGUAGE plpgsql STABLE SET search_path = public, pg_temp {settings} AS $body$\n"
        f"#variable_conflict use_column\nBEGIN RETURN QUERY {text}; END $body$"
    )


# A whole municipality: what the parts of the text hand on is thought to be few rows and is many, so everything that
# can be hashed is, in memory that holds a large one. Who asks for many municipalities may be answered by several
# processes, one municipality each.
_WHOLE = (
    "PARALLEL SAFE COST 1000000 SET jit = off SET enable_nestloop = off SET enable_mergejoin = off "
    "SET enable_sort = off SET work_mem = '64MB'"
)
ROUTINES = (
    *piece_statements.ROUTINES,
    # One plan for the life of a connection: making it takes longer than answering for a few people. It may be made
    # while the register is small, and must be no worse when it has grown: every table is gone into by its index.
    _function(
        "competence_status_of_people(p_tenant bigint, p_who bigint[], p_day date)",
        _text(some=True),
        "SET plan_cache_mode = force_generic_plan SET jit = off SET enable_mergejoin = off SET enable_seqscan = off",
    ),
    # What some evidence or a dispensation may have changed, and nothing else.
    _function(
        "competence_status_of_some(p_tenant bigint, p_who bigint[], p_day date, p_only bigint[])",
        _text(some=True, only=True),
        "SET plan_cache_mode = force_generic_plan SET jit = off SET enable_mergejoin = off SET enable_seqscan = off",
    ),
    _function("competence_status_of_tenant(p_tenant bigint, p_day date)", _text(), _WHOLE),
    _function(
        "competence_status_known(p_tenant bigint, p_day date, p_known timestamptz)",
        _text(known=True),
        _WHOLE,
    ),
    # The same for a few: the question is most often about one.
    _function(
        "competence_status_known_of_people(p_tenant bigint, p_who bigint[], p_day date, p_known timestamptz)",
        _text(some=True, known=True),
        "SET plan_cache_mode = force_generic_plan SET jit = off",
    ),
)
