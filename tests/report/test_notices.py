"""Notices: what stands on a page, whom it is for, how its file is called, and what hostile text comes to."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import auditor
from auditor.history import ConsequenceRecord, FindingRecord, RunRecord
from auditor.report.notices import Notice, Wording, file_names, to_page, write_notices

RUN = RunRecord(
    1_751_277_600, "2025-06-30 18:00", "ac0b0dff064f", "", ("decoration",), None, "", (), (), id="3c217e1ca94a"
)  # fmt: skip
CELLS = {
    "record": "service_request", "file": "logs/报修.xlsx", "sheet": "报修登记", "row": 48,
    "cells": {"handed_over_at": None, "assigned_to": "张敏"},
}  # fmt: skip
LATE = FindingRecord(
    key="d7fc54cf22624d4d", rule="DEC-AS-01", severity="major", subject="张敏", subject_kind="person",
    department="客服部",
    record="service_request", record_key="BX-0044", occurred_at=1, due_at=2, evidence_hash="e",
    sentence_zh="应在 10:00 前移交,实际晚了 1 秒。", sentence_en="Handed over a second late.",
    details={
        "clause": "DEC-075", "occurred_at": "2025-04-08 10:00", "due_at": "2025-04-09 10:00", "observed_at": None,
        "parameters": {"handover": "1d"}, "parameters_ours": ["handover"], "evidence": [CELLS],
    },
)  # fmt: skip
WARNING = ConsequenceRecord(
    key="338bfb3bdc12dab3", policy="first_breach", kind="penalty", measure="oral_warning", subject="张敏",
    subject_kind="person", period="2025-04", points=3, amount=12_000, state="proposed", findings=(LATE.key,),
    details={"because": [], "cites": ["REA-140"], "points_cut": 1, "amount_cut_cents": 2_000},
)  # fmt: skip


@pytest.fixture(scope="module")
def book() -> auditor.Rulebook:
    return auditor.read_rules().of(["decoration"])


@pytest.fixture
def wording(book: auditor.Rulebook) -> Wording:
    return Wording(RUN, book, {WARNING.key: "approved"}, "zh")


def test_a_notice_tells_what_was_found_and_what_follows(wording: Wording) -> None:
    [notice] = wording.notices([LATE], [WARNING])
    [charge], [outcome] = notice.charges, notice.outcomes
    assert notice.head[:2] == (("姓名", "张敏"), ("部门/门店", "客服部"))
    assert (charge.number, charge.severity_words, charge.review) == (1, "重要", "待复核")
    assert charge.sentence == "应在 10:00 前移交,实际晚了 1 秒。"
    assert charge.clauses[0].startswith("DEC-075 ")
    assert charge.facts == (
        ("单号", "BX-0044"), ("发生时间", "2025-04-08 10:00"), ("应完成时间", "2025-04-09 10:00"),
        ("参数", "handover = 1d(本公司设定)"),
    )  # fmt: skip
    assert charge.evidence[0].startswith("报修.xlsx › 报修登记 › 第 48 行: ")
    assert " = 空, " in charge.evidence[0]
    assert (outcome.kind, outcome.measure, outcome.period) == ("处罚", "口头警告", "2025-04")
    assert outcome.extent == "2 分 · 100.00 元", "what is left after the cuts"
    assert outcome.state == "已批准"
    assert outcome.because == "first_breach; REA-140; 由第 1 项引起"


@pytest.mark.parametrize(
    ("state", "because", "words"),
    [("held", ("disputed finding",), "暂缓：违规有争议"), ("exempted", (), "免予")],
)
def test_what_this_run_holds_is_told_before_the_ledger(
    wording: Wording, state: str, because: tuple[str, ...], words: str
) -> None:
    [notice] = wording.notices([LATE], [replace(WARNING, state=state, held_because=because)])
    assert notice.outcomes[0].state == words


def test_a_waived_finding_stays_on_the_page_and_says_so(wording: Wording) -> None:
    [notice] = wording.notices([LATE, replace(LATE, key="2", state="waived")], [])
    assert [(one.waived, one.review) for one in notice.charges] == [(False, "待复核"), (True, "已豁免")]
    assert ("违规项数", "2(其中已豁免 1)") in notice.head
    assert 'class="major waived"' in to_page(notice, "zh")


def test_only_those_with_findings_get_a_page_and_nobody_that_of_another(wording: Wording) -> None:
    role = replace(LATE, key="2", subject="客服部", subject_kind="role")
    nobody = replace(LATE, key="3", subject=None)
    other = replace(WARNING, subject="李强")
    found = wording.notices([LATE, role, nobody], [WARNING, other])
    assert [(one.head[0], len(one.charges), len(one.outcomes)) for one in found] == [
        (("姓名", "张敏"), 1, 1), (("岗位/部门", "客服部"), 1, 0),
    ]  # fmt: skip


def test_a_finding_without_details_still_names_its_rule_and_record(wording: Wording) -> None:
    [notice] = wording.notices([replace(LATE, sentence_zh=None, sentence_en=None, details=None)], [])
    assert notice.charges[0].title.startswith("DEC-AS-01 ")
    assert notice.charges[0].facts == (("单号", "BX-0044"),)


@pytest.mark.parametrize(
    ("subjects", "names"),
    [
        ([("张敏", "")], ["张敏"]),
        ([("张/敏", ""), ("张\\敏", "")], ["张_敏", "张_敏-2"]),
        ([("张敏", "客服部"), ("张敏", "工程部")], ["张敏", "张敏-工程部"]),
        ([("Li", "A"), ("LI", "A"), ("li", "A")], ["Li", "LI-A", "li-A-2"]),
        ([("../../etc/passwd", "")], ["_.._etc_passwd"]),
        ([("con", ""), ("NUL.txt", "")], ["_con", "_NUL.txt"]),
        ([("...", ""), (" ", "")], ["_", "_-2"]),
        ([("长" * 300, "")], ["长" * 60]),
        ([("a\u202excod", "")], ["a_xcod"]),
    ],
)
def test_file_names_are_safe_and_each_there_once(subjects: list[tuple[str, str]], names: list[str]) -> None:
    found = file_names(Notice(subject, department, (), (), (), "") for subject, department in subjects)
    assert found == names


def test_hostile_text_is_text(wording: Wording, tmp_path: Path) -> None:
    hostile = '=HYPERLINK("x")<script>alert(1)</script>\x07'
    one = replace(LATE, subject=hostile, record_key="<img src=x>", sentence_zh=hostile)
    notices = wording.notices([one], [])
    page = to_page(notices[0], "zh")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\ufffd" in page
    [path] = write_notices(notices, tmp_path, ["xlsx"], "zh")
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0] for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(cell.value == hostile.replace("\x07", "\ufffd") for cell in cells)


def test_the_page_fetches_and_runs_nothing(wording: Wording) -> None:
    page = to_page(wording.notices([LATE], [WARNING])[0], "zh")
    assert '<html lang="zh-CN">' in page
    assert not re.search(r"https?://|<script|<link|url\(|@import| on\w+=", page)


def test_in_english_no_chinese_is_left_but_names(book: auditor.Rulebook) -> None:
    english = replace(WARNING, subject="Zhang Min")
    one = replace(LATE, subject="Zhang Min", department="Service", details={**LATE.details, "evidence": []})  # type: ignore[dict-item]
    [notice] = Wording(RUN, book, {}, "en").notices([one], [english])
    page = to_page(notice, "en").partition("</style>")[2]
    told = re.sub(r"<dd>DEC-075[^<]*</dd>", "", page)
    assert re.findall("[\u4e00-\u9fff]+", told) == []


def test_the_same_notices_are_the_same_bytes(wording: Wording, tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        paths = write_notices(wording.notices([LATE], [WARNING]), tmp_path / name, ["html", "xlsx"], "zh")
        written.append([(path.name, path.read_bytes()) for path in paths])
    assert written[0] == written[1]
    assert [name for name, _ in written[0]] == ["张敏.html", "张敏.xlsx"]


def test_both_forms_say_the_same(wording: Wording, tmp_path: Path) -> None:
    [notice] = wording.notices([LATE], [WARNING])
    [path] = write_notices([notice], tmp_path, ["xlsx"], "zh")
    sheet = "\n".join(str(cell.value) for row in openpyxl.load_workbook(path).worksheets[0] for cell in row)
    page = to_page(notice, "zh")
    for words in (
        notice.charges[0].sentence,
        notice.outcomes[0].because,
        notice.charges[0].evidence[0],
        "申诉",
        "本人签字:",
    ):
        assert words in sheet
        assert words in page
