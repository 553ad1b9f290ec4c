"""Lookups: the one row of another record that belongs to a row, as a join that never multiplies rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from auditor.condition import Value
from auditor.condition.operators import comparison
from auditor.kinds.judgement import Join
from auditor.kinds.row import Row
from auditor.mistake import Mistake

Pairs = tuple[tuple[Value, str, Value], ...]
"""Comparisons as (theirs, operator, ours)."""

_OPERATORS: dict[type[exp.Expr], str] = {exp.EQ: "=", exp.GTE: ">=", exp.GT: ">", exp.LTE: "<=", exp.LT: "<"}


@dataclass(frozen=True)
class Match:
    """One comparison of a ``match``: a column of the looked-up record, an operator, a column of ours."""

    theirs: str
    operator: str
    ours: tuple[str | None, str]


def parse_match(text: str) -> list[Match]:
    """Read ``a = b and c >= d``; raises Mistake for anything else."""
    example = "Write `their_column = our_column`, joined by `and`."
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except SqlglotError:
        raise Mistake(f"The match '{text}' cannot be read.", example) from None
    parts = list(tree.flatten()) if isinstance(tree, exp.And) else [tree]
    matches = []
    for part in parts:
        operator = _OPERATORS.get(type(part))
        left, right = part.args.get("this"), part.args.get("expression")
        if operator is None or not isinstance(left, exp.Column) or not isinstance(right, exp.Column):
            raise Mistake(f"'{part.sql()}' is not a comparison of two columns.", example)
        if left.text("table"):
            raise Mistake(f"The left side '{left.sql()}' names a column of the looked-up record.", example)
        matches.append(Match(left.name, operator, (right.text("table") or None, right.name)))
    if not any(match.operator == "=" for match in matches):
        raise Mistake(f"The match '{text}' has no equality.", "Give at least one `their_column = our_column`.")
    return matches


@dataclass(frozen=True)
class Condition:
    """A lookup's parts in SQL: pairs (theirs, operator, ours), a certainty and an order over alias ``l``.

    ``hidden`` says whether a key of theirs could not be read, so that a row not found may still be there;
    ``disordered``, never NULL, whether its place in the order could not. None where that never happens.
    """

    pairs: Pairs
    hidden: str | None
    sure: str
    order: str
    last: bool
    disordered: str | None = None


class Looked:
    """A joined lookup: its columns as Values and whether a row was found."""

    def __init__(self, theirs: Row, join: Join, ours_missing: str, *, disordered: bool = False) -> None:
        """``ours_missing`` is SQL that is true where our own key is NULL, so that nothing can be said.

        ``disordered``: it may be unreadable which of several rows is the first or last.
        """
        self.row = Row(theirs.table, join.alias, theirs.calendar)
        self.join, self._ours_missing, self._disordered = join, ours_missing, disordered

    @property
    def sure(self) -> str:
        """SQL, never NULL: a row surely matches."""
        return f"coalesce({self.row.cell('_sure')}, FALSE)"

    @property
    def doubtful(self) -> str:
        """SQL, never NULL: further rows may match (or our own key is missing)."""
        return f"(coalesce({self.row.cell('_maybe')}, FALSE) OR {self._ours_missing})"

    @property
    def unsure(self) -> str:
        """SQL, never NULL: no row surely matches, but one may."""
        return f"(NOT {self.sure} AND {self.doubtful})"

    @property
    def unreadable(self) -> str | None:
        """SQL, never NULL: a cell read of the row found, or which row that is, could not be read; None if neither."""
        tests = [self.row.unreadable(), self.row.cell("_disordered") if self.row.read and self._disordered else None]
        found = " OR ".join(test for test in tests if test)
        return f"({self.sure} AND ({found}))" if found else None

    @property
    def found(self) -> str:
        """SQL: true, false, or NULL where it cannot be said."""
        return f"(CASE WHEN {self.sure} THEN TRUE WHEN {self.unsure} THEN NULL ELSE FALSE END)"

    @property
    def count(self) -> str:
        """SQL: the number of rows that surely match; NULL where it cannot be said."""
        return f"(CASE WHEN {self.unsure} THEN NULL ELSE coalesce({self.row.cell('_count')}, 0) END)"

    def value(self, column: str) -> Value | None:
        """A column of the row found; NULL where none surely matches."""
        inner = self.row.value(None, column)
        if inner is None or inner.sql == "NULL":
            return inner
        dateonly = f"({self.sure} AND {inner.dateonly})" if inner.dateonly else None
        return Value(f"(CASE WHEN {self.sure} THEN {inner.sql} END)", inner.type, dateonly)


def join_lookup(theirs: Row, table: str, base: str, condition: Condition) -> Looked:
    """Join ``table`` (aliased ``l`` in ``condition``) to the relation ``base`` (FROM text with alias ``r``)."""
    missing = ours_missing(condition.pairs)
    equal_only = all(operator == "=" for _, operator, _ in condition.pairs)
    body = _by_key(table, condition) if equal_only else _by_row(theirs, table, base, condition)
    alias = "k" + hashlib.sha256((body + missing).encode()).hexdigest()[:12]
    beside = ""
    if condition.hidden:
        may_be = f"count_if({condition.hidden} AND coalesce({condition.sure}, TRUE)) > 0"
        beside = f" LEFT JOIN (SELECT {may_be} AS _any FROM {table} AS l) AS u{alias} ON TRUE"
        missing = f"{missing} OR u{alias}._any"
    if equal_only:
        on = " AND ".join(f"{alias}._k{i} = {ours.sql}" for i, (_, _, ours) in enumerate(condition.pairs))
    else:
        on = f"{alias}._base = r._row"
    join = Join(alias, f"LEFT JOIN ({body}) AS {alias} ON {on}{beside}")
    return Looked(theirs, join, f"({missing})", disordered=condition.disordered is not None)


def _ranked(inner: str, partition: str, condition: Condition) -> str:
    """The first (or last) certain row of each partition, with how many there are and whether more are possible."""
    way = "DESC" if condition.last else "ASC"
    order = f"(CASE WHEN _sure THEN 0 ELSE 1 END), _order {way} NULLS LAST, _row {way}"
    over = f"OVER (PARTITION BY {partition})"
    lost = f", count_if(_sure AND _lost) {over} > 0 AND count_if(_sure) {over} > 1 AS _disordered"
    return (
        f"SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY {partition} ORDER BY {order}) AS _n,"
        f" count_if(_sure) {over} AS _count, count_if(_sure IS NULL) {over} > 0 AS _maybe"
        f"{lost if condition.disordered else ''} FROM ({inner}) WHERE _sure IS NULL OR _sure) WHERE _n = 1"
    )


def _placed(condition: Condition) -> str:
    """The columns by which the rows of a partition are put in order."""
    lost = f", {condition.disordered} AS _lost" if condition.disordered else ""
    return f"{condition.order} AS _order{lost}"


def _by_key(table: str, condition: Condition) -> str:
    keys = ", ".join(f"{theirs.sql} AS _k{i}" for i, (theirs, _, _) in enumerate(condition.pairs))
    present = " AND ".join(f"{theirs.sql} IS NOT NULL" for theirs, _, _ in condition.pairs)
    inner = f"SELECT l.*, {keys}, {condition.sure} AS _sure, {_placed(condition)} FROM {table} AS l WHERE {present}"
    partition = ", ".join(f"_k{i}" for i in range(len(condition.pairs)))
    return _ranked(inner, partition, condition)


def _by_row(theirs: Row, table: str, base: str, condition: Condition) -> str:
    """A lookup with an inequality: candidates are joined row by row of ours, then ranked."""
    equal = [f"{t.sql} = {o.sql}" for t, operator, o in condition.pairs if operator == "="]
    unequal = [_ordered(t, operator, o, theirs) for t, operator, o in condition.pairs if operator != "="]
    order = " AND ".join(unequal)
    blank = " OR ".join(f"{t.sql} IS NULL" for t, operator, _ in condition.pairs if operator != "=")
    sure = (  # a blank cell matches nothing; an unreadable one already made `sure` NULL
        f"(CASE WHEN NOT {condition.sure} THEN FALSE WHEN {order} THEN {condition.sure}"
        f" WHEN NOT ({order}) OR (({blank}) AND {condition.sure}) THEN FALSE END)"
    )
    inner = (
        f"SELECT l.*, r._row AS _base, {sure} AS _sure, {_placed(condition)}"
        f" FROM {base} JOIN {table} AS l ON {' AND '.join(equal)}"
    )
    return _ranked(inner, "_base", condition)


def ours_missing(pairs: Pairs) -> str:
    """SQL, never NULL: a column of ours that decides what matches is empty, so nobody knows what does."""
    return "(" + " OR ".join(f"{ours.sql} IS NULL" for _, _, ours in pairs) + ")"


NOT_BEFORE = "not before"
"""The operator of a target: at or after its start; a bare date on the same day is not before it."""


def _ordered(theirs: Value, operator: str, ours: Value, row: Row) -> str:
    if operator == NOT_BEFORE:
        return not_before(theirs, ours, row)
    return comparison(theirs, operator, ours, row).sql


def not_before(later: Value, earlier: Value, row: Row) -> str:
    """SQL: ``later`` is at or after ``earlier``; where either is only a date, their days decide."""
    exact = f"{later.sql} >= {earlier.sql}"
    if later.dateonly is None and earlier.dateonly is None:
        return f"({exact})"
    either = f"({later.dateonly or 'FALSE'} OR {earlier.dateonly or 'FALSE'})"
    days = f"{row.local_day(later.sql)} >= {row.local_day(earlier.sql)}"
    return f"(CASE WHEN {either} THEN {days} ELSE {exact} END)"
