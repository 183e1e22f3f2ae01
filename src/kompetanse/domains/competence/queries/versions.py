"""A requirement through its versions, what is new to a municipality, and what it has decided for itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from kompetanse.domains.competence.models import (
    Alternative,
    Equivalence,
    LocalRule,
    Requirement,
    RequirementTarget,
    RequirementVersion,
    VersionReply,
)
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.rules.versions import LAW, difference
from kompetanse.domains.competence.types import (
    EquivalenceRow,
    LocalRuleRow,
    MemberInput,
    NewsRow,
    ReplyRow,
    RequirementHistory,
    Scope,
    SourceType,
    TargetInput,
    Verified,
    VersionInput,
    VersionRow,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .register import BEGINNING, FILE, in_force, requirements_in_sight
from .words import shown


def may_keep(ctx: Context, owner_id: int | None) -> bool:
    """May the actor change this requirement: the office a shared one, a municipality its own? No query."""
    if owner_id is not None:
        return bool(access.answer(ctx.actor, Right.REQUIREMENT_TIGHTEN, LocalRule(tenant_id=owner_id)))
    return any(access.answer(ctx.actor, Right.REGISTER_KEEP, LocalRule(tenant_id=it)) for it in ctx.tenants)


def require_keeper(ctx: Context, owner_id: int | None) -> None:
    """The shared register is the office's to keep; a municipality's own is its own. Raises NotFound or Refused."""
    if owner_id is not None:
        if owner_id not in ctx.tenants:
            raise NotFound()
        access.require(ctx, Right.REQUIREMENT_TIGHTEN, LocalRule(tenant_id=owner_id))
    elif not may_keep(ctx, None):
        access.require(ctx, Right.REGISTER_KEEP, LocalRule(tenant_id=0))


@query
def get_requirement_history(ctx: Context, requirement_id: int, *, to_change: bool = False) -> RequirementHistory:
    """A requirement's versions, standing and taken back, newest first, with what the actor may do. Raises NotFound.

    The same number of queries, however many versions there are. `to_change`: for those who keep it; raises Refused.
    """
    requirement = Requirement.objects.filter(requirements_in_sight(), pk=requirement_id).first()
    if requirement is None:
        raise NotFound()
    if to_change:
        require_keeper(ctx, requirement.owner_id)
    rows = version_rows(RequirementVersion.objects.filter(requirement=requirement))
    municipalities = {row.tenant_id: row.name for row in organisation.list_municipalities(ctx.tenants)}
    first_ids = [row.first_id for row in rows]
    replies = VersionReply.objects.filter(version_id__in=first_ids, withdrawn_at=None).order_by("tenant_id", "pk")
    return RequirementHistory(
        requirement.pk,
        requirement.code,
        shown(requirement.name_nb, requirement.name_nn),
        municipalities.get(requirement.owner_id or 0, ""),
        rows,
        _equivalences(requirement.pk),
        _local_rules(ctx, requirement.pk, municipalities),
        tuple(_reply(reply, municipalities) for reply in replies),
        names_of(row.says for row in rows),
        may_keep(ctx, requirement.owner_id),
        any(may_keep(ctx, tenant_id) for tenant_id in municipalities),
    )


@query
def get_version(ctx: Context, version_id: int, *, to_change: bool = False) -> tuple[int, VersionRow]:
    """The version as it stands now, by any row that has told it, with its requirement's id. Raises NotFound.

    `to_change`: for those who keep the requirement; raises Refused.
    """
    seen = RequirementVersion.objects.filter(requirements_in_sight("requirement__"))
    asked = seen.select_related("requirement").filter(pk=version_id).first()
    if asked is None:
        raise NotFound()
    if to_change:
        require_keeper(ctx, asked.requirement.owner_id)
    rows = version_rows(RequirementVersion.objects.filter(requirement_id=asked.requirement_id))
    first_id = asked.same_as_id or asked.pk
    return asked.requirement_id, next(row for row in rows if row.first_id == first_id)


@query
def get_equivalence(ctx: Context, equivalence_id: int) -> tuple[int, EquivalenceRow]:
    """What counts for what, with the covered requirement's id, for those who keep it. Raises NotFound or Refused."""
    seen = Equivalence.objects.filter(requirements_in_sight("requirement__"), withdrawn_at=None)
    row = seen.select_related("requirement", "by").filter(pk=equivalence_id).first()
    if row is None:
        raise NotFound()
    require_keeper(ctx, row.requirement.owner_id)
    return row.requirement_id, _equivalence(row, row.by, covers=False)


