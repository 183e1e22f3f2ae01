"""The statements by which an HR file becomes people and posts. `staged_post` holds the file's sound rows.

Every statement that touches a tenant's table names the tenant: the wall would hold without, the index would not
be used.
"""

from __future__ import annotations

COLUMNS = (
    "ord, number, print, birth_year, given_name, family_name, email, phone, unit_id, position_code, position_title, "
    "title_key, is_main, percent, valid_from, valid_to, leave_from, leave_to"
)
COPY = f"COPY staged_post ({COLUMNS}) FROM STDIN"
STAGE = """
    DROP TABLE IF EXISTS pg_temp.staged_post;
    CREATE TEMP TABLE staged_post (
        ord integer PRIMARY KEY, number text, print text, birth_year smallint,
        given_name text, family_name text, email text, phone text,
        unit_id bigint, position_code text, position_title text, title_key text, is_main boolean,
        percent numeric(5, 2), valid_from date, valid_to date, leave_from date, leave_to date,
        person_id bigint, employee_id bigint, post_id bigint, contact boolean DEFAULT false, fate text
    ) ON COMMIT DROP
"""

_BY_PRINT = """
    UPDATE staged_post s SET person_id = p.id FROM organisation_person p
    WHERE s.person_id IS NULL AND p.identity_hash = s.print
"""
# Whose an employee number is: the post that stands before those that have ended, the latest of them.
_OWNER = """
    SELECT DISTINCT ON (post.employee_number) post.employee_number AS number, e.person_id, e.given_name,
           e.family_name, p.identity_hash
    FROM organisation_post post
    JOIN organisation_employee e ON e.tenant_id = post.tenant_id AND e.id = post.employee_id
    JOIN organisation_person p ON p.id = e.person_id
    WHERE post.tenant_id = %(tenant)s AND post.employee_number IN (
        SELECT number FROM staged_post WHERE person_id IS NULL)
    ORDER BY post.employee_number, (post.ended_on IS NOT NULL), post.id DESC
"""
PERSONS = (
    # A row without an identity number is the same person as another row of its employee number.
    """
    UPDATE staged_post s SET print = other.print
    FROM (SELECT number, min(print) AS print FROM staged_post WHERE print IS NOT NULL GROUP BY number) other
    WHERE s.print IS NULL AND s.number = other.number
    """,
    _BY_PRINT,
    # The employee number is known, the identity number is not: it was lacking before, or it has been put right
    # (a D-number that became a birth number). Put right only where the name is the same and nobody else knows
    # the person; otherwise the number has been given to somebody new.
    f"""
    UPDATE organisation_person p SET identity_hash = told.print
    FROM (
        SELECT DISTINCT ON (owner.person_id) owner.person_id, s.print
        FROM staged_post s JOIN ({_OWNER}) owner ON owner.number = s.number
        WHERE s.person_id IS NULL AND s.print IS NOT NULL AND (
            owner.identity_hash IS NULL
            OR ((lower(owner.given_name) = lower(s.given_name) OR lower(owner.family_name) = lower(s.family_name))
                AND NOT EXISTS (SELECT 1 FROM organisation_affiliation a
                                WHERE a.person_id = owner.person_id AND a.tenant_id <> %(tenant)s)
                AND NOT EXISTS (SELECT 1 FROM staged_post t WHERE t.person_id = owner.person_id)))
        ORDER BY owner.person_id, s.print
    ) told
    WHERE p.id = told.person_id
    """,
    _BY_PRINT,
    f"""
    UPDATE staged_post s SET person_id = owner.person_id FROM ({_OWNER}) owner
    WHERE s.person_id IS NULL AND s.print IS NULL AND owner.number = s.number
    """,
    # In order, so that two municipalities that tell of the same people at the same moment wait for each other
    # instead of locking each other out.
    """
    INSERT INTO organisation_person (identity_hash)
    SELECT DISTINCT print FROM staged_post WHERE person_id IS NULL AND print IS NOT NULL ORDER BY print
    ON CONFLICT (identity_hash) DO NOTHING
    """,
    _BY_PRINT,
    """
    UPDATE staged_post s SET person_id = new.id
    FROM (SELECT number, nextval(pg_get_serial_sequence('organisation_person', 'id')) AS id
          FROM (SELECT DISTINCT number FROM staged_post WHERE person_id IS NULL) numbers) new
    WHERE s.person_id IS NULL AND s.number = new.number
    """,
    """
    INSERT INTO organisation_person (id)
    SELECT DISTINCT person_id FROM staged_post s WHERE print IS NULL
    AND NOT EXISTS (SELECT 1 FROM organisation_person p WHERE p.id = s.person_id)
    """,
)

