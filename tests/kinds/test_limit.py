"""Limits: what is forbidden, what is allowed so often in a window, and what cannot be counted."""

from typing import Any

import pytest
from pydantic import ValidationError

from auditor.kinds.limit import Limit
from tests.kinds.harness import BAD, Case, record

SLIP = record(
    "slip", key="slip_id", time="at", slip_id="id", at="time", sort="text", person="person", shop="text", proven="yesno"
)


def case(rule: dict[str, Any], rows: list[list[Any]], as_of: str = "2025-03-31 12:00") -> Case:
    """Slips written as ``[id, at, sort, person]``."""
    table = [dict(zip(("slip_id", "at", "sort", "person"), row, strict=False)) for row in rows]
    fields = {"kind": "limit", "of": {"record": "slip"}, "at_most": 0, **rule}
    return Case(Limit, fields, [SLIP], {"slip": table}, as_of)


def outcomes(rule: dict[str, Any], rows: list[list[Any]], as_of: str = "2025-03-31 12:00") -> dict[str, str]:
    return {key: outcome.name for key, outcome in case(rule, rows, as_of).outcomes().items()}


LATE = {"of": {"record": "slip", "where": "sort = '迟到'"}}


def test_what_is_forbidden_fails_each_time() -> None:
    rows = [
        ["E1", "2025-03-05 10:00", "迟到"],
        ["E2", "2025-03-06 10:00", "早退"],
        ["E3", "2025-03-07 10:00", None],
        ["E4", "2025-03-07 10:00", BAD],
        [None, "2025-03-07 10:00", "迟到"],
    ]
    expected = {"E1": "FORBIDDEN", "E3": "SCOPE_UNKNOWN", "E4": "UNREADABLE", "row 6": "FORBIDDEN"}
    assert outcomes(LATE, rows) == expected


def test_forbidden_acts_are_judged_on_the_record_itself() -> None:
    assert case(LATE, []).judgement().source == '"main"."slip"'


def test_a_scope_narrows_what_is_forbidden() -> None:
    rows = [["E1", None, "迟到", "张敏"], ["E2", None, "迟到", "李强"], ["E3", None, "迟到", None]]
    assert outcomes({**LATE, "when": "person = '张敏'"}, rows) == {"E1": "FORBIDDEN", "E3": "SCOPE_UNKNOWN"}


def test_exceptions() -> None:
    because = {"zh": "有原因", "en": "There was a reason"}
    unless = [{"if": "proven", "because": because}, {"if": "person = '张敏'", "because": because}]
    rows = [["E1", None, "迟到", "张敏"], ["E2", None, "迟到", "李强"]]
    assert outcomes({**LATE, "unless": unless}, rows) == {"E1": "EXCEPTION", "E2": "EXCEPTION_UNKNOWN"}


MONTHLY = {"at_most": 2, "per": "person", "window": "month"}


@pytest.mark.parametrize(
    ("as_of", "held"),
    [("2025-03-31 23:59:59", "RUNNING"), ("2025-04-01 00:00", "PASS")],
)
def test_a_month_holds_when_it_is_over(as_of: str, held: str) -> None:
    rows = [["E1", "2025-03-01 00:00", "迟到", "张敏"], ["E2", "2025-03-31 08:00", "迟到", "张敏"]]
    assert outcomes(MONTHLY, rows, as_of) == {"张敏/2025-03": held}


def test_each_surplus_occurrence_fails_in_the_order_of_time() -> None:
    rows = [
        ["E4", "2025-03-20 10:00", "迟到", "张敏"],
        ["E1", "2025-03-03 10:00", "迟到", "张敏"],
        ["E3", "2025-03-05 10:00", "迟到", "张敏"],
        ["E2", "2025-03-05 10:00", "迟到", "张敏"],
        ["E5", "2025-03-05 10:00", "迟到", "李强"],
        ["E6", "2025-02-28 23:59", "迟到", "张敏"],
    ]
    expected = {"E4": "SURPLUS", "E2": "SURPLUS", "李强/2025-03": "RUNNING", "张敏/2025-02": "PASS"}
    assert outcomes(MONTHLY, rows) == expected


