"""`kompetanse bounce < MAIL`: an e-mail that came back, as the mail server hands it over."""

from __future__ import annotations

import argparse
import sys
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("bounce", help="Ta imot en e-post som kom i retur (leses fra standard inn).")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Note that a message came back. Gives 1 where the notice is about none of ours."""
    from kompetanse.config import installation

    raw = sys.stdin.buffer.read()
    with installation.database():
        installation.set_up()
        from kompetanse.domains.messages import api as messages
        from kompetanse.foundation import clock
        from kompetanse.kernel.errors import DomainError

        try:
            told = messages.receive_bounce(raw=raw, now=clock.now())
        except DomainError as error:
            print(error.text(), file=sys.stderr)
            return 1
    print("Adressen virker ikke. HR og kontaktpersonen får beskjed." if told else "Notert. Ingen trenger å gjøre noe.")
    return 0
