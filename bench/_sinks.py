"""Real servers in processes of their own, that take what is sent and write it down: mail by SMTP, SMS by HTTP.

`python bench/_sinks.py smtp FOLDER` (or `http`) writes the port to FOLDER/port and a line of JSON to FOLDER/log for
all it takes (mail byte by byte, as latin-1). What an address begins with decides the answer: `nobody` has no box,
`full` is full, `barred` is refused by policy; a number that ends in 000 is no number.
"""

from __future__ import annotations

import json
import os
import socketserver
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

NO = {
    "nobody": "550 5.1.1 No such user here",
    "full": "452 4.2.2 Mailbox full",
    "barred": "550 5.7.1 Relaying denied",
}


def _keep(folder: Path, what: dict[str, Any]) -> None:
    """One write to a file opened for appending: whole, whoever else writes."""
    handle = os.open(folder / "log", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    os.write(handle, json.dumps(what).encode() + b"\n")
    os.close(handle)


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 sink")
        try:
            self._talk()
        except ConnectionError:
            return  # whoever sent was killed

    def _talk(self) -> None:
        folder: Path = self.server.folder  # type: ignore[attr-defined]
        receivers: list[str] = []
        while line := self.rfile.readline():
            words = line.decode(errors="replace").strip()
            verb = words.upper()
            if verb.startswith(("EHLO", "HELO", "MAIL", "NOOP")):
                self._say("250 ok")
            elif verb.startswith("RCPT"):
                address = words.split("<", 1)[-1].rstrip(">").split(">")[0]
                answer = next((no for start, no in NO.items() if address.startswith(start)), "250 ok")
                receivers += [address] if answer.startswith("250") else []
                self._say(answer)
            elif verb == "DATA":
                self._say("354 go on")
                body = b""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    body += line[1:] if line.startswith(b"..") else line
                _keep(folder, {"to": receivers, "mail": body.decode("latin-1")})
                receivers = []
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            elif verb == "RSET":
                receivers = []
                self._say("250 ok")
            else:
                self._say("502 not here")

    def _say(self, words: str) -> None:
        try:
            self.wfile.write(words.encode() + b"\r\n")
        except OSError:
            return


class _Http(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = 422 if any(str(it).endswith("000") for it in body.values()) else 202
        if status == 202:
            told = {"body": body, "path": self.path, "headers": dict(self.headers.items())}
            _keep(self.server.folder, told)  # type: ignore[attr-defined]
        answer = b'{"error":"no such number"}' if status == 422 else b"{}"
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        return


class _SmtpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class Sink:
    """A sink that runs: its port, and what it has taken."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def taken(self) -> list[dict[str, Any]]:
        log = self.folder / "log"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def size(self) -> int:
        """How many bytes it has taken: cheap to ask for often."""
        log = self.folder / "log"
        return log.stat().st_size if log.exists() else 0


@contextmanager
def sink(kind: str) -> Iterator[Sink]:
    """A server of the kind (smtp or http) in a process of its own, stopped afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        process = subprocess.Popen([sys.executable, __file__, kind, name])
        try:
            deadline = time.monotonic() + 20
            while not (folder / "port").exists():
                assert time.monotonic() < deadline, "the sink did not start"
                time.sleep(0.02)
            yield Sink(folder, int((folder / "port").read_text()))
        finally:
            process.kill()
            process.wait()


def main() -> None:
    kind, folder = sys.argv[1], Path(sys.argv[2])
    server: Any = (
        _SmtpServer(("127.0.0.1", 0), _Smtp) if kind == "smtp" else ThreadingHTTPServer(("127.0.0.1", 0), _Http)
    )
    server.folder = folder
    (folder / "port.new").write_text(str(server.server_address[1]))
    (folder / "port.new").rename(folder / "port")
    server.serve_forever()


if __name__ == "__main__":
    main()
