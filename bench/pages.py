"""The first page of each of the eight people: CPU in the server's process, and queries."""

from __future__ import annotations

import statistics
import time

from bench import installation
from bench.figures import Figure, at_most, measure

ROUNDS, WARM_UP = 60, 15


@measure("first_pages")
def first_pages() -> list[Figure]:
    installation.demo()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from kompetanse.domains.organisation import api as organisation
    from kompetanse.foundation import outbox
    from kompetanse.foundation.models import OutboxEvent

    for event_id in OutboxEvent.objects.filter(delivered_at=None).order_by("id").values_list("id", flat=True):
        outbox.deliver(event_id)
    figures = []
    for persona in organisation.list_personas():
        account = organisation.find_persona_account(persona.key)
        assert account is not None
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        with CaptureQueriesContext(
            connection,
        ) as told:
            answer = client.get("/")
        assert answer.status_code == 200, answer.content.decode()[:500]
        queries = [
            q for q in told.captured_queries if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
        ]
        spent = []
        for _ in range(WARM_UP + ROUNDS):
            before = time.process_time()
            client.get("/")
            spent.append((time.process_time() - before) * 1000)
        cpu = statistics.median(spent[WARM_UP:])
        figures.append(at_most(f"first_page_{persona.key}_cpu", cpu, "ms", 12))
        figures.append(at_most(f"first_page_{persona.key}_queries", len(queries), "queries", 12))
    return figures
