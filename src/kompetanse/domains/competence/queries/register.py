"""The shared register: requirements, whom they are put to, what counts for what. Public facts: needs no scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import DateField, F, Func, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from kompetanse.domains.competence.models import (
    Equivalence,
    RequirementTarget,
    RequirementVersion,
    Topic,
    TopicName,
    VersionReply,
)
from kompetanse.domains.competence.queries.words import shown, target_words
from kompetanse.domains.competence.rules.status import Anchor, Renewal, Rulebook
from kompetanse.domains.competence.rules.targets import Target, TargetKind
from kompetanse.domains.competence.types import (
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

from .register_statements import REGISTER

BEGINNING = date(1900, 1, 1)  # of versions that nobody has told a first day of
FILE = "kravregisteret"  # who has recorded what comes with the programme
TODAY: Func[Any] = Func(function="app_today", output_field=DateField())  # the day of the scope


class Register:
    """The register as it says on a day, for showing; the database reckons with it itself.

    `kept` holds what a municipality has kept instead of a version it has declined.
    """

    def __init__(
        self, rows: Iterable[tuple[Any, ...]], kept: Mapping[tuple[int, int], RequirementVersion] | None = None
    ) -> None:
        self.kept = {place: (requirement_row(row), renewal_of(row)) for place, row in (kept or {}).items()}
        self.rows: dict[int, RequirementRow] = {}
        self.local: dict[tuple[int, int], int] = {}  # (municipality, requirement) → its own interval in months
        self._renewals: dict[int, Renewal] = {}
        self._satisfied_by: dict[int, list[int]] = {}
        for row in rows:
            key, code, nb, nn, applies, source, reference, months, scope, verified, note, since, *rule = row
            anchor, early, grace, month, day, by, tenants, intervals, _declined = rule
            self.rows[key] = RequirementRow(
                key, code, shown(nb, nn), applies, SourceType(source), reference, months, Scope(scope),
                Verified(verified), note, since if since > BEGINNING else None,
            )  # fmt: skip
            self._renewals[key] = Renewal(months, Anchor(anchor) if anchor else None, early or 0, grace, month, day)
            self._satisfied_by[key] = by
            self.local |= {(tenant, key): own for tenant, own in zip(tenants, intervals, strict=True)}

    def rulebook(self, tenant_id: int) -> Rulebook:
        """The rules as a municipality follows them."""
        renewals = dict(self._renewals)
        for (tenant, key), (_, renewal) in self.kept.items():
            if tenant == tenant_id:
                renewals[key] = renewal
        for tenant, key in self.local:
            if tenant == tenant_id:
                renewals[key] = replace(renewals[key], interval_months=self.months(tenant_id, key))
        return Rulebook(renewals, self._satisfied_by)

    def row(self, tenant_id: int, requirement_id: int) -> RequirementRow:
        """What the requirement says there."""
        place = (tenant_id, requirement_id)
        return self.kept[place][0] if place in self.kept else self.rows[requirement_id]

    def months(self, tenant_id: int, requirement_id: int) -> int | None:
        """How often it is renewed there: the stricter of the shared interval and the municipality's own."""
        told = (self.row(tenant_id, requirement_id).interval_months, self.local.get((tenant_id, requirement_id)))
        return min((months for months in told if months is not None), default=None)


def read_register(today: date) -> Register:
    """One query, whatever the size; two where a municipality in sight has declined a version."""
    with connection.cursor() as cursor:
        cursor.execute(REGISTER, {"day": today})
        rows = cursor.fetchall()
    return Register(rows, _kept_instead({row[0]: (row[11], row[-1]) for row in rows if row[-1]}))


def renewal_of(row: RequirementVersion) -> Renewal:
    return Renewal(
        row.interval_months, Anchor(row.anchor) if row.anchor else None, row.early_window_months or 0,
        row.grace_days, row.fixed_month, row.fixed_day,
    )  # fmt: skip


def requirements_in_sight(path: str = "") -> Q:
    """The shared ones, and the own ones of the municipalities in the scope that is open; `path` leads to them."""
    own = RawSQL("SELECT unnest(string_to_array(nullif(current_setting('app.tenants', true), ''), ',')::bigint[])", [])
    return Q(**{f"{path}owner": None}) | Q(**{f"{path}owner_id__in": own})


def in_force(today: date | Func[Any]) -> Q:
    """Told, not taken back, and valid on the day."""
    return Q(withdrawn_at=None, valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gte=today))


