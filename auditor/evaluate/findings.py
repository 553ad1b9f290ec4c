"""Findings: the details of every failed obligation, fetched for the failures alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb

from auditor.evaluate.plan import Group, Member
from auditor.evaluate.verdicts import RULE, subject_of
from auditor.kinds import Outcome

COLUMNS = {
    "rule": "INTEGER",
    "outcome": "INTEGER",
    "row": "BIGINT",
    "fingerprint": "VARCHAR",
    "key": "VARCHAR",
    "subject": "VARCHAR",
    "subject_kind": "VARCHAR",
    "department": "VARCHAR",
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
}
"""The findings table: ``rule`` is the rule's number in the run, times are UTC seconds, ``late_by`` seconds;
``seen`` and ``rows`` follow the order of the judgement's ``seen`` and ``evidence``."""


def create_findings(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Create the empty findings table."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
    connection.execute(f"CREATE OR REPLACE TABLE {table} ({columns})")


def add_findings(connection: duckdb.DuckDBPyConnection, group: Group, hits: str, table: str) -> None:
    """Add the failures among ``hits`` (see judge_group) to the findings ``table``."""
    members = group.members
    judged = [member.judgement for member in members]
    values = {
        "rule": _pick(members, lambda m: str(m.number)),
        "outcome": "c_outcome",
        "row": "c.row",
        "fingerprint": "''",
        "key": _pick(members, lambda m: f"CAST({m.judgement.key} AS VARCHAR)"),
        "subject": subject_of(group),
        "subject_kind": _pick(members, lambda m: _text(m.judgement.subject_kind)),
        "department": _pick(members, lambda m: f"CAST({m.judgement.department} AS VARCHAR)"),
        "severity": _pick(members, lambda m: m.judgement.severity or _text(m.entry.rule.severity)),
        "clause": _pick(members, lambda m: m.judgement.clause or _text(", ".join(m.entry.rule.cited()))),
        "item": _pick(members, lambda m: m.judgement.item or "NULL"),
        "occurred_at": _pick(members, lambda m: m.judgement.occurred_at),
        "due_at": _pick(members, lambda m: m.judgement.due_at),
        "breach_after": _pick(members, lambda m: m.judgement.breach_after),
        "observed_at": _pick(members, lambda m: m.judgement.observed_at),
        "late_by": _pick(members, lambda m: m.judgement.late_by),
        "provisional": _pick(members, lambda m: m.judgement.provisional),
        "seen": _lists(members, [list(j.seen.values()) for j in judged], "VARCHAR"),
        "rows": _lists(members, [[e.row for e in j.evidence] for j in judged], "BIGINT"),
    }
    owed = _pick(members, lambda m: f"CAST({m.judgement.owed} AS VARCHAR)")
    columns = ", ".join(f'{sql} AS "{name}"' for name, sql in values.items())
    failures = (
        f"(SELECT * EXCLUDE (code), code // {RULE} AS c_member, code % {RULE} AS c_outcome FROM"
        f" (SELECT * EXCLUDE (codes), unnest(codes) AS code FROM {hits} WHERE failing)"
        f" WHERE code % {RULE} BETWEEN {Outcome.LATE:d} AND {Outcome.OPEN - 1:d}) AS c"
    )
    joins = " ".join(join.sql for join in group.details)
    connection.execute(
        f"INSERT INTO {table} SELECT * EXCLUDE (owed) REPLACE ({_fingerprint(members)} AS fingerprint) FROM"
        f" (SELECT {columns}, {owed} AS owed FROM {failures} {joins})"
    )


def _fingerprint(members: Sequence[Member]) -> str:
    """Sixteen hex digits of what is owed by whom: never a row number, file, message, severity or version.

    A record without a key is known by its subject and time.
    """
    rule = "CASE rule " + " ".join(f"WHEN {m.number} THEN {_text(m.entry.rule.id)}" for m in members) + " END"
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


def _pick(members: Sequence[Member], of: Callable[[Member], str]) -> str:
    """SQL of the value that belongs to the member a code is of; equal expressions are written once."""
    by_value: dict[str, list[int]] = {}
    for place, member in enumerate(members):
        by_value.setdefault(of(member), []).append(place)
    if len(by_value) == 1:
        return next(iter(by_value))
    arms = " ".join(
        f"WHEN c_member IN ({', '.join(map(str, places))}) THEN {value}" for value, places in by_value.items()
    )
    return f"CASE {arms} END"


def _lists(members: Sequence[Member], lists: Sequence[Sequence[str]], kind: str) -> str:
    texts = {
        id(member): f"CAST([{', '.join(f'CAST({item} AS {kind})' for item in items)}] AS {kind}[])"
        for member, items in zip(members, lists, strict=True)
    }
    return _pick(members, lambda m: texts[id(m)])


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
