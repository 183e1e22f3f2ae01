"""`kompetanse migrate`: bring the database up to date, and the wall with it."""

from __future__ import annotations

import argparse
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("migrate", help="Oppdater databasen til denne versjonen.")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from kompetanse.config import installation

    with installation.database():
        installation.set_up()
        changed = installation.migrate(verbosity=1)
    print(f"Databasen er oppdatert. {len(changed)} endringer i tilgangsveggen.")
    return 0
