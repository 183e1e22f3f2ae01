"""One year through the thread: goals, needs, pools, decision, plan, orders, runs, attendance, competence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from kompetanse.domains.competence import api as competence
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import RunInput, SignupStatus
from kompetanse.domains.governance import api as governance
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import NeedInput, NeedKind, Origin, PoolOutcome, PoolRow, RankInput
from kompetanse.domains.orders import api as orders
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import StaffRow
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureInput, MeasureKind

from . import calendar
from .calendar import at
from .evaluation import evaluate, meet
from .money import set_terms, settle_runs
from .people import Cast, account_of
from .priorities import weigh
from .rooms import furnish
from .services import offer, serve
from .teaching import teach
from .wheel import turn

Say = Callable[[str], None]
YEAR = 2027
SURE = 0.6  # what the contact persons confirm in bulk; the rest they look at one by one


@dataclass(frozen=True, slots=True)
class Wanted:
    """A measure of the plan: the pool's topic it answers, titles, kroner, seats, quarter, whom it is for."""

    topic: str
    nb: str
    nn: str
    kroner: int
    seats: int
    quarter: int
    group: str
    goal: str
    requirement: str = ""


MEASURES = (
    Wanted(
        "HLR",
        "Førstehjelp og hjertestarter",
        "Førstehjelp og hjartestartar",
        180_000,
        120,
        2,
        "Alle ansatte",
        "trygg",
        "HLR",
    ),
    Wanted(
        "LEGEMIDDEL",
        "Legemiddelhåndtering, oppfrisking",
        "Legemiddelhandtering, oppfrisking",
        140_000,
        60,
        2,
        "Helsefagarbeider",
        "trygg",
        "LEGEMIDDEL",
    ),
    Wanted(
        "HMS-LINJE",
        "HMS for ledere",
        "HMS for leiarar",
        110_000,
        40,
        2,
        "Leder",
        "krav",
        "HMS-LINJE",
    ),
    Wanted(
        "VARSLING1",
        "Arbeidsvarsling kurs 1 og 2",
        "Arbeidsvarsling kurs 1 og 2",
        160_000,
        40,
        3,
        "Fagarbeider vei",
        "krav",
        "VARSLING1",
    ),
    Wanted(
        "VARME",
        "Varme arbeider, fornyelse",
        "Varme arbeid, fornying",
        90_000,
        30,
        3,
        "Vaktmester",
        "krav",
        "VARME",
    ),
    Wanted(
        "VOLD",
        "Forebygging av vold og trusler",
        "Førebygging av vald og truslar",
        150_000,
        60,
        3,
        "Helsefagarbeider",
        "trygg",
        "VOLD",
    ),
    Wanted(
        "PALLIASJON",
        "Lindrende behandling",
        "Lindrande behandling",
        120_000,
        40,
        4,
        "Sykepleier",
        "tjeneste",
    ),
    Wanted(
        "DEMENS",
        "Demensomsorgens ABC",
        "Demensomsorgas ABC",
        100_000,
        60,
        4,
        "Helsefagarbeider",
        "tjeneste",
    ),
    Wanted(
        "GDPR",
        "Personvern og informasjonssikkerhet",
        "Personvern og informasjonstryggleik",
        60_000,
        400,
        4,
        "Alle ansatte",
        "krav",
        "GDPR",
    ),
)

GOALS = (
    (
        "trygg",
        "Innbyggerne skal møte ansatte med oppdatert kompetanse i alle tjenester.",
        "Innbyggjarane skal møte tilsette med oppdatert kompetanse i alle tenester.",
        "Regionrådet sak 011/26",
    ),
    (
        "krav",
        "Alle lovpålagte kompetansekrav skal være oppfylt innen utgangen av 2028.",
        "Alle lovpålagde kompetansekrav skal vere oppfylte innan utgangen av 2028.",
        "Regionrådet sak 012/26",
    ),
    (
        "tjeneste",
        "Kommunene skal kunne gi gode tjenester til flere eldre med de ansatte de har.",
        "Kommunane skal kunne gje gode tenester til fleire eldre med dei tilsette dei har.",
        "Regionrådet sak 013/26",
    ),
    (
        "rekruttere",
        "Kommunene skal rekruttere og beholde fagfolk ved å utvikle egne ansatte.",
        "Kommunane skal rekruttere og halde på fagfolk ved å utvikle eigne tilsette.",
        "Regionrådet sak 014/26",
    ),
)


