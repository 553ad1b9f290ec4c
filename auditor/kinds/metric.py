"""Metric: a figure over many rows that must reach a target in every period."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from auditor.condition import Value, ValueType
from auditor.kinds.carried import joined
from auditor.kinds.judgement import Judgement
from auditor.kinds.outcome import Outcome
from auditor.kinds.periods import Periods, read_every
from auditor.kinds.rule import Frozen, Rule, Words
from auditor.kinds.scope import Scope
from auditor.mistake import Mistake

_TARGET = re.compile(r"\s*(>=|<=|>|<|=)\s*(-?[0-9]+(?:\.[0-9]+)?)\s*")

EXACT = "DECIMAL(38, 9)"
"""Values are added up in this type, so that their order cannot change the sum."""


class Measure(Frozen):
    """Exactly one of: a count of rows, a rate in percent, a mean, a median or a ninetieth percentile."""

    count: Literal["*"] | None = None
    rate: str | None = None
    mean: str | None = None
    median: str | None = None
    p90: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1 or None in [getattr(self, name) for name in self.model_fields_set]:
            raise Mistake("A measure is one of count, rate, mean, median and p90.", "Write e.g. `{rate: replied}`.")
        return self

    @property
    def what(self) -> str:
        """Which of them it is."""
        return next(iter(self.model_fields_set))

    @property
    def expression(self) -> str:
        """What is measured of each row."""
        return str(getattr(self, self.what))


class Metric(Rule):
    """In each period, for each ``per``, the ``measure`` of the rows in scope must meet the ``target``."""

    words: ClassVar[Words] = Words(zh="指标", en="metric")

    kind: Literal["metric"]
    record: str
    measure: Measure
    per: str | None = None
    period: Literal["week", "month", "quarter", "year"]
    at: str | None = None
    target: str
    min_sample: int = Field(default=1, ge=1)

    @field_validator("period", mode="before")
    @classmethod
    def _period(cls, value: Any) -> str:
        return read_every(str(value), days=False)

    @field_validator("target")
    @classmethod
    def _comparison(cls, value: str) -> str:
        if not _TARGET.fullmatch(value):
            raise Mistake(f"The target '{value}' is not a comparison with a number.", "Write e.g. '>= 95'.")
        return value

    def judged_record(self) -> str:
        """The record whose rows are measured."""
        return self.record

    def judge(self, scope: Scope) -> Judgement:
        """One obligation for each group and period in which any row is in scope."""
        value = self._value(scope)
        subject, kind = scope.subject()
        source = self._figures(scope, value, subject)
        periods = Periods(self.period)
        label, end = periods.label("r._period"), periods.last_second(scope.calendar, "r._period")
        return Judgement(
            source=source,
            joins=(),
            outcome=self._verdict(scope),
            key=f"(r._per || '/' || {label})",
            record=self.record,
            subject="r._subject",
            subject_kind=kind,
            owed=label,
            occurred_at=periods.begins(scope.calendar, "r._period"),
            due_at=end,
            breach_after=end,
            seen={"figure": "r._figure", "count": "r._count", "needed": str(self.min_sample), "group": "r._per",
                  "target": f"'{self.target}'", "measure": f"'{self.measure.what}'"},
        )  # fmt: skip

    def _verdict(self, scope: Scope) -> str:
        over = Periods(self.period).over(scope.calendar, "r._period", scope.as_of)
        found = _TARGET.fullmatch(self.target)
        assert found is not None
        arms = [
            f"WHEN NOT {over} THEN {Outcome.RUNNING:d}",
            f"WHEN r._count < {self.min_sample} THEN {Outcome.TOO_FEW_CASES:d}",
            f"WHEN r._figure {found[1]} CAST({found[2]} AS DOUBLE) THEN {Outcome.PASS:d}",
        ]
        return f"CASE {' '.join(arms)} ELSE {Outcome.TARGET:d} END"

    def _value(self, scope: Scope) -> str:
        """SQL of what is measured of a row; NULL where a cell it reads is empty or could not be read."""
        if self.measure.what == "count":
            return "1"
        outside = dict(scope.row.read)
        scope.row.read = {}
        kind = ValueType.YESNO if self.measure.what == "rate" else ValueType.NUMBER
        value = scope.expression(self.measure.expression, ("measure", self.measure.what), kind).sql
        unreadable = scope.unreadable()
        scope.row.read = {**outside, **scope.row.read}
        return f"CASE WHEN {unreadable} THEN NULL ELSE {value} END" if unreadable else value

    def _figures(self, scope: Scope, value: str, subject: str) -> str:
        """One row for each group and period: its number of values and its figure, rounded to a millionth."""
        at = self._at(scope)
        per = f"CAST({scope.column(self.per, ('per',)).sql} AS VARCHAR)" if self.per else "'all'"
        tests = [f"{at.sql} <= {scope.as_of}", f"{per} IS NOT NULL", *([scope.when] if scope.when else [])]
        tests += [f"NOT coalesce({exemption}, FALSE)" for exemption in scope.exemptions]
        period = Periods(self.period).ordinal(scope.local_day(at.sql))
        rows = (
            f"SELECT {per} AS _per, {period} AS _period, {value} AS _value, {subject} AS _subject"
            f" FROM {joined(scope)} WHERE {' AND '.join(tests)}"
        )
        return (
            "(SELECT _per, _period, count(_value) AS _count,"
            f" round({_figure(self.measure.what)}, 6) AS _figure,"
            " CASE WHEN min(_subject) = max(_subject) THEN min(_subject) END AS _subject,"
            f" row_number() OVER (ORDER BY _per, _period) AS _row FROM ({rows}) GROUP BY _per, _period)"
        )

    def _at(self, scope: Scope) -> Value:
        name = self.at or scope.row.table.record.time
        if not name:
            what = f"'{self.record}' has no time of its own."
            scope.mistake(("record",), "no-time", what, "Name the time that places a row in a period with `at`.")
            return Value("NULL", ValueType.TIME)
        return scope.column(name, ("at",), ValueType.TIME)


def _figure(what: str) -> str:
    """The aggregate of ``_value`` as DOUBLE; NULL where there is no value."""
    if what == "count":
        return "CAST(count(_value) AS DOUBLE)"
    if what == "rate":
        return "CAST(100 * count_if(_value) AS DOUBLE) / nullif(count(_value), 0)"
    if what == "mean":
        return f"CAST(sum(CAST(_value AS {EXACT})) AS DOUBLE) / nullif(count(_value), 0)"
    return f"quantile_cont(CAST(_value AS DOUBLE), {'0.5' if what == 'median' else '0.9'})"
