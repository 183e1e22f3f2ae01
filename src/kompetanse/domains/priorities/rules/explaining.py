"""Why a pool stands where it does, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from kompetanse.domains.priorities.types import Criterion, Facts, PeopleClass, Standing
from kompetanse.kernel.text_marker import N_
from kompetanse.kernel.words import Words

from .reading import people_class

MOST_REASONS = 3
_HIGH, _LOW = Fraction(2), Fraction(1)
_PEOPLE = {
    PeopleClass.FEW: N_("gjelder under 10 personer"),
    PeopleClass.SOME: N_("gjelder 10–29 personer"),
    PeopleClass.MANY: N_("gjelder 30–99 personer"),
    PeopleClass.MOST: N_("gjelder 100 personer eller flere"),
}
_LIFTS = {
    Criterion.GOAL: N_("svarer godt på et strategisk mål"),
    Criterion.COST: N_("gir mye for pengene"),
    Criterion.FUNDING: N_("kan få penger utenfra"),
    Criterion.CAPACITY: N_("kan løses med folk i regionen"),
    Criterion.RISK: N_("alvorlig hvis det ikke gjøres"),
}
_HOLDS_BACK = {
    Criterion.STATUTORY: N_("trekkes ned: ikke lovpålagt"),
    Criterion.GOAL: N_("trekkes ned: svarer lite på målene"),
    Criterion.COST: N_("trekkes ned: koster mye per person"),
    Criterion.FUNDING: N_("trekkes ned: ingen penger utenfra"),
    Criterion.CAPACITY: N_("trekkes ned: ingen i regionen kan holde det"),
    Criterion.RISK: N_("trekkes ned: lite skjer om det utsettes"),
}


def why(
    standing: Standing,
    values: Mapping[Criterion, Fraction],
    facts: Facts,
    *,
    members: int,
    others: Collection[Facts],
) -> tuple[Words, ...]:
    """What lifts the pool most, and the weightiest that holds it back. `others` are the round's other pools."""
    order = list(Criterion)
    heaviest = sorted(standing.parts, key=lambda it: (-standing.parts[it], order.index(it)))
    said = [
        words
        for criterion in heaviest
        if standing.parts[criterion] > 0 and (words := _lift(criterion, values[criterion], facts, members, others))
    ][:MOST_REASONS]
    lacking = [
        criterion
        for criterion in heaviest
        if criterion in _HOLDS_BACK
        and (values[criterion] < _LOW if criterion is not Criterion.STATUTORY else not facts.statutory)
    ]
    return (*said, *(Words(_HOLDS_BACK[criterion]) for criterion in lacking[:1]))


def _lift(criterion: Criterion, value: Fraction, facts: Facts, members: int, others: Collection[Facts]) -> Words | None:
    if criterion is Criterion.STATUTORY:
        return Words(N_("lovpålagt for %(count)s av %(all)s kommuner"), {"count": facts.statutory, "all": members})
    if criterion is Criterion.MUNICIPALITIES:
        return Words(N_("%(count)s av %(all)s kommuner trenger det"), {"count": facts.municipalities, "all": members})
    if criterion is Criterion.PEOPLE:
        size = people_class(facts)
        sizes = list(PeopleClass)
        if others and all(sizes.index(people_class(it)) < sizes.index(size) for it in others):
            return Words(N_("flest folk"))
        return Words(_PEOPLE[size])
    return Words(_LIFTS[criterion]) if value >= _HIGH else None
