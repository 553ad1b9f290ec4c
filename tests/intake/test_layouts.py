"""The table inside the sheet: what people put above, around and between its rows."""

from pathlib import Path

import duckdb
import openpyxl
import pytest

from auditor.intake.accounts import RowsLost, check_accounts
from auditor.intake.dataset import ColumnMatch, Source
from auditor.intake.header import Candidate
from auditor.intake.rows import sorter_of
from auditor.intake.sheet import Body, HeadRow, Sheet
from tests.intake.sheets import CALL, HEADER, call, fields, read, rows, told, workbook


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "报修.xlsx"


def test_31_title_and_code_rows_above_the_header(path: Path) -> None:
    above = [["报修登记表"], ["编号：BX-07", None, None, "版本：2.1"], ["2025年5月"]]
    workbook(path, [*above, HEADER, call(1), call(2)], ["A1:E1", "A2:C2", "D2:E2", "A3:E3"])
    data, problems = read(path)
    assert problems == []
    assert rows(data, "_line, call_id, handler") == [(5, "G1", "张敏"), (6, "G2", "张敏")]
    assert (data.sources[0].header_row, data.sources[0].rows_read) == (4, 2)


TWO_LEVELS = [
    ["工单号", "受理", None, "客户", None, "备注"],
    [None, "时间", "人", "客户姓名", "联系电话", None],
    ["G1", "2025-05-01 10:00", "张敏", "李强", "0571001", "急"],
]
THREE_LEVELS = [
    ["工单号", "处理过程", None, None, "客户", None],
    [None, "受理", None, "费用", "客户姓名", "联系电话"],
    [None, "时间", "人", None, None, None],
    ["G1", "2025-05-01 10:00", "张敏", 5, "李强", "0571001"],
]


def test_32_two_header_levels_with_merges(path: Path) -> None:
    workbook(path, TWO_LEVELS, ["A1:A2", "B1:C1", "D1:E1", "F1:F2"])
    data, problems = read(path)
    assert problems == []
    assert fields(data) == {
        "工单号": "call_id", "受理/时间": "received_at", "受理/人": "handler", "客户/客户姓名": "customer",
        "客户/联系电话": "phone", "备注": "note",
    }  # fmt: skip
    assert rows(data, "_line, call_id, handler, customer, phone, note") == [(3, "G1", "张敏", "李强", "0571001", "急")]
    assert [match.how for match in data.sources[0].columns][3] == "alias, lowest level"


def test_32_three_header_levels_with_merges(path: Path) -> None:
    merges = ["A1:A3", "B1:D1", "E1:F1", "B2:C2", "D2:D3", "E2:E3", "F2:F3"]
    workbook(path, [["报修登记表"], *THREE_LEVELS], [_down(one) for one in merges] + ["A1:F1"])
    data, problems = read(path)
    assert problems == []
    assert fields(data) == {
        "工单号": "call_id", "处理过程/受理/时间": "received_at", "处理过程/受理/人": "handler",
        "处理过程/费用": "cost", "客户/客户姓名": "customer", "客户/联系电话": "phone",
    }  # fmt: skip
    assert rows(data, "_line, call_id, handler, cost") == [(5, "G1", "张敏", 5.0)]


def _down(area: str) -> str:
    """The same range a row further down."""
    return "".join(str(int(part) + 1) if part.isdigit() else part for part in area)


def test_32_two_levels_in_a_text_file_without_merges(tmp_path: Path) -> None:
    path = tmp_path / "报修.csv"
    text = "工单号,受理,,客户,\n,时间,人,客户姓名,联系电话\nG1,2025-05-01 10:00,张敏,李强,0571001\n"
    path.write_text(text, encoding="utf-8")
    data, problems = read(path)
    assert problems == []
    assert rows(data, "_line, call_id, handler, customer, phone") == [(3, "G1", "张敏", "李强", "0571001")]


def test_32_a_row_of_characters_that_show_nothing_is_no_level(tmp_path: Path) -> None:
    path = tmp_path / "报修.csv"
    path.write_text("工单号,受理,,备注\n,受理时间,受理人,\n,,,\u200b\nG1,2025-05-01,张敏,急\n", encoding="utf-8")
    data, problems = read(path)
    assert problems == []
    assert rows(data, "_line, call_id, handler, note") == [(4, "G1", "张敏", "急")]


