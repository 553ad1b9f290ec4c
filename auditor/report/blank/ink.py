"""Ink: how the cells of a blank sheet look on paper."""

from __future__ import annotations

from enum import Enum

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from auditor.report.excel.look import FONT

_THIN = Side(style="thin", color="FF8A94A0")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_BAND = PatternFill("solid", fgColor="FFE3EAF3")
_DARK, _GREY, _BLACK = "FF2F4B6E", "FF55606E", "FF222222"


class Ink(Enum):
    """What a cell is: size, bold, colour, alignment, wrapped, boxed, on a band."""

    TITLE = (18, True, _DARK, "center", False, False, False)
    NOTE = (9, False, _GREY, "center", True, False, False)
    LABEL = (10, True, _GREY, "left", True, True, True)
    ENTRY = (11, False, _BLACK, "left", True, True, False)
    HEADER = (10, True, _DARK, "center", True, True, True)
    SECTION = (11, True, _DARK, "left", False, True, True)
    CODE = (7, False, _GREY, "left", True, True, False)
    TICK = (13, True, _BLACK, "center", False, True, False)
    SIGNATURE = (11, False, _BLACK, "left", False, False, False)


def write(
    sheet: Worksheet, row: int, column: int, value: str | float | None, ink: Ink, last: int | None = None
) -> None:
    """Put a value into a cell, or into one merged from ``column`` to ``last`` (both from 1)."""
    size, bold, colour, across, wrapped, boxed, band = ink.value
    for place in range(column, (last or column) + 1):
        cell = sheet.cell(row, place)
        cell.font = Font(name=FONT, size=size, bold=bold, color=colour)
        cell.alignment = Alignment(
            horizontal=across, vertical="center", wrap_text=wrapped, indent=int(boxed and across == "left")
        )
        if boxed:
            cell.border = _BOX
        if band:
            cell.fill = _BAND
    if last and last > column:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row, end_column=last)
    first = sheet.cell(row, column)
    first.value = value
    if isinstance(value, str):
        first.data_type = "s"
        first.quotePrefix = value.startswith(("=", "+", "-", "@"))
