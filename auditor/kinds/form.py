"""Form: a document must be there, complete, signed, in enough copies and in time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from auditor.condition import Value, ValueType
from auditor.condition.emit import quoted
from auditor.kinds.bare_date import DateOnly, begins, kept, lacks_time
from auditor.kinds.candidates import Candidates
from auditor.kinds.clock import Timing
from auditor.kinds.deadline import Clocked
from auditor.kinds.document import Demands
from auditor.kinds.judgement import Evidence, Judgement, NotChecked
from auditor.kinds.matching import Best, candidates_of, choose, pairs, related, their_column
from auditor.kinds.outcome import Outcome
from auditor.kinds.rule import Lookup, Words
from auditor.kinds.scope import Scope
from auditor.mistake import Mistake, nearest


class Form(Clocked):
    """Each row of ``for`` where ``when`` holds needs a document of the type ``of``."""

    words: ClassVar[Words] = Words(zh="表单", en="form")

    kind: Literal["form"]
    for_: str = Field(alias="for")
    of: tuple[str, ...] = Field(min_length=1)
    document: str = "document"
    type_field: str = "doc_type"
    match: str | None = None
    fields: tuple[str, ...] = ()
    signed_by: str | None = None
    signed_at: str | None = None
    copies: int | None = Field(default=None, ge=1)
    from_: str | None = Field(default=None, alias="from")
    at: str = "prepared_at"
    date_only: DateOnly = "unknown"

    @field_validator("of", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.signed_at and not self.signed_by:
            raise Mistake("Nobody has to sign this form.", "Add `signed_by`, or take `signed_at` away.", "signed_at")
        return self

    def judged_record(self) -> str:
        """The record whose rows need the form."""
        return self.for_

    def judge(self, scope: Scope) -> Judgement:
        """One obligation a row: there and in order, still open, or what is wrong with it."""
        start, demands = self._start(scope), self._demands()
        best = self._best(scope, start)
        timing = self._timing(scope, start) if self.within else None
        outcome = self.guarded(scope, self._verdict(scope, start, best, timing), passes=_is(best, Outcome.PASS))
        subject, kind = scope.subject()
        judgement = Judgement(
            source=scope.source,
            joins=(*scope.joins.values(), *best.joins),
            details=(best.detail,),
            outcome=outcome,
            scope=scope.when,
            key=scope.key(),
            record=self.for_,
            subject=subject,
            subject_kind=kind,
            occurred_at=scope.occurred() if self.occurred or not timing else start.sql,
            observed_at=f"CASE WHEN {_is(best, Outcome.FORM_LATE)} THEN {best.at} ELSE {scope.as_of} END",
            seen={"form": quoted(" / ".join(self.of)), "at": best.at, **demands.seen(best)},
            times=frozenset({"at"}),
            evidence=(*scope.evidence(), Evidence(self.document, best.number, best.columns)),
            awaits=(self.document,),
        )
        return _timed(judgement, start, timing) if timing else judgement

    def _start(self, scope: Scope) -> Value:
        name = self.from_ or scope.row.table.record.time
        if self.within is None:
            return Value("NULL", ValueType.TIME)
        if not name:
            what = f"'{self.for_}' has no event time to count from."
            scope.mistake(("within",), "start-missing", what, "Name its time column in `from`.")
            return Value("NULL", ValueType.TIME)
        return scope.column(name, ("from",), ValueType.TIME)

    def _timing(self, scope: Scope, start: Value) -> Timing:
        options = self.clock_options()
        return Timing(scope.calendar, begins(scope.calendar, options.within, start, self.date_only), options)

    def _match(self, scope: Scope) -> str:
        key = scope.row.table.record.key
        if self.match or key:
            return self.match or f"related_ref = {key}"
        what = f"'{self.for_}' has no key by which its forms could be found."
        scope.mistake(("match",), "match", what, "Write `match: their_column = our_column`.")
        raise NotChecked("column-missing", self.for_)

    def _candidates(self, scope: Scope) -> Candidates:
        if self.document not in scope.world.records:
            what, remedy = f"There is no record type '{self.document}'.", nearest(self.document, scope.world.records)
            scope.mistake(("document",), "unknown-record", what, remedy or "Declare it in records.yaml.")
            raise NotChecked("record-missing", self.document)
        spec = Lookup(record=self.document, match=self._match(scope))
        return candidates_of(scope, spec, (), self.at if self.within else None, ("at",))

    def _best(self, scope: Scope, start: Value) -> Best:
        candidates = self._candidates(scope)
        theirs, timing = candidates.row, None
        wanted = their_column(scope, theirs, self.type_field, ("type_field",), ValueType.TEXT)
        certain = f"({wanted.sql} IN ({', '.join(quoted(word) for word in self.of)}))"
        sure = related(candidates, certain)
        where, timely, order = f"coalesce({sure}, TRUE)", f"{Outcome.PASS:d}", candidates.order
        if self.within and order:
            timing = self._timing(scope, start)
            timely = self._timely(candidates, timing, start, order)
            where += f" AND coalesce({order.sql} <= {scope.as_of}, TRUE)"
        outcome = self._demands().outcome(scope, theirs, sure, timely)
        at, joins = order.sql if order else "NULL", timing.joins if timing else ()
        return choose(scope, candidates, pairs(scope, candidates, outcome, at, joins=joins, where=where), certain)

    def _timely(self, candidates: Candidates, timing: Timing, start: Value, at: Value) -> str:
        """SQL: the outcome of a document that is otherwise in order."""
        in_time = kept(timing, start, at, self.date_only)
        bare = lacks_time(timing.options.within, start, at)
        unclear = f"CASE WHEN {bare} THEN {Outcome.DATE_ONLY:d} ELSE {Outcome.CALENDAR:d} END" if bare else ""
        bad = candidates.row.unreadable([self.at])
        untimed = f"WHEN {bad} THEN {Outcome.UNREADABLE:d} " if bad else ""
        return (
            f"CASE {untimed}WHEN {at.sql} IS NULL THEN {Outcome.TIME_MISSING:d} WHEN {in_time} THEN {Outcome.PASS:d}"
            f" WHEN {in_time} IS NULL THEN {unclear or int(Outcome.CALENDAR)} ELSE {Outcome.FORM_LATE:d} END"
        )

    def _demands(self) -> Demands:
        if not self.signed_by:
            return Demands(self.fields, (), self.copies)
        name = "signed_by_customer" if self.signed_by == "customer" else "signed_by"
        return Demands(self.fields, (name, self.signed_at) if self.signed_at else (name,), self.copies)

    def _verdict(self, scope: Scope, start: Value, best: Best, timing: Timing | None) -> str:
        judged = best.outcome
        unclear = f"{judged} >= {Outcome.SCOPE_UNKNOWN:d} AND {judged} <> {Outcome.UNSURE_MATCH:d}"
        arms = [f"WHEN {judged} = {Outcome.PASS:d} OR ({unclear}) THEN {judged}"]
        if timing:
            arms = [*self._begun(scope, start), *arms, *self._open(scope, start, timing)]
        arms.append(f"WHEN {judged} = {Outcome.UNSURE_MATCH:d} OR {best.unsure} THEN {Outcome.UNSURE_MATCH:d}")
        return f"CASE {' '.join(arms)} ELSE coalesce({judged}, {Outcome.FORM_MISSING:d}) END"

    def _begun(self, scope: Scope, start: Value) -> list[str]:
        return [
            f"WHEN {start.sql} IS NULL THEN {Outcome.START_MISSING:d}",
            f"WHEN {start.sql} > {scope.as_of} THEN {Outcome.FUTURE:d}",
        ]

    def _open(self, scope: Scope, start: Value, timing: Timing) -> list[str]:
        """Arms for while the time runs, and for where nobody can say whether it does."""
        now = Value(str(scope.as_of), ValueType.TIME)
        running, risk = kept(timing, start, now, self.date_only), timing.at_risk(now.sql)
        arms = [f"WHEN {running} AND {risk} THEN {Outcome.AT_RISK:d}"] if risk else []
        arms.append(f"WHEN {running} THEN {Outcome.OPEN:d}")
        if bare := lacks_time(timing.options.within, start):
            arms.append(f"WHEN {bare} AND {running} IS NULL THEN {Outcome.DATE_ONLY:d}")
        return [*arms, f"WHEN {running} IS NULL THEN {Outcome.CALENDAR:d}"]


def _is(best: Best, outcome: Outcome) -> str:
    return f"({best.outcome} = {outcome:d})"


def _timed(judgement: Judgement, start: Value, timing: Timing) -> Judgement:
    """The judgement of a form that was owed within a time."""
    return replace(
        judgement,
        joins=(*judgement.joins, *timing.joins),
        details=(*judgement.details, *timing.details),
        due_at=timing.due_at,
        breach_after=timing.breach_after,
        late_by=f"greatest(0, {judgement.observed_at} - {timing.breach_after})",
        provisional=timing.provisional,
        seen={"from": start.sql, **judgement.seen},
        times=judgement.times | {"from"},
    )
