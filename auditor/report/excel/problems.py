"""数据问题: what was wrong with what we were given, with its place and the remedy."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.problem import Problem
from auditor.report.excel.look import Look
from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.excel.pen import Pen
from auditor.report.excel.table import Column, Row, write_table
from auditor.report.texts import text
from auditor.report.wording import Language


def write_problems(problems: Iterable[Problem], sheet: Sheet, pen: Pen, lang: Language) -> None:
    """Fill the sheet in the order given."""
    columns = [
        Column(text("file", lang), Look.WRAPPED, 16, 40),
        Column(text("sheet", lang), Look.WRAPPED, 8, 20),
        Column(text("line", lang), Look.COUNT, 6, 10),
        Column(text("column", lang), Look.WRAPPED, 8, 22),
        Column(text("code", lang), Look.TEXT, 14, 26),
        Column(text("what", lang), Look.WRAPPED, 30, 60),
        Column(text("remedy", lang), Look.WRAPPED, 30, 50),
        Column(text("count", lang), Look.COUNT, 6, 10),
    ]
    write_table(sheet, "Problems", columns, map(_row, problems), pen, frozen=1, empty=text("none", lang))


def _row(problem: Problem) -> Row:
    where = problem.where
    line = where.row if where.row is not None else where.line
    column = None if where.column is None else str(where.column)
    return (where.file, where.sheet, line, column, problem.code, problem.what, problem.remedy, problem.count)
