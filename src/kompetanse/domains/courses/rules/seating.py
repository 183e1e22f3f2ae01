"""Who gets a seat, and why. Pure functions: the same state gives the same answer, whoever asks and when.

The policy, in four sentences, the same that people read (a run may declare more, see `sentences`):
1. Everybody gets a number when they sign up, and the line goes by that number.
2. A seat is given when the leader has approved; until then the number is kept.
3. Until the day of release each municipality has the seats it ordered; the rest go to the first in the line.
4. From that day, ordered seats nobody took go to the first in the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from kompetanse.kernel.text_marker import N_

from ..types import PolicyInput, SignupStatus

POLICY = (
    N_("Alle får et nummer når de melder seg på, og køen går etter det nummeret."),
    N_("Plassen gis når lederen har godkjent. Nummeret beholdes mens godkjenningen venter."),
    N_("Fram til fristen har hver kommune de plassene den har bestilt. Resten går til den første i køen."),
    N_("Fra dagen etter fristen går bestilte plasser som ingen har tatt, til den første i køen."),
)
WITHOUT_APPROVAL = N_("Plassen gis med det samme. Lederen trenger ikke godkjenne dette kurset.")
KEPT_TO_A_DAY = N_("Hver kommune har de plassene den har bestilt, til de slippes. Resten går til den første i køen.")
RELEASED_THAT_DAY = N_("Fra dagen de slippes, går bestilte plasser som ingen har tatt, til den første i køen.")
STATUTORY_FIRST = N_("De som mangler det loven krever og kurset gir, eller der det snart går ut, står foran i køen.")
OFFICE_HOLDS = N_("Kurskontoret holder av noen plasser. De gis for hånd, og hvem som ga dem og når, blir skrevet ned.")
OFFERED_NEAR = N_("Nær kurset tilbys plasser som blir ledige. Den som ikke svarer i tide, gir plassen til den neste.")
GROUPS = N_("De som er meldt på som gruppe, får plass alle eller ingen. Er det ikke plass til alle, får den neste den.")


class Ground(StrEnum):
    """The rule that decided, as the sentence the person reads."""

    GUARANTEED = N_("Kommunen din har bestilt plasser, og du fikk den neste av dem.")
    FREE = N_("Det var en ledig plass, og du var den første i køen som kunne få den.")
    RELEASED = N_("Fristen er ute, og ubrukte plasser ble delt ut etter køen.")
    STATUTORY = N_("Kurset gir forrang til dem som har en lovpålagt frist, og du fikk plass etter den regelen.")
    GROUP = N_("Dere er meldt på som gruppe, og det var plass til alle.")
    PAST_GROUP = N_("Gruppen foran deg trenger flere plasser enn det er, så plassen gikk til deg.")
    OFFICE = N_("Kurskontoret ga deg en av plassene det holder av.")
    SUBSTITUTE = N_("Du overtok plassen til en kollega i samme kommune.")
    FULL = N_("Alle plassene er tatt. Køen går etter når hver enkelt meldte seg på.")
    KEPT_FOR_OTHERS = N_(
        "Plassene som er igjen, er bestilt av andre kommuner fram til fristen. "
        "De som ikke blir brukt, går til den første i køen dagen etter fristen."
    )
    KEPT_BY_OFFICE = N_("Plassene som er igjen, holdes av kurskontoret til det slipper dem.")
    GROUP_TOO_LARGE = N_("Dere er meldt på som gruppe, og det er ikke plass til alle ennå. Gruppen får plass samlet.")
    GROUP_INCOMPLETE = N_("Dere er meldt på som gruppe. Gruppen får plass når alle i den er godkjent.")


ASKED = N_("Påmeldingen venter på godkjenning.")
DECLINED = N_("Påmeldingen ble ikke godkjent.")
WITHDRAWN = N_("Påmeldingen er trukket.")
RUN_CANCELLED = N_("Kurset ble avlyst.")
PRESENT = N_("Oppmøtet er ført, og kompetansen er skrevet inn.")
PRESENT_WITHOUT_REQUIREMENT = N_("Oppmøtet er ført.")
ABSENT = N_("Ført som ikke møtt.")
OFFER_ACCEPTED = N_("Du takket ja til plassen.")
OFFER_REFUSED = N_("Du takket nei til plassen, og den gikk til den neste i køen.")
OFFER_EXPIRED = N_(
    "Tilbudet om plass ble ikke besvart innen fristen, så plassen gikk til den neste i køen. "
    "Meld deg på igjen, eller ta kontakt med kurskontoret, hvis du fortsatt vil."
)
MOVED = N_("Påmeldingen er flyttet til en annen gjennomføring av det samme kurset.")
REPLACED = N_("En kollega overtok plassen.")


@dataclass(frozen=True, slots=True)
class Entry:
    """An approved sign-up: whose it is, its number in the line, and whether it has a chair already.

    `first`: has a statutory deadline. `group`: those who get seats for all or none; `held`: somebody in the group is
    not approved yet. `fresh`: approved just now, so that a seat is given and not offered.
    """

    id: int
    municipality: int
    number: int
    seated: bool = False
    first: bool = False
    group: int | None = None
    held: bool = False
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Chairs:
    """What there is to give, and by which of the rules a run may declare.

    Seats in all, those kept for each municipality until `released`, those the `office` holds back itself; whether
    those with a statutory deadline stand first, and whether a seat that frees is offered or given.
    """

    capacity: int
    kept: Mapping[int, int] = field(default_factory=dict)
    released: bool = False
    office: int = 0
    statutory_first: bool = False
    by_offer: bool = False

    def free(self, used: Mapping[int, int]) -> int:
        """Seats nobody has a claim to: what is left when each municipality has what it took or what is kept."""
        taken = sum(used.values())
        if self.released:
            return self.capacity - self.office - taken
        unused = sum(max(0, kept - used.get(m, 0)) for m, kept in self.kept.items())
        return self.capacity - self.office - taken - unused

    def left(self, used: Mapping[int, int], municipality: int) -> int:
        """Kept seats that a municipality has not taken yet."""
        return 0 if self.released else max(0, self.kept.get(municipality, 0) - used.get(municipality, 0))


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided for one who waited: a seat (given or offered), or a place in the line from 1; and the ground.

    `taken`, `free` and `left` are the numbers it was decided by: seats taken, free to anybody, kept for the
    person's municipality and not taken.
    """

    id: int
    seated: bool
    place: int | None
    ground: Ground
    offered: bool = False
    taken: int = 0
    free: int = 0
    left: int = 0


