"""Events: the rows of another record that are counted, in SQL, with what is not known of them."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.condition import Value, ValueType, compile_condition
from auditor.kinds.judgement import NotChecked
from auditor.kinds.lookup import parse_match
from auditor.kinds.row import Row
from auditor.kinds.rule import Frozen
from auditor.kinds.scope import Path, Scope
from auditor.mistake import Mistake, nearest


class Events(Frozen):
    """What is counted: rows of a record, those where ``where`` holds, at the time ``at``; ``match`` as in a lookup."""

    record: str
    match: str | None = None
    where: str | None = None
    at: str | None = None


@dataclass(frozen=True)
class Happened:
    """``rows`` selects ``_at, _bare, _sure, _lost`` and the keys ``_k0``... of the events up to as_of.

    ``_sure`` is false where nobody knows whether or when it happened, ``_lost`` true where its key could not be read.
    ``ours`` are the keys on our side; ``log_start`` is the first local day of the whole log and ``first`` its first
    instant, both NULL when it is empty.
    """

    rows: str
    ours: tuple[str, ...]
    lost: bool
    log_start: str
    first: str

    def on(self, event: str, ours: str) -> str:
        """SQL: the event under the alias ``event`` belongs to the row under ``ours``, which has the keys ``_m0``..."""
        pairs = [f"{event}._k{index} = {ours}._m{index}" for index in range(len(self.ours))]
        belongs = " AND ".join(pairs) or "TRUE"
        return f"({belongs} OR {event}._lost)" if self.lost else belongs


def find_events(scope: Scope, spec: Events, match: str | None, path: Path) -> Happened:
    """Compile the events; ``match`` is what stands in for one that ``spec`` leaves out."""
    theirs = _row(scope, spec.record, path)
    sure = _sure(scope, theirs, spec, path)
    at = _time(scope, theirs, spec, path)
    pairs = _pairs(scope, theirs, spec.match or match, (*path, "match"))
    for column in theirs.absent:
        raise NotChecked("column-missing", f"{spec.record}.{column}")
    table, names = scope.world.sql_name(spec.record), [column for column, _, _ in pairs]
    lost = theirs.unreadable(names)
    columns = [
        f"{at.sql} AS _at", f"coalesce({at.dateonly or 'FALSE'}, FALSE) AS _bare", f"{lost or 'FALSE'} AS _lost",
        f"coalesce({sure}, FALSE) AND {at.sql} IS NOT NULL AND NOT {lost or 'FALSE'} AS _sure",
        *(f"{value} AS _k{index}" for index, (_, value, _) in enumerate(pairs)),
    ]  # fmt: skip
    counted = f"coalesce({sure}, TRUE) AND coalesce({at.sql} <= {scope.as_of}, TRUE)"
    return Happened(
        f"SELECT {', '.join(columns)} FROM {table} AS l WHERE {counted}",
        tuple(ours for _, _, ours in pairs),
        lost is not None,
        f"(SELECT min({scope.local_day(at.sql)}) FROM {table} AS l)",
        f"(SELECT min({at.sql}) FROM {table} AS l)",
    )


def _row(scope: Scope, record: str, path: Path) -> Row:
    if record not in scope.world.records:
        remedy = nearest(record, scope.world.records, "Declare it in records.yaml.")
        scope.mistake((*path, "record"), "unknown-record", f"There is no record type '{record}'.", remedy)
        raise NotChecked("record-missing", record)
    return Row(scope.world.table(record), "l", scope.calendar)


def _sure(scope: Scope, theirs: Row, spec: Events, path: Path) -> str:
    """SQL: the row counts; NULL where its condition cannot be decided."""
    if not spec.where:
        return "TRUE"
    compiled, problems = compile_condition(spec.where, theirs, scope.place((*path, "where")))
    scope.problems.extend(problems)
    sure = compiled.sql if compiled else "NULL"
    bad = theirs.unreadable()
    return f"(CASE WHEN {bad} THEN NULL ELSE {sure} END)" if bad else sure


def _time(scope: Scope, theirs: Row, spec: Events, path: Path) -> Value:
    name = spec.at or theirs.table.record.time
    at = theirs.value(None, name) if name else None
    if at is None or at.type is not ValueType.TIME:
        what = f"'{name}' is not a time of '{spec.record}'." if name else f"'{spec.record}' has no time of its own."
        scope.mistake((*path, "at"), "no-time", what, "Name the time of the event with `at`.")
        return Value("CAST(NULL AS BIGINT)", ValueType.TIME)
    return at


def _pairs(scope: Scope, theirs: Row, match: str | None, path: Path) -> list[tuple[str, str, str]]:
    """The equalities of a match as (their column, their SQL, our SQL); none where every event counts."""
    if match is None:
        return []
    try:
        matches = parse_match(match)
    except Mistake as error:
        scope.mistake(path, "match", error.what, error.remedy)
        return []
    pairs = []
    for one in matches:
        their_value, our_value = theirs.value(None, one.theirs), scope.value(*one.ours)
        if one.operator != "=":
            what = f"Events belong by equality, not by '{one.operator}'."
            scope.mistake(path, "match", what, "Write `their_column = our_column`.")
        elif their_value is None or our_value is None:
            wrong = one.theirs if their_value is None else ".".join(filter(None, one.ours))
            names = theirs.suggestions(None) if their_value is None else scope.suggestions(None)
            what = f"There is no column '{wrong}' here."
            scope.mistake(path, "unknown-column", what, nearest(wrong, names))
        else:
            pairs.append((one.theirs, their_value.sql, our_value.sql))
    return pairs
