"""Pauses: the intervals of each row that do not count, from its own columns or from another record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pydantic import Field

from auditor.calendar import Calendar
from auditor.condition import Value, ValueType
from auditor.kinds.bare_date import last_second
from auditor.kinds.carried import joined
from auditor.kinds.judgement import Join, NotChecked
from auditor.kinds.lookup import ours_missing
from auditor.kinds.matching import related, require, their_column
from auditor.kinds.rule import Frozen, Lookup
from auditor.kinds.scope import Scope


class PauseColumns(Frozen):
    """A pause kept in two columns of the record itself."""

    from_: str = Field(alias="from")
    to: str


class PauseRecord(PauseColumns):
    """Pauses kept in another record, one row each; ``match`` as in a lookup."""

    record: str
    match: str


@dataclass(frozen=True)
class Pauses:
    """``intervals`` selects ``_base, a, b`` (row number, begin, end or NULL while it lasts) in UTC seconds.

    ``doubtful`` and ``bare`` are SQL, never NULL: there may be a pause whose span nobody knows; one is known
    by its days only. ``joins`` bring both.
    """

    intervals: str
    doubtful: str
    bare: str
    joins: tuple[Join, ...] = ()


def own_pauses(scope: Scope, columns: tuple[PauseColumns, ...]) -> Pauses:
    """The pauses kept in columns of the scope's record."""
    intervals, doubts, bare = [], [], []
    for index, pause in enumerate(columns):
        begin = scope.column(pause.from_, ("pauses", index, "from"), ValueType.TIME)
        end = scope.column(pause.to, ("pauses", index, "to"), ValueType.TIME)
        span = f"{begin.sql} AS a, {_until(scope.calendar, end)} AS b"
        intervals.append(f"SELECT r._row AS _base, {span} FROM {joined(scope)}")
        doubts.append(_doubtful(begin, end))
        bare.append(_bare(begin, end))
    return Pauses(" UNION ALL ".join(intervals), f"({' OR '.join(doubts)})", f"({' OR '.join(bare)})")


def recorded_pauses(scope: Scope, spec: PauseRecord) -> Pauses:
    """The pauses kept in another record; raises NotChecked when it, or a column of it, is not in the data."""
    found = scope.candidates(Lookup(record=spec.record, match=spec.match), ("pauses",), spec.from_)
    if found is None:
        raise NotChecked("column-missing", spec.record)
    begin = their_column(scope, found.row, spec.from_, ("pauses", "from"), ValueType.TIME)
    end = their_column(scope, found.row, spec.to, ("pauses", "to"), ValueType.TIME)
    require(found.row)
    equal = " AND ".join(f"{theirs.sql} = {ours.sql}" for theirs, sign, ours in found.pairs if sign == "=")
    unreadable = found.row.unreadable([spec.from_, spec.to]) or "FALSE"
    doubtful = f"({related(found, 'TRUE')} IS NULL OR {unreadable} OR {_doubtful(begin, end)})"
    rows = (
        f"SELECT r._row AS _base, {begin.sql} AS a, {_until(scope.calendar, end)} AS b, {_bare(begin, end)} AS bare,"
        f" {doubtful} AS doubtful FROM {found.base} JOIN {found.table} AS l ON {equal}"
        f" WHERE coalesce({related(found, 'TRUE')}, TRUE)"
    )
    body = f"SELECT _base, count_if(bare) > 0 AS bare, count_if(doubtful) > 0 AS doubtful FROM ({rows}) GROUP BY _base"
    alias = "q" + hashlib.sha256(body.encode()).hexdigest()[:12]
    missing = "TRUE" if found.key_unreadable else ours_missing(found.pairs)
    return Pauses(
        rows, f"({missing} OR coalesce({alias}.doubtful, FALSE))", f"coalesce({alias}.bare, FALSE)",
        (Join(alias, f"LEFT JOIN ({body}) AS {alias} ON {alias}._base = r._row"),),
    )  # fmt: skip


def _until(calendar: Calendar, end: Value) -> str:
    """The end of a pause; one that is only a date lasts that whole day."""
    if not end.dateonly:
        return end.sql
    return f"(CASE WHEN {end.dateonly} THEN {last_second(calendar, end.sql)} + 1 ELSE {end.sql} END)"


def _doubtful(begin: Value, end: Value) -> str:
    return f"({begin.sql} IS NULL AND {end.sql} IS NOT NULL)"


def _bare(begin: Value, end: Value) -> str:
    tests = [f"coalesce({time.dateonly}, FALSE)" for time in (begin, end) if time.dateonly]
    return f"({' OR '.join(tests)})" if tests else "FALSE"
