"""What a cell says of a time, as a table: text, instant (or the Problem)."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from auditor.intake import from_rows, read_files
from auditor.intake.values import CellReader, State
from auditor.records import FieldType, RecordType

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
    "20240501 10:30": "2024-05-01 10:30",
    "202405011030": "2024-05-01 10:30",
    "45413.4375": "2024-05-01 10:30",
    "45413 10:30": "2024-05-01 10:30",
    "20000.5": "1954-10-03 12:00",
    "2024-05-01 0.4375": "2024-05-01 10:30",
    "2024-05-01 次日02:10": "2024-05-02 02:10",
    "2024年12月31日翌日 02:10": "2025-01-01 02:10",
    "2024-05-01 当日22:10": "2024-05-01 22:10",
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
    "5/1/2024": ("date-order-unknown", "In '5/1/2024' the order of day and month is not known."),
    "29-02-2016 01:16": ("date-order-unknown", "In '29-02-2016 01:16' the order of day and month is not known."),
    "2024-02-30": ("date-impossible", "'2024-02-30' is not a date between 1970 and 2099."),
    "2023年2月29日": ("date-impossible", "'2023年2月29日' is not a date between 1970 and 2099."),
    "2024-13-01": ("date-impossible", "'2024-13-01' is not a date between 1970 and 2099."),
    "0000-00-00": ("date-impossible", "'0000-00-00' is not a date between 1970 and 2099."),
    "1900-01-00": ("date-impossible", "'1900-01-00' is not a date between 1970 and 2099."),
    "9999-12-31": ("date-impossible", "'9999-12-31' is not a date between 1970 and 2099."),
    "1969-12-31": ("date-impossible", "'1969-12-31' is not a date between 1970 and 2099."),
    "2100-01-01": ("date-impossible", "'2100-01-01' is not a date between 1970 and 2099."),
    "240501": ("date-year-short", "The year of '240501' is not written in full."),
    "24-05-01": ("date-year-short", "The year of '24-05-01' is not written in full."),
    "24年5月1日": ("date-year-short", "The year of '24年5月1日' is not written in full."),
    "5/1/24 10:30": ("date-year-short", "The year of '5/1/24 10:30' is not written in full."),
    "5月1日": ("date-without-year", "'5月1日' has no year."),
    "五月一日": ("date-without-year", "'五月一日' has no year."),
    "5月1日 10:30": ("date-without-year", "'5月1日 10:30' has no year."),
    "昨天": ("date-relative", "What day '昨天' was depends on when it was written."),
    "昨天下午": ("date-relative", "What day '昨天下午' was depends on when it was written."),
    "上周五": ("date-relative", "What day '上周五' was depends on when it was written."),
    "1714521600": ("date-epoch", "'1714521600' is a count of seconds or a number, and no date."),
    "1714521600000": ("date-epoch", "'1714521600000' is a count of seconds or a number, and no date."),
    "次日02:10": ("time-without-date", "'次日02:10' is a time of day without a date."),
    "10:30": ("time-without-date", "'10:30' is a time of day without a date."),
    "下午3点": ("time-without-date", "'下午3点' is a time of day without a date."),
    "2024-05-01 上午12:00": ("clock-ambiguous", "Nobody can say whether '2024-05-01 上午12:00' is noon or midnight."),
    "2024-05-01 25:00": ("date-unreadable", "'2024-05-01 25:00' is not a date that can be read."),
    "2024-05-01 24:01": ("date-unreadable", "'2024-05-01 24:01' is not a date that can be read."),
    "2024-05-01 10:61": ("date-unreadable", "'2024-05-01 10:61' is not a date that can be read."),
    "2024-05-01 次日": ("date-unreadable", "'2024-05-01 次日' is not a date that can be read."),
    "2024-05-01 10:30+99:00": ("date-unreadable", "'2024-05-01 10:30+99:00' is not a date that can be read."),
    "2024-05-011": ("date-unreadable", "'2024-05-011' is not a date that can be read."),
    "20240501-03": ("date-unreadable", "'20240501-03' is not a date that can be read."),
    "2024年5月": ("date-unreadable", "'2024年5月' is not a date that can be read."),
    "19999": ("date-unreadable", "'19999' is not a date that can be read."),
    "80000": ("date-unreadable", "'80000' is not a date that can be read."),
    "待定": ("date-unreadable", "'待定' is not a date that can be read."),
    "#N/A": ("error-cell", "The cell holds Excel's error '#N/A', not a value."),
    "#REF!": ("error-cell", "The cell holds Excel's error '#REF!', not a value."),
}


@pytest.mark.parametrize(("text", "local"), TIMES.items())
def test_47_49_50_51_52_a_time_is_utc_seconds(text: str, local: str) -> None:
    reading = CellReader(FieldType.TIME, ZONE).read(text)
    assert (reading.state, reading.value, reading.dateonly) == (State.READ, utc(local), False)


@pytest.mark.parametrize(("text", "local"), DATES.items())
def test_47_49_52_a_date_alone_is_local_midnight_and_says_so(text: str, local: str) -> None:
    reading = CellReader(FieldType.TIME, ZONE).read(text)
    assert (reading.state, reading.value, reading.dateonly) == (State.READ, utc(local), True)


@pytest.mark.parametrize(("text", "told"), REFUSED_TIMES.items())
def test_53_54_56_a_doubtful_time_is_refused_with_its_reason(text: str, told: tuple[str, str]) -> None:
    reading = CellReader(FieldType.TIME, ZONE).read(text)
    assert (reading.state, reading.value, (reading.code, reading.what)) == (State.UNREADABLE, None, told)


@pytest.mark.parametrize(("order", "local"), [("dmy", "2016-02-01 01:16"), ("mdy", "2016-01-02 01:16")])
def test_54_the_order_of_day_and_month_decides(order: str, local: str) -> None:
    assert CellReader(FieldType.TIME, ZONE, order).read("01/02/2016 01:16").value == utc(local)


NEW_YORK = {
    "2025-11-02 01:30": 1762061400,  # twice that night: the first
    "2025-03-09 02:30": 1741505400,  # never that night: 03:30
}


@pytest.mark.parametrize(("text", "seconds"), NEW_YORK.items())
def test_local_times_that_occur_twice_or_never(text: str, seconds: int) -> None:
    assert CellReader(FieldType.TIME, "America/New_York").read(text).value == seconds


UTC_SECONDS = {
    "2024-05-01T15:59:59Z": datetime(2024, 5, 1, 15, 59, 59, tzinfo=UTC),
    "2024-05-01T16:00:00Z": datetime(2024, 5, 1, 16, tzinfo=UTC),
    "2024-05-02 00:00+08:00": datetime(2024, 5, 1, 16, tzinfo=UTC),
    "2024-05-01 23:59:59+0800": datetime(2024, 5, 1, 15, 59, 59, tzinfo=UTC),
    "2024-05-01 24:00+08:00": datetime(2024, 5, 1, 16, tzinfo=UTC),
}


@pytest.mark.parametrize(("text", "instant"), UTC_SECONDS.items())
def test_55_a_written_offset_counts_near_midnight_too(text: str, instant: datetime) -> None:
    assert CellReader(FieldType.TIME, ZONE).read(text).value == int(instant.timestamp())


SUMMER_TIME = {
    "1986-05-03 23:59": 8,
    "1986-05-04 12:00": 9,
    "1986-09-13 12:00": 9,
    "1986-09-15 12:00": 8,
    "1988-07-01 12:00": 9,
    "1988-12-01 12:00": 8,
    "1991-07-01 12:00": 9,
    "1992-07-01 12:00": 8,
}


@pytest.mark.parametrize(("text", "east"), SUMMER_TIME.items())
def test_58_china_had_summer_time_from_1986_to_1991(text: str, east: int) -> None:
    wall = datetime.fromisoformat(text).replace(tzinfo=UTC)
    assert CellReader(FieldType.TIME, ZONE).read(text).value == int(wall.timestamp()) - east * 3600


YEARS = {
    "5月1日": "2024-05-01",
    "五月一日": "2024-05-01",
    "2月29号": "2024-02-29",
    "5月1日 下午3时05分": "2024-05-01 15:05",
}


@pytest.mark.parametrize(("text", "local"), YEARS.items())
def test_54_a_year_that_somebody_gave_completes_a_date(text: str, local: str) -> None:
    assert CellReader(FieldType.TIME, ZONE, year=2024).read(text).value == utc(local)


def test_54_the_29th_of_february_of_another_year() -> None:
    assert CellReader(FieldType.TIME, ZONE, year=2025).read("2月29日").code == "date-impossible"


PUNCH = RecordType.model_validate(
    {
        "name": "punch", "name_zh": "打卡", "sheets": ["打卡表"],
        "fields": {
            "day": {"type": "time", "aliases": ["考勤日期"]}, "who": {"type": "person", "aliases": ["姓名"]},
            "out_at": {"type": "time", "aliases": ["下班打卡"], "relative_to": "day"},
        },
    }
)  # fmt: skip
RELATIVE: dict[tuple[str, str], str | None] = {
    ("2024-05-01", "18:30"): "2024-05-01 18:30",
    ("2024-05-01", "次日02:10"): "2024-05-02 02:10",
    ("2024-05-01", " 次日 02:10"): "2024-05-02 02:10",
    ("2024-05-01 星期三", "次日凌晨2点10分"): "2024-05-02 02:10",
    ("2024-05-01 00:00:00", "次日02:10"): "2024-05-02 02:10",
    ("45413", "次日02:10"): "2024-05-02 02:10",
    ("2024年5月1日", "２４：００"): "2024-05-02 00:00",
    ("2024-05-01", "0.75"): "2024-05-01 18:00",
    ("2024-05-01", "2024-05-03 08:00"): "2024-05-03 08:00",
    ("2024-05-01", "45414.75"): "2024-05-02 18:00",
    ("2024-05-01", ""): None,
    ("2024-05-01", "/"): None,
    ("2024-05-01", "5月2日"): None,
    ("2024-05-01 09:00", "18:30"): None,
    ("", "18:30"): None,
    ("看不清", "18:30"): None,
}


def test_50_a_time_is_completed_by_the_date_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "打卡表.csv"
    lines = "".join(f"{day},张敏,{out}\n" for day, out in RELATIVE)
    path.write_text("考勤日期,姓名,下班打卡\n" + lines, encoding="utf-8")
    data, _ = read_files([path], {"punch": PUNCH}, ZONE)
    found = data.connection.execute("SELECT out_at FROM punch ORDER BY _line").fetchall()
    assert found == [(None if local is None else utc(local),) for local in RELATIVE.values()]


def test_50_cells_given_by_a_program_say_the_same() -> None:
    rows = [{"day": day, "out_at": out} for day, out in RELATIVE]
    data, _ = from_rows({"punch": rows}, {"punch": PUNCH}, ZONE)
    found = data.connection.execute("SELECT out_at FROM punch ORDER BY _line").fetchall()
    assert found == [(None if local is None else utc(local),) for local in RELATIVE.values()]


def test_50_without_the_date_column_the_time_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "打卡表.csv"
    path.write_text("姓名,下班打卡\n张敏,次日02:10\n", encoding="utf-8")
    _, problems = read_files([path], {"punch": PUNCH}, ZONE)
    assert str(problems[-1]).removeprefix(f"{tmp_path}/") == (
        "打卡表.csv › row 2 › column 下班打卡: '次日02:10' is a time of day without a date. "
        "Write the date with it, or say with `relative_to` which field holds it."
    )
