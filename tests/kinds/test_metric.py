"""Metrics: counts, rates, means and quantiles by group and period, against a target."""

from typing import Any

import pytest
from pydantic import ValidationError

from auditor.kinds.metric import Metric
from tests.kinds.harness import BAD, NA, Case, record

CALL = record("call", key="id", time="at", id="id", at="time", done="time", good="yesno", score="number", team="text")


def case(rule: dict[str, Any], rows: list[list[Any]], as_of: str = "2025-04-01 00:00") -> Case:
    """Calls written as ``[at, good, score, team]``."""
    table = [dict(zip(("at", "good", "score", "team"), row, strict=False)) for row in rows]
    fields = {"kind": "metric", "record": "call", "period": "month", "target": ">= 95", **rule}
    return Case(Metric, fields, [CALL], {"call": table}, as_of)


def outcomes(rule: dict[str, Any], rows: list[list[Any]], as_of: str = "2025-04-01 00:00") -> dict[str, str]:
    return {key: outcome.name for key, outcome in case(rule, rows, as_of).outcomes().items()}


def scores(*values: Any) -> list[list[Any]]:
    return [["2025-03-05 10:00", None, value] for value in values]


def answers(good: int, bad: int) -> list[list[Any]]:
    return [["2025-03-05 10:00", True]] * good + [["2025-03-05 10:00", False]] * bad


@pytest.mark.parametrize(
    ("measure", "target", "rows", "outcome"),
    [
        ({"rate": "good"}, ">= 95", answers(19, 1), "PASS"),
        ({"rate": "good"}, "> 95", answers(19, 1), "TARGET"),
        ({"rate": "good"}, ">= 95", answers(18, 1), "TARGET"),
        ({"rate": "good"}, "< 33.34", answers(1, 2), "PASS"),
        ({"mean": "score"}, ">= 0.3", scores(0.1, 0.2, 0.6), "PASS"),
        ({"mean": "score"}, "= 0.2", scores(0.1, 0.2, 0.3), "PASS"),
        ({"mean": "score"}, "= 0.1", scores(1e15, 0.3, -1e15), "PASS"),
        ({"median": "score"}, "<= 2.5", scores(4, 1, 3, 2), "PASS"),
        ({"median": "score"}, "< 2.5", scores(4, 1, 3, 2), "TARGET"),
        ({"p90": "score"}, "<= 9.1", scores(*range(1, 11)), "PASS"),
        ({"p90": "score"}, "<= 9", scores(*range(1, 11)), "TARGET"),
        ({"count": "*"}, ">= 3", scores(None, None, 1), "PASS"),
        ({"count": "*"}, ">= -1", scores(None), "PASS"),
    ],
)
def test_measures(measure: dict[str, str], target: str, rows: list[list[Any]], outcome: str) -> None:
    assert outcomes({"measure": measure, "target": target}, rows) == {"all/2025-03": outcome}


@pytest.mark.parametrize(
    ("as_of", "outcome"), [("2025-03-31 23:59:59", "RUNNING"), ("2025-04-01 00:00", "TARGET"), ("2025-05-01", "TARGET")]
)
def test_a_period_is_judged_when_it_is_over(as_of: str, outcome: str) -> None:
    assert outcomes({"measure": {"rate": "good"}}, answers(1, 1), as_of) == {"all/2025-03": outcome}


def test_what_cannot_be_measured_leaves_the_figure() -> None:
    rows = [*answers(1, 0), ["2025-03-05 10:00", None], ["2025-03-05 10:00", BAD], ["2025-03-05 10:00", NA]]
    assert outcomes({"measure": {"rate": "good is not null"}}, answers(1, 0) + rows[2:]) == {"all/2025-03": "TARGET"}
    found = case({"measure": {"rate": "good"}}, rows).details()["all/2025-03"]
    assert (found["count"], found["figure"]) == (1, 100.0)


@pytest.mark.parametrize(("needed", "outcome"), [(2, "PASS"), (3, "TOO_FEW_CASES")])
def test_too_few_cases_are_no_figure(needed: int, outcome: str) -> None:
    rows = [*answers(2, 0), ["2025-03-05 10:00", None]]
    assert outcomes({"measure": {"rate": "good"}, "min_sample": needed}, rows) == {"all/2025-03": outcome}


def test_nothing_measured_is_no_figure() -> None:
    assert outcomes({"measure": {"mean": "score"}}, scores(None)) == {"all/2025-03": "TOO_FEW_CASES"}
    assert outcomes({"measure": {"mean": "score"}}, []) == {}


def test_groups_and_periods() -> None:
    rows = [
        ["2025-01-31 23:59", True, None, "甲"],
        ["2025-02-01 00:00", False, None, "甲"],
        ["2025-02-01 00:00", True, None, "乙"],
        ["2025-02-01 00:00", False, None, None],
        [None, False, None, "乙"],
        ["2025-04-01 00:01", False, None, "乙"],
    ]
    rule = {"measure": {"rate": "good"}, "per": "team"}
    assert outcomes(rule, rows) == {"甲/2025-01": "PASS", "甲/2025-02": "TARGET", "乙/2025-02": "PASS"}


def test_only_rows_surely_in_scope_count() -> None:
    rows = [
        ["2025-03-05 10:00", True, 1],
        ["2025-03-05 10:00", False, None],
        ["2025-03-05 10:00", False, 0],
        ["2025-03-05 10:00", False, 5],
    ]
    excuse = [{"if": "score = 5", "because": {"zh": "演练", "en": "An exercise"}}]
    rule = {"measure": {"rate": "good"}, "when": "score > 0", "unless": excuse}
    assert outcomes(rule, rows) == {"all/2025-03": "PASS"}


def test_seconds_of_thirds_of_minutes_add_up() -> None:
    table = [{"at": "2025-03-05 10:00", "done": f"2025-03-05 10:0{m}:20"} for m in (0, 0, 2)]
    minutes = {"mean": "minutes(done - at)"}
    rule = {"kind": "metric", "record": "call", "measure": minutes, "period": "week", "target": ">= 1"}
    assert Case(Metric, rule, [CALL], {"call": table}, "2025-04-01").verdicts() == {"all/2025-W10": "pass"}


def test_what_a_finding_says() -> None:
    rows = [["2025-03-05 10:00", False, None, "甲"], ["2025-03-05 10:00", True, None, "甲"]]
    found = case({"measure": {"rate": "good"}, "per": "team", "subject": "team"}, rows).details()["甲/2025-03"]
    said = {
        "subject": "甲", "figure": 50.0, "count": 2, "needed": 1, "target": ">= 95", "measure": "rate",
        "occurred_at": "2025-03-01 00:00", "due_at": "2025-03-31 23:59:59",
    }  # fmt: skip
    assert {name: found[name] for name in said} == said


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ({"target": "95"}, "The target '95' is not a comparison with a number"),
        ({"period": "7d"}, "'7d' is not a period"),
        ({"measure": {}}, "A measure is one of"),
        ({"measure": {"count": "*", "rate": "good"}}, "A measure is one of"),
        ({"min_sample": 0}, "greater than or equal to 1"),
    ],
)
def test_mistakes_of_form(field: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        case({"measure": {"rate": "good"}, **field}, [])


def test_a_rate_is_of_a_condition() -> None:
    (problem,) = case({"measure": {"rate": "score"}}, []).mistakes()
    assert problem.where.file == "measure.rate"
    assert problem.what == "The expression gives a number where a yes/no is needed."
