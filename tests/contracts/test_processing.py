"""The record of processing is what the models declare today."""

from __future__ import annotations

from kompetanse.foundation import privacy
from tools import processing


class TestRecordOfProcessing:
    def test_is_current(self) -> None:
        committed = processing.PROCESSING.read_text(encoding="utf-8")
        assert committed == processing.written(), "run python tools/processing.py"

    def test_has_a_line_for_every_model(self) -> None:
        lines = processing.written().splitlines()
        for model in privacy.declared_models():
            told = [line for line in lines if line.startswith(f"| `{model._meta.label}` |")]
            assert len(told) == 1, model

    def test_names_every_personal_field(self) -> None:
        for model in privacy.declared_models():
            line = next(it for it in processing.written().splitlines() if it.startswith(f"| `{model._meta.label}` |"))
            for field in privacy.personal_fields(model):
                assert field in line
