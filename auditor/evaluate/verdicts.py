"""Verdicts: one pass over a group gives every verdict that is not a pass; a second counts what was owed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import duckdb

from auditor.evaluate.plan import Group, Member
from auditor.kinds import Outcome

_ALIASED = re.compile(r'\bAS "?(\w+)"? ON ')

RULE = 256
"""A code carries the rule's place in its group times this, plus the outcome."""


def judge_group(connection: duckdb.DuckDBPyConnection, group: Group, table: str) -> None:
    """Create ``table(row, s0, s1, ..., codes, failing, <alias>...)`` of the rows of ``group`` with anything but passes.

    One scan sorts out the rows that keep every rule and takes of the others what verdicts and details read, as
    one struct for each alias of the relation; all outcomes are then computed over those few rows. ``codes`` holds
    each rule's code, NULL for a pass and where nothing is owed.
    """
    packed = "".join(f", {_packed(alias, read)}" for alias, read in _carried(group).items())
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {SIFTED} AS SELECT r._row AS row{packed}"
        f" FROM {group.relation()} WHERE {_anything(group.members)}"
    )
    columns = "".join(f", {subject} AS s{index}" for index, subject in enumerate(_subjects(group.members)))
    codes = ", ".join(_code(index, member) for index, member in enumerate(group.members))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT *, {FAILING} AS failing"
        f" FROM (SELECT *{columns}, [{codes}] AS codes FROM {SIFTED}) WHERE list_max(codes) IS NOT NULL"
    )
    connection.execute(f"DROP TABLE {SIFTED}")


SIFTED = "sifted"
"""The temporary table of rows that do not surely keep every rule."""

FAILING = f"len(list_filter(codes, lambda code: code % {RULE} BETWEEN {Outcome.LATE:d} AND {Outcome.OPEN - 1:d})) > 0"
"""SQL: one of a row's codes is a failure."""


def _anything(members: Sequence[Member]) -> str:
    """SQL that is true of every row with a code, and of few others: most rows keep all rules and end here.

    The last half is never true; it keeps DuckDB from moving the test below the table's own columns, where
    each mention of a column would be computed anew.
    """
    by_scope: dict[str | None, list[str]] = {}
    for member in members:
        judgement = member.judgement
        kept = judgement.kept or f"coalesce({judgement.outcome}, 0) <= {Outcome.PASS:d}"
        by_scope.setdefault(judgement.scope if judgement.kept else None, []).append(kept)
    tests = []
    for scope, all_kept in by_scope.items():
        together = " AND ".join(dict.fromkeys(all_kept))
        tests.append(f"({together})" if scope is None else f"(NOT {scope} OR ({scope} AND {together}))")
    return f"(({' AND '.join(tests)}) IS NOT TRUE OR random() < 0)"


def _carried(group: Group) -> dict[str, list[str]]:
    """The columns that verdicts and details read, by alias of the relation."""
    aliases = ["r", *(name for join in group.joins for name in _ALIASED.findall(join.sql))]
    texts = [text for member in group.members for text in _texts(member)]
    texts += [join.sql for join in group.details]
    found: dict[str, dict[str, None]] = {}
    for alias in dict.fromkeys(aliases):
        reference = re.compile(rf'(?<![\w"])"?{alias}"?\.("?\w+"?)')
        for text in texts:
            for column in reference.findall(text):
                found.setdefault(alias, {})[column] = None
    return {alias: list(columns) for alias, columns in found.items()}


def _texts(member: Member) -> list[str]:
    """Every expression of a rule that is computed after the scan."""
    judgement = member.judgement
    return [
        judgement.outcome, judgement.subject, judgement.key, judgement.owed, judgement.department,
        judgement.store, judgement.role,
        judgement.occurred_at, judgement.due_at, judgement.breach_after, judgement.observed_at,
        judgement.late_by, judgement.provisional, judgement.severity or "", judgement.clause or "",
        judgement.item or "", *judgement.seen.values(), *(evidence.row for evidence in judgement.evidence),
    ]  # fmt: skip


def _packed(alias: str, columns: Sequence[str]) -> str:
    """One alias of the relation as a struct, so that ``alias.column`` still means what it meant."""
    fields = ", ".join(f"{column} := {alias}.{column}" for column in columns)
    return f'struct_pack({fields}) AS "{alias}"'


def _code(index: int, member: Member) -> str:
    """The code of one rule, NULL for a pass and where nothing is owed."""
    return f"{index * RULE} + nullif(nullif({member.judgement.outcome}, 0), {Outcome.PASS:d})"


def count_others(
    connection: duckdb.DuckDBPyConnection, group: Group, table: str
) -> list[tuple[int, int, str | None, int]]:
    """How many obligations of each rule (by its place), outcome and subject are no passes, from judge_group's table."""
    return connection.execute(
        f"SELECT c_member, code % {RULE} AS outcome, {subject_of(group)} AS subject, count(*) FROM"
        f" (SELECT *, code // {RULE} AS c_member FROM (SELECT * EXCLUDE (codes), unnest(codes) AS code FROM {table})"
        f" WHERE code IS NOT NULL) GROUP BY ALL"
    ).fetchall()


def count_owed(connection: duckdb.DuckDBPyConnection, group: Group) -> dict[tuple[int, str | None], int]:
    """How many obligations each rule of the group (by its place) has, by subject."""
    owed: dict[tuple[int, str | None], int] = {}
    for subject in _subjects(group.members):
        places = [i for i, member in enumerate(group.members) if member.judgement.subject == subject]
        scopes = list(dict.fromkeys(group.members[i].judgement.scope for i in places))
        counts = ", ".join("count(*)" if s is None else f"count_if(({s}) IS NOT FALSE)" for s in scopes)
        relation = group.relation_for((subject, counts))
        rows = connection.execute(f"SELECT {subject}, {counts} FROM {relation} GROUP BY 1").fetchall()
        for name, *numbers in rows:
            for place in places:
                number = numbers[scopes.index(group.members[place].judgement.scope)]
                if number:
                    owed[place, name] = number
    return owed


def obligations(connection: duckdb.DuckDBPyConnection, group: Group) -> Iterable[tuple[int, str, int, int]]:
    """Every obligation of a group as (number of the rule, key, outcome, row), for examples and full listings."""
    for member in group.members:
        judgement = member.judgement
        rows = connection.execute(
            f"SELECT CAST({judgement.key} AS VARCHAR), CAST({judgement.outcome} AS INTEGER) AS outcome, r._row"
            f" FROM {group.relation()} WHERE outcome <> 0 ORDER BY r._row"
        ).fetchall()
        yield from ((member.number, key, outcome, row) for key, outcome, row in rows)


def _subjects(members: Sequence[Member]) -> list[str]:
    return list(dict.fromkeys(member.judgement.subject for member in members))


def subject_of(group: Group) -> str:
    """SQL that picks the subject of the rule whose place is ``c_member``."""
    subjects = _subjects(group.members)
    if len(subjects) == 1:
        return "s0"
    arms = " ".join(
        f"WHEN {place} THEN s{subjects.index(member.judgement.subject)}" for place, member in enumerate(group.members)
    )
    return f"CASE c_member {arms} END"
