"""Store: the file of the history, asked and added to. What the file cannot give is told as what it is: damaged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from auditor.history.schema import TABLES
from auditor.location import Location
from auditor.problem import InputError, Problem

Row = Sequence[Any]


class Store:
    """An open file of the history; ``path`` is shown in messages."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query; raises InputError when the file does not give them."""
        try:
            return self._connection.execute(sql, values or None).fetchall()
        except duckdb.Error as error:
            raise damaged(self.path, error) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is added within is kept whole, or not at all."""
        try:
            self._connection.execute("BEGIN")
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            self._connection.execute("ROLLBACK")
            if isinstance(error, duckdb.Error):
                raise damaged(self.path, error) from error
            raise

    def append(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows whose values stand in the order of the table's columns."""
        if not rows:
            return
        import pyarrow

        names = list(TABLES[table])
        columns = [pyarrow.array(column) for column in zip(*rows, strict=True)]
        self._connection.register("added", pyarrow.table(columns, names=names))
        self._connection.execute(f"INSERT INTO {table} SELECT * FROM added")
        self._connection.unregister("added")

    def next_place(self, table: str) -> int:
        """The place of the next row of ``table``."""
        [[place]] = self.rows(f"SELECT coalesce(max(place), 0) + 1 FROM {table}")
        return int(place)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def damaged(path: Path, error: Exception) -> InputError:
    """What to say when the file is not what was written."""
    what = f"The history cannot be read ({str(error).splitlines()[0].rstrip('.')})."
    remedy = "Nothing was changed. Put the last copy of the file in its place."
    return InputError([Problem(Location(str(path)), "history-damaged", what, remedy, True)])
