"""Inspection sheets in their four layouts become the same records, and every verdict keeps its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from auditor.intake import Dataset, inspect_file, read_files
from auditor.intake.header import HeaderIndex
from auditor.intake.inspection.fieldlabels import Labels
from auditor.intake.inspection.fields import Written, fields_of, written_in
from auditor.intake.inspection.paper import Paper
from auditor.intake.inspection.ticks import Choice, chosen, tick_columns, without_boxes
from auditor.pipeline import read_rules
from auditor.problem import Problem

RECORDS = read_rules().records
Cells = Sequence[Sequence[object]]

TITLE = ["顾客服务标准检查表"]
FIELDS = ["店铺名称：中山路店  检查时间：2025年5月6日 10:30", None, None, "被检查人员", "张敏"]
HEADER = ["序号", "检查项目", "分值", "合格", "不合格", "备注"]


@dataclass(frozen=True)
class Read:
    data: Dataset
    problems: list[Problem]

    def rows(self, *columns: str) -> list[tuple[object, ...]]:
        picked = ", ".join(columns)
        query = f"SELECT {picked} FROM inspection ORDER BY _row"
        return self.data.connection.execute(query).fetchall()

    def all(self, column: str) -> set[object]:
        return {value for (value,) in self.rows(column)}

    def where(self, problem: int = 0) -> str:
        place = self.problems[problem].where
        return f"{place.sheet} {place.row} {place.column}"


def read(folder: Path, cells: Cells, merged: Sequence[str] = (), title: str = "中山路店", name: str = "巡检") -> Read:
    return read_sheets(folder, {title: cells}, merged, name)


def read_sheets(folder: Path, sheets: dict[str, Cells], merged: Sequence[str] = (), name: str = "巡检") -> Read:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, cells in sheets.items():
        sheet = book.create_sheet(title)
        for row in cells:
            sheet.append(list(row))
        for span in merged:
            sheet.merge_cells(span)
    path = folder / f"{name}.xlsx"
    book.save(path)
    data, problems = read_files([path], RECORDS, "Asia/Shanghai")
    return Read(data, problems)


class TestForm:
    """Fields above, an item a row, ticks in one of two columns, signatures below."""

    FORM: Cells = [
        TITLE,
        FIELDS,
        HEADER,
        ["一、仪表言行"],
        [1, "1. 着装整齐", 5, "√"],
        [2, "② 微笑服务、亲切友好", 5, None, "√", "未微笑"],
        [3, "使用文明语言", 5],
        ["小计", None, 15, 1, 1],
        ["二、上门服务"],
        [4, "礼貌地告别", 5, "是"],
        [5, "不与客户争辩", 5, "✔"],
        ["合计", None, 25],
        ["检查人员签字：李强", None, None, "店铺人员签字：王芳"],
    ]
    MERGED = ("A1:F1", "A2:C2", "A4:F4", "A9:F9")

    def test_items_with_their_verdicts_stand_in_their_own_rows(self, tmp_path: Path) -> None:
        found = read(tmp_path, self.FORM, self.MERGED)
        assert found.rows("_line", "item_name", "result", "remark") == [
            (5, "1. 着装整齐", True, None),
            (6, "② 微笑服务、亲切友好", False, "未微笑"),
            (7, "使用文明语言", None, None),
            (10, "礼貌地告别", True, None),
            (11, "不与客户争辩", True, None),
        ]

    def test_fields_above_count_for_every_item(self, tmp_path: Path) -> None:
        found = read(tmp_path, self.FORM, self.MERGED)
        assert found.all("store_name") == {"中山路店"}
        assert found.all("staff_name") == {"张敏"}
        assert found.all("strftime(make_timestamp(inspected_at * 1000000), '%Y-%m-%d %H:%M')") == {"2025-05-06 02:30"}

    def test_who_signed_is_the_inspector_where_no_field_says_so(self, tmp_path: Path) -> None:
        found = read(tmp_path, self.FORM, self.MERGED)
        assert found.rows("inspector", "inspector_signature", "store_signature")[0] == ("李强", "李强", "王芳")

    def test_an_inspector_named_above_is_not_replaced_by_the_signature(self, tmp_path: Path) -> None:
        form = [TITLE, ["检查人员：赵磊"], *self.FORM[2:]]
        found = read(tmp_path, form, ("A4:F4", "A9:F9"))
        assert found.rows("inspector", "inspector_signature")[0] == ("赵磊", "李强")

    def test_sections_are_inherited_and_structure_is_counted(self, tmp_path: Path) -> None:
        found = read(tmp_path, self.FORM, self.MERGED)
        assert [row[0] for row in found.rows("section")] == ["一、仪表言行"] * 3 + ["二、上门服务"] * 2
        [source] = found.data.sources
        assert dict(source.set_aside) == {"heading": 2, "totals": 2, "signature": 1}
        assert (source.rows_read, source.rows_kept, source.header_row) == (10, 5, 3)

    def test_the_sheet_is_one_inspection(self, tmp_path: Path) -> None:
        assert read(tmp_path, self.FORM, self.MERGED).all("sheet_id") == {"中山路店/中山路店/2025年5月6日 10:30/张敏"}

    def test_an_undated_sheet_is_told_by_its_file(self, tmp_path: Path) -> None:
        found = read(tmp_path, [["店铺名称：中山路店"], *self.FORM[2:]], ("A4:F4", "A9:F9"), title="五月")
        assert found.all("sheet_id") == {"巡检/五月/中山路店"}

    def test_the_evidence_names_the_columns_of_the_ticks(self, tmp_path: Path) -> None:
        [source] = read(tmp_path, self.FORM, self.MERGED).data.sources
        headers = {column.field: column.header for column in source.columns}
        assert headers["result"] == "合格/不合格"
        assert headers["store_name"] == "店铺名称"
        assert source.extras == ("序号", "分值")

    def test_a_form_with_a_column_of_verdicts(self, tmp_path: Path) -> None:
        rows = [FIELDS, ["检查项目", "检查结果"], ["着装整齐", "合格"], ["使用文明语言", "×"], ["礼貌地告别", "不适用"]]
        found = read(tmp_path, rows)
        assert found.rows("_line", "result", "_na") == [(3, True, None), (4, False, None), (5, None, "|result|")]

    def test_sections_may_stand_in_a_column_of_their_own(self, tmp_path: Path) -> None:
        rows = [FIELDS, ["项目", "检查内容", "是", "否"], ["仪表", "着装整齐", "√"], [None, "使用文明语言", None, "√"]]
        rows += [["上门", "礼貌地告别", "√"]]
        assert read(tmp_path, rows, ("A3:A4",)).rows("section", "item_name", "result") == [
            ("仪表", "着装整齐", True),
            ("仪表", "使用文明语言", False),
            ("上门", "礼貌地告别", True),
        ]

    def test_a_header_of_two_rows(self, tmp_path: Path) -> None:
        rows = [FIELDS, ["检查项目", "检查结果", None, None, "备注"], [None, "合格", "不合格", "不适用"]]
        rows += [["着装整齐", None, "√", None, "领带"], ["使用文明语言", None, None, "√"]]
        found = read(tmp_path, rows, ("A2:A3", "B2:D2", "E2:E3"))
        assert found.rows("_line", "result", "_na", "remark") == [(4, False, None, "领带"), (5, None, "|result|", None)]

    def test_an_unanswered_item_numbered_as_sections_are_stays_an_item(self, tmp_path: Path) -> None:
        rows = [FIELDS, HEADER[1:], ["一、着装整齐", 5, "√"], ["二、使用文明语言"]]
        assert read(tmp_path, rows).rows("item_name", "result") == [("一、着装整齐", True), ("二、使用文明语言", None)]

    def test_an_item_that_begins_as_totals_do_is_judged(self, tmp_path: Path) -> None:
        rows = [FIELDS, HEADER[1:], ["得分牌清晰可见", 5, None, "√"], ["备注栏填写完整", 5, None, "√"]]
        assert read(tmp_path, rows).rows("_line", "result") == [(3, False), (4, False)]

    def test_thirty_forms_in_a_workbook_are_thirty_inspections(self, tmp_path: Path) -> None:
        found = read_sheets(tmp_path, {f"门店{n}": self.FORM for n in range(30)}, self.MERGED)
        assert len(found.all("sheet_id")) == 30
        assert len(found.rows("_row")) == len(found.all("_row")) == 150
        assert {source.sheet for source in found.data.sources} == {f"门店{n}" for n in range(30)}

    def test_a_list_of_several_inspections_with_ticks_is_no_single_sheet(self, tmp_path: Path) -> None:
        rows = [["店铺名称", "检查时间", "检查项目", "合格", "不合格"]]
        rows += [["中山路店", "2025-05-06", "着装整齐", "√", None], ["人民路店", "2025-05-07", "着装整齐", None, "√"]]
        found = read(tmp_path, rows)
        assert found.rows("store_name", "result") == [("中山路店", True), ("人民路店", False)]
        assert "sheet_id" not in found.data.tables["inspection"].columns


class TestDoubt:
    """What cannot be told is a Problem and unknown; nothing is guessed, blank is never a pass."""

    @pytest.mark.parametrize(
        ("yes", "no", "written"),
        [
            ("√", "√", "'合格 √、不合格 √' is neither yes nor no."),
            ("×", None, "'合格 ×' is neither yes nor no."),
            (None, "×", "'不合格 ×' is neither yes nor no."),
            ("×", "×", "'合格 ×、不合格 ×' is neither yes nor no."),
            ("5", None, "'合格 5' is neither yes nor no."),
        ],
    )
    def test_marks_that_contradict(self, tmp_path: Path, yes: str | None, no: str | None, written: str) -> None:
        found = read(tmp_path, [FIELDS, HEADER, [1, "着装整齐", 5, yes, no], [2, "使用文明语言", 5, "√", None]])
        assert found.rows("result", "_bad") == [(None, "|result|"), (True, None)]
        assert [problem.what for problem in found.problems] == [written]
        assert found.where() == "中山路店 3 合格/不合格"

    @pytest.mark.parametrize("heading", ["是否违规", "有无问题", "存在异常"])
    def test_ticks_under_a_heading_that_asks_for_the_bad_are_not_read(self, tmp_path: Path, heading: str) -> None:
        rows = [FIELDS, ["检查项目", heading, None, "备注"], [None, "是", "否"], ["着装整齐", "√"]]
        found = read(tmp_path, rows, ("A2:A3", "B2:C2", "D2:D3"))
        assert found.rows("result", "_bad") == [(None, "|result|")]
        assert [problem.what for problem in found.problems] == [f"'{heading}:是 √' is neither yes nor no."]

    def test_two_dates_of_one_form_are_both_left_unread(self, tmp_path: Path) -> None:
        rows = [["检查日期：2025-05-06", "检查时间：2025-05-07"], HEADER, [1, "着装整齐", 5, "√"]]
        found = read(tmp_path, rows)
        assert "inspected_at" not in found.data.tables["inspection"].columns
        assert [problem.code for problem in found.problems] == ["column-doubled"]


class TestMatrix:
    """Items in rows, and a column for each store, person or day."""

    def test_stores(self, tmp_path: Path) -> None:
        rows = [["检查日期：2025-05-06"], ["检查项目", "中山路店", "人民路店"]]
        rows += [["仪表", None, None], ["着装整齐", "√", "×"], ["使用文明语言", None, "不适用"]]
        found = read(tmp_path, rows, ("A3:C3",))
        assert found.rows("store_name", "_line", "item_name", "result", "section") == [
            ("中山路店", 4, "着装整齐", True, "仪表"),
            ("中山路店", 5, "使用文明语言", None, "仪表"),
            ("人民路店", 4, "着装整齐", False, "仪表"),
            ("人民路店", 5, "使用文明语言", None, "仪表"),
        ]
        assert found.all("sheet_id") == {"中山路店/中山路店/2025-05-06", "中山路店/人民路店/2025-05-06"}

    def test_every_verdict_is_known_by_its_column(self, tmp_path: Path) -> None:
        found = read(tmp_path, [["检查项目", "中山路店", "人民路店"], ["着装整齐", "√", "大概"], ["微笑", "√", "×"]])
        headers = [[c.header for c in source.columns if c.field == "result"] for source in found.data.sources]
        assert headers == [["中山路店"], ["人民路店"]]
        assert found.where() == "中山路店 2 人民路店"

    def test_days_of_the_month_that_is_named_above(self, tmp_path: Path) -> None:
        rows = [
            ["店铺名称：中山路店  检查月份：2025年5月"],
            ["检查项目", "1日", "2日", "3日"],
            ["着装整齐", "√", "×", None],
        ]
        found = read(tmp_path, rows)
        days = found.rows("strftime(make_timestamp((inspected_at + 28800) * 1000000), '%Y-%m-%d')", "result")
        assert days == [("2025-05-01", True), ("2025-05-02", False)]

    def test_people_where_the_corner_says_so(self, tmp_path: Path) -> None:
        rows = [["店铺名称：中山路店"], ["检查项目\\姓名", "张敏", "李强"], ["着装整齐", "√", "×"]]
        assert read(tmp_path, rows).rows("staff_name", "result") == [("张敏", True), ("李强", False)]

    def test_nobody_is_blamed_by_a_name_that_could_be_anything(self, tmp_path: Path) -> None:
        found = read(tmp_path, [["检查项目", "甲", "乙"], ["着装整齐", "√", "×"]], title="记录", name="检查表")
        assert found.rows("sample_ref", "result") == [("甲", True), ("乙", False)]
        assert "staff_name" not in found.data.tables["inspection"].columns


class TestRecord:
    """An inspection a row, and a column for each item."""

    ROWS: Cells = [
        ["店铺名称", "检查时间", "检查人员", "着装整齐", "使用文明语言", "礼貌地告别", "备注"],
        ["中山路店", "2025-05-06 10:00", "李强", "√", "×", None, "领带"],
        ["人民路店", "2025-05-07 10:00", "李强", "合格", None, None, None],
    ]

    def test_items_in_columns(self, tmp_path: Path) -> None:
        found = read(tmp_path, self.ROWS)
        assert found.rows("item_name", "_line", "store_name", "result") == [
            ("着装整齐", 2, "中山路店", True),
            ("着装整齐", 3, "人民路店", True),
            ("使用文明语言", 2, "中山路店", False),
            ("使用文明语言", 3, "人民路店", None),
        ]
        assert found.all("sheet_id") == {"中山路店/中山路店/2025-05-06 10:00", "中山路店/人民路店/2025-05-07 10:00"}

    def test_every_verdict_is_known_by_its_column(self, tmp_path: Path) -> None:
        found = read(tmp_path, self.ROWS)
        headers = [[c.header for c in source.columns if c.field == "result"] for source in found.data.sources]
        assert headers == [["着装整齐"], ["使用文明语言"]]

    def test_two_inspections_of_one_store_and_time_stay_two(self, tmp_path: Path) -> None:
        again = [*self.ROWS, ["中山路店", "2025-05-06 10:00", "李强", "×", "√", None, None]]
        found = read(tmp_path, again)
        assert "中山路店/中山路店/2025-05-06 10:00(2)" in found.all("sheet_id")

    def test_sections_above_the_items(self, tmp_path: Path) -> None:
        rows = [["店铺名称", "检查时间", "仪表言行", None], [None, None, "着装整齐", "使用文明语言"]]
        rows += [["中山路店", "2025-05-06", "√", "×"]]
        found = read(tmp_path, rows, ("C1:D1", "A1:A2", "B1:B2"))
        assert found.rows("section", "item_name", "_line") == [
            ("仪表言行", "着装整齐", 3),
            ("仪表言行", "使用文明语言", 3),
        ]


class TestOthers:
    """What is no such sheet is left to the ordinary reader."""

    def test_a_plain_list_stays_as_it_is(self, tmp_path: Path) -> None:
        rows = [["店铺名称", "检查时间", "检查项目", "检查结果"], ["中山路店", "2025-05-06", "着装整齐", "合格"]]
        found = read(tmp_path, rows)
        assert found.rows("_line", "store_name", "result") == [(2, "中山路店", True)]
        assert "sheet_id" not in found.data.tables["inspection"].columns

    def test_yes_and_no_in_another_record_are_no_inspection(self, tmp_path: Path) -> None:
        rows = [["合同号", "签订时间", "客户姓名", "认购书", "身份证", "财务收款收据"]]
        rows += [["C1", "2025-05-06", "王芳", "√", "√", "×"], ["C2", "2025-05-07", "王芳", "√", "√", "√"]]
        assert {*read(tmp_path, rows, title="合同打印台账", name="台账").data.tables} == {"transaction"}


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ({"是": None, "否": None}, None),
        ({"是": "√", "否": None}, "是"),
        ({"是": None, "否": "✓"}, "否"),
        ({"合格": "√", "不合格": "×"}, "是"),
        ({"合格": "×", "不合格": "√"}, "否"),
        ({"合格": None, "不合格": None, "不适用": "√"}, "不适用"),
        ({"合格": "√", "不合格": None, "不适用": "√"}, "合格 √、不适用 √"),
        ({"是": "☑", "否": "☐"}, "是"),
        ({"是": "FALSE", "否": "TRUE"}, "否"),
        ({"是": None, "否": "否"}, "否"),
        ({"是": "否", "否": None}, "是 否"),
        ({"合格": "是", "不合格": None}, "是"),
        ({"合格": None, "不合格": "×"}, "不合格 ×"),
        ({"是": " ", "否": None}, None),
    ],
)
def test_a_tick_chooses_its_column(cells: dict[str, str | None], verdict: str | None) -> None:
    assert chosen(list(cells.items())) == verdict


@pytest.mark.parametrize(
    ("cell", "verdict"),
    [
        ("□合格 ☑不合格", "否"),
        ("☑合格 □不合格 □不适用", "是"),
        ("□合格 □不合格", None),
        ("☑合格 ☑不合格", "合格 √、不合格 √"),
        ("合格", "合格"),
        ("□", None),
        ("√", "√"),
        ("☑清洁", "☑清洁"),
        (None, None),
    ],
)
def test_boxes_in_one_cell(cell: str | None, verdict: str | None) -> None:
    assert without_boxes(cell) == verdict


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        (["检查项目", "是", "否"], (1, 2)),
        (["检查项目", "合格", "不合格", "不适用"], (1, 2, 3)),
        (["检查项目", "是"], ()),
        (["检查项目", "是", "否", "是", "否"], ()),
        (["检查项目", "有", "无"], ()),
        (["Item", "Yes", "No", "N/A"], (1, 2, 3)),
    ],
)
def test_tick_columns(heads: list[str], columns: tuple[int, ...]) -> None:
    assert tick_columns(dict(enumerate(heads))) == columns


def test_choices_are_words_that_every_reader_knows() -> None:
    assert [choice.value for choice in Choice] == ["是", "否", "不适用"]


@pytest.mark.parametrize(
    ("above", "below", "fields"),
    [
        ({"inspected_at": "2025-05-06"}, {"inspected_at": "2025-05-07"}, [("inspected_at", "2025-05-06")]),
        ({}, {"inspected_at": "2025-05-07"}, [("inspected_at", "2025-05-07")]),
        ({"remark": "无", "store_name": ""}, {}, []),
    ],
)
def test_what_stands_above_comes_first(
    above: dict[str, str], below: dict[str, str], fields: list[tuple[str, str]]
) -> None:
    top, bottom = ([Written(name, name, value) for name, value in group.items()] for group in (above, below))
    assert [(one.field, one.value) for one in fields_of(top, bottom)] == fields


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (["店铺名称：中山路店"], {"store_name": "中山路店"}),
        (
            ["店铺名称:中山路店 检查时间：2025年5月6日 10:30"],
            {"store_name": "中山路店", "inspected_at": "2025年5月6日 10:30"},
        ),
        (["店铺名称：中山路店　天气：晴"], {"store_name": "中山路店"}),
        (["店铺名称：____ 检查人员：李强___"], {"inspector": "李强"}),
        (["检查时间：   年  月  日"], {}),
        (["店铺名称", "中山路店", "检查人员", "李强"], {"store_name": "中山路店", "inspector": "李强"}),
        (["店铺名称：", "中山路店", None, "检查人员：", "李强"], {"store_name": "中山路店", "inspector": "李强"}),
        (["店铺名称", None, "检查人员", "李强"], {"inspector": "李强"}),
        (["检查人员", "被检查人员", "张敏"], {"staff_name": "张敏"}),
        (["店铺名称：中山路店\n检查人员：李强"], {"store_name": "中山路店", "inspector": "李强"}),
        (["Store name: North Gate  Inspected by: Li Qiang"], {"store_name": "North Gate", "inspector": "Li Qiang"}),
        (["检查：上午10:30"], {}),
    ],
)
def test_labels_and_what_is_written_beside_them(row: list[str | None], fields: dict[str, str]) -> None:
    paper = Paper([row], ())
    found = fields_of(written_in(paper, [1], Labels(HeaderIndex(RECORDS))), [])
    assert {one.field: one.value for one in found} == fields


def test_a_date_and_a_time_of_day_that_stand_apart_are_one_moment() -> None:
    apart = [Written("检查日期", "inspected_at", "2025-05-06"), Written("检查时间", "inspected_at", "10:30")]
    assert fields_of(apart, []) == [Written("检查日期", "inspected_at", "2025-05-06 10:30")]


def test_what_inspect_shows_of_a_form_has_no_letters_and_no_mapping(tmp_path: Path) -> None:
    read(tmp_path, TestForm.FORM, TestForm.MERGED)
    [view] = inspect_file(tmp_path / "巡检.xlsx", RECORDS, "Asia/Shanghai").sheets
    assert (view.record, view.header_row, view.layout, tuple(view.mapping)) == ("inspection", 3, None, ())
    assert {column.letter for column in view.columns} == {""}
    assert [column.header for column in view.columns if column.match is None] == ["序号", "分值"]
