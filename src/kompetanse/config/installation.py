"""From nothing to a database that is up, migrated and walled."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from kompetanse.foundation import embedded

from . import environment


@contextmanager
def database(env: environment.Environment | None = None, *, fast: bool = False) -> Iterator[None]:
    """The database is up within; an embedded server that we started is stopped again after."""
    env = env or environment.read()
    child: subprocess.Popen[bytes] | None = None
    if env.is_embedded:
        child = embedded.ensure(env.data, fast=fast)
        admin = embedded.dsn(env.data, user="postgres", dbname="postgres")
        embedded.prepare(admin, database="kompetanse")
    try:
        yield
    finally:
        if child is not None:
            embedded.stop(child)


def migrate(*, verbosity: int = 0, follow: bool = True) -> list[str]:
    """Bring the schema up to date as the owner, then let the wall follow. Gives what the wall changed.

    `follow`: what is kept of the municipalities is brought up to date with it.
    """
    from django.core.management import call_command
    from django.db import connections

    env = environment.read()
    if not env.is_embedded and not env.database_web_url:
        embedded.prepare(env.database_url, database=connections["owner"].settings_dict["NAME"],
                         web_password=environment.web_password(env))  # fmt: skip
    call_command("migrate", database="owner", verbosity=verbosity, interactive=False)
    call_command("createcachetable", database="owner", verbosity=0)
    changed = wall()
    _fill(follow=follow)
    return changed


def _fill(*, follow: bool) -> None:
    """What comes with the programme, and what follows from it for the municipalities that are there."""
    from kompetanse.domains.competence import api as competence

    competence.load_register()
    if follow:
        competence.catch_up("following a new version of the register")


def wall() -> list[str]:
    """Make the database agree with the declarations. Gives what was changed, in words."""
    from django.db import connections

    from kompetanse.foundation import schema

    role = connections["default"].settings_dict["USER"]
    return [step.what for step in schema.sync(connections["owner"], role)]


def set_up() -> None:
    """Load Django with the settings that the environment names."""
    import django

    django.setup()


def collect_static() -> None:
    """Gather and compress the static files where the web server finds them."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, clear=False)


def close() -> None:
    """Let go of the database, so that another process may stop it."""
    from django.db import connections

    connections.close_all()
