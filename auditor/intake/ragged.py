"""Text tables whose lines are not all alike: quoted line breaks, blank lines, rows cut short, stray quotes."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from pathlib import Path

import duckdb

from auditor.intake.sheet import Body, HeadRow
from auditor.intake.sql import name
from auditor.intake.staging import BATCH, Staging
from auditor.location import Location
from auditor.problem import Problem

_RESTARTS = 50


def load_row_by_row(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    encoding: str,
    delimiter: str,
    into: str,
    header: HeadRow,
    positions: Sequence[int],
) -> Body:
    """Load with the careful reader: every row gets the line it begins on, and lines that cannot be split are told."""
    lost: list[Problem] = []
    staging = Staging(connection, into, positions)
    width = len(header.cells)
    rows = _rows(path, encoding, delimiter, header.last, lost)
    while batch := list(islice(rows, BATCH)):
        lines = [line for line, _ in batch]
        short = [_uneven(row, width) for _, row in batch]
        staging.add(lines, short, [[_cell(row, position) for _, row in batch] for position in positions])
    return Body(f"(SELECT * FROM {name(into)})", tuple(lost), ragged=True)


def _cell(row: list[str], position: int) -> str | None:
    return row[position] if position < len(row) else None


def _uneven(row: list[str], width: int) -> bool:
    """A row with fewer cells than the header, or with more that are not all empty."""
    return bool(row) and (len(row) < width or any(cell.strip() for cell in row[width:]))


def _rows(
    path: Path, encoding: str, delimiter: str, after: int, lost: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Rows below line ``after`` with the line each begins on; what the reader refuses goes to ``lost``."""
    start: int | None = after
    for _ in range(_RESTARTS):
        if start is None:
            return
        start = yield from _rows_from(path, encoding, delimiter, start, lost)
    if start is not None:
        what = f"From line {start + 1} on the quotes no longer match, so nothing further was read."
        place = Location(str(path), line=start + 1)
        lost.append(Problem(place, "quotes-broken", what, "Export the file again.", True))


def _rows_from(
    path: Path, encoding: str, delimiter: str, after: int, lost: list[Problem]
) -> Generator[tuple[int, list[str]], None, int | None]:
    """Rows below line ``after``; returns the line after which to begin again when a quote was never closed."""
    with path.open(encoding=encoding, newline="") as stream:
        lines = islice(stream, after, None)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            begins = after + reader.line_num + 1
            try:
                row = next(reader, None)
            except csv.Error as error:
                lost.append(_lost(path, begins))
                if "end of data" in str(error) and after + reader.line_num > begins:
                    return begins
                continue
            if row is None:
                return None
            yield begins, row


def _lost(path: Path, line: int) -> Problem:
    what = f"The quotes of line {line} do not match, so the row was set aside."
    return Problem(Location(str(path), line=line), "row-unusable", what, "Correct this line in the file.")
