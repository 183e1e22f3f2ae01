"""One world for all the contracts: a region with one of every kind, and the people who may and may not.

A kind is named by the parameter that pages know it by (`need_id`, `run_id`). A page whose parameter has no
line in `KINDS` fails the route table with a sentence, so the world grows with the product.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.apps import apps
from django.db import models
from django.test import Client, override_settings

from kompetanse.config import urls
from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import LocalRuleInput
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import PolicyInput
from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.rules.writing import mark
from kompetanse.domains.integrations import api as integrations
from kompetanse.domains.logistics.types import Need
from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.types import Letter
from kompetanse.domains.needs import api as needs
from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.types import guidelines
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import BodyKind, Role, SeatKind
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types.reports import DeviationCause, LocalInput
from kompetanse.domains.plans.types.strategy import AreaInput, IndicatorInput, Unit
from kompetanse.domains.settlements import api as settlements
from kompetanse.domains.yearwheel import api as yearwheel
from kompetanse.domains.yearwheel.types import Stated
from kompetanse.foundation.models import Deed
from kompetanse.foundation.privacy import Tenancy, tenancy_of
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.ui.pages import ROUTES, Route
from tests import make
from tests.make import assessments as make_assessments
from tests.make import competence as make_competence
from tests.make import courses as make_courses
from tests.make import evaluations as make_evaluations
from tests.make import files
from tests.make import governance as make_governance
from tests.make import logistics as make_logistics
from tests.make import needs as make_needs
from tests.make import orders as make_orders
from tests.make import priorities as make_priorities
from tests.make import settlements as make_settlements
from tests.make import teaching as make_teaching
from tests.make import yearwheel as make_yearwheel
from tests.make.organisation import NOW, _account

# Roles that are held in a municipality; the others are held in the region.
MUNICIPAL = (Role.EMPLOYEE, Role.LEADER, Role.HR, Role.CONTACT_PERSON)
SEATED = (Role.CHIEF_EXECUTIVE, Role.FORUM_MEMBER, Role.UNION_REPRESENTATIVE, Role.NETWORK_MEMBER)
SINCE = date(2021, 1, 1)
TITLE = "Legemiddelhåndtering"
REQUIREMENT = "LEGEMIDDEL"


@dataclass
class World:
    """`people` holds one person per role; `neighbour` has every role in the next municipality of the region,
    `foreigner` every role in another region, `stranger` an account and nothing else."""

    region: make.Region
    other: make.Region
    people: dict[str, make.Who] = field(default_factory=dict)
    things: dict[str, models.Model] = field(default_factory=dict)
    clients: dict[int, Client] = field(default_factory=dict)
    contexts: dict[int, Context] = field(default_factory=dict)

    @property
    def town(self) -> make.Town:
        return self.region.municipalities[0]

    @property
    def ctx(self) -> Context:
        return make.system(self.region)

    @property
    def wide(self) -> Context:
        """The system with both regions in sight."""
        return system_context("test", set(self.region.tenants | self.other.tenants), NOW)

    def client(self, who: make.Who) -> Client:
        if who.account.pk not in self.clients:
            self.clients[who.account.pk] = Client(raise_request_exception=True)
            self.clients[who.account.pk].force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
        return self.clients[who.account.pk]

    def context(self, who: make.Who) -> Context:
        if who.account.pk not in self.contexts:
            self.contexts[who.account.pk] = make.context(who)
        return self.contexts[who.account.pk]

    def thing(self, route: Route, parameter: str) -> models.Model:
        """The row that a page's parameter names; made when it is first asked for."""
        key = kind_of(route, parameter)
        assert key, (
            f"The page {route.name} has a parameter {parameter} that tests/contracts/world.py has no kind for: "
            "add a line to KINDS that makes one."
        )
        return self.find(key)

    def find(self, key: str) -> models.Model:
        if key not in self.things:
            self.things[key] = KINDS[key](self)
        return self.things[key]

    def load(self, label: str, pk: int) -> models.Model:
        with tenant_scope(self.wide):
            row: models.Model = apps.get_model(label)._default_manager.get(pk=pk)
        return row

    def deeds(self) -> int:
        with tenant_scope(self.wide):
            return Deed.objects.count()


def _hold(region: make.Region, who: make.Who, tenant_id: int, *roles: Role) -> make.Who:
    for role in roles:
        organisation.give_role(
            make.system(region), tenant_id=tenant_id, person_id=who.person_id, role=role, valid_from=SINCE
        )
    return who


