"""Table head: the header of the table of items, in one row or two, and what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.intake.inspection.fieldlabels import Labels
from auditor.intake.inspection.paper import Paper
from auditor.intake.inspection.ticks import choice_of
from auditor.intake.sheet import Sheet

_CORNER = re.compile(r"\s*[\\/|]\s*")


@dataclass(frozen=True)
class TableHead:
    """The header of a table of items.

    ``row`` and ``last`` are its first and last row; ``texts`` its lowest texts by column, ``over`` those above them,
    ``fields`` what they mean. ``item`` is the column of the items, ``section`` that of their sections; ``corner`` is
    what stands beside 项目 in a cell divided by a stroke.
    """

    row: int
    last: int
    texts: Mapping[int, str]
    over: Mapping[int, str]
    fields: Mapping[int, str]
    item: int
    section: int | None
    corner: str

    @property
    def printed(self) -> list[str]:
        """The cells of the row in which printed pages repeat it."""
        return list(self.texts.values())

    def column(self, field: str) -> int | None:
        """The first column of a field."""
        return next((column for column, name in self.fields.items() if name == field), None)


def names_items(sheet: Sheet, labels: Labels) -> list[int]:
    """The rows among the first of a sheet in which a column of items is named, and something beside it."""
    return [row.line for row in sheet.head if _item_cells(row.cells, labels) and sum(map(bool, row.cells)) > 1]


def read_head(paper: Paper, row: int, labels: Labels) -> TableHead:
    """The header that begins in ``row``."""
    cells = {column: paper.text(row, column) for column in range(len(paper.rows[row - 1]))}
    named = _item_cells(list(cells.values()), labels)
    last = row + 1 if _goes_on(paper, row, named) else row
    lower = {column: paper.text(last, column) or text for column, text in cells.items()}
    texts = {column: text for column, text in lower.items() if text and not _covered(paper, last, column)}
    item, section = _item_and_section(paper, last, named)
    corner = _CORNER.split(texts[item], maxsplit=1)
    fields = {column: name for column, text in texts.items() if (name := labels.field(text))}
    fields = {column: name for column, name in fields.items() if name not in ("item_name", "section")}
    fields[item] = "item_name"
    if section is None:
        section = next((column for column, text in texts.items() if labels.field(text) == "section"), None)
    over = {column: _over(paper, row, column) if last > row else "" for column in texts}
    return TableHead(row, last, texts, over, fields, item, section, corner[1] if len(corner) > 1 else "")


def _item_cells(cells: Sequence[str], labels: Labels) -> list[int]:
    """The columns whose header names items, also as one half of a divided corner."""
    return [
        column
        for column, cell in enumerate(cells)
        if cell and any(labels.field(part) == "item_name" for part in (cell, *_CORNER.split(cell)))
    ]


def _goes_on(paper: Paper, row: int, named: Sequence[int]) -> bool:
    """The next row belongs to the header: nothing of its own stands in the columns of items, but further right."""
    if row >= paper.height:
        return False
    below = paper.filled(row + 1)
    own = [column for column in below if column not in named]
    return bool(own) and len(own) == len(below) and own[0] > named[0] and _divides(paper, row, own)


def _divides(paper: Paper, row: int, below: Sequence[int]) -> bool:
    """The cells of the next row stand under one cell, or are the heads of ticks."""
    if any(choice_of(paper.text(row + 1, column)) for column in below):
        return len(below) > 1
    return any(paper.spans(row, first, second) for first, second in pairwise(below))


def _covered(paper: Paper, row: int, column: int) -> bool:
    """The cell lies under the left one of a merged range."""
    merge = paper.owner.get((row, column))
    return merge is not None and merge.left != column


def _over(paper: Paper, row: int, column: int) -> str:
    """What stands above a column in the first row of the header, merged or not."""
    left = iter(range(column, -1, -1))
    return next((text for place in left if (text := paper.text(row, place))), "")


def _item_and_section(paper: Paper, last: int, named: Sequence[int]) -> tuple[int, int | None]:
    """The column whose cells differ most is that of the items; one before it says their sections."""
    different = {column: len({*_own(paper, last, column)}) for column in named}
    item = max(named, key=lambda column: (different[column], -column))
    return item, next((column for column in named if column < item), None)


def _own(paper: Paper, last: int, column: int) -> Iterator[str]:
    """The cells of a column below the header that hold a value of their own."""
    for row in paper.numbers(last + 1):
        if text := paper.raw(row, column):
            yield text
