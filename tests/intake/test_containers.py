"""Files as they come: told apart by their bytes, looked through before they are read, refused in words.

The numbers are those of the list of inputs that intake must survive.
"""

import os
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from auditor.intake import folder, read
from auditor.intake.container import child, guard
from auditor.intake.container.child import Limits, read_in_child
from auditor.intake.container.ownreport import REPORT
from auditor.problem import Problem
from tests.intake import parts, repairs

FILES = Path(__file__).parent / "files"
HEADER = ["工单号", "受理时间", "受理人", "是否解决", "金额"]
CSV = "工单号,受理时间,受理人,是否解决,金额\n0012,2024-05-01 10:30,张喆,是,1.5\n"
CALLS = [("0012", 1714530600, "张敏", True, 12.5), ("0013", 1714611600, "李强", None, None)]


def book(path: Path, *more: list[object]) -> Path:
    workbook = openpyxl.Workbook()
    for row in (HEADER, ["0012", "2024-05-01 10:30", "张敏", "是", 12.5], *more):
        workbook.active.append(row)
    workbook.save(path)
    return path


def only(problems: list[Problem]) -> tuple[str, bool, str]:
    [problem] = problems
    return problem.code, problem.fatal, f"{problem.what} {problem.remedy}"


FAR = {
    "test 1, the last cell": '<c r="XFD1048576"><v>9</v></c>',
    "test 2, 679 MiB": '<c r="T1048576"><v>9</v></c>',
    "the place is not the first attribute": '<c s="1" r="XFD1048576"><v>9</v></c>',
    "an error": '<c r="XFD1048576" t="e"><v>#N/A</v></c>',
    "a formula": '<c r="XFD1048576"><f>1+1</f></c>',
    "a text": '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>',
}


@pytest.mark.parametrize("far", FAR.values(), ids=FAR)
def test_01_value_in_the_last_cell(tmp_path: Path, far: str) -> None:
    xml = f'<sheetData><row r="1">{parts.cells("工单号", "受理人", row=1)}</row>'
    xml += f'<row r="2">{parts.cells("0012", "张敏", row=2)}</row>'
    path = parts.workbook(tmp_path / "far.xlsx", f'{xml}<row r="1048576">{far}</row></sheetData>')
    data, problems = repairs.read(path)
    assert repairs.rows(data, "_line, call_id, handler") == [(2, "0012", "张敏")]
    cell = far.partition('r="')[2].partition('"')[0]
    code, fatal, words = only(problems)
    assert (code, fatal) == ("stray-cell", False)
    assert words == (
        f"A value stands far away from the table ({cell}); it was left out. "
        "Delete it, or move it to the table if it belongs there."
    )


def test_02_nothing_but_a_far_value_is_refused(tmp_path: Path) -> None:
    path = parts.workbook(tmp_path / "far.xlsx", '<sheetData><row><c r="T1048576"><v>9</v></c></row></sheetData>')
    _, problems = repairs.read(path)
    assert only(problems) == (
        "sheet-too-large",
        True,
        "The sheet spreads a few values over 1048576 rows and 20 columns, which cannot be laid out. "
        "Copy the table to a sheet of its own, or save it as .csv.",
    )


DISGUISED = {
    "single quotes": "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "a row that lies": '<row r="2"><c r="XFD1048576"><v>1</v></c></row>',
    "a row without a number": '<row><c r="XFD1048576"><v>1</v></c></row>',
    "small letters": '<row r="2"><c r="xfd1048576"><v>1</v></c></row>',
    "spaces": '<row r="2"><c r = "XFD1048576"><v>1</v></c></row>',
    "an angle in quotes": '<row r="2"><c x=">" r="XFD1048576"><v>1</v></c></row>',
    "leading zeros": '<row r="2"><c r="A000001048576"><v>1</v></c><c r="XFD2"><v>1</v></c></row>',
    "another prefix": '<x:row r="2"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
}


@pytest.mark.parametrize("row", DISGUISED.values(), ids=DISGUISED)
def test_02_a_far_value_in_disguise_never_reaches_the_reader(tmp_path: Path, row: str) -> None:
    xml = f'<row r="1">{parts.cells("工单号", "受理人", row=1)}</row>'
    _, problems = repairs.read(parts.workbook(tmp_path / "far.xlsx", f"<sheetData>{xml}{row}</sheetData>"))
    assert {*repairs.codes(problems)} & {"workbook-damaged", "stray-cell"}


