"""What can be asked of the organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import get_language

from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Actor, Context, Grant, Sitting

from ..models import (
    Account,
    Affiliation,
    Body,
    BodyRuling,
    Employee,
    Leadership,
    Membership,
    Municipality,
    Persona,
    Post,
    Region,
    RoleAssignment,
    Seat,
    Unit,
)
from ..permissions import Right
from ..types import (
    OFFICE_ROLES,
    SEAT_ROLES,
    BodyKind,
    BodyRow,
    ContactRow,
    EmployeeRow,
    Hit,
    HolderRow,
    Level,
    MunicipalityIsNotInRegion,
    MunicipalityRow,
    OrganisationPage,
    PersonaRow,
    PlaceRow,
    PostRow,
    RegionRow,
    Role,
    RulingRow,
    SeatedBody,
    SeatKind,
    SeatRow,
    StaffRow,
    UnitRow,
    UnknownRegion,
    VoteRule,
    WrittenForm,
)
from .approvers import find_own_employment as find_own_employment
from .approvers import get_asker as get_asker
from .approvers import list_askers as list_askers
from .approvers import list_leaders_up as list_leaders_up
from .past import about_employees, past_affiliations, past_employees, rows_of_the_tenant


def standing(today: date, prefix: str = "") -> Q:
    """Valid on the day: begun, and not ended (the last day is in)."""
    begun, ended = f"{prefix}valid_from", f"{prefix}valid_to"
    return (Q(**{f"{begun}__lte": today}) | Q(**{begun: None})) & (Q(**{f"{ended}__gte": today}) | Q(**{ended: None}))


def standing_posts(today: date) -> Q:
    return standing(today) & Q(ended_on=None)


# --- who is asking -------------------------------------------------------------------------------------


def context_for(account: Account, now: datetime) -> Context | None:
    """What a signed-in account may have in sight and do right now. None where it belongs to nobody.

    Three queries: the tenants with their regions, the scope, and all roles in one union.
    """
    if account.person_id is None:
        return None
    blank = Context(Actor(account.display_name, account.person_id, account.pk), frozenset(), now)
    today = blank.today
    memberships: set[tuple[int, int]] = set()
    own: set[int] = set()
    for region, municipality in _rows(PLACES, {"person": account.person_id, "today": today}):
        if municipality is None:
            own.add(region)
        else:
            memberships.add((region, municipality))
    # Members of a municipality see their region's common rows; the office sees its members'.
    tenants = own | {region for region, municipality in memberships if municipality in own}
    ctx = Context(blank.actor, frozenset(tenants), now)
    with tenant_scope(ctx, read_only=True):
        held, sittings = _grants(account.person_id, today)
    grants = set(held)
    for grant in held:
        if grant.role in OFFICE_ROLES and grant.unit_id is None:
            members = {m for region, m in memberships if region == grant.tenant_id}
            grants |= {Grant(grant.role, member) for member in members}
            tenants |= members
    actor = Actor(account.display_name, account.person_id, account.pk, frozenset(grants), sittings=frozenset(sittings))
    return Context(actor, frozenset(tenants), now)


def context_for_account(account_id: int, now: datetime) -> Context | None:
    """The same, by the account's id: for those who act on somebody's behalf with their own rights."""
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    return context_for(account, now) if account else None


# Written out, since it runs for every request: the ORM takes ten times as long to say it as the database to answer.
# Roles from posts, leaderships, assignments and seats.
GRANTS = """
    SELECT 'employee', p.tenant_id, p.unit_id, '', NULL::bigint FROM organisation_post p
      JOIN organisation_employee e ON e.tenant_id = p.tenant_id AND e.id = p.employee_id
     WHERE e.person_id = %(person)s AND p.ended_on IS NULL
       AND p.valid_from <= %(today)s AND (p.valid_to IS NULL OR p.valid_to >= %(today)s)
    UNION ALL
    SELECT 'leader', l.tenant_id, l.unit_id, '', NULL::bigint FROM organisation_leadership l
      JOIN organisation_employee e ON e.tenant_id = l.tenant_id AND e.id = l.employee_id
     WHERE e.person_id = %(person)s
       AND l.valid_from <= %(today)s AND (l.valid_to IS NULL OR l.valid_to >= %(today)s)
    UNION ALL
    SELECT role, tenant_id, unit_id, '', NULL::bigint FROM organisation_roleassignment
     WHERE person_id = %(person)s AND valid_from <= %(today)s AND (valid_to IS NULL OR valid_to >= %(today)s)
    UNION ALL
    SELECT s.kind, s.tenant_id, NULL, b.kind, b.id FROM organisation_seat s
      JOIN organisation_body b ON b.tenant_id = s.tenant_id AND b.id = s.body_id
     WHERE s.person_id = %(person)s
       AND s.valid_from <= %(today)s AND (s.valid_to IS NULL OR s.valid_to >= %(today)s)
