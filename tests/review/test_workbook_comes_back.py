"""A report comes back from a manager: real workbooks, changed as people and their programs change them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.review.desk import (
    SHEET,
    Office,
    decide,
    headers,
    order,
    put,
    saved_as_csv,
    saved_by_libreoffice,
)

WAIVE = ("豁免", "客户同意延期", "2025-06-30", "王芳", "2025-04-02")
CONFIRM = ("确认", None, None, "王芳", "2025-04-02")
DISPUTE = ("有争议", "不是我接的电话", None, "张敏", "2025-04-02")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of four findings that was audited once."""
    folder = tmp_path_factory.mktemp("audited")
    spoken = Office(folder).run()
    assert (spoken.code, "4 项违规" in spoken.stdout) == (0, True), spoken
    return folder


@pytest.fixture
def office(audited: Path, tmp_path: Path) -> Office:
    """A copy of it."""
    shutil.copytree(audited, tmp_path / "office")
    return Office(tmp_path / "office")


def states(office: Office) -> list[str]:
    """What the history says of every finding that was decided on, in the order of the report."""
    listed = {one["finding"]: one["state"] for one in json.loads(office.review("list", "--format", "json").stdout)}
    return [listed.get(row["发现编号"], "open") for row in office.findings()]


def counted(spoken: Any) -> tuple[int, str]:
    return spoken.code, spoken.stdout.strip()


def answered(sheet: Any) -> None:
    decide(sheet, 2, *WAIVE)
    decide(sheet, 3, *CONFIRM)
    decide(sheet, 4, *DISPUTE)


ORDERS = {
    "sorted": [5, 4, 3, 2], "filtered": [4, 2, 3], "rows deleted": [2, 3, 4], "copied twice": [2, 3, 4, 4, 2, 3, 5],
}  # fmt: skip


@pytest.mark.parametrize("lines", ORDERS.values(), ids=ORDERS)
def test_91_rows_are_matched_by_number_never_by_order(office: Office, lines: list[int]) -> None:
    back = office.changed(lambda sheet: (answered(sheet), order(sheet, lines)))
    again = max(0, len(lines) - len(set(lines)))
    assert counted(office.review("import", back)) == (0, f"接受 3 条,未变 {again} 条,拒绝 0 条。")
    assert states(office) == ["waived", "confirmed", "disputed", "open"]


def test_91_hidden_rows_and_a_title_above_do_not_matter(office: Office) -> None:
    def change(sheet: Any) -> None:
        answered(sheet)
        sheet.row_dimensions[3].hidden = True
        sheet.tables.clear()
        sheet.insert_rows(1)
        sheet["A1"] = "三月复核"

    assert counted(office.review("import", office.changed(change))) == (0, "接受 3 条,未变 0 条,拒绝 0 条。")


def test_92_a_number_that_was_edited_is_refused(office: Office) -> None:
    numbers = [row["发现编号"] for row in office.findings()]

    def change(sheet: Any) -> None:
        answered(sheet)
        put(sheet, 2, "发现编号", "ffffffffffffffff")
        put(sheet, 3, "发现编号", numbers[3])
        put(sheet, 4, "发现编号", None)

    back = office.changed(change)
    spoken = office.review("import", back)
    assert counted(spoken) == (1, "接受 0 条,未变 0 条,拒绝 3 条。")
    assert spoken.stderr.splitlines()[-4:] == [
        f"{back} › {SHEET} › row 2: 报告中没有编号为 'ffffffffffffffff' 的发现。 不要修改发现编号;从原报告复制。",
        f"{back} › {SHEET} › row 3: 发现编号与这一行不符: 报告中 '{numbers[3]}' 是 DEC-AS-01 B4。"
        " 编号可能被修改,或只有部分列被排序;从原报告重新填写。",
        f"{back} › {SHEET} › row 4: 发现编号为空。 从原报告复制该行的发现编号。",
        f"→ {back.with_name('back.rejected.csv')}",
    ]


def test_92_a_column_that_was_sorted_alone_is_noticed(office: Office) -> None:
    def change(sheet: Any) -> None:
        numbers = [sheet.cell(line, 1).value for line in range(2, 6)]
        for line, number in enumerate(reversed(numbers), start=2):
            sheet.cell(line, 1).value = number
            decide(sheet, line, *WAIVE)

    assert counted(office.review("import", office.changed(change))) == (1, "接受 0 条,未变 0 条,拒绝 4 条。")


