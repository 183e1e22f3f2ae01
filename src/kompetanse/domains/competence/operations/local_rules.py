"""What a municipality decides for itself: a stricter interval, and whether it follows a new version."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from kompetanse.domains.competence.events import LocalRuleEnded, LocalRuleSet, VersionAnswered
from kompetanse.domains.competence.models import LocalRule, RequirementVersion, VersionReply
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.queries.register import find_requirement, in_force
from kompetanse.domains.competence.rules import versions as rules
from kompetanse.domains.competence.types import (
    EndsBeforeItStarts,
    LawCannotBeDeclined,
    LocalIntervalIsLonger,
    LocalRuleInput,
    LocalRuleIsEnded,
    LocalRuleOverlaps,
    NumberOutOfRange,
    SourceType,
    VersionIsTakenBack,
    WhyIsMissing,
)
from kompetanse.foundation import access, locks
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound


@operation
def set_local_rule(ctx: Context, told: LocalRuleInput) -> int:
    """The municipality renews a requirement more often than the register says, in a period.

    Gives the rule's id. Raises NotFound, Refused, UnknownRequirement, WhyIsMissing, EndsBeforeItStarts,
    NumberOutOfRange, LocalIntervalIsLonger, LocalRuleOverlaps.
    """
    rule = put_local_rule(ctx, told)
    event = LocalRuleSet(
        tenant_id=told.tenant_id, rule_id=rule.pk, requirement_code=rule.requirement.code,
        interval_months=told.interval_months, valid_from=told.valid_from, valid_to=told.valid_to,
    )  # fmt: skip
    publish(ctx, event)
    return rule.pk


def put_local_rule(ctx: Context, told: LocalRuleInput) -> LocalRule:
    """The row itself, without word of it. Raises what set_local_rule raises."""
    if told.tenant_id not in ctx.tenants:
        raise NotFound()
    access.require(ctx, Right.REQUIREMENT_TIGHTEN, LocalRule(tenant_id=told.tenant_id))
    requirement = find_requirement(told.requirement_code)
    rules.check_day(told.valid_from)
    if not told.why.strip():
        raise WhyIsMissing()
    if told.valid_to is not None and told.valid_to < told.valid_from:
        raise EndsBeforeItStarts(day=told.valid_from.isoformat())
    if not 1 <= told.interval_months <= rules.MONTHS:
        raise NumberOutOfRange("interval_months", number=told.interval_months, least=1, most=rules.MONTHS)
    locks.hold("local rule", told.tenant_id, requirement.id)
    shared = RequirementVersion.objects.filter(in_force(told.valid_from), requirement_id=requirement.id).first()
    if shared is not None and shared.interval_months is not None and told.interval_months >= shared.interval_months:
        raise LocalIntervalIsLonger(months=shared.interval_months)
    others = LocalRule.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=told.valid_from),
        tenant_id=told.tenant_id, requirement_id=requirement.id, withdrawn_at=None,
    )  # fmt: skip
    if (others if told.valid_to is None else others.filter(valid_from__lte=told.valid_to)).exists():
        raise LocalRuleOverlaps()
    rule: LocalRule = LocalRule.objects.create(
        tenant_id=told.tenant_id, requirement_id=requirement.id, interval_months=told.interval_months,
        why=told.why.strip()[:300], valid_from=told.valid_from, valid_to=told.valid_to, recorded_at=ctx.now,
        recorded_by=ctx.actor.name,
    )  # fmt: skip
    return rule


@operation
def end_local_rule(ctx: Context, rule_id: int, last_day: date) -> int:
    """The stricter interval holds to this day and no longer. It is told again with its last day: gives the new id.

    Raises NotFound, Refused, LocalRuleIsEnded, EndsBeforeItStarts.
    """
    rule = _standing_rule(ctx, rule_id)
    if last_day < rule.valid_from:
        raise EndsBeforeItStarts(day=rule.valid_from.isoformat())
    if rule.valid_to is not None and last_day > rule.valid_to:
        raise LocalRuleIsEnded()
    rule.withdrawn_at = ctx.now
    rule.save(update_fields=["withdrawn_at"])
    again: LocalRule = LocalRule.objects.create(
        tenant_id=rule.tenant_id, requirement_id=rule.requirement_id, interval_months=rule.interval_months,
        why=rule.why, valid_from=rule.valid_from, valid_to=last_day, recorded_at=ctx.now,
        recorded_by=rule.recorded_by,
    )  # fmt: skip
    _ended(ctx, rule, last_day, "")
    return again.pk


@operation
def take_back_local_rule(ctx: Context, rule_id: int, why: str) -> None:
    """The stricter interval was wrong: as if it had not been told. Raises NotFound, Refused, LocalRuleIsEnded,
    WhyIsMissing."""
    rule = _standing_rule(ctx, rule_id)
    if not why.strip():
        raise WhyIsMissing()
    rule.withdrawn_at = ctx.now
    rule.save(update_fields=["withdrawn_at"])
    _ended(ctx, rule, None, why.strip()[:300])


@operation
def answer_version(ctx: Context, tenant_id: int, version_id: int, *, accepted: bool, why: str = "") -> None:
    """The municipality takes a new version of a shared requirement, or keeps the one before.

    Answered again, the later answer stands. Raises NotFound, Refused, VersionIsTakenBack, LawCannotBeDeclined,
    WhyIsMissing (for a no).
    """
    if tenant_id not in ctx.tenants:
        raise NotFound()
    access.require(ctx, Right.VERSION_ANSWER, VersionReply(tenant_id=tenant_id))
    asked = RequirementVersion.objects.select_related("requirement").filter(pk=version_id).first()
    if asked is None or asked.requirement.owner_id is not None:
        raise NotFound()
    first_id = asked.same_as_id or asked.pk
    if not RequirementVersion.objects.filter(Q(pk=first_id) | Q(same_as_id=first_id), withdrawn_at=None).exists():
        raise VersionIsTakenBack()
    if not accepted and SourceType(asked.source_type) in rules.LAW:
        raise LawCannotBeDeclined()
    if not accepted and not why.strip():
        raise WhyIsMissing()
    locks.hold("version reply", tenant_id, first_id)
    VersionReply.objects.filter(tenant_id=tenant_id, version_id=first_id, withdrawn_at=None).update(
        withdrawn_at=ctx.now
    )
    VersionReply.objects.create(
        tenant_id=tenant_id, version_id=first_id, accepted=accepted, why=why.strip()[:300], recorded_at=ctx.now,
        recorded_by=ctx.actor.name,
    )  # fmt: skip
    event = VersionAnswered(
        tenant_id=tenant_id, version_id=first_id, requirement_code=asked.requirement.code, accepted=accepted,
        why=why.strip()[:300],
    )  # fmt: skip
    publish(ctx, event)


def _standing_rule(ctx: Context, rule_id: int) -> LocalRule:
    rules_in_sight = LocalRule.objects.select_related("requirement")
    rule: LocalRule = access.fetch(ctx, rules_in_sight, rule_id, Right.REQUIREMENT_TIGHTEN, lock=True)
    if rule.withdrawn_at is not None:
        raise LocalRuleIsEnded()
    return rule


def _ended(ctx: Context, rule: LocalRule, last_day: date | None, why: str) -> None:
    event = LocalRuleEnded(
        tenant_id=rule.tenant_id, rule_id=rule.pk, requirement_code=rule.requirement.code, valid_to=last_day, why=why
    )
    publish(ctx, event)
