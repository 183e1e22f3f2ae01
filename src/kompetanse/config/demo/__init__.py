"""The demo: Kongsbergregionen's files, and one year carried through the whole thread.

Everything is done by the operations that the web uses, by the people who would do it, on the days they
would. Nothing is written behind their backs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from .calendar import LOADED, TODAY

REGION = "Kongsbergregionen"
FILES = Path(__file__).resolve().parents[4] / "demo"


def load(say: Callable[[str], None]) -> None:
    """Import the seven municipalities' files and carry the year through. Raises SystemExit where a file is missing."""
    from kompetanse.config.cli import import_

    from .people import settle
    from .survey import survey
    from .year import carry

    if not (FILES / "kongsbergregionen").is_dir():
        raise SystemExit(f"Fant ikke demofilene i {FILES}. Demoen kjøres fra prosjektets egen mappe.")
    _set_clock(LOADED)
    say("Tar inn filene fra sju kommuner …")
    arguments = argparse.Namespace(
        folder=FILES / "kongsbergregionen", region=REGION, municipalities=FILES / "municipalities.csv",
        dry_run=False, report=None, json=False,
    )  # fmt: skip
    lines = import_.import_folder(arguments)
    read, rejected = (sum(line.counts[name] for line in lines) for name in ("read", "rejected"))
    say(f"{read} rader lest, {rejected} avvist med begrunnelse.")
    say("Setter opp organer, roller og åtte personer …")
    cast = settle(REGION)
    carry(cast, say)
    say("Kartlegger hvor godt folk mestrer det som kreves …")
    survey(cast)
    _set_clock(TODAY)
    (settings.ENV.data / "demo.clock").write_text(str(settings.CLOCK_OFFSET.total_seconds()))


def _set_clock(to: datetime) -> None:
    settings.CLOCK_OFFSET = to - datetime.now(UTC)


def clock_offset(data: Path) -> timedelta:
    """How far the demo's day is from ours; nothing before it is loaded."""
    path = data / "demo.clock"
    return timedelta(seconds=float(path.read_text())) if path.exists() else timedelta()