def test_32_a_name_split_up_below_is_no_field_and_its_parts_are_no_record(path: Path) -> None:
    header = [["工单号", "受理时间", "受理人", "费用", None], [None, None, None, "材料", "人工"]]
    workbook(path, [*header, ["G1", "2025-05-01", "张敏", 5, 7]], ["A1:A2", "B1:B2", "C1:C2", "D1:E1"])
    data, problems = read(path)
    assert problems == []
    assert rows(data, "_line, call_id") == [(3, "G1")]
    assert "cost" not in data.tables["call"].columns
    assert data.sources[0].extras == ("费用/材料", "费用/人工")


@pytest.mark.parametrize(("above", "field"), [("计划", None), ("预计", None), ("现场", "started_at")])
def test_32_a_planned_time_is_not_known_by_its_lowest_level(path: Path, above: str, field: str | None) -> None:
    header = [["工单号", "受理时间", "受理人", above, None], [None, None, None, "开始时间", "地点"]]
    workbook(path, [*header, ["G1", "2025-05-01", "张敏", "2025-05-02", "杭州"]],
             ["A1:A2", "B1:B2", "C1:C2", "D1:E1"])  # fmt: skip
    data, _ = read(path)
    assert fields(data).get(f"{above}/开始时间") == field


def test_32_a_wide_heading_cell_is_one_column(path: Path) -> None:
    """备注 is merged over two columns in the header and below: one column, and no second level."""
    header = [*HEADER, "备注", None]
    workbook(path, [header, [*call(1), "急", None], [*call(2), None, None]], ["F1:G1", "F2:G2", "F3:G3"])
    data, problems = read(path)
    assert problems == []
    assert rows(data, "_line, call_id, note") == [(2, "G1", "急"), (3, "G2", None)]


def test_32_a_wide_cell_in_two_levels_is_one_column(path: Path) -> None:
    header = [["工单号", "备注", None, "受理", None], [None, None, None, "时间", "人"]]
    workbook(path, [*header, ["G1", "急", None, "2025-05-01", "张敏"]], ["A1:A2", "B1:C2", "D1:E1", "B3:C3"])
    data, problems = read(path)
    assert problems == []
    assert rows(data, "call_id, note, handler") == [("G1", "急", "张敏")]


def test_32_a_record_below_a_wide_heading_cell_is_no_second_level(path: Path) -> None:
    workbook(path, [[*HEADER, "备注", None], [*call(1), "急", "已电话"]], ["F1:G1"])
    data, problems = read(path)
    assert problems == []
    assert rows(data, "_line, call_id, note") == [(2, "G1", "急")]


LOWEST = [
    (["受理时间", "受理时间", "回访人"], {}, ["column-doubled"]),
    (["时间", "受理时间", "回访人"], {"受理/时间": "received_at"}, []),
]


@pytest.mark.parametrize(("lower", "known", "codes"), LOWEST, ids=["neither", "the whole name"])
def test_32_a_lowest_level_that_stands_twice_does_not_decide(
    path: Path, lower: list[object], known: dict[str, str], codes: list[str]
) -> None:
    header = [["工单号", "受理人", "受理", "回访", None], [None, None, *lower]]
    workbook(path, [*header, ["G1", "张敏", "2025-05-01", "2025-05-02", "李强"]], ["A1:A2", "B1:B2", "D1:E1"])
    data, problems = read(path)
    assert told(problems) == codes
    assert {header: field for header, field in fields(data).items() if field == "received_at"} == known


def test_33_line_breaks_and_full_width_brackets_in_a_header(path: Path) -> None:
    workbook(path, [["工单\n号", "受理时间\n（24小时制）", "受 理 人", "是否解决\u200b", "金额【元】"], call(1)])
    data, problems = read(path)
    assert problems == []
    assert list(fields(data).values()) == ["call_id", "received_at", "handler", "solved", "cost"]


