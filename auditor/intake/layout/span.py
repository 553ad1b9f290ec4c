"""Span: some columns of a sheet, as Excel letters name them."""

from __future__ import annotations

import re
from dataclasses import replace

from auditor.intake.sheet import HeadRow, Sheet
from auditor.mistake import Mistake

_SPAN = re.compile(r"([A-Z]{1,3}):([A-Z]{1,3})")


def letters(position: int) -> str:
    """The Excel letters of the column at ``position`` (0-based): 0 is A, 26 is AA."""
    text = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def span_of(text: str) -> tuple[int, int]:
    """The first and last 0-based column of ``A:F``; raises Mistake for anything else."""
    found = _SPAN.fullmatch(text.strip().upper())
    first, last = (_position(part) for part in found.groups()) if found else (1, 0)
    if first > last:
        raise Mistake(f"'{text}' is not a range of columns.", "Write it as A:F.")
    return first, last


def _position(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def within(sheet: Sheet, span: tuple[int, int]) -> Sheet:
    """The sheet as if nothing stood outside ``span``; columns keep their places."""
    first, last = span

    def cut(row: HeadRow) -> HeadRow:
        cells = (cell if first <= place <= last else "" for place, cell in enumerate(row.cells))
        return replace(row, cells=tuple(cells))

    merges = (replace(one, right=min(one.right, last)) for one in sheet.merges if first <= one.left <= last)
    return replace(sheet, head=tuple(cut(row) for row in sheet.head), merges=tuple(merges), left=first)
