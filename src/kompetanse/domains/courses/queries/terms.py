"""What a run's terms say, to whom, and what they have led to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Q, Sum

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role, WrittenForm
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.kernel.money import Money

from ..events import DecisionNears
from ..models import Run, Signup
from ..models.terms import Charge, RunDecision, RunMove, RunTermsChoice, Terms, TermsTier
from ..permissions import Right
from ..rules import terms as rules
from ..types import SEATED, PersonalLetter, RunStatus, SignupStatus
from ..types.terms import (
    Act,
    ChargeRow,
    Consequence,
    DueRow,
    RunTerms,
    TermsInput,
    TermsRow,
    Tier,
    Timing,
    WaiveGround,
)


@query
def list_terms(ctx: Context) -> list[TermsRow]:
    """The latest version of each set of terms in sight, by name. Two queries."""
    found = Terms.objects.filter(access.rows(ctx.actor, Right.TERMS_READ)).order_by("tenant_id", "name", "-version")
    return terms_rows(found.distinct("tenant_id", "name"))


@query
def get_run_terms(ctx: Context, *, run_id: int, choosing: bool = False) -> RunTerms:
    """What holds for who signs up for a run now; with `choosing` also what there is to choose. Raises NotFound."""
    run = access.fetch(ctx, Run.objects.all(), run_id, Right.RUN_READ)
    choice = latest_choice(run_id)
    terms = terms_rows([choice.terms])[0] if choice and choice.terms else None
    fee = Money(choice.fee_ore if choice else 0)
    timing = Timing(run.starts_at)
    is_coming = run.status in (RunStatus.PLANNED, RunStatus.OPEN)
    said = _said(terms.told, fee, ctx.now, timing) if terms and is_coming else ()
    may_manage = bool(access.answer(ctx.actor, Right.RUN_MANAGE, run))
    decision = RunDecision.objects.filter(run_id=run_id).first() if may_manage else None
    return RunTerms(
        run_id, run.reference, run.title, terms, fee.ore, said,
        rules.decide_on(terms.told if terms else None, run.starts_at), decision.decided_at if decision else None,
        run.seats_taken, run.min_seats, may_manage, is_coming,
        tuple(row for row in list_terms(ctx) if row.region_id == run.tenant_id) if choosing else (),
        str(choice.pk) if choice else "",
    )  # fmt: skip


@query
def list_consequences(ctx: Context, *, signup_id: int) -> tuple[Consequence, ...]:
    """What withdrawing now, being replaced and staying away cost, by the terms of this sign-up.

    Nothing is said where the sign-up has no seat yet, for then withdrawing is free; or no terms. Raises NotFound,
    Refused.
    """
    signup = access.fetch(
        ctx, Signup.objects.select_related("run", "employee", "unit"), signup_id, Right.SIGNUP_WITHDRAW
    )  # fmt: skip
    if signup.status != SignupStatus.SEATED:
        return ()
    found = agreed(signup.run, [signup]).get(signup.pk)
    return _said(found[0].told, found[1], ctx.now, timing_of(signup.run, signup)) if found else ()


@query
def list_charges(ctx: Context, *, run_id: int | None = None) -> list[ChargeRow]:
    """Charges the actor may see, the newest first; of one run where it is named. One query."""
    found = Charge.objects.filter(access.rows(ctx.actor, Right.CHARGE_READ))
    if run_id is not None:
        found = found.filter(run_id=run_id)
    found = found.select_related("tenant", "run", "employee").order_by("-arisen_at", "-id")
    may_waive = access.possible(ctx.actor, Right.CHARGE_WAIVE)
    return [
        ChargeRow(
            row.pk, row.run_id, row.run.title, row.employee.name, row.tenant.name, Act(row.act),
            row.amount_ore, row.days_left, row.arisen_at, row.documented_by, row.waived_at,
            WaiveGround(row.waive_ground) if row.waive_ground else None, row.waive_reason, may_waive,
        )
        for row in found
    ]  # fmt: skip


@query
def list_dues(ctx: Context, *, run_ids: Collection[int]) -> list[DueRow]:
    """What each municipality has used of these runs, added up. For the office, which settles. Raises NotFound.

    A seat is one that was given, also to who stayed away. The fee is for who came, or is to come while the run is
    not held yet; what the others pay is in the charges. As many queries for any number of people.
    """
    runs = list(Run.objects.filter(access.rows(ctx.actor, Right.RUN_MANAGE), pk__in=run_ids))
    if {run.pk for run in runs} != set(run_ids):
        raise NotFound()
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    coming = (SignupStatus.SEATED, SignupStatus.ATTENDED)
    for run in runs:
        seated = Signup.objects.filter(run_id=run.pk, status__in=sorted(SEATED))
        counts = seated.values_list("tenant_id").annotate(n=Count("id"), came=Count("id", filter=Q(status__in=coming)))
        for tenant_id, seats, participants in counts:
            sums[tenant_id][0] += seats
            sums[tenant_id][1] += participants
        for tenant_id, fee_ore in _fees(run, seated.filter(status__in=coming)):
            sums[tenant_id][2] += fee_ore
    charges = Charge.objects.filter(run_id__in=[run.pk for run in runs], waived_at=None)
    for tenant_id, ore in charges.values_list("tenant_id").annotate(Sum("amount_ore")):
        sums[tenant_id][3] += ore
    return [DueRow(tenant_id, *found) for tenant_id, found in sorted(sums.items())]


@query
def list_warnings(ctx: Context, *, event: DecisionNears) -> list[PersonalLetter]:
    """Letters to those of the office that hold an account: which run must be decided, by when, and how it stands."""
    run = Run.objects.get(pk=event.run_id)
    region = organisation.find_region_of(frozenset({run.tenant_id}), ctx.today)
    forms = {town.written_form for town in region.municipalities} if region else set()
    language = "nn" if forms == {WrittenForm.NYNORSK} else "nb"
    holders = organisation.list_role_holders(
        ctx, tenant_id=run.tenant_id, roles=frozenset({Role.COURSE_ADMINISTRATOR})
    )  # fmt: skip
    letter = rules.warning(language, run.title, run.reference, event.decide_on, event.seats, event.least)
    cause = f"decide-{run.pk}-{event.decide_on:%Y-%m-%d}"
    return [
        PersonalLetter(run.tenant_id, who.person_id, who.email, language, letter.subject, letter.body, cause)
        for who in holders
    ]  # fmt: skip


def _fees(run: Run, signups: Iterable[Signup]) -> list[tuple[int, int]]:
    """(municipality, øre) for each sign-up, by the fee that held when it was made."""
    choices = choices_of(run.pk)
    if not any(choice.fee_ore for choice in choices):
        return []
    made = signups.values_list("tenant_id", "asked_at")  # type: ignore[attr-defined]
    return [(tenant, found.fee_ore) for tenant, asked in made if (found := at_the_time(choices, asked))]


def agreed(run: Run, signups: Iterable[Signup]) -> dict[int, tuple[TermsRow, Money]]:
    """The terms and the fee that each sign-up was made on, by its id; those made without terms are left out."""
    choices = choices_of(run.pk)
    rows = {
        row.id: row
        for row in terms_rows({choice.terms_id: choice.terms for choice in choices if choice.terms}.values())
    }
    found = {}
    for signup in signups:
        choice = at_the_time(choices, signup.asked_at)
        if choice is not None and choice.terms_id is not None:
            found[signup.pk] = (rows[choice.terms_id], Money(choice.fee_ore))
    return found


def timing_of(run: Run, signup: Signup, moves: Sequence[datetime] | None = None) -> Timing:
    """When the run starts, and when it was last moved since the person signed up."""
    if moves is None:
        moves = moves_of(run.pk)
    return Timing(run.starts_at, next((moved for moved in moves if moved > signup.asked_at), None))


def moves_of(run_id: int) -> list[datetime]:
    """When a run was moved, the last first."""
    return list(RunMove.objects.filter(run_id=run_id).order_by("-moved_at").values_list("moved_at", flat=True))


def choices_of(run_id: int) -> list[RunTermsChoice]:
    """What a run has had of terms, in time order."""
    return list(RunTermsChoice.objects.filter(run_id=run_id).select_related("terms").order_by("chosen_at", "id"))


def latest_choice(run_id: int) -> RunTermsChoice | None:
    found: RunTermsChoice | None = (
        RunTermsChoice.objects.filter(run_id=run_id).select_related("terms").order_by("-chosen_at", "-id").first()
    )
    return found


def at_the_time(choices: Sequence[RunTermsChoice], asked_at: datetime) -> RunTermsChoice | None:
    """The last that was chosen by then."""
    return next((choice for choice in reversed(choices) if choice.chosen_at <= asked_at), None)


def terms_rows(found: Iterable[Terms]) -> list[TermsRow]:
    """Versions with their tiers. One query more."""
    rows = list(found)
    tiers: dict[int, list[Tier]] = defaultdict(list)
    columns = ("terms_id", "below_days", "percent", "minimum_ore")
    for terms_id, *told in TermsTier.objects.filter(terms__in=[row.pk for row in rows]).values_list(*columns):
        tiers[terms_id].append(Tier(*told))
    return [
        TermsRow(
            row.pk, row.tenant_id, row.version, row.made_at,
            TermsInput(
                row.name, tuple(reversed(rules.by_time(tiers[row.pk]))), row.stay_away_percent, row.stay_away_ore,
                row.replacing_is_free, row.documented_days, row.decide_days, row.moved_days,
            ),
        )
        for row in rows
    ]  # fmt: skip


def _said(terms: TermsInput, fee: Money, now: datetime, timing: Timing) -> tuple[Consequence, ...]:
    """All that a person should know before acting, the nearest first."""
    acts = [Act.WITHDRAW, Act.BE_REPLACED, Act.STAY_AWAY]
    if terms.documented_days is not None:
        acts.append(Act.DOCUMENTED)
    told = [rules.consequence(terms, fee, act, now, timing) for act in (*acts, Act.CALLED_OFF)]
    # A replacement that costs what withdrawing costs is told with it.
    return tuple(it for it in told if it.act is not Act.BE_REPLACED or not it.amount.ore)
