"""Seats as plainly as they can be told: everybody in one list, and the rules tried one after the other.

Knows nothing of how the real ones keep sums; it looks at everybody again and again until nobody can have more.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Person:
    number: int
    municipality: int
    state: str  # asked, waiting, offered, seated, gone
    first: bool = False
    group: int | None = None
    fresh: bool = False


@dataclass
class Room:
    """A run: its chairs, its rules and everybody who ever asked."""

    capacity: int
    kept: dict[int, int] = field(default_factory=dict)
    released: bool = False
    office: int = 0
    statutory_first: bool = False
    by_offer: bool = False
    people: list[Person] = field(default_factory=list)

    def sitting(self, municipality: int | None = None) -> int:
        return sum(p.state in ("seated", "offered") and municipality in (None, p.municipality) for p in self.people)

    def kept_left(self, municipality: int) -> int:
        return 0 if self.released else max(0, self.kept.get(municipality, 0) - self.sitting(municipality))

    def free(self) -> int:
        return self.capacity - self.office - self.sitting() - sum(self.kept_left(m) for m in self.kept)

    def line(self) -> list[Person]:
        waiting = [p for p in self.people if p.state == "waiting"]
        return sorted(waiting, key=lambda p: (self.statutory_first and not p.first, p.number))

    def settle(self) -> None:
        """The first who may have a seat gets it, and so on until nobody may."""
        while (turn := next((p for p in self.line() if self.may(p)), None)) is not None:
            for one in self.together(turn):
                one.state = "offered" if self.by_offer and not one.fresh and one.group is None else "seated"
        for one in self.people:
            one.fresh = False

    def together(self, person: Person) -> list[Person]:
        if person.group is None:
            return [person]
        return [p for p in self.people if p.group == person.group and p.state == "waiting"]

    def may(self, person: Person) -> bool:
        together = self.together(person)
        if self.sitting() + len(together) > self.capacity - self.office:
            return False
        if any(p.group == person.group and p.state == "asked" for p in self.people if person.group is not None):
            return False
        beyond = 0
        for municipality in {p.municipality for p in together}:
            wanted = sum(p.municipality == municipality for p in together)
            beyond += max(0, wanted - self.kept_left(municipality))
        return beyond == 0 or beyond <= self.free()

    def told(self) -> dict[int, tuple[str, int | None]]:
        places = {p.number: place for place, p in enumerate(self.line(), 1)}
        return {p.number: (p.state, places.get(p.number)) for p in self.people}
