"""`kompetanse trace REFERENCE`: the golden thread through one thing."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("trace", help="Følg tråden gjennom én ting, fra mål til effekt.")
    parser.add_argument("reference", metavar="HENVISNING", help="BEHOV-12, SAMLING-3, «Sak 012/27», TILTAK-4, KURS-6 …")
    parser.add_argument("--region", metavar="NAVN", default="", help="nødvendig bare når det er flere regioner")
    parser.add_argument("--json", action="store_true", help="skriv JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from kompetanse.config import installation
    from kompetanse.kernel.errors import DomainError

    with installation.database():
        installation.set_up()
        from kompetanse.domains.organisation import api as organisation
        from kompetanse.domains.results import api as results
        from kompetanse.foundation import clock
        from kompetanse.kernel.context import system_context

        names = [arguments.region] if arguments.region else organisation.list_region_names()
        problem = "Ingen region finnes ennå. Kjør `kompetanse import` eller `make demo` først."
        for name in names:
            now = clock.now()
            try:
                region = organisation.get_region(name, now.date())
                ctx = system_context("trace from the command line", region.tenants, now)
                thread = results.trace(ctx, reference=arguments.reference)
            except DomainError as error:
                problem = error.text()
                continue
            print(
                json.dumps(dataclasses.asdict(thread), ensure_ascii=False, indent=1) if arguments.json else tell(thread)
            )
            return 0
    print(problem, file=sys.stderr)
    return 1


def tell(thread: Any) -> str:
    """The thread as text: a line per link, holes marked."""
    lines = [f"{thread.reference}  {thread.title}", ""]
    for stage in thread.stages:
        if not stage.knots:
            lines.append(f"  ○ {stage.link.value:<11} {stage.hole}")
        for index, knot in enumerate(stage.knots):
            mark = "●" if index == 0 else " "
            word = stage.link.value if index == 0 else ""
            here = "  ← her" if knot.is_here else ""
            lines.append(f"  {mark} {word:<11} {knot.reference:<14} {knot.title}  {knot.note}{here}".rstrip())
        if stage.more:
            lines.append(f"    {'':<11} … og {stage.more} til")
    return "\n".join(lines)