def _people(world: World) -> dict[str, make.Who]:
    region, town = world.region, world.town
    found = {
        Role.EMPLOYEE.value: make.employee(town, town.units[0]),
        Role.LEADER.value: make.leader(town, town.units[0]),
        "leader of another unit": make.leader(town, town.units[1]),
    }
    for role in (Role.HR, Role.CONTACT_PERSON):
        found[role.value] = make.with_role(region, role, town=town)
    for role in SEATED:
        # With a post of their own, as those who sit in the bodies have.
        found[role.value] = _hold(region, make.employee(town, town.units[1]), region.tenant_id, role)
    _hold(region, found[Role.CHIEF_EXECUTIVE.value], town.tenant_id, Role.CHIEF_EXECUTIVE)
    for role in (Role.COURSE_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR):
        found[role.value] = make.with_role(region, role)
    near, far = region.municipalities[1], world.other.municipalities[0]
    found["neighbour"] = _hold(region, make.leader(near), near.tenant_id, *MUNICIPAL, Role.CHIEF_EXECUTIVE)
    foreigner = _hold(world.other, make.leader(far), far.tenant_id, *Role)
    found["foreigner"] = _hold(world.other, foreigner, world.other.tenant_id, *Role)
    found["stranger"] = make.Who(person := organisation.new_person(), _account(person, "Fremmed"))
    return found


Factory = Callable[[World], models.Model]
KINDS: dict[str, Factory] = {}


def kind(*keys: str) -> Callable[[Factory], Factory]:
    """Name what a factory makes: `<parameter>`, or `<domain>:<parameter>` and `<route>:<parameter>` where
    domains use one word for two things, or a page needs its thing in another state."""

    def declare(factory: Factory) -> Factory:
        KINDS.update(dict.fromkeys(keys, factory))
        return factory

    return declare


def kind_of(route: Route, parameter: str) -> str:
    """The key of the kind a parameter names; empty where there is none."""
    domain = route.name.split(".")[0]
    keys = (f"{route.name}:{parameter}", f"{domain}:{parameter}", parameter)
    return next((key for key in keys if key in KINDS), "")


@kind("tenant_id")
def _tenant(world: World) -> models.Model:
    return world.load("foundation.Tenant", world.town.tenant_id)


@kind("unit_id")
def _unit(world: World) -> models.Model:
    return world.town.units[0]


@kind("employee_id")
def _employee(world: World) -> models.Model:
    found = world.people[Role.EMPLOYEE.value].employee
    assert found is not None
    return found


@kind("post")
def _post(world: World) -> models.Model:
    found = world.people[Role.EMPLOYEE.value].post
    assert found is not None
    return found


@kind("body")
@kind("body_id")
def _body(world: World) -> models.Model:
    return world.load("organisation.Body", make_governance.body(world.region))


@kind("requirement_id")
def _requirement(world: World) -> models.Model:
    make_competence.register()
    found = next(row for row in competence.list_requirements() if row.code == REQUIREMENT)
    return world.load("competence.Requirement", found.id)


@kind("evidence_id")
def _evidence(world: World) -> models.Model:
    world.find("requirement_id")
    return world.load("competence.Evidence", make_competence.evidence(world.people[Role.EMPLOYEE.value], REQUIREMENT))


@kind("version_id")
def _version(world: World) -> models.Model:
    code = make_competence.requirement(world.region, interval_months=36, anchor="completion")
    found = competence.publish_version(world.ctx, code, make_competence.version(note="Rettet"))
    return world.load("competence.RequirementVersion", found)


@kind("equivalence_id")
def _equivalence(world: World) -> models.Model:
    code, by = make_competence.requirement(world.region), make_competence.requirement(world.region)
    return world.load("competence.Equivalence", competence.add_equivalence(world.ctx, code, by, SINCE))


@kind("rule_id")
def _rule(world: World) -> models.Model:
    code = make_competence.requirement(world.region, interval_months=36, anchor="completion")
    told = LocalRuleInput(world.town.tenant_id, code, 12, "Mange vikarer", SINCE)
    return world.load("competence.LocalRule", competence.set_local_rule(world.ctx, told))


@kind("reply")
def _reply(world: World) -> models.Model:
    version = world.find("version_id")
    competence.answer_version(world.ctx, world.town.tenant_id, version.pk, accepted=True)
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("competence.VersionReply")._default_manager.get(
            tenant_id=world.town.tenant_id
        )
    return row


@kind("competence.answer_claim:evidence_id")
def _claim(world: World) -> models.Model:
    world.find("requirement_id")
    return world.load("competence.Evidence", make_competence.claim(world.people[Role.EMPLOYEE.value], REQUIREMENT))


@kind("dispensation_id")
def _dispensation(world: World) -> models.Model:
    world.find("requirement_id")
    given = make_competence.dispensation(world.people[Role.EMPLOYEE.value], "HLR")
    return world.load("competence.Dispensation", given)


@kind("duty_id")
def _duty(world: World) -> models.Model:
    world.find("requirement_id")
    return world.load("competence.Duty", make_competence.duty(world.people[Role.EMPLOYEE.value]))


@kind("document_id")
def _document(world: World) -> models.Model:
    evidence_id = world.find("evidence_id").pk
    return world.load(
        "competence.Document", competence.attach_document(world.ctx, evidence_id, "kursbevis.pdf", files.pdf())
    )


@kind("certificate")
def _certificate(world: World) -> models.Model:
    number = competence.make_certificate(world.ctx, evidence_id=world.find("evidence_id").pk)
    return world.load("competence.Certificate", number)


@kind("competence.certificate:evidence_id")
def _certified(world: World) -> models.Model:
    return world.load("competence.Evidence", world.find("certificate").evidence_id)  # type: ignore[attr-defined]


