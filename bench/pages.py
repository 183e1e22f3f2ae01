"""The first page of each of the eight people: CPU in the server's process, and queries."""

from __future__ import annotations

import gc
import statistics
import time

from bench import installation
from bench.figures import Figure, at_most, measure

ROUNDS, WARM_UP = 60, 15
NOT_ASKING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


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
    clients: dict[str, Client] = {}
    queries: dict[str, int] = {}
    for persona in organisation.list_personas():
        account = organisation.find_persona_account(persona.key)
        assert account is not None
        clients[persona.key] = client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        with CaptureQueriesContext(connection) as told:
            answer = client.get("/")
        assert answer.status_code == 200, answer.content.decode()[:500]
        queries[persona.key] = sum(not q["sql"].startswith(NOT_ASKING) for q in told.captured_queries)
    # The server leaves Python's collector as it is, so it runs here too; only what loading the demo left behind goes.
    gc.collect()
    assert gc.isenabled()
    spent: dict[str, list[float]] = {key: [] for key in clients}
    # One round is one page for each, so that a busy moment of the machine falls on all alike.
    for _ in range(WARM_UP + ROUNDS):
        for key, client in clients.items():
            before = time.process_time()
            client.get("/")
            spent[key].append((time.process_time() - before) * 1000)
    figures = []
    for key in clients:
        figures.append(at_most(f"first_page_{key}_cpu", statistics.median(spent[key][WARM_UP:]), "ms", 12))
        figures.append(at_most(f"first_page_{key}_queries", queries[key], "queries", 12))
    return figures
