"""Record: an inspection a row, and a column for each item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.fold import fold
from auditor.intake.inspection.fieldlabels import SHEET_FIELDS, Labels
from auditor.intake.inspection.fields import Written, fields_of, written_in
from auditor.intake.inspection.listing import Column, constant, listing, numbered_each, section_column
from auditor.intake.inspection.paper import Paper
from auditor.intake.inspection.ticks import are_verdicts, without_boxes
from auditor.intake.sheet import Sheet

_LEAST_FIELDS = 2
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*[_.-][A-Za-z0-9_.-]*")
_TOTALS = re.compile("合计|小计|总计|平均|合格率|不合格数|合格数")


@dataclass(frozen=True)
class Wide:
    """A table with an inspection a row: ``fields`` by column, ``items`` by column, each with its section."""

    sheet: Sheet
    paper: Paper
    row: int
    last: int
    fields: dict[int, str]
    items: dict[int, tuple[str, str]]
    rows: Sequence[int]
    aside: dict[str, int]
    written: Sequence[Written]
    labels: Labels

    def unfold(self) -> list[Sheet]:
        """One list for each item, so that every verdict is known by the column it stands in."""
        return [self._list(column, number) for number, column in enumerate(self.items)]

    def _list(self, column: int, number: int) -> Sheet:
        rows, (item, section) = self.rows, self.items[column]
        columns = [constant(one, rows) for one in self.written if one.field not in self.fields.values()]
        columns += [self._field(place, field) for place, field in self.fields.items()]
        if "sheet_id" not in self.fields.values():
            columns.insert(0, numbered_each(self.sheet, columns, rows, self.labels))
        asked = "item_code" if _CODE.fullmatch(item) else "item_name"
        columns += [
            section_column([section] * len(rows), self.labels),
            Column(item, asked, [item] * len(rows)),
        ]
        columns.append(Column(item, "result", [without_boxes(self.paper.raw(row, column)) for row in rows]))
        return listing(self.sheet, self.row, rows, columns, {} if number else self.aside)

    def _field(self, column: int, field: str) -> Column:
        header = self.paper.text(self.last, column) or self.paper.text(self.row, column)
        return Column(header, field, [self.paper.raw(row, column) for row in self.rows])


def names_inspections(sheet: Sheet, labels: Labels) -> list[int]:
    """The rows among the first of a sheet that name fields of an inspection, but neither items nor verdicts."""
    found = []
    for row in sheet.head:
        names = [name for cell in row.cells if cell and (name := labels.own(cell))]
        whole = [name for name in names if name in SHEET_FIELDS]
        if (
            len(set(whole)) >= _LEAST_FIELDS
            and len(set(whole)) == len(whole)
            and not {"item_name", "item_code", "result"} & {*names}
        ):
            found.append(row.line)
    return found


def find_wide(sheet: Sheet, paper: Paper, row: int, labels: Labels) -> Wide | None:
    """The table whose header begins in ``row``, or None where no two columns hold verdicts."""
    fields = {
        column: name
        for column in paper.filled(row)
        if (name := labels.own(paper.text(row, column))) and name not in ("item_name", "item_code", "result")
    }
    last = row + 1 if _two_levels(paper, row, fields) else row
    rows, aside = _rows(paper, last + 1, fields)
    free = [c for c in range(len(paper.rows[last - 1])) if c not in fields and paper.text(last, c)]
    verdicts = [c for c in free if are_verdicts([paper.raw(line, c) for line in rows])]
    if len(verdicts) < 2:
        return None
    unasked = [c for c in free if verdicts[0] < c < verdicts[-1] and not any(paper.raw(line, c) for line in rows)]
    items = {
        c: (paper.text(last, c), paper.text(row, c) if last > row else "")
        for c in sorted([*verdicts, *unasked])
        if not _TOTALS.search(fold(paper.text(last, c)))
    }
    written = fields_of(written_in(paper, paper.numbers(1, row - 1), labels), [])
    return Wide(sheet, paper, row, last, fields, items, rows, aside, written, labels)


def _two_levels(paper: Paper, row: int, fields: dict[int, str]) -> bool:
    """Sections stand over the items, and nothing under the fields."""
    below = paper.filled(row + 1) if row < paper.height else []
    pairs = pairwise(below)
    return bool(below) and not any(c in fields for c in below) and any(paper.spans(row, a, b) for a, b in pairs)


def _rows(paper: Paper, first: int, fields: dict[int, str]) -> tuple[list[int], dict[str, int]]:
    """The rows in which a field is filled, and how many there are of the others."""
    kept: list[int] = []
    aside: dict[str, int] = {}
    for row in paper.numbers(first):
        filled = paper.filled(row)
        kind = "blank" if not filled else "totals" if _TOTALS.match(fold(paper.text(row, filled[0]))) else ""
        if kind:
            aside[kind] = aside.get(kind, 0) + 1
        else:
            kept.append(row)
    return kept, aside
