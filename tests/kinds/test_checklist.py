"""Checklists: items of sheets, their score, what is put right, and what does not apply."""

from typing import Any

import pytest
from pydantic import ValidationError

from auditor.kinds.checklist import Checklist
from tests.kinds.harness import BAD, NA, Case, record

ROW = record(
    "inspection", key=None, time="inspected_at", sheet_id="id", item_code="id", item_name="text", result="yesno",
    inspected_at="time", rectified_at="time", staff="person",
)  # fmt: skip
DAY = "2025-03-05 10:00"


def item(code: str, zh: str, **rest: Any) -> dict[str, Any]:
    return {"code": code, "title": {"zh": zh, "en": f"The {code}"}, "covers": [f"T-{code}"], **rest}


ITEMS = [item("neat", "着装整齐", weight=30), item("smile", "微笑服务", weight=20), item("clean", "干净", weight=50)]


def case(rule: dict[str, Any], rows: list[dict[str, Any]], as_of: str = "2025-03-31", lacking: Any = {}) -> Case:  # noqa: B006
    table = [{"sheet_id": "S1", "inspected_at": DAY, **row} for row in rows]
    fields = {"kind": "checklist", "items": ITEMS, **rule}
    return Case(Checklist, fields, [ROW], {"inspection": table}, as_of, lacking=lacking)


def outcomes(rule: dict[str, Any], rows: list[dict[str, Any]], as_of: str = "2025-03-31") -> dict[str, str]:
    return {key: outcome.name for key, outcome in case(rule, rows, as_of).outcomes().items()}


def sheet(**results: Any) -> list[dict[str, Any]]:
    """One sheet with these results by item code."""
    return [{"item_code": code, "result": result} for code, result in results.items()]


def test_items() -> None:
    rows = [*sheet(neat=True, smile=False, clean=NA, window=False), {"sheet_id": "S2", "item_code": "neat"}]
    rows += [{"sheet_id": "S2", "item_code": "smile", "result": BAD}]
    rows += [{"sheet_id": None, "item_code": "neat", "result": True}]
    assert outcomes({}, rows) == {
        "S1/neat": "PASS", "S1/smile": "ITEM", "S1/clean": "INAPPLICABLE",
        "S2/neat": "UNANSWERED", "S2/smile": "UNREADABLE", "row 8/neat": "PASS",
    }  # fmt: skip
    assert outcomes({"unanswered": "fail"}, sheet(neat=None)) == {"S1/neat": "UNANSWERED_FAIL"}


@pytest.mark.parametrize(
    ("by", "code", "name", "key"),
    [
        ("code", "neat", "微笑服务", "S1/neat"),
        ("code", None, "微笑服务", "S1/smile"),
        ("code", None, " 微笑服务 ", "S1/smile"),
        ("code", None, "The smile", "S1/smile"),
        ("code", None, "2、 微笑 服务。", "S1/smile"),
        ("name", None, "①微笑服務", "S1/smile"),
        ("code", None, "the SMILE", "S1/smile"),
        ("code", None, "微笑", None),
        ("code", "9", "微笑服务", None),
        ("name", "neat", "微笑服务", "S1/smile"),
        ("name", "neat", None, None),
        ("code", None, None, None),
    ],
)
def test_which_item_a_row_answers(by: str, code: str | None, name: str | None, key: str | None) -> None:
    found = outcomes({"match_by": by}, [{"item_code": code, "item_name": name, "result": True}])
    assert found == ({key: "PASS"} if key else {})


def test_items_of_all_checklists_share_the_scan_of_the_record() -> None:
    assert case({}, []).judgement().source == '"main"."inspection"'