"""
# Where a person belongs: the tenants, and the memberships of those who have the person.
PLACES = """
    SELECT m.region_id, m.municipality_id FROM organisation_membership m
     WHERE m.valid_from <= %(today)s AND (m.valid_to IS NULL OR m.valid_to >= %(today)s)
       AND EXISTS (SELECT FROM organisation_affiliation a
                    WHERE a.person_id = %(person)s AND a.tenant_id IN (m.region_id, m.municipality_id))
    UNION ALL
    SELECT tenant_id, NULL FROM organisation_affiliation WHERE person_id = %(person)s
"""


def _grants(person_id: int, today: date) -> tuple[list[Grant], list[Sitting]]:
    """Roles from posts, leaderships, assignments and seats, and the seats themselves, in one query."""
    grants, sittings = [], []
    for role, tenant_id, unit_id, body_kind, body_id in _rows(GRANTS, {"person": person_id, "today": today}):
        name = SEAT_ROLES.get((BodyKind(body_kind), SeatKind(role))) if body_kind else Role(role)
        if name is not None:
            grants.append(Grant(name.value, tenant_id, unit_id))
        if body_id is not None:
            sittings.append(Sitting(body_id, role))
    return grants, sittings


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


# --- regions and municipalities ------------------------------------------------------------------------


def get_region(name: str, today: date) -> RegionRow:
    """A region with its standing members, by name. Public facts: needs no scope. Raises UnknownRegion."""
    region = Region.objects.filter(name__iexact=name.strip()).first()
    found = _region(NAMED, {"region": region.pk if region else None, "today": today})
    if found is None:
        raise UnknownRegion(name=name)
    return found


def find_region_of(tenants: frozenset[int], today: date) -> RegionRow | None:
    """The region among, or around, these tenants (the first by id where there are several)."""
    return _region(AROUND, {"tenants": sorted(tenants), "today": today})


def list_region_names() -> list[str]:
    """Every region by id: public facts."""
    return list(Region.objects.order_by("pk").values_list("name", flat=True))


# A region with its members by number: one row for each, or one with nobody.
MEMBERS = """
    SELECT r.tenant_id, r.name, r.level, m.tenant_id, m.number, m.name, m.written_form, m.population
      FROM organisation_region r
      LEFT JOIN organisation_municipality m ON EXISTS (
           SELECT FROM organisation_membership s
            WHERE s.region_id = r.tenant_id AND s.municipality_id = m.tenant_id
              AND s.valid_from <= %(today)s AND (s.valid_to IS NULL OR s.valid_to >= %(today)s))
"""
NAMED = f"{MEMBERS} WHERE r.tenant_id = %(region)s ORDER BY m.number"
AROUND = f"""{MEMBERS}
     WHERE r.tenant_id = (
           SELECT min(tenant_id) FROM organisation_region
            WHERE level = 'regional' AND (tenant_id = ANY(%(tenants)s) OR tenant_id IN (
                  SELECT region_id FROM organisation_membership
                   WHERE municipality_id = ANY(%(tenants)s)
                     AND valid_from <= %(today)s AND (valid_to IS NULL OR valid_to >= %(today)s))))
     ORDER BY m.number
