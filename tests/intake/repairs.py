"""Reading repair calls: the record type that the files of these tests hold."""

from pathlib import Path

from auditor.intake import Dataset, read_files
from auditor.problem import Problem
from auditor.records import RecordType

CALL = RecordType.model_validate(
    {
        "name": "call",
        "name_zh": "报修记录",
        "sheets": ["报修登记表"],
        "key": "call_id",
        "time": "received_at",
        "fields": {
            "call_id": {"type": "id", "aliases": ["工单号"]},
            "received_at": {"type": "time", "aliases": ["受理时间"]},
            "handler": {"type": "person", "aliases": ["受理人"]},
            "solved": {"type": "yesno", "aliases": ["是否解决"]},
            "cost": {"type": "number", "aliases": ["金额"]},
            "note": ["备注"],
        },
    }
)


def read(*paths: Path) -> tuple[Dataset, list[Problem]]:
    return read_files(paths, {"call": CALL}, "Asia/Shanghai")


def rows(data: Dataset, columns: str) -> list[tuple[object, ...]]:
    return data.connection.execute(f"SELECT {columns} FROM call ORDER BY _row").fetchall()


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]
