"""Files as municipalities send them, and rows as the doors want them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import PostInput, UnitInput
from kompetanse.kernel.outcomes import Outcome

from .organisation import Region, Town, system

_serial = itertools.count(1)
HR_HEADER = (
    "Fødselsnummer", "Ansattnummer", "Fornavn", "Etternavn", "E-post", "Mobil", "Stillingskode", "Stillingstittel",
    "Hovedstilling", "Ansettelsesprosent", "Gyldig fra", "Gyldig til", "Organisasjonsenhet", "Permisjon fra",
    "Permisjon til",
)  # fmt: skip


def identity_number() -> str:
    """A synthetic identity number (month + 80) whose control digits hold; a new one each time."""
    while True:
        serial = next(_serial)
        nine = f"{serial % 28 + 1:02}{81 + serial // 28 % 12}{50 + serial // 336 % 50:02}{serial // 16800 % 500:03}"
        digits = [int(sign) for sign in nine]
        first = -sum(map(int.__mul__, (3, 7, 6, 1, 8, 9, 4, 5, 2), digits)) % 11
        second = -sum(map(int.__mul__, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), [*digits, first])) % 11
        if first < 10 and second < 10:
            return f"{nine}{first}{second}"


def post_input(number: str, unit_code: str, **told: Any) -> PostInput:
    """A sound row of an HR file, with what the test says of it."""
    row = PostInput(
        row=2, employee_number=number, given_name="Kari", family_name=f"Nordmann {number}",
        position_title="Sykepleier", unit_code=unit_code, valid_from=date(2020, 1, 1), percent=Decimal(100),
        email=f"kari.{number}@example.com",
    )  # fmt: skip
    return replace(row, **told)


def sync_posts(region: Region, town: Town, *rows: PostInput, **more: Any) -> Outcome:
    """Let the rows be the town's whole HR file."""
    return organisation.sync_posts(
        more.pop("ctx", system(region)), tenant_id=town.tenant_id, rows=lambda: iter(rows), **more
    )


def sync_units(region: Region, town: Town, *rows: UnitInput, **more: Any) -> Outcome:
    """Let the rows be the town's whole org file."""
    return organisation.sync_units(more.pop("ctx", system(region)), tenant_id=town.tenant_id, rows=rows, **more)


def hr_cells(number: str, unit_code: str, **told: str) -> dict[str, str]:
    """A sound row of an HR file as it stands in the file."""
    return {
        "Fødselsnummer": identity_number(), "Ansattnummer": number, "Fornavn": "Kari", "Etternavn": f"Lie {number}",
        "E-post": f"kari.{number}@example.com", "Mobil": "", "Stillingskode": "SYK", "Stillingstittel": "Sykepleier",
        "Hovedstilling": "J", "Ansettelsesprosent": "100", "Gyldig fra": "01.02.2020", "Gyldig til": "",
        "Organisasjonsenhet": unit_code, "Permisjon fra": "", "Permisjon til": "", **told,
    }  # fmt: skip


def hr_file(
    folder: Path, rows: list[dict[str, str]], *, name: str = "hr.csv", header: Callable[[str], str] = str
) -> Path:
    """The rows as a semicolon file; `header` renames the columns."""
    path = folder / name
    lines = [";".join(header(word) for word in HR_HEADER), *(";".join(row[word] for word in HR_HEADER) for row in rows)]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")
    return path


def pieces(path: Path, size: int = 700) -> Iterator[bytes]:
    """A file's bytes as a browser sends them."""
    with path.open("rb") as file:
        while piece := file.read(size):
            yield piece