def test_what_cannot_be_counted_is_unknown_and_counts_nowhere() -> None:
    rows = [
        ["E1", "2025-03-03 10:00", "迟到", "张敏"],
        ["E2", None, "迟到", "张敏"],
        ["E3", "2025-03-04 10:00", "迟到", None],
        ["E4", BAD, "迟到", "张敏"],
        ["E5", "2025-03-31 13:00", "迟到", "张敏"],
    ]
    expected = {
        "张敏/2025-03": "RUNNING", "E2": "TIME_MISSING", "E3": "GROUP_MISSING", "E4": "UNREADABLE", "E5": "FUTURE",
    }  # fmt: skip
    assert outcomes({**MONTHLY, "at_most": 1}, rows) == expected


@pytest.mark.parametrize(
    ("window", "label"),
    [("week", "2025-W01"), ("month", "2024-12"), ("quarter", "2024-Q4"), ("year", "2024")],
)
def test_labels_of_windows(window: str, label: str) -> None:
    assert outcomes({"at_most": 1, "window": window}, [["E1", "2024-12-31 10:00"]]) == {f"all/{label}": "PASS"}


def test_nothing_in_a_window_allowed() -> None:
    rows = [["E1", "2025-03-03 10:00"], ["E2", "2025-03-03 10:00"]]
    assert outcomes({"at_most": 0, "window": "week"}, rows) == {"E1": "SURPLUS", "E2": "SURPLUS"}


def test_a_repeat_has_the_same_fields() -> None:
    rule = {"at_most": 1, "per": ["person"], "same": ["sort"], "window": "year"}
    rows = [
        ["E1", "2025-01-03 10:00", "迟到", "张敏"],
        ["E2", "2025-02-03 10:00", "早退", "张敏"],
        ["E3", "2025-03-03 10:00", "迟到", "张敏"],
        ["E4", "2025-03-03 10:00", "迟到", "李强"],
    ]
    assert outcomes(rule, rows) == {"E3": "SURPLUS", "张敏/2025": "RUNNING", "李强/2025": "RUNNING"}


def test_without_a_window_the_count_never_closes() -> None:
    rows = [["E1", None], ["E2", "2025-03-03 10:00"], ["E3", "2025-03-02 10:00"]]
    assert outcomes({"at_most": 3}, rows) == {"all/all": "RUNNING"}
    assert outcomes({"at_most": 2}, rows) == {"E2": "SURPLUS"}


@pytest.mark.parametrize(
    ("third", "outcome"),
    [("2025-03-31 10:00", "SURPLUS"), ("2025-04-01 09:59:59", "SURPLUS"), ("2025-04-01 10:00", "PASS")],
)
def test_a_sliding_window_ends_at_each_occurrence(third: str, outcome: str) -> None:
    rows = [["E1", "2025-03-02 10:00", "", "张敏"], ["E2", "2025-03-10 10:00", "", "张敏"], ["E3", third, "", "张敏"]]
    found = outcomes({"at_most": 2, "per": "person", "window": "30d"}, rows, "2025-06-01 00:00")
    assert found == {"E1": "PASS", "E2": "PASS", "E3": outcome}


def test_occurrences_of_one_instant_count_in_the_order_of_rows() -> None:
    rows = [["E2", "2025-03-02 10:00"], ["E1", "2025-03-02 10:00"], ["E3", "2025-03-02 10:00"]]
    assert outcomes({"at_most": 2, "window": "7d"}, rows) == {"E2": "PASS", "E1": "PASS", "E3": "SURPLUS"}


def test_what_a_finding_says() -> None:
    rows = [["E1", "2025-03-03 10:00", "迟到", "张敏"], ["E2", "2025-03-04 10:00", "迟到", "张敏"]]
    found = case({**MONTHLY, "at_most": 1, "subject": "person"}, rows).details()["E2"]
    said = {"subject": "张敏", "occurred_at": "2025-03-04 10:00", "count": 2, "at_most": 1, "group": "张敏"}
    assert {name: found[name] for name in said} == said
    assert found["evidence 0 slip"] == 1


@pytest.mark.parametrize("window", ["day", "0d", "30", "fortnight"])
def test_a_window_has_a_name(window: str) -> None:
    with pytest.raises(ValidationError, match=f"'{window}' is not a period."):
        case({"window": window}, [])


def test_a_window_needs_a_time() -> None:
    timeless = record("slip", key="slip_id", time=None, slip_id="id")
    rule = {"kind": "limit", "of": {"record": "slip"}, "at_most": 1, "window": "week"}
    (problem,) = Case(Limit, rule, [timeless], {"slip": []}, "2025-03-31").mistakes()
    assert str(problem) == "of: 'slip' has no time of its own. Name the time of the occurrence with `at`."
