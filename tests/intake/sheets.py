"""Small workbooks as people make them, and what was read from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl

from auditor.intake import Dataset, read_files
from auditor.intake.settings import Settings
from auditor.problem import Problem
from auditor.records import RecordType

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
            "started_at": {"type": "time", "aliases": ["开始时间"]},
            "due_at": {"type": "time", "aliases": ["要求完成时间", "完成时限"], "planned": True},
            "handler": {"type": "person", "aliases": ["受理人", "經手人"]},
            "customer": {"type": "person", "aliases": ["客户姓名"]},
            "phone": {"type": "id", "aliases": ["联系电话"]},
            "shop": ["门店"],
            "solved": {"type": "yesno", "aliases": ["是否解决"]},
            "cost": {"type": "number", "aliases": ["金额", "费用"]},
            "note": ["备注"],
        },
    }
)
VISIT = RecordType.model_validate(
    {
        "name": "visit",
        "name_zh": "走访记录",
        "key": "visit_id",
        "fields": {
            "visit_id": {"type": "id", "aliases": ["走访编号"]},
            "visitor": {"type": "person", "aliases": ["走访人"]},
            "visited_at": {"type": "time", "aliases": ["走访时间"]},
        },
    }
)
PUNCH = RecordType.model_validate(
    {
        "name": "punch",
        "name_zh": "考勤",
        "key": "staff_no",
        "fields": {
            "name": {"type": "person", "aliases": ["姓名"]},
            "department": ["部门"],
            "staff_no": {"type": "id", "aliases": ["工号"]},
            "day": {"type": "time", "aliases": ["日期"]},
            "in_at": {"type": "clock", "aliases": ["上班1打卡时间"]},
            "in_result": ["上班1打卡结果"],
            "out_at": {"type": "clock", "aliases": ["下班1打卡时间"]},
            "out_result": ["下班1打卡结果"],
        },
    }
)
RECORDS = {"call": CALL, "visit": VISIT, "punch": PUNCH}
HEADER = ["工单号", "受理时间", "受理人", "是否解决", "金额"]
Row = Sequence[object]


def workbook(path: Path, rows: Iterable[Row], merges: Sequence[str] = (), title: str = "报修") -> Path:
    """A workbook with one sheet, row by row; ``merges`` are ranges such as A1:E1."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    book.save(path)
    return path


def call(number: int, **cells: object) -> list[object]:
    """A row under HEADER."""
    row = {"id": f"G{number}", "at": f"2025-05-{number:02} 10:00", "who": "张敏", "solved": "是", "cost": number}
    return list({**row, **cells}.values())


def read(*paths: Path, settings: Settings | None = None, **mapping: object) -> tuple[Dataset, list[Problem]]:
    """What is read from ``paths``, by one mapping if any is given."""
    settings = settings or Settings.model_validate({"mappings": [mapping] if mapping else []})
    return read_files(paths, RECORDS, ZONE, settings=settings)


def rows(data: Dataset, columns: str, table: str = "call") -> list[tuple[object, ...]]:
    """``columns`` of the rows in the order they were read."""
    return data.connection.execute(f"SELECT {columns} FROM {table} ORDER BY _row").fetchall()


def told(problems: Sequence[Problem]) -> list[str]:
    """The codes of the problems."""
    return [problem.code for problem in problems]


def fields(data: Dataset) -> dict[str, str]:
    """Header -> field of the first source."""
    return {match.header: match.field for match in data.sources[0].columns}
