"""The embedded query engine: how it is opened, spared while files are read, and sealed once the data is in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from auditor.intake.sql import literal

_ENOUGH = "1150 MiB"
"""What reading needs to stay near its full speed; a large log and its table would otherwise be in memory together."""


def open_engine() -> duckdb.DuckDBPyConnection:
    """A connection in memory that spills to the system's temporary folder and prints nothing of its own."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET temp_directory = {literal(str(Path(tempfile.gettempdir()) / 'auditor-spill'))}")
    return connection


@contextmanager
def sparing(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let ``connection`` use little memory, and its temporary folder beyond that; afterwards as much as is usual.

    One that may use no more in any case stays as it is.
    """
    [(allowed,)] = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    if _bytes(allowed) <= _bytes(_ENOUGH):
        yield
        return
    connection.execute(f"SET memory_limit = {literal(_ENOUGH)}")
    try:
        yield
    finally:
        connection.execute("RESET memory_limit")


def _bytes(size: str) -> float:
    """A size as DuckDB writes it (``1.2 GiB``), in bytes."""
    figure, unit = size.split()
    return float(figure) * 1024.0 ** ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"].index(unit)


def seal(connection: duckdb.DuckDBPyConnection, files: Iterable[str]) -> None:
    """From here on only ``files`` can be read: no expression of a rule can reach another one."""
    allowed = ", ".join(literal(str(Path(file))) for file in dict.fromkeys(files))
    connection.execute(f"SET allowed_paths = [{allowed}]")
    connection.execute("SET enable_external_access = false")
