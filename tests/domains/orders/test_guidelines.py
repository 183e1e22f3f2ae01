from __future__ import annotations

from datetime import timedelta

import pytest

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseStatus
from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.types import OrderIsNotOpen, OrderStatus
from kompetanse.domains.orders.types.catalogue import ServiceKind
from kompetanse.domains.orders.types.delivery import (
    CaseIsNotAnswered,
    ForumIsMissing,
    LineKind,
    OrderIsNotAtForum,
    OrderWaitsForForum,
)
from kompetanse.domains.orders.types.guidelines import (
    GuidelineInput,
    GuidelineStartsTooEarly,
    Route,
    Rule,
)
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import outbox
from kompetanse.foundation.models import OutboxEvent
from kompetanse.kernel.errors import Refused
from tests import make
from tests.make import governance as make_governance
from tests.make import orders as made

HELP = Rule(Route.FORUM, "Hjelp til kartlegging vurderes av forumet.", kinds=(ServiceKind.MAPPING,))
PLANNED = Rule(Route.DIRECT, "Tiltaket er vedtatt i handlingsplanen.", in_plan=True)


class TestRoute:
    def test_is_decided_by_the_first_rule_and_frozen_in_the_order(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        first = made.guideline(region, PLANNED, HELP)
        helped = made.service_order(region, town, made.service(region))
        planned = made.order(region, town, made.plan(region), accepted=False)
        made.guideline(region, Rule(Route.DIRECT, "Alt går direkte."))
        ctx = make.system(region)

        page = orders.get_order_page(ctx, order_id=helped)

        assert (page.order.status, page.order.route, page.ruling.place) == (OrderStatus.AT_FORUM, Route.FORUM, 2)
        assert (page.why, page.ruling.guideline_id, page.guideline_number) == (HELP.reason_nb, first, 1)
        other = orders.get_order_page(ctx, order_id=planned)
        assert (other.order.status, other.why) == (OrderStatus.PLACED, PLANNED.reason_nb)

    def test_a_new_version_holds_from_its_day(self) -> None:
        region = make.region()
        ctx = make.system(region)
        made.guideline(region, HELP)
        made.guideline(region, Rule(Route.DIRECT, "Alt direkte."), valid_from=ctx.today + timedelta(days=10))

        office = make.context(make.office(region))
        now, then = (orders.get_guidelines_page(office.at(office.now + timedelta(days=n))).now for n in (9, 10))
        assert now is not None
        assert then is not None
        assert (now.number, then.number) == (1, 2)

    def test_one_that_is_replaced_before_it_begins_never_holds(self) -> None:
        region = make.region()
        ctx = make.system(region)
        made.guideline(region, HELP, valid_from=ctx.today + timedelta(days=10))
        made.guideline(region, PLANNED, valid_from=ctx.today + timedelta(days=5))

        office = make.context(make.office(region))
        holds = [orders.get_guidelines_page(office.at(office.now + timedelta(days=n))).now for n in (4, 5, 10, 50)]
        assert [row.number if row else None for row in holds] == [None, 2, 2, 2]

    def test_cannot_reach_back_and_is_set_by_the_office(self) -> None:
        region = make.region()
        with pytest.raises(GuidelineStartsTooEarly):
            made.guideline(region, HELP, valid_from=make.system(region).today - timedelta(days=1))
        forum = make.context(make.with_role(region, Role.FORUM_MEMBER))
        told = GuidelineInput(forum.today, (HELP,))
        with pytest.raises(Refused):
            orders.set_guideline(forum, region_id=region.tenant_id, told=told)
        with pytest.raises(Refused):
            orders.try_guideline(forum, told=told)
        assert orders.get_guidelines_page(forum).guidelines == ()


class AtForum:
    """An order that waits for the forum, as its case."""

    def __init__(self) -> None:
        self.region = make.region()
        self.town = self.region.municipalities[0]
        self.body_id = make_governance.body(self.region)
        made.guideline(self.region, HELP)
        self.order_id = made.service_order(self.region, self.town, made.service(self.region))
        self.office = make.context(make.office(self.region))
        self.contact = make.context(make.with_role(self.region, Role.CONTACT_PERSON, town=self.town))

    def brought(self) -> int:
        return orders.bring_to_forum(make.system(self.region), order_id=self.order_id)

    def decide(self, case_id: int) -> None:
        meeting_id = make_governance.meeting(self.region, self.body_id)
        governance.put_on_agenda(self.office, case_id=case_id, meeting_id=meeting_id)
        governance.decide_case(self.office, case_id=case_id, decision_text="Forumet sier ja.")

    def status(self) -> OrderStatus:
        return orders.get_order(self.contact, order_id=self.order_id).status


class TestForum:
    def test_an_order_becomes_a_case_once_and_says_what_it_is_of(self) -> None:
        it = AtForum()
        case_id = it.brought()

        assert it.brought() == case_id
        case = governance.get_case(it.office, case_id=case_id)
        assert case.title == f"Bestilling fra {it.town.name}: Hjelp til kartlegging"
        assert HELP.reason_nb in case.proposal
        assert f"BESTILLING-{it.order_id}" in case.proposal
        kinds = [line.kind for line in orders.get_order_page(it.office, order_id=it.order_id).lines]
        assert kinds == [LineKind.PLACED, LineKind.CASE_MADE]

    def test_the_event_of_the_order_makes_the_case_with_no_more_in_sight_than_the_one_who_ordered(self) -> None:
        it = AtForum()
        event = OutboxEvent.objects.filter(type__endswith=".ForumAsked").order_by("-id")[0]
        outbox.deliver(event.pk)  # where no worker has been there already

        page = orders.get_order_page(it.office, order_id=it.order_id)
        assert page.case_reference.startswith("Sak ")
        assert page.case_is_open
        assert set(event.tenants) == {it.region.tenant_id, it.town.tenant_id}

    def test_waits_for_the_decision_and_then_goes_to_the_office(self) -> None:
        it = AtForum()
        case_id = it.brought()
        with pytest.raises(OrderWaitsForForum):
            orders.accept_order(it.office, order_id=it.order_id)
        with pytest.raises(OrderWaitsForForum):
            made.quoted(it.region, it.order_id)
        with pytest.raises(CaseIsNotAnswered):
            orders.note_forum_answer(it.office, order_id=it.order_id, is_approved=True)
        with pytest.raises(OrderIsNotOpen):
            orders.change_order(it.contact, order_id=it.order_id, seats=3)
        assert it.status() is OrderStatus.AT_FORUM

        it.decide(case_id)
        orders.note_forum_answer(it.office, order_id=it.order_id, is_approved=True)

        assert it.status() is OrderStatus.PLACED
        line = orders.get_order_page(it.contact, order_id=it.order_id).lines[-1]
        assert line.kind is LineKind.FORUM_YES
        assert line.text.endswith(": Forumet sier ja.")
        orders.change_order(it.contact, order_id=it.order_id, seats=3)  # the forum is not asked twice
        assert it.status() is OrderStatus.PLACED
        orders.accept_order(it.office, order_id=it.order_id)

    def test_a_no_calls_the_order_off_with_the_forums_words(self) -> None:
        it = AtForum()
        it.decide(it.brought())

        orders.note_forum_answer(it.office, order_id=it.order_id, is_approved=False, why="Tas neste år")

        row = orders.get_order(it.contact, order_id=it.order_id)
        assert row.status is OrderStatus.CANCELLED
        assert row.reason.endswith(": Tas neste år")
        with pytest.raises(OrderIsNotAtForum):
            orders.note_forum_answer(it.office, order_id=it.order_id, is_approved=True)

    def test_a_withdrawn_case_can_only_be_a_no(self) -> None:
        it = AtForum()
        case_id = it.brought()
        governance.withdraw_case(it.office, case_id=case_id, why="Kommunen ba om det")
        assert governance.get_case(it.office, case_id=case_id).status is CaseStatus.WITHDRAWN

        with pytest.raises(CaseIsNotAnswered):
            orders.note_forum_answer(it.office, order_id=it.order_id, is_approved=True)
        orders.note_forum_answer(it.office, order_id=it.order_id, is_approved=False)
        assert "Kommunen ba om det" in orders.get_order(it.contact, order_id=it.order_id).reason

    def test_the_municipality_can_neither_bring_nor_answer(self) -> None:
        it = AtForum()
        for act in (
            lambda: orders.bring_to_forum(it.contact, order_id=it.order_id),
            lambda: orders.note_forum_answer(it.contact, order_id=it.order_id, is_approved=True),
        ):
            with pytest.raises(Refused):
                act()
        assert it.status() is OrderStatus.AT_FORUM

    def test_says_so_where_there_is_no_forum(self) -> None:
        region = make.region()
        made.guideline(region, HELP)
        order_id = made.service_order(region, region.municipalities[0], made.service(region))

        with pytest.raises(ForumIsMissing):
            orders.bring_to_forum(make.context(make.office(region)), order_id=order_id)


class TestUse:
    def test_tells_the_office_all_and_others_no_small_number(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        mapping, advice = made.service(region), made.service(region, kind=ServiceKind.ADVICE)
        made.service_order(region, town, advice)  # before there were any rules
        made.guideline(region, HELP)
        for _ in range(6):
            made.service_order(region, town, advice)
        for _ in range(2):
            made.service_order(region, town, mapping)

        office = orders.get_guidelines_page(make.context(make.office(region)))
        forum = orders.get_guidelines_page(make.context(make.with_role(region, Role.FORUM_MEMBER)))

        first, before = office.use
        assert [(row.place, row.route, row.orders.value) for row in first.rows] == [
            (1, Route.FORUM, 2), (None, Route.DIRECT, 6),
        ]  # fmt: skip
        assert (first.direct.value, first.forum.value) == (6, 2)
        assert [row.orders.value for row in before.rows] == [1]
        told, earlier = forum.use
        assert [row.orders.value for row in told.rows] == [None, 6]
        assert told.rows[0].orders.under
        assert told.forum.value is None
        assert earlier.rows[0].orders.value is None
        assert not forum.may_set

    def test_tries_new_rules_on_the_last_years_orders_and_changes_nothing(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        made.guideline(region, HELP)
        mapping = made.service_order(region, town, made.service(region))
        advice = made.service_order(region, town, made.service(region, kind=ServiceKind.ADVICE), quantity=100)
        office = make.context(make.office(region))
        tried = GuidelineInput(office.today, (Rule(Route.FORUM, "Dyrt.", cost_from_ore=50_000_00),))

        trial = orders.try_guideline(office, told=tried)

        assert [(row.order_id, row.was, row.would_be) for row in trial.rows] == [
            (mapping, Route.FORUM, Route.DIRECT), (advice, Route.DIRECT, Route.FORUM),
        ]  # fmt: skip
        assert len(trial.moved) == 2
        assert trial.rows[1].why == "Dyrt."
        assert [row.number for row in orders.get_guidelines_page(office).guidelines] == [1]
        later = office.at(office.now + timedelta(days=366))
        assert orders.try_guideline(later, told=GuidelineInput(later.today, tried.rules)).rows == ()
