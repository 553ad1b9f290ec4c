"""The file of record types: the shipped one, and the message of every way to get one wrong."""

from pathlib import Path

import pytest

from auditor.intake.header import HeaderIndex
from auditor.intake.sheet import HeadRow
from auditor.records import FieldType
from auditor.records.load import read_record_types

SHIPPED = Path(__file__).parent.parent / "rules" / "records.yaml"


def test_the_shipped_record_types() -> None:
    records, problems = read_record_types(SHIPPED, "records.yaml")
    assert problems == []
    assert len(records) == 17
    for record in records.values():
        times = [name for name, field in record.fields.items() if name.endswith("_at")]
        assert all(record.fields[name].type in (FieldType.TIME, FieldType.CLOCK) for name in times)
        assert record.time is not None


def test_every_record_type_is_recognised_by_its_own_headers() -> None:
    records, _ = read_record_types(SHIPPED)
    index = HeaderIndex(records)
    for record in records.values():
        head = HeadRow(1, tuple(field.aliases[0] for field in record.fields.values()), 1)
        assert index.candidates([head], [])[0].record.name == record.name


GOOD = "log:\n  name_zh: 日志\n  fields:\n    id: {type: id, aliases: [编号]}\n    at: {type: time, aliases: [时间]}\n"
DERIVED = GOOD + "day:\n  name_zh: 日\n  derive:\n    record: log\n    key: id\n    order: at\n    columns:\n"
BROKEN = [
    ("", "r.yaml:1:1: The file does not hold record types. Write `name: {fields: {...}}`."),
    ("log: 3\n", "r.yaml:1:6: The record type 'log' is not a mapping. Give it name_zh and fields."),
    ("log:\n  fields: {}\n", "r.yaml:1:1: A record type needs 'name_zh'. Add `name_zh: ...`."),
    (GOOD + "  sheet: [x]\n", "r.yaml:6:3: There is no key 'sheet' in a record type. Did you mean 'sheets'?"),
    (GOOD + "  key: idd\n", "r.yaml:6:8: 'log' has no field 'idd'. Did you mean 'id'?"),
    (
        GOOD + "  time: id\n",
        "r.yaml:6:9: The time of 'log' is 'id', which is not a field of type time. Give it `type: time`.",
    ),
    (
        GOOD + "  sheets: 日志\n",
        "r.yaml:6:11: 'sheets' should be a list, not '日志'. Write a list, such as [维修单, 报修登记].",
    ),
    (GOOD + "    to: {type: tme}\n", "r.yaml:6:16: 'type' cannot be 'tme'. Did you mean 'time'?"),
    (GOOD + "    to: {order: ymd}\n", "r.yaml:6:17: 'order' cannot be 'ymd'. Did you mean 'mdy'?"),
    (GOOD + "    to: [时间]\n", "r.yaml:6:9: The header '时间' stands for both 'at' and 'to'. Keep it at one."),
    (DERIVED + "      n: {last: idd}\n", "r.yaml:13:10: 'log' has no field 'idd'. Did you mean 'id'?"),
    (DERIVED + '      n: {last: "*"}\n', "r.yaml:13:10: 'last' needs a column; '*' can only be counted. Name a field."),
    (
        DERIVED.replace("record: log", "record: lgo") + "      n: {last: id}\n",
        "r.yaml:9:13: There is no record type 'lgo' to derive from. Did you mean 'log'?",
    ),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(text, encoding="utf-8")
    _, problems = read_record_types(path, "r.yaml")
    assert [str(problem) for problem in problems] == [message]
    assert problems[0].fatal