def test_93_the_table_object_is_lost(office: Office) -> None:
    back = office.changed(lambda sheet: (answered(sheet), sheet.tables.clear()))
    assert counted(office.review("import", back)) == (0, "接受 3 条,未变 0 条,拒绝 0 条。")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_93_saved_as_text(office: Office, encoding: str) -> None:
    back = saved_as_csv(office.changed(answered), encoding)
    assert counted(office.review("import", back)) == (0, "接受 3 条,未变 0 条,拒绝 0 条。")
    assert states(office) == ["waived", "confirmed", "disputed", "open"]


def test_93_a_number_in_a_text_is_held_against_the_history(office: Office) -> None:
    numbers = [row["发现编号"] for row in office.findings()]
    back = saved_as_csv(office.changed(lambda sheet: (answered(sheet), put(sheet, 2, "发现编号", numbers[3]))))
    assert counted(office.review("import", back)) == (1, "接受 2 条,未变 0 条,拒绝 1 条。")


@pytest.mark.skipif(not (shutil.which("libreoffice") or shutil.which("soffice")), reason="LibreOffice is not installed")
def test_93_saved_again_by_libreoffice(office: Office) -> None:
    back = saved_by_libreoffice(office.changed(answered), office.folder / "again")
    spoken = office.review("import", back)
    assert (*counted(spoken), spoken.stderr) == (0, "接受 3 条,未变 0 条,拒绝 0 条。", "")
    assert states(office) == ["waived", "confirmed", "disputed", "open"]


# answers of a row and what is said of it
REFUSED = [
    (("豁免", None, "2025-06-30", "王芳", "2025-04-02"), ["豁免没有写明理由。"]),
    (("豁免", "理由", None, "王芳", "2025-04-02"), ["豁免没有到期日。"]),
    (("豁免", "理由", "2025-06-30", None, "2025-04-02"), ["没有复核人。"]),
    (("豁免", "理由", "2025-06-30", "王芳", None), ["没有复核日期。"]),
    (("豁免", "理由", "2025-06-30", "王芳", "昨天"), ["复核日期 '昨天' 无法识别。"]),
    (("豁免", "理由", "2025-06-30", "王芳", "2052-04-02"), ["复核日期 2052-04-02 与检查时点相差一年以上。"]),
    (("豁免", "理由", "2025-04-01", "王芳", "2025-04-02"), ["豁免到期日 2025-04-01 已过。"]),
    (("豁免", "理由", "2025-03-30", "王芳", "2025-03-15"), ["豁免到期日 2025-03-30 已过。"]),
    (("豁免", "理由", "2026-04-03", "王芳", "2025-04-02"), ["豁免到期日 2026-04-03 太远: 该规则最多豁免 365 天。"]),
    (("同意", None, None, "王芳", "2025-04-02"), ["'同意' 不是复核决定。"]),
    ((None, "理由", None, "王芳", "2025-04-02"), ["没有复核决定。"]),
    (("确认", None, None, None, None), ["没有复核人。", "没有复核日期。"]),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "said"), REFUSED)
def test_94_95_what_is_missing_or_wrong_is_said(office: Office, answers: tuple[Any, ...], said: list[str]) -> None:
    back = office.changed(lambda sheet: decide(sheet, 3, *answers))
    spoken = office.review("import", back)
    assert counted(spoken) == (1, "接受 0 条,未变 0 条,拒绝 1 条。")
    place = f"{back} › {SHEET} › row 3: "
    lines = [line for line in spoken.stderr.splitlines() if line.startswith(place)]
    assert [line.removeprefix(place).partition("。")[0] + "。" for line in lines] == said
    assert states(office) == ["open"] * 4


def test_95_a_last_day_that_is_none_counts_as_lapsed(office: Office) -> None:
    answers = ("豁免", "客户同意延期", "2026-13-01", "王芳", "2025-04-02")
    spoken = office.review("import", office.changed(lambda sheet: decide(sheet, 2, *answers)), "--lang", "en")
    assert counted(spoken) == (1, "0 accepted, 0 unchanged, 1 rejected.")
    assert "The last day, '2026-13-01', cannot be read; it counts as lapsed, so nothing is waived." in spoken.stderr
    assert states(office) == ["open"] * 4