@kind("mapping")
def _mapping(world: World) -> models.Model:
    world.find("requirement_id")
    words = "Medikamentkurs trinn 1"
    make_competence.sync(world.town, make_competence.register_row(world.people[Role.EMPLOYEE.value], words))
    competence.confirm_mapping(world.ctx, world.town.tenant_id, words, REQUIREMENT)
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("competence.TextMapping")._default_manager.get(
            tenant_id=world.town.tenant_id
        )
    return row


@kind("published_gap")
def _published_gap(world: World) -> models.Model:
    world.find("evidence_id")
    table_id = competence.publish_gaps(world.ctx, region_id=world.region.tenant_id)
    assert table_id is not None
    return world.load("competence.PublishedGap", table_id)


@kind("count")
def _count(world: World) -> models.Model:
    world.find("requirement_id")
    return world.load("competence.UnitCount", make_competence.counted(world.town.units[0], under3=9, over3=18))


@kind("arrangement_id")
def _arrangement(world: World) -> models.Model:
    world.find("requirement_id")
    return world.load("competence.Arrangement", make_competence.arranged(world.town, "psykolog"))


@kind("goal_id")
def _goal(world: World) -> models.Model:
    return world.load("governance.Goal", make_governance.goal(world.region))


@kind("frame")
def _frame(world: World) -> models.Model:
    return world.load("governance.Frame", make_governance.frame(world.region))


@kind("meeting_id")
def _meeting(world: World) -> models.Model:
    return world.load("governance.Meeting", make_governance.meeting(world.region))


@kind("case_id")
def _case(world: World) -> models.Model:
    meeting = world.find("meeting_id")
    return world.load("governance.Case", make_governance.case(world.region, meeting_id=meeting.pk))


@kind("minutes")
def _minutes(world: World) -> models.Model:
    body_id = make_governance.body(world.region, BodyKind.SUBJECT_NETWORK)
    case_id = make_governance.case(
        world.region, body_id=body_id, meeting_id=make_governance.meeting(world.region, body_id)
    )
    governance.decide_case(world.ctx, case_id=case_id, decision_text="Vedtatt som foreslått.")
    meeting_id = governance.get_case(world.ctx, case_id=case_id).meeting_id
    assert meeting_id is not None
    governance.write_minutes(world.ctx, meeting_id=meeting_id)
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("governance.Minutes")._default_manager.get(meeting_id=meeting_id)
    return row


@kind(
    "governance.minutes_file:meeting_id", "governance.minutes:meeting_id",
    "governance.archive_json:meeting_id", "governance.archive_xml:meeting_id",
)  # fmt: skip
def _meeting_with_minutes(world: World) -> models.Model:
    return world.load("governance.Meeting", world.find("minutes").meeting_id)  # type: ignore[attr-defined]


@kind("risk_id")
def _risk(world: World) -> models.Model:
    owner = world.people[Role.COURSE_ADMINISTRATOR.value]
    return world.load("risks.Risk", make_yearwheel.risk(world.region, owner))


@kind("wheel_id")
def _wheel(world: World) -> models.Model:
    return world.load("yearwheel.Wheel", make_yearwheel.wheel(world.region))


@kind("step_id")
def _year_step(world: World) -> models.Model:
    return world.load("yearwheel.Step", make_yearwheel.step(world.region, wheel_id=world.find("wheel_id").pk))


@kind("standing")
def _year_standing(world: World) -> models.Model:
    step_id, town_id = world.find("step_id").pk, world.town.tenant_id
    yearwheel.state_standing(world.ctx, step_id=step_id, municipality_id=town_id, status=Stated.DONE)
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("yearwheel.Standing")._default_manager.get(step_id=step_id)
    return row


def _seat(world: World) -> models.Model:
    """A seat in the forum that the office can give tasks to."""
    body_id = make_governance.body(world.region)
    make_governance.seat(world.region, body_id, SeatKind.MEMBER, represents="Kommunene")
    return world.load("organisation.Seat", organisation.list_seats(world.ctx, body_id=body_id)[0].id)


@kind("governance:document_id")
def _enclosure(world: World) -> models.Model:
    case_id = world.find("case_id").pk
    number = governance.attach_case_document(world.ctx, case_id=case_id, name="vedlegg.pdf", content=files.pdf())
    return world.load("governance.CaseDocument", number)


@kind("poll_id")
def _poll(world: World) -> models.Model:
    """Days that the forum is asked about."""
    days = [(NOW.date() + timedelta(days=after), None) for after in (10, 11)]
    body_id = make_governance.body(world.region)
    made = governance.open_poll(world.ctx, body_id=body_id, dates=days, answers_due=NOW.date() + timedelta(days=3))
    return world.load("governance.Poll", made)


@kind("incoming")
def _incoming(world: World) -> models.Model:
    """A case that has come from the other region."""
    step = {
        "region": "Øst", "body": "Forum", "reference": "Sak 001/27", "title": "Fra øst", "decision_text": "Ja.",
        "decided_on": "2027-03-01",
    }  # fmt: skip
    made = governance.receive_case(
        world.ctx, region_id=world.region.tenant_id, from_region_id=world.other.tenant_id, forwarding_number=1,
        content={"chain": [step]}, note="",
    )  # fmt: skip
    return world.load("governance.Incoming", made)


