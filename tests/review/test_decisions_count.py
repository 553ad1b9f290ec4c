"""What was decided counts in the next run: as long as it lasts, and for the evidence it was about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.review.desk import SHEET, Office, decide

WAIVE = ("豁免", "客户同意延期", "2025-06-30", "王芳", "2025-04-02")
LATE = "2025-03-09 10:00"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.log({1: LATE, 2: LATE})
    office.run()
    return office


def answer(office: Office, *answers: object, line: int = 2, name: str = "back.xlsx") -> None:
    """A reviewer answers a row of the last report."""
    spoken = office.review("import", office.changed(lambda sheet: decide(sheet, line, *answers), name))
    assert (spoken.code, "接受 1 条" in spoken.stdout) == (0, True), spoken


def seen(office: Office, line: int = 0) -> tuple[Any, ...]:
    """State and answers of a finding in the last report."""
    row = office.findings()[line]
    days = (str(row["豁免到期"])[:10], str(row["复核日期"])[:10])
    return row["复核状态"], row["复核决定"], row["复核意见"], days[0], row["复核人"], days[1]


OPEN = (None, None, "None", None, "None")


def test_a_waived_finding_stays_and_is_told_apart(office: Office) -> None:
    answer(office, *WAIVE)
    spoken = office.run("--lang", "zh")
    assert "复核: 待复核 1 · 已豁免 1" in spoken.stdout
    assert "共 2 项违规" in spoken.stdout
    assert seen(office) == ("已豁免", *WAIVE)
    assert seen(office, 1) == ("待复核", *OPEN)
    document = json.loads((office.folder / "report.json").read_text(encoding="utf-8"))
    assert document["reviews"] == {"open": 1, "waived": 1}
    assert document["findings"][0]["review"] == {
        "state": "waived",
        "decisions": [
            {
                "decision": "waive", "reason": "客户同意延期", "reviewer": "王芳",
                "decided_on": "2025-04-02", "expires": "2025-06-30",
            }
        ],
    }  # fmt: skip
    rule = next(one for one in document["rules"] if one["id"] == "DEC-AS-01")
    assert (rule["pass"], rule["fail"]) == (0, 2)


def test_its_row_is_grey_and_the_answers_are_tinted_with_a_dropdown(office: Office) -> None:
    book = load_workbook(office.report)
    sheet = book[SHEET]
    [(where, [grey])] = [(str(one.sqref), one.rules) for one in sheet.conditional_formatting]
    assert (where, grey.formula, grey.dxf.font.color.rgb) == ("A2:V3", ['$Q2="已豁免"'], "FF8A929B")
    [choice] = sheet.data_validations.dataValidation
    assert (str(choice.sqref), choice.type, choice.formula1) == ("R2:R3", "list", "_lists!$A$1:$A$3")
    assert [row[0].value for row in book["_lists"]] == ["确认", "豁免", "有争议"]
    assert (book["_lists"].sheet_state, book["_meta"].sheet_state) == ("hidden", "veryHidden")
    tinted = [cell.column_letter for cell in sheet[2] if cell.fill.fgColor.rgb == "FFFFF8E1"]
    assert tinted == ["R", "S", "T", "U", "V"]
    assert not sheet.protection.sheet


@pytest.mark.parametrize(
    ("words", "as_of", "code"),
    [
        ((), "2025-06-30 23:59", 0),
        ((), "2025-07-01", 1),
        (("--no-fail-on-expired",), "2025-07-01", 0),
        (("--no-waivers",), "2025-06-30", 1),
    ],
)
def test_102_a_waiver_counts_until_the_end_of_its_last_day(
    office: Office, words: tuple[str, ...], as_of: str, code: int
) -> None:
    answer(office, *WAIVE)
    answer(office, *WAIVE, line=3, name="second.xlsx")
    assert office.run("--fail-on", "major", *words, as_of=as_of).code == code


def test_102_an_expired_waiver_asks_again_and_shows_the_old_one(office: Office) -> None:
    answer(office, *WAIVE)
    office.run(as_of="2025-07-01")
    words = "待复核（豁免已到期）\n豁免 至 2025-06-30 (王芳 2025-04-02): 客户同意延期"
    assert seen(office) == (words, *OPEN)
    answer(office, "豁免", "再次延期", "2025-08-31", "王芳", "2025-07-02", name="again.xlsx")
    office.run(as_of="2025-07-03")
    assert seen(office)[0] == "已豁免"


def test_without_waivers_nothing_is_kept(office: Office) -> None:
    answer(office, *WAIVE)
    spoken = office.run("--no-waivers")
    assert ("已豁免" in spoken.stdout, "is in the history" in spoken.stderr) == (False, False)


def test_98_two_managers_who_disagree_leave_it_in_dispute_until_a_third_decides(office: Office) -> None:
    answer(office, *WAIVE)
    answer(office, "确认", None, None, "陈静", "2025-04-03", name="second.xlsx")
    office.run()
    words = "有争议\n豁免 至 2025-06-30 (王芳 2025-04-02): 客户同意延期\n确认 (陈静 2025-04-03)"
    assert seen(office) == (words, *OPEN)
    answer(office, "确认", None, None, "赵强", "2025-04-04", name="third.xlsx")
    office.run()
    assert seen(office)[:2] == ("已确认", "确认")


def test_98_or_until_one_of_them_agrees(office: Office) -> None:
    answer(office, *WAIVE)
    answer(office, "确认", None, None, "陈静", "2025-04-03", name="second.xlsx")
    answer(office, "确认", "陈静说得对", None, "王芳", "2025-04-04", name="third.xlsx")
    office.run()
    assert seen(office)[:3] == ("已确认", "确认", "陈静说得对")


CHANGES = {"another time": ("2025-03-08 10:00", "张敏"), "another person": (LATE, "李强")}


@pytest.mark.parametrize(("forwarded", "receiver"), CHANGES.values(), ids=CHANGES)
def test_99_changed_evidence_asks_again_and_shows_the_old_decision(
    office: Office, forwarded: str, receiver: str
) -> None:
    answer(office, *WAIVE)
    office.log({1: forwarded, 2: LATE}, receiver)
    office.run()
    words = "待复核（证据变更）\n豁免 至 2025-06-30 (王芳 2025-04-02): 客户同意延期"
    assert seen(office) == (words, *OPEN)


def test_99_the_same_answer_again_is_a_decision_on_the_new_evidence(office: Office) -> None:
    answer(office, *WAIVE)
    office.log({1: "2025-03-08 10:00", 2: LATE})
    office.run()
    answer(office, *WAIVE, name="again.xlsx")
    office.run()
    assert seen(office)[0] == "已豁免"


def test_99_an_old_report_that_comes_back_late_renews_nothing(office: Office) -> None:
    answer(office, *WAIVE)
    office.run()
    old = office.changed(lambda sheet: decide(sheet, 3, *WAIVE), "old.xlsx")
    office.log({1: "2025-03-08 10:00", 2: LATE})
    office.run()
    assert office.review("import", old).stdout.strip() == "接受 1 条,未变 1 条,拒绝 0 条。"
    office.run()
    assert seen(office)[0].startswith("待复核（证据变更）")
    assert seen(office, 1)[0] == "已豁免"


def test_99_time_alone_changes_no_evidence(office: Office) -> None:
    office.log({1: "", 2: LATE})
    office.run()
    answer(office, *WAIVE)
    office.run(as_of="2025-04-15")
    assert seen(office)[0] == "已豁免"


def test_100_a_finding_that_goes_and_comes_back_keeps_its_decision(office: Office) -> None:
    answer(office, *WAIVE)
    office.log({2: LATE})
    office.run()
    assert len(office.findings()) == 1
    office.log({2: LATE, 1: LATE})
    office.run()
    assert seen(office)[0] == "已豁免"
    assert [(str(row["首次发现"])[:10], row["连续次数"]) for row in office.findings()] == [
        ("2025-03-31", 1),
        ("2025-03-31", 3),
    ]


def test_the_page_shows_the_review(office: Office) -> None:
    answer(office, *WAIVE)
    office.run("-o", str(office.folder / "page.html"))
    page = (office.folder / "page.html").read_text(encoding="utf-8")
    assert page.count('class="finding major waived"') == 1
    assert '<span class="review">已豁免</span>' in page
    assert "豁免 至 2025-06-30 (王芳 2025-04-02): 客户同意延期" in page
    assert "复核: 待复核 1 · 已豁免 1" in page


# days, the day that is asked for, how many waivers are listed
EXPIRING = [("30", "2025-05-31", 1), ("30", "2025-05-30", 0), ("0", "2025-06-30", 1), ("9", "2025-07-01", 0)]


@pytest.mark.parametrize(("days", "on", "count"), EXPIRING)
def test_waivers_that_will_lapse(office: Office, days: str, on: str, count: int) -> None:
    answer(office, *WAIVE)
    found = office.review("list", "--expiring-in", days, "--on", on, "--format", "json")
    assert len(json.loads(found.stdout)) == count


def test_the_list_by_state(office: Office) -> None:
    answer(office, *WAIVE)
    key = office.findings()[0]["发现编号"]
    line = f"{key}  已豁免  DEC-AS-01  张敏  豁免 至 2025-06-30 (王芳 2025-04-02): 客户同意延期\n"
    assert office.review("list").stdout == line
    assert office.review("list", "--state", "waived").stdout == line
    assert office.review("list", "--state", "lapsed").stdout == ""
    assert office.review("list", "--state", "lapsed", "--on", "2025-07-01").stdout.startswith(key)
    assert office.review("list", "--state", "open").stdout.count("待复核") == 1


def test_lint_names_waivers_to_be_looked_at_again(office: Office) -> None:
    answer(office, *WAIVE)
    assert office.review("lint") == office.review("lint", "--on", "2025-06-30")
    assert office.review("lint").code == 0
    key = office.findings()[0]["发现编号"]
    spoken = office.review("lint", "--on", "2025-07-01")
    assert (spoken.code, spoken.stdout) == (
        1,
        f"{key} (王芳 2025-04-02): The waiver ended on 2025-06-30. Decide again if it should go on.\n",
    )
    office.log({2: LATE})
    office.run()
    assert "The last run has no finding that it waives." in office.review("lint").stdout
    office.log({1: LATE, 2: LATE}, "王芳")
    office.run()
    assert [line.partition(": ")[2] for line in office.review("lint").stdout.splitlines()] == [
        "The evidence has changed since the waiver. Look at the finding, and decide again.",
        "'王芳' waived a finding of their own. Let somebody else decide.",
    ]


def test_99_a_dispute_outlives_a_change_of_the_evidence(office: Office) -> None:
    answer(office, "有争议", "不是我接的电话", None, "张敏", "2025-04-02")
    office.log({1: "2025-03-08 10:00", 2: LATE})
    office.run()
    assert seen(office)[:3] == ("有争议", "有争议", "不是我接的电话")