def test_scope_and_exceptions() -> None:
    rows = [{"item_code": "neat", "result": False, "staff": staff} for staff in ("张敏", "李强", None)]
    for number, row in enumerate(rows):
        row["sheet_id"] = f"S{number + 1}"
    assert outcomes({"when": "staff = '张敏'"}, rows) == {"S1/neat": "ITEM", "S3/neat": "SCOPE_UNKNOWN"}
    unless = [{"if": "staff = '李强'", "because": {"zh": "新人", "en": "New"}}]
    expected = {"S1/neat": "ITEM", "S2/neat": "EXCEPTION", "S3/neat": "EXCEPTION_UNKNOWN"}
    assert outcomes({"unless": unless}, rows) == expected
    rows[2]["result"] = True
    assert outcomes({"unless": unless}, rows)["S3/neat"] == "PASS"


@pytest.mark.parametrize(
    ("inspected", "rectified", "as_of", "outcome"),
    [
        (DAY, "2025-03-06 10:00", "2025-03-31", "PASS"),
        (DAY, "2025-03-06 10:01", "2025-03-31", "ITEM"),
        (DAY, None, "2025-03-06 10:00", "RECTIFYING"),
        (DAY, None, "2025-03-06 10:01", "ITEM"),
        (DAY, "2025-03-06 09:00", "2025-03-05 12:00", "RECTIFYING"),
        (DAY, "2025-03-05 09:00", "2025-03-31", "ITEM"),
        (DAY, "2025-03-06", "2025-03-31", "DATE_ONLY"),
        ("2025-03-05", None, "2025-03-31", "DATE_ONLY"),
        (None, "2025-03-06 09:00", "2025-03-31", "START_MISSING"),
        (DAY, BAD, "2025-03-31", "UNREADABLE"),
        (DAY, None, "2025-03-04", "FUTURE"),
    ],
)
def test_what_is_put_right_in_time(inspected: Any, rectified: Any, as_of: str, outcome: str) -> None:
    row = {"item_code": "neat", "result": False, "inspected_at": inspected, "rectified_at": rectified}
    assert outcomes({"rectify_within": "24h"}, [row], as_of) == {"S1/neat": outcome}


@pytest.mark.parametrize(
    ("method", "mark", "rows", "score", "outcome"),
    [
        ("weighted", 80, sheet(neat=True, smile=False, clean=True), 80.0, "PASS"),
        ("weighted", 80.01, sheet(neat=True, smile=False, clean=True), 80.0, "SCORE"),
        ("weighted", 60, sheet(neat=True, smile=False, clean=NA), 60.0, "PASS"),
        ("weighted", 61, sheet(neat=True, smile=False, clean=NA), 60.0, "SCORE"),
        ("weighted", 60, sheet(neat=NA, smile=NA), None, "NO_SCORE"),
        ("weighted", 60, sheet(neat=None, clean=True), 100.0, "UNANSWERED"),
        ("weighted", 60, sheet(neat=None, clean=False), 37.5, "SCORE"),
        ("deduct", 70, sheet(neat=False, smile=True, clean=NA), 70.0, "PASS"),
        ("deduct", 71, sheet(neat=False, smile=True, clean=NA), 70.0, "SCORE"),
        ("deduct", 70, sheet(neat=False) + sheet(neat=False), 70.0, "PASS"),
        ("deduct", 0, sheet(neat=False, smile=False, clean=False), 0.0, "PASS"),
        ("deduct", 60, sheet(neat=NA), None, "NO_SCORE"),
    ],
)
def test_scores(method: str, mark: float, rows: list[dict[str, Any]], score: float | None, outcome: str) -> None:
    judged = case({"score": method, "pass_mark": mark}, rows)
    found = judged.details()["S1/score"]
    assert (found["score"], found["pass_mark"]) == (score, mark)
    unique = {row["item_code"]: row for row in rows}
    assert outcomes({"score": method, "pass_mark": mark}, list(unique.values()))["S1/score"] == outcome