"""  # noqa: S608 - constants of this module


def _region(statement: str, values: dict[str, Any]) -> RegionRow | None:
    rows = _rows(statement, values)
    if not rows:
        return None
    region_id, region, level = rows[0][:3]
    members = tuple(
        MunicipalityRow(tenant_id, number, name, WrittenForm(form), population)
        for *_, tenant_id, number, name, form, population in rows
        if tenant_id is not None
    )
    return RegionRow(region_id, region, Level(level), members)


def _municipality_row(row: Municipality) -> MunicipalityRow:
    return MunicipalityRow(
        row.pk, row.number, row.name, WrittenForm(row.written_form), row.population, row.latitude, row.longitude,
        row.centre,
        row.organisation_number,
    )  # fmt: skip


def get_member(region: RegionRow, number: str) -> MunicipalityRow:
    """The member with this number. Raises MunicipalityIsNotInRegion."""
    for municipality in region.municipalities:
        if municipality.number == number:
            return municipality
    raise MunicipalityIsNotInRegion(number=number, region=region.name)


def list_municipalities(tenants: frozenset[int] | None = None) -> list[MunicipalityRow]:
    """Municipalities among the tenants, or all, by number."""
    found = Municipality.objects.all() if tenants is None else Municipality.objects.filter(pk__in=tenants)
    return [_municipality_row(row) for row in found.order_by("number")]


def list_tenants() -> dict[int, frozenset[int]]:
    """Every municipality and region by id, each with the tenants its rows lean on: itself, and regions it is or was in.

    Public facts.
    """
    found = {pk: {pk} for pk in Region.objects.values_list("pk", flat=True)}
    found |= {pk: {pk} for pk in Municipality.objects.values_list("pk", flat=True)}
    for municipality, region in Membership.objects.values_list("municipality_id", "region_id"):
        found[municipality].add(region)
    return {pk: frozenset(found[pk]) for pk in sorted(found)}


# --- units, posts and people ---------------------------------------------------------------------------


@query
def list_units(ctx: Context, *, tenant_id: int | None = None, led_only: bool = False) -> list[UnitRow]:
    """Standing units in sight in tree order, with the leader's name and the number of people directly in each.

    `led_only`: only the units the actor leads, and those below them.
    """
    units = Unit.objects.filter(access.rows(ctx.actor, Right.UNIT_READ), standing(ctx.today))
    if tenant_id is not None:
        units = units.filter(tenant_id=tenant_id)
    if led_only:
        led = [grant.unit_id for grant in ctx.actor.places(Role.LEADER) if grant.unit_id]
        units = units.filter(path__overlap=led) if led else units.none()
    rows = list(units.order_by("tenant_id", "path"))
    leaders = dict(
        Leadership.objects.filter(standing(ctx.today), unit_id__in=[unit.id for unit in rows])
        .order_by("-is_acting")
        .values_list("unit_id", Concat("employee__given_name", Value(" "), "employee__family_name"))
    )
    people = dict(
        Post.objects.filter(standing_posts(ctx.today), unit_id__in=[unit.id for unit in rows])
        .values_list("unit_id")
        .annotate(Count("employee_id", distinct=True))
    )
    return [
        UnitRow(
            unit.id, unit.tenant_id, unit.code, unit.name, unit.parent_id, tuple(unit.path), unit.sector,
            leaders.get(unit.id, ""), people.get(unit.id, 0),
        )
        for unit in rows
    ]  # fmt: skip


# Standing units in sight with how many work directly in each; a filter that is NULL narrows nothing.
PLACES_IN_SIGHT = """
    SELECT u.id, u.name, u.tenant_id, t.name, u.path, u.sector, coalesce(working.people, 0)
      FROM organisation_unit u JOIN allowed ON allowed.id = u.id JOIN foundation_tenant t ON t.id = u.tenant_id
      LEFT JOIN LATERAL (
            SELECT count(DISTINCT p.employee_id) AS people FROM organisation_post p
             WHERE p.tenant_id = u.tenant_id AND p.unit_id = u.id AND p.ended_on IS NULL AND p.valid_from <= %s
               AND (p.valid_to IS NULL OR p.valid_to >= %s)) working ON true
     WHERE (u.valid_from IS NULL OR u.valid_from <= %s) AND (u.valid_to IS NULL OR u.valid_to >= %s)
       AND u.tenant_id = coalesce(%s, u.tenant_id) AND (%s::bigint IS NULL OR u.path @> ARRAY[%s::bigint])
     ORDER BY u.tenant_id, u.path
