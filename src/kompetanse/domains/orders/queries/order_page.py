"""One order with its history, what was offered and agreed, and what the reader can do next; and deviations."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseStatus
from kompetanse.domains.orders.models import Deviation, Order, OrderEntry, OrderTerms, SeatHolder, TimeEntry
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.types import AGREED, OrderPage, OrderStatus
from kompetanse.domains.orders.types.catalogue import OrderUnit, ServiceKind, TermsRow
from kompetanse.domains.orders.types.delivery import DeviationRow, LineKind, LineRow, SeatName
from kompetanse.domains.orders.types.guidelines import Route, Ruling
from kompetanse.domains.orders.types.office import TimeRow
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.money import Money

from . import get_order, rights_on_order
from .capacity import expected_start, staff_of
from .words import in_written_form, reason


@query
def get_order_page(ctx: Context, *, order_id: int) -> OrderPage:
    """An order with all that belongs to it. Raises NotFound or Refused."""
    order: Order = access.fetch(
        ctx, Order.objects.select_related("unit", "guideline", "staff"), order_id, Right.ORDER_READ
    )
    row = get_order(ctx, order_id=order_id)
    terms = [_terms(it) for it in OrderTerms.objects.filter(order=order).order_by("-number")]
    now = next((it for it in terms if it.number == order.terms_number), None)
    case = _case(ctx, order)
    rights = rights_on_order(ctx, order_id=order_id)
    names = _names(order)
    may = _may(ctx, order, rights, case_is_open=case[2], has_names=bool(names))
    can_choose = "name" in may
    chosen = {it.employee_id for it in names}
    return OrderPage(
        order=row,
        unit_name=order.unit.name if order.unit else "",
        purchase_reference=order.purchase_reference,
        ruling=Ruling(
            Route(order.route), order.rule_place, order.route_reason_nb, order.route_reason_nn, order.guideline_id
        ),
        why=reason(order.route_reason_nb, order.route_reason_nn),
        guideline_number=order.guideline.number if order.guideline else None,
        case_id=order.case_id,
        case_reference=case[1],
        case_is_open=case[2],
        terms=now,
        earlier=tuple(it for it in terms if it is not now),
        lines=tuple(
            LineRow(LineKind(it.kind), it.count, it.text, it.actor_name, it.at)
            for it in OrderEntry.objects.filter(order=order).order_by("at", "id")
        ),
        names=names,
        deviations=tuple(it for it in list_deviations(ctx) if it.order_id == order_id),
        times=tuple(
            TimeRow(it.id, order_id, it.staff_id, it.staff.name, it.day, it.minutes, it.note)
            for it in TimeEntry.objects.filter(order=order).select_related("staff").order_by("day", "id")
        ),
        staff=order.staff.name if order.staff else "",
        staff_id=order.staff_id,
        staff_choices=staff_of(order.region_id) if Right.ORDER_ACCEPT in rights else (),
        people=tuple(
            (it.id, it.name)
            for it in organisation.list_employees(ctx)
            if it.tenant_id == order.tenant_id and it.id not in chosen
        )
        if can_choose
        else (),
        starts_about=expected_start(ctx, order.region_id, order_id)
        if row.is_standing and now is not None and now.minutes
        else None,
        release_on=order.release_on,
        may=may,
    )


def _terms(row: OrderTerms) -> TermsRow:
    return TermsRow(
        row.number, ServiceKind(row.kind), OrderUnit(row.counted_in), row.quantity, Money(row.price_each_ore),
        Money(row.total_ore), row.minutes, row.days_expected, row.expires_on, row.release_on, row.is_quote,
        row.service_version, row.made_by_name, timezone.localdate(row.made_at),
        in_written_form(row.title_nb, row.title_nn), in_written_form(row.description_nb, row.description_nn),
        reason(row.terms_nb, row.terms_nn),
    )  # fmt: skip


def _case(ctx: Context, order: Order) -> tuple[int | None, str, bool]:
    """The forum's case as far as the reader may see it: (id, reference, whether it waits for its decision)."""
    if order.case_id is None:
        return None, "", False
    try:
        case = governance.get_case(ctx, case_id=order.case_id)
    except (NotFound, Refused):
        return order.case_id, "", True
    return case.id, case.reference, case.status is CaseStatus.OPEN


def _names(order: Order) -> tuple[SeatName, ...]:
    held = SeatHolder.objects.filter(order=order).select_related("employee").order_by("number")
    return tuple(SeatName(it.id, it.number, it.employee_id, it.employee.name) for it in held)


def _may(
    ctx: Context, order: Order, rights: frozenset[Right], *, case_is_open: bool, has_names: bool
) -> frozenset[str]:
    """What the reader can do now: their rights, where the order is, and the days there are for it."""
    status = OrderStatus(order.status)
    place, office, cancel = (right in rights for right in (Right.ORDER_PLACE, Right.ORDER_ACCEPT, Right.ORDER_CANCEL))
    in_time = office or order.release_on is None or order.release_on >= ctx.today
    seats = order.counted_in == OrderUnit.SEAT and status is OrderStatus.ACCEPTED and cancel
    standing = status in (OrderStatus.AT_FORUM, OrderStatus.PLACED, OrderStatus.QUOTED)
    answers = {
        "change": place and status is OrderStatus.PLACED,
        "accept": office and status is OrderStatus.PLACED,
        "quote": office and status in (OrderStatus.PLACED, OrderStatus.QUOTED),
        "answer": place and status is OrderStatus.QUOTED,
        "bring": office and status is OrderStatus.AT_FORUM and order.case_id is None,
        "forum": office and status is OrderStatus.AT_FORUM and order.case_id is not None and not case_is_open,
        "assign": office and (standing or status is OrderStatus.ACCEPTED),
        "name": seats,
        "unname": seats and has_names,
        "hand_back": seats and in_time and order.seats > 1,
        "deliver": office and status is OrderStatus.ACCEPTED,
        "approve": place and status is OrderStatus.DELIVERED,
        "deviate": Right.ORDER_FOLLOW in rights and status in AGREED,
        "follow": office,
        "time": office and status in AGREED,
        "cancel": cancel and (standing or (status is OrderStatus.ACCEPTED and in_time)),
    }
    return frozenset(act for act, can in answers.items() if can)


@query
def list_deviations(ctx: Context) -> list[DeviationRow]:
    """Deviations in sight: those that are open first, the nearest day first. One query."""
    found = Deviation.objects.filter(access.rows(ctx.actor, Right.DEVIATION_READ))
    titles = {
        key: in_written_form(nb, nn)
        for key, nb, nn in OrderTerms.objects.filter(order__in=found.values("order"))
        .order_by("number")
        .values_list("order_id", "title_nb", "title_nn")
    }
    rows = [
        DeviationRow(
            it.id, it.order_id, titles.get(it.order_id, ""), it.tenant.name, it.text, it.noted_by_name, it.noted_at,
            it.owner.name if it.owner else "", it.due_on, it.closed_at, it.outcome,
            it.closed_at is None and it.due_on is not None and it.due_on < ctx.today,
        )
        for it in found.select_related("tenant", "owner")
    ]  # fmt: skip
    return sorted(rows, key=lambda it: (not it.is_open, it.due_on or date.min, it.id))


@query
def get_deviation(ctx: Context, *, deviation_id: int) -> DeviationRow:
    """One deviation. Raises NotFound or Refused."""
    access.fetch(ctx, Deviation.objects.all(), deviation_id, Right.DEVIATION_READ)
    return next(row for row in list_deviations(ctx) if row.id == deviation_id)
