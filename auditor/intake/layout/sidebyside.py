"""Tables side by side: a header that is really two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from auditor.fold import fold_header
from auditor.intake.header import Candidate, HeaderIndex
from auditor.intake.sheet import HeadRow, Sheet

Span = tuple[int, int]


def tables_beside(sheet: Sheet, chosen: Candidate, index: HeaderIndex) -> list[tuple[Span, Candidate]]:
    """The tables that stand beside one another under the header of ``chosen``; none when it is one table.

    They are two when half of their fields are the same, or when one is another record type with a key of its own.
    """
    spans = _by_gaps(sheet, chosen.header)
    if len(spans) < 2:
        spans = _by_repeats(chosen.header)
    seen = [(span, index.candidates([_part(chosen.header, span)], [])) for span in spans]
    found = [(span, candidates[0]) for span, candidates in seen if candidates and candidates[0].confident]
    return found if len(found) > 1 and _apart([one for _, one in found], chosen) else []


def _part(header: HeadRow, span: Span) -> HeadRow:
    first, last = span
    cells = (cell if first <= place <= last else "" for place, cell in enumerate(header.cells))
    return replace(header, cells=tuple(cells))


def _apart(tables: Sequence[Candidate], chosen: Candidate) -> bool:
    """Whether the tables cannot be the columns of one."""
    for left, right in pairwise(tables):
        same = {one.field for one in left.columns} & {one.field for one in right.columns}
        if 2 * len(same) >= min(len(left.columns), len(right.columns)):
            return True
        other = right if left.record is chosen.record else left
        keyed = other.record.key in {one.field for one in other.columns}
        if other.record is not chosen.record and keyed and _outgrows(other, chosen):
            return True
    return False


def _outgrows(other: Candidate, chosen: Candidate) -> bool:
    """A part fits its own record type better than the whole fits it there."""
    places = {one.position for one in other.columns}
    return len(places) > sum(1 for one in chosen.columns if one.position in places)


def _by_gaps(sheet: Sheet, header: HeadRow) -> list[Span]:
    """The spans between columns in which nothing stands."""
    below = [row.cells for row in sheet.head if row.line >= header.line]
    used = [
        place for place in range(len(header.cells)) if any(place < len(row) and row[place].strip() for row in below)
    ]
    return _runs(used, [place for one, place in pairwise(used) if place > one + 1])


def _by_repeats(header: HeadRow) -> list[Span]:
    """The spans that begin anew with the first header, where a second one comes again too."""
    used = [place for place, cell in enumerate(header.cells) if cell.strip()]
    names = [fold_header(header.cells[place]) for place in used]
    again = [number for number, name in enumerate(names) if number and name == names[0]]
    if not again or names[1:2] != names[again[0] + 1 : again[0] + 2]:
        return []
    return _runs(used, [used[number] for number in again])


def _runs(used: Sequence[int], starts: Sequence[int]) -> list[Span]:
    """``used`` places cut before each of ``starts``, as first and last places."""
    if not used:
        return []
    firsts = [used[0], *starts]
    ends = [used[used.index(start) - 1] for start in starts] + [used[-1]]
    return list(zip(firsts, ends, strict=True))
