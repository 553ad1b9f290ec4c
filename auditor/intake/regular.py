"""Text tables by DuckDB's parallel reader: all rows that are whole, and by themselves the few that are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import duckdb
import numpy as np

from auditor.intake.ragged import Row, add_rows, split
from auditor.intake.rowstarts import Numbers, RowStarts, row_starts
from auditor.intake.sheet import Body, HeadRow
from auditor.intake.sql import literal, name
from auditor.intake.staging import Staging
from auditor.intake.texttable import TextTable
from auditor.problem import Problem

_LONGEST = 4
"""Bytes of a delimiter that DuckDB can split at."""

_REFUSED, _SCANS = "_refused", "_refused_scans"


def load_set_based(
    connection: duckdb.DuckDBPyConnection, table: TextTable, into: str, header: HeadRow, positions: Sequence[int]
) -> Body | None:
    """Load by DuckDB; None when nobody can be certain of the lines on which its rows stand."""
    if len(table.delimiter.encode()) > _LONGEST or table.encoded.lone_returns:
        return None
    with table.as_utf8() as readable:
        return _Load(connection, table, readable, into, header, positions).body()


@dataclass(frozen=True)
class _Load:
    """Loading ``table``, which is ``readable`` as UTF-8, into the temporary table ``into``."""

    connection: duckdb.DuckDBPyConnection
    table: TextTable
    readable: Path
    into: str
    header: HeadRow
    positions: Sequence[int]

    def body(self) -> Body | None:
        """The rows with their lines, if these are certain."""
        refused = self._read()
        if refused is None:
            return None
        [(rows,)] = self.connection.execute(f"SELECT count(*) FROM {name(self.into)}").fetchall()
        encoded, after = self.table.encoded, self.header.last
        if not len(refused) and rows == encoded.breaks + (not encoded.ends_in_break) - after:
            return Body(f"(SELECT rowid + {after + 1} AS _line, * FROM {name(self.into)})")
        starts = row_starts(self.readable, self.table.delimiter, after)
        if starts is None or not np.isin(refused, starts.begins).all():
            return None
        chosen = np.searchsorted(starts.begins, refused)
        whole = np.delete(starts.lines, chosen)
        if len(whole) != rows:
            return None
        self._number(whole)
        return self._with_the_rest(starts, chosen)

    def _read(self) -> Numbers | None:
        """Create the table from the rows of the header's width; the bytes (0-based) at which refused rows begin."""
        columns = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(len(self.header.cells)))
        wanted = ", ".join(name(f"c{position}") for position in self.positions)
        try:
            self.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {name(self.into)} AS SELECT {wanted} FROM read_csv("
                f"{literal(str(self.readable))}, auto_detect=false, header=false, skip={self.header.last}, "
                f"delim={literal(self.table.delimiter)}, quote='\"', escape='\"', columns={{{columns}}}, "
                f"ignore_errors=true, store_rejects=true, rejects_table='{_REFUSED}', rejects_scan='{_SCANS}')"
            )
            query = f"SELECT DISTINCT line_byte_position - 1 AS begins FROM {_REFUSED} ORDER BY 1"
            return np.asarray(self.connection.execute(query).fetchnumpy()["begins"], np.int64)
        except duckdb.Error:
            return None
        finally:
            for item in (_REFUSED, _SCANS):
                self.connection.execute(f"DROP TABLE IF EXISTS {item}")

    def _number(self, lines: Numbers) -> None:
        """Give each row its line, and mark it as whole."""
        from pyarrow import lib as pa

        into = name(self.into)
        self.connection.execute(f"ALTER TABLE {into} ADD COLUMN _line BIGINT")
        self.connection.execute(f"ALTER TABLE {into} ADD COLUMN _short BOOLEAN DEFAULT FALSE")
        numbered = pa.table([pa.array(np.arange(len(lines))), pa.array(lines)], names=["_at", "_is"])
        self.connection.register("_lines", numbered)
        self.connection.execute(f"UPDATE {into} SET _line = _is FROM _lines WHERE {into}.rowid = _at")
        self.connection.unregister("_lines")

    def _with_the_rest(self, starts: RowStarts, chosen: Numbers) -> Body | None:
        """The table with the blank lines, too, and with what the careful reader makes of the refused rows."""
        lost: list[Problem] = []
        rows: list[Row] = [(int(line), []) for line in starts.blank]
        with self.readable.open("rb") as stream:
            for index in chosen:
                stream.seek(int(starts.begins[index]))
                text = stream.read(int(starts.ends[index] - starts.begins[index])).decode()
                found = self._carefully(text, int(starts.lines[index]), lost)
                if found is None:
                    return None
                rows += found
        rest = f"{self.into}_rest"
        add_rows(Staging(self.connection, rest, self.positions), rows, len(self.header.cells), self.positions)
        self.connection.execute(f"INSERT INTO {name(self.into)} BY NAME SELECT * FROM {name(rest)}")
        self.connection.execute(f"DROP TABLE {name(rest)}")
        return Body(f"(SELECT * FROM {name(self.into)})", tuple(lost), ragged=True)

    def _carefully(self, text: str, line: int, lost: list[Problem]) -> list[Row] | None:
        """The rows in a refused row; None when its quotes could have misled a reader about the rows that follow."""
        before = len(lost)
        found = list(split(StringIO(text, newline=""), self.table, line - 1, lost))
        return None if len(lost) > before and "\n" in text else found
