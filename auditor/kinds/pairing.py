"""One-to-one pairing: each start consumes the earliest target that is still free, in time order."""

from __future__ import annotations

import hashlib

from auditor.condition import Value
from auditor.kinds.judgement import Join
from auditor.kinds.lookup import Looked, not_before
from auditor.kinds.rule import Lookup
from auditor.kinds.scope import Candidates, Path, Scope

NEVER = 1_000_000_000
"""The slot of a start after which no target comes."""


def join_pairs(scope: Scope, spec: Lookup, path: Path, column: str, start: Value) -> Looked | None:
    """Pair the rows that owe something with the rows of a lookup; a target serves one start only.

    Greedy in time order: with ``first`` the number of the first target not before start ``i``, start ``i``
    gets target ``i + max(first - i)`` over itself and the starts before it.
    """
    candidates = scope.candidates(spec, path, column)
    if candidates is None:
        return None
    theirs = candidates.row
    target = theirs.value(None, column)
    if target is None:
        scope.mistake((*path, "by"), "unknown-column", f"There is no column '{column}' in '{spec.record}'.", "")
        return None
    body = _paired(scope, candidates, target, start)
    alias = "o" + hashlib.sha256(body.encode()).hexdigest()[:12]
    missing = " OR ".join(f"{ours.sql} IS NULL" for _, _, ours in candidates.pairs)
    looked = Looked(theirs, Join(alias, f"LEFT JOIN ({body}) AS {alias} ON {alias}._base = r._row"), f"({missing})")
    scope.adopt(path[-1], looked)
    return looked


def _paired(scope: Scope, candidates: Candidates, target: Value, start: Value) -> str:
    keys = range(len(candidates.pairs))
    theirs = ", ".join(f"{value.sql} AS _k{i}" for i, (value, _, _) in enumerate(candidates.pairs))
    ours = ", ".join(f"{value.sql} AS _k{i}" for i, (_, _, value) in enumerate(candidates.pairs))
    partition = ", ".join(f"_k{i}" for i in keys)
    same = " AND ".join(f"s._k{i} = t._k{i}" for i in keys)
    owing = f" AND {scope.when}" if scope.when else ""
    targets = (
        f"SELECT *, row_number() OVER (PARTITION BY {partition} ORDER BY _at, _row) AS _n FROM"
        f" (SELECT l.*, {theirs}, {target.sql} AS _at, {target.dateonly or 'FALSE'} AS _bare"
        f" FROM {candidates.table} AS l WHERE {candidates.sure} AND {target.sql} IS NOT NULL)"
    )
    starts = (
        f"SELECT *, row_number() OVER (PARTITION BY {partition} ORDER BY _at, _base) AS _i FROM"
        f" (SELECT r._row AS _base, {ours}, {start.sql} AS _at, {start.dateonly or 'FALSE'} AS _bare"
        f" FROM {candidates.base} WHERE {start.sql} IS NOT NULL{owing})"
    )
    later = Value("t._at", target.type, "t._bare"), Value("s._at", start.type, "s._bare")
    reached = not_before(*later, scope.row)
    first = (
        f"SELECT s._base, {', '.join(f's._k{i}' for i in keys)}, s._i, coalesce(min(t._n), {NEVER}) AS _first"
        f" FROM ({starts}) AS s LEFT JOIN ({targets}) AS t ON {same} AND {reached}"
        f" GROUP BY s._base, {', '.join(f's._k{i}' for i in keys)}, s._i"
    )
    slots = (
        f"SELECT *, _i + max(_first - _i) OVER (PARTITION BY {partition} ORDER BY _i"
        f" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS _slot FROM ({first})"
    )
    return (
        f"SELECT s._base, t.*, TRUE AS _sure, 1 AS _count FROM ({slots}) AS s"
        f" JOIN ({targets}) AS t ON {same} AND t._n = s._slot"
    )