@kind("task_id")
def _task(world: World) -> models.Model:
    seat, case_id = _seat(world), world.find("case_id").pk
    made = governance.give_task(world.ctx, case_id=case_id, what="Følge opp", seat_id=seat.pk, due_on=NOW.date())
    return world.load("governance.Task", made)


@kind("hearing_answer")
def _hearing_answer(world: World) -> models.Model:
    case_id = world.find("case_id").pk
    hearing_id = governance.open_hearing(world.ctx, case_id=case_id, question="Er dette riktig?", due_on=NOW.date())
    contact = world.context(world.people[Role.CONTACT_PERSON.value])
    place = f"k{world.town.tenant_id}"
    answer = governance.answer_hearing(contact, hearing_id=hearing_id, place=place, text="Ja.")
    return world.load("governance.HearingAnswer", answer)


@kind("round_text")
def _round_text(world: World) -> models.Model:
    seat, meeting_id = _seat(world), world.find("meeting_id").pk
    governance.write_round(world.ctx, meeting_id=meeting_id, seat_id=seat.pk, text="Nytt.", seen=mark(""))
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("governance.RoundText")._default_manager.get(seat_id=seat.pk)
    return row


@kind("need_id")
def _need(world: World) -> models.Model:
    leader = world.context(world.people[Role.LEADER.value])
    told = make_needs.need(world.region, world.town, TITLE, at=world.town.units[0], ctx=leader)
    return world.load("needs.Need", told)


@kind("round_id")
def _round(world: World) -> models.Model:
    # Approved at once, so that needs told elsewhere in the world go straight.
    ctx, tenant_id = world.ctx, world.town.tenant_id
    made = needs.open_round(ctx, tenant_id=tenant_id, title=TITLE, deadline=date(2028, 1, 1))
    make_needs.need(world.region, world.town, "Behov i runden")
    (row,) = needs.list_rounds(ctx)
    needs.approve_round(ctx, round_id=made, seen=row.seen)
    return world.load("needs.Round", made)


@kind("pool_id")
def _pool(world: World) -> models.Model:
    need = world.find("need_id")
    make_needs.need(world.region, world.region.municipalities[1], TITLE)
    make_needs.pooled(world.region)
    pool_id = make_needs.pool_of(world.region, need.pk)
    needs.confirm_pool(world.ctx, pool_id=pool_id)
    return world.load("needs.Pool", pool_id)


@kind("terms")
def _terms(world: World) -> models.Model:
    return world.load("courses.Terms", make_settlements.terms(world.region))


@kind("charge")
def _charge(world: World) -> models.Model:
    """One of the municipality's own people, who has a seat, gives it up after it has begun to cost."""
    run_id = make_courses.run(world.region, measure_id=world.find("measure_id").pk)
    courses.choose_terms(world.ctx, run_id=run_id, terms_id=world.find("terms").pk, fee_ore=100_000)
    # Not the employee: who may be interested in the measure, and signed up as the run was opened.
    chief, who = world.people[Role.LEADER.value], make.employee(world.town, world.town.units[0])
    signup_id = make_courses.seat(run_id, chief, who)
    courses.withdraw(make.context(who, NOW + timedelta(days=39)), signup_id=signup_id)
    return world.load("courses.Charge", courses.list_charges(world.ctx, run_id=run_id)[0].id)


@kind("costing_id")
def _costing(world: World) -> models.Model:
    run_id = make_courses.run(world.region, measure_id=world.find("measure_id").pk)
    return world.load("settlements.Costing", make_settlements.costing(world.region, run_id=run_id))


@kind("settlement_id")
def _settlement(world: World) -> models.Model:
    make_settlements.billing(world.region)
    settlement_id = make_settlements.settled(world.region, world.find("costing_id").pk, sent=True)
    return world.load("settlements.Settlement", settlement_id)


@kind("settlements:share_id")
def _settlement_share(world: World) -> models.Model:
    page = settlements.get_settlement(world.ctx, settlement_id=world.find("settlement_id").pk)
    share = next(it for it in page.shares if it.municipality_id == world.town.tenant_id)
    with tenant_scope(world.wide):
        found = apps.get_model("settlements.Share")._default_manager.select_related("settlement")
        row: models.Model = found.get(pk=share.id)
    return row


@kind("invoice_id")
def _invoice(world: World) -> models.Model:
    page = settlements.get_settlement(world.ctx, settlement_id=world.find("settlement_id").pk)
    bill = next(it for it in page.invoices if it.municipality_id == world.town.tenant_id)
    return world.load("settlements.Invoice", bill.id)


@kind("priorities:round_id")
def _prepared_round(world: World) -> models.Model:
    return world.load("priorities.Round", make_priorities.prepared_in(world.region).round_id)


@kind("priorities.score:round_id")
def _open_round(world: World) -> models.Model:
    forum = make_priorities.start(make_priorities.prepared_in(world.region))
    return world.load("priorities.Round", forum.round_id)


