"""A municipality's own words for training: which wait for a meaning, and what has been confirmed."""

from __future__ import annotations

from collections import Counter

from django.db import connection
from django.db.models import Count, Exists, Max, Q

from kompetanse.domains.competence.models import TextMapping, Topic, TopicName
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.queries.words import shown
from kompetanse.domains.competence.rules.matching import RequirementNames, suggest_requirement
from kompetanse.domains.competence.types import EvidenceSource, MappingPage, MappingRow, UnmappedRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.words import say_all

from .ledger import meaning, standing_evidence
from .register import list_requirements

WORDS = Q(requirement=None, source=EvidenceSource.IMPORT)


def require_municipality(ctx: Context, tenant_id: int, right: str) -> None:
    """Raises NotFound where the municipality is not in sight, Refused where the right is lacking there."""
    if tenant_id not in ctx.tenants:
        raise NotFound()
    access.require(ctx, right, TextMapping(tenant_id=tenant_id))


def tenants_to_confirm(ctx: Context) -> frozenset[int]:
    """The tenants in sight whose words the actor may confirm. No query."""
    return frozenset(
        tenant_id
        for tenant_id in ctx.tenants
        if access.answer(ctx.actor, Right.MAPPING_CONFIRM, TextMapping(tenant_id=tenant_id))
    )


# By hand, since first pages ask it: words of old registers that stand and that nobody has given a meaning.
WAITING = """
    SELECT e.tenant_id, count(*) FROM competence_evidence e
    WHERE e.tenant_id = ANY (%s::bigint[]) AND e.requirement_id IS NULL AND e.source = 'import' AND NOT e.void
      AND NOT EXISTS (SELECT FROM competence_evidence later
                      WHERE later.tenant_id = e.tenant_id AND later.corrects_id = e.id)
      AND NOT EXISTS (SELECT FROM competence_textmapping m WHERE m.tenant_id = e.tenant_id
                      AND m.text_key = e.title_key AND m.replaced_at IS NULL)
    GROUP BY e.tenant_id
"""


@query
def count_waiting(ctx: Context) -> dict[int, int]:
    """Municipality → standing evidence that waits for somebody to say what it proves. One query."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [sorted(tenants_to_confirm(ctx))])
        return dict(cursor.fetchall())


@query
def list_unmapped(ctx: Context, tenant_id: int) -> list[UnmappedRow]:
    """Each distinct text that waits, most evidence first, with our guess. Raises NotFound or Refused.

    The guess leans on the topics' names and on what people have confirmed in the municipalities in sight; a
    guess at no requirement says that the words name a topic that nothing requires.
    """
    require_municipality(ctx, tenant_id, Right.MAPPING_CONFIRM)
    rows = list(
        standing_evidence(WORDS & Q(tenant_id=tenant_id))
        .filter(~Exists(meaning()))
        .values_list("title_key")
        .annotate(shown=Max("title"), count=Count("pk"))
        .order_by("-count", "title_key")
    )
    guesses = suggest([text for _, text, _ in rows]) if rows else {}
    return [UnmappedRow(text, count, *guesses[text]) for _, text, count in rows]


def suggest(texts: list[str]) -> dict[str, tuple[str | None, str, float, str]]:
    """text → (requirement code or None, its name, score 0..1, the reason in the reader's written form)."""
    topics = {topic.code: topic for topic in Topic.objects.select_related("requirement")}
    names: dict[str, list[str]] = {code: [t.name_nb, t.name_nn] for code, t in topics.items()}
    for code, name in TopicName.objects.order_by("pk").values_list("topic__code", "name"):
        names[code].append(name)
    taught = _taught()
    book = RequirementNames(names)
    by_code = {row.code: row for row in list_requirements()}
    found: dict[str, tuple[str | None, str, float, str]] = {}
    for text in texts:
        best = next(iter(suggest_requirement(text, book, taught)), None)
        if best is None:
            found[text] = (None, "", 0.0, "")
            continue
        topic = topics.get(best.code)
        required = by_code.get(best.code) or (
            by_code.get(topic.requirement.code) if topic and topic.requirement else None
        )
        if required is not None:
            found[text] = (required.code, required.name, best.score, say_all(best.reason))
        else:
            name = shown(topic.name_nb, topic.name_nn) if topic else best.code
            found[text] = (None, name, best.score, say_all(best.reason))
    return found


def _taught() -> dict[str, str]:
    """What people have confirmed in the municipalities in sight. Where they disagree, nothing is learnt."""
    told: dict[str, Counter[str]] = {}
    for text, code in TextMapping.objects.filter(replaced_at=None).values_list("text", "requirement__code"):
        told.setdefault(text, Counter())[code or ""] += 1
    return {text: next(iter(codes)) for text, codes in told.items() if len(codes) == 1}


@query
def list_mappings(ctx: Context, tenant_id: int) -> list[MappingRow]:
    """What has been confirmed in a municipality, by text. Raises NotFound or Refused."""
    require_municipality(ctx, tenant_id, Right.MAPPING_CONFIRM)
    rows = (
        TextMapping.objects.filter(tenant_id=tenant_id, replaced_at=None).select_related("requirement").order_by("text")
    )
    return [
        MappingRow(
            row.text,
            row.requirement.code if row.requirement else None,
            shown(row.requirement.name_nb, row.requirement.name_nn) if row.requirement else "",
            row.confirmed_by,
            row.confirmed_at,
        )
        for row in rows
    ]


@query
def get_mapping_page(ctx: Context, tenant_id: int) -> MappingPage:
    """Everything to confirm in one municipality, and the register to choose from. Raises NotFound or Refused."""
    unmapped = list_unmapped(ctx, tenant_id)
    place = organisation.list_municipalities(frozenset({tenant_id}))
    return MappingPage(
        tenant_id,
        place[0].name if place else "",
        tuple(unmapped),
        tuple(list_mappings(ctx, tenant_id)),
        tuple(list_requirements()),
    )
