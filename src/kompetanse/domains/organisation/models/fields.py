"""Columns that follow another column of the row."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kompetanse.domains.organisation.types import BodyKind, Level, Role, SeatKind, VoteRule, WrittenForm
from kompetanse.kernel.text import comparable, name_words


def choices(enum: type[Level | WrittenForm | Role | BodyKind | SeatKind | VoteRule]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class TextKey(models.CharField):  # type: ignore[type-arg]
    """What the text in another column of the row is compared by; follows it whenever the row is written."""

    def __init__(self, of: str = "", **kwargs: Any):
        self.of = of
        kwargs.setdefault("max_length", 160)
        super().__init__(**kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = comparable(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, key)
        return key

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}


class NameWords(ArrayField):  # type: ignore[type-arg]
    """The words of the unit's name as they are compared."""

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:
        found = name_words(model_instance.name)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, found)
        return found