@kind("priorities.views:round_id", "priorities.ranked:round_id")
def _ranked_round(world: World) -> models.Model:
    forum = make_priorities.discuss(make_priorities.start(make_priorities.prepared_in(world.region)))
    return world.load("priorities.Round", make_priorities.rank(forum).round_id)


@kind("measure_id")
def _measure(world: World) -> models.Model:
    world.find("requirement_id")
    return world.load("plans.Measure", make_orders.plan(world.region, requirement=REQUIREMENT))


@kind("plan_id")
def _plan(world: World) -> models.Model:
    return world.load("plans.ActionPlan", world.find("measure_id").plan_id)  # type: ignore[attr-defined]


@kind("focus_area")
def _focus_area(world: World) -> models.Model:
    told = AreaInput(world.region.tenant_id, "Fagbrev i helse", from_year=2026, to_year=2030)
    area_id = plans.set_focus_area(world.ctx, told)
    _indicator(world, area_id, 0)
    return world.load("plans.FocusArea", area_id)


def _indicator(world: World, area_id: int, number: int) -> None:
    wanted = IndicatorInput(area_id, f"Andel {number}", "", Unit.PERCENT, Decimal(60), 2026, Decimal(80), 2030)
    indicator_id = plans.set_indicator(world.ctx, wanted)
    plans.read_indicator(world.ctx, indicator_id=indicator_id, read_on=world.ctx.today, value=Decimal(65))


@kind("local_measure")
def _local_measure(world: World) -> models.Model:
    for town in world.region.municipalities:
        local_id = plans.set_local_measure(world.ctx, LocalInput(town.tenant_id, 2027, "Lunsjkurs"))
    return world.load("plans.LocalMeasure", local_id)


@kind("tertial_report")
def _tertial_report(world: World) -> models.Model:
    plan_id = world.find("plan_id").pk
    plans.note_deviation(
        world.ctx, measure_id=world.find("measure_id").pk, cause=DeviationCause.OTHER, text="Flyttet til høsten"
    )
    plans.send_tertial(world.ctx, plan_id=plan_id, tertial=1)
    plans.write_tertial(world.ctx, plan_id=plan_id, tertial=2, texts={"ahead": "Mer kommer."})
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("plans.TertialReport")._default_manager.get(plan_id=plan_id, tertial=2)
    return row


@kind("order_id")
def _order(world: World) -> models.Model:
    order_id = make_orders.order(world.region, world.town, world.find("measure_id").pk, accepted=False)
    return world.load("orders.Order", order_id)


@kind("service_id")
def _service(world: World) -> models.Model:
    return world.load("orders.Service", make_orders.service(world.region))


@kind("guideline")
def _guideline(world: World) -> models.Model:
    # What fits nothing: orders told elsewhere in the world go straight.
    rule = guidelines.Rule(guidelines.Route.FORUM, "Store oppdrag avgjøres i forumet.", cost_from_ore=10_000_000_00)
    return world.load("orders.Guideline", make_orders.guideline(world.region, rule))


@kind("staff_member")
def _staff_member(world: World) -> models.Model:
    who = world.people[Role.COURSE_ADMINISTRATOR.value]
    return world.load("orders.StaffMember", make_orders.staff(world.region, who))


@kind("deviation_id")
def _deviation(world: World) -> models.Model:
    world.find("staff_member")
    unit = world.town.units[0]
    leader = world.context(world.people[Role.LEADER.value])
    order_id = orders.order_service(
        leader, tenant_id=world.town.tenant_id, service_id=world.find("service_id").pk, quantity=2, unit_id=unit.id
    )
    orders.accept_order(world.ctx, order_id=order_id)
    return world.load("orders.Deviation", orders.note_order_deviation(leader, order_id=order_id, text="Forsinket"))


@kind("run_id")
def _run(world: World) -> models.Model:
    return world.load("courses.Run", make_courses.run(world.region, measure_id=world.find("measure_id").pk))


@kind("courses.open_for_signup:run_id")
def _planned_run(world: World) -> models.Model:
    measure_id = world.find("measure_id").pk
    return world.load("courses.Run", make_courses.run(world.region, measure_id=measure_id, opened=False))


@kind("course_id")
def _course(world: World) -> models.Model:
    return world.load("courses.Course", make_teaching.course(world.region))


@kind("material_id")
def _material(world: World) -> models.Model:
    course_id = world.find("course_id").pk
    return world.load(
        "courses.CourseMaterial",
        courses.attach_material(world.ctx, course_id=course_id, name="hefte.pdf", content=files.pdf()),
    )


@kind("taught_run", "courses.tick:run_id", "courses.assign:run_id")
def _taught_run(world: World) -> models.Model:
    course_id, measure_id = world.find("course_id").pk, world.find("measure_id").pk
    return world.load("courses.Run", make_teaching.run(world.region, course_id, measure_id=measure_id))


@kind("courses.edit_session:session_id")
def _session(world: World) -> models.Model:
    run_id = world.find("taught_run").pk
    return world.load("courses.Session", courses.list_sessions(world.ctx, run_id=run_id)[0].id)


@kind("courses:task_id")
def _run_task(world: World) -> models.Model:
    run_id = world.find("taught_run").pk
    return world.load("courses.RunTask", courses.list_tasks(world.ctx, run_id=run_id)[0].id)


