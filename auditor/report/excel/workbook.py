"""The workbook: its sheets in the order in which people read them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook

from auditor.report.excel.archive import save
from auditor.report.excel.consequences import write_consequences
from auditor.report.excel.findings import write_findings
from auditor.report.excel.look import Looks
from auditor.report.excel.names import sheet_name
from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.excel.overview import write_overview
from auditor.report.excel.page import set_up
from auditor.report.excel.pen import Pen
from auditor.report.excel.problems import write_problems
from auditor.report.excel.rules import write_rules
from auditor.report.excel.run import write_run
from auditor.report.excel.texts import text
from auditor.report.wording import Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

EXCEL_ROWS = 1_000_000


def write_workbook(audit: Audit, path: Path, lang: Language, most_rows: int) -> None:
    """Write the audit as a workbook, at most ``most_rows`` findings a sheet; raises OSError."""
    most = max(1, min(most_rows, EXCEL_ROWS))
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "auditor"
    workbook.properties.title = text("report", lang)
    moment = datetime(1970, 1, 1) + timedelta(seconds=audit.run.as_of)
    workbook.properties.created = workbook.properties.modified = moment
    _fill(audit, workbook, most, lang)
    save(workbook, path)


def _fill(audit: Audit, workbook: Workbook, most: int, lang: Language) -> None:
    """Make all sheets in order, then fill them so that what goes wrong on the way can still be told."""
    footer = f"{text('as-of', lang)} {audit.run.as_of_text}"
    overview = _sheet(workbook, "overview", lang, footer)
    parts = max(1, -(-len(audit.findings) // most))
    findings = [_sheet(workbook, "findings", lang, footer) for _ in range(parts)]
    consequences, problems, rules, run = (
        _sheet(workbook, key, lang, footer) for key in ("consequences", "problems", "rules", "run")
    )
    pen = Pen(Looks(overview), audit.run.zone, lang)
    write_findings(audit, findings, most, pen, lang)
    write_consequences(audit, consequences, pen, lang)
    write_rules(audit, rules, pen, lang)
    write_run(audit, run, pen, lang)
    told = [*audit.problems, *pen.problems()]
    write_problems(told, problems, pen, lang)
    write_overview(audit, len(told), overview, pen, lang)


def _sheet(workbook: Workbook, key: str, lang: Language, footer: str) -> Sheet:
    sheet: Sheet = workbook.create_sheet(sheet_name(text(f"sheet.{key}", lang), workbook.sheetnames))
    set_up(sheet, lang, footer)
    return sheet
