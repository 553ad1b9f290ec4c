"""Rows that stand in the logs more than once: what counts once, and what is said about it."""

from pathlib import Path

import pytest

from auditor.intake import Dataset, read_files
from auditor.intake.settings import Counts, Settings
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


def read(tmp_path: Path, *texts: str, header: str = HEADER, counts: Counts = "last") -> tuple[Dataset, list[Problem]]:
    paths = []
    for number, text in enumerate(texts):
        path = tmp_path / f"报修登记表{number}.csv"
        path.write_text(f"{header if number == 0 else HEADER}\n{text}", encoding="utf-8")
        paths.append(path)
    settings = Settings(duplicates={"call": counts})
    return read_files(paths, {"call": CALL}, "Asia/Shanghai", settings=settings)


def kept(data: Dataset) -> list[tuple[int, int]]:
    """Source and line of every row that counts."""
    return data.connection.execute("SELECT _source, _line FROM call ORDER BY _row").fetchall()


def told(problem: Problem, folder: Path) -> str:
    """The Problem, its files named from ``folder``."""
    return str(problem).replace(f"{folder}/", "")


ALIKE = "1,2025-03-05 10:00,张敏,2025-03-05 12:00\n"
OPEN = "1,2025-03-05 10:00,张敏,\n"
OTHER_TIME = "1,2025-03-05 10:00,张敏,2025-03-09 12:00\n"
LATEST = "1,2025-03-05 10:00,李强,\n"
UNREADABLE = "1,2025-03-05 10:00,张敏,改天\n"
INAPPLICABLE = "1,2025-03-05 10:00,张敏,/\n"
SECOND = "2,2025-03-05 10:00,张敏,2025-03-05 12:00\n"
CASES: dict[str, tuple[tuple[str, ...], list[tuple[int, int]], list[str]]] = {
    "the same row twice": ((ALIKE + ALIKE,), [(0, 2)], ["row-repeated"]),
    "three times": ((ALIKE * 3,), [(0, 2)], ["row-repeated"]),
    "an older export in which a cell was not filled yet": ((OPEN, ALIKE), [(1, 2)], ["row-repeated"]),
    "the fuller row first": ((ALIKE, OPEN), [(0, 2)], ["row-repeated"]),
    "another number": ((ALIKE + SECOND,), [(0, 2), (0, 3)], []),
    "no number at all": ((",2025-03-05,张敏,\n" * 2,), [(0, 2), (0, 3)], []),
    "rows that disagree": ((ALIKE + OTHER_TIME,), [(0, 3)], ["row-superseded"]),
    "rows that disagree in two files": ((OTHER_TIME, ALIKE), [(1, 2)], ["row-superseded"]),
    "an older export beside one that disagrees": (
        (OPEN, ALIKE, OTHER_TIME),
        [(2, 2)],
        ["row-repeated", "row-superseded"],
    ),
    "a cell that cannot be read is not blank": ((UNREADABLE + OPEN,), [(0, 2)], ["date-unreadable", "row-repeated"]),
    "a cell that says not applicable is not blank": ((INAPPLICABLE + OPEN,), [(0, 2)], ["row-repeated"]),
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


WHICH: dict[Counts, tuple[list[tuple[int, int]], dict[str, int], list[tuple[str, bool]]]] = {
    "last": ([(0, 4)], {"superseded": 2}, [("row-superseded", False)]),
    "first": ([(0, 2)], {"superseded": 2}, [("row-superseded", False)]),
    "all": ([(0, 2), (0, 3), (0, 4)], {}, [("key-repeated", False)]),
    "refuse": ([(0, 2), (0, 3), (0, 4)], {}, [("key-repeated", True)]),
}


@pytest.mark.parametrize(("counts", "wanted"), WHICH.items())
def test_74_which_of_several_rows_counts_is_a_setting(tmp_path: Path, counts: Counts, wanted: object) -> None:
    data, problems = read(tmp_path, ALIKE + OTHER_TIME + LATEST, counts=counts)
    told = [(problem.code, problem.fatal) for problem in problems]
    assert (kept(data), data.sources[0].set_aside, told) == wanted


def test_74_what_is_said_of_a_row_that_stands_there_twice(tmp_path: Path) -> None:
    _, [problem] = read(tmp_path, SECOND + ALIKE, ALIKE)
    assert told(problem, tmp_path) == (
        "报修登记表1.csv › row 2 › column 工单号: Rows that say nothing but what another row of their number says were "
        "set aside: row 2 (报修登记表0.csv › row 3 counts). "
        "Nothing need be done where exports overlap; else take the rows out."
    )
    assert (problem.fatal, problem.count) == (False, 1)


def test_74_what_is_said_of_rows_that_disagree(tmp_path: Path) -> None:
    _, [problem] = read(tmp_path, SECOND + ALIKE + OTHER_TIME + LATEST)
    assert told(problem, tmp_path) == (
        "报修登记表0.csv › row 3 › column 工单号: Rows disagree with another row of their number, and only the last "
        "one counts; set aside: row 3 (row 5 counts), row 4 (row 5 counts). "
        "Keep the right row of each, or give them different numbers; `duplicates:` says which one counts."
    )
    assert (problem.fatal, problem.count) == (False, 2)


def test_74_many_rows_are_told_by_their_first_and_their_count(tmp_path: Path) -> None:
    _, [problem] = read(tmp_path, "".join(f"{n},2025-03-05 10:00,张敏,\n" * 2 for n in range(5)))
    assert "set aside: row 3 (row 2 counts), row 5 (row 4 counts), row 7 (row 6 counts) and 2 more." in problem.what
    assert problem.count == 5


def test_a_column_that_one_export_lacks_is_blank_there(tmp_path: Path) -> None:
    data, problems = read(tmp_path, "1,2025-03-05 10:00\n", ALIKE, header="工单号,受理时间")
    assert kept(data) == [(1, 2)]
    assert data.sources[0].set_aside == {"repeated": 1}
    assert [problem.code for problem in problems] == ["row-repeated"]


def test_what_is_said_of_rows_that_are_all_judged(tmp_path: Path) -> None:
    _, [problem] = read(tmp_path, SECOND + ALIKE, OTHER_TIME, counts="all")
    assert told(problem, tmp_path) == (
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