@kind("signup_id")
def _signup(world: World) -> models.Model:
    signup_id = make_courses.signup(world.find("run_id").pk, world.people[Role.EMPLOYEE.value])
    return world.load("courses.Signup", signup_id)


@kind("session_id")
def _held_session(world: World) -> models.Model:
    session_id = make_courses.sessions(world.find("run_id").pk, world.region)[0]
    return world.load("courses.Session", session_id)


@kind("evaluation_id")
def _evaluation(world: World) -> models.Model:
    """With the ticket whose word opens the page where it is answered."""
    # Beside a run that is still to come: the measure goes on.
    measure_id = world.find("run_id").measure_id  # type: ignore[attr-defined]
    asked = make_evaluations.held(world.region, people=1, measure_id=measure_id)
    (opened,) = make_evaluations.opened(world.region)
    (WORDS["word"],) = make_evaluations.words_of(asked.people)
    return world.load("evaluations.Evaluation", opened)


@kind("courses.answer_offer:signup_id")
def _offered(world: World) -> models.Model:
    """One that was offered the only seat when another gave it up."""
    measure_id = world.find("measure_id").pk
    run_id = make_courses.run(world.region, measure_id=measure_id, seats=1)
    policy = PolicyInput(needs_approval=False, offer_days=60)
    courses.declare_policy(world.wide, run_id=run_id, policy=policy)
    first = make_courses.signup(run_id, make.employee(world.town))
    signup_id = make_courses.signup(run_id, world.people[Role.EMPLOYEE.value])
    courses.withdraw(world.wide, signup_id=first)
    return world.load("courses.Signup", signup_id)


@kind("courses.office_seat:signup_id")
def _waits(world: World) -> models.Model:
    """One that waits for a seat the office holds back."""
    measure_id = world.find("measure_id").pk
    run_id = make_courses.run(world.region, measure_id=measure_id, seats=1)
    policy = PolicyInput(needs_approval=False, office_seats=1)
    courses.declare_policy(world.wide, run_id=run_id, policy=policy)
    return world.load("courses.Signup", make_courses.signup(run_id, world.people[Role.EMPLOYEE.value]))


@kind("interest_id")
def _interest(world: World) -> models.Model:
    who = world.people[Role.EMPLOYEE.value]
    assert who.employee is not None
    world.find("signup_id")  # a run that is opened later would make a sign-up of it
    interest_id = courses.tell_interest(
        make.context(who), measure_id=world.find("measure_id").pk, employee_id=who.employee.pk
    )
    return world.load("courses.Interest", interest_id)


@kind("message_id")
def _message(world: World) -> models.Model:
    who = world.people[Role.EMPLOYEE.value]
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("messages.Message")._default_manager.create(
            tenant_id=world.town.tenant_id, person_id=who.person_id, cause="test", language="nb",
            subject="Du har plass", body="Velkommen.", written_at=NOW, state="failed",
        )  # fmt: skip
    return row


@kind("failing_id")
def _failing(world: World) -> models.Model:
    who = world.people[Role.EMPLOYEE.value]
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("messages.FailingAddress")._default_manager.create(
            tenant_id=world.town.tenant_id, person_id=who.person_id, address="gammel@example.com", why="550", since=NOW
        )
    return row


@kind("letter_text")
def _letter_text(world: World) -> models.Model:
    region_id, named = world.region.tenant_id, "courses.waiting"
    letter = Letter("Vent", "Hei")
    messages.change_text(world.ctx, region_id=region_id, kind=named, language="nb", letter=letter, version=0)
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("messages.LetterText")._default_manager.get(
            tenant_id=region_id, kind=named, language="nb"
        )
    return row


@kind("result")
def _result(world: World) -> models.Model:
    with tenant_scope(world.wide):
        found: tuple[models.Model, bool] = apps.get_model("results.MeasureResult")._default_manager.get_or_create(
            tenant_id=world.region.tenant_id, measure_id=world.find("measure_id").pk,
            municipality_id=world.town.tenant_id, defaults={"refreshed_at": NOW},
        )  # fmt: skip
    return found[0]


@kind("import_id", "integrations:run_id")
def _import(world: World) -> models.Model:
    content = "Enhetskode;Enhetsnavn;Overordnet enhet\n1;Rådhuset;\n2;Skolen;1\n".encode()
    name = f"org_{world.town.number}_enheter.csv"
    run_id = integrations.receive_file(world.ctx, tenant_id=world.town.tenant_id, file_name=name, content=[content])
    integrations.preview_file(world.ctx, run_id=run_id)
    return world.load("integrations.ImportRun", run_id)


@kind("campaign_id")
def _campaign(world: World) -> models.Model:
    return world.load("assessments.Campaign", make_assessments.campaign(world.town))


@kind("assessments.open_campaign:campaign_id", "assessments.edit_campaign:campaign_id")
def _draft(world: World) -> models.Model:
    return world.load("assessments.Campaign", make_assessments.campaign(world.town, opened=False))