@query
def get_local_rule(ctx: Context, rule_id: int) -> tuple[int, LocalRuleRow]:
    """A municipality's own interval, with the requirement's id. Raises NotFound or Refused."""
    rule: LocalRule = access.fetch(ctx, LocalRule.objects.all(), rule_id, Right.REQUIREMENT_TIGHTEN)
    places = {row.tenant_id: row.name for row in organisation.list_municipalities(frozenset({rule.tenant_id}))}
    return rule.requirement_id, _local_rule(ctx, rule, places)


@query
def list_news(ctx: Context, tenant_id: int, *, answered: bool = False) -> list[NewsRow]:
    """The versions people have told that a municipality has not answered to yet, or those it has; newest first.

    Only what holds or is to come; what came with the programme is nobody's news. Raises NotFound or Refused.
    """
    if tenant_id not in ctx.tenants:
        raise NotFound()
    access.require(ctx, Right.VERSION_ANSWER, VersionReply(tenant_id=tenant_id))
    place = organisation.list_municipalities(frozenset({tenant_id}))[0].name
    return _news(ctx, {tenant_id: place}, answered=answered)


@query
def list_replies(ctx: Context) -> list[NewsRow]:
    """For those who keep the shared register: each standing version people have told, and each municipality's answer.

    One row for each version and municipality in sight. Raises Refused.
    """
    if not may_keep(ctx, None):
        access.require(ctx, Right.REGISTER_KEEP, LocalRule(tenant_id=0))
    places = {row.tenant_id: row.name for row in organisation.list_municipalities(ctx.tenants)}
    return [*_news(ctx, places, answered=False), *_news(ctx, places, answered=True)]


def tenants_to_tighten(ctx: Context) -> frozenset[int]:
    """The tenants in sight whose own requirements and intervals the actor decides. No query."""
    return frozenset(it for it in ctx.tenants if may_keep(ctx, it))


def tenants_to_answer(ctx: Context) -> frozenset[int]:
    """The tenants in sight that the actor answers new versions for. No query."""
    return frozenset(
        it for it in ctx.tenants if access.answer(ctx.actor, Right.VERSION_ANSWER, VersionReply(tenant_id=it))
    )


def _news(ctx: Context, places: dict[int, str], *, answered: bool) -> list[NewsRow]:
    told = RequirementVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gte=ctx.today), withdrawn_at=None)
    news = told.filter(requirement__owner=None).exclude(recorded_by=FILE).select_related("requirement")
    requirements = {row.requirement_id: row.requirement for row in news}
    wanted = {row.pk for row in news}
    by_requirement: dict[int, list[RequirementVersion]] = {}
    for row in _whole(RequirementVersion.objects.filter(requirement_id__in=requirements)):
        by_requirement.setdefault(row.requirement_id, []).append(row)
    found = {key: [it for it in _history(rows) if it.id in wanted] for key, rows in by_requirement.items()}
    first_ids = [it.first_id for rows in found.values() for it in rows]
    standing = VersionReply.objects.filter(version_id__in=first_ids, tenant_id__in=places, withdrawn_at=None)
    replies = {(reply.tenant_id, reply.version_id): _reply(reply, places) for reply in standing}
    names = names_of(it.says for rows in found.values() for it in rows)
    result = []
    for key, told_rows in found.items():
        named = requirements[key]
        for version in told_rows:
            for tenant_id, place in places.items():
                reply = replies.get((tenant_id, version.first_id))
                if (reply is not None) is answered:
                    may = access.answer(ctx.actor, Right.VERSION_ANSWER, VersionReply(tenant_id=tenant_id))
                    result.append(
                        NewsRow(
                            version, key, named.code, shown(named.name_nb, named.name_nn),
                            reply or ReplyRow(version.first_id, tenant_id, place), names, bool(may),
                            version.says.source_type not in LAW,
                        )
                    )  # fmt: skip
    return sorted(result, key=lambda it: (it.version.recorded_at, it.version.id, it.reply.municipality), reverse=True)


# --- rows ------------------------------------------------------------------------------------------------


def row_in_force(requirement_id: int, day: date) -> RequirementVersion | None:
    """The version that holds on the day, with its targets and alternatives."""
    return _whole(RequirementVersion.objects.filter(in_force(day), requirement_id=requirement_id)).first()


def version_rows(rows: QuerySet[RequirementVersion]) -> tuple[VersionRow, ...]:
    """One requirement's versions, newest first: the standing ones, and those taken back for good. Three queries."""
    return tuple(reversed(_history(list(_whole(rows)))))


def _whole(rows: QuerySet[RequirementVersion]) -> QuerySet[RequirementVersion]:
    return rows.prefetch_related(
        Prefetch("targets", RequirementTarget.objects.order_by("pk")),
        Prefetch("alternatives", Alternative.objects.select_related("needs").order_by("group", "pk")),
    ).order_by("valid_from", "pk")


