"""`kompetanse synth`: a made-up nation, region or municipality, to measure and to try on."""

from __future__ import annotations

import argparse
import sys
from typing import Any

SCALES = ("municipality", "region", "nation")


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("synth", help="Legg inn oppdiktede kommuner til måling og prøving.")
    parser.add_argument("--scale", choices=SCALES, required=True, help="én kommune, sju, eller hele landet")
    parser.add_argument("--seed", type=int, default=2027, metavar="TALL", help="samme frø gir samme data")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from kompetanse.config import installation
    from kompetanse.kernel.errors import DomainError

    with installation.database():
        installation.set_up()
        installation.migrate(follow=False)  # what is kept is made last, and once
        from kompetanse.config.synth import loading

        try:
            new = loading.load(arguments.scale, arguments.seed, say=lambda text: print(text, flush=True))
        except DomainError as error:
            print(error.text(), file=sys.stderr)
            return 1
        finally:
            installation.close()
    print("Prøvedata er lagt inn." if new else "Prøvedata ligger her fra før.")
    return 0