@kind("assessments.report:campaign_id")
def _closed(world: World) -> models.Model:
    campaign_id = make_assessments.campaign(world.town)
    kari = world.people[Role.EMPLOYEE.value]
    keys = [it.requirement_id for it in make_assessments.items_of(kari, campaign_id)]
    assessments.answer_self(world.context(kari), campaign_id=campaign_id, answers=make_assessments.answers(keys))
    assessments.close_campaign(world.ctx, campaign_id=campaign_id)
    return world.load("assessments.Campaign", campaign_id)


def _one(world: World, label: str, **which: object) -> models.Model:
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model(label)._default_manager.filter(tenant_id=world.town.tenant_id, **which)[0]
    return row


@kind("participant")
def _participant(world: World) -> models.Model:
    return _one(world, "assessments.Participant", campaign_id=world.find("campaign_id").pk)


@kind("rating")
def _rating(world: World) -> models.Model:
    return _one(world, "assessments.Rating", campaign_id=world.find("assessments.report:campaign_id").pk)


@kind("snapshot")
def _snapshot(world: World) -> models.Model:
    return _one(world, "assessments.SnapshotRow", campaign_id=world.find("assessments.report:campaign_id").pk)


@kind("invitation_id")
def _invitation(world: World) -> models.Model:
    kari, peer = world.people[Role.EMPLOYEE.value], world.people[Role.LEADER.value]
    assert kari.employee is not None
    assert peer.employee is not None
    made = assessments.invite_peer(world.context(kari), employee_id=kari.employee.pk, peer_id=peer.employee.pk)
    return world.load("assessments.PeerInvitation", made)


@kind("mandate_id")
def _mandate(world: World) -> models.Model:
    expert = world.people[Role.EMPLOYEE.value]
    assert expert.post is not None
    made = assessments.give_mandate(
        world.ctx, tenant_id=world.town.tenant_id, requirement_id=world.find("requirement_id").pk,
        employee_number=expert.post.employee_number,
    )  # fmt: skip
    return world.load("assessments.ExpertMandate", made)


@kind("mark_id")
def _mark(world: World) -> models.Model:
    made = assessments.mark_critical(
        world.ctx, tenant_id=world.town.tenant_id, requirement_id=world.find("requirement_id").pk,
        reason="Feil medisin kan ta liv.", valid_from=SINCE,
    )  # fmt: skip
    return world.load("assessments.CriticalMark", made)


@kind("range")
def _range(world: World) -> models.Model:
    key = world.find("requirement_id").pk
    assessments.set_range(world.ctx, tenant_id=world.town.tenant_id, requirement_id=key, lowest=3, highest=4)
    return _one(world, "assessments.WantedRange", requirement_id=key)


@kind("resource_id")
def _room(world: World) -> models.Model:
    resource_id = make_logistics.room(world.region, town=world.town)
    make_logistics.booked(world.region, resource_id)
    return world.load("logistics.Resource", resource_id)


@kind("trainer")
def _trainer(world: World) -> models.Model:
    inside = make_logistics.trainer(world.region, who=world.people[Role.EMPLOYEE.value])
    make_logistics.trainer(world.region)
    make_logistics.pieces(world.region)
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("logistics.Trainer")._default_manager.get(resource_id=inside)
    return row


@kind("booking")
def _booking(world: World) -> models.Model:
    resource_id = make_logistics.room(world.region)
    return world.load("logistics.Booking", make_logistics.booked(world.region, resource_id))


@kind("catering")
def _catering(world: World) -> models.Model:
    run_id = world.find("run_id").pk
    (session,) = courses.list_sessions(world.ctx, run_id=run_id)
    courses.cater_for_session(world.ctx, run_id=run_id, session_id=session.id, people=20, what="Lunsj")
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("logistics.Catering")._default_manager.get(run_id=run_id)
    return row


@kind("participant_need")
def _participant_need(world: World) -> models.Model:
    world.find("signup_id")
    run_id, kari = world.find("run_id").pk, world.people[Role.EMPLOYEE.value]
    courses.tell_own_needs(world.context(kari), run_id=run_id, needs=[Need.NUTS], consent=True)
    with tenant_scope(world.wide):
        row: models.Model = apps.get_model("logistics.ParticipantNeed")._default_manager.get(run_id=run_id)
    return row


