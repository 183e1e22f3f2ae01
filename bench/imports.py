"""The import: all seven municipalities, and a payroll file of 200,000 rows."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bench import installation
from bench.figures import Figure, at_most, measure

ROWS = 200_000
FAULTS = 28  # four in each of the seven payroll files


def _run(data: Path, *arguments: str) -> tuple[float, dict[str, object]]:
    """Wall seconds of the whole command with set-up of its database, and its answer."""
    before = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "kompetanse", "import", *arguments, "--json"],
        env={**os.environ, "KOMPETANSE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "kompetanse.config.settings.local"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return time.perf_counter() - before, json.loads(done.stdout)


@measure("import_region")
def region() -> list[Figure]:
    data = Path(tempfile.mkdtemp(prefix="kompetanse-bench-"))
    files = str(installation.REGION / "kongsbergregionen")
    options = ("--region", "Kongsbergregionen", "--municipalities", str(installation.REGION / "municipalities.csv"))
    try:
        _run(data, files, *options, "--dry-run")  # the server's folder and the schema are made
        first, told = _run(data, files, *options)
        again, unchanged = _run(data, files, *options)
    finally:
        shutil.rmtree(data, ignore_errors=True)
    sums = {name: sum(file[name] for file in told["files"]) for name in ("read", "rejected")}  # type: ignore[index, misc]
    moved = sum(file["created"] + file["changed"] + file["ended"] for file in unchanged["files"])  # type: ignore[index, misc]
    return [
        at_most("import_region_seconds", first, "s", 20),
        at_most("import_region_again_seconds", again, "s", 20),
        Figure("import_region_rows", sums["read"], "rows"),
        Figure("import_region_rejected", sums["rejected"], "rows", f"= {FAULTS}", sums["rejected"] == FAULTS),
        Figure("import_region_again_moved", moved, "rows", "= 0", moved == 0),
    ]


@measure("import_200000_rows")
def large() -> list[Figure]:
    data = Path(tempfile.mkdtemp(prefix="kompetanse-bench-"))
    folder = data / "files"
    folder.mkdir()
    (folder / "org_3303_kongsberg.csv").write_text(
        "Kode;Navn;Overordnet;Sektor;Leder\n3303-0;Kommunen;;;\n"
        + "".join(f"3303-{n};Enhet {n};3303-0;Helse;\n" for n in range(1, 400)),
        encoding="utf-8",
    )
    with (folder / "hr_3303_kongsberg.csv").open("w", encoding="utf-8") as out:
        out.write(
            "Ansattnummer;Fornavn;Etternavn;E-post;Stillingskode;Stillingstittel;Hovedstilling;Prosent;Fra;Til;Enhet\n"
        )
        for n in range(ROWS):
            day = date(2000, 1, 1) + timedelta(days=n % 9000)
            out.write(
                f"{100000 + n};Fornavn{n % 997};Etternavn{n % 1009};p{n}@kommunen.example;SYKEPL;Sykepleier;J;"
                f"{20 + n % 80},5;{day:%d.%m.%Y};;3303-{1 + n % 399}\n"
            )
    try:
        seconds, told = _run(data, str(folder), "--region", "Kongsbergregionen")
    finally:
        shutil.rmtree(data, ignore_errors=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    created = told["files"][1]["created"]  # type: ignore[index]
    return [
        at_most("import_200000_rows_memory", peak, "MB", 300),
        Figure("import_200000_rows_seconds", round(seconds, 1), "s"),
        Figure("import_200000_rows_created", created, "rows", f"= {ROWS}", created == ROWS),
    ]
