"""What has happened between us and the systems outside, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReceived(Event):
    run_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileImported(Event):
    run_id: int
    kind: str
    created: int
    changed: int
    ended: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWasUnreadable(Event):
    run_id: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingSaved(Event):
    kind: str