"""


@query
def list_places(
    ctx: Context, *, right: str = Right.UNIT_PEOPLE, tenant_id: int | None = None, unit_id: int | None = None
) -> list[PlaceRow]:
    """Standing units the actor has the right to, in tree order; `unit_id` takes in the units below. One query."""
    found = access.select(ctx, right, PLACES_IN_SIGHT, *[ctx.today] * 4, tenant_id, unit_id, unit_id)
    return [
        PlaceRow(key, name, tenant, place, tuple(path), sector, people)
        for key, name, tenant, place, path, sector, people in found
    ]


@query
def get_unit(ctx: Context, *, unit_id: int, right: str = Right.UNIT_READ) -> UnitRow:
    """One unit the actor has the right to. Raises NotFound or Refused."""
    unit = access.fetch(ctx, Unit.objects.all(), unit_id, right)
    return UnitRow(unit.id, unit.tenant_id, unit.code, unit.name, unit.parent_id, tuple(unit.path), unit.sector)


@query
def list_unit_codes(ctx: Context, *, tenant_id: int) -> dict[str, int]:
    """Code of every standing unit of a municipality, to its id."""
    units = Unit.objects.filter(standing(ctx.today), tenant_id=tenant_id)
    return dict(units.values_list("code", "id"))


@query
def list_employees(ctx: Context, *, unit_id: int | None = None, below: bool = True) -> list[EmployeeRow]:
    """People the actor may see (own, led, or all for HR), with their standing posts in sight, by name."""
    posts = Post.objects.filter(access.rows(ctx.actor, Right.POST_READ), standing_posts(ctx.today))
    if unit_id is not None:
        posts = posts.filter(unit__path__contains=[unit_id]) if below else posts.filter(unit_id=unit_id)
    return _employees(posts)


@query
def list_led_employees(ctx: Context) -> list[EmployeeRow]:
    """The people whose posts the actor leads, by name."""
    return _employees(Post.objects.filter(access.rows(ctx.actor, Right.PEOPLE_LEAD), standing_posts(ctx.today)))


@query
def list_own_employments(ctx: Context) -> list[EmployeeRow]:
    """The actor as each municipality knows them."""
    return _employees(Post.objects.filter(standing_posts(ctx.today), employee__person_id=ctx.actor.person_id))


def _employees(posts: QuerySet[Post]) -> list[EmployeeRow]:
    found: dict[int, tuple[Employee, list[PostRow]]] = {}
    for post in posts.select_related("employee", "unit").order_by(
        "employee__family_name", "employee__given_name", "employee_id", "-is_main", "id"
    ):
        found.setdefault(post.employee_id, (post.employee, []))[1].append(
            PostRow(
                post.id, post.unit_id, post.unit.name, post.position_code, post.position_title, post.is_main,
                post.percent, post.valid_from, post.valid_to, post.leave_from, post.leave_to,
            )
        )  # fmt: skip
    return [
        EmployeeRow(who.id, who.tenant_id, who.person_id, who.name, who.email, who.phone, tuple(rows))
        for who, rows in found.values()
    ]


# Standing posts in sight, and whether the holder leads anything; a filter that is NULL narrows nothing.
STAFF = """
    SELECT p.employee_id, p.tenant_id, t.name, e.person_id, trim(concat(e.given_name, ' ', e.family_name)), p.id,
           p.unit_id, u.name, u.path, u.sector, p.position_title, p.leave_from, p.leave_to,
           EXISTS (SELECT FROM organisation_leadership l
                    WHERE l.tenant_id = p.tenant_id AND l.employee_id = p.employee_id
                      AND l.valid_from <= %s AND (l.valid_to IS NULL OR l.valid_to >= %s))
      FROM organisation_post p JOIN allowed ON allowed.id = p.id JOIN foundation_tenant t ON t.id = p.tenant_id
      JOIN organisation_employee e ON e.tenant_id = p.tenant_id AND e.id = p.employee_id
      JOIN organisation_unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
     WHERE p.ended_on IS NULL AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to >= %s)
       AND p.tenant_id = coalesce(%s, p.tenant_id) AND (%s::bigint IS NULL OR u.path @> ARRAY[%s::bigint])
       AND p.unit_id = coalesce(%s, p.unit_id) AND p.employee_id = coalesce(%s, p.employee_id)
       AND (%s::bigint[] IS NULL OR p.employee_id = ANY (%s::bigint[]))
       AND e.person_id = coalesce(%s, e.person_id)
     ORDER BY p.tenant_id, u.path, e.family_name, e.given_name, p.employee_id, p.is_main DESC, p.id
