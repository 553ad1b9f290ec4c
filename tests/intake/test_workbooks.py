"""Cells of a workbook: what stands in them, and what must not be taken for blank.

The numbers are those of the list of inputs that intake must survive.
"""

from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.intake.celltext import cell_text
from auditor.intake.container.cells import text_table
from auditor.intake.container.xmlscan import column_number
from auditor.intake.sheet import Merge
from auditor.intake.sniff import Format
from auditor.intake.workbook import open_workbook
from auditor.problem import Problem
from tests.intake import parts, repairs

FILES = Path(__file__).parent / "files"
MAY_DAY = 1714530600
"""2024-05-01 10:30 in Shanghai."""


def log(path: Path, *rows: str, before: str = "", book: str = "") -> Path:
    """A workbook of repair calls whose rows are XML cells."""
    header = parts.cells("工单号", "受理时间", "受理人", "是否解决", "金额", "备注")
    xml = "".join(f"<row>{row}</row>" for row in (header, *rows))
    return parts.workbook(path, f"{before}<sheetData>{xml}</sheetData>", book=book)


def told(problems: list[Problem], code: str) -> list[str]:
    return [f"{problem.where.column}: {problem.what}" for problem in problems if problem.code == code]


def test_13_an_empty_fill_in_the_styles(tmp_path: Path) -> None:
    path = log(tmp_path / "fill.xlsx", parts.cells("0012") + '<c s="1"><v>45413.4375</v></c>')
    assert repairs.rows(repairs.read(path)[0], "received_at") == [(MAY_DAY,)]


def test_14_the_date_system_of_1904(tmp_path: Path) -> None:
    row = parts.cells("0012") + f'<c s="1"><v>{45413.4375 - 1462}</v></c>'
    path = log(tmp_path / "early.xlsx", row, book='<workbookPr date1904="1"/>')
    assert repairs.rows(repairs.read(path)[0], "received_at") == [(MAY_DAY,)]
    assert repairs.rows(repairs.read(FILES / "early.xls")[0], "received_at")[0] == (MAY_DAY,)


