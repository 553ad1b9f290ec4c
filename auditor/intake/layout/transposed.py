"""Transposed sheets: the fields stand below one another and every column is a record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import duckdb

from auditor.intake.sheet import HEAD, Body, Grid, HeadRow, Merge, Sheet
from auditor.intake.sql import name
from auditor.intake.staging import Staging

MOST_FIELDS = 400
"""A sheet of more rows is no record written downwards."""

TURNED = " (transposed: row 3 is column C)"
"""What the title of an exchanged sheet ends in, so that nobody takes its rows for those on the screen."""


def transpose(sheet: Sheet) -> Sheet | None:
    """The sheet with rows and columns exchanged, so that row 3 is its column C; None where that cannot be.

    Only workbooks can be exchanged, of at most ``MOST_FIELDS`` rows.
    """
    grid = sheet.grid()
    if not grid or len(grid) > MOST_FIELDS:
        return None
    rows = list(zip(*grid, strict=True))
    head = (HeadRow(line, tuple(cell or "" for cell in row), line) for line, row in enumerate(rows[:HEAD], start=1))
    merges = (Merge(one.left + 1, one.top - 1, one.right + 1, one.bottom - 1) for one in sheet.merges)
    return replace(
        sheet,
        title=f"{sheet.title}{TURNED}",
        head=tuple(head),
        load=lambda connection, into, header, positions: _load(connection, into, rows, header, positions),
        grid=lambda: rows,
        merges=tuple(merges),
        hidden_rows=frozenset(),
    )


def _load(
    connection: duckdb.DuckDBPyConnection, into: str, rows: Grid, header: HeadRow, positions: Collection[int]
) -> Body:
    below = rows[header.last :]
    staging = Staging(connection, into, positions)
    lines = range(header.last + 1, header.last + 1 + len(below))
    staging.add(lines, [False] * len(below), [[row[position] for row in below] for position in positions])
    return Body(f"(SELECT * FROM {name(into)})")
