"""What can be asked of the risk register."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context, system_context

from . import rules
from .models import Mitigation, Risk, RiskAssessment, RiskNote
from .permissions import Right
from .types import AssessmentRow, MitigationRow, NoteRow, RegisterPage, RiskPage, RiskRow, RiskStatus

OWNERS = frozenset({Role.COURSE_ADMINISTRATOR, Role.FORUM_MEMBER})


@query
def list_risks(ctx: Context, *, status: RiskStatus | None = RiskStatus.OPEN) -> list[RiskRow]:
    """Risks in sight, the gravest first; of one status, or all with None. Two queries."""
    risks = Risk.objects.filter(access.rows(ctx.actor, Right.RISK_READ))
    if status is not None:
        risks = risks.filter(status=status)
    gravest = sorted(risks, key=lambda risk: (-risk.probability * risk.consequence, -risk.consequence, risk.id))
    return _rows(ctx, gravest)


def _rows(ctx: Context, risks: list[Risk]) -> list[RiskRow]:
    undone: dict[int, list[date]] = defaultdict(list)
    measures = Mitigation.objects.filter(risk_id__in=[risk.id for risk in risks], done_on=None)
    for risk_id, due_on in measures.values_list("risk_id", "due_on"):
        undone[risk_id].append(due_on)
    return [
        RiskRow(
            risk.id, risk.tenant_id, risk.title, risk.owner_name, risk.probability, risk.consequence,
            rules.level_of(risk.probability, risk.consequence), RiskStatus(risk.status), len(undone[risk.id]),
            sum(due_on < ctx.today for due_on in undone[risk.id]), min(undone[risk.id], default=None),
        )
        for risk in risks
    ]  # fmt: skip


@query
def get_register(ctx: Context) -> RegisterPage:
    """All risks in sight, and where the reader may write new ones."""
    rows = list_risks(ctx, status=None)
    region_id: int | None = None
    owners: tuple[tuple[int, str], ...] = ()
    if access.possible(ctx.actor, Right.RISK_MANAGE):
        region = organisation.find_region_of(ctx.tenants, ctx.today)
        if region and access.answer(ctx.actor, Right.RISK_MANAGE, Risk(tenant_id=region.tenant_id)):
            region_id, owners = region.tenant_id, owners_of(ctx, region.tenant_id)
    return RegisterPage(
        tuple(row for row in rows if row.status is RiskStatus.OPEN),
        tuple(row for row in rows if row.status is RiskStatus.CLOSED),
        region_id,
        owners,
    )


@query
def get_risk(ctx: Context, *, risk_id: int) -> RiskPage:
    """A risk with its history, measures and notes. Raises NotFound or Refused."""
    risk = access.fetch(ctx, Risk.objects.all(), risk_id, Right.RISK_READ)
    may_manage = bool(access.answer(ctx.actor, Right.RISK_MANAGE, risk))
    return RiskPage(
        risk=_rows(ctx, [risk])[0],
        description=risk.description,
        owner_id=risk.owner_id,
        version=risk.version,
        assessments=tuple(
            AssessmentRow(
                row.probability, row.consequence, rules.level_of(row.probability, row.consequence), row.why, row.name,
                row.assessed_at,
            )
            for row in RiskAssessment.objects.filter(risk=risk).order_by("-assessed_at", "-id")
        ),
        measures=tuple(
            MitigationRow(
                row.id, row.text, row.responsible, row.due_on, row.done_on,
                row.done_on is None and row.due_on < ctx.today,
            )
            for row in Mitigation.objects.filter(risk=risk).order_by("due_on", "id")
        ),
        notes=tuple(
            NoteRow(row.text, row.name, row.written_at)
            for row in RiskNote.objects.filter(risk=risk).order_by("-written_at", "-id")
        ),
        may_manage=may_manage,
        owners=owners_of(ctx, risk.tenant_id) if may_manage else (),
    )  # fmt: skip


def owners_of(ctx: Context, region_id: int) -> tuple[tuple[int, str], ...]:
    """Those who can own a risk: the forum's members and the office. Their seats are public."""
    inside = system_context("who can own a risk", ctx.tenants, ctx.now)
    holders = organisation.list_role_holders(inside, tenant_id=region_id, roles=OWNERS)
    return tuple(sorted({(row.person_id, row.name) for row in holders}, key=lambda pair: pair[1]))