_EMPLOYEE_OF_PERSON = """
    UPDATE staged_post s SET employee_id = e.id FROM organisation_employee e
    WHERE e.tenant_id = %(tenant)s AND e.person_id = s.person_id AND s.employee_id IS NULL
"""
EMPLOYEES = (
    # A person's name and contact data are those of the main post with the lowest employee number.
    """
    UPDATE staged_post s SET contact = true
    FROM (SELECT DISTINCT ON (person_id) ord FROM staged_post
          ORDER BY person_id, is_main DESC, length(number), number, ord) first
    WHERE s.ord = first.ord
    """,
    """
    INSERT INTO organisation_employee (tenant_id, person_id, given_name, family_name, email, phone, birth_year)
    SELECT %(tenant)s, person_id, given_name, family_name, email, phone, birth_year FROM staged_post s WHERE contact
    AND NOT EXISTS (SELECT 1 FROM organisation_employee e
                    WHERE e.tenant_id = %(tenant)s AND e.person_id = s.person_id)
    ORDER BY ord
    """,
    _EMPLOYEE_OF_PERSON,
    "ANALYZE staged_post",
)

# As one text, so that rows and posts are matched by one comparison whatever the planner believes.
_KEY = "ROW({}, unit_id, position_code, position_title, is_main, valid_from)::text"
_SAYS = "percent, valid_to, leave_from, leave_to"
# Equal posts of one employee number are paired by what they say (so that reading a file again moves nothing),
# then in their order. One that had ended and is back stands again.
SAME_POST = f"""
    UPDATE staged_post s SET post_id = post.id
    FROM (SELECT ord, key, row_number() OVER (PARTITION BY key ORDER BY {_SAYS}, ord) AS place
          FROM (SELECT ord, {_SAYS}, {_KEY.format("number")} AS key FROM staged_post) keyed) row,
         (SELECT id, key, row_number() OVER (PARTITION BY key ORDER BY has_ended, {_SAYS}, id) AS place
          FROM (SELECT id, {_SAYS}, ended_on IS NOT NULL AS has_ended, {_KEY.format("employee_number")} AS key
                FROM organisation_post WHERE tenant_id = %(tenant)s) keyed) post
    WHERE row.ord = s.ord AND post.key = row.key AND post.place = row.place
"""
# Rows and posts of one person and employee number, by how much they differ. Where somebody has dozens of posts
# that all changed at once nothing is near anything, and pairing would cost more than it tells.
NEAREST_POST = """
    WITH row AS (
        SELECT * FROM (SELECT s.*, count(*) OVER (PARTITION BY number) AS many FROM staged_post s
                       WHERE post_id IS NULL) unpaired WHERE many <= 30
    ), post AS (
        SELECT * FROM (SELECT p.*, count(*) OVER (PARTITION BY employee_number) AS many FROM organisation_post p
                       WHERE p.tenant_id = %(tenant)s AND p.ended_on IS NULL
                       AND p.employee_number IN (SELECT number FROM row)
                       AND NOT EXISTS (SELECT 1 FROM staged_post t WHERE t.post_id = p.id)) free WHERE many <= 30
    ), pair AS (
        SELECT row.ord, post.id, (
            4 * (post.unit_id <> row.unit_id)::int
            + 4 * ((post.position_code, post.position_title) <> (row.position_code, row.position_title))::int
            + 3 * (post.is_main <> row.is_main)::int + 2 * (post.valid_from <> row.valid_from)::int
            + (post.percent IS DISTINCT FROM row.percent)::int
        ) AS distance
        FROM row JOIN post ON post.employee_number = row.number AND post.employee_id = row.employee_id
    ), ranked AS (
        SELECT ord, id, row_number() OVER (PARTITION BY ord ORDER BY distance, id) AS for_row,
               row_number() OVER (PARTITION BY id ORDER BY distance, ord) AS for_post
        FROM pair
    )
    UPDATE staged_post s SET post_id = ranked.id FROM ranked
    WHERE ranked.ord = s.ord AND for_row = 1 AND for_post = 1
"""

_TOLD = (
    "{0}.employee_id, {0}.unit_id, {0}.position_code, {0}.position_title, {0}.is_main, {0}.percent, {0}.valid_from, "
    "{0}.valid_to, {0}.leave_from, {0}.leave_to"
)
_WHO = "{0}.given_name, {0}.family_name, {0}.email, {0}.phone"
FATES = f"""
    UPDATE staged_post s SET fate = judged.fate
    FROM (
        SELECT s.ord, CASE
            WHEN s.post_id IS NULL THEN 'created'
            WHEN ({_TOLD.format("p")}) IS DISTINCT FROM ({_TOLD.format("s")}) OR p.ended_on IS NOT NULL THEN 'changed'
            WHEN s.contact AND ({_WHO.format("e")}) IS DISTINCT FROM ({_WHO.format("s")}) THEN 'changed'
            ELSE 'unchanged' END AS fate
        FROM staged_post s
        JOIN organisation_employee e ON e.tenant_id = %(tenant)s AND e.id = s.employee_id
        LEFT JOIN organisation_post p ON p.tenant_id = %(tenant)s AND p.id = s.post_id
    ) judged
    WHERE judged.ord = s.ord
"""

