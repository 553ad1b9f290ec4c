"""What a Parquet file's own statistics say of its columns, without reading a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from auditor.intake.sql import literal


@dataclass(frozen=True)
class Statistics:
    """The number of rows, and the least and greatest value of each column whose every group has statistics."""

    rows: int
    spans: Mapping[str, tuple[str, str]]

    def wall_seconds(self, column: str) -> tuple[int, int] | None:
        """The first and last wall time of a timestamp or date column, in seconds since 1970 as if it were UTC."""
        if column not in self.spans:
            return None
        try:
            low, high = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in self.spans[column])
        except ValueError:
            return None
        return int(low.timestamp()), int(high.timestamp()) + 1

    def may_be_empty(self, column: str) -> bool:
        """Whether a text column may hold empty cells that are not NULL."""
        return column not in self.spans or self.spans[column][0] == ""


def statistics(connection: duckdb.DuckDBPyConnection, path: str) -> Statistics:
    """Read the footer of the file at ``path``."""
    columns = connection.execute(
        "SELECT path_in_schema, min(stats_min_value), max(stats_max_value),"
        " bool_and(stats_min_value IS NOT NULL OR stats_null_count = num_values), min(type)"
        f" FROM parquet_metadata({literal(path)}) GROUP BY 1"
    ).fetchall()
    [(rows,)] = connection.execute(f"SELECT num_rows FROM parquet_file_metadata({literal(path)})").fetchall()
    spans = {
        name: (low, high)
        for name, low, high, complete, kind in columns
        if complete and low is not None and _ordered(kind, low, high)
    }
    return Statistics(rows, spans)


def _ordered(kind: str, low: str, high: str) -> bool:
    """Whether the texts of the statistics sort like the values: texts do, and times from year 1000 to 9999."""
    if kind == "BYTE_ARRAY":
        return True
    return kind in ("INT64", "INT96", "INT32") and low[:4].isdigit() and high[:4].isdigit() and low[4:5] == "-"
