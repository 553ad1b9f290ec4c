"""Findings: the details of every failed obligation, fetched for the failures alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb

from auditor.evaluate.plan import Group, Member
from auditor.evaluate.verdicts import RULE, subject_of
from auditor.kinds import Outcome

Placed = tuple[int, Member]
"""A rule with its place in its group."""

COLUMNS = {
    "rule": "INTEGER",
    "outcome": "INTEGER",
    "row": "BIGINT",
    "fingerprint": "VARCHAR",
    "key": "VARCHAR",
    "subject": "VARCHAR",
    "subject_kind": "VARCHAR",
    "department": "VARCHAR",
    "store": "VARCHAR",
    "role": "VARCHAR",
    "severity": "VARCHAR",
    "clause": "VARCHAR",
    "item": "VARCHAR",
    "occurred_at": "BIGINT",
    "due_at": "BIGINT",
    "breach_after": "BIGINT",
    "observed_at": "BIGINT",
    "late_by": "BIGINT",
    "provisional": "BOOLEAN",
    "seen": "VARCHAR[]",
    "rows": "BIGINT[]",
    "evidence_hash": "VARCHAR",
}
"""The findings table: ``rule`` is the rule's number in the run, times are UTC seconds, ``late_by`` seconds;
``seen`` and ``rows`` follow the order of the judgement's ``seen`` and ``evidence``."""


def create_findings(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Create the empty findings table."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
    connection.execute(f"CREATE OR REPLACE TABLE {table} ({columns})")


BATCH = 16
"""Rules whose details are computed together: each value is a CASE over them, which is dear when there are many."""

FAILURES = "failures"
"""The temporary table of single failures: a row of judge_group's table for each."""


def add_findings(connection: duckdb.DuckDBPyConnection, group: Group, hits: str, table: str) -> None:
    """Add the failures among ``hits`` (see judge_group) to the findings ``table``."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {FAILURES} AS"
        f" SELECT * EXCLUDE (code), code // {RULE} AS c_member, code % {RULE} AS c_outcome FROM"
        f" (SELECT * EXCLUDE (codes), unnest(codes) AS code FROM {hits} WHERE failing)"
        f" WHERE code % {RULE} BETWEEN {Outcome.LATE:d} AND {Outcome.OPEN - 1:d}"
    )
    placed = list(enumerate(group.members))
    for start in range(0, len(placed), BATCH):
        _add_batch(connection, group, placed[start : start + BATCH], table)
    connection.execute(f"DROP TABLE {FAILURES}")


def _add_batch(connection: duckdb.DuckDBPyConnection, group: Group, placed: Sequence[Placed], table: str) -> None:
    values = _values(group, placed)
    owed = _pick(placed, lambda m: f"CAST({m.judgement.owed} AS VARCHAR)")
    columns = ", ".join(f'{sql} AS "{name}"' for name, sql in values.items())
    joins = " ".join(join.sql for join in group.details)
    mine = f"(SELECT * FROM {FAILURES} WHERE c_member BETWEEN {placed[0][0]} AND {placed[-1][0]}) AS c"
    connection.execute(
        f"INSERT INTO {table} SELECT * EXCLUDE (owed) REPLACE ({fingerprint(placed)} AS fingerprint) FROM"
        f" (SELECT {columns}, {owed} AS owed FROM {mine} {joins})"
    )


def _values(group: Group, placed: Sequence[Placed]) -> dict[str, str]:
    """SQL of every column of the findings table, in its order."""
    judged = [member.judgement for _, member in placed]
    return {
        "rule": _pick(placed, lambda m: str(m.number)),
        "outcome": "c_outcome",
        "row": "c.row",
        "fingerprint": "''",
        "key": _pick(placed, lambda m: f"CAST({m.judgement.key} AS VARCHAR)"),
        "subject": subject_of(group),
        "subject_kind": _pick(placed, lambda m: _text(m.judgement.subject_kind)),
        "department": _pick(placed, lambda m: f"CAST({m.judgement.department} AS VARCHAR)"),
        "store": _pick(placed, lambda m: f"CAST({m.judgement.store} AS VARCHAR)"),
        "role": _pick(placed, lambda m: f"CAST({m.judgement.role} AS VARCHAR)"),
        "severity": _pick(placed, lambda m: m.judgement.severity or _text(m.entry.rule.severity)),
        "clause": _pick(placed, lambda m: m.judgement.clause or _text(", ".join(m.entry.rule.cited()))),
        "item": _pick(placed, lambda m: m.judgement.item or "NULL"),
        "occurred_at": _pick(placed, lambda m: m.judgement.occurred_at),
        "due_at": _pick(placed, lambda m: m.judgement.due_at),
        "breach_after": _pick(placed, lambda m: m.judgement.breach_after),
        "observed_at": _pick(placed, lambda m: m.judgement.observed_at),
        "late_by": _pick(placed, lambda m: m.judgement.late_by),
        "provisional": _pick(placed, lambda m: m.judgement.provisional),
        "seen": _lists(placed, [list(one.seen.values()) for one in judged], "VARCHAR"),
        "rows": _lists(placed, [[evidence.row for evidence in one.evidence] for one in judged], "BIGINT"),
        "evidence_hash": "''",
    }


def fingerprint(placed: Sequence[Placed]) -> str:
    """Sixteen hex digits of what is owed by whom: never a row number, file, message, severity or version.

    A record without a key is known by its subject and time.
    """
    rule = "CASE rule " + " ".join(f"WHEN {m.number} THEN {_text(m.entry.rule.id)}" for _, m in placed) + " END"
    nameless = "concat_ws('@', coalesce(subject, ''), coalesce(CAST(occurred_at AS VARCHAR), ''))"
    identity = f"CASE WHEN key LIKE 'row %' THEN {nameless} ELSE key END"
    return f"left(sha256(concat_ws(chr(31), {rule}, subject_kind, {identity}, owed, coalesce(item, ''))), 16)"


def tell_apart(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Give findings that are alike in all but their row fingerprints of their own, numbered in row order."""
    connection.execute(
        f"UPDATE {table} SET fingerprint = left(sha256({table}.fingerprint || chr(31) || nth), 16) FROM"
        f" (SELECT rowid AS id, row_number() OVER (PARTITION BY fingerprint ORDER BY row) AS nth FROM {table}"
        f"  WHERE fingerprint IN (SELECT fingerprint FROM {table} GROUP BY 1 HAVING count(*) > 1)) AS alike"
        f" WHERE alike.id = {table}.rowid AND nth > 1"
    )


def _pick(placed: Sequence[Placed], of: Callable[[Member], str]) -> str:
    """SQL of the value that belongs to the member a code is of; equal expressions are written once."""
    by_value: dict[str, list[int]] = {}
    for place, member in placed:
        by_value.setdefault(of(member), []).append(place)
    if len(by_value) == 1:
        return next(iter(by_value))
    arms = " ".join(
        f"WHEN c_member IN ({', '.join(map(str, places))}) THEN {value}" for value, places in by_value.items()
    )
    return f"CASE {arms} END"


def _lists(placed: Sequence[Placed], lists: Sequence[Sequence[str]], kind: str) -> str:
    texts = {
        id(member): f"CAST([{', '.join(f'CAST({item} AS {kind})' for item in items)}] AS {kind}[])"
        for (_, member), items in zip(placed, lists, strict=True)
    }
    return _pick(placed, lambda m: texts[id(m)])


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
