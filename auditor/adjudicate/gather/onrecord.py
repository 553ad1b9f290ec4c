"""On record: rows of a record about one subject each, grouped by month and by what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor.adjudicate.gather.basis import MONTHS, MOST_NAMED, Basis
from auditor.condition import compile_condition
from auditor.intake.sql import literal, name
from auditor.kinds.row import Row
from auditor.location import Location
from auditor.records import Table


@dataclass(frozen=True)
class Entries:
    """Which rows of ``record`` count: ``subject`` is a column of persons, ``where`` a condition or None.

    ``said`` are the columns by which they are grouped, ``money`` a column in yuan whose sum in cents is wanted.
    """

    record: str
    subject: str
    where: str | None = None
    said: Sequence[str] = ()
    money: str | None = None


@dataclass(frozen=True)
class Group:
    """Rows of one subject and month that say the same: how many, and the keys of some; ``money`` is in cents."""

    subject: str
    period: str | None
    count: int
    money: int | None
    keys: tuple[str, ...]
    said: Mapping[str, Any] = field(default_factory=dict)


def group_entries(basis: Basis, entries: Entries) -> list[Group]:
    """The groups in the order of their subjects and months; a row without a date stands alone.

    Rows that name nobody, or a name that may mean several people, rows after the instant of judgement, rows whose key
    another row has too and rows of which the condition is not surely true are left out.
    """
    table = basis.data.tables.get(entries.record)
    if table is None or entries.subject not in table.columns:
        return []
    rows = basis.connection.execute(_query(basis, entries, table)).fetchall()
    return [
        Group(subject, period, count, money, tuple(keys), dict(zip(entries.said, said, strict=True)))
        for subject, period, count, money, keys, *said in rows
    ]


def _query(basis: Basis, entries: Entries, table: Table) -> str:
    month = basis.month("happened_at")
    columns = "".join(f", {_cell(table, column)} AS {name(column)}" for column in entries.said)
    said = "".join(f", {name(column)}" for column in entries.said)
    tests = [
        "subject IS NOT NULL", "alike = 1", f"coalesce(happened_at <= {basis.plan.world.as_of}, TRUE)",
        f"({_where(basis, entries, table)}) IS TRUE", *_namesakes(basis),
    ]  # fmt: skip
    rows = (
        f"SELECT *, {_cell(table, entries.subject)} AS subject, {_time(table)} AS happened_at,"
        f" {_key(table)} AS key, {_alike(table)} AS alike FROM {basis.plan.world.sql_name(entries.record)} AS r"
    )
    kept = (
        f"SELECT subject, key, {month} AS month, CAST(round({_cell(table, entries.money)} * 100) AS BIGINT) AS cents"
        f"{columns} FROM ({rows}) AS r WHERE {' AND '.join(tests)}"
    )
    return (
        f"SELECT subject, CASE WHEN month IS NOT NULL THEN {MONTHS.label('month')} END AS period, count(*),"
        f" CAST(sum(cents) AS BIGINT), min(key, {MOST_NAMED}){said} FROM ({kept})"
        f" GROUP BY subject, month{said}, CASE WHEN month IS NULL THEN key END ORDER BY ALL"
    )


def _cell(table: Table, column: str | None) -> str:
    return f"r.{name(column)}" if column in table.columns and column is not None else "NULL"


def _time(table: Table) -> str:
    return _cell(table, table.record.time)


def _key(table: Table) -> str:
    line = "'row ' || CAST(r._line AS VARCHAR)"
    return f"coalesce(CAST({_cell(table, table.record.key)} AS VARCHAR), {line})"


def _alike(table: Table) -> str:
    """SQL: how many rows have the key of this one; a row without a key is alone."""
    key = _cell(table, table.record.key)
    return f"CASE WHEN {key} IS NULL THEN 1 ELSE count(*) OVER (PARTITION BY {key}) END"


def _where(basis: Basis, entries: Entries, table: Table) -> str:
    """SQL of the condition; a row of which a cell could not be read does not meet it."""
    if entries.where is None:
        return "TRUE"
    row = Row(table, "r", basis.calendar)
    compiled, problems = compile_condition(entries.where, row, Location(entries.record))
    assert compiled is not None, problems
    bad = row.unreadable()
    return f"{compiled.sql} AND NOT {bad}" if bad else compiled.sql


def _namesakes(basis: Basis) -> list[str]:
    names = ", ".join(map(literal, sorted(basis.data.namesakes)))
    return [f"subject NOT IN ({names})"] if names else []
