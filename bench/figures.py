"""What a benchmark gives, and how it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its goal in words; `holds` is None where there is no goal."""

    name: str
    value: float
    unit: str
    goal: str = ""
    holds: bool | None = None
    beside: str = ""  # what it must be read with

    def row(self) -> dict[str, object]:
        row = {"name": self.name, "value": self.value, "unit": self.unit, "goal": self.goal, "holds": self.holds}
        return {**row, "beside": self.beside} if self.beside else row


def at_most(name: str, value: float, unit: str, limit: float, beside: str = "") -> Figure:
    return Figure(name, round(value, 4), unit, f"<= {limit:g}", value <= limit, beside)


def at_least(name: str, value: float, unit: str, limit: float) -> Figure:
    return Figure(name, round(value, 4), unit, f">= {limit:g}", value >= limit)


Benchmark = Callable[[], list[Figure]]
BENCHMARKS: dict[str, Benchmark] = {}


def measure(name: str) -> Callable[[Benchmark], Benchmark]:
    """Register a benchmark under a name that `ONLY=` can choose."""

    def register(run: Benchmark) -> Benchmark:
        BENCHMARKS[name] = run
        return run

    return register
