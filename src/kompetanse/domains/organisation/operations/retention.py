"""What is past its declared time is deleted: in small transactions, the same whenever it is asked again.

An employee goes when the last employment ended so long ago that nothing about them is to be kept, and takes the
rows about them along. Rows about others stay, without pointing at who is gone. See ADR 14.
"""

from __future__ import annotations

from collections import Counter

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError

from kompetanse.domains.organisation.events import PastForgotten
from kompetanse.domains.organisation.models import Account, Affiliation, Employee, Person
from kompetanse.domains.organisation.queries.past import (
    about_employees,
    past_affiliations,
    past_employees,
    pointing_at_employees,
    rows_of_the_tenant,
)
from kompetanse.foundation import retention
from kompetanse.foundation.models import Tenant
from kompetanse.foundation.operation import operation, publish
from kompetanse.foundation.privacy import Tenancy
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import Refused
from kompetanse.kernel.text_marker import N_

MOST = 200  # of each kind in one transaction
FOR_THE_CLOCK = N_("Opplysninger slettes av klokken når tiden de skal lagres, er ute. Ingen gjør det for hånd.")


@operation
def forget_past(ctx: Context, *, tenant_id: int, most: int = MOST) -> dict[str, int]:
    """Delete up to `most` of each kind of a tenant's rows that are past their time. Gives how many of each.

    Ask again until it gives nothing; stopped halfway it goes on where it was. A municipality's region must be in
    sight, or what hangs on the region's runs stays. For the system alone: Raises Refused.
    """
    if not ctx.actor.is_system:
        raise Refused(why=FOR_THE_CLOCK)
    counts: Counter[str] = Counter()
    people = _forget_affiliations(ctx, tenant_id, most, counts) | _forget_employees(ctx, tenant_id, most, counts)
    for model, rows in rows_of_the_tenant(ctx.today, tenant_id).items():
        counts[model._meta.label] += retention.forget(rows, most=most)
    if people:
        counts[Person._meta.label] += _forget_persons(ctx, people)
    counts = +counts
    if counts:
        publish(ctx, PastForgotten(tenant_id=tenant_id, counts=dict(sorted(counts.items()))))
    return dict(counts)


def forget_technical(ctx: Context, *, most: int = 5 * MOST) -> int:
    """The machinery's own rows, which belong to no tenant: what has been delivered, and sessions that ran out."""
    count, _ = Session.objects.filter(expire_date__lt=ctx.now).delete()
    for model in retention.with_own_clock(Tenancy.TECHNICAL):
        count += retention.forget(retention.find_past(model, ctx.today), most=most)
    return count


# --- employees and the rows about them -----------------------------------------------------------------------


def _forget_employees(ctx: Context, tenant_id: int, most: int, counts: Counter[str]) -> set[int]:
    """Employees with the rows about them. Gives whose they were."""
    # The affiliation goes first: it is the posts that tell that it may.
    still = past_affiliations(ctx.today, tenant_id).filter(person_id=OuterRef("person_id"))
    past = past_employees(ctx.today, tenant_id).exclude(Exists(still))
    gone = dict(past.order_by("pk").values_list("pk", "person_id")[:most])
    about = dict(about_employees())
    # Then the ledger: the database looks at the posts for itself before it lets a row go, by its own clock.
    for model, field in about.items():
        if gone and retention.is_append_only(model):
            counts[model._meta.label] += retention.forget_append_only(model, list(gone))
            for kept in model._default_manager.filter(**{f"{field}__in": list(gone)}).values_list(field, flat=True):
                gone.pop(kept, None)
    if not gone:
        return set()
    _stop_pointing_at(list(gone))
    for model, field in about.items():
        if not retention.is_append_only(model):
            counts[model._meta.label] += model._default_manager.filter(**{f"{field}__in": list(gone)}).delete()[0]
    Employee.objects.filter(pk__in=list(gone)).delete()
    counts[Employee._meta.label] = len(gone)
    return set(gone.values())


def _stop_pointing_at(gone: list[int]) -> None:
    """Rows about others stay, and no longer say that it was this one who was to answer."""
    for model, field, can_stop in pointing_at_employees():
        if can_stop:
            model._default_manager.filter(**{f"{field.name}__in": gone}).update(**{field.name: None})


# --- persons, their ways in, and what they belong to ----------------------------------------------------------


def _forget_affiliations(ctx: Context, tenant_id: int, most: int, counts: Counter[str]) -> set[int]:
    """Who belongs nowhere any longer has no way in: the account goes with the last affiliation. Gives who."""
    gone = list(past_affiliations(ctx.today, tenant_id).order_by("pk").values_list("pk", "person_id")[:most])
    if not gone:
        return set()
    people = {person for _, person in gone}
    Affiliation.objects.filter(pk__in=[pk for pk, _ in gone]).delete()
    counts[Affiliation._meta.label] = len(gone)
    nowhere = people - set(Affiliation.objects.filter(person_id__in=people).values_list("person_id", flat=True))
    accounts = list(Account.objects.filter(person_id__in=nowhere).values_list("pk", flat=True))
    if accounts:
        _end_sessions({str(pk) for pk in accounts})
        Account.objects.filter(pk__in=accounts).delete()
        counts[Account._meta.label] = len(accounts)
    return nowhere


def _end_sessions(accounts: set[str]) -> None:
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") in accounts:
            session.delete()


def _forget_persons(ctx: Context, people: set[int]) -> int:
    """A person whom no municipality knows any longer goes. Gives how many did.

    Where a row that is kept longer still points at the person, only the mark that recognises them goes.
    """
    count = 0
    everyone = set(Tenant.objects.values_list("pk", flat=True))
    with tenant_scope(system_context(ctx.actor.reason, everyone, ctx.now)):
        known = set(Employee.objects.filter(person_id__in=people).values_list("person_id", flat=True))
        known |= set(Affiliation.objects.filter(person_id__in=people).values_list("person_id", flat=True))
        for person_id in sorted(people - known):
            try:
                with transaction.atomic():
                    Person.objects.filter(pk=person_id).delete()
                count += 1
            except ProtectedError:
                Person.objects.filter(pk=person_id).update(identity_hash=None)
    return count
