"""Rows against what was sent, where no workbook is needed to say it."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.location import Location
from auditor.report.reviewsheet import COLUMNS, EDITABLE, mark
from auditor.review.imports import Taken, take
from auditor.review.judge import Terms
from auditor.review.oneself import may_be
from auditor.review.returned import Row
from auditor.review.sent import Sent, SentFinding

TERMS = Terms(date(2025, 3, 31), lambda _: 90)
CELLS = {"rule": "SHOP-CL-01", "key": "S7", "sentence": "检查项不合格:地面。"}
OTHER = {**CELLS, "sentence": "检查项不合格:门窗。"}
WAIVE = {
    "decision": "豁免", "opinion": "已整改", "expires": "2025-06-30", "reviewer": "王芳", "reviewed-on": "2025-04-02",
}  # fmt: skip


def finding(key: str, cells: dict[str, str]) -> SentFinding:
    written = "".join(mark(key if column == "fingerprint" else cells.get(column)) for column in COLUMNS)
    return SentFinding(key, "SHOP-CL-01", ("S7",), "张敏", ("A017", "敏敏"), "e1", written)


SENT = Sent(date(2025, 3, 31), {"a": finding("a", CELLS), "b": finding("b", OTHER), "c": finding("c", OTHER)})


def taken(*rows: dict[str, object]) -> Taken:
    found = (Row(Location("r.xlsx", row=line), cells) for line, cells in enumerate(rows, start=2))
    return take(found, SENT, [], TERMS, "f")


def codes(found: Taken) -> list[str]:
    return [one.code for row in found.rejected for one in row.mistakes]


def test_the_number_of_another_item_of_the_same_sheet_is_noticed() -> None:
    assert codes(taken({"fingerprint": "a", **OTHER, **WAIVE})) == ["key-edited"]
    assert codes(taken({"fingerprint": "a", **CELLS, **WAIVE})) == []


@pytest.mark.parametrize("key", ["b", "c"])
def test_findings_that_look_alike_are_each_their_own(key: str) -> None:
    assert [one.finding_key for one in taken({"fingerprint": key, **OTHER, **WAIVE}).accepted] == [key]


def test_a_rule_says_how_long_its_findings_can_be_waived() -> None:
    days = {"2025-07-01": [], "2025-07-02": ["expiry-beyond"]}
    for last, said in days.items():
        assert codes(taken({"fingerprint": "a", **CELLS, **WAIVE, "expires": last})) == said


def test_a_copy_that_contradicts_what_the_report_came_with() -> None:
    row = {"fingerprint": "a", **CELLS, **WAIVE}
    written = "".join(mark(row.get(column)) for column in COLUMNS)
    one = SentFinding("a", "SHOP-CL-01", ("S7",), "张敏", (), "e1", written)
    rows = [Row(Location("r.xlsx", row=line), cells) for line, cells in ((2, row), (3, {**row, "decision": "确认"}))]
    sent = Sent(SENT.day, {"a": one})
    assert codes(take(rows, sent, [], TERMS, "f")) == ["key-twice", "key-twice"]
    assert (take(rows[:1], sent, [], TERMS, "f").unchanged, take(rows[1:], sent, [], TERMS, "f").unchanged) == (1, 0)


def test_an_answer_needs_all_of_its_cells_and_a_row_without_any_is_none() -> None:
    assert codes(taken({"fingerprint": "a", **CELLS})) == []
    assert codes(taken({"fingerprint": "a", **CELLS, EDITABLE[1]: " "})) == []
    assert codes(taken({"fingerprint": "a", **CELLS, "reviewer": "王芳"})) == ["decision-missing", "date-missing"]


# reviewer, subject, other names of the subject, whether they may be the same person
PEOPLE = [
    ("张敏", "张敏", (), True), ("張 敏", "张敏", (), True), ("张敏（店长）", "张敏", (), True),
    ("A017", "张敏", ("A017",), True), ("a017 张敏", "张敏", ("A017",), True), ("敏敏", "张敏", ("A017", "敏敏"), True),
    ("张敏", "张敏（A017）", (), True), ("张敏（A017）", "张敏", (), True), ("张敏（B02）", "张敏（A017）", (), False),
    ("张敏（B02）", "张敏", ("A017",), False), ("王芳", "张敏", ("A017",), False),
    ("王芳（店长）", "张敏（店长）", (), False),
    ("", "张敏", (), False), ("王芳", "", (), False), ("李明(A017)", "张敏", ("A017",), True),
]  # fmt: skip


@pytest.mark.parametrize(("reviewer", "subject", "names", "same"), PEOPLE)
def test_96_who_may_be_whom(reviewer: str, subject: str, names: tuple[str, ...], same: bool) -> None:
    assert may_be(reviewer, subject, names) is same
