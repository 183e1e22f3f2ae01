"""Terms: made in versions, chosen for runs, and what follows when somebody withdraws late or stays away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from ..events import (
    ChargeArose,
    ChargeWaived,
    DecisionNears,
    RunDecided,
    RunMoved,
    RunTermsChosen,
    TermsMade,
)
from ..models import Run, Signup
from ..models.terms import Charge, RunDecision, RunMove, RunTermsChoice, Terms, TermsTier
from ..permissions import Right
from ..queries import terms as queries
from ..rules import terms as rules
from ..types import RunCannotBeChanged, RunStatus
from ..types.terms import (
    Act,
    ChargeIsWaived,
    DocumentationDoesNotHelp,
    DocumentationIsLate,
    RunIsDecided,
    TermsAreOfAnotherRegion,
    TermsInput,
    TooFewWithoutReason,
    WaiveGround,
    WaivingNeedsReason,
)
from .seating import lock_run

WARN_DAYS = 3


@operation
def make_terms(ctx: Context, *, region_id: int, terms: TermsInput) -> int:
    """Make a set of terms, or its next version where the name is taken; what is made never changes. Gives its id.

    Raises Refused, TermsAreIncomplete, TiersAreImpossible, FeeIsImpossible, DaysAreImpossible.
    """
    name = " ".join(terms.name.split())
    told = TermsInput(
        name, terms.tiers, terms.stay_away_percent, terms.stay_away_ore, terms.replacing_is_free,
        terms.documented_days, terms.decide_days, terms.moved_days,
    )  # fmt: skip
    row = Terms(
        tenant_id=region_id, name=name, stay_away_percent=told.stay_away_percent, stay_away_ore=told.stay_away_ore,
        replacing_is_free=told.replacing_is_free, documented_days=told.documented_days, decide_days=told.decide_days,
        moved_days=told.moved_days, made_at=ctx.now, made_by=ctx.actor.person_id,
    )  # fmt: skip
    access.require(ctx, Right.TERMS_MANAGE, row)
    rules.require_terms(told)
    earlier = (
        Terms.objects.filter(tenant_id=region_id, name=name).order_by("-version").values_list("version", flat=True)
    )
    row.version = (earlier.first() or 0) + 1
    row.save(force_insert=True)
    TermsTier.objects.bulk_create(
        TermsTier(
            tenant_id=region_id, terms=row, below_days=tier.below_days, percent=tier.percent,
            minimum_ore=tier.minimum_ore,
        )
        for tier in told.tiers
    )  # fmt: skip
    publish(ctx, TermsMade(tenant_id=region_id, terms_id=row.pk, version=row.version))
    return int(row.pk)


@operation
def choose_terms(ctx: Context, *, run_id: int, terms_id: int | None, fee_ore: int = 0) -> None:
    """From now on who signs up for the run does so on these terms and this fee; who has signed up keeps theirs.

    Raises NotFound, Refused, RunCannotBeChanged, FeeIsImpossible, TermsAreOfAnotherRegion.
    """
    run = lock_run(ctx, run_id, Right.RUN_MANAGE)
    if run.status not in (RunStatus.PLANNED, RunStatus.OPEN):
        raise RunCannotBeChanged()
    rules.require_fee(fee_ore)
    if terms_id is not None:
        terms = access.fetch(ctx, Terms.objects.all(), terms_id, Right.TERMS_READ)
        if terms.tenant_id != run.tenant_id:
            raise TermsAreOfAnotherRegion()
    latest = queries.latest_choice(run_id)
    if latest is not None and (latest.terms_id, latest.fee_ore) == (terms_id, fee_ore):
        return
    RunTermsChoice.objects.create(
        tenant_id=run.tenant_id, run=run, terms_id=terms_id, fee_ore=fee_ore, chosen_at=ctx.now,
        chosen_by=ctx.actor.person_id,
    )  # fmt: skip
    publish(ctx, RunTermsChosen(tenant_id=run.tenant_id, run_id=run_id, terms_id=terms_id, fee_ore=fee_ore))


@operation
def decide_go(ctx: Context, *, run_id: int, reason: str = "") -> None:
    """It is decided that the run is held; with fewer than the least, with why. Else it is cancelled: `cancel_run`.

    Raises NotFound, Refused, RunCannotBeChanged, RunIsDecided, TooFewWithoutReason.
    """
    run = lock_run(ctx, run_id, Right.RUN_MANAGE)
    if run.status != RunStatus.OPEN:
        raise RunCannotBeChanged()
    if RunDecision.objects.filter(run_id=run_id).exists():
        raise RunIsDecided()
    why = reason.strip()[:500]
    if run.seats_taken < run.min_seats and not why:
        raise TooFewWithoutReason(taken=run.seats_taken, least=run.min_seats)
    RunDecision.objects.create(
        tenant_id=run.tenant_id, run=run, seats_taken=run.seats_taken, min_seats=run.min_seats, reason=why,
        decided_at=ctx.now, decided_by=ctx.actor.person_id,
    )  # fmt: skip
    publish(ctx, RunDecided(tenant_id=run.tenant_id, run_id=run_id, seats=run.seats_taken))


@operation
def warn_of_decisions(ctx: Context, *, region_id: int) -> int:
    """Tell of the runs whose go or no-go is due within three days and is not decided. Gives how many.

    For the clock; told again on another night, the office is still written to once.
    """
    access.require(ctx, Right.RUN_MANAGE, Run(tenant_id=region_id))
    far = ctx.now + timedelta(days=366)
    coming = Run.objects.filter(tenant_id=region_id, status=RunStatus.OPEN, starts_at__gt=ctx.now, starts_at__lte=far)
    told = 0
    for run in coming.exclude(pk__in=RunDecision.objects.values("run_id")).order_by("id"):
        choice = queries.latest_choice(run.pk)
        if choice is None or choice.terms is None:
            continue
        due = rules.decide_on(queries.terms_rows([choice.terms])[0].told, run.starts_at)
        if due is None or not due - timedelta(days=WARN_DAYS) <= ctx.today <= due:
            continue
        told += 1
        publish(
            ctx,
            DecisionNears(
                tenant_id=region_id, run_id=run.pk, decide_on=due, seats=run.seats_taken, least=run.min_seats
            ),
        )
    return told


@operation
def waive_charge(ctx: Context, *, charge_id: int, ground: WaiveGround, reason: str = "") -> None:
    """A charge falls away: absence was documented in time, or for another reason that is written down.

    What kept the person away is not kept. Raises NotFound, Refused, ChargeIsWaived, WaivingNeedsReason,
    DocumentationIsLate, DocumentationDoesNotHelp.
    """
    charge = access.fetch(ctx, Charge.objects.select_related("signup", "employee"), charge_id, Right.CHARGE_WAIVE)
    charge = Charge.objects.select_for_update(of=("self",), no_key=True).get(pk=charge.pk)
    if charge.waived_at is not None:
        raise ChargeIsWaived()
    why = reason.strip()[:300]
    if ground is WaiveGround.DOCUMENTED:
        if charge.documented_by is None:
            raise DocumentationDoesNotHelp()
        if ctx.today > charge.documented_by:
            raise DocumentationIsLate(day=f"{charge.documented_by:%d.%m.%Y}")
        why = ""
    elif not why:
        raise WaivingNeedsReason()
    _waive(ctx, charge, ground, why)


def note_move(ctx: Context, run: Run, starts_at: datetime) -> None:
    """A locked run is about to get another start: who has signed up by now may withdraw for free for some days."""
    if run.status == RunStatus.OPEN and starts_at != run.starts_at:
        RunMove.objects.create(tenant_id=run.tenant_id, run=run, was=run.starts_at, became=starts_at, moved_at=ctx.now)
        publish(ctx, RunMoved(tenant_id=run.tenant_id, run_id=run.pk))


def charge_withdrawal(ctx: Context, run: Run, signup: Signup, *, had_seat: bool) -> None:
    """Somebody gave up a place on a locked run. Who only waited owes nothing."""
    if had_seat:
        _charge(ctx, run, [signup], Act.WITHDRAW)


def charge_replacement(ctx: Context, run: Run, signup: Signup) -> None:
    """Another takes the seat of this sign-up: free where the terms say so, else as withdrawing."""
    _charge(ctx, run, [signup], Act.BE_REPLACED)


def follow_attendance(ctx: Context, run: Run, *, came: Iterable[Signup], stayed_away: Iterable[Signup]) -> None:
    """Attendance was recorded or corrected: who stayed away is charged, and who was there after all is not."""
    _charge(ctx, run, list(stayed_away), Act.STAY_AWAY)
    there = [row.pk for row in came]
    standing = Charge.objects.filter(signup_id__in=there, act=Act.STAY_AWAY, waived_at=None)
    for charge in standing.select_for_update(no_key=True).order_by("id"):
        _waive(ctx, charge, WaiveGround.CORRECTED, "")


def _charge(ctx: Context, run: Run, signups: list[Signup], act: Act) -> None:
    if not signups:
        return
    agreed = queries.agreed(run, signups)
    moves = queries.moves_of(run.pk) if agreed else []
    standing = Charge.objects.filter(signup_id__in=agreed, act=act, waived_at=None)
    done = set(standing.values_list("signup_id", flat=True)) if agreed else set()
    for signup in signups:
        if signup.pk not in agreed or signup.pk in done:
            continue
        terms, fee = agreed[signup.pk]
        due = rules.consequence(terms.told, fee, act, ctx.now, queries.timing_of(run, signup, moves))
        if not due.amount.ore:
            continue
        charge = Charge.objects.create(
            tenant_id=signup.tenant_id, region_id=run.tenant_id, run=run, signup=signup,
            employee_id=signup.employee_id, terms_id=terms.id, act=act,
            amount_ore=due.amount.ore, days_left=rules.days_left(ctx.now, run.starts_at), arisen_at=ctx.now,
            documented_by=rules.documented_by(terms.told, ctx.now),
        )  # fmt: skip
        publish(
            ctx,
            ChargeArose(
                tenant_id=signup.tenant_id, run_id=run.pk, signup_id=signup.pk, charge_id=charge.pk,
                amount_ore=charge.amount_ore,
            ),
        )  # fmt: skip


def _waive(ctx: Context, charge: Charge, ground: WaiveGround, why: str) -> None:
    charge.waived_at, charge.waived_by = ctx.now, ctx.actor.person_id
    charge.waive_ground, charge.waive_reason = ground, why
    charge.save(update_fields=["waived_at", "waived_by", "waive_ground", "waive_reason"])
    publish(
        ctx,
        ChargeWaived(
            tenant_id=charge.tenant_id, run_id=charge.run_id, charge_id=charge.pk, amount_ore=charge.amount_ore
        ),
    )
