"""The `kompetanse` command. Each subcommand is a module with `add_parser` and `run`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys

COMMANDS = ("demo", "serve", "worker", "migrate", "doctor", "import_", "pools", "trace", "synth", "prove", "bounce")


def run(arguments: list[str]) -> int:
    """Run one subcommand; gives the exit status."""
    parser = argparse.ArgumentParser(prog="kompetanse", description="Kompetanseregionen fra kommandolinja.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="KOMMANDO")
    for name in COMMANDS:
        importlib.import_module(f".{name}", __name__).add_parser(subparsers)
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", default_settings(chosen.command))
    try:
        return int(chosen.run(chosen) or 0)
    except KeyboardInterrupt:
        print("Avbrutt.", file=sys.stderr)
        return 130


def default_settings(command: str) -> str:
    """Which installation this is: the demo, a real server, or the embedded database."""
    if command == "demo":
        kind = "demo"
    else:
        kind = "production" if os.environ.get("DATABASE_URL") else "local"
    return f"kompetanse.config.settings.{kind}"
