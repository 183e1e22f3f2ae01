"""`kompetanse pools`: the region's pools, with every need in exactly one."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("pools", help="Vis regionens samlinger av like behov.")
    parser.add_argument("--region", required=True, metavar="NAVN", help="Regionens navn.")
    parser.add_argument("--json", action="store_true", help="Skriv JSON i stedet for en tabell.")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from kompetanse.config import installation
    from kompetanse.kernel.errors import DomainError

    with installation.database():
        installation.set_up()
        try:
            pools = describe(arguments.region)
        except DomainError as error:
            print(error.text(), file=sys.stderr)
            return 1
    if arguments.json:
        print(json.dumps({"pools": pools}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_table(pools)))
    return 0


def describe(region_name: str) -> list[dict[str, Any]]:
    """Suggested and confirmed pools with their shares, as the JSON gives them. Raises UnknownRegion.

    Suggestions are brought up to date first, so that the answer does not depend on a worker having run.
    """
    from kompetanse.domains.needs import api as needs
    from kompetanse.domains.organisation import api as organisation
    from kompetanse.foundation import clock
    from kompetanse.kernel.context import system_context

    now = clock.now()
    region = organisation.get_region(region_name, system_context("pools command", set(), now).today)
    ctx = system_context("pools command", region.tenants, now)
    needs.suggest_pools(ctx, region_id=region.tenant_id)
    shares = needs.list_pool_shares(ctx, region_id=region.tenant_id)
    return [
        {
            "id": pool.id,
            "title": pool.title,
            "status": pool.status.value,
            "shares": [
                {"municipality": it.number, "file": it.file, "row": it.row, "people": it.people}
                for it in shares[pool.id]
            ],
        }
        for pool in needs.list_pools(ctx, region_id=region.tenant_id)
    ]


def _table(pools: list[dict[str, Any]]) -> Iterator[str]:
    words = {"suggested": "forslag", "confirmed": "bekreftet"}
    yield f"{'Samling':<60} {'Status':<10} {'Behov':>5} {'Folk':>6}  Kommuner"
    for pool in pools:
        shares = pool["shares"]
        people = sum(share["people"] or 0 for share in shares)
        where = ", ".join(sorted({share["municipality"] for share in shares}))
        yield f"{pool['title'][:60]:<60} {words[pool['status']]:<10} {len(shares):>5} {people:>6}  {where}"
    yield f"{len(pools)} samlinger av {sum(len(pool['shares']) for pool in pools)} behov."
