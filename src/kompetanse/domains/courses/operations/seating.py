"""The one place where seats are given out. The caller holds the run's row locked.

`settle` walks the whole line. `place_last` gives the same answer for one who comes last, from what the run's own
row keeps; it gives None where only a walk can tell.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kompetanse.domains.orders import api as orders
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access, tenancy
from kompetanse.foundation.operation import publish_all
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..events import SignupSettled
from ..models import Quota, Run, SeatPolicy, Signup
from ..rules import Chairs, Entry, Line, Ruling
from ..types import PolicyInput, RunStatus, SeatAct, SignupStatus

ASKED, SEATED, WAITING, OFFERED = SignupStatus.ASKED, SignupStatus.SEATED, SignupStatus.WAITING, SignupStatus.OFFERED
NORWAY = ZoneInfo("Europe/Oslo")
COLUMNS = [field.attname for field in Run._meta.concrete_fields]
# Written out, since it is asked for every sign-up while others wait: what the ORM would say, without its saying it.
_ALL = ", ".join(COLUMNS)
LOCK = f"SELECT {_ALL} FROM courses_run WHERE id = %s FOR NO KEY UPDATE"  # noqa: S608 - our own columns
MOVE = """
    UPDATE courses_signup s SET status = n.status, place = n.place, why = n.why, offer_until = n.offer_until
      FROM jsonb_to_recordset(%s::jsonb) AS n(tenant bigint, id bigint, status text, place int, why text,
                                              offer_until timestamptz)
     WHERE s.tenant_id = n.tenant AND s.id = n.id RETURNING s.id
"""
LOG = """
    INSERT INTO courses_seatdecision (tenant_id, region_id, run_id, signup_id, step, act, status, place, rule,
                                      numbers, decided_at)
    SELECT tenant, %s, %s, signup, %s, act, status, place, rule, numbers, %s
      FROM jsonb_to_recordset(%s::jsonb) AS n(tenant bigint, signup bigint, act text, status text, place int,
                                              rule text, numbers jsonb)
    RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Done:
    """An act on a sign-up, to be logged with what came of it. Without `status`: what the rules say."""

    act: SeatAct
    signup_id: int
    tenant_id: int
    status: str = ""
    rule: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict)


def lock_run(ctx: Context, run_id: int, right: str) -> Run:
    """The run, locked until the transaction ends: whoever gives out its seats stands in line here."""
    found = tenancy.select(LOCK, run_id)
    if not found:
        raise NotFound()
    run = Run.from_db("default", COLUMNS, found[0])
    run.line = json.loads(found[0][COLUMNS.index("line")])
    return access.require(ctx, right, run)


def lock_run_with_siblings(ctx: Context, run_id: int, right: str) -> Run:
    """The run, with all runs of its measure locked by id: what is kept for whom is shared between them."""
    seen = access.fetch(ctx, Run.objects.all(), run_id, right)
    siblings = Run.objects.filter(tenant_id=seen.tenant_id, measure_id=seen.measure_id)
    locked: dict[int, Run] = {run.pk: run for run in siblings.select_for_update(no_key=True).order_by("id")}
    return locked[run_id]


def policy_of(run: Run) -> PolicyInput:
    """What the office has declared for the run, or the usual."""
    found = SeatPolicy.objects.filter(run_id=run.pk).first()
    names = PolicyInput.__dataclass_fields__
    return PolicyInput(**{name: getattr(found, name) for name in names}) if found else PolicyInput()


def starts_on(run: Run) -> date:
    return run.starts_at.astimezone(NORWAY).date()


def kept_line(ctx: Context, run: Run) -> Line | None:
    """The line as the run's row keeps it; None where it was never settled or a day has turned since."""
    if not run.line:
        return None
    line = rules.of_row(run.line, run.max_seats)
    return line if line.chairs.released == (ctx.today >= line.release_on) else None


def place_last(ctx: Context, run: Run, entry: Entry) -> tuple[Line, Ruling] | None:
    """What one who comes last gets, and the line with it. None where the line must be walked."""
    line = kept_line(ctx, run)
    if line is None or (line.groups_wait and run.waiting) or entry.number != run.last_number:
        return None
    ruling = rules.give_one(line.chairs, line.used, run.waiting, entry)
    if ruling is None:
        return None
    used = {**line.used, entry.municipality: line.used.get(entry.municipality, 0) + 1} if ruling.seated else line.used
    return replace(line, used=used, step=line.step + 1), ruling