def test_34_the_same_header_twice_is_left_unread(path: Path) -> None:
    workbook(path, [[*HEADER, "受理时间"], [*call(1), "2025-05-09"]])
    data, problems = read(path)
    assert [str(problem).split(": ", 1)[1] for problem in problems] == [
        "The columns 受理时间, 受理时间 all mean 'received_at', so none of them was read. "
        "Give all but one of them another header."
    ]
    assert "received_at" not in data.tables["call"].columns


def test_34_two_headers_of_one_field_and_the_line_that_settles_it(path: Path) -> None:
    workbook(path, [[*HEADER, "报修时间"], [*call(1), "2025-05-09"]])
    data, problems = read(path)
    assert problems[0].remedy == (
        "Rename the others; or, if 受理时间 counts, put "
        "`- {file: '报修.xlsx', sheet: 报修, columns: {报修时间: null}}` under `mappings:` in auditor.yaml."
    )
    assert "received_at" not in data.tables["call"].columns
    data, problems = read(path, file="报修.xlsx", sheet="报修", columns={"报修时间": None})
    assert problems == []
    assert rows(data, "received_at")[0] == (1746064800,)
    assert data.sources[0].extras == ()


def test_35_the_header_printed_again_on_every_page(path: Path) -> None:
    pages = [[["报修登记表"], *TWO_LEVELS[:2], TWO_LEVELS[2], [None]] for _ in range(3)]
    merges = [
        f"{first}{5 * page + top}:{last}{5 * page + bottom}"
        for page in range(3)
        for first, top, last, bottom in (("A", 2, "A", 3), ("B", 2, "C", 2), ("D", 2, "E", 2), ("F", 2, "F", 3))
    ]
    body = [row for page in pages for row in page]
    for number, line in enumerate((3, 8, 13), start=1):
        body[line] = [f"G{number}", *body[line][1:]]
    workbook(path, body, merges)
    data, problems = read(path)
    assert problems == []
    assert rows(data, "_line, call_id") == [(4, "G1"), (9, "G2"), (14, "G3")]
    assert data.sources[0].set_aside == {"blank": 2, "repeated header": 6}


FOOT = [
    (["合计", None, None, None, 9], "totals"),
    (["本年累计：", None, None, None, 9], "totals"),
    ([None, None, "合计", None, 9], "totals"),
    ([None, None, "制表人：张敏", None, "审核人：李强"], "signature"),
    (["检查人员签字："], "signature"),
    (["备注：以上数据截至月底"], "note"),
    (["以下空白"], "note"),
    (["第 1 页"], "note"),
]


@pytest.mark.parametrize(("row", "reason"), FOOT, ids=[str(row) for row, _ in FOOT])
def test_37_rows_below_the_table_are_set_aside_and_counted(path: Path, row: list[object], reason: str) -> None:
    workbook(path, [HEADER, call(1), row])
    data, problems = read(path)
    assert problems == []
    assert rows(data, "call_id") == [("G1",)]
    assert (data.sources[0].rows_read, data.sources[0].set_aside) == (2, {reason: 1})


@pytest.mark.parametrize(("row", "reason"), [*FOOT, ([" 合 计", 5], "totals"), (["Grand Total:", 5], "totals")])
def test_37_the_same_rows_in_a_text_file(tmp_path: Path, row: list[object], reason: str) -> None:
    """Text files are read inside DuckDB, which looks closely only at rows that begin like one of these."""
    path = tmp_path / "a.csv"
    lines = [HEADER, call(1), [*row, *[None] * 5][:5]]
    path.write_text("\n".join(",".join(str(cell or "") for cell in line) for line in lines), encoding="utf-8")
    data, problems = read(path)
    assert (problems, rows(data, "call_id")) == ([], [("G1",)])
    assert data.sources[0].set_aside == {reason: 1}


