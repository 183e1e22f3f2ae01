"""The doors keep what they promise: what they name is there and explained, and every way in is guarded."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings

import kompetanse
from kompetanse.config import wiring
from kompetanse.kernel.context import Context

TESTS = Path(__file__).parents[1]
SOURCE = Path(kompetanse.__file__).parent
# A door's names that need no Context, or open a scope of their own, and why.
WITHOUT = {
    "organisation.found_region": "makes the tenant that its operation then is scoped to",
    "organisation.register_municipality": "public facts and a new tenant; nobody's rows",
    "organisation.new_person": "an empty row that tells nothing",
    "organisation.name_persona": "the demo's start page; the table is empty everywhere else",
    "organisation.choose_language": "one's own account, before any scope",
    "organisation.context_for": "makes the Context",
    "organisation.context_for_account": "makes the Context",
    "organisation.find_account": "who logs in has no Context yet",
    "organisation.find_persona_account": "who logs in has no Context yet",
    "organisation.list_personas": "the demo's start page is open to all",
    "organisation.get_region": "public facts about regions",
    "organisation.find_region_of": "public facts about regions",
    "organisation.get_member": "public facts about regions",
    "organisation.list_municipalities": "public facts about municipalities",
    "organisation.list_region_names": "public facts about regions",
    "organisation.list_tenants": "public facts about municipalities and regions",
    "organisation.forget_technical": "the machinery's own rows, which belong to no tenant",
    "results.name_of": "words only; no rows",
    "competence.verify_certificate": "open to whoever holds the code: sees the one municipality it names",
    "competence.badge": "open to whoever holds the code: sees the one municipality it names",
    "competence.badge_issuer": "public facts about municipalities",
    "competence.badge_key": "a public key",
    "competence.revoked_badges": "open to all: names that lead to nobody",
    "competence.tenants_to_confirm": "asks the policy only; no rows",
    "competence.tenants_to_report": "asks the policy only; no rows",
    "competence.tenants_to_answer": "asks the policy only; no rows",
    "competence.tenants_to_tighten": "asks the policy only; no rows",
    "competence.tell_under_way": "named once when the programme starts; no rows",
    "courses.open_trainer_link": "open to whoever holds the link: sees the one session it names",
    "courses.note_trainer_link": "open to whoever holds the link: notes that it was opened",
    "courses.tell_by_link": "open to whoever holds the link: tells of the one session it names",
    "evaluations.open_ticket": "open to whoever holds the ticket: sees the one evaluation it names, and nobody",
    "evaluations.answer_ticket": "open to whoever holds the ticket: nobody in particular answers",
    "messages.declare_kinds": "named once when the programme starts; no rows",
    "messages.find_due": "asked by the clock: acts as the system, and gives only whose messages wait",
    "messages.read_feed": "open to whoever holds the secret: sees the tenants it names, and there its person's rows",
    "messages.receive_bounce": "the mail server has no Context: acts as the system in the one tenant the notice names",
    "messages.send_waiting": "short transactions of the system's own, so that a crash between them shows",
    "competence.catch_up": "asked by the clock: acts as the system, one municipality at a time",
    "competence.load_register": "the shared register, from the product's own files",
    "competence.list_requirements": "the shared register is open to all",
    "competence.get_requirement": "the shared register is open to all",
    "competence.find_requirement": "the shared register is open to all",
    "competence.list_topics": "the shared register is open to all",
}


# Acts on what is shared by all, so that a role anywhere is enough; and the making of what has no owner yet.
SHARED = {"competence.teach_topic_name", "organisation.found_region", "organisation._found_region"}


def parts(domain: str, name: str) -> Iterator[ModuleType]:
    """`operations` or `queries` of a domain, with its topics where it is a package."""
    whole = importlib.import_module(f"kompetanse.domains.{domain}.{name}")
    yield whole
    for found in pkgutil.iter_modules(getattr(whole, "__path__", [])):
        yield importlib.import_module(f"{whole.__name__}.{found.name}")


def door(domain: str) -> ModuleType:
    return importlib.import_module(f"kompetanse.domains.{domain}.api")


def functions(domain: str) -> dict[str, Callable[..., Any]]:
    """What the domain's door offers, classes apart."""
    return {name: it for name in door(domain).__all__ if inspect.isfunction(it := getattr(door(domain), name))}


