"""Write docs/reference/processing.md, the record of processing, from what the models declare of themselves.

    python tools/processing.py

A test fails when the committed file is not what the declarations say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model

    from kompetanse.foundation.privacy import Keep

PROCESSING = Path(__file__).resolve().parents[1] / "docs" / "reference" / "processing.md"
HEAD = """# Record of processing

What the system keeps, why, about whom, and for how long. Written by `python tools/processing.py` from the `Data`
declaration of each model; the same declarations drive row-level security, a person's own export, and this page.
Do not edit by hand.

Whose it is: *own* rows belong to one municipality or region and are walled by the database; *reference* is public
and the same for all; *technical* is the machinery's own and holds ids, never a municipality's facts.
"""
SECTIONS = (("Personal data", True), ("Without personal data", False))


def written() -> str:
    """The page as the declarations tell it. Django must be set up."""
    from kompetanse.foundation import privacy

    parts = [HEAD]
    for title, personal in SECTIONS:
        models = [model for model in privacy.declared_models() if _is_about_somebody(model) is personal]
        parts.append(f"\n## {title}\n\n" + "\n".join(_table(models, personal)) + "\n")
    return "".join(parts)


def _table(models: list[type[Model]], personal: bool) -> Iterator[str]:
    from kompetanse.foundation import privacy

    yield "| what | purpose | whose |" + (" about whom | personal fields |" if personal else "") + " kept |"
    yield "| --- | --- | --- |" + (" --- | --- |" if personal else "") + " --- |"
    for model in models:
        data = model.Data  # type: ignore[attr-defined]
        cells = [f"`{model._meta.label}`", data.purpose, str(privacy.tenancy_of(model))]
        if personal:
            fields = [f"{name} ({kind})" for name, kind in privacy.personal_fields(model).items()]
            cells += [
                f"`{data.subject}`" if data.subject else "whoever a row tells of",
                ", ".join(fields) or "the person's id only",
            ]
        cells.append(_kept(data.keep) + (", append-only" if getattr(data, "append_only", False) else ""))
        yield "| " + " | ".join(cells) + " |"


def _is_about_somebody(model: type[Model]) -> bool:
    return getattr(model.Data, "subject", None) is not None  # type: ignore[attr-defined]


def _kept(keep: Keep) -> str:
    if keep.days is not None:
        return f"{keep.days} day{'s' if keep.days > 1 else ''} after {keep.after}"
    if keep.years is None:
        return f"as long as it stands; no end is set after {keep.after}"
    if keep.years == 0:
        return f"not longer than {keep.after}"
    return f"{keep.years} year{'s' if keep.years > 1 else ''} after {keep.after}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetanse.config.settings.test")
    from kompetanse.config import installation

    installation.set_up()
    PROCESSING.write_text(written(), encoding="utf-8")
