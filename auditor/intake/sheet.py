"""Sheet: a grid of text cells in a file, before anybody knows what it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import duckdb

from auditor.intake.sql import name
from auditor.location import Location
from auditor.problem import Problem

HEAD = 30
"""How many rows are looked at for a header."""


@dataclass(frozen=True)
class HeadRow:
    """One of the first rows: the 1-based line or row it begins on, its cells as text, and the line it ends on.

    A header of several levels reaches over several rows: ``paths`` holds the texts above one another in each column,
    highest first, and each cell is its path joined with ``/``.
    """

    line: int
    cells: tuple[str, ...]
    last: int
    paths: tuple[tuple[str, ...], ...] = ()

    def path(self, position: int) -> tuple[str, ...]:
        """The texts above one another in the column at ``position`` (0-based); one in a header of one level."""
        return self.paths[position] if self.paths else (self.cells[position],)


@dataclass(frozen=True)
class Body:
    """The rows below the header, in DuckDB.

    ``relation`` selects ``_line``, ``_short`` (the row has too few or too many cells) and a VARCHAR
    column ``c<position>`` for each wanted position. ``lost`` are lines that could not be split into cells. At
    the positions in ``times`` UTC seconds stand in ``t<position>`` instead, and text only where it could not be read.
    """

    relation: str
    lost: tuple[Problem, ...] = ()
    ragged: bool = False
    times: frozenset[int] = frozenset()

    def cell(self, position: int) -> str:
        """SQL of the cell at ``position``, with some text in the place of a time that was read."""
        text = name(f"c{position}")
        return f"coalesce({text}, CAST({name(f't{position}')} AS VARCHAR))" if position in self.times else text


@dataclass(frozen=True)
class Merge:
    """A merged range: 1-based rows ``top`` to ``bottom``, 0-based columns ``left`` to ``right``, all inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Understood:
    """What a layout says of a sheet: its record type, and the field of each cell of its first row (None: no field).

    ``cells`` are the columns of its records and ``lines`` their rows (from 1); ``aside`` counts the rows that are left
    out because they only order the others, by what they are.
    """

    record: str
    fields: tuple[str | None, ...]
    lines: Sequence[int] = ()
    cells: Sequence[Sequence[str | None]] = ()
    aside: Mapping[str, int] = field(default_factory=dict)


Visibility = Literal["visible", "hidden", "very hidden"]
Grid = Sequence[Sequence[str | None]]
Wanted = Mapping[int, str | None]
"""The columns to load, by 0-based position; of a time that may be read on the way the SQL of its UTC seconds."""

Load = Callable[[duckdb.DuckDBPyConnection, str, HeadRow, Wanted], Body]


@dataclass(frozen=True)
class Sheet:
    """A grid: where it stands, its first rows, and how to load the rest into DuckDB.

    ``load(connection, table, header, wanted)`` creates ``table`` from the rows below ``header``. ``grid()``
    is the whole sheet as text, row 1 first, of a workbook; empty for files that stay inside DuckDB. ``left`` is the
    first column (0-based) that belongs to the table. A sheet that its layout has ``understood`` is not recognised
    again. ``shown`` is what people call the file, where that is not its path; ``rows`` how
    many rows ``grid()`` has.
    """

    path: Path
    title: str | None
    head: tuple[HeadRow, ...]
    load: Load
    grid: Callable[[], Grid] = tuple
    merges: tuple[Merge, ...] = ()
    visibility: Visibility = "visible"
    hidden_rows: frozenset[int] = frozenset()
    left: int = 0
    understood: Understood | None = None
    shown: str | None = None
    rows: int = 0

    @property
    def file(self) -> str:
        """The file as it was given."""
        return self.shown or str(self.path)

    def at(self, row: int | None = None, column: str | None = None) -> Location:
        """A place in this sheet."""
        if self.title is None and column is None:
            return Location(self.file, line=row)
        return Location(self.file, sheet=self.title, row=row, column=column)
