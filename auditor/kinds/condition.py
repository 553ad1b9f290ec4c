"""Condition: something must be true of each row."""

from __future__ import annotations

from typing import ClassVar, Literal

from auditor.condition import ValueType
from auditor.kinds.judgement import Judgement
from auditor.kinds.outcome import Outcome
from auditor.kinds.rule import Rule, Words
from auditor.kinds.scope import Scope

MISSING = {"unknown": Outcome.NULL_CONDITION, "fail": Outcome.EMPTY, "pass": Outcome.PASS}
"""What a NULL condition means, by the rule's ``missing``."""


class Condition(Rule):
    """Each row where ``when`` holds must satisfy ``must``; NULL is unknown unless ``missing`` says otherwise."""

    words: ClassVar[Words] = Words(zh="条件", en="condition")

    kind: Literal["condition"]
    record: str
    must: str

    def judged_record(self) -> str:
        """The record whose rows are checked."""
        return self.record

    def judge(self, scope: Scope) -> Judgement:
        """One obligation a row."""
        must = scope.condition(self.must, ("must",))
        verdict = self._verdict(scope, must)
        outcome = self.guarded(scope, verdict, passes=f"({verdict} = {Outcome.PASS:d})")
        future = scope.future()
        happened = f"NOT {future}" if future else "TRUE"
        read = scope.named(self.must)
        subject, kind = scope.subject()
        return Judgement(
            source=scope.source,
            joins=tuple(scope.joins.values()),
            outcome=outcome,
            scope=scope.when,
            kept=None if scope.inapplicable(self.must) else self.surely(scope, f"({must} AND {happened})"),
            key=scope.key(),
            record=self.record,
            subject=subject,
            subject_kind=kind,
            occurred_at=scope.occurred(),
            seen={name: value.sql for name, value in read.items()},
            times=frozenset(name for name, value in read.items() if value.type is ValueType.TIME),
            evidence=scope.evidence(),
        )

    def _verdict(self, scope: Scope, must: str) -> str:
        arms = []
        if inapplicable := scope.inapplicable(self.must):
            arms.append(f"WHEN {inapplicable} THEN {Outcome.INAPPLICABLE:d}")
        if future := scope.future():
            arms.append(f"WHEN {future} THEN {Outcome.FUTURE:d}")
        arms.append(f"WHEN {must} THEN {Outcome.PASS:d} WHEN {must} IS NULL THEN {MISSING[self.missing]:d}")
        return f"CASE {' '.join(arms)} ELSE {Outcome.CONDITION:d} END"
