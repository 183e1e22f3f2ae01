"""A sentence as data: rules say which, and it becomes words where somebody reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence to be translated where it is shown: message id in bokmål with %(name)s places."""

    sentence: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def text(self) -> str:
        """The sentence in bokmål with its places filled."""
        return self.sentence % self.params if self.params else self.sentence