@pytest.mark.parametrize("last", ["2026-04-02", "2025-04-02"])
def test_the_last_day_may_be_as_late_as_the_rule_says_and_as_early_as_the_review(office: Office, last: str) -> None:
    answers = ("豁免", "客户同意延期", last, "王芳", "2025-04-02")
    assert office.review("import", office.changed(lambda sheet: decide(sheet, 2, *answers))).code == 0


@pytest.mark.parametrize("day", ["2025/6/30", "2025年6月30日", 45838, "45838"])
def test_days_are_read_in_any_spelling(office: Office, day: object) -> None:
    answers = ("豁免", "客户同意延期", day, "王芳", "2025-04-02")
    office.review("import", office.changed(lambda sheet: decide(sheet, 2, *answers)))
    [listed] = json.loads(office.review("list", "--format", "json").stdout)
    assert listed["decisions"][0]["expires"] == "2025-06-30"


@pytest.mark.parametrize("reviewer", ["张敏", "张 敏", "張敏", "张敏（店长）", "张敏(A017)"])
def test_96_nobody_waives_the_own_finding(office: Office, reviewer: str) -> None:
    answers = ("豁免", "客户同意延期", "2025-06-30", reviewer, "2025-04-02")
    spoken = office.review("import", office.changed(lambda sheet: decide(sheet, 2, *answers)))
    assert counted(spoken) == (1, "接受 0 条,未变 0 条,拒绝 1 条。")
    assert f"'{reviewer}' 就是责任人,不能豁免自己。" in spoken.stderr


def test_96_but_may_confirm_and_dispute_it(office: Office) -> None:
    def change(sheet: Any) -> None:
        decide(sheet, 2, "确认", None, None, "张敏", "2025-04-02")
        decide(sheet, 3, *DISPUTE)

    assert office.review("import", office.changed(change)).code == 0
    assert states(office)[:2] == ["confirmed", "disputed"]


def test_97_the_same_file_and_the_same_content_change_nothing_again(office: Office) -> None:
    back = office.changed(answered)
    office.review("import", back)
    again = office.changed(lambda sheet: (answered(sheet), put(sheet, 5, "部门/门店", "一店")), "again.xlsx")
    for file in (back, again, saved_as_csv(back)):
        assert counted(office.review("import", file)) == (0, "接受 0 条,未变 3 条,拒绝 0 条。")
    assert len(json.loads(office.review("list", "--format", "json").stdout)) == 3


def test_97_a_dry_run_keeps_nothing_and_writes_nothing(office: Office) -> None:
    back = office.changed(lambda sheet: (answered(sheet), decide(sheet, 5, "豁免")))
    spoken = office.review("import", back, "--dry-run")
    assert counted(spoken) == (1, "接受 3 条,未变 0 条,拒绝 1 条。")
    assert not back.with_name("back.rejected.csv").exists()
    assert states(office) == ["open"] * 4


def test_98_the_same_finding_with_two_decisions_in_one_file(office: Office) -> None:
    def change(sheet: Any) -> None:
        answered(sheet)
        order(sheet, [2, 2])
        decide(sheet, 3, *CONFIRM)

    spoken = office.review("import", office.changed(change))
    assert counted(spoken) == (1, "接受 0 条,未变 0 条,拒绝 2 条。")
    assert "row 2: 同一发现有不同的决定(另见第 3 行)。 只保留一行。" in spoken.stderr


def test_101_a_report_of_another_project_or_by_other_rules(office: Office, tmp_path: Path) -> None:
    back = office.changed(answered)
    settings = office.folder / "auditor.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("北区", "南区"), encoding="utf-8")
    spoken = office.review("import", back)
    assert spoken.code == 2
    assert spoken.stderr == (
        f"{back}: This is a report of the project '北区', not of the project '南区'. Import it in its own project.\n"
    )
    shutil.rmtree(office.folder / "history")
    changes = "tailoring: [{parameter: decoration.handover, value: 8h, remark: 当班移交}]\n"
    settings.write_text(text + changes, encoding="utf-8")
    spoken = office.review("import", back)
    assert spoken.code == 2
    assert "This report was made by other rules (" in spoken.stderr


def test_101_rules_that_were_changed_since_do_not_lose_a_review(office: Office) -> None:
    settings = office.folder / "auditor.yaml"
    changes = "tailoring: [{parameter: decoration.handover, value: 8h, remark: 当班移交}]\n"
    settings.write_text(settings.read_text(encoding="utf-8") + changes, encoding="utf-8")
    assert office.review("import", office.changed(answered)).code == 0


