"""Times that are read while a text table is loaded mean the same as if each cell were read by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.intake import read_files
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
            "completed_at": {"type": "time", "aliases": ["完成时间"], "relative_to": "received_at"},
            "due_on": {"type": "time", "aliases": ["期限"]},
            "note": ["备注"],
        },
    }
)
FEW, MANY = 3, 40
"""Rows of one spelling, so that what follows stands among the first rows that are looked at, or far below them."""


def read(tmp_path: Path, text: str) -> tuple[list[tuple[object, ...]], dict[str, int], list[str]]:
    """The line, received_at and due_on of each row (times of Shanghai, dates marked), what was set aside, and codes."""
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    data, problems = read_files([path], {"call": CALL}, "Asia/Shanghai")
    fields = [field for field in ("received_at", "completed_at", "due_on") if field in data.tables["call"].columns]
    items = ", ".join(f"{field}, {field}__dateonly" for field in fields)
    rows = data.connection.execute(f"SELECT _line, {items} FROM call ORDER BY _line").fetchall()
    shown = [(line, *map(_shown, cells[::2], cells[1::2])) for line, *cells in rows]
    return shown, dict(data.sources[0].set_aside), [problem.code for problem in problems]


def _shown(seconds: int | None, dateonly: bool) -> str | None:
    if seconds is None:
        return None
    moment = datetime.fromtimestamp(seconds + 8 * 3600, UTC)
    return f"{moment:%Y-%m-%d}" if dateonly else f"{moment:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("before", [FEW, MANY])
@pytest.mark.parametrize(
    ("first", "cell", "expected"),
    [
        ("2024-05-01 08:00", "2024/5/2 09:30:00", "2024-05-02 09:30"),
        ("2024-05-01 08:00", "2024年5月2日 9:30", "2024-05-02 09:30"),
        ("2024-05-01 08:00", "2024-05-02", "2024-05-02"),
        ("2024-05-01", "2024-05-02 09:30", "2024-05-02 09:30"),
        ("2024-05-01", "20240502", "2024-05-02"),
        ("2024-05-01 08:00", "5月2日晚上", None),
        ("2024-05-01 08:00", "13/5/2024 09:30", "2024-05-13 09:30"),
        ("2024-05-01 08:00", "45414.5", "2024-05-02 12:00"),
        ("2024-05-01 08:00", "/", None),
        ("2024-05-01 08:00", "", None),
    ],
)
def test_a_spelling_that_begins_further_down(
    tmp_path: Path, before: int, first: str, cell: str, expected: str | None
) -> None:
    plain = "".join(f"{number},{first},x\n" for number in range(before))
    found, aside, codes = read(tmp_path, f"工单号,受理时间,备注\n{plain}a,{cell},x\nb,{first},x\n")
    usual = first[:16]
    assert found[before:] == [(before + 2, expected), (before + 3, usual)]
    assert {row[1] for row in found[:before]} == {usual}
    assert aside == {}
    assert len(codes) == (cell == "5月2日晚上")


def test_a_row_with_nothing_but_a_time_is_a_record(tmp_path: Path) -> None:
    rows = "1,2024-05-01 08:00,x\n,2024-05-02 08:00,\n,,\n3,2024-05-03 08:00,x\n"
    found, aside, _ = read(tmp_path, "工单号,受理时间,备注\n" + rows)
    assert found == [(2, "2024-05-01 08:00"), (3, "2024-05-02 08:00"), (5, "2024-05-03 08:00")]
    assert aside == {"blank": 1}


def test_a_time_in_the_first_column_is_no_blank_cell(tmp_path: Path) -> None:
    rows = "2024-05-01 08:00,1,x\n2024-05-02 08:00,合计,\n,合计,3\n受理时间,工单号,备注\n"
    found, aside, _ = read(tmp_path, "受理时间,工单号,备注\n" + rows)
    assert found == [(2, "2024-05-01 08:00"), (3, "2024-05-02 08:00")]
    assert aside == {"repeated header": 1, "totals": 1}


def test_a_repeated_title_that_holds_a_date_is_no_record(tmp_path: Path) -> None:
    title = "报修记录,2024-05-31 00:00,\n"
    header = "工单号,受理时间,备注\n"
    found, aside, _ = read(tmp_path, f"{title}{header}1,2024-05-01 08:00,x\n{title}2,2024-05-02 08:00,x\n")
    assert found == [(3, "2024-05-01 08:00"), (5, "2024-05-02 08:00")]
    assert aside == {"repeated header": 1}


def test_a_time_without_a_date_has_that_of_its_row(tmp_path: Path) -> None:
    rows = "1,2024-05-01 08:00:00,2024-05-01 10:00:00,2024-05-09\n2,2024-05-02,次日02:10,\n"
    found, aside, codes = read(tmp_path, "工单号,受理时间,完成时间,期限\n" + rows)
    assert found == [
        (2, "2024-05-01 08:00", "2024-05-01 10:00", "2024-05-09"),
        (3, "2024-05-02", "2024-05-03 02:10", None),
    ]
    assert (aside, codes) == ({}, [])


def test_a_date_that_dates_another_column_keeps_its_text(tmp_path: Path) -> None:
    rows = "1,2024-05-01,2024-05-01 10:00,2024-05-09\n2,2024-05-02,次日02:10,2024-05-10\n"
    found, aside, codes = read(tmp_path, "工单号,受理时间,完成时间,期限\n" + rows)
    assert found == [
        (2, "2024-05-01", "2024-05-01 10:00", "2024-05-09"),
        (3, "2024-05-02", "2024-05-03 02:10", "2024-05-10"),
    ]
    assert (aside, codes) == ({}, [])


def test_rows_of_another_width_keep_their_times(tmp_path: Path) -> None:
    rows = "1,2024-05-01 08:00,x\n\n2,2024-05-02 08:00,x,\n3,2024-05-03 08:00,x\n"
    found, aside, _ = read(tmp_path, "工单号,受理时间,备注\n" + rows)
    assert found == [(2, "2024-05-01 08:00"), (4, "2024-05-02 08:00"), (5, "2024-05-03 08:00")]
    assert aside == {"blank": 1}


@pytest.mark.parametrize("cell", ["1969-12-31 08:00", "2100-01-01 08:00", "2024-02-30 08:00"])
def test_a_time_that_cannot_be_is_told(tmp_path: Path, cell: str) -> None:
    found, _, codes = read(tmp_path, f"工单号,受理时间,备注\n1,2024-05-01 08:00,x\n2,{cell},x\n")
    assert found == [(2, "2024-05-01 08:00"), (3, None)]
    assert codes == ["date-impossible"]
