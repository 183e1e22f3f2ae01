"""The third wall: who may do what to which rows. One declaration gives both the answer and the rows.

    class PlanPolicy(Policy):
        model = Plan
        grants = {Right.PLAN_READ: (Holds(Role.LEADER, at="unit.path"), Owns("person_id"))}

Each rule answers for a row in hand (`allows`) and as a filter (`rows`); a property test holds the two
together. No grant means no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Protocol, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Q, QuerySet

from kompetanse.foundation import tenancy
from kompetanse.kernel.context import Actor, Context
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.text_marker import N_

M = TypeVar("M", bound=models.Model)

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


class Rule(Protocol):
    """One way to be allowed."""

    def allows(self, actor: Actor, row: Any) -> bool: ...
    def rows(self, actor: Actor) -> Q: ...
    def possible(self, actor: Actor) -> bool: ...


@dataclass(frozen=True, slots=True)
class Holds:
    """The actor holds the role in the row's tenant, there or above where the row hangs.

    `at` leads to the row's unit path (ids from the root to the unit itself), e.g. "unit.path"; None
    where rows hang in no unit: then only a role for the whole tenant counts. `tenant` leads to whose it is.
    """

    role: str
    at: str | None = None
    tenant: str = "tenant_id"

    def allows(self, actor: Actor, row: Any) -> bool:
        tenant_id = reach(row, self.tenant)
        for grant in actor.places(self.role):
            if grant.tenant_id != tenant_id:
                continue
            if grant.unit_id is None:
                return True
            if self.at is not None and grant.unit_id in (reach(row, self.at) or ()):
                return True
        return False

    def rows(self, actor: Actor) -> Q:
        whole: list[int] = []
        parts: list[Q] = []
        tenant, at = self.tenant.replace(".", "__"), (self.at or "").replace(".", "__")
        for grant in actor.places(self.role):
            if grant.unit_id is None:
                whole.append(grant.tenant_id)
            elif self.at is not None:
                parts.append(Q(**{tenant: grant.tenant_id, f"{at}__contains": [grant.unit_id]}))
        if whole:
            parts.insert(0, Q(**{f"{tenant}__in": whole}))
        return reduce(or_, parts) if parts else NOTHING

    def possible(self, actor: Actor) -> bool:
        return any(g.unit_id is None or self.at is not None for g in actor.places(self.role))


@dataclass(frozen=True, slots=True)
class Owns:
    """The row is about the actor. `person` leads to the person's id."""

    person: str

    def allows(self, actor: Actor, row: Any) -> bool:
        return actor.person_id is not None and reach(row, self.person) == actor.person_id

    def rows(self, actor: Actor) -> Q:
        if actor.person_id is None:
            return NOTHING
        return Q(**{self.person.replace(".", "__"): actor.person_id})

    def possible(self, actor: Actor) -> bool:
        return actor.person_id is not None


@dataclass(frozen=True, slots=True)
class Belongs:
    """Anybody who holds a role in the row's tenant: what colleagues may see of each other's work."""

    tenant: str = "tenant_id"

    def allows(self, actor: Actor, row: Any) -> bool:
        tenant_id = reach(row, self.tenant)
        return any(grant.tenant_id == tenant_id for grant in actor.grants)

    def rows(self, actor: Actor) -> Q:
        tenants = sorted({grant.tenant_id for grant in actor.grants})
        return Q(**{f"{self.tenant.replace('.', '__')}__in": tenants}) if tenants else NOTHING

    def possible(self, actor: Actor) -> bool:
        return bool(actor.grants)


@dataclass(frozen=True, slots=True)
class SitsIn:
    """The actor holds a seat in the row's body; of one of the `kinds` where they are named. `body` leads to its id."""

    kinds: tuple[str, ...] = ()
    body: str = "body_id"

    def allows(self, actor: Actor, row: Any) -> bool:
        return reach(row, self.body) in self._bodies(actor)

    def rows(self, actor: Actor) -> Q:
        found = sorted(self._bodies(actor))
        return Q(**{f"{self.body.replace('.', '__')}__in": found}) if found else NOTHING

    def possible(self, actor: Actor) -> bool:
        return bool(self._bodies(actor))

    def _bodies(self, actor: Actor) -> set[int]:
        return {seat.body_id for seat in actor.sittings if not self.kinds or seat.kind in self.kinds}