def test_37_ids_that_begin_like_an_english_total_are_not_looked_at_one_by_one() -> None:
    columns = (ColumnMatch("工单号", 0, "call_id", "alias"),)
    header = HeadRow(1, ("工单号",), 1)
    sheet = Sheet(Path("a.csv"), None, (header,), lambda *_: Body(""))
    sieve = sorter_of(sheet, Candidate(CALL, header, 1.0, columns), [0]).sieve()
    cells = [
        "G1",
        "T-000",
        "SUB99",
        "A",
        "Gran",
        "平安路店",
        "G合计",
        "total",
        " 合计",
        "\u3000Sub Total",
        "工单号",
        None,
        "",
    ]
    kept = duckdb.execute(f"SELECT c0 FROM (SELECT unnest(?::VARCHAR[]) AS c0) WHERE NOT {sieve}", [cells]).fetchall()
    assert [cell for (cell,) in kept] == ["G1", "T-000", "SUB99", "A", "Gran", "G合计"]


def test_37_totals_under_a_column_nobody_knows(path: Path) -> None:
    header = ["序号", "区域", "片区", *HEADER]
    workbook(path, [header, [1, "东", "甲", *call(1)], [None, None, "小计", None, None, None, None, 3]])
    data, problems = read(path)
    assert problems == []
    assert (rows(data, "call_id"), data.sources[0].set_aside) == ([("G1",)], {"totals": 1})


@pytest.mark.parametrize("word", ["备注", "说明文档已交", "第1页已签"])
def test_37_a_record_that_begins_like_a_note_stays(path: Path, word: str) -> None:
    workbook(path, [HEADER, call(1, id=word)])
    assert rows(read(path)[0], "call_id") == [(word,)]


MERGED = [
    [*HEADER, "门店"],
    [*call(1), "中山路店"],
    [*call(2), None],
    [*call(3), None],
    ["小计", None, None, None, 6, None],
    [*call(4), "人民路店"],
    [*call(5), None],
]


def test_38_a_merge_fills_the_cells_it_covers_and_no_others(path: Path) -> None:
    workbook(path, MERGED, ["F2:F5"])
    data, problems = read(path)
    assert problems == []
    assert rows(data, "_line, call_id, shop") == [
        (2, "G1", "中山路店"), (3, "G2", "中山路店"), (4, "G3", "中山路店"), (6, "G4", "人民路店"), (7, "G5", None),
    ]  # fmt: skip
    assert data.sources[0].set_aside == {"totals": 1}


def test_38_a_merge_down_the_first_column_does_not_hide_totals(path: Path) -> None:
    header = ["门店", *HEADER]
    rows_ = [["中山路店", *call(1)], [None, *call(2)], [None, "合计", None, None, None, 3], [None] * 6]
    workbook(path, [header, *rows_], ["A2:A5"])
    data, _ = read(path)
    assert rows(data, "_line, shop, call_id") == [(2, "中山路店", "G1"), (3, "中山路店", "G2")]
    assert data.sources[0].set_aside == {"totals": 1}


def test_38_a_declared_column_is_filled_down_without_merges(path: Path) -> None:
    workbook(path, MERGED)
    assert [shop for (shop,) in rows(read(path)[0], "shop")] == ["中山路店", None, None, "人民路店", None]
    data, problems = read(path, sheet="报*", fill_down=["门店"])
    assert problems == []
    assert [shop for (shop,) in rows(data, "shop")] == ["中山路店"] * 3 + ["人民路店"] * 2
    assert data.sources[0].set_aside == {"totals": 1}


def test_38_a_cell_merged_across_two_fields_belongs_to_neither_for_sure(path: Path) -> None:
    header = ["工单号", "受理时间", "开始时间", "受理人"]
    body = [["G1", "2025-05-01", None, "张敏"], ["G2", None, None, "李强"]]
    workbook(path, [header, *body], ["B2:C2", "B3:C3"])
    data, problems = read(path)
    assert [(one.code, str(one.where).split(" › ", 1)[1], one.what) for one in problems] == [
        (
            "merged-cell",
            "报修 › row 2 › column 开始时间",
            "The cell is merged with its neighbour, so it is not known which column the value belongs to.",
        )
    ]
    assert rows(data, "call_id, started_at, _bad") == [("G1", None, "|started_at|"), ("G2", None, None)]


