"""Facts are told to the database, row by row, and to the plain model at the same moment."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import (
    Alternative,
    Dispensation,
    Duty,
    Equivalence,
    Evidence,
    LocalRule,
    Requirement,
    RequirementTarget,
    RequirementVersion,
    TextMapping,
    VersionReply,
)
from kompetanse.domains.competence.rules import targets as lines
from kompetanse.domains.competence.types import Verified
from kompetanse.domains.organisation.models import Employee, Leadership, Person, Post, Unit
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.text import comparable
from tests import make

from . import facts

_codes = itertools.count(1)


@dataclass
class Telling:
    """A municipality with people, units and requirements that concern nobody else, and its facts told plainly."""

    town: make.Town
    people: list[int]
    units: list[Unit]
    requirements: list[int]
    now: datetime
    facts: facts.Facts = field(default_factory=facts.Facts)
    rows: dict[int, int] = field(default_factory=dict)  # the row of a fact, by the fact's identity

    def ctx(self, now: datetime | None = None) -> Context:
        return system_context("test", {self.town.tenant_id}, now or self.now)

    @property
    def today(self) -> date:
        return self.ctx().today

    def tell(self, fact: Any, *, key: int | None = None) -> None:
        """Write it to the database and to the plain model. `key`: the id that an evidence must have."""
        WRITERS[type(fact)](self, fact, key)

    def bring_up_to_date(self, now: datetime) -> None:
        """What the worker does by the clock."""
        while competence.bring_up_to_date(self.ctx(now), tenant_id=self.town.tenant_id):
            pass


def begin(now: datetime, units: tuple[str, ...], *, people: int, requirements: int) -> dict[str, Any]:
    """A town of its own: what a `Telling` begins with."""
    town = make.region().municipalities[0]
    with tenant_scope(system_context("test", {town.tenant_id}, now)):
        places = [
            Unit(tenant_id=town.tenant_id, code=f"{town.number}-{n}", name=name, parent=town.root,
                 sector="Helse og omsorg", valid_from=date(2000, 1, 1))
            for n, name in enumerate(units, 1)
        ]  # fmt: skip
        Unit.objects.bulk_create(places)
        staff = [
            Employee(tenant_id=town.tenant_id, person=person, given_name="Kari", family_name=f"Lie {n}")
            for n, person in enumerate(Person.objects.bulk_create([Person() for _ in range(people)]))
        ]
        Employee.objects.bulk_create(staff)
        asked = [
            Requirement(code=f"P{town.tenant_id}-{next(_codes)}", name_nb="Prøve", name_nn="Prøve",
                        owner_id=town.tenant_id)
            for _ in range(requirements)
        ]  # fmt: skip
        Requirement.objects.bulk_create(asked)
    known = facts.Facts(
        units={place.pk: facts.Unit(place.pk, place.name, place.sector) for place in places},
        requirements=[one.pk for one in asked],
    )
    return {
        "town": town, "people": [one.pk for one in staff], "units": places, "now": now,
        "requirements": known.requirements, "facts": known,
    }  # fmt: skip


def _row(world: Telling, fact: object, model: type[models.Model], **values: Any) -> int:
    if not issubclass(model, (RequirementVersion, Equivalence)):  # the register has no tenant
        values["tenant_id"] = world.town.tenant_id
    row: Any = model._default_manager.create(**values)
    world.rows[id(fact)] = row.pk
    return int(row.pk)


_NUMBERS = itertools.count(1)
BY = {"recorded_by": "test"}


def _write_unit(world: Telling, fact: facts.Unit, _key: int | None) -> None:
    row = Unit.objects.get(pk=fact.id)
    row.name, row.sector = fact.name, fact.sector
    row.save()
    world.facts.units[fact.id] = fact


def _write_post(world: Telling, fact: facts.Post, _key: int | None) -> None:
    fact.id = _row(
        world, fact, Post, employee_id=fact.person, unit_id=fact.unit, employee_number=str(next(_NUMBERS)),
        position_title=fact.title, valid_from=fact.valid_from, valid_to=fact.valid_to, leave_from=fact.leave_from,
        leave_to=fact.leave_to, ended_on=fact.ended_on,
    )  # fmt: skip
    world.facts.posts.append(fact)


def _write_leadership(world: Telling, fact: facts.Leadership, _key: int | None) -> None:
    _row(
        world, fact, Leadership, unit_id=world.town.root.pk, employee_id=fact.person, is_acting=True,
        valid_from=fact.valid_from, valid_to=fact.valid_to,
    )  # fmt: skip
    world.facts.leaderships.append(fact)


def _write_duty(world: Telling, fact: facts.Duty, _key: int | None) -> None:
    _row(
        world, fact, Duty, employee_id=fact.person, unit_id=fact.unit, name=fact.name, key=comparable(fact.name),
        valid_from=fact.valid_from, valid_to=fact.valid_to, recorded_at=fact.recorded_at,
        withdrawn_at=fact.withdrawn_at, **BY,
    )  # fmt: skip
    world.facts.duties.append(fact)


def _write_version(world: Telling, fact: facts.Version, _key: int | None) -> None:
    fact.id = _row(
        world, fact, RequirementVersion, requirement_id=fact.requirement, valid_from=fact.valid_from,
        valid_to=fact.valid_to, source_type=fact.source_type, reference="Prøve", applies_to="Alle", scope=fact.scope,
        interval_months=fact.interval, anchor=fact.anchor, fixed_month=fact.fixed[0] if fact.fixed else None,
        fixed_day=fact.fixed[1] if fact.fixed else None, early_window_months=fact.early, grace_days=fact.grace,
        credit_months=fact.credit, verified=Verified.SEEN, recorded_at=fact.recorded_at,
        withdrawn_at=fact.withdrawn_at, **BY,
    )  # fmt: skip
    rows = []
    for one in fact.targets:
        key, within_key = lines.target_keys(lines.Target(one.kind, one.value, one.within))
        rows.append(
            RequirementTarget(
                version_id=fact.id, kind=one.kind, value=one.value, key=key, within=one.within, within_key=within_key
            )
        )
    RequirementTarget.objects.bulk_create(rows)
    if fact.members:
        Alternative.objects.bulk_create(
            [
                Alternative(version_id=fact.id, group=one.group, needs_id=one.needs, points=one.points)
                for one in fact.members
            ]
        )
    world.facts.versions.append(fact)


def _write_declined(world: Telling, fact: facts.Declined, _key: int | None) -> None:
    _row(
        world, fact, VersionReply, version_id=fact.version, accepted=False, recorded_at=fact.recorded_at,
        withdrawn_at=fact.withdrawn_at, **BY,
    )  # fmt: skip
    world.facts.declined.append(fact)


def _write_local_rule(world: Telling, fact: facts.LocalRule, _key: int | None) -> None:
    _row(
        world, fact, LocalRule, requirement_id=fact.requirement, interval_months=fact.interval, why="Prøve",
        valid_from=fact.valid_from, valid_to=fact.valid_to, recorded_at=fact.recorded_at,
        withdrawn_at=fact.withdrawn_at, **BY,
    )  # fmt: skip
    world.facts.local_rules.append(fact)


def _write_equivalence(world: Telling, fact: facts.Equivalence, _key: int | None) -> None:
    _row(
        world, fact, Equivalence, requirement_id=fact.requirement, by_id=fact.by, valid_from=fact.valid_from,
        valid_to=fact.valid_to, recorded_at=fact.recorded_at, withdrawn_at=fact.withdrawn_at,
    )  # fmt: skip
    world.facts.equivalences.append(fact)


def _write_evidence(world: Telling, fact: facts.Evidence, key: int | None) -> None:
    fact.id = _row(
        world, fact, Evidence, employee_id=fact.person, requirement_id=fact.requirement, title=fact.title,
        title_key=comparable(fact.title), completed_on=fact.completed_on, valid_to=fact.valid_to, points=fact.points,
        source=fact.source, recorded_at=fact.recorded_at, verified_by="Leder" if fact.verified else "",
        corrects_id=fact.corrects, why="Feil" if fact.corrects else "", void=fact.void, **BY,
        **({"id": key} if key else {}),
    )  # fmt: skip
    world.facts.evidence.append(fact)


def _write_mapping(world: Telling, fact: facts.Mapping, _key: int | None) -> None:
    _row(
        world, fact, TextMapping, text=fact.text, text_key=comparable(fact.text), requirement_id=fact.requirement,
        confirmed_by="test", confirmed_at=fact.recorded_at, replaced_at=fact.withdrawn_at,
    )  # fmt: skip
    world.facts.mappings.append(fact)


def _write_dispensation(world: Telling, fact: facts.Dispensation, _key: int | None) -> None:
    _row(
        world, fact, Dispensation, employee_id=fact.person, unit_id=fact.unit, requirement_id=fact.requirement,
        decided_by="Rektor", why="Ingen søkere", valid_from=fact.valid_from, valid_to=fact.valid_to,
        recorded_at=fact.recorded_at, withdrawn_at=fact.withdrawn_at, withdrawn_why="Feil" if fact.withdrawn_at else "",
        **BY,
    )  # fmt: skip
    world.facts.dispensations.append(fact)


WRITERS: dict[type, Callable[[Telling, Any, int | None], None]] = {
    facts.Unit: _write_unit, facts.Post: _write_post, facts.Leadership: _write_leadership, facts.Duty: _write_duty,
    facts.Version: _write_version, facts.Declined: _write_declined, facts.LocalRule: _write_local_rule,
    facts.Equivalence: _write_equivalence, facts.Evidence: _write_evidence, facts.Mapping: _write_mapping,
    facts.Dispensation: _write_dispensation,
}  # fmt: skip
