"""Choices: the dropdowns of a blank sheet."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

_MOST = 255
"""Characters that Excel takes in a list of choices."""


def offer(sheet: Worksheet, words: Sequence[str], cells: str) -> None:
    """Offer ``words`` in ``cells`` (``D6:F40``) and refuse others; none where Excel cannot hold such a list."""
    listed = ",".join(words)
    if not words or len(listed) > _MOST or any(mark in word for word in words for mark in ',"'):
        return
    choice = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
    choice.add(cells)
    sheet.add_data_validation(choice)