def test_38_a_cell_merged_across_the_table_heads_the_rows_below(path: Path) -> None:
    workbook(path, [HEADER, ["一、五月上旬"], call(1), ["二、五月中旬"], call(2)], ["A2:E2", "A4:E4"])
    data, problems = read(path)
    assert problems == []
    assert rows(data, "_line, call_id") == [(3, "G1"), (5, "G2")]
    assert data.sources[0].set_aside == {"heading": 2}


def test_39_a_blank_row_in_the_middle_does_not_stop(path: Path) -> None:
    workbook(path, [HEADER, call(1), [], [None, "  "], call(2)])
    data, _ = read(path)
    assert rows(data, "_line, call_id") == [(2, "G1"), (5, "G2")]
    assert data.sources[0].set_aside == {"blank": 2}


def test_40_blank_leading_rows_and_columns_leave_the_row_numbers_true(path: Path) -> None:
    body = [[None, None, *row] for row in (HEADER, call(1), call(2, at="昨天"))]
    workbook(path, [[], [], [None, None, "报修登记表"], [], *body])
    data, problems = read(path)
    assert rows(data, "_line, call_id") == [(6, "G1"), (7, "G2")]
    assert [str(one.where).split(" › ", 1)[1] for one in problems] == ["报修 › row 7 › column 受理时间"]


def test_41_hidden_rows_are_read_with_their_own_numbers(path: Path) -> None:
    workbook(path, [HEADER, *(call(number) for number in range(1, 6))])
    book = openpyxl.load_workbook(path)
    sheet = book["报修"]
    sheet.auto_filter.ref = "A1:E6"
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    book.save(path)
    data, _ = read(path)
    assert rows(data, "_line, call_id") == [(n + 1, f"G{n}") for n in range(1, 6)]


BESIDE = [
    [*HEADER, None, *HEADER],
    [*call(1), None, *call(2)],
    [*call(3), None, *call(4)],
]


def test_42_two_tables_side_by_side_are_refused_with_the_choice(path: Path) -> None:
    workbook(path, BESIDE)
    data, problems = read(path)
    assert data.tables == {}
    assert (told(problems), problems[0].what) == (
        ["tables-side-by-side", "file-not-recognised"],
        "2 tables stand side by side in the columns A:E and G:K, so none was read.",
    )
    assert problems[0].remedy == (
        "Give each table a sheet of its own, or put `- {file: '报修.xlsx', sheet: 报修, range: 'A:E', record: call}` "
        "or `- {file: '报修.xlsx', sheet: 报修, range: 'G:K', record: call}` under `mappings:` in auditor.yaml. "
        "With all of these lines all are read."
    )


def test_42_a_range_picks_one_of_the_tables_and_two_ranges_both(path: Path) -> None:
    workbook(path, BESIDE)
    data, problems = read(path, range="G:K")
    assert problems == []
    assert rows(data, "_line, call_id") == [(2, "G2"), (3, "G4")]


def test_42_without_a_gap_a_header_that_begins_anew_is_another_table(path: Path) -> None:
    workbook(path, [[*HEADER, *HEADER], [*call(1), *call(2)]])
    assert told(read(path)[1]) == ["tables-side-by-side", "file-not-recognised"]


def test_42_two_kinds_of_records_side_by_side(path: Path) -> None:
    other = ["走访编号", "走访人", "走访时间"]
    workbook(path, [[*HEADER, None, *other], [*call(1), None, "Z1", "李强", "2025-05-02"]])
    _, problems = read(path)
    assert problems[0].code == "tables-side-by-side"
    assert "range: 'G:I', record: visit" in problems[0].remedy


def test_42_an_empty_column_inside_one_table_is_nothing_to_ask_about(path: Path) -> None:
    workbook(path, [[*HEADER, None, "客户姓名", "联系电话"], [*call(1), None, "李强", "0571001"]])
    data, problems = read(path)
    assert problems == []
    assert rows(data, "call_id, customer, phone") == [("G1", "李强", "0571001")]


TRANSPOSED = [["报修登记表"], *map(list, zip(HEADER, call(1), call(2), strict=True))]


