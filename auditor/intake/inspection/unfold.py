"""Unfolding: inspection sheets in other layouts become lists of inspected items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.intake.header import HeaderIndex
from auditor.intake.inspection.fieldlabels import RECORD, Labels
from auditor.intake.inspection.form import Form, find_form
from auditor.intake.inspection.matrix import Matrix, find_matrix
from auditor.intake.inspection.paper import paper
from auditor.intake.inspection.tablehead import names_items, read_head
from auditor.intake.inspection.wide import Wide, find_wide, names_inspections
from auditor.intake.layout.titles import titles
from auditor.intake.sheet import Sheet


def unfold(sheet: Sheet, index: HeaderIndex) -> list[Sheet] | None:
    """The lists of items that ``sheet`` holds in another layout; None for an ordinary list.

    The rows of a list keep their numbers, and the column of its verdicts its header.
    """
    if RECORD not in index.records:
        return None
    labels = Labels(index)
    items, inspections = names_items(sheet, labels), names_inspections(sheet, labels)
    if not (items or inspections) or _is_another(sheet, index):
        return None
    found = next((way for way in _layouts(sheet, items, inspections, labels) if way), None)
    return found.unfold() if found else None


def _layouts(
    sheet: Sheet, items: Sequence[int], inspections: Sequence[int], labels: Labels
) -> Iterator[Form | Matrix | Wide | None]:
    """Every way to see the sheet, the surest first."""
    page = paper(sheet)
    for row in items if page.rows else ():
        head = read_head(page, row, labels)
        yield find_form(sheet, page, head, labels)
        yield find_matrix(sheet, page, head, labels)
    for row in inspections if page.rows else ():
        yield find_wide(sheet, page, row, labels)


def _is_another(sheet: Sheet, index: HeaderIndex) -> bool:
    """The sheet is plainly one of another record type."""
    candidates = index.candidates(sheet.head, titles(sheet))
    return bool(candidates) and candidates[0].confident and candidates[0].record.name != RECORD
