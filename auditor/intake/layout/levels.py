"""Levels: every header that the first rows of a sheet may hold, of one, two or three rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from auditor.fold import SPACES, fold
from auditor.intake.sheet import HeadRow, Merge, Sheet

MOST_LEVELS = 3


def headers(sheet: Sheet) -> list[HeadRow]:
    """Each of the first rows as a header, alone or joined with those below it.

    Rows that the sheet itself ties together (a cell merged over both, a name split up below) are only joined; a row
    in the middle of such a header is none of its own.
    """
    last = sheet.head[-1].line if sheet.head else 0
    sheet = replace(sheet, merges=tuple(merge for merge in sheet.merges if merge.top <= last))
    found: list[HeadRow] = []
    tied = 0
    for start in range(len(sheet.head)):
        if start < tied:
            continue
        least = _tied(sheet, start)
        if least > 1:
            tied = start + least
        found += [_joined(sheet, start, levels) for levels in _depths(sheet.head, start, least)]
    return found


def _depths(head: Sequence[HeadRow], start: int, least: int) -> Iterator[int]:
    """How many levels a header that begins at ``start`` may have."""
    yield least
    for levels in range(max(least, 2), MOST_LEVELS + 1):
        band = head[start : start + levels]
        if levels == least:
            continue
        if len(band) < levels or not all(_is_level(row) and _wordy(row) for row in band):
            return
        yield levels


def _tied(sheet: Sheet, start: int) -> int:
    """How many rows from ``start`` on the sheet shows to be one header; 1 for a row by itself."""
    if not _is_level(sheet.head[start]):
        return 1
    last = start
    for index in range(start, min(start + MOST_LEVELS, len(sheet.head))):
        if index > last:
            break
        last = max(last, _reach(sheet, index))
    levels = last - start + 1
    return levels if levels <= MOST_LEVELS and last < len(sheet.head) else 1


def _reach(sheet: Sheet, index: int) -> int:
    """The index of the lowest row that the row at ``index`` is tied to."""
    row = sheet.head[index]
    reach = index
    merges = [merge for merge in sheet.merges if merge.top == row.line]
    for merge in merges:
        reach = max(reach, index + merge.bottom - merge.top)
    if index + 1 < len(sheet.head):
        below = sheet.head[index + 1]
        if any(_splits(merge, below) for merge in merges) or _fills_up(row, below):
            reach = max(reach, index + 1)
    return reach


def _splits(merge: Merge, below: HeadRow) -> bool:
    """Below a cell merged across columns stand different words, and no figures in the whole row."""
    under = {fold(cell) for cell in below.cells[merge.left : merge.right + 1] if cell.strip(SPACES)}
    return merge.right > merge.left and len(under) > 1 and not _figures(below)


def _fills_up(row: HeadRow, below: HeadRow) -> bool:
    """``below`` names columns that ``row`` leaves open, and leaves open its first column: it is no record."""
    pairs = list(zip(row.cells, below.cells, strict=False))
    first = next((under for cell, under in pairs if cell.strip(SPACES)), "")
    opened = any(under.strip(SPACES) and not cell.strip(SPACES) for cell, under in pairs)
    return opened and not first.strip(SPACES) and not _figures(below)


def _is_level(row: HeadRow) -> bool:
    """At least two different names, and none that carries its value with it (``编号：A-1``)."""
    filled = {fold(cell) for cell in row.cells if cell.strip(SPACES)}
    return len(filled) > 1 and not any(":" in cell.rstrip(":") for cell in filled)


def _wordy(row: HeadRow) -> bool:
    """Most cells are words."""
    filled = [cell for cell in row.cells if cell.strip(SPACES)]
    return sum(1 for cell in filled if _has_figure(cell)) * 3 <= len(filled)


def _figures(row: HeadRow) -> bool:
    return any(_has_figure(cell) for cell in row.cells)


def _has_figure(cell: str) -> bool:
    return any(character.isdigit() for character in cell)


def _joined(sheet: Sheet, start: int, levels: int) -> HeadRow:
    """The rows from ``start`` on as one header."""
    band = sheet.head[start : start + levels]
    if levels == 1:
        return band[0]
    rows = [_filled(sheet, row, band[-1]) for row in band]
    paths = tuple(_path(column) for column in zip(*rows, strict=True))
    return HeadRow(band[0].line, tuple("/".join(path) for path in paths), band[-1].last, paths)


def _path(column: Sequence[str]) -> tuple[str, ...]:
    """The texts above one another, each once."""
    texts = [" ".join(text.split()) for text in column if text.strip(SPACES)]
    return tuple(text for above, text in pairwise([None, *texts]) if text is not None and text != above)


def _filled(sheet: Sheet, row: HeadRow, lowest: HeadRow) -> list[str]:
    """The cells of one level: a merged cell stands over every column it covers, if there are names below it.

    In a row without merges (a workbook saved as text loses them) a name stands over the open cells to its right.
    """
    width = max(len(other.cells) for other in sheet.head)
    cells = [*row.cells, *[""] * (width - len(row.cells))]
    merges = [merge for merge in sheet.merges if merge.top <= row.line <= merge.bottom and merge.left < width]
    for merge in merges:
        top = next((one for one in sheet.head if one.line == merge.top), row)
        text = top.cells[merge.left] if merge.left < len(top.cells) else ""
        last = merge.left if merge.bottom >= lowest.line else min(merge.right, width - 1)
        cells[merge.left : last + 1] = [text] * (last + 1 - merge.left)
    return cells if merges or row is lowest else _spread(cells)


def _spread(cells: Sequence[str]) -> list[str]:
    seen = ""
    spread = []
    for cell in cells:
        seen = cell if cell.strip(SPACES) else seen
        spread.append(seen)
    return spread
