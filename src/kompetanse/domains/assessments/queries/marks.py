"""What is critical, what levels are wanted, and who may rate as an expert."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kompetanse.domains.assessments.models import CriticalMark, ExpertMandate, Participant, WantedRange
from kompetanse.domains.assessments.permissions import Right
from kompetanse.domains.assessments.types import (
    CampaignStatus,
    CriticalRow,
    ExpertPage,
    Item,
    MandateRow,
    MarksPage,
    RangeRow,
    RaterKind,
    RatingPage,
)
from kompetanse.domains.competence import api as competence
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .standing import critical_in, standing, valid_on, wanted


@query
def list_critical(ctx: Context) -> list[CriticalRow]:
    """Requirements marked as critical today, in sight: the region's for all, and the municipalities' own. Two queries.

    Not a secret: everybody in a municipality may see what must not be lacking there.
    """
    found = CriticalMark.objects.filter(valid_on(ctx.today))
    return _critical_rows(found, {row.id: (row.code, row.name) for row in competence.list_requirements()})


@query
def list_ranges(ctx: Context) -> list[RangeRow]:
    """The wanted levels in sight, the region's first. One query."""
    return _range_rows(WantedRange.objects.all())


@query
def list_mandates(ctx: Context) -> list[MandateRow]:
    """Standing experts where the actor may give mandates. One query."""
    return mandate_rows(ExpertMandate.objects.filter(access.rows(ctx.actor, Right.MANDATE_GIVE), valid_on(ctx.today)))


@query
def get_marks(ctx: Context, *, requirement_id: int) -> MarksPage:
    """What is decided about one requirement, and where the actor may decide. Raises NotFound."""
    access.require_role(ctx, Right.RANGE_SET)
    row = competence.get_requirement(requirement_id=requirement_id).requirement
    marks = CriticalMark.objects.filter(valid_on(ctx.today), requirement_id=requirement_id)
    mandates = ExpertMandate.objects.filter(
        access.rows(ctx.actor, Right.MANDATE_GIVE), valid_on(ctx.today), requirement_id=requirement_id
    )
    return MarksPage(
        row.id,
        row.name,
        tuple(_critical_rows(marks, {row.id: (row.code, row.name)})),
        tuple(_range_rows(WantedRange.objects.filter(requirement_id=requirement_id))),
        tuple(mandate_rows(mandates)),
        tuple(_places(ctx)),
    )


def _places(ctx: Context) -> Iterable[tuple[int, str]]:
    """Where the actor may decide: the region first, then the municipalities."""
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    places = [(region.tenant_id, region.name)] if region else []
    places += [(row.tenant_id, row.name) for row in organisation.list_municipalities(ctx.tenants)]
    return [place for place in places if access.answer(ctx.actor, Right.RANGE_SET, WantedRange(tenant_id=place[0]))]


def _critical_rows(found: QuerySet[CriticalMark], names: dict[int, tuple[str, str]]) -> list[CriticalRow]:
    rows = found.order_by("-for_all", "tenant_id", "requirement_id", "id").values_list(
        "id", "tenant_id", "tenant__name", "requirement_id", "reason", "valid_from", "valid_to"
    )
    return [
        CriticalRow(pk, tenant, place, key, *names.get(key, ("", "")), reason, start, end)
        for pk, tenant, place, key, reason, start, end in rows
    ]


def _range_rows(found: QuerySet[WantedRange]) -> list[RangeRow]:
    rows = found.order_by("-for_all", "tenant_id", "requirement_id")
    return [
        RangeRow(*values)
        for values in rows.values_list("tenant_id", "tenant__name", "requirement_id", "lowest", "highest")
    ]


def mandate_rows(found: QuerySet[ExpertMandate]) -> list[MandateRow]:
    """Mandates with their requirement's name in bokmål or nynorsk as the register has it. One query."""
    from .words import chosen_form

    rows = found.order_by("tenant_id", "requirement_id", "id").values_list(
        "id", "tenant_id", "requirement_id", "requirement__name_nb", "requirement__name_nn", "expert__given_name",
        "expert__family_name", "valid_from", "valid_to",
    )  # fmt: skip
    return [
        MandateRow(pk, tenant, key, chosen_form(nb, nn), f"{given} {family}".strip(), start, end)
        for pk, tenant, key, nb, nn, given, family, start, end in rows
    ]


@query
def get_expert_page(ctx: Context, *, mandate_id: int) -> ExpertPage:
    """The people the expert may rate: asked about the requirement in an open campaign. Raises NotFound or Refused.

    The expert sees names and own words, not what others have said.
    """
    mandates = ExpertMandate.objects.filter(valid_on(ctx.today)).select_related("requirement")
    mandate = access.fetch(ctx, mandates, mandate_id, Right.EXPERT_RATE)
    (told,) = mandate_rows(ExpertMandate.objects.filter(pk=mandate.pk))
    people = to_rate_as_expert(mandate)
    mine = Q(requirement_id=mandate.requirement_id, kind=RaterKind.EXPERT, rater_id=mandate.expert_id)
    before = {row.employee_id: row for row in standing(mine & Q(employee_id__in=list(people)))}
    low, high = wanted(mandate.tenant_id).get(mandate.requirement_id, (None, None))
    critical = mandate.requirement_id in critical_in(mandate.tenant_id, ctx.today)
    return ExpertPage(
        mandate.pk,
        mandate.requirement_id,
        told.requirement_name,
        tuple(
            RatingPage(
                RaterKind.EXPERT, who, name, unit,
                (
                    Item(
                        mandate.requirement_id, "", told.requirement_name, "", critical, low, high,
                        (before[who],) if who in before else (),
                    ),
                ),
            )
            for who, (name, unit, _campaign) in people.items()
        ),
    )  # fmt: skip


def to_rate_as_expert(mandate: ExpertMandate) -> dict[int, tuple[str, str, int]]:
    """Employee id → name, unit and campaign of those who are asked about the expert's requirement. One query."""
    rows = (
        Participant.objects.filter(
            tenant_id=mandate.tenant_id, campaign__status=CampaignStatus.OPEN, excused_at=None,
            requirements__contains=[mandate.requirement_id],
        )
        .exclude(employee_id=mandate.expert_id)
        .order_by("unit__path", "employee__family_name", "employee__given_name", "employee_id", "-campaign_id")
        .values_list("employee_id", "employee__given_name", "employee__family_name", "unit__name", "campaign_id")
    )  # fmt: skip
    found: dict[int, tuple[str, str, int]] = {}
    for who, given, family, unit, campaign_id in rows:
        found.setdefault(who, (f"{given} {family}".strip(), unit, campaign_id))
    return found
