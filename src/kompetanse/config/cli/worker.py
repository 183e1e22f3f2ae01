"""`kompetanse worker`: carry events to their handlers and do what the clock asks for."""

from __future__ import annotations

import argparse
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("worker", help="Kjør bakgrunnsarbeideren.")
    parser.add_argument("--concurrency", type=int, default=2, metavar="ANTALL")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from kompetanse.config import installation

    with installation.database():
        installation.set_up()
        from procrastinate.contrib.django import app

        worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        worker.run_worker(concurrency=arguments.concurrency, delete_jobs="successful")
    return 0
