"""The sheet of a notice: a workbook to be printed, with the same words as the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor.report.blank.ink import Ink, write
from auditor.report.characters import writable
from auditor.report.excel.archive import save
from auditor.report.excel.names import sheet_name
from auditor.report.excel.page import set_up
from auditor.report.excel.width import LINE, lines_needed
from auditor.report.notices.notice import Charge, Line, Notice
from auditor.report.notices.texts import words
from auditor.report.wording import Language

_FIRST_DAY = datetime(2000, 1, 1)
_WIDTHS = (12.0, 24.0, 14.0, 34.0, 16.0)
_LAST = len(_WIDTHS)
_SLACK = 6.0
"""Points that a row is higher than its lines."""
_TABLE = ("period", "measure", "extent", "because", "state")


def write_sheet(notice: Notice, path: Path, lang: Language) -> None:
    """Write the notice to ``path`` (.xlsx); raises OSError. The same notice has the same bytes."""
    workbook = Workbook()
    workbook.properties.creator = "auditor"
    workbook.properties.title = writable(f"{words('title', lang)} {notice.subject}")[0]
    workbook.properties.created = workbook.properties.modified = _FIRST_DAY
    sheet = workbook.worksheets[0]
    sheet.title = sheet_name(notice.subject)
    set_up(sheet, lang, notice.footer)
    sheet.page_setup.orientation = "portrait"
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    _Paper(sheet, lang).fill(notice)
    save(workbook, {}, path)


class _Paper:
    """Writes one notice from top to bottom."""

    def __init__(self, sheet: Worksheet, lang: Language) -> None:
        self._sheet = sheet
        self._lang = lang
        self._row = 0

    def fill(self, notice: Notice) -> None:
        """Head, findings, consequences, how to appeal, signatures."""
        self._cells([(words("title", self._lang), Ink.TITLE)], 30)
        for line in notice.head:
            self._labelled(line)
        self._section("charges")
        for charge in notice.charges:
            self._charge(charge)
        self._section("outcomes")
        self._outcomes(notice)
        self._section("appeal")
        self._cells([(words("how", self._lang), Ink.ENTRY)])
        self._section("signatures")
        self._signatures()

    def _charge(self, charge: Charge) -> None:
        lang = self._lang
        self._cells([(f"{charge.number}. [{charge.severity_words}] {charge.title}", Ink.LABEL)])
        if charge.sentence:
            self._cells([(charge.sentence, Ink.ENTRY)])
        for clause in charge.clauses:
            self._labelled((words("clause", lang), clause))
        self._labelled((charge.facts[0][0], " · ".join([charge.facts[0][1], *map(" ".join, charge.facts[1:])])))
        for cells in charge.evidence:
            self._labelled((words("evidence", lang), cells))
        self._labelled((words("review", lang), charge.review))

    def _outcomes(self, notice: Notice) -> None:
        if not notice.outcomes:
            self._cells([(words("no-outcome", self._lang), Ink.ENTRY)])
            return
        self._cells([(words(key, self._lang), Ink.HEADER) for key in _TABLE])
        for one in notice.outcomes:
            shown = (one.period, f"{one.kind}: {one.measure}", one.extent, one.because, one.state)
            self._cells([(value, Ink.ENTRY) for value in shown])

    def _signatures(self) -> None:
        self._cells([(words("statement", self._lang), Ink.LABEL), (words("agree", self._lang), Ink.ENTRY)])
        self._cells([(None, Ink.ENTRY)], 60)
        for who in ("signed-person", "signed-manager"):
            row = self._next(32)
            write(self._sheet, row, 1, words(who, self._lang), Ink.SIGNATURE, 3)
            write(self._sheet, row, 4, words("date", self._lang), Ink.SIGNATURE, _LAST)

    def _section(self, key: str) -> None:
        self._next(8)
        self._cells([(words(key, self._lang), Ink.SECTION)], 20)

    def _labelled(self, line: Line) -> None:
        self._cells([(line[0], Ink.LABEL), (line[1], Ink.ENTRY)])

    def _cells(self, cells: Sequence[tuple[str | None, Ink]], height: float = 0) -> None:
        """Side by side, the last one to the edge; without a ``height`` the row is as high as its longest text."""
        row = self._next(height)
        lines = 1
        for place, (value, ink) in enumerate(cells, start=1):
            last = _LAST if place == len(cells) else place
            shown = writable(value)[0] if value else value
            write(self._sheet, row, place, shown, ink, last)
            lines = max(lines, lines_needed(shown or "", sum(_WIDTHS[place - 1 : last]) - 2))
        if not height:
            self._sheet.row_dimensions[row].height = min(LINE * lines + _SLACK, 400.0)

    def _next(self, height: float) -> int:
        self._row += 1
        self._sheet.row_dimensions[self._row].height = height or LINE
        return self._row
