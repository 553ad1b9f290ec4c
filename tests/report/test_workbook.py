"""A workbook is read back by two libraries that did not write its rows."""

import zipfile
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

import auditor
from auditor.location import Location
from auditor.problem import Problem

from .conftest import audited, calls

SHEETS = ["总览", "发现明细", "奖惩建议", "数据问题", "规则", "运行信息", "_lists", "_meta"]
FINDINGS = [
    "发现编号", "规则", "规则名称", "严重度", "部门/门店", "责任人", "单号",
    "发生时间", "应完成时间", "超时(时:分)", "违规说明", "依据条款", "暂定", "证据",
    "首次发现", "连续次数", "复核状态", "复核决定", "复核意见", "豁免到期", "复核人", "复核日期",
]  # fmt: skip


def read(audit, tmp_path, **options):
    path = tmp_path / "report.xlsx"
    auditor.write(audit, path, **options)
    return load_workbook(path)


@pytest.fixture(scope="module")
def path(broken, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.xlsx"
    auditor.write(broken, path)
    return path


@pytest.fixture(scope="module")
def book(path):
    return load_workbook(path)


def rows(sheet):
    return list(sheet.iter_rows(values_only=True))


def cells(sheet):
    return {cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_the_sheets_in_both_languages(broken, book, tmp_path):
    assert book.sheetnames == SHEETS
    english = read(broken, tmp_path, lang="en")
    assert english.sheetnames == [
        "Overview",
        "Findings",
        "Consequences",
        "Data problems",
        "Rules",
        "Run",
        "_lists",
        "_meta",
    ]
    assert "Service compliance report" in cells(english["Overview"])
    assert english["Findings"]["C2"].value == "Hand a repair call to the responsible department within a day"


def test_a_finding_with_its_times_and_its_evidence(broken, book):
    header, first, *_ = rows(book["发现明细"])
    assert list(header) == FINDINGS
    found = dict(zip(header, first, strict=True))
    assert found["发现编号"] == broken.findings[0].fingerprint
    assert (found["规则"], found["严重度"], found["责任人"], found["单号"]) == ("DEC-AS-01", "重要", "张敏", "B4")
    assert found["发生时间"] == datetime(2025, 3, 5, 10)
    assert found["应完成时间"] == datetime(2025, 3, 6, 10)
    assert found["超时(时:分)"] == timedelta(hours=24)
    assert (
        found["违规说明"] == "2025-03-05 10:00起算,应在 2025-03-06 10:00 前完成,实际 2025-03-07 10:00 完成,超时 1 天。"
    )
    assert found["依据条款"].startswith("DEC-084 ")
    assert found["证据"].startswith("given › service_request › 第 4 行: ")
    assert "forwarded_at = 2025-03-07 10:00" in found["证据"]


def test_the_other_reader_sees_the_same(book, path):
    other = CalamineWorkbook.from_path(path)
    assert other.sheet_names == SHEETS
    for title in SHEETS:
        seen = other.get_sheet_by_name(title).to_python(skip_empty_area=False)
        written = [list(row) for row in rows(book[title])]
        assert len(seen) == len(written)
        assert [str(row[0]) for row in seen] == [str(row[0] or "") for row in written]
    [_, first, *_] = other.get_sheet_by_name("发现明细").to_python()
    assert first[7] == datetime(2025, 3, 5, 10)


def test_findings_are_a_table_that_can_be_filtered(broken, book):
    sheet = book["发现明细"]
    table = sheet.tables["Findings"]
    assert table.ref == f"A1:V{len(broken.findings) + 1}"
    assert table.autoFilter.ref == table.ref
    assert [column.name for column in table.tableColumns] == FINDINGS
    assert sheet.freeze_panes == "D2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.oddFooter.right.text == "第 &P 页 / 共 &N 页"
    assert not sheet.protection.sheet
    assert sheet["H2"].number_format == "yyyy-mm-dd hh:mm"
    assert sheet["D2"].fill.fgColor.rgb == "FFFBD9B5"


def test_more_findings_than_a_sheet_holds_go_on_the_next(broken, tmp_path):
    book = read(broken, tmp_path, max_excel_rows=2)
    parts = [title for title in book.sheetnames if title.startswith("发现明细")]
    assert parts == ["发现明细", "发现明细(2)", "发现明细(3)"]
    found = [row[0] for title in parts for row in rows(book[title])[1:]]
    assert found == [finding.fingerprint for finding in broken.findings]
    assert [list(book[title].tables) for title in parts] == [["Findings"], ["Findings2"], ["Findings3"]]


def test_without_findings_the_table_says_so(kept, tmp_path):
    book = read(kept, tmp_path)
    assert rows(book["发现明细"])[1:] == [("无发现", *[None] * 21)]
    assert book["发现明细"].tables["Findings"].ref == "A1:V2"
    for title in ("奖惩建议", "数据问题"):
        assert rows(book[title])[1][0] == "无"


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A0", "@SUM(A1)", "+1", "＝1+1", "<a & 'b'>", "  空格 "])
def test_what_people_wrote_never_becomes_a_formula(name, tmp_path):
    audit = audited(calls("2025-03-09 10:00", received_by=name))
    cell = read(audit, tmp_path)["发现明细"]["F2"]
    assert (cell.value, cell.data_type) == (audit.findings[0].subject, "s")
    assert cell.quotePrefix == (name[0] in "=@+＝")


def test_no_formula_anywhere(path):
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(parts) == len(SHEETS)
    assert not any(b"<f>" in part or b"<f " in part for part in parts)


def test_what_a_workbook_cannot_hold_is_told_as_a_data_problem(broken, tmp_path):
    bad = Problem(
        Location("日志.xlsx", sheet="报修", row=7, column="受理时间"),
        "date-unreadable",
        "No date.",
        "Mend it.",
        count=3,
    )
    audit = replace(broken, problems=(bad,))
    object.__setattr__(audit, "findings", tuple(replace(one, subject="张\x00敏") for one in broken.findings))
    book = read(audit, tmp_path)
    assert book["发现明细"]["F2"].value == "张\ufffd敏"
    assert rows(book["数据问题"])[1:] == [
        ("日志.xlsx", "报修", 7, "受理时间", "date-unreadable", "No date.", "Mend it.", 3),
        (
            "report", "发现明细", None, None, "characters-replaced",
            "Characters that a workbook cannot hold were replaced by \ufffd.", "Read the cell in its source file.", 5,
        ),
    ]  # fmt: skip


def test_what_is_proposed_and_why(broken, book):
    header, first = rows(book["奖惩建议"])[:2]
    assert header == (
        "对象", "月份", "类型", "措施", "积分", "积分减免", "绩效金额（建议）", "金额减免",
        "依据", "条款", "来源", "状态",
    )  # fmt: skip
    named = "(" + ", ".join(sorted(finding.fingerprint for finding in broken.findings)[:3]) + "…)"
    assert first == (
        "张敏", "2025-03", "处罚", "书面警告", 2, None, None, None,
        f"1. DEC-AS-01 2025-03 违规 5 项 {named} → 同一规则一月内两次及以上严重违反\n"
        "2. 同一规则一月内两次及以上严重违反 → 屡次严重违反,书面警告",
        "REA-140, REA-147", "本公司设定", "建议",
    )  # fmt: skip


def test_the_overview_says_what_was_checked_and_what_was_not(broken, book):
    sheet = book["总览"]
    lines = [[value for value in row if value is not None and value != ""] for row in rows(sheet)]
    assert ["检查时点", "2025-03-31 00:00 (Asia/Shanghai)"] in lines
    assert ["数据", "1 张表,读取 8 行,采用 8 行,搁置 0 行;数据问题 1 条"] in lines
    total = next(line for line in lines if line[:1] == ["义务(应做事项)合计"])
    failed, passed = total[1], total[2]
    assert failed == len(broken.findings) == 5
    assert total[-1] == pytest.approx(passed / (passed + failed))
    assert ["重要", 5, 0] in lines
    assert next(line for line in lines if line[:1] == ["张敏"])[1] == 5
    missing = next(line for line in lines if line[1:2] == ["数据中没有该记录: 投诉记录 (complaint)"])
    assert missing[0] == "未检查"
    assert "DEC-CD-11" in missing[3]
    assert sheet.protection.sheet


def test_every_rule_is_listed_with_its_counts_or_why_not(broken, book):
    header, *listed = rows(book["规则"])
    rules = {row[0]: dict(zip(header, row, strict=True)) for row in listed}
    assert list(rules) == [result.entry.rule.id for result in broken.evaluation.results]
    judged = rules["DEC-AS-01"]
    assert (judged["状态"], judged["合格"], judged["违规"], judged["合格率"]) == ("已检查", 3, 5, 0.375)
    assert judged["参数"] == "handover = 24h"
    left = rules["DEC-AS-20"]
    assert (left["状态"], left["合格"], left["合格率"]) == ("未检查", None, None)
    assert left["原因"].startswith("数据中没有该记录: ")
    assert left["参数"] == "receipt = 3d(本公司设定)"


def test_the_run_can_be_done_again(broken, book):
    seen = cells(book["运行信息"])
    run = broken.run
    assert {run.as_of_text, run.zone, run.rulebook, *run.calendars.values(), *run.versions.values()} <= seen


def test_the_same_audit_makes_the_same_bytes(broken, tmp_path):
    for name in ("a.xlsx", "b.xlsx", "a.json", "b.json"):
        auditor.write(broken, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2025-03-30T16:00:00Z" in archive.read("docProps/core.xml")
