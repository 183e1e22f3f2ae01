"""What an act costs by a run's terms. Days are days of the calendar in Norway, so no clock change moves a limit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kompetanse.kernel.money import Money
from kompetanse.kernel.text_marker import N_

from ..types.terms import (
    LONGEST_NAME,
    MOST_DAYS,
    MOST_FEE_ORE,
    MOST_TIERS,
    Act,
    Consequence,
    DaysAreImpossible,
    FeeIsImpossible,
    TermsAreIncomplete,
    TermsInput,
    Tier,
    TiersAreImpossible,
    Timing,
)
from .letters import Letter

NORWAY = ZoneInfo("Europe/Oslo")

FREE = N_("Det koster ikke noe å melde seg av.")
FREE_UNTIL = N_("Det koster ikke noe å melde seg av til og med %(last_day)s. Etter det koster det %(next)s.")
COSTS = N_("Melder du deg av i dag, koster det %(amount)s for kommunen.")
MOVED = N_("Kurset er flyttet. Du kan melde deg av uten kostnad til og med %(last_day)s.")
AWAY_FREE = N_("Det koster ikke noe om du ikke kommer, men plassen blir stående tom.")
AWAY_COSTS = N_("Kommer du ikke, koster det %(amount)s for kommunen.")
REPLACED_FREE = N_("En annen kan ta plassen uten at det koster noe.")
DOCUMENTED_FREE = N_("Er du forhindret og kan dokumentere det innen %(days)s dager, koster det ikke noe.")
CALLED_OFF = N_("Avlyses kurset, koster det ikke noe.")


def local_day(moment: datetime) -> date:
    """The day in Norway."""
    return moment.astimezone(NORWAY).date()


def days_left(when: datetime, starts_at: datetime) -> int:
    """Whole days of the calendar until the start: 0 on the day itself, negative after it."""
    return (local_day(starts_at) - local_day(when)).days


def consequence(terms: TermsInput, fee: Money, act: Act, when: datetime, timing: Timing) -> Consequence:
    """What the act costs at a moment, with the sentence that says so.

    Never less later than earlier while nothing is moved, and never more than `most`.
    """
    if act is Act.CALLED_OFF:
        return Consequence(act, Money(), CALLED_OFF)
    if act is Act.DOCUMENTED and terms.documented_days is not None:
        return Consequence(act, Money(), DOCUMENTED_FREE, {"days": terms.documented_days})
    if act is Act.BE_REPLACED and terms.replacing_is_free:
        return Consequence(act, Money(), REPLACED_FREE)
    if act in (Act.STAY_AWAY, Act.DOCUMENTED):
        amount = away(terms, fee)
        return Consequence(
            act, amount, AWAY_COSTS if amount.ore else AWAY_FREE, {"amount": amount} if amount.ore else {}
        )
    if (last := free_after_move(terms, timing)) is not None and local_day(when) <= last:
        return Consequence(act, Money(), MOVED, {"last_day": last})
    left = days_left(when, timing.starts_at)
    amount = cost_of(tier_at(terms, left), fee)
    if amount.ore:
        return Consequence(act, amount, COSTS, {"amount": amount})
    later = next(
        (tier for tier in reversed(by_time(terms.tiers)) if applies_later(tier, left) and cost_of(tier, fee).ore), None
    )
    if later is None or later.below_days is None:
        return Consequence(act, Money(), FREE)
    last_day = local_day(timing.starts_at) - timedelta(days=later.below_days)
    return Consequence(act, Money(), FREE_UNTIL, {"last_day": last_day, "next": cost_of(later, fee)})


def by_time(tiers: Iterable[Tier]) -> list[Tier]:
    """The last first: the fewest days before the start, at the end the one that always holds."""
    return sorted(tiers, key=lambda tier: MOST_DAYS + 1 if tier.below_days is None else tier.below_days)


def tier_at(terms: TermsInput, left: int) -> Tier | None:
    """The tier that holds with so many days left."""
    return next((tier for tier in by_time(terms.tiers) if not applies_later(tier, left)), None)


def applies_later(tier: Tier, left: int) -> bool:
    return tier.below_days is not None and left >= tier.below_days


def cost_of(tier: Tier | None, fee: Money) -> Money:
    """The tier's part of the fee, half an øre upwards, and at least its minimum."""
    return Money() if tier is None else Money(max(_part(fee, tier.percent), tier.minimum_ore))


