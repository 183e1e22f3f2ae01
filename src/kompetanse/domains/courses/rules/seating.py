"""Who gets a seat, and why. Pure functions: the same state gives the same answer, whoever asks and when.

The policy, in four sentences, the same that people read:
1. Everybody gets a number when they sign up, and the line goes by that number.
2. A seat is given when the leader has approved; until then the number is kept.
3. Until the deadline each municipality has the seats it ordered; the rest go to the first in the line.
4. From the day after the deadline, ordered seats nobody took go to the first in the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kompetanse.kernel.text_marker import N_

from ..types import SignupStatus

POLICY = (
    N_("Alle får et nummer når de melder seg på, og køen går etter det nummeret."),
    N_("Plassen gis når lederen har godkjent. Nummeret beholdes mens godkjenningen venter."),
    N_("Fram til fristen har hver kommune de plassene den har bestilt. Resten går til den første i køen."),
    N_("Fra dagen etter fristen går bestilte plasser som ingen har tatt, til den første i køen."),
)


class Ground(StrEnum):
    """The rule that decided, as the sentence the person reads."""

    GUARANTEED = N_("Kommunen din har bestilt plasser, og du fikk den neste av dem.")
    FREE = N_("Det var en ledig plass, og du var den første i køen som kunne få den.")
    RELEASED = N_("Fristen er ute, og ubrukte plasser ble delt ut etter køen.")
    FULL = N_("Alle plassene er tatt. Køen går etter når hver enkelt meldte seg på.")
    KEPT_FOR_OTHERS = N_(
        "Plassene som er igjen, er bestilt av andre kommuner fram til fristen. "
        "De som ikke blir brukt, går til den første i køen dagen etter fristen."
    )


ASKED = N_("Påmeldingen venter på godkjenning.")
DECLINED = N_("Påmeldingen ble ikke godkjent.")
WITHDRAWN = N_("Påmeldingen er trukket.")
RUN_CANCELLED = N_("Kurset ble avlyst.")
PRESENT = N_("Oppmøtet er ført, og kompetansen er skrevet inn.")
PRESENT_WITHOUT_REQUIREMENT = N_("Oppmøtet er ført.")
ABSENT = N_("Ført som ikke møtt.")


@dataclass(frozen=True, slots=True)
class Entry:
    """An approved sign-up: whose it is, its number in the line, and whether it sits already."""

    id: int
    municipality: int
    number: int
    seated: bool = False


@dataclass(frozen=True, slots=True)
class Chairs:
    """What there is to give: seats in all, and those kept for each municipality until `released`."""

    capacity: int
    kept: Mapping[int, int] = field(default_factory=dict)
    released: bool = False

    def reserve(self, used: Mapping[int, int]) -> int:
        """Seats nobody has a claim to: what is left when each municipality has what it took or what is kept."""
        if self.released:
            return self.capacity - sum(used.values())
        everyone = used.keys() | self.kept.keys()
        return self.capacity - sum(max(used.get(m, 0), self.kept.get(m, 0)) for m in everyone)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided for one who waited: a seat, or a place in the line from 1; and the ground."""

    id: int
    seated: bool
    place: int | None
    ground: Ground


def give_out(chairs: Chairs, entries: Iterable[Entry]) -> list[Ruling]:
    """Walk the line once by number and give each a seat or a place. Those who sit keep their seats.

    Nobody is seated before one with a lower number, except on the ground GUARANTEED. One walk is enough:
    giving a kept seat leaves the reserve as it was, and giving a free one makes it smaller, so nobody
    passed by could have had a seat later in the walk.
    """
    line = sorted(entries, key=lambda entry: entry.number)
    used: Counter[int] = Counter(entry.municipality for entry in line if entry.seated)
    taken = sum(used.values())
    reserve = chairs.reserve(used)
    rulings = []
    place = 0
    for entry in line:
        if entry.seated:
            continue
        has_kept = not chairs.released and used[entry.municipality] < chairs.kept.get(entry.municipality, 0)
        if taken < chairs.capacity and (has_kept or reserve > 0):
            ground = Ground.GUARANTEED if has_kept else Ground.RELEASED if chairs.released else Ground.FREE
            reserve -= not has_kept
            used[entry.municipality] += 1
            taken += 1
            rulings.append(Ruling(entry.id, True, None, ground))
        else:
            place += 1
            ground = Ground.FULL if taken >= chairs.capacity else Ground.KEPT_FOR_OTHERS
            rulings.append(Ruling(entry.id, False, place, ground))
    return rulings


def fit_quotas(ordered: Mapping[int, int], capacity: int) -> dict[int, int]:
    """Ordered seats per municipality, made to fit the room: in proportion, largest remainder, then lowest id."""
    wanted = {who: seats for who, seats in ordered.items() if seats > 0}
    total = sum(wanted.values())
    if total <= capacity:
        return wanted
    shares = {who: divmod(seats * capacity, total) for who, seats in wanted.items()}
    given = {who: whole for who, (whole, _) in shares.items()}
    left = capacity - sum(given.values())
    for who in sorted(shares, key=lambda who: (-shares[who][1], who))[:left]:
        given[who] += 1
    return {who: seats for who, seats in given.items() if seats > 0}


def is_released(deadline: date, today: date) -> bool:
    """Kept seats are let go the day after the deadline."""
    return today > deadline


def can_withdraw(status: SignupStatus) -> bool:
    return status in {SignupStatus.ASKED, SignupStatus.SEATED, SignupStatus.WAITING}