"""


@query
def list_staff(
    ctx: Context,
    *,
    right: str = Right.POST_READ,
    tenant_id: int | None = None,
    unit_id: int | None = None,
    below: bool = True,
    employee_id: int | None = None,
    employees: Collection[int] | None = None,
    own: bool = False,
) -> list[StaffRow]:
    """Standing posts the actor has the right to, one row each, by unit and name; all filters narrow. One query.

    `unit_id` takes in the units below it unless `below` is false; `own` only the actor's own posts.
    """
    at = unit_id if unit_id is not None and not below else None
    who = ctx.actor.person_id if own else None
    if own and who is None:
        return []
    chosen = None if employees is None else sorted(employees)
    found = access.select(
        ctx, right, STAFF, *[ctx.today] * 4, tenant_id, unit_id, unit_id, at, employee_id, chosen, chosen, who
    )
    return [
        StaffRow(who, tenant, place, person, name, post, unit, unit_name, tuple(path), *rest)
        for who, tenant, place, person, name, post, unit, unit_name, path, *rest in found
    ]


@query
def access_employee(ctx: Context, *, employee_id: int, right: str = Right.POST_READ) -> EmployeeRow:
    """One person, reached through a post the actor has the right to. Raises NotFound or Refused.

    For reading alone, those who see all employees of the municipality also reach one without a standing post.
    """
    standing_ones = Post.objects.filter(standing_posts(ctx.today), employee_id=employee_id)
    rows = _employees(standing_ones.filter(access.rows(ctx.actor, right)))
    if rows:
        return rows[0]
    if right != Right.POST_READ and (post := standing_ones.first()):
        access.require(ctx, right, post)
    employee = access.fetch(ctx, Employee.objects.all(), employee_id, Right.EMPLOYEE_READ)
    return EmployeeRow(
        employee.id, employee.tenant_id, employee.person_id, employee.name, employee.email, employee.phone
    )


@query
def list_employees_by_number(ctx: Context, *, tenant_id: int) -> dict[str, int]:
    """Every employee number a municipality has used, to the employee's id."""
    posts = Post.objects.filter(tenant_id=tenant_id).order_by("id")
    return dict(posts.values_list("employee_number", "employee_id"))