def away(terms: TermsInput, fee: Money) -> Money:
    """What staying away costs: as much as withdrawing last, or its own part of the fee; and what comes on top."""
    last = cost_of(next(iter(by_time(terms.tiers)), None), fee)
    return Money(max(last.ore, _part(fee, terms.stay_away_percent)) + terms.stay_away_ore)


def most(terms: TermsInput, fee: Money) -> Money:
    """The most that any act can cost by these terms."""
    return away(terms, fee)


def free_after_move(terms: TermsInput, timing: Timing) -> date | None:
    """The last day on which withdrawing is free because the run was moved."""
    return None if timing.moved_at is None else local_day(timing.moved_at) + timedelta(days=terms.moved_days)


def documented_by(terms: TermsInput, arisen_at: datetime) -> date | None:
    """The last day to document absence."""
    return None if terms.documented_days is None else local_day(arisen_at) + timedelta(days=terms.documented_days)


def decide_on(terms: TermsInput | None, starts_at: datetime) -> date | None:
    """The day on which it must be decided whether the run is held."""
    if terms is None or terms.decide_days is None:
        return None
    return local_day(starts_at) - timedelta(days=terms.decide_days)


def require_terms(told: TermsInput) -> None:
    """Terms that can be kept. Raises TermsAreIncomplete, TiersAreImpossible, FeeIsImpossible, DaysAreImpossible."""
    if not 1 <= len(told.name) <= LONGEST_NAME or not told.name.isprintable():
        raise TermsAreIncomplete(limit=LONGEST_NAME)
    tiers = by_time(told.tiers)
    days = [tier.below_days for tier in tiers]
    if len(tiers) > MOST_TIERS or len(set(days)) < len(days):
        raise TiersAreImpossible()
    percents, minimums = [tier.percent for tier in tiers], [tier.minimum_ore for tier in tiers]
    falling = percents == sorted(percents, reverse=True) and minimums == sorted(minimums, reverse=True)
    if not falling or any(not 0 <= percent <= 100 for percent in [*percents, told.stay_away_percent]):
        raise TiersAreImpossible()
    if any(day is not None and not 0 <= day <= MOST_DAYS for day in days):
        raise TiersAreImpossible()
    for ore in (*minimums, told.stay_away_ore):
        require_fee(ore)
    for some in (told.documented_days, told.decide_days, told.moved_days):
        if some is not None and not 0 <= some <= MOST_DAYS:
            raise DaysAreImpossible()


def require_fee(ore: int) -> None:
    """An amount that a seat can cost. Raises FeeIsImpossible."""
    if not 0 <= ore <= MOST_FEE_ORE:
        raise FeeIsImpossible()


WARNINGS = {
    "nb": Letter(
        "Skal kurset holdes? %(title)s",
        "Hei.\n\nInnen %(day)s må det bestemmes om «%(title)s» (%(reference)s) skal holdes.\n\n"
        "%(seats)s har plass, og laveste antall er %(least)s.\n\nBestem det på siden om pris og vilkår for kurset, "
        "eller avlys kurset.",
    ),
    "nn": Letter(
        "Skal kurset haldast? %(title)s",
        "Hei.\n\nInnan %(day)s må det avgjerast om «%(title)s» (%(reference)s) skal haldast.\n\n"
        "%(seats)s har plass, og lågaste tal er %(least)s.\n\nAvgjer det på sida om pris og vilkår for kurset, "
        "eller avlys kurset.",
    ),
}


def warning(language: str, title: str, reference: str, day: date, seats: int, least: int) -> Letter:
    """To the office: it must soon be decided whether a run is held."""
    words = {"title": title, "reference": reference, "day": f"{day:%d.%m.%Y}", "seats": seats, "least": least}
    letter = WARNINGS[language]
    return Letter(letter.subject % words, letter.body % words)


def _part(fee: Money, percent: int) -> int:
    return (fee.ore * percent + 50) // 100
