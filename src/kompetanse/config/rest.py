"""The interface for machines: read-only JSON at /api/v1/, one call through a door per address.

Whoever calls is signed in as on the web, and sees what they see there; the requirement register is open
data. Every error is problem+json (RFC 9457) with the domain's own stable `code`. Money is in øre.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import Scope, SourceType, Verified
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import RunStatus
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import PoolStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureKind, MeasureStatus, PlanPage, PlanStatus
from kompetanse.foundation import access
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from kompetanse.ui.pages import sentence


class Problem(Schema):
    """Why not. `code` is for programs and never changes; `detail` is a sentence in the reader's language."""

    title: str
    status: int
    code: str
    detail: str


class Municipality(Schema):
    number: str
    name: str


class Region(Schema):
    id: int
    name: str
    municipalities: list[Municipality]


class Me(Schema):
    name: str
    roles: list[Role]
    region: Region | None


class Requirement(Schema):
    id: int
    code: str
    name: str
    applies_to: str
    source_type: SourceType
    reference: str
    interval_months: int | None
    scope: Scope
    verified: Verified
    valid_from: date | None
    aliases: list[str]


class Pool(Schema):
    """Equal needs as numbers; `unknown` counts the shares that do not say how many people.

    `people` is null where small numbers are hidden from the caller; then `people_at_least` is what is sure.
    """

    id: int
    reference: str
    title: str
    status: PoolStatus
    score: float
    municipalities: list[str]
    needs: int
    people: int | None
    people_at_least: int
    unknown: int
    statutory: int


class Plan(Schema):
    id: int
    year: int
    status: PlanStatus
    budget_ore: int
    adopted_at: datetime | None
    measures: int


class Measure(Schema):
    id: int
    reference: str
    title: str
    kind: MeasureKind
    status: MeasureStatus
    goal_id: int | None
    pool_ids: list[int]
    requirement_code: str
    target_group: str
    seats_planned: int
    quarter: int | None
    budget_ore: int


class WholePlan(Schema):
    """A plan with its measures, held up against its frame."""

    id: int
    year: int
    status: PlanStatus
    budget_ore: int
    frame_ore: int | None
    case_reference: str
    adopted_at: datetime | None
    measures: list[Measure]


class Run(Schema):
    id: int
    reference: str
    measure_id: int
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    deadline: date
    status: RunStatus
    max_seats: int
    seats_taken: int
    waiting: int


def signed_in(request: HttpRequest) -> Context | None:
    """The session's Context, as the web has it."""
    found: Context | None = getattr(request, "ctx", None)
    return found


api = NinjaAPI(
    title="Kompetanseregionen",
    version="1",
    urls_namespace="api-v1",
    description="Read-only. Sign in on the web; the session's cookie opens what you may see there.",
    auth=signed_in,
    docs_url=None,  # the library's page of documentation loads scripts from elsewhere
)
NO = {401: Problem, 403: Problem, 404: Problem}


@api.get("/me", response={200: Me, **NO})
def me(request: HttpRequest) -> dict[str, Any]:
    """Who I am here, my roles, and my region with those of its municipalities that I have in sight."""
    ctx = _acting(request)
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    mine = [it for it in region.municipalities if it.tenant_id in ctx.tenants] if region else []
    return {
        "name": ctx.actor.name,
        "roles": sorted(ctx.actor.roles),
        "region": region and {"id": region.tenant_id, "name": region.name, "municipalities": mine},
    }


@api.get("/requirements", response=list[Requirement], auth=None)
def requirements(request: HttpRequest) -> list[Any]:
    """The requirement register: what is required, of whom, and what it rests on. Open data."""
    return list(competence.list_requirements())


@api.get("/pools", response={200: list[Pool], **NO})
def pools(request: HttpRequest) -> list[Any]:
    """The region's pooled needs, in numbers."""
    ctx = _acting(request, needs.Right.POOL_READ)
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    return list(needs.list_pools(ctx, region_id=region.tenant_id)) if region else []


@api.get("/plans", response={200: list[Plan], **NO})
def action_plans(request: HttpRequest) -> list[Any]:
    """The yearly action plans, latest first."""
    return list(plans.list_plans(_acting(request, plans.Right.PLAN_READ)))


@api.get("/plans/{int:plan_id}", response={200: WholePlan, **NO})
def action_plan(request: HttpRequest, plan_id: int) -> dict[str, Any]:
    """One plan with its measures."""
    page = plans.get_plan(_acting(request, plans.Right.PLAN_READ), plan_id=plan_id)
    return {**_told(page), "measures": [measure for line in page.lines for measure in line.measures]}


@api.get("/runs", response={200: list[Run], **NO})
def runs(request: HttpRequest) -> list[Any]:
    """Courses in sight, by time."""
    return list(courses.list_runs(_acting(request, courses.Right.RUN_READ)))


def _told(page: PlanPage) -> dict[str, Any]:
    row = page.plan
    return {
        "id": row.id,
        "year": row.year,
        "status": row.status,
        "budget_ore": row.budget_ore,
        "frame_ore": page.frame_ore,
        "case_reference": page.case_reference,
        "adopted_at": row.adopted_at,
    }


def _acting(request: HttpRequest, right: str | None = None) -> Context:
    """The caller's Context. Raises Refused where the right is out of the question."""
    ctx: Context = request.auth  # type: ignore[attr-defined]
    if right is not None:
        access.require_role(ctx, right)
    return ctx


@api.exception_handler(DomainError)
def refuse(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A rule's no, with the status it has on the web."""
    status = 403 if isinstance(error, Refused) else 404 if isinstance(error, NotFound) else 422
    return _problem(request, status, error.code, sentence(error))


@api.exception_handler(AuthenticationError)
def ask_who(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Nobody is signed in."""
    return _problem(request, 401, "not_signed_in", _("Logg inn først."))


def _problem(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse:
    titles = {401: "Not signed in", 403: "Refused", 404: "Not found", 422: "Not possible"}
    told = Problem(title=titles[status], status=status, code=code, detail=detail)
    response = HttpResponse(told.model_dump_json(), status=status, content_type="application/problem+json")
    response["Cache-Control"] = "no-store"
    return response
