"""The dry run: what a version would do on the day it takes effect, found by doing it and taking it back (ADR 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from kompetanse.domains.competence.models import Alternative, Equivalence, Requirement, RequirementVersion
from kompetanse.domains.competence.queries.versions import content_of, names_of, row_in_force
from kompetanse.domains.competence.queries.words import shown
from kompetanse.domains.competence.rules.status import NUMBERS, closure
from kompetanse.domains.competence.rules.versions import difference, few, tidy
from kompetanse.domains.competence.types import (
    Change,
    DateRow,
    LocalRuleInput,
    PreviewRow,
    RequirementInput,
    State,
    VersionInput,
    VersionPreview,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation.operation import operation
from kompetanse.kernel.context import Context

from .local_rules import put_local_rule
from .versions import add, find_kept, put

# Person × unit × requirement → state and last day, in one municipality.
Standing = dict[tuple[int, int, int], tuple[State, date | None]]
STATES = """
    SELECT employee_id, unit_id, requirement_id, state, ends FROM competence_status_of_tenant(%s, %s)
    WHERE requirement_id = ANY (%s::bigint[])
"""


@operation
def preview_version(ctx: Context, requirement_code: str, told: VersionInput) -> VersionPreview:
    """What publish_version would do, in numbers of people. Nothing is changed. Raises what publish_version raises."""
    requirement = find_kept(ctx, requirement_code)
    before = row_in_force(requirement.pk, told.valid_from)
    says = content_of(before) if before else None
    return _version_run(ctx, requirement, told, says)


@operation
def preview_requirement(ctx: Context, named: RequirementInput, told: VersionInput) -> VersionPreview:
    """What add_requirement would do. Nothing is changed. Raises what add_requirement raises."""
    with _taken_back():
        return _version_run(ctx, add(ctx, named), told, None)


@operation
def preview_local_rule(ctx: Context, told: LocalRuleInput) -> VersionPreview:
    """What set_local_rule would do, in numbers of people. Nothing is changed. Raises what set_local_rule raises."""
    with _taken_back():  # refused before anything is reckoned
        put_local_rule(ctx, told)
    requirement = Requirement.objects.get(code=told.requirement_code)
    return _dry_run(ctx, requirement, told.valid_from, (), {}, lambda: put_local_rule(ctx, told), told.tenant_id)


def _version_run(
    ctx: Context, requirement: Requirement, told: VersionInput, says: VersionInput | None
) -> VersionPreview:
    tidied = tidy(told)
    names = names_of(version for version in (says, tidied) if version is not None)
    return _dry_run(
        ctx, requirement, told.valid_from, difference(says, tidied), names, lambda: put(ctx, requirement, told),
        requirement.owner_id,
    )  # fmt: skip


def _dry_run(
    ctx: Context,
    requirement: Requirement,
    day: date,
    changes: tuple[Change, ...],
    names_of_changes: dict[str, str],
    do: Callable[[], object],
    only: int | None,
) -> VersionPreview:
    """What `do` would change on the day, in the one municipality or in all in sight."""
    places = {
        row.tenant_id: row.name
        for row in organisation.list_municipalities(ctx.tenants)
        if only in (None, row.tenant_id)
    }  # fmt: skip
    touched = sorted(_touched(requirement.pk))
    before = {tenant: _states(tenant, day, touched) for tenant in places}
    with _taken_back():
        do()
        after = {tenant: _states(tenant, day, touched) for tenant in places}
    names = {one.pk: shown(one.name_nb, one.name_nn) for one in Requirement.objects.filter(pk__in=touched)}
    units = {place.id: place.name for place in organisation.list_places(ctx, right=organisation.Right.UNIT_READ)}
    whole, parts, dates = [], [], []
    for tenant, place in places.items():
        found = compare(before[tenant], after[tenant])
        for (key, old, new), people in sorted(found.moves.items(), key=str):
            whole.append(PreviewRow(tenant, place, None, "", key, names[key], old, new, few(people)))
        for (unit, key, old, new), people in sorted(found.moves_in_units.items(), key=str):
            where = units.get(unit, "")
            parts.append(PreviewRow(tenant, place, unit, where, key, names[key], old, new, few(people)))
        for key in touched:
            sooner, later = found.sooner[key], found.later[key]
            if sooner or later:
                dates.append(DateRow(tenant, place, key, names[key], few(sooner), few(later)))
    return VersionPreview(day, changes, tuple(whole), tuple(parts), tuple(dates), names_of_changes)


@dataclass(slots=True)
class Effects:
    """How many people of one municipality move, and whose last day moves. Nobody is counted twice in one line."""

    moves: Counter[tuple[int, State | None, State | None]]
    moves_in_units: Counter[tuple[int, int, State | None, State | None]]
    sooner: Counter[int]
    later: Counter[int]


def compare(before: Standing, after: Standing) -> Effects:
    """What differs between how people stand before and after."""
    moved: set[tuple[int, int, State | None, State | None]] = set()
    units: Counter[tuple[int, int, State | None, State | None]] = Counter()
    dates: dict[bool, set[tuple[int, int]]] = {True: set(), False: set()}
    for employee, unit, key in before.keys() | after.keys():
        old, old_day = before.get((employee, unit, key), (None, None))
        new, new_day = after.get((employee, unit, key), (None, None))
        if old is not new:
            moved.add((employee, key, old, new))
            units[unit, key, old, new] += 1
        elif old_day != new_day:
            dates[(new_day or date.max) > (old_day or date.max)].add((employee, key))
    return Effects(
        Counter((key, old, new) for _, key, old, new in moved),
        units,
        Counter(key for _, key in dates[False]),
        Counter(key for _, key in dates[True]),
    )


def _states(tenant_id: int, day: date, requirements: list[int]) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(STATES, [tenant_id, day, requirements])
        return {(employee, unit, key): (NUMBERS[state], ends) for employee, unit, key, state, ends in cursor.fetchall()}


def _touched(requirement_id: int) -> frozenset[int]:
    """The requirement, and those that lean on it: whose evidence it may be, or whose parts it is one of."""
    leaning: dict[int, list[int]] = {}
    for key, by in Equivalence.objects.filter(withdrawn_at=None).values_list("requirement_id", "by_id"):
        leaning.setdefault(by, []).append(key)
    standing = RequirementVersion.objects.filter(withdrawn_at=None).values("pk")
    parts = Alternative.objects.filter(version__in=standing).values_list("version__requirement_id", "needs_id")
    for key, needs in parts:
        leaning.setdefault(needs, []).append(key)
    return closure(leaning, requirement_id)


@contextmanager
def _taken_back() -> Iterator[None]:
    """What happens within is checked like anything that is to stay, and then has not happened."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)
