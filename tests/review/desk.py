"""A small project that is audited, and the report of it as a manager's spreadsheet program would change it."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.commands.door import Spoken, in_process

PROJECT = """\
name: 北区
sources: [log.csv]
regulations: [decoration]
outputs: [{file: report.xlsx}, {file: report.json}]
fail_on: never
"""
HEADER = "业务类型,受理编号,报修时间,移交时间,受理人,客户姓名,联系电话,问题描述"
AS_OF = "2025-03-31"
SHEET = "发现明细"
Cells = list[Any]
Change = Callable[[Any], None]


class Office:
    """A project folder in which four calls were handed over late, and what is done in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "auditor.yaml").write_text(PROJECT, encoding="utf-8")
        self.log(dict.fromkeys(range(1, 5), "2025-03-09 10:00"))

    @property
    def report(self) -> Path:
        """The workbook of the last run."""
        return self.folder / "report.xlsx"

    def log(self, forwarded: Mapping[int, str], receiver: str = "张敏") -> None:
        """Write the log: when the calls of 2025-03-05 10:00, due a day later, were handed over."""
        rows = [
            f"报修,B{number},2025-03-05 10:00,{moment},{receiver},李强,13800000000,厨房水管漏水"
            for number, moment in forwarded.items()
        ]
        (self.folder / "log.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")

    def run(self, *words: str, as_of: str = AS_OF) -> Spoken:
        """Audit the project."""
        return in_process(("run", "--project", str(self.folder / "auditor.yaml"), "--as-of", as_of, *words))

    def review(self, *words: str | Path) -> Spoken:
        """``auditor review`` with these words."""
        command, *rest = map(str, words)
        return in_process(("review", command, "--project", str(self.folder / "auditor.yaml"), *rest))

    def changed(self, change: Change, name: str = "back.xlsx") -> Path:
        """The report, with ``change`` made to its sheet of findings, under another name."""
        book = load_workbook(self.report)
        change(book[SHEET])
        book.save(self.folder / name)
        return self.folder / name

    def findings(self) -> list[dict[str, Any]]:
        """The rows of the sheet of findings of the last report, by header."""
        return rows_of(self.report)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a sheet of findings, by header."""
    header, *rows = load_workbook(path)[SHEET].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def headers(sheet: Any) -> list[str]:
    """The header of a sheet of findings."""
    return [cell.value for cell in sheet[1]]


def decide(sheet: Any, line: int, *answers: object) -> None:
    """Fill in the answers of a row: decision, opinion, last day, reviewer, day of the review."""
    first = headers(sheet).index("复核决定") + 1
    for place, answer in enumerate(answers):
        sheet.cell(line, first + place).value = answer


def put(sheet: Any, line: int, header: str, value: object) -> None:
    """Write another value into a cell."""
    sheet.cell(line, headers(sheet).index(header) + 1).value = value


def order(sheet: Any, lines: Sequence[int]) -> None:
    """Leave these rows alone on the sheet, in this order; a row may come twice."""
    rows = {number: [cell.value for cell in sheet[number]] for number in range(2, sheet.max_row + 1)}
    sheet.tables.clear()
    sheet.delete_rows(2, sheet.max_row)
    for number in lines:
        sheet.append(rows[number])


def saved_as_csv(path: Path, encoding: str = "gb18030") -> Path:
    """The sheet of findings as WPS saves it as text."""
    target = path.with_suffix(".csv")
    with target.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        for row in load_workbook(path)[SHEET].iter_rows(values_only=True):
            writer.writerow([f"{value:%Y/%m/%d}" if isinstance(value, date) else value for value in row])
    return target


def saved_by_libreoffice(path: Path, into: Path) -> Path:
    """The workbook opened and saved again by LibreOffice, in the folder ``into``."""
    into.mkdir()
    office = shutil.which("libreoffice") or "soffice"
    profile = f"-env:UserInstallation=file://{into}/profile"
    words = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(into), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    return into / path.name
