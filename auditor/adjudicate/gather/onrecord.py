"""On record: rows of a record about one subject each, grouped by month and by what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor.adjudicate.gather.basis import MONTHS, MOST_NAMED, Basis
from auditor.condition import compile_condition
from auditor.evaluate.workplaces import ROSTER
from auditor.intake.sql import literal, name
from auditor.kinds.row import Row
from auditor.location import Location
from auditor.records import FieldType, Table


@dataclass(frozen=True)
class Entries:
    """Which rows of ``record`` count: ``subject`` is a column of names, ``where`` a condition or None.

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
    table = _table(basis, entries)
    if table is None:
        return []
    rows = basis.connection.execute(_query(basis, entries, table)).fetchall()
    return [
        Group(subject, period, count, money, tuple(keys), dict(zip(entries.said, said, strict=True)))
        for subject, period, count, money, keys, *said in rows
    ]


def find_nameless(basis: Basis, entries: Entries) -> tuple[int, int] | None:
    """How many rows would count if they named one person, and the number of the first of them; None without any."""
    table = _table(basis, entries)
    if table is None:
        return None
    rows, named = _counting(basis, entries, table), _named(basis, entries, table)
    [(count, row)] = basis.connection.execute(
        f"SELECT count(*), min(_row) FROM ({rows}) WHERE NOT ({named})"
    ).fetchall()
    return (count, row) if count else None


def _table(basis: Basis, entries: Entries) -> Table | None:
    table = basis.data.tables.get(entries.record)
    return table if table is not None and entries.subject in table.columns else None


def _query(basis: Basis, entries: Entries, table: Table) -> str:
    said = "".join(f", {name(column)}" for column in entries.said)
    kept = f"SELECT *, {basis.month('happened_at')} AS month FROM ({_counting(basis, entries, table)})"
    return (
        f"SELECT subject, CASE WHEN month IS NOT NULL THEN {MONTHS.label('month')} END AS period, count(*),"
        f" CAST(sum(cents) AS BIGINT), min(key, {MOST_NAMED}){said} FROM ({kept})"
        f" WHERE {_named(basis, entries, table)}"
        f" GROUP BY subject, month{said}, CASE WHEN month IS NULL THEN key END ORDER BY ALL"
    )


def _counting(basis: Basis, entries: Entries, table: Table) -> str:
    """SQL of the rows that count, whomever they name."""
    said = "".join(f", {_cell(table, column)} AS {name(column)}" for column in entries.said)
    rows = (
        f"SELECT *, {_cell(table, table.record.time)} AS happened_at, {_alike(table)} AS alike"
        f" FROM {basis.plan.world.sql_name(entries.record)} AS r"
    )
    return (
        f"SELECT r._row, {_cell(table, entries.subject)} AS subject, {_key(table)} AS key, r.happened_at,"
        f" CAST(round({_cell(table, entries.money)} * 100) AS BIGINT) AS cents{said} FROM ({rows}) AS r"
        f" WHERE alike = 1 AND coalesce(happened_at <= {basis.plan.world.as_of}, TRUE)"
        f" AND ({_where(basis, entries, table)}) IS TRUE"
    )


def _named(basis: Basis, entries: Entries, table: Table) -> str:
    """SQL, never NULL: the row names one person. A text names somebody where it is exactly a name on the roster."""
    tests = ["subject IS NOT NULL"]
    if basis.data.namesakes:
        tests.append(f"subject NOT IN ({', '.join(map(literal, sorted(basis.data.namesakes)))})")
    if table.type_of(entries.subject) is not FieldType.PERSON:
        roster = basis.data.tables.get(ROSTER)
        known = roster is not None and "staff_name" in roster.columns
        names = f"SELECT staff_name FROM {basis.plan.world.sql_name(ROSTER)} WHERE staff_name IS NOT NULL"
        tests.append(f"subject IN ({names})" if known else "FALSE")
    return " AND ".join(f"coalesce({test}, FALSE)" for test in tests)


def _cell(table: Table, column: str | None) -> str:
    return f"r.{name(column)}" if column in table.columns and column is not None else "NULL"


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