def test_a_critical_item_gates_the_sheet_and_keeps_the_score() -> None:
    items = [item("neat", "着装整齐", weight=1, critical="sheet"), item("smile", "微笑", weight=99, critical="item")]
    rule = {"items": items, "score": "weighted", "pass_mark": 60}
    assert outcomes(rule, sheet(neat=False, smile=True))["S1/score"] == "SCORE"
    assert case(rule, sheet(neat=False, smile=True)).details()["S1/score"]["score"] == 99.0
    assert outcomes({**rule, "pass_mark": 1}, sheet(neat=True, smile=False))["S1/score"] == "PASS"
    assert outcomes(rule, sheet(neat=None, smile=True))["S1/score"] == "UNANSWERED"


def test_a_score_waits_for_what_may_still_be_put_right() -> None:
    rule = {"pass_mark": 80, "rectify_within": "24h"}
    expected = {"S1/neat": "RECTIFYING", "S1/score": "RECTIFYING"}
    assert outcomes(rule, sheet(neat=False), "2025-03-05 12:00") == expected
    assert outcomes(rule, sheet(neat=False), "2025-03-07 12:00") == {"S1/neat": "ITEM", "S1/score": "SCORE"}


def test_points_stop_at_the_weight_of_the_item() -> None:
    rows = [{"item_code": "neat", "result": False}] * 4
    rule = {"items": [item("neat", "着装整齐", weight=10, points=4)], "pass_mark": 60}
    assert case(rule, rows[:2]).details()["S1/score"]["score"] == 92.0
    assert case(rule, rows).details()["S1/score"]["score"] == 90.0


def test_each_sheet_has_its_own_score() -> None:
    rows = [*sheet(neat=True), {"sheet_id": "S2", "item_code": "neat", "result": False}]
    rows += [{"sheet_id": None, "item_code": "neat"}]
    assert outcomes({"pass_mark": 80}, rows) == {
        "S1/neat": "PASS", "S1/score": "PASS", "S2/neat": "ITEM", "S2/score": "SCORE", "row 4/neat": "UNANSWERED",
    }  # fmt: skip


@pytest.mark.parametrize("mark", [{}, {"pass_mark": 100}])
def test_a_finding_is_of_its_item(mark: dict[str, Any]) -> None:
    items = [item("neat", "着装整齐", severity="critical"), {**item("smile", "微笑服务"), "covers": []}]
    rows = [{**row, "staff": "张敏"} for row in sheet(neat=False, smile=False)]
    found = case({"items": items, "subject": "staff", "rectify_within": "24h", **mark}, rows).details()
    neat, smile = found["S1/neat"], found["S1/smile"]
    assert (neat["severity"], neat["clause"], neat["item"]) == ("critical", "T-neat", "neat")
    assert (smile["severity"], smile["clause"], smile["item"]) == ("major", "T-1", "smile")
    assert (neat["subject"], neat["occurred_at"], neat["due_at"]) == ("张敏", DAY, "2025-03-06 10:00")
    assert (neat["evidence 0 inspection"], smile["evidence 0 inspection"]) == (0, 1)
    if mark:
        assert (found["S1/score"]["subject"], found["S1/score"]["severity"]) == ("张敏", "major")


def test_a_cell_that_only_names_things_hinders_nothing() -> None:
    assert outcomes({}, [{"item_code": "neat", "item_name": BAD, "result": True}]) == {"S1/neat": "PASS"}


def test_a_record_without_codes_goes_by_name() -> None:
    rows = [{"item_name": "着装整齐", "result": True}]
    assert case({}, rows, lacking={"inspection": {"item_code"}}).verdicts() == {"S1/neat": "pass"}


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([item("a", "一"), item("a", "二")], "Two items are called 'a'"),
        ([item("a", "一"), item("b", "一")], "Two items are called '一'"),
        ([item("a", "着装"), item("b", "2. 着装。")], "Two items are called '着装'"),
        ([], "at least 1 item"),
    ],
)
def test_items_are_told_apart(items: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        case({"items": items}, [])


def test_a_result_is_yes_or_no() -> None:
    (problem,) = case({"result": "item_name"}, []).mistakes()
    assert problem.what == "The column 'item_name' holds a text, not a yes/no."
