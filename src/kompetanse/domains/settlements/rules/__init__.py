"""Decisions about money, as pure functions."""

from __future__ import annotations

from .checking import checked_line, require_amount, require_count, require_seller
from .sharing import may_tell, reckon

__all__ = ["checked_line", "may_tell", "reckon", "require_amount", "require_count", "require_seller"]
