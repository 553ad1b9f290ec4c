"""Workbooks (.xlsx): their sheets as grids of text cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from auditor.intake.celltext import cell_text
from auditor.intake.sheet import HEAD, Body, Grid, HeadRow, Sheet
from auditor.intake.sql import name
from auditor.intake.staging import BATCH, Staging
from auditor.location import Location
from auditor.problem import Problem


def open_workbook(path: Path) -> tuple[list[Sheet], list[Problem]]:
    """The sheets with anything on them, in order; none and a fatal Problem when the file is not a sound workbook."""
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            return list(_sheets(path, workbook)), []
    except (CalamineError, OSError, ValueError):
        what = "The workbook cannot be opened: it is damaged or not a workbook."
        remedy = "Open it in Excel and save it again, or export it again."
        return [], [Problem(Location(str(path)), "workbook-damaged", what, remedy, True)]


def _sheets(path: Path, workbook: CalamineWorkbook) -> Iterator[Sheet]:
    for meta in workbook.sheets_metadata:
        if meta.typ is not SheetTypeEnum.WorkSheet:
            continue
        cells = workbook.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
        rows: list[list[object]] = [[*row] for row in cells]
        if any(cell not in ("", None) for row in rows for cell in row):
            yield _sheet(path, meta.name, rows)


def _sheet(path: Path, title: str, rows: list[list[object]]) -> Sheet:
    head = tuple(
        HeadRow(line, tuple(cell_text(cell) or "" for cell in row), line)
        for line, row in enumerate(rows[:HEAD], start=1)
    )

    def load(connection: duckdb.DuckDBPyConnection, into: str, header: HeadRow, positions: Sequence[int]) -> Body:
        staging = Staging(connection, into, positions)
        for start in range(header.line, len(rows), BATCH):
            part = rows[start : start + BATCH]
            lines = range(start + 1, start + 1 + len(part))
            cells = [[cell_text(row[position]) for row in part] for position in positions]
            staging.add(lines, [False] * len(part), cells)
        return Body(f"(SELECT * FROM {name(into)})")

    def grid() -> Grid:
        return [[cell_text(cell) for cell in row] for row in rows]

    return Sheet(path, title, head, load, grid)
