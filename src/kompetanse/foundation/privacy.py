"""Say what you keep. Every model declares whose it is, whom it is about, why, and for how long.

The one declaration drives row-level security (`schema`), the person's export (`export_person`), the
masking of deeds, and the record of processing in docs/reference. A model without it stops the start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import models
from django.db.models.signals import class_prepared


class Tenancy(StrEnum):
    OWN = "own"  # belongs to a tenant: row-level security
    REFERENCE = "reference"  # public facts, the same for all
    TECHNICAL = "technical"  # the machinery's own; holds ids, never names


class Kind(StrEnum):
    NAME = "name"
    CONTACT = "contact"
    IDENTIFIER = "identifier"
    EMPLOYMENT = "employment"
    COMPETENCE = "competence"
    FREE_TEXT = "free text"
    HEALTH = "health"  # a special category: kept for days, with consent


# Personal data that cannot be looked up by person: a row as a file had it, before we know who it is about.
UNNAMED = ""


@dataclass(frozen=True, slots=True)
class Keep:
    """How long: `years` after `after`; None years means as long as it stands. `days` where years are far too long.

    `when` is the lookup that leads from a row to the day its time began to run. Without it the row goes with
    another: with its person's last employment, or with the municipality (see `Ends` and `retention`).
    """

    after: str
    years: int | None = None
    when: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """What `after` means, told by the model it is about: the last of the rows in `model`, by their foreign key
    `by`, is over. A row is over on the first of its `dates`."""

    after: str
    model: str
    by: str
    dates: tuple[str, ...]


def check_declaration(sender: type[models.Model], **_: Any) -> None:
    if not sender.__module__.startswith("kompetanse.") or sender._meta.abstract or sender._meta.proxy:
        return
    data = sender.__dict__.get("Data")
    if data is None:
        raise ImproperlyConfigured(f"{sender.__name__} does not say what it keeps: declare class Data")
    for needed in ("tenancy", "purpose", "keep"):
        if not hasattr(data, needed):
            raise ImproperlyConfigured(f"{sender.__name__}.Data lacks {needed}")
    subject, personal = getattr(data, "subject", None), getattr(data, "personal", {})
    if data.keep.days is not None and (data.keep.years is not None or not data.keep.when):
        raise ImproperlyConfigured(f"{sender.__name__}.Data.keep counts in days or years, and says from when")
    if personal and subject is None:
        raise ImproperlyConfigured(f"{sender.__name__}.Data keeps personal data but names no subject")
    when = data.keep.when.split("__")[0]
    for field in [*personal, *([when] if when else [])]:
        try:
            sender._meta.get_field(field)
        except FieldDoesNotExist as error:
            raise ImproperlyConfigured(f"{sender.__name__}.Data names an unknown field {field}") from error


def ends_of(model: type[models.Model]) -> Ends | None:
    """What a model declares that ends it, if anything."""
    ends: Ends | None = getattr(model.Data, "ends", None)  # type: ignore[attr-defined]
    return ends


class_prepared.connect(check_declaration, dispatch_uid="privacy.declaration")


def declared_models() -> Iterator[type[models.Model]]:
    """Every model of ours, in a stable order."""
    ours = (m for m in apps.get_models() if m.__module__.startswith("kompetanse."))
    return iter(sorted(ours, key=lambda m: m._meta.label))


def tenancy_of(model: type[models.Model]) -> Tenancy:
    tenancy: Tenancy = model.Data.tenancy  # type: ignore[attr-defined]
    return tenancy


def personal_fields(model: type[models.Model]) -> dict[str, Kind]:
    return dict(getattr(model.Data, "personal", {}))  # type: ignore[attr-defined]


def export_person(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that is kept about a person in the tenants in scope: {model: [row as {field: value}]}.

    Driven by the declarations: `Data.subject` is the lookup that leads from a row to the person's id. A file's
    bytes are left to the page that gives the file: here stand its name and what else is known of it.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for model in declared_models():
        subject = getattr(model.Data, "subject", None)  # type: ignore[attr-defined]
        if not subject:
            continue
        kept = (field for field in model._meta.concrete_fields if not isinstance(field, models.BinaryField))
        names = [field.attname for field in kept]
        rows = list(model._default_manager.filter(**{subject: person_id}).order_by("pk").values(*names))
        if rows:
            found[model._meta.label] = rows
    return found
