"""Tables given as rows, the records that follow from others, and what is said to a person who inspects a file."""

from pathlib import Path

import duckdb
import pytest

from auditor.intake import Dataset, from_rows, inspect_file, read_files
from auditor.records import FieldType, RecordType

ZONE = "Asia/Shanghai"
EVENT = RecordType.model_validate(
    {
        "name": "event",
        "name_zh": "工单事件",
        "time": "at",
        "fields": {
            "number": {"type": "id", "aliases": ["工单号"]},
            "state": ["状态"],
            "at": {"type": "time", "aliases": ["时间"]},
            "kept": {"type": "yesno", "aliases": ["是否按时"]},
        },
    }
)
TICKET = RecordType.model_validate(
    {
        "name": "ticket",
        "name_zh": "工单",
        "key": "number",
        "derive": {
            "record": "event",
            "key": "number",
            "order": "at",
            "columns": {
                "opened_at": {"min": "at"},
                "closed_at": {"last": "at", "where": "state = '关闭'"},
                "first_state": {"first": "state"},
                "kept": {"last": "kept"},
                "events": {"count": "*"},
                "reopened": {"count": "state", "where": "state = '重开'"},
            },
        },
    }
)
RECORDS = {"event": EVENT, "ticket": TICKET}
EVENTS = [
    {"number": "T2", "state": "受理", "at": "2024-05-02"},
    {"number": "T1", "state": "关闭", "at": "2024-05-01 12:00", "kept": "是"},
    {"number": "T1", "state": "受理", "at": "2024-05-01 10:00", "kept": "否"},
    {"number": "T1", "state": "重开", "at": "2024-05-03 10:00"},
    {"state": "受理", "at": "2024-05-09"},
]


def rows(data: Dataset, columns: str, table: str) -> list[tuple[object, ...]]:
    return data.connection.execute(f"SELECT {columns} FROM {table} ORDER BY _row").fetchall()


def test_rows_are_read_like_cells() -> None:
    given = [{"number": 12, "at": "2024年5月1日", "kept": True}, {"number": "0013", "at": "昨天", "kept": "/"}]
    data, problems = from_rows({"event": given}, RECORDS, ZONE)
    assert rows(data, '_row, _source, _line, _bad, _na, number, "at", at__dateonly, kept', "event") == [
        (1, 0, 1, None, None, "12", 1714492800, True, True),
        (2, 0, 2, "|at|", "|kept|", "0013", None, False, None),
    ]
    table = data.tables["event"]
    assert (table.columns, table.rows) == ({"number", "at", "kept"}, 2)
    assert (table.unreadable, table.inapplicable, table.dateonly) == ({"at"}, {"kept"}, {"at"})
    assert [str(problem) for problem in problems] == [
        "given › event › row 2 › column at: What day '昨天' was depends on when it was written. "
        "Write the date as 2025-03-05 10:00."
    ]
    assert data.newest() == 1714492800


def test_unknown_names_are_told_with_the_nearest() -> None:
    _, problems = from_rows({"evnt": [], "event": [{"number": 0, "numer": 1}]}, RECORDS, ZONE)
    assert [(p.what, p.remedy) for p in problems] == [
        ("There is no record type 'evnt'.", "Did you mean 'event'?"),
        ("'event' has no field 'numer'.", "Did you mean 'number'?"),
    ]


def test_columns_that_no_row_writes() -> None:
    data, _ = from_rows({"event": [{"number": 1}]}, RECORDS, ZONE, columns={"event": ["at"]})
    assert data.tables["event"].columns == {"number", "at"}
    empty, _ = from_rows({"event": []}, RECORDS, ZONE)
    assert (empty.tables["event"].columns, empty.tables["event"].rows) == (set(EVENT.fields), 0)
    assert rows(empty, "*", "event") == []


def test_one_connection_serves_many_schemas() -> None:
    connection = duckdb.connect()
    for schema, number in (("a", 1), ("b", 2)):
        from_rows({"event": [{"number": number}]}, RECORDS, ZONE, connection=connection, schema=schema)
    assert connection.execute("SELECT number FROM a.event UNION ALL SELECT number FROM b.event").fetchall() == [
        ("1",),
        ("2",),
    ]


