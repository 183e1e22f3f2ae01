"""Documents that everybody can read: tagged PDF (PDF/UA-1) in the reader's written form.

The template is Typst markup of our own; what people have written reaches it as data and never as markup:

    #let data = json(bytes(sys.inputs.data))

Texts in the data are shown with `#data.title`, which Typst does not interpret.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

LANGUAGES = ("nb", "nn")


def render_pdf(template: Path, data: dict[str, Any], *, language: str = "nb") -> bytes:
    """Render a Typst template with `data` (what JSON can hold) in `nb` or `nn`; gives the PDF's bytes.

    The template must set the document's title and language (from `sys.inputs.language`): PDF/UA-1 demands it.
    Any other language is met with bokmål. Raises typst.TypstError where the template is at fault.
    """
    form = language if language in LANGUAGES else "nb"
    inputs = {"data": json.dumps(data, ensure_ascii=False, default=str), "language": form}
    made: bytes = typst.compile(
        str(template), root=str(template.parent), sys_inputs=inputs, format="pdf",
        pdf_standards="ua-1", ignore_system_fonts=True,
    )  # fmt: skip
    return made
