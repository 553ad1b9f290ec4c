"""Approval: whether what came first allows an action: early enough, still valid, by the right person."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from pydantic import field_validator

from auditor.calendar import Calendar
from auditor.condition import Value, ValueType
from auditor.condition.emit import quoted
from auditor.duration import Duration
from auditor.kinds.judgement import Join
from auditor.kinds.lookup import not_before
from auditor.kinds.outcome import Outcome
from auditor.kinds.row import Row
from auditor.kinds.rule import Frozen


class Person(Frozen):
    """Who must have approved: somebody in one of these posts, or anybody but the one in another column."""

    role: tuple[str, ...] = ()
    role_column: str = "approver_role"
    person: str = "approver"
    different_from: str | None = None

    @field_validator("role", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


@dataclass(frozen=True)
class Timeliness:
    """How the time of an approval compares with that of the action; all answers are SQL, NULL for "nobody knows"."""

    calendar: Calendar
    row: Row
    action: Value
    strict: bool
    valid_for: Duration | None

    def holds(self, at: Value) -> str:
        """An approval at ``at`` came before the action and was still valid."""
        return f"({self._before(at)} AND {self.still_valid(at)})" if self.valid_for else self._before(at)

    def _before(self, at: Value) -> str:
        if not self.strict:
            return not_before(self.action, at, self.row)
        exact = f"({at.sql} < {self.action.sql})"
        bare = " OR ".join(time.dateonly for time in (at, self.action) if time.dateonly)
        if not bare:
            return exact
        days = f"{self.calendar.day_sql(at.sql)} < {self.calendar.day_sql(self.action.sql)}"
        return f"(CASE WHEN {bare} THEN CASE WHEN {self._same_day(at)} THEN NULL ELSE {days} END ELSE {exact} END)"

    def _same_day(self, at: Value) -> str:
        return f"{self.calendar.day_sql(at.sql)} = {self.calendar.day_sql(self.action.sql)}"

    def still_valid(self, at: Value) -> str:
        """An approval at ``at`` was not too old for the action."""
        assert self.valid_for is not None
        if self.valid_for.elapsed is None:
            age = f"{self.calendar.day_sql(self.action.sql)} - {self.calendar.day_sql(at.sql)}"
            return f"({age} <= {self.valid_for.amount})"
        longest = f"{self._last_second(self.action)} - {at.sql}"
        sure = f"{longest} <= {self.valid_for.elapsed}"
        if not at.dateonly and not self.action.dateonly:
            return f"({sure})"
        over = f"{self.action.sql} - {self._last_second(at)} > {self.valid_for.elapsed}"
        return f"(CASE WHEN {sure} THEN TRUE WHEN {over} THEN FALSE END)"

    def _last_second(self, time: Value) -> str:
        """The latest instant a cell may mean."""
        if not time.dateonly:
            return time.sql
        end = self.calendar.day_start_sql(f"{self.calendar.day_sql(time.sql)} + 1")
        return f"(CASE WHEN {time.dateonly} THEN {end} - 1 ELSE {time.sql} END)"


def right_person(by: Person, role: Value | None, person: Value | None, other: Value | None) -> str:
    """SQL: the approver has one of the posts and is not the ``other``; NULL where a name is missing."""
    tests = []
    if role is not None:
        tests.append(f"{role.sql} IN ({', '.join(quoted(word) for word in by.role)})")
    if person is not None and other is not None:
        tests.append(f"{person.sql} <> {other.sql}")
    return f"({' AND '.join(tests)})" if tests else "TRUE"


def allowance(sure: str, at: Value, timely: str, person: str) -> str:
    """SQL: the outcome of one approval, of which ``sure`` says whether it is one."""
    allowed = f"({sure} AND {timely} AND {person})"
    return (
        f"CASE WHEN {allowed} THEN {Outcome.PASS:d} WHEN NOT {allowed} THEN {Outcome.NOT_BEFORE:d}"
        f" WHEN {sure} IS NULL THEN {Outcome.UNSURE_MATCH:d} WHEN {at.sql} IS NULL THEN {Outcome.TIME_MISSING:d}"
        f" WHEN {person} IS NULL THEN {Outcome.PERSON_UNKNOWN:d} ELSE {Outcome.DATE_ONLY:d} END"
    )


def log_start(table: str, at: Value) -> tuple[Join, Value]:
    """The first ``at`` (over ``l``) in a whole log: the join that brings it, and the time, NULL for an empty log."""
    body = (
        f"SELECT {at.sql} AS _at, {at.dateonly or 'FALSE'} AS _bare FROM {table} AS l"
        f" WHERE {at.sql} IS NOT NULL ORDER BY _at, _bare LIMIT 1"
    )
    alias = "f" + hashlib.sha256(body.encode()).hexdigest()[:12]
    value = Value(f"{alias}._at", ValueType.TIME, f"{alias}._bare" if at.dateonly else None)
    return Join(alias, f"LEFT JOIN ({body}) AS {alias} ON TRUE"), value
