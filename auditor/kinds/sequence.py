"""Sequence: something must have been done before an action, by the right person, not too long ago."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from auditor.condition import Value, ValueType
from auditor.duration import Duration
from auditor.kinds.allotment import allot
from auditor.kinds.approval import Person, Timeliness, allowance, log_start, right_person
from auditor.kinds.candidates import Candidates
from auditor.kinds.judgement import Evidence, Join, Judgement, NotChecked
from auditor.kinds.matching import Best, candidates_of, choose, pairs, related, their_column
from auditor.kinds.outcome import Outcome
from auditor.kinds.row import Row
from auditor.kinds.rule import Frozen, Lookup, Rule, Words, durations
from auditor.kinds.scope import Scope
from auditor.mistake import Mistake


class Before(Frozen):
    """The record of what must come first; ``match`` and ``where`` as in a lookup, ``at`` its time."""

    record: str
    match: str
    where: str | None = None
    at: str | None = None


class Sequence(Rule):
    """Each row whose ``action`` was done needs something ``before`` it."""

    words: ClassVar[Words] = Words(zh="先后", en="sequence")

    kind: Literal["sequence"]
    record: str
    action: str
    before: str | Before
    each: bool = False
    valid_for: Duration | None = None
    by: Person = Person()
    ties: Literal["allow", "strict"] = "allow"

    _read = durations("valid_for")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.each and isinstance(self.before, str):
            raise Mistake("A column of the row itself serves that row only.", "Take `each` away.", "each")
        if self.valid_for and self.valid_for.elapsed is None and self.valid_for.unit != "d":
            raise Mistake("An approval ages in elapsed time or calendar days.", "Write it as 72h or 30d.", "valid_for")
        return self

    def judged_record(self) -> str:
        """The record whose rows were acted on."""
        return self.record

    def judge(self, scope: Scope) -> Judgement:
        """One obligation a row that was acted on: allowed before, or not; never pending."""
        action = scope.column(self.action, ("action",), ValueType.TIME)
        bad = scope.row.unreadable([self.action])
        scope.narrow(f"({action.sql} IS NOT NULL{f' OR {bad}' if bad else ''})")
        time = Timeliness(scope.calendar, scope.row, action, self.ties == "strict", self.valid_for)
        if isinstance(self.before, Before):
            return self._by_record(scope, time, self.before)
        return self._by_column(scope, time, self.before)

    def _by_column(self, scope: Scope, time: Timeliness, before: str) -> Judgement:
        at = scope.column(before, ("before",), ValueType.TIME)
        looked = scope.looked(before.partition(".")[0]) if "." in before else None
        role = scope.column(self.by.role_column, ("by", "role_column")) if self.by.role else None
        other = self._other(scope)
        person = scope.column(self.by.person, ("by", "person")) if other else None
        judged = allowance("TRUE", at, time.holds(at), right_person(self.by, role, person, other))
        nothing = f"{Outcome.NOT_BEFORE:d}"
        if looked is not None:
            nothing = f"CASE WHEN {looked.unsure} THEN {Outcome.UNSURE_MATCH:d} ELSE {nothing} END"
        verdict = f"CASE {self._future(scope, time)} WHEN {at.sql} IS NULL THEN {nothing} ELSE {judged} END"
        return self._judgement(scope, time, verdict, f"({at.sql} IS NOT NULL AND {judged} = {Outcome.PASS:d})", at.sql)

    def _by_record(self, scope: Scope, time: Timeliness, before: Before) -> Judgement:
        best, first = self._best(scope, time, before)
        judged, joins = best.outcome, list(best.joins)
        arms = [
            self._future(scope, time),
            f"WHEN {judged} = {Outcome.PASS:d} OR {judged} >= {Outcome.SCOPE_UNKNOWN:d} THEN {judged}",
            f"WHEN {best.unsure} THEN {Outcome.UNSURE_MATCH:d}",
        ]
        if first is not None:
            joins.append(first[0])
            arms.append(f"WHEN coalesce({time.still_valid(first[1])}, TRUE) THEN {Outcome.LOG_STARTS_LATER:d}")
        verdict = f"CASE {' '.join(arms)} ELSE {Outcome.NOT_BEFORE:d} END"
        evidence = Evidence(before.record, best.number, best.columns)
        return self._judgement(
            scope, time, verdict, f"({judged} = {Outcome.PASS:d})", best.at, tuple(joins), (evidence,)
        )

    def _best(self, scope: Scope, time: Timeliness, before: Before) -> tuple[Best, tuple[Join, Value] | None]:
        """The approval that counts, and the start of the log where approvals run out."""
        candidates, at = self._approvals(scope, before)
        sure = related(candidates, candidates.sure)
        person = self._right_person(scope, candidates.row)
        outcome = allowance(sure, at, time.holds(at), person)
        judged = pairs(
            scope, candidates, outcome, at.sql, where=f"coalesce({sure}, TRUE)",
            more={"_acted": time.action.sql, "_owes": scope.surely_owes()} if self.each else {},
        )  # fmt: skip
        if self.each:
            judged = allot(judged, sum(sign == "=" for _, sign, _ in candidates.pairs))
        best = choose(scope, candidates, judged, candidates.sure)
        return best, log_start(candidates.table, at) if self.valid_for else None

    def _approvals(self, scope: Scope, before: Before) -> tuple[Candidates, Value]:
        """The rows that may come before, and their time."""
        spec = Lookup(record=before.record, match=before.match, where=before.where)
        candidates = candidates_of(scope, spec, ("before",), before.at, ("before", "at"))
        if candidates.order is None:
            what = f"'{before.record}' has no event time to compare with the action."
            scope.mistake(("before",), "time-missing", what, "Name its time column in `at`.")
            raise NotChecked("column-missing", before.record)
        return candidates, candidates.order

    def _right_person(self, scope: Scope, theirs: Row) -> str:
        role = their_column(scope, theirs, self.by.role_column, ("by", "role_column")) if self.by.role else None
        other = self._other(scope)
        person = their_column(scope, theirs, self.by.person, ("by", "person")) if other else None
        return right_person(self.by, role, person, other)

    def _other(self, scope: Scope) -> Value | None:
        name = self.by.different_from
        return scope.column(name, ("by", "different_from"), ValueType.TEXT) if name else None

    def _future(self, scope: Scope, time: Timeliness) -> str:
        return f"WHEN {time.action.sql} > {scope.as_of} THEN {Outcome.FUTURE:d}"

    def _judgement(
        self, scope: Scope, time: Timeliness, verdict: str, passes: str, at: str,
        joins: tuple[Join, ...] = (), evidence: tuple[Evidence, ...] = (),
    ) -> Judgement:  # fmt: skip
        outcome = self.guarded(scope, verdict, passes=passes)
        subject, kind = scope.subject()
        return Judgement(
            source=scope.source,
            joins=(*scope.joins.values(), *joins),
            outcome=outcome,
            scope=scope.when,
            key=scope.key(),
            record=self.record,
            subject=subject,
            subject_kind=kind,
            occurred_at=scope.occurred(),
            observed_at=time.action.sql,
            late_by=f"CASE WHEN {at} > {time.action.sql} THEN {at} - {time.action.sql} END",
            seen={"action": time.action.sql, "before": at},
            times=frozenset({"action", "before"}),
            evidence=(*scope.evidence(), *evidence),
            awaits=(self._awaited(),),
        )

    def _awaited(self) -> str:
        if isinstance(self.before, Before):
            return self.before.record
        name = self.before.rpartition(".")[0]
        return self.lookup[name].record if name in self.lookup else self.record
