"""Sheet: a grid of text cells in a file, before anybody knows what it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

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


@dataclass(frozen=True)
class Merge:
    """A merged range: 1-based rows ``top`` to ``bottom``, 0-based columns ``left`` to ``right``, all inclusive."""

    top: int
    left: int
    bottom: int
    right: int


Visibility = Literal["visible", "hidden", "very hidden"]
Grid = Sequence[Sequence[str | None]]
Load = Callable[[duckdb.DuckDBPyConnection, str, HeadRow, Sequence[int]], Body]


@dataclass(frozen=True)
class Sheet:
    """A grid: where it stands, its first rows, and how to load the rest into DuckDB.

    ``load(connection, table, header, positions)`` creates ``table`` from the rows below ``header``. ``grid()``
    is the whole sheet as text, row 1 first, of a workbook; empty for files that stay inside DuckDB.
    """

    path: Path
    title: str | None
    head: tuple[HeadRow, ...]
    load: Load
    grid: Callable[[], Grid] = tuple
    merges: tuple[Merge, ...] = ()
    visibility: Visibility = "visible"
    hidden_rows: frozenset[int] = frozenset()

    @property
    def file(self) -> str:
        """The file as it was given."""
        return str(self.path)

    def at(self, row: int | None = None, column: str | None = None) -> Location:
        """A place in this sheet."""
        if self.title is None and column is None:
            return Location(self.file, line=row)
        return Location(self.file, sheet=self.title, row=row, column=column)
