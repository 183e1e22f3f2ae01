"""What the office offers beside the plan: a catalogue, guidelines, orders of help, and the hours they have taken."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.governance import api as governance
from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.types.catalogue import MAY_ORDER, OrderUnit, ServiceInput, ServiceKind
from kompetanse.domains.orders.types.guidelines import GuidelineInput, Route, Rule
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.money import Money

from . import calendar
from .calendar import at
from .people import Cast

HOUR = 60
# Kind, names, kroner an hour (or seat), unit, the office's minutes for each, days, most.
OFFERED = (
    (ServiceKind.MAPPING, "Hjelp til kartlegging", "Hjelp til kartlegging", 850, OrderUnit.HOUR, HOUR, 45, 200),
    (ServiceKind.PLANNING, "Hjelp til kompetanseplan", "Hjelp til kompetanseplan", 850, OrderUnit.HOUR, HOUR, 60, 200),
    (ServiceKind.SECRETARIAT, "Sekretariat for fagnettverk", "Sekretariat for fagnettverk", 700, OrderUnit.HOUR, HOUR,
     180, 300),
    (ServiceKind.PROCUREMENT, "Felles innkjøp av kurs", "Felles innkjøp av kurs", 9_000, OrderUnit.PIECE, 12 * HOUR,
     90, 5),
    (ServiceKind.ADVICE, "Råd til ledere", "Råd til leiarar", 0, OrderUnit.HOUR, HOUR, 21, 10),
    (ServiceKind.COURSE, "Lunsjkurs om velferdsteknologi", "Lunsjkurs om velferdsteknologi", 450, OrderUnit.SEAT, 20,
     60, 60),
    (ServiceKind.PATH, "Læringsløp for nye ledere", "Læringsløp for nye leiarar", 6_500, OrderUnit.SEAT, 3 * HOUR,
     200, 25),
)  # fmt: skip
RULES = (
    Rule(
        Route.DIRECT, "Tiltaket står i handlingsplanen, og forumet har allerede prioritert det.",
        "Tiltaket står i handlingsplanen, og forumet har alt prioritert det.", in_plan=True,
    ),
    Rule(
        Route.DIRECT, "Kommunen har plikt til å gjøre dette, så det skal ikke vente på et møte.",
        "Kommunen har plikt til å gjere dette, så det skal ikkje vente på eit møte.", statutory=True,
        cost_below_ore=100_000_00,
    ),
    Rule(
        Route.FORUM, "Store oppdrag går ut over de andre kommunene og avgjøres i forumet.",
        "Store oppdrag går ut over dei andre kommunane og blir avgjorde i forumet.", cost_from_ore=50_000_00,
    ),
    Rule(
        Route.FORUM, "Oppdraget tar mye av kontorets tid og avgjøres i forumet.",
        "Oppdraget tek mykje av tida til kontoret og blir avgjort i forumet.", minutes_from=60 * HOUR,
    ),
)  # fmt: skip


def offer(cast: Cast) -> None:
    """The catalogue, the guidelines and the office's people, before the first orders."""
    office, region_id = cast.as_(cast.office, at(2, 12)), cast.region.tenant_id
    for kind, nb, nn, kroner, unit, minutes, days, most in OFFERED:
        told = ServiceInput(
            title_nb=nb, title_nn=nn, kind=kind, unit=unit, price_each=Money.kroner(kroner), minutes_each=minutes,
            days_expected=days, most=most, roles=MAY_ORDER, release_days=14 if unit is OrderUnit.SEAT else None,
            terms_nb="Faktureres etter godkjent levering.", terms_nn="Blir fakturert etter godkjend levering.",
        )  # fmt: skip
        orders.publish_service(office, region_id=region_id, told=told)
    rules = GuidelineInput(date(2027, 2, 12), RULES, Route.DIRECT, "Kompetanseforumet")
    orders.set_guideline(office, region_id=region_id, told=rules)
    roles = frozenset({Role.COURSE_ADMINISTRATOR})
    holders = organisation.list_role_holders(office, tenant_id=region_id, roles=roles)
    for holder, weekly in zip(holders, (8 * HOUR, 15 * HOUR), strict=False):
        orders.set_staff(
            office, region_id=region_id, person_id=holder.person_id, weekly_minutes=weekly, valid_from=date(2027, 1, 1)
        )


