"""Mending: the cells DuckDB could not read, read in Python once for each distinct text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import duckdb

from auditor.intake.columns import SQL_TYPES, TextColumn
from auditor.intake.sheet import Sheet
from auditor.intake.sql import literal, name
from auditor.intake.times import YEAR_LAST, spellings_of
from auditor.intake.values import Reading, State
from auditor.intake.values.time import Order
from auditor.problem import Problem
from auditor.records import FieldType

_SAMPLE = 200
_SHORTEST = 8
"""Characters of the shortest date; shorter texts are marks, which would crowd dates out of a sample."""

_TOLD = 20
"""How many distinct unreadable texts of a column are told one by one."""

_BATCH = 20_000


@dataclass(frozen=True)
class Odd:
    """A text that DuckDB could not read, how often it stands there and, if it is told, in which rows first."""

    text: str
    count: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Mended:
    """A column ready to be selected, and the states its odd cells were in."""

    column: TextColumn
    states: frozenset[int] = frozenset()


class Mender:
    """Reads the text columns of one relation; ``scratch`` begins the names of the tables it leaves behind."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, relation: str, sheet: Sheet, scratch: str) -> None:
        self._connection = connection
        self._relation = relation
        self._sheet = sheet
        self._scratch = scratch
        self.tables: list[str] = []

    def mend(self, columns: Sequence[TextColumn]) -> tuple[list[Mended], list[Problem]]:
        """Every column with its spellings and its mended cells, and a Problem for each text that cannot be read."""
        spelt = [item if item.seconds else self._spelt(item, f"{item.cell} IS NOT NULL") for item in columns]
        mended: list[Mended] = []
        problems: list[Problem] = []
        for first, count in zip(spelt, self._odd_counts(spelt), strict=True):
            column, odd = self._widened(first, count)
            if not odd:
                mended.append(Mended(column))
                continue
            done, told = self._mend_column(column)
            mended.append(done)
            problems += told
        return mended, problems

    def _widened(self, column: TextColumn, odd: int) -> tuple[TextColumn, int]:
        """A time column with the spellings that begin further down, too, and how many cells are still odd."""
        while odd:
            wider = self._spelt(column, f"length({column.cell}) >= {_SHORTEST} AND {column.odd}")
            if wider == column:
                break
            column, [odd] = wider, self._odd_counts([wider])
        return column, odd

    def _spelt(self, column: TextColumn, cells: str) -> TextColumn:
        """A time column with the spellings of its first texts among ``cells``, a condition in SQL."""
        if column.type is not FieldType.TIME:
            return column
        query = f"SELECT {column.cell} FROM {self._relation} r WHERE {cells} LIMIT {_SAMPLE}"
        sample = [row[0] for row in self._connection.execute(query).fetchall()]
        order = column.reader.order
        if order is None and any(re.match(YEAR_LAST, text) for text in sample):
            order = self._order(column)
        return replace(column.spelt(spellings_of(sample, order)), reader=replace(column.reader, order=order))

    def _order(self, column: TextColumn) -> Order | None:
        """The order of day and month, from all values of the column."""
        part = f"max(TRY_CAST(regexp_extract({column.cell}, {literal(YEAR_LAST)}, %d) AS INTEGER))"
        query = f"SELECT {part % 1}, {part % 3} FROM {self._relation} r"
        [(first, second)] = self._connection.execute(query).fetchall()
        return decide_order(first, second)

    def _odd_counts(self, columns: Sequence[TextColumn]) -> Sequence[int]:
        if not columns:
            return []
        counts = ", ".join(column.odd_count for column in columns)
        [found] = self._connection.execute(f"SELECT {counts} FROM {self._relation} r").fetchall()
        return tuple(found)

    def _mend_column(self, column: TextColumn) -> tuple[Mended, list[Problem]]:
        odd = self._odd_texts(column)
        if column.type is FieldType.TIME and column.reader.order is None:
            order = order_of(item.text for item in odd)
            column = replace(column, reader=replace(column.reader, order=order))
        readings = [column.reader.read(item.text) for item in odd]
        if all(
            reading.state is State.READ and reading.value == item.text
            for item, reading in zip(odd, readings, strict=True)
        ):
            return Mended(column), []
        table = f"{self._scratch}_{column.field}"
        self._store(table, column.type, odd, readings)
        states = frozenset(int(reading.state) for reading in readings)
        told = tell(self._sheet, column.header, self._wrong(column, odd, readings))
        return Mended(replace(column, mended=table), states), told

    def _odd_texts(self, column: TextColumn) -> list[Odd]:
        query = (
            f"SELECT {column.cell}, count(*) FROM {self._relation} r WHERE {column.odd} "
            f"GROUP BY 1 ORDER BY min(r._line), 1"
        )
        return [Odd(text, count) for text, count in self._connection.execute(query).fetchall()]

    def _wrong(self, column: TextColumn, odd: Sequence[Odd], readings: Sequence[Reading]) -> list[tuple[Odd, Reading]]:
        """The texts that cannot be read; those that will be told have their first rows."""
        wrong = [pair for pair in zip(odd, readings, strict=True) if pair[1].state is State.UNREADABLE]
        told = [item.text for item, _ in wrong[: _TOLD + 1]]
        query = (
            f"SELECT {column.cell}, min(r._line, 3) FROM {self._relation} r "
            f"WHERE list_contains($1, {column.cell}) GROUP BY 1"
        )
        rows = dict(self._connection.execute(query, [told]).fetchall()) if told else {}
        return [(replace(item, rows=tuple(rows.get(item.text, ()))), reading) for item, reading in wrong]

    def _store(self, table: str, kind: FieldType, odd: Sequence[Odd], readings: Sequence[Reading]) -> None:
        sql_type = SQL_TYPES[kind]
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {name(table)} (raw VARCHAR, value {sql_type}, state TINYINT, dateonly BOOLEAN)"
        )
        self.tables.append(table)
        for start in range(0, len(odd), _BATCH):
            part = slice(start, start + _BATCH)
            self._connection.execute(
                f"INSERT INTO {name(table)} SELECT unnest($1::VARCHAR[]), unnest($2::{sql_type}[]), "
                "unnest($3::TINYINT[]), unnest($4::BOOLEAN[])",
                [
                    [item.text for item in odd[part]],
                    [reading.value for reading in readings[part]],
                    [int(reading.state) for reading in readings[part]],
                    [reading.dateonly for reading in readings[part]],
                ],
            )


