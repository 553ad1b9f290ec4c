"""Checklist: every item of every inspection sheet, and the score of the sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from auditor.condition import Value, ValueType
from auditor.condition.emit import quoted
from auditor.duration import Duration
from auditor.kinds.carried import carry, joined
from auditor.kinds.clock import ClockOptions, Timing
from auditor.kinds.items import Item, join_items, repeated
from auditor.kinds.judgement import Join, Judgement, NotChecked
from auditor.kinds.outcome import Outcome
from auditor.kinds.rectify import Rectification
from auditor.kinds.rule import Rule, Words, durations
from auditor.kinds.scope import Scope
from auditor.kinds.score import score_sheets
from auditor.mistake import Mistake

NAMING = ("sheet_id", "item_code", "item_name")
"""The columns that say which sheet and item a row is about."""


class Checklist(Rule):
    """Each row of a sheet that answers one of ``items`` must say yes; with ``pass_mark`` each sheet has a score."""

    words: ClassVar[Words] = Words(zh="检查表", en="checklist")

    kind: Literal["checklist"]
    sheet: str = "inspection"
    items: tuple[Item, ...] = Field(min_length=1)
    result: str = "result"
    score: Literal["deduct", "weighted"] = "deduct"
    pass_mark: float | None = Field(default=None, ge=0, le=100)
    rectify_within: Duration | None = None
    unanswered: Literal["fail", "unknown"] = "unknown"
    match_by: Literal["code", "name"] = "code"

    _read = durations("rectify_within")

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if name := repeated(self.items):
            raise Mistake(f"Two items are called '{name}'.", "Give each item its own code and wording.", "items")
        return self

    def item_title(self, code: str, lang: Literal["zh", "en"]) -> str:
        """The wording of an item of the sheet."""
        titles = {item.code: item.title for item in self.items}
        return getattr(titles[code], lang) if code in titles else code

    def judged_record(self) -> str:
        """The record that holds the rows of the sheets."""
        return self.sheet

    def judge(self, scope: Scope) -> Judgement:
        """One obligation for each answered item, and one for the score of each sheet if it has a mark."""
        items = self.answered(scope)
        scope.joins[items.alias] = items
        owed = f"({items.alias}.code IS NOT NULL)"
        scope.when = f"({owed} AND {scope.when})" if scope.when else owed
        rectification = self._rectification(scope)
        outcome = self._outcome(scope, rectification)
        judged = self._judged(scope, items.alias, outcome, rectification.timing if rectification else None)
        return judged if self.pass_mark is None else self._scored(scope, judged, items.alias)

    def _judged(self, scope: Scope, item: str, outcome: str, timing: Timing | None) -> Judgement:
        for column in sorted(scope.row.table.columns.intersection(NAMING)):
            scope.row.value(None, column)
        sheet = _cell(scope, "sheet_id")
        subject, kind = scope.subject()
        return Judgement(
            source=scope.source,
            joins=(*scope.joins.values(), *(timing.joins if timing else ())),
            details=tuple(timing.details) if timing else (),
            outcome=outcome,
            scope=scope.when,
            key=f"(coalesce({sheet}, 'row ' || CAST(r._line AS VARCHAR)) || '/' || {item}.code)",
            record=self.sheet,
            subject=subject,
            subject_kind=kind,
            owed=f"{item}.code",
            occurred_at=scope.occurred(),
            due_at=timing.due_at if timing else "NULL",
            breach_after=timing.breach_after if timing else "NULL",
            severity=f"coalesce({item}.severity, {quoted(self.severity)})",
            clause=f"coalesce({item}.clause, {_first(self.covers)})",
            item=f"{item}.code",
            seen={"sheet": sheet},
            evidence=scope.evidence(),
        )

    def answered(self, scope: Scope) -> Join:
        """The join of the item that each row answers; its ``code`` is NULL where a row answers none of ours."""
        code, name = _cell(scope, "item_code"), _cell(scope, "item_name")
        if code == name == "NULL":
            raise NotChecked("column-missing", f"{self.sheet}.item_code")
        return join_items(self.items, scope.source, code, name, self.match_by)

    def _rectification(self, scope: Scope) -> Rectification | None:
        if self.rectify_within is None:
            return None
        found = scope.column("inspected_at", ("rectify_within",), ValueType.TIME)
        done = scope.column("rectified_at", ("rectify_within",), ValueType.TIME)
        return Rectification(scope, ClockOptions(self.rectify_within), found, done)

    def _outcome(self, scope: Scope, rectification: Rectification | None) -> str:
        result = scope.column(self.result, ("result",), ValueType.YESNO)
        unanswered = Outcome.UNANSWERED_FAIL if self.unanswered == "fail" else Outcome.UNANSWERED
        missed = rectification.verdict if rectification else f"{Outcome.ITEM:d}"
        arms = [f"WHEN {result.sql} THEN {Outcome.PASS:d}", f"WHEN {result.sql} IS NULL THEN {unanswered:d}"]
        if inapplicable := scope.row.inapplicable([self.result]):
            arms.insert(0, f"WHEN {inapplicable} THEN {Outcome.INAPPLICABLE:d}")
        return self.guarded(scope, f"CASE {' '.join(arms)} ELSE {missed} END", passes=_met(result))

    def _scored(self, scope: Scope, judged: Judgement, item: str) -> Judgement:
        """The same obligations as rows of a relation, so that the scores can stand beside them."""
        assert self.pass_mark is not None
        carried = carry(scope)
        columns = {
            "_outcome": judged.outcome,
            "_sheet": _cell(scope, "sheet_id"),
            "_name": judged.key,
            **{f"_{name}": f"{item}.{name}" for name in ("code", "weight", "points", "gates")},
            "_at": judged.occurred_at,
            "_severity": judged.severity,
            "_clause": judged.clause,
            "_due": judged.due_at,
            "_breach": judged.breach_after,
            "_score": "CAST(NULL AS DOUBLE)",
            "_order": "r._row",
        }
        picked = ", ".join([*(f"{sql} AS {name}" for name, sql in columns.items()), *carried.columns])
        timing = " ".join(join.sql for join in (*judged.joins, *judged.details) if join.alias not in scope.joins)
        answers = f"SELECT {picked} FROM {joined(scope)} {timing} WHERE coalesce({scope.when}, TRUE)"
        return replace(
            judged,
            joins=(),
            details=(),
            source=self._with_scores(answers),
            outcome="r._outcome",
            scope=None,
            key="r._name",
            subject=carried.subject,
            owed="r._code",
            occurred_at="r._at",
            due_at="r._due",
            breach_after="r._breach",
            severity="r._severity",
            clause="r._clause",
            item="r._code",
            evidence=carried.evidence,
            seen={"sheet": "r._sheet", "score": "r._score", "pass_mark": f"CAST({self.pass_mark!r} AS DOUBLE)"},
        )

    def _with_scores(self, answers: str) -> str:
        assert self.pass_mark is not None
        scores = (
            f"SELECT _outcome, _sheet, _sheet || '/score' AS _name, 'score' AS _code, _at, {quoted(self.severity)}"
            f" AS _severity, {_first(self.covers)} AS _clause, _score, _subject"
            f" FROM ({score_sheets(answers, self.score, self.pass_mark)})"
        )
        both = f"{answers} UNION ALL BY NAME {scores}"
        return f"(SELECT *, row_number() OVER (ORDER BY _order NULLS LAST, _sheet) AS _row FROM ({both}))"


def _cell(scope: Scope, column: str) -> str:
    """A column that only names things: a sheet without it can still be judged."""
    return scope.row.cell(column) if column in scope.row.table.columns else "NULL"


def _met(result: Value) -> str:
    return f"coalesce({result.sql}, FALSE)"


def _first(covers: tuple[str, ...]) -> str:
    return quoted(covers[0]) if covers else "CAST(NULL AS VARCHAR)"
