"""`kompetanse demo`: everything on one machine, from nothing, watched over until Ctrl-C."""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from kompetanse.foundation import embedded

from . import serve


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("demo", help="Kjør demoen med Kongsbergregionen.")
    parser.add_argument("--reset", action="store_true", help="Kast demodataene og begynn på nytt.")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from kompetanse.config import environment, installation

    started = time.monotonic()
    env = environment.read()
    if not env.is_embedded:
        print("Demoen går bare på den innebygde databasen. Ta bort DATABASE_URL og prøv igjen.", file=sys.stderr)
        return 2
    lock = _only_one(env.data)
    if lock is None:
        print(f"Demoen kjører allerede fra {env.data}. Stopp den først (Ctrl-C der).", file=sys.stderr)
        return 2
    if not _is_free(env.host, env.port):
        print(f"Port {env.port} er opptatt. Velg en annen: PORT=8001 make demo", file=sys.stderr)
        return 2
    ready = env.data / "demo.ready"
    if arguments.reset or not ready.exists():
        _throw_away(env.data)
    _turn_term_into_interrupt()
    print("Starter databasen …", flush=True)
    watched = Watched(env.data)
    try:
        watched.start("database", lambda: embedded.ensure(env.data))
        embedded.prepare(embedded.dsn(env.data, user="postgres", dbname="postgres"), database="kompetanse")
        installation.set_up()
        installation.migrate()
        if not ready.exists():
            from kompetanse.config import demo

            demo.load(say=lambda text: print(f"  {text}", flush=True))
            ready.write_text("ready\n")
        installation.collect_static()
        installation.close()
        watched.start("arbeider", lambda: _child([sys.executable, "-m", "kompetanse", "worker"]))
        watched.start("nettsted", lambda: _child(serve.command(env.host, env.port)))
        address = f"http://{env.host}:{env.port}"
        _wait_until_it_answers(env.host, env.port)
        print(f"\nKlar etter {time.monotonic() - started:.0f} sekunder. Åpne {address} og velg hvem du vil være.")
        print("Ctrl-C stopper alt. Neste gang starter demoen der du slapp; `make demo-reset` begynner på nytt.")
        watched.keep()
    except KeyboardInterrupt:
        print("\nStopper …", flush=True)
    finally:
        watched.stop()
        lock.close()
    return 0


class Watched:
    """The processes of the demo: started in order, started again when they die, stopped in reverse."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.children: dict[str, subprocess.Popen[bytes] | None] = {}
        self.starters: dict[str, Callable[[], subprocess.Popen[bytes] | None]] = {}

    def start(self, name: str, starter: Callable[[], subprocess.Popen[bytes] | None]) -> None:
        self.starters[name] = starter
        self.children[name] = starter()

    def keep(self) -> None:
        """Watch until interrupted: what dies is started again."""
        while True:
            time.sleep(0.5)
            for name, child in self.children.items():
                if child is not None and child.poll() is not None:
                    print(f"  {name} stoppet uventet (kode {child.returncode}); starter igjen.", flush=True)
                    self.children[name] = self.starters[name]()

    def stop(self) -> None:
        for name, child in reversed(list(self.children.items())):
            if child is None:
                continue
            if name == "database":
                embedded.stop(child)
            elif child.poll() is None:
                child.terminate()
                try:
                    child.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()


def _child(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own, so that Ctrl-C reaches us alone and we stop them in order.
    return subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)


def _only_one(data: Path) -> IO[str] | None:
    data.mkdir(parents=True, exist_ok=True)
    handle = (data / "demo.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _throw_away(data: Path) -> None:
    """Everything but the lock and the keys: an interrupted load is never half a demo."""
    if embedded.is_up(data):
        subprocess.run(
            [str(embedded.binaries() / "pg_ctl"), "-D", str(embedded.cluster(data)), "-m", "fast", "stop"],
            capture_output=True,
            check=False,
        )
    for path in data.iterdir():
        if path.name in ("demo.lock", "secret.key", "identity.key", "start.lock"):
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _turn_term_into_interrupt() -> None:
    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    # Both said outright: a shell that starts us in the background may have told us to ignore Ctrl-C.
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, interrupt)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kompetanse.config.settings.demo"


def _wait_until_it_answers(host: str, port: int, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
