"""Canvas: a sheet written from top to bottom in sections, for reading rather than sorting."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from auditor.report.excel.look import WRAPPING, Look
from auditor.report.excel.openpyxl_types import Cell, Sheet
from auditor.report.excel.pen import Pen
from auditor.report.excel.width import LINE, lines_needed

MOST_HEIGHT = 400.0

Spread = tuple[int, int] | None


class Canvas:
    """Appends rows to a sheet whose columns have the given ``widths`` in Latin characters."""

    def __init__(self, sheet: Sheet, pen: Pen, widths: Sequence[float]) -> None:
        """Set the widths; no row may have been written before."""
        self._sheet = sheet
        self._pen = pen
        self._widths = widths
        self._row = 0
        for place, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width

    def title(self, value: str) -> None:
        """The heading of the sheet."""
        self._append([self._cell(value, Look.TITLE)], 34)

    def section(self, value: str) -> None:
        """An empty line, then a band with the name of what follows."""
        self._append([], 9)
        self._append([self._cell(value, Look.SECTION), *(self._cell(None, Look.SECTION) for _ in self._widths[1:])], 22)

    def header(self, values: Sequence[str | None], *, spread: Spread = None) -> None:
        """The header of a small table; a column of None has none. ``spread``: see row."""
        self.row([None if value is None else (value, Look.HEADER) for value in values], spread=spread)

    def row(self, values: Sequence[tuple[object, Look] | None], *, spread: Spread = None) -> None:
        """Values with their looks; the row grows with its longest text.

        ``spread`` are the first and last column (from 0) over which the value of the first one spreads.
        """
        if spread:
            first, last = spread
            values = [*values[: first + 1], *[(None, _look(values[first]))] * (last - first), *values[last + 1 :]]
        lines = max((self._lines(place, one, spread) for place, one in enumerate(values) if one), default=1)
        self._append([self._cell(*one) if one else None for one in values], min(LINE * lines + 3, MOST_HEIGHT))
        if spread:
            self._sheet.merged_cells.add(CellRange(None, first + 1, self._row, last + 1, self._row))

    def _lines(self, place: int, value: tuple[object, Look], spread: Spread) -> int:
        if value[1] not in WRAPPING:
            return 1
        last = spread[1] if spread and spread[0] == place else place
        return lines_needed(str(value[0] or ""), sum(self._widths[place : last + 1]))

    def _cell(self, value: object, look: Look) -> Cell:
        return self._pen.cell(self._sheet, value, look)

    def _append(self, cells: Sequence[Cell | None], height: float) -> None:
        self._row += 1
        self._sheet.row_dimensions[self._row].height = height
        self._sheet.append(cells)


def _look(value: tuple[object, Look] | None) -> Look:
    return value[1] if value else Look.TEXT
