"""What the text of a cell means, as a table: type, text, value (or the code of the Problem)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from auditor.intake.values import CellReader, State
from auditor.records import FieldType

ZONE = "Asia/Shanghai"


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp())


TIMES = {
    "2024-05-01 10:30": "2024-05-01 10:30",
    "2024-05-01T10:30:05": "2024-05-01 10:30:05",
    "2024-05-01 10:30:05.123": "2024-05-01 10:30:05",
    "2024/5/1 9:05": "2024-05-01 09:05",
    "2024.5.1 9:05": "2024-05-01 09:05",
    "2024年5月1日 下午3时05分": "2024-05-01 15:05",
    "2024年5月1日下午3点半": "2024-05-01 15:30",
    "2024年5月1号 15时05分30秒": "2024-05-01 15:05:30",
    "2024-05-01 中午12:30": "2024-05-01 12:30",
    "2024-05-01 凌晨0:30": "2024-05-01 00:30",
    "2024-05-01 晚上8:00": "2024-05-01 20:00",
    "2024-05-01 3:05 PM": "2024-05-01 15:05",
    "2024-05-01 24:00": "2024-05-02 00:00",
    "２０２４－０５－０１ １０：３０": "2024-05-01 10:30",
    "2024/5/1（星期三）10:00": "2024-05-01 10:00",
    "\u200b2024-05-01 10:30\ufeff": "2024-05-01 10:30",
    "2024-05-01T02:30:00Z": "2024-05-01 10:30",
    "2024-05-01 10:30+08:00": "2024-05-01 10:30",
    "2024-05-01T23:30:00-05:00": "2024-05-02 12:30",
    "20240501103000": "2024-05-01 10:30",
    "45413.4375": "2024-05-01 10:30",
    "1988-07-01 12:00": "1988-07-01 12:00",
}
DATES = {
    "2024-05-01": "2024-05-01",
    "2024年5月1日": "2024-05-01",
    "2024年5月1号": "2024-05-01",
    "2024年5月1日 星期三": "2024-05-01",
    "2024.5.1": "2024-05-01",
    "2024/5/1": "2024-05-01",
    "20240501": "2024-05-01",
    "二〇二四年五月十二日": "2024-05-12",
    "二零二四年十一月二十一日": "2024-11-21",
    "45413": "2024-05-01",
}
REFUSED_TIMES = {
    "5/1/2024": "date-order-unknown",
    "29-02-2016 01:16": "date-order-unknown",
    "2024-02-30": "date-impossible",
    "2023年2月29日": "date-impossible",
    "2024-13-01": "date-impossible",
    "0000-00-00": "date-impossible",
    "1900-01-00": "date-impossible",
    "9999-12-31": "date-impossible",
    "240501": "date-unreadable",
    "24-05-01": "date-unreadable",
    "5月1日": "date-unreadable",
    "昨天": "date-unreadable",
    "1714521600": "date-unreadable",
    "1714521600000": "date-unreadable",
    "次日02:10": "date-unreadable",
    "2024-05-01 上午12:00": "date-unreadable",
    "2024-05-01 25:00": "date-unreadable",
    "2024-05-01 10:61": "date-unreadable",
    "2024-05-011": "date-unreadable",
    "#N/A": "error-cell",
    "#REF!": "error-cell",
}


@pytest.mark.parametrize(("text", "local"), TIMES.items())
def test_a_time_is_utc_seconds(text: str, local: str) -> None:
    reading = CellReader(FieldType.TIME, ZONE).read(text)
    assert (reading.state, reading.value, reading.dateonly) == (State.READ, utc(local), False)


@pytest.mark.parametrize(("text", "local"), DATES.items())
def test_a_date_alone_is_local_midnight_and_says_so(text: str, local: str) -> None:
    reading = CellReader(FieldType.TIME, ZONE).read(text)
    assert (reading.state, reading.value, reading.dateonly) == (State.READ, utc(local), True)


@pytest.mark.parametrize(("text", "code"), REFUSED_TIMES.items())
def test_a_doubtful_time_is_refused(text: str, code: str) -> None:
    reading = CellReader(FieldType.TIME, ZONE).read(text)
    assert (reading.state, reading.value, reading.code) == (State.UNREADABLE, None, code)


@pytest.mark.parametrize(("order", "local"), [("dmy", "2016-02-01 01:16"), ("mdy", "2016-01-02 01:16")])
def test_the_order_of_day_and_month_decides(order: str, local: str) -> None:
    assert CellReader(FieldType.TIME, ZONE, order).read("01/02/2016 01:16").value == utc(local)


NEW_YORK = {
    "2025-11-02 01:30": 1762061400,  # twice that night: the first
    "2025-03-09 02:30": 1741505400,  # never that night: 03:30
}


@pytest.mark.parametrize(("text", "seconds"), NEW_YORK.items())
def test_local_times_that_occur_twice_or_never(text: str, seconds: int) -> None:
    assert CellReader(FieldType.TIME, "America/New_York").read(text).value == seconds


NUMBERS = {
    "12": 12.0, "1,234.5": 1234.5, "-0.5": -0.5, "－0.5": -0.5, "−0.5": -0.5, "０.５": 0.5, ".5": 0.5, "(5)": -5.0,
    "95%": 0.95, "3万": 30_000.0, "1.5亿": 150_000_000.0, "¥1,200": 1200.0, "￥-3": -3.0, "-￥3": -3.0, "200元": 200.0,
    "30分": 30.0, "2小时": 2.0, "1.23E+18": 1.23e18, "0": 0.0,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_a_number(text: str, value: float) -> None:
    assert CellReader(FieldType.NUMBER, ZONE).read(text).value == value


@pytest.mark.parametrize("text", ["3-5", "约5", "≥3", "1,23", "(5", "5)", "五", "1.2.3", "", "12 34"])
def test_what_is_no_number(text: str) -> None:
    reading = CellReader(FieldType.NUMBER, ZONE).read(text)
    assert reading.state is (State.UNREADABLE if text else State.BLANK)


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("3.0", 3), ("1,000", 1000), ("3次", 3), ("1E+3", 1000)])
def test_a_whole_number(text: str, value: int) -> None:
    reading = CellReader(FieldType.INTEGER, ZONE).read(text)
    assert (reading.value, type(reading.value)) == (value, int)


@pytest.mark.parametrize("text", ["3.5", "1E+30", "三"])
def test_what_is_no_whole_number(text: str) -> None:
    assert CellReader(FieldType.INTEGER, ZONE).read(text).state is State.UNREADABLE


YES = [
    "是",
    "√",
    "✓",
    "✔",
    "☑",
    "合格",
    "通过",
    "通過",
    "有",
    "已",
    "已签字",
    "达标",
    "達標",
    "Y",
    "ｙ",
    "TRUE",
    "1",
    "yes",
]
NO = ["否", "×", "✗", "✘", "✕", "X", "Ｘ", "不合格", "未通过", "无", "無", "未", "未签字", "N", "False", "0", "没有"]


@pytest.mark.parametrize(("text", "value"), [(text, True) for text in YES] + [(text, False) for text in NO])
def test_yes_and_no(text: str, value: bool) -> None:
    assert CellReader(FieldType.YESNO, ZONE).read(text).value is value


def test_the_words_of_a_column_come_first() -> None:
    reader = CellReader(FieldType.YESNO, ZONE, yes=("无",), no=("有",))
    assert (reader.read("無").value, reader.read("有").value, reader.read("是").value) == (True, False, True)


@pytest.mark.parametrize("text", ["大概", "2", "是否"])
def test_what_is_neither_yes_nor_no(text: str) -> None:
    assert CellReader(FieldType.YESNO, ZONE).read(text).code == "yesno-unreadable"


CLOCKS = {
    "09:30": 34200, "9:30:15": 34215, "下午3:00": 54000, "9点": 32400, "24:00": 86400, "0.375": 32400,
    "2024-05-01 08:58": 32280, "２１：００": 75600,
}  # fmt: skip


@pytest.mark.parametrize(("text", "seconds"), CLOCKS.items())
def test_a_time_of_day(text: str, seconds: int) -> None:
    assert CellReader(FieldType.CLOCK, ZONE).read(text).value == seconds


@pytest.mark.parametrize("text", ["25:00", "930", "早上", "24:01"])
def test_what_is_no_time_of_day(text: str) -> None:
    assert CellReader(FieldType.CLOCK, ZONE).read(text).code == "clock-unreadable"


IDS = {
    "0012": "0012",
    "12.0": "12",
    '="00123"': "00123",
    "'0012": "0012",
    " A-1 ": "A-1",
    "Ａ１": "A1",
    "2024/3": "2024/3",
}


@pytest.mark.parametrize(("text", "value"), IDS.items())
def test_an_id_keeps_its_characters(text: str, value: str) -> None:
    assert CellReader(FieldType.ID, ZONE).read(text).value == value


@pytest.mark.parametrize("text", ["1.10105199003070E+17", "6.90123E+12", "1.23e18"])
def test_an_id_that_lost_its_digits_is_refused(text: str) -> None:
    assert CellReader(FieldType.ID, ZONE).read(text).code == "id-digits-lost"


PERSONS = {"张 敏": "张敏", "张敏 ": "张敏", "张\u3000敏": "张敏", "李强（店长）": "李强(店长)",
           "Opened by  8": "Opened by 8",
           "Null": "Null", "None": "None", "张\u200b敏": "张敏"}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), PERSONS.items())
def test_a_person(text: str, value: str) -> None:
    assert CellReader(FieldType.PERSON, ZONE).read(text).value == value


VISITS = CellReader(FieldType.TEXT, ZONE, words={"回访": "回访", "评价邀请": "评价邀请"})


@pytest.mark.parametrize(
    ("text", "value", "state"),
    [
        (" 回訪 ", "回访", State.READ),
        ("回 访", "回访", State.READ),
        ("", None, State.BLANK),
        ("无", None, State.INAPPLICABLE),
        ("电话回访", None, State.UNREADABLE),
        ("其他", None, State.UNREADABLE),
    ],
)
def test_a_word_of_a_vocabulary(text: str, value: str | None, state: State) -> None:
    reading = VISITS.read(text)
    assert (reading.value, reading.state) == (value, state)


def test_what_is_said_of_a_word_outside_the_vocabulary() -> None:
    reading = VISITS.read("电话回访")
    assert (reading.code, reading.what, reading.remedy) == (
        "word-unknown",
        "'电话回访' is none of the words of this column.",
        "Write one of 回访、评价邀请.",
    )


def test_text_keeps_its_wording() -> None:
    assert CellReader(FieldType.TEXT, ZONE).read("　無法修復，請派人　").value == "無法修復，請派人"


MARKS = [
    (FieldType.TIME, "", State.BLANK),
    (FieldType.TIME, " 　\u200b", State.BLANK),
    (FieldType.TIME, "NULL", State.BLANK),
    (FieldType.TIME, "无", State.INAPPLICABLE),
    (FieldType.TIME, "/", State.INAPPLICABLE),
    (FieldType.TIME, "—", State.INAPPLICABLE),
    (FieldType.TIME, "?", State.UNREADABLE),
    (FieldType.YESNO, "不适用", State.INAPPLICABLE),
    (FieldType.YESNO, "不適用", State.INAPPLICABLE),
    (FieldType.YESNO, "N/A", State.INAPPLICABLE),
    (FieldType.YESNO, "无", State.READ),
    (FieldType.NUMBER, "-", State.INAPPLICABLE),
    (FieldType.TEXT, "无", State.READ),
    (FieldType.TEXT, "N/A", State.INAPPLICABLE),
    (FieldType.TEXT, "#REF!", State.UNREADABLE),
    (FieldType.PERSON, "/", State.INAPPLICABLE),
    (FieldType.ID, "NA", State.READ),
]


@pytest.mark.parametrize(("kind", "text", "state"), MARKS)
def test_marks_that_stand_where_a_value_would(kind: FieldType, text: str, state: State) -> None:
    assert CellReader(kind, ZONE).read(text).state is state


def test_a_record_type_may_declare_its_own_blank() -> None:
    assert CellReader(FieldType.TIME, ZONE, blanks=frozenset({"?"})).read("？").state is State.BLANK