def test_02_cells_that_do_not_say_their_places_are_counted(tmp_path: Path) -> None:
    wide = f'<row r="1">{"<c><v>1</v></c>" * 16384}</row><row r="1048576"><c><v>1</v></c></row>'
    _, problems = repairs.read(parts.workbook(tmp_path / "wide.xlsx", f"<sheetData>{wide}</sheetData>"))
    assert only(problems)[:2] == ("workbook-damaged", True)


@pytest.mark.parametrize("far", ['<c r="XFD1048576" s="1"/>', '<c r="XFD1048576" s="1"></c>', ""])
def test_03_formatting_alone_in_a_far_cell_is_ignored(tmp_path: Path, far: str) -> None:
    xml = f'<sheetData><row r="1">{parts.cells("工单号", "受理人", row=1)}</row>'
    xml += f'<row r="2">{parts.cells("0012", "张敏", row=2)}</row>'
    path = parts.workbook(tmp_path / "far.xlsx", f'{xml}<row r="1048576" hidden="0">{far}</row></sheetData>')
    data, problems = repairs.read(path)
    assert (repairs.rows(data, "call_id"), problems) == ([("0012",)], [])


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576", "C5:D6"])
def test_04_a_dimension_that_lies(tmp_path: Path, dimension: str) -> None:
    xml = "".join(f'<row r="{n}">{parts.cells(f"00{n}", "张敏")}</row>' for n in range(2, 11))
    header = f'<row r="1">{parts.cells("工单号", "受理人")}</row>'
    sheet = f'<dimension ref="{dimension}"/><sheetData>{header}{xml}</sheetData>'
    data, problems = repairs.read(parts.workbook(tmp_path / "lie.xlsx", sheet))
    assert (len(repairs.rows(data, "call_id")), problems) == (9, [])


def test_05_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = book(tmp_path / "bomb.xlsx")
    with ZipFile(path, "a", ZIP_DEFLATED) as archive, archive.open("xl/sharedStrings2.xml", "w") as part:
        for _ in range(100):
            part.write(bytes(1 << 20))
    _, problems = repairs.read(path)
    code, fatal, words = only(problems)
    assert (code, fatal) == ("workbook-unsafe", True)
    assert words.startswith("The file would unpack to 10")
    assert words.endswith("times its size, which no log does. Export the log again, or ask whoever sent the file.")