@query
def list_birth_years(ctx: Context, *, tenant_id: int, employee_id: int | None = None) -> dict[int, int]:
    """Employee's id to year of birth, of those it is known of: to check other dates against, never to show."""
    people = Employee.objects.filter(tenant_id=tenant_id, birth_year__isnull=False)
    if employee_id is not None:
        people = people.filter(pk=employee_id)
    return dict(people.values_list("id", "birth_year"))


@query
def find_leader_of(ctx: Context, *, unit_id: int) -> EmployeeRow | None:
    """Who decides for a unit today: acting before ordinary, else the nearest leader above."""
    path = Unit.objects.values_list("path", flat=True).get(pk=unit_id)
    leadership = (
        Leadership.objects.filter(standing(ctx.today), unit_id__in=path)
        .select_related("employee")
        .order_by(F("unit__path__len").desc(), "-is_acting")
        .first()
    )
    if leadership is None:
        return None
    who = leadership.employee
    return EmployeeRow(who.id, who.tenant_id, who.person_id, who.name, who.email, who.phone)


@query
def list_role_holders(
    ctx: Context, *, tenant_id: int, roles: frozenset[Role], unit_id: int | None = None
) -> list[HolderRow]:
    """Who holds one of the roles in a tenant today, given or by a seat, in the order they came to it.

    With `unit_id` those whose role reaches that unit. Name and address as the tenant knows them, else the account's.
    """
    reaches = Q(unit_id=None)
    if unit_id is not None:
        path = Unit.objects.values_list("path", flat=True).get(pk=unit_id)
        reaches |= Q(unit_id__in=path)
    given = RoleAssignment.objects.filter(standing(ctx.today), reaches, tenant_id=tenant_id, role__in=sorted(roles))
    people = list(given.order_by("id").values_list("person_id", flat=True))
    places = [place for place, role in SEAT_ROLES.items() if role in roles]
    for body_kind, seat_kind in places:
        seats = Seat.objects.filter(standing(ctx.today), tenant_id=tenant_id, kind=seat_kind, body__kind=body_kind)
        people += seats.order_by("id").values_list("person_id", flat=True)
    accounts = Account.objects.filter(person_id__in=people, is_active=True).order_by("-id")
    known = {who.person_id: (who.display_name, who.email) for who in accounts}
    for who in Employee.objects.filter(tenant_id=tenant_id, person_id__in=people):
        known[who.person_id] = (who.name, who.email)
    return [
        HolderRow(tenant_id, person_id, *known[person_id]) for person_id in dict.fromkeys(people) if person_id in known
    ]


@query
def list_contacts(ctx: Context, *, people: Collection[tuple[int, int]]) -> dict[tuple[int, int], ContactRow]:
    """How people are reached, by tenant and person, as the tenant knows them, else the account. For the system,
    which writes to them. Two queries."""
    access.require_system(ctx)
    persons = {person_id for _tenant, person_id in people}
    tenants = {tenant_id for tenant_id, _person in people}
    accounts = {
        person_id: ContactRow(name, email, "")
        for person_id, name, email in Account.objects.filter(person_id__in=persons, is_active=True)
        .order_by("-id")
        .values_list("person_id", "display_name", "email")
    }
    found = {key: accounts[key[1]] for key in people if key[1] in accounts}
    for who in Employee.objects.filter(tenant_id__in=tenants, person_id__in=persons):
        if (who.tenant_id, who.person_id) in people:
            found[who.tenant_id, who.person_id] = ContactRow(who.name, who.email, who.phone)
    return found


@query
def list_written_forms(ctx: Context, *, person_ids: Collection[int]) -> dict[int, str]:
    """The written form each of these persons has chosen, of those who have. For the system, which writes to them."""
    access.require_system(ctx)
    chosen = Account.objects.filter(person_id__in=person_ids, is_active=True).exclude(language="")
    return dict(chosen.order_by("id").values_list("person_id", "language"))


# --- bodies --------------------------------------------------------------------------------------------