def give_out(chairs: Chairs, entries: Iterable[Entry]) -> list[Ruling]:
    """Walk the line once and give each a seat or a place. Those who sit keep their seats.

    Nobody is seated before one who stands ahead, except on a kept seat (GUARANTEED) or past a group that needs more
    seats than there are (PAST_GROUP). One walk is enough: giving a kept seat leaves the free ones as they were, and
    giving a free one leaves fewer, so nobody passed by could have had a seat later in the walk.
    """
    used: Counter[int] = Counter()
    line: list[Entry] = []
    for entry in entries:
        if entry.seated:
            used[entry.municipality] += 1
        else:
            line.append(entry)
    line.sort(key=lambda entry: (not (chairs.statutory_first and entry.first), entry.number))
    taken, free = sum(used.values()), chairs.free(used)
    groups: dict[int, list[Entry]] = {}
    for entry in line:
        if entry.group is not None:
            groups.setdefault(entry.group, []).append(entry)
    ordinary = min((entry.number for entry in line if not entry.first), default=0)
    seated: dict[int, Ruling] = {}
    numbers: dict[int, tuple[int, int, int]] = {}
    looked_at: set[int] = set()
    group_passed = False
    for entry in line:
        if entry.group is not None:
            if entry.group in looked_at:
                continue
            looked_at.add(entry.group)
            block = groups[entry.group]
            wanted = Counter(one.municipality for one in block)
            beyond = sum(max(0, n - chairs.left(used, m)) for m, n in wanted.items())
            for one in block:
                numbers[one.id] = (taken, free, chairs.left(used, one.municipality))
            fits = taken + len(block) <= chairs.capacity - chairs.office and (not beyond or beyond <= free)
            if not fits or any(one.held for one in block):
                group_passed = True
                continue
            for one in block:
                seated[one.id] = Ruling(one.id, True, None, Ground.GROUP, False, *numbers[one.id])
            free -= beyond
            used.update(wanted)
            taken += len(block)
            continue
        left = chairs.left(used, entry.municipality)
        numbers[entry.id] = (taken, free, left)
        if taken < chairs.capacity - chairs.office and (left or free > 0):
            ground = _ground(chairs, entry, bool(left), ordinary, group_passed)
            offered = chairs.by_offer and not entry.fresh
            seated[entry.id] = Ruling(entry.id, True, None, ground, offered, taken, free, left)
            free -= not left
            used[entry.municipality] += 1
            taken += 1
    rulings = []
    place = 0
    for entry in line:
        if entry.id in seated:
            rulings.append(seated[entry.id])
        else:
            place += 1
            ground = _waits(chairs, entry, taken, any(one.held for one in groups.get(entry.group or 0, ())))
            rulings.append(Ruling(entry.id, False, place, ground, False, *numbers[entry.id]))
    return rulings


