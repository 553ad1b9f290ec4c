"""Matching: the best of all rows of another record that belong to a row, each judged against it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.condition import Value, ValueType
from auditor.condition.operators import comparison
from auditor.kinds.candidates import Candidates
from auditor.kinds.judgement import Join, NotChecked
from auditor.kinds.outcome import Outcome
from auditor.kinds.row import Row
from auditor.kinds.rule import Lookup
from auditor.kinds.scope import Path, Scope
from auditor.mistake import nearest

_RANK = (
    f"CASE WHEN _outcome = {Outcome.PASS:d} THEN 0 WHEN _outcome = {Outcome.UNSURE_MATCH:d} THEN 2"
    f" WHEN _outcome >= {Outcome.SCOPE_UNKNOWN:d} THEN 1 ELSE 3 END"
)
"""The best first: kept, perhaps kept, perhaps there at all, not kept."""


@dataclass(frozen=True)
class Best:
    """The best matching row of each of ours: ``outcome`` is NULL where none may match; ``at`` is its time.

    ``joins`` are for the verdict, ``detail`` brings the whole row (``row``) for the details of a failure.
    ``unsure``, never NULL: a row that was not found may be there all the same.
    """

    joins: tuple[Join, ...]
    detail: Join
    row: Row
    outcome: str
    at: str
    number: str
    unsure: str
    columns: tuple[str, ...]
    """Their columns that were read."""


def candidates_of(scope: Scope, spec: Lookup, path: Path, at: str | None, at_path: Path) -> Candidates:
    """The rows of another record that may match, in order of its time column ``at`` (named at ``at_path``).

    Raises NotChecked after a mistake, or when the record or a column of it is not in the data.
    """
    if at and spec.record in scope.world.records:
        row = Row(scope.world.table(spec.record), "l", scope.calendar)
        their_column(scope, row, at, at_path, ValueType.TIME)
        if not row.has(at):
            raise NotChecked("column-missing", f"{spec.record}.{at}")
    candidates = scope.candidates(spec, path, at)
    if candidates is None:
        raise NotChecked("column-missing", spec.record)
    return candidates


def related(candidates: Candidates, certain: str) -> str:
    """SQL: ``l`` surely belongs to ``r`` (their keys being equal) and ``certain`` holds; NULL where it may."""
    tests = [certain]
    for theirs, operator, ours in candidates.pairs:
        if operator != "=":
            tests.append(comparison(theirs, operator, ours, candidates.row).sql)
    return f"({' AND '.join(tests)})"


def pairs(
    scope: Scope,
    candidates: Candidates,
    outcome: str,
    at: str,
    *,
    where: str,
    joins: Iterable[Join] = (),
    more: Mapping[str, str] | None = None,
) -> str:
    """SQL of rows of ours in scope with each of theirs: ``_base, _theirs, _at, _outcome, _k0``... and ``more``."""
    equal = [(theirs.sql, ours.sql) for theirs, operator, ours in candidates.pairs if operator == "="]
    on = " AND ".join(f"{theirs} = {ours}" for theirs, ours in equal)
    columns = {"_base": "r._row", "_theirs": "l._row", "_at": at, "_outcome": outcome}
    columns |= {f"_k{index}": ours for index, (_, ours) in enumerate(equal)} | dict(more or {})
    picked = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    owing = f" AND coalesce({scope.when}, TRUE)" if scope.when else ""
    return (
        f"SELECT {picked} FROM {candidates.base} JOIN {candidates.table} AS l ON {on}"
        f" {' '.join(join.sql for join in joins)} WHERE {where}{owing}"
    )


def choose(scope: Scope, candidates: Candidates, judged: str, certain: str) -> Best:
    """Join the best row that ``judged`` (made by ``pairs``) has for each of ours; of equals the earliest.

    ``certain`` says which rows of theirs (``l``) count at all, whatever their keys.
    """
    require(candidates.row)
    order = f"{_RANK}, _at NULLS LAST, _theirs"
    ranked = f"SELECT *, row_number() OVER (PARTITION BY _base ORDER BY {order}) AS _n FROM ({judged})"
    body = f"SELECT _base, _theirs, _at, _outcome FROM ({ranked}) WHERE _n = 1"
    alias = _alias("m", body)
    join = Join(alias, f"LEFT JOIN ({body}) AS {alias} ON {alias}._base = r._row")
    row = Row(candidates.row.table, _alias("d", body), scope.calendar)
    detail = Join(row.alias, f"LEFT JOIN {candidates.table} AS {row.alias} ON {row.alias}._row = {alias}._theirs")
    hidden = _hidden(candidates, certain)
    return Best(
        (join, *([hidden] if hidden else ())), detail, row, f"{alias}._outcome", f"{alias}._at", f"{alias}._theirs",
        _unsure(candidates, hidden), tuple(candidates.row.read),
    )  # fmt: skip


def their_column(scope: Scope, row: Row, name: str, path: Path, kind: ValueType | None = None) -> Value:
    """A column of the other record that the rule's field at ``path`` names; NULL after a mistake."""
    value = row.value(None, name)
    if value is None:
        what = f"There is no column '{name}' in '{row.table.record.name}'."
        remedy = nearest(name, row.suggestions(None))
        scope.mistake(path, "unknown-column", what, remedy)
        return Value("NULL", kind or ValueType.NULL)
    if kind is not None and value.type is not kind:
        what = f"The column '{name}' holds a {value.type}, not a {kind}."
        scope.mistake(path, "column-type", what, f"Name a column that holds a {kind}.")
    return value


def require(row: Row) -> None:
    """Raise NotChecked when a column that was read is not in the data."""
    for column in row.absent:
        raise NotChecked("column-missing", f"{row.table.record.name}.{column}")


def _hidden(candidates: Candidates, certain: str) -> Join | None:
    """Whether a row that may count has a key that could not be read; None when that never happens."""
    if not candidates.key_unreadable:
        return None
    test = f"{candidates.row.unreadable(candidates.keys)} AND coalesce({certain}, TRUE)"
    body = f"SELECT count_if({test}) > 0 AS _any FROM {candidates.table} AS l"
    alias = _alias("u", body)
    return Join(alias, f"LEFT JOIN ({body}) AS {alias} ON TRUE")


def _unsure(candidates: Candidates, hidden: Join | None) -> str:
    missing = [f"{ours.sql} IS NULL" for _, _, ours in candidates.pairs]
    return f"({' OR '.join([*missing, *([f'{hidden.alias}._any'] if hidden else ())])})"


def _alias(letter: str, text: str) -> str:
    return letter + hashlib.sha256(text.encode()).hexdigest()[:12]
