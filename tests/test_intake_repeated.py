"""Rows that stand in the logs more than once: what counts once, and what is said about it."""

from pathlib import Path

import pytest

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
            "forwarded_at": {"type": "time", "aliases": ["转交时间"]},
        },
    }
)
HEADER = "工单号,受理时间,受理人,转交时间"


def read(tmp_path: Path, *texts: str, header: str = HEADER) -> tuple[Dataset, list[Problem]]:
    paths = []
    for number, text in enumerate(texts):
        path = tmp_path / f"报修登记表{number}.csv"
        path.write_text(f"{header if number == 0 else HEADER}\n{text}", encoding="utf-8")
        paths.append(path)
    return read_files(paths, {"call": CALL}, "Asia/Shanghai")


def kept(data: Dataset) -> list[tuple[int, int]]:
    """Source and line of every row that counts."""
    return data.connection.execute("SELECT _source, _line FROM call ORDER BY _row").fetchall()


ALIKE = "1,2025-03-05 10:00,张敏,2025-03-05 12:00\n"
OPEN = "1,2025-03-05 10:00,张敏,\n"
OTHER_TIME = "1,2025-03-05 10:00,张敏,2025-03-09 12:00\n"
UNREADABLE = "1,2025-03-05 10:00,张敏,改天\n"
INAPPLICABLE = "1,2025-03-05 10:00,张敏,/\n"
SECOND = "2,2025-03-05 10:00,张敏,2025-03-05 12:00\n"
CASES: dict[str, tuple[tuple[str, ...], list[tuple[int, int]], list[str]]] = {
    "the same row twice": ((ALIKE + ALIKE,), [(0, 2)], []),
    "three times": ((ALIKE * 3,), [(0, 2)], []),
    "an older export in which a cell was not filled yet": ((OPEN, ALIKE), [(1, 2)], []),
    "the fuller row first": ((ALIKE, OPEN), [(0, 2)], []),
    "another number": ((ALIKE + SECOND,), [(0, 2), (0, 3)], []),
    "no number at all": ((",2025-03-05,张敏,\n" * 2,), [(0, 2), (0, 3)], []),
    "rows that disagree": ((ALIKE + OTHER_TIME,), [(0, 2), (0, 3)], ["key-repeated"]),
    "a cell that cannot be read is not blank": ((UNREADABLE + OPEN,), [(0, 2)], ["date-unreadable"]),
    "a cell that says not applicable is not blank": ((INAPPLICABLE + OPEN,), [(0, 2)], []),
    "a number in so many rows that it is none": ((OPEN * 21,), [(0, line) for line in range(2, 23)], ["key-repeated"]),
}


@pytest.mark.parametrize(("texts", "rows", "codes"), CASES.values(), ids=CASES)
def test_what_counts(tmp_path: Path, texts: tuple[str, ...], rows: list[tuple[int, int]], codes: list[str]) -> None:
    data, problems = read(tmp_path, *texts)
    assert kept(data) == rows
    assert data.tables["call"].rows == len(rows)
    assert [problem.code for problem in problems] == codes
    for source in data.sources:
        assert source.rows_read == source.rows_kept + source.rows_set_aside


def test_a_column_that_one_export_lacks_is_blank_there(tmp_path: Path) -> None:
    data, problems = read(tmp_path, "1,2025-03-05 10:00\n", ALIKE, header="工单号,受理时间")
    assert kept(data) == [(1, 2)]
    assert data.sources[0].set_aside == {"repeated": 1}
    assert problems == []


def test_what_is_said_of_rows_that_disagree(tmp_path: Path) -> None:
    _, [problem] = read(tmp_path, SECOND + ALIKE, OTHER_TIME)
    assert str(problem).rsplit("/", 1)[-1] == (
        "报修登记表0.csv › row 3 › column 工单号: Rows of one number do not agree, so each was judged by itself: 1. "
        "Keep the right row of each, or give them different numbers."
    )
    assert (problem.fatal, problem.count) == (False, 2)


def test_a_roster_may_hold_a_row_for_each_span(tmp_path: Path) -> None:
    fields = CALL.model_dump()["fields"] | {"received_at": {"type": "time", "aliases": ["受理时间"], "planned": True}}
    post = RecordType.model_validate(CALL.model_dump() | {"fields": fields})
    path = tmp_path / "报修登记表.csv"
    path.write_text(f"{HEADER}\n{ALIKE}{OTHER_TIME}", encoding="utf-8")
    data, problems = read_files([path], {"call": post}, "Asia/Shanghai")
    assert (data.tables["call"].rows, problems) == (2, [])


def test_repeats_do_not_change_the_order_of_reading(tmp_path: Path) -> None:
    first, second = (kept(read(tmp_path, OPEN + SECOND, ALIKE)[0]) for _ in range(2))
    assert first == second == [(0, 3), (1, 2)]
