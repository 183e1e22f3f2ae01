"""What may be kept of a row: never a whole identity number."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"(?<!\d)(\d{6})[\s.\-/]?\d{5}(?!\d)")
_STARS = " *****"


def mask(text: str) -> str:
    """A text where whatever looks like an identity number keeps its first six digits alone."""
    return _NUMBER.sub(rf"\1{_STARS}", text)


def mask_cell(text: str) -> str:
    """A cell of the identity column: six signs are kept, for a faulty number is somebody's number too."""
    masked = mask(text)
    return masked if masked != text or len(text) <= 6 else text[:6] + _STARS


def mask_row(cells: Iterable[str], identity_index: int | None) -> list[str]:
    """A row as it stood in the file, with `identity_index` the identity column's place."""
    return [mask_cell(cell) if index == identity_index else mask(cell) for index, cell in enumerate(cells)]
