"""Text tables by DuckDB's parallel reader: all rows that are whole, and by themselves the few that are not."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import duckdb
import numpy as np

from auditor.intake.ragged import Row, add_rows, split
from auditor.intake.rowstarts import Numbers, RowStarts, row_starts
from auditor.intake.sheet import Body, HeadRow, Wanted
from auditor.intake.sql import literal, name
from auditor.intake.staging import Staging
from auditor.intake.texttable import TextTable
from auditor.problem import Problem

_LONGEST = 4
"""Bytes of a delimiter that DuckDB can split at."""

_REFUSED, _SCANS = "_refused", "_refused_scans"


def load_set_based(
    connection: duckdb.DuckDBPyConnection, table: TextTable, into: str, header: HeadRow, wanted: Wanted
) -> Body | None:
    """Load by DuckDB; None when nobody can be certain of the lines on which its rows stand."""
    if len(table.delimiter.encode()) > _LONGEST or table.encoded.lone_returns:
        return None
    with table.as_utf8() as readable:
        return _Load(connection, table, readable, into, header, wanted).body()


@dataclass(frozen=True)
class _Load:
    """Loading ``table``, which is ``readable`` as UTF-8, into the temporary table ``into``."""

    connection: duckdb.DuckDBPyConnection
    table: TextTable
    readable: Path
    into: str
    header: HeadRow
    wanted: Wanted

    def body(self) -> Body | None:
        """The rows with their lines, if these are certain."""
        refused = self._read()
        if refused is None:
            return None
        [(rows,)] = self.connection.execute(f"SELECT count(*) FROM {name(self.into)}").fetchall()
        encoded, after = self.table.encoded, self.header.last
        if not len(refused) and rows == encoded.breaks + (not encoded.ends_in_break) - after:
            return Body(f"(SELECT rowid + {after + 1} AS _line, * FROM {name(self.into)})", times=self._times)
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
        try:
            self.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {name(self.into)} AS SELECT {self._items()} FROM read_csv("
                f"{literal(str(self.readable))}, auto_detect=false, header=false, skip={self.header.last}, "
                f"delim={literal(self.table.delimiter)}, quote='\"', escape='\"', columns={{{columns}}}, "
                f"ignore_errors=true, store_rejects=true, rejects_table='{_REFUSED}', rejects_scan='{_SCANS}') r"
            )
            query = f"SELECT DISTINCT line_byte_position - 1 AS begins FROM {_REFUSED} ORDER BY 1"
            return np.asarray(self.connection.execute(query).fetchnumpy()["begins"], np.int64)
        except duckdb.Error:
            return None
        finally:
            for item in (_REFUSED, _SCANS):
                self.connection.execute(f"DROP TABLE IF EXISTS {item}")

    def _items(self) -> str:
        """What is selected: cells as text, and times as seconds with the text of those that could not be read."""
        items = []
        for position, seconds in self.wanted.items():
            cell = name(f"c{position}")
            if seconds is None:
                items.append(f"r.{cell}")
            else:
                items += [
                    f"CASE WHEN {seconds} IS NULL THEN r.{cell} END AS {cell}",
                    f"{seconds} AS {name(f't{position}')}",
                ]
        return ", ".join(items)

    @property
    def _times(self) -> frozenset[int]:
        return frozenset(position for position, seconds in self.wanted.items() if seconds is not None)

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
        add_rows(Staging(self.connection, rest, self.wanted), rows, len(self.header.cells), self.wanted)
        self.connection.execute(f"INSERT INTO {name(self.into)} BY NAME SELECT * FROM {name(rest)}")
        self.connection.execute(f"DROP TABLE {name(rest)}")
        return Body(f"(SELECT * FROM {name(self.into)})", tuple(lost), True, self._times)

    def _carefully(self, text: str, line: int, lost: list[Problem]) -> list[Row] | None:
        """The rows in a refused row; None when its quotes could have misled a reader about the rows that follow."""
        before = len(lost)
        found = list(split(StringIO(text, newline=""), self.table, line - 1, lost))
        return None if len(lost) > before and "\n" in text else found
