"""Who pays what, to the last øre. The parts always sum to the cost less the subsidies."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanse.kernel.money import split, split_fixed_first

from ..types import FEW, FIXED, Base, Key, Part, Place, Reckoning, SubsidyInput
from ..types.refusals import BaseIsMissing, NobodyTakesPart, NothingToShareBy, SubsidyIsTooBig


def reckon(
    cost_ore: int, subsidies: Sequence[SubsidyInput], key: Key, bases: Sequence[Base], fixed_ore: int = 0
) -> Reckoning:
    """Each one's part, in the order of `bases`.

    From the cost go the subsidies that come before the split, then the fees and charges that municipalities pay for
    their own people. What is left is shared by the key between those who take part; where fees and charges are more
    than the cost, it is the surplus that is given back by the key. Subsidies after the split go off the share of the
    one they are for, or equally off the shares of all who take part. What does not divide goes øre by øre to those
    who came closest to one more, the first of equals.

    Raises NobodyTakesPart, BaseIsMissing, NothingToShareBy, SubsidyIsTooBig.
    """
    sharing = [place for place, base in enumerate(bases) if base.takes_part]
    if not sharing:
        raise NobodyTakesPart()
    before = sum(_sum(it) for it in subsidies if it.place is Place.BEFORE)
    if before > cost_ore:
        raise SubsidyIsTooBig(whose="")
    left = cost_ore - before - sum(base.fee_ore + base.charge_ore for base in bases)
    parts, extra = _by_key(left, key, [bases[place] for place in sharing], fixed_ore)
    key_ore, residue, subsidy = [0] * len(bases), [0] * len(bases), [0] * len(bases)
    for place, ore, odd in zip(sharing, parts, extra, strict=True):
        key_ore[place], residue[place] = ore, odd
    for it in subsidies:
        if it.place is Place.AFTER:
            for place, ore in _after(it, bases, sharing):
                subsidy[place] += ore
    found = tuple(
        Part(base.municipality_id, base.fee_ore, base.charge_ore, key_ore[place], subsidy[place], residue[place])
        for place, base in enumerate(bases)
    )
    for base, part in zip(bases, found, strict=True):
        if part.subsidy_ore and part.amount_ore < 0:
            raise SubsidyIsTooBig(whose=f" ({base.name})")
    return Reckoning(cost_ore, sum(_sum(it) for it in subsidies), found)


def may_tell(own: int, of_all: int) -> bool:
    """May a municipality know what the key counts in all? Not where it would learn that the others have few."""
    return own == of_all or of_all - own >= FEW


def _sum(subsidy: SubsidyInput) -> int:
    return subsidy.planned_ore if subsidy.actual_ore is None else subsidy.actual_ore


def _after(subsidy: SubsidyInput, bases: Sequence[Base], sharing: Sequence[int]) -> list[tuple[int, int]]:
    if subsidy.municipality_id is None:
        parts, _ = split(_sum(subsidy), [1] * len(sharing))
        return list(zip(sharing, parts, strict=True))
    places = [place for place, base in enumerate(bases) if base.municipality_id == subsidy.municipality_id]
    if not places:
        raise SubsidyIsTooBig(whose="")
    return [(places[0], _sum(subsidy))]


def _by_key(ore: int, key: Key, bases: Sequence[Base], fixed_ore: int) -> tuple[list[int], list[int]]:
    if ore < 0:
        parts, extra = _by_key(-ore, key, bases, fixed_ore)
        return [-part for part in parts], [-odd for odd in extra]
    weights = _weights(key, bases)
    return split_fixed_first(ore, fixed_ore, weights) if key in FIXED else split(ore, weights)


def _weights(key: Key, bases: Sequence[Base]) -> list[int]:
    if key is Key.EQUAL:
        return [1] * len(bases)
    if key is Key.INHABITANTS:
        if lacking := [base.name for base in bases if not base.inhabitants]:
            raise BaseIsMissing(names=", ".join(lacking))
        return [base.inhabitants or 0 for base in bases]
    counts = [base.seats if key in (Key.SEATS, Key.FIXED_AND_SEATS) else base.participants for base in bases]
    if not any(counts):
        raise NothingToShareBy()
    return counts
