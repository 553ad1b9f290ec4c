"""Strays: values so far from the table that a reader would ask for more memory than there is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from auditor.intake.container.xmlscan import column_number, elements_of, pieces

_ROOM = 16 << 20
"""Cells that a reader may lay out, about half a gigabyte."""

_ROOM_FOR_EACH = 4
"""Cells that may be laid out for each one that holds a value, on a sheet that is large by itself."""

_GAP_ROWS = 1_000
_GAP_COLUMNS = 100


@dataclass(frozen=True)
class Extent:
    """The block of ``rows`` by ``columns`` from A1 on that holds the table, and how many ``values`` there are."""

    rows: int
    columns: int
    values: int

    @property
    def fits(self) -> bool:
        """The block can be laid out."""
        return fits(self.rows, self.columns) or self.rows * self.columns <= _ROOM_FOR_EACH * self.values

    def holds(self, row: int, column: int) -> bool:
        """The 1-based row and column are inside."""
        return row <= self.rows and column <= self.columns


def fits(rows: int, columns: int) -> bool:
    """A sheet of this extent can be laid out, whatever stands on it."""
    return rows * columns <= _ROOM


def extent(stream: IO[bytes]) -> Extent:
    """Where the values of a sheet stand, up to the first wide gap; cells that are merely formatted do not count.

    Raises ValueError when cells do not say their places, and what ``scan`` raises.
    """
    rows: set[int] = set()
    columns: set[int] = set()
    values = 0
    elements = None
    for piece in pieces(stream):
        elements = elements or elements_of(piece)[0]
        if elements.unplaced.search(piece):
            raise ValueError("cells of a sheet that cannot be laid out do not say their places")
        cells = elements.valued.findall(piece)
        values += len(cells)
        rows.update({int(row) for _, row in cells})
        columns.update(map(column_number, {letters for letters, _ in cells}))
    return Extent(_before_gap(rows, _GAP_ROWS), _before_gap(columns, _GAP_COLUMNS), values)


def _before_gap(places: Iterable[int], gap: int) -> int:
    last = 0
    for place in sorted(places):
        if place - last > gap and last:
            break
        last = place
    return last


def cut(stream: IO[bytes], block: Extent) -> tuple[bytes, list[str]]:
    """The XML of the sheet without the cells outside ``block``, and those of them that held a value."""
    strays: list[str] = []
    kept: list[bytes] = []
    elements = None

    def keep(match: re.Match[bytes]) -> bytes:
        if block.holds(int(match[2]), column_number(match[1])):
            return match[0]
        if elements is not None and elements.valued.match(match[0]):
            strays.append((match[1] + match[2]).decode())
        return b""

    for piece in pieces(stream):
        elements = elements or elements_of(piece)[0]
        kept.append(elements.whole.sub(keep, piece))
    return b"".join(kept), strays
