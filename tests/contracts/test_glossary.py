"""Every noun of the domains has its Norwegian words, and every word leads into the code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

from kompetanse.foundation import models as foundation
from kompetanse.foundation import privacy
from kompetanse.foundation.operation import Event

from .test_doors import parts

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ROW = re.compile(r"^\| (?P<nb>[^|]+) \| (?P<nn>[^|]+) \| (?P<names>`[^|]+`) \| (?P<meaning>[^|]+) \|$", re.MULTILINE)
NAME = re.compile(r"`([a-z]+(?:\.\w+)+)`")
# Enums that no person meets: how files are read.
UNSPOKEN = {"integrations.Shape", "integrations.DateFormat"}
HOMES = ("types", "models", "events", "permissions")


def rows() -> list[re.Match[str]]:
    return list(ROW.finditer(GLOSSARY.read_text(encoding="utf-8")))


def told() -> set[str]:
    return {name for row in rows() for name in NAME.findall(row["names"])}


def spoken() -> Iterator[str]:
    """Every enum member, right and event of the domains, as the glossary writes them."""
    for domain in settings.DOMAINS:
        for module in (part for home in ("types", "events", "permissions") for part in parts(domain, home)):
            for name, it in vars(module).items():
                if not inspect.isclass(it) or it.__module__ != module.__name__ or f"{domain}.{name}" in UNSPOKEN:
                    continue
                if issubclass(it, Enum):
                    yield from (f"{domain}.{name}.{member.name}" for member in it)
                elif issubclass(it, Event):
                    yield f"{domain}.{name}"


class TestGlossary:
    def test_has_every_model(self) -> None:
        missing = {model._meta.label for model in privacy.declared_models()} - told()
        assert not missing, "give each a line in docs/glossary.md"

    def test_has_every_role_status_right_and_event(self) -> None:
        assert not set(spoken()) - told(), "give each a line in docs/glossary.md"

    @pytest.mark.parametrize("name", sorted(told()))
    def test_leads_into_the_code(self, name: str) -> None:
        domain, *path = name.split(".")
        homes = [foundation] if domain == "foundation" else [part for home in HOMES for part in parts(domain, home)]
        assert any(found(home, path) for home in homes), f"{name} is gone from the code"

    def test_says_a_word_once_for_each_thing(self) -> None:
        names = [name for row in rows() for name in NAME.findall(row["names"])]
        assert sorted(names) == sorted(set(names))
        for row in rows():
            assert row["nb"].strip()
            assert row["nn"].strip()
            assert row["meaning"].strip()


def found(home: ModuleType, path: list[str]) -> bool:
    it: object = home
    for part in path:
        if not hasattr(it, part):
            return False
        it = getattr(it, part)
    return True
