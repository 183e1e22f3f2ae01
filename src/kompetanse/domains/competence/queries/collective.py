"""What a unit or the municipality must have together: one in the team, a ratio, the professions of the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from kompetanse.domains.competence.models import Arrangement, Evidence, RatioPart, RequirementVersion, UnitCount
from kompetanse.domains.competence.permissions import Right
from kompetanse.domains.competence.rules.collective import (
    Ending,
    Member,
    Until,
    first_ending,
    judge_part,
    judge_ratio,
    judge_team,
    worst,
)
from kompetanse.domains.competence.types import Scope
from kompetanse.domains.competence.types.collective import (
    ArrangementRow,
    CollectiveCard,
    CollectivePage,
    CollectiveRow,
    CollectiveState,
    CountField,
    CountPage,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .collective_statements import COUNTS, MEMBERS, PROFESSIONS
from .collective_words import (
    count_words,
    decimal,
    missing_posts,
    part_name,
    part_reason,
    ratio_reason,
    team_reason,
)
from .register import requirement_row
from .words import shown

LEADING = (Role.LEADER, Role.HR)
Count = tuple[int, date, str]  # how many, from when, told by whom
Counts = dict[tuple[int, int, str], Count]  # unit, requirement, part
ORDER = [CollectiveState.NOT_MET, CollectiveState.UNKNOWN, CollectiveState.AT_RISK, CollectiveState.MET]


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a municipality is asked about. `units` None: all; `whole`: also what the municipality must have as such;
    `named`: the reader may know whose leave and dispensation it is."""

    tenant_id: int
    day: date
    named: bool
    whole: bool = True
    units: list[int] | None = None
    within: list[int] = field(default_factory=list)

    @property
    def told(self) -> dict[str, Any]:
        return {"tenant": self.tenant_id, "day": self.day, "units": self.units, "within": self.within}


@dataclass(slots=True)
class Place:
    """A unit that a team or a ratio is put to, and those in it who may hold it."""

    unit_id: int
    name: str
    people: list[Member] = field(default_factory=list)
    guessed: bool = False


def collective_rows(sight: Sight) -> list[tuple[RequirementVersion, CollectiveRow]]:
    """Every place of every requirement that is not put to one person, by the register and the tree. Six queries."""
    members = _ask(MEMBERS, sight.told)
    professions = _ask(PROFESSIONS, sight.told) if sight.whole else []
    keys = {row[1] for row in [*members, *professions]}
    found = RequirementVersion.objects.filter(pk__in=keys).select_related("requirement")
    versions = {version.pk: version for version in found.prefetch_related("ratio_parts")}
    rows = _unit_rows(sight, versions, members) + _part_rows(sight, versions, professions)
    return sorted(rows, key=lambda pair: (pair[0].requirement.position, pair[0].pk))


def _unit_rows(
    sight: Sight, versions: dict[int, RequirementVersion], members: Iterable[tuple[Any, ...]]
) -> list[tuple[RequirementVersion, CollectiveRow]]:
    """Teams and ratios, unit by unit."""
    places: dict[tuple[int, int], Place] = {}
    for row in members:
        _, version, unit, name, employee, holds, away, dispensed_to, ends, share, guessed, last_day, leaving = row
        place = places.setdefault((version, unit), Place(unit, name))
        if employee is not None:
            dispensed = dispensed_to is not None and not holds
            until = first_ending(
                ends=dispensed_to if dispensed else ends, last_day=last_day, leaving=leaving, dispensed=dispensed
            )
            place.people.append(Member(holds, away, dispensed, Fraction(share) / 100, until))
            place.guessed = place.guessed or guessed
    ratios = any(versions[version].scope == Scope.RATIO for version, _unit in places)
    counts = _counts(sight) if ratios else {}
    found = []
    for (version_id, _unit), place in places.items():
        version = versions[version_id]
        is_ratio = version.scope == Scope.RATIO
        judged = _ratio_row(sight, version, place, counts) if is_ratio else _team_row(sight, version, place)
        found.append((version, judged))
    return found


def _team_row(sight: Sight, version: RequirementVersion, place: Place) -> CollectiveRow:
    it = judge_team(place.people, version.least, sight.day)
    return CollectiveRow(
        requirement_row(version), place.unit_id, place.name, it.state, team_reason(it, named=sight.named),
        decimal(it.held), it.needed, missing=missing_posts(it.missing),
    )  # fmt: skip


def _ratio_row(sight: Sight, version: RequirementVersion, place: Place, counts: Counts) -> CollectiveRow:
    parts = sorted(version.ratio_parts.all(), key=lambda part: part.pk)
    told = [(part, counts.get((place.unit_id, version.requirement_id, part.key))) for part in parts]
    it = judge_ratio([(count[0] if count else None, part.per) for part, count in told], place.people, sight.day)
    uncounted = [_name(part) for part, count in told if count is None]
    unknown = it.state is CollectiveState.UNKNOWN
    return CollectiveRow(
        requirement_row(version), place.unit_id, place.name, it.state,
        ratio_reason(it, uncounted, guessed=place.guessed, named=sight.named),
        decimal(it.held), None if unknown else it.needed, decimal(it.dispensed),
        Decimal(0) if unknown else missing_posts(it.missing),
        tuple(count_words(_name(part), count[0], count[1]) for part, count in told if count is not None),
    )  # fmt: skip


