"""A small sheet is read in Python, a large one by the query engine: both read the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

import auditor
from auditor.intake import Dataset, fewrows, read_files
from auditor.problem import Problem

BOOK = auditor.read_rules()
WORLD = Path(__file__).parents[2] / "fixtures" / "worlds" / "decoration"
HEADER = ["工单号", "受理类型", "报修时间", "受理人", "转交时间", "转交部门", "是否重大", "振铃时长"]
ROWS = [
    ["B1", "报修", "2025-03-05 10:00", "张 敏", "2025年3月6日 09:30", "工程部", "是", 12],
    ["B2", "报修", "看不清", "李强（店长）", "2025-02-30 10:00", "n/a", "一般", "3-5"],
    [None, None, None, None, None, None, None, None],
    ["", "  ", "\u3000", None, None, None, None, None],
    ["B3", "報修", "5/13/2025 10:00", "王芳", "13/5/2025", "不适用", "√", "十二"],
    HEADER,
    [None, "报修", "2025-03-07", "null", 45722.5, "/", "×", 0],
    ["合 计", None, None, None, None, None, None, 3],
    [None, "小计：", None, None, None, None, None, 3],
    ["备注：以上为三月", None, None, None, None, None, None, None],
    ["备注", "报修", "2025-03-08", "张敏", "#N/A", "#REF!", "无", "１２"],
    ["制表人：李强", None, "审核：", None, None, None, None, None],
    ["合肥01", "报修", "20250309", "赵\u200b云", None, None, None, 7.0],
]


def dirty(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "报修登记表"
    sheet.append(["三月报修登记"])
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    book.save(path)
    return path


def read(paths: list[Path], few: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Dataset, list[Problem]]:
    monkeypatch.setattr(fewrows, "FEW", few)
    return read_files(paths, BOOK.records, "Asia/Shanghai")


def contents(data: Dataset) -> dict[str, list[tuple[object, ...]]]:
    """Every table, row by row, columns by name."""
    return {
        record: data.connection.execute(
            f'SELECT {", ".join(sorted(_columns(data, record)))} FROM "{data.schema}"."{record}" ORDER BY _row'
        ).fetchall()
        for record in sorted(data.tables)
    }


def _columns(data: Dataset, record: str) -> list[str]:
    found = data.connection.execute(f'DESCRIBE "{data.schema}"."{record}"').fetchall()
    return [f'"{name}"' for name, *_ in found if not name.startswith("_row")]


def told(problems: list[Problem]) -> list[str]:
    return sorted(str(problem) for problem in problems)


@pytest.mark.parametrize("paths", [sorted(WORLD.glob("*.xlsx")), []], ids=["the decoration world", "a dirty sheet"])
def test_both_ways_read_the_same(paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = paths or [dirty(tmp_path / "报修.xlsx")]
    few, few_problems = read(paths, 2_000, monkeypatch)
    many, many_problems = read(paths, 0, monkeypatch)
    assert told(few_problems) == told(many_problems)
    assert [replace(one, digest=None) for one in few.sources] == [replace(one, digest=None) for one in many.sources]
    assert contents(few) == contents(many)


def test_the_dirty_sheet_is_sorted_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, _ = read([dirty(tmp_path / "报修.xlsx")], 2_000, monkeypatch)
    [source] = data.sources
    assert dict(source.set_aside) == {
        "blank": 2, "note": 1, "repeated header": 1, "signature": 1, "totals": 2,
    }  # fmt: skip
    assert (source.rows_read, source.rows_kept) == (13, 6)
