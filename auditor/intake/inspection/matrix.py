"""Matrix: an item a row, and a column for each store, person or day that was inspected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.fold import clean
from auditor.intake.inspection.fieldlabels import SHEET_FIELDS, Labels
from auditor.intake.inspection.fields import Written, fields_of, written_in
from auditor.intake.inspection.itemrows import Columns, ItemRows, find_items
from auditor.intake.inspection.listing import Column, constant, listing, numbered, section_column
from auditor.intake.inspection.paper import Paper
from auditor.intake.inspection.tablehead import TableHead
from auditor.intake.inspection.ticks import are_verdicts, choice_of, without_boxes
from auditor.intake.sheet import Sheet

_DATE = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}.*|20\d{6}")
_DAY = re.compile(r"(?:(\d{1,2})\s*[月/.-]\s*)?(\d{1,2})[日号]?")
_MONTH = re.compile(r"(20\d{2})\s*[年/.-]\s*(\d{1,2})(?:\s*月份?)?(?![\d/.-])")
_STORE = re.compile(r".*(?:店|门店|分店|专柜|柜台|馆)(?:\(.*\))?")


@dataclass(frozen=True)
class Matrix:
    """A matrix whose columns of verdicts have been found; ``field`` is what their headers name."""

    sheet: Sheet
    paper: Paper
    head: TableHead
    verdicts: tuple[int, ...]
    field: str
    values: dict[int, str]
    items: ItemRows
    written: Sequence[Written]
    labels: Labels

    def unfold(self) -> list[Sheet]:
        """One list for each column, so that every verdict is known by the column it stands in."""
        return [self._list(column, number) for number, column in enumerate(self.verdicts)]

    def _list(self, column: int, number: int) -> Sheet:
        rows, header = self.items.rows, self.head.texts[column]
        columns = [constant(one, rows) for one in self.written if one.field != self.field]
        columns.append(Column(header, self.field, [self.values[column]] * len(rows)))
        columns.append(section_column(self.items.sections, self.labels))
        columns += [
            Column(self.head.texts[place], name, [self.paper.value(row, place) for row in rows])
            for place, name in self.head.fields.items()
            if name not in SHEET_FIELDS and name != "result"
        ]
        columns.append(Column(header, "result", [without_boxes(self.paper.raw(row, column)) for row in rows]))
        aside = {} if number else self.items.aside
        columns = numbered(self.sheet, columns, rows, self.labels)
        return listing(self.sheet, self.head.row, rows, columns, aside)


def find_matrix(sheet: Sheet, paper: Paper, head: TableHead, labels: Labels) -> Matrix | None:
    """The matrix on a sheet with this table, or None where its columns are no inspections."""
    if any(choice_of(text) for text in head.texts.values()) or head.column("result") is not None:
        return None
    free = [c for c in head.texts if c > head.item and c not in head.fields and c != head.section]
    body = range(head.last + 1, paper.height + 1)
    verdicts = tuple(c for c in free if are_verdicts([paper.raw(row, c) for row in body]))
    if len(verdicts) < 2 or len({head.texts[c] for c in verdicts}) < len(verdicts):
        return None
    above = written_in(paper, paper.numbers(1, head.row - 1), labels)
    columns = Columns(head.item, verdicts, head.column("item_code"), head.section)
    items = find_items(paper, head.last + 1, columns, head.printed, labels)
    below = written_in(paper, items.labels, labels)
    values = {c: head.texts[c] for c in verdicts}
    dates = _dates(values, [paper.text(row, c) for row in paper.numbers(1, head.row) for c in paper.filled(row)])
    field = "inspected_at" if dates else _named(head, verdicts, labels) or _store_or_sample(values.values())
    return Matrix(sheet, paper, head, verdicts, field, dates or values, items, fields_of(above, below), labels)


def _named(head: TableHead, verdicts: Sequence[int], labels: Labels) -> str | None:
    """What the headers are, where the corner or a header above them says so."""
    names = [labels.field(word) for word in (head.corner, *(head.over.get(c, "") for c in verdicts[:1]))]
    return next((name for name in names if name in SHEET_FIELDS), None)


def _store_or_sample(headers: Iterable[str]) -> str:
    """Names that all end as stores do are stores; of other names nobody can say who they are."""
    return "store_name" if all(_STORE.fullmatch(header) for header in headers) else "sample_ref"


def _dates(values: dict[int, str], around: Iterable[str]) -> dict[int, str]:
    """The headers as dates, days of a month that is named above them included; nothing where they are none."""
    if all(_DATE.fullmatch(clean(header)) for header in values.values()):
        return values
    days = {column: _DAY.fullmatch(clean(header)) for column, header in values.items()}
    months = {(int(found[1]), int(found[2])) for text in around for found in _MONTH.finditer(clean(text))}
    if len(months) != 1 or not all(days.values()):
        return {}
    [(year, month)] = months
    made = {column: found for column, found in days.items() if found and int(found[1] or month) == month}
    if len(made) < len(values):
        return {}
    return {column: f"{year}-{month:02}-{int(found[2]):02}" for column, found in made.items()}