@dataclass(frozen=True, slots=True)
class InSight:
    """Anybody who holds a role somewhere and has the row in sight: what is public within a region.

    The database decides what is in sight. `field` leads to what must be set for the row to be public;
    `among` names the values it must have.
    """

    field: str = ""
    among: tuple[str, ...] = ()

    def allows(self, actor: Actor, row: Any) -> bool:
        if not actor.grants or not self.field:
            return bool(actor.grants)
        value = reach(row, self.field)
        return value in self.among if self.among else value is not None

    def rows(self, actor: Actor) -> Q:
        if not actor.grants:
            return NOTHING
        if not self.field:
            return EVERYTHING
        name = self.field.replace(".", "__")
        return Q(**{f"{name}__in": self.among}) if self.among else Q(**{f"{name}__isnull": False})

    def possible(self, actor: Actor) -> bool:
        return bool(actor.grants)


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, or no with the reason as a sentence."""

    ok: bool
    why: str = ""

    def __bool__(self) -> bool:
        return self.ok


class Policy:
    """Declared once per model; found by the right."""

    model: ClassVar[type[models.Model]]
    grants: ClassVar[Mapping[str, tuple[Rule, ...]]]
    refusal: ClassVar[str] = N_(
        "Du har ikke rollen som kreves for dette her. Spør lederen din eller kommunens kontaktperson."
    )

    def __init_subclass__(cls) -> None:
        for right in cls.grants:
            if right in _policies:
                raise RuntimeError(f"the right {right} is declared twice")
            _policies[str(right)] = cls


_policies: dict[str, type[Policy]] = {}


def policies() -> Mapping[str, type[Policy]]:
    """Every right with the policy that answers for it."""
    return dict(_policies)


def is_declared(right: str) -> bool:
    return str(right) in _policies


def answer(actor: Actor, right: str, row: models.Model) -> Answer:
    """May the actor do this to this row? The system may: it has said why it acts."""
    if actor.is_system:
        return Answer(True)
    policy = _policies[str(right)]
    if any(rule.allows(actor, row) for rule in policy.grants[right]):
        return Answer(True)
    return Answer(False, policy.refusal)


def rows(actor: Actor, right: str) -> Q:
    """Which rows may the actor do this to? As a filter on the policy's model."""
    if actor.is_system:
        return EVERYTHING
    found = [rule.rows(actor) for rule in _policies[str(right)].grants[right]]
    parts = [part for part in found if part is not NOTHING]  # most roles are not held, and each would cost its say
    return reduce(or_, parts) if parts else NOTHING


def select(ctx: Context, right: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """The answer to a statement written out, in which `allowed` holds the ids of the rows the actor may do this to.

    For what many pages ask, where the ORM takes longer to say it than the database to answer.
    """
    allowed = _policies[str(right)].model._default_manager.filter(rows(ctx.actor, right)).values_list("pk")
    try:
        keys, given = allowed.query.sql_with_params()
    except EmptyResultSet:
        keys, given = "SELECT NULL::bigint WHERE false", ()
    return tenancy.select(f"WITH allowed (id) AS ({keys}) {statement}", *given, *values)


def possible(actor: Actor, right: str) -> bool:
    """Might there be any row? Guards pages and draws menus; the row's own answer still decides."""
    return actor.is_system or any(rule.possible(actor) for rule in _policies[str(right)].grants[right])


def require(ctx: Context, right: str, row: M) -> M:
    """Give the row back, or raise Refused with the reason."""
    verdict = answer(ctx.actor, right, row)
    if not verdict:
        raise Refused(why=verdict.why)
    return row


def require_role(ctx: Context, right: str) -> None:
    """For acts that have no row yet. Raises Refused."""
    if not possible(ctx.actor, right):
        raise Refused(why=_policies[str(right)].refusal)


def require_system(ctx: Context) -> None:
    """For acts that no person may do alone: they belong to those who run the installation. Raises Refused."""
    if not ctx.actor.is_system:
        raise Refused(why=N_("Dette gjøres av dem som drifter installasjonen, etter avtale mellom kommunene."))


def fetch(ctx: Context, queryset: QuerySet[M], pk: int, right: str, *, lock: bool = False) -> M:
    """The door to one row. Raises NotFound where it is not in sight, Refused where the right is lacking."""
    if lock:
        queryset = queryset.select_for_update(of=("self",), no_key=True)
    row = queryset.filter(pk=pk).first()
    if row is None:
        raise NotFound()
    return require(ctx, right, row)


def reach(row: Any, path: str) -> Any:
    """Follow dots from a row; None where a link is missing."""
    for name in path.split("."):
        if row is None:
            return None
        row = getattr(row, name)
    return row
