"""Looks: the few ways a cell can look, made once for a workbook and shared by all its cells."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from enum import StrEnum

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from auditor.report.excel.openpyxl_types import Cell, Sheet, Style

FONT = "Microsoft YaHei"
TIME_FORMAT = "yyyy-mm-dd hh:mm"
SPAN_FORMAT = "[h]:mm"
DAY_FORMAT = "yyyy-mm-dd"
TINT = "FFFFF8E1"
"""The ground of cells that people fill in."""


class Look(StrEnum):
    """What a cell is, as far as the eye can tell."""

    TEXT = "text"
    WRAPPED = "wrapped"
    CENTRED = "centred"
    TIME = "time"
    DAY = "day"
    SPAN = "span"
    COUNT = "count"
    MONEY = "money"
    RATE = "rate"
    HEADER = "header"
    TITLE = "title"
    SECTION = "section"
    LABEL = "label"
    NOTE = "note"
    ALARM = "alarm"
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    OBSERVATION = "observation"
    ANSWER = "answer"
    ANSWER_DAY = "answer-day"


WRAPPING = frozenset({Look.WRAPPED, Look.NOTE, Look.ANSWER})
"""The looks whose text takes as many lines as it needs."""


@dataclass(frozen=True)
class _Design:
    size: int = 10
    bold: bool = False
    colour: str = "FF222222"
    fill: str | None = None
    across: str = "left"
    wrap: bool = False
    number: str = "General"
    ruled: bool = True


_DESIGNS = {
    Look.TEXT: _Design(),
    Look.WRAPPED: _Design(wrap=True),
    Look.CENTRED: _Design(across="center"),
    Look.TIME: _Design(across="center", number=TIME_FORMAT),
    Look.DAY: _Design(across="center", number=DAY_FORMAT),
    Look.SPAN: _Design(across="right", number=SPAN_FORMAT),
    Look.COUNT: _Design(across="right", number="#,##0"),
    Look.MONEY: _Design(across="right", number="#,##0.00"),
    Look.RATE: _Design(across="right", number="0.0%"),
    Look.HEADER: _Design(bold=True, colour="FFFFFFFF", fill="FF2F4B6E", across="center", wrap=True),
    Look.TITLE: _Design(size=18, bold=True, colour="FF2F4B6E", ruled=False),
    Look.SECTION: _Design(size=12, bold=True, colour="FF2F4B6E", fill="FFE3EAF3", ruled=False),
    Look.LABEL: _Design(bold=True, colour="FF55606E"),
    Look.NOTE: _Design(size=9, colour="FF55606E", wrap=True, ruled=False),
    Look.ALARM: _Design(bold=True, colour="FF9C1C1C", across="right", number="#,##0"),
    Look.CRITICAL: _Design(bold=True, colour="FFFFFFFF", fill="FFB3261E", across="center"),
    Look.MAJOR: _Design(bold=True, colour="FF7A3E00", fill="FFFBD9B5", across="center"),
    Look.MINOR: _Design(colour="FF5C4A00", fill="FFFFF3C4", across="center"),
    Look.OBSERVATION: _Design(colour="FF35506B", fill="FFE3EAF3", across="center"),
    Look.ANSWER: _Design(fill=TINT, wrap=True),
    Look.ANSWER_DAY: _Design(fill=TINT, across="center", number=DAY_FORMAT),
}
_RULE = Border(bottom=Side(style="hair", color="FFB8C0CA"))


class Looks:
    """The styles of one workbook, by look, with and without the mark that keeps a text a text."""

    def __init__(self, sheet: Sheet) -> None:
        """``sheet`` is any sheet of the workbook."""
        self._plain = {look: _style(sheet, design) for look, design in _DESIGNS.items()}
        self._quoted = {look: _quoted(style) for look, style in self._plain.items()}
        self._numbers = {
            (look, quoted): _number(sheet, self.style(look, quoted=quoted)) for look in Look for quoted in (False, True)
        }

    def style(self, look: Look, *, quoted: bool = False) -> Style:
        """The style; it is shared and must not be changed."""
        return (self._quoted if quoted else self._plain)[look]

    def number(self, look: Look, quoted: bool) -> int:
        """The number of the style in the workbook."""
        return self._numbers[look, quoted]


def _number(sheet: Sheet, style: Style) -> int:
    cell: Cell = WriteOnlyCell(sheet)
    cell._style = style
    return int(cell.style_id)


def _style(sheet: Sheet, design: _Design) -> Style:
    cell: Cell = WriteOnlyCell(sheet)
    cell.font = Font(name=FONT, size=design.size, bold=design.bold, color=design.colour)
    away = 1 if design.across == "right" else 0
    cell.alignment = Alignment(horizontal=design.across, vertical="center", wrap_text=design.wrap, indent=away)
    cell.number_format = design.number
    if design.fill:
        cell.fill = PatternFill("solid", fgColor=design.fill)
    if design.ruled:
        cell.border = _RULE
    return copy(cell._style)


def _quoted(style: Style) -> Style:
    marked = copy(style)
    marked.quotePrefix = 1
    return marked
