"""The shared register: requirements, whom they are put to, what counts for what. Public facts: needs no scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from kompetanse.domains.competence.models import (
    Equivalence,
    Requirement,
    RequirementTarget,
    Topic,
    TopicName,
)
from kompetanse.domains.competence.queries.words import shown, target_words
from kompetanse.domains.competence.rules.status import Anchor, Renewal, Rulebook
from kompetanse.domains.competence.rules.targets import Target, Targeting, TargetKind
from kompetanse.domains.competence.types import (
    PERSONAL_SCOPES,
    RequirementPage,
    RequirementRow,
    Scope,
    SourceType,
    TopicRow,
    UnknownRequirement,
    Verified,
)
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.text import normalised


class Register:
    """The whole register, read in one query and made ready to be asked about many people on one day."""

    def __init__(self, rows: Iterable[Requirement], today: date) -> None:
        self.rows: dict[int, RequirementRow] = {}
        targets: dict[int, list[Target]] = {}
        renewals: dict[int, Renewal] = {}
        satisfied_by: dict[int, list[int]] = {}
        for row in rows:
            self.rows[row.pk] = requirement_row(row)
            lines = [Target(TargetKind(t["kind"]), t["value"], t["within"]) for t in row.lines]  # type: ignore[attr-defined]
            satisfied_by[row.pk] = row.by  # type: ignore[attr-defined]
            renewals[row.pk] = Renewal(
                row.interval_months,
                Anchor(row.anchor) if row.anchor else None,
                row.early_window_months or 0,
            )
            # Requirements put to teams and municipalities, and those of the future, give nobody a gap.
            if row.scope in PERSONAL_SCOPES and (row.valid_from is None or row.valid_from <= today):
                targets[row.pk] = lines
        self.rulebook = Rulebook(renewals, satisfied_by)
        self.targeting = Targeting(targets)


def read_register(today: date) -> Register:
    """One query, whatever the size."""
    lines = RequirementTarget.objects.filter(requirement=OuterRef("pk")).order_by("pk")
    by = Equivalence.objects.filter(requirement=OuterRef("pk")).order_by("by_id")
    rows = Requirement.objects.order_by("position", "pk").annotate(
        lines=ArraySubquery(lines.values(json=JSONObject(kind="kind", value="value", within="within"))),
        by=ArraySubquery(by.values("by_id")),
    )
    return Register(rows, today)


def requirement_row(row: Requirement, aliases: Iterable[str] = ()) -> RequirementRow:
    return RequirementRow(
        row.pk, row.code, shown(row.name_nb, row.name_nn), row.applies_to, SourceType(row.source_type),
        row.reference, row.interval_months, Scope(row.scope), Verified(row.verified), row.note,
        row.valid_from, tuple(aliases),
    )  # fmt: skip


def list_requirements(*, text: str = "", source_type: str = "") -> list[RequirementRow]:
    """The register in its own order; `text` is sought in names, other names, code, reference and who it is for."""
    names = TopicName.objects.filter(topic__requirement=OuterRef("pk")).order_by("pk").values("name")
    found = Requirement.objects.order_by("position", "pk").annotate(aliases=ArraySubquery(names))
    if source_type:
        found = found.filter(source_type=source_type)
    sought = normalised(text).split()
    rows = []
    for row in found:
        aliases = row.aliases
        told = [row.code, row.name_nb, row.name_nn, row.applies_to, row.reference, *aliases]
        hay = normalised(" ".join(told))
        if all(word in hay for word in sought):
            rows.append(requirement_row(row, aliases))
    return rows


def find_requirement(code: str) -> RequirementRow:
    """A requirement by its code. Raises UnknownRequirement."""
    row = Requirement.objects.filter(code=code.strip().upper()).first()
    if row is None:
        raise UnknownRequirement(code=code)
    return requirement_row(row)


def get_requirement(*, requirement_id: int) -> RequirementPage:
    """One requirement with targets, other names, and what it covers and is covered by. Raises NotFound."""
    row = Requirement.objects.filter(pk=requirement_id).first()
    if row is None:
        raise NotFound()
    lines = RequirementTarget.objects.filter(requirement=row).order_by("pk")
    names = TopicName.objects.filter(topic__requirement=row).order_by("pk").values_list("name", flat=True)
    by = Requirement.objects.filter(satisfies__requirement=row).order_by("position")
    covers = Requirement.objects.filter(satisfied_by__by=row).order_by("position")
    return RequirementPage(
        requirement_row(row),
        row.early_window_months,
        row.anchor == Anchor.PREVIOUS_EXPIRY,
        tuple(target_words(Target(TargetKind(t.kind), t.value, t.within)) for t in lines),
        tuple(names),
        tuple(requirement_row(one) for one in by),
        tuple(requirement_row(one) for one in covers),
    )


def list_topics() -> list[TopicRow]:
    """Every topic with all the names it goes under, its own first. Two queries."""
    names = TopicName.objects.filter(topic=OuterRef("pk")).order_by("pk").values("name")
    topics = Topic.objects.order_by("pk").annotate(known=ArraySubquery(names), requirement_code=F("requirement__code"))
    return [
        TopicRow(
            topic.code,
            topic.name_nb,
            topic.name_nn,
            topic.requirement_code,
            tuple(dict.fromkeys([topic.name_nb, topic.name_nn, *topic.known])),
            tuple(topic.target_groups),
        )
        for topic in topics
    ]