def operations() -> list[str]:
    return [
        f"{domain}.{name}"
        for domain in settings.DOMAINS
        for name, function in functions(domain).items()
        if hasattr(function, "is_operation")
    ]


@pytest.mark.parametrize("domain", settings.DOMAINS)
class TestEveryDoor:
    def test_names_what_is_there_and_explains_it(self, domain: str) -> None:
        for name in door(domain).__all__:
            assert hasattr(door(domain), name), f"{domain}.api has no {name}"
        silent = [name for name, function in functions(domain).items() if not (function.__doc__ or "").strip()]
        assert not silent

    def test_offers_no_more_than_it_names(self, domain: str) -> None:
        offered = {name for name in vars(door(domain)) if not name.startswith("_")}
        modules = {name for name, it in vars(door(domain)).items() if isinstance(it, ModuleType)}
        assert offered - modules - {"annotations"} == set(door(domain).__all__)

    def test_knows_who_acts(self, domain: str) -> None:
        for name, function in functions(domain).items():
            if f"{domain}.{name}" in WITHOUT:
                continue
            guarded = hasattr(function, "is_operation") or hasattr(function, "is_query")
            assert guarded, f"{domain}.{name} is neither an @operation nor a @query: guard it, or say why in WITHOUT"
            first = next(iter(inspect.signature(function).parameters.values()))
            assert first.annotation in (Context, "Context"), f"{domain}.{name} takes no Context first"

    def test_writes_in_operations_and_reads_in_queries(self, domain: str) -> None:
        for module in parts(domain, "operations"):
            for name, it in vars(module).items():
                assert not (hasattr(it, "is_query") and it.__module__ == module.__name__), f"{module.__name__}.{name}"
        for module in parts(domain, "queries"):
            for name, it in vars(module).items():
                assert not hasattr(it, "is_operation"), f"{module.__name__}.{name} writes"

    def test_every_operation_is_let_out(self, domain: str) -> None:
        """An operation that no door offers is for nobody; one that only its own domain calls is no operation."""
        for module in parts(domain, "operations"):
            for name, it in vars(module).items():
                if hasattr(it, "is_operation") and it.__module__ == module.__name__ and not name.startswith("_"):
                    assert name in door(domain).__all__, f"{module.__name__}.{name} is in no door"


class TestEveryOperation:
    @pytest.mark.parametrize("operation", operations())
    def test_is_called_by_a_test(self, operation: str) -> None:
        """By its own name; or it is a handler's that is wired to an event, which runs with the act it follows."""
        domain, name = operation.split(".")
        called = re.compile(rf"\b{name}\(|\b{name}\b[,)]")
        wired = inspect.getsource(wiring)
        by_event = f"on_{domain}." in wired and is_called_by_handlers(domain, name)
        assert by_event or any(called.search(text) for text in written_tests()), f"no test calls {operation}"

    @pytest.mark.parametrize("domain", settings.DOMAINS)
    def test_asks_for_the_right_where_it_acts(self, domain: str) -> None:
        """`require_role` only asks for a role somewhere: what the row says must be asked, too."""
        careless = []
        for module in parts(domain, "operations"):
            for it in ast.parse(inspect.getsource(module)).body:
                if not isinstance(it, ast.FunctionDef) or f"{domain}.{it.name}" in SHARED:
                    continue
                asked = set(re.findall(r"access\.(\w+)\(", ast.unparse(it)))
                if "require_role" in asked and not asked & {"require", "fetch", "rows", "answer"}:
                    careless.append(f"{module.__name__}.{it.name}")
        assert not careless, "use access.require with the row, or a row not yet saved, that says whose it is"

    def test_without_says_nothing_that_is_gone(self) -> None:
        for key in WITHOUT:
            domain, name = key.split(".")
            assert name in door(domain).__all__, f"{key} is no longer in its door"


def is_called_by_handlers(domain: str, name: str) -> bool:
    path = SOURCE / "domains" / domain / "handlers.py"
    return path.exists() and f"{name}(" in path.read_text(encoding="utf-8")


@functools.cache
def written_tests() -> list[str]:
    """The text of every test and builder, the contracts apart: those only say what must hold for all."""
    files = [path for path in TESTS.rglob("*.py") if "contracts" not in path.parts]
    return [path.read_text(encoding="utf-8") for path in files]