def carry(cast: Cast, say: Say) -> None:
    """The whole year, link by link."""
    say("Bekrefter hva registrenes egne ord betyr …")
    for tenant_id, contact in cast.contacts.items():
        sure = 0.95 if _number(cast, tenant_id) == "4026" else SURE  # one municipality still has work to do
        competence.confirm_suggestions(cast.as_(contact, calendar.LOADED), tenant_id, sure)
    _publish(cast, at(12, 1, year=2026))
    goals = _goals(cast)
    say("Melder behov og samler dem …")
    _needs(cast, goals)
    _publish(cast, at(1, 1))
    pools = _pools(cast)
    say("Holder møte i forumet, prioriterer og vedtar …")
    plan_id = _decide(cast, pools)
    _publish(cast, at(2, 1))
    measures = _plan(cast, plan_id, pools, goals)
    say("Bestiller plasser, holder kurs, fører oppmøte …")
    offer(cast)
    _orders(cast, measures)
    _publish(cast, at(3, 1))
    _runs(cast, measures)
    _what_waits(cast, measures)
    teach(cast, measures)
    weigh(cast)
    serve(cast)
    turn(cast)
    furnish(cast)
    settle_runs(cast)
    _publish(cast, calendar.TODAY)


def _publish(cast: Cast, when: datetime) -> None:
    """The month's gap is told to the forum, as the worker does by the clock."""
    competence.publish_gaps(cast.everything(when), region_id=cast.region.tenant_id)


def _number(cast: Cast, tenant_id: int) -> str:
    return next(row.number for row in cast.region.municipalities if row.tenant_id == tenant_id)


def _goals(cast: Cast) -> dict[str, int]:
    ctx = cast.as_(cast.office, calendar.LOADED)
    region_id = cast.region.tenant_id
    governance.set_frame(
        ctx, tenant_id=region_id, year=YEAR, limit_ore=1_200_000_00, decision_reference="Regionrådet sak 015/26"
    )
    return {
        key: governance.set_goal(
            ctx, tenant_id=region_id, title_nb=nb, title_nn=nn, decision_reference=decision, valid_from=date(2026, 1, 1)
        )
        for key, nb, nn, decision in GOALS
    }


def _needs(cast: Cast, goals: dict[str, int]) -> None:
    """Beside the spreadsheets: one from a unit's gap, one by hand."""
    leader = cast.as_(cast.leader, at(12, 7, year=2026))
    unit = cast.employee_post.unit_id
    gaps = {gap.requirement_code: gap for gap in competence.list_gaps(leader, unit_id=unit)}
    gap = gaps.get("LEGEMIDDEL") or next(iter(gaps.values()))
    needs.report_need(
        leader,
        NeedInput(
            tenant_id=cast.employee_post.tenant_id, unit_id=unit, title=gap.requirement_name,
            people=max(gap.missing, 1),
            reason="Mange har utgått kurs", kind=NeedKind.LEARN, statutory=True, goal_id=goals["trygg"],
            requirement_code=gap.requirement_code, origin=Origin.GAP, wanted_time="vår 2027",
        ),
    )  # fmt: skip
    needs.report_need(
        leader,
        NeedInput(
            tenant_id=cast.employee_post.tenant_id, unit_id=unit, title="Sykepleiere med videreutdanning i geriatri",
            target_group="Sykepleier", people=2, reason="Rekruttering er vanskelig", kind=NeedKind.RECRUIT,
            goal_id=goals["rekruttere"],
        ),
    )  # fmt: skip


def _pools(cast: Cast) -> dict[str, PoolRow]:
    """The office goes through the suggestions and confirms those that several municipalities share."""
    ctx = cast.as_(cast.office, at(1, 4))
    needs.suggest_pools(ctx, region_id=cast.region.tenant_id)
    rows = needs.list_pools(ctx, region_id=cast.region.tenant_id)
    for row in rows:
        if len(row.municipalities) >= 3:
            needs.confirm_pool(ctx, pool_id=row.id)
    return {row.topic_code: row for row in needs.list_pools(ctx, region_id=cast.region.tenant_id) if row.topic_code}


