"""Deadline: something must follow something else within a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from auditor.condition import Value, ValueType
from auditor.duration import Duration
from auditor.kinds.bare_date import DateOnly, begins, comes, lacks_time
from auditor.kinds.carried import joined
from auditor.kinds.clock import ClockOptions, Timing
from auditor.kinds.judgement import Judgement
from auditor.kinds.lookup import Looked, not_before
from auditor.kinds.outcome import Outcome
from auditor.kinds.pairing import join_pairs
from auditor.kinds.paused import join_pauses
from auditor.kinds.pauses import PauseColumns, PauseRecord, Pauses, own_pauses, recorded_pauses
from auditor.kinds.rule import Rule, Words, durations
from auditor.kinds.scope import Scope
from auditor.mistake import Mistake


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


@dataclass(frozen=True)
class Spell:
    """The time from the start of an obligation to its target, or to as_of where that has not ``come``; all in SQL.

    ``bare`` says, never NULL, that a time of day is missing that the budget needs (None: that never happens).
    """

    start: Value
    target: Value
    come: str
    end: str
    bare: str | None
    timing: Timing
    doubtful: tuple[str, ...]
    """What else may be the case if the limit seems broken, never NULL, with its outcome."""


class Deadline(Clocked):
    """Each row where ``when`` holds owes ``to`` within a time after ``from``."""

    words: ClassVar[Words] = Words(zh="时限", en="deadline")

    kind: Literal["deadline"]
    record: str
    from_: str = Field(alias="from")
    to: str
    within: Duration
    date_only: DateOnly = "unknown"
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
        spell = self._spell(scope)
        timing, in_time = spell.timing, spell.timing.in_time(spell.end)
        outcome = self._outcome(scope, spell, in_time)
        kept = None if spell.bare else self.surely(scope, f"({spell.come} AND {in_time})")
        subject, kind = scope.subject()
        reached = f"CASE WHEN {spell.come} THEN {spell.target.sql} END"
        early = f"CASE WHEN {spell.target.sql} < {spell.start.sql} THEN {spell.target.sql} END"
        occurred = scope.occurred() if self.occurred else spell.start.sql
        return Judgement(
            source=scope.source,
            joins=(*scope.joins.values(), *timing.joins),
            details=tuple(timing.details),
            outcome=outcome,
            scope=scope.when,
            kept=kept,
            key=scope.key(),
            record=self.record,
            subject=subject,
            subject_kind=kind,
            occurred_at=occurred,
            due_at=timing.due_at,
            breach_after=timing.breach_after,
            observed_at=f"coalesce({reached}, {scope.as_of})",
            late_by=f"greatest(0, {spell.end} - {timing.breach_after})",
            provisional=timing.provisional,
            seen={"from": spell.start.sql, "to": reached, "paused": timing.paused, "early": early},
            times=frozenset({"from", "to", "early"}),
            evidence=scope.evidence(),
            awaits=(self._awaited(),),
        )

    def _awaited(self) -> str:
        name = self.to.rpartition(".")[0]
        return self.lookup[name].record if name in self.lookup else self.record

    def _spell(self, scope: Scope) -> Spell:
        start = scope.column(self.from_, ("from",), ValueType.TIME)
        pauses = self._pauses_of(scope)
        target, looked = self._target(scope, start)
        come = f"coalesce({target.sql} <= {scope.as_of} AND {not_before(target, start, scope.row)}, FALSE)"
        met = replace(target, dateonly=f"({come} AND {target.dateonly})" if target.dateonly else None)
        bare = lacks_time(self.within, start, met)
        begin = begins(scope.calendar, self.within, start, self.date_only)
        ended = f"(CASE WHEN {come} THEN {target.sql} ELSE {scope.as_of} END)"
        end = comes(scope.calendar, begin, ended, bare, self.date_only)
        timing = self._timing(scope, begin, end, pauses)
        doubtful = [f"WHEN {pauses.doubtful} THEN {Outcome.PAUSE_UNKNOWN:d}"] if pauses else []
        doubtful += [f"WHEN {looked.doubtful} THEN {Outcome.UNSURE_MATCH:d}"] if looked else []
        if pauses and pauses.bare != "FALSE":
            bare = f"({bare} OR {pauses.bare})" if bare else pauses.bare
        return Spell(start, target, come, end, bare, timing, tuple(doubtful))

    def _target(self, scope: Scope, start: Value) -> tuple[Value, Looked | None]:
        name, _, column = self.to.rpartition(".")
        if name not in self.lookup:
            return scope.column(self.to, ("to",), ValueType.TIME), None
        if self.match == "one_to_one":
            looked = join_pairs(scope, name, column, start)
        else:
            looked = scope.retarget(name, column, start)
        return scope.column(self.to, ("to",), ValueType.TIME), looked

    def _pauses_of(self, scope: Scope) -> Pauses | None:
        if isinstance(self.pauses, PauseRecord):
            return recorded_pauses(scope, self.pauses)
        return own_pauses(scope, self.pauses) if self.pauses else None

    def _timing(self, scope: Scope, begin: str, end: str, pauses: Pauses | None) -> Timing:
        if pauses is None:
            return Timing(scope.calendar, begin, self.clock_options())
        paused = join_pauses(pauses, joined(scope), begin, end, self.within, scope.calendar)
        shifts = (paused.due_shift, paused.breach_shift)
        timing = Timing(scope.calendar, begin, self.clock_options(), paused.total, shifts)
        timing.joins[:0] = [*pauses.joins, paused.join]
        return timing

    def _outcome(self, scope: Scope, spell: Spell, in_time: str) -> str:
        insists = self.date_only == "unknown" and spell.bare
        known = f"{spell.come} AND NOT {spell.bare}" if insists else spell.come
        return self.guarded(scope, self._verdict(scope, spell, in_time), passes=f"({known} AND {in_time})")

    def _verdict(self, scope: Scope, spell: Spell, in_time: str) -> str:
        arms = [
            f"WHEN {spell.start.sql} IS NULL THEN {Outcome.START_MISSING:d}",
            f"WHEN {spell.start.sql} > {scope.as_of} THEN {Outcome.FUTURE:d}",
        ]
        if inapplicable := scope.inapplicable(self.to):
            arms.append(f"WHEN {inapplicable} THEN {Outcome.INAPPLICABLE:d}")
        if spell.bare and self.date_only == "unknown":
            arms.append(f"WHEN {spell.bare} THEN {Outcome.DATE_ONLY:d}")
        arms += [
            f"WHEN {in_time} IS NULL THEN {Outcome.CALENDAR:d}",
            f"WHEN {in_time} AND {spell.come} THEN {Outcome.PASS:d}",
        ]
        if risk := spell.timing.at_risk(spell.end):
            arms.append(f"WHEN {in_time} AND {risk} THEN {Outcome.AT_RISK:d}")
        arms += [f"WHEN {in_time} THEN {Outcome.OPEN:d}", *spell.doubtful]
        return f"CASE {' '.join(arms)} WHEN {spell.come} THEN {Outcome.LATE:d} ELSE {Outcome.ABSENT:d} END"