# Rows of the policies' models that no page has as its parameter, by model.
BESIDES = {
    "logistics.Resource": "resource_id",
    "logistics.Trainer": "trainer",
    "logistics.Booking": "booking",
    "logistics.Catering": "catering",
    "logistics.ParticipantNeed": "participant_need",
    "organisation.Post": "post",
    "organisation.Body": "body",
    "competence.PublishedGap": "published_gap",
    "competence.TextMapping": "mapping",
    "competence.UnitCount": "count",
    "competence.Arrangement": "arrangement_id",
    "plans.FocusArea": "focus_area",
    "plans.LocalMeasure": "local_measure",
    "plans.TertialReport": "tertial_report",
    "assessments.Participant": "participant",
    "assessments.Rating": "rating",
    "assessments.SnapshotRow": "snapshot",
    "assessments.PeerInvitation": "invitation_id",
    "assessments.ExpertMandate": "mandate_id",
    "assessments.CriticalMark": "mark_id",
    "assessments.WantedRange": "range",
    "competence.LocalRule": "rule_id",
    "competence.VersionReply": "reply",
    "governance.Frame": "frame",
    "risks.Risk": "risk_id",
    "yearwheel.Wheel": "wheel_id",
    "yearwheel.Step": "step_id",
    "yearwheel.Standing": "standing",
    "governance.Goal": "goal_id",
    "governance.HearingAnswer": "hearing_answer",
    "governance.Minutes": "minutes",
    "governance.RoundText": "round_text",
    "governance.Task": "task_id",
    "courses.Course": "course_id",
    "courses.Interest": "interest_id",
    "orders.Service": "service_id",
    "orders.Guideline": "guideline",
    "orders.StaffMember": "staff_member",
    "orders.Deviation": "deviation_id",
    "evaluations.Evaluation": "evaluation_id",
    "messages.Message": "message_id",
    "messages.LetterText": "letter_text",
    "messages.FailingAddress": "failing_id",
    "governance.Incoming": "incoming",
    "governance.Poll": "poll_id",
    "results.MeasureResult": "result",
    "priorities.Round": "priorities:round_id",
    "courses.Terms": "terms",
    "courses.Charge": "charge",
    "settlements.Share": "settlements:share_id",
}
# What a page's other parameters may say.
# The code is that of the certificate, the secret that of a calendar, token and word those of links, once they are made.
WORDS = {
    "key": "employee", "number": "1", "code": "", "token": "", "word": "", "secret": "", "letter": "courses.seated",
    "language": "nb",
}  # fmt: skip
# What a page must be asked about to show anything: {page: {word in the address: parameter}}.
QUESTIONS = {"courses.new_run": {"measure": "measure_id"}}


@functools.cache
def world() -> World:
    """Made once per process; the tests that use it change nothing in it unless they say so."""
    region, other = make.region(municipalities=2), make.region()
    for town in region.municipalities:
        top = make.unit(town)
        make.unit(town)
        make.unit(town, parent=top)
    made = World(region, other)
    made.people = _people(made)
    account_id = made.people[Role.EMPLOYEE.value].account.pk
    organisation.name_persona(key=WORDS["key"], account_id=account_id, position=1)
    WORDS["secret"] = messages.open_feed(make.context(made.people[Role.EMPLOYEE.value]))
    WORDS["code"] = made.find("certificate").code  # type: ignore[attr-defined]
    made.find("evaluation_id")
    session_id = made.find("session_id").pk
    WORDS["token"] = courses.make_trainer_link(made.ctx, session_id=session_id, trainer="Per", days=14)
    return made


def grow(found: World, *, rounds: int) -> None:
    """More rows of what lists show, in the same municipality and in the next."""
    region = found.region
    found.find("requirement_id")
    for number in range(rounds):
        make_governance.goal(region, f"Mål {number}")
        _indicator(found, found.find("focus_area").pk, number)
        make_governance.case(region, meeting_id=make_governance.meeting(region))
        make_logistics.booked(region, make_logistics.room(region))
        make_logistics.trainer(region)
        make_logistics.pieces(region, 1, f"Dukke {number}")
        make_yearwheel.risk(region, found.people[Role.COURSE_ADMINISTRATOR.value], f"Risiko {number}")
        wheel_id = found.find("wheel_id").pk
        make_yearwheel.step(region, make_yearwheel.told(f"Trinn {number}"), wheel_id=wheel_id)
        service_id = make_orders.service(region, title_nb=f"Hjelp {number}")
        for town in region.municipalities:
            order_id = make_orders.service_order(region, town, service_id)
            orders.accept_order(found.ctx, order_id=order_id)
            orders.note_order_deviation(found.ctx, order_id=order_id, text="Forsinket")
        run_id = make_courses.run(region, measure_id=found.find("measure_id").pk, title=f"Kurs {number}")
        make_settlements.costing(region, run_id=run_id)
        make_teaching.run(region, measure_id=found.find("measure_id").pk)
        for town in region.municipalities:
            who = make.employee(town, town.units[0], title=f"Stilling {number}")
            make_competence.evidence(who, REQUIREMENT)
            make_competence.claim(who, REQUIREMENT)
            make_competence.duty(who)
            make_competence.dispensation(who, "GDPR")
            make_courses.signup(run_id, who)
            make_needs.need(region, town, f"Kurs i emne {number}", at=town.units[0])
    make_needs.pooled(region)
    for number in range(rounds):
        make_assessments.campaign(
            region.municipalities[0], make_assessments.told(region.municipalities[0], title=f"Kartlegging {number}")
        )


@contextmanager
def on_the_day() -> Iterator[None]:
    """The web's clock shows the builders' day."""
    with override_settings(CLOCK_OFFSET=NOW - datetime.now(UTC) + timedelta(seconds=1)):
        yield


def is_shared(row: models.Model) -> bool:
    """A public fact, the same for all tenants."""
    return tenancy_of(type(row)) is Tenancy.REFERENCE


def routes() -> list[Route]:
    """Every page there is."""
    assert urls.urlpatterns
    return list(ROUTES)