def settle(ctx: Context, run: Run, *, fresh: Collection[int] = (), acts: Iterable[Done] = ()) -> dict[int, Ruling]:
    """Give out the seats of a locked run by the rules, log each decision, and tell those it concerns.

    Crosses the borders between the municipalities that take part, on purpose: the line is one for all.
    Each is told within its own municipality. `fresh`: sign-ups approved just now, told whatever they got.
    """
    whole = whole_run(ctx, run, run.municipalities)
    acts = list(acts)
    with tenant_scope(whole):
        policy = policy_of(run)
        released_on = rules.day_of_release(run.deadline, policy.release_on)
        chairs = Chairs(
            run.max_seats,
            dict(Quota.objects.filter(run_id=run.pk).values_list("municipality_id", "seats")),
            ctx.today >= released_on,
            policy.office_seats,
            policy.statutory_first,
            rules.offers_are_made(starts_on(run), policy.offer_days, ctx.today),
        )
        columns = ("id", "tenant_id", "queue_number", "status", "place", "why", "first", "group")
        standing = list(
            Signup.objects.filter(run_id=run.pk, status__in=[ASKED, SEATED, WAITING, OFFERED]).values_list(*columns)
        )
        groups_pending = {group for *_, status, _place, _why, _first, group in standing if status == ASKED and group}
        before = {row[0]: row for row in standing if row[3] != ASKED}
        entries = [
            Entry(
                pk, tenant, number, status in (SEATED, OFFERED), first, group, group in groups_pending,
                fresh=pk in fresh,
            )
            for pk, tenant, number, status, _place, _why, first, group in before.values()
        ]  # fmt: skip
        rulings = {ruling.id: ruling for ruling in rules.give_out(chairs, entries)}
        used = Counter(one.municipality for one in entries if one.seated or rulings[one.id].seated)
        step = run.line.get("step", 0) + 1
        until = rules.offer_ends(ctx.now, policy.offer_hours, run.starts_at)
        log = [_chairs_row(run, chairs)] if _chairs_changed(run, chairs) else []
        log += _act_rows(acts, rulings, before)
        acted = {one.signup_id for one in acts}
        moved, told = [], []
        for ruling in rulings.values():
            _, tenant_id, _, _, place, why, *_ = before[ruling.id]
            status = _status(ruling)
            if ruling.seated or (ruling.place, ruling.ground) != (place, why):
                moved.append(_moved(ruling, tenant_id, until))
            if ruling.id not in acted and (ruling.seated or ruling.ground != why):
                log.append(_row("", ruling.id, tenant_id, status, ruling.place, ruling.ground, _numbers(ruling)))
            if ruling.seated or ruling.id in fresh:
                told.append((ruling.id, tenant_id, status, ruling.ground.value))
        if moved:
            tenancy.select(MOVE, json.dumps(moved))
        write_log(run, step, ctx.now, log)
        tell_all(ctx, run, told)
    run.seats_taken = sum(used.values())
    run.waiting = sum(not ruling.seated for ruling in rulings.values())
    groups_wait = any(one.group is not None and not rulings[one.id].seated for one in entries if not one.seated)
    run.line = rules.to_row(Line(chairs, used, step, released_on, policy.needs_approval, groups_wait))
    run.save(update_fields=["seats_taken", "waiting", "last_number", "municipalities", "line"])
    return rulings


def log_cancelled(ctx: Context, run: Run, gone: Iterable[tuple[int, int]]) -> None:
    """The run is called off: everybody's sign-up ends in one step. With all of them in sight."""
    step = run.line.get("step", 0) + 1
    ended = SignupStatus.WITHDRAWN
    rows = [_row(SeatAct.CANCELLED, key, tenant, ended, None, rules.RUN_CANCELLED, {}) for key, tenant in gone]
    write_log(run, step, ctx.now, rows)
    run.line = {}
    run.save(update_fields=["line"])


def log_end(ctx: Context, run: Run, done: Done) -> None:
    """One who had neither seat nor place is gone: logged, and nobody else is moved."""
    step = run.line.get("step", 0) + 1
    write_log(run, step, ctx.now, [_row(done.act, done.signup_id, done.tenant_id, done.status, None, done.rule, {})])
    run.line = {**run.line, "step": step}
    run.save(update_fields=["line"])


def write_log(run: Run, step: int, now: datetime, rows: list[dict[str, Any]]) -> None:
    if rows:
        tenancy.select(LOG, run.tenant_id, run.pk, step, now, json.dumps(rows))


def number_of(signup: Signup) -> dict[str, Any]:
    """What the rules must know of a sign-up, for the log to be read by itself."""
    told: dict[str, Any] = {"number": signup.queue_number}
    if signup.first:
        told["first"] = True
    if signup.group is not None:
        told["group"] = signup.group
    return told


