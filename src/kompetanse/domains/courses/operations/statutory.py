"""Who stands ahead because the law sets a date: asked of the competence ledger, where a run's policy says so."""

from __future__ import annotations

from kompetanse.domains.competence import api as competence
from kompetanse.domains.plans import api as plans
from kompetanse.kernel.context import Context

from ..models import Run


def has_statutory_deadline(ctx: Context, run: Run, employee_id: int) -> bool:
    """Does the run give a place ahead, and does the person lack by law what it gives, or soon will?"""
    if not run.line.get("statutory_first"):
        return False
    code = plans.get_measure(ctx, measure_id=run.measure_id).requirement_code
    return bool(code) and employee_id in competence.list_lacking_by_law(ctx, code=code, employee_ids=[employee_id])
