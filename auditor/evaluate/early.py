"""Early targets: times that lie before what they should follow, counted among the rows a scan has sifted out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from auditor.evaluate.plan import Group, Member
from auditor.kinds import World
from auditor.kinds.deadline import Deadline
from auditor.kinds.lookup import not_before
from auditor.kinds.row import Row


@dataclass(frozen=True)
class Early:
    """How many rows of ``record`` have ``target`` before ``start``, and the number of the first of them."""

    record: str
    start: str
    target: str
    count: int
    row: int


def find_early(connection: duckdb.DuckDBPyConnection, world: World, group: Group, hits: str) -> list[Early]:
    """The early targets of a group's deadlines among the rows of ``hits`` (see judge_group), where one must be.

    A target before its start never keeps a deadline, so its row is no pass.
    """
    tests: dict[tuple[str, str, str], str] = {}
    for member in group.members:
        rule = member.entry.rule
        if isinstance(rule, Deadline) and "." not in rule.from_ and "." not in rule.to:
            tests.setdefault((rule.record, rule.from_, rule.to), _test(world, member, rule))
    return _count(connection, tests, hits) if tests else []


def _test(world: World, member: Member, rule: Deadline) -> str:
    row = Row(world.table(rule.record), "r", world.calendars[rule.calendar or world.calendar])
    start, target = row.value(None, rule.from_), row.value(None, rule.to)
    assert start is not None
    assert target is not None
    owed = f" AND {member.judgement.scope}" if member.judgement.scope else ""
    return f"(NOT {not_before(target, start, row)}{owed})"


def _count(connection: duckdb.DuckDBPyConnection, tests: dict[tuple[str, str, str], str], hits: str) -> list[Early]:
    counts = ", ".join(f"count_if({test}), min(CASE WHEN {test} THEN row END)" for test in tests.values())
    [numbers] = connection.execute(f"SELECT {counts} FROM {hits}").fetchall()
    found: Sequence[tuple[tuple[str, str, str], int, int]] = list(zip(tests, numbers[::2], numbers[1::2], strict=True))
    return [Early(*columns, count, row) for columns, count, row in found if count]
