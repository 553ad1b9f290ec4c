"""Workbooks: their sheets as grids of text cells."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import duckdb
from python_calamine import CalamineError

from auditor.intake.container.cells import Cells
from auditor.intake.container.child import damaged, read_in_child
from auditor.intake.container.hidden import hidden
from auditor.intake.container.xlsx import read_xlsx
from auditor.intake.sheet import HEAD, Body, Grid, HeadRow, Sheet
from auditor.intake.sniff import Format
from auditor.intake.sql import name
from auditor.problem import Problem

_DAMAGE = (
    CalamineError, BadZipFile, zlib.error, ParseError, EOFError, LookupError, ValueError, RuntimeError,
)  # fmt: skip


def open_workbook(path: Path, kind: Format = Format.XLSX) -> tuple[list[Sheet], list[Problem]]:
    """The sheets with anything on them, in order, and what is hidden in them.

    None and a fatal Problem when the file is not a sound workbook; raises OSError when it cannot be opened.
    """
    try:
        found, problems = read_xlsx(path) if kind is Format.XLSX else read_in_child(path, kind)
    except _DAMAGE:
        return [], [damaged(path)]
    return [_sheet(path, cells) for cells in found], [*problems, *hidden(path, found)]


def _sheet(path: Path, cells: Cells) -> Sheet:
    table = cells.table
    rows = _rows(table.slice(0, HEAD))
    head = tuple(HeadRow(line, tuple(cell or "" for cell in row), line) for line, row in enumerate(rows, start=1))

    def load(connection: duckdb.DuckDBPyConnection, into: str, header: HeadRow, positions: Collection[int]) -> Body:
        _load(connection, into, table, header.last, positions)
        return Body(f"(SELECT * FROM {name(into)})")

    return Sheet(
        path, cells.title, head, load, lambda: _rows(table), cells.merges, cells.visibility, cells.hidden_rows,
        rows=table.num_rows,
    )  # fmt: skip


def _rows(table: Any) -> Grid:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def _load(
    connection: duckdb.DuckDBPyConnection, into: str, table: Any, skipped: int, positions: Collection[int]
) -> None:
    """Write the rows below the first ``skipped`` into the temporary table ``into``."""
    from pyarrow import lib as pa

    below = table.select([f"c{position}" for position in positions]).slice(skipped)
    lines = pa.array(range(skipped + 1, skipped + 1 + below.num_rows), pa.int64())
    connection.register("_cells", below.append_column("_line", lines))
    cells = "".join(f", {name(column)}" for column in below.column_names)
    select = f"SELECT _line, FALSE AS _short{cells} FROM _cells"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(into)} AS {select}")
    connection.unregister("_cells")
