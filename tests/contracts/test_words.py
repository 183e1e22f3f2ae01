"""What is kept and what is done is told in words that people understand, in every written form. Nothing is forgotten:
a model, a personal field, an operation or an event without its line in results/data/words.csv fails here."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
from collections.abc import Iterator
from enum import StrEnum

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet

from kompetanse.domains.assessments.rules import Occasion
from kompetanse.domains.assessments.types import RaterKind
from kompetanse.domains.competence.types import EvidenceSource
from kompetanse.domains.courses.types import Basis, How, SignupStatus
from kompetanse.domains.evaluations.types import Stage
from kompetanse.domains.governance.types import ViewKind
from kompetanse.domains.integrations.types import Kind
from kompetanse.domains.messages.types import Channel
from kompetanse.domains.organisation.types import BodyKind, Role, SeatKind
from kompetanse.domains.plans.types import MeasureStatus
from kompetanse.domains.results import rules
from kompetanse.domains.results.queries import naming
from kompetanse.domains.yearwheel.types import Occasion as StepOccasion
from kompetanse.domains.yearwheel.types import Stated
from kompetanse.foundation import privacy, retention
from kompetanse.foundation.operation import Event

from .test_doors import parts

HOW = "add a line to src/kompetanse/domains/results/data/words.csv for each"
# Enums whose values stand in deeds.
VALUES: list[type[StrEnum]] = [
    Basis, BodyKind, Channel, EvidenceSource, How, Kind, MeasureStatus, Occasion, RaterKind, Role, SeatKind,
    SignupStatus, Stage, Stated, StepOccasion, ViewKind,
]  # fmt: skip


def about_people() -> list[type]:
    return [m for m in privacy.declared_models() if getattr(m.Data, "subject", None) is not None]  # type: ignore[attr-defined]


def operations() -> Iterator[str]:
    for domain in settings.DOMAINS:
        for module in parts(domain, "operations"):
            for name, it in vars(module).items():
                if hasattr(it, "is_operation") and it.__module__ == module.__name__:
                    yield f"{domain}.{name}"


def events() -> Iterator[tuple[str, type[Event]]]:
    for domain in settings.DOMAINS:
        for name, it in vars(importlib.import_module(f"kompetanse.domains.{domain}.events")).items():
            if inspect.isclass(it) and issubclass(it, Event) and it is not Event:
                yield f"{domain}.{name}", it


def details() -> set[str]:
    return {field.name for _, event in events() for field in dataclasses.fields(event)} - {"tenant_id"}


def wanted() -> Iterator[tuple[str, str]]:
    for model in privacy.declared_models():
        yield "model", model._meta.label
        for field in privacy.personal_fields(model):
            yield "field", field
    for about in about_people():
        yield "purpose", about._meta.label  # type: ignore[attr-defined]
        yield "after", retention.keep_of(about).after
    yield from (("operation", name) for name in operations())
    yield from (("event", name) for name, _ in events())
    yield from (("detail", name) for name in details())
    yield from (("value", member.value) for enum in VALUES for member in enum)


class TestWords:
    @pytest.mark.parametrize("kind", ["model", "field", "purpose", "after", "operation", "event", "detail", "value"])
    def test_nothing_lacks_its_words(self, kind: str) -> None:
        missing = sorted({key for of, key in wanted() if of == kind and not rules.has_words(kind, key)})
        assert not missing, HOW

    def test_no_line_is_left_over(self) -> None:
        assert not set(rules.spoken()) - set(wanted()), "these lines name what is gone"

    def test_the_purposes_are_those_declared(self) -> None:
        for model in about_people():
            said = rules.word("purpose", model._meta.label, "en")  # type: ignore[attr-defined]
            assert said == model.Data.purpose, f"{model} has another purpose now"  # type: ignore[attr-defined]

    def test_every_id_in_a_deed_is_named_or_left_out(self) -> None:
        ids = {name for name in details() if name.endswith("_id")}
        said = set(naming.NAMED) | naming.UNNAMED | {"person_id"}
        assert ids <= said, "say in results/queries/naming.py how each is said"

    def test_every_day_in_a_deed_is_said_as_a_day(self) -> None:
        days = {field.name for _, event in events() for field in dataclasses.fields(event) if "date" in str(field.type)}
        plain = {name for name in days if not name.endswith("_on")}
        assert plain == naming.DAYS, "say in results/queries/naming.py which details are days"

    @pytest.mark.parametrize("named", [*naming.NAMED.values(), naming.IMPORT, naming.PERSON], ids=str)
    def test_what_names_a_row_is_a_field_of_it(self, named: naming.Naming) -> None:
        QuerySet(apps.get_model(named.model)).values_list("pk", *named.fields)  # raises where one is not