def _history(rows: list[RequirementVersion]) -> list[VersionRow]:
    """In order of first day, each with what differs from the standing one before it."""
    first = {row.pk: row for row in rows}
    standing = {row.same_as_id or row.pk for row in rows if row.withdrawn_at is None}
    latest: dict[int, RequirementVersion] = {}
    for row in rows:
        first_id = row.same_as_id or row.pk
        if row.withdrawn_at is None or (first_id not in standing and row.pk >= latest.get(first_id, row).pk):
            latest[first_id] = row
    result: list[VersionRow] = []
    before: VersionInput | None = None
    for first_id, row in sorted(latest.items(), key=lambda pair: (pair[1].valid_from, pair[1].pk)):
        says = content_of(row)
        told = first.get(first_id, row)
        result.append(
            VersionRow(
                row.pk, first_id, row.valid_to, says, difference(before, says), before is None,
                row.recorded_by == FILE, told.recorded_at, row.recorded_by, row.withdrawn_at,
            )
        )  # fmt: skip
        if row.withdrawn_at is None:
            before = says
    return result


def content_of(row: RequirementVersion) -> VersionInput:
    """What a version says, as it would be told again."""
    ways: dict[int, list[MemberInput]] = {}
    for part in row.alternatives.all():
        points = None if part.points is None else Decimal(part.points).normalize()
        ways.setdefault(part.group, []).append(MemberInput(part.needs.code, points))
    return VersionInput(
        valid_from=row.valid_from, source_type=SourceType(row.source_type), reference=row.reference,
        applies_to=row.applies_to, scope=Scope(row.scope), verified=Verified(row.verified),
        verified_on=row.verified_on, responsible=row.responsible, interval_months=row.interval_months,
        anchor=row.anchor, fixed_month=row.fixed_month, fixed_day=row.fixed_day,
        early_window_months=row.early_window_months, grace_days=row.grace_days, credit_months=row.credit_months,
        dispensation_months=row.dispensation_months, least=row.least, consequence_nb=row.consequence_nb,
        consequence_nn=row.consequence_nn, note=row.note,
        targets=tuple(TargetInput(t.kind, t.value, t.within) for t in row.targets.all()),
        alternatives=tuple(tuple(way) for way in ways.values()),
    )  # fmt: skip


def names_of(versions: Iterable[VersionInput]) -> dict[str, str]:
    """Code → name in the reader's form, of every requirement that alternatives name. At most one query."""
    codes = {m.requirement_code for version in versions for way in version.alternatives for m in way}
    if not codes:
        return {}
    return {one.code: shown(one.name_nb, one.name_nn) for one in Requirement.objects.filter(code__in=codes)}


def _equivalences(requirement_id: int) -> tuple[EquivalenceRow, ...]:
    seen = Equivalence.objects.filter(
        requirements_in_sight("requirement__"), requirements_in_sight("by__"), withdrawn_at=None
    )
    rows = seen.select_related("requirement", "by").filter(Q(requirement=requirement_id) | Q(by=requirement_id))
    return tuple(
        _equivalence(row, row.by, covers=False)
        if row.requirement_id == requirement_id
        else _equivalence(row, row.requirement, covers=True)
        for row in rows.order_by("valid_from", "pk")
    )


def _equivalence(row: Equivalence, other: Requirement, *, covers: bool) -> EquivalenceRow:
    since = row.valid_from if row.valid_from > BEGINNING else None
    return EquivalenceRow(row.pk, other.pk, shown(other.name_nb, other.name_nn), covers, since, row.valid_to)


def _local_rules(ctx: Context, requirement_id: int, places: dict[int, str]) -> tuple[LocalRuleRow, ...]:
    rules = LocalRule.objects.filter(requirement_id=requirement_id, tenant_id__in=places, withdrawn_at=None)
    return tuple(_local_rule(ctx, rule, places) for rule in rules.order_by("tenant_id", "valid_from"))


def _local_rule(ctx: Context, rule: LocalRule, places: dict[int, str]) -> LocalRuleRow:
    may = rule.withdrawn_at is None and bool(access.answer(ctx.actor, Right.REQUIREMENT_TIGHTEN, rule))
    return LocalRuleRow(
        rule.pk, rule.tenant_id, places[rule.tenant_id], rule.interval_months, rule.why, rule.valid_from,
        rule.valid_to, rule.recorded_by, may,
    )  # fmt: skip


def _reply(reply: VersionReply, places: dict[int, str]) -> ReplyRow:
    return ReplyRow(
        reply.version_id, reply.tenant_id, places.get(reply.tenant_id, ""), reply.accepted, reply.why,
        reply.recorded_at, reply.recorded_by,
    )  # fmt: skip
