"""Bringing a municipality's files in."""

from __future__ import annotations

from .applying import apply_import, ask_for_apply, ask_for_preview, import_file, preview_file
from .receiving import correct_mapping, forget_old_uploads, receive_file

__all__ = [
    "apply_import",
    "ask_for_apply",
    "ask_for_preview",
    "correct_mapping",
    "forget_old_uploads",
    "import_file",
    "preview_file",
    "receive_file",
]
