"""Hidden sheets, rows and columns: they are read like the others, and that is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.intake.container.cells import Cells
from auditor.location import Location
from auditor.problem import Problem

_NAMED = 3
_REMEDY = "Show everything in Excel to see what was read, or delete what should not count."


def hidden(path: Path, sheets: Iterable[Cells]) -> Iterator[Problem]:
    """One Problem, never fatal, for each sheet that is hidden and each that hides rows or columns."""
    for cells in sheets:
        place = Location(str(path), sheet=cells.title)
        if cells.visibility != "visible":
            what = f"The sheet is {cells.visibility}; it was read like the rest."
            yield Problem(place, "hidden-sheet", what, _REMEDY)
        rows = sum(1 for row in cells.hidden_rows if row <= cells.table.num_rows)
        columns = sum(last - first + 1 for first, last in _inside(cells))
        if rows or columns:
            what = f"{_hides(cells, rows, columns)}; what is hidden was read like the rest."
            yield Problem(place, "hidden-rows", what, _REMEDY, count=rows or columns)


def _inside(cells: Cells) -> list[tuple[int, int]]:
    """The hidden columns that hold something."""
    width = cells.table.num_columns
    return [(first, min(last, width)) for first, last in cells.hidden_columns if first <= width]


def _hides(cells: Cells, rows: int, columns: int) -> str:
    parts = []
    if rows:
        numbers = sorted(cells.hidden_rows)
        more = ", ..." if len(numbers) > _NAMED else ""
        named = ", ".join(map(str, numbers[:_NAMED])) + more
        parts.append(f"{rows} {'row is' if rows == 1 else 'rows are'} hidden ({named})")
    if columns:
        named = ", ".join(
            letters(first) if first == last else f"{letters(first)}:{letters(last)}" for first, last in _inside(cells)
        )
        parts.append(f"{columns} {'column is' if columns == 1 else 'columns are'} hidden ({named})")
    return " and ".join(parts) + (" by a filter" if rows and cells.filtered else "")


def letters(column: int) -> str:
    """The name of a 1-based column, as Excel shows it."""
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
