"""Via the forum or direct: the first rule that fits decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kompetanse.domains.orders.types.guidelines import (
    MOST_RULES,
    REASON_LENGTH,
    Facts,
    GuidelineInput,
    GuidelineIsEmpty,
    GuidelineRow,
    GuidelineStartsTooEarly,
    Route,
    Rule,
    RuleIsImpossible,
    RuleIsTurned,
    Ruling,
)
from kompetanse.kernel.text_marker import N_

NO_GUIDELINE = N_(
    "Regionen har ingen retningslinjer for bestillinger denne dagen, så bestillingen går rett til kurskontoret."
)
NO_RULE = {
    Route.DIRECT: N_("Ingen av reglene gjelder denne bestillingen. Da går den rett til kurskontoret."),
    Route.FORUM: N_("Ingen av reglene gjelder denne bestillingen. Da avgjøres den i forumet."),
}
_MOST = 2**31 - 1


def fits(rule: Rule, facts: Facts) -> bool:
    """Whether every condition of the rule is met."""
    return (
        (not rule.kinds or facts.kind in rule.kinds)
        and _within(facts.cost_ore, rule.cost_from_ore, rule.cost_below_ore)
        and _within(facts.minutes, rule.minutes_from, rule.minutes_below)
        and _within(facts.municipalities, rule.municipalities_from, None)
        and rule.in_plan in (None, facts.in_plan)
        and rule.statutory in (None, facts.statutory)
    )


def _within(value: int, least: int | None, below: int | None) -> bool:
    return (least is None or value >= least) and (below is None or value < below)


def decide(rules: Sequence[Rule], otherwise: Route, facts: Facts, guideline_id: int | None = None) -> Ruling:
    """The first rule that fits, with its reason; else the way of all others."""
    for place, rule in enumerate(rules, start=1):
        if fits(rule, facts):
            return Ruling(rule.route, place, rule.reason_nb, rule.reason_nn, guideline_id)
    return Ruling(otherwise, None, NO_RULE[otherwise], "", guideline_id)


def decide_by(guideline: GuidelineRow | None, facts: Facts) -> Ruling:
    """The same, by the guidelines that hold; without any, an order goes straight to the office."""
    if guideline is None:
        return Ruling(Route.DIRECT, None, NO_GUIDELINE)
    return decide(guideline.rules, guideline.otherwise, facts, guideline.id)


def holding(guidelines: Sequence[GuidelineRow], day: date) -> GuidelineRow | None:
    """The version that holds a day."""
    for row in guidelines:
        if row.valid_from <= day and (row.valid_to is None or day < row.valid_to):
            return row
    return None


def check_guideline(told: GuidelineInput, first: date) -> GuidelineInput:
    """A version, if it makes sense and does not reach back in time.

    Raises GuidelineIsEmpty, GuidelineStartsTooEarly, RuleIsTurned or RuleIsImpossible.
    """
    if not 1 <= len(told.rules) <= MOST_RULES:
        raise GuidelineIsEmpty()
    if told.valid_from < first:
        raise GuidelineStartsTooEarly(first=first.strftime("%d.%m.%Y"))
    for place, rule in enumerate(told.rules, start=1):
        _check_rule(rule, place)
    return told


def _check_rule(rule: Rule, place: int) -> None:
    reasons = (rule.reason_nb.strip(), rule.reason_nn.strip())
    limits = (rule.cost_from_ore, rule.cost_below_ore, rule.minutes_from, rule.minutes_below, rule.municipalities_from)
    if not reasons[0] or max(map(len, reasons)) > REASON_LENGTH:
        raise RuleIsImpossible(place=place)
    if any(limit is not None and not 0 <= limit <= _MOST * 100 for limit in limits):
        raise RuleIsImpossible(place=place)
    if any(limit is not None and limit > _MOST for limit in limits[2:4]) or (rule.municipalities_from or 0) > 1000:
        raise RuleIsImpossible(place=place)
    for least, below in (limits[:2], limits[2:4]):
        if least is not None and below is not None and least >= below:
            raise RuleIsTurned(place=place)