def versions(today: date | Func[Any] = TODAY) -> QuerySet[RequirementVersion]:
    """The version of each requirement that says something on the day; where none does yet, the one to come."""
    chosen = (
        RequirementVersion.objects.filter(in_force(today) | Q(withdrawn_at=None, valid_from__gt=today))
        .order_by("requirement_id", "valid_from")
        .distinct("requirement_id")
    )
    seen = RequirementVersion.objects.filter(requirements_in_sight("requirement__"), pk__in=chosen.values("pk"))
    return seen.select_related("requirement")


def _declined_by() -> ArraySubquery:
    """The municipalities in sight that have said no to a version."""
    told = VersionReply.objects.filter(
        version=Coalesce(OuterRef("same_as_id"), OuterRef("pk")), accepted=False, withdrawn_at=None
    )
    return ArraySubquery(told.order_by("tenant_id").values("tenant_id"))


def _kept_instead(
    declined: Mapping[int, tuple[date, list[int]]],
) -> dict[tuple[int, int], RequirementVersion]:
    """(municipality, requirement) → the latest earlier version it has not declined.

    `declined`: requirement → the first day of the version that some have said no to, and who they are.
    """
    if not declined:
        return {}
    earlier = RequirementVersion.objects.filter(requirement_id__in=declined, withdrawn_at=None)
    found: dict[tuple[int, int], RequirementVersion] = {}
    for row in earlier.select_related("requirement").annotate(declined_by=_declined_by()).order_by("-valid_from"):
        since, tenants = declined[row.requirement_id]
        for tenant_id in tenants:
            if row.valid_from < since and tenant_id not in row.declined_by:
                found.setdefault((tenant_id, row.requirement_id), row)
    return found


def requirement_row(row: RequirementVersion, aliases: Iterable[str] = ()) -> RequirementRow:
    named = row.requirement
    return RequirementRow(
        named.pk, named.code, shown(named.name_nb, named.name_nn), row.applies_to, SourceType(row.source_type),
        row.reference, row.interval_months, Scope(row.scope), Verified(row.verified), row.note,
        row.valid_from if row.valid_from > BEGINNING else None, tuple(aliases),
    )  # fmt: skip


def list_requirements(*, text: str = "", source_type: str = "") -> list[RequirementRow]:
    """The register in its own order; `text` is sought in names, other names, code, reference and who it is for."""
    names = TopicName.objects.filter(topic__requirement=OuterRef("requirement_id")).order_by("pk").values("name")
    found = versions().order_by("requirement__position", "requirement_id").annotate(aliases=ArraySubquery(names))
    if source_type:
        found = found.filter(source_type=source_type)
    sought = normalised(text).split()
    rows = []
    for row in found:
        aliases = row.aliases
        named = row.requirement
        told = [named.code, named.name_nb, named.name_nn, row.applies_to, row.reference, *aliases]
        hay = normalised(" ".join(told))
        if all(word in hay for word in sought):
            rows.append(requirement_row(row, aliases))
    return rows


def find_requirement(code: str) -> RequirementRow:
    """A requirement by its code. Raises UnknownRequirement."""
    row = versions().filter(requirement__code=code.strip().upper()).first()
    if row is None:
        raise UnknownRequirement(code=code)
    return requirement_row(row)


def get_requirement(*, requirement_id: int) -> RequirementPage:
    """One requirement with targets, other names, and what it covers and is covered by. Raises NotFound."""
    row = versions().filter(requirement_id=requirement_id).first()
    if row is None:
        raise NotFound()
    lines = RequirementTarget.objects.filter(version=row).order_by("pk")
    names = TopicName.objects.filter(topic__requirement_id=requirement_id).order_by("pk")
    told = Equivalence.objects.filter(in_force(TODAY))
    by = versions().filter(requirement__in=told.filter(requirement_id=requirement_id).values("by_id"))
    covers = versions().filter(requirement__in=told.filter(by_id=requirement_id).values("requirement_id"))
    return RequirementPage(
        requirement_row(row),
        row.early_window_months,
        row.anchor == Anchor.PREVIOUS_EXPIRY,
        tuple(target_words(Target(TargetKind(t.kind), t.value, t.within)) for t in lines),
        tuple(names.values_list("name", flat=True)),
        tuple(requirement_row(one) for one in by.order_by("requirement__position")),
        tuple(requirement_row(one) for one in covers.order_by("requirement__position")),
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
