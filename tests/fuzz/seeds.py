"""The sound files that are damaged: one of every format and layout, small enough to be read thousands of times."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import openpyxl

from tests.fuzz.archive import packed, unpacked
from tests.intake import parts

FILES = Path(__file__).parent.parent / "intake" / "files"
HEADER = ["工单号", "受理时间", "受理人", "是否解决", "金额", "备注"]
CALLS = [
    ["0012", "2024-05-01 10:30", "张敏", "是", "12.5", "水管漏水，已修"],
    ["0013", "2024年5月2日 下午3时05分", "李 强", "×", "1,200元", '说"急"'],
    ["0014", "2024-05-03", "王芳", "不适用", "", "第一行\n第二行"],
    ["合计", "", "", "", "1212.5", ""],
]
FORM = [
    ["顾客服务标准检查表"],
    ["店铺名称：中山路店  检查时间：2025年5月6日 10:30", None, None, "被检查人员", "张敏"],
    ["序号", "检查项目", "分值", "合格", "不合格", "备注"],
    ["一、仪表言行"],
    [1, "1. 着装整齐", 5, "√"],
    [2, "② 微笑服务", 5, None, "√", "未微笑"],
    ["合计", None, 10, 1, 1],
    ["检查人员签字：李强", None, None, "店铺人员签字：王芳"],
]
LEVELS = [
    ["2024年报修登记表"],
    ["工单号", "受理", None, "处理", None],
    [None, "受理时间", "受理人", "是否解决", "金额"],
    ["0012", datetime(2024, 5, 1, 10, 30), "张敏", "是", 12.5],
    ["0013", datetime(2024, 5, 2, 9), "李强", "否", "3万"],
    ["0014", datetime(2024, 5, 3), None, "是", 7],
]


def _log(path: Path) -> None:
    """Typed cells, an error, a formula that was never calculated, a hidden row and a second, hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "报修登记表"
    for row in [HEADER, *CALLS, ["0015", datetime(2024, 5, 4, 8), "赵磊", "=1/0", "=NA()", timedelta(hours=30)]]:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("隐藏").sheet_state = "hidden"
    book.save(path)


def _sheet(rows: Sequence[Sequence[object]], merges: Sequence[str], title: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = title
        for row in rows:
            sheet.append(list(row))
        for area in merges:
            sheet.merge_cells(area)
        book.save(path)

    return write


def _binary(path: Path) -> None:
    grid: list[list[str | float | int]] = [["工单号", "受理人", "金额"], ["0012", "张敏", 12.5], ["0013", "李强", 42]]
    parts.binary_workbook(path, grid, hidden=3)


def _text(delimiter: str, encoding: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        stream = io.StringIO()
        csv.writer(stream, delimiter=delimiter).writerows([HEADER, *CALLS])
        path.write_bytes(stream.getvalue().encode(encoding))

    return write


def _json_lines(path: Path) -> None:
    lines = (json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False) for row in CALLS[:3])
    path.write_text("\n".join(lines), encoding="utf-8")


def _parquet(path: Path) -> None:
    values = (
        "SELECT '1' AS call_id, TIMESTAMP '2024-05-01 10:30:00' AS received_at, DATE '2024-05-02' AS due_at, "
        "'是' AS solved, CAST(1.5 AS DECIMAL(9, 2)) AS cost, '水管漏水' AS note "
        "UNION ALL SELECT '2', NULL, NULL, '也许', NULL, 'x'"
    )
    duckdb.connect().execute(f"COPY ({values}) TO '{path}' (FORMAT parquet)")


def _kept(name: str) -> Callable[[Path], None]:
    return lambda path: path.write_bytes((FILES / name).read_bytes()) and None


SEEDS: dict[str, Callable[[Path], None]] = {
    "log.xlsx": _log,
    "form.xlsx": _sheet(FORM, ("A1:F1", "A2:C2", "A4:F4"), "中山路店"),
    "merged.xlsx": _sheet(LEVELS, ("A1:E1", "A2:A3", "B2:C2", "D2:E2", "C5:C6"), "报修登记表"),
    "log.xlsb": _binary,
    "repairs.xls": _kept("repairs.xls"),
    "repairs.ods": _kept("repairs.ods"),
    "utf8.csv": _text(",", "utf-8-sig"),
    "gb18030.csv": _text(",", "gb18030"),
    "utf16.csv": _text("\t", "utf-16"),
    "semicolons.txt": _text("；", "utf-8"),
    "log.jsonl": _json_lines,
    "log.parquet": _parquet,
}
"""How each sound file is written, by its name."""


def sound(name: str, folder: Path) -> bytes:
    """The bytes of the sound file ``name``, written in ``folder``; the same at any time."""
    path = folder / name
    SEEDS[name](path)
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        return content
    return packed({part: text for part, text in unpacked(content).items() if part != "docProps/core.xml"})
