"""Text tables (CSV and its kin): the delimiter, the first rows, and loading the rest into DuckDB."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from auditor.intake.encoding import Encoded, detect
from auditor.intake.ragged import load_row_by_row
from auditor.intake.sheet import HEAD, Body, HeadRow, Sheet
from auditor.intake.sql import literal, name
from auditor.problem import Problem

DELIMITERS = (",", "\t", ";", "|", "，", "；")
_SEPARATOR_LINE = "sep="
_CHUNK = 1 << 20


@dataclass(frozen=True)
class TextTable:
    """A text file with its encoding and delimiter."""

    path: Path
    encoded: Encoded
    delimiter: str


def open_text(path: Path) -> tuple[Sheet | None, list[Problem]]:
    """The sheet in the text file at ``path``; None with a fatal Problem when its encoding is not known."""
    encoded, problems = detect(path)
    if encoded is None:
        return None, problems
    lines = _first_lines(path, encoded.encoding)
    table = TextTable(path, encoded, _delimiter(lines))
    head = tuple(_head(lines, table.delimiter))

    def load(connection: duckdb.DuckDBPyConnection, into: str, header: HeadRow, positions: Sequence[int]) -> Body:
        body = _load_regular(connection, table, into, header, positions)
        return body or load_row_by_row(
            connection, table.path, encoded.encoding, table.delimiter, into, header, positions
        )

    return Sheet(path, None, head, load), problems


def _first_lines(path: Path, encoding: str) -> list[str]:
    """The first lines, enough for the head even when cells hold line breaks."""
    with path.open(encoding=encoding, newline="") as stream:
        return [line for _, line in zip(range(HEAD * 4), stream, strict=False)]


def _delimiter(lines: Sequence[str]) -> str:
    """The delimiter that splits most lines into the same number of cells; a ``sep=;`` line decides at once."""
    if lines and lines[0].lower().startswith(_SEPARATOR_LINE) and len(lines[0].strip()) > len(_SEPARATOR_LINE):
        return lines[0][len(_SEPARATOR_LINE)]

    def score(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines[: HEAD * 2], delimiter=delimiter) if len(row) > 1]
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return widths.count(common), common

    return max(DELIMITERS, key=score)


def _head(lines: Sequence[str], delimiter: str) -> Iterator[HeadRow]:
    """The first rows, each with the line it begins on."""
    reader = csv.reader(lines, delimiter=delimiter)
    begins = 1
    for row, _ in zip(reader, range(HEAD), strict=False):
        if not (begins == 1 and "".join(row).lower().startswith(_SEPARATOR_LINE)):
            yield HeadRow(begins, tuple(row), reader.line_num)
        begins = reader.line_num + 1


def _load_regular(
    connection: duckdb.DuckDBPyConnection, table: TextTable, into: str, header: HeadRow, positions: Sequence[int]
) -> Body | None:
    """Load by DuckDB's parallel reader; None when a line of the file is not exactly one row of the header's width."""
    if len(table.delimiter.encode()) > 4:
        return None
    width = len(header.cells)
    columns = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(width))
    wanted = ", ".join(name(f"c{position}") for position in positions)
    expected = table.encoded.breaks + (not table.encoded.ends_in_break) - header.last
    with _as_utf8(table) as readable:
        try:
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {name(into)} AS SELECT {wanted} FROM read_csv("
                f"{literal(str(readable))}, auto_detect=false, header=false, skip={header.last}, "
                f"delim={literal(table.delimiter)}, quote='\"', escape='\"', columns={{{columns}}})"
            )
        except duckdb.Error:
            return None
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {name(into)}").fetchall()
    if rows != expected:
        return None
    return Body(f"(SELECT rowid + {header.last + 1} AS _line, * FROM {name(into)})")


@contextmanager
def _as_utf8(table: TextTable) -> Iterator[Path]:
    """The file itself, or a temporary copy in UTF-8."""
    if table.encoded.encoding == "utf-8-sig":
        yield table.path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "utf8.csv"
        with (
            table.path.open(encoding=table.encoded.encoding, newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as target,
        ):
            while chunk := source.read(_CHUNK):
                target.write(chunk)
        yield copy
