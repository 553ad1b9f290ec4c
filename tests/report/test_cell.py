from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pandas
import pytest

from auditor.report.excel.cell import KEPT_UNITS, Content, content
from auditor.report.excel.names import sheet_name
from auditor.report.excel.width import lines_needed, text_width

SHANGHAI = ZoneInfo("Asia/Shanghai")
LOST = Content(None, mishaps=(("number-blank", 1),))
CUT = "…（已截断，见证据文件）"


def replaced(text: str, count: int, quoted: bool = False) -> Content:
    return Content(text, "s", quoted, (("characters-replaced", count),))


@pytest.mark.parametrize("text", [
    "=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "\t=1+1", "=HYPERLINK(\"http://x\")",
])  # fmt: skip
def test_a_text_that_could_be_a_formula_stays_a_text(text):
    assert content(text, SHANGHAI) == Content(text, "s", quoted=True)


@pytest.mark.parametrize(("value", "expected"), [
    (None, Content(None)),
    ("张敏", Content("张敏", "s")),
    ("#N/A", Content("#N/A", "s")),
    ("a=b", Content("a=b", "s")),
    ("13800000000", Content("13800000000", "s")),
    ("", Content("", "s")),
    ("\r=1", Content("\n=1", "s", quoted=True)),
    ("a\r\nb\rc", Content("a\nb\nc", "s")),
    ("a\x00b\x0bc", replaced("a\ufffdb\ufffdc", 2)),
    ("\ud800", replaced("\ufffd", 1)),
    ("\ufffe\uffff", replaced("\ufffd\ufffd", 2)),
    ("=\x07", replaced("=\ufffd", 1, quoted=True)),
    (True, Content(True, "b")),
    (999_999_999_999_999, Content(999_999_999_999_999)),
    (1_000_000_000_000_000, Content("1000000000000000", "s")),
    (-1_000_000_000_000_000, Content("-1000000000000000", "s")),
    (0.5, Content(0.5)),
    (float("nan"), LOST),
    (float("inf"), LOST),
    (Decimal("1.25"), Content(1.25)),
    (Decimal("sNaN"), LOST),
    (pandas.NaT, LOST),
    (date(1900, 3, 1), Content(datetime(1900, 3, 1), "d")),
    (date(1900, 2, 28), Content("1900-02-28", "s")),
    (datetime(1899, 5, 1, 8), Content("1899-05-01 08:00:00", "s")),
    (datetime(2025, 3, 5, 10), Content(datetime(2025, 3, 5, 10), "d")),
    (datetime(2025, 3, 5, 16, 30, tzinfo=UTC), Content(datetime(2025, 3, 6, 0, 30), "d")),
    (timedelta(hours=30), Content(timedelta(hours=30), "d")),
    (["a", 1], Content('["a", 1]', "s")),
    ({"甲": None}, Content('{"甲": null}', "s")),
])  # fmt: skip
def test_values(value, expected):
    assert content(value, SHANGHAI) == expected


@pytest.mark.parametrize("value", [b"x", object(), {1, 2}])
def test_what_has_no_place_in_a_cell(value):
    with pytest.raises(TypeError, match=f"A cell cannot hold {type(value).__name__}"):
        content(value, SHANGHAI)


@pytest.mark.parametrize(("text", "expected", "cut"), [
    ("a" * 32_767, "a" * 32_767, False),
    ("a" * 32_768, "a" * KEPT_UNITS + CUT, True),
    ("字" * 40_000, "字" * KEPT_UNITS + CUT, True),
    ("😀" * 20_000, "😀" * (KEPT_UNITS // 2) + CUT, True),
    ("a" + "😀" * 20_000, "a" + "😀" * (KEPT_UNITS // 2 - 1) + CUT, True),
])  # fmt: skip
def test_long_texts_are_cut_between_characters(text, expected, cut):
    assert content(text, SHANGHAI) == Content(expected, "s", mishaps=(("text-cut", 1),) if cut else ())


@pytest.mark.parametrize(("wanted", "taken", "expected"), [
    ("总览", (), "总览"),
    ("A/B:C[1]*?\\", (), "ABC1"),
    ("'x'", (), "x"),
    ("History", (), "History_"),
    ("[]", (), "Sheet"),
    ("", (), "Sheet"),
    ("门" * 40, (), "门" * 31),
    ("😀" * 20, (), "😀" * 15),
    ("Store", ["STORE"], "Store(2)"),
    ("Store", ["store", "Store(2)"], "Store(3)"),
    ("门" * 31, ["门" * 31], "门" * 28 + "(2)"),
])  # fmt: skip
def test_sheet_names(wanted, taken, expected):
    assert sheet_name(wanted, taken) == expected


@pytest.mark.parametrize(("text", "expected"), [("abc", 3), ("张敏", 4), ("a张\nbcdef", 5), ("", 0), ("x" * 99, 60)])
def test_widths(text, expected):
    assert text_width(text) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"), [("", 10, 1), ("a" * 8, 10, 1), ("a" * 9, 10, 2), ("字字字字字\n字", 10, 3)]
)
def test_lines(text, width, expected):
    assert lines_needed(text, width) == expected
