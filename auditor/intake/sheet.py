"""Sheet: a grid of text cells in a file, before anybody knows what it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from auditor.location import Location
from auditor.problem import Problem

HEAD = 30
"""How many rows are looked at for a header."""


@dataclass(frozen=True)
class HeadRow:
    """One of the first rows: the 1-based line or row it begins on, its cells as text, and the line it ends on."""

    line: int
    cells: tuple[str, ...]
    last: int


@dataclass(frozen=True)
class Body:
    """The rows below the header, in DuckDB.

    ``relation`` selects ``_line``, ``_short`` (the row has too few or too many cells) and a VARCHAR
    column ``c<position>`` for each wanted position. ``lost`` are lines that could not be split into cells.
    """

    relation: str
    lost: tuple[Problem, ...] = ()
    ragged: bool = False


Load = Callable[[duckdb.DuckDBPyConnection, str, HeadRow, Sequence[int]], Body]


@dataclass(frozen=True)
class Sheet:
    """A grid: where it stands, its first rows, and how to load the rest into DuckDB.

    ``load(connection, table, header, positions)`` creates ``table`` from the rows below ``header``.
    """

    path: Path
    title: str | None
    head: tuple[HeadRow, ...]
    load: Load

    @property
    def file(self) -> str:
        """The file as it was given."""
        return str(self.path)

    def at(self, row: int | None = None, column: str | None = None) -> Location:
        """A place in this sheet."""
        if self.title is None and column is None:
            return Location(self.file, line=row)
        return Location(self.file, sheet=self.title, row=row, column=column)
