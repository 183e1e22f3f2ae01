"""`make bench`: measure, print, keep, and fail where a goal does not hold. `--only name` runs one.

A benchmark is a function in a module of this folder, marked with `@measure`; it gives figures.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import platform
import sys
from pathlib import Path

import bench
from bench.figures import BENCHMARKS, Figure

RESULTS = Path(__file__).parent / "results.json"


def machine() -> dict[str, object]:
    """Facts to read the figures by."""
    cpu, memory = Path("/proc/cpuinfo").read_text().splitlines(), Path("/proc/meminfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in cpu if line.startswith("model name")), "?")
    kibibytes = next(int(line.split()[1]) for line in memory if line.startswith("MemTotal"))
    return {
        "cores": os.cpu_count(),
        "processor": model,
        "memory_gib": round(kibibytes / 1024 / 1024, 1),
        "python": platform.python_version(),
        "system": platform.platform(),
        "load_before": os.getloadavg()[0],
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--only", default="", help="the name of one benchmark")
    only = parser.parse_args().only
    for module in pkgutil.iter_modules(bench.__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"bench.{module.name}")
    chosen = {name: run for name, run in BENCHMARKS.items() if not only or only == name}
    if not chosen:
        print(f"no benchmark is named {only}; there are: {', '.join(sorted(BENCHMARKS))}", file=sys.stderr)
        return 2
    facts = machine()
    figures: list[Figure] = []
    for name, run in chosen.items():
        print(f"… {name}", flush=True)
        figures += run()
    rows = [{"machine": facts, **figure.row()} for figure in figures]
    RESULTS.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    print(", ".join(f"{key} {value}" for key, value in facts.items()))
    width = max(len(figure.name) for figure in figures)
    for figure in figures:
        mark = "  " if figure.holds is None else "ok" if figure.holds else "NO"
        value = f"{figure.value:>12g} {figure.unit:<8} {figure.goal:<10} {figure.beside}"
        print(f"{mark} {figure.name:<{width}}  {value}".rstrip())
    return 1 if any(figure.holds is False for figure in figures) else 0


sys.exit(main())
