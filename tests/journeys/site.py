"""The real demo as a child process: started, awaited, stopped as a person in a terminal would."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = ROOT / ".data-journeys"
OUTPUT = Path(__file__).parent / "output"
LONGEST_START = 240  # seconds; loading the demo takes 90 on two cores at most


class Site:
    """`address` is where it answers; `log` what it has said."""

    def __init__(self, data: Path = DATA) -> None:
        OUTPUT.mkdir(exist_ok=True)
        self.log = OUTPUT / "demo.log"
        port = _free_port()
        self.address = f"http://127.0.0.1:{port}"
        told = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))}
        told |= {"KOMPETANSE_DATA": str(data), "HOST": "127.0.0.1", "PORT": str(port), "PYTHONUNBUFFERED": "1"}
        with self.log.open("wb") as out:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "kompetanse", "demo"],
                cwd=ROOT, env=told, stdout=out, stderr=out, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + LONGEST_START
        while "Klar etter" not in self.log.read_text():
            if self.child.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"The demo did not start. It said:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Ctrl-C."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGINT)
            try:
                self.child.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()

    def processes(self) -> dict[int, str]:
        """Everything below the supervisor: process id and command line, parents first."""
        parents: dict[int, int] = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
        below, grown = [self.child.pid], True
        while grown:
            more = [pid for pid, parent in parents.items() if parent in below and pid not in below]
            below += more
            grown = bool(more)
        return {pid: _command(pid) for pid in below[1:]}


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
