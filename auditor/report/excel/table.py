"""Table: a sheet that is one Excel Table, with its header in the first row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from string import ascii_uppercase
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

from auditor.report.excel.look import WRAPPING, Look
from auditor.report.excel.markup import row_markup
from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.excel.pen import Pen
from auditor.report.excel.width import LINE, lines_needed, text_width, value_width

LOOKED_AT = 200
"""How many rows decide the widths of columns."""

MOST_LINES = 10
"""How many lines high a row can be; the rest of a text is read in the cell."""

_LETTERS = ascii_uppercase
"""The letters of columns; a table here has at most 26."""

Row = Sequence["object | Shown"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that looks otherwise than its column."""

    value: object
    look: Look


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, how its cells look, and the least and greatest width in Latin characters."""

    title: str
    look: Look = Look.TEXT
    least: int = 6
    most: int = 40


def write_table(
    sheet: Sheet, name: str, columns: Sequence[Column], rows: Iterable[Row], pen: Pen, *, frozen: int, empty: str
) -> None:
    """Make ``sheet`` the Table ``name``; without rows it gets one that says ``empty``, as a Table needs a row.

    The header and the first ``frozen`` columns stay in sight. Headers must differ.
    """
    coming = iter(rows)
    first = list(islice(coming, LOOKED_AT)) or [[empty, *[None] * (len(columns) - 1)]]
    widths = _set_widths(sheet, columns, first)
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
    sheet.print_title_rows = "1:1"
    sheet.row_dimensions[1].height = 30
    sheet.append([pen.cell(sheet, column.title, Look.HEADER) for column in columns])
    body = pen.body(sheet.title)
    number = 1
    for number, row in enumerate(chain(first, coming), start=2):
        cells = _cells(sheet.title, columns, number, row, pen)
        body.write(row_markup(number, cells, _height(columns, widths, row)).encode())
    _add_table(sheet, name, columns, number)


def _cells(title: str, columns: Sequence[Column], number: int, row: Row, pen: Pen) -> Iterator[str]:
    for letter, column, value in zip(_LETTERS[: len(columns)], columns, row, strict=True):
        shown = value if isinstance(value, Shown) else Shown(value, column.look)
        yield pen.markup(title, shown.value, shown.look, f"{letter}{number}")


def _height(columns: Sequence[Column], widths: Sequence[float], row: Row) -> float | None:
    """Points that the row needs for its wrapped texts; None for a single line."""
    lines = (
        lines_needed(value, width)
        for column, width, value in zip(columns, widths, row, strict=True)
        if isinstance(value, str) and column.look in WRAPPING
    )
    most = min(max(lines, default=1), MOST_LINES)
    return LINE * most if most > 1 else None


def _set_widths(sheet: Sheet, columns: Sequence[Column], rows: Sequence[Row]) -> list[float]:
    widths = []
    for place, column in enumerate(columns):
        values = (row[place] for row in rows)
        widest = max(value_width(value.value if isinstance(value, Shown) else value) for value in values)
        wanted = max(widest, text_width(column.title) + 3, column.least) + 2
        widths.append(float(min(wanted, column.most)))
        sheet.column_dimensions[get_column_letter(place + 1)].width = widths[-1]
    return widths


def _add_table(sheet: Sheet, name: str, columns: Sequence[Column], last: int) -> None:
    table: Any = Table(displayName=name, name=name, ref=f"A1:{get_column_letter(len(columns))}{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    table._initialise_columns()
    for written, column in zip(table.tableColumns, columns, strict=True):
        written.name = column.title
    sheet.tables.add(table)
