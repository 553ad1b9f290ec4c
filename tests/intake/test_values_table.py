"""What the text of a cell means, as a table: type, text, value (or the code of the Problem)."""

import pytest

from auditor.intake.celltext import cell_text
from auditor.intake.values import CellReader, State
from auditor.records import FieldType

ZONE = "Asia/Shanghai"


NUMBERS = {
    "12": 12.0, "1,234.5": 1234.5, "-0.5": -0.5, "－0.5": -0.5, "−0.5": -0.5, "０.５": 0.5, ".5": 0.5, "(5)": -5.0,
    "95%": 0.95, "3万": 30_000.0, "1.5亿": 150_000_000.0, "¥1,200": 1200.0, "￥-3": -3.0, "-￥3": -3.0, "200元": 200.0,
    "30分": 30.0, "2小时": 2.0, "1.23E+18": 1.23e18, "0": 0.0, "￥1，234元": 1234.0, "5天": 5.0, "(0.5)": -0.5,
    "１２３４": 1234.0, "0.5%": 0.005, "0.65%": 0.0065, "1.1万": 11_000.0, "1.5E3万": 15_000_000.0,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_66_a_number(text: str, value: float) -> None:
    assert CellReader(FieldType.NUMBER, ZONE).read(text).value == value


NO_NUMBERS = {
    "3-5": ("number-range", "'3-5' is a range, and no one number."),
    "3~5": ("number-range", "'3~5' is a range, and no one number."),
    "3至5天": ("number-range", "'3至5天' is a range, and no one number."),
    "10%-20%": ("number-range", "'10%-20%' is a range, and no one number."),
    "约5": ("number-inexact", "'约5' does not say which number it is."),
    "≥3": ("number-inexact", "'≥3' does not say which number it is."),
    "<5": ("number-inexact", "'<5' does not say which number it is."),
    "5左右": ("number-inexact", "'5左右' does not say which number it is."),
    "100多元": ("number-unreadable", "'100多元' is not a number."),
    "1,23": ("number-unreadable", "'1,23' is not a number."),
    "(5": ("number-unreadable", "'(5' is not a number."),
    "5)": ("number-unreadable", "'5)' is not a number."),
    "五": ("number-unreadable", "'五' is not a number."),
    "1.2.3": ("number-unreadable", "'1.2.3' is not a number."),
    "12 34": ("number-unreadable", "'12 34' is not a number."),
}


@pytest.mark.parametrize(("text", "told"), NO_NUMBERS.items())
def test_66_what_is_no_number(text: str, told: tuple[str, str]) -> None:
    reading = CellReader(FieldType.NUMBER, ZONE).read(text)
    assert (reading.state, reading.value, (reading.code, reading.what)) == (State.UNREADABLE, None, told)
    assert reading.remedy == "Write one plain number, such as 1234.5."


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
    "✔\ufe0f",
    "✅",
]
NO = [
    "否",
    "×",
    "✗",
    "✘",
    "✕",
    "X",
    "Ｘ",
    "不合格",
    "未通过",
    "无",
    "無",
    "未",
    "未签字",
    "N",
    "False",
    "0",
    "没有",
    "✖",
    "❌",
]


@pytest.mark.parametrize(("text", "value"), [(text, True) for text in YES] + [(text, False) for text in NO])
def test_61_yes_and_no(text: str, value: bool) -> None:
    assert CellReader(FieldType.YESNO, ZONE).read(text).value is value


def test_61_the_words_of_a_column_come_first() -> None:
    reader = CellReader(FieldType.YESNO, ZONE, yes=("无",), no=("有",))
    assert (reader.read("無").value, reader.read("有").value, reader.read("是").value) == (True, False, True)


WINGDINGS = {"ü": True, " ü ": True, "u\u0308": True, "û": False, "þ": True, "ý": False}


@pytest.mark.parametrize(("text", "value"), WINGDINGS.items())
def test_62_ticks_in_wingdings_are_letters_that_stand_alone(text: str, value: bool) -> None:
    assert CellReader(FieldType.YESNO, ZONE).read(text).value is value


@pytest.mark.parametrize("text", ["üü", "Ü", "Müller", "☒", "○"])
def test_62_other_letters_and_signs_are_no_ticks(text: str) -> None:
    assert CellReader(FieldType.YESNO, ZONE).read(text).code == "yesno-unreadable"


def test_62_in_names_and_text_they_are_letters() -> None:
    assert [CellReader(kind, ZONE).read("ü").value for kind in (FieldType.PERSON, FieldType.TEXT)] == ["ü", "ü"]


def test_61_blank_and_not_applicable_never_meet() -> None:
    reader = CellReader(FieldType.YESNO, ZONE)
    states = {text: reader.read(text).state for text in ("", "　", "不适用", "N/A", "/", "—")}
    assert states == {"": State.BLANK, "　": State.BLANK} | dict.fromkeys(
        ("不适用", "N/A", "/", "—"), State.INAPPLICABLE
    )


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
    "3E12": "3E12",
    "110105199003070000": "110105199003070000",
}


@pytest.mark.parametrize(("text", "value"), IDS.items())
def test_69_an_id_keeps_its_characters(text: str, value: str) -> None:
    assert CellReader(FieldType.ID, ZONE).read(text).value == value


@pytest.mark.parametrize("text", ["1.1010519900307E+17", "6.90123E+12", "1.23e18", "1E+17"])
def test_67_68_an_id_that_lost_its_digits_is_refused(text: str) -> None:
    assert CellReader(FieldType.ID, ZONE).read(text).code == "id-digits-lost"


PERSONS = {"张 敏": "张敏", "张敏 ": "张敏", "张\u3000敏": "张敏", "李强（店长）": "李强(店长)",
           "Opened by  8": "Opened by 8",
           "Null": "Null", "None": "None", "张\u200b敏": "张敏"}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), PERSONS.items())
def test_70_a_person(text: str, value: str) -> None:
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


def test_67_a_number_cell_of_more_than_fifteen_digits_is_no_id() -> None:
    reading = CellReader(FieldType.ID, ZONE).read(str(cell_text(110105199003070000.0)))
    assert reading.what == "The id '1.1010519900307E+17' was kept as a number and has lost its last digits."
    assert CellReader(FieldType.ID, ZONE).read(str(cell_text(12.0))).value == "12"


@pytest.mark.parametrize(("text", "value"), {"报\u200b修": "报修", "\ufeff报修": "报修", "报\ufeff修 ": "报修"}.items())
def test_72_characters_of_no_width_are_not_part_of_text(text: str, value: str) -> None:
    assert CellReader(FieldType.TEXT, ZONE).read(text).value == value


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
