"""Item rows: which rows of a sheet ask something, and which only order those that do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.fold import fold, fold_header
from auditor.intake.inspection.fieldlabels import SHEET_FIELDS, Labels
from auditor.intake.inspection.fields import first_label
from auditor.intake.inspection.paper import Paper
from auditor.intake.inspection.ticks import are_verdicts

_CHINESE_NUMBER = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:[、.,:]|部分|章|项|大类)|[(][一二三四五六七八九十]{1,3}[)])"
)
_TOTALS = re.compile(
    r"(?:本页|本项|本节|全部|各项)?(?:合计|小计|总计|总分|总?得分|实得分?|应得分|满分|扣分合计|共扣分?|合格率|得分率"
    r"|total|subtotal|score)(?:\(.*\))?[:/\d.%分]*"
)
_CLOSING = re.compile("签字|签名|签章|备注|说明|意见|评语|总评|结论|建议|日期|时间|得分|注$")


@dataclass(frozen=True)
class Columns:
    """Where things stand in the table of a form; columns count from 0. ``verdicts`` are those with answers."""

    item: int
    verdicts: tuple[int, ...]
    code: int | None = None
    section: int | None = None


@dataclass
class ItemRows:
    """The rows that ask something, the section each belongs to, how many others there are, and those with labels."""

    rows: list[int] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    aside: Counter[str] = field(default_factory=Counter)
    labels: list[int] = field(default_factory=list)


def find_items(paper: Paper, first: int, columns: Columns, header: Sequence[str], labels: Labels) -> ItemRows:
    """Sort the rows from ``first`` on; ``header`` are the cells of the header row. An answered row asks something."""
    found, section = ItemRows(), ""
    headings = _numbered_headings(paper, first, columns)
    printed = [fold_header(cell) for cell in header if cell]
    for row in paper.numbers(first):
        filled = paper.filled(row)
        kind = _kind(paper, row, filled, columns, labels) if filled else "blank"
        if kind == "item" and [fold_header(paper.text(row, column)) for column in filled] == printed:
            kind = "repeated header"
        elif kind == "item" and row in headings:
            kind = "heading"
        if kind != "item":
            found.aside[kind] += 1
            found.labels += [row] if kind == "signature" else []
            section = paper.text(row, filled[0]) if kind == "heading" else section
            continue
        own = "" if columns.section is None else paper.text(row, columns.section)
        section = own or section
        found.rows.append(row)
        found.sections.append(section)
    return found


def _kind(paper: Paper, row: int, filled: Sequence[int], columns: Columns, labels: Labels) -> str:
    text = paper.text(row, filled[0])
    if filled[0] <= columns.item and _TOTALS.fullmatch(fold(text)):
        return "totals"
    answers = [paper.raw(row, column) for column in columns.verdicts if column in filled]
    if _closes(text, labels) and not are_verdicts(answers):
        return "signature"
    if answers:
        return "item"
    if paper.spans(row, columns.item, columns.verdicts[0]):
        return "heading"
    named = [columns.item, *([] if columns.code is None else [columns.code])]
    return "item" if any(paper.text(row, column) for column in named) else "note"


def _closes(text: str, labels: Labels) -> bool:
    """A signature, a date or a remark on the whole sheet, as they stand below the items."""
    label = first_label(text)
    if label is None:
        return labels.field(text) in SHEET_FIELDS
    return labels.field(label) in SHEET_FIELDS or bool(_CLOSING.search(label))


def _numbered_headings(paper: Paper, first: int, columns: Columns) -> set[int]:
    """Rows such as 一、仪容仪表, unless the items themselves are numbered that way."""
    headings, others = set(), 0
    for row in paper.numbers(first):
        filled = paper.filled(row)
        if not filled or filled[0] > columns.item:
            continue
        if not _CHINESE_NUMBER.match(fold(paper.text(row, filled[0]))):
            others += 1
        elif any(column in filled for column in columns.verdicts):
            return set()
        elif len(filled) == 1:
            headings.add(row)
    return headings if others else set()
