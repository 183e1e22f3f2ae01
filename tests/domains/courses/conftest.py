from __future__ import annotations

import pytest

from kompetanse.domains.competence import api as competence


@pytest.fixture(scope="session", autouse=True)
def register(database: None) -> None:
    """The requirement register is loaded: attendance proves one of its requirements."""
    competence.load_register()
