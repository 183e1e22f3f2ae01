"""A real PostgreSQL, a database per worker, and the web role: tests meet the walls that people meet.

Nothing is rolled back. Each test makes a region of its own, and tenants keep the tests apart as they
keep municipalities apart; so commits, locks and constraints are the real ones.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kompetanse.foundation import embedded

SOURCE = Path(__file__).parents[1] / "src" / "kompetanse"
TEMPLATE = "test_template"


def _schema_fingerprint() -> str:
    """Changes when the schema may have: models, migrations, declarations, and the wall itself."""
    digest = hashlib.sha256()
    files = [*SOURCE.rglob("models.py"), *SOURCE.rglob("models/*.py"), *SOURCE.rglob("migrations/*.py")]
    files += [SOURCE / "foundation" / "schema.py", SOURCE.parents[1] / "requirements.lock"]
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _template_is_current(admin: psycopg.Connection[object], mark: str) -> bool:
    row = admin.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [TEMPLATE]
    ).fetchone()
    return row is not None and row[0] == mark  # type: ignore[index]


@pytest.fixture(scope="session", autouse=True)
def database(django_db_blocker: object) -> Iterator[None]:
    from django.conf import settings
    from django.db import connections

    from kompetanse.config import environment, installation

    env = environment.read()
    mark = _schema_fingerprint()
    django_db_blocker.unblock()  # type: ignore[attr-defined]
    admin_dsn = embedded.dsn(env.data, user="postgres", dbname="postgres")
    name = settings.DATABASES["default"]["NAME"]
    with (env.data / "template.lock").open("w") as lock, psycopg.connect(admin_dsn, autocommit=True) as admin:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _template_is_current(admin, mark):
            admin.execute(f'DROP DATABASE IF EXISTS "{TEMPLATE}" WITH (FORCE)')
            embedded.prepare(admin_dsn, database=TEMPLATE)
            for alias in ("default", "owner"):
                connections[alias].settings_dict["NAME"] = TEMPLATE
            installation.migrate()
            connections.close_all()
            for alias in ("default", "owner"):
                connections[alias].settings_dict["NAME"] = name
            admin.execute(f"COMMENT ON DATABASE {TEMPLATE} IS '{mark}'")
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE} OWNER {embedded.OWNER}')
    yield
    connections.close_all()


def pytest_configure(config: pytest.Config) -> None:
    """The server is the controller's: its workers join it, and it is stopped when they are done."""
    if hasattr(config, "workerinput"):
        return
    os.environ.setdefault("KOMPETANSE_DATA", str(Path(".data-test").resolve()))
    root = Path(os.environ["KOMPETANSE_DATA"]).resolve()
    root.mkdir(parents=True, exist_ok=True)
    child = embedded.ensure(root, fast=True)
    if child is not None:
        config.add_cleanup(lambda: embedded.stop(child))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is imported by now lives as long as the process: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)
