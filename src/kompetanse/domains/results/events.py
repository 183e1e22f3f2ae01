"""What has happened to the results, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsRefreshed(Event):
    measure_id: int
