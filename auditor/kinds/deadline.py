"""Deadline: something must follow something else within a time."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from auditor.condition import Value, ValueType
from auditor.duration import Duration
from auditor.kinds.clock import ClockOptions, Timing
from auditor.kinds.judgement import Judgement
from auditor.kinds.lookup import Looked, not_before
from auditor.kinds.outcome import Outcome
from auditor.kinds.pairing import join_pairs
from auditor.kinds.pauses import Paused, join_pauses
from auditor.kinds.rule import Frozen, Rule, Words, durations
from auditor.kinds.scope import Scope
from auditor.mistake import Mistake


class PauseRecord(Frozen):
    """Pauses kept in another record, one row each; ``match`` as in a lookup, by equality."""

    record: str
    match: str
    from_: str = Field(alias="from")
    to: str


class PauseColumns(Frozen):
    """A pause kept in two columns of the record itself."""

    from_: str = Field(alias="from")
    to: str


class Clocked(Rule):
    """A rule with a budget of time: the fields that say how it is counted."""

    within: Duration | None = None
    boundary: Literal["lenient", "strict"] = "lenient"
    roll: Literal["none", "next_working"] = "none"
    after_hours: Literal["none", "roll"] = "none"
    ends: Literal["midnight", "close"] = "midnight"

    _read = durations("within")

    def clock_options(self) -> ClockOptions:
        """The options as the clock takes them; ``within`` must be set."""
        assert self.within is not None
        return ClockOptions(self.within, self.boundary, self.roll, self.after_hours, self.ends)


class Deadline(Clocked):
    """Each row where ``when`` holds owes ``to`` within a time after ``from``."""

    words: ClassVar[Words] = Words(zh="时限", en="deadline")

    kind: Literal["deadline"]
    record: str
    from_: str = Field(alias="from")
    to: str
    within: Duration
    date_only: Literal["unknown", "day"] = "unknown"
    match: Literal["shared", "one_to_one"] = "shared"
    pauses: tuple[PauseColumns, ...] | PauseRecord = ()

    @field_validator("pauses", mode="before")
    @classmethod
    def _pauses(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.match == "one_to_one" and "." not in self.to:
            raise Mistake("`one_to_one` pairs rows of another record.", "Let `to` be a column of a lookup.", "match")
        if self.pauses and self.within.unit in ("d", "wd", "mon", "y"):
            raise Mistake("Pauses are measured in seconds, not in days.", "Use a budget in h, min or bh.", "pauses")
        return self

    def judged_record(self) -> str:
        """The record whose rows owe something."""
        return self.record

    def judge(self, scope: Scope) -> Judgement:
        """One obligation a row: in time, late, still open, or over without it."""
        start = scope.column(self.from_, ("from",), ValueType.TIME)
        target, looked = self._target(scope, start)
        as_of = scope.world.as_of
        came = f"({target.sql} <= {as_of} AND {not_before(target, start, scope.row)})"
        paused = self._paused(scope, start.sql, f"(CASE WHEN {came} THEN {target.sql} ELSE {as_of} END)")
        timing = self._timing(scope, start, paused)
        late = f"CASE WHEN {came} THEN {target.sql} ELSE {as_of} END - {timing.breach_after}"
        subject, kind = scope.subject()
        verdict = self._verdict(scope, start, target, looked, came, timing)
        return Judgement(
            source=scope.source,
            joins=(*scope.joins.values(), *timing.joins),
            details=tuple(timing.details),
            outcome=self.guarded(scope, verdict, passes=self._kept(scope, start, target, came, timing)),
            scope=scope.when,
            kept=self._surely(scope, start, target, came, timing),
            key=scope.key(),
            record=self.record,
            subject=subject,
            subject_kind=kind,
            occurred_at=start.sql,
            due_at=timing.due_at,
            breach_after=timing.breach_after,
            observed_at=f"CASE WHEN {came} THEN {target.sql} ELSE {as_of} END",
            late_by=f"greatest(0, {late})",
            provisional=timing.provisional,
            seen={"from": start.sql, "to": f"CASE WHEN {came} THEN {target.sql} END", "paused": timing.paused},
            times=frozenset({"from", "to"}),
            evidence=scope.evidence(),
        )

    def _target(self, scope: Scope, start: Value) -> tuple[Value, Looked | None]:
        name, _, column = self.to.rpartition(".")
        if name not in self.lookup:
            return scope.column(self.to, ("to",), ValueType.TIME), None
        if self.match == "one_to_one":
            looked = join_pairs(scope, self.lookup[name], ("lookup", name), column, start)
        else:
            looked = scope.retarget(name, column, start)
        return scope.column(self.to, ("to",), ValueType.TIME), looked

    def _timing(self, scope: Scope, start: Value, paused: Paused | None) -> Timing:
        if paused is None:
            return Timing(scope.calendar, start.sql, self.clock_options())
        shifts = (paused.due_shift, paused.breach_shift)
        timing = Timing(scope.calendar, start.sql, self.clock_options(), paused.total, shifts)
        timing.joins.insert(0, paused.join)
        return timing

    def _paused(self, scope: Scope, start: str, end: str) -> Paused | None:
        if not self.pauses:
            return None
        base = " ".join([f"{scope.source} AS r", *(join.sql for join in scope.joins.values())])
        intervals = self._intervals(scope)
        return join_pauses(intervals, base, start, end, self.within, scope.calendar)

    def _intervals(self, scope: Scope) -> str:
        if isinstance(self.pauses, PauseRecord):
            return scope.matched_rows(
                self.pauses.record, self.pauses.match, ("pauses",), {"a": self.pauses.from_, "b": self.pauses.to}
            )
        parts = []
        for index, pause in enumerate(self.pauses):
            begin = scope.column(pause.from_, ("pauses", index, "from"), ValueType.TIME)
            end = scope.column(pause.to, ("pauses", index, "to"), ValueType.TIME)
            parts.append(f"SELECT r._row AS _base, {begin.sql} AS a, {end.sql} AS b FROM {scope.source} AS r")
        return " UNION ALL ".join(parts)

    def _bare(self, start: Value, target: Value, came: str) -> str | None:
        """SQL: a time of day is missing that an hour budget needs."""
        if self.within.unit in ("d", "wd", "mon", "y"):
            return None
        target_bare = f"({came} AND {target.dateonly})" if target.dateonly else None
        parts = [part for part in (start.dateonly, target_bare) if part]
        return f"coalesce({' OR '.join(parts)}, FALSE)" if parts else None

    def _done(self, scope: Scope, start: Value, target: Value, came: str, timing: Timing) -> str:
        """SQL: the target was in time; by the day where only days are known and the rule allows it."""
        in_time = timing.in_time(target.sql)
        bare = self._bare(start, target, came)
        if bare is None or self.date_only != "day" or self.within.unit == "bh":
            return in_time
        latest = f"{timing.breach_after} + CASE WHEN {start.dateonly or 'FALSE'} THEN 86399 ELSE 0 END"
        day = scope.calendar.day_sql
        return f"(CASE WHEN {bare} THEN {day(target.sql)} <= {day(latest)} ELSE {in_time} END)"

    def _surely(self, scope: Scope, start: Value, target: Value, came: str, timing: Timing) -> str | None:
        """SQL: in time beyond doubt; ``came`` already says that the start is not after as-of."""
        if self._bare(start, target, came):
            return None
        return self.surely(scope, f"({came} AND {timing.in_time(target.sql)})")

    def _kept(self, scope: Scope, start: Value, target: Value, came: str, timing: Timing) -> str | None:
        return f"({came} AND {self._done(scope, start, target, came, timing)})" if self.unless else None

    def _verdict(
        self, scope: Scope, start: Value, target: Value, looked: Looked | None, came: str, timing: Timing
    ) -> str:
        as_of = scope.world.as_of
        arms = [
            f"WHEN {start.sql} IS NULL THEN {Outcome.START_MISSING:d}",
            f"WHEN {start.sql} > {as_of} THEN {Outcome.FUTURE:d}",
        ]
        bare = self._bare(start, target, came)
        if bare and (self.date_only == "unknown" or self.within.unit == "bh"):
            arms.append(f"WHEN {bare} THEN {Outcome.DATE_ONLY:d}")
        done = self._done(scope, start, target, came, timing)
        arms.append(
            f"WHEN {came} THEN CASE WHEN {done} THEN {Outcome.PASS:d}"
            f" WHEN {done} IS NULL THEN {Outcome.CALENDAR:d} ELSE {Outcome.LATE:d} END"
        )
        running = timing.running(as_of)
        risk = timing.at_risk(as_of)
        open_ = Outcome.OPEN if risk == "FALSE" else f"CASE WHEN {risk} THEN {Outcome.AT_RISK:d} ELSE {Outcome.OPEN:d} END"
        arms.append(f"WHEN {running} THEN {open_ if isinstance(open_, str) else int(open_)}")
        arms.append(f"WHEN {running} IS NULL THEN {Outcome.CALENDAR:d}")
        if looked is not None:
            arms.append(f"WHEN {looked.unsure} THEN {Outcome.UNSURE_MATCH:d}")
        return f"CASE {' '.join(arms)} ELSE {Outcome.ABSENT:d} END"

