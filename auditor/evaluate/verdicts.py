"""Verdicts: one pass over a group gives every verdict that is not a pass; a second counts what was owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from auditor.evaluate.plan import Group, Member
from auditor.kinds import Outcome

RULE = 256
"""A code carries the rule's place in its group times this, plus the outcome."""


def judge_group(connection: duckdb.DuckDBPyConnection, group: Group, table: str) -> None:
    """Create ``table(member, outcome, row, subject)`` of the obligations of ``group`` that are not passes.

    ``member`` is the rule's place in the group. Rows where nothing is owed are left out too.
    """
    subjects = _subjects(group.members)
    columns = ", ".join(f"{subject} AS s{index}" for index, subject in enumerate(subjects))
    codes = ", ".join(_code(index, member) for index, member in enumerate(group.members))
    choice = _choose((member.judgement.subject for member in group.members), subjects)
    connection.execute(
        f"CREATE TEMP TABLE {table} AS SELECT code // {RULE} AS member, code % {RULE} AS outcome, row, {choice} AS subject"
        f" FROM (SELECT r._row AS row, {columns}, unnest([{codes}]) AS code FROM {group.relation()})"
        f" WHERE code IS NOT NULL"
    )


def _code(index: int, member: Member) -> str:
    """The code of one rule, NULL for a pass and where nothing is owed."""
    return (
        f"nullif(nullif({index * RULE} + CAST(({member.judgement.outcome}) AS INTEGER), {index * RULE}),"
        f" {index * RULE + Outcome.PASS})"
    )


def count_owed(connection: duckdb.DuckDBPyConnection, group: Group) -> dict[tuple[int, str | None], int]:
    """How many obligations each rule of the group (by its place) has, by subject."""
    owed: dict[tuple[int, str | None], int] = {}
    for subject in _subjects(group.members):
        places = [i for i, member in enumerate(group.members) if member.judgement.subject == subject]
        scopes = list(dict.fromkeys(group.members[i].judgement.scope for i in places))
        counts = ", ".join("count(*)" if s is None else f"count_if(({s}) IS NOT FALSE)" for s in scopes)
        rows = connection.execute(f"SELECT {subject}, {counts} FROM {group.relation()} GROUP BY 1").fetchall()
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


def _choose(wanted: Iterable[str], subjects: Sequence[str]) -> str:
    """SQL that picks the subject column of the member a code belongs to."""
    if len(subjects) == 1:
        return "s0"
    arms = " ".join(f"WHEN {i} THEN s{subjects.index(subject)}" for i, subject in enumerate(wanted))
    return f"CASE code // {RULE} {arms} END"
