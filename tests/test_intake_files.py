"""Files of every kind, as they come: what is read, what is set aside, and what is said about it."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from auditor.intake import Dataset, read_files
from auditor.problem import Problem
from auditor.records import Field, RecordType

ZONE = "Asia/Shanghai"
CALL = RecordType.model_validate(
    {
        "name": "call",
        "name_zh": "报修记录",
        "sheets": ["报修登记表"],
        "key": "call_id",
        "time": "received_at",
        "fields": {
            "call_id": {"type": "id", "aliases": ["工单号", "受理编号"]},
            "received_at": {"type": "time", "aliases": ["受理时间", "报修时间"]},
            "due_at": {"type": "time", "aliases": ["要求完成时间"], "planned": True},
            "handler": {"type": "person", "aliases": ["受理人"]},
            "solved": {"type": "yesno", "aliases": ["是否解决"]},
            "cost": {"type": "number", "aliases": ["金额"]},
            "note": ["备注"],
        },
    }
)
VISIT = RecordType(
    name="visit",
    name_zh="走访记录",
    key="visit_id",
    fields={"visit_id": Field(type="id", aliases=("走访编号",)), "visitor": Field(type="person", aliases=("走访人",))},
)
RECORDS = {"call": CALL, "visit": VISIT}
HEADER = "工单号,受理时间,受理人,是否解决,金额"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(text: str | bytes, name: str = "log.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return make


def book(path: Path, **sheets: list[list[object]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def read(*paths: Path) -> tuple[Dataset, list[Problem]]:
    return read_files(paths, RECORDS, ZONE)


def rows(data: Dataset, columns: str, table: str = "call") -> list[tuple[object, ...]]:
    return data.connection.execute(f"SELECT {columns} FROM {table} ORDER BY _row").fetchall()


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.where).rsplit("/", 1)[-1]) for problem in problems]


def test_a_plain_csv(write: Write) -> None:
    data, problems = read(write(f'{HEADER}\n0012,2024-05-01 10:30,张 敏,是,"1,200元"\n0013,2024-05-02,李强,×,\n'))
    assert problems == []
    assert rows(
        data, "_line, _source, _bad, _na, call_id, received_at, received_at__dateonly, handler, solved, cost"
    ) == [
        (2, 0, None, None, "0012", 1714530600, False, "张敏", True, 1200.0),
        (3, 0, None, None, "0013", 1714579200, True, "李强", False, None),
    ]
    table, source = data.tables["call"], data.sources[0]
    assert table.columns == {"call_id", "received_at", "handler", "solved", "cost"}
    assert (table.rows, table.dateonly, table.unreadable, table.inapplicable) == (2, {"received_at"}, set(), set())
    assert (source.rows_read, source.rows_kept, source.rows_set_aside, source.header_row) == (2, 2, 0, 1)
    assert source.missing == ("due_at", "note")
    assert data.covers == (1714530600, 1714579200)
    assert data.newest() == 1714579200


@pytest.mark.parametrize(
    "encoded",
    [
        f"{HEADER}\n1,2024-05-01,张喆,是,1\n".encode("gb18030"),
        f"{HEADER}\n1,2024-05-01,张喆,是,1\n".encode("utf-8-sig"),
        f"{HEADER}\n1,2024-05-01,张喆,是,1\n".encode("utf-16"),
        f"{HEADER}\r\n1,2024-05-01,张喆,是,1\r\n".encode(),
        f"{HEADER}\n1,2024-05-01,张喆,是,1".encode(),
        "".join(
            [
                "call_id,received_at,handler,solved\n",
                *(f"a{n},2024-05-01,x,1\n" for n in range(5000)),
                "2,2024-05-01,张喆,是\n",
            ]
        ).encode("gb18030"),
    ],
    ids=["gb18030", "utf-8 with BOM", "utf-16", "CRLF", "no last line break", "one GBK row at the end"],
)
def test_encodings(write: Write, encoded: bytes) -> None:
    data, problems = read(write(encoded))
    assert problems == []
    assert rows(data, "handler")[-1] == ("张喆",)


def test_mixed_encodings_are_refused_with_the_line(write: Write) -> None:
    path = write(f"{HEADER}\n1,2024-05-01,张敏,是,1\n".encode() + "2,2024-05-01,李强,是,1\n".encode("gb18030"))
    _, problems = read(path)
    assert [(str(p), p.fatal) for p in problems] == [
        (
            f"{path}:3: The text changes its encoding: line 3 does not read like the lines before it. "
            "Save the whole file as UTF-8.",
            True,
        )
    ]


@pytest.mark.parametrize("delimiter", ["\t", ";", "|", "，", "；"])
def test_delimiters(write: Write, delimiter: str) -> None:
    text = f"{HEADER}\n1,2024-05-01,张敏,是,1\n2,2024-05-02,李强,否,2\n".replace(",", delimiter)
    data, problems = read(write(text))
    assert problems == []
    assert rows(data, "call_id, handler, cost") == [("1", "张敏", 1.0), ("2", "李强", 2.0)]


def test_a_separator_line_is_obeyed_and_not_read(write: Write) -> None:
    data, problems = read(write(f"sep=;\n{HEADER}\n1,2024-05-01,张敏,是,1\n".replace(",", ";")))
    assert problems == []
    assert rows(data, "_line, call_id") == [(3, "1")]


def test_rows_that_are_no_records_are_counted(write: Write) -> None:
    text = (
        f"报修登记表\n编号 A-1,版本 2\n{HEADER}\n1,2024-05-01,张敏,是,1\n\n , ,,,\n{HEADER}\n2,2024-05-02,李强,是,2\n"
        "合 计,,,,3\n平均：,,,,1.5\n制表人：张敏,,审核人：李强,,\n"
    )
    data, problems = read(write(text))
    source = data.sources[0]
    assert problems == []
    assert rows(data, "_line, call_id") == [(4, "1"), (8, "2")]
    assert source.set_aside == {"blank": 2, "repeated header": 1, "signature": 1, "totals": 2}
    assert (source.header_row, source.rows_read, source.rows_kept) == (3, 8, 2)


def test_a_csv_cut_in_the_middle(write: Write) -> None:
    data, problems = read(write(f"{HEADER}\n1,2024-05-01,张敏,是,1\n2,2024-05-02,李"))
    assert rows(data, "_line, call_id") == [(2, "1")]
    assert [p.what for p in problems] == ["Line 3 has more or fewer cells than the header, so the row was set aside."]
    assert (data.sources[0].rows_read, data.sources[0].set_aside) == (2, {"unusable": 1})


def test_a_quote_that_is_never_closed_costs_one_row(write: Write) -> None:
    data, problems = read(write(f'{HEADER}\n1,2024-05-01,"张敏,是,1\n2,2024-05-02,李强,是,1\n3,2024-05-03,王芳,是,1\n'))
    assert rows(data, "_line, call_id") == [(3, "2"), (4, "3")]
    assert [p.what for p in problems] == ["The quotes of line 2 do not match, so the row was set aside."]
    assert (data.sources[0].rows_read, data.sources[0].rows_kept) == (3, 2)


def test_line_breaks_in_quotes_leave_the_lines_true(write: Write) -> None:
    data, _ = read(write('工单号,受理时间,备注\n1,2024-05-01,"两\n行"\n2,2024-05-02,一行\n'))
    assert rows(data, "_line, note") == [(2, "两\n行"), (4, "一行")]


def test_unreadable_cells_are_flagged_and_told_once_for_each_text(write: Write) -> None:
    data, problems = read(write(f"{HEADER}\n1,昨天,张敏,大概,/\n2,昨天,李强,是,约5\n3,2024-02-30,王芳,不适用,3\n"))
    assert rows(data, "received_at, solved, cost, _bad, _na") == [
        (None, None, None, "|received_at|solved|", "|cost|"),
        (None, True, None, "|received_at|cost|", None),
        (None, None, 3.0, "|received_at|", "|solved|"),
    ]
    table = data.tables["call"]
    assert (table.unreadable, table.inapplicable) == ({"received_at", "solved", "cost"}, {"solved", "cost"})
    assert [(p.code, p.what, p.count) for p in problems] == [
        ("date-relative", "What day '昨天' was depends on when it was written (2 cells, first in rows 2, 3).", 2),
        ("date-impossible", "'2024-02-30' is not a date between 1970 and 2099.", 1),
        ("yesno-unreadable", "'大概' is neither yes nor no.", 1),
        ("number-inexact", "'约5' does not say which number it is.", 1),
    ]
    assert str(problems[0].where).endswith("log.csv › row 2 › column 受理时间")


def test_many_unreadable_texts_of_a_column_are_folded(write: Write) -> None:
    _, problems = read(write(f"{HEADER}\n" + "".join(f"{n},坏{n},张敏,是,1\n" for n in range(30))))
    assert len(problems) == 21
    assert problems[-1].what == "10 further values of this column cannot be read (10 cells)."
    assert problems[-1].count == 10


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("29-02-2016 01:16", "01-03-2016 02:00", ["2016-02-29", "2016-03-01"]),
        ("29/2/2016 01:16", "1/3/2016 02:00", ["2016-02-29", "2016-03-01"]),
        ("2/29/2016 01:16", "3/1/2016 02:00", ["2016-02-29", "2016-03-01"]),
        ("2/3/2016 01:16", "3/1/2016 02:00", [None, None]),
        ("29/2/2016 01:16", "2/29/2016 02:00", [None, None]),
    ],
)
def test_a_column_decides_the_order_of_its_days_and_months(
    write: Write, first: str, second: str, days: list[str | None]
) -> None:
    data, problems = read(write(f"{HEADER}\n1,{first},张敏,是,1\n2,{second},李强,是,1\n"))
    found = rows(data, "strftime(make_timestamp((received_at + 28800) * 1000000), '%Y-%m-%d')")
    assert found == [(day,) for day in days]
    assert [p.code for p in problems] == ["date-order-unknown"] * days.count(None)


def test_declared_order_helps_a_column_that_cannot_decide(write: Write) -> None:
    field = CALL.fields["received_at"].model_copy(update={"order": "dmy"})
    records = {"call": CALL.model_copy(update={"fields": {**CALL.fields, "received_at": field}})}
    data, problems = read_files([write(f"{HEADER}\n1,2/3/2016 01:16,张敏,是,1\n")], records, ZONE)
    assert (problems, rows(data, "received_at")) == ([], [(1456852560,)])


def test_a_declared_blank(write: Write) -> None:
    records = {"call": CALL.model_copy(update={"blank": ("?",)})}
    data, problems = read_files([write(f"{HEADER}\n1,?,?,?,?\n?,2024-05-01,张敏,是,1\n")], records, ZONE)
    assert problems == []
    assert rows(data, "call_id, received_at, handler, solved, cost, _bad")[0] == ("1", None, None, None, None, None)
    assert rows(data, "call_id")[1] == (None,)


def test_two_files_of_one_record_are_one_table(write: Write) -> None:
    first = write("工单号,受理时间,受理人\n1,2024-05-01,张敏\n2,2024-05-02,李强\n", "a.csv")
    second = write("工单号,报修时间,备注\n3,2024-05-03,急\n", "b.csv")
    data, problems = read(first, second)
    assert problems == []
    assert rows(data, "_row, _source, _line, call_id, handler, note, _bad") == [
        (2, 0, 2, "1", "张敏", None, "|note|"),
        (3, 0, 3, "2", "李强", None, "|note|"),
        (5, 1, 2, "3", None, "急", "|handler|"),
    ]
    assert data.tables["call"].unreadable == {"handler", "note"}


def test_the_same_file_twice_is_read_once(write: Write) -> None:
    text = f"{HEADER}\n1,2024-05-01,张敏,是,1\n"
    data, problems = read(write(text, "a.csv"), write(text, "b.csv"))
    assert (data.tables["call"].rows, told(problems)) == (1, [("same-file", "b.csv")])


def test_headers_in_the_other_script_width_and_with_units(write: Write) -> None:
    data, problems = read(write('"受理 編號",受理時間,受理人,"金额\n（元）"\n1,2024-05-01,张敏,5\n', "報修.csv"))
    assert problems == []
    assert [(match.field, match.how) for match in data.sources[0].columns] == [
        ("call_id", "alias, folded"),
        ("received_at", "alias, folded"),
        ("handler", "alias"),
        ("cost", "alias, without its unit"),
    ]


def test_a_doubled_column_is_not_guessed(write: Write) -> None:
    data, problems = read(write("工单号,受理时间,报修时间,受理人\n1,2024-05-01,2024-05-02,张敏\n"))
    assert "received_at" not in data.tables["call"].columns
    assert [p.what for p in problems] == [
        "The columns 受理时间, 报修时间 all mean 'received_at', so none of them was read."
    ]


def test_a_workbook_with_typed_cells(tmp_path: Path) -> None:
    path = book(
        tmp_path / "七月.xlsx",
        报修登记表=[
            [],
            [None, "七月份"],
            [None, "工单号", "受理时间", "受理人", "是否解决", "金额"],
            [None, 12, datetime(2024, 5, 1, 10, 30), "张敏", True, 1.5],
            [None, "0013", date(2024, 5, 2), "李强", "否", "2元"],
            [None, 110105199003070123, "2024年5月3日", "王芳", "#N/A!", 3],
        ],
        说明=[["随便写写"]],
    )
    data, problems = read(path)
    assert rows(data, "_line, call_id, received_at, received_at__dateonly, solved, cost, _bad") == [
        (4, "12", 1714530600, False, True, 1.5, None),
        (5, "0013", 1714579200, True, False, 2.0, None),
        (6, None, 1714665600, True, None, 3.0, "|call_id|solved|"),
    ]
    assert told(problems) == [
        ("id-digits-lost", "七月.xlsx › 报修登记表 › row 6 › column 工单号"),
        ("yesno-unreadable", "七月.xlsx › 报修登记表 › row 6 › column 是否解决"),
        ("sheet-not-recognised", "七月.xlsx › 说明"),
    ]
    assert data.sources[0].sheet == "报修登记表"


def test_parquet_is_seen_in_place(tmp_path: Path) -> None:
    path = tmp_path / "calls.parquet"
    connection = duckdb.connect()
    connection.execute(
        "COPY (SELECT '1' AS call_id, TIMESTAMP '2024-05-01 10:30:00' AS received_at, DATE '2024-05-02' AS due_at, "
        "'是' AS solved, CAST(1.5 AS DECIMAL(9,2)) AS cost, '' AS note, 7 AS other "
        "UNION ALL SELECT '2', NULL, NULL, '也许', NULL, 'x', 8) "
        f"TO '{path}' (FORMAT parquet)"
    )
    data, problems = read(path)
    assert rows(
        data, "_line, call_id, received_at, received_at__dateonly, due_at, due_at__dateonly, solved, cost, note, _bad"
    ) == [
        (1, "1", 1714530600, False, 1714579200, True, True, 1.5, None, None),
        (2, "2", None, False, None, False, None, None, "x", "|solved|"),
    ]
    assert [p.code for p in problems] == ["yesno-unreadable"]
    assert data.sources[0].extras == ("other",)
    assert (data.tables["call"].dateonly, data.newest()) == ({"due_at"}, 1714530600)
    kind = data.connection.execute(
        "SELECT table_type FROM information_schema.tables WHERE table_name = 'call'"
    ).fetchall()
    assert kind == [("VIEW",)]


REFUSED = [
    (b"", "empty-file"),
    (b"  \n ", "empty-file"),
    (b"<html><table><tr><td>1", "html-file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "workbook-cut"),
    (b"PK\x03\x04 cut", "workbook-cut"),
    (b"PAR1 cut", "parquet-damaged"),
    (b"\x89PNG\x00\x01", "unknown-format"),
    (b"a" * 70000 + b"\n1\x002\n", "null-bytes"),
    (b"a,b\n1,2\n", "file-not-recognised"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED)
def test_files_that_cannot_be_read_are_fatal_problems(write: Write, content: bytes, code: str) -> None:
    data, problems = read(write(content, "file.xls"))
    assert data.tables == {}
    assert [p.code for p in problems if p.fatal] == [code]
    assert all(p.remedy for p in problems)


def test_folders_are_opened_and_lock_files_skipped(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "~$a.xlsx", ".DS_Store", "x.tmp", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_text(f"{HEADER}\n{name},2024-05-01,张敏,是,1\n", encoding="utf-8")
    data, problems = read(tmp_path)
    assert [(p.what, p.fatal) for p in problems] == [
        ("Passed over because of their names: .DS_Store, Thumbs.db, desktop.ini, x.tmp, ~$a.xlsx.", False)
    ]
    assert [Path(source.file).name for source in data.sources] == ["a.csv", "b.csv"]


def test_a_sheet_in_traditional_script_is_read_in_the_script_of_the_rules(write: Write) -> None:
    data, problems = read(write("工單號,報修時間,受理人,備註\n軟1,2024-05-01,張 敏,無法修復\n"))
    assert rows(data, "call_id, handler, note") == [("軟1", "张敏", "无法修复")]
    assert problems == []


def test_a_rare_character_in_a_simplified_sheet_stays_as_it_is(write: Write) -> None:
    data, _ = read(write("工单号,报修时间,受理人,备注\n1,2024-05-01,於洋,乾隆路\n"))
    assert rows(data, "handler, note") == [("於洋", "乾隆路")]


STRAY = {
    "通讯地址.csv": ("甲,乙\n1,2\n".encode(), "file-not-recognised"),
    "读我.txt": ("请每月填写\n".encode(), "file-not-recognised"),
    "空.csv": (b"", "empty-file"),
    "合同.pdf": (b"%PDF-1.4\0", "unknown-format"),
    "旧文.doc": (b"\xd0\xcf\x11\xe0", "workbook-cut"),
    "压缩.zip": (b"PK\x03\x04", "workbook-cut"),
}


@pytest.mark.parametrize(("name", "content", "code"), [(name, *rest) for name, rest in STRAY.items()])
def test_a_stray_file_in_a_folder_with_logs_is_told_and_passed_over(
    write: Write, name: str, content: bytes, code: str
) -> None:
    folder = write(f"{HEADER}\n1,2024-05-01,张敏,是,1\n").parent
    stray = write(content, name)
    data, problems = read(folder)
    assert data.tables["call"].rows == 1
    assert [(p.code, p.fatal) for p in problems if p.code == code] == [(code, False)]
    assert not any(problem.fatal for problem in problems)
    assert [p.code for p in read(folder, stray)[1] if p.fatal] == [code]


def test_a_folder_of_nothing_but_strays_is_fatal(write: Write) -> None:
    folder = write("甲,乙\n1,2\n", "通讯地址.csv").parent
    assert [p.code for p in read(folder)[1] if p.fatal] == ["file-not-recognised"]


@pytest.mark.parametrize("name", ["回访.xls", "回访.xlsx"])
def test_a_workbook_in_a_folder_that_cannot_be_opened_stays_fatal(write: Write, name: str) -> None:
    folder = write(f"{HEADER}\n1,2024-05-01,张敏,是,1\n").parent
    write(b"\xd0\xcf\x11\xe0", name)
    assert [p.code for p in read(folder)[1] if p.fatal] == ["workbook-cut"]


def test_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _, problems = read(tmp_path / "nothing.csv", tmp_path / "empty")
    assert [(p.code, p.fatal) for p in problems] == [("no-file", True), ("empty-folder", True)]


def test_the_closest_record_type_is_named(write: Write) -> None:
    _, problems = read(write("工单号,甲,乙,丙,丁\n1,2,3,4,5\n"))
    assert problems[0].what == "The sheet was not recognised; the closest record type is call (matched: 工单号)."


def test_progress_names_each_file(write: Write) -> None:
    seen: list[tuple[str, int, int]] = []
    path = write(f"{HEADER}\n1,2024-05-01,张敏,是,1\n")
    read_files([path], RECORDS, ZONE, progress=lambda *step: seen.append(step))
    assert seen == [(str(path), 1, 1)]


def test_the_same_input_gives_the_same_table(write: Write) -> None:
    path = write(f"{HEADER}\n" + "".join(f"{n},2024-05-{n % 28 + 1},张 敏,{'是否'[n % 2]},{n}元\n" for n in range(500)))
    first, second = (read(path)[0] for _ in range(2))
    assert rows(first, "*") == rows(second, "*")
