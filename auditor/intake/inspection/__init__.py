"""Inspection sheets: printed forms, matrices and one-row records become lists of inspected items."""

from __future__ import annotations

from auditor.intake.header import HeaderIndex
from auditor.intake.sheet import Sheet


def unfold(sheet: Sheet, index: HeaderIndex) -> list[Sheet] | None:
    """The lists of items that ``sheet`` holds in another layout; None for an ordinary list."""
    return None
