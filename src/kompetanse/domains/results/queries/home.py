"""Everybody's first page: what I have to do now, what is coming, what I may do. Few queries, one role at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import State, StatusRow
from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.types import TASK_WORDS, RunRow, RunStatus, SignupRow, SignupStatus, TaskRow
from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.types import CaseRow, CaseStatus
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import NeedNews, PoolStatus
from kompetanse.domains.orders import api as orders
from kompetanse.domains.orders.types import OrderStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.domains.plans import api as plans
from kompetanse.domains.results.types import Figure, HomePage, Panel, RoleTab, Todo
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.suppression import Shown
from kompetanse.ui import formats

from . import words
from .plan import get_plan_result
from .wheel import with_wheel

SHOWN = 5
# The first role held decides what comes first; the menu has the rest.
ORDER = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.COURSE_ADMINISTRATOR,
    Role.CHIEF_EXECUTIVE,
    Role.CONTACT_PERSON,
    Role.FORUM_MEMBER,
    Role.UNION_REPRESENTATIVE,
    Role.HR,
    Role.LEADER,
    Role.EMPLOYEE,
)


@query
def get_home(ctx: Context, *, role: str = "") -> HomePage:
    """The first page in one of the roles the person holds today: the one asked for, else the most far-reaching."""
    pages = {PAGES[held]: held for held in reversed(ORDER) if held.value in ctx.actor.roles} or {
        _employee: Role.EMPLOYEE
    }
    held = [one for one in ORDER if one in pages.values()]
    chosen = next((one for one in held if one.value == role), held[0])
    page = with_wheel(ctx, PAGES[chosen](ctx), chosen)
    if len(held) == 1:
        return page
    named = _role_names()
    tabs = tuple(RoleTab(named[one], f"/?rolle={one.value}", one is chosen) for one in held)
    return replace(page, roles=tabs)


def _role_names() -> dict[Role, str]:
    return {
        Role.SYSTEM_ADMINISTRATOR: _("Systemadministrator"),
        Role.COURSE_ADMINISTRATOR: _("RKK"),
        Role.CHIEF_EXECUTIVE: _("Kommunedirektør"),
        Role.CONTACT_PERSON: _("Kontaktperson"),
        Role.FORUM_MEMBER: _("Forumet"),
        Role.UNION_REPRESENTATIVE: _("Tillitsvalgt"),
        Role.HR: _("HR"),
        Role.LEADER: _("Leder"),
        Role.EMPLOYEE: _("Ansatt"),
    }


# --- the employee ---------------------------------------------------------------------------------------


def _employee(ctx: Context) -> HomePage:
    statuses = competence.list_own_statuses(ctx)
    lacking = [row for row in statuses if row.state in (State.MISSING, State.EXPIRED)]
    expiring = [row for row in statuses if row.state is State.EXPIRING]
    signups = [row for row in courses.list_own_signups(ctx) if row.starts_at >= ctx.now and row.can_withdraw]
    runs = courses.list_runs(ctx, upcoming=True, status=RunStatus.OPEN, most=SHOWN)
    mine = reverse("competence.own")
    return HomePage(
        ctx.actor.name,
        (
            Figure(str(len(lacking)), _("mangler eller er utgått"), mine, *_mark(len(lacking), "bad")),
            Figure(str(len(expiring)), _("går ut innen 90 dager"), mine, *_mark(len(expiring), "warn")),
            Figure(
                str(len(signups)),
                ngettext("kurs du er påmeldt", "kurs du er påmeldt", len(signups)),
                reverse("courses.own_signups"),
            ),
        ),
        (
            Panel(
                _("Dette mangler du"),
                "warning",
                tuple(_status(row, mine) for row in [*lacking, *expiring][:SHOWN]),
                _("Du har alt som kreves av deg i dag."),
                mine,
            ),
            Panel(
                _("Kursene dine"),
                "calendar",
                tuple(_signup(row) for row in signups[:SHOWN]),
                _("Du er ikke påmeldt noe nå."),
                reverse("courses.own_signups"),
            ),
            _open_runs(runs),
        ),
    )


def _status(row: StatusRow, url: str) -> Todo:
    told = {
        State.MISSING: (_("Mangler"), "bad"),
        State.EXPIRED: (_("Utgått"), "bad"),
        State.EXPIRING: (_("Går ut"), "warn"),
    }
    note, kind = told[row.state]
    if row.expires_on:
        note = f"{note} {formats.day(row.expires_on)}"
    return Todo(row.name, url, note, kind)


def _signup(row: SignupRow) -> Todo:
    told = {
        SignupStatus.ASKED: (_("Venter på godkjenning"), "info"),
        SignupStatus.SEATED: (_("Plass"), "ok"),
        SignupStatus.WAITING: (_("Venteliste, nummer %(place)s") % {"place": row.place}, "warn"),
    }
    note, kind = told.get(row.status, ("", ""))
    text = f"{row.run_title}, {formats.day(row.starts_at.date())}"
    return Todo(text, reverse("courses.run", args=[row.run_id]), note, kind)


def _open_runs(runs: list[RunRow]) -> Panel:
    todos = tuple(
        Todo(
            run.title,
            reverse("courses.run", args=[run.id]),
            ngettext("%(day)s, %(place)s. %(free)s ledig", "%(day)s, %(place)s. %(free)s ledige", run.seats_free)
            % {"day": formats.day(run.starts_at.date()), "place": run.place, "free": run.seats_free},
        )
        for run in runs[:SHOWN]
    )
    return Panel(
        _("Åpne kurs"), "school", todos, _("Ingen kurs er åpne for påmelding nå."), reverse("courses.run_list")
    )


def _mark(count: int, kind: str) -> tuple[str, str]:
    """Note and kind of a figure that ought to be nothing."""
    return (_("Alt i orden"), "ok") if not count else (_("Se hva det gjelder"), kind)


# --- the leader -----------------------------------------------------------------------------------------


def _leader(ctx: Context) -> HomePage:
    approvals = courses.list_approvals(ctx).mine
    overview = competence.get_overview(ctx)
    reported = needs.list_news(ctx, most=SHOWN)
    lacking = sum(unit.missing for unit in overview.units)
    expiring = sum(unit.expiring for unit in overview.units)
    units = reverse("competence.overview")
    if len(overview.units) == 1:  # who leads one unit is spared the list of units
        units = reverse("competence.unit", args=[overview.units[0].unit_id])
    return HomePage(
        ctx.actor.name,
        (
            Figure(str(len(approvals)), _("å godkjenne"), reverse("courses.approvals"), *_mark(len(approvals), "info")),
            Figure(formats.number(lacking), _("mangler hos folkene dine"), units, *_mark(lacking, "bad")),
            Figure(formats.number(expiring), _("går ut innen 90 dager"), units, *_mark(expiring, "warn")),
        ),
        (
            Panel(
                _("Til godkjenning"),
                "checkmark",
                tuple(
                    Todo(
                        f"{row.name}: {row.run_title}", reverse("courses.approvals"), formats.day(row.starts_at.date())
                    )
                    for row in approvals[:SHOWN]
                ),
                _("Ingen venter på deg."),
                reverse("courses.approvals"),
            ),
            Panel(
                _("Dette mangler mest"),
                "warning",
                tuple(
                    Todo(
                        row.requirement_name,
                        reverse("competence.unit", args=[row.unit_id]) if row.unit_id else units,
                        _("%(missing)s av %(required)s mangler") % {"missing": row.missing, "required": row.required},
                        "bad" if row.missing else "ok",
                    )
                    for row in overview.requirements[:SHOWN]
                    if row.missing
                ),
                _("Alle har det som kreves."),
                units,
            ),
            _need_panel(reported),
        ),
        (Todo(_("Meld et behov"), reverse("needs.new")), Todo(_("Se enhetene mine"), units)),
    )


def _need_panel(reported: list[NeedNews]) -> Panel:
    return Panel(
        _("Det ble av behovene"),
        "tasklist",
        tuple(
            Todo(
                row.title, reverse("needs.one", args=[row.id]), _(row.fate.words.sentence) % dict(row.fate.words.params)
            )
            for row in reported
        ),
        _("Ingen behov er meldt ennå."),
        reverse("needs.list_all"),
    )


# --- the contact person and HR --------------------------------------------------------------------------


def _contact(ctx: Context) -> HomePage:
    counts = needs.count_needs(ctx)
    waiting = sum(competence.count_waiting(ctx).values())
    ordered = [order for order in orders.list_orders(ctx) if order.status is not OrderStatus.CANCELLED]
    return HomePage(
        ctx.actor.name,
        (
            Figure(
                formats.number(counts.standing),
                ngettext("behov i kommunen", "behov i kommunen", counts.standing),
                reverse("needs.list_all"),
            ),
            Figure(
                formats.number(counts.alone),
                ngettext("behov uten følge ennå", "behov uten følge ennå", counts.alone),
                reverse("needs.list_all"),
            ),
            Figure(
                formats.number(waiting),
                ngettext("bevis som venter på bekreftelse", "bevis som venter på bekreftelse", waiting),
                reverse("competence.mapping"),
                *_mark(waiting, "warn"),
            ),
        ),
        (
            _need_panel(needs.list_news(ctx, most=SHOWN)),
            Panel(
                _("Bestillingene våre"),
                "buildings",
                tuple(
                    Todo(
                        order.title,
                        reverse("orders.order", args=[order.id]),
                        words.ordered(order),
                    )
                    for order in ordered[:SHOWN]
                ),
                _("Ingen plasser er bestilt ennå."),
                reverse("orders.order_list"),
                _("Bestill plasser"),
            ),
        ),
        (
            Todo(_("Ta inn en fil"), reverse("integrations.imports")),
            Todo(_("Meld et behov"), reverse("needs.new")),
        ),
    )


# --- the forum and the unions ---------------------------------------------------------------------------


def _forum(ctx: Context) -> HomePage:
    pools = needs.list_pool_sums(ctx)
    cases = governance.list_cases(ctx, status=CaseStatus.OPEN)
    shared = [pool for pool in pools if pool.municipalities > 1]
    statutory = sum(pool.statutory > 0 for pool in pools)
    board = reverse("needs.pools")
    return HomePage(
        ctx.actor.name,
        (
            Figure(
                formats.number(len(shared)),
                ngettext("samling med flere kommuner", "samlinger med flere kommuner", len(shared)),
                board,
            ),
            Figure(
                formats.number(statutory),
                ngettext("samling med lovpålagte behov", "samlinger med lovpålagte behov", statutory),
                board,
            ),
            Figure(
                formats.number(len(cases)),
                ngettext("åpen sak", "åpne saker", len(cases)),
                reverse("governance.meetings"),
            ),
        ),
        (
            Panel(
                _("Største samlinger"),
                "handshake",
                tuple(
                    Todo(
                        pool.title,
                        reverse("needs.pool", args=[pool.id]),
                        f"{words.municipalities(pool.municipalities)}, {words.told_people(pool.told)}",
                    )
                    for pool in pools[:SHOWN]
                ),
                _("Ingen behov er samlet ennå."),
                board,
            ),
            _case_panel(ctx, cases),
            _gap_panel(ctx),
        ),
    )


def _gap_panel(ctx: Context) -> Panel:
    """What the region surely lacks most of, as it was published; no count of people is made here."""
    found = competence.find_latest_gaps(ctx)
    return Panel(
        _("Gapet i regionen"),
        "chart",
        tuple(
            Todo(
                row.name,
                f"{reverse('competence.forum_map')}?krav={row.requirement_id}",
                _told(row.missing, row.required),
                "bad",
            )
            for row in (found.lacking if found else ())
        ),
        _("Ingen store gap er vist.") if found else _("Ingen tabell er publisert ennå."),
        reverse("competence.forum"),
    )


def _told(missing: Shown, required: Shown) -> str:
    """How many lack it, as far as that is told."""
    words = {"missing": formats.number(missing.least), "required": formats.number(required.least)}
    if missing.value is None:
        return _("Minst %(missing)s mangler") % words
    if required.value is None:
        return _("%(missing)s mangler") % words
    return _("%(missing)s av %(required)s mangler") % words


def _union(ctx: Context) -> HomePage:
    page = _forum(ctx)
    action = Todo(_("Si hva de ansatte mener"), reverse("governance.meetings"))
    return HomePage(page.name, page.figures, (page.panels[1], page.panels[0], page.panels[2]), (action,))


def _case_panel(ctx: Context, cases: list[CaseRow]) -> Panel:
    return Panel(
        _("Åpne saker"),
        "calendar",
        tuple(
            Todo(
                f"{case.reference}: {case.title}",
                reverse("governance.case", args=[case.id]),
                formats.day(case.meeting_on) if case.meeting_on else _("Ikke satt på noe møte"),
            )
            for case in cases[:SHOWN]
        ),
        _("Ingen saker venter på avgjørelse."),
        reverse("governance.meetings"),
    )


# --- the chief executive --------------------------------------------------------------------------------


def _executive(ctx: Context) -> HomePage:
    page = get_plan_result(ctx)
    cases = governance.list_cases(ctx, status=CaseStatus.OPEN)
    results = reverse("results.against_plan")
    left = None if page.frame_ore is None else page.frame_ore - page.budget_ore
    plan = reverse("plans.plan", args=[page.plan_id]) if page.plan_id else reverse("plans.plans")
    return HomePage(
        ctx.actor.name,
        (
            Figure(
                formats.kroner(page.budget_ore),
                _("i handlingsplanen"),
                plan,
                _("%(left)s igjen av rammen") % {"left": formats.kroner(left)} if left is not None else "",
                "" if left is None else "ok" if left >= 0 else "bad",
            ),
            Figure(f"{page.done}/{len(page.measures)}", _("tiltak gjennomført"), results),
            Figure(
                formats.count(page.told.attended),
                _("har møtt"),
                results,
                ngettext("av %(planned)s plass i planen", "av %(planned)s plasser i planen", page.seats_planned)
                % {"planned": formats.number(page.seats_planned)},
            ),
        ),
        (
            Panel(
                _("Resultat mot plan"),
                "chart",
                tuple(
                    Todo(
                        line.title,
                        reverse("plans.measure", args=[line.measure_id]),
                        ngettext(
                            "%(attended)s av %(planned)s plass",
                            "%(attended)s av %(planned)s plasser",
                            line.seats_planned,
                        )
                        % {"attended": formats.count(line.attended), "planned": line.seats_planned},
                        "ok" if line.share >= 80 else "info" if line.attended.most else "neutral",
                    )
                    for line in page.measures[: SHOWN + 1]
                ),
                _("Ingen plan er laget ennå."),
                results,
            ),
            _case_panel(ctx, cases),
            _gap_panel(ctx),
        ),
        (Todo(_("Se hull i tråden"), reverse("results.holes")),),
    )


# --- the regional office --------------------------------------------------------------------------------


def _urgent_panel(tasks: list[TaskRow]) -> Panel:
    return Panel(
        _("Det som haster"),
        "tasklist",
        tuple(
            Todo(
                f"{row.title or _(TASK_WORDS[row.kind])}: {row.run_title}",
                reverse("courses.checklist", args=[row.run_id]),
                _("Forsinket") if row.late else formats.day(row.due_on),
                "bad" if row.late else "neutral",
            )
            for row in tasks
        ),
        _("Ingenting haster de neste to ukene."),
        reverse("courses.urgent"),
    )


def _office(ctx: Context) -> HomePage:
    pools = needs.list_pool_sums(ctx)
    suggested = [pool for pool in pools if pool.status is PoolStatus.SUGGESTED and pool.municipalities > 1]
    placed = [order for order in orders.list_orders(ctx) if order.status is OrderStatus.PLACED]
    runs = courses.list_runs(ctx, upcoming=True, most=SHOWN)
    waiting, urgent = courses.count_waiting(ctx), courses.list_urgent_tasks(ctx, most=SHOWN)
    return HomePage(
        ctx.actor.name,
        (
            Figure(
                str(len(placed)),
                ngettext("bestilling å godta", "bestillinger å godta", len(placed)),
                reverse("orders.order_list"),
                *_mark(len(placed), "info"),
            ),
            Figure(
                str(len(suggested)),
                ngettext("foreslått samling", "foreslåtte samlinger", len(suggested)),
                reverse("needs.pools"),
            ),
            Figure(str(waiting), _("på venteliste"), reverse("courses.run_list")),
        ),
        (
            Panel(
                _("Kurs som kommer"),
                "calendar",
                tuple(
                    Todo(
                        run.title,
                        reverse("courses.participants", args=[run.id]),
                        ngettext(
                            "%(day)s, %(place)s. %(taken)s av %(seats)s plass",
                            "%(day)s, %(place)s. %(taken)s av %(seats)s plasser",
                            run.max_seats,
                        )
                        % {
                            "day": formats.day(run.starts_at.date()),
                            "place": run.place,
                            "taken": run.seats_taken,
                            "seats": run.max_seats,
                        },
                    )
                    for run in runs[:SHOWN]
                ),
                _("Ingen kurs er satt opp."),
                reverse("courses.run_list"),
            ),
            _urgent_panel(urgent),
            Panel(
                _("Bestillinger som venter"),
                "buildings",
                tuple(
                    Todo(
                        f"{order.municipality}: {order.title}",
                        reverse("orders.order", args=[order.id]),
                        words.ordered(order),
                    )
                    for order in placed[:SHOWN]
                ),
                _("Alle bestillinger er besvart."),
                reverse("orders.order_list"),
            ),
            Panel(
                _("Foreslåtte samlinger"),
                "handshake",
                tuple(
                    Todo(
                        pool.title,
                        reverse("needs.pool", args=[pool.id]),
                        words.municipalities(pool.municipalities),
                    )
                    for pool in suggested[:SHOWN]
                ),
                _("Ingen forslag å ta stilling til."),
                reverse("needs.pools"),
            ),
        ),
        (
            Todo(_("Sett opp et kurs"), reverse("courses.new_run")),
            Todo(_("Se hull i tråden"), reverse("results.holes")),
        ),
    )


# --- the system administrator ---------------------------------------------------------------------------


def _system(ctx: Context) -> HomePage:
    region = organisation.find_region_of(ctx.tenants, ctx.today)
    waiting = sum(competence.count_waiting(ctx).values())
    plan = plans.list_plans(ctx)
    members = region.municipalities if region else ()
    return HomePage(
        ctx.actor.name,
        (
            Figure(
                str(len(members)),
                ngettext("kommune i regionen", "kommuner i regionen", len(members)),
                reverse("organisation.units"),
            ),
            Figure(
                formats.number(waiting),
                ngettext("bevis som venter på bekreftelse", "bevis som venter på bekreftelse", waiting),
                reverse("competence.mapping"),
                *_mark(waiting, "warn"),
            ),
            Figure(str(len(plan)), ngettext("plan", "planer", len(plan)), reverse("plans.plans")),
        ),
        (
            Panel(
                _("Kommunene"),
                "buildings",
                tuple(
                    Todo(f"{row.number} {row.name}", f"{reverse('organisation.units')}?kommune={row.tenant_id}")
                    for row in members
                ),
                _("Ingen kommuner er med ennå."),
                reverse("organisation.units"),
            ),
        ),
        (
            Todo(_("Ta inn en fil"), reverse("integrations.imports")),
            Todo(_("Hva er gjort, og av hvem"), reverse("results.deeds")),
        ),
    )


PAGES: dict[Role, Callable[[Context], HomePage]] = {
    Role.SYSTEM_ADMINISTRATOR: _system,
    Role.COURSE_ADMINISTRATOR: _office,
    Role.CHIEF_EXECUTIVE: _executive,
    Role.FORUM_MEMBER: _forum,
    Role.UNION_REPRESENTATIVE: _union,
    Role.CONTACT_PERSON: _contact,
    Role.HR: _contact,
    Role.LEADER: _leader,
    Role.EMPLOYEE: _employee,
    Role.NETWORK_MEMBER: _employee,
}
