"""What a pool's own numbers say, with small ones taken out first: everything after this knows only what may be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from kompetanse.domains.priorities.types import HIGHEST, Criterion, Facts, PeopleClass
from kompetanse.kernel.suppression import LEAST

Share = tuple[int, int | None, bool]  # municipality, people where known, statutory

# A municipality with few people, or that has not said how many, counts as so many: the same whatever it has.
_FEW = 2
_FROM = ((100, PeopleClass.MOST), (30, PeopleClass.MANY), (10, PeopleClass.SOME), (0, PeopleClass.FEW))
_LEVEL = {PeopleClass.FEW: 0, PeopleClass.SOME: 1, PeopleClass.MANY: 2, PeopleClass.MOST: 3}


def facts_of(shares: Iterable[Share]) -> Facts:
    """A pool in numbers. What depends on a count under five is the same for every count under five."""
    people: dict[int, int] = defaultdict(int)
    statutory: set[int] = set()
    for municipality, count, is_statutory in shares:
        people[municipality] += count or 0
        if is_statutory:
            statutory.add(municipality)
    told = [count for count in people.values() if count >= LEAST]
    return Facts(len(people), len(statutory), sum(told), len(people) - len(told))


def people_class(facts: Facts) -> PeopleClass:
    """About how many the pool is for."""
    about = facts.people_told + _FEW * facts.hidden
    return next(size for least, size in _FROM if about >= least)


def read_scores(facts: Facts, *, members: int) -> Mapping[Criterion, Fraction]:
    """The criteria that nobody needs to score, on the scale of the rest. `members` is how many the region has."""
    of = max(members, facts.municipalities, 1)
    return {
        Criterion.STATUTORY: Fraction(HIGHEST * facts.statutory, of),
        Criterion.MUNICIPALITIES: Fraction(HIGHEST * facts.municipalities, of),
        Criterion.PEOPLE: Fraction(_LEVEL[people_class(facts)]),
    }