EXAMPLES_CREATED = """
    SELECT concat_ws(' · ', concat_ws(' ', s.number, s.given_name, s.family_name), s.position_title, u.name)
    FROM staged_post s JOIN organisation_unit u ON u.tenant_id = %(tenant)s AND u.id = s.unit_id
    WHERE s.fate = 'created' ORDER BY s.ord LIMIT %(most)s
"""


def _shown(post: str, unit: str, who: str) -> str:
    return (
        f"ARRAY[{unit}.name, {post}.position_code, {post}.position_title, {post}.is_main::text, "
        f"trim_scale({post}.percent)::text, {post}.valid_from::text, {post}.valid_to::text, {post}.leave_from::text, "
        f"{post}.leave_to::text, {who}.given_name, {who}.family_name, {who}.email, {who}.phone]"
    )


EXAMPLES_CHANGED = f"""
    SELECT concat_ws(' ', s.number, s.given_name, s.family_name), {_shown("p", "pu", "e")},
           CASE WHEN s.contact THEN {_shown("s", "su", "s")} ELSE {_shown("s", "su", "e")} END
    FROM staged_post s
    JOIN organisation_post p ON p.tenant_id = %(tenant)s AND p.id = s.post_id
    JOIN organisation_employee e ON e.tenant_id = %(tenant)s AND e.id = s.employee_id
    JOIN organisation_unit su ON su.tenant_id = %(tenant)s AND su.id = s.unit_id
    JOIN organisation_unit pu ON pu.tenant_id = %(tenant)s AND pu.id = p.unit_id
    WHERE s.fate = 'changed' ORDER BY s.ord LIMIT %(most)s
"""

END_POSTS = """
    WITH ended AS (
        UPDATE organisation_post p SET ended_on = %(today)s
        WHERE p.tenant_id = %(tenant)s AND p.ended_on IS NULL
          AND NOT EXISTS (SELECT 1 FROM staged_post s WHERE s.post_id = p.id)
          AND p.employee_number NOT IN (SELECT unnest(%(protected)s::text[]))
        RETURNING p.id, p.employee_id, p.employee_number, p.position_title
    ), shown AS (
        SELECT * FROM ended ORDER BY id LIMIT %(most)s
    )
    SELECT (SELECT count(*) FROM ended),
           ARRAY(SELECT concat_ws(' · ', concat_ws(' ', shown.employee_number, e.given_name, e.family_name),
                                  shown.position_title)
                 FROM shown JOIN organisation_employee e ON e.tenant_id = %(tenant)s AND e.id = shown.employee_id
                 ORDER BY shown.id)
"""

_POST_COLUMNS = (
    "employee_id, unit_id, position_code, position_title, is_main, percent, valid_from, valid_to, leave_from, "
    "leave_to, title_key"
)
WRITES = (
    f"""
    UPDATE organisation_employee e SET given_name = s.given_name, family_name = s.family_name, email = s.email,
           phone = s.phone, birth_year = coalesce(s.birth_year, e.birth_year)
    FROM staged_post s WHERE s.contact AND e.tenant_id = %(tenant)s AND e.id = s.employee_id
      AND (s.fate <> 'unchanged' AND ({_WHO.format("e")}) IS DISTINCT FROM ({_WHO.format("s")})
           OR e.birth_year IS DISTINCT FROM coalesce(s.birth_year, e.birth_year))
    """,
    f"""
    UPDATE organisation_post p SET ({_POST_COLUMNS}) = ({_TOLD.format("s")}, s.title_key), ended_on = NULL
    FROM staged_post s WHERE s.fate = 'changed' AND p.tenant_id = %(tenant)s AND p.id = s.post_id
    """,
    f"""
    INSERT INTO organisation_post (tenant_id, employee_number, {_POST_COLUMNS})
    SELECT %(tenant)s, s.number, {_TOLD.format("s")}, s.title_key
    FROM staged_post s WHERE s.fate = 'created' ORDER BY s.ord
    """,
    """
    INSERT INTO organisation_affiliation (person_id, tenant_id)
    SELECT DISTINCT person_id, %(tenant)s FROM staged_post ORDER BY person_id ON CONFLICT DO NOTHING
    """,
)