def _decide(cast: Cast, pools: dict[str, PoolRow]) -> int:
    """The forum ranks the pools and decides; the plan is drafted."""
    notice = cast.as_(cast.office, calendar.FORUM_NOTICE)
    meeting = governance.call_meeting(
        notice, body_id=cast.forum_id, held_on=calendar.FORUM, starts_at=time(9), place="Rådhuset, Kongsberg"
    )
    governance.add_case(
        notice,
        body_id=cast.forum_id,
        title="Godkjenning av referat",
        proposal="Referatet godkjennes.",
        meeting_id=meeting,
    )
    case = governance.add_case(
        notice, body_id=cast.forum_id, title=f"Prioritering av kompetansebehov {YEAR}",
        proposal="Forumet prioriterer samlingene i den rekkefølgen listen viser.", presenter=cast.office.name,
        meeting_id=meeting,
    )  # fmt: skip
    confirmed = sorted(
        (row for row in needs.list_pools(notice, region_id=cast.region.tenant_id) if row.status == "confirmed"),
        key=lambda row: (row.statutory == 0, -len(row.municipalities), -row.told.least, row.id),
    )
    wanted = {pools[measure.topic].id for measure in MEASURES if measure.topic in pools}
    first = [row for row in confirmed if row.id in wanted]
    later = [row for row in confirmed if row.id not in wanted]
    forum = cast.as_(cast.forum, at(1, 21))
    needs.rank_pools(
        forum,
        case_id=case,
        ranking=[
            *(RankInput(row.id, rank, PoolOutcome.PRIORITISED) for rank, row in enumerate(first, start=1)),
            *(
                RankInput(row.id, None, PoolOutcome.DEFERRED, "Tas opp igjen når neste års plan lages.")
                for row in later[:6]
            ),
        ],
    )
    governance.state_view(
        cast.as_(cast.union, at(1, 19)), case_id=case,
        text="De ansatte må få kursene i arbeidstiden, og vikar må være på plass.",
    )  # fmt: skip
    day = cast.as_(cast.office, at(1, 21, 12))
    for open_case in governance.get_meeting(day, meeting_id=meeting).cases:
        text = (
            f"{len(first)} samlinger prioriteres for {YEAR} i rekkefølgen listen viser. RKK lager forslag til plan."
            if open_case.id == case
            else "Referatet ble godkjent."
        )
        governance.decide_case(
            day, case_id=open_case.id, decision_text=text, union_view="Slutter seg til, med merknad om vikar."
        )
    _minutes(cast, meeting, at(1, 22))
    return plans.draft_plan(cast.as_(cast.office, at(1, 22)), region_id=cast.region.tenant_id, year=YEAR)


def _minutes(cast: Cast, meeting: int, when: datetime) -> None:
    ctx = cast.as_(cast.office, when)
    seats = governance.get_meeting(ctx, meeting_id=meeting).presence
    governance.note_presence(ctx, meeting_id=meeting, present=[seat.seat_id for seat in seats][:-1])
    governance.write_minutes(ctx, meeting_id=meeting)


