"""`kompetanse prove`: that what is kept agrees with the ledger, while people work."""

from __future__ import annotations

import argparse
import dataclasses
import json
import queue
import sys
import threading
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("prove", help="Bevis at det som er regnet ut, stemmer med grunnlaget.")
    parser.add_argument("--region", metavar="NAVN", default="", help="bare kommunene i denne regionen")
    parser.add_argument("--parallel", type=int, default=1, metavar="TALL", help="så mange kommuner om gangen")
    parser.add_argument("--json", action="store_true", help="skriv JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from kompetanse.config import installation
    from kompetanse.kernel.errors import DomainError

    with installation.database():
        installation.set_up()
        try:
            found = prove(arguments.region, parallel=max(arguments.parallel, 1))
        except DomainError as error:
            print(error.text(), file=sys.stderr)
            return 1
        finally:
            installation.close()
    unlike = [row for rows in found.values() for row in rows]
    if arguments.json:
        print(json.dumps({"municipalities": len(found), "unlike": unlike}, ensure_ascii=False, indent=1))
    else:
        for row in unlike:
            print(", ".join(f"{name} {value}" for name, value in row.items() if value is not None))
        print(f"{len(found)} kommuner, {len(unlike)} avvik." if unlike else f"{len(found)} kommuner stemmer.")
    return 1 if unlike else 0


def prove(region_name: str = "", *, parallel: int = 1) -> dict[str, list[dict[str, Any]]]:
    """Municipality number → what is unlike there. Raises UnknownRegion."""
    from django.db import connection

    from kompetanse.domains.competence import api as competence
    from kompetanse.domains.organisation import api as organisation
    from kompetanse.foundation import clock, tenancy
    from kompetanse.kernel.context import system_context

    now = clock.now()
    inside = organisation.get_region(region_name, now.date()).tenants if region_name else None
    waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()
    # The largest first, so that nobody sits with it alone at the end.
    for row in sorted(organisation.list_municipalities(inside), key=lambda row: -(row.population or 0)):
        waiting.put(row)
    found: dict[str, list[dict[str, Any]]] = {}
    faults: list[BaseException] = []

    def work() -> None:
        try:
            while not faults:
                row = waiting.get_nowait()
                ctx = system_context("proving what is kept", {row.tenant_id}, now)
                with tenancy.snapshot(ctx):
                    unlike = competence.prove_kept(ctx, tenant_id=row.tenant_id)
                found[row.number] = [{"municipality": row.number, **dataclasses.asdict(one)} for one in unlike]
        except queue.Empty:
            pass
        except BaseException as fault:  # told to the thread that waits
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(parallel)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if faults:
        raise faults[0]
    return dict(sorted(found.items()))
