"""Minutes as a record for an archive, in the shape of Noark 5: folder, registry entries, documents, parties."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

from kompetanse.domains.governance.rules.archive import archived
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context

from .minutes import get_minutes


@query
def minutes_archive(ctx: Context, *, meeting_id: int, form: str = "json") -> bytes:
    """The frozen minutes as `json` or `xml` in the shape of Noark 5. Raises NotFound, or MinutesAreNotWritten."""
    minutes = get_minutes(ctx, meeting_id=meeting_id)
    record = archived(dict(minutes.content), meeting_id=meeting_id, written_at=minutes.written_at.isoformat())
    if form == "xml":
        root = ElementTree.Element("mappe", {"xmlns": "http://www.arkivverket.no/standarder/noark5/arkivstruktur"})
        _fill(root, record)
        ElementTree.indent(root)
        whole: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        return whole
    return json.dumps({"mappe": record}, ensure_ascii=False, indent=1).encode()


def _fill(parent: ElementTree.Element, values: dict[str, Any]) -> None:
    """Each value as an element; a list as one element for each in it."""
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            child = ElementTree.SubElement(parent, name)
            if isinstance(one, dict):
                _fill(child, one)
            else:
                child.text = str(one)