def test_43_a_transposed_sheet_is_read_and_says_so(path: Path) -> None:
    workbook(path, TRANSPOSED)
    data, problems = read(path)
    assert rows(data, "_line, call_id, handler, cost") == [(2, "G1", "张敏", 1.0), (3, "G2", "张敏", 2.0)]
    assert data.sources[0].sheet == "报修 (transposed: row 3 is column C)"
    assert (told(problems), problems[0].what) == (
        ["sheet-transposed"],
        "The fields stand below one another (工单号, 受理时间, 受理人, 是否解决, ...), "
        "so every column was read as a record.",
    )
    assert "`- {file: '报修.xlsx', sheet: 报修, transposed: true}`" in problems[0].remedy
    assert read(path, file="报修.xlsx", sheet="报修", transposed=True)[1] == []


def test_43_labels_and_values_that_alternate_are_not_read_as_records(path: Path) -> None:
    card = [["工单号", "G1", "受理人", "张敏"], ["受理时间", "2025-05-01", "金额", 5], ["是否解决", "是", "备注", "无"]]
    workbook(path, card)
    data, problems = read(path)
    assert data.tables == {}
    assert (told(problems), problems[0].what) == (
        ["named-again", "file-not-recognised"],
        "Row 2 holds names of fields below the header (受理时间, 2025-05-01, 金额, 5), "
        "so nothing of the sheet was read.",
    )


def test_43_a_second_table_below_the_first_is_not_read_as_its_records(path: Path) -> None:
    workbook(path, [HEADER, call(1), [], ["工单号", "客户姓名", "联系电话"], ["G1", "李强", "0571001"]])
    assert told(read(path)[1]) == ["named-again", "file-not-recognised"]


def test_43_a_text_file_cannot_be_transposed(tmp_path: Path) -> None:
    path = tmp_path / "报修.csv"
    path.write_text("工单号,G1\n受理时间,2025-05-01\n", encoding="utf-8")
    _, problems = read(path, transposed=True)
    assert problems[0].what == (
        "A mapping says that this sheet is transposed, but only a sheet of a workbook can be read that way."
    )


