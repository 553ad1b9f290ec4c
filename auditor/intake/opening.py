"""Opening a file: from its bytes to the sheets in it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from auditor.intake.jsonlines import open_json_lines
from auditor.intake.parquetfile import open_parquet
from auditor.intake.sheet import Sheet
from auditor.intake.sniff import Format, refusal, sniff
from auditor.intake.textfile import open_text
from auditor.location import Location
from auditor.problem import Problem

_WORKBOOKS = (Format.XLSX, Format.XLS, Format.XLSB, Format.ODS)


def open_file(
    connection: duckdb.DuckDBPyConnection, path: Path, encoding: str | None = None
) -> tuple[Format, list[Sheet], list[Problem]]:
    """The format of the file and its sheets; without sheets there is a Problem that says why.

    ``encoding`` is the one that text is known to be in; without it, it is found out.
    """
    try:
        kind = sniff(path)
        sheets, problems = _sheets(connection, path, kind, encoding)
    except OSError as error:
        what = f"The file cannot be read ({error.strerror or error})."
        remedy = "Check its permissions and close it elsewhere."
        return Format.OTHER, [], [Problem(Location(str(path)), "unreadable", what, remedy, True)]
    if not sheets and not problems:
        problems = [refusal(Format.EMPTY, str(path))]
    return kind, sheets, problems


def _sheets(
    connection: duckdb.DuckDBPyConnection, path: Path, kind: Format, encoding: str | None
) -> tuple[list[Sheet], list[Problem]]:
    if kind in _WORKBOOKS:
        # python-calamine is loaded only when there is a workbook.
        from auditor.intake.workbook import open_workbook

        return open_workbook(path, kind)
    if kind is Format.TEXT:
        sheet, problems = open_text(path, encoding)
    elif kind is Format.JSON_LINES:
        sheet, problems = open_json_lines(connection, path)
    elif kind is Format.PARQUET:
        sheet, problems = open_parquet(connection, path)
    else:
        return [], [refusal(kind, str(path))]
    return ([sheet] if sheet is not None and sheet.head else []), problems