def numbers_of(signup: Signup, ruling: Ruling) -> dict[str, Any]:
    return {**number_of(signup), **_numbers(ruling)}


def _numbers(ruling: Ruling) -> dict[str, Any]:
    return {"taken": ruling.taken, "free": ruling.free, "left": ruling.left}


def _status(ruling: Ruling) -> SignupStatus:
    return (OFFERED if ruling.offered else SEATED) if ruling.seated else WAITING


def _row(
    act: str, signup_id: int | None, tenant_id: int, status: str, place: int | None, rule: str, numbers: Any
) -> dict[str, Any]:
    return {
        "act": act, "signup": signup_id, "tenant": tenant_id, "status": status, "place": place, "rule": str(rule),
        "numbers": numbers,
    }  # fmt: skip


def _moved(ruling: Ruling, tenant_id: int, until: datetime) -> dict[str, Any]:
    return {
        "tenant": tenant_id, "id": ruling.id, "status": _status(ruling), "place": ruling.place,
        "why": ruling.ground.value, "offer_until": until.isoformat() if ruling.offered else None,
    }  # fmt: skip


def _chairs_row(run: Run, chairs: Chairs) -> dict[str, Any]:
    return _row(SeatAct.CHAIRS, None, run.tenant_id, "", None, "", rules.chairs_told(chairs))


def _chairs_changed(run: Run, chairs: Chairs) -> bool:
    told = rules.chairs_told(chairs)
    return {name: run.line.get(name) for name in told} != told


def _act_rows(acts: list[Done], rulings: Mapping[int, Ruling], before: Mapping[int, Any]) -> list[dict[str, Any]]:
    rows = []
    for one in acts:
        ruling = rulings.get(one.signup_id)
        if one.status or ruling is None:
            rows.append(_row(one.act, one.signup_id, one.tenant_id, one.status, None, one.rule, dict(one.numbers)))
        else:
            numbers = {**one.numbers, **_numbers(ruling)}
            rows.append(
                _row(one.act, one.signup_id, one.tenant_id, _status(ruling), ruling.place, ruling.ground, numbers)
            )
    return rows


def tell(ctx: Context, run: Run, signup_id: int, tenant_id: int, status: SignupStatus, why: str) -> None:
    """Publish what became of a sign-up, with only its own municipality and the region in sight."""
    tell_all(ctx, run, [(signup_id, tenant_id, status, why)])


def tell_all(ctx: Context, run: Run, told: Iterable[tuple[int, int, SignupStatus, str]]) -> None:
    publish_all(
        [
            (
                whole_run(ctx, run, [tenant_id]),
                SignupSettled(tenant_id=tenant_id, run_id=run.pk, signup_id=signup_id, status=status.value, why=why),
            )
            for signup_id, tenant_id, status, why in told
        ]
    )


def fit_quotas(ctx: Context, region_id: int, measure_id: int) -> None:
    """Share what the municipalities have ordered over the measure's open runs, the earliest run first."""
    region = organisation.find_region_of(frozenset({region_id}), ctx.today)
    if region is None:
        raise NotFound()
    whole = system_context("quotas follow the orders", set(region.tenants), ctx.now)
    with tenant_scope(whole):
        left = orders.count_seats_by_municipality(whole, measure_id=measure_id)
        runs = list(
            Run.objects.filter(measure_id=measure_id, status__in=[RunStatus.OPEN, RunStatus.HELD])
            .select_for_update(no_key=True)
            .order_by("id")
        )
        held = [run.pk for run in runs if run.status == RunStatus.HELD]
        for municipality, seats in Quota.objects.filter(run_id__in=held).values_list("municipality_id", "seats"):
            left[municipality] = left.get(municipality, 0) - seats
        office = dict(SeatPolicy.objects.filter(run__in=runs).values_list("run_id", "office_seats"))
        for run in runs:
            if run.pk in held:
                continue
            given = rules.fit_quotas(left, run.max_seats - office.get(run.pk, 0))
            Quota.objects.filter(run=run).exclude(municipality_id__in=given).delete()
            for municipality, seats in given.items():
                left[municipality] -= seats
                Quota.objects.update_or_create(
                    tenant_id=run.tenant_id, run=run, municipality_id=municipality, defaults={"seats": seats}
                )
            settle(ctx, run)


def whole_run(ctx: Context, run: Run, municipalities: Collection[int]) -> Context:
    """The system, giving out this run's seats: it is nobody's act towards the next in line."""
    tenants = frozenset({run.tenant_id, *municipalities})
    reason = f"seats of {run.reference}"
    return Context(system_context(reason, tenants, ctx.now).actor, tenants, ctx.now, ctx.correlation_id)