def test_44_a_dingtalk_attendance_export(path: Path) -> None:
    sheet = [
        ["考勤结果明细 统计日期：2025-05-01 至 2025-05-31"],
        ["报表生成时间：2025-06-01 10:00"],
        ["姓名", "部门", "工号", "日期", "上班1", None, "下班1", None],
        [None, None, None, None, "打卡时间", "打卡结果", "打卡时间", "打卡结果"],
        ["张敏", "客服部", "A017", "2025-05-06", "08:55", "正常", "18:02", "正常"],
        ["李强", "客服部", "A018", "2025-05-06", "09:20", "迟到", "18:00", "正常"],
    ]
    merges = ["A1:H1", "A2:H2", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:H3"]
    workbook(path, sheet, merges, "每日统计")
    data, problems = read(path)
    assert problems == []
    assert rows(data, "_line, staff_no, in_at, in_result, out_at", "punch") == [
        (5, "A017", 32100, "正常", 64920), (6, "A018", 33600, "迟到", 64800),
    ]  # fmt: skip
    assert (data.sources[0].header_row, data.sources[0].rows_read) == (3, 2)


def test_45_a_column_renamed_since_last_month(path: Path) -> None:
    header = [*HEADER, "客户名", "颜色"]
    workbook(path, [header, [*call(1), "李强", "红"]])
    data, problems = read(path)
    assert [(one.code, str(one.where).split(" › ", 1)[1], one.what, one.remedy) for one in problems] == [
        (
            "column-renamed",
            "报修 › row 1 › column 客户名",
            "客户姓名 ('customer') is not in this sheet, and 客户名 is not known: is it the same?",
            "If so, put `- {file: '报修.xlsx', sheet: 报修, columns: {客户名: customer}}` "
            "under `mappings:` in auditor.yaml.",
        )
    ]
    assert "customer" not in data.tables["call"].columns
    data, problems = read(path, file="报修.xlsx", sheet="报修", columns={"客户名": "customer"})
    assert problems == []
    assert rows(data, "customer") == [("李强",)]


def test_45_a_column_missing_since_last_month(tmp_path: Path) -> None:
    april = workbook(tmp_path / "四月.xlsx", [HEADER, call(1)])
    may = workbook(tmp_path / "五月.xlsx", [[*HEADER[:3], "金额"], [*call(2)[:3], 5]])
    data, problems = read(april, may)
    assert [(one.code, one.what) for one in problems] == [
        ("column-missing", "Unlike the other files of call this one has no column 是否解决 ('solved').")
    ]
    assert rows(data, "call_id, solved, _bad") == [("G1", True, None), ("G2", None, "|solved|")]


def test_a_sheet_nobody_understands_names_the_rows_that_may_be_its_header(path: Path) -> None:
    workbook(path, [["甲", "乙", "丙"], [1, 2, 3]])
    _, problems = read(path)
    assert problems[0].remedy == (
        "Rows that may be the header: 1 (甲, 乙, 丙); 2 (1, 2, 3). Rename the columns, or put `- {file: '报修.xlsx', "
        "sheet: 报修, record: RECORD, header_row: 1, columns: {甲: FIELD}}` under `mappings:` in auditor.yaml."
    )


def test_a_mapping_may_say_the_header_row(path: Path) -> None:
    workbook(path, [["工单号", "甲", "乙", "丙", "丁"], ["G1", 2, 3, 4, 5]])
    data, problems = read(path)
    assert data.tables == {}
    assert problems[0].remedy == (
        "Rename its columns as that record type has them, or put `- {file: '报修.xlsx', sheet: 报修, record: call, "
        "header_row: 1}` under `mappings:` in auditor.yaml."
    )
    data, problems = read(path, file="报修.xlsx", sheet="报修", record="call", header_row=1)
    assert problems == []
    assert rows(data, "call_id") == [("G1",)]


def test_a_header_far_down_is_found_when_it_is_said_where(path: Path) -> None:
    workbook(path, [*([f"第{n}条", "说明"] for n in range(50)), HEADER, call(1)])
    assert read(path)[0].tables == {}
    data, problems = read(path, header_row=51)
    assert problems == []
    assert (rows(data, "_line, call_id"), data.sources[0].header_row) == ([(52, "G1")], 51)


def test_every_row_is_counted_once(path: Path) -> None:
    workbook(path, [["报修登记表"], HEADER, call(1), [], ["合计"], HEADER, call(2), ["制表人：张敏"]])
    source = read(path)[0].sources[0]
    assert (source.rows_read, source.rows_kept, dict(source.set_aside)) == (
        6, 2, {"blank": 1, "repeated header": 1, "signature": 1, "totals": 1}
    )  # fmt: skip


def test_rows_that_are_nowhere_are_our_own_mistake(path: Path) -> None:
    workbook(path, [HEADER, call(1), call(2)])
    data, _ = read(path)
    data.connection.execute("DELETE FROM call WHERE call_id = 'G2'")
    with pytest.raises(RowsLost, match="read 2, set aside 0, kept 1"):
        check_accounts(data.connection, "main", ["call"], data.sources)
    wrong = Source("x.csv", None, "call", None, 1, (), rows_read=3, rows_kept=1, set_aside={"blank": 1})
    with pytest.raises(RowsLost, match="read 3, set aside 1, kept 1"):
        check_accounts(data.connection, "main", ["call"], [wrong])


def test_42_a_range_cuts_merged_headers_where_it_ends(path: Path) -> None:
    header = [
        ["走访", None, None, "报修", None, None],
        ["走访编号", "走访人", "工单号", "工单号", "受理时间", "受理人"],
    ]
    workbook(path, [*header, ["Z1", "李强", "G9", "G1", "2025-05-01", "张敏"]], ["A1:C1", "D1:F1"])
    data, problems = read(path, range="D:F")
    assert problems == []
    assert rows(data, "_line, call_id, handler") == [(3, "G1", "张敏")]


def test_42_one_header_on_both_sides_of_an_empty_column_is_a_doubled_column(path: Path) -> None:
    workbook(path, [[*HEADER, None, "客户姓名", "联系电话", "门店", "金额"], [*call(1), None, "李强", "1", "甲", 7]])
    data, problems = read(path)
    assert told(problems) == ["column-doubled"]
    assert rows(data, "call_id, customer") == [("G1", "李强")]
