"""Dataset: the imported tables, and the sources every row came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from auditor.intake.digest import Digest
from auditor.intake.sql import name
from auditor.problem import Problem
from auditor.records import FieldType, Table


@dataclass(frozen=True)
class ColumnMatch:
    """A column that was understood: its header and 0-based place, the field it is, and by which rule (``how``)."""

    header: str
    position: int
    field: str
    how: str


@dataclass(frozen=True)
class Source:
    """One sheet or text file as it was read; ``_source`` in the tables is its index in the Dataset.

    ``rows_read`` counts what stands below the header: it is ``rows_kept`` plus all of ``set_aside``
    (reasons: blank, totals, signature, repeated header, repeated, superseded, unusable). ``covers`` is the first and
    last event time in UTC seconds.
    """

    file: str
    sheet: str | None
    record: str
    digest: Digest | None
    header_row: int | None
    columns: tuple[ColumnMatch, ...]
    extras: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    rows_read: int = 0
    rows_kept: int = 0
    set_aside: Mapping[str, int] = field(default_factory=dict)
    covers: tuple[int, int] | None = None

    @property
    def sha256(self) -> str:
        """The fingerprint of the file's bytes, in hexadecimal; empty for tables that were handed over in memory."""
        return "" if self.digest is None else self.digest.sha256

    @property
    def rows_set_aside(self) -> int:
        """How many rows below the header are not in the table."""
        return sum(self.set_aside.values())


@dataclass(frozen=True)
class Dataset:
    """Record tables in DuckDB (in ``schema``), by record type, and the sources they were read from.

    ``namesakes`` are names that may mean several people, so that nobody can be charged by them.
    """

    connection: duckdb.DuckDBPyConnection
    tables: dict[str, Table]
    sources: tuple[Source, ...]
    schema: str = "main"
    problems: tuple[Problem, ...] = ()
    namesakes: frozenset[str] = frozenset()

    @property
    def covers(self) -> tuple[int, int] | None:
        """The first and last event time of all sources, in UTC seconds; None without any."""
        spans = [source.covers for source in self.sources if source.covers is not None]
        return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None

    def newest(self) -> int | None:
        """The newest event time in UTC seconds; planned and due times do not count."""
        spans = [self.span(record) for record in self.tables]
        return max((span[1] for span in spans if span is not None), default=None)

    def stands_alone(self, newest: int, distance: int) -> bool:
        """Whether all other days with events lie more than ``distance`` seconds before the instant ``newest``.

        Data whose events all fall on one day has nothing to compare with and is taken as it is.
        """
        span = self.covers
        if span is not None and newest - span[0] <= distance:
            return False
        earlier = False
        for record, table in self.tables.items():
            for item in event_fields(table):
                if self._has(record, f"{name(item)} BETWEEN {newest - distance} AND {newest - 86400}"):
                    return False
                earlier = earlier or self._has(record, f"{name(item)} < {newest - distance}")
        return earlier

    def _has(self, record: str, test: str) -> bool:
        place = f"{name(self.schema)}.{name(record)}"
        return bool(self.connection.execute(f"SELECT 1 FROM {place} WHERE {test} LIMIT 1").fetchall())

    def span(self, record: str) -> tuple[int, int] | None:
        """The first and last event time of a record's table, in UTC seconds; None when it has none.

        What its sources say of themselves is taken, so that a large log need not be read for it.
        """
        sources = [source for source in self.sources if source.record == record]
        known = [source.covers for source in sources if source.covers is not None]
        if sources and len(known) == len(sources):
            return min(low for low, _ in known), max(high for _, high in known)
        fields = [name(field) for field in event_fields(self.tables[record])]
        if not fields:
            return None
        ends = ", ".join(f"min({field}), max({field})" for field in fields)
        [row] = self.connection.execute(f"SELECT {ends} FROM {name(self.schema)}.{name(record)}").fetchall()
        instants = [instant for instant in row if instant is not None]
        return (min(instants), max(instants)) if instants else None


def event_fields(table: Table) -> list[str]:
    """The time fields of ``table`` that say when something happened."""
    fields = table.record.fields
    return sorted(
        item
        for item in table.columns
        if item in fields and fields[item].type is FieldType.TIME and not fields[item].planned
    )
