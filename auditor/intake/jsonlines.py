"""JSON lines: one object on each line, its keys the columns."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from auditor.intake.sheet import Body, HeadRow, Sheet
from auditor.intake.sql import literal, name
from auditor.location import Location
from auditor.problem import Problem

_LONGEST_LINE = 16 << 20


def open_json_lines(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[Sheet | None, list[Problem]]:
    """The file as a sheet whose only head row are its keys; values that are themselves objects stay JSON text."""
    keys = f"SELECT unnest(json_keys(line)) AS key, _line FROM {_lines(path)} WHERE json_type(line) = 'OBJECT'"
    try:
        found = connection.execute(f"SELECT key FROM ({keys}) GROUP BY key ORDER BY min(_line), key").fetchall()
    except duckdb.Error:
        what = "The lines of this file cannot be read: they are not UTF-8, or longer than 16 MB."
        return None, [Problem(Location(str(path)), "json-damaged", what, "Export it again as UTF-8.", True)]
    names = tuple(row[0] for row in found)

    def load(connection: duckdb.DuckDBPyConnection, into: str, header: HeadRow, positions: Collection[int]) -> Body:
        _load(connection, into, path, {position: names[position] for position in positions})
        return Body(f"(SELECT * FROM {name(into)})", _lost(connection, path))

    return Sheet(path, None, (HeadRow(0, names, 0),), load), []


def _lines(path: Path) -> str:
    """The lines with their numbers; what is no JSON is NULL."""
    columns = "columns = {'line': 'VARCHAR'}, header = false, auto_detect = false"
    plain = f"delim = '\x01', quote = '', escape = '', max_line_size = {_LONGEST_LINE}"
    numbered = (
        f"SELECT row_number() OVER () AS _line, line AS text FROM read_csv({literal(str(path))}, {columns}, {plain})"
    )
    return f"(SELECT _line, text, TRY_CAST(text AS JSON) AS line FROM ({numbered}))"


def _load(connection: duckdb.DuckDBPyConnection, into: str, path: Path, keys: dict[int, str]) -> None:
    """Write the objects into the temporary table ``into``, one a row, their values as text."""
    cells = "".join(
        f", nullif(json_extract_string(line, {literal(_pointer(key))}), '') AS {name(f'c{position}')}"
        for position, key in keys.items()
    )
    select = f"SELECT _line, FALSE AS _short{cells} FROM {_lines(path)} WHERE json_type(line) = 'OBJECT'"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name(into)} AS {select}")


def _pointer(key: str) -> str:
    return "/" + key.replace("~", "~0").replace("/", "~1")


def _lost(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[Problem, ...]:
    """One Problem for each line that holds something else than an object; blank lines are passed over."""
    test = "text IS NOT NULL AND trim(text) <> '' AND json_type(line) IS DISTINCT FROM 'OBJECT'"
    lines = connection.execute(f"SELECT _line FROM {_lines(path)} WHERE {test} ORDER BY _line").fetchall()
    what = "This line is not a JSON object, so it was set aside."
    return tuple(Problem(Location(str(path), line=row[0]), "row-unusable", what, "Correct it.") for row in lines)
