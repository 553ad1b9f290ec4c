"""Text tables (CSV and its kin): the delimiter, the first rows, and how the rest is loaded."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from auditor.intake.encoding import detect
from auditor.intake.ragged import load_row_by_row
from auditor.intake.regular import load_set_based
from auditor.intake.sheet import HEAD, Body, HeadRow, Sheet, Wanted
from auditor.intake.texttable import TextTable
from auditor.problem import Problem

DELIMITERS = (",", "\t", ";", "|", "，", "；")
_SEPARATOR_LINE = "sep="


def open_text(path: Path, encoding: str | None = None) -> tuple[Sheet | None, list[Problem]]:
    """The sheet in the text file at ``path``; None with a fatal Problem when its encoding is not known.

    ``encoding`` is the one a person has set.
    """
    encoded, problems = detect(path, encoding)
    if encoded is None:
        return None, problems
    lines = _first_lines(path, encoded.encoding)
    table = TextTable(path, encoded, _delimiter(lines))
    head = tuple(_head(lines, table.delimiter))

    def load(connection: duckdb.DuckDBPyConnection, into: str, header: HeadRow, wanted: Wanted) -> Body:
        body = load_set_based(connection, table, into, header, wanted)
        return body or load_row_by_row(connection, table, into, header, wanted)

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
        widths = [
            len(row)
            for row in csv.reader(lines[: HEAD * 2], delimiter=delimiter, skipinitialspace=True)
            if len(row) > 1
        ]
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return widths.count(common), common

    return max(DELIMITERS, key=score)


def _head(lines: Sequence[str], delimiter: str) -> Iterator[HeadRow]:
    """The first rows, each with the line it begins on."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    begins = 1
    for row, _ in zip(reader, range(HEAD), strict=False):
        if not (begins == 1 and "".join(row).lower().startswith(_SEPARATOR_LINE)):
            yield HeadRow(begins, tuple(row), reader.line_num)
        begins = reader.line_num + 1
