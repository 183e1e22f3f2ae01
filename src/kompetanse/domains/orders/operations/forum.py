"""Orders that the forum decides: each becomes a case of its own, and waits for what the forum says."""

from __future__ import annotations

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import TITLE_LENGTH, CaseStatus
from kompetanse.domains.orders.events import ForumAnswered, OrderCancelled, OrderCaseMade
from kompetanse.domains.orders.models import Order
from kompetanse.domains.orders.permissions import Right
from kompetanse.domains.orders.types import OrderStatus, ReasonIsMissing
from kompetanse.domains.orders.types.delivery import CaseIsNotAnswered, ForumIsMissing, LineKind, OrderIsNotAtForum
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import BodyKind
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.money import Money

from .entries import enter, locked, terms_of


@operation
def bring_to_forum(ctx: Context, *, order_id: int) -> int:
    """Make the order a case of the forum, once. Gives the case's id.

    The case tells which municipality asks for what, what it costs and why the forum is asked; a meeting is found for
    it as for other cases. Raises NotFound, Refused, OrderIsNotAtForum or ForumIsMissing.
    """
    order = locked(ctx, order_id, Right.ORDER_ACCEPT)
    if order.status != OrderStatus.AT_FORUM:
        raise OrderIsNotAtForum()
    if order.case_id is not None:
        return int(order.case_id)
    body_id = organisation.find_body(ctx, kind=BodyKind.COMPETENCE_FORUM)
    if body_id is None:
        raise ForumIsMissing()
    title, proposal = _paper(order)
    order.case_id = governance.add_case(ctx, body_id=body_id, title=title[:TITLE_LENGTH], proposal=proposal)
    order.save(update_fields=["case_id"])
    enter(ctx, order, LineKind.CASE_MADE, text=governance.get_case(ctx, case_id=order.case_id).reference)
    publish(ctx, OrderCaseMade(tenant_id=order.tenant_id, order_id=order.id, case_id=order.case_id))
    return int(order.case_id)


@operation
def note_forum_answer(ctx: Context, *, order_id: int, is_approved: bool, why: str = "") -> None:
    """Write what the forum decided into the order: it goes on to the office, or is called off with the forum's words.

    Raises NotFound, Refused, OrderIsNotAtForum, CaseIsNotAnswered or ReasonIsMissing.
    """
    order = locked(ctx, order_id, Right.ORDER_ACCEPT)
    if order.status != OrderStatus.AT_FORUM or order.case_id is None:
        raise OrderIsNotAtForum()
    case = governance.get_case(ctx, case_id=order.case_id)
    withdrawn = case.status is CaseStatus.WITHDRAWN
    if case.status is CaseStatus.OPEN or (withdrawn and is_approved):
        raise CaseIsNotAnswered(reference=case.reference)
    said = why.strip() or (case.withdrawn_why if withdrawn else case.decision_text)
    told = f"{case.reference}: {said}"
    if is_approved:
        order.status = OrderStatus.PLACED
        order.save(update_fields=["status"])
        enter(ctx, order, LineKind.FORUM_YES, text=told)
    else:
        if not said:
            raise ReasonIsMissing()
        order.status, order.decided_at, order.reason = OrderStatus.CANCELLED, ctx.now, told[:500]
        order.save(update_fields=["status", "decided_at", "reason"])
        enter(ctx, order, LineKind.FORUM_NO, text=told)
    publish(
        ctx,
        ForumAnswered(tenant_id=order.tenant_id, order_id=order.id, case_id=case.id, is_approved=is_approved),
    )
    if not is_approved:
        publish(
            ctx,
            OrderCancelled(
                tenant_id=order.tenant_id, order_id=order.id, region_id=order.region_id,
                measure_id=order.measure_id, was_accepted=False,
            ),
        )  # fmt: skip


def _paper(order: Order) -> tuple[str, str]:
    """The case's title and proposal. The forum's papers are bokmål, as its other cases are."""
    terms = terms_of(order)
    name = terms.title_nb if terms else ""
    kroner = Money(order.cost_ore).ore // 100
    hours = -(-order.minutes // 60)
    facts = [f"Anslått kostnad: {kroner} kr." if kroner else "", f"Kontorets arbeid: {hours} timer." if hours else ""]
    told = " ".join(part for part in facts if part)
    place = order.tenant.name
    return (
        f"Bestilling fra {place}: {name}",
        f"{place} har bestilt «{name}» (BESTILLING-{order.id}). {told}\n\n"
        f"Hvorfor saken er i forumet: {order.route_reason_nb}\n\n"
        "Forslag til vedtak: Bestillingen godkjennes og sendes til kurskontoret.",
    )
