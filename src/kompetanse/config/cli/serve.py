"""`kompetanse serve`: the web server. A real server runs `kompetanse worker` beside it."""

from __future__ import annotations

import argparse
import subprocess
import sys
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("serve", help="Kjør nettstedet.")
    parser.add_argument("--processes", type=int, default=2, metavar="ANTALL")
    parser.set_defaults(run=run)


def command(host: str, port: int, *, processes: int = 2) -> list[str]:
    """The web server's command line. Threads are capped: each may hold one database connection."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(processes), "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
        "--respawn-failed-workers", "kompetanse.config.wsgi:application",
    ]  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    from kompetanse.config import environment, installation

    env = environment.read()
    with installation.database():
        installation.set_up()
        if env.is_embedded:
            installation.migrate()
        installation.collect_static()
        server = subprocess.Popen(command(env.host, env.port, processes=arguments.processes))
        print(f"Kompetanseregionen svarer på http://{env.host}:{env.port}. Ctrl-C stopper.")
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            server.wait()
            return 0