def test_05_a_part_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = parts.workbook(tmp_path / "lie.xlsx", "<sheetData/>", more={"xl/sharedStrings.xml": bytes(1 << 20)})
    content = path.read_bytes()
    assert content.count((1 << 20).to_bytes(4, "little")) == 2
    path.write_bytes(content.replace((1 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    _, problems = repairs.read(path)
    assert only(problems)[0] == "workbook-damaged"


def test_05_ten_thousand_entries_are_read_and_more_than_a_workbook_has_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "many.xlsx")
    with ZipFile(path, "a") as archive:
        for number in range(10_000):
            archive.writestr(f"xl/media/{number}.png", b"")
    data, problems = repairs.read(path)
    assert (len(repairs.rows(data, "call_id")), problems) == (1, [])
    monkeypatch.setattr(guard, "_MOST_PARTS", 9_999)
    _, problems = repairs.read(path)
    assert only(problems)[0] == "workbook-unsafe"


def test_05_a_bomb_within_a_bomb_is_a_part_that_nobody_opens(tmp_path: Path) -> None:
    path = book(tmp_path / "nested.xlsx")
    inner = tmp_path / "inner.zip"
    with ZipFile(inner, "w", ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(50 << 20))
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.write(inner, "xl/embeddings/inner.zip")
    data, problems = repairs.read(path)
    assert (len(repairs.rows(data, "call_id")), problems) == (1, [])


@pytest.mark.parametrize("part", [0.2, 0.5, 0.99])
def test_06_a_truncated_zip(tmp_path: Path, part: float) -> None:
    path = book(tmp_path / "cut.xlsx")
    path.write_bytes(path.read_bytes()[: int(part * path.stat().st_size)])
    _, problems = repairs.read(path)
    assert only(problems) == (
        "workbook-cut",
        True,
        "The workbook breaks off before its end: it is damaged, or still being written. "
        "Wait until it has been saved or copied completely, or export it again.",
    )


def test_06_a_truncated_old_workbook_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "cut.xls"
    path.write_bytes((FILES / "repairs.xls").read_bytes()[:3000])
    _, problems = repairs.read(path)
    assert only(problems)[0] in ("workbook-cut", "workbook-damaged")


@pytest.mark.parametrize("content", [b"", b"\0" * 5000], ids=["no byte", "nothing but zeros"])
def test_07_zero_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.xlsx"
    path.write_bytes(content)
    _, problems = repairs.read(path)
    assert only(problems) == ("empty-file", True, "The file is empty. Export it again.")


def test_08_a_web_page_called_xls(tmp_path: Path) -> None:
    path = tmp_path / "page.xls"
    path.write_text("<html><table><tr><td>工单号</td></tr></table></html>", encoding="utf-8")
    _, problems = repairs.read(path)
    assert only(problems) == (
        "html-file",
        True,
        "This is a web page, although it may be named like a workbook. Open it in Excel and save it as .xlsx.",
    )


def test_09_a_gbk_csv_called_xls(tmp_path: Path) -> None:
    path = tmp_path / "log.xls"
    path.write_bytes(CSV.encode("gb18030"))
    data, problems = repairs.read(path)
    assert (repairs.rows(data, "call_id, handler"), problems) == ([("0012", "张喆")], [])


def test_10_a_workbook_with_a_password(tmp_path: Path) -> None:
    path = parts.compound(tmp_path / "secret.xlsx", "EncryptedPackage")
    _, problems = repairs.read(path)
    assert only(problems) == (
        "workbook-protected",
        True,
        "The workbook is protected with a password. Open it in Excel and save it without a password.",
    )


def test_10_another_compound_file_is_no_workbook(tmp_path: Path) -> None:
    _, problems = repairs.read(parts.compound(tmp_path / "letter.xls", "WordDocument"))
    assert only(problems)[0] == "unknown-format"


def test_11_lock_files_are_passed_over_by_name_and_listed(tmp_path: Path) -> None:
    book(tmp_path / "book.xlsx")
    for name in ("~$book.xlsx", ".DS_Store", "Thumbs.db", "book.tmp"):
        (tmp_path / name).write_bytes(b"\x05Zhang")
    data, problems = repairs.read(tmp_path)
    assert len(data.sources) == 1
    assert only(problems) == (
        "passed-over",
        False,
        "Passed over because of their names: .DS_Store, Thumbs.db, book.tmp, ~$book.xlsx. "
        "Close the workbooks that are open, if one of these is theirs.",
    )


@pytest.mark.parametrize("name", ["repairs.xls", "repairs.ods", "repairs.et"])
def test_12_other_workbooks_read_like_an_xlsx(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((FILES / name.replace(".et", ".xls")).read_bytes())
    data, problems = repairs.read(path)
    assert repairs.rows(data, "call_id, received_at, handler, solved, cost")[:2] == CALLS
    assert {"error-cell", "hidden-rows", "hidden-sheet"} <= {*repairs.codes(problems)}
    errors = [str(problem.where).rpartition("column ")[2] for problem in problems if problem.code == "error-cell"]
    assert errors == ["是否解决", "金额"]


def test_12_a_binary_workbook(tmp_path: Path) -> None:
    grid: list[list[str | float | int]] = [["工单号", "金额", "受理人"], ["0012", 12.5, "张敏"], ["0013", 42, "李强"]]
    data, problems = repairs.read(parts.binary_workbook(tmp_path / "log.xlsb", grid, hidden=3))
    assert repairs.rows(data, "call_id, cost, handler, _bad") == [
        ("0012", 12.5, "张敏", None),
        ("0013", None, "李强", "|cost|"),
    ]
    assert {"error-cell", "hidden-rows"} <= {*repairs.codes(problems)}


def test_12_a_process_without_memory_or_time_is_a_problem() -> None:
    path = FILES / "repairs.ods"
    _, problems = read_in_child(path, "ods", Limits(memory=3 << 30, seconds=0.01))
    assert only(problems)[:2] == ("workbook-too-slow", True)
    if sys.platform == "linux":
        _, problems = read_in_child(path, "ods", Limits(memory=64 << 20))
        assert only(problems) == (
            "workbook-too-large",
            True,
            "The workbook could not be read within 64 MB of memory. "
            "Open it in Excel, copy the table to a new workbook and save that as .xlsx.",
        )


def test_12_a_process_that_dies_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nkill -9 $$\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr(child.sys, "executable", str(broken))
    _, problems = read_in_child(FILES / "repairs.xls", "xls")
    assert only(problems)[1]


def test_12_a_reader_that_gives_up_in_a_panic_is_a_damaged_workbook(tmp_path: Path) -> None:
    path = parts.binary_workbook(tmp_path / "log.xlsb", [["工单号", "受理人"], ["0012", "张敏"]], hidden=0)
    nowhere = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    _, problems = repairs.read(parts.replaced(path, "xl/_rels/workbook.bin.rels", nowhere))
    assert only(problems)[:2] == ("workbook-damaged", True)


class _Growing:
    """A file that somebody else is writing: it grows as soon as its sheets have been opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
        opened = read.open_file

        def grow(*arguments: object) -> object:
            found = opened(*arguments)  # type: ignore[arg-type]
            with path.open("a", encoding="utf-8") as stream:
                stream.write("0013,2024-05-02,李强,是,1\n")
            return found

        monkeypatch.setattr(read, "open_file", grow)


def test_15_a_file_that_is_being_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.csv"
    path.write_text(CSV, encoding="utf-8")
    _Growing(monkeypatch, path)
    data, problems = repairs.read(path)
    assert (data.tables, data.sources) == ({}, ())
    assert only(problems) == (
        "file-changing",
        True,
        "The file was being written while it was read, so nothing of it was used. Run again when it has been saved.",
    )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_15_a_file_without_permission(tmp_path: Path) -> None:
    path = book(tmp_path / "book.xlsx")
    path.chmod(0)
    _, problems = repairs.read(path)
    assert only(problems) == (
        "unreadable",
        True,
        "The file cannot be read (Permission denied). Check its permissions and close it elsewhere.",
    )


def test_15_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "book.xlsx")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    _, problems = repairs.read(path)
    assert only(problems)[:2] == ("unreadable", True)


def test_17_a_path_with_chinese_spaces_and_more_than_260_characters(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*(f"{'报修 台账' * 8} {n}" for n in range(5)))
    deep.mkdir(parents=True)
    assert len(str(deep)) > 260
    for name in ("报修 登记表.xlsx", "报修 登记表.csv", "报修 登记表.xls"):
        path = deep / name
        if name.endswith("xlsx"):
            book(path)
        else:
            path.write_bytes(CSV.encode() if name.endswith("csv") else (FILES / "repairs.xls").read_bytes())
        data, _ = repairs.read(path)
        assert [source.file for source in data.sources] == [str(path)]


def test_18_the_same_file_under_two_names(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes((tmp_path / "a.xlsx").read_bytes())
    data, problems = repairs.read(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert len(repairs.rows(data, "call_id")) == 1
    assert repairs.codes(problems) == ["same-file"]


def test_a_report_of_the_product_among_the_logs_is_passed_over_with_one_line(tmp_path: Path) -> None:
    book(tmp_path / "book.xlsx")
    workbook = openpyxl.load_workbook(book(tmp_path / "report.xlsx"))
    workbook.properties.category = REPORT
    workbook.save(tmp_path / "report.xlsx")
    data, problems = repairs.read(tmp_path)
    assert [Path(source.file).name for source in data.sources] == ["book.xlsx"]
    assert only(problems) == (
        "own-report",
        False,
        "This is a report of an earlier check, so it was passed over. Keep reports in a folder of their own.",
    )


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(
        '{"工单号": "0012", "受理时间": "2024-05-01 10:30", "金额": 1.5, "备注": {"a": [1]}}\n\n'
        '{"工单号": "0013", "是否解决": true, "受理人": null, "备注": "一\\n二"}\n{"工单号": \n[1]\n',
        encoding="utf-8",
    )
    data, problems = repairs.read(path)
    assert repairs.rows(data, "_line, call_id, received_at, cost, solved, handler, note") == [
        (1, "0012", 1714530600, 1.5, None, None, '{"a":[1]}'),
        (3, "0013", None, None, True, None, "一\n二"),
    ]
    assert [str(problem).removeprefix(str(path)) for problem in problems if problem.code == "row-unusable"] == [
        ":4: This line is not a JSON object, so it was set aside. Correct it.",
        ":5: This line is not a JSON object, so it was set aside. Correct it.",
    ]
    [source] = data.sources
    assert (source.rows_read, source.rows_kept, dict(source.set_aside)) == (4, 2, {"unusable": 2})


@pytest.mark.parametrize("text", ['[{"工单号": 1}]', '{\n "工单号": 1\n}'])
def test_other_json_is_named_for_what_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "log.json"
    path.write_text(text, encoding="utf-8")
    _, problems = repairs.read(path)
    assert only(problems) == (
        "json-file",
        True,
        "This is JSON, but not one object on each line. Export it as JSON lines, .csv or .xlsx.",
    )


def test_names_that_are_passed_over_are_told_a_few_at_a_time(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"~${number}.xlsx").write_bytes(b"")
    _, problems = folder.expand([tmp_path])
    assert problems[0].what.endswith("~$4.xlsx and 2 more.")
    assert problems[0].count == 7
