"""Giving a municipality's own words a meaning. Nothing counts before a person has said so."""

from __future__ import annotations

from kompetanse.domains.competence.events import MappingConfirmed, TopicNameTaught
from kompetanse.domains.competence.models import TextMapping, Topic, TopicName
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.queries.ledger import standing_evidence
from kompetanse.domains.competence.queries.mapping import WORDS, list_unmapped, require_municipality
from kompetanse.domains.competence.queries.register import find_requirement
from kompetanse.domains.competence.rules.evidence import text_key
from kompetanse.domains.competence.types import NotInRegister, UnknownTopic
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access, locks
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context


@operation
def confirm_mapping(ctx: Context, tenant_id: int, text: str, requirement_code: str | None) -> int:
    """Say what these words prove in this municipality, now and in later files; None: no requirement.

    Said again, the later answer stands. Gives how many standing evidences it gives a meaning. Raises NotFound,
    Refused, NotInRegister, UnknownRequirement.
    """
    require_municipality(ctx, tenant_id, Right.MAPPING_CONFIRM)
    return _confirm(ctx, tenant_id, text, requirement_code)


@operation
def confirm_suggestions(ctx: Context, tenant_id: int, at_least: float) -> int:
    """Confirm every guess at a requirement that scores at least so much (0..1). Gives how many texts."""
    require_municipality(ctx, tenant_id, Right.MAPPING_CONFIRM)
    chosen = [row for row in list_unmapped(ctx, tenant_id) if row.requirement_code and row.score >= at_least]
    for row in chosen:
        _confirm(ctx, tenant_id, row.text, row.requirement_code)
    return len(chosen)


@operation
def teach_topic_name(ctx: Context, topic_code: str, name: str) -> None:
    """Teach a topic one more name it goes under. Does nothing where it is known. Raises Refused, UnknownTopic."""
    access.require_role(ctx, Right.TOPIC_TEACH)
    topic = Topic.objects.filter(code=topic_code).first()
    if topic is None:
        raise UnknownTopic(code=topic_code)
    name = " ".join(name.split())[:200]
    if not name:
        return
    taught, is_new = TopicName.objects.get_or_create(topic=topic, name=name, defaults={"taught_at": ctx.now})
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    if is_new and region is not None:
        publish(ctx, TopicNameTaught(tenant_id=region.tenant_id, topic_code=topic_code, name=taught.name))


def _confirm(ctx: Context, tenant_id: int, text: str, requirement_code: str | None) -> int:
    key = text_key(text)
    requirement = find_requirement(requirement_code) if requirement_code else None
    locks.hold("mapping", tenant_id)
    mapping = TextMapping.objects.filter(tenant_id=tenant_id, text_key=key, replaced_at=None).first()
    count = standing_evidence(WORDS).filter(tenant_id=tenant_id, title_key=key).count()
    if mapping is None and not count:
        raise NotInRegister(text=text)
    if mapping is not None:
        # What it meant until now is kept, so that what was known then can be told.
        mapping.replaced_at = ctx.now
        mapping.save(update_fields=["replaced_at"])
    TextMapping.objects.create(
        tenant_id=tenant_id,
        text=text.strip()[:200],
        text_key=key,
        requirement_id=requirement.id if requirement else None,
        confirmed_by=ctx.actor.name,
        confirmed_at=ctx.now,
    )
    publish(
        ctx,
        MappingConfirmed(
            tenant_id=tenant_id,
            text=text.strip()[:200],
            requirement_code=requirement.code if requirement else None,
            evidence=count,
        ),
    )
    return count
