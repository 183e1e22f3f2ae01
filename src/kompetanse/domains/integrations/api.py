"""The door of the integrations."""

from __future__ import annotations

from .operations import (
    apply_import,
    ask_for_apply,
    ask_for_preview,
    correct_mapping,
    forget_old_uploads,
    import_file,
    preview_file,
    receive_file,
)
from .permissions import Right
from .queries import find_saved_mapping, get_run, list_import_places, list_rejections, list_runs

__all__ = [
    "Right",
    "apply_import",
    "ask_for_apply",
    "ask_for_preview",
    "correct_mapping",
    "find_saved_mapping",
    "forget_old_uploads",
    "get_run",
    "import_file",
    "list_import_places",
    "list_rejections",
    "list_runs",
    "preview_file",
    "receive_file",
]
