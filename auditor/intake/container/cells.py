"""Cells: what stands on one sheet of a workbook, as columns of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from typing import Any

from auditor.intake.celltext import cell_text
from auditor.intake.sheet import Merge, Visibility

Mark = tuple[int, int]
"""The place of a cell: 1-based row, 0-based column."""

_BATCH = 5_000

_QUICK: dict[type, Callable[[Any], str]] = {float: "{:.15G}".format, datetime: lambda moment: str(moment)[:19]}
"""The same as ``cell_text`` for the two types of which a sheet holds many different cells."""


@dataclass(frozen=True)
class Cells:
    """One sheet: ``table`` is an Arrow table of its text columns, row 1 first, blank cells null.

    ``hidden_rows`` are 1-based, ``hidden_columns`` pairs of 1-based columns, first and last.
    """

    title: str
    table: Any
    merges: tuple[Merge, ...] = ()
    visibility: Visibility = "visible"
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    filtered: bool = field(default=False)


def text_table(rows: Iterable[list[Any]], marks: Mapping[Mark, str], width: int) -> Any:
    """``rows`` as an Arrow table of text; ``marks`` stand in their cells, which may lie below the last row.

    Every row has ``width`` cells.
    """
    from pyarrow import lib as pa

    names = [f"c{position}" for position in range(width)]
    batches = [
        pa.table([_text_column(cells) for cells in _columns(batch, width)], names=names)
        for batch in _batches(rows, marks, width)
    ]
    empty = pa.table([pa.array([], pa.string())] * width, names=names)
    return pa.concat_tables([empty, *batches])


def _batches(rows: Iterable[list[Any]], marks: Mapping[Mark, str], width: int) -> Iterator[list[list[Any]]]:
    """The rows in batches, with their marks."""
    source, start = iter(rows), 0
    lowest = max((row for row, _ in marks), default=0)
    while batch := list(islice(source, _BATCH)) or [[None] * width for _ in range(min(_BATCH, lowest - start))]:
        stop = start + len(batch)
        for (row, column), text in marks.items():
            if start < row <= stop:
                batch[row - start - 1][column] = text
        yield batch
        start = stop


def _columns(batch: Sequence[list[Any]], width: int) -> Iterator[list[Any]]:
    """The cells of each column; quicker than ``zip``, which makes as many iterators as there are rows."""
    cells = list(chain.from_iterable(batch))
    return (cells[column::width] for column in range(width))


def _text_column(cells: Sequence[object]) -> Any:
    """An Arrow array of the cells as text."""
    from pyarrow import lib as pa

    kinds = set(map(type, cells))
    if kinds == {str}:
        return pa.array([cell or None for cell in cells] if "" in cells else cells, pa.string())
    if len(kinds) == 1:
        return pa.array(map(_QUICK.get(kinds.pop(), cell_text), cells), pa.string(), size=len(cells))
    if bool in kinds:  # True and 1 are one key of a dictionary
        return pa.array(map(cell_text, cells), pa.string(), size=len(cells))
    texts = {cell: _QUICK.get(type(cell), cell_text)(cell) for cell in set(cells)}
    return pa.array(map(texts.__getitem__, cells), pa.string(), size=len(cells))
