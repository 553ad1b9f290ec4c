"""Listing: the items of a sheet as an ordinary list, each row still at its place in the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from auditor.intake.inspection.fieldlabels import RECORD, Labels
from auditor.intake.inspection.fields import Written
from auditor.intake.sheet import HEAD, Body, HeadRow, Sheet, Understood
from auditor.intake.sql import name
from auditor.intake.staging import BATCH, Staging


@dataclass(frozen=True)
class Column:
    """A column of a listing: the header it is known by on the sheet, its field (None: no field) and its cells."""

    header: str
    field: str | None
    cells: Sequence[str | None]


def constant(written: Written, rows: Sequence[int]) -> Column:
    """What was said once for all rows."""
    return Column(written.label, written.field, [written.value] * len(rows))


def listing(
    sheet: Sheet, header_row: int, rows: Sequence[int], columns: Sequence[Column], aside: Mapping[str, int]
) -> Sheet:
    """A list sheet with the given rows of ``sheet``."""
    header = HeadRow(header_row, tuple(column.header for column in columns), header_row)
    below = zip(rows[:HEAD], *(column.cells[:HEAD] for column in columns), strict=False)
    head = (header, *(HeadRow(row, tuple(cell or "" for cell in cells), row) for row, *cells in below))

    def load(connection: duckdb.DuckDBPyConnection, into: str, _: HeadRow, positions: Sequence[int]) -> Body:
        staging = Staging(connection, into, positions)
        for start in range(0, len(rows), BATCH):
            part = slice(start, start + BATCH)
            lines = rows[part]
            staging.add(lines, [False] * len(lines), [columns[position].cells[part] for position in positions])
        return Body(f"(SELECT * FROM {name(into)})", aside=aside)

    understood = Understood(RECORD, tuple(column.field for column in columns))
    return replace(sheet, head=head, load=load, grid=tuple, merges=(), understood=understood)


def section_column(sections: Sequence[str], labels: Labels) -> Column:
    """The section that each item belongs to."""
    return Column(labels.title("section"), "section", [section or None for section in sections])


def numbered(
    sheet: Sheet, columns: Sequence[Column], rows: Sequence[int], labels: Labels, part: str = ""
) -> list[Column]:
    """``columns`` led by one that tells this inspection from all others, unless the sheet itself numbers it.

    ``part`` is what names the inspection on a sheet that holds several.
    """
    if any(column.field == "sheet_id" and all(column.cells) for column in columns):
        return list(columns)
    named = "/".join(filter(None, (sheet.path.stem, sheet.title, part)))
    rest = [column for column in columns if column.field != "sheet_id"]
    return [Column(labels.title("sheet_id"), "sheet_id", [named] * len(rows)), *rest]