def give_one(chairs: Chairs, used: Mapping[int, int], waiting: int, entry: Entry) -> Ruling | None:
    """The same answer for one who comes last to a line that is settled, from sums alone. None: walk the line.

    A settled line has given all that anybody in it may have. So whoever comes last changes nothing for those ahead,
    unless it takes the very last seat while others wait: then what they are told is another.
    """
    if entry.group is not None or (chairs.statutory_first and entry.first):
        return None
    taken, free, left = sum(used.values()), chairs.free(used), chairs.left(used, entry.municipality)
    room = chairs.capacity - chairs.office
    if taken < room and (left or free > 0):
        if waiting and (taken + 1 >= room or not left):
            return None
        ground = _ground(chairs, entry, bool(left), 0, group_passed=False)
        return Ruling(entry.id, True, None, ground, False, taken, free, left)
    return Ruling(entry.id, False, waiting + 1, _waits(chairs, entry, taken, held=False), False, taken, free, left)


def _ground(chairs: Chairs, entry: Entry, kept: bool, ordinary: int, group_passed: bool) -> Ground:
    if kept:
        return Ground.GUARANTEED
    if chairs.statutory_first and entry.first and ordinary and ordinary < entry.number:
        return Ground.STATUTORY
    if group_passed:
        return Ground.PAST_GROUP
    return Ground.RELEASED if chairs.released else Ground.FREE


def _waits(chairs: Chairs, entry: Entry, taken: int, held: bool) -> Ground:
    """Why one waits, as it is when all seats that can be given are given."""
    if held:
        return Ground.GROUP_INCOMPLETE
    if taken >= chairs.capacity:
        return Ground.FULL
    if entry.group is not None:
        return Ground.GROUP_TOO_LARGE
    return Ground.KEPT_BY_OFFICE if taken >= chairs.capacity - chairs.office else Ground.KEPT_FOR_OTHERS


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
    """Without another day for it, kept seats are let go the day after the deadline."""
    return today > deadline


def day_of_release(deadline: date, release_on: date | None) -> date:
    """The first day that kept seats are free to the line."""
    return release_on or deadline + timedelta(days=1)


def offers_are_made(starts_on: date, offer_days: int | None, today: date) -> bool:
    """Is a seat that frees offered, since the run is so near that people may have made other plans?"""
    return offer_days is not None and today >= starts_on - timedelta(days=offer_days)


def offer_ends(now: datetime, hours: int, starts_at: datetime) -> datetime:
    """An answer is wanted within the hours, and never later than the run begins."""
    return min(now + timedelta(hours=hours), starts_at)


def can_withdraw(status: SignupStatus) -> bool:
    return status in {SignupStatus.ASKED, SignupStatus.SEATED, SignupStatus.WAITING, SignupStatus.OFFERED}


def sentences(policy: PolicyInput) -> tuple[str, ...]:
    """What a run's policy says, in whole sentences as message ids: the usual ones, and what it declares besides."""
    numbered, approved, kept, released = POLICY
    found = [numbered, approved if policy.needs_approval else WITHOUT_APPROVAL]
    found += [kept, released] if policy.release_on is None else [KEPT_TO_A_DAY, RELEASED_THAT_DAY]
    found += [STATUTORY_FIRST] if policy.statutory_first else []
    found += [OFFICE_HOLDS] if policy.office_seats else []
    found += [OFFERED_NEAR] if policy.offer_days is not None else []
    return (*found, GROUPS)
