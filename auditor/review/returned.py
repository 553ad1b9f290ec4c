"""Returned: the rows of a report that came back, whatever was done to it on the way."""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from auditor.fold import fold_header
from auditor.intake.celltext import cell_text
from auditor.intake.encoding import detect
from auditor.intake.sniff import Format, sniff
from auditor.location import Location
from auditor.problem import Problem, RuleError
from auditor.report.reviewsheet import COLUMNS, LANGUAGES, META
from auditor.report.texts import text

HEAD = 30
"""How many rows of a sheet are looked at for the header."""

MOST_CELLS = 50_000_000
"""More than a sheet of findings can have: then a value stands far away from the table."""

_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]+)(\d+)"')
_DELIMITERS = (",", "\t", ";")

Grid = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header: where it stands, and its cells by the key of their column."""

    where: Location
    cells: Mapping[str, Any]

    def text(self, column: str) -> str:
        """A cell as text, empty where it or its column is not there."""
        cell = self.cells.get(column, "")
        return (cell if type(cell) is str else cell_text(cell) or "").strip()


@dataclass(frozen=True)
class Returned:
    """The rows that came back, and the hidden sheet (None where it is lost)."""

    file: str
    rows: tuple[Row, ...]
    meta: Grid | None


def read_returned(path: Path) -> Returned:
    """Read a workbook, or a text table saved from one; raises RuleError when it is neither or holds no findings."""
    try:
        kind = sniff(path)
        if kind not in (Format.XLSX, Format.TEXT):
            what = "This is neither a workbook (.xlsx) nor a text table (.csv)."
            raise _refused(path, "review-unreadable", what, "Open it and save it as .xlsx.")
        grids: dict[str | None, Grid] = dict(_workbook(path)) if kind is Format.XLSX else {None: _text_table(path)}
    except OSError as error:
        what = f"The file cannot be read ({error.strerror or error})."
        raise _refused(path, "review-unreadable", what, "Check its name and permissions.") from None
    rows = tuple(row for title, grid in grids.items() if title != META for row in _rows(path, title, grid))
    if not any(_header(grid) for grid in grids.values()):
        header = f"'{text('fingerprint', 'zh')}' and '{text('decision', 'zh')}'"
        what = f"No sheet has the columns {header}, so this is no report that came back."
        raise _refused(
            path, "review-unknown", what, "Name the workbook that `auditor run` wrote and somebody filled in."
        )
    return Returned(str(path), rows, grids.get(META))


def _refused(path: Path, code: str, what: str, remedy: str) -> RuleError:
    return RuleError([Problem(Location(str(path)), code, what, remedy, True)])


def _workbook(path: Path) -> Iterator[tuple[str | None, Grid]]:
    """The sheets of a workbook as grids of typed cells, blank ones empty text."""
    from python_calamine import CalamineError, CalamineWorkbook

    from auditor.intake.container.child import damaged
    from auditor.intake.container.guard import danger

    try:
        with ZipFile(path) as archive:
            why = danger(archive) or _far(archive)
        if why:
            raise _refused(path, "review-unsafe", why, "Delete it, and save the workbook again.")
        with CalamineWorkbook.from_path(path) as workbook:
            for title in workbook.sheet_names:
                yield title, workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
    except (BadZipFile, zlib.error, EOFError, CalamineError, ValueError):
        raise RuleError([damaged(path)]) from None


def _far(archive: ZipFile) -> str | None:
    """Why a sheet is too wide or long to be laid out."""
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            with archive.open(name) as stream:
                found = _DIMENSION.search(stream.read(4096))
            if found and int(found[2]) * _place(found[1]) > MOST_CELLS:
                return f"A value stands far away from the table, at {(found[1] + found[2]).decode()}."
    return None


def _place(letters: bytes) -> int:
    """The number of the column AB, from 1."""
    return reduce(lambda place, letter: place * 26 + letter - 64, letters, 0)


def _text_table(path: Path) -> Grid:
    """The rows of a text table in the encoding it turns out to be in."""
    encoded, problems = detect(path)
    if encoded is None:
        raise RuleError(problems)
    with path.open(encoding=encoded.encoding, newline="") as stream:
        first = stream.readline()
        stream.seek(0)
        delimiter = max(_DELIMITERS, key=first.count)
        return list(csv.reader(stream, delimiter=delimiter))


def _rows(path: Path, title: str | None, grid: Grid) -> Iterator[Row]:
    """The rows below the header of a sheet of findings; none of another sheet."""
    found = _header(grid)
    if found is None:
        return
    line, columns = found
    for number, cells in enumerate(islice(grid, line, None), start=line + 1):
        if any(cells):
            where = Location(str(path), sheet=title, row=number)
            yield Row(where, {key: cells[place] for place, key in columns.items() if place < len(cells)})


def _header(grid: Grid) -> tuple[int, dict[int, str]] | None:
    """The line (from 1) of the header and its columns, known by what they are called in either language."""
    for line, cells in enumerate(grid[:HEAD], start=1):
        columns = {
            place: key
            for place, cell in enumerate(cells)
            if (key := _TITLES.get(fold_header(str(cell or "")))) is not None
        }
        if {"fingerprint", "decision"} <= set(columns.values()):
            return line, columns
    return None


_TITLES = {fold_header(text(key, lang)): key for lang in LANGUAGES for key in COLUMNS}
