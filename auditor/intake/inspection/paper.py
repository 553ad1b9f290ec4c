"""Paper: a sheet as it lies on a desk, cell by cell, merged cells included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.fold import clean
from auditor.intake.sheet import Grid, Merge, Sheet


@dataclass(frozen=True)
class Paper:
    """The cells of a sheet; rows count from 1, columns from 0. ``owner`` maps a covered cell to its merged range."""

    rows: Grid
    merges: tuple[Merge, ...]
    owner: dict[tuple[int, int], Merge] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for merge in self.merges:
            for row in range(merge.top, min(merge.bottom, len(self.rows)) + 1):
                self.owner.update({(row, column): merge for column in range(merge.left, merge.right + 1)})

    @property
    def height(self) -> int:
        """The number of the last row."""
        return len(self.rows)

    def raw(self, row: int, column: int) -> str | None:
        """The cell as it was written; None for a blank one."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """The cell without outer spaces and line breaks, of a merged range the cell that holds its value."""
        value = self.value(row, column)
        return " ".join(clean(value).split()) if value else ""

    def value(self, row: int, column: int) -> str | None:
        """The cell as it was written, of a merged range the cell that holds its value."""
        merge = self.owner.get((row, column))
        return self.raw(merge.top, merge.left) if merge else self.raw(row, column)

    def filled(self, row: int) -> list[int]:
        """The columns of a row that hold a value of their own."""
        return [column for column, cell in enumerate(self.rows[row - 1]) if cell and clean(cell)]

    def spans(self, row: int, first: int, last: int) -> bool:
        """One merged cell reaches over both columns."""
        merge = self.owner.get((row, first))
        return merge is not None and merge.left <= last <= merge.right

    def numbers(self, first: int, last: int | None = None) -> Iterator[int]:
        """The row numbers from ``first`` to ``last`` (default: the last row)."""
        return iter(range(first, (self.height if last is None else last) + 1))


def paper(sheet: Sheet) -> Paper:
    """The whole sheet; reading it costs time, so look at its head first."""
    return Paper(sheet.grid(), sheet.merges)
