from __future__ import annotations

from collections import defaultdict

import pytest

from kompetanse.foundation import outbox


@pytest.fixture(autouse=True)
def _pools_are_suggested_when_the_test_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the wiring: what listens elsewhere is tested there, and here every step is the test's own."""
    monkeypatch.setattr(outbox, "_handlers", defaultdict(list))
