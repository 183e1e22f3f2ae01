"""`kompetanse doctor`: is this installation sound, and if not, what mends it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `mend` says what to do where it is not sound."""

    what: str
    sound: bool
    mend: str = ""


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("doctor", help="Undersøk om installasjonen er i orden.")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from kompetanse.config import installation

    with installation.database():
        installation.set_up()
        findings = list(examine())
    for finding in findings:
        print(f"{'✓' if finding.sound else '✗'} {finding.what}")
        if not finding.sound:
            print(f"    → {finding.mend}")
    ill = sum(not finding.sound for finding in findings)
    print("Alt er i orden." if not ill else f"{ill} ting må rettes.")
    return 1 if ill else 0


def examine() -> Iterator[Finding]:
    """Look at the database, its roles, the wall, migrations, the worker and mail. Stops where the rest hangs on it."""
    from django.db import OperationalError, connections

    try:
        connections["default"].ensure_connection()
        connections["owner"].ensure_connection()
    except OperationalError as error:
        yield Finding("Databasen svarer", False, f"Kontroller DATABASE_URL og at serveren går: {error}".strip())
        return
    version = connections["default"].cursor().connection.info.server_version
    yield Finding(f"PostgreSQL {version // 10000}", version >= 150000, "Oppgrader til PostgreSQL 15 eller nyere.")
    yield from _roles()
    pending = _pending_migrations()
    yield Finding("Databasen er oppdatert", not pending, f"Kjør `kompetanse migrate` ({len(pending)} gjenstår).")
    if pending:
        return
    yield from _wall()
    yield from _triggers()
    yield from _worker()
    yield from _addresses()
    yield from _mail()
    yield from _stuck_messages()
    yield _retention()


def _roles() -> Iterator[Finding]:
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls, current_user FROM pg_roles WHERE rolname = current_user")
        above, name = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole AND relkind = 'r'")
        (owned,) = cursor.fetchone()
    yield Finding(
        f"Nettrollen {name} kan ikke gå utenom tilgangsveggen",
        not above and owned == 0,
        "Koble til som en rolle uten SUPERUSER og BYPASSRLS som ikke eier tabeller (DATABASE_WEB_URL).",
    )


def _pending_migrations() -> list[str]:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _wall() -> Iterator[Finding]:
    from django.db import connections

    from kompetanse.foundation import schema

    role = connections["default"].settings_dict["USER"]
    with connections["owner"].cursor() as cursor:
        steps = schema.differences(cursor, role)
    first = steps[0].what if steps else ""
    yield Finding(
        "Tilgangsveggen står som erklært", not steps, f"Kjør `kompetanse migrate` ({len(steps)} avvik: {first})."
    )


def _triggers() -> Iterator[Finding]:
    """What is kept ready is right because triggers keep it so."""
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute(
            """SELECT count(*), coalesce(min(tgrelid::regclass::text), '') FROM pg_trigger
               WHERE tgenabled = 'D' AND NOT tgisinternal"""
        )
        off, first = cursor.fetchone()
    yield Finding(
        "Databasens utløsere er på",
        off == 0,
        f"{off} er slått av (den første på {first}). Kjør `kompetanse synth` ferdig, eller slå dem på med "
        "ALTER TABLE … ENABLE TRIGGER USER og kjør `kompetanse prove`.",
    )


def _worker() -> Iterator[Finding]:
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'")
        (alive,) = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        (failed,) = cursor.fetchone()
    yield Finding("Bakgrunnsarbeideren går", alive > 0, "Start `kompetanse worker`.")
    yield Finding("Ingen bakgrunnsjobb har gitt opp", failed == 0, f"{failed} jobber har gitt opp. Se loggen.")


def _retention() -> Finding:
    """What the clock would delete tonight: told, never a fault."""
    from collections import Counter

    from kompetanse.domains.organisation import api as organisation
    from kompetanse.domains.results import api as results
    from kompetanse.foundation import clock
    from kompetanse.kernel.context import system_context

    counts: Counter[str] = Counter()
    for tenant_id, leans_on in organisation.list_tenants().items():
        ctx = system_context("what would be deleted", leans_on, clock.now())
        counts.update(organisation.count_past(ctx, tenant_id=tenant_id))
    told = ", ".join(f"{results.name_of(label)}: {count}" for label, count in sorted(counts.items()))
    return Finding(f"Blir slettet i natt, fordi lagringstiden er ute: {told or 'ingenting'}", True)


def _addresses() -> Iterator[Finding]:
    """Where links in letters lead, and whom they are from: only a real server has anything to answer for."""
    from django.conf import settings

    from kompetanse.config.settings.base import ENV

    if ENV.is_embedded:
        return
    yield Finding(
        f"Lenker i meldinger begynner med {settings.PUBLIC_URL}",
        settings.HAS_PUBLIC_URL,
        "Sett KOMPETANSE_URL til adressen folk bruker, f.eks. https://kompetanse.example.no. Uten den fører lenkene i "
        "e-post og kalendere ingen steder.",
    )
    yield Finding(
        "E-posttjeneren er satt opp",
        ENV.mail is not None,
        "Sett KOMPETANSE_MAIL, f.eks. smtp://bruker:passord@smtp.example.no:587. Uten den venter meldingene, og gir "
        "opp etter et par døgn; folk kan lese dem på siden.",
    )
    yield Finding(
        f"Meldinger er fra {settings.DEFAULT_FROM_EMAIL}",
        bool(ENV.mail_from),
        "Sett KOMPETANSE_MAIL_FROM til en adresse tjeneren får sende fra, f.eks. «Kompetanseregionen "
        "<ikke-svar@kompetanse.example.no>». Invitasjoner i kalenderen er fra den samme.",
    )


def _stuck_messages() -> Iterator[Finding]:
    from kompetanse.domains.messages import api as messages
    from kompetanse.domains.organisation import api as organisation
    from kompetanse.foundation import clock
    from kompetanse.kernel.context import system_context

    ctx = system_context("what did not arrive", set(organisation.list_tenants()), clock.now())
    page = messages.get_states(ctx)
    yield Finding(
        "Alle meldinger kom fram",
        page.shown_of == 0,
        f"{page.shown_of} kom ikke fram. Kurskontoret ser hvilke under Meldinger, og kan sende dem på nytt.",
    )


def _mail() -> Iterator[Finding]:
    from django.core import mail

    try:
        connection = mail.get_connection()
        connection.open()
        connection.close()
    except Exception as error:
        yield Finding("E-post kan sendes", False, f"Kontroller e-postinnstillingene: {error}")
    else:
        yield Finding("E-post kan sendes", True)