def _part_rows(
    sight: Sight, versions: dict[int, RequirementVersion], professions: Iterable[tuple[Any, ...]]
) -> list[tuple[RequirementVersion, CollectiveRow]]:
    """What the municipality must have as such, part by part."""
    arranged: dict[tuple[int, str], list[Arrangement]] = {}
    for row in _arrangements(sight.tenant_id).filter(valid_from__lte=sight.day):
        if row.valid_to is None or row.valid_to >= sight.day:
            arranged.setdefault((row.requirement_id, row.part), []).append(row)
    found = []
    for requirement_id, version_id, part, present, away, until in professions:
        others = arranged.get((requirement_id, part), [])
        ends = [Until(row.valid_to, Ending.ARRANGEMENT) if row.valid_to else Until() for row in others]
        it = judge_part(present, away, Until(until, Ending.POST) if until else Until(), ends, sight.day)
        reason = part_reason(it, [row.with_whom for row in others], named=sight.named)
        version = versions[version_id]
        judged = CollectiveRow(
            requirement_row(version), None, part_name(part), it.state, reason, decimal(it.held), it.needed, part=part,
            missing=Decimal(it.state is CollectiveState.NOT_MET),
        )  # fmt: skip
        found.append((version, judged))
    return found


def _arrangements(tenant_id: int) -> QuerySet[Arrangement]:
    return Arrangement.objects.filter(tenant_id=tenant_id, withdrawn_at=None).order_by("valid_from", "pk")


def _counts(sight: Sight) -> Counts:
    return {(unit, key, part): (n, since, by) for unit, key, part, n, since, by in _ask(COUNTS, sight.told)}


def _name(part: RatioPart) -> str:
    return shown(part.name_nb, part.name_nn)


def _ask(statement: str, told: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _tenants(ctx: Context) -> frozenset[int]:
    """The tenants in sight in which the actor leads, or answers for the whole. No query."""
    led = {grant.tenant_id for role in LEADING for grant in ctx.actor.places(role)}
    return frozenset(led & ctx.tenants) | frozenset(tenant for tenant in ctx.tenants if _sees_whole(ctx, tenant))


def _sees_whole(ctx: Context, tenant_id: int) -> bool:
    return bool(access.answer(ctx.actor, Right.REPORT_READ, Evidence(tenant_id=tenant_id)))


@query
def get_collective(ctx: Context, *, tenant_id: int | None = None) -> CollectivePage:
    """What the units the actor leads must have together, or a whole municipality for those who answer for it.

    Without `tenant_id` the first municipality in sight. Names of nobody; those who may not see whose it is are not
    told of leave. Raises NotFound.
    """
    mine = organisation.list_municipalities(_tenants(ctx))
    if tenant_id is None and not mine:
        return CollectivePage(None, "", whole=False, may_arrange=False, cards=())
    place = next((row for row in mine if tenant_id in (None, row.tenant_id)), None)
    if place is None:
        raise NotFound()
    key = place.tenant_id
    whole = _sees_whole(ctx, key)
    led = {unit.id for unit in organisation.list_places(ctx, tenant_id=key)}
    named = not whole or bool(access.answer(ctx.actor, Right.REPORT_NAMES, Evidence(tenant_id=key)))
    rows = collective_rows(Sight(key, ctx.today, named, whole, None if whole else sorted(led)))
    may_arrange = bool(access.answer(ctx.actor, Right.ARRANGEMENT_RECORD, Arrangement(tenant_id=key)))
    return CollectivePage(
        key,
        place.name,
        whole,
        may_arrange,
        tuple(_cards(rows, led)),
        tuple(_arrangement_rows(key)) if whole else (),
        tuple((row.requirement.id, row.part, row.place) for _, row in rows if row.part) if may_arrange else (),
        tuple((row.tenant_id, row.name) for row in mine),
    )


def _cards(rows: Iterable[tuple[RequirementVersion, CollectiveRow]], led: set[int]) -> Iterable[CollectiveCard]:
    grouped: dict[int, tuple[RequirementVersion, list[CollectiveRow]]] = {}
    for version, row in rows:
        grouped.setdefault(version.pk, (version, []))[1].append(row)
    for version, found in grouped.values():
        may_count = version.scope == Scope.RATIO
        shown_rows = [replace(row, may_count=may_count and row.unit_id in led) for row in found]
        if version.scope != Scope.ORGANISATION:
            shown_rows.sort(key=lambda row: ORDER.index(row.state))
        consequence = shown(version.consequence_nb, version.consequence_nn)
        yield CollectiveCard(found[0].requirement, consequence, worst(row.state for row in found), tuple(shown_rows))


def _arrangement_rows(tenant_id: int) -> Iterable[ArrangementRow]:
    for row in _arrangements(tenant_id).select_related("requirement"):
        named = row.requirement
        yield ArrangementRow(
            row.pk, shown(named.name_nb, named.name_nn), part_name(row.part), row.with_whom, row.valid_from,
            row.valid_to, row.recorded_by,
        )  # fmt: skip


@query
def get_unit_counts(ctx: Context, *, unit_id: int) -> CountPage:
    """What the ratios put to a unit ask it to count, with what was told last. Raises NotFound or Refused."""
    unit = organisation.get_unit(ctx, unit_id=unit_id)
    access.require(ctx, Right.COUNT_RECORD, UnitCount(tenant_id=unit.tenant_id, unit_id=unit.id))
    sight = Sight(unit.tenant_id, ctx.today, named=False, whole=False, units=[unit_id])
    versions = {row[1] for row in _ask(MEMBERS, sight.told)}
    counts = _counts(sight)
    parts = RatioPart.objects.filter(version__in=versions).select_related("version").order_by("version_id", "pk")
    found = []
    for part in parts:
        number, since, by = counts.get((unit_id, part.version.requirement_id, part.key), (None, None, ""))
        found.append(CountField(part.version.requirement_id, part.key, _name(part), part.per, number, since, by))
    return CountPage(unit.id, unit.tenant_id, unit.name, tuple(found))
