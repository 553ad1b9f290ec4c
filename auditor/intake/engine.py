"""The embedded query engine: how it is opened, and how it is sealed once the data is in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import duckdb

from auditor.intake.sql import literal


def open_engine() -> duckdb.DuckDBPyConnection:
    """A connection in memory that spills to the system's temporary folder and prints nothing of its own."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET temp_directory = {literal(str(Path(tempfile.gettempdir()) / 'auditor-spill'))}")
    return connection


def seal(connection: duckdb.DuckDBPyConnection, files: Iterable[str]) -> None:
    """From here on only ``files`` can be read: no expression of a rule can reach another one."""
    allowed = ", ".join(literal(str(Path(file))) for file in dict.fromkeys(files))
    connection.execute(f"SET allowed_paths = [{allowed}]")
    connection.execute("SET enable_external_access = false")