def test_a_derived_record_is_one_row_for_each_key() -> None:
    data, problems = from_rows({"event": EVENTS}, RECORDS, ZONE)
    assert problems == []
    columns = "number, opened_at, opened_at__dateonly, closed_at, first_state, kept, events, reopened"
    assert rows(data, columns, "ticket") == [
        ("T2", 1714579200, True, None, "受理", None, 1, 0),
        ("T1", 1714528800, False, 1714536000, "受理", True, 3, 1),
    ]
    assert rows(data, "_source, _line", "ticket") == [(0, 1), (0, 3)]
    table = data.tables["ticket"]
    assert (table.rows, table.dateonly) == (2, {"opened_at"})
    assert (table.type_of("opened_at"), table.type_of("events")) == (FieldType.TIME, FieldType.INTEGER)


def test_a_derived_column_is_bad_where_any_of_its_cells_is() -> None:
    given = [*EVENTS, {"number": "T2", "state": "关闭", "at": "昨天"}, {"number": "T2", "kept": "大概"}]
    data, _ = from_rows({"event": given}, RECORDS, ZONE)
    assert rows(data, "number, _bad", "ticket") == [("T2", "|opened_at|closed_at|first_state|kept|"), ("T1", None)]
    assert data.tables["ticket"].unreadable == {"opened_at", "closed_at", "first_state", "kept"}


def test_conditions_of_derived_columns_go_through_the_compiler() -> None:
    asked: list[tuple[str, str]] = []

    def compile_where(condition: str, record: RecordType) -> str:
        asked.append((condition, record.name))
        return "FALSE"

    data, _ = from_rows({"event": EVENTS}, RECORDS, ZONE, compile_where=compile_where)
    assert ("state = '重开'", "event") in asked
    assert rows(data, "reopened", "ticket") == [(0,), (0,)]


def test_cases_are_kept_apart() -> None:
    given = [{**row, "_case": case} for case in (1, 2) for row in EVENTS[: 2 + case]]
    data, _ = from_rows({"event": given}, RECORDS, ZONE)
    found = rows(data, "_case, number, events", "ticket")
    assert sorted(found) == [(1, "T1", 2), (1, "T2", 1), (2, "T1", 3), (2, "T2", 1)]


def test_a_derived_record_may_be_given_itself() -> None:
    data, problems = from_rows({"ticket": [{"number": 1, "opened_at": "2024-05-01", "events": "3"}]}, RECORDS, ZONE)
    assert problems == []
    assert rows(data, "number, opened_at, events", "ticket") == [("1", 1714492800, 3)]
    assert data.tables["ticket"].type_of("opened_at") is FieldType.TIME


def test_derived_records_follow_from_files_too(tmp_path: Path) -> None:
    path = tmp_path / "工单事件.csv"
    path.write_text("工单号,状态,时间\nT1,受理,2024-05-01\nT1,关闭,2024-05-02\n", encoding="utf-8")
    data, problems = read_files([path], RECORDS, ZONE)
    assert problems == []
    assert rows(data, "number, opened_at, closed_at, events", "ticket") == [("T1", 1714492800, 1714579200, 2)]
    assert "kept" not in data.tables["ticket"].columns


def test_without_the_key_nothing_is_derived(tmp_path: Path) -> None:
    path = tmp_path / "event.csv"
    path.write_text("状态,时间\n受理,2024-05-01\n", encoding="utf-8")
    data, problems = read_files([path], RECORDS, ZONE)
    assert set(data.tables) == {"event"}
    assert [p.what for p in problems] == [
        "'ticket' cannot be derived, because the table of 'event' has no column 'number'."
    ]


def test_what_inspect_shows(tmp_path: Path) -> None:
    path = tmp_path / "七月.csv"
    path.write_text(
        "七月工单\n工单号,狀態,时间,颜色\nT1,受理,2024-05-01,红\n合计,,,\nT2,关闭,昨天,\n", encoding="utf-8"
    )
    seen = inspect_file(path, RECORDS, ZONE)
    sheet = seen.sheets[0]
    assert (sheet.record, sheet.header_row, sheet.missing) == ("event", 2, ("kept",))
    assert [
        (view.header, view.match and (view.match.field, view.match.how), view.samples) for view in sheet.columns
    ] == [
        ("工单号", ("number", "alias"), ("T1", "合计", "T2")),
        ("狀態", ("state", "alias, folded"), ("受理", "关闭")),
        ("时间", ("at", "alias"), ("2024-05-01", "昨天")),
        ("颜色", None, ("红",)),
    ]
    assert (seen.kinds, seen.rows_read, seen.rows_kept, seen.set_aside) == ({"date-relative": 1}, 3, 2, {"totals": 1})


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"x"])
def test_inspect_survives_anything(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    assert [p.fatal for p in inspect_file(path, RECORDS, ZONE).problems][-1:] == [True]
