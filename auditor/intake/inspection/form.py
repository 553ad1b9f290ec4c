"""Forms: fields above, an item a row, a verdict or ticks beside it, signatures below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.intake.inspection.fieldlabels import Labels
from auditor.intake.inspection.fields import Written, fields_of, written_in
from auditor.intake.inspection.itemrows import Columns, ItemRows, find_items
from auditor.intake.inspection.listing import Column, constant, listing, numbered, section_column
from auditor.intake.inspection.paper import Paper
from auditor.intake.inspection.tablehead import TableHead
from auditor.intake.inspection.ticks import chosen, tick_columns, without_boxes
from auditor.intake.sheet import Sheet


@dataclass(frozen=True)
class Form:
    """A form whose table has been found."""

    sheet: Sheet
    paper: Paper
    head: TableHead
    verdicts: tuple[int, ...]
    items: ItemRows
    columns: Columns
    written: Sequence[Written]
    labels: Labels

    def unfold(self) -> list[Sheet]:
        """The form as one list."""
        rows = self.items.rows
        columns = list(self._table(rows))
        filled = {column.field for column in columns if any(column.cells)}
        above = [constant(one, rows) for one in self.written if one.field not in filled]
        said = {column.field for column in above}
        columns = [*above, *(column for column in columns if column.field is None or column.field not in said)]
        if not _several(columns):
            columns = numbered(self.sheet, columns, rows, self.labels)
        return [listing(self.sheet, self.head.row, rows, columns, self.items.aside)]

    def _table(self, rows: Sequence[int]) -> Iterator[Column]:
        yield section_column(self.items.sections, self.labels)
        for column, text in self.head.texts.items():
            if column in (self.columns.section, *self.verdicts):
                continue
            read = self.paper.value if column == self.columns.item else self.paper.raw
            yield Column(text, self.head.fields.get(column), [read(row, column) for row in rows])
        yield Column(self._verdict_header(), "result", [self._verdict(row) for row in rows])

    def _verdict_header(self) -> str:
        return "/".join(self.head.texts[column] for column in self.verdicts)

    def _verdict(self, row: int) -> str | None:
        cells = [(self.head.texts[column], self.paper.raw(row, column)) for column in self.verdicts]
        heading = self.head.over.get(self.verdicts[0], "")
        return chosen(cells, heading) if len(cells) > 1 else without_boxes(cells[0][1])


def find_form(sheet: Sheet, paper: Paper, head: TableHead, labels: Labels) -> Form | None:
    """The form on a sheet with this table, or None where it is a plain list or no form at all."""
    ticks = tick_columns(head.texts)
    results = tuple(column for column, name in head.fields.items() if name == "result" and column not in ticks)
    verdicts = ticks or results
    if not verdicts or (not ticks and len(results) > 1):
        return None
    columns = Columns(head.item, verdicts, head.column("item_code"), head.section)
    items = find_items(paper, head.last + 1, columns, head.printed, labels)
    above = written_in(paper, paper.numbers(1, head.row - 1), labels)
    below = written_in(paper, items.labels, labels)
    written = fields_of(above, below)
    if not (ticks or written or items.aside["heading"]):
        return None
    return Form(sheet, paper, head, verdicts, items, columns, written, labels)


def _several(columns: Sequence[Column]) -> bool:
    """The rows are of several inspections: an item comes twice, or stores or times differ."""
    items = [cell for column in columns if column.field == "item_name" for cell in column.cells if cell]
    told = [set(filter(None, column.cells)) for column in columns if column.field in ("store_name", "inspected_at")]
    return len({*items}) < len(items) or any(len(values) > 1 for values in told)
