"""Random acts on a run through the pure rules, kept by sums as the operations keep them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace

from kompetanse.domains.courses.rules import Chairs, Entry, fit_quotas, give_one, give_out
from kompetanse.domains.courses.types import SignupStatus as S

from .model import Person, Room

ACTS = (
    "ask", "ask", "ask", "approve", "approve", "direct", "direct", "direct", "withdraw", "withdraw", "decline",
    "accept", "refuse", "expire", "capacity", "release", "office", "statutory", "offers", "group", "move", "cancel",
)  # fmt: skip


@dataclass
class Signup:
    number: int
    municipality: int
    status: S
    first: bool = False
    group: int | None = None
    place: int | None = None


@dataclass
class Program:
    """One run: the rows as a table would have them, and the line as the run's row keeps it."""

    chairs: Chairs
    rows: dict[int, Signup] = field(default_factory=dict)
    last: int = 0
    used: Counter[int] = field(default_factory=Counter)
    waiting: int = 0
    groups_wait: bool = False
    walks: int = 0
    steps: int = 0

    def ask(self, municipality: int, *, first: bool = False, group: int | None = None) -> Signup:
        self.last += 1
        self.rows[self.last] = signup = Signup(self.last, municipality, S.ASKED, first, group)
        return signup

    def approve(self, signup: Signup) -> None:
        """As the operation does: from the sums where the newcomer is last, else the whole line."""
        self.steps += 1
        entry = Entry(signup.number, signup.municipality, signup.number, first=signup.first, group=signup.group)
        if signup.number == self.last and not (self.groups_wait and self.waiting):
            ruling = give_one(self.chairs, self.used, self.waiting, entry)
            if ruling is not None:
                signup.status, signup.place = (S.SEATED if ruling.seated else S.WAITING), ruling.place
                self.used[signup.municipality] += ruling.seated
                self.waiting += not ruling.seated
                return
        signup.status = S.WAITING
        self.settle(fresh={signup.number})

    def settle(self, fresh: frozenset[int] | set[int] = frozenset()) -> None:
        self.walks += 1
        pending = {s.group for s in self.rows.values() if s.status is S.ASKED and s.group is not None}
        line = [s for s in self.rows.values() if s.status in (S.WAITING, S.SEATED, S.OFFERED)]
        entries = [
            Entry(
                s.number, s.municipality, s.number, s.status is not S.WAITING, s.first, s.group, s.group in pending,
                s.number in fresh,
            )
            for s in line
        ]  # fmt: skip
        self.waiting, self.groups_wait = 0, False
        for ruling in give_out(self.chairs, entries):
            signup = self.rows[ruling.id]
            signup.place = ruling.place
            if ruling.seated:
                signup.status = S.OFFERED if ruling.offered and signup.group is None else S.SEATED
            else:
                self.waiting += 1
                self.groups_wait |= signup.group is not None
        self.used = Counter(s.municipality for s in line if s.status is not S.WAITING)

    def leave(self, signup: Signup) -> None:
        stood, signup.status, signup.place = signup.status, S.WITHDRAWN, None
        if stood is not S.ASKED or signup.group is not None:
            self.settle()

    @property
    def taken(self) -> int:
        return sum(self.used.values())


def act(chance: random.Random, program: Program, name: str, municipalities: int) -> tuple[object, ...] | None:
    """One random act; gives it with what was chosen, for the model to do the same. None: it could not be done."""
    chairs = program.chairs

    def one(*statuses: S) -> Signup | None:
        found = [s for s in program.rows.values() if s.status in statuses]
        return chance.choice(found) if found else None

    if name in ("ask", "direct"):
        signup = program.ask(chance.randint(1, municipalities), first=chance.random() < 0.3)
        if name == "direct":
            program.approve(signup)
        return name, signup.municipality, signup.first
    if name == "group":
        own = chance.randint(1, municipalities)
        number, size = program.last + 1, chance.randint(2, 3)
        members = [program.ask(own, group=number) for _ in range(size)]
        ready = chance.randint(0, size)
        for signup in members[:ready]:
            signup.status = S.WAITING
        program.settle(fresh={s.number for s in members[:ready]})
        return name, own, size, ready
    if name == "approve":
        if (found := one(S.ASKED)) is None:
            return None
        program.approve(found)
        return name, found.number
    if name in ("withdraw", "decline", "refuse", "expire", "move"):
        among = {"decline": (S.ASKED,), "refuse": (S.OFFERED,), "expire": (S.OFFERED,)}.get(
            name, (S.ASKED, S.WAITING, S.SEATED, S.OFFERED)
        )
        if (found := one(*among)) is None:
            return None
        program.leave(found)
        if name == "move":  # back into the line as one who comes anew
            program.approve(program.ask(found.municipality, first=found.first))
        return name, found.number
    if name == "accept":
        if (found := one(S.OFFERED)) is None:
            return None
        found.status = S.SEATED
        return name, found.number
    if name == "capacity":
        seats = chance.randint(max(1, program.taken + chairs.office), program.taken + chairs.office + 4)
        program.chairs = replace(chairs, capacity=seats, kept=fit_quotas(chairs.kept, seats - chairs.office))
    elif name == "release":
        program.chairs = replace(chairs, released=not chairs.released)
    elif name == "office":
        office = chance.randint(0, min(3, chairs.capacity - program.taken))
        program.chairs = replace(chairs, office=office, kept=fit_quotas(chairs.kept, chairs.capacity - office))
    elif name == "statutory":
        program.chairs = replace(chairs, statutory_first=not chairs.statutory_first)
    elif name == "offers":
        program.chairs = replace(chairs, by_offer=not chairs.by_offer)
    elif name == "cancel":
        if chance.random() > 0.05:
            return None
        for signup in program.rows.values():
            signup.status, signup.place = S.WITHDRAWN, None
    program.settle()
    return name, program.chairs


