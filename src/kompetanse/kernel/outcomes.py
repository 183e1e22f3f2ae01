"""What became of the rows of a file. read = created + changed + unchanged + rejected, always."""

from __future__ import annotations

from dataclasses import dataclass, field

EXAMPLES = 50


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not taken in: row as a person counts it, header word, value, and a msgid with params."""

    row: int
    column: str
    value: str
    sentence: str
    params: dict[str, str] = field(default_factory=dict)
    original: tuple[str, ...] = ()


@dataclass(slots=True)
class Outcome:
    """Counts of rows, every rejection, and the first examples of each fate, in words."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    examples: dict[str, list[str]] = field(default_factory=dict)

    @property
    def rejected(self) -> int:
        return len(self.rejections)

    @property
    def read(self) -> int:
        return self.created + self.changed + self.unchanged + self.rejected

    def tell(self, fate: str, words: str) -> None:
        """Count one of `created`, `changed`, `unchanged`, `ended`, and keep the words if there is room."""
        setattr(self, fate, getattr(self, fate) + 1)
        kept = self.examples.setdefault(fate, [])
        if words and len(kept) < EXAMPLES:
            kept.append(words)