def _plan(cast: Cast, plan_id: int, pools: dict[str, PoolRow], goals: dict[str, int]) -> dict[str, int]:
    """Measures, hearing, and the executives' adoption."""
    ctx = cast.as_(cast.office, calendar.HEARING)
    measures = {
        wanted.topic: plans.add_measure(
            ctx,
            MeasureInput(
                plan_id=plan_id, title_nb=wanted.nb, title_nn=wanted.nn, kind=MeasureKind.COURSE,
                goal_id=goals[wanted.goal], pool_ids=(pools[wanted.topic].id,) if wanted.topic in pools else (),
                target_group=wanted.group, budget_ore=wanted.kroner * 100, seats_planned=wanted.seats,
                quarter=wanted.quarter, requirement_code=wanted.requirement,
            ),
        )
        for wanted in MEASURES
    }  # fmt: skip
    # Nobody asked for this one, and the plan says so.
    plans.add_measure(
        ctx,
        MeasureInput(
            plan_id=plan_id, title_nb="Inspirasjonsdag for ledere", title_nn="Inspirasjonsdag for leiarar",
            kind=MeasureKind.COURSE, target_group="Leder", budget_ore=45_000_00, seats_planned=50, quarter=4,
        ),
    )  # fmt: skip
    plans.send_to_hearing(ctx, plan_id=plan_id)
    notice = cast.as_(cast.office, calendar.COMMITTEE_NOTICE)
    meeting = governance.call_meeting(
        notice, body_id=cast.committee_id, held_on=calendar.COMMITTEE, starts_at=time(10), place="Notodden rådhus"
    )
    case = governance.add_case(
        notice, body_id=cast.committee_id, title=f"Regional handlingsplan for kompetanse {YEAR}",
        proposal="Planen vedtas innenfor rammen.", presenter=cast.office.name, meeting_id=meeting,
    )  # fmt: skip
    day = cast.as_(cast.office, at(2, 11, 12))
    governance.decide_case(day, case_id=case, decision_text=f"Handlingsplanen for {YEAR} vedtas.")
    _minutes(cast, meeting, at(2, 12))
    plans.adopt_plan(cast.as_(cast.executive, at(2, 12)), plan_id=plan_id, case_id=case)
    return measures


