"""The workbook of a blank sheet: the same bytes for the same rules."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from auditor.report.blank.form import fill_form
from auditor.report.blank.listsheet import fill_list
from auditor.report.blank.subject import Subject
from auditor.report.excel.archive import save
from auditor.report.excel.names import sheet_name
from auditor.report.excel.page import set_up
from auditor.report.wording import Language

_FIRST_DAY = datetime(2000, 1, 1)


def write_blank(subject: Subject, path: Path, lang: Language) -> None:
    """Write the blank sheet of ``subject`` to ``path`` (.xlsx); raises OSError."""
    workbook = Workbook()
    workbook.properties.creator = "auditor"
    workbook.properties.title = subject.title(lang)
    workbook.properties.created = workbook.properties.modified = _FIRST_DAY
    sheet = workbook.worksheets[0]
    sheet.title = sheet_name(subject.title(lang))
    set_up(sheet, lang, subject.name)
    if subject.checklist is None:
        fill_list(sheet, subject.record, lang)
    else:
        fill_form(sheet, subject.record, subject.checklist, lang)
    save(workbook, {}, path)
