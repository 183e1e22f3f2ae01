"""The register as it says on a day, in one statement."""

from __future__ import annotations

# Written out, since every page about competence asks it. Says what `versions` says, with what stands beside.
_IN_FORCE = (
    "{0}.withdrawn_at IS NULL AND {0}.valid_from <= %(day)s AND ({0}.valid_to IS NULL OR {0}.valid_to >= %(day)s)"
)
REGISTER = f"""
    SELECT r.id, r.code, r.name_nb, r.name_nn, v.applies_to, v.source_type, v.reference, v.interval_months, v.scope,
           v.verified, v.note, v.valid_from, v.anchor, v.early_window_months, v.grace_days, v.fixed_month, v.fixed_day,
           ARRAY(SELECT q.by_id FROM competence_equivalence q
                 WHERE q.requirement_id = r.id AND {_IN_FORCE.format("q")} ORDER BY q.by_id),
           ARRAY(SELECT l.tenant_id FROM competence_localrule l
                 WHERE l.requirement_id = r.id AND {_IN_FORCE.format("l")} ORDER BY l.id),
           ARRAY(SELECT l.interval_months FROM competence_localrule l
                 WHERE l.requirement_id = r.id AND {_IN_FORCE.format("l")} ORDER BY l.id),
           ARRAY(SELECT y.tenant_id FROM competence_versionreply y
                 WHERE y.version_id = coalesce(v.same_as_id, v.id) AND NOT y.accepted AND y.withdrawn_at IS NULL
                   AND v.source_type NOT IN ('lov', 'forskrift') ORDER BY y.tenant_id)
    FROM (SELECT DISTINCT ON (requirement_id) * FROM competence_requirementversion
          WHERE withdrawn_at IS NULL AND (valid_to IS NULL OR valid_to >= %(day)s)
          ORDER BY requirement_id, valid_from) v
    JOIN competence_requirement r ON r.id = v.requirement_id
    WHERE r.owner_id IS NULL
       OR r.owner_id = ANY (string_to_array(nullif(current_setting('app.tenants', true), ''), ',')::bigint[])
    ORDER BY r.position, r.id
"""