def _orders(cast: Cast, measures: dict[str, int]) -> None:
    """Each municipality orders its part of the seats; the office accepts."""
    people = {row.tenant_id: row.population or 1000 for row in cast.region.municipalities}
    total = sum(people.values())
    seats = {wanted.topic: wanted.seats for wanted in MEASURES}
    for topic in ("HLR", "LEGEMIDDEL", "HMS-LINJE", "VARSLING1", "VOLD"):
        for tenant_id, contact in cast.contacts.items():
            count = max(1, seats[topic] * people[tenant_id] // total)
            placed = orders.place_order(
                cast.as_(contact, calendar.ORDERS), tenant_id=tenant_id, measure_id=measures[topic], seats=count
            )
            orders.accept_order(cast.as_(cast.office, calendar.ACCEPTED), order_id=placed)


def _runs(cast: Cast, measures: dict[str, int]) -> None:
    """Two courses that have been held, with their waiting list, absence and evidence."""
    first = _run(cast, measures["HLR"], "Førstehjelp og hjertestarter", "Kongsberg", at(4, 13, 7), 24)
    second = _run(cast, measures["LEGEMIDDEL"], "Legemiddelhåndtering, oppfrisking", "Notodden", at(5, 11, 7), 20)
    _fill(cast, first, _some(cast, ("Helsefagarbeider", "Vaktmester", "Assistent"), 28))
    _fill(cast, second, _some(cast, ("Helsefagarbeider", "Vernepleier"), 18))
    # The day after the deadline, seats that were kept for those who ordered go to those who wait.
    for after in (at(4, 2), at(5, 2)):
        courses.release_seats(cast.everything(after), region_id=cast.region.tenant_id)
    _publish(cast, at(4, 1))
    _hold(cast, first, at(4, 13, 15), absent=2)
    _publish(cast, at(5, 1))
    _hold(cast, second, at(5, 11, 15), absent=1)
    evaluate(cast)


def _run(cast: Cast, measure_id: int, title: str, place: str, starts: datetime, seats: int) -> int:
    ctx = cast.as_(cast.office, calendar.PLANNED)
    run_id = courses.plan_run(
        ctx,
        run=RunInput(
            measure_id=measure_id, title=title, place=place, room="Kommunestyresalen", starts_at=starts,
            ends_at=starts.replace(hour=starts.hour + 6), min_seats=8, max_seats=seats,
            deadline=date(starts.year, starts.month, 1),
        ),
    )  # fmt: skip
    courses.open_run(ctx, run_id=run_id)
    set_terms(cast, run_id)
    return run_id


def _some(cast: Cast, titles: Iterable[str], count: int) -> list[StaffRow]:
    """People at work with these titles, spread over the municipalities; the demo's own employee is kept for later."""
    wanted = set(titles)
    by_place: dict[int, list[StaffRow]] = {row.tenant_id: [] for row in cast.region.municipalities}
    seen = {cast.employee_post.person_id}
    for post in cast.staff:
        if post.position_title in wanted and post.leave_from is None and not post.leads and post.person_id not in seen:
            seen.add(post.person_id)
            by_place[post.tenant_id].append(post)
    taken: list[StaffRow] = []
    turn = 0
    while len(taken) < count and any(len(posts) > turn for posts in by_place.values()):
        taken += [posts[turn] for posts in by_place.values() if len(posts) > turn]
        turn += 1
    return taken[:count]


def _fill(cast: Cast, run_id: int, people: list[StaffRow]) -> None:
    """Leaders sign their own people up, and approve by doing so."""
    everything = cast.everything(calendar.SIGN_UP)
    for post in people:
        leader = organisation.find_leader_of(everything, unit_id=post.unit_id)
        if leader is None:
            continue
        who = account_of(everything, leader.tenant_id, leader.person_id, leader.name)
        courses.ask_for_seats(cast.as_(who, calendar.SIGN_UP), run_id=run_id, employee_ids=[post.employee_id])


def _hold(cast: Cast, run_id: int, when: datetime, *, absent: int) -> None:
    ctx = cast.as_(cast.office, when)
    seated = courses.list_signups(ctx, run_id=run_id, statuses=frozenset({SignupStatus.SEATED}))
    meet(cast, run_id, when, seated[absent:])
    courses.record_attendance(ctx, run_id=run_id, present=[row.id for row in seated][absent:])


def _what_waits(cast: Cast, measures: dict[str, int]) -> None:
    """Something for each of the eight to do today."""
    office = cast.as_(cast.office, at(5, 20))
    autumn = courses.plan_run(
        office,
        run=RunInput(
            measure_id=measures["LEGEMIDDEL"], title="Legemiddelhåndtering, oppfrisking", place="Kongsberg",
            room="Glabak", starts_at=at(9, 14, 7), ends_at=at(9, 14, 13), min_seats=8, max_seats=20,
            deadline=date(2027, 9, 1),
        ),
    )  # fmt: skip
    courses.open_run(office, run_id=autumn)
    hot = courses.plan_run(
        office,
        run=RunInput(
            measure_id=measures["HLR"], title="Førstehjelp og hjertestarter", place="Notodden", room="Brannstasjonen",
            starts_at=at(9, 21, 7), ends_at=at(9, 21, 13), min_seats=6, max_seats=12, deadline=date(2027, 9, 7),
        ),
    )  # fmt: skip
    courses.open_run(office, run_id=hot)
    colleagues = [
        post
        for post in cast.staff
        if post.unit_id == cast.employee_post.unit_id and not post.leads and post.leave_from is None
        and post.person_id != cast.employee.person_id
    ][:3]  # fmt: skip
    for post in colleagues:
        who = account_of(cast.everything(at(5, 1)), post.tenant_id, post.person_id, post.name)
        courses.ask_for_seat(cast.as_(who, at(5, 28)), run_id=autumn, employee_id=post.employee_id)
    tinn = next(row.tenant_id for row in cast.region.municipalities if row.number == "4026")
    orders.place_order(cast.as_(cast.contacts[tinn], at(5, 31)), tenant_id=tinn, measure_id=measures["GDPR"], seats=40)
    notice = cast.as_(cast.office, at(5, 27))
    meeting = governance.call_meeting(
        notice, body_id=cast.forum_id, held_on=calendar.NEXT_FORUM, starts_at=time(9), place="Teams"
    )
    governance.add_case(
        notice, body_id=cast.forum_id, title="Prioritering av gjenstående behov, høsten 2027",
        proposal="Forumet prioriterer samlingene som ikke har fått tiltak.", presenter=cast.office.name,
        meeting_id=meeting,
    )  # fmt: skip
    governance.add_case(
        notice, body_id=cast.forum_id, title="Felles bord", proposal="Kommunene deler nytt.", meeting_id=meeting
    )
