"""Persons, their roles and their ways in."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.organisation.events import AccountOpened, RoleGiven
from kompetanse.domains.organisation.models import Account, Affiliation, Person, Persona, Region, RoleAssignment, Unit
from kompetanse.domains.organisation.permissions import Right
from kompetanse.domains.organisation.types import OFFICE_ROLES, Role
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context


@operation
def give_role(
    ctx: Context, *, tenant_id: int, person_id: int, role: Role, valid_from: date, unit_id: int | None = None
) -> None:
    """Give a role in a tenant or a unit. Additive: nobody loses anything by it.

    An office role is given only by who administers that very tenant: it lets its holder see all of it.
    Raises NotFound, Refused.
    """
    if unit_id is not None:
        access.fetch(ctx, Unit.objects.filter(tenant_id=tenant_id), unit_id, Right.ROLE_GIVE)
    else:
        access.require(ctx, Right.ROLE_GIVE, Unit(tenant_id=tenant_id, path=[]))
    if role in OFFICE_ROLES:
        access.require(ctx, Right.REGION_ADMINISTER, Region(tenant_id=tenant_id))
    held = RoleAssignment.objects.filter(
        tenant_id=tenant_id, person_id=person_id, role=role, unit_id=unit_id, valid_to=None
    )
    if held.exists():
        return
    RoleAssignment.objects.create(
        tenant_id=tenant_id, person_id=person_id, role=role, unit_id=unit_id, valid_from=valid_from
    )
    Affiliation.objects.get_or_create(person_id=person_id, tenant_id=tenant_id)
    publish(ctx, RoleGiven(tenant_id=tenant_id, person_id=person_id, role=role, unit_id=unit_id))


@operation
def open_account(
    ctx: Context, *, tenant_id: int, person_id: int, username: str, name: str, password: str | None = None
) -> int:
    """Open a way in for a person, or find it. Without a password only a login provider lets them in.

    A way in leads to all the person belongs to, so who opens it must answer for all of that.
    Raises Refused.
    """
    belongs = Affiliation.objects.filter(person_id=person_id).values_list("tenant_id", flat=True)
    for place in {tenant_id, *belongs}:
        access.require(ctx, Right.ROLE_GIVE, Unit(tenant_id=place, path=[]))
    account = Account.objects.filter(person_id=person_id).first()
    if account is None:
        account = Account.objects.create_user(username, password, person_id=person_id, display_name=name)
        publish(ctx, AccountOpened(tenant_id=tenant_id, person_id=person_id))
    return account.pk


def new_person() -> int:
    """A person not known from any register: an adviser in the regional office, a union's own representative."""
    return Person.objects.create().pk


def name_persona(*, key: str, account_id: int, position: int) -> None:
    """Put somebody's shoes on the demo's start page."""
    Persona.objects.update_or_create(key=key, defaults={"account_id": account_id, "position": position})


def choose_language(*, account_id: int, language: str) -> None:
    """Remember the written form a person has chosen."""
    Account.objects.filter(pk=account_id).update(language=language)