def test_16_hidden_sheets_are_read_and_said_to_be_hidden(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for number, state in enumerate(("visible", "hidden", "veryHidden")):
        sheet = workbook.active if number == 0 else workbook.create_sheet(f"报修登记表{number}")
        sheet.append(["工单号", "受理人", "金额"])
        sheet.append([f"00{number}", "张敏", 1])
        sheet.sheet_state = state
    workbook.save(tmp_path / "hidden.xlsx")
    data, problems = repairs.read(tmp_path / "hidden.xlsx")
    assert repairs.rows(data, "call_id") == [("000",), ("001",), ("002",)]
    assert [(problem.where.sheet, problem.what, problem.fatal) for problem in problems] == [
        ("报修登记表1", "The sheet is hidden; it was read like the rest.", False),
        ("报修登记表2", "The sheet is very hidden; it was read like the rest.", False),
    ]


def test_36_an_uncached_formula_in_a_row_of_totals_is_no_problem(tmp_path: Path) -> None:
    path = parts.workbook(
        tmp_path / "sum.xlsx",
        f'<sheetData><row r="1">{parts.cells("工单号", "金额")}</row><row r="2"><c r="A2"><v>12</v></c></row>'
        f'<row r="3">{parts.cells("合计")}<c r="B3"><f>SUM(B2:B2)</f><v/></c></row></sheetData>',
    )
    data, problems = repairs.read(path)
    assert repairs.rows(data, "call_id") == [("12",)]
    assert [dict(source.set_aside) for source in data.sources] == [{"totals": 1}]
    assert problems == []


def test_41_hidden_rows_and_columns_are_read_and_said_to_be_hidden(tmp_path: Path) -> None:
    xml = (
        '<cols><col min="3" max="4" width="9" hidden="1"/><col min="9" max="16384" hidden="1"/></cols><sheetData>'
        f'<row r="1">{parts.cells("工单号", "受理人", "金额", "备注")}</row>'
        + "".join(f'<row r="{n}" hidden="1">{parts.cells(f"00{n}", "张敏")}</row>' for n in range(2, 7))
        + '</sheetData><autoFilter ref="A1:D6"><filterColumn colId="1"/></autoFilter>'
    )
    path = parts.workbook(tmp_path / "hidden.xlsx", xml)
    data, problems = repairs.read(path)
    assert len(repairs.rows(data, "call_id")) == 5
    [problem] = [problem for problem in problems if problem.code == "hidden-rows"]
    assert problem.what == (
        "5 rows are hidden (2, 3, 4, ...) and 2 columns are hidden (C:D) by a filter; "
        "what is hidden was read like the rest."
    )
    [sheet], _ = open_workbook(path)
    assert sheet.hidden_rows == {2, 3, 4, 5, 6}


@pytest.mark.parametrize("style", [1, 2, 3, 4], ids=["22", "31", "57", "58"])
def test_46_chinese_date_formats_are_dates(tmp_path: Path, style: int) -> None:
    path = log(tmp_path / "dates.xlsx", parts.cells("0012") + f'<c s="{style}"><v>45413.4375</v></c>')
    assert repairs.rows(repairs.read(path)[0], "received_at") == [(MAY_DAY,)]


def test_48_text_and_real_dates_in_one_column(tmp_path: Path) -> None:
    dates = ['<c s="1"><v>45413.4375</v></c>', "<c><v>45413.4375</v></c>"]
    dates += [parts.cells(text) for text in ("2024年5月1日 10:30", "2024-05-01 10:30", "2024.5.1 上午10:30")]
    path = log(tmp_path / "mixed.xlsx", *(parts.cells(f"000{n}") + cell for n, cell in enumerate(dates)))
    data, problems = repairs.read(path)
    assert problems == []
    assert repairs.rows(data, "received_at") == [(MAY_DAY,)] * 5


def test_59_a_span_over_a_day_keeps_its_hours(tmp_path: Path) -> None:
    row = parts.cells("0012", "2024-05-01", "张敏", "是", "1") + '<c s="5"><v>1.25</v></c>'
    assert repairs.rows(repairs.read(log(tmp_path / "span.xlsx", row))[0], "note") == [("30:00:00",)]
    spans = [open_workbook(FILES / f"repairs.{kind}", kind)[0][0].grid()[3][4] for kind in (Format.XLS, Format.ODS)]
    assert spans == ["30:15:00", "30:15:00"]


def test_63_a_picture_in_a_cell_is_no_tick(tmp_path: Path) -> None:
    picture = '<c t="str"><f>_xlfn.DISPIMG("ID_1A2B",1)</f><v>=DISPIMG("ID_1A2B",1)</v></c>'
    path = log(
        tmp_path / "picture.xlsx", parts.cells("0012", "2024-05-01", "张敏") + picture + "<c><v>1</v></c>" + picture
    )
    data, problems = repairs.read(path)
    assert repairs.rows(data, "solved, note, _bad") == [(None, '=DISPIMG("ID_1A2B",1)', "|solved|")]
    assert told(problems, "picture-cell") == [
        "是否解决: The cell holds a picture, which says neither yes nor no nor any other value."
    ]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
def test_64_error_cells_are_not_blank(tmp_path: Path, error: str) -> None:
    sheet = (
        f'<sheetData><row r="1">{parts.cells("工单号", "受理人", "金额")}</row><row r="2"><c r="A2"><v>12</v></c>'
        f'<c r="B2" t="e"><v>{error}</v></c><c r="C2" t="e"><f>1/0</f><v>{error}</v></c></row></sheetData>'
    )
    data, problems = repairs.read(parts.workbook(tmp_path / "error.xlsx", sheet))
    assert repairs.rows(data, "call_id, handler, cost") == [("12", None, None)]
    what = f"The cell holds Excel's error '{error}', not a value."
    assert told(problems, "error-cell") == [f"受理人: {what}", f"金额: {what}"]


UNCACHED = ["<f>SUM(A1)</f>", "<f>SUM(A1)</f><v/>", "<f>SUM(A1)</f><v></v>", '<f t="shared" si="0"/>', "<f>1</f><v />"]


@pytest.mark.parametrize("formula", UNCACHED)
def test_65_a_formula_that_was_never_calculated_is_not_blank(tmp_path: Path, formula: str) -> None:
    sheet = (
        f'<sheetData><row r="1">{parts.cells("工单号", "受理人", "金额")}</row>'
        f'<row r="2"><c r="A2"><v>12</v></c><c r="C2">{formula}</c></row></sheetData>'
    )
    data, problems = repairs.read(parts.workbook(tmp_path / "formula.xlsx", sheet))
    assert repairs.rows(data, "call_id, cost") == [("12", None)]
    assert [(problem.code, problem.what, problem.remedy) for problem in problems] == [
        (
            "formula-uncached",
            "The cell holds a formula that was never calculated, so its value is not known.",
            "Open the workbook in Excel and save it.",
        )
    ]


@pytest.mark.parametrize("cell", ['<c t="e"><v>#N/A</v></c>', "<c><f>1+1</f></c>"])
def test_65_an_error_without_a_place_is_not_guessed_at(tmp_path: Path, cell: str) -> None:
    _, problems = repairs.read(log(tmp_path / "placeless.xlsx", parts.cells("0012") + cell))
    assert [(problem.code, problem.remedy) for problem in problems] == [
        ("workbook-damaged", "Open it in Excel and save it again, or export it again.")
    ]


@pytest.mark.parametrize(
    ("cell", "cost"), [('<c r="C2"><f>1+1</f><v>2</v></c>', 2.0), ('<c r="C2" t="str"><f>T(A9)</f><v></v></c>', None)]
)
def test_65_a_formula_that_was_calculated_is_its_value(tmp_path: Path, cell: str, cost: float | None) -> None:
    sheet = (
        f'<sheetData><row r="1">{parts.cells("工单号", "受理人", "金额")}</row>'
        f'<row r="2"><c r="A2"><v>12</v></c><c r="B2" t="inlineStr"><is><t>张敏</t></is></c>{cell}</row></sheetData>'
    )
    data, problems = repairs.read(parts.workbook(tmp_path / "formula.xlsx", sheet))
    assert (repairs.rows(data, "cost"), problems) == ([(cost,)], [])


def test_sheets_of_programs_that_prefix_their_elements(tmp_path: Path) -> None:
    sheet = (
        '<x:sheetData xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></x:sheetData>'
        '<sheetData><row r="1"/></sheetData>'
    )
    path = parts.workbook(tmp_path / "prefix.xlsx", sheet)
    whole = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="1"><x:c r="A1" t="str"><x:v>工单号</x:v></x:c><x:c r="B1" t="str"><x:v>金额</x:v></x:c></x:row>'
        '<x:row r="2" hidden="1"><x:c r="A2"><x:v>12</x:v></x:c><x:c r="B2" t="e"><x:v>#N/A</x:v></x:c></x:row>'
        '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    path = parts.replaced(path, "xl/worksheets/sheet1.xml", whole)
    data, problems = repairs.read(path)
    assert repairs.rows(data, "call_id, cost") == [("12", None)]
    assert repairs.codes(problems) == ["stray-cell", "hidden-rows", "error-cell"]


def test_merged_cells_keep_their_place(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["C3"] = "x"
    workbook.active.merge_cells("C3:D5")
    workbook.save(tmp_path / "merged.xlsx")
    [sheet], _ = open_workbook(tmp_path / "merged.xlsx")
    assert sheet.merges == (Merge(3, 2, 5, 3),)
    assert sheet.grid()[2][2] == "x"
    assert [row[:2] for row in sheet.grid()[:2]] == [(None, None), (None, None)]
    kinds = (Format.XLS, Format.ODS)
    assert [open_workbook(FILES / f"repairs.{kind}", kind)[0][0].merges for kind in kinds] == [(Merge(6, 0, 6, 1),)] * 2


SPELLINGS = [
    (0.1 + 0.2, "0.3"),
    (7.0, "7"),
    (999999999999999.0, "999999999999999"),
    (110101199001011230.0, "1.10101199001011E+17"),
    (datetime(2024, 5, 1, 10, 30), "2024-05-01 10:30:00"),
    (timedelta(hours=30), "30:00:00"),
    (True, "TRUE"),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("cell", "text"), SPELLINGS)
def test_a_cell_has_one_spelling(cell: object, text: str | None) -> None:
    assert cell_text(cell) == text


@given(
    st.lists(
        st.one_of(
            st.floats(allow_nan=False, allow_infinity=False),
            st.integers(-9, 9).map(float),
            st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)),
            st.sampled_from(["", "x", True, False, 1.0, 0.0]),
        ),
        min_size=1,
    )
)
def test_whole_columns_are_spelt_like_single_cells(cells: list[object]) -> None:
    for column in (cells, [cell for cell in cells if isinstance(cell, float)] or [""]):
        table = text_table([[cell] for cell in column], {}, 1)
        assert table.column(0).to_pylist() == [cell_text(cell) for cell in column]


def test_marks_below_the_last_row_are_kept() -> None:
    assert text_table([["a", "b"]], {(3, 1): "#N/A"}, 2).to_pylist() == [
        {"c0": "a", "c1": "b"},
        {"c0": None, "c1": None},
        {"c0": None, "c1": "#N/A"},
    ]


@pytest.mark.parametrize(("letters", "number"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"XFD", 16384)])
def test_columns_have_numbers(letters: bytes, number: int) -> None:
    assert column_number(letters) == number
