"""Blank sheets: what comes back filled in is read without a word about how."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from auditor.commands.template import template
from auditor.intake import Dataset, read_files
from auditor.pipeline import audit, read_data, read_rules
from auditor.problem import RuleError
from auditor.records import FieldType, RecordType
from auditor.report.blank import Subject, check_blank, list_subjects, subject_named, write_blank
from auditor.report.wording import Language

BOOK = read_rules()
SUBJECTS = list_subjects(BOOK)
LISTS = [subject for subject in SUBJECTS if subject.checklist is None]
FORMS = [subject for subject in SUBJECTS if subject.checklist is not None]
LANGUAGES: list[Language] = ["zh", "en"]

ENTRIES: dict[FieldType, tuple[object, object]] = {
    FieldType.ID: ("0012", "0012"),
    FieldType.TEXT: ("随便写的", "随便写的"),
    FieldType.PERSON: ("张敏", "张敏"),
    FieldType.TIME: (datetime(2025, 3, 5, 10, 0), 1741140000),
    FieldType.NUMBER: (1234.5, 1234.5),
    FieldType.INTEGER: (7, 7),
    FieldType.YESNO: ("是", True),
    FieldType.CLOCK: (time(9, 30), 34200),
}
"""What is typed into a cell of each type, and what stands in the records then."""


def blank(subject: Subject, folder: Path, lang: Language) -> tuple[Path, Workbook, Worksheet]:
    path = folder / "sheet.xlsx"
    write_blank(subject, path, lang)
    book = load_workbook(path)
    return path, book, book.worksheets[0]


def records_in(data: Dataset, record: str, columns: str) -> list[tuple[object, ...]]:
    return data.connection.execute(f"SELECT {columns} FROM {record} ORDER BY _row").fetchall()


def entry(record: RecordType, field: str) -> tuple[object, object]:
    model = record.fields[field]
    if words := record.values.get(field):
        return words[-1], words[-1]
    return (model.yes[0], True) if model.yes else ENTRIES[model.type]


def labels(sheet: Worksheet) -> dict[str, tuple[int, int]]:
    """Where each text of a form stands."""
    return {str(cell.value): (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("subject", LISTS, ids=lambda subject: subject.name)
def test_a_list_comes_back_as_its_records(subject: Subject, lang: Language, tmp_path: Path) -> None:
    path, book, sheet = blank(subject, tmp_path, lang)
    for place, field in enumerate(subject.record.fields, start=1):
        sheet.cell(2, place).value = entry(subject.record, field)[0]  # type: ignore[assignment]
    book.save(path)
    data, problems = read_files([path], BOOK.records, "Asia/Shanghai")
    assert problems == []
    columns = ", ".join(f'"{field}"' for field in subject.record.fields)
    expected = tuple(entry(subject.record, field)[1] for field in subject.record.fields)
    assert records_in(data, subject.name, columns) == [expected]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("subject", FORMS, ids=lambda subject: subject.name)
def test_a_form_comes_back_as_its_items(subject: Subject, lang: Language, tmp_path: Path) -> None:
    assert subject.checklist is not None
    path, book, sheet = blank(subject, tmp_path, lang)
    places = labels(sheet)
    heads = [places[word][1] for word in (("合格", "不合格", "不适用") if lang == "zh" else ("Yes", "No", "N/A"))]
    store, signed = ("店铺名称", "检查人员签字：") if lang == "zh" else ("Store name", "Inspector signature:")
    when = "检查时间" if lang == "zh" else "Inspected at"
    sheet.cell(places[store][0], 2).value = "中山路店"
    sheet.cell(places[when][0], places[when][1] + 2).value = datetime(2025, 5, 6, 10, 30)
    sheet.cell(*places[signed]).value = f"{signed} 李强"
    answers = []
    for number, item in enumerate(subject.checklist.items):
        answers.append((item.code, (True, False, None, None)[number % 4], "|result|" if number % 4 == 2 else None))
        if number % 4 < 3:
            sheet.cell(places[item.code][0], heads[number % 4]).value = "√"
    book.save(path)
    data, problems = read_files([path], BOOK.records, "Asia/Shanghai")
    assert problems == []
    assert records_in(data, "inspection", "item_code, result, _na") == answers
    assert records_in(data, "inspection", "DISTINCT store_name, inspector, inspected_at // 60 * 60") == [
        ("中山路店", "李强", 1746498600)
    ]


@pytest.mark.parametrize("subject", FORMS, ids=lambda subject: subject.name)
def test_a_form_that_nobody_filled_in_passes_nothing(subject: Subject, tmp_path: Path) -> None:
    path, _, _ = blank(subject, tmp_path, "zh")
    data, problems = read_files([path], BOOK.records, "Asia/Shanghai")
    assert subject.checklist is not None
    assert problems == []
    assert records_in(data, "inspection", "item_name, result") == [
        (item.title.zh, None) for item in subject.checklist.items
    ]


def test_a_filled_form_is_judged_by_its_checklist(tmp_path: Path) -> None:
    path, book, sheet = blank(subject_named(BOOK, "DEC-CD-01"), tmp_path, "zh")
    places = labels(sheet)
    sheet.cell(places["检查时间"][0], places["检查时间"][1] + 2).value = datetime(2025, 5, 6, 10, 30)
    sheet.cell(places["dress_neat"][0], places["合格"][1]).value = "√"
    sheet.cell(places["smile_service"][0], places["不合格"][1]).value = "√"
    book.save(path)
    result = audit(BOOK, read_data(path, book=BOOK), regulations=["decoration"])
    assert [finding.key for finding in result.findings] == ["服务行为检查/2025-05-06 10:30:00/smile_service"]
    [cells] = result.evidence(result.findings)[result.findings[0].fingerprint]
    source = result.data.sources[cells.source]
    header = next(column.header for column in source.columns if column.field == "result")
    assert (source.sheet, cells.line, header) == ("服务行为检查", places["smile_service"][0], "合格/不合格/不适用")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("subject", [LISTS[0], FORMS[0]], ids=lambda subject: subject.name)
def test_the_same_rules_make_the_same_bytes(subject: Subject, lang: Language, tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_blank(subject, first, lang)
    write_blank(subject, second, lang)
    assert first.read_bytes() == second.read_bytes()
    with ZipFile(first) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_list_offers_words_and_formats_and_stays_in_sight(tmp_path: Path) -> None:
    subject = subject_named(BOOK, "incident")
    _, _, sheet = blank(subject, tmp_path, "zh")
    column = {field: get_column_letter(place) for place, field in enumerate(subject.record.fields, start=1)}
    offered = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert offered[f"{column['source']}2:{column['source']}2000"] == '"投诉,检查,录音,监控,举报"'
    assert offered[f"{column['permission_given']}2:{column['permission_given']}2000"] == '"是,否,不适用"'
    assert sheet[f"{column['occurred_at']}2"].number_format == "yyyy-mm-dd hh:mm"
    assert sheet[f"{column['incident_id']}2"].number_format == "@"
    comment = sheet[f"{column['source']}1"].comment
    assert comment is not None
    assert comment.text.startswith("只能填写:投诉、检查、录音、监控、举报")
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B2", "$1:$1")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")


def test_a_form_fits_a_page_across_and_repeats_its_header(tmp_path: Path) -> None:
    _, _, sheet = blank(subject_named(BOOK, "DEC-CD-01"), tmp_path, "zh")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.orientation) == (1, "portrait")
    assert sheet.print_title_rows == "$6:$6"
    assert [cell.value for cell in sheet[6]] == ["项目编号", "检查项目", "合格", "不合格", "不适用", "问题描述"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["C7:E45"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("service_request", "service_request"),
        ("受理/工单记录", "service_request"),
        ("报修登记表", "service_request"),
        ("DEC-CD-01", "DEC-CD-01"),
        ("dec-cd-01", "DEC-CD-01"),
        ("服务行为检查", "DEC-CD-01"),
        ("服务行为检查表", "inspection"),
    ],
)
def test_a_sheet_is_asked_for_by_any_of_its_names(name: str, found: str) -> None:
    assert subject_named(BOOK, name).name == found


def test_an_unknown_name_gets_the_nearest_one() -> None:
    with pytest.raises(RuleError) as caught:
        subject_named(BOOK, "service_requests")
    assert str(caught.value) == (
        "NAME: There is no record type or checklist 'service_requests'. Did you mean 'service_request'?"
    )
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("sheet.csv", "A blank sheet cannot be written as '.csv'. Name it .xlsx."),
        ("kept.xlsx", "There is a file of this name already, and it may have been filled in."),
    ],
)
def test_nothing_is_overwritten(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "kept.xlsx").write_bytes(b"filled in")
    with pytest.raises(RuleError) as caught:
        check_blank(tmp_path / name)
    assert message in str(caught.value)


class TestCommand:
    def test_writes_the_sheet(self, tmp_path: Path) -> None:
        done = CliRunner().invoke(template, ["inspection", "-o", str(tmp_path / "sheet.xlsx")], standalone_mode=False)
        assert (done.return_value, done.exception) == (0, None)
        assert load_workbook(tmp_path / "sheet.xlsx").sheetnames == ["检查表明细"]

    def test_lists_the_names(self) -> None:
        done = CliRunner().invoke(template, ["--list"])
        assert [line.split()[0] for line in done.stdout.splitlines()] == [subject.name for subject in SUBJECTS]

    def test_wants_a_name_and_a_file(self) -> None:
        done = CliRunner().invoke(template, ["inspection"])
        assert done.exit_code == 2
        assert "auditor template NAME -o FILE.xlsx" in done.output
