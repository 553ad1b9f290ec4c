"""List sheet: a record type as a table to fill in, a record a row."""

from __future__ import annotations

from math import ceil

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from auditor.records import FieldType, RecordType
from auditor.report.blank.choices import offer
from auditor.report.blank.ink import Ink, write
from auditor.report.blank.texts import heading, meaning
from auditor.report.excel.look import TIME_FORMAT
from auditor.report.excel.width import text_width
from auditor.report.wording import Language

ROWS = 2000
"""How many rows have dropdowns."""

_RULED = 30
"""How many empty rows are ruled, to be filled in by hand."""

_PER_PAGE = 12
"""How many columns are still read on a page that lies across."""

_FORMATS = {
    FieldType.ID: "@",
    FieldType.PERSON: "@",
    FieldType.TIME: TIME_FORMAT,
    FieldType.INTEGER: "0",
    FieldType.CLOCK: "hh:mm",
}
_WIDTHS = {FieldType.TIME: 17, FieldType.TEXT: 16, FieldType.PERSON: 10, FieldType.ID: 14}
_YESNO = {"zh": ("是", "否", "不适用"), "en": ("yes", "no", "n/a")}


def fill_list(sheet: Worksheet, record: RecordType, lang: Language) -> None:
    """Make ``sheet`` the empty table of ``record``."""
    for place, (field, model) in enumerate(record.fields.items(), start=1):
        title, letter = heading(record, field, lang), get_column_letter(place)
        write(sheet, 1, place, title, Ink.HEADER)
        sheet.cell(1, place).comment = _note(meaning(record, field, lang))
        column = sheet.column_dimensions[letter]
        column.width = max(_WIDTHS.get(model.type, 9), text_width(title) + 4)
        column.number_format = _FORMATS.get(model.type, "General")
        words = _YESNO[lang] if model.type is FieldType.YESNO and not model.yes else record.values.get(field, ())
        offer(sheet, words, f"{letter}2:{letter}{ROWS}")
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "B2"
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.page_setup.fitToWidth = ceil(len(record.fields) / _PER_PAGE)
    _rule(sheet, record)


def _rule(sheet: Worksheet, record: RecordType) -> None:
    """Empty rows to write on by hand."""
    for row in range(2, _RULED + 2):
        sheet.row_dimensions[row].height = 20
        for place, model in enumerate(record.fields.values(), start=1):
            write(sheet, row, place, None, Ink.ENTRY)
            sheet.cell(row, place).number_format = _FORMATS.get(model.type, "General")


def _note(text: str) -> Comment:
    return Comment(text, "auditor", height=24 * (text.count("\n") + 2), width=260)
