"""What has happened to the evaluations. That somebody answered is no event: nothing is to tell when."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.foundation.operation import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationOpened(Event):
    run_id: int
    evaluation_id: int
    stage: str
    invited: int