def order_of(texts: Iterable[str]) -> Order | None:
    """The order of day and month that ``texts`` themselves decide, if they do."""
    found = [match for text in texts if (match := re.match(YEAR_LAST, text))]
    return decide_order(
        max((int(match[1]) for match in found), default=None), max((int(match[3]) for match in found), default=None)
    )


def decide_order(first: int | None, second: int | None) -> Order | None:
    """The order, from the greatest first and second figures of a column's dates; None when they do not decide."""
    if first is None or second is None or (first > 12) == (second > 12):
        return None
    return "dmy" if first > 12 else "mdy"


def tell(sheet: Sheet, header: str, wrong: Sequence[tuple[Odd, Reading]]) -> list[Problem]:
    """One Problem for each distinct unreadable text, the first twenty; the rest in one."""
    problems = []
    for odd, reading in wrong[:_TOLD]:
        seen = (
            ""
            if odd.count == 1 or not odd.rows
            else f" ({odd.count} cells, first in rows {', '.join(map(str, odd.rows))})"
        )
        what = reading.what.removesuffix(".") + seen + "."
        place = sheet.at(next(iter(odd.rows), None), header)
        problems.append(Problem(place, reading.code, what, reading.remedy, count=odd.count))
    if rest := wrong[_TOLD:]:
        cells = sum(odd.count for odd, _ in rest)
        what = f"{len(rest)} further values of this column cannot be read ({cells} cells)."
        first, reading = rest[0]
        problems.append(
            Problem(sheet.at(next(iter(first.rows), None), header), reading.code, what, reading.remedy, count=cells)
        )
    return problems
