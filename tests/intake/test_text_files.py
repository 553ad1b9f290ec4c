"""Text tables as they come, by their number in the list of inputs that must be survived."""

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.intake import Dataset, read_files
from auditor.intake.encoding import detect
from auditor.intake.textfile import open_text
from auditor.intake.times import spellings_of
from auditor.problem import Problem
from auditor.records import RecordType

CALL = RecordType.model_validate(
    {
        "name": "call",
        "name_zh": "报修记录",
        "key": "call_id",
        "time": "received_at",
        "fields": {
            "call_id": {"type": "id", "aliases": ["工单号"]},
            "received_at": {"type": "time", "aliases": ["受理时间"]},
            "handler": {"type": "person", "aliases": ["受理人"]},
            "cost": {"type": "number", "aliases": ["金额"]},
            "note": ["备注"],
        },
    }
)
HEADER = "工单号,受理时间,受理人,金额,备注\n"
ROW = "1,2024-05-01 10:30,张敏,5,好\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(content: str | bytes, name: str = "log.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def read(path: Path) -> tuple[Dataset, list[Problem]]:
    return read_files([path], {"call": CALL}, "Asia/Shanghai")


def rows(path: Path, columns: str) -> list[tuple[object, ...]]:
    """What is read from a file about which there is nothing to say."""
    data, problems = read(path)
    assert problems == []
    return data.connection.execute(f"SELECT {columns} FROM call ORDER BY _line").fetchall()


def test_19_two_line_gbk_csv(write: Write) -> None:
    assert rows(write((HEADER + ROW).encode("gbk")), "_line, handler, note") == [(2, "张敏", "好")]


@pytest.mark.parametrize("line", [5_000, 200_000])
def test_20_mostly_ascii_with_one_gbk_row(write: Write, line: int) -> None:
    plain = "".join(f"{number},2024-05-01,x,1,\n" for number in range(line - 2))
    text = "call_id,received_at,handler,cost,note\n" + plain + "a,2024-05-01,张喆,1,\n"
    assert rows(write(text.encode("gbk")), "_line, handler")[-1] == (line, "张喆")


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"", "utf-8")],
)
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_21_byte_order_marks(write: Write, bom: bytes, encoding: str, delimiter: str) -> None:
    text = (HEADER + ROW).replace(",", delimiter)
    assert rows(write(bom + text.encode(encoding)), "_line, call_id, handler") == [(2, "1", "张敏")]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
@pytest.mark.parametrize("person", ["李㐀", "王𠮷", "张喆", "欧阳·娜"])
def test_22_rare_characters_in_names(write: Write, encoding: str, person: str) -> None:
    assert rows(write((HEADER + ROW.replace("张敏", person)).encode(encoding)), "handler") == [(person,)]


