from __future__ import annotations

import pytest

from tests.make import competence as made


@pytest.fixture(scope="session", autouse=True)
def register(database: None) -> None:
    """The requirement register is loaded."""
    made.register()
