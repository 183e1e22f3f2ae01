from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from kompetanse.foundation.sessions import SessionStore


@pytest.fixture
def key() -> str:
    store = SessionStore()
    store["who"] = "Kari"
    store.save()
    assert store.session_key is not None
    return store.session_key


class TestSessionStore:
    def test_reads_what_was_kept(self, key: str) -> None:
        assert SessionStore(key)["who"] == "Kari"

    def test_forgets_what_has_run_out_and_its_key(self, key: str) -> None:
        Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))

        store = SessionStore(key)

        assert store.load() == {}
        assert store.session_key is None

    def test_knows_nothing_of_a_key_that_was_made_up(self) -> None:
        store = SessionStore("x" * 32)

        assert store.load() == {}
        assert store.session_key is None
