"""Pen: puts values into cells, in their look, and counts what a workbook cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from openpyxl.cell import WriteOnlyCell

from auditor.location import Location
from auditor.problem import Problem
from auditor.report.excel.cell import Mishap, content
from auditor.report.excel.look import Look, Looks
from auditor.report.excel.openpyxl_types import Cell, Sheet
from auditor.report.wording import Language

_TOLD: dict[Mishap, tuple[str, str]] = {
    "characters-replaced": (
        "Characters that a workbook cannot hold were replaced by \ufffd.",
        "Read the cell in its source file.",
    ),
    "text-cut": (
        "A text is longer than a cell can be and was cut.",
        "Read the whole text in its source file.",
    ),
    "number-blank": (
        "A number or time without a value (not a number, infinite) was left blank.",
        "Correct it in its source file.",
    ),
}


class Pen:
    """Writes into the sheets of one workbook; ``zone`` is the IANA zone of moments that carry one."""

    def __init__(self, looks: Looks, zone: str, lang: Language) -> None:
        """``lang`` is the language of the mark that is left where a text was cut."""
        self._looks = looks
        self._zone = ZoneInfo(zone)
        self._lang = lang
        self._mishaps: dict[tuple[str, Mishap], int] = {}

    def cell(self, sheet: Sheet, value: object, look: Look) -> Cell:
        """A cell of ``sheet``; raises TypeError for a value that has no place in a cell."""
        found = content(value, self._zone, self._lang)
        for mishap, count in found.mishaps:
            self._mishaps[sheet.title, mishap] = self._mishaps.get((sheet.title, mishap), 0) + count
        cell: Cell = WriteOnlyCell(sheet)
        cell._value = found.value
        cell.data_type = found.kind
        cell._style = self._looks.style(look, quoted=found.quoted)
        return cell

    def problems(self) -> Iterator[Problem]:
        """What could not be written as it was, by sheet."""
        for (title, mishap), count in sorted(self._mishaps.items()):
            what, remedy = _TOLD[mishap]
            yield Problem(Location("report", sheet=title), mishap, what, remedy, count=count)
