"""The small functions that the text of the statuses is put together of: words, last days, and what hangs together."""

from __future__ import annotations

# The same as kernel.text.ends_as over name_words: the tests hold the two together. An expression alone, so
# that it is put into the text where it is asked for; no word holds the sign between them.
NAME_HOLDS = """
CREATE OR REPLACE FUNCTION competence_name_holds(words text[], ending text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT strpos(array_to_string(words, E'\\x01') || E'\\x01', ending || E'\\x01') > 0
        OR strpos(array_to_string(words, E'\\x01') || E'\\x01', ending || E'n\\x01') > 0
        OR strpos(array_to_string(words, E'\\x01') || E'\\x01', ending || E'en\\x01') > 0
$$
"""

# The last day of one evidence by a rule that looks at nothing but the evidence itself.
LAST_DAY = """
CREATE OR REPLACE FUNCTION competence_last_day(
    done date, stated date, months integer, anchor text, fixed_month integer, fixed_day integer, early integer
) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT least(stated, CASE
        WHEN months IS NULL THEN NULL
        WHEN anchor = 'fixed_date' THEN competence_fixed_day(done, months, fixed_month, fixed_day, early)
        ELSE (done + make_interval(months => months))::date END)
$$
"""
# Everybody's runs out on one day of the year: the latest such day within the interval. Done within the early
# window before that day, the next period runs from it. No such day within the interval: counted from the day done.
FIXED_DAY = """
CREATE OR REPLACE FUNCTION competence_fixed_day(done date, months integer, month integer, day integer, early integer)
RETURNS date LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    limit_day date := (done + make_interval(months => months))::date;
    latest date := make_date(extract(year FROM limit_day)::int, month, day);
    upcoming date;
BEGIN
    IF early > 0 THEN
        upcoming := make_date(extract(year FROM done)::int, month, day);
        IF upcoming < done THEN
            upcoming := make_date(extract(year FROM done)::int + 1, month, day);
        END IF;
        IF (upcoming - make_interval(months => early))::date <= done THEN
            RETURN (upcoming + make_interval(months => months))::date;
        END IF;
    END IF;
    IF latest > limit_day THEN
        latest := make_date(extract(year FROM limit_day)::int - 1, month, day);
    END IF;
    RETURN CASE WHEN latest > done THEN latest ELSE limit_day END;
END
$$
"""
# Last days of a series in order of completion, where a renewal within the window keeps the old date (YSK). The
# issuer's own date may lie up to one early window beyond: the issuer may know an older certificate. `told`: the
# issuer gave a day; what only covers has a day (`stated`) that no issuer may have told.
RENEWED = """
CREATE OR REPLACE FUNCTION competence_renewed(
    done date[], stated date[], told boolean[], months integer, early integer, grace integer
) RETURNS date[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    found date[] := '{}';
    previous date;
    ends date;
BEGIN
    FOR i IN 1 .. cardinality(done) LOOP
        ends := (done[i] + make_interval(months => months))::date;
        IF previous IS NOT NULL AND done[i] >= (previous - make_interval(months => early))::date
           AND done[i] <= previous + grace THEN
            ends := (previous + make_interval(months => months))::date;
        ELSIF told[i] THEN
            ends := (done[i] + make_interval(months => months + early))::date;
        END IF;
        ends := least(ends, stated[i]);
        found := found || ends;
        previous := greatest(previous, ends);
    END LOOP;
    RETURN found;
END
$$
"""

# The same of evidence that is alone in its series, put into the text where it is asked for.
ALONE = """
CREATE OR REPLACE FUNCTION competence_alone(done date, stated date, told boolean, months integer, early integer)
RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT least(stated, (done + make_interval(months => CASE WHEN told THEN months + early ELSE months END))::date)
$$
"""

# The requirements that may stand otherwise when something about these does: what covers what, and what is put
# together of what, in any number of steps. More than are touched are reckoned in vain; one too few would be wrong.
RELATED = """
CREATE OR REPLACE FUNCTION competence_related(p_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    v_all bigint[] := p_ids;
    v_more bigint[];
BEGIN
    LOOP
        SELECT array_agg(DISTINCT id) INTO v_more FROM (
            SELECT requirement_id AS id FROM competence_equivalence WHERE by_id = ANY (v_all)
            UNION ALL
            SELECT by_id FROM competence_equivalence WHERE requirement_id = ANY (v_all)
            UNION ALL
            SELECT v.requirement_id FROM competence_alternative a
            JOIN competence_requirementversion v ON v.id = a.version_id WHERE a.needs_id = ANY (v_all)
            UNION ALL
            SELECT a.needs_id FROM competence_requirementversion v
            JOIN competence_alternative a ON a.version_id = v.id WHERE v.requirement_id = ANY (v_all)) found
        WHERE id <> ALL (v_all);
        IF v_more IS NULL THEN
            RETURN v_all;
        END IF;
        v_all := v_all || v_more;
    END LOOP;
END $$
"""

ROUTINES = (NAME_HOLDS, FIXED_DAY, LAST_DAY, RENEWED, ALONE, RELATED)