@query
def find_body(ctx: Context, *, kind: BodyKind) -> int | None:
    """The id of the first body of a kind in sight."""
    return Body.objects.filter(kind=kind).order_by("id").values_list("id", flat=True).first()


@query
def list_bodies(ctx: Context) -> list[BodyRow]:
    """Bodies the actor has a place beside, by tenant and name."""
    bodies = Body.objects.filter(access.rows(ctx.actor, Right.BODY_READ)).order_by("tenant_id", "name_nb")
    return [_body_row(body) for body in bodies]


@query
def get_body(ctx: Context, *, body_id: int) -> BodyRow:
    """One body. Raises NotFound or Refused."""
    return _body_row(access.fetch(ctx, Body.objects.all(), body_id, Right.BODY_READ))


def _body_row(body: Body) -> BodyRow:
    return BodyRow(
        body.id, body.tenant_id, body.name_nb, body.name_nn, BodyKind(body.kind), body.quorum,
        VoteRule(body.vote_rule), body.unions_vote, body.above_id, body.notice_days,
    )  # fmt: skip


@query
def list_seats(ctx: Context, *, body_id: int) -> list[SeatRow]:
    """Standing seats of a body; chair first."""
    body = access.fetch(ctx, Body.objects.all(), body_id, Right.BODY_READ)
    seats = Seat.objects.filter(standing(ctx.today), body=body).order_by("kind", "name")
    return [_seat_row(seat) for seat in seats]


@query
def list_rulings(ctx: Context, *, body_id: int) -> list[RulingRow]:
    """What a body's rules have been, newest first. Raises NotFound or Refused."""
    body = access.fetch(ctx, Body.objects.all(), body_id, Right.BODY_READ)
    return [
        RulingRow(
            row.set_at, row.set_by, row.decision_reference, row.quorum, VoteRule(row.vote_rule), row.unions_vote,
            row.above_name, row.notice_days,
        )
        for row in BodyRuling.objects.filter(body=body).order_by("-id")
    ]  # fmt: skip


@query
def may_rule(ctx: Context, *, body_id: int) -> bool:
    """May the actor write in a body's rules? Raises NotFound or Refused where the body is not theirs to see."""
    body = access.fetch(ctx, Body.objects.all(), body_id, Right.BODY_READ)
    return bool(access.answer(ctx.actor, Right.BODY_RULE, body))


@query
def list_addresses(ctx: Context, *, tenant_id: int, people: Collection[int]) -> list[HolderRow]:
    """How to reach people as their accounts know them, whatever role they hold. For the system."""
    access.require_system(ctx)
    accounts = Account.objects.filter(person_id__in=set(people), is_active=True).order_by("id")
    found = {
        who.person_id: HolderRow(tenant_id, who.person_id, who.display_name, who.email)
        for who in accounts
        if who.person_id is not None
    }
    return [found[key] for key in sorted(found)]


def _seat_row(seat: Seat) -> SeatRow:
    return SeatRow(
        seat.id, seat.name, SeatKind(seat.kind), seat.represents, seat.person_id, seat.weight,
        seat.municipality_id, seat.deputy_for_id,
    )  # fmt: skip


def find_account(email: str) -> Account | None:
    """The one active account with this e-mail address; None where there is none, or more than one."""
    found = list(Account.objects.filter(email__iexact=email.strip(), is_active=True)[:2]) if email.strip() else []
    return found[0] if len(found) == 1 else None


# --- pages and search ---------------------------------------------------------------------------------


@query
def find_people(ctx: Context, *, text: str, most: int) -> list[Hit]:
    """People whose posts the actor may read, by name; the note is the post and the unit."""
    posts = Post.objects.filter(access.rows(ctx.actor, Right.POST_READ), standing_posts(ctx.today))
    for word in text.split():
        posts = posts.filter(Q(employee__given_name__icontains=word) | Q(employee__family_name__icontains=word))
    found: dict[int, Hit] = {}
    rows = posts.order_by("employee__family_name", "employee__given_name", "employee_id", "-is_main").values_list(
        "employee_id", "employee__given_name", "employee__family_name", "position_title", "unit__name"
    )
    for employee_id, given, family, title, unit in rows[: most * 4]:
        found.setdefault(employee_id, Hit(employee_id, f"{given} {family}", f"{title}, {unit}"))
    return list(found.values())[:most]


