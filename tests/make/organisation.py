"""A region, its municipalities, units and people, each with its own name."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.models import (
    Account,
    Affiliation,
    Employee,
    Leadership,
    Person,
    Post,
    Unit,
)
from kompetanse.domains.organisation.types import MunicipalityFacts, Role, WrittenForm
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context

NOW = datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)
_municipalities = itertools.count(1000)


@dataclass
class Town:
    """A municipality under test."""

    tenant_id: int
    number: str
    name: str
    root: Unit
    units: list[Unit] = field(default_factory=list)


@dataclass
class Region:
    tenant_id: int
    name: str
    municipalities: list[Town]

    @property
    def tenants(self) -> frozenset[int]:
        return frozenset({self.tenant_id, *(town.tenant_id for town in self.municipalities)})


@dataclass
class Who:
    """A person with an account; `employee` where they work in a municipality."""

    person_id: int
    account: Account
    employee: Employee | None = None
    post: Post | None = None


def system(region: Region, now: datetime = NOW) -> Context:
    """The system, with the whole region in sight."""
    return system_context("test", set(region.tenants), now)


def region(*, municipalities: int = 1, written_form: WrittenForm = WrittenForm.BOKMAL) -> Region:
    ctx = system_context("test", set(), NOW)
    name = f"Region {secrets.token_hex(4)}"
    region_id = organisation.found_region(ctx, name=name)
    towns = []
    for _ in range(municipalities):
        number = _free_number()
        town_name = f"Kommune {number}"
        facts = MunicipalityFacts(number, town_name, population=5000, written_form=written_form)
        tenant_id = organisation.register_municipality(ctx, facts=facts)
        inside = system_context("test", {region_id, tenant_id}, NOW)
        organisation.join_region(inside, region_id=region_id, municipality_id=tenant_id, valid_from=date(2020, 1, 1))
        with tenant_scope(inside):
            root = Unit.objects.create(
                tenant_id=tenant_id, code=f"{number}-0", name=town_name, valid_from=date(2020, 1, 1)
            )
            root.path = [root.id]
            root.save(update_fields=["path"])
        towns.append(Town(tenant_id, number, town_name, root))
    return Region(region_id, name, towns)


def _free_number() -> str:
    from kompetanse.domains.organisation.models import Municipality

    return next(f"{n:04}" for n in _municipalities if not Municipality.objects.filter(number=f"{n:04}").exists())


def unit(town: Town, name: str = "", *, parent: Unit | None = None, sector: str = "Helse og omsorg") -> Unit:
    number = next(_numbers)
    parent = parent or town.root
    with tenant_scope(system_context("test", {town.tenant_id}, NOW)):
        made: Unit = Unit.objects.create(
            tenant_id=town.tenant_id, code=f"{town.number}-{number}", name=name or f"Enhet {number}",
            parent=parent, sector=sector, valid_from=date(2020, 1, 1),
        )  # fmt: skip
        made.path = [*parent.path, made.id]
        made.save(update_fields=["path"])
    town.units.append(made)
    return made


def employee(
    town: Town, at: Unit | None = None, *, title: str = "Helsefagarbeider", person_id: int | None = None
) -> Who:
    """Somebody with a post in a unit (the town's first, or a new one) and an account."""
    number = next(_numbers)
    at = at or (town.units[0] if town.units else unit(town))
    with tenant_scope(system_context("test", {town.tenant_id}, NOW)):
        person = Person.objects.get(pk=person_id) if person_id else Person.objects.create()
        who = Employee.objects.create(
            tenant_id=town.tenant_id, person=person, given_name="Kari", family_name=f"Nordmann {number}",
            email=f"kari.{number}.{secrets.token_hex(3)}@example.com",
        )  # fmt: skip
        post = Post.objects.create(
            tenant_id=town.tenant_id, employee=who, unit=at, employee_number=str(10000 + number),
            position_title=title, percent=Decimal(100), valid_from=date(2021, 1, 1),
        )  # fmt: skip
        Affiliation.objects.get_or_create(person=person, tenant_id=town.tenant_id)
    return Who(person.pk, _account(person.pk, who.name), who, post)


def leader(town: Town, of: Unit | None = None) -> Who:
    """Somebody who leads a unit and works in it."""
    of = of or (town.units[0] if town.units else unit(town))
    who = employee(town, of, title="Avdelingsleder")
    with tenant_scope(system_context("test", {town.tenant_id}, NOW)):
        Leadership.objects.create(tenant_id=town.tenant_id, unit=of, employee=who.employee, valid_from=date(2021, 1, 1))
    return who


def with_role(region: Region, role: Role, *, town: Town | None = None) -> Who:
    """Somebody with a role in a municipality, or in the region itself."""
    who = employee(town) if town else Who(person := organisation.new_person(), _account(person, f"Rolle {role}"))
    tenant_id = town.tenant_id if town else region.tenant_id
    organisation.give_role(
        system(region), tenant_id=tenant_id, person_id=who.person_id, role=role, valid_from=date(2021, 1, 1)
    )
    return who


def office(region: Region) -> Who:
    """A course administrator in the region's office."""
    return with_role(region, Role.COURSE_ADMINISTRATOR)


def context(who: Who, now: datetime = NOW) -> Context:
    """What the person may have in sight and do, as the web would tell."""
    found = organisation.context_for(who.account, now)
    assert found is not None
    return found


def _account(person_id: int, name: str) -> Account:
    found = Account.objects.filter(person_id=person_id).first()
    return found or Account.objects.create_user(
        f"bruker-{secrets.token_hex(6)}", None, person_id=person_id, display_name=name
    )