def test_what_stands_outside_the_answers_is_ignored_and_listed(office: Office) -> None:
    def change(sheet: Any) -> None:
        decide(sheet, 2, *WAIVE)
        put(sheet, 2, "严重度", "一般")
        put(sheet, 3, "责任人", "李强")
        put(sheet, 4, "发生时间", "2025-03-06 10:00")

    back = office.changed(change)
    spoken = office.review("import", back)
    assert counted(spoken) == (0, "接受 1 条,未变 0 条,拒绝 0 条。")
    assert spoken.stderr.splitlines() == [
        "复核列以外的改动不起作用,共 3 处:",
        f"  {back} › {SHEET} › row 2 严重度: 现为 '一般'",
        f"  {back} › {SHEET} › row 3 责任人: 现为 '李强'",
        f"  {back} › {SHEET} › row 4 发生时间: 现为 '2025-03-06 10:00'",
    ]


def test_a_decision_that_was_taken_out_still_counts_and_is_listed(office: Office) -> None:
    office.review("import", office.changed(answered))
    office.run()
    spoken = office.review("import", office.changed(lambda sheet: decide(sheet, 2, *[None] * 5), "out.xlsx"))
    assert counted(spoken) == (0, "接受 0 条,未变 2 条,拒绝 0 条。")
    assert "row 2 复核决定: 现为 ''" in spoken.stderr
    assert states(office) == ["waived", "confirmed", "disputed", "open"]


def test_the_rejects_stand_beside_the_file(office: Office) -> None:
    back = office.changed(lambda sheet: decide(sheet, 3, "=1+1", "理由", None, "王芳", "2025-04-02"))
    office.review("import", back)
    header, row = back.with_name("back.rejected.csv").read_text(encoding="utf-8-sig").splitlines()
    assert header == "表,行,发现编号,复核决定,复核意见,豁免到期,复核人,复核日期,说明,处理办法"
    assert row.startswith(f"{SHEET},3,{office.findings()[1]['发现编号']},")


def test_what_an_import_did_as_json(office: Office) -> None:
    back = office.changed(lambda sheet: (decide(sheet, 2, *WAIVE), decide(sheet, 3, "豁免")))
    spoken = office.review("import", back, "--format", "json", "--lang", "en")
    found = json.loads(spoken.stdout)
    assert spoken.code == 1
    assert found["accepted"] == [
        {
            "finding": office.findings()[0]["发现编号"], "decision": "waive", "reason": "客户同意延期",
            "reviewer": "王芳", "decided_on": "2025-04-02", "expires": "2025-06-30",
        }
    ]  # fmt: skip
    [rejected] = found["rejected"]
    assert (rejected["row"], [one["code"] for one in rejected["mistakes"]]) == (
        3, ["reviewer-missing", "date-missing", "reason-missing", "expiry-missing"],
    )  # fmt: skip


def spoilt(office: Office) -> list[tuple[str, str]]:
    """Files that are no review, and what is said of each."""
    (office.folder / "half.xlsx").write_bytes(office.report.read_bytes()[:5000])
    (office.folder / "log.pdf").write_bytes(b"%PDF-1.4 \x00\x01")
    office.changed(lambda sheet: sheet.delete_cols(headers(sheet).index("复核决定") + 1), "without.xlsx")
    book = load_workbook(office.report)
    book["_meta"]["B1"] = "99"
    book.save(office.folder / "newer.xlsx")
    return [
        ("half.xlsx", ""),
        ("log.pdf", "This is neither a workbook (.xlsx) nor a text table (.csv)."),
        ("without.xlsx", "No sheet has the columns '发现编号' and '复核决定'"),
        ("log.csv", "No sheet has the columns '发现编号' and '复核决定'"),
        ("newer.xlsx", "The hidden sheet of the workbook is not one that this auditor writes."),
        ("nowhere.xlsx", "The file cannot be read (No such file or directory)."),
    ]


def test_a_file_that_is_no_review_is_refused_as_a_whole(office: Office) -> None:
    for name, said in spoilt(office):
        spoken = office.review("import", office.folder / name)
        assert (spoken.code, spoken.stdout) == (2, ""), name
        assert said in spoken.stderr
        assert "Traceback" not in spoken.stderr
