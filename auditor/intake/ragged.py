"""Text tables row by row, for lines that are not all alike: rows cut short, stray quotes, quotes never closed."""

from __future__ import annotations

import csv
from collections.abc import Collection, Generator, Iterable, Iterator
from itertools import islice

import duckdb

from auditor.intake.sheet import Body, HeadRow
from auditor.intake.sql import name
from auditor.intake.staging import BATCH, Staging
from auditor.intake.texttable import TextTable
from auditor.location import Location
from auditor.problem import Problem

_RESTARTS = 50

Row = tuple[int, list[str]]
"""The line a row begins on, and its cells."""


def load_row_by_row(
    connection: duckdb.DuckDBPyConnection, table: TextTable, into: str, header: HeadRow, positions: Collection[int]
) -> Body:
    """Load with the careful reader: every row gets the line it begins on, and lines that cannot be split are told."""
    lost: list[Problem] = []
    add_rows(Staging(connection, into, positions), _rows(table, header.last, lost), len(header.cells), positions)
    return Body(f"(SELECT * FROM {name(into)})", tuple(lost), ragged=True)


def add_rows(staging: Staging, rows: Iterable[Row], width: int, positions: Collection[int]) -> None:
    """Add ``rows`` to ``staging``, marked where they have not the ``width`` of the header."""
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        lines = [line for line, _ in batch]
        short = [_uneven(row, width) for _, row in batch]
        staging.add(lines, short, [[_cell(row, position) for _, row in batch] for position in positions])


def _cell(row: list[str], position: int) -> str | None:
    return row[position] if position < len(row) else None


def _uneven(row: list[str], width: int) -> bool:
    """A row with fewer cells than the header, or with more that are not all empty."""
    return bool(row) and (len(row) < width or any(cell.strip() for cell in row[width:]))


def _rows(table: TextTable, after: int, lost: list[Problem]) -> Iterator[Row]:
    """Rows below line ``after`` with the line each begins on; what the reader refuses goes to ``lost``."""
    start: int | None = after
    for _ in range(_RESTARTS):
        if start is None:
            return
        with table.path.open(encoding=table.encoded.encoding, newline="") as stream:
            start = yield from split(islice(stream, start, None), table, start, lost)
    if start is not None:
        what = f"From line {start + 1} on the quotes no longer match, so nothing further was read."
        place = Location(str(table.path), line=start + 1)
        lost.append(Problem(place, "quotes-broken", what, "Export the file again.", True))


def split(lines: Iterable[str], table: TextTable, after: int, lost: list[Problem]) -> Generator[Row, None, int | None]:
    """The rows in ``lines``, which stand below line ``after`` of ``table``; what cannot be split goes to ``lost``.

    Returns the line after which to begin again when a quote was never closed.
    """
    reader = csv.reader(lines, delimiter=table.delimiter, skipinitialspace=True, strict=True)
    while True:
        begins = after + reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            lost.append(_lost(table, begins))
            if "end of data" in str(error):
                return begins
            continue
        if row is None:
            return None
        yield begins, row


def _lost(table: TextTable, line: int) -> Problem:
    what = f"The quotes of line {line} do not match, so the row was set aside."
    return Problem(Location(str(table.path), line=line), "row-unusable", what, "Correct this line in the file.")
