"""Write docs/reference/openapi.json, the description of the interface for machines.

    python tools/openapi.py

The committed file is what others build on: a test fails when the code says something else.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

OPENAPI = Path(__file__).resolve().parents[1] / "docs" / "reference" / "openapi.json"


def written() -> str:
    """The description as the code tells it. Django must be set up."""
    from kompetanse.config.rest import api

    return json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetanse.config.settings.test")
    from kompetanse.config import installation

    installation.set_up()
    OPENAPI.write_text(written(), encoding="utf-8")
