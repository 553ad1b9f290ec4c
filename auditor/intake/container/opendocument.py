"""OpenDocument sheets (.ods): what calamine leaves out, from their XML."""

from __future__ import annotations

import re
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from auditor.intake.container.scan import Scan
from auditor.intake.sheet import Merge

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_SPAN = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_HIDDEN = ("collapse", "filter")
_MOST_ALIKE = 1_000
"""Repeated rows beyond this are filling at the end of a sheet, and hold nothing."""


def scan_content(stream: IO[bytes]) -> list[Scan]:
    """One Scan for each sheet, in order; raises ParseError or ValueError when the XML is damaged."""
    found: list[Scan] = []
    row = column = 0
    for event, item in iterparse(stream, ("start", "end")):
        if event == "start" and item.tag == f"{_TABLE}table":
            found.append(Scan())
            row = column = 0
        elif event == "start":
            continue
        elif item.tag == f"{_TABLE}table-column":
            column += _hidden_columns(item, column, found[-1])
        elif item.tag == f"{_TABLE}table-row":
            row += _row(item, row, found[-1])
            item.clear()
    return found


def _repeated(item: Element, word: str) -> int:
    return int(item.get(f"{_TABLE}number-{word}-repeated", "1"))


def _hidden_columns(item: Element, before: int, found: Scan) -> int:
    count = _repeated(item, "columns")
    if item.get(f"{_TABLE}visibility") in _HIDDEN:
        found.hidden_columns.append((before + 1, before + count))
    return count


def _row(item: Element, before: int, found: Scan) -> int:
    """Note what one row holds; returns how many rows it stands for."""
    count = _repeated(item, "rows")
    alike = range(before + 1, before + 1 + (count if count <= _MOST_ALIKE else 0))
    if item.get(f"{_TABLE}visibility") in _HIDDEN:
        found.hidden_rows.update(alike)
        found.filtered = found.filtered or item.get(f"{_TABLE}visibility") == "filter"
    column = 0
    for cell in item:
        width = _repeated(cell, "columns")
        text = _mark(cell)
        if text is not None:
            found.marks.update({(row, place): text for row in alike for place in range(column, column + width)})
        _merge(cell, before + 1, column, found)
        column += width
    return count


def _mark(cell: Element) -> str | None:
    """The text of an error, or of a span of time, which calamine gives as it is coded."""
    if cell.get(f"{_CALC}value-type") == "error":
        return "".join(cell.itertext()).strip() or "#VALUE!"
    span = _SPAN.fullmatch(cell.get(f"{_OFFICE}time-value", ""))
    return f"{int(span[1])}:{span[2]}:{span[3]}" if span else None


def _merge(cell: Element, row: int, column: int, found: Scan) -> None:
    down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
    across = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
    if down > 1 or across > 1:
        found.merges.append(Merge(row, column, row + down - 1, column + across - 1))