@query
def find_units(ctx: Context, *, text: str, most: int) -> list[Hit]:
    """Standing units by name or code; the note is the municipality and the sector."""
    units = Unit.objects.filter(access.rows(ctx.actor, Right.UNIT_READ), standing(ctx.today)).filter(
        Q(name__icontains=text) | Q(code=text)
    )
    rows = units.order_by("name", "id").values_list("id", "name", "tenant__name", "sector")[:most]
    return [Hit(key, name, f"{place}, {sector}" if sector else place) for key, name, place, sector in rows]


@query
def get_organisation_page(ctx: Context, *, tenant_id: int | None = None) -> OrganisationPage:
    """One municipality in sight (the first where none is asked for) and the region's bodies."""
    region = find_region_of(ctx.tenants, ctx.today)
    members = list_municipalities(ctx.tenants)
    chosen = next((row for row in members if row.tenant_id == tenant_id), members[0] if members else None)
    units = list_units(ctx, tenant_id=chosen.tenant_id) if chosen else []
    contacts = (
        Employee.objects.filter(
            tenant_id=chosen.tenant_id,
            person_id__in=RoleAssignment.objects.filter(
                standing(ctx.today), role=Role.CONTACT_PERSON, tenant_id=chosen.tenant_id
            ).values("person_id"),
        ).order_by("family_name", "given_name")
        if chosen
        else []
    )
    bodies = list(Body.objects.filter(access.rows(ctx.actor, Right.BODY_READ)).order_by("kind", "id"))
    seats: dict[int, list[SeatRow]] = {}
    for seat in Seat.objects.filter(standing(ctx.today), body__in=bodies).order_by("kind", "name"):
        seats.setdefault(seat.body_id, []).append(_seat_row(seat))
    nynorsk = get_language() == "nn"
    return OrganisationPage(
        region,
        chosen,
        tuple(units),
        tuple(who.name for who in contacts),
        tuple(
            SeatedBody(
                body.id, body.name_nn if nynorsk else body.name_nb, BodyKind(body.kind), tuple(seats.get(body.id, ()))
            )
            for body in bodies
        ),
    )


# --- what is past its time -----------------------------------------------------------------------------


@query
def count_past(ctx: Context, *, tenant_id: int) -> dict[str, int]:
    """What `forget_past` would delete of a tenant's rows, all in all, and changes nothing."""
    counts: Counter[str] = Counter()
    gone = past_employees(ctx.today, tenant_id)
    counts[Employee._meta.label] = gone.count()
    for model, field in about_employees():
        counts[model._meta.label] += model._default_manager.filter(**{f"{field}__in": gone}).count()
    counts[Affiliation._meta.label] = past_affiliations(ctx.today, tenant_id).count()
    for model, rows in rows_of_the_tenant(ctx.today, tenant_id).items():
        # What goes with its employee is counted there.
        with_employee = dict(about_employees()).get(model)
        counts[model._meta.label] += (rows.exclude(**{f"{with_employee}__in": gone}) if with_employee else rows).count()
    return dict(sorted((+counts).items()))


# --- the demo ------------------------------------------------------------------------------------------


def list_personas() -> list[PersonaRow]:
    """The demo's people: key, account id, display name. Empty outside the demo."""
    rows = Persona.objects.order_by("position").values_list("key", "account_id", "account__display_name")
    return [PersonaRow(*row) for row in rows]


def find_persona_account(key: str) -> Account | None:
    """The account behind a persona of the demo."""
    persona = Persona.objects.filter(key=key).select_related("account").first()
    return persona.account if persona else None
