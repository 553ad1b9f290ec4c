"""Workbooks in XML (.xlsx, .xlsm): guarded, scanned, then read."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, ZipFile

from auditor.intake.container.calamine import opened, read_sheets
from auditor.intake.container.cells import Cells
from auditor.intake.container.guard import danger
from auditor.intake.container.ownreport import is_report, passed_over
from auditor.intake.container.parts import sheet_parts
from auditor.intake.container.scan import Scan
from auditor.intake.container.stray import cut, extent, fits
from auditor.intake.container.xmlscan import scan
from auditor.location import Location
from auditor.problem import Problem

_NAMED = 3
"""How many strays of a sheet are named."""


def read_xlsx(path: Path) -> tuple[list[Cells], list[Problem]]:
    """The sheets with anything on them; none and a Problem when the workbook must not be opened, or is a report.

    Raises zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError, ParseError or CalamineError
    for a damaged workbook.
    """
    with ZipFile(path) as archive:
        why = danger(archive)
        if why:
            remedy = "Export the log again, or ask whoever sent the file."
            return [], [Problem(Location(str(path)), "workbook-unsafe", why, remedy, True)]
        if is_report(archive):
            return [], [passed_over(path)]
        parts = sheet_parts(archive)
        scans = {title: _scanned(archive, part) for title, part in parts.items()}
        mended, problems = _mended(path, archive, parts, scans)
        if any(problem.fatal for problem in problems):
            return [], problems
        with opened(_rewritten(archive, mended) if mended else path) as workbook:
            return list(read_sheets(workbook, scans.__getitem__)), problems


def _scanned(archive: ZipFile, part: str) -> Scan:
    with archive.open(part) as stream:
        return scan(stream)


def _mended(
    path: Path, archive: ZipFile, parts: Mapping[str, str], scans: Mapping[str, Scan]
) -> tuple[dict[str, bytes], list[Problem]]:
    """The parts of sheets from which strays had to be cut, and what is to be said of them."""
    mended: dict[str, bytes] = {}
    problems: list[Problem] = []
    for title, found in scans.items():
        if fits(found.rows, found.columns):
            continue
        with archive.open(parts[title]) as stream:
            block = extent(stream)
        if not block.fits:
            return {}, [_too_large(path, title, block.rows, block.columns)]
        with archive.open(parts[title]) as stream:
            xml, strays = cut(stream, block)
        for row, column in [place for place in found.marks if not block.holds(place[0], place[1] + 1)]:
            del found.marks[row, column]
        if strays:
            mended[parts[title]] = xml
            problems.append(_stray(path, title, strays))
    return mended, problems


def _rewritten(archive: ZipFile, mended: Mapping[str, bytes]) -> IO[bytes]:
    """The workbook with the ``mended`` parts in place of its own."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as copy:
        for name in archive.namelist():
            if "/media/" not in name:
                copy.writestr(name, mended.get(name) or archive.read(name))
    target.seek(0)
    return target


def _stray(path: Path, title: str, strays: list[str]) -> Problem:
    more = f" and {len(strays) - _NAMED} more" if len(strays) > _NAMED else ""
    cells = ", ".join(strays[:_NAMED]) + more
    what = f"A value stands far away from the table ({cells}); it was left out."
    remedy = "Delete it, or move it to the table if it belongs there."
    return Problem(Location(str(path), sheet=title), "stray-cell", what, remedy, count=len(strays))


def _too_large(path: Path, title: str, rows: int, columns: int) -> Problem:
    what = f"The sheet spreads a few values over {rows} rows and {columns} columns, which cannot be laid out."
    remedy = "Copy the table to a sheet of its own, or save it as .csv."
    return Problem(Location(str(path), sheet=title), "sheet-too-large", what, remedy, True)
