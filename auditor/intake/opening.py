"""Opening a file: from its bytes to the sheets in it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from auditor.intake.parquetfile import open_parquet
from auditor.intake.sheet import Sheet
from auditor.intake.sniff import Format, refusal, sniff
from auditor.intake.textfile import open_text
from auditor.location import Location
from auditor.problem import Problem


def open_file(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[Format, list[Sheet], list[Problem]]:
    """The format of the file and its sheets; without sheets there is a fatal Problem that says why."""
    try:
        kind = sniff(path)
        sheets, problems = _sheets(connection, path, kind)
    except OSError as error:
        what = f"The file cannot be read ({error.strerror or error})."
        remedy = "Check its permissions and close it elsewhere."
        return Format.OTHER, [], [Problem(Location(str(path)), "unreadable", what, remedy, True)]
    if not sheets and not problems:
        problems = [refusal(Format.EMPTY, str(path))]
    return kind, sheets, problems


def _sheets(connection: duckdb.DuckDBPyConnection, path: Path, kind: Format) -> tuple[list[Sheet], list[Problem]]:
    if kind is Format.XLSX:
        # python-calamine is loaded only when there is a workbook.
        from auditor.intake.workbook import open_workbook

        return open_workbook(path)
    if kind is Format.TEXT:
        sheet, problems = open_text(path)
    elif kind is Format.PARQUET:
        sheet, problems = open_parquet(connection, path)
    else:
        return [], [refusal(kind, str(path))]
    return ([sheet] if sheet is not None and sheet.head else []), problems
