"""One-to-one pairing: each start consumes the earliest target that is still free, in time order."""

from __future__ import annotations

import hashlib

from auditor.calendar import Calendar
from auditor.condition import Value
from auditor.kinds.bare_date import last_second
from auditor.kinds.candidates import Candidates
from auditor.kinds.judgement import Join
from auditor.kinds.lookup import Looked, ours_missing
from auditor.kinds.scope import Scope

NEVER = 1_000_000_000
"""The slot of a start after which no target comes."""


def join_pairs(scope: Scope, name: str, column: str, start: Value) -> Looked | None:
    """Pair the rows that owe something with the rows of the lookup ``name`` by its time ``column``.

    A target serves one start only. Greedy in time order: with ``first`` the number of the first target not before
    start ``i``, start ``i`` gets target ``i + max(first - i)`` over itself and the starts before it.
    """
    spec, path = scope.rule.lookup[name], ("lookup", name)
    candidates = scope.candidates(spec, path, column)
    if candidates is None or candidates.order is None:
        return None
    if any(sign != "=" for _, sign, _ in candidates.pairs):
        what = "Rows are paired one to one by equality only."
        scope.mistake((*path, "match"), "match", what, "Write `their_column = our_column`.")
        return None
    shared = scope.join(spec, path, target=(column, start)) if candidates.uncertain else None
    body = _paired(scope, candidates, candidates.order, start)
    alias = "o" + hashlib.sha256(body.encode()).hexdigest()[:12]
    join = Join(alias, f"LEFT JOIN ({body}) AS {alias} ON {alias}._base = r._row")
    looked = Looked(candidates.row, join, shared.doubtful if shared else ours_missing(candidates.pairs))
    scope.adopt(name, looked)
    return looked


def _paired(scope: Scope, candidates: Candidates, target: Value, start: Value) -> str:
    keys = range(len(candidates.pairs))
    partition = ", ".join(f"_k{i}" for i in keys)
    same = " AND ".join(f"s._k{i} = t._k{i}" for i in keys)
    starts, targets = _starts(scope, candidates, start), _targets(scope, candidates, target)
    picked = ", ".join(["s._base", *(f"s._k{i}" for i in keys), "s._i"])
    first = (
        f"SELECT {picked}, coalesce(min(t._n), {NEVER}) AS _first"
        f" FROM s LEFT JOIN t ON {same} AND t._latest >= s._from GROUP BY {picked}"
    )
    slots = (
        f"SELECT *, _i + max(_first - _i) OVER (PARTITION BY {partition} ORDER BY _i"
        f" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS _slot FROM ({first})"
    )
    return (
        f"WITH s AS MATERIALIZED ({starts}), t AS MATERIALIZED ({targets})"
        f" SELECT s._base, t.*, TRUE AS _sure, 1 AS _count, FALSE AS _maybe FROM ({slots}) AS s"
        f" JOIN t ON {same} AND t._n = s._slot"
    )


def _starts(scope: Scope, candidates: Candidates, start: Value) -> str:
    """The starts that surely owe a target, numbered in time order; a bare date begins with its day."""
    ours = [value.sql for _, _, value in candidates.pairs]
    keys = ", ".join(f"{sql} AS _k{i}" for i, sql in enumerate(ours))
    partition = ", ".join(f"_k{i}" for i in range(len(ours)))
    return (
        f"SELECT *, row_number() OVER (PARTITION BY {partition} ORDER BY _from, _base) AS _i FROM"
        f" (SELECT r._row AS _base, {keys}, {start.sql} AS _from FROM {candidates.base}"
        f" WHERE {start.sql} IS NOT NULL AND {scope.surely_owes()})"
    )


def _targets(scope: Scope, candidates: Candidates, target: Value) -> str:
    """The targets, numbered by the latest instant they may stand for: those not before a start are a tail of them."""
    theirs = [value.sql for value, _, _ in candidates.pairs]
    keys = ", ".join(f"{sql} AS _k{i}" for i, sql in enumerate(theirs))
    partition = ", ".join(f"_k{i}" for i in range(len(theirs)))
    return (
        f"SELECT *, row_number() OVER (PARTITION BY {partition} ORDER BY _latest, _row) AS _n FROM"
        f" (SELECT l.*, {keys}, {_latest(scope.calendar, target)} AS _latest"
        f" FROM {candidates.table} AS l WHERE {candidates.before(scope.as_of)})"
    )


def _latest(calendar: Calendar, target: Value) -> str:
    if not target.dateonly:
        return target.sql
    return f"(CASE WHEN {target.dateonly} THEN {last_second(calendar, target.sql)} ELSE {target.sql} END)"
