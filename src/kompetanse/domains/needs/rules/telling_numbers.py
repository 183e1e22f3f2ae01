"""What is told of how many people a need is for. ADR 15 has the reasons.

The finest thing that anybody can move between pools is one need, so each need's number is told by itself, and every
sum is worked out from what is told: nothing can then be found by moving, splitting, filtering or waiting.
"""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.kernel.suppression import Shown, publish

_NOBODY = Shown(0, 0)


def told_of(people: int) -> Shown:
    """One need's number, to those who must not see small ones."""
    return publish({("need", "place"): {"required": people}}).cell("need", "place")


def exactly(people: int) -> Shown:
    return Shown(people, people)


def added(numbers: Iterable[Shown]) -> Shown:
    """A sum is as sure as what it is made of."""
    total = _NOBODY
    for it in numbers:
        total = Shown(total.least + it.least, total.most + it.most)
    return total
