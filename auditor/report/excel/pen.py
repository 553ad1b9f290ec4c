"""Pen: puts values into cells, in their look, and counts what a workbook cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, Self
from zoneinfo import ZoneInfo

from openpyxl.cell import WriteOnlyCell

from auditor.location import Location
from auditor.problem import Problem
from auditor.report.excel.cell import Content, Mishap, content
from auditor.report.excel.look import Look, Looks
from auditor.report.excel.markup import cell_markup
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

MOST_KEPT = 10_000


class Pen:
    """Writes into the sheets of one workbook; ``zone`` is the IANA zone of moments that carry one.

    ``bodies`` are the rows of tables, as XML, by the title of their sheet; leaving the ``with`` block closes them.
    """

    def __init__(self, looks: Looks, zone: str, lang: Language) -> None:
        """``lang`` is the language of the mark that is left where a text was cut."""
        self._looks = looks
        self._zone = ZoneInfo(zone)
        self._lang = lang
        self._mishaps: dict[tuple[str, Mishap], int] = {}
        self._made: dict[tuple[str, Look], str] = {}
        self._stack = ExitStack()
        self.bodies: dict[str, IO[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def body(self, title: str) -> IO[bytes]:
        """An empty file for the rows of the sheet ``title``."""
        self.bodies[title] = self._stack.enter_context(TemporaryFile())  # noqa: SIM115 (the stack closes it)
        return self.bodies[title]

    def cell(self, sheet: Sheet, value: object, look: Look) -> Cell:
        """A cell of ``sheet``; raises TypeError for a value that has no place in a cell."""
        found = self._content(sheet.title, value)
        cell: Cell = WriteOnlyCell(sheet)
        cell._value = found.value
        cell.data_type = found.kind
        cell._style = self._looks.style(look, quoted=found.quoted)
        return cell

    def markup(self, title: str, value: object, look: Look, place: str) -> str:
        """The cell at ``place`` of the sheet ``title`` as XML; raises TypeError as ``cell`` does."""
        made = self._made.get((value, look)) if isinstance(value, str) else None
        if made is None:
            found = self._content(title, value)
            made = cell_markup(found, self._looks.number(look, found.quoted))
            if isinstance(value, str) and not found.mishaps:
                self._keep(value, look, made)
        return f'<c r="{place}"{made}'

    def _keep(self, value: str, look: Look, made: str) -> None:
        """Names, titles and clauses come again and again."""
        if len(self._made) >= MOST_KEPT:
            self._made.clear()
        self._made[value, look] = made

    def _content(self, title: str, value: object) -> Content:
        found = content(value, self._zone, self._lang)
        for mishap, count in found.mishaps:
            self._mishaps[title, mishap] = self._mishaps.get((title, mishap), 0) + count
        return found

    def problems(self) -> Iterator[Problem]:
        """What could not be written as it was, by sheet."""
        for (title, mishap), count in sorted(self._mishaps.items()):
            what, remedy = _TOLD[mishap]
            yield Problem(Location("report", sheet=title), mishap, what, remedy, count=count)