def test_23_mixed_encodings_name_the_line(write: Write) -> None:
    path = write((HEADER + ROW * 300_000).encode() + ROW.encode("gbk") + ROW.encode())
    data, problems = read(path)
    assert data.tables == {}
    assert [str(problem) for problem in problems] == [
        f"{path}:300002: The text changes its encoding: line 300002 does not read like the lines before it. "
        "Save the whole file as UTF-8."
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，", "；"])
def test_24_delimiters(write: Write, delimiter: str) -> None:
    text = (HEADER + ROW + ROW.replace("1,2024", "2,2024")).replace(",", delimiter)
    assert rows(write(text), "call_id, handler, cost") == [("1", "张敏", 5.0), ("2", "张敏", 5.0)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_25_quoted_line_breaks_leave_the_lines_true(write: Write, end: str) -> None:
    text = (HEADER + '1,2024-05-01,张敏,1,"上\n\n下"\n2,2024-05-02,张敏,1,"说""好"""\n').replace("\n", end)
    assert rows(write(text), "_line, note") == [(2, f"上{end}{end}下"), (5, '说"好"')]


def test_25_a_quoted_line_break_in_the_header(write: Write) -> None:
    assert rows(write('工单号,受理时间,"受理\n人"\n1,2024-05-01,张敏\n'), "_line, handler") == [(3, "张敏")]


def test_26_uneven_rows_are_set_aside_with_their_lines(write: Write) -> None:
    text = f"{HEADER}{ROW}\n2,2024-05-01,张敏\n3,2024-05-01,张敏,1,好,,\n4,2024-05-01,张敏,1,好,多\n"
    path = write(text)
    data, problems = read(path)
    found = data.connection.execute("SELECT _line, call_id FROM call ORDER BY _line").fetchall()
    assert found == [(2, "1"), (5, "3")]
    assert [str(problem.where) for problem in problems] == [f"{path}:4", f"{path}:6"]
    assert {problem.what for problem in problems} == {
        f"Line {line} has more or fewer cells than the header, so the row was set aside." for line in (4, 6)
    }
    assert data.sources[0].set_aside == {"blank": 1, "unusable": 2}
    assert data.sources[0].rows_read == data.sources[0].rows_kept + 3 == 5


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_27_a_separator_line(write: Write, delimiter: str) -> None:
    text = f"sep={delimiter}\n" + (HEADER + ROW).replace(",", delimiter)
    assert rows(write(text), "_line, call_id, cost") == [(3, "1", 5.0)]


def test_28_null_bytes_are_refused_with_their_line(write: Write) -> None:
    path = write((HEADER + ROW * 20_000 + ROW.replace("好", "\x00")).encode())
    data, problems = read(path)
    assert data.tables == {}
    assert [str(problem) for problem in problems] == [
        f"{path}:20002: Line 20002 holds NUL bytes, which no text has. Export the file again."
    ]


@pytest.mark.parametrize("cell", ['="00123"', '"=""00123"""', "\t00123", '"\t00123"', "'00123", "00123"])
def test_29_protected_ids_keep_their_zeros(write: Write, cell: str) -> None:
    assert rows(write(f"{HEADER}{cell},2024-05-01,张敏,1,\n"), "call_id") == [("00123",)]


@pytest.mark.parametrize(
    ("word", "person", "cost", "skipped"),
    [
        ("N/A", None, None, "|handler|cost|"),
        ("NA", "NA", None, "|cost|"),
        ("None", "None", None, None),
        ("null", "null", None, None),
        ("Null", "Null", None, None),
    ],
)
def test_30_words_for_nothing_and_the_surname_null(
    write: Write, word: str, person: str | None, cost: float | None, skipped: str | None
) -> None:
    assert rows(write(f"{HEADER}1,2024-05-01,{word},{word},\n"), "handler, cost, _na, _bad") == [
        (person, cost, skipped, None)
    ]


@pytest.mark.parametrize("said", ["gbk", "GB2312", "gb18030"])
def test_an_encoding_that_was_set_is_obeyed(write: Write, said: str) -> None:
    path = write("工单号,受理人\n1,联通\n".encode("gb18030"))
    sheet, problems = open_text(path, said)
    assert problems == []
    assert sheet is not None
    assert sheet.head[1].cells == ("1", "联通")


def test_a_wrong_encoding_that_was_set_is_told_with_its_line(write: Write) -> None:
    path = write(HEADER.replace(",", "").encode("ascii", "ignore") + b"a,b\n\xff\xff,1\n")
    assert [str(problem) for problem in detect(path, "utf-8")[1]] == [
        f"{path}:3: Line 3 is no utf-8, which was set as the encoding of this file. "
        "Leave `encoding` out, or set the one the file was saved in."
    ]


def test_a_column_of_many_spellings_is_read_in_each(write: Write) -> None:
    spellings = [
        "2025-03-05 10:00", "2025年3月5日 10:00", "2025/3/5 10:00:00", "2025.3.5 10:00", "20250305 10:00",
        "2025-03-05T10:00:00", "2025-03-05 10:00:00.250", "2025年03月05日 10时00分", "2025年3月5日上午10点",
    ]  # fmt: skip
    text = HEADER + "".join(f"{n},{spelling},张敏,1,\n" for n, spelling in enumerate([*spellings * 60, "2025年3月5日"]))
    found = rows(write(text), "received_at, received_at__dateonly")
    assert set(found[:-1]) == {(1741140000, False)}
    assert found[-1] == (1741104000, True)


def test_the_most_particular_spelling_is_tried_first_since_its_pattern_fits_others_too() -> None:
    found = spellings_of(["2025-03-05", "2025-03-05 10:00", "2025-03-05 10:00:00", "无"], None)
    assert [(spelling.format, spelling.pattern) for spelling in found] == [
        ("%Y-%m-%d %H:%M:%S", "____-%-% %:%:%"),
        ("%Y-%m-%d %H:%M", "____-%-% %:%"),
        ("%Y-%m-%d", "____-%-%"),
    ]


def test_a_spelling_that_begins_far_below_is_read_too(write: Write) -> None:
    text = HEADER + "".join(f"{n},2025-03-05 10:00,张敏,1,\n" for n in range(3000))
    text += "".join(f"b{n},{'无' if n < 500 else '2025年3月5日'},张敏,1,\n" for n in range(1000))
    found = rows(write(text), "received_at, received_at__dateonly, _na")
    assert found[2999:] == [
        (1741140000, False, None),
        *[(None, False, "|received_at|")] * 500,
        *[(1741104000, True, None)] * 500,
    ]