def serve(cast: Cast) -> None:
    """Orders of help: one delivered with a deviation, one under way, one with the forum, one with a quote out."""
    services = {row.told.kind: row.id for row in orders.list_services(cast.as_(cast.office, calendar.ORDERS))}
    staff = [row.id for row in orders.get_capacity_page(cast.as_(cast.office, calendar.ORDERS)).staff]
    by_number = {row.number: row.tenant_id for row in cast.region.municipalities}
    kongsberg, notodden, tinn = by_number["3303"], by_number["4005"], by_number["4026"]
    _delivered(cast, kongsberg, services[ServiceKind.MAPPING], staff[-1])
    _under_way(cast, notodden, services[ServiceKind.PLANNING], staff[0])
    _to_the_forum(cast, tinn, services[ServiceKind.SECRETARIAT])
    leader = cast.as_(cast.leader, at(5, 25))
    asked = orders.order_service(
        leader, tenant_id=cast.employee_post.tenant_id, service_id=services[ServiceKind.ADVICE], quantity=6,
        unit_id=cast.employee_post.unit_id, note="Hvordan ta opp kompetanse i medarbeidersamtalen",
    )  # fmt: skip
    orders.send_quote(
        cast.as_(cast.office, at(5, 28)), order_id=asked, price_each=Money(), minutes=6 * HOUR, days_expected=21,
        expires_on=date(2027, 6, 15),
    )  # fmt: skip


def _agreed(cast: Cast, tenant_id: int, service_id: int, *, quantity: int, kroner: int, month: int) -> int:
    """Ordered, quoted and accepted within a week of a month."""
    contact = cast.contacts[tenant_id]
    order_id = orders.order_service(
        cast.as_(contact, at(month, 1)), tenant_id=tenant_id, service_id=service_id, quantity=quantity
    )
    number = orders.send_quote(
        cast.as_(cast.office, at(month, 3)), order_id=order_id, price_each=Money.kroner(kroner),
        minutes=quantity * HOUR, days_expected=60, expires_on=date(2027, month, 24),
    )  # fmt: skip
    orders.accept_quote(
        cast.as_(contact, at(month, 8)), order_id=order_id, number=number, purchase_reference=f"2027-{order_id:03}"
    )
    return order_id


def _delivered(cast: Cast, tenant_id: int, service_id: int, staff_id: int) -> None:
    order_id = _agreed(cast, tenant_id, service_id, quantity=30, kroner=850, month=3)
    office = cast.as_(cast.office, at(5, 20))
    orders.assign_order(office, order_id=order_id, staff_id=staff_id)
    for day, hours in ((date(2027, 3, 16), 6), (date(2027, 4, 8), 7), (date(2027, 4, 22), 7), (date(2027, 5, 19), 5)):
        orders.write_time(office, order_id=order_id, staff_id=staff_id, day=day, minutes=hours * HOUR)
    orders.deliver_order(office, order_id=order_id, note="Rapporten er sendt kommunen.")
    deviation = orders.note_order_deviation(
        cast.as_(cast.contacts[tenant_id], at(5, 24)), order_id=order_id,
        text="Kartleggingen av hjemmetjenesten mangler i rapporten.",
    )  # fmt: skip
    orders.follow_deviation(
        cast.as_(cast.office, at(5, 25)), deviation_id=deviation, staff_id=staff_id, due_on=date(2027, 6, 11)
    )


def _under_way(cast: Cast, tenant_id: int, service_id: int, staff_id: int) -> None:
    order_id = _agreed(cast, tenant_id, service_id, quantity=45, kroner=850, month=5)
    office = cast.as_(cast.office, at(5, 31))
    orders.assign_order(office, order_id=order_id, staff_id=staff_id)
    for day, hours in ((date(2027, 5, 12), 4), (date(2027, 5, 26), 7)):
        orders.write_time(office, order_id=order_id, staff_id=staff_id, day=day, minutes=hours * HOUR)


def _to_the_forum(cast: Cast, tenant_id: int, service_id: int) -> None:
    order_id = orders.order_service(
        cast.as_(cast.contacts[tenant_id], at(5, 24)), tenant_id=tenant_id, service_id=service_id, quantity=120,
        municipalities=3, note="For fagnettverket i barnehage",
    )  # fmt: skip
    office = cast.as_(cast.office, at(5, 27, 13))
    case_id = orders.bring_to_forum(office, order_id=order_id)
    meeting = next(row for row in governance.list_meetings(office) if row.held_on == calendar.NEXT_FORUM)
    governance.put_on_agenda(office, case_id=case_id, meeting_id=meeting.id)