def mirror(room: Room, done: tuple[object, ...]) -> None:
    """The same act in the plain model."""
    name, *told = done
    if name in ("ask", "direct"):
        municipality, first = told
        person = Person(len(room.people) + 1, municipality, "asked", first)  # type: ignore[arg-type]
        room.people.append(person)
        if name == "direct":
            person.state, person.fresh = "waiting", True
            room.settle()
        return
    if name == "group":
        own, size, ready = told
        number = len(room.people) + 1
        for n in range(size):  # type: ignore[call-overload]
            state = "waiting" if n < ready else "asked"
            room.people.append(Person(number + n, own, state, group=number, fresh=n < ready))  # type: ignore[arg-type]
        room.settle()
        return
    if name in ("capacity", "release", "office", "statutory", "offers", "cancel"):
        (chairs,) = told
        assert isinstance(chairs, Chairs)
        room.capacity, room.kept, room.released = chairs.capacity, dict(chairs.kept), chairs.released
        room.office, room.statutory_first, room.by_offer = chairs.office, chairs.statutory_first, chairs.by_offer
        if name == "cancel":
            for person in room.people:
                person.state = "gone"
        room.settle()
        return
    person = room.people[told[0] - 1]  # type: ignore[operator]
    if name == "approve":
        person.state, person.fresh = "waiting", True
    elif name == "accept":
        person.state = "seated"
    else:
        person.state = "gone"
        room.settle()
        if name == "move":
            newcomer = Person(len(room.people) + 1, person.municipality, "waiting", person.first, fresh=True)
            room.people.append(newcomer)
    room.settle()


def faults(program: Program, room: Room) -> list[str]:
    """What does not hold: the model says another thing, or a promise is broken."""
    states = {S.WITHDRAWN: "gone"}
    kept = {s.number: (states.get(s.status, s.status.value), s.place) for s in program.rows.values()}
    found = []
    if kept != room.told():
        found.append("the model says another thing")
    standing = [s for s in program.rows.values() if s.status in (S.SEATED, S.OFFERED)]
    if len(standing) > program.chairs.capacity:
        found.append("oversold")
    if {m: n for m, n in program.used.items() if n} != dict(Counter(s.municipality for s in standing)):
        found.append("the sums are not those of the rows")
    if program.waiting != sum(s.status is S.WAITING for s in program.rows.values()):
        found.append("the line is not as long as it is told")
    if any(room.may(person) for person in room.line()):
        found.append("a seat is idle while one who may have it waits")
    return found


def play(seed: int, acts: int) -> tuple[int, list[str], Program]:
    """A history of random acts on a run of its own. Gives how many were done, what broke, and how it ended."""
    chance = random.Random(seed)
    municipalities, capacity = chance.randint(1, 5), chance.randint(1, 12)
    ordered = {m: chance.randint(0, 5) for m in range(1, municipalities + 1)}
    chairs = Chairs(
        capacity, fit_quotas(ordered, capacity), statutory_first=chance.random() < 0.3, by_offer=chance.random() < 0.4
    )
    program = Program(chairs)
    room = Room(capacity, dict(chairs.kept), statutory_first=chairs.statutory_first, by_offer=chairs.by_offer)
    done, broken = 0, []
    while done < acts:
        told = act(chance, program, chance.choice(ACTS), municipalities)
        if told is None:
            continue
        done += 1
        mirror(room, told)
        broken += [f"seed {seed}, act {done} {told[0]}: {fault}" for fault in faults(program, room)]
        if broken:
            break
    return done, broken, program
