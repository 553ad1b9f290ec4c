"""Form: a checklist as it is printed, filled in at a store and signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from auditor.kinds.checklist import Checklist
from auditor.kinds.items import Item
from auditor.records import RecordType
from auditor.report.blank.choices import offer
from auditor.report.blank.ink import Ink, write
from auditor.report.blank.texts import heading, text
from auditor.report.excel.width import lines_needed
from auditor.report.wording import Language

_ABOVE = (("store_name", "inspected_at"), ("inspector", "staff_name"), ("sheet_id", "staff_role"))
_SIGNED = ("inspector_signature", "store_signature")
_TICKS = ("yes", "no", "inapplicable")
_LINE, _SMALL_LINE = 16.0, 9.5
_CODE_ROOM = 25
"""How many small letters stand side by side in the column of codes."""


@dataclass(frozen=True)
class _Column:
    title: str
    width: float
    ink: Ink


def fill_form(sheet: Worksheet, record: RecordType, checklist: Checklist, lang: Language) -> None:
    """Make ``sheet`` the empty form of ``checklist``, whose rows are of ``record``."""
    _Form(sheet, record, checklist, lang).fill()


class _Form:
    """Writes one form from top to bottom."""

    def __init__(self, sheet: Worksheet, record: RecordType, checklist: Checklist, lang: Language) -> None:
        self._sheet = sheet
        self._record = record
        self._checklist = checklist
        self._lang = lang
        self._columns = self._planned()
        self._row = 0

    def fill(self) -> None:
        """Title, fields, items by section, signatures; then how it prints."""
        for place, column in enumerate(self._columns, start=1):
            self._sheet.column_dimensions[get_column_letter(place)].width = column.width
        self._line(str(getattr(self._checklist.title, self._lang)), Ink.TITLE, 34)
        self._line(text("how", self._lang), Ink.NOTE, 18)
        for pair in _ABOVE:
            self._fields([field for field in pair if field in self._record.fields])
        header = self._next(26)
        for place, column in enumerate(self._columns, start=1):
            write(self._sheet, header, place, column.title, Ink.HEADER)
        self._items()
        self._offer(header)
        self._signatures()
        self._sheet.freeze_panes = f"A{header + 1}"
        self._sheet.print_title_rows = f"{header}:{header}"
        self._sheet.page_setup.orientation = "portrait"

    def _planned(self) -> list[_Column]:
        words, lang = self._heading, self._lang
        scored = _scored(self._checklist)
        return [
            _Column(words("item_code"), 17, Ink.CODE),
            _Column(words("item_name"), 40 if scored else 46, Ink.ENTRY),
            *([_Column(text("points", lang), 7, Ink.TICK)] if scored else []),
            *(_Column(text(tick, lang), 8, Ink.TICK) for tick in _TICKS),
            *([_Column(text("deducted", lang), 7, Ink.TICK)] if scored else []),
            _Column(words("remark"), 22 if scored else 26, Ink.ENTRY),
        ]

    def _heading(self, field: str) -> str:
        return heading(self._record, field, self._lang)

    def _next(self, height: float) -> int:
        self._row += 1
        self._sheet.row_dimensions[self._row].height = height
        return self._row

    def _line(self, value: str, ink: Ink, height: float) -> None:
        write(self._sheet, self._next(height), 1, value, ink, len(self._columns))

    def _fields(self, pair: Sequence[str]) -> None:
        """Two labels side by side, each with its value in the next cell."""
        row, last = self._next(24), len(self._columns)
        places = ((1, 1, 2, 2), (3, 4, 5, last))
        for field, (label, label_end, value, value_end) in zip(pair, places, strict=False):
            write(self._sheet, row, label, self._heading(field), Ink.LABEL, label_end)
            write(self._sheet, row, value, None, Ink.ENTRY, value_end)
            if field == "sheet_id":
                self._sheet.cell(row, value).number_format = "@"

    def _items(self) -> None:
        number = 0
        for section, items in groupby(self._checklist.items, key=lambda item: item.section):
            if section:
                number += 1
                self._line(f"{_ordinal(number, self._lang)}{section}", Ink.SECTION, 22)
            for item in items:
                self._item(item)

    def _item(self, item: Item) -> None:
        wording = str(getattr(item.title, self._lang))
        lines, small = lines_needed(wording, self._columns[1].width), lines_needed(item.code, _CODE_ROOM)
        row = self._next(max(22.0, _LINE * lines + 6, _SMALL_LINE * small + 4))
        values: list[str | float | None] = [item.code, wording]
        if _scored(self._checklist):
            values.append(item.weight if item.points is None else item.points)
        for place, column in enumerate(self._columns, start=1):
            value = values[place - 1] if place <= len(values) else None
            write(self._sheet, row, place, value, column.ink)

    def _offer(self, header: int) -> None:
        first = next(place for place, column in enumerate(self._columns, 1) if column.title == text("yes", self._lang))
        ends = (get_column_letter(first), get_column_letter(first + len(_TICKS) - 1))
        offer(self._sheet, ("√",), f"{ends[0]}{header + 1}:{ends[1]}{self._row}")

    def _signatures(self) -> None:
        self._next(10)
        row = self._next(30)
        places = ((1, 2), (3, len(self._columns)))
        for field, (first, last) in zip(_SIGNED, places, strict=True):
            if field in self._record.fields:
                write(self._sheet, row, first, f"{self._heading(field)}{'：' if self._lang == 'zh' else ':'}",
                      Ink.SIGNATURE, last)  # fmt: skip


def _scored(checklist: Checklist) -> bool:
    """Its items cost points."""
    differ = any(item.points is not None or item.weight != 1 for item in checklist.items)
    return checklist.pass_mark is not None or differ


def _ordinal(number: int, lang: Language) -> str:
    """一、 or 1. before the name of a section."""
    digits = "零一二三四五六七八九"
    if lang == "en" or number > 99:
        return f"{number}. "
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return f"{ten}{digits[ones] if ones or not tens else ''}、"
