"""Limit: something that must not happen, or not so often in a window of time."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from auditor.condition import Value, ValueType
from auditor.kinds.carried import Carried, carry, joined
from auditor.kinds.judgement import Judgement
from auditor.kinds.outcome import Outcome
from auditor.kinds.periods import Periods, days_of, read_every
from auditor.kinds.rule import Frozen, Rule, Words
from auditor.kinds.scope import Scope

DAY = 86_400


class Occurrences(Frozen):
    """What is counted: rows of a record, those where ``where`` holds, at the time ``at``."""

    record: str
    where: str | None = None
    at: str | None = None


class Limit(Rule):
    """No more than ``at_most`` occurrences for each ``per`` and ``same`` in a window; 0 forbids each of them."""

    words: ClassVar[Words] = Words(zh="上限", en="limit")

    kind: Literal["limit"]
    of: Occurrences
    per: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    window: str | None = None
    at_most: int = Field(ge=0)

    @field_validator("per", "same", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @field_validator("window")
    @classmethod
    def _window(cls, value: str | None) -> str | None:
        return None if value is None else read_every(value, days=True)

    def judged_record(self) -> str:
        """The record whose rows are the occurrences."""
        return self.of.record

    @property
    def only_fails(self) -> bool:
        """What is forbidden outright is owed by nobody until it happens."""
        return self.at_most == 0 and self.window is None

    def judge(self, scope: Scope) -> Judgement:
        """Each forbidden or surplus occurrence, each that cannot be placed, and each window that holds."""
        if self.of.where:
            where = scope.condition(self.of.where, ("of", "where"))
            scope.when = f"({scope.when} AND {where})" if scope.when else where
        if self.at_most == 0 and self.window is None:
            return self._forbidden(scope)
        return self._counted(scope)

    def _forbidden(self, scope: Scope) -> Judgement:
        groups = self._groups(scope)
        future = scope.future(self.of.at)
        later = f"WHEN {future} THEN {Outcome.FUTURE:d}" if future else ""
        outcome = self.guarded(scope, f"CASE {_placeless(groups)} {later} ELSE {Outcome.FORBIDDEN:d} END")
        at = self._at(scope, optional=True)
        subject, kind = scope.subject()
        return Judgement(
            source=scope.source,
            joins=tuple(scope.joins.values()),
            outcome=outcome,
            scope=scope.when,
            key=scope.key(),
            record=self.of.record,
            subject=subject,
            subject_kind=kind,
            occurred_at=scope.occurred() if self.occurred else at.sql,
            seen={"count": "1", "at_most": "0"},
            evidence=scope.evidence(),
        )

    def _counted(self, scope: Scope) -> Judgement:
        carried, source = self._source(scope)
        sliding = self.window is not None and days_of(self.window) is not None
        within = f"CASE WHEN r._count <= {self.at_most} THEN {self._held(scope, sliding)} ELSE {Outcome.SURPLUS:d} END"
        single = f"(r._outcome <> {Outcome.PASS:d} OR {'TRUE' if sliding else f'r._count > {self.at_most}'})"
        label = Periods(self.window).label("r._period") if self.window and not sliding else "'all'"
        return Judgement(
            source=source,
            joins=(),
            outcome=f"CASE WHEN r._outcome <> {Outcome.PASS:d} THEN r._outcome ELSE {within} END",
            key=f"CASE WHEN {single} THEN {carried.key} ELSE r._group || '/' || {label} END",
            record=self.of.record,
            subject=carried.subject,
            subject_kind=carried.subject_kind,
            owed=f"CASE WHEN {single} THEN '' ELSE {label} END",
            occurred_at="r._occurred",
            seen={"count": "r._count", "at_most": str(self.at_most), "group": "r._group"},
            evidence=carried.evidence,
        )

    def _held(self, scope: Scope, sliding: bool) -> str:
        """The outcome of a window that holds."""
        if sliding:
            return f"{Outcome.PASS:d}"
        if self.window is None:
            return f"{Outcome.RUNNING:d}"
        over = Periods(self.window).over(scope.calendar, "r._period", scope.as_of)
        return f"CASE WHEN {over} THEN {Outcome.PASS:d} ELSE {Outcome.RUNNING:d} END"

    def _source(self, scope: Scope) -> tuple[Carried, str]:
        """One row for each occurrence that is an obligation or stands for a window, and what it carries."""
        groups = self._groups(scope)
        at = self._at(scope, optional=False) if self.window else None
        outcome = self.guarded(scope, self._placed(scope, at, groups))
        shown = (at or self._at(scope, optional=True)).sql
        names = " || '/' || ".join(f"CAST({group.sql} AS VARCHAR)" for group in groups[: len(self.per)]) or "'all'"
        columns = [
            f"{outcome} AS _outcome", f"{names} AS _group", f"coalesce({shown}, 0) AS _at",
            f"{scope.occurred() if self.occurred else shown} AS _occurred",
            *(f"{group.sql} AS _g{index}" for index, group in enumerate(groups)),
        ]  # fmt: skip
        carried = carry(scope)
        found = f"SELECT r.*, {', '.join([*columns, *carried.columns])} FROM {joined(scope)}"
        return carried, self._numbered(scope, found, len(groups))

    def _numbered(self, scope: Scope, found: str, groups: int) -> str:
        keys = [f"(_outcome = {Outcome.PASS:d})", *(f"_g{index}" for index in range(groups))]
        length = days_of(self.window) if self.window else None
        if length is None:
            period = Periods(self.window).ordinal(scope.local_day("_at")) if self.window else "0"
            window = f"PARTITION BY {', '.join([*keys, period])}"
            counted = (
                f"SELECT *, {period} AS _period, count(*) OVER ({window}) AS _count,"
                f" row_number() OVER ({window} ORDER BY _at, _row) AS _number FROM ({found}) WHERE _outcome <> 0"
            )
            first = f"_number > {self.at_most} OR (_number = 1 AND _count <= {self.at_most})"
            return f"(SELECT * FROM ({counted}) WHERE _outcome <> {Outcome.PASS:d} OR {first})"
        partition = ", ".join(keys)
        span = f"RANGE BETWEEN {length * DAY - 1} PRECEDING AND CURRENT ROW"
        later = f"(row_number() OVER (PARTITION BY {partition}, _at ORDER BY _row DESC) - 1)"
        count = f"count(*) OVER (PARTITION BY {partition} ORDER BY _at {span}) - {later}"
        return f"(SELECT *, {count} AS _count FROM ({found}) WHERE _outcome <> 0)"

    def _groups(self, scope: Scope) -> list[Value]:
        named = [("per", index, name) for index, name in enumerate(self.per)]
        named += [("same", index, name) for index, name in enumerate(self.same)]
        return [scope.column(name, (field, index)) for field, index, name in named]

    def _at(self, scope: Scope, *, optional: bool) -> Value:
        name = self.of.at or scope.row.table.record.time
        if not name:
            if not optional:
                what = f"'{self.of.record}' has no time of its own."
                scope.mistake(("of",), "no-time", what, "Name the time of the occurrence with `at`.")
            return Value("NULL", ValueType.TIME)
        return scope.column(name, ("of", "at"), ValueType.TIME, optional=optional)

    def _placed(self, scope: Scope, at: Value | None, groups: list[Value]) -> str:
        """The outcome of an occurrence by itself: PASS where it can be counted."""
        arms = [_placeless(groups)]
        if at is not None:
            arms.append(f"WHEN {at.sql} IS NULL THEN {Outcome.TIME_MISSING:d}")
            arms.append(f"WHEN {at.sql} > {scope.as_of} THEN {Outcome.FUTURE:d}")
        return f"CASE {' '.join(arms)} ELSE {Outcome.PASS:d} END"


def _placeless(groups: list[Value]) -> str:
    missing = " OR ".join(f"{group.sql} IS NULL" for group in groups) or "FALSE"
    return f"WHEN {missing} THEN {Outcome.GROUP_MISSING:d}"
